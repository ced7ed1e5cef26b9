"""Weeks, weekends, seasons, decades and lengths of time, counted from the day of publication or told by themselves."""

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.moments import read_moments
from onrecord.records import Document

JUNE = "2024-06-12"  # a Wednesday, in week 24


def read(text: str, published: str | None = JUNE) -> list[tuple[str, str]]:
    moments = read_moments(Annotated(Document(id="d", text=text), (), ()), published)[0]
    return [(moment.type, moment.value) for moment in moments]


DATES = [
    ("It rained this weekend.", "2024-W23-WE"),
    ("It will rain this weekend.", "2024-W24-WE"),
    ("It rained at the weekend.", "2024-W23-WE"),
    ("It rained last weekend.", "2024-W23-WE"),
    ("It will rain next weekend.", "2024-W25-WE"),
    ("In the weekend of March 9 it fell.", "2024-W10-WE"),
    ("It fell in the week ended March 8.", "2024-W10"),
    ("In the week of March 5 it fell.", "2024-W10"),
    ("In the first week of March it fell.", "2024-W10"),  # the week of its first Thursday
    ("The fifth week of February was cold.", "2024-W09"),
    ("The last week of March 2023 was cold.", "2023-W13"),
    ("It fell this day.", "2024-06-12"),
    ("It was the best of the latest year.", "2023"),
    ("By year-end it will fall.", "2024"),
    ("It closed three quarters ago.", "2023-Q3"),
    ("It closed two decades ago.", "2004"),
    ("It closed a fortnight ago.", "2024-05-29"),
    ("It will close two months from now.", "2024-08"),
    ("It closed 9,000 years ago.", "PAST_REF"),
    ("It happened some years ago.", "PAST_REF"),
    ("He came last autumn.", "2023-FA"),
    ("He came this summer.", "2024-SU"),
    ("He came this past spring.", "2024-SP"),
    ("He came the previous summer.", "2023-SU"),
    ("He will come this coming autumn.", "2024-FA"),
    ("He will come next winter.", "2024-WI"),
    ("In winter it fell.", "2023-WI"),
    ("By spring it will rise.", "2025-SP"),
    ("He came in the winter of 2020.", "2020-WI"),
    ("It was hot in summer last year.", "2023-SU"),
    ("It opens in the summer of next year.", "2025-SU"),
    ("In the '80s it fell.", "198"),
    ("In the late eighties it fell.", "198"),
    ("In the eighteen fifties it fell.", "185"),
    ("In the 2000s it fell.", "200"),
    ("In the 1600s it fell.", "16"),
]
DURATIONS = [
    ("It took half an hour.", "PT30M"),
    ("It took three quarters of an hour.", "PT45M"),
    ("It took two and a half years.", "P2Y6M"),
    ("It took a month and a half.", "P1M15D"),
    ("It took two and a half weeks.", "P2.5W"),
    ("It took one and a half decades.", "P15Y"),
    ("It took a century and a half.", "P150Y"),
    ("It took a quarter of a century.", "P25Y"),
    ("It took a couple of weeks.", "P2W"),
    ("A dozen years passed.", "P12Y"),
    ("It took two fortnights.", "P4W"),
    ("It took several fortnights.", "PXW"),
    ("It was a months-long siege.", "PXM"),
    ("It happened in recent weeks.", "PXW"),
    ("For seconds it fell.", "PTXS"),
    ("The next 12 to 18 months will tell.", "PXM"),
]
SETS = [
    ("It closes every Sunday.", "XXXX-WXX-7"),
    ("It opens each Friday morning.", "XXXX-WXX-5TMO"),
    ("They meet every evening.", "P1D"),
    ("It snows every winter.", "XXXX-WI"),
    ("It costs $5 a day.", "P1D"),
]


@pytest.mark.parametrize(("text", "value"), DATES)
def test_a_date_told_by_its_unit(text: str, value: str) -> None:
    assert read(text) == [("date", value)]


@pytest.mark.parametrize(("text", "value"), DURATIONS)
def test_a_length_of_time(text: str, value: str) -> None:
    assert read(text) == [("duration", value)]


@pytest.mark.parametrize(("text", "value"), SETS)
def test_what_comes_again(text: str, value: str) -> None:
    assert read(text) == [("set", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It rained this weekend.", "XXXX-WXX-WE"),
        ("In the first week of March it fell.", "XXXX-WXX"),
        ("A year ago it fell.", "XXXX"),
        ("It closed two weeks ago.", "XXXX-XX-XX"),
        ("It closed three quarters ago.", "XXXX-QX"),
        ("He came last autumn.", "XXXX-FA"),
        ("It fell last week.", "XXXX-WXX"),
    ],
)
def test_without_a_day_of_publication_the_kind_of_date_is_all_there_is(text: str, value: str) -> None:
    assert read(text, None) == [("date", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It rained this weekend.", "2024-W02-WE"),  # published on a Saturday: the one that is on
        ("He came last winter.", "2022-WI"),
        ("He came this winter.", "2023-WI"),  # the one that began in December
        ("He will come next winter.", "2024-WI"),
    ],
)
def test_a_saturday_in_january(text: str, value: str) -> None:
    assert read(text, "2024-01-13") == [("date", value)]


@pytest.mark.parametrize(
    "text",
    [
        "He ate winter wheat.",
        "In the fifth century BC it fell.",
        "In the forty-first century it falls.",
        "Only 1980 of the 2400 seats were left.",
        "It was a survey of 1998 schools.",
        "He drove a 1987 Chevrolet.",
        "He was a second man.",
        "There are days when prices fall.",
        "It held seconds before the blast.",
        "He saw the 6-year-old.",
        "Ann Lee, 6 years old, fell.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read(text) == []


def test_later_and_earlier_are_counted_from_the_day_that_the_story_stands_at() -> None:
    text = "On March 3, 2020 the dam broke. Three days later it fell. A month earlier it held."
    moments = read_moments(Annotated(Document(id="d", text=text), (), ()), JUNE)[0]
    assert [(moment.value, moment.start) for moment in moments] == [
        ("2020-03-03", "2020-03-03"),
        ("P3D", "2020-03-06"),
        ("2020-02", "2020-02-01"),
    ]


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        ("1898-06-01", "A child was born on February 29.", "1896-02-29"),  # 1900 was no leap year
        ("1898-06-01", "A child will be born on February 29.", "1904-02-29"),
        ("1903-06-01", "A child was born on February 29.", "1904-02-29"),
    ],
)
def test_a_leap_day_is_that_of_a_year_that_has_one(published: str, text: str, value: str) -> None:
    assert read(text, published) == [("date", value)]
