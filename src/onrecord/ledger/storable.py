"""Whether a reading can be stored as it stands: refused with a reason before the first row is written.

Most of this guards against readers, ours included: a record that points outside the text or at an entity that is not
there must never reach a table, where nobody would find out why.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, get_args

from onrecord.errors import Malformed
from onrecord.reading import Reading
from onrecord.records import (
    Act,
    BlockKind,
    Bound,
    Change,
    Edge,
    EntityType,
    Event,
    Figure,
    Manner,
    Mention,
    MentionForm,
    Moment,
    MomentType,
    Rejected,
    Span,
    Statement,
    Status,
    Tally,
)

__all__ = ["problem_of", "require_storable"]

# Lone surrogates cannot be written as UTF-8, and PostgreSQL stores no U+0000, at which SQLite's own functions stop
# short.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_ALLOWED: dict[str, frozenset[str]] = {
    "BlockKind": frozenset(get_args(BlockKind)),
    "EntityType": frozenset(get_args(EntityType)),
    "MentionForm": frozenset(get_args(MentionForm)),
    "Manner": frozenset(get_args(Manner)),
    "Act": frozenset(get_args(Act)),
    "MomentType": frozenset(get_args(MomentType)),
    "Edge": frozenset(get_args(Edge)),
    "Bound": frozenset(get_args(Bound)),
    "Change": frozenset(get_args(Change)),
    "Tally": frozenset(get_args(Tally)),
    "Status": frozenset(get_args(Status)),
}


def require_storable(reading: Reading, name: str) -> None:
    """Raise Malformed, naming the input and the record, unless every span lies in the text and every id is defined."""
    problem = problem_of(reading)
    if problem is not None:
        raise Malformed(name, problem)


def problem_of(reading: Reading) -> str | None:
    """Why a reading cannot be stored, naming the record; None where it can."""
    return next(_problems(reading), None)


def _problems(reading: Reading) -> Iterator[str]:
    document = reading.document
    if not document.id:
        yield "the document has no id"
    if not _storable(reading):
        yield from _unstorable(reading, "reading")
    yield from _spans(reading)
    yield from _ids(reading)
    yield from _values(reading)


def _storable(reading: Reading) -> bool:
    """Whether `_unstorable` finds nothing, in a quarter of its time: nearly every reading has nothing to find."""
    found: list[str] = []
    _gather((reading,), found)
    return _UNSTORABLE.search("\n".join(found)) is None


def _gather(values: Iterable[Any], found: list[str]) -> None:
    """Add all words that these values hold."""
    for value in values:
        kind: Any = type(value)
        if isinstance(value, str):
            found.append(value)
        elif kind not in _WORDLESS:
            _gather(value if isinstance(value, tuple) else _values_of(kind)(value), found)


_WORDLESS = frozenset((NoneType, bool, int, float, Span))


@cache
def _values_of(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    names = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)


def _unstorable(value: object, where: str) -> Iterator[str]:
    if isinstance(value, str):
        if match := _UNSTORABLE.search(value):
            yield f"{where} holds U+{ord(match[0]):04X} at character {match.start()}, which no database stores"
    elif isinstance(value, tuple):
        for item in value:
            yield from _unstorable(item, where)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _unstorable(getattr(value, field.name), f"{type(value).__name__.lower()}.{field.name}")


def _spans(reading: Reading) -> Iterator[str]:
    length = len(reading.document.text)
    named: list[tuple[str, Span]] = [("block", b.span) for b in reading.document.blocks]
    named += [("role", r.span) for e in reading.entities for r in e.roles]
    for statement in reading.statements:
        named += [(f"statement {statement.id}", s) for s in statement.source + statement.cue + statement.content]
    named += [(f"event {e.id}", e.span) for e in reading.events]
    named += [("counted", f.counted.span) for f in reading.figures if f.counted]
    records: tuple[Mention | Moment | Figure | Rejected, ...] = (
        *reading.mentions,
        *reading.moments,
        *reading.figures,
        *reading.rejected,
    )
    named += [(type(record).__name__.lower(), record.span) for record in records]
    for what, span in named:
        if not 0 <= span.start <= span.end <= length:
            yield f"{what} points at characters {span.start} to {span.end} of a text of {length}"
        elif span.start == span.end and what != "block":
            yield f"{what} at character {span.start} points at nothing"


def _ids(reading: Reading) -> Iterator[str]:
    entities = {e.id for e in reading.entities}
    statements = {s.id for s in reading.statements}
    events = {e.id for e in reading.events}
    for kind, records, ids in (
        ("entities", reading.entities, entities),
        ("statements", reading.statements, statements),
        ("events", reading.events, events),
    ):
        if len(records) != len(ids):
            yield f"two {kind} have the same id"
    wanted: list[tuple[str, str | None, set[str], str]] = []
    wanted += [("a mention", m.entity, entities, "entity") for m in reading.mentions]
    for statement in reading.statements:
        wanted.append((f"statement {statement.id}", statement.speaker, entities, "entity"))
        wanted.append((f"statement {statement.id}", statement.within, statements, "statement"))
    for figure in reading.figures:
        wanted += [("a figure", event, events, "event") for event in (figure.event, *figure.or_events)]
        wanted.append(("a figure", figure.statement, statements, "statement"))
        wanted.append(("a figure", figure.counted.of if figure.counted else None, entities, "entity"))
    for event in reading.events:
        wanted.append((f"event {event.id}", event.statement, statements, "statement"))
        wanted += [(f"event {event.id}", e, entities, "entity") for e in event.actor + event.target + event.place]
        if event.moment is not None and not 0 <= event.moment < len(reading.moments):
            yield f"event {event.id} names moment {event.moment} of {len(reading.moments)}"
    for what, key, defined, kind in wanted:
        if key is not None and key not in defined:
            yield f"{what} names the {kind} {key!r}, which the reading does not hold"
    yield from _circles(reading.statements)


def _circles(statements: tuple[Statement, ...]) -> Iterator[str]:
    within = {s.id: s.within for s in statements}
    settled: set[str | None] = {None}
    for start in within:
        path: set[str] = set()
        at: str | None = start
        while at is not None and at not in settled:
            if at in path:
                yield f"statement {at} is nested in itself"
                break
            path.add(at)
            at = within.get(at)
        settled |= path


def _values(reading: Reading) -> Iterator[str]:
    words: list[tuple[str, str | None]] = [("BlockKind", b.kind) for b in reading.document.blocks]
    words += [("EntityType", e.type) for e in reading.entities]
    words += [("MentionForm", m.form) for m in reading.mentions]
    words += [(kind, word) for s in reading.statements for kind, word in (("Manner", s.manner), ("Act", s.act))]
    words += [(kind, word) for m in reading.moments for kind, word in (("MomentType", m.type), ("Edge", m.edge))]
    words += [
        (kind, word)
        for f in reading.figures
        for kind, word in (("Bound", f.bound), ("Change", f.change), ("Tally", f.tally))
    ]
    words += [("Status", e.status) for e in reading.events]
    for kind, word in words:
        if word not in _ALLOWED[kind] and not (word is None and kind in {"Edge", "Change", "Tally"}):
            yield f"{word!r} is not one of {', '.join(sorted(_ALLOWED[kind]))}"
    weighed: tuple[Statement | Figure | Event, ...] = (*reading.statements, *reading.figures, *reading.events)
    for record in weighed:
        if not 0.0 <= record.confidence <= 1.0:
            yield f"a {type(record).__name__.lower()} has a confidence of {record.confidence}"
    for figure in reading.figures:
        if any(end is not None and not abs(end) <= sys.float_info.max for end in (figure.low, figure.high)):
            yield "a figure has an end that is not a finite number"
