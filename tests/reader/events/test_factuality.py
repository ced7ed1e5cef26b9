"""The sentences on firmness and their scorer: that the golds are what they claim, and that the scorer counts rightly."""

from __future__ import annotations

from typing import get_args

import pytest
from benchmarks import factuality

from onrecord.reading import Reading
from onrecord.records import Document, Event, Span, Status

RECORDS = factuality.records_in(factuality.GOLD)


def test_every_gold_points_at_its_word_and_names_a_status() -> None:
    assert len(RECORDS) >= 150
    for record in RECORDS:
        assert record["events"], record
        for event in record["events"]:
            start, end = event["trigger"]
            assert record["text"][start:end] == event["word"]
            assert set(event["status"]) <= set(get_args(Status)), record
    assert len({record["text"] for record in RECORDS}) == len(RECORDS)


@pytest.mark.parametrize("half", [0, 1])
def test_both_halves_have_every_status_and_kind(half: int) -> None:
    records = RECORDS[half::2]
    assert {e["status"][0] for r in records for e in r["events"]} == set(get_args(Status))
    assert {r["kind"] for r in records} == {r["kind"] for r in RECORDS}


def reading_of(text: str, *events: tuple[int, int, Status]) -> Reading:
    read = tuple(
        Event(f"v{i}", Span(start, end), "x", None, (), (), (), None, status, None, 0.9)
        for i, (start, end, status) in enumerate(events)
    )
    return Reading(Document(id="0" * 64, text=text), "test", (), (), (), (), (), read, ())


def test_the_score_counts_hits_misses_and_negation() -> None:
    gold = {
        "kind": "negation",
        "text": "They did not go and stayed",
        "events": [
            {"trigger": [13, 15], "word": "go", "status": ["denied"]},
            {"trigger": [20, 26], "word": "stayed", "status": ["happened", "ongoing"]},
        ],
    }
    right = reading_of(gold["text"], (13, 15, "denied"), (20, 26, "ongoing"))
    wrong = reading_of(gold["text"], (13, 15, "happened"))
    found = factuality.score([(gold, right), (gold, wrong)])
    tune, check = (found[half][0].rows() for half in factuality.HALVES)
    assert (tune["status"], check["status"]) == ((2, 2), (0, 2))
    assert (tune["negation, recall"], check["negation, recall"]) == ((1, 1), (0, 1))
    assert len(found["check"][1]) == 2, "each miss is told"
