"""Cutting sentences into parts: verbs by their form, what is left of words, where a clause of its own begins."""

from __future__ import annotations

import hashlib

import pytest

from onrecord import records as r
from onrecord.ledger.claims.pieces import is_verb, parts, sentences, subtract, trimmed
from onrecord.reading import Reading
from onrecord.records import Span


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def event(text: str, word: str, lemma: str, key: str = "v1") -> r.Event:
    return r.Event(key, at(text, word), lemma, None, (), (), (), None, "happened", None, 0.9)


@pytest.mark.parametrize(
    ("text", "word", "lemma", "verb"),
    [
        ("killed", "killed", "kill", True),
        ("killing", "killing", "kill", True),
        ("the feed", "feed", "feed", False),
        ("the meeting", "meeting", "meeting", False),
        ("sent", "sent", "send", True),  # another form of it
        ("went", "went", "go", False),  # of another beginning: it may be any word
        ("plans", "plans", "plan", False),
        ("plans to leave", "plans", "plan", True),
        ("knows the dam", "knows", "know", True),
        ("plans of the army", "plans", "plan", False),
        ("passes it", "passes", "pass", True),
        ("plan it", "plan", "plan", False),
        ("will plan", "plan", "plan", True),
        ("has not also been fire", "fire", "fire", True),
        ("must quickly fire", "fire", "fire", True),
        ("must in a fire", "fire", "fire", False),
        ("didn't fire", "fire", "fire", True),
        ("will " + "not " * 8 + "fire", "fire", "fire", True),
        ("will " + "not " * 9 + "fire", "fire", "fire", False),  # farther off than an auxiliary stands
    ],
)
def test_verbs_by_their_form_or_what_stands_around(text: str, word: str, lemma: str, verb: bool) -> None:
    assert is_verb(text, event(text, word, lemma)) is verb


@pytest.mark.parametrize(
    ("span", "taken", "left"),
    [
        ((0, 10), [], [(0, 10)]),
        ((0, 10), [(0, 10)], []),
        ((0, 10), [(3, 5)], [(0, 3), (5, 10)]),
        ((0, 10), [(0, 3)], [(3, 10)]),
        ((0, 10), [(7, 12)], [(0, 7)]),
        ((2, 10), [(0, 3)], [(3, 10)]),
        ((0, 10), [(2, 6), (4, 8)], [(0, 2), (8, 10)]),
        ((0, 10), [(2, 8), (3, 4)], [(0, 2), (8, 10)]),
        ((0, 10), [(12, 14)], [(0, 10)]),
    ],
)
def test_what_is_left_of_words(
    span: tuple[int, int], taken: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    assert list(subtract(Span(*span), [Span(*one) for one in taken])) == [Span(*one) for one in left]


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        (" , the dam, ", "the dam"),
        ("“the dam.”", "the dam."),
        ("(the dam)", "the dam)"),
        ("$5 and 5%,", "$5 and 5%"),
        ("'s emergency service", "emergency service"),
        ("’s emergency service", "emergency service"),
        ("'so it is", "so it is"),
        ("why?!", "why?!"),
        (" – ", None),
        ("", None),
        (".", None),
        ("€", None),
    ],
)
def test_words_without_the_marks_at_their_ends(words: str, bare: str | None) -> None:
    found = trimmed(words, Span(0, len(words)))
    assert (found.of(words) if found is not None else None) == bare


def test_sentences_are_those_of_running_text_and_headings() -> None:
    text = "A head\n  One dam. Two dams.\nMenu\nThree"
    kinds = [("A head", "heading"), ("  One dam. Two dams.", "paragraph"), ("Menu", "boilerplate"), ("Three", "quote")]
    blocks = [r.Block(at(text, words), kind) for words, kind in kinds]  # type: ignore[arg-type]
    found = [(span.of(text), block.kind) for span, block in sentences(text, blocks)]
    assert found == [("A head", "heading"), ("One dam.", "paragraph"), ("Two dams.", "paragraph"), ("Three", "quote")]


