"""Writing readings into their tables, inside a transaction that the caller holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, update

from onrecord.ledger import schema as t
from onrecord.ledger.context import sentence_around
from onrecord.ledger.dates import days
from onrecord.ledger.inserting import numbers, put
from onrecord.ledger.names import identity_key, name_key
from onrecord.reading import Reading
from onrecord.records import Entity, Figure, Span, Statement

__all__ = ["GAP", "remove", "rows_of", "write"]

# Stands between the pieces of interrupted words in the text columns: «"Troops are there … and they fight"».
GAP = " … "

Row = tuple[Any, ...]

_REMOVE = delete(t.documents).where(t.documents.c.id == bindparam("gone"))
_NEST = update(t.statements).where(t.statements.c.id == bindparam("nested")).values(within=bindparam("outer"))

_SPAN = ("span_start", "span_end")
_DAYS = ("day_first", "day_last")
# In the order of writing: what a row refers to comes before it.
_COLUMNS: dict[Table, tuple[str, ...]] = {
    t.documents: (
        *("id", "hash", "title", "publisher", "published", "author", "url", "lang", "model", "characters", "text"),
        *("seal", *_DAYS),
    ),
    t.blocks: ("document", "kind", *_SPAN),
    t.dates: ("document", "value", "origin"),
    t.entities: ("id", "document", "key", "type", "name", "ref", "name_key", "identity"),
    t.aliases: ("entity", "name", "name_key"),
    t.roles: ("entity", "title", "of_entity", "of_text", *_SPAN),
    t.mentions: ("document", "entity", "form", *_SPAN),
    t.statements: (
        *("id", "document", "key", "speaker", "speaker_name", "source", "cue", "content", "manner", "act", "negated"),
        *("said_on", "confidence", *_DAYS),
    ),
    t.statement_spans: ("statement", "part", *_SPAN),
    t.moments: ("id", "document", "type", "value", "starts", "ends", "edge", *_SPAN),
    t.events: ("id", "document", "key", "type", "lemma", "status", "moment", "statement", "confidence", *_SPAN),
    t.event_entities: ("event", "part", "entity"),
    t.figures: (
        *("id", "document", "low", "high", "bound", "unit", "change", "tally", "noun", "counted_of", "of_name"),
        *("event", "statement", "confidence", "context", *_SPAN, "counted_start", "counted_end"),
        *("context_start", "context_end", *_DAYS),
    ),
    t.figure_events: ("figure", "event"),
    t.rejected: ("document", "reason", *_SPAN),
}


def remove(connection: Connection, document: int) -> None:
    """Delete a document and all that was read of it."""
    connection.execute(_REMOVE, {"gone": document})


def write(connection: Connection, readings: Sequence[tuple[Reading, str]]) -> list[int]:
    """Put readings of documents that the ledger does not hold, which can be stored, into the tables, each with its seal;
    their rows."""
    rows = _Rows(connection, [reading for reading, _ in readings])
    written = [rows.add(reading, seal) for reading, seal in readings]
    for table, columns in _COLUMNS.items():
        put(connection, table, columns, rows.of[table])
    if rows.nested:
        connection.execute(_NEST, rows.nested)
    return written


def rows_of(
    reading: Reading, seal: str, document: int, numbers: dict[Table, Iterator[int]]
) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The rows that stand for a reading, by table, its records having these numbers: as `write` puts them, by column."""
    one = _One(reading, seal, document, numbers)
    nested = {link["nested"]: link["outer"] for link in one.nested()}
    for table, rows in one.rows():
        named = [dict(zip(_COLUMNS[table], row, strict=True)) for row in rows]
        if table is t.statements:
            named = [row | {"within": nested.get(row["id"])} for row in named]
        yield table, named


class _Rows:
    """The rows that readings make, by table. Their numbers are known before, since rows of other tables refer to them."""

    def __init__(self, connection: Connection, readings: Sequence[Reading]) -> None:
        self.of: dict[Table, list[Row]] = defaultdict(list)
        self.nested: list[dict[str, int]] = []  # statements and those that they are nested in, which may come later
        counted = {
            t.documents: len(readings),
            t.entities: sum(len(r.entities) for r in readings),
            t.statements: sum(len(r.statements) for r in readings),
            t.moments: sum(len(r.moments) for r in readings),
            t.events: sum(len(r.events) for r in readings),
            t.figures: sum(len(r.figures) for r in readings),
        }
        self._free = {table: iter(numbers(connection, table, count)) for table, count in counted.items()}

    def add(self, reading: Reading, seal: str) -> int:
        """The rows of one reading; the number of its document."""
        one = _One(reading, seal, next(self._free[t.documents]), self._free)
        for table, rows in one.rows():
            self.of[table].extend(rows)
        self.nested.extend(one.nested())
        return one.document


