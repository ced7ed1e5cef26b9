"""What is written is what is read back, and every stored span still covers its characters."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.thorough import tries

from onrecord.ledger import Ledger
from onrecord.reading import Reading


def test_a_reading_comes_back_equal(reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger:
        (receipt,) = ledger.add([reading])
        assert (receipt.outcome, receipt.document) == ("added", reading.document.id)
        back = ledger.document(reading.document.id)
    assert back == reading
    assert back.to_json() == reading.to_json()


@settings(
    max_examples=tries(300, check=20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_any_reading_comes_back_equal_and_its_spans_cover_their_words(
    readings: st.SearchStrategy[Reading], data: st.DataObject
) -> None:
    reading = data.draw(readings)
    with Ledger.open(":memory:") as ledger:
        (receipt,) = ledger.add([reading])
        assert receipt.outcome == "added", receipt.reason
        assert ledger.document(reading.document.id) == reading
        text = reading.document.text
        for row in ledger.statements():
            for words, spans in (
                (row.source, row.source_spans),
                (row.cue, row.cue_spans),
                (row.content, row.content_spans),
            ):
                assert (words or "") == " … ".join(span.of(text) for span in spans)
        for figure in ledger.figures():
            assert figure.text == figure.span.of(text)
            assert figure.context == figure.context_span.of(text)
            assert figure.context_span.covers(figure.span)
        assert len(ledger.statements()) == len(reading.statements)
        assert len(ledger.figures()) == len(reading.figures)
        assert sum(speaker.statements for speaker in ledger.speakers()) == sum(
            statement.speaker is not None for statement in reading.statements
        )
        with ledger._engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT v.span_start, v.span_end, v.text FROM spans_view AS v").all()
        assert all(row.text == text[row.span_start : row.span_end] for row in rows)
        assert len(rows) >= len(reading.document.blocks) + len(reading.mentions) + len(reading.events)


def test_every_span_of_a_reading_stands_in_the_view(reading: Reading, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        list(ledger.add([reading]))
        with ledger._engine.connect() as connection:
            query = "SELECT span_start, span_end, text FROM spans_view WHERE part != 'context'"
            found = connection.exec_driver_sql(query).all()
    expected = [s for d in reading.statements for s in d.source + d.cue + d.content]
    expected += [record.span for record in (*reading.mentions, *reading.moments, *reading.figures, *reading.events)]
    expected += [record.span for record in (*reading.rejected, *reading.document.blocks)]
    expected += [role.span for entity in reading.entities for role in entity.roles]
    expected += [figure.counted.span for figure in reading.figures if figure.counted]
    assert sorted((start, end) for start, end, _ in found) == sorted(expected)
    assert all(words == reading.document.text[start:end] for start, end, words in found)
