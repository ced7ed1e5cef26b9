"""Quarters and halves of a year, as reports of results tell them."""

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.moments import read_moments
from onrecord.records import Document

JUNE = "2024-06-12"  # in the second quarter


def values(text: str, published: str | None = JUNE) -> list[str]:
    return [moment.value for moment in read_moments(Annotated(Document(id="d", text=text), (), ()), published)[0]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # A year is written, or told by its distance.
        ("Sales in the last quarter of 2019 fell.", "2019-Q4"),
        ("Sales in the last half of 2019 fell.", "2019-H2"),
        ("Sales fell in last year's third quarter.", "2023-Q3"),
        ("Sales will rise in next year's final quarter.", "2025-Q4"),
        ("Sales in the third quarter of this year will rise.", "2024-Q3"),
        ("Sales rose in the first quarter a year ago.", "2023-Q1"),
        ("Q3 2015 was weak.", "2015-Q3"),
        ("It rose in Q4 of 2019.", "2019-Q4"),
        # None is: that of the year of publication, unless the tense says otherwise.
        ("Sales fell in the fourth quarter.", "2023-Q4"),
        ("Sales will rise in the fourth quarter.", "2024-Q4"),
        ("Sales fell in the second half.", "2023-H2"),
        ("Q1 was weak.", "2024-Q1"),
        ("Q3 was weak.", "2023-Q3"),
        ("Q3 will be weak.", "2024-Q3"),
        ("H1 was strong.", "2024-H1"),
        # Counted from the day of publication.
        ("Sales fell this quarter.", "2024-Q2"),
        ("Sales fell in the current quarter.", "2024-Q2"),
        ("Sales will fall next quarter.", "2024-Q3"),
        ("Sales will fall in the following quarter.", "2024-Q3"),
        ("Sales fell last quarter.", "2024-Q1"),
        ("Sales fell in the last quarter.", "2024-Q1"),
        ("Sales fell in the previous quarter.", "2024-Q1"),
        ("Sales fell in the latest quarter.", "2024-Q1"),
        ("Sales fell in the quarter.", "2024-Q1"),
        # The like period of the year before.
        ("Sales fell from the year-ago quarter.", "2023-Q1"),
        ("Sales fell from the year-ago period.", "2023"),
        ("Sales fell from the corresponding period of last year.", "2023"),
        # A year alone.
        ("Sales fell from the 2022 period.", "2022"),
        ("Sales fell from the 2022 quarter.", "2022-QX"),
    ],
)
def test_a_period_of_a_year(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Profit in the fourth quarter of 2023 fell from the year-ago quarter.", ["2023-Q4", "2022-Q4"]),
        ("In the first half of 2024 profit rose from the year-earlier period.", ["2024-H1", "2023-H1"]),
        ("In the fourth quarter profit rose from the 2022 quarter.", ["2023-Q4", "2022-Q4"]),
        ("Profit rose in the first quarter, and this quarter was good.", ["2024-Q1", "2024-Q1"]),
        ("Profit rose in the fourth quarter, and in the latest quarter it fell.", ["2023-Q4", "2023-Q4"]),
    ],
)
def test_what_was_told_of_is_what_the_next_is_compared_with(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("Profit fell in the quarter ended July 31, 2023.", "2023-Q2"),  # May to July: mostly the second
        ("Profit fell in the quarter ended March 31.", "2024-Q1"),
        ("Profit fell in the quarter ended April 30.", "2024-Q1"),
        ("Profit fell in the quarter ended September 30.", "2023-Q3"),  # this year's is yet to end
    ],
)
def test_a_quarter_that_ended_on_a_day(text: str, quarter: str) -> None:
    assert values(text)[0] == quarter


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sales fell in the third quarter.", "XXXX-Q3"),
        ("Q3 was weak.", "XXXX-Q3"),
        ("Sales fell this quarter.", "XXXX-QX"),
        ("Sales will fall next quarter.", "XXXX-QX"),
        ("Sales fell last quarter.", "XXXX-QX"),
        ("Sales fell from the year-ago quarter.", "XXXX-QX"),
        ("Sales fell from the year-ago period.", "XXXX"),
    ],
)
def test_without_a_day_of_publication_the_year_stays_open(text: str, value: str) -> None:
    assert values(text, None) == [value]


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        ("2024-11-12", "Sales will rise in the first quarter.", "2025-Q1"),
        ("2024-01-12", "Sales will rise in the first quarter.", "2024-Q1"),
        ("2024-01-12", "Sales fell in the fourth quarter.", "2023-Q4"),
        ("2024-01-12", "Sales fell last quarter.", "2023-Q4"),
        ("2024-11-12", "Sales fell last quarter.", "2024-Q3"),
    ],
)
def test_the_turn_of_the_year(published: str, text: str, value: str) -> None:
    assert values(text, published) == [value]


@pytest.mark.parametrize(
    "text",
    ["The striker scored in the second half.", "Sales fell in the fifth quarter.", "A third half was never played."],
)
def test_what_is_no_period_of_a_year(text: str) -> None:
    assert values(text) == []
