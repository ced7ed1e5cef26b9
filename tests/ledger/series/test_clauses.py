"""What the words of a sentence say happened to the counted: each place in which English puts it, and what stands between.

`{Two} people` is a figure with what it counts, up to the bar in `{Two people}`; the first one is asked about unless told.
"""

from __future__ import annotations

import re

import pytest

from onrecord.ledger.series.clauses import Clause, Predicate
from onrecord.ledger.series.words import words_of
from onrecord.records import Span

_MARK = re.compile(r"\{(?P<figure>[^{} ]+)(?P<counted>[^{}]*)\}")


def clause_of(markup: str, *events: str) -> tuple[Clause, list[tuple[Span, Span]], str]:
    """The clause, its figures with what each counts, and its text; `events` are words, each with its own lemma."""
    text, found, done = "", [], 0
    for match in _MARK.finditer(markup):
        text += markup[done : match.start()]
        start = len(text)
        text += match["figure"] + match["counted"]
        found.append((Span(start, start + len(match["figure"])), Span(start, len(text))))
        done = match.end()
    text += markup[done:]
    spans = [(Span(text.index(word), text.index(word) + len(word)), word) for word in events]
    return Clause(words_of(text, Span(0, len(text))), [figure for figure, _ in found], spans), found, text


def asked(markup: str, *events: str, which: int = 0, never: frozenset[str] = frozenset()) -> Predicate | None:
    clause, figures, _ = clause_of(markup, *events)
    return clause.of(*figures[which], never=never)


def said(markup: str, *events: str, which: int = 0) -> tuple[str | None, str] | None:
    """The class and the role."""
    found = asked(markup, *events, which=which)
    return None if found is None else (found.event, found.role)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        # behind the counted
        ("{Two people} dead", ("killed", "suffers")),
        ("{Two people} were killed", ("killed", "suffers")),
        ("{Two people} were not injured", None),
        ("{Two people} were never in any danger of being hurt", ("injured", "suffers")),  # four words on
        ("{Two people} wasn't really hurt", None),
        ("{Two people} including the deceased", None),
        ("{Two men}, one fatally, at home", None),  # the one, not the two
        ("{Two men}, of them fatally", ("killed", "suffers")),
        ("{Two of them} fatally", ("killed", "suffers")),
        # nothing is said behind the next clause, mark or figure
        ("{Two men} slept; a guard was killed", None),
        ("{Two men} slept when a guard was killed", None),
        ("{Two men} slept, and a guard was killed", None),
        ("{Two men} and {four women} killed", None),
        ("{Two men}, {four women} killed", ("killed", "suffers")),  # a list
        ("{Two men}, aged {25} and {26}, were killed", ("killed", "suffers")),
        ("{Two men} among the {14} killed", ("killed", "suffers")),
        ("{Two men} listed as killed", ("killed", "suffers")),
        ("{Two men} seen as killed", None),
        ("{Two men} were among the dead", None),
        ("{Two men} with gunshot wounds", ("shot", "suffers")),
        ("{Two men} came with a gun killed", None),
        # sixteen words on at most
        (f"{{Two men}} {'w ' * 15}killed", ("killed", "suffers")),
        (f"{{Two men}} {'w ' * 16}killed", None),
        # what the counted do
        ("{Two men} shot a guard", (None, "acts")),
        ("{Two men} shot {five people}", (None, "acts")),
        ("{Two men} killed Ann Lee", (None, "acts")),
        ("{Two men} killed in Karst", ("killed", "suffers")),
        ("{Two men} killed 12", (None, "acts")),
        ("{Two men} were shot several times", ("shot", "suffers")),
        ("{Two men} shot several times", (None, "acts")),
        ("{Two men} fatally shot a guard", (None, "acts")),
        ("{Two men} were shot", ("shot", "suffers")),
        ("{Two men} shot", ("shot", "suffers")),
        ("{Two men} were found shot his brother said", ("shot", "suffers")),
        ("{Two men} have later shot his brother", (None, "acts")),
        # shot, and died of it
        ("{Two men} were shot at home and killed his wife", ("shot", "suffers")),
        ("{Two men} were shot several times and later died", ("killed", "suffers")),
        ("{Two men} were wounded and died", ("killed", "suffers")),
        ("{Two men} were stabbed and died", ("killed", "suffers")),
        ("{Two men} were hospitalized and died", ("killed", "suffers")),  # a weak class gives way
        ("{Two men} were hospitalized at home", ("hospitalised", "suffers")),
        ("{Two men} were shot, and {three} died", ("shot", "suffers")),
        ("{Two men} were shot but who died", ("shot", "suffers")),
        ("{Two men} were shot while others died", ("shot", "suffers")),
        # in front of the counted
        ("killing {two people}", ("killed", "suffers")),
        ("killed at least {two people}", ("killed", "suffers")),
        ("killed only about {two people}", ("killed", "suffers")),
        ("killed yesterday {two people}", None),
        ("the deaths of {two people}", ("killed", "suffers")),
        ("the deaths of more than {two people}", ("killed", "suffers")),
        ("the deaths for {two people}", None),
        ("killing a woman and {two others}", ("killed", "suffers")),
        ("killing a woman, {two others}", None),
        ("killing a woman who ran and {two others}", None),
        ("killing a woman. He and {two others}", None),
        # a total by its name
        ("The death toll rose to {41}", ("killed", "toll")),
        ("The death toll stands at {41}", ("killed", "toll")),
        ("The death toll: {41}", ("killed", "toll")),
        ("The death toll of {41}", ("killed", "toll")),
        ("The death toll rose sharply {41}", None),
        ("The deaths of {41}", ("killed", "suffers")),
        ("The number of missing was unchanged at {36}", ("missing", "toll")),
        ("The death toll is known; it rose to {41}", None),
    ],
)
def test_where_english_puts_it(markup: str, expected: tuple[str | None, str] | None) -> None:
    assert said(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("{60} were hurt and the death toll rose to {41}", ("killed", "toll")),
        ("The death toll rose from {41} to {58}", ("killed", "toll")),
        ("The death toll was {41} at {58} places", None),  # a second number without "from" may count anything
        ("The {60} missing, the death toll was at {41}", ("killed", "toll")),
    ],
)
def test_the_second_figure_of_a_total(markup: str, expected: tuple[str, str] | None) -> None:
    assert said(markup, which=1) == expected


