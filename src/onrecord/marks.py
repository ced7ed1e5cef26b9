"""Cuts a text at the bounds of labelled spans, so that a highlighter prints each piece once with all that covers it.

Spans of what was read overlap and nest: a figure stands in a statement, which stands in another's words. No markup
nests like that, so the text is cut into segments in which the set of labels does not change. Nothing here knows of
HTML or of terminals: a segment's text is the document's own, and whoever prints it escapes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Literal, TypeVar

from onrecord.records import Event, Figure, Moment, Span, Statement

__all__ = ["Label", "Mark", "MarkKind", "Segment", "cut", "record_marks"]

L = TypeVar("L", bound=Hashable)

MarkKind = Literal["source", "cue", "content", "figure", "moment", "event"]


@dataclass(frozen=True, slots=True)
class Mark(Generic[L]):
    """A label on a stretch of the text. The same label may stand on several stretches (interrupted speech)."""

    span: Span
    label: L


@dataclass(frozen=True, slots=True)
class Segment(Generic[L]):
    """A piece of the text under one set of labels.

    `labels` cover the whole segment, each once, the widest mark first. `opened` are the marks that start where the
    segment starts, widest first; `closed` those that end where it ends, narrowest first: the order in which a printer
    opens and shuts brackets.
    """

    span: Span
    text: str
    labels: tuple[L, ...]
    opened: tuple[Mark[L], ...]
    closed: tuple[Mark[L], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What a mark says about its words: the part they play, and the record it belongs to.

    `record` is the statement's id for its source, cue and content, an event's id for its trigger; the index in the
    reading for figures and moments.
    """

    kind: MarkKind
    record: str


def cut(text: str, marks: Iterable[Mark[L]]) -> list[Segment[L]]:
    """The text as segments, in order, without gaps: joined they give `text` again. No segments for an empty text.

    Takes marks in any order; marks that are equal count once. Raises ValueError for a mark that covers nothing or
    reaches out of the text: no segment could show it, and it must not vanish.
    """
    ordered = sorted(dict.fromkeys(marks), key=lambda m: (m.span.start, -m.span.end))
    opening: dict[int, list[Mark[L]]] = defaultdict(list)
    closing: dict[int, list[Mark[L]]] = defaultdict(list)
    for mark in ordered:
        if not 0 <= mark.span.start < mark.span.end <= len(text):
            raise ValueError(
                f"mark {mark.label!r} at {tuple(mark.span)} does not lie in a text of {len(text)} characters"
            )
        opening[mark.span.start].append(mark)
        closing[mark.span.end].append(mark)
    bounds = sorted({0, len(text), *opening, *closing})
    segments: list[Segment[L]] = []
    active: dict[Mark[L], None] = {}
    for start, end in pairwise(bounds):
        active.update(dict.fromkeys(opening[start]))
        labels = tuple(dict.fromkeys(m.label for m in active))
        closed = tuple(reversed(closing[end]))
        segments.append(Segment(Span(start, end), text[start:end], labels, tuple(opening[start]), closed))
        for mark in closed:
            del active[mark]
    return segments


def record_marks(
    statements: Iterable[Statement],
    figures: Sequence[Figure] = (),
    moments: Sequence[Moment] = (),
    events: Iterable[Event] = (),
) -> Iterator[Mark[Label]]:
    """The marks of what was read: each statement's content, source and cue, then figures, moments and triggers."""
    for statement in statements:
        parts: tuple[tuple[MarkKind, tuple[Span, ...]], ...] = (
            ("content", statement.content),
            ("source", statement.source),
            ("cue", statement.cue),
        )
        for kind, spans in parts:
            for span in spans:
                yield Mark(span, Label(kind, statement.id))
    for index, figure in enumerate(figures):
        yield Mark(figure.span, Label("figure", str(index)))
    for index, moment in enumerate(moments):
        yield Mark(moment.span, Label("moment", str(index)))
    for event in events:
        yield Mark(event.span, Label("event", event.id))
