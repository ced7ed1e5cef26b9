"""Figures that belong together though their sentences say it in other words, and how the best value moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ledger.series.telling import series_of, told

from onrecord.ledger.series.counts import counts
from onrecord.ledger.series.disputes import disputes
from onrecord.ledger.series.grouping import Series
from onrecord.reading import Reading
from onrecord.records import Counted, Entity, Event, Figure, Span


def of(found: tuple[Series, ...], low: float) -> Series:
    (one,) = [s for s in found if any(p.low == low for p in s.points)]
    return one


def euros(text: str, amount: str, *, published: str, at_least: bool = False) -> Reading:
    """A reading whose only figure is an amount of money in the text."""
    reading = told(text, published=published)
    start = text.index(amount)
    value = float(amount.split(maxsplit=1)[0])
    bound = "at least" if at_least else "exactly"
    figure = Figure(
        Span(start, start + len(amount)), value, None if at_least else value, bound, "EUR", None, None, None, 1.0
    )  # type: ignore[arg-type]
    return replace(reading, figures=(figure,))


def test_an_amount_is_of_what_the_sentence_names() -> None:
    first = euros("The ministry estimated the damage at 12 euros.", "12 euros", published="2025-03-14")
    later = euros("The damage is now put at 19 euros.", "19 euros", published="2025-03-19")
    aid = euros("The union released aid of 15 euros.", "15 euros", published="2025-03-19")
    found = series_of(first, later, aid)
    assert [p.low for p in of(found, 19).points] == [12, 19]
    assert of(found, 19).trend == "rising"
    assert [p.low for p in of(found, 15).points] == [15]


def test_a_value_that_a_text_recalls_stands_where_it_stood() -> None:
    first = told("{3,500|soldiers/soldier} are in the valley.", published="2025-03-16")
    later = told("It had counted {3,500} on Sunday.", published="2025-03-20", publisher="Two")
    (one,) = series_of(first, later)
    assert {place.member.publisher for point in one.points for place in point.places} == {"The Invented Courier", "Two"}
    assert series_of(later) == ()


def acting(markup: str, lemma: str, **facts: str) -> Reading:
    """A reading whose figures take part in an event that is of no class."""
    reading = told(markup, **facts)  # type: ignore[arg-type]
    event = Event("v1", Span(0, 1), lemma, None, (), (), (), None, "happened", None, 1.0)
    return replace(reading, events=(event,), figures=tuple(replace(f, event="v1") for f in reading.figures))


@pytest.mark.parametrize(("number", "series_made"), [("610", 1), ("600", 2), ("12", 2)])
def test_one_odd_number_of_one_thing_is_one_series(number: str, series_made: int) -> None:
    first = acting(f"So far {{{number}|families/family}} came.", "come", published="2025-03-14")
    later = acting(
        f"In the town {{{number}|families/family}} applied.", "apply", published="2025-03-19", publisher="Two"
    )
    found = series_of(first, later)
    assert len(found) == series_made
    assert found[0].trend == ("steady" if series_made == 1 else "single")


def test_figures_side_by_side_share_what_happened() -> None:
    reading = told("{3,000|soldiers/soldier} crossed the border. {3,000|men/man}, {120|vehicles/vehicle}.")
    assert [(c.event, c.noun) for c in counts(reading)][-1] == ("sent", "vehicle")


def test_some_of_them_are_of_the_kind_that_was_meant() -> None:
    reading = told("The soldiers began to leave. By noon {800} of them had gone back.")
    start = reading.document.text.index("them")
    counted = Counted(Span(start, start + 4), None, "e1")
    reading = replace(
        reading,
        entities=(Entity("e1", "people", "The soldiers"),),
        figures=tuple(replace(f, counted=counted) for f in reading.figures),
    )
    assert [(c.event, c.thing, c.low) for c in counts(reading)] == [("withdrawn", "soldier", 800)]


def test_nobody_is_a_value_of_0() -> None:
    first = told("{Three|people/person} were missing.", published="2025-03-15")
    later = told("Nobody is missing any more.", published="2025-03-18")
    (one,) = series_of(first, later)
    assert (one.trend, one.best and (one.best.low, one.best.high)) == ("falling", (0, 0))
    assert [c.spans[0].of("Nobody is missing any more.") for c in counts(later)] == ["Nobody"]


def missing(number: str, when: str, who: str | None = None, publisher: str = "One") -> Reading:
    said = {f"{number} people are missing": (who, "say")} if who else None
    return told(f"{{{number}|people/person}} are missing.", published=when, publisher=publisher, said=said)


@pytest.mark.parametrize(
    ("readings", "trend"),
    [
        ([missing("60", "2025-03-12"), missing("60", "2025-03-12", publisher="Two")], "single"),
        ([missing("60", "2025-03-12", "Ann Lee"), missing("87", "2025-03-12", "Bo Ray", "Two")], "single"),
        ([missing("60", "2025-03-12"), missing("60", "2025-03-13")], "steady"),
        ([missing("60", "2025-03-12T09:00", "Ann Lee"), missing("87", "2025-03-12T21:00", "Ann Lee", "Two")], "rising"),
        ([missing("60", "2025-03-12"), missing("87", "2025-03-13"), missing("36", "2025-03-14")], "mixed"),
        (
            [
                missing("60", "2025-03-12"),
                missing("40", "2025-03-13", "Ann Lee"),
                missing("90", "2025-03-13", "Bo Ray", "Two"),
                missing("80", "2025-03-14"),
            ],
            "rising",
        ),
    ],
    ids=["repeated", "two holders", "the same later", "two hours", "up and down", "a dispute is no movement"],
)
def test_trends(readings: list[Reading], trend: str) -> None:
    (one,) = series_of(*readings)
    assert one.trend == trend


def test_a_value_inside_the_earlier_interval_is_steady() -> None:
    first = told("{25,000|people/person} are missing.", published="2025-03-12")
    first = replace(first, figures=tuple(replace(f, high=30000.0, bound="between") for f in first.figures))
    (one,) = series_of(first, missing("27,000", "2025-03-13"))
    assert one.trend == "steady"


def test_a_copy_without_a_date_is_as_of_its_origin() -> None:
    first = missing("60", "2025-03-12")
    copy = told("{60|people/person} are missing.", published=None, publisher="Copyist")
    (one,) = series_of(first, copy, origins={copy.document.id: first.document.id})
    assert {p.as_of for p in one.points} == {"2025-03-12"}
    (alone,) = series_of(copy)
    assert {p.as_of for p in alone.points} == {""}


def test_a_part_in_the_outlets_own_voice_is_no_second_total() -> None:
    reading = told(
        "Police said {four|people/person} were shot. {Two|victims/victim} were shot in the leg.",
        said={"four people were shot": ("Police", "say")},
    )
    (one,) = series_of(reading)
    assert one.best is not None
    assert (one.best.low, one.best.disputed) == (4, False)


def test_the_sides_of_a_conflict_are_those_that_one_document_tells() -> None:
    early = told(
        "{3,000|people/person} are missing.",
        published="2025-03-15",
        publisher="A",
        said={"3,000 people are missing": ("Cy Orr", "say")},
    )
    both = told(
        "The ministry: {3,000|people/person} are missing. The union: {1,100|people/person} are missing.",
        published="2025-03-15",
        publisher="B",
        said={"3,000 people are missing": ("Ann Lee", "say"), "1,100 people are missing": ("Bo Ray", "say")},
    )
    (found,) = disputes(series_of(early, both))
    assert (found.a.who, found.b.who) == ("Ann Lee", "Bo Ray")


def test_a_later_report_that_changes_the_figure_of_a_day_is_a_reversal() -> None:
    def toll(number: str, published: str) -> Reading:
        words = f"The death toll stood at {number} as of Friday"
        return told(
            f"The death toll stood at {{{number}}} as of Friday.",
            published=published,
            said={words: ("Ann Lee", "say")},
            moments={"Friday": ("date", "2025-03-14")},
        )

    found = disputes(series_of(toll("58", "2025-03-14"), toll("50", "2025-03-15")))
    assert [c.rule for c in found] == ["reversal"]
    assert disputes(series_of(toll("58", "2025-03-14"), toll("50", "2025-03-14"))) == ()


def test_nobody_hurt_beside_a_toll_is_no_dispute() -> None:
    first = told("{140|people/person} were injured.", said={"140 people were injured": ("Ann Lee", "say")})
    assert disputes(series_of(first, told("Nobody was injured.", publisher="Two"))) == ()


@pytest.mark.parametrize(
    ("markup", "low"),
    [
        ("The shooting comes a day after {five|people/person} were killed elsewhere.", 5),
        ("Related: {five|people/person} were killed in a fire.", 5),
        ("{Five|people/person} were killed in weekend shootings.", 5),
    ],
)
def test_other_events_are_no_toll(markup: str, low: float) -> None:
    assert [c.scope for c in counts(told(markup)) if c.low == low] == ["statistic"]
