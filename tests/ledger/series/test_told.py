"""Dead and wounded that no figure counts: told one by one, named by a word, set beside others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ledger.series.telling import series_of, told, with_people

from onrecord import records as r
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.counts import counts
from onrecord.ledger.series.tolls import toll
from onrecord.reading import Reading


def rolls(reading: Reading, event: str) -> list[Count]:
    return [c for c in counts(reading) if c.part == "roll" and c.event == event]


def words(reading: Reading, count: Count) -> list[str]:
    return [span.of(reading.document.text) for span in count.spans]


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Police are investigating a triple homicide.", 3),
        ("It was a murder-suicide, police said.", 2),
        ("A third person has died.", 3),
        ("Third victim dies.", 3),
        ("A man was arrested after the fatal shooting.", 1),
    ],
)
def test_a_word_that_gives_a_number_of_dead_is_a_lower_bound(text: str, low: float) -> None:
    (count,) = rolls(told(text), "killed")
    assert (count.low, count.high, count.bound, count.figure) == (low, None, "at least", None)
    assert toll(series_of(told(text)), "killed") == (low, None)


@pytest.mark.parametrize(
    "text",
    [
        "All the victims had non-fatal wounds.",
        "He was charged with attempted murder.",
        "The homicide unit was called.",
        "You have got to be killing me, she said.",
        "Related: Man arrested in a double homicide.",
        "It was the third double homicide this year.",
        "A third person was arrested.",
    ],
)
def test_words_that_give_no_dead(text: str) -> None:
    assert [c for c in rolls(told(text), "killed") if (c.low or 0) > 1 or "third" not in text] == []


def test_a_report_that_counts_the_wounded_would_count_the_dead() -> None:
    assert rolls(told("{Four|people/person} were wounded. A fatal shooting was there last week."), "killed") == []


def test_a_quadruple_shooting_less_the_dead() -> None:
    found = series_of(with_people("Ann Lee died in the quadruple shooting.", "Ann Lee"))
    assert (toll(found, "killed"), toll(found, "injured")) == ((1, 1), (3, None))


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("The shooting left {three|people/person} dead and another injured.", "another"),
        ("{Three|people/person} died. A fourth person was taken to a hospital.", "A fourth person"),
        ("He killed {two|people/person} before wounding his older brother.", "his older brother"),
        ("The other child is in critical condition.", "The other child"),
    ],
)
def test_one_wounded_beside_others(text: str, whom: str) -> None:
    reading = told(text)
    (count,) = rolls(reading, "injured")
    assert (words(reading, count), count.low, count.high) == ([whom], 1, None)
    assert toll(series_of(reading), "injured") == (1, None)


@pytest.mark.parametrize(
    "text",
    [
        "A man was shot and wounded.",
        "Another man was arrested.",
        "A second victim has died.",
        "She was wounded the day before.",
    ],
)
def test_nobody_is_set_beside_others(text: str) -> None:
    assert rolls(told(text), "injured") == []


def test_people_with_names_are_counted_by_their_names() -> None:
    reading = with_people("Ann Lee was killed. A woman was killed, and so Ann Lee died.", "Ann Lee", "A woman")
    (count,) = rolls(reading, "killed")
    assert (words(reading, count), count.low, count.high) == (["Ann Lee"], 1, 1)


def test_shot_and_died_of_it() -> None:
    (count,) = rolls(with_people("Ann Lee was shot several times and died at a hospital.", "Ann Lee"), "killed")
    assert count.low == 1


def test_who_killed_himself_after_others_is_one_of_the_dead() -> None:
    reading = with_people("Bo Ray killed Ann Lee and then himself.", "Ann Lee")
    (count,) = rolls(reading, "killed")
    assert (words(reading, count), count.low) == (["Ann Lee", "himself"], 2)
    accident = with_people("Ann Lee died after accidentally shooting himself.", "Ann Lee")
    assert [c.low for c in rolls(accident, "killed")] == [1]


def test_an_attacker_without_a_name_is_another_than_the_named() -> None:
    reading = with_people("Ann Lee was killed. The suspect was pronounced dead.", "Ann Lee", "The suspect")
    assert [(words(reading, c), c.low) for c in rolls(reading, "killed")] == [(["Ann Lee", "The suspect"], 2)]


def test_the_same_words_again_are_nobody_else() -> None:
    text = "A boy dead in town A boy dead in town."
    reading = with_people(text, "A boy")
    first, second = reading.mentions
    twice = replace(
        reading,
        entities=(*reading.entities, r.Entity("q", "person", "boy")),
        mentions=(first, replace(second, entity="q")),
    )
    assert [c.low for c in rolls(twice, "killed")] == [1]
