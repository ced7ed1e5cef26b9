"""Figures that contradict each other, and those that only seem to."""

from __future__ import annotations

import pytest
from tests.ledger.series.telling import series_of, told

from onrecord.ledger.series.disputes import disputes
from onrecord.reading import Reading


def dead(number: str, when: str, *, who: str | None = "Ann Lee", publisher: str = "One") -> Reading:
    words = f"{number} people were killed"
    said = {words: (who, "say")} if who is not None else None
    return told(f"{{{number}|people/person}} were killed.", published=when, publisher=publisher, said=said)


def rules(*readings: Reading) -> list[tuple[str, str, str]]:
    texts = {reading.document.id: reading.document.text for reading in readings}
    return [
        (c.rule, c.a.span.of(texts[c.a.hash]), c.b.span.of(texts[c.b.hash])) for c in disputes(series_of(*readings))
    ]


def test_two_holders_on_one_day() -> None:
    found = rules(dead("19", "2025-03-12"), dead("29", "2025-03-12", who="Bo Ray", publisher="Two"))
    assert [(rule, {a, b}) for rule, a, b in found] == [("figures", {"19", "29"})]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (dead("19", "2025-03-12"), dead("29", "2025-03-13", who="Bo Ray")),
        (dead("at least 19", "2025-03-12"), dead("29", "2025-03-12", who="Bo Ray")),
        (dead("about 20", "2025-03-12"), dead("21", "2025-03-12", who="Bo Ray")),
        (dead("19", "2025-03-12T10:00"), dead("29", "2025-03-12T18:00", who="Bo Ray")),
        (dead("19", "2025-03-12"), dead("29", "2025-03-12", publisher="Two")),
        (dead("19", "2025-03-12"), dead("19", "2025-03-12", who="Bo Ray", publisher="Two")),
    ],
    ids=["another day", "at least", "about", "a later hour", "the same speaker", "the same value"],
)
def test_no_conflict(first: Reading, second: Reading) -> None:
    assert rules(first, second) == []


def test_somebody_who_gives_both_values_tells_that_the_number_moved() -> None:
    found = rules(
        dead("19", "2025-03-12"),
        dead("29", "2025-03-12", who="Bo Ray", publisher="Two"),
        dead("19", "2025-03-12", who="Bo Ray", publisher="Three"),
    )
    assert found == []


def test_a_speaker_who_changes_the_figure_for_the_same_moment() -> None:
    found = rules(dead("19", "2025-03-12T10:00"), dead("12", "2025-03-12T10:00", publisher="Two"))
    assert [rule for rule, _, _ in found] == ["reversal"]


def test_each_side_names_its_span_series_and_holder() -> None:
    first, second = dead("19", "2025-03-12"), dead("29", "2025-03-12", who="Bo Ray", publisher="Two")
    (conflict,) = disputes(series_of(first, second))
    assert conflict.a.of == conflict.b.of
    assert conflict.a.of.startswith("f")
    assert conflict.day == "2025-03-12"
    assert "people killed" in conflict.comparable
