"""The best value of a series and how it moved: who overtakes whom on one day, and from one day to the next."""

from __future__ import annotations

import pytest
from tests.ledger.series.pointed import point

from onrecord.ledger.series.best import Best, best_of, disjoint, trend_of
from onrecord.ledger.series.points import Point

THU, FRI, SAT = "2025-03-13", "2025-03-14", "2025-03-15"


def best(*points: Point, may_fall: bool = False) -> tuple[float | None, float | None, bool]:
    found, _ = best_of(points, may_fall=may_fall)
    assert found is not None
    return found.low, found.high, found.disputed


def walk(*points: Point, may_fall: bool = False) -> list[tuple[float | None, float | None]]:
    return [(b.low, b.high) for b in best_of(points, may_fall=may_fall)[1]]


def sources(*points: Point, may_fall: bool = False) -> list[str]:
    found, _ = best_of(points, may_fall=may_fall)
    return [p.holder for p in found.sources] if found is not None else []


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((1, 2), (3, 4), True),
        ((3, 4), (1, 2), True),
        ((1, 3), (3, 4), False),
        ((3, 4), (1, 3), False),
        ((None, 2), (3, None), True),
        ((3, None), (None, 2), True),
        ((None, 3), (3, None), False),
        ((3, None), (2, None), False),
        ((None, 3), (None, 9), False),
        ((None, None), (3, 3), False),
    ],
)
def test_values_that_exclude_each_other(one: tuple[float, float], other: tuple[float, float], apart: bool) -> None:
    assert disjoint(one, other) is apart


def test_no_points_no_value() -> None:
    assert best_of([], may_fall=False) == (None, ())
    assert best_of([point(14, "a", "", scope="earlier")], may_fall=False) == (None, ())  # recalled, nobody knows when
    assert walk(point(14, "a", THU, scope="earlier")) == [(14, 14)]
    assert walk(point(14, "a", "")) == [(14, 14)]


def test_the_latest_day_counts() -> None:
    assert best(point(14, "a", THU), point(19, "b", FRI)) == (19, 19, False)
    assert walk(point(19, "b", FRI), point(14, "a", THU)) == [(14, 14), (19, 19)]


@pytest.mark.parametrize(
    ("later", "taken"),
    [
        ({}, False),
        ({"change": "down to"}, True),
        ({"change": "down"}, True),
        ({"change": "up to"}, False),
        ({"holder": "a", "level": True}, True),  # who gave the higher one gives the total anew
        ({"holder": "a"}, False),
        ({"holder": "a", "level": True, "outlet": True}, False),
        ({"holder": "b", "level": True}, False),
    ],
)
def test_a_lower_toll_of_a_later_day(later: dict[str, object], taken: bool) -> None:
    options = {"holder": "b"} | later
    lower = point(52, str(options.pop("holder")), FRI, **options)
    assert best(point(58, "a", THU), lower) == ((52, 52, False) if taken else (58, 58, False))
    assert best(point(58, "a", THU), lower, may_fall=True) == (52, 52, False)


def test_two_holders_lower_a_toll_that_one_cannot() -> None:
    assert best(point(58, "a", THU), point(52, "b", FRI), point(52, "c", FRI)) == (52, 52, False)


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ({"low": 10, "bound": "at least"}, (14, 14)),  # "at least 10" after 14 says nothing new
        ({"low": 14, "bound": "at least"}, (14, 14)),
        ({"low": 15, "bound": "at least"}, (15, None)),
        ({"low": 20, "bound": "at most"}, (None, 20)),
        ({"low": 10, "bound": "at most"}, (14, 14)),  # a toll does not fall by itself
        ({"low": 12, "high": 16, "bound": "between"}, (12, 16)),
    ],
)
def test_an_open_value_after_an_exact_one(later: dict[str, object], expected: tuple[float, float]) -> None:
    options = dict(later)
    after = point(float(options.pop("low")), "b", FRI, **options)  # type: ignore[arg-type]
    assert best(point(14, "a", THU), after)[:2] == expected


def test_an_open_value_after_an_open_or_disputed_one_stands_for_itself() -> None:
    assert best(point(14, "a", THU, bound="at least"), point(10, "b", FRI, bound="at least"))[:2] == (10, None)
    disputed = point(14, "a", THU), point(19, "b", THU)
    assert best(*disputed, point(12, "c", FRI, bound="at least")) == (12, None, False)
    assert sources(point(14, "a", THU), point(10, "b", FRI, bound="at least")) == ["a", "b"]


