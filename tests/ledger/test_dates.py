"""Dates of every precision as ranges of days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import LedgerError
from onrecord.ledger.dates import EARLIEST, LATEST, days, range_bounds


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-10-28", "2024-10-28", "2024-10-28"),
        ("2024-10-28T23:30:00-05:00", "2024-10-28", "2024-10-28"),
        ("2024-10-28TMO", "2024-10-28", "2024-10-28"),
        ("2024-10", "2024-10-01", "2024-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024?", "2024-01-01", "2024-12-31"),
        ("2015-W37", "2015-09-07", "2015-09-13"),
        ("2015-W37-WE", "2015-09-12", "2015-09-13"),
        ("2015-W37-1", "2015-09-07", "2015-09-07"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-SU", "2024-01-01", "2024-12-31"),
        ("2024-22", "2024-01-01", "2024-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("201", "2010-01-01", "2019-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2024-10-XX", "2024-10-01", "2024-10-31"),
        ("2024-XX-18", "2024-01-01", "2024-12-31"),
        ("2024-03/2024-05~", "2024-03-01", "2024-05-31"),
        ("2024-03/..", "2024-03-01", LATEST),
        ("../2024-03", EARLIEST, "2024-03-31"),
        ("/2024-03", EARLIEST, "2024-03-31"),
        ("2024-03/", "2024-03-01", LATEST),
        ("2024/2024", "2024-01-01", "2024-12-31"),
        ("2024-12-31/2024-12-31", "2024-12-31", "2024-12-31"),
        ("2024-12/2024", "2024-12-01", "2024-12-31"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-01", "2024-01-01", "2024-01-31"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-21", "2024-01-01", "2024-12-31"),
        ("2024-24", "2024-01-01", "2024-12-31"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2015-W37-7", "2015-09-13", "2015-09-13"),
        ("000X", "0001-01-01", "0009-12-31"),
        ("00XX", "0001-01-01", "0099-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
    ],
)
def test_days_that_a_date_can_mean(value: str, first: str, last: str) -> None:
    assert days(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    [None, "", "XXXX-10-18", "XXXX", "PRESENT_REF", "P3D", "T14:00", "2024-13", "2024-00", "2024-02-30", "2015-W54",
     "2024-Q4X", "2024-Q0", "2024-20", "2024-25",
     "2024-21-XX", "2015-W00", "2015-W37-8", "999/XXXX",
     "2024-H3", "0000", "October", "2024-10-28 or so\n", "20241028", "٢٠٢٤x", "2025/2024", "/x"],
)  # fmt: skip
def test_what_names_no_days(value: str | None) -> None:
    assert days(value) is None


@given(st.text(max_size=12) | st.from_regex(r"[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?", fullmatch=True))
def test_any_text_gives_a_range_in_order_or_none(value: str) -> None:
    found = days(value)
    if found is not None:
        assert date.fromisoformat(found[0]) <= date.fromisoformat(found[1])
        assert all(day.isascii() and len(day) == 10 for day in found)


def test_bounds_include_the_whole_of_what_they_name() -> None:
    assert range_bounds("2024-10", "2024-10") == ("2024-10-01", "2024-10-31")
    assert range_bounds(None, "2024") == (None, "2024-12-31")
    assert range_bounds("2024-10-28", "2024-10-28") == ("2024-10-28", "2024-10-28")
    assert range_bounds(None, None) == (None, None)
    with pytest.raises(LedgerError, match="the range ends before it begins: since 2024-10-29 until 2024-10-28"):
        range_bounds("2024-10-29", "2024-10-28")
    with pytest.raises(LedgerError, match="since: not a date with a year: 'October'"):
        range_bounds("October", "XXXX")
    with pytest.raises(LedgerError, match="until: not a date with a year: 'XXXX-10-18'"):
        range_bounds(None, "XXXX-10-18")
