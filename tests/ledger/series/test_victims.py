"""People who are told one by one, numbers given by words alone, one more beside others: each rule at its edges."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ledger.series.telling import told, with_people

from onrecord import records as r
from onrecord.ledger.series.beside import beside
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.implied import implied
from onrecord.ledger.series.spelled import spelled
from onrecord.ledger.series.victims import victims
from onrecord.reading import Reading
from onrecord.records import Span


def dead(text: str, *people: str) -> list[str]:
    """The words for each of the dead; `people` are mentioned wherever they stand."""
    reading = with_people(text, *people)
    return [span.of(text) for count in victims(Page(reading)) for span in count.spans]


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        ("Ann Lee was killed.", ["Ann Lee"], ["Ann Lee"]),
        ("Ann Lee was injured.", ["Ann Lee"], []),
        ("Ann Lee was arrested.", ["Ann Lee"], []),
        ("Ann Lee was shot and Bo Ray killed.", ["Ann Lee", "Bo Ray"], ["Bo Ray"]),
        ("Police found Ann Lee's body after Ann Lee's death.", ["Ann Lee"], ["Ann Lee"]),
        ("Ann Lee's tragic early death shocked them.", ["Ann Lee"], ["Ann Lee"]),
        ("Ann Lee's very sad early death shocked them.", ["Ann Lee"], []),  # two words between at most
        ("Ann Lee killed a dog.", ["Ann Lee"], []),
        # somebody nearer to the words suffers it
        ("Ann Lee drove Bo Ray, who died.", ["Ann Lee", "Bo Ray"], ["Bo Ray"]),
        ("Ann Lee shot and killed Bo Ray.", ["Ann Lee", "Bo Ray"], ["Bo Ray"]),
        ("Ann Lee was shot and killed, Bo Ray said.", ["Ann Lee", "Bo Ray"], ["Ann Lee"]),
        ("Ann Lee was killed. Bo Ray.", ["Ann Lee", "Bo Ray"], ["Ann Lee"]),
        # each person once, by the last name
        ("Ann Lee was killed. Lee was killed at home.", ["Ann Lee", "Lee"], ["Ann Lee"]),
        ("Ann Lee was killed. Bo Lee was killed.", ["Ann Lee", "Bo Lee"], ["Ann Lee"]),
        ("Ann Lee was killed. Bo Ray was killed.", ["Ann Lee", "Bo Ray"], ["Ann Lee", "Bo Ray"]),
        # without a name: as many as one sentence holds
        ("A man was killed and a boy was killed. A girl was killed.", ["A man", "a boy", "A girl"], ["A man", "a boy"]),
        ("Men were killed.", ["Men"], []),  # no one person
        ("The 16-year-old was killed.", ["The 16-year-old"], ["The 16-year-old"]),
        ("16-year-old killed.", ["16-year-old"], ["16-year-old"]),
        ("Residents killed.", ["Residents"], []),
        ("driver Ann Lee killed.", ["driver Ann Lee"], ["driver Ann Lee"]),
    ],
)
def test_who_is_told_to_be_dead(text: str, people: list[str], expected: list[str]) -> None:
    assert dead(text, *people) == expected


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        ("happened", "Ann Lee was killed.", ["Ann Lee"]),
        ("denied", "Ann Lee was killed.", []),
        ("conditional", "Ann Lee was killed.", []),
        ("possible", "Ann Lee was killed.", ["Ann Lee"]),
        ("possible", "Ann Lee may be killed.", []),
        ("ongoing", "Ann Lee may be killed.", ["Ann Lee"]),
    ],
)
def test_how_firmly_a_death_is_told(status: r.Status, text: str, expected: list[str]) -> None:
    reading = with_people(text, "Ann Lee")
    at = text.index("killed")
    event = r.Event("v1", Span(at, at + 6), "kill", None, (), (), (), None, status, None, 1.0)
    found = victims(Page(replace(reading, events=(event,))))
    assert [span.of(text) for count in found for span in count.spans] == expected


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        ("Bo Ray killed Ann Lee and then himself.", ["Ann Lee"], ["Ann Lee", "himself"]),
        ("Bo Ray killed Ann Lee before turning the gun on himself.", ["Ann Lee"], ["Ann Lee", "himself"]),
        ("Bo Ray killed Ann Lee and took his own life.", ["Ann Lee"], ["Ann Lee", "his own life"]),
        ("Bo Ray killed Ann Lee, then committed suicide.", ["Ann Lee"], ["Ann Lee", "suicide"]),
        ("Bo Ray killed Ann Lee and attempted to take, shooting himself.", ["Ann Lee"], ["Ann Lee"]),
        ("Ann Lee was killed. Bo Ray came and shot himself.", ["Ann Lee"], ["Ann Lee"]),  # nobody else in that sentence
        ("Ann Lee was killed. The gunman was pronounced dead.", ["Ann Lee", "The gunman"], ["Ann Lee", "The gunman"]),
        ("Ann Lee was killed. The teacher was pronounced dead.", ["Ann Lee", "The teacher"], ["Ann Lee"]),
        ("A man was killed. The gunman was pronounced dead.", ["A man", "The gunman"], ["A man"]),
    ],
)
def test_who_died_beside_those_who_were_killed(text: str, people: list[str], expected: list[str]) -> None:
    assert dead(text, *people) == expected


def test_the_dead_are_told_by_who_says_so() -> None:
    text = "Ann Lee was killed."
    reading = with_people(text, "Ann Lee")
    said = r.Statement("s1", (), "p0", (), (Span(0, len(text)),), "indirect", "say", False, None, None, 1.0)
    (count,) = victims(Page(replace(reading, statements=(said,))))
    assert (count.statement, count.speaker, count.low, count.high, count.part) == ("s1", "p0", 1, 1, "roll")
    (count,) = victims(Page(reading))
    assert (count.statement, count.speaker) == (None, None)


def aside(text: str, kind: r.BlockKind = "paragraph", *, moment: tuple[str, str] | None = None) -> Reading:
    """A text as one block of this kind, with a moment in it."""
    reading = with_people(text, "Ann Lee")
    block = r.Block(Span(0, len(text)), kind)
    moments = ()
    if moment is not None:
        words, value = moment
        moments = (r.Moment(Span(text.index(words), text.index(words) + len(words)), "date", value),)
    return replace(reading, document=replace(reading.document, blocks=(block,)), moments=moments)


@pytest.mark.parametrize(
    ("reading", "told_of"),
    [
        (aside("Ann Lee was killed."), True),
        (aside("Ann Lee was killed.", "boilerplate"), False),
        (aside("Related: Ann Lee was killed."), False),
        (aside("Ann Lee was killed in January.", moment=("January", "2025-01")), True),  # 42 days before
        (aside("Ann Lee was killed in January.", moment=("January", "2025-01-27")), False),  # 46
        (aside("Ann Lee was killed in January.", moment=("January", "2025-01-28")), True),  # 45
        (aside("Ann Lee was killed in January.", moment=("January", "2026-01")), True),
    ],
)
def test_what_is_no_part_of_the_article_or_of_its_event(reading: Reading, told_of: bool) -> None:
    assert bool(victims(Page(reading))) is told_of


# Numbers by words alone


def by_words(text: str, *, any_dead: bool = False) -> list[tuple[str | None, float | None, str]]:
    return [(c.event, c.low, c.spans[0].of(text)) for c in implied(Page(told(text)), dead=any_dead)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A double murder.", [("killed", 2, "double murder")]),
        ("A double murder suspect.", [("killed", 1, "murder")]),
        ("A triple fatal shooting.", [("shot", 3, "triple fatal shooting"), ("killed", 1, "fatal")]),
        ("A quadruple stabbing.", [("stabbed", 4, "quadruple stabbing")]),
        ("A quintuple slaying and a sextuple killing.", [("killed", 6, "sextuple killing")]),
        ("A double homicide and a triple homicide.", [("killed", 3, "triple homicide")]),
        ("A double homicide, a double murder.", [("killed", 2, "double homicide")]),  # the first of two that are equal
        ("A murder-suicide.", [("killed", 2, "murder-suicide")]),
        ("A fifth victim has died.", [("killed", 5, "A fifth victim")]),
        ("A fifth victim was arrested.", []),
        ("The fifth victim has died.", []),
        ("A sixth shooting victim died.", [("killed", 6, "A sixth shooting victim")]),
        ("A fatal crash.", [("killed", 1, "fatal")]),
        ("A nonfatal crash.", []),
        ("A non-fatal crash.", []),
        ("It was not fatal.", []),
        ("A deadly weapon.", []),
        ("A deadly crash.", [("killed", 1, "deadly")]),
        ("The homicide unit.", []),
        ("An attempted murder.", []),
        ("An attempted murder. A murder.", [("killed", 1, "murder")]),
        ("The third double homicide this year.", [("killed", 1, "homicide")]),
        ("A homicide this year.", [("killed", 1, "homicide")]),
        ("Related: a double homicide.", []),
        ("A quiet night.", []),
    ],
)
def test_numbers_that_words_give(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert by_words(text) == expected


def test_one_death_is_told_by_the_first_words_about_the_event_only() -> None:
    assert len(by_words(f"{'x ' * 2496}a murder.")) == 1
    assert by_words(f"{'x ' * 2498}a murder.") == []
    assert by_words("A fatal crash.", any_dead=True) == []
    assert by_words("A double homicide.", any_dead=True) == [("killed", 2, "double homicide")]


def test_numbers_in_words_are_lower_bounds_of_people() -> None:
    (count,) = implied(Page(told("A double homicide.")), dead=False)
    assert (count.high, count.bound, count.thing, count.part, count.figure) == (
        None,
        "at least",
        "people",
        "roll",
        None,
    )
    assert count.reported == "2025-03-14"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It left one dead.", [("one", 1)]),
        ("Five people were shot, one fatally.", [("one", 1)]),
        ("Ten of whom died.", [("Ten", 10)]),
        ("Two were later critically injured.", [("Two", 2)]),
        ("Two were later also critically injured.", []),
        ("No one died.", []),
        ("Two boats sank.", []),
        ("Nobody was hurt.", [("Nobody", 0)]),
        ("Nobody has been reported missing.", [("Nobody", 0)]),
        ("No-one is injured.", [("No-one", 0)]),
        ("Nobody came.", []),
    ],
)
def test_number_words_that_are_the_whole_subject(text: str, expected: list[tuple[str, float]]) -> None:
    found = [(span.of(text), value) for span, value in spelled(told(text))]
    assert found == expected


def test_a_number_word_that_is_a_figure_is_none_besides() -> None:
    assert list(spelled(told("{Two} were killed."))) == []
    assert len(list(spelled(told("{Two} were killed, one died.")))) == 1


# One more beside others


def wounded(text: str) -> list[str]:
    return [count.spans[0].of(text) for count in beside(Page(told(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It killed a man, and another was injured.", ["another"]),
        ("Another person was injured.", ["Another person"]),
        ("Another young man was hospitalized.", ["Another young man"]),
        ("Another two were injured.", []),
        ("Another was killed.", []),
        ("A second victim was injured.", ["A second victim"]),
        ("The surviving victim was injured.", ["The surviving victim"]),
        ("The wounded man was in critical condition.", ["The wounded man"]),
        ("The other of them was injured.", []),
        ("He killed a man, wounding his father.", ["his father"]),
        ("He killed a man and injured a young woman.", ["a young woman"]),
        ("He was injured a day later.", []),
        ("A second victim was injured. Another was injured.", ["A second victim"]),  # the first words that say so
        ("Related: another person was injured.", []),
        ("Another person was injured this year.", []),
    ],
)
def test_one_more_who_was_wounded(text: str, expected: list[str]) -> None:
    assert wounded(text) == expected
