"""What words mean to a claim: the concept that a word stands for, how much it tells, and the lists of special words.

`data/synonyms.txt` puts words of general news English together, `data/words.txt` holds the lists; both are text so that
people who know the language can correct them. How much a word tells comes from a fixed table of general English.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources

import snowballstemmer

from onrecord.ledger.background import rarity
from onrecord.reader.wordlists import parse_sections
from onrecord.records import Span

__all__ = ["begins_phrase", "concept", "listed", "stem", "tokens", "weight"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
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


def tokens(text: str, span: Span) -> Sequence[tuple[str, Span]]:
    """The words and numbers of `text[span]` in lower case, without the 's of a possessive."""
    starts, ends, found = _all_tokens(text)
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
    begins_within = first > 0 and ends[first - 1] > span.start
    ends_within = last > first and ends[last - 1] > span.end
    if not begins_within and not ends_within:
        return found[first:last]
    rest = [token for token, _ in _tokens(text, span.start, min(ends[first - 1], span.end))] if begins_within else []
    rest += found[first : last - ends_within]
    return rest + [token for token, _ in _tokens(text, starts[last - 1], span.end)] if ends_within else rest


@lru_cache(maxsize=8)  # every word of an article is asked for several times, in spans of many kinds
def _all_tokens(text: str) -> tuple[list[int], list[int], list[tuple[str, Span]]]:
    """Where each word of `text` starts, where it ends with the 's of a possessive, and the word."""
    found = list(_tokens(text, 0, len(text)))
    return [token[1].start for token, _ in found], [end for _, end in found], [token for token, _ in found]


def _tokens(text: str, start: int, end: int) -> Iterator[tuple[tuple[str, Span], int]]:
    for match in _TOKEN.finditer(text, start, end):
        form = match[0].lower().replace("’", "'")
        start, end = match.span()
        if form.endswith("'s"):
            yield (form[:-2], Span(start, end - 2)), end
        else:
            yield (form, Span(start, end)), end


@lru_cache(maxsize=_KEPT)
def stem(form: str) -> str:
    return str(_STEMMER.stemWord(_irregular().get(form, form)))


def begins_phrase(form: str) -> bool:
    """Whether a phrase of the table of synonyms begins with the word: `concept` can take more than it only then."""
    return _longest().get(stem(form), 0) > 1


def concept(forms: Sequence[str]) -> tuple[str, int]:
    """The concept at the start of `forms`, and how many of them it takes: the longest phrase of the table, else one."""
    first = stem(forms[0])
    phrases = _phrases()
    longest = _longest().get(first, 0)  # most words begin no phrase
    if longest > 1:
        stems = [first, *(stem(form) for form in forms[1:longest])]
        for length in range(len(stems), 1, -1):
            if (found := phrases.get(tuple(stems[:length]))) is not None:
                return found, length
    return phrases.get((first,), first), 1


@lru_cache(maxsize=_KEPT)
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
def _longest() -> dict[str, int]:
    """For each stem that begins a phrase, the words of the longest one, at most _LONGEST."""
    found: dict[str, int] = {}
    for key in _phrases():
        found[key[0]] = max(found.get(key[0], 0), min(len(key), _LONGEST))
    return found


@cache
def _group_rarity() -> dict[str, float]:
    return {
        f"={name}": min(rarity(entry) if " " not in entry else _MOST for entry in entries)
        for name, entries in _sections("synonyms").items()
    }