def test_what_is_named_by_verbs_right_in_front_outweighs_what_is_farther_behind() -> None:
    markup = "detained {three persons} of interest in the shooting that killed somebody"
    assert said(markup) == ("arrested", "suffers")
    assert said("detained {three persons} killed") == ("killed", "suffers")
    assert said("killing a woman and {two others} standing near a big town hall were injured") == ("injured", "suffers")


def test_a_verb_of_another_event_in_between_ends_it() -> None:
    markup = "{Two men} ran home dead"
    assert said(markup) == ("killed", "suffers")
    assert said(markup, "ran") is None
    assert said("{Two men} were home dead", "home", "were") is None
    assert said("{Two men} ran home and were found dead", "ran", "home") == ("killed", "suffers")  # a passive is theirs


def test_what_cannot_happen_to_them_is_passed_over() -> None:
    markup = "{Two men} whose houses damaged were hurt"
    assert asked("{Two houses} damaged").event == "damaged"  # type: ignore[union-attr]
    found = asked(markup, never=frozenset({"damaged"}))
    assert found is not None
    assert found.event == "injured"
    assert asked("flooding {two people}", never=frozenset({"damaged"})) is None


@pytest.mark.parametrize(
    ("markup", "event", "also"),
    [
        ("{Ten men} were killed or wounded", "killed", ("injured",)),
        ("{Ten men} were wounded or killed", "injured", ("killed",)),
        ("{Ten men} were killed and wounded", "killed", ()),
        ("killing or wounding {ten men}", "injured", ("killed",)),
        ("{Ten men} were killed or murdered", "killed", ()),
        ("{Ten men} were killed or badly wounded", "killed", ()),
    ],
)
def test_classes_joined_by_or(markup: str, event: str, also: tuple[str, ...]) -> None:
    found = asked(markup)
    assert found is not None
    assert (found.event, found.also) == (event, also)


@pytest.mark.parametrize(
    ("markup", "rest"),
    [
        ("killing a woman and {two others}", True),
        ("killing a woman, a boy and {two others}", True),
        ("killing {two others}", False),
        ("killing at least {two others}", False),
        ("killing both {two} and {three others}", False),
    ],
)
def test_only_the_rest_of_a_list(markup: str, rest: bool) -> None:
    found = asked(markup)
    assert found is not None
    assert found.rest is rest


def test_a_list_holds_no_other_event() -> None:
    markup = "killing a woman running and {two others}"
    assert asked(markup) is not None
    assert asked(markup, "running") is None


@pytest.mark.parametrize(
    ("markup", "part"),
    [
        ("{Four} of the {five victims}", True),
        ("{Four} of our first {five victims}", True),
        ("{Four} out of {five people}", True),
        ("{Four} people among the {five}", True),
        ("{Four} dogs and {five people}", False),
        ("{Four} of the big {five}", False),
        ("{Five people}", False),
    ],
)
def test_the_whole_of_a_part(markup: str, part: bool) -> None:
    clause, figures, _ = clause_of(markup)
    assert clause.whole_of_a_part(figures[-1][0]) is part


def test_of_a_part_and_its_whole_what_follows_is_said_of_the_part() -> None:
    assert said("{Four} of the {five victims} were killed", which=1) is None
    assert said("{Four} of the {five victims} dead", which=1) == ("killed", "suffers")
    assert said("{Four} of the {five victims} who died", which=1) == ("killed", "suffers")


def test_the_words_for_it_are_told() -> None:
    clause, figures, text = clause_of("{Two men} were shot to death at home")
    found = clause.of(*figures[0])
    assert found is not None
    assert found.words is not None
    assert found.words.of(text) == "shot to death"


def test_whether_a_class_is_named_before_a_place() -> None:
    clause, figures, _ = clause_of("A man was killed and {two} shot")
    assert clause.names("killed", before=figures[0][0].start)
    assert not clause.names("killed", before=5)
    assert not clause.names("shot", before=figures[0][0].start)
    assert clause.names("killed", before=len("A man was killed"))
    assert not clause.names("killed", before=len("A man was killed") - 1)
