"""What people ruled about single records is what is told of them: in lists, counts, vouchers, search and claims alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.contents import contents_of, differences
from tests.ledger.identity.test_speaking import counted, kept
from tests.ledger.sample_readings import again, readings
from tests.thorough import tries

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.reading import Reading
from onrecord.records import Entity

BUDANOV, RUTTE = "Kyrylo Budanov", "Mark Rütte"


@pytest.fixture
def signed() -> Callable[[], Signed]:
    seconds = count()
    return lambda: Signed(by="Vera", at=f"2025-03-20T10:00:{next(seconds):02}+01:00", reason="heard the tape")


@pytest.fixture
def ledger(reading: Reading) -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        list(opened.add([reading]))
        yield opened


def said_by(ledger: Ledger, name: str) -> set[str]:
    """The statements of somebody, as the list, the filter and the speaker's own list agree."""
    rows = ledger.statements()
    found = {row.id for row in rows if row.speaker == name}
    keys = {row.speaker_key for row in rows if row.speaker == name}
    try:
        assert {row.id for row in ledger.speaker(name)} == found
    except NotInLedger:
        assert not found
    assert {row.id for row in ledger.statements(speaker=name)} == found
    assert {row.id for key in keys if key for row in ledger.statements(speaker=key)} == found
    assert sum(row.statements for row in ledger.speakers() if row.name == name) == len(found)
    assert sum(person.statements for person in ledger.who(name)) == len(found)
    assert kept(ledger) == counted(ledger)
    return found


def everything(ledger: Ledger) -> dict[str, Any]:
    """All that is told, and all tables but the log."""
    asked: dict[str, Sequence[Any]] = {
        "statements": ledger.statements(),
        "read": ledger.statements(rejected=True),
        "figures": ledger.figures(),
        "speakers": ledger.speakers(),
        "search": ledger.search("troops"),
        "claims": ledger.claims(),
        "series": ledger.series(),
        "documents": ledger.documents(),
        "who": ledger.who("Budanov"),
        "overview": [replace(ledger.overview(), corrections=0)],
    }
    tables = contents_of(ledger)
    for log in ("corrections", "correction_places"):
        del tables[log]
    return {f"told {name}": [asdict(row) for row in rows] for name, rows in asked.items()} | tables


def views(ledger: Ledger) -> dict[str, Sequence[Any]]:
    with ledger._engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY id").mappings().all()
            for name in ("statements_view", "figures_view", "events_view")
        }


