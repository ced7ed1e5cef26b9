"""Numbers whose noun was said before: "6 million homes, including 1.5 million here"; "that number is near 40,000"."""

from __future__ import annotations

import re

from onrecord.reader.annotated import Annotated
from onrecord.reader.figures.counted import Noun, anchor_of, tally_of
from onrecord.records import Figure, Span

__all__ = ["noun_said_before"]

# What opens a second number of the same things, and what may follow one that has no noun of its own.
_OPENED = re.compile(
    r"\b(?:including|of whom|of which|of them|among them|compared (?:with|to)|up from|down from|versus|against|from)"
    r" (?:about |around |some |nearly |at least |more than |over |only |just )?$",
    re.I,
)
_STANDS_ALONE = re.compile(
    r" (?:in|on|at|from|for|to|by|last|a|the|were|was|are|is|of (?:them|whom|which)|who|that|and|who)\b|[,.;:)\n]|$"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+[A-Z\"“]|\n")
_POINTING = frozenset({"that", "this", "the", "its", "their"})


def noun_said_before(annotated: Annotated, span: Span, previous: Figure | None, *, tree: bool) -> Noun | None:
    """The noun that the number at `span` takes over from the figure before it; None where nothing says that it does."""
    if previous is None or previous.counted is None or previous.unit is not None:
        return None
    text, counted = annotated.text, previous.counted
    said = Noun(counted.noun, counted.span, None)
    same_sentence = not _SENTENCE_END.search(text, previous.span.end, span.start)
    if same_sentence and _OPENED.search(text[max(0, span.start - 40) : span.start]):
        return said if _STANDS_ALONE.match(text, span.end) else None
    if not tree or (anchor := anchor_of(annotated, span)) is None:
        return None
    tally = tally_of(annotated, anchor)
    if tally is None or annotated.dependents(tally.index, "nmod", "compound", "amod", "acl"):
        return None
    before = annotated.tokens[tally.index - 1].text.lower() if tally.index else ""
    return said if before in _POINTING else None
