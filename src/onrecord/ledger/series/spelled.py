"""Bare number words that are the whole subject: "five people were shot, one fatally", "left one dead and three injured".

A reading takes "one" for a pronoun there. Read are only those right in front of what happened to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.reading import Reading
from onrecord.records import Span

__all__ = ["spelled"]

_VALUES = {word: float(i) for i, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_BARE = re.compile(
    rf"(?<!\bno[ -])(?<!\bany )\b(?P<number>{'|'.join(_VALUES)})(?=,? (?:(?:of (?:them|whom)|have|has|is|are|was|were|later|"
    r"also|reportedly|critically|seriously) ){0,3}(?:fatally|dead|died|killed|injured|wounded|hurt)\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?P<number>nobody|no one|no-one)(?= (?:is|was|were|has been|have been) (?:still |also |reported |listed as )*"
    r"(?:missing|unaccounted|hurt|injured|wounded|killed|dead)\b)",
    re.IGNORECASE,
)


def spelled(reading: Reading) -> Iterator[tuple[Span, float]]:
    """Each such word that no figure of the reading covers, with its value, in the order of the text."""
    taken = [f.span for f in reading.figures]
    for match in _BARE.finditer(reading.document.text):
        span = Span(match.start("number"), match.end("number"))
        if not any(span.overlaps(other) for other in taken):
            yield span, _VALUES[match["number"].lower()]
    for match in _NOBODY.finditer(reading.document.text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in taken):
            yield span, 0.0
