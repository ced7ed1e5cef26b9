"""The word list of this room (`words.txt`) and the words of a sentence that name what happened to the counted.

A class is what happened to them (`killed`, `injured`, `missing` …); its words stand in one of four ways (see the list).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple, cast

from onrecord.errors import LedgerError
from onrecord.reader.wordlists import parse_sections
from onrecord.records import Span

__all__ = ["THINGS", "Hit", "Stand", "Word", "classes", "find_hits", "listed", "thing_of", "words_of"]

Stand = Literal["predicate", "verb", "noun", "counter"]

THINGS = ("soldier", "officer", "child", "woman", "man", "people")
"""Kinds of people, the narrower first: a noun that is in two lists is of the first."""

_OF_PERSONS = ("er", "or", "ist", "ant", "ee", "ian", "man", "woman", "mate", "goer")  # congregant, dancer, cashier

# A full stop stands inside a word in "U.S." and "3.5"; web pages lose the space behind a sentence ("injured.Police").
_WORD = re.compile(r"\w+(?:(?:[-'’]|(?<=\d)\.(?=\d)|(?<=\b\w)\.(?=\w\b))\w+)*|[^\w\s]")


class Word(NamedTuple):
    """A word or mark of a text: its lower-case form, where it stands, and whether a capital begins it."""

    form: str
    span: Span
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first`..`last` (end exclusive) of a sentence that name a class, and how they stand to the counted."""

    first: int
    last: int
    event: str
    stand: Stand


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    path = resources.files("onrecord").joinpath("ledger", "series", "words.txt")
    try:
        return parse_sections("words", path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LedgerError("the word list of figure series is missing from the package") from error


def listed(section: str) -> frozenset[str]:
    """The words of one section. KeyError for a section that the list lacks."""
    return _lists()[section]


@lru_cache(maxsize=65_536)
def thing_of(noun: str | None) -> str | None:
    """The kind that a noun's lemma belongs to ("troop" and "soldier" are one), else the noun itself."""
    if noun is None:
        return None
    noun = noun.lower()
    for kind in THINGS:
        if noun in listed(kind):
            return kind
    if noun.endswith(_OF_PERSONS) and noun not in listed("objects"):
        return "people"
    return noun


@cache
def classes() -> frozenset[str]:
    """The names of all classes of what happens to the counted."""
    return frozenset(event for phrases in _phrases().values() for _, event, _ in phrases)


def words_of(text: str, within: Span) -> tuple[Word, ...]:
    """The words and marks of `text` inside `within`."""
    return tuple([_word(match) for match in _WORD.finditer(text, *within)])


def _word(match: re.Match[str]) -> Word:
    form = match[0]
    return Word(form.lower().replace("’", "'"), Span(*match.span()), form[0].isupper())


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str, Stand], ...]]:
    """By first word: the phrases, longest first, with their class and how they stand."""
    found: dict[str, list[tuple[tuple[str, ...], str, Stand]]] = {}
    for title, entries in _lists().items():
        event, _, stand = title.partition(" ")
        if stand not in ("predicate", "verb", "noun", "counter"):
            continue
        for entry in entries:
            parts = tuple(word.form for word in words_of(entry, Span(0, len(entry))))
            found.setdefault(parts[0], []).append((parts, event, cast(Stand, stand)))
    return {first: tuple(sorted(phrases, key=lambda p: (-len(p[0]), p))) for first, phrases in found.items()}


def find_hits(words: Sequence[Word]) -> tuple[Hit, ...]:
    """All names of classes among the words; where one phrase lies inside a longer one, only the longer counts."""
    phrases = _phrases()
    hits = []
    done = 0
    for place, word in enumerate(words):
        if word.form not in phrases:  # most words begin none
            continue
        longest = 0
        for parts, event, stand in phrases[word.form]:
            length = len(parts)
            if length < longest or place + length <= done:
                continue
            if tuple([w.form for w in words[place : place + length]]) == parts:
                longest = length
                hits.append(Hit(place, place + length, event, stand))
        done = max(done, place + longest)
    return tuple(hits)
