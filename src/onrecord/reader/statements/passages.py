"""The stretches of text that the statement decoders speak of: utterances as token ranges, and paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.reader.annotated import Annotated, Sureness
from onrecord.reader.heads.words import Gap, gap_before
from onrecord.records import Span

__all__ = ["FIRST_PERSON", "Linked", "Utterance", "char_spans", "is_same", "paragraph_of", "paragraphs"]

_LINE_END = re.compile(r"[\r\n]+")

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})


@dataclass(frozen=True)
class Utterance:
    """What counts as one statement, as token ranges, before its speaker, act and date are read.

    `follows` is the position (in the list that `utterances` returns) of the utterance that it goes on from.
    """

    source: tuple[range, ...]
    cue: tuple[range, ...]
    content: tuple[range, ...]
    follows: int | None = None
    block: bool = False  # set off as a block quote: direct speech without marks
    sure: Sureness | None = None  # the attribution head's; None where the utterance was found by its form alone

    @property
    def start(self) -> int:
        return min(r.start for r in (*self.source, *self.cue, *self.content))

    def covers(self, index: int) -> bool:
        for r in self.content:  # noqa: SIM110  asked for so often that `any` and its generator are felt
            if index in r:
                return True
        return False


# An utterance and the one that it goes on from: positions are only known when all have been found.
Linked = tuple[Utterance, Utterance | None]


def is_same(one: Utterance, other: Utterance, share: float) -> bool:
    """Whether two contents have this share of their words (F1) in common, and none is told of inside of the other."""
    if any(a.cue and all(b.covers(r.start) for r in a.cue) for a, b in ((one, other), (other, one))):
        return False
    common = sum(max(0, min(a.stop, b.stop) - max(a.start, b.start)) for a in one.content for b in other.content)
    return 2 * common >= share * (sum(map(len, one.content)) + sum(map(len, other.content)))


def paragraphs(annotated: Annotated) -> list[range]:
    """Token ranges between blank lines, and between lines where a new line begins a new sentence (text may be wrapped)."""
    tokens, text = annotated.tokens, annotated.text
    cuts = [0]
    for i in _line_starts(annotated):
        gap = gap_before(text, tokens[i - 1].span.end, tokens[i].span.start)
        if gap == Gap.PARAGRAPH or (gap == Gap.LINE and tokens[i].sentence != tokens[i - 1].sentence):
            cuts.append(i)
    return [range(a, b) for a, b in pairwise([*cuts, len(tokens)]) if a < b]


def _line_starts(annotated: Annotated) -> list[int]:
    """The tokens behind line ends, in order, without the first: the only ones that a paragraph may begin with."""
    behind = dict.fromkeys(annotated.tokens_in(Span(0, m.start())).stop for m in _LINE_END.finditer(annotated.text))
    return [i for i in behind if 0 < i < len(annotated.tokens)]


def paragraph_of(where: Sequence[range], index: int) -> range:
    """The paragraph of `paragraphs` that a token stands in."""
    return where[bisect_right(where, index, key=lambda p: p.start) - 1]


def char_spans(annotated: Annotated, pieces: Sequence[range]) -> tuple[Span, ...]:
    """Token ranges → spans of characters; empty ranges are left out."""
    return tuple(annotated.span(p.start, p.stop) for p in pieces if p)
