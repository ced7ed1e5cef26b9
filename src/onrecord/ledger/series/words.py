"""The word list of this room (`words.txt`) and the words of a sentence that name what happened to the counted.

A class is what happened to them (`killed`, `injured`, `missing` …); its words stand in one of four ways (see the list).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple, cast

from onrecord.errors import LedgerError
from onrecord.reader.wordlists import parse_sections
from onrecord.records import Span

__all__ = ["THINGS", "Hit", "Stand", "Words", "classes", "find_hits", "listed", "thing_of", "words_of"]

Stand = Literal["predicate", "verb", "noun", "counter"]

_Phrase = tuple[str, ...]

THINGS = ("soldier", "officer", "child", "woman", "man", "people")
"""Kinds of people, the narrower first: a noun that is in two lists is of the first."""

_OF_PERSONS = ("er", "or", "ist", "ant", "ee", "ian", "man", "woman", "mate", "goer")  # congregant, dancer, cashier

# A full stop stands inside a word in "U.S." and "3.5"; web pages lose the space behind a sentence ("injured.Police").
_WORD = re.compile(r"\w+(?:(?:[-'’]|(?<=\d)\.(?=\d)|(?<=\b\w)\.(?=\w\b))\w+)*|[^\w\s]")


class Words(NamedTuple):
    """The words and marks of a part of `text`, in order: their lower-case forms, and where each starts and ends."""

    text: str
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def capital(self, place: int) -> bool:
        """Whether a capital begins the word at this place."""
        return self.text[self.starts[place]].isupper()


class Hit(NamedTuple):
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
    return frozenset(event for event, _, _ in _sections())


def _sections() -> Iterator[tuple[str, Stand, frozenset[str]]]:
    """The sections of the list that name a class: the class, how its words stand, and the words."""
    for title, entries in _lists().items():
        event, _, stand = title.partition(" ")
        if stand in ("predicate", "verb", "noun", "counter"):
            yield event, cast(Stand, stand), entries


def words_of(text: str, within: Span) -> Words:
    """The words and marks of `text` inside `within`."""
    found = list(_WORD.finditer(text, *within))
    return Words(
        text,
        tuple([match[0].lower().replace("’", "'") for match in found]),
        tuple([match.start() for match in found]),
        tuple([match.end() for match in found]),
    )


@cache
def _phrases() -> Mapping[str, Sequence[tuple[int, Mapping[_Phrase, Sequence[tuple[str, Stand]]]]]]:
    """By first word: the phrases of each length, the longest first, with their classes and how they stand."""
    found: dict[str, dict[int, dict[_Phrase, list[tuple[str, Stand]]]]] = {}
    for event, stand, entries in _sections():
        for entry in entries:
            phrase = words_of(entry, Span(0, len(entry))).forms
            alike = found.setdefault(phrase[0], {}).setdefault(len(phrase), {})
            alike.setdefault(phrase, []).append((event, stand))
    return {
        first: [
            (length, {phrase: sorted(named) for phrase, named in alike.items()})
            for length, alike in sorted(by_length.items(), reverse=True)
        ]
        for first, by_length in found.items()
    }


def find_hits(forms: Sequence[str]) -> tuple[Hit, ...]:
    """All names of classes among words; where one phrase lies inside a longer one, only the longer counts."""
    phrases = _phrases()
    hits = []
    done = 0
    for first, form in enumerate(forms):
        if form not in phrases:  # most words begin none
            continue
        for length, alike in phrases[form]:
            last = first + length
            if last <= done:
                break
            named = alike.get(tuple(forms[first:last]))
            if named is not None:
                hits += [Hit(first, last, event, stand) for event, stand in named]
                done = last
                break
    return tuple(hits)
