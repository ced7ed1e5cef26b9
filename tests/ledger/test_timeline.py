"""Timelines: everything in the order of time, three times kept apart, what has no year at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.ledger.sample_readings import readings

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import Ledger
from onrecord.ledger.dates import days


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as book:
        list(book.add(readings()))
        yield book


@pytest.fixture(scope="module")
def story(ledger: Ledger) -> str:
    return max(ledger.stories(), key=lambda row: row.documents).id


def test_entries_stand_in_the_order_of_time_and_those_without_a_year_last(ledger: Ledger, story: str) -> None:
    rows = ledger.timeline(story)
    dated = [found for row in rows if (found := days(row.on)) is not None]
    assert dated == sorted(dated)
    assert len(dated) > 20
    assert all(days(row.on) is None for row in rows[len(dated) :])


def test_an_event_stands_at_its_day_and_words_at_the_day_they_were_said(ledger: Ledger, story: str) -> None:
    rows = ledger.timeline(story)
    for row in rows:
        told = row.said_on or row.published
        assert row.on == ((row.happened_first or told) if row.kind == "event" else told)
        if row.happened_first is not None and row.happened_last is not None:
            assert row.happened_first[:10] <= row.happened_last[:10]
    assert {"said", "denied", "figure", "event"} <= {row.kind for row in rows}


def test_every_entry_leads_back_to_its_words(ledger: Ledger, story: str) -> None:
    claims = {claim.id for claim in ledger.claims(story=story)}
    series = {one.id for one in ledger.series(story=story)}
    texts = {id: ledger.document(id).document for row in ledger.stories(story) for id in row.members}
    for row in ledger.timeline(story):
        assert row.of in (series if row.kind == "figure" else claims)
        document = texts[row.document]
        assert (row.published, row.title) == (document.published, document.title)
        assert row.spans
        for span in row.spans:
            assert " ".join(span.of(document.text).split()) in " ".join(row.words.split())


def test_each_voice_says_a_thing_once(ledger: Ledger, story: str) -> None:
    told = [(row.of, row.kind, row.who) for row in ledger.timeline(story) if row.kind != "figure"]
    assert len(told) == len(set(told))


def test_a_sentence_that_gives_a_figure_stands_once(ledger: Ledger, story: str) -> None:
    rows = ledger.timeline(story)
    figures = {(row.document, row.words.strip(" .")) for row in rows if row.kind == "figure"}
    told = {(row.document, row.words.strip(" .")) for row in rows if row.kind in ("said", "event") and row.of}
    numbered = {claim.first.words.strip(" .") for claim in ledger.claims(story=story) if claim.figure is not None}
    assert not {words for words in figures & told if words[1] in numbered}


def test_a_range_keeps_what_lies_in_it(ledger: Ledger, story: str) -> None:
    rows = ledger.timeline(story, since="2025-03-14", until="2025-03-14")
    assert rows
    assert rows == [row for row in ledger.timeline(story) if row.on is not None and row.on[:10] == "2025-03-14"]
    assert ledger.timeline(story, until="2000") == []
    with pytest.raises(LedgerError, match="yesterday"):
        ledger.timeline(story, since="yesterday")


def test_all_that_somebody_said(ledger: Ledger) -> None:
    rows = ledger.timeline("Brezik")
    assert {row.who for row in rows} == {"Oltan Brezik"}
    told = {" ".join(row.words.split()) for row in rows}
    claimed = {(m.document, m.record) for claim in ledger.claims(speaker="Brezik") for m in claim.members}
    others = [row for row in ledger.statements(speaker="Brezik") if (row.document, row.id) not in claimed]
    assert {" ".join(row.content.split()) for row in others} <= told
    assert claimed & {(row.document, row.record) for row in rows}


def test_a_document_names_its_story_and_the_latest_is_meant_without_one(ledger: Ledger, story: str) -> None:
    member = ledger.stories(story)[0].members[-1]
    assert ledger.timeline(member) == ledger.timeline(member[:8]) == ledger.timeline(story)
    assert ledger.timeline() == ledger.timeline(ledger.stories()[0].id)


def test_nobody_and_nothing(ledger: Ledger) -> None:
    with pytest.raises(NotInLedger, match="Zebedee"):
        ledger.timeline("Zebedee Quux")
    with pytest.raises(NotInLedger):
        ledger.timeline("t000000000000")
    with Ledger.open(":memory:") as empty:
        assert empty.timeline() == []


def test_the_order_of_adding_does_not_matter(ledger: Ledger) -> None:
    with Ledger.open(":memory:") as other:
        list(other.add(reversed(readings())))
        assert other.timeline() == ledger.timeline()
        assert other.timeline("Brezik") == ledger.timeline("Brezik")
