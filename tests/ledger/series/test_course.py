"""How the best value of a series moved: told again from the same counts, it ends at the value that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from tests.ledger.sample_readings import readings

from onrecord.errors import NotInLedger
from onrecord.ledger import Ledger


@pytest.fixture(scope="module")
def book() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as book:
        list(book.add(readings()))
        yield book


def test_a_course_ends_at_the_best_value(book: Ledger) -> None:
    rows = book.series()
    assert sum(1 for row in rows if row.best is not None) > 10
    for row in rows:
        steps = book.course(row.id)
        assert bool(steps) is (row.best is not None)
        if row.best is not None:
            last = steps[-1]
            assert (last.low, last.high, last.disputed) == (row.best.low, row.best.high, row.best.disputed)


def test_steps_differ_and_are_in_the_order_of_time(book: Ledger) -> None:
    for row in book.series():
        steps = book.course(row.id)
        values = [(step.low, step.high, step.disputed) for step in steps]
        assert all(one != other for one, other in pairwise(values))
        days = [step.on for step in steps if step.on is not None]
        assert days == sorted(days)


def test_what_moved_has_a_course_and_the_toll_has_the_days_that_the_articles_give(book: Ledger) -> None:
    lengths = [len(book.course(row.id)) for row in book.series(moved=True)]
    assert max(lengths) > 2
    toll = next(row for row in book.series(about="dead") if len(row.points) > 5)
    told = {(step.on, step.low) for step in book.course(toll.id)}
    assert {("2025-03-12", 23), ("2025-03-13", 41), ("2025-03-14", 58)} <= told


def test_a_series_is_found_by_any_of_its_figures_and_an_unknown_one_is_not(book: Ledger) -> None:
    row = book.series()[0]
    assert book.course(row.id) == book.course(book.series(row.id)[0].id)
    with pytest.raises(NotInLedger, match="f000000000000"):
        book.course("f000000000000")
