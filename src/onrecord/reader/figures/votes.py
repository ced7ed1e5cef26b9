"""Votes for and against, which a dash or "to" joins as it joins scores: "voted 52-35", "a vote of 7 to 2"."""

from __future__ import annotations

import re

from onrecord.reader.figures.counted import Noun
from onrecord.records import Span

__all__ = ["are_votes", "vote_noun"]

_PAIR = re.compile(r"\d[\d,]*(?: ?[-–] ?| to )\d[\d,]*(?:(?: ?[-–] ?| to )\d[\d,]*)?")
_BEFORE = re.compile(
    r"\b(?P<vote>vot(?:e|es|ed|ing)|ballot)\b(?: (?!(?:at|on|in) \d)[\w'’-]+){0,7} $|\b(?P<noun>votes?)(?: of)? $", re.I
)
_AFTER = re.compile(r"[ -](?:[a-z-]+ )?(?P<vote>votes?)\b", re.I)
_LOOK_BACK = 70


def are_votes(text: str, start: int, end: int) -> Span | None:
    """Where the word for voting stands beside the pair of numbers from `start` to `end`; None for another pair."""
    if after := _AFTER.match(text, end):
        return Span(*after.span("vote"))
    window = max(0, start - _LOOK_BACK)
    before = _BEFORE.search(text[window:start])
    if before is None or re.search(r"[.;:\n]", before[0]):
        return None
    at = before.span("vote" if before["vote"] else "noun")
    return Span(window + at[0], window + at[1])


def vote_noun(text: str, span: Span) -> Noun | None:
    """The noun "vote" of a number that is one of such a pair, with the span of the word for voting; else None."""
    if not re.match(r" ?[-–] ?\d| to \d", text[span.end : span.end + 5]) and not re.search(
        r"\d(?: ?[-–] ?| to )$", text[max(0, span.start - 5) : span.start]
    ):
        return None
    for pair in _PAIR.finditer(text, max(0, span.start - 12), span.end + 12):
        if pair.start() <= span.start and span.end <= pair.end():
            said = are_votes(text, pair.start(), pair.end())
            return Noun("vote", said, None) if said else None
    return None
