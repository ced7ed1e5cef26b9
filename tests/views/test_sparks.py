"""Charts of characters: what is drawn stands where its value and its day are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.views.sparks import Bar, Density, Drawing, moment, stretch

DAY = moment("2025-03-12")


def at(day: float, low: float | None, high: float | None = None, *, best: bool = False) -> Bar:
    return Bar(DAY + day, DAY + day, low, low if high is None else high, best)


def test_a_day_has_the_part_of_it_that_has_passed() -> None:
    assert moment("2025-03-12T18:00") - DAY == 0.75
    assert moment("2025-03-12T18:00+09:00") - DAY == 0.75


def test_values_rise_from_left_below_to_right_above() -> None:
    lines = Drawing((at(0, 10), at(2, 30), at(4, 50, best=True))).lines(width=30, ascii_only=True)
    assert [line.split(" ")[0] for line in lines if line[:2].strip()] == ["50", "10"]
    places = {line.rindex(sign): row for row, line in enumerate(lines[:-1]) for sign in "o#" if sign in line}
    assert sorted(places) == sorted(places, key=lambda across: -places[across])
    assert lines[0].endswith("#")
    assert lines[-1].split() == ["2025-03-12", "2025-03-16"]


def test_an_interval_reaches_from_its_lower_to_its_upper_end() -> None:
    last = [line[-1] for line in Drawing((at(0, 50), at(2, 0, 100))).lines(width=40, ascii_only=True)[:-1]]
    assert last == ["|"] * 4


def test_an_open_end_is_dotted_to_the_edge() -> None:
    lines = Drawing((at(0, 0), at(1, 100), Bar(DAY + 2, DAY + 2, 50, None))).lines(width=40, ascii_only=True)
    column = [line[-1] for line in lines[:-1]]
    assert column[0] == ":"
    assert "|" in column
    below = Drawing((at(0, 0), at(1, 100), Bar(DAY + 2, DAY + 2, None, 50))).lines(width=40, ascii_only=True)
    assert [line.ljust(40)[len(lines[1]) - 1] for line in below[:-1]][-1] == ":"


def test_a_month_is_as_wide_as_a_month() -> None:
    bars = (Bar(DAY, DAY + 30, 5, 5), at(30, 9))
    lines = Drawing(bars).lines(width=40, ascii_only=True)
    assert lines[-2].count("o") > 30


def test_what_never_moved_is_one_line() -> None:
    assert len(Drawing((at(0, 7), at(3, 7))).lines(ascii_only=False)) == 2


def test_nothing_to_compare_is_nothing() -> None:
    assert Drawing(()).lines(ascii_only=False) == []
    assert Drawing((at(0, 7),)).lines(ascii_only=False) == []
    assert Drawing((at(0, 7), at(1, 8))).lines(width=6, ascii_only=False) == []
    with pytest.raises(ValueError, match="both ends"):
        Bar(DAY, DAY, None, None)


_NUMBERS = st.floats(-1e12, 1e12, allow_nan=False)
_BARS = st.builds(
    lambda first, long, ends, open_end, best: Bar(
        first, first + long, None if open_end < 0 else min(ends), None if open_end > 0 else max(ends), best
    ),
    st.floats(1, date.max.toordinal() - 500),
    st.floats(0, 400),
    st.tuples(_NUMBERS, _NUMBERS),
    st.sampled_from([-1, 0, 1]),
    st.booleans(),
)


@given(st.lists(_BARS, max_size=8), st.integers(1, 150), st.booleans())
def test_a_chart_fits_whatever_it_is_of(bars: list[Bar], width: int, ascii_only: bool) -> None:
    lines = Drawing(tuple(bars)).lines(width=width, ascii_only=ascii_only)
    assert all(cell_len(line) <= width for line in lines)
    assert not ascii_only or all(line.isascii() for line in lines)


def test_a_day_with_more_is_higher_and_what_lies_outside_is_counted() -> None:
    first = int(DAY)
    dense = Density((first - 9, first, first, first, first + 1, first + 3), first, first + 3)
    [line] = dense.lines(width=44, ascii_only=False)
    assert line == "a day: 2025-03-12 █▃ ▃ 2025-03-15 (1 before)"
    assert Density((first - 9,), first, first + 3).lines(ascii_only=False) == []
    [narrow] = dense.lines(width=41, ascii_only=True)
    assert narrow.isascii()


@given(st.lists(st.integers(700_000, 740_000), min_size=1, max_size=30), st.integers(20, 200))
def test_a_strip_fits_and_shows_every_day_that_has_something(days: list[int], width: int) -> None:
    for line in Density(tuple(days), min(days), max(days)).lines(width=width, ascii_only=False):
        assert cell_len(line) <= width
        assert any(mark in line for mark in "▁▂▃▄▅▆▇█")


def test_a_stretch_lies_where_it_is() -> None:
    assert stretch(0, 10, (0, 10), 4) == "━━━━"
    assert stretch(0, 0, (0, 10), 4) == "━┈┈┈"
    assert stretch(9, 10, (0, 10), 4, ascii_only=True) == "...="
    assert stretch(5, 5, (5, 5), 3) in ("━┈┈", "┈━┈")