def test_of_one_day_the_value_with_more_holders() -> None:
    three = point(14, "a", FRI), point(14, "b", FRI), point(19, "c", FRI)
    assert best(*three) == (14, 14, False)
    assert best(point(14, "a", FRI), point(19, "c", FRI)) == (14, 19, True)
    assert sources(point(14, "a", FRI), point(19, "c", FRI)) == ["a", "c"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([(14, "exactly"), (10, "at least")], (14, 14, False)),
        ([(14, "at least"), (16, "at least")], (16, None, False)),
        ([(20, "at most"), (16, "at most")], (None, 16, False)),
        ([(14, "at least"), (20, "at most")], (14, 20, False)),
        ([(14, "exactly"), (20, "at least")], (14, None, True)),
        ([(14, "exactly"), (10, "at most")], (None, 14, True)),
        ([(100, "about"), (105, "about")], (105, 100, False)),
        ([(100, "about"), (104, "exactly")], (104, 104, False)),
        ([(100, "about"), (90, "at least")], (100, 100, False)),
    ],
)
def test_values_of_several_holders_on_one_day(values: list[tuple[float, str]], expected: tuple[object, ...]) -> None:
    points = [point(low, f"holder {n}", FRI, bound=bound) for n, (low, bound) in enumerate(values)]
    assert best(*points) == expected


def test_outlets_alone_are_weighed_by_how_often_they_say_it() -> None:
    said_once, said_twice = point(5, "a", FRI, outlet=True), point(9, "b", FRI, outlet=True, twice=True, document=4)
    assert best(said_once, said_twice) == (9, 9, False)
    assert best(point(5, "a", FRI), point(9, "b", FRI, twice=True, document=4)) == (5, 9, True)
    assert best(point(5, "a", FRI), said_twice) == (5, 9, True)  # against somebody who is quoted it does not count


@pytest.mark.parametrize(
    ("first", "then", "may_fall", "expected"),
    [
        # without times of day a holder's later word on a toll is the higher one
        ({"low": 14}, {"low": 19}, False, 19),
        ({"low": 19}, {"low": 14}, False, 19),
        ({"low": 19}, {"low": 14, "change": "down to"}, False, 14),
        ({"low": 19, "change": "down to"}, {"low": 24}, False, 19),
        # of what may fall, that which stands later
        ({"low": 60}, {"low": 36, "at": 50}, True, 36),
        ({"low": 60, "at": 50}, {"low": 36}, True, 60),
        ({"low": 60, "change": "down to"}, {"low": 70, "at": 50}, True, 70),
    ],
)
def test_the_last_word_of_a_holder_on_one_day(
    first: dict[str, object], then: dict[str, object], may_fall: bool, expected: float
) -> None:
    told = [point(float(p.pop("low")), "a", FRI, **p) for p in (dict(first), dict(then))]  # type: ignore[arg-type]
    points = sorted(told, key=lambda p: p.places[0].order)
    assert best(*points, may_fall=may_fall) == (expected, expected, False)


@pytest.mark.parametrize(
    ("noon", "evening", "may_fall", "expected"),
    [
        (14, {"low": 19}, False, 19),
        (19, {"low": 14}, False, 19),  # a toll of a later hour that is lower counts some only
        (19, {"low": 14, "change": "down to"}, False, 14),
        (19, {"low": 14}, True, 14),
        (19, {"low": 19, "bound": "at least"}, False, (19, None)),
    ],
)
def test_the_last_hour_of_a_holder(noon: float, evening: dict[str, object], may_fall: bool, expected: object) -> None:
    options = dict(evening)
    points = (
        point(noon, "a", f"{FRI}T12:00"),
        point(float(options.pop("low")), "a", f"{FRI}T18:00", **options),  # type: ignore[arg-type]
    )
    wanted = expected if isinstance(expected, tuple) else (expected, expected)
    assert best(*points, may_fall=may_fall)[:2] == wanted


def test_another_holders_later_hour_overtakes() -> None:
    noon, evening = point(14, "a", f"{FRI}T12:00"), point(19, "b", f"{FRI}T18:00")
    assert best(noon, evening) == (19, 19, False)
    assert best(point(60, "a", f"{FRI}T12:00"), point(36, "b", f"{FRI}T18:00"), may_fall=True) == (36, 36, False)
    same = point(14, "a", f"{FRI}T12:00"), point(19, "b", f"{FRI}T12:00")
    assert best(*same) == (14, 19, True)
    assert best(point(14, "a", FRI), point(19, "b", f"{FRI}T18:00")) == (14, 19, True)  # of the one nobody knows when
    # of what may fall, every one must have its hour
    assert best(point(60, "a", FRI), point(36, "b", FRI, change="down to"), may_fall=True) == (36, 60, True)


