"""What a statement does with its content, and acts that are told in other words."""

from __future__ import annotations

import pytest

from onrecord import records as r
from onrecord.ledger.claims.inner import inner_act
from onrecord.ledger.claims.stances import (
    attitude,
    disbelieves,
    has_negation,
    is_admission,
    is_repeated,
    is_withdrawal,
    reference,
    says_there_is_none,
)
from onrecord.records import Span


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def statement(
    text: str, cue: str, content: str, *, source: str | None = None, act: str = "say", negated: bool = False
) -> r.Statement:
    sources = (at(text, source),) if source else ()
    cues = (at(text, cue),) if cue else ()
    return r.Statement("s1", sources, None, cues, (at(text, content),), "indirect", act, negated, None, None, 0.9)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cue", "content", "more", "expected"),
    [
        ("said", "that it burst", {}, ("holds", "fact", False)),
        ("denied", "that it burst", {"act": "deny"}, ("denies", "fact", False)),
        ("", "that it burst", {"act": "deny"}, ("denies", "fact", False)),
        ("denied", "that it burst", {"act": "deny", "negated": True}, ("neither", "fact", False)),
        ("insisted", "that it had not burst", {"act": "deny"}, ("denies", "fact", True)),
        ("insisted", "that it had burst", {"act": "deny"}, ("holds", "fact", False)),
        ("thanked", "that it burst", {"act": "thank"}, ("holds", "question", False)),
        ("asked", "that it burst", {"act": "ask"}, ("holds", "question", False)),
        ("said", "that it burst", {"source": "Q"}, ("holds", "question", False)),
        ("demanded", "that it burst", {"act": "demand"}, ("holds", "demand", False)),
        ("demanded", "that it burst", {"act": "demand", "negated": True}, ("neither", "demand", False)),
        ("think", "that it burst", {"act": "think", "negated": True}, ("denies", "fact", False)),
        ("expect", "that it burst", {"act": "predict", "negated": True}, ("denies", "fact", False)),
        ("believe", "that it burst", {"act": "judge", "negated": True}, ("denies", "fact", False)),
        ("think", "that it burst", {"act": "say", "negated": True}, ("neither", "fact", False)),
        ("know", "that it burst", {"act": "think", "negated": True}, ("neither", "fact", False)),
        ("doubts", "that it burst", {"act": "think"}, ("neither", "fact", False)),
        ("questioned", "that it burst", {"act": "report"}, ("holds", "fact", False)),
        ("said", "whether it burst", {}, ("neither", "fact", False)),
        ("denied", "whether it burst", {"act": "deny"}, ("denies", "fact", False)),
        ("said", "that it burst", {"source": "Nobody"}, ("neither", "fact", False)),
        ("think", "that it burst", {"source": "Nobody", "act": "think"}, ("denies", "fact", False)),
        ("denied", "that it burst", {"source": "Nobody", "act": "deny"}, ("neither", "fact", False)),
        ("said", "that it burst", {"source": "Nobody", "negated": True}, ("holds", "fact", False)),
    ],
)
def test_the_stance_of_a_statement(
    cue: str, content: str, more: dict[str, object], expected: tuple[str, str, bool]
) -> None:
    text = f"Nobody Q : {cue} {content}"
    assert tuple(attitude(text, statement(text, cue, content, **more))) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("it", ("claim", False)),
        ("this", ("claim", False)),
        ("the accusation", ("claim", False)),
        ("there is no such plan", ("plan", True)),
        ("there isn't such a plan", ("plan", True)),
        ("the plan", ("plan", False)),
        ("the figure", ("figure", False)),
        ("the figure wrong", ("figure", True)),
        ("this a lie", ("claim", True)),
        ("it is not a lie", ("claim", False)),
        ("the claim is not a claim", ("claim", True)),
        ("that is complete speculation", ("claim", True)),
        ("the dam", (None, False)),
        ("the accusation of the dam", (None, False)),
        ("and so on", ("claim", False)),
        ("and again", (None, False)),
        ("this 14", ("claim", False)),
        ("this Talvenian account", ("claim", False)),
    ],
)
def test_words_that_only_point(words: str, expected: tuple[str | None, bool]) -> None:
    assert reference(words, [Span(0, len(words))], []) == expected


def test_names_say_nothing_of_what_is_pointed_at() -> None:
    words = "the accusation of the dam"
    assert reference(words, [Span(0, len(words))], [at(words, "the dam")]) == ("claim", False)
    assert reference("Talvenian account", [Span(0, 17)], []) == (None, False)  # a capital only begins the words


@pytest.mark.parametrize(
    ("words", "negated"),
    [
        ("has not left", True),
        ("hasn't left", True),
        ("no dam", True),
        ("nothing", True),
        ("knots", False),
        ("the dam", False),
    ],
)
def test_negations(words: str, negated: bool) -> None:
    assert has_negation(words, [Span(0, len(words))]) is negated


