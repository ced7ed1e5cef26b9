"""A reading: everything read from one document, as JSON for programs and as highlighted HTML for notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from html import escape
from typing import Any

from onrecord.marks import Label, Mark, Segment, cut, record_marks
from onrecord.records import (
    SCHEMA_VERSION,
    Document,
    Entity,
    Event,
    Figure,
    Mention,
    Moment,
    Rejected,
    Statement,
)

_KINDS = ("entities", "mentions", "statements", "moments", "figures", "events", "rejected")
__all__ = ["Reading", "plain"]

_FIELDS: dict[type, tuple[str, ...]] = {}


def plain(value: Any) -> Any:
    """Records and rows as dictionaries, tuples as lists.

    `dataclasses.asdict` copies every leaf: an eighth of a reading's time.
    """
    kind = type(value)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()
    if _FIELDS[kind]:
        return {name: plain(getattr(value, name)) for name in _FIELDS[kind]}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one document, with the name and version of the weights that read it.

    `rejected` holds the words that looked like a record but could not be read as one.
    """

    document: Document
    model: str
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    moments: tuple[Moment, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The record schema, version 1: the document's fields, `model`, and a list for each kind of record."""
        record: dict[str, Any] = {"schema": SCHEMA_VERSION, **plain(self.document), "model": self.model}
        for kind in _KINDS:
            record[kind] = plain(getattr(self, kind))
        return record

    def to_json(self) -> str:
        """One line of JSON in the record schema; characters outside ASCII stand as they are."""
        return json.dumps(self.as_dict(), ensure_ascii=False)

    def name_of(self, entity: str) -> str:
        """The best name of the entity with this id. KeyError where the reading has no such entity."""
        for candidate in self.entities:
            if candidate.id == entity:
                return candidate.name
        raise KeyError(entity)

    def speaker_of(self, statement: Statement) -> str | None:
        """Who a statement is from: its speaker's best name, else the words of its source, else None."""
        if statement.speaker is not None:
            return self.name_of(statement.speaker)
        return " … ".join(span.of(self.document.text) for span in statement.source) or None

    def _repr_html_(self) -> str:
        """The text with what was read marked in it, for a notebook. Every character of the document is escaped."""
        document = self.document
        facts = [
            document.publisher,
            document.published,
            f"{len(self.statements)} statements",
            f"{len(self.figures)} figures",
        ]
        head = (
            f"<b>{escape(document.title or 'Untitled')}</b><br><small>{escape(' · '.join(filter(None, facts)))}</small>"
        )
        notes = dict(self._notes())
        body = "".join(_segment_html(segment, notes) for segment in self._segments())
        return f'<div class="onrecord-reading"><style>{_STYLE}</style><p>{head}</p><div class="text">{body}</div></div>'

    def _segments(self) -> list[Segment[Label | str]]:
        marks: list[Mark[Label | str]] = [
            Mark(b.span, b.kind)
            for b in self.document.blocks
            if b.kind in ("heading", "boilerplate") and b.span.of(self.document.text)
        ]
        marks += (Mark(m.span, m.label) for m in record_marks(self.statements, self.figures, self.moments))
        return cut(self.document.text, marks)

    def _notes(self) -> Iterator[tuple[Label, str]]:
        """What a reader sees on pointing at a mark: the normal form beside the words."""
        for number, statement in enumerate(self.statements, 1):
            who = self.speaker_of(statement) or "unnamed source"
            yield Label("content", statement.id), f"{number}: {who}, {statement.act}"
        for index, figure in enumerate(self.figures):
            ends = ("" if end is None else f"{end:,g}" for end in dict.fromkeys((figure.low, figure.high)))
            yield Label("figure", str(index)), " ".join(filter(None, (figure.bound, "…".join(ends), figure.unit)))
        for index, moment in enumerate(self.moments):
            yield Label("moment", str(index)), moment.value


# Jupyter's dark theme does not set prefers-color-scheme: text keeps the notebook's own colour, tints are see-through.
_STYLE = """
.onrecord-reading .text { white-space: pre-wrap; max-width: 46em; line-height: 1.6 }
.onrecord-reading .heading { font-weight: bold }
.onrecord-reading .boilerplate { opacity: .55 }
.onrecord-reading .content { background: rgba(110, 150, 255, .22) }
.onrecord-reading .source { font-weight: bold; background: rgba(60, 190, 110, .25) }
.onrecord-reading .cue { font-style: italic; background: rgba(240, 160, 40, .28) }
.onrecord-reading .figure { text-decoration: underline 2px }
.onrecord-reading .moment { text-decoration: underline dashed }
"""


def _segment_html(segment: Segment[Label | str], notes: dict[Label, str]) -> str:
    """One segment as HTML: its labels as classes, its notes as the title, a number where a content starts."""
    if not segment.labels:
        return escape(segment.text)
    kinds = dict.fromkeys(label if isinstance(label, str) else label.kind for label in segment.labels)
    said = [notes[label] for label in segment.labels if isinstance(label, Label) and label in notes]
    numbers = [
        notes[mark.label].partition(":")[0]
        for mark in segment.opened
        if isinstance(mark.label, Label) and mark.label.kind == "content"
    ]
    number = f"<sup>{escape(' '.join(numbers))}</sup>" if numbers else ""
    title = f' title="{escape("; ".join(said))}"' if said else ""
    return f'<span class="{" ".join(kinds)}"{title}>{number}{escape(segment.text)}</span>'
