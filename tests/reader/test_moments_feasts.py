"""Feasts and days of remembrance: which day they fall on, and in which year."""

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.moments import read_moments
from onrecord.records import Document, Moment


def read(text: str, published: str | None) -> list[Moment]:
    return read_moments(Annotated(Document(id="d", text=text), (), ()), published)[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Christmas Eve", "2023-12-24"),
        ("Labor Day 2019", "2019-09-02"),
        ("Memorial Day", "2024-05-27"),
        ("Easter", "2024-03-31"),
        ("Easter 2022", "2022-04-17"),
        ("Easter Monday", "2024-04-01"),
        ("Good Friday", "2024-03-29"),
        ("Ash Wednesday 2016", "2016-02-10"),
        ("Easter week", "2024-W13"),
        ("last Thanksgiving", "2023-11-23"),
        ("next Easter", "2025-04-20"),
        ("Election Day 2016", "2016-11-08"),
        ("Black Friday 2023", "2023-11-24"),
        ("9/11", "2001-09-11"),
    ],
)
def test_the_day_of_a_feast(words: str, value: str) -> None:
    assert [(m.span.of(text), m.value) for text in [f"They met on {words}."] for m in read(text, "2024-06-12")] == [
        (words, value)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They will be home by Christmas.", "2024-12-25"),
        ("They were home at Christmas.", "2023-12-25"),
    ],
)
def test_far_from_a_feast_the_tense_decides(text: str, value: str) -> None:
    assert [m.value for m in read(text, "2024-05-12")] == [value]


def test_close_to_a_feast_the_nearest_is_meant_whatever_the_tense() -> None:
    assert [m.value for m in read("They prayed as Easter week began.", "2024-03-25")] == ["2024-W13"]


@pytest.mark.parametrize(
    ("text", "published", "days"),
    [
        ("He fasts during Ramadan.", "2024-03-01", ("2024-03-11", "2024-04-10")),
        ("He fasted in the month of Ramadan 2015.", "2024-03-01", ("2015-06-18", "2015-07-18")),
    ],
)
def test_ramadan_is_an_interval_of_approximate_days(text: str, published: str, days: tuple[str, str]) -> None:
    (moment,) = read(text, published)
    first, last = moment.value.split("/")
    assert (first[-1], last[-1]) == ("~", "~")
    assert (moment.start, moment.end) == days


def test_without_a_publication_date_a_feast_has_no_year() -> None:
    assert [m.value for m in read("They met on Christmas Eve, at Easter and during Ramadan.", None)] == [
        "XXXX-12-24",
        "XXXX",
        "XXXX",
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Christmas Eve", "XXXX-12-24"),
        ("Canada Day", "XXXX-07-01"),
        ("Thanksgiving", "XXXX-11"),
        ("Memorial Day", "XXXX-05"),
        ("Election Day", "XXXX-11"),
        ("Easter", "XXXX"),
        ("Black Friday", "XXXX"),
        ("Whit Monday", "XXXX"),
    ],
)
def test_without_a_day_of_publication_what_the_name_alone_gives(words: str, value: str) -> None:
    assert [m.value for m in read(f"They met on {words}.", None)] == [value]


@pytest.mark.parametrize(
    ("words", "value"),
    [("every Christmas", "XXXX-12-25"), ("every Thanksgiving", "P1Y"), ("every Easter", "P1Y")],
)
def test_a_feast_that_comes_every_year(words: str, value: str) -> None:
    assert [(m.type, m.value) for m in read(f"They met {words}.", "2024-06-12")] == [("set", value)]


def test_an_island_is_no_feast() -> None:
    assert read("They landed on Christmas Island.", "2024-06-12") == []
