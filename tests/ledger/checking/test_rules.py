"""Checking, rule by rule: what a figure counts and which one has replaced it, which dates agree, who is who."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from onrecord import records as r
from onrecord.ledger.checking.align import align, windows
from onrecord.ledger.checking.dating import _agree as agree
from onrecord.ledger.checking.draft import Draft
from onrecord.ledger.checking.tolls import Told, key_of
from onrecord.ledger.checking.who import Who, compared, of_reading
from onrecord.ledger.checking.words import Words, as_key, is_number
from onrecord.ledger.names import name_key
from onrecord.reading import Reading
from onrecord.records import Span


@pytest.mark.parametrize(
    ("noun", "event", "unit", "context", "number", "expected"),
    [
        ("person", "kill", None, "41 people were killed", "41", ("killed", None, None)),
        ("woman", "die", None, "41 women died", "41", ("killed", None, None)),
        ("dead", None, None, "41 dead", "41", ("killed", None, None)),
        ("fatality", "report", None, "41 fatalities were reported", "41", ("killed", None, None)),
        ("dog", "kill", None, "41 dogs were killed", "41", (None, "dog", "kill")),  # no people
        ("person", "wound", None, "41 people were wounded", "41", ("injured", None, None)),
        ("person", "flee", None, "41 people fled", "41", ("evacuated", None, None)),
        ("soldier", "send", None, "41 soldiers were sent", "41", (None, "soldier", "send")),
        ("soldier", None, None, "41 soldiers", "41", None),
        (None, "send", None, "41 were sent", "41", None),
        (None, None, None, "41", "41", None),
        ("person", "kill", "m", "41 m", "41", None),  # measures are not followed
        # what counts nothing that is named
        (None, None, None, "counts 55 dead", "55", ("killed", None, None)),
        (None, None, None, "counts 55 confirmed dead", "55", ("killed", None, None)),
        (None, None, None, "counts 55 reported missing", "55", ("missing", None, None)),
        (None, None, None, "counts 55 boats", "55", None),
        (None, "rise", None, "The death toll rose to 55", "55", ("killed", None, None)),
        (None, "be", None, "The number of missing is 36", "36", ("missing", None, None)),
        (None, "be", None, "The number of the missing is 36", "36", ("missing", None, None)),
        (None, "be", None, "The number of people wounded is 36", "36", ("injured", None, None)),
        (None, "be", None, "The number of people killed is 36", "36", ("killed", None, None)),
        (None, "kill", None, "54 were killed and 33 missing", "33", ("missing", None, None)),
        (None, "be", None, "The number of boats is 36", "36", None),
        ("boat", "be", None, "The death toll is on 36 boats", "36", (None, "boat", "be")),
        ("toll", "toll", None, "the toll of the dam break stands at 54", "54", ("killed", None, None)),
        ("break", "toll", None, "the toll of the dam break stands at 54", "54", ("killed", None, None)),
        ("person", "move", None, "41 people moved", "41", ("evacuated", None, None)),
    ],
)
def test_what_a_figure_counts(
    noun: str | None,
    event: str | None,
    unit: str | None,
    context: str,
    number: str,
    expected: tuple[str | None, ...] | None,
) -> None:
    assert key_of(noun, event, unit, context, context.index(number) + len(number)) == expected


# What one story counts

KILLED = ("killed", None, None)
SOLDIERS = (None, "soldier", "send")


def report(day: str, *figures: tuple[float | None, float | None], **more: Any) -> Any:
    """One article with figures of people killed; `tally`, `status`, `noun` and `lemma` are those of all of them."""
    text = more.pop("text", "So many people in Drusa were killed")
    facts = {"noun": "person", "lemma": "kill", "context": text, "tally": None, "status": "happened"} | more
    rows = [
        SimpleNamespace(span_start=n, span_end=n + 1, low=low, high=high, unit=None, context_start=0, **facts)
        for n, (low, high) in enumerate(figures)
    ]
    return SimpleNamespace(row=int(day[-2:]), day=day, hash=day, text=text, figures=rows)


def told(*reports: Any, until: str = "9999") -> Told:
    return Told(reports, until)


def day(point: Any) -> str | None:
    return None if point is None else point.stored.day


THU, FRI, SAT = "2025-03-13", "2025-03-14", "2025-03-15"


def test_the_latest_report_of_a_number() -> None:
    story = told(report(THU, (14, 14)), report(FRI, (14, None)), report(SAT, (19, 19)))
    assert day(story.having(KILLED, (14, 14))) == FRI  # bound or not
    assert day(story.having(KILLED, (None, 19))) == SAT
    assert story.having(KILLED, (15, 15)) is None
    assert story.having(SOLDIERS, (14, 14)) is None
    assert story.having(KILLED, (None, None)) is None
    assert day(told(report(THU, (14, 14)), report(FRI, (14, 14)), until=THU).having(KILLED, (14, 14))) == THU
    assert story.rows == {13, 14, 15}


@pytest.mark.parametrize(
    ("reports", "value", "expected"),
    [
        ([report(THU, (14, 14)), report(FRI, (19, 19))], (14, 14), FRI),
        ([report(THU, (14, 14)), report(FRI, (19, 19)), report(SAT, (23, 23))], (14, 14), SAT),
        ([report(THU, (14, 14)), report(FRI, (19, 19)), report(SAT, (14, 14))], (14, 14), None),  # told again
        ([report(THU, (14, 14)), report(FRI, (14, None))], (14, 14), None),  # leaves room for it
        ([report(THU, (14, 14)), report(FRI, (19, 19))], (15, 15), None),  # never told
        ([report(THU, (14, 14), (19, 19))], (14, 14), None),  # of one day
        ([report(THU, (14, 14)), report(FRI, (19, 19), tally="increment")], (14, 14), None),
        ([report(THU, (14, 14)), report(FRI, (19, 19), status="planned")], (14, 14), None),
        ([report(THU, (14, 14)), report(FRI, (19, 19), status="ongoing")], (14, 14), FRI),
        ([report(THU, (14, 14)), report(FRI, (19, 19), status=None)], (14, 14), FRI),
        ([report(THU, (14, 14)), report(FRI, (19, 19), noun="dog")], (14, 14), None),
        ([report(THU, (14, 14), status="planned"), report(FRI, (19, 19))], (14, 14), FRI),
        ([report(THU, (None, 14)), report(FRI, (19, 19))], (10, 12), FRI),
    ],
)
def test_the_figure_that_replaced_a_value(reports: list[Any], value: tuple[float, float], expected: str | None) -> None:
    assert day(told(*reports).later(KILLED, value)) == expected


def test_what_is_no_toll_is_not_replaced() -> None:
    soldiers = {"noun": "soldier", "lemma": "send"}
    story = told(report(THU, (14, 14), **soldiers), report(FRI, (19, 19), **soldiers))
    assert story.later(SOLDIERS, (14, 14)) is None
    assert story.last(SOLDIERS, THU, frozenset({"drusa"})) is None
    assert day(story.having(SOLDIERS, (14, 14))) == THU


def test_the_last_total_of_an_article_that_has_a_name() -> None:
    story = told(report(THU, (14, 14)), report(FRI, (19, 19)), report(SAT, (23, 23), text="Elsewhere many were killed"))
    names = frozenset({"drusa"})
    assert day(story.last(KILLED, THU, names)) == FRI
    assert story.last(KILLED, FRI, names) is None
    assert day(story.last(KILLED, THU, frozenset({"elsewhere", "drusa"}))) == SAT
    assert story.last(KILLED, THU, frozenset()) is None
    assert told(report(FRI, (19, 19), tally="increment")).last(KILLED, THU, names) is None
    assert told(report(FRI, (19, 19), status="planned")).last(KILLED, THU, names) is None


def test_what_a_story_counts_instead() -> None:
    story = told(report(THU, (14, 14)), report(FRI, (19, 19)))
    names = frozenset({"drusa"})
    assert day(story.instead(KILLED, (99, 99), names)) == FRI
    assert story.instead(KILLED, (14, 14), names) is None
    assert story.instead(KILLED, (10, 20), names) is None  # leaves room for one of them
    assert story.instead(KILLED, (None, 14), names) is None
    assert day(story.instead(KILLED, (None, 13), names)) == FRI
    assert story.instead(KILLED, (19, None), names) is None
    assert day(story.instead(KILLED, (20, None), names)) == FRI
    assert story.instead(KILLED, (99, 99), frozenset({"karst"})) is None
    assert story.instead(SOLDIERS, (99, 99), names) is None


# Dates


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2025-03-12", "2025-03-12", True),
        ("2025-03-12", "2025-03-13", False),
        ("2025-03", "2025-03-12", True),
        ("2025-03", "2025-04-12", False),
        ("2025", "2025-04", True),
        ("2025-03-12T10:00", "2025-03-12", True),
        ("2025-03-12T10:00", "2025-03-12T11:00", False),
        ("2025-03-12T10:00", "2025-03-12T10", True),
        ("2025-03-12TMO", "2025-03-12TEV", False),
        ("2025-03-12T10:00", "2025-03-13", False),
        ("XXXX-WXX-3", "2025-03-12", True),  # a Wednesday
        ("XXXX-WXX-4", "2025-03-12", False),
        ("XXXX-WXX-3", "2025-03", False),
        ("XXXX-03-12", "2025-03-12", True),
        ("XXXX-03-12", "2025-03-13", False),
        ("XXXX-03", "2025-03-13", True),
        ("XXXX-03-12", "XXXX-03-12", True),
        ("XXXX-03-12", "XXXX-03-13", False),
        ("PRESENT_REF", "2025-03-12", False),
    ],
)
def test_dates_that_may_be_one(one: str, other: str, same: bool) -> None:
    assert agree(one, other) is same
    assert agree(other, one) is same


# Who is who


def who(
    name: str,
    kind: str = "person",
    *more: str,
    titles: tuple[str, ...] = (),
    named: bool = True,
    ref: str | None = None,
) -> Who:
    return Who(name, kind, ref, frozenset(map(name_key, (name, *more))), frozenset(map(name_key, titles)), named)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (who("Edrin Sauk Jr."), who("Edrin Sauk"), "same"),
        (who("E. Sauk"), who("Edrin Sauk"), "same"),
        (who("L. Sauk"), who("Edrin Sauk"), "unknown"),
        (who("Ed Sauk"), who("Edrin Sauk"), "unknown"),
        (who("Sauk Edrin"), who("Edrin Horak"), "unknown"),  # one word in common
        (who("Edrin Sauk", "person", "Pavla Hemmerin"), who("P. Hemmerin"), "same"),
        (who("Mr. Sauk"), who("Mayor Sauk"), "same"),
        (who("the mayor"), who("Edrin Sauk"), "unknown"),  # nothing but a title
        (who("the mayor", named=False), who("Edrin Sauk", titles=("mayor",)), "same"),
        (who("the mayor", named=False), who("Edrin Sauk", titles=("police chief",)), "unknown"),
        (who("the mayor", named=False), who("the chief", named=False), "unknown"),
        (who("Edrin Sauk", ref="Q1"), who("Pavla Hemmerin", ref="Q2"), "different"),
        (who("Edrin Sauk", ref="Q1"), who("Pavla Hemmerin", ref="Q1"), "same"),
        (who("Velna Hydro", "organisation"), who("Velna Hydro Company", "organisation"), "same"),
        (who("Velna Hydro", "organisation"), who("Velna Rail", "organisation"), "unknown"),
        (who("Velna Hydro", "organisation", ref="Q1"), who("Velna Rail", "organisation", ref="Q2"), "different"),
        (who("Velna Hydro", "organisation", ref="Q1"), who("Velna Rail", "organisation"), "unknown"),
        (who("Bank of Drusa", "organisation"), who("BD", "organisation"), "same"),  # small words have no initial
        (who("Drusa", "place"), who("Edrin Sauk"), "unknown"),
    ],
)
def test_whether_two_are_one(one: Who, other: Who, answer: str) -> None:
    assert compared(one, other) == compared(other, one) == answer


def test_everybody_in_a_draft() -> None:
    text = "Mayor Pavla Hemmerin and the chief"
    entities = (
        r.Entity("e1", "person", "Pavla Hemmerin", ("Hemmerin",), (r.Role("Mayor", None, Span(0, 5)),), "Q1"),
        r.Entity("e2", "person", "chief"),
    )
    mentions = (r.Mention(Span(6, 20), "e1", "name"), r.Mention(Span(25, 34), "e2", "nominal"))
    people = of_reading(Reading(r.Document("0" * 64, text), "by hand", entities, mentions))
    assert people["e1"] == Who(
        "Pavla Hemmerin", "person", "Q1", frozenset({"pavla hemmerin", "hemmerin"}), frozenset({"mayor"}), True
    )
    assert people["e2"] == Who("chief", "person", None, frozenset({"chief"}), frozenset(), False)


# Words and where they lie


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("nineteen", "19"), ("twenty", "20"), ("ninety", "90"), ("zero", "0"), ("$", "dollar"), ("£", "pound"),
        ("1,000.5", "1000.5"),
        ("10,00", "10,00"), ("3.5", "3.5"), ("21st", "21"), ("troop[s]", "troops"), ("D’Or", "d'or"), ("u.n.", "un"),
    ],
)  # fmt: skip
def test_the_form_in_which_a_word_is_compared(word: str, key: str) -> None:
    assert as_key(word) == key


@pytest.mark.parametrize(
    ("key", "number"), [("40", True), ("7:30", True), ("million", True), ("dozen", True), ("many", False), ("", False)]
)
def test_numbers(key: str, number: bool) -> None:
    assert is_number(key) is number


def test_where_words_lie() -> None:
    words = Words("One two, three. Four five")
    assert list(words.within(Span(1, 9))) == [1]  # those that begin there
    assert list(words.within(Span(1, 10))) == [1, 2]
    assert list(words.touching(Span(1, 9))) == [0, 1]  # those of which something lies there
    assert list(words.touching(Span(1, 10))) == [0, 1, 2]
    assert list(words.touching(Span(3, 4))) == []
    assert words.between(1) == ", "
    assert words.between(4) == ""
    assert [words.sentence_of(place) for place in (0, 2, 3)] == [range(3), range(3), range(3, 5)]
    assert words.span(0, 1) == Span(0, 7)


def test_stretches_in_which_most_words_stand() -> None:
    text = "x " * 50 + "the sirens did not sound at night " + "x " * 50
    words = Words(text)
    wanted = Words("the sirens did sound at night").keys
    (found, *_) = windows(wanted, len(words), words.places, 3)
    assert (found.start, found.stop) == (50 - 7, 50 + 6 + 7)  # six and a quarter of six words more on each side
    assert windows(wanted, len(words), words.places, 3, least=6) != []
    assert windows(wanted, len(words), words.places, 3, least=7) == []
    assert windows([], len(words), words.places, 3) == []
    often = Words("the sirens " * 41)
    assert windows(["sirens"], len(often), often.places, 3) == []  # it says nothing about where
    forty = Words("the sirens " * 40)
    assert len(windows(["sirens"], len(forty), forty.places, 3)) == 3
    edge = Words("the sirens did not sound at night")
    assert windows(wanted, len(edge), edge.places, 3) == [range(0, 7)]


def test_the_first_and_last_word_stand_where_the_text_has_them() -> None:
    def steps(draft: str, ledger: str) -> list[tuple[int | None, int | None]]:
        there = ledger.split()
        return list(align(draft.split(), there, range(len(there))).steps)

    assert steps("I think so", "I do not think so") == [(0, 0), (None, 1), (None, 2), (1, 3), (2, 4)]
    assert steps("we think so", "I do not think so") == [(0, 2), (1, 3), (2, 4)]
    assert steps("I think so", "I do not really ever think so") == [
        (0, 4),
        (1, 5),
        (2, 6),
    ]  # more than four words are left out
    assert steps("I think so", "I do not ever think so") == [(0, 0), (None, 1), (None, 2), (None, 3), (1, 4), (2, 5)]
    assert steps("so think we", "so think do not we") == [(0, 0), (1, 1), (None, 2), (None, 3), (2, 4)]
    assert steps("so think we", "so think do not they") == [(0, 0), (1, 1), (2, 2)]


def test_what_an_alignment_covers() -> None:
    there = "a b c d e f".split()
    laid = align("b x d".split(), there, range(len(there)))
    assert (laid.same, laid.length, laid.likeness) == (2, 3, 2 / 3)
    assert (laid.ledger, laid.core) == (range(1, 4), range(1, 4))
    none = align(["x"], there, range(0, 0))
    assert (none.ledger, none.core, none.same) == (range(0), range(0), 0)
    edges = align("x b c y".split(), there, range(len(there)))
    assert edges.core == range(1, 3)
    assert edges.ledger == range(0, 4)


# Quotations of a draft


def quotes(
    text: str, *, direct: tuple[str, ...] = (), said: tuple[str, ...] = ()
) -> list[tuple[str, list[str], set[int]]]:
    """Each quotation, its words, and behind how many of them some are left out. `said` are contents of one statement."""

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    statements = [
        r.Statement(f"s{n}", (), None, (), (at(words),), "direct", "say", False, None, None, 0.9)
        for n, words in enumerate(direct)
    ]
    if said:
        statements.append(
            r.Statement("t", (), None, (), tuple(map(at, said)), "indirect", "say", False, None, None, 0.9)
        )
    draft = Draft(Reading(r.Document("0" * 64, text), "by hand", statements=tuple(statements)))
    return [(q.span.of(text), [draft.words.word(p) for p in q.places], set(q.gaps)) for q in draft.quotes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"We go home," he said.', [("We go home,", ["We", "go", "home"], set())]),
        ('"We go," he said.', []),  # of three words at least
        (
            '"We go," he said, "and we stay."',
            [('We go," he said, "and we stay.', ["We", "go", "and", "we", "stay"], set())],
        ),
        (
            '"We go home." He said: "And we stay."',
            [("We go home.", ["We", "go", "home"], set()), ("And we stay.", ["And", "we", "stay"], set())],
        ),
        (
            '"We go home now" he said "and we stay"',
            [("We go home now", ["We", "go", "home", "now"], set()), ("and we stay", ["and", "we", "stay"], set())],
        ),
        (
            '"We go home –" he said "and we stay"',
            [('We go home –" he said "and we stay', ["We", "go", "home", "and", "we", "stay"], set())],
        ),
        ('"We go … home, ... and stay"', [("We go … home, ... and stay", ["We", "go", "home", "and", "stay"], {2, 3})]),
        (
            '"[Now] we go home [at once] again"',
            [("[Now] we go home [at once] again", ["we", "go", "home", "again"], {0, 3})],
        ),
        (
            '"We go home with troop[s] there"',
            [("We go home with troop[s] there", ["We", "go", "home", "with", "there"], {4})],
        ),
    ],
)
def test_the_quotations_of_a_draft(text: str, found: list[tuple[str, list[str], set[int]]]) -> None:
    assert quotes(text) == found


def test_an_interruption_is_no_longer_than_fifteen_words() -> None:
    def parts(words: int) -> int:
        return len(quotes(f'"We go home now," {"x " * words}"and we stay here"'))

    assert (parts(15), parts(16)) == (1, 2)


def test_parts_of_one_statement_are_one_quotation() -> None:
    text = '"We go home now" he said "and we stay"'
    assert len(quotes(text, said=("We go home now", "and we stay"))) == 1


def test_own_words_without_marks_are_a_quotation() -> None:
    text = 'SAUK: We have lost them. They sank. "We go home," he said.'
    found = quotes(text, direct=("We have lost them. They sank.", "We go home"))
    assert [words for words, _, _ in found] == ["We have lost them", "We go home,"]


def test_who_a_draft_names_as_the_speaker() -> None:
    text = "Sauk said it. He said so."
    entities = (r.Entity("e1", "person", "Sauk"),)
    mentions = (r.Mention(Span(0, 4), "e1", "name"), r.Mention(Span(14, 16), "e1", "pronoun"))

    def statement(source: tuple[Span, ...], speaker: str | None, content: Span, key: str = "s1") -> r.Statement:
        return r.Statement(key, source, speaker, (), (content,), "indirect", "say", False, None, None, 0.9)

    named, pronoun = statement((Span(0, 4),), "e1", Span(10, 12)), statement((Span(14, 16),), "e1", Span(22, 24))
    unnamed, sourceless = statement((Span(0, 4),), None, Span(10, 12)), statement((), "e1", Span(10, 12), "s0")
    wide = statement((Span(0, 4),), "e1", Span(5, 12), "s2")
    draft = Draft(
        Reading(r.Document("0" * 64, text), "by hand", entities, mentions, (sourceless, wide, named, pronoun))
    )
    assert draft.speaker(named) == draft.people["e1"]
    assert [draft.speaker(one) for one in (pronoun, unnamed, sourceless)] == [None, None, None]
    assert draft.statement_at(Span(10, 12)) == named  # one with a source, and the closest
    assert draft.statement_at(Span(5, 6)) == wide
    assert draft.statement_at(Span(0, 3)) is None