@pytest.mark.parametrize(
    ("words", "none"),
    [
        ("there were no looters", True),
        ("that there has been no plan", True),
        ("There was never a plan", True),
        ("there were looters", False),
        ("because there were no looters", False),
        ("there were nobodies", False),
    ],
)
def test_there_is_none(words: str, none: bool) -> None:
    assert says_there_is_none(words, 0) is none


@pytest.mark.parametrize(
    ("text", "cue", "withdraws", "admits", "again"),
    [
        ("She withdrew it", "withdrew", True, False, False),
        ("She retracted it", "retracted", True, False, False),
        ("She said it", "said", False, False, False),
        ("She admitted it", "admitted", False, True, False),
        ("She acknowledged it", "acknowledged", False, True, False),
        ("She still denies it", "denies", False, False, True),
        ("She continued to deny it", "continued to deny", False, False, True),
        ("She continues to deny it", "deny", False, False, True),
        ("She stilled and denies it", "denies", False, False, False),
        ("She again " + " " * 31 + "denies it", "denies", False, False, True),
        ("She again " + " " * 40 + "denies it", "denies", False, False, False),
    ],
)
def test_what_a_cue_says(text: str, cue: str, withdraws: bool, admits: bool, again: bool) -> None:
    spans = [at(text, cue)]
    assert (is_withdrawal(text, spans), is_admission(text, spans), is_repeated(text, spans)) == (
        withdraws,
        admits,
        again,
    )


@pytest.mark.parametrize(
    ("text", "source", "unbelieved"),
    [
        ("Do not believe those who say so", "who", True),
        ("Do not listen to people who say so", "people who", True),
        ("Never trust anybody who says so", "who", True),
        ("Don't believe those who say so", "who", True),
        ("Believe those who say so", "who", False),
        ("Do not believe those that say so", "that", False),
        ("Do not see those who say so", "who", False),
    ],
)
def test_whom_one_is_told_not_to_believe(text: str, source: str, unbelieved: bool) -> None:
    assert disbelieves(text, [at(text, source)]) is unbelieved
    assert not disbelieves(text, [])


# Acts told inside of other words


def inner(words: str, *people: str, needs_subject: bool = True) -> tuple[str, str, str | None, str, bool] | None:
    """Stance, act, whose, content, whether "I" or "we" is the subject."""
    mentions = [r.Mention(at(words, name), f"e{n}", "name") for n, name in enumerate(people)]
    found = inner_act(words, [Span(0, len(words))], mentions, needs_subject=needs_subject)
    if found is None:
        return None
    return found.stance, found.act, found.speaker, " … ".join(s.of(words) for s in found.content), found.first_person


@pytest.mark.parametrize(
    ("words", "people", "expected"),
    [
        ("Ann denied the old report", ["Ann"], ("denies", "deny", "e0", "the old report", False)),
        ("Ann confirmed that it burst", ["Ann"], ("holds", "confirm", "e0", "it burst", False)),
        ("Ann neither confirmed nor denied it", ["Ann"], ("neither", "confirm", "e0", "it", False)),
        ("Ann could not confirm or deny it", ["Ann"], ("neither", "confirm", "e0", "it", False)),
        ("Ann can’t yet verify it", ["Ann"], ("neither", "confirm", "e0", "it", False)),
        ("Ann cannot immediately deny it", ["Ann"], ("neither", "confirm", "e0", "it", False)),
        ("I can confirm it", ["I"], ("holds", "confirm", "e0", "it", True)),
        ("we confirmed it", ["we"], ("holds", "confirm", "e0", "it", True)),
        ("Ann of Bo denied it", ["Ann", "Bo"], ("denies", "deny", "e1", "it", False)),  # the last before it
        ("Ann was denied it", ["Ann"], None),
        ("Ann is not denying it", ["Ann"], None),
        ("Ann denied parole", ["Ann"], None),  # to somebody
        ("Ann denied early parole", ["Ann"], None),
        ("Ann denied the parole", ["Ann"], ("denies", "deny", "e0", "the parole", False)),
        ("Ann denied early parole today", ["Ann"], ("denies", "deny", "e0", "early parole today", False)),
        ("Ann denied claims", ["Ann"], ("denies", "deny", "e0", "claims", False)),
        ("Ann confirmed parole", ["Ann"], ("holds", "confirm", "e0", "parole", False)),
        ("Ann denied", ["Ann"], None),
        ("denied the old report by Ann", ["Ann"], None),
        ("Ann said it", ["Ann"], None),
        ("Ann " + "x" * 78 + " denied it", ["Ann"], ("denies", "deny", "e0", "it", False)),
        ("Ann " + "x" * 85 + " denied it", ["Ann"], None),
    ],
)
def test_an_act_inside_of_other_words(words: str, people: list[str], expected: tuple[object, ...] | None) -> None:
    assert inner(words, *people) == expected


def test_without_a_subject_it_is_of_whoever_says_it() -> None:
    assert inner("that we deny the old report", needs_subject=False) == (
        "denies",
        "deny",
        None,
        "the old report",
        False,
    )
    assert inner("that it all denies the old report", needs_subject=False) is None
    assert inner("denied the old report") is None
