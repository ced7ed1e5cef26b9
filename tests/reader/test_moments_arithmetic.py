"""Numbers in words, the calendar's arithmetic, and the days of feasts, each against what a calendar says."""

from datetime import date
from fractions import Fraction

import pytest

from onrecord.reader.moments.calendar import add_months, interval, make_day, parse_day, shift, value_at
from onrecord.reader.moments.feasts import _easter, _rule
from onrecord.reader.moments.numerals import number, ordinal, year

NUMBERS = [
    ("", None),
    ("several", None),
    ("½", Fraction(1, 2)),
    ("¼", Fraction(1, 4)),
    ("¾", Fraction(3, 4)),
    ("half", Fraction(1, 2)),
    ("2 1/2", Fraction(5, 2)),
    ("1/0", None),
    ("two and a half", Fraction(5, 2)),
    ("twenty - four", 24),
    ("a dozen", 12),
    ("two dozen", 24),
    ("a hundred", 100),
    ("three hundred and five", 305),
    ("two thousand five hundred", 2500),
    ("a thousand", 1000),
    ("1,500", 1500),
    ("3.5", Fraction(7, 2)),
    ("1.2.3", None),
]
ORDINALS = [
    ("third", 3), ("21st", 21), ("2nd", 2), ("3rd", 3), ("15th", 15), ("twenty - first", 21), ("5", 5),
    ("", None), ("x", None),
]  # fmt: skip
YEARS = [
    ("nineteen ninety - six", 1996),
    ("nineteen ten", 1910),
    ("two thousand and five", 2005),
    ("nineteen hundred", 1900),
    ("twenty ten", 2010),
    ("twenty - four", None),
    ("nineteen six", None),
    ("nineteen ninety twelve", None),
    ("nineteen twelve four", None),
    ("nine ninety", None),
    ("twenty - two fifty", None),
    ("five hundred", None),
    ("nineteen x", None),
    ("2015", 2015),
    ("", None),
    ("'x", None),
]
SHORT_YEARS = [("'82", None, 1982), ("'29", None, 2029), ("'30", None, 1930), ("'34", 2024, 2034), ("'35", 2024, 1935)]


@pytest.mark.parametrize(("words", "value"), NUMBERS)
def test_an_amount_in_words(words: str, value: Fraction | None) -> None:
    assert number(words.split()) == value


@pytest.mark.parametrize(("words", "value"), ORDINALS)
def test_a_place_in_a_row(words: str, value: int | None) -> None:
    assert ordinal(words.split()) == value


@pytest.mark.parametrize(("words", "value"), YEARS)
def test_a_year_in_words(words: str, value: int | None) -> None:
    assert year(words.split()) == value


@pytest.mark.parametrize(("words", "near", "value"), SHORT_YEARS)
def test_a_short_year_is_at_most_ten_years_ahead(words: str, near: int | None, value: int) -> None:
    assert year([words], near=near) == value


@pytest.mark.parametrize(
    ("unit", "count", "day"),
    [
        ("D", -1, "2024-02-28"),
        ("W", 1, "2024-03-07"),
        ("2W", 1, "2024-03-14"),
        ("WE", -1, "2024-02-22"),
        ("M", 1, "2024-03-29"),
        ("M", -12, "2023-02-28"),
        ("Q", 1, "2024-05-29"),
        ("H", 1, "2024-08-29"),
        ("Y", -4, "2020-02-29"),
        ("DE", 1, "2034-02-28"),
        ("CE", -1, "1924-02-29"),
        ("SU", 1, "2025-02-28"),
        ("ML", 1, "3024-02-29"),
        ("D", -(10**7), "0001-01-01"),
        ("Y", 10**5, "9999-02-28"),
    ],
)
def test_units_from_a_leap_day(unit: str, count: int, day: str) -> None:
    assert shift(date(2024, 2, 29), unit, count).isoformat() == day


