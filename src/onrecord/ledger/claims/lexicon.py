"""What words mean to a claim: the concept that a word stands for, how much it tells, and the lists of special words.

`data/synonyms.txt` puts words of general news English together, `data/words.txt` holds the lists; both are text so that
people who know the language can correct them. How much a word tells comes from a fixed table of general English.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate
from typing import NamedTuple

import snowballstemmer

from onrecord.ledger.background import rarity
from onrecord.reader.wordlists import parse_sections
from onrecord.records import Span

__all__ = ["Word", "Words", "concept", "concept_at", "listed", "stem", "tokens", "weight", "words"]

_TOKEN = re.compile(r"(\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_STEMMER = snowballstemmer.stemmer("english")
_KEPT = 65_536  # words of which is kept what was found out about them: there is no end of names
_LONGEST = 5  # words of the longest phrase in the table of synonyms

# The rarity of a word is clamped to this range: a function word that is on no list still tells something, and of the
# words that the table has hardly seen most only say how or where, so that they must not outweigh what happened.
_LEAST, _MOST = 0.5, 4.5
UNIT = 100
"""Weights are whole numbers, so that a sum of them is the same in every order."""


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a section of `data/words.txt`. KeyError for a section that is not there."""
    return _sections("words")[name]


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word or a number by itself, wherever it stands.

    `form` is it in lower case without the 's of a possessive, which has `closing` characters; `goes_on` are the stems that
    come next in the phrases of the table of synonyms that begin with it. `negates` says that it is a negation, `tells`
    that it tells something: words of the grammar and single letters do not.
    """

    form: str
    stem: str
    concept: str
    weight: int
    goes_on: frozenset[str]
    negates: bool
    tells: bool
    closing: int


class Words(NamedTuple):
    """Words of a text in their order, and where each starts and ends, without the 's of a possessive."""

    known: list[Word]
    starts: list[int]
    ends: list[int]


def words(text: str, span: Span) -> Words:
    """The words and numbers of `text[span]`; of those that the span cuts, what is within."""
    (known, starts, ends), closed = _all_words(text)
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
    found = Words(known[first:last], starts[first:last], ends[first:last])
    if last > first and closed[last - 1] > span.end:
        _put(found, slice(-1, None), _TOKEN.search(text, starts[last - 1], span.end))
    if first > 0 and closed[first - 1] > span.start:
        _put(found, slice(0), _TOKEN.search(text, span.start, min(closed[first - 1], span.end)))
    return found


def _put(found: Words, where: slice, cut: re.Match[str] | None) -> None:
    """Put what is left of a word there; nothing is of "’s" without the s, and of marks within a number."""
    if cut is not None:
        word = _word(cut[0])
        found.known[where], found.starts[where], found.ends[where] = [word], [cut.start()], [cut.end() - word.closing]


def tokens(text: str, span: Span) -> Sequence[tuple[str, Span]]:
    """The words and numbers of `text[span]` in lower case, without the 's of a possessive."""
    return [(word.form, Span(start, end)) for word, start, end in zip(*words(text, span), strict=True)]


@lru_cache(maxsize=8)  # every word of an article is asked for several times, in spans of many kinds
def _all_words(text: str) -> tuple[Words, list[int]]:
    """The words of `text`, and where each ends with the 's of a possessive."""
    # What stands between words and they themselves by turns: their lengths give the places without a match for each.
    pieces = _TOKEN.split(text)
    bounds = [*accumulate(map(len, pieces))]
    starts, closed = bounds[:-1:2], bounds[1::2]
    known = [*map(_word, pieces[1::2])]
    return Words(known, starts, [end - word.closing for word, end in zip(known, closed, strict=True)]), closed


@lru_cache(maxsize=_KEPT)
def _word(written: str) -> Word:
    form = written.lower().replace("’", "'")
    closing = len("'s") if form.endswith("'s") else 0
    form = form.removesuffix("'s")
    term, _ = concept([form])
    shortened = form.endswith("n't")
    return Word(
        form=form,
        stem=stem(form),
        concept=term,
        weight=weight(term, form),
        goes_on=_followers().get(stem(form), frozenset()),
        negates=shortened or form in listed("negations"),
        tells=not (shortened or len(form) < 2 or form in listed("stop")),
        closing=closing,
    )


@lru_cache(maxsize=_KEPT)
def stem(form: str) -> str:
    if form.replace(",", "").replace(".", "").isdecimal():
        return form  # one in ten of the words that are new in an article is a number, and a stem takes 20 µs
    return str(_STEMMER.stemWord(_irregular().get(form, form)))


def concept(forms: Sequence[str]) -> tuple[str, int]:
    """The concept at the start of `forms`, and how many of them it takes: the longest phrase of the table, else one."""
    return _concept([stem(form) for form in forms[:_LONGEST]])


def concept_at(known: Sequence[Word], position: int) -> tuple[str, int]:
    """The concept of the words from `position` on, and how many of them it takes, as `concept` has it of their forms."""
    word = known[position]
    if word.goes_on and position + 1 < len(known) and known[position + 1].stem in word.goes_on:
        return _concept([word.stem for word in known[position : position + _LONGEST]])
    return word.concept, 1  # nearly always


def _concept(stems: Sequence[str]) -> tuple[str, int]:
    phrases = _phrases()
    for length in range(len(stems), 1, -1):
        if (found := phrases.get(tuple(stems[:length]))) is not None:
            return found, length
    return phrases.get((stems[0],), stems[0]), 1


def weight(term: str, form: str) -> int:
    """How much it tells that two propositions share the concept `term`, here in the word `form`: 50 to 450.

    The words of a section weigh as its commonest does, so that it does not matter which of them a report has.
    """
    known = _group_rarity().get(term)
    value = known if known is not None else rarity(form)
    return round(UNIT * min(max(value, _LEAST), _MOST))


@cache
def _sections(name: str) -> dict[str, frozenset[str]]:
    source = resources.files("onrecord").joinpath("ledger", "claims", "data", f"{name}.txt")
    return dict(parse_sections(name, source.read_text(encoding="utf-8")))


@cache
def _irregular() -> dict[str, str]:
    return dict(entry.split(">") for entry in listed("irregular"))


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    """Stems of each word or phrase of the synonyms → the stem-like name of its concept."""
    found: dict[tuple[str, ...], str] = {}
    for name, entries in sorted(_sections("synonyms").items()):
        for entry in sorted(entries):
            key = tuple(stem(form) for form in entry.split())
            if found.setdefault(key, f"={name}") != f"={name}":
                raise ValueError(f"synonyms.txt: {entry!r} stands in [{name}] and in [{found[key][1:]}]")
    return found


@cache
def _followers() -> dict[str, frozenset[str]]:
    """For each stem that begins a phrase, the second ones."""
    found: dict[str, set[str]] = {}
    for first, *rest in _phrases():
        if rest:
            found.setdefault(first, set()).add(rest[0])
    return {first: frozenset(second) for first, second in found.items()}


@cache
def _group_rarity() -> dict[str, float]:
    return {
        f"={name}": min(rarity(entry) if " " not in entry else _MOST for entry in entries)
        for name, entries in _sections("synonyms").items()
    }
