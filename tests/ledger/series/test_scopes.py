"""What a figure is of: ages and parts, lists that add up, statistics, values of before, the times of a figure."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.ledger.series.telling import told

from onrecord import records as r
from onrecord.ledger.series.chains import chains
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.points import interval_of
from onrecord.ledger.series.scopes import is_age, is_aside, is_of_somebody, is_rest, is_statistic, part_of, scope_of
from onrecord.ledger.series.times import UNKNOWN, as_of, event_date, exact_day, moments_in, qualifies
from onrecord.reading import Reading
from onrecord.records import Figure, Span


def figures(markup: str) -> tuple[str, list[Figure]]:
    reading = told(markup)
    return reading.document.text, list(reading.figures)


@pytest.mark.parametrize(
    ("markup", "age"),
    [
        ("{22}-year-old Ann Lee", True),
        ("{22} years old", True),
        ("{22} or 23 years old", True),
        ("{22} days old", True),
        ("{22} years ago", False),
        ("boys ages {14}", True),
        ("boys aged 14 and {15}", True),
        ("boys ages 14, 15, and {16}", True),
        ("the ledges {14}", False),
        ("Image {3} of 8", True),
        ("Photos 3 of {8}", True),
        ("called {911} and", True),
        ("Ann Lee, {22}, was charged", True),
        ("Ann Lee ({22}) was charged", True),
        ("Ann Lee, {22}; and Bo", True),
        ("Ann Lee, {22}.", True),
        ("Ann Lee, {22}", True),
        ("Ann Lee, {22} guests", False),
        ("Ann Lee, {nine}, was", False),
        ("both {22} of", True),
        ("one was {19}, the other", True),
        ("one was {19} when", False),
        ("there was {19}, the", False),
        ("the boy is {nine}, the", False),
        ("boys, {14} and 15, were", True),
        ("boys, {14}, 15 and 16, were", True),
        ("boys, {14} and 15 girls", False),
        ("14 and {15}, were", True),
        ("14 and {15} were", False),
        ("140 and {15}, were", False),
        ("Ann Lee, {22|guests/guest}, were", False),
        ("the dam {3} m", False),
    ],
)
def test_ages_and_other_numbers_of_nothing(markup: str, age: bool) -> None:
    text, found = figures(markup)
    assert is_age(text, found[0]) is age


@pytest.mark.parametrize(
    ("unit", "age"),
    [("a", True), ("mo", True), ("wk", True), ("d", True), ("h", True), ("min", True), ("s", True), ("m", False)],
)
def test_a_length_of_time_is_no_count(unit: str, age: bool) -> None:
    text, (found,) = figures("for {14} in all")
    assert is_age(text, replace(found, unit=unit)) is age


def test_what_is_counted_as_years_is_an_age() -> None:
    for noun, age in (("age", True), ("old", True), ("guest", False), (None, False)):
        text, (found,) = figures("some {14} in all")
        counted = r.Counted(Span(8, 10), noun)
        assert is_age(text, replace(found, counted=counted)) is age


@pytest.mark.parametrize(
    ("markup", "somebody"),
    [
        ("a father of {two|children/child} was", True),
        ("a mother of at least {two|children/child}", True),
        ("a friend of his {two|children/child}", True),
        ("the killing of {two|children/child}", False),
        ("a father and {two|children/child}", False),
    ],
)
def test_children_who_only_say_who_somebody_is(markup: str, somebody: bool) -> None:
    text, (found,) = figures(markup)
    assert is_of_somebody(text, found.span) is somebody


@pytest.mark.parametrize(
    ("markup", "part"),
    [
        ("{Four|people/person} died", "whole"),
        ("the other {four|people/person} died", "part"),
        ("the remaining {four|people/person}", "part"),
        ("another {four|people/person}", "whole"),
        ("{Four} of the victims", "part"),
        ("{Four} people of the town", "part"),
        ("{Four} members of the crew", "whole"),
        ("{Four} of whom", "part"),
        ("{Four} among those", "part"),
        ("{Four} out of", "part"),
        ("{Four} of age", "whole"),
        ("including {four|people/person}", "part"),
        ("including at least {four|people/person}", "part"),
        ("among them {four|people/person}", "part"),
        ("of whom {four|people/person}", "part"),
        ("among the dead were {four|people/person}", "part"),
        ("{four}, of them", "part"),
        ("{four|people/person} were among the", "part"),
        ("{four|people/person} are among those", "part"),
        ("{four|people/person} were among us", "whole"),
    ],
)
def test_parts_of_those_who_are_counted(markup: str, part: str) -> None:
    text, found = figures(markup)
    counted = found[0].counted.span if found[0].counted is not None else found[0].span
    assert part_of(text, found[0].span, counted) == part


@pytest.mark.parametrize(
    ("markup", "rest"),
    [
        ("{two} others", True),
        ("{two} more people", True),
        ("another {five} people", True),
        ("an additional {five}", True),
        ("a further {five}", True),
        ("{five} people", False),
        ("another day {five}", False),
    ],
)
def test_further_ones(markup: str, rest: bool) -> None:
    text, (found,) = figures(markup)
    assert is_rest(text, found.span) is rest


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("homicides this year", True),
        ("the third of the year", True),
        ("five people a year die", True),
        ("in the past week", True),
        ("in the past", True),
        ("in recent weeks", True),
        ("over the past month", True),
        ("killed in five separate shootings", True),
        ("killed in two other attacks", True),
        ("killed in the attacks", False),
        ("across Ruvania", True),
        ("across the country", True),
        ("across the room", False),
        ("from Friday to Sunday", True),
        ("since 2019", True),
        ("shot in the yard since", True),
        ("a string of attacks", True),
        ("compared with", True),
        ("a quiet night", False),
    ],
)
def test_statistics_over_many_events(words: str, many: bool) -> None:
    assert is_statistic(words, Span(0, len(words))) is many


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Related: two killed", True),
        ("» Read more about it", True),
        ("Most read today", True),
        ("Related to the case", False),
        ("The related case", False),
    ],
)
def test_links_to_other_articles(text: str, aside: bool) -> None:
    assert is_aside(text, Span(0, len(text))) is aside


@pytest.mark.parametrize(
    ("markup", "change", "scope"),
    [
        ("{Two|people/person} were killed", None, "event"),
        ("The toll fell from {58}", "down from", "earlier"),
        ("The toll rose from {41}", "up from", "earlier"),
        ("The toll rose to {58}", "up to", "event"),
        ("It came two days after {six|people/person} died", None, "statistic"),
        ("{Six|people/person} died and it came two days after another", None, "event"),
        ("On the same day that {six|people/person} died", None, "statistic"),
        ("{Two|people/person} were killed this year", None, "statistic"),
        ("Read more: {two|people/person} were killed", None, "statistic"),
        ("Police first said that {two|people/person}", None, "earlier"),
        ("{Two|people/person} died, police first said", None, "event"),
        ("They had put the toll at {41}", None, "earlier"),
        ("{41} people that they had seen before", None, "earlier"),
        ("{41} people that they had seen there", None, "event"),
    ],
)
def test_of_which_event_and_whether_overtaken(markup: str, change: r.Change | None, scope: str) -> None:
    text, found = figures(markup)
    assert scope_of(text, replace(found[0], change=change), Span(0, len(text))) == scope


@pytest.mark.parametrize(
    ("low", "high", "bound", "expected"),
    [
        (14, 14, "exactly", (14, 14)),
        (14, None, "at least", (14, None)),
        (14, 14, "more than", (14, None)),
        (14, 14, "at most", (None, 14)),
        (None, 14, "less than", (None, 14)),
        (3000, 3000, "about", (2700, 3300)),
        (3000, None, "about", (3000, None)),
        (None, 3000, "about", (None, 3000)),
        (25, 30, "between", (25, 30)),
    ],
)
def test_what_words_leave_open(
    low: float | None, high: float | None, bound: r.Bound, expected: tuple[float, float]
) -> None:
    found = interval_of(low, high, bound)
    assert [None if end is None else round(end, 6) for end in found] == list(expected)


# Lists


def listed(markup: str, *people: str) -> list[tuple[float | None, float | None]]:
    """How many the lists of a text are together; `people` are named persons in it."""
    reading = told(markup)
    text = reading.document.text
    entities = tuple(r.Entity(f"p{n}", "person", name) for n, name in enumerate(people))
    mentions = tuple(
        r.Mention(Span(match.start(), match.end()), entity.id, "name")
        for entity in entities
        for match in re.finditer(entity.name, text)
    )
    return [(c.low, c.high) for c in chains(Page(replace(reading, entities=entities, mentions=mentions)))]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a man and {three|women/woman}", [(4, 4)]),
        ("a man, a boy and {three|women/woman}", [(5, 5)]),
        ("a man as well as his wife", [(2, 2)]),
        ("a man along with his wife", [(2, 2)]),
        ("a man & his wife", [(2, 2)]),
        ("a man, his wife", []),  # no "and": not closed
        ("a man or his wife", []),
        ("a man and ran, and a boy", []),
        ("a man and {at least three|women/woman}", [(4, None)]),
        ("{three|men/man} and {two|dogs/dog}", []),
        ("{three|men/man} and {two|suspects/suspect}", []),
        ("{six|people/person}, {three|men/man} and {three|women/woman}", []),
        ("{seven|people/person}, {three|men/man} and {three|women/woman}", [(13, 13)]),
        ("{one|man/man}, {two|women/woman} and a boy", [(4, 4)]),
        ("a man (20) and his wife", [(2, 2)]),
        ("a man, 20, and his wife", [(2, 2)]),
        ("a man's car and his wife's", []),
        ("a 12-year-old boy and the 9-year-old girl", [(2, 2)]),
        ("a table and his wife", []),
        ("a young woman and an elderly man", [(2, 2)]),
        ("the killing of a girl and a little boy", [(2, 2)]),
        ("a table with a girl, and a boy", [(2, 2)]),
        ("a house near the boy", []),
        ("Mother and {two|children/child}", [(3, 3)]),
        ("a man and a woman ran; a girl and a baby", [(2, 2), (2, 2)]),
        ("a man, then a woman and then a boy", [(3, 3)]),
        ("a man and {up to three|women/woman}", [(4, 4)]),
    ],
)
def test_lists_of_people_that_add_up(markup: str, expected: list[tuple[float | None, float | None]]) -> None:
    assert listed(markup) == expected


def test_names_in_lists() -> None:
    assert listed("Ann Lee and Bo Ray died", "Ann Lee", "Bo Ray") == [(2, 2)]
    # of a group the names are those of its members
    assert listed("their {two|children/child}, Charlie and Anna", "Charlie", "Anna") == []
    assert listed("their {two|children/child}, Charlie, Anna and Ben", "Charlie", "Anna", "Ben") == [(3, 3)]
    assert listed("{two|children/child}, Charlie", "Charlie") == []
    assert listed("{two|children/child} and Charlie", "Charlie") == [(3, 3)]  # one name alone is one more
    assert listed("{one|child/child}, Charlie and Anna", "Charlie", "Anna") == [(3, 3)]


# Times


def timed(
    text: str, *moments: tuple[str, str, str], published: str | None = "2025-03-14", said_on: str | None = None
) -> Reading:
    """The moments are words, their type, their value."""
    reading = told(text, published=published, moments={words: (kind, value) for words, kind, value in moments})  # type: ignore[misc]
    statement = r.Statement("s1", (), None, (), (Span(0, 5),), "indirect", "say", False, said_on, None, 1.0)
    return replace(reading, statements=(statement,) if said_on is not None else ())


def true_for(reading: Reading, *, level: bool = False) -> str | None:
    text = reading.document.text
    moments = moments_in(reading, Span(0, len(text)))
    said = reading.statements[0] if reading.statements else None
    return as_of(reading, reading.figures[0].span, moments, level=level, statement=said)


FRIDAY = ("Friday", "date", "2025-03-14")
THURSDAY = ("Thursday", "date", "2025-03-13")
NOON = ("noon", "time", "2025-03-14T12:00")


@pytest.mark.parametrize(
    ("reading", "level", "expected"),
    [
        (timed("{60} are missing"), False, None),
        (timed("{60} were missing on Thursday", THURSDAY), False, None),
        # where the words in front say so
        (timed("as of Thursday {60} were missing", THURSDAY), False, "2025-03-13"),
        (timed("by Thursday {60} were missing", THURSDAY), False, "2025-03-13"),
        (timed("by the noon {60} were missing", NOON), False, "2025-03-14T12:00"),
        (timed("{60} were missing by Thursday", THURSDAY), False, "2025-03-13"),
        (timed("{60} were missing, by Thursday", THURSDAY), False, None),
        (timed("{60} were missing and by Thursday", THURSDAY), False, None),
        (timed("{60} were missing while by Thursday", THURSDAY), False, None),
        (timed("figures of Thursday: {60}", THURSDAY), False, "2025-03-13"),
        (timed("by noon {60} were missing", ("noon", "time", "T12:00")), False, "2025-03-14T12:00"),
        (timed("by noon {60} were", ("noon", "time", "T12:00"), published=None), False, None),
        (timed("by spring {60} were missing", ("spring", "date", "2025-SP")), False, None),  # no day
        # the level of a total: every moment behind it
        (timed("the toll was {52} on Thursday", THURSDAY), True, "2025-03-13"),
        (timed("on Thursday the toll was {52}", THURSDAY), True, None),
        (timed("the toll was {52}; on Thursday", THURSDAY), True, None),
        # so long ago
        (timed("the toll was {41} a day earlier", ("a day", "duration", "P1D")), True, "2025-03-13"),
        (timed("the toll was {41} a week ago", ("a week", "duration", "P1W")), True, "2025-03-07"),
        (timed("the toll was {41} two weeks before", ("two weeks", "duration", "P2W")), True, "2025-02-28"),
        (timed("the toll was {41} a day earlier", ("a day", "duration", "P1D")), False, None),
        (timed("a day earlier it was {41}", ("a day", "duration", "P1D")), True, None),
        (timed("the toll was {41} for a day", ("a day", "duration", "P1D")), True, None),
        (timed("the toll was {41} a day earlier", ("a day", "duration", "P1D"), published=None), True, None),
        # said on another day than the report's
        (timed("{60} are missing", said_on="2025-03-12"), False, "2025-03-12"),
        (timed("{60} are missing", said_on="2025-03-14"), False, None),
        (timed("{60} are missing", said_on="2025-03"), False, None),
        (
            timed("by noon {60} are missing", ("noon", "time", "T12:00"), said_on="2025-03-12"),
            False,
            "2025-03-12T12:00",
        ),
        # a day of no year, in a report of no day
        (timed("{60} died on Thursday", ("Thursday", "date", "XXXX-WXX-4"), published=None), False, UNKNOWN),
        (timed("{60} died today", ("today", "date", "XXXX-XX-XX"), published=None), False, None),
        (timed("{60} died on Thursday", ("Thursday", "time", "XXXX-WXX-4"), published=None), False, None),
        (timed("{60} died on Thursday", ("Thursday", "date", "XXXX-WXX-4")), False, None),
        (timed("{60} died in 1987", ("1987", "date", "1987"), published=None), False, None),
        # of two, the nearest
        (timed("as of Friday and as of Thursday {60}", FRIDAY, THURSDAY), False, "2025-03-13"),
    ],
)
def test_the_moment_that_a_figure_is_true_for(reading: Reading, level: bool, expected: str | None) -> None:
    assert true_for(reading, level=level) == expected


def test_moments_that_only_qualify_a_noun() -> None:
    reading = timed(
        "Thursday’s dead of 2000 in the 1900 block, Friday",
        THURSDAY,
        ("2000", "date", "2000"),
        ("1900", "date", "1900"),
        FRIDAY,
    )
    text = reading.document.text
    assert [qualifies(text, m) for m in reading.moments] == [True, False, True, False]
    assert [m.value for m in moments_in(reading, Span(0, len(text)))] == ["2000", "2025-03-14"]
    assert [m.value for m in moments_in(reading, Span(0, text.index("Friday") + 5))] == ["2000"]


@pytest.mark.parametrize(
    ("moments", "own", "expected"),
    [
        ((THURSDAY,), None, ("2025-03-13", "2025-03-13")),
        ((THURSDAY, FRIDAY), None, ("2025-03-13", "2025-03-13")),
        ((THURSDAY, FRIDAY), FRIDAY, ("2025-03-14", "2025-03-14")),
        ((("Thursday", "duration", "P1D"),), None, None),
        ((("Thursday", "date", "PRESENT_REF"), FRIDAY), None, ("2025-03-14", "2025-03-14")),
        ((THURSDAY,), ("Friday", "duration", "P1D"), ("2025-03-13", "2025-03-13")),
        ((("Thursday", "date", "XXXX-WXX-4"), FRIDAY), None, ("2025-03-14", "2025-03-14")),
        ((), None, None),
    ],
)
def test_when_it_happened(
    moments: tuple[tuple[str, str, str], ...], own: tuple[str, str, str] | None, expected: tuple[str, str] | None
) -> None:
    reading = timed("{60} on Thursday or Friday", *moments)
    mine = timed("{60} on Thursday or Friday", own).moments[0] if own is not None else None
    assert event_date(reading.figures[0].span, mine, reading.moments) == expected


@pytest.mark.parametrize(
    ("value", "day"),
    [("2025-03-14", "2025-03-14"), ("2025-03-14T10:00", "2025-03-14"), ("2025-03", None), (None, None)],
)
def test_values_of_one_day_only(value: str | None, day: str | None) -> None:
    assert exact_day(value) == day