@pytest.mark.parametrize(
    ("day", "values"),
    [
        (date(2024, 1, 1), {"W": "2024-W01", "Q": "2024-Q1", "H": "2024-H1", "DE": "202", "CE": "20", "M": "2024-01"}),
        (date(2023, 1, 1), {"W": "2022-W52", "WE": "2022-W52-WE", "Y": "2023", "WI": "2023-WI", "D": "2023-01-01"}),
        (date(2024, 6, 30), {"Q": "2024-Q2", "H": "2024-H1"}),
        (date(2024, 7, 1), {"Q": "2024-Q3", "H": "2024-H2"}),
        (date(2024, 12, 31), {"W": "2025-W01", "Q": "2024-Q4", "H": "2024-H2"}),
        (date(987, 3, 4), {"M": "0987-03", "Y": "0987", "DE": "098", "CE": "09"}),
    ],
)
def test_the_value_of_the_unit_that_holds_a_day(day: date, values: dict[str, str]) -> None:
    assert {unit: value_at(day, unit) for unit in values} == values


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024", ("2024-01-01", "2025-01-01")),
        ("202", ("2020-01-01", "2030-01-01")),
        ("19", ("1900-01-01", "2000-01-01")),
        ("00", (None, None)),
        ("99", (None, None)),
        ("2024-02", ("2024-02-01", "2024-03-01")),
        ("2024-12", ("2024-12-01", "2025-01-01")),
        ("2024-02-29", ("2024-02-29", "2024-03-01")),
        ("2023-02-29", (None, None)),
        ("2024-02-29T10:00", ("2024-02-29", "2024-03-01")),
        ("2024-W01", ("2024-01-01", "2024-01-08")),
        ("2024-W01-WE", ("2024-01-06", "2024-01-08")),
        ("2024-W53", (None, None)),
        ("2024-Q4", ("2024-10-01", "2025-01-01")),
        ("2024-Q2", ("2024-04-01", "2024-07-01")),
        ("2024-H2", ("2024-07-01", "2025-01-01")),
        ("2024-H1", ("2024-01-01", "2024-07-01")),
        ("2024-SU", (None, None)),
        ("XXXX-06-01", (None, None)),
        ("0000", (None, None)),
        ("9999", (None, None)),
        ("9998", ("9998-01-01", "9999-01-01")),
    ],
)
def test_the_days_that_a_value_covers(value: str, days: tuple[str | None, str | None]) -> None:
    assert interval(value) == days


def test_days_that_the_calendar_has() -> None:
    assert make_day(2024, 2, 29) == date(2024, 2, 29)
    assert [make_day(*parts) for parts in ((2023, 2, 29), (0, 1, 1), (10_000, 1, 1), (2024, 13, 1), (2024, 1, 0))] == [
        None
    ] * 5
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 1, 31), -1) == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024-06-12", date(2024, 6, 12)),
        ("2024-06-12T10:00:00Z", date(2024, 6, 12)),
        ("1000-01-01", date(1000, 1, 1)),
        ("0999-12-31", None),
        ("8999-12-31", date(8999, 12, 31)),
        ("9000-01-01", None),
        ("2024-06", None),
        ("2024-06-31", None),
    ],
)
def test_the_day_of_publication_leaves_room_to_reckon(published: str, day: date | None) -> None:
    assert parse_day(published) == day


# The earliest and the latest, leap years, turns of centuries, and those in which the old rule has its exceptions.
EASTERS = [
    (1818, 3, 22), (1886, 4, 25), (1900, 4, 15), (1943, 4, 25), (1954, 4, 18), (1961, 4, 2), (1981, 4, 19), (2000, 4, 23),
    (2008, 3, 23), (2011, 4, 24), (2016, 3, 27), (2019, 4, 21), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25), (2049, 4, 18),
    (2076, 4, 19),
]  # fmt: skip


@pytest.mark.parametrize(("of", "month", "day"), EASTERS)
def test_easter(of: int, month: int, day: int) -> None:
    assert _easter(of) == date(of, month, day)


@pytest.mark.parametrize(
    ("feast", "day"),
    [
        ("shrove tuesday", "2024-02-13"),
        ("ash wednesday", "2024-02-14"),
        ("palm sunday", "2024-03-24"),
        ("maundy thursday", "2024-03-28"),
        ("holy saturday", "2024-03-30"),
        ("whit monday", "2024-05-20"),
        ("pentecost", "2024-05-19"),
        ("new year day", "2024-01-01"),
        ("australia day", "2024-01-26"),
        ("waitangi day", "2024-02-06"),
        ("valentine day", "2024-02-14"),
        ("presidents day", "2024-02-19"),
        ("earth day", "2024-04-22"),
        ("anzac day", "2024-04-25"),
        ("mother day", "2024-05-12"),
        ("memorial day", "2024-05-27"),
        ("father day", "2024-06-16"),
        ("juneteenth", "2024-06-19"),
        ("canada day", "2024-07-01"),
        ("independence day", "2024-07-04"),
        ("bastille day", "2024-07-14"),
        ("labor day", "2024-09-02"),
        ("columbus day", "2024-10-14"),
        ("halloween", "2024-10-31"),
        ("election day", "2024-11-05"),
        ("remembrance day", "2024-11-11"),
        ("thanksgiving", "2024-11-28"),
        ("black friday", "2024-11-29"),
        ("cyber monday", "2024-12-02"),
        ("boxing day", "2024-12-26"),
        ("new year eve", "2024-12-31"),
        ("inauguration day", "2024-01-20"),
    ],
)
def test_a_feast_of_2024(feast: str, day: str) -> None:
    rule = _rule(feast)
    assert rule is not None
    assert rule(2024).isoformat() == day


def test_no_feast_is_called_so() -> None:
    assert _rule("good monday") is None