def cut(text: str, events: dict[str, str], *figures: tuple[str, str | None]) -> list[str]:
    """The parts of a text; `events` are words with their lemmas, `figures` words with the word of their event."""
    found = [event(text, word, lemma, f"v{n}") for n, (word, lemma) in enumerate(events.items())]
    keys = {word: f"v{n}" for n, word in enumerate(events)}
    numbers = tuple(
        r.Figure(at(text, word), 1.0, 1.0, "exactly", None, None, keys.get(of or ""), None, 0.9) for word, of in figures
    )
    document = r.Document(
        hashlib.sha256(text.encode()).hexdigest(), text, blocks=(r.Block(Span(0, len(text)), "paragraph"),)
    )
    reading = Reading(document, "by hand", figures=numbers, events=tuple(found))
    ordered = sorted(found, key=lambda e: e.span)
    return [" … ".join(s.of(text) for s in part) for part in parts(reading, [Span(0, len(text))], ordered)]


@pytest.mark.parametrize(
    ("text", "events", "figures", "expected"),
    [
        (
            "60 were missing and 12 had been moved",
            {"missing": "miss", "moved": "move"},
            [],
            ["60 were missing", "12 had been moved"],
        ),
        ("60 were missing and calm", {"missing": "miss"}, [], ["60 were missing and calm"]),
        ("the wall and dam were moved", {"moved": "move"}, [], ["the wall and dam were moved"]),
        (
            "it burst, adding that it flooded",
            {"burst": "burst", "flooded": "flood"},
            [],
            ["it burst, adding that it flooded"],
        ),
        ("it was burst, but it flooded", {"burst": "burst", "flooded": "flood"}, [], ["it was burst", "it flooded"]),
        (
            "they moved it, which flooded it",
            {"moved": "move", "flooded": "flood"},
            [],
            ["they moved it", "which flooded it"],
        ),
        ("they moved it; it flooded", {"moved": "move", "flooded": "flood"}, [], ["they moved it", "it flooded"]),
        ("they moved it, flooding it", {"moved": "move", "flooding": "flood"}, [], ["they moved it", "flooding it"]),
        (
            "they moved it, with rain flooding it",
            {"moved": "move", "flooding": "flood"},
            [],
            ["they moved it", "with rain flooding it"],
        ),
        ("they moved it – it flooded", {"moved": "move", "flooded": "flood"}, [], ["they moved it", "it flooded"]),
        # sentences are apart in any case, each with its mark
        ("It is so. He moved it.", {"moved": "move"}, [], ["It is so.", "He moved it."]),
        ("It moved. “So it is.” And more", {"moved": "move"}, [], ["It moved.", "So it is. … And more"]),
        # what has no event of its own stays with what stands before it, or behind at the start
        ("In the valley; they moved it", {"moved": "move"}, [], ["In the valley; they moved it"]),
        # a figure that belongs to a verb before it
        (
            "they asked for 50 boats and 20 sent pumps",
            {"asked": "ask", "sent": "send"},
            [("20", "asked")],
            ["they asked for 50 boats and 20 sent pumps"],
        ),
        (
            "they asked for 50 boats and 20 sent pumps",
            {"asked": "ask", "sent": "send"},
            [("20", "sent")],
            ["they asked for 50 boats", "20 sent pumps"],
        ),
        # two counts of victims
        ("54 dead and 33 missing", {"dead": "dead"}, [("54", None), ("33", None)], ["54 dead … 33 missing"]),
        (
            "54 are dead and 33 missing",
            {"dead": "dead", "missing": "miss"},
            [("54", None), ("33", None)],
            ["54 are dead", "33 missing"],
        ),
        (
            "54 are here and 33 missing",
            {"here": "here"},
            [("54", None), ("33", None)],
            ["54 are here and 33 missing"],
        ),
        (
            "54 are dead and 33 boats",
            {"dead": "dead", "boats": "boat"},
            [("54", None), ("33", None)],
            ["54 are dead and 33 boats"],
        ),
        (
            "54 are dead and some 33 missing",
            {"dead": "dead"},
            [("54", None), ("33", None)],
            ["54 are dead and some 33 missing"],
        ),
    ],
)
def test_a_cut_is_made_where_a_clause_of_its_own_begins(
    text: str, events: dict[str, str], figures: list[tuple[str, str | None]], expected: list[str]
) -> None:
    assert cut(text, events, *figures) == expected
