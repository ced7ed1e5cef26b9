"""Which two values of a series contradict each other, and which only follow each other."""

from __future__ import annotations

import pytest
from tests.ledger.series.pointed import point, series_with

from onrecord.ledger.conflicts.rows import Conflict
from onrecord.ledger.series.disputes import disputes
from onrecord.ledger.series.points import Point

FRI, SAT = "2025-03-14", "2025-03-15"
NOON, EVENING = f"{FRI}T12:00", f"{FRI}T18:00"


def found(*points: Point, **key: object) -> list[Conflict]:
    return list(disputes([series_with(*points, **key)]))


def rules(*points: Point, **key: object) -> list[str]:
    return [conflict.rule for conflict in found(*points, **key)]


def two(first: dict[str, object], second: dict[str, object]) -> tuple[Point, Point]:
    """14 by a, then 19 by b, on Friday, unless told otherwise."""
    a = {"low": 14.0, "holder": "a", "as_of": FRI} | first
    b = {"low": 19.0, "holder": "b", "as_of": FRI, "at": 50} | second
    return point(**a), point(**b)  # type: ignore[arg-type]


def test_two_holders_who_exclude_each_other_on_one_day() -> None:
    (conflict,) = found(*two({}, {}))
    assert (conflict.rule, conflict.day, conflict.a.who, conflict.b.who) == ("figures", FRI, "a", "b")
    assert (conflict.a.record, conflict.b.record, conflict.a.of) == ("f0", "f50", "f1")
    assert (conflict.a.span.start, conflict.a.span.end) == (0, 2)
    told = "people killed: the same series, as of 2025-03-14, different holders, values that exclude each other"
    assert conflict.comparable == told


@pytest.mark.parametrize(
    "key",
    [
        {"increment": True},  # those who came on top may be others
        {"scope": "statistic"},
        {"part": "part"},
        {"event": None},
        {"firmness": "denied"},
    ],
)
def test_series_in_which_nothing_contradicts(key: dict[str, object]) -> None:
    assert rules(*two({}, {}), **key) == []


@pytest.mark.parametrize("key", [{"part": "rest"}, {"firmness": "open"}, {"event": "sent", "thing": "soldier"}])
def test_series_in_which_values_contradict(key: dict[str, object]) -> None:
    assert rules(*two({}, {}), **key) == ["figures"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {"as_of": SAT}, []),  # of another day
        ({"as_of": ""}, {"as_of": ""}, []),  # nobody knows of which
        ({}, {"scope": "earlier"}, []),
        ({}, {"low": 14.0}, []),
        ({"bound": "at least"}, {}, []),
        ({"bound": "at least"}, {"low": 9.0}, ["figures"]),
        # nobody was hurt, beside a toll
        ({"low": 0.0}, {}, []),
        ({}, {"low": 0.0}, []),
        # overtaken: a later hour, words that say that it moved
        ({"as_of": NOON}, {"as_of": EVENING}, []),
        ({"as_of": EVENING}, {"as_of": NOON}, []),
        ({"as_of": NOON}, {"as_of": NOON}, ["figures"]),
        ({"as_of": NOON}, {}, ["figures"]),
        ({}, {"change": "up to"}, []),
        ({"change": "down to"}, {}, []),
        # a higher toll in a later report of the day, by the hours of the reports
        ({"reported": NOON}, {"reported": EVENING}, []),
        ({"reported": NOON, "low": 19.0}, {"reported": EVENING, "low": 14.0}, ["figures"]),
        ({"reported": NOON}, {"reported": NOON}, ["figures"]),
        ({"reported": FRI}, {"reported": EVENING}, ["figures"]),
        ({"reported": NOON}, {"reported": SAT}, ["figures"]),
        ({"reported": None}, {"reported": EVENING}, ["figures"]),
    ],
)
def test_what_was_overtaken_is_no_dispute(
    first: dict[str, object], second: dict[str, object], expected: list[str]
) -> None:
    assert rules(*two(first, second)) == expected


@pytest.mark.parametrize(
    ("event", "both", "expected"),
    [
        ("killed", True, ["figures"]),
        ("injured", True, ["figures"]),
        ("missing", True, ["figures"]),
        ("displaced", True, ["figures"]),
        ("sent", True, ["figures"]),
        ("shot", True, []),  # outlets that count different things in one sentence
        ("damaged", True, []),
        ("shot", False, ["figures"]),
    ],
)
def test_outlets_among_themselves(event: str, both: bool, expected: list[str]) -> None:
    points = two({"outlet": True}, {"outlet": both})
    assert rules(*points, event=event) == expected
    assert rules(*two({"outlet": both}, {"outlet": True}), event=event) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"as_of": NOON}, {"as_of": NOON}, ["reversal"]),
        ({"as_of": NOON}, {"as_of": EVENING}, []),
        ({"as_of": NOON}, {"as_of": NOON, "outlet": True}, []),  # an outlet's texts are by many
        ({"as_of": NOON}, {"as_of": NOON, "change": "up to"}, []),
        ({"as_of": NOON, "change": "up to"}, {"as_of": NOON}, []),
        # of a day: where a later report names the day again
        ({"dated": True, "reported": FRI}, {"dated": True, "reported": SAT}, ["reversal"]),
        ({"dated": True, "reported": FRI}, {"dated": True, "reported": FRI}, []),
        ({"dated": True, "reported": FRI}, {"reported": SAT}, []),
        ({"reported": FRI}, {"dated": True, "reported": SAT}, []),
        ({"dated": True, "reported": FRI}, {"dated": True, "reported": f"{FRI}T09:00"}, []),
    ],
)
def test_a_speaker_who_gives_another_value_for_the_same_moment(
    first: dict[str, object], second: dict[str, object], expected: list[str]
) -> None:
    points = two({"holder": "a"} | first, {"holder": "a"} | second)
    assert rules(*points) == expected
    for conflict in found(*points):
        assert "the same holder" in conflict.comparable


def test_who_gives_both_values_shows_that_the_number_moved() -> None:
    a, b = two({}, {})
    also = point(19, "a", FRI, at=70)
    assert rules(a, b, also) == []
    assert rules(a, b, point(23, "a", FRI, at=70)) == ["figures", "figures"]


def test_many_who_hold_two_values_are_shown_once() -> None:
    told = [point(14, "a", FRI, document=1), point(14, "c", FRI, document=3), point(19, "b", FRI, document=3, at=9)]
    (conflict,) = found(*told)
    assert (conflict.a.who, conflict.b.who) == ("c", "b")  # one document sets them against each other
    heading = [
        point(14, "a", FRI, document=1, heading=True),
        point(14, "c", FRI, document=2),
        point(19, "b", FRI, document=3),
    ]
    (conflict,) = found(*heading)
    assert (conflict.a.who, conflict.b.who) == ("c", "b")


def test_more_points_than_a_day_compares_are_left_out() -> None:
    same = [point(14, f"holder {n}", FRI, document=n) for n in range(1, 24)]
    assert rules(*same, point(19, "b", FRI, document=98)) == ["figures"]
    assert rules(*same, point(14, "holder 24", FRI, document=97), point(19, "b", FRI, document=98)) == []


def test_a_series_of_a_measure_is_called_by_its_unit() -> None:
    (conflict,) = found(*two({}, {}), event="damage", thing=None, unit="EUR")
    assert conflict.comparable.startswith("EUR damage: ")
    (conflict,) = found(*two({}, {}), event="own", thing=None, unit=None)
    assert conflict.comparable.startswith("figure own: ")
