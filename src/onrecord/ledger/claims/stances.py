"""What a statement does with its content: asserts it, denies it, leaves it open; points back; takes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.ledger.claims.lexicon import listed, stem, words
from onrecord.ledger.claims.model import Mode, Stance
from onrecord.records import Span, Statement

__all__ = [
    "Attitude",
    "attitude",
    "disbelieves",
    "has_negation",
    "is_admission",
    "is_repeated",
    "is_withdrawal",
    "reference",
    "says_there_is_none",
]

# "There were no looters" denies that there were: nobody says it of what nobody has claimed.
_NONE_IS = re.compile(r"(?:that\s+)?[Tt]here\s+(?:is|was|were|are|has\s+been|have\s+been|had\s+been)\s+(?:no|never)\b")


_UNBELIEVED = re.compile(
    r"(?:\b(?:not|never|nobody should)|n['’]t)\s+(?:believe|trust|listen\s+to)\s+"
    r"(?:those|anyone|anybody|people|them)\s+who$",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:still|again|continue[sd]?\s+to|continuing\s+to)\s+$", re.IGNORECASE)
_BEFORE = 40  # characters


class Attitude(NamedTuple):
    """`flips` says that the content is negated in its own words and denied by that: it is kept as what is denied."""

    stance: Stance
    mode: Mode
    flips: bool


def attitude(text: str, statement: Statement) -> Attitude:
    """The stance of a statement to its content, by its act, cue and source."""
    cue = _cue(text, statement.cue).stems
    source = " ".join(span.of(text) for span in statement.source).lower().strip(" :")
    nobody = source in listed("nobody")
    negated = statement.negated != nobody
    denial = statement.act == "deny" and (bool(cue & _stemmed("denials")) or not cue)
    if statement.act in ("thank", "ask") or source in listed("questioners"):
        return Attitude("holds", "question", False)
    if statement.act == "demand":
        return Attitude("neither" if negated else "holds", "demand", False)
    if negated:
        opinion = statement.act in ("think", "judge", "predict") and bool(cue & _stemmed("opinions"))
        return Attitude("denies" if opinion else "neither", "fact", False)
    if cue & _stemmed("doubts") and statement.act != "report":
        return Attitude("neither", "fact", False)
    if not denial and _asks(text, statement.content[0]):
        return Attitude("neither", "fact", False)
    if denial:
        return Attitude("denies", "fact", False)
    flips = statement.act == "deny" and any(has_negation(text, [span]) for span in statement.content)
    return Attitude("denies" if flips else "holds", "fact", flips)


def says_there_is_none(text: str, start: int) -> bool:
    """Whether the words at `start` deny that there is or was something: "there were no looters"."""
    return _NONE_IS.match(text, start) is not None


def has_negation(text: str, spans: Sequence[Span]) -> bool:
    return any(word.negates for span in spans for word in words(text, span).known)


def reference(text: str, spans: Sequence[Span], names: Sequence[Span]) -> tuple[str | None, bool]:
    """What words that say nothing themselves point at (`claim`, `plan` or `figure`; None where they say something), and
    whether they call it untrue: "this", "the accusation", "there is no such plan", "that is a lie".
    """
    pointing, quiet = _pointing(), listed("stop")
    forms, stems, negated = set(), set(), False
    for span in spans:
        for word, start, end in zip(*words(text, span), strict=True):
            # "the Talvenian account": an adjective of a name names, too
            if word.form[0].isdigit() or (text[start].isupper() and start > spans[0].start):
                continue
            if any(name.start <= start and end <= name.end for name in names):
                continue
            forms.add(word.form)
            negated = negated or word.negates
            # "The report" tells nothing in a sentence, but by itself it points.
            if word.stem in pointing:
                stems.add(word.stem)
            elif word.form not in quiet and not word.negates:
                return None, False  # it says something: nearly all do, most with their first words
    nouns, dismissed = stems & _stemmed("reference nouns"), stems & _stemmed("dismissals")
    # "She was not wrong" upholds what it points at.
    rebuts = not negated if dismissed - nouns else bool(nouns) and negated
    if not (nouns or dismissed or forms & {"it", "this", "that", "these", "those", "so"}):
        return None, False
    if nouns & _stemmed("plan nouns"):
        return "plan", rebuts
    return ("figure" if nouns & _stemmed("number nouns") else "claim"), rebuts


def is_withdrawal(text: str, spans: Sequence[Span]) -> bool:
    """Whether the words of a cue say that the speaker takes something back."""
    return bool(_cue(text, tuple(spans)).stems & _stemmed("withdrawals"))


def is_admission(text: str, spans: Sequence[Span]) -> bool:
    """Whether the words of a cue concede what follows: "admitted", "acknowledged for the first time"."""
    return bool(_cue(text, tuple(spans)).stems & _stemmed("admissions"))


def is_repeated(text: str, spans: Sequence[Span]) -> bool:
    """Whether the words of a cue say that it was said before: "continued to deny", "still denies"."""
    return not _cue(text, tuple(spans)).forms.isdisjoint(listed("again")) or any(
        _AGAIN.search(text, max(0, span.start - _BEFORE), span.start) is not None for span in spans
    )


def disbelieves(text: str, source: Sequence[Span]) -> bool:
    """Whether the source of a statement is those whom one is told not to believe: "do not believe those who say"."""
    if not source or source[0].of(text).lower().split()[-1:] != ["who"]:
        return False
    return _UNBELIEVED.search(text, max(0, source[0].start - _BEFORE), source[0].end) is not None


def _asks(text: str, content: Span) -> bool:
    first = words(text, content).known[:1]
    return bool(first) and first[0].form in listed("asked")


class _Cue(NamedTuple):
    forms: frozenset[str]
    stems: frozenset[str]


@lru_cache(maxsize=64)  # each part of a statement asks four times about the same cue
def _cue(text: str, spans: tuple[Span, ...]) -> _Cue:
    known = [word for span in spans for word in words(text, span).known]
    return _Cue(frozenset(word.form for word in known), frozenset(word.stem for word in known))


@cache
def _pointing() -> frozenset[str]:
    return _stemmed("reference nouns") | _stemmed("dismissals")


@cache
def _stemmed(name: str) -> frozenset[str]:
    return frozenset(stem(entry) for entry in listed(name))