def test_words_that_say_it_rose_overtake_another_holders_value() -> None:
    assert best(point(14, "a", FRI), point(19, "b", FRI, change="up to")) == (19, 19, False)
    assert best(point(19, "a", FRI), point(14, "b", FRI, change="down to")) == (14, 14, False)
    assert best(point(14, "a", FRI), point(19, "b", FRI, change="up"))[2]
    both = point(14, "a", FRI, change="up to"), point(19, "b", FRI, change="up to")
    assert best(*both) == (14, 19, True)
    assert best(point(14, "a", FRI), point(14, "b", FRI, change="up to")) == (14, 14, False)


def test_people_who_are_listed_are_not_always_all_of_them() -> None:
    listed = point(3, "a", FRI, listed=True)
    assert best(listed) == (3, 3, False)
    assert best(listed, point(5, "b", FRI)) == (5, 5, False)
    assert best(listed, point(2, "b", FRI)) == (2, 3, True)
    assert best(point(5, "a", FRI, listed=True), point(5, "b", FRI)) == (5, 5, False)


def test_a_lower_toll_in_the_outlets_own_voice_beside_a_higher_one_is_a_part_of_it() -> None:
    whole = point(14, "a", FRI)
    assert best(whole, point(5, "outlet", FRI, outlet=True, at=9)) == (14, 14, False)
    assert best(point(14, "outlet", FRI, outlet=True), point(5, "b", FRI, at=9)) == (14, 14, False)
    assert best(whole, point(5, "b", FRI, at=9)) == (5, 14, True)  # somebody is quoted against somebody
    assert best(whole, point(5, "outlet", FRI, outlet=True, document=2)) != (14, 14, False)
    moved = point(5, "outlet", FRI, outlet=True, at=9, change="down to")
    assert best(whole, moved) == (5, 5, False)
    assert best(point(60, "a", FRI), point(36, "outlet", FRI, outlet=True, at=9), may_fall=True) != (60, 60, False)


def trend(*points: Point, may_fall: bool = False) -> str:
    return trend_of(best_of(points, may_fall=may_fall)[1], points)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([(14, THU)], "single"),
        ([(14, THU), (19, FRI)], "rising"),
        ([(14, THU), (14, FRI)], "steady"),
        ([(60, THU), (36, FRI)], "falling"),
        ([(60, THU), (36, FRI), (36, SAT)], "falling"),
        ([(60, THU), (36, FRI), (40, SAT)], "mixed"),
        ([(14, ""), (19, FRI)], "rising"),
    ],
)
def test_the_trend(values: list[tuple[float, str]], expected: str) -> None:
    assert trend(*(point(low, "a", day, at=n) for n, (low, day) in enumerate(values)), may_fall=True) == expected


def test_a_value_within_the_one_before_is_no_step() -> None:
    span = point(25, "a", THU, high=30, bound="between")
    assert trend(span, point(27, "a", FRI), may_fall=True) == "steady"
    assert trend(span, point(31, "a", FRI), may_fall=True) == "rising"
    assert trend(span, point(24, "a", FRI), may_fall=True) == "falling"
    assert trend(point(14, "a", THU, bound="at least"), point(14, "a", FRI), may_fall=True) == "steady"
    assert trend(point(14, "a", THU, bound="at least"), point(19, "a", FRI), may_fall=True) == "rising"
    assert trend(point(14, "a", THU, bound="at most"), point(9, "a", FRI), may_fall=True) == "falling"


def test_a_dispute_is_no_movement() -> None:
    disputed = point(14, "a", FRI), point(19, "b", FRI)
    assert trend(point(14, "a", THU), *disputed, may_fall=True) == "steady"
    assert trend(*disputed) == "single"


def test_hours_of_one_day_are_moments_of_one_holder() -> None:
    noon, evening = point(14, "a", f"{FRI}T12:00"), point(19, "a", f"{FRI}T18:00")
    assert trend(noon, evening) == "rising"
    assert trend(noon, point(19, "b", f"{FRI}T18:00")) == "single"
    assert trend(noon, point(14, "a", f"{FRI}T18:00")) == "single"


def test_a_value_recalled_without_its_day_is_a_moment_only_where_words_say_that_it_changed() -> None:
    now = point(52, "a", FRI)
    assert trend(point(58, "a", "", scope="earlier"), now) == "single"
    assert trend(point(58, "a", "", scope="earlier", change="down from"), now) == "falling"
    assert trend(point(58, "a", THU, scope="earlier"), now) == "steady"  # the best value itself did not fall
    assert trend_of((), [point(58, "a", THU, scope="statistic"), point(61, "a", FRI, scope="statistic")]) == "rising"
    assert trend_of((), []) == "single"


def test_a_best_value_is_its_sources() -> None:
    a = point(14, "a", FRI)
    assert best_of([a], may_fall=False)[0] == Best(14, 14, disputed=False, sources=(a,))
