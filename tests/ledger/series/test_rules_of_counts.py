"""Counts, rule by rule: what is counted, what happened to it, how firmly, and what goes on from the value before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.ledger.series.telling import series_of, told

from onrecord import records as r
from onrecord.ledger.series.counts import counts
from onrecord.reading import Reading
from onrecord.records import Span

DAY = "2025-03-14"


def of_event(
    reading: Reading, *events: tuple[str, str, r.Status], figures: dict[int, int] | None = None, **more: Any
) -> Reading:
    """`events` are words with lemma and status; `figures` gives figures the numbers of theirs."""
    text = reading.document.text
    made = tuple(
        r.Event(
            f"v{n}",
            Span(text.index(word), text.index(word) + len(word)),
            lemma,
            None,
            (),
            (),
            (),
            None,
            status,
            None,
            1.0,
        )
        for n, (word, lemma, status) in enumerate(events)
    )
    numbers = tuple(
        replace(f, event=f"v{(figures or {})[n]}") if n in (figures or {}) else f for n, f in enumerate(reading.figures)
    )
    return replace(reading, events=made, figures=numbers, **more)


def brief(reading: Reading) -> list[tuple[float | None, str | None, str | None]]:
    """Number, class, and what is counted."""
    return [(c.low, c.event, c.thing) for c in counts(reading)]


# What is counted


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("{Two} killed", [(2, "killed", "people")]),
        ("{Two} reportedly killed", [(2, "killed", "people")]),
        ("{Two} of them killed", [(2, "killed", "people")]),
        ("{Two} others were killed", [(2, "killed", "people")]),
        ("{Two} boats were killed", []),  # the number counts boats, of which the reading knows nothing
        ("{Two}, killed", [(2, "killed", "people")]),
        ("{Two}-storey killed", []),
        ("{Two}/3 killed", []),
        ("{911} caller killed", []),
    ],
)
def test_a_number_without_a_noun_counts_people_where_it_stands_alone(
    markup: str, expected: list[tuple[object, ...]]
) -> None:
    assert brief(told(markup)) == expected


@pytest.mark.parametrize(
    ("first", "second", "thing"),
    [
        ("{2,000|soldiers/soldier} were sent.", "They were only {3,000|men/man}.", "soldier"),
        ("{2,000|soldiers/soldier} were sent.", "{3,000|men/man} were sent.", "soldier"),
        ("{2,000|soldiers/soldier} were sent.", "{3,000|boats/boat} were sent.", "boat"),
        ("{2,000|boats/boat} were sent.", "{3,000|men/man} were sent.", "man"),
        ("{2,000|soldiers/soldier} were sent.", "{90|men/man} were here.", None),
    ],
)
def test_men_where_soldiers_are_counted(first: str, second: str, thing: str | None) -> None:
    found = counts(told(f"{first} {second}"))
    assert (found[1].thing if len(found) > 1 else None) == thing


def test_some_of_them_are_whom_the_reading_says() -> None:
    def them(words: str, name: str) -> list[tuple[float | None, str | None, str | None]]:
        reading = told(f"{{800|{words}/x}} have gone back.")
        (figure,) = reading.figures
        assert figure.counted is not None
        counted = r.Counted(figure.counted.span, None, "e1")
        return brief(
            replace(reading, figures=(replace(figure, counted=counted),), entities=(r.Entity("e1", "people", name),))
        )

    assert them("of them", "Ruvanian soldiers") == []
    assert them("them", "Ruvanian soldiers") == [(800, "withdrawn", "soldier")]
    assert them("these", "the soldiers") == [(800, "withdrawn", "soldier")]
    assert them("boats", "Ruvanian soldiers") == []
    assert them("them", "boats") == []  # no people


@pytest.mark.parametrize(
    ("markup", "thing"),
    [
        ("{400|members/member} of the armed forces were sent", "soldier"),
        ("{400|members/member} of its army were sent", "soldier"),
        ("{400|members/member} of the choir were sent", "people"),
        ("{400|guests/guest} of the army were sent", "people"),
    ],
)
def test_members_of_forces_are_soldiers(markup: str, thing: str) -> None:
    assert [c.thing for c in counts(told(markup))] == [thing]


# The class: words before the reading's event, the reading's event where the words say nothing


@pytest.mark.parametrize(
    ("markup", "events", "expected"),
    [
        ("They fed {12|dogs/dog}.", [("fed", "feed", "happened")], "feed"),
        ("They saw {12|soldiers/soldier}.", [("saw", "see", "happened")], "sent"),
        ("They fed {12|soldiers/soldier}.", [("fed", "feed", "happened")], "sent"),
        ("They fed {12|rescuers/rescuer}.", [("fed", "feed", "happened")], "feed"),
        ("They see {12|rescuers/rescuer}.", [("see", "see", "happened")], "sent"),  # of those who are sent
        ("They killed off, say, {12|people/person}.", [("killed", "kill", "happened")], "mentioned"),
        ("They broke {12|dogs/dog}.", [("broke", "br0ke", "happened")], None),
        ("They dog {12|dogs/dog}.", [("dog", "dog", "happened")], None),
    ],
)
def test_what_the_readings_event_tells(
    markup: str, events: list[tuple[str, str, r.Status]], expected: str | None
) -> None:
    found = counts(of_event(told(markup), *events, figures={0: 0}))
    assert [c.event for c in found] == ([expected] if expected is not None else [])


@pytest.mark.parametrize(
    ("noun", "lemma", "event", "also"),
    [
        ("bodies", "body", "killed", ()),
        ("fatalities", "fatality", "killed", ()),
        ("injuries", "injury", "injured", ()),
        ("casualties", "casualty", "killed", ("injured",)),
    ],
)
def test_nouns_that_say_what_happened(noun: str, lemma: str, event: str, also: tuple[str, ...]) -> None:
    (count,) = counts(told(f"They had {{14|{noun}/{lemma}}} there."))
    assert (count.event, count.also, count.thing) == (event, also, "people")


@pytest.mark.parametrize(
    ("markup", "unit", "lemma", "event"),
    [
        ("The damage is put at {14}.", "EUR", "put", "damage"),
        ("The aid, besides costs, of {14}.", "EUR", "be", "cost"),  # the nearest
        ("The loss is put at {14}.", "EUR", "put", "loss"),
        ("The losses are put at {14}.", "EUR", "put", "loss"),
        ("It is put at {14}, a fine.", "EUR", "put", "put"),
        ("The damage is put at {14}.", "km", "put", "put"),
        ("It holds {14}.", "%", "hold", "own"),
        ("It owns {14}.", "%", "own", "own"),
        ("It rose {14}.", "%", "rise", "rise"),
    ],
)
def test_what_an_amount_is_of(markup: str, unit: str, lemma: str, event: str) -> None:
    reading = told(markup)
    word = next(w.strip(".,") for w in reading.document.text.split() if w.strip(".,") not in ("The", "It"))
    reading = of_event(reading, (word, lemma, "happened"), figures={0: 0})
    reading = replace(reading, figures=(replace(reading.figures[0], unit=unit),))
    assert [c.event for c in counts(reading)] == [event]


def test_a_measure_of_which_nothing_is_said_counts_nothing() -> None:
    reading = told("It has {14}.")
    assert counts(replace(reading, figures=(replace(reading.figures[0], unit="km"),))) == ()


# A value that goes on from the one before


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("This number grew to {23}.", "killed"),
        ("The true figure, he said, is {23}.", "killed"),
        ("They counted only {23}.", "killed"),
        ("They had spoken of {23}.", "killed"),
        ("They had eaten {23}.", None),
        ("They were {23}.", "killed"),
        ("The number is known; it is {23}.", None),
        ("They gave the {23} that were there.", "killed"),
        ("They gave the {23} of it.", None),
        ("They counted {23|boats/boat}.", None),
        ("They counted {23|people/people}.", "killed"),
    ],
)
def test_another_value_of_the_same(second: str, expected: str | None) -> None:
    found = counts(told("{14|people/person} were killed. " + second))
    assert (found[1].event if len(found) > 1 else None) == expected


@pytest.mark.parametrize(("between", "goes_on"), [(240, True), (300, False)])
def test_a_value_goes_on_from_what_is_near(between: int, goes_on: bool) -> None:
    reading = told(f"{{14|people/person}} were killed. {'x' * between}. This number grew to {{23}}.")
    assert (len(counts(reading)) == 2) is goes_on


def test_a_value_given_before_stands_where_that_value_stands() -> None:
    first, later = told("{41|people/person} were killed."), told("He had earlier counted {41}.", published="2025-03-15")
    found = series_of(first, later)
    assert [[(p.low, p.as_of) for p in s.points] for s in found] == [[(41, ""), (41, DAY)]]
    assert len(found[0].members) == 2
    nothing = told("He had earlier counted {42}.", published="2025-03-15")
    assert [len(s.members) for s in series_of(first, nothing)] == [1]


@pytest.mark.parametrize(
    ("number", "one"), [("610", True), ("600", False), ("100", False), ("101", True), ("99", False), ("1,000", False)]
)
def test_one_odd_number_of_one_thing_is_one_series(number: str, one: bool) -> None:
    came = of_event(told(f"{{{number}|families/family}} came."), ("came", "come", "happened"), figures={0: 0})
    asked = of_event(told(f"{{{number}|families/family}} applied."), ("applied", "apply", "happened"), figures={0: 0})
    found = series_of(came, asked)
    assert (len(found) == 1) is one


# How firmly


@pytest.mark.parametrize(
    ("markup", "word", "lemma", "status", "expected"),
    [
        ("{14|people/person} were killed", "killed", "kill", "happened", "happened"),
        ("{14|people/person} were killed", "killed", "kill", "possible", "happened"),  # an accusation
        ("{14|people/person} were killed", "killed", "kill", "conditional", "happened"),
        ("{14|people/person} may be killed", "killed", "kill", "possible", "possible"),
        ("{14|people/person} may be evacuated", "evacuated", "evacuate", "possible", "possible"),
        ("{14|people/person} were not evacuated", "evacuated", "evacuate", "denied", "denied"),
        ("{14|people/person} could not be reached", "reached", "reach", "denied", "happened"),
        ("{14|soldiers/soldier} it plans to send", "send", "send", "denied", "planned"),
        ("{14|soldiers/soldier} it had to send", "send", "send", "denied", "denied"),
        ("{0|people/person} were evacuated", "evacuated", "evacuate", "planned", "happened"),
    ],
)
def test_how_firmly_it_is_said(markup: str, word: str, lemma: str, status: r.Status, expected: str | None) -> None:
    found = [c.status for c in counts(of_event(told(markup), (word, lemma, status), figures={0: 0}))]
    assert found == ([expected] if expected is not None else [])
