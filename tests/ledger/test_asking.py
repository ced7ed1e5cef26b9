"""What can be asked of a ledger, on readings whose answers are known."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import UNNAMED, Ledger
from onrecord.ledger.ids import derived_id
from onrecord.reading import Reading
from onrecord.records import Entity

Make = Callable[..., Reading]


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as ledger:
        yield ledger


@pytest.fixture(scope="module")
def asked(make: Make) -> Iterator[Ledger]:
    """One ledger for many questions."""
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([make()]))
        yield ledger


def ids(rows: list[object]) -> list[str]:
    return [row.id for row in rows]  # type: ignore[attr-defined]


def test_a_statement_row_reads_by_itself(ledger: Ledger, reading: Reading) -> None:
    list(ledger.add([reading]))
    row = next(row for row in ledger.statements() if row.id == "s1")
    text = reading.document.text
    assert (row.speaker, row.source, row.cue) == ("Kyrylo Budanov", "Kyrylo Budanov", "said")
    assert row.content == "About 11,000 soldiers are in training … and they will be ready soon."
    assert [span.of(text) for span in row.content_spans] == row.content.split(" … ")
    assert (row.title, row.publisher, row.published) == (
        "Seoul counts the troops",
        "The Invented Courier",
        "2024-10-28",
    )
    assert (row.act, row.manner, row.negated, row.said_on, row.within) == ("say", "direct", False, "2024-10-18", None)
    assert next(row for row in ledger.statements() if row.id == "s2").within == "s3"
    nobody = next(row for row in ledger.statements() if row.id == "s5")
    assert (nobody.speaker, nobody.speaker_key, nobody.source, nobody.source_spans) == (None, None, None, ())


def test_a_figure_row_reads_by_itself(ledger: Ledger, reading: Reading) -> None:
    list(ledger.add([reading]))
    soldiers, seen, sent, tanks = sorted(ledger.figures(), key=lambda row: row.span)
    assert (soldiers.text, soldiers.low, soldiers.noun, soldiers.of) == (
        "About 11,000",
        11000,
        "soldier",
        "North Korea",
    )
    assert (soldiers.event, soldiers.status, soldiers.moment) == ("train", "ongoing", "2024-10-25")
    assert (soldiers.voucher, soldiers.voucher_key) == ("Kyrylo Budanov", derived_id("p", soldiers.document, "e1"))
    assert (seen.voucher, seen.statement, seen.context) == (None, None, "The U.S. has seen 3,000 of them.")
    assert (sent.voucher, sent.event, sent.status) == ("Mark Rütte", "send", "happened")
    assert sent.context == "Mark Rütte confirmed that Gen. Kim sent 10,000 troops, Budanov said."
    assert (sent.low, sent.high) == (10000, None)
    assert (tanks.voucher, tanks.statement) == (UNNAMED, "s5")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Rütte", ["s2"]),
        ("rutte", ["s2"]),
        ("MARK RUTTE", ["s2"]),
        ("person:mark rutte", ["s2"]),
        ("budanov", ["s1", "s3"]),
        ("iso3166:ru", ["s4"]),
        ("Moscow", ["s4"]),
        ("russia", ["s4"]),
        ("Russ", []),
        ("Mark", []),
        ("%", []),
        ("", []),
    ],
)
def test_statements_of_a_speaker(ledger: Ledger, reading: Reading, asked: str, found: list[str]) -> None:
    list(ledger.add([reading]))
    assert ids(ledger.statements(speaker=asked, document=reading.document.id)) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("troop", ["s2", "s3"]),
        ("TROOPS Kim", ["s2", "s3"]),
        ("rutte", ["s3"]),
        ('"10,000 troops"', ["s2", "s3"]),
        ('"troops 10,000"', []),
        ("train*", ["s1"]),
        ("moscow", []),
        ("troops tanks", []),
        ("?!", []),
        ("", []),
    ],
)
def test_statements_about_words_of_their_content(
    ledger: Ledger, reading: Reading, asked: str, found: list[str]
) -> None:
    list(ledger.add([reading]))
    assert ids(ledger.statements(about=asked, document=reading.document.id)) == found


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, ["s1", "s2", "s3", "s4", "s5"]),
        ("2024-10-18", "2024-10-18", ["s1", "s3"]),  # s3 was said in October 2024, so it may have been on the 18th
        ("2024-10-19", None, ["s2", "s3", "s5"]),  # those without a date of their own stand under the publication date
        (None, "2024-10-17", ["s3"]),
        ("2024", "2024", ["s1", "s2", "s3", "s5"]),  # XXXX-10-18 is in no year
        ("2024-11", None, []),
        (None, "2023", []),
    ],
)
def test_statements_in_a_range_of_days(
    ledger: Ledger, reading: Reading, since: str | None, until: str | None, found: list[str]
) -> None:
    list(ledger.add([reading]))
    assert ids(ledger.statements(since=since, until=until, document=reading.document.id)) == found


def test_figures_are_narrowed_like_statements(ledger: Ledger, reading: Reading) -> None:
    list(ledger.add([reading]))
    document = reading.document.id
    assert [row.text for row in ledger.figures(about="soldier north korea")] == ["About 11,000"]
    assert [row.text for row in ledger.figures(since="2024-10-28", document=document)] == ["3,000", "10,000", "40"]
    assert [row.text for row in ledger.figures(until="2024-10-18")] == ["About 11,000"]
    assert [row.text for row in ledger.figures(speaker="rutte")] == ["10,000"]
    assert len(ledger.figures(limit=2)) == 2
    assert ledger.figures(limit=0) == []


def test_the_newest_stand_first_and_the_undated_last(ledger: Ledger, make: Make) -> None:
    dates = ["2024-10-02", None, "2024-10-28T23:30:00-05:00", "2023"]
    list(ledger.add(make(id=f"{i:064x}", title=str(date), published=date) for i, date in enumerate(dates)))
    assert [row.title for row in ledger.documents()] == [dates[2], dates[0], dates[3], "None"]
    first = ledger.documents()[0]
    assert (first.statements, first.figures, first.events, first.rejected) == (5, 4, 2, 1)
    assert first.characters == len(make().document.text)
    undated = [row.published for row in ledger.statements() if row.said_on is None]
    assert undated == [dates[2], dates[2], dates[0], dates[0], dates[3], dates[3], None, None]


def test_speakers_are_one_across_documents(ledger: Ledger, make: Make) -> None:
    def with_entity(number: int, **facts: str | None) -> Reading:
        reading = make(id=f"{number:064x}", published=f"2024-11-0{number}")
        return replace(reading, entities=tuple(replace(e, **facts) if e.id == "e3" else e for e in reading.entities))

    list(
        ledger.add(
            [
                with_entity(1),  # Russia, iso3166:RU
                with_entity(2, name="RUSSIA", ref=None),  # by its name
                with_entity(3, name="Moscow"),  # by its ref
                with_entity(4, name="Russia", type="person", ref=None),  # somebody called Russia
            ]
        )
    )
    by_key = {row.key: row for row in ledger.speakers()}
    russia = by_key["iso3166:RU"]
    assert (russia.statements, russia.documents, russia.ref, russia.type) == (3, 3, "iso3166:RU", "country")
    assert (russia.first, russia.last) == (None, None)  # all said on XXXX-10-18
    called_russia = derived_id("p", f"{4:064x}", "e3")
    assert by_key[called_russia].statements == 1
    assert len(ledger.speaker("iso3166:RU")) == len(ledger.statements(speaker="moscow")) - 1 == 3
    budanov = by_key[derived_id("p", f"{1:064x}", "e1")]
    assert (budanov.statements, budanov.documents, budanov.first, budanov.last) == (8, 4, "2024-10", "2024-10")
    rutte = by_key[derived_id("p", f"{1:064x}", "e2")]
    assert (rutte.first, rutte.last) == ("2024-11-01", "2024-11-04")
    assert [row.statements for row in ledger.speakers()] == sorted(
        (r.statements for r in by_key.values()), reverse=True
    )
    with pytest.raises(NotInLedger, match="Nobody at all"):
        ledger.speaker("Nobody at all")


def test_a_name_with_two_refs_is_neither(ledger: Ledger, make: Make) -> None:
    def georgia(number: int, ref: str | None) -> Reading:
        reading = make(id=f"{number:064x}")
        return replace(
            reading, entities=(*reading.entities[:2], Entity("e3", "place", "Georgia", ref=ref), reading.entities[3])
        )

    list(ledger.add([georgia(1, "iso3166:GE"), georgia(2, "iso3166-2:US-GA"), georgia(3, None)]))
    keys = {row.key for row in ledger.speakers() if row.name == "Georgia"}
    assert keys == {"iso3166:GE", "iso3166-2:US-GA", derived_id("p", f"{3:064x}", "e3")}
    assert len(ledger.statements(speaker="georgia")) == 3


def test_search_finds_statements_and_documents(ledger: Ledger, reading: Reading) -> None:
    list(ledger.add([reading]))
    text = reading.document.text
    hits = ledger.search("Rutte")
    assert [(hit.kind, hit.statement) for hit in hits] == [("statement", "s2"), ("document", None), ("statement", "s3")]
    for hit in hits:
        assert all(span.of(text) == "Rütte" for span in hit.hits)
        assert hit.excerpt == " … ".join(span.of(text) for span in hit.spans)
    assert hits[0].hits == ()  # s2 is what Rütte said, without his name in it
    interrupted = next(hit for hit in ledger.search("soldiers ready") if hit.kind == "statement")
    assert [span.of(text) for span in interrupted.hits] == ["soldiers", "ready"]
    assert len(ledger.search("troops", limit=2)) == 2
    assert [hit.kind for hit in ledger.search("Seoul")] == ["document"]


@pytest.mark.parametrize(
    "words",
    [
        '"',
        '""',
        "AND OR",
        "OR NOT",
        "content:x",
        "a*b",
        "^",
        "(",
        "NEAR(a b)",
        "x\x00y",
        "-",
        "'; DROP TABLE documents",
        "{x}",
        "é" * 9000,
        "*",
    ],
)
def test_no_word_is_query_syntax(ledger: Ledger, reading: Reading, words: str) -> None:
    list(ledger.add([reading]))
    assert ledger.search(words) == []
    assert ledger.statements(about=words) == []
    assert ledger.figures(about=words) == []
    assert ledger.statements(speaker=words) == []
    assert len(ledger.documents()) == 1


def test_documents_are_found_by_the_beginning_of_their_id(ledger: Ledger, make: Make) -> None:
    ids = ["ab" + "0" * 62, "ab" + "1" * 62, "cd" + "0" * 62]
    list(ledger.add(make(id=key) for key in ids))
    assert ledger.document("c").document.id == ids[2]
    assert ledger.document("ab1").document.id == ids[1]
    with pytest.raises(LedgerError, match="more than one document: ab0000000000, ab1111111111") as raised:
        ledger.document("ab")
    assert not isinstance(raised.value, NotInLedger)
    for missing in ("ef", "", "%", "a_", "\ud800", "ab"):
        with pytest.raises(LedgerError):
            ledger.document(missing)
        with pytest.raises(LedgerError):
            ledger.article(missing)
    with pytest.raises(NotInLedger):
        ledger.statements(document="ef")


def test_an_article_is_the_document_of_its_reading(ledger: Ledger, reading: Reading) -> None:
    list(ledger.add([reading]))
    assert ledger.article(reading.document.id[:8]) == reading.document


@pytest.mark.parametrize("date", ["October", "XXXX-10-18", "2024-13", "2024-02-30", ""])
def test_a_range_needs_dates_with_a_year(ledger: Ledger, date: str) -> None:
    with pytest.raises(LedgerError, match="since: not a date with a year"):
        ledger.statements(since=date)
    with pytest.raises(LedgerError, match="until: not a date with a year"):
        ledger.figures(until=date)


def test_a_range_must_not_end_before_it_begins(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="ends before it begins"):
        ledger.statements(since="2024-11", until="2024-10")


@settings(max_examples=150, deadline=None)
@given(words=st.text() | st.lists(st.sampled_from(['"', "*", "troops", "AND", "(", "{", ":", "é", "-"])).map(" ".join))
def test_nothing_that_can_be_typed_breaks_a_question(asked: Ledger, words: str) -> None:
    for hit in asked.search(words):
        text = asked.document(hit.document).document.text
        assert hit.excerpt == " … ".join(span.of(text) for span in hit.spans)
        assert all(any(span.covers(found) for span in hit.spans) for found in hit.hits)
    assert len(asked.statements(about=words, speaker=words)) <= 5
    assert len(asked.figures(about=words, speaker=words)) <= 4
    with contextlib.suppress(LedgerError):  # an id, a date: refused, but never with an error of the database
        asked.statements(document=words, since=words)