def test_a_corrected_speaker_is_the_speaker_everywhere_until_it_is_taken_back(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    before, document = everything(ledger), reading.document.id
    assert said_by(ledger, BUDANOV) == {"s1", "s3"}
    made = ledger.correct(f"{document}:s1", Wish(speaker="Rütte"), signed())

    assert said_by(ledger, BUDANOV) == {"s3"}
    assert said_by(ledger, RUTTE) == {"s1", "s2"}
    row = next(row for row in ledger.statements() if row.id == "s1")
    assert (row.speaker, row.source, row.confidence, row.ruled) == (RUTTE, BUDANOV, 0.9, made.id)
    assert [row.ruled for row in ledger.statements() if row.id != "s1"] == [None] * 4
    (figure,) = [row for row in ledger.figures() if row.statement == "s1"]
    (key,) = {row.speaker_key for row in ledger.statements(speaker="Rütte")}
    assert (figure.voucher, figure.voucher_key, figure.ruled) == (RUTTE, key, made.id)
    assert figure in ledger.figures(speaker="Rütte")
    assert figure not in ledger.figures(speaker="Budanov")

    assert {hit.speaker for hit in ledger.search("ready soon") if hit.statement == "s1"} == {RUTTE}
    assert {hit.statement for hit in ledger.search("rütte")} >= {"s1", "s2"}
    # His name is still among the words for the source, where it stands in the text.
    assert {hit.statement for hit in ledger.search("Budanov")} >= {"s1", "s3"}
    holders = {m.name for claim in ledger.claims() for m in claim.holders if m.record == "s1"}
    assert holders == {RUTTE}
    assert "s1" in {m.record for claim in ledger.claims(speaker=RUTTE) for m in claim.holders}
    assert "s1" not in {m.record for claim in ledger.claims(speaker=BUDANOV) for m in claim.holders}
    assert "f0" in {row.record for row in ledger.timeline("Rütte")}  # of s1
    (shown,) = [row for row in views(ledger)["statements_view"] if row["statement"] == "s1"]
    assert (shown["speaker"], shown["ruled"]) == (RUTTE, made.id)
    assert ledger.document(document) == reading

    ledger.undo(made.id, signed())
    assert said_by(ledger, BUDANOV) == {"s1", "s3"}
    assert everything(ledger) == before


def test_a_name_that_was_read_for_nothing_is_found_no_more(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    """Nobody in the text is called the source of s5; whoever is ruled to have said it is found by the name."""
    assert "s5" not in {hit.statement for hit in ledger.search("rütte")}
    made = ledger.correct(f"{reading.document.id}:s5", Wish(speaker=RUTTE), signed())
    assert "s5" in {hit.statement for hit in ledger.search("rütte")}
    assert next(row.voucher for row in ledger.figures() if row.statement == "s5") == RUTTE
    ledger.undo(made.id, signed())
    assert "s5" not in {hit.statement for hit in ledger.search("rütte")}


def test_what_is_rejected_is_in_no_list_and_no_count(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    before, document = everything(ledger), reading.document.id
    made = [ledger.correct(f"{document}:{record}", Wish(reject=True), signed()) for record in ("s3", "f1", "v2", "s1")]
    assert {row.id for row in ledger.statements()} == {"s2", "s4", "s5"}
    assert next(row.within for row in ledger.statements() if row.id == "s2") is None
    assert [row.id for row in ledger.figures(document=document)] == ["f0", "f2", "f3"]
    assert said_by(ledger, BUDANOV) == set()
    with pytest.raises(NotInLedger, match="nobody called"):
        ledger.speakers(BUDANOV)
    # Of a figure in a rejected statement the outlet itself is what is left.
    figure = ledger.figures(document=document)[0]
    assert (figure.voucher, figure.voucher_key, figure.statement, figure.said_on) == (None, None, None, "2024-10-18")
    assert [hit.statement for hit in ledger.search("ready soon")] == [None]
    (row,) = ledger.documents()
    told, overview = (row.statements, row.figures, row.events), ledger.overview()
    assert told == (3, 3, 1) == (overview.statements, overview.figures, overview.events)
    assert {name: len(rows) for name, rows in views(ledger).items()} == {
        "statements_view": 3,
        "figures_view": 3,
        "events_view": 1,
    }
    assert ledger.document(document) == reading

    whole = {row.id: row for row in ledger.statements(rejected=True)}
    assert (len(whole), whole["s3"].ruled, whole["s2"].within) == (5, made[0].id, "s3")
    assert {row.id for row in ledger.statements(speaker=BUDANOV, rejected=True)} == {"s1", "s3"}
    assert [row.id for row in ledger.figures(document=document, rejected=True)] == ["f0", "f1", "f2", "f3"]
    for correction in made:
        ledger.undo(correction.id, signed())
    assert everything(ledger) == before


def test_a_page_goes_on_behind_a_row_that_was_rejected_meanwhile(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    first, *rest = ledger.statements()
    ledger.correct(f"{first.document}:{first.id}", Wish(reject=True), signed())
    assert [row.id for row in ledger.statements(after=f"{first.document}:{first.id}")] == [row.id for row in rest]


def test_of_several_rulings_the_last_one_is_named(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    def told() -> tuple[str | None, str | None]:
        statement = next(row.ruled for row in ledger.statements() if row.id == "s1")
        return statement, next(row.ruled for row in ledger.figures() if row.statement == "s1")

    document = reading.document.id
    sure = ledger.correct(f"{document}:s1", Wish(confirm=True), signed())
    assert told() == (sure.id, None)  # of the statement: not of who vouches for its figure
    speaker = ledger.correct(f"{document}:s1", Wish(speaker=RUTTE), signed())
    assert told() == (speaker.id, speaker.id)
    counted_right = ledger.correct(f"{document}:f0", Wish(confirm=True), signed())
    assert told() == (speaker.id, counted_right.id)
    ledger.undo(counted_right.id, signed())
    ledger.undo(speaker.id, signed())
    assert told() == (sure.id, None)


def test_a_renamed_speaker_is_called_so_in_every_list(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    ledger.correct(f"{reading.document.id}:e1", Wish(name="K. Budanov"), signed())
    assert {row.speaker for row in ledger.statements(speaker=BUDANOV)} == {"K. Budanov"}
    assert {row.voucher for row in ledger.figures(speaker=BUDANOV)} == {"K. Budanov"}
    assert {hit.speaker for hit in ledger.search("ready soon") if hit.statement} == {"K. Budanov"}
    assert next(row.source for row in ledger.statements() if row.id == "s1") == BUDANOV


def test_a_ruling_holds_when_the_article_is_read_again(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    document = reading.document.id
    ledger.correct(f"{document}:s1", Wish(speaker=RUTTE), signed())
    ledger.correct(f"{document}:s3", Wish(reject=True), signed())
    before = everything(ledger)
    list(ledger.add([replace(reading, model="weights 2")]))
    assert said_by(ledger, RUTTE) == {"s1", "s2"}
    after = everything(ledger)
    assert {row.pop("model") for row in after["told documents"]} == {"weights 2"}
    assert after["told statements"] == before["told statements"]
    # Without the statement its ruling is an orphan; when it comes back, so does the ruling.
    gone = tuple(s for s in reading.statements if s.id != "s1")
    unsaid = replace(
        reading,
        model="weights 3",
        statements=gone,
        figures=tuple(replace(f, statement=None if f.statement == "s1" else f.statement) for f in reading.figures),
        events=tuple(replace(e, statement=None if e.statement == "s1" else e.statement) for e in reading.events),
    )
    list(ledger.add([unsaid]))
    assert len(ledger.orphans()) == 1
    assert said_by(ledger, RUTTE) == {"s2"}
    list(ledger.add([reading]))
    assert everything(ledger) == before


def elsewhere(reading: Reading) -> Reading:
    """Another article, of another time, in which one more person is named: Ada Holt."""
    document = replace(reading.document, id="b" * 64, published="2019-02-01", title="A ferry burns")
    return replace(
        reading,
        document=document,
        entities=(*reading.entities[2:], Entity("e1", "person", "Ada Holt"), Entity("e2", "person", "Ben Fry")),
    )


def test_a_speaker_of_another_story_is_told_by_name_and_goes_and_comes_with_the_article(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    document = reading.document.id
    list(ledger.add([elsewhere(reading)]))
    assert len(ledger.stories()) == 2
    ledger.correct(f"{document}:s1", Wish(speaker="Ada Holt"), signed())

    def told() -> None:
        (row,) = [row for row in ledger.statements(document=document) if row.id == "s1"]
        assert row.speaker == "Ada Holt"
        assert row in ledger.statements(speaker="Ada Holt")
        (ada,) = ledger.speakers("Ada Holt")
        assert (ada.statements, ada.documents) == (3, 2)
        mine = ledger.claims(speaker="Ada Holt", story=ledger.stories(document)[0].id)
        assert {m.name for claim in mine for m in claim.holders if m.record == "s1"} == {"Ada Holt"}
        points = [point for one in ledger.series(story=ledger.stories(document)[0].id) for point in one.points]
        assert {point.name for point in points if point.places[0].record == "f0"} == {"Ada Holt"}
        assert {row.record for row in ledger.timeline("Ada Holt") if row.document == document} == {"f0"}  # of s1
        assert kept(ledger) == counted(ledger)

    told()
    before = everything(ledger)
    other = elsewhere(reading)
    nobody = replace(
        other,
        model="weights 2",
        mentions=other.mentions[1:],
        statements=tuple(replace(s, speaker=None) if s.speaker == "e1" else s for s in other.statements),
    )
    list(ledger.add([nobody]))
    assert said_by(ledger, BUDANOV) == {"s1", "s3"}
    holders = [m for claim in ledger.claims() for m in claim.holders if (m.document, m.record) == (document, "s1")]
    assert {m.name for m in holders} == {BUDANOV}
    list(ledger.add([other]))
    told()
    assert everything(ledger) == before


def test_somebody_is_named_by_the_articles_of_the_same_story_first(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    """Of whom several stories speak, a claim of this one is held by whom this one knows."""
    ada = Entity("e1", "person", "Ada Holt", ref="wikidata:Q9")
    beside = replace(reading, document=replace(reading.document, id="c" * 64), entities=(ada, *reading.entities[1:]))
    other = elsewhere(reading)
    others = tuple(ada if entity.id == "e1" else entity for entity in other.entities)
    list(ledger.add([replace(other, entities=others), beside]))
    assert "c" * 64 in ledger.stories(reading.document.id)[0].members
    assert len(ledger.speakers("Ada Holt")) == 1
    made = ledger.correct(f"{reading.document.id}:s5", Wish(speaker="Ada Holt"), signed())
    assert made.to_document == "c" * 64


def test_merge_and_split_together_with_a_ruled_speaker(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    document = reading.document.id
    list(ledger.add([elsewhere(reading)]))
    ledger.correct(f"{document}:s1", Wish(speaker="Ada Holt"), signed())
    apart = everything(ledger)
    one = ledger.merge(f"{document}:e2", f"{'b' * 64}:e1", signed())
    rows = {row.key: row for row in ledger.speakers()}
    said = Counter(row.speaker_key for row in ledger.statements())
    key = next(row.speaker_key for row in ledger.statements(document=document) if row.id == "s1")
    assert key is not None
    assert key == next(row.speaker_key for row in ledger.statements(document=document) if row.id == "s2")
    assert (rows[key].statements, rows[key].documents) == (said[key], 2) == (4, 2)
    assert {row.id for row in ledger.statements(document=document, speaker="Ada Holt")} == {"s1", "s2"}
    assert kept(ledger) == counted(ledger)
    ledger.split(f"{document}:e2", f"{'b' * 64}:e1", signed())
    assert kept(ledger) == counted(ledger)
    assert {row.id for row in ledger.statements(document=document, speaker="Ada Holt")} == {"s1"}
    ledger.undo(ledger.corrections()[-1].id, signed())
    ledger.undo(one.id, signed())
    assert everything(ledger) == apart


def test_a_check_holds_a_draft_to_what_was_ruled(
    ledger: Ledger, reading: Reading, signed: Callable[[], Signed]
) -> None:
    draft = "“About 11,000 soldiers are in training,” Mark Rütte said, “and they will be ready soon.”"
    (found,) = [f for f in ledger.check(draft) if f.what == "attribution"]
    assert found.kind == "misattributed"
    ledger.correct(f"{reading.document.id}:s1", Wish(speaker=RUTTE), signed())
    assert [f.kind for f in ledger.check(draft) if f.what == "attribution"] == []


def test_a_ledger_that_is_only_read_tells_it_too(
    tmp_path: Path, reading: Reading, signed: Callable[[], Signed]
) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        list(ledger.add([reading]))
        ledger.correct(f"{reading.document.id}:s1", Wish(speaker=RUTTE), signed())
        ledger.correct(f"{reading.document.id}:s4", Wish(reject=True), signed())
        expected = ledger.statements(), ledger.speakers(), ledger.figures()
    with Ledger.open(tmp_path / "l.db", read_only=True) as ledger:
        assert (ledger.statements(), ledger.speakers(), ledger.figures()) == expected
        with pytest.raises(LedgerError):
            ledger.correct(f"{reading.document.id}:s4", Wish(confirm=True), signed())


Act = tuple[str, int, int, int]
_REFUSED = re.compile("nothing to correct|undone already|cannot be corrected|has no record")


@settings(max_examples=tries(50, check=4))
@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(["speaker", "reject", "confirm", "undo", "again", "so"]),
            st.sampled_from((4, 8, 9, 11)),
            st.integers(0, 5),
            st.sampled_from((5, 8, 11)),
        ),
        max_size=8,
    )
)
def test_whatever_is_ruled_lists_and_sums_agree(acts: list[Act]) -> None:
    with Ledger.open(":memory:") as ledger:
        chosen = [readings()[number] for number in (4, 5, 8, 9, 11)]
        list(ledger.add(chosen))
        before = everything(ledger)
        for line, act in enumerate(acts):
            _carry_out(ledger, act, Signed("Ada", f"2025-04-01T12:00:{line:02}+00:00", "I was there"))
            assert kept(ledger) == counted(ledger)
            overview, rows = ledger.overview(), ledger.documents()
            assert overview.statements == len(ledger.statements()) == sum(row.statements for row in rows)
            assert overview.figures == len(ledger.figures()) == sum(row.figures for row in rows)
            for row in ledger.speakers()[:3]:
                assert len(ledger.statements(speaker=row.key)) == row.statements
        for correction in reversed(ledger.corrections()):
            if correction.state != "undone" and correction.kind != "undo":
                ledger.undo(correction.id, Signed("Ada", "2025-04-01T13:00:00+00:00", "all back"))
        list(ledger.add(chosen))
        assert differences(everything(ledger), before) == {}


def _carry_out(ledger: Ledger, act: Act, signed: Signed) -> None:
    how, number, place, other = act
    reading, voice = readings()[number], readings()[other]
    statement = f"{reading.document.id}:{reading.statements[place % len(reading.statements)].id}"
    try:
        if how == "speaker":
            entity = voice.entities[place % len(voice.entities)].id
            ledger.correct(statement, Wish(speaker=f"{voice.document.id}:{entity}"), signed)
        elif how in ("reject", "confirm"):
            figure = f"{reading.document.id}:f{place}"
            what = figure if place % 2 and place < len(reading.figures) else statement
            ledger.correct(what, Wish(reject=how == "reject", confirm=how == "confirm"), signed)
        elif how == "undo" and (log := ledger.corrections()):
            ledger.undo(log[place % len(log)].id, signed)
        elif how == "again":
            list(ledger.add([again(reading)]))
        elif how == "so":
            list(ledger.add([reading]))
    except LedgerError as error:
        if _REFUSED.search(str(error)) is None:
            raise
