"""Expressions that are counted from another one: in a story from the day in force, beside a date from that date."""

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.moments import read_moments
from onrecord.records import Document, Moment

PUBLISHED = "2024-06-12"  # a Wednesday


def read(text: str, published: str | None = PUBLISHED) -> list[Moment]:
    return read_moments(Annotated(Document(id="d", text=text), (), ()), published)[0]


STORY = "The ship sank on 14 March 2011. "


@pytest.mark.parametrize(
    ("text", "value", "start", "end"),
    [
        ("The next day they dived.", "2011-03-15", "2011-03-15", "2011-03-16"),
        ("The day before, it had left.", "2011-03-13", "2011-03-13", "2011-03-14"),
        ("The week after, they dived.", "2011-W12", "2011-03-21", "2011-03-28"),
        ("That Friday they dived.", "2011-03-18", "2011-03-18", "2011-03-19"),
        ("By the following Tuesday it was raised.", "2011-03-15", "2011-03-15", "2011-03-16"),
        ("The previous year it was built.", "2010", "2010-01-01", "2011-01-01"),
        ("A month earlier it was painted.", "2011-02", "2011-02-01", "2011-03-01"),
        ("A year earlier it was painted.", "2010", "2010-01-01", "2011-01-01"),
        # A length keeps its value, as TimeBank has it; the days are those that it leads to.
        ("Three days later they dived.", "P3D", "2011-03-17", "2011-03-18"),
        ("Two weeks earlier it was painted.", "P2W", "2011-02-28", "2011-03-01"),
        ("Six months later it was raised.", "P6M", "2011-09-01", "2011-10-01"),
        ("Two years later it was sold.", "P2Y", "2013-01-01", "2014-01-01"),
        ("It took three days.", "P3D", None, None),
        ("Three hours later they dived.", "PT3H", None, None),
    ],
)
def test_a_story_goes_on_from_the_day_last_named(text: str, value: str, start: str | None, end: str | None) -> None:
    moment = read(STORY + text)[1]
    assert (moment.value, moment.start, moment.end) == (value, start, end)


def test_a_story_needs_no_publication_date() -> None:
    text = STORY + "Three days later they dived, and by the following Tuesday it was raised."
    assert [m.start for m in read(text, None)] == ["2011-03-14", "2011-03-17", "2011-03-22"]


def test_looking_back_does_not_move_the_story() -> None:
    text = STORY + "Two weeks earlier it was painted. Three days later they dived."
    assert [m.start for m in read(text)] == ["2011-03-14", "2011-02-28", "2011-03-17"]


def test_a_day_named_long_ago_is_not_in_force() -> None:
    text = (
        STORY
        + "It was a fine ship and many had come to see it that knew it well. " * 6
        + "Three days later they dived."
    )
    assert read(text)[-1].start is None


@pytest.mark.parametrize(
    ("text", "value", "start"),
    [
        ("He left the day before March 5.", "2024-03-04", "2024-03-04"),
        ("He left the day after Christmas.", "2023-12-26", "2023-12-26"),
        ("He left on the Friday before Easter.", "2024-03-29", "2024-03-29"),
        ("He left on the Monday after May 8, 2019.", "2019-05-13", "2019-05-13"),
        ("He left two weeks before May 8, 2019.", "P2W", "2019-04-24"),
        ("He left three months after May 8, 2019.", "P3M", "2019-08-01"),
        ("He left two weeks before the vote.", "P2W", None),
    ],
)
def test_before_and_after_a_date(text: str, value: str, start: str | None) -> None:
    moment = read(text)[0]
    assert (moment.value, moment.start) == (value, start)


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("The offer was extended to July 4.", ["until"]),
        ("The talks were put off to July 4.", [None]),
        ("In the six months to June 30 sales rose.", [None, "until"]),
        ("It ran between 1 and 3 May.", ["from", "until"]),
    ],
)
def test_to_ends_only_what_was_begun(text: str, edges: list[str | None]) -> None:
    assert [m.edge for m in read(text)] == edges


def test_without_a_publication_date_a_range_has_its_edges() -> None:
    assert [(m.value, m.edge) for m in read("It ran Oct. 18-20.", None)] == [
        ("XXXX-10-18", "from"),
        ("XXXX-10-20", "until"),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A 14-year-old boy was held.", ["P14Y"]),
        ("Their nine-month-old child was found.", ["P9M"]),
        ("The boy is 5 years old.", ["P5Y"]),
        ("A 6-year-old boy was found. The 6-year-old spoke of a 6-year-old friend.", ["P6Y"]),
        ("The 38-year-old was held.", []),
        ("They held 25-year-old Ann Lee and Bo Li, 33 years old.", []),
        ("A 39-year-old Danish baker was held.", ["P39Y"]),
        ("The two-year-old war ended.", ["P2Y"]),
    ],
)
def test_an_age_is_a_moment_where_it_introduces_somebody(text: str, values: list[str]) -> None:
    assert [m.value for m in read(text)] == values
