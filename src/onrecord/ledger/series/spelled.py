"""Bare number words that are the whole subject: "five people were shot, one fatally", "left one dead and three injured".

A reading takes "one" for a pronoun there. Read are only those right in front of what happened to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.ledger.lowered import holds_any, lowered
from onrecord.reading import Reading
from onrecord.records import Span

__all__ = ["spelled"]

_VALUES = {word: float(i) for i, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_SUFFERED = ("fatally", "dead", "died", "killed", "injured", "wounded", "hurt")
_NONE = ("nobody", "no one", "no-one")
# Both are of lower-case text (see lowered).
_BARE = re.compile(
    r"\b(?=[efnost])(?<!\bno[ -])(?<!\bany )"  # the first letters alone pass over most words in half of the time
    rf"(?P<number>{'|'.join(_VALUES)})(?=,? (?:(?:of (?:them|whom)|have|has|is|are|was|were|later|"
    rf"also|reportedly|critically|seriously) ){{0,3}}(?:{'|'.join(_SUFFERED)})\b)"
)
_NOBODY = re.compile(
    rf"\b(?:{'|'.join(_NONE)})(?= (?:is|was|were|has been|have been) (?:still |also |reported |listed as )*"
    r"(?:missing|unaccounted|hurt|injured|wounded|killed|dead)\b)"
)


def spelled(reading: Reading) -> Iterator[tuple[Span, float]]:
    """Each such word that no figure of the reading covers, with its value, in the order of the text."""
    for span, value in _told(reading.document.text):
        if not any(span.overlaps(figure.span) for figure in reading.figures):
            yield span, value


def _told(text: str) -> Iterator[tuple[Span, float]]:
    lower = lowered(text)
    if holds_any(text, _SUFFERED):
        for match in _BARE.finditer(lower):
            yield Span(*match.span()), _VALUES[match["number"]]
    if holds_any(text, _NONE):
        for match in _NOBODY.finditer(lower):
            yield Span(*match.span()), 0.0
