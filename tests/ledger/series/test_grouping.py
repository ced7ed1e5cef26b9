"""Which figures are of one series, how it moved, what its best value is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.series.telling import scene_of, series_of, told

from onrecord.ledger.scene import Rulings
from onrecord.ledger.series.counts import counts
from onrecord.ledger.series.grouping import Series, series
from onrecord.ledger.series.tolls import toll


def of(found: tuple[Series, ...], event: str, **wanted: object) -> Series:
    (one,) = (s for s in found if s.key.event == event and all(getattr(s.key, k) == v for k, v in wanted.items()))
    return one


def best(one: Series) -> tuple[float | None, float | None, bool]:
    assert one.best is not None
    return one.best.low, one.best.high, one.best.disputed


DEAD = "{%s|people/person} were killed."


def report(number: str, day: str, publisher: str = "The Invented Courier", who: str | None = None) -> object:
    words = f"{number} people were killed"
    return told(DEAD % number, published=day, publisher=publisher, said={words: (who, "say")} if who else None)


def test_at_least_19_and_then_29_is_a_rising_series() -> None:
    one = of(series_of(report("At least 19", "2025-03-12"), report("29", "2025-03-13")), "killed")  # type: ignore[arg-type]
    assert (one.trend, best(one)) == ("rising", (29, 29, False))


def test_the_same_moment_by_two_holders_is_a_dispute() -> None:
    one = of(
        series_of(report("19", "2025-03-12", who="Ann Lee"), report("29", "2025-03-12", "Other", who="Bo Ray")),  # type: ignore[arg-type]
        "killed",
    )
    assert best(one) == (19, 29, True)


def test_what_is_planned_is_another_series_than_what_happened() -> None:
    reading = told("{3,000|soldiers/soldier} crossed the border. The ministry may send {10,000|soldiers/soldier}.")
    found = [replace(c, status="planned") if c.low == 10000 else c for c in counts(reading)]
    both = series(scene_of([reading]), {1: found})
    assert {(s.key.firmness, s.points[0].low) for s in both} == {("fact", 3000), ("open", 10000)}


def test_an_increment_is_a_series_of_its_own() -> None:
    found = series_of(
        told("{41|people/person} were killed."), told("{17|bodies/body} were found overnight.", published="2025-03-15")
    )
    assert best(of(found, "killed", increment=False))[:2] == (41, 41)
    assert of(found, "killed", increment=True).points[0].low == 17


def test_a_part_is_no_point_of_the_whole() -> None:
    found = series_of(told("{Three|children/child} were among the {14} dead."))
    assert best(of(found, "killed", part="whole"))[:2] == (14, 14)
    assert of(found, "killed", part="part").key.thing == "child"


def test_a_toll_falls_only_where_somebody_says_so() -> None:
    unexplained = series_of(report("58", "2025-03-14"), report("5", "2025-03-15", "Other"))  # type: ignore[arg-type]
    assert best(of(unexplained, "killed"))[:2] == (58, 58)
    lowered = told("The death toll was lowered to {52}.", published="2025-03-15", changes={"52": "down to"})
    assert best(of(series_of(report("58", "2025-03-14"), lowered), "killed"))[:2] == (52, 52)  # type: ignore[arg-type]


def test_missing_people_are_found() -> None:
    first, later = (
        told("{60|people/person} are missing."),
        told("{36|people/person} are missing.", published="2025-03-15"),
    )
    one = of(series_of(first, later), "missing")
    assert (one.trend, best(one)) == ("falling", (36, 36, False))


def test_a_value_of_the_past_is_a_point_of_its_own_day() -> None:
    reading = told(
        "The toll rose to {58} on Friday. Officials had put the toll at {41} a day earlier.",
        moments={"a day earlier": ("duration", "P1D"), "Friday": ("date", "2025-03-14")},
    )
    one = of(series_of(reading), "killed")
    assert [(p.low, p.as_of) for p in one.points] == [(41, "2025-03-13"), (58, "2025-03-14")]
    assert (one.trend, best(one)) == ("rising", (58, 58, False))


def test_copies_count_once() -> None:
    first, copy, other = (
        report("14", "2025-03-12", who="Ann Lee"),
        report("14", "2025-03-12", "Copyist", who="Ann Lee"),
        report("14", "2025-03-12", "Third", who="Ann Lee"),
    )
    one = of(series_of(first, copy, other, origins={copy.document.id: first.document.id}), "killed")  # type: ignore[attr-defined, arg-type]
    assert [(len(p.places), p.copies) for p in one.points] == [(3, 1)]


def test_history_is_another_event() -> None:
    now = told("A flood killed {14|people/person} on Friday.", moments={"Friday": ("date", "2025-03-14")})
    then = told("In 1987 a flood killed {112|people/person}.", moments={"1987": ("date", "1987")})
    found = series_of(now, then)
    assert best(of(found, "killed", since=None))[:2] == (14, 14)
    assert of(found, "killed", since="1987-01-01").points[0].low == 112
    assert toll(found, "killed") == (14, 14)


def test_rulings_move_and_reject_figures() -> None:
    first, second = (
        told("{14|people/person} were killed."),
        told("{140|goats/goat} were counted. {19|people/person} died."),
    )
    ids = {1: counts(first), 2: counts(second)}
    moved = series(scene_of([first, second], rulings=Rulings(moved={(2, "f1"): None})), ids)
    assert sorted(s.points[0].low or 0 for s in moved if s.key.event == "killed") == [14, 19]
    rejected = series(scene_of([first, second], rulings=Rulings(rejected=frozenset({(2, "f1")}))), ids)
    assert best(of(rejected, "killed"))[:2] == (14, 14)
    joined = series(scene_of([first, second], rulings=Rulings(moved={(2, "f1"): (1, "f0")})), ids)
    assert {(2, "f1"), (1, "f0")} <= set(of(joined, "killed").members)


@pytest.mark.parametrize(
    ("markup", "killed", "injured"),
    [
        ("{Four|people/person} were shot, one fatally.", (1, 1), (3, 3)),
        ("{Two} dead, {three} hurt.", (2, 2), (3, 3)),
        ("{One|person/person} was killed and {four|others/other} were shot.", (1, 1), (4, 4)),
        ("{Five|people/person} were shot. {Three} died.", (3, 3), (2, 2)),
        ("{Nine|people/person} were wounded.", None, (9, 9)),
        ("A man and {three|women/woman} were shot.", None, (4, 4)),
        ("{Four|people/person} were hospitalized.", None, (4, 4)),
    ],
)
def test_tolls(markup: str, killed: tuple[float, float] | None, injured: tuple[float, float] | None) -> None:
    found = series_of(told(markup))
    assert (toll(found, "killed"), toll(found, "injured")) == (killed, injured)


NUMBERS = st.integers(min_value=1, max_value=60)
REPORTS = st.lists(
    st.tuples(
        st.sampled_from(["", "At least ", "About ", "More than "]),
        NUMBERS,
        st.integers(min_value=10, max_value=16),
        st.sampled_from([None, "Ann Lee", "Bo Ray"]),
        st.sampled_from(["One", "Two", "Three"]),
    ),
    min_size=1,
    max_size=6,
    unique=True,
)


@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_documents_never_matters(drawn, random) -> None:  # type: ignore[no-untyped-def]
    made = [report(f"{bound}{n}", f"2025-03-{day}", outlet, who) for bound, n, day, who, outlet in drawn]
    shuffled = list(made)
    random.shuffle(shuffled)

    def outline(found: tuple[Series, ...]) -> object:
        return [
            (
                (s.id, s.key, s.trend, s.best and (s.best.low, s.best.high, s.best.disputed)),
                [(p.low, p.high, p.holder, p.as_of, [place.member.hash for place in p.places]) for p in s.points],
            )
            for s in found
        ]

    assert outline(series_of(*made)) == outline(series_of(*shuffled))  # type: ignore[arg-type]


@given(REPORTS, NUMBERS)
def test_an_increment_never_lowers_a_total(drawn, more) -> None:  # type: ignore[no-untyped-def]
    made = [report(f"{bound}{n}", f"2025-03-{day}", outlet, who) for bound, n, day, who, outlet in drawn]
    before = toll(series_of(*made), "killed")  # type: ignore[arg-type]
    added = told(f"Another {{{more}|bodies/body}} were found.", published="2025-03-17")
    assert toll(series_of(*made, added), "killed") == before  # type: ignore[arg-type]


def test_an_id_is_that_of_the_first_member() -> None:
    early, late = report("14", "2025-03-12"), report("19", "2025-03-13")
    one = of(series_of(late, early), "killed")  # type: ignore[arg-type]
    assert one.id == of(series_of(early), "killed").id  # type: ignore[arg-type]
    assert one.id.startswith("f")
    assert len(one.id) == 13