class _One:
    """Maps the ids of one reading (`e1`, `s3`) to the numbers of their rows while it makes them."""

    def __init__(self, reading: Reading, seal: str, document: int, free: dict[Table, Iterator[int]]) -> None:
        self._reading = reading
        self._seal = seal
        self._text = reading.document.text
        self.document = document
        self._named = {e.id: e.name for e in reading.entities}
        self._said = {s.id: s for s in reading.statements}
        self._entity = {e.id: next(free[t.entities]) for e in reading.entities}
        self._statement = {s.id: next(free[t.statements]) for s in reading.statements}
        self._moment = [next(free[t.moments]) for _ in reading.moments]
        self._event = {e.id: next(free[t.events]) for e in reading.events}
        self._figure = [next(free[t.figures]) for _ in reading.figures]
        self._days = _days(reading.document.published)

    def rows(self) -> Iterator[tuple[Table, Iterable[Row]]]:
        reading, document, entity = self._reading, self.document, self._entity
        yield t.documents, [self._document_row()]
        yield t.blocks, [(document, b.kind, *b.span) for b in reading.document.blocks]
        yield t.dates, [(document, d.value, d.origin) for d in reading.document.dates]
        yield (
            t.entities,
            [
                (entity[e.id], document, e.id, e.type, e.name, e.ref, name_key(e.name), identity_key(e))
                for e in reading.entities
            ],
        )
        yield t.aliases, [(entity[e.id], alias, name_key(alias)) for e in reading.entities for alias in e.aliases]
        yield t.roles, [row for e in reading.entities for row in self._role_rows(e)]
        yield t.mentions, [(document, entity[m.entity], m.form, *m.span) for m in reading.mentions]
        yield t.statements, [self._statement_row(s) for s in reading.statements]
        yield (
            t.statement_spans,
            [
                (self._statement[s.id], part, *span)
                for s in reading.statements
                for part, spans in (("source", s.source), ("cue", s.cue), ("content", s.content))
                for span in spans
            ],
        )
        yield (
            t.moments,
            [
                (number, document, m.type, m.value, m.start, m.end, m.edge, *m.span)
                for number, m in zip(self._moment, reading.moments, strict=True)
            ],
        )
        yield from self._events()
        yield t.figures, [self._figure_row(f, row) for f, row in zip(reading.figures, self._figure, strict=True)]
        yield (
            t.figure_events,
            [
                (row, self._event[event])
                for figure, row in zip(reading.figures, self._figure, strict=True)
                for event in figure.or_events
            ],
        )
        yield t.rejected, [(document, r.reason, *r.span) for r in reading.rejected]

    def nested(self) -> Iterator[dict[str, int]]:
        for statement in self._reading.statements:
            if statement.within is not None:
                yield {"nested": self._statement[statement.id], "outer": self._statement[statement.within]}

    def _document_row(self) -> Row:
        d = self._reading.document
        facts = (d.id, d.title, d.publisher, d.published, d.author, d.url, d.lang)
        return (self.document, *facts, self._reading.model, len(d.text), d.text, self._seal, *self._days)

    def _role_rows(self, entity: Entity) -> Iterator[Row]:
        for role in entity.roles:
            # `of` is an entity id, or words where nothing in the document was resolved to one.
            of = self._entity.get(role.of) if role.of is not None else None
            yield self._entity[entity.id], role.title, of, role.of if of is None else None, *role.span

    def _statement_row(self, statement: Statement) -> Row:
        speaker = statement.speaker
        return (
            self._statement[statement.id],
            self.document,
            statement.id,
            self._entity[speaker] if speaker is not None else None,
            self._named[speaker] if speaker is not None else None,
            self._words(statement.source),
            self._words(statement.cue),
            self._words(statement.content),
            statement.manner,
            statement.act,
            statement.negated,
            statement.said_on,
            statement.confidence,
            *self._said_days(statement),
        )

    def _said_days(self, statement: Statement | None) -> tuple[str | None, str | None]:
        said_on = statement.said_on if statement else None
        return _days(said_on) if said_on is not None else self._days

    def _words(self, spans: Sequence[Span]) -> str | None:
        return GAP.join(span.of(self._text) for span in spans) or None

    def _events(self) -> Iterator[tuple[Table, Iterable[Row]]]:
        events = self._reading.events
        yield (
            t.events,
            [
                (
                    self._event[e.id],
                    self.document,
                    e.id,
                    e.type,
                    e.lemma,
                    e.status,
                    self._moment[e.moment] if e.moment is not None else None,
                    self._statement[e.statement] if e.statement is not None else None,
                    e.confidence,
                    *e.span,
                )
                for e in events
            ],
        )
        yield (
            t.event_entities,
            [
                (self._event[e.id], part, self._entity[entity])
                for e in events
                for part, entities in (("actor", e.actor), ("target", e.target), ("place", e.place))
                for entity in entities
            ],
        )

    def _figure_row(self, figure: Figure, number: int) -> Row:
        counted = figure.counted
        of = counted.of if counted else None
        context = sentence_around(self._text, figure.span, self._reading.document.blocks)
        said = self._said[figure.statement] if figure.statement is not None else None
        return (
            number,
            self.document,
            *(figure.low, figure.high, figure.bound, figure.unit, figure.change, figure.tally),
            counted.noun if counted else None,
            self._entity[of] if of is not None else None,
            self._named[of] if of is not None else None,
            self._event[figure.event] if figure.event is not None else None,
            self._statement[figure.statement] if figure.statement is not None else None,
            figure.confidence,
            context.of(self._text),
            *figure.span,
            *(counted.span if counted else (None, None)),
            *context,
            *self._said_days(said),
        )


def _days(value: str | None) -> tuple[str | None, str | None]:
    return days(value) or (None, None)
