"""From the rows of one document back to its reading, equal to the one that was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import schema as t
from onrecord.reading import Reading
from onrecord.records import (
    Block,
    Counted,
    DateCandidate,
    Document,
    Entity,
    Event,
    Figure,
    Mention,
    Moment,
    Rejected,
    Role,
    Span,
    Statement,
)

__all__ = ["document_number", "rebuild", "rebuild_document"]

_LISTED = 4


def document_number(connection: Connection, id_or_prefix: str) -> int:
    """The row of the document with this id, or of the only one whose id begins so.

    Raises NotInLedger where there is none, LedgerError where several begin so.
    """
    c = t.documents.c
    query = select(c.id, c.hash).where(c.hash.startswith(id_or_prefix, autoescape=True)).order_by(c.hash)
    exact = connection.execute(select(c.id).where(c.hash == id_or_prefix)).scalar()
    if exact is not None:
        return int(exact)
    found = connection.execute(query.limit(_LISTED)).all() if id_or_prefix else []
    if not found:
        raise NotInLedger(f"no document {id_or_prefix!r} in the ledger")
    if len(found) > 1:
        some = ", ".join(row.hash[:12] for row in found[: _LISTED - 1]) + (" …" if len(found) == _LISTED else "")
        raise LedgerError(f"{id_or_prefix!r} begins the id of more than one document: {some}")
    return int(found[0].id)


def rebuild(connection: Connection, number: int) -> Reading:
    """The whole reading of the document in row `number`."""
    return _Rebuilder(connection, number).reading()


def rebuild_document(connection: Connection, number: int) -> Document:
    """The document in row `number` alone, without what was read in it."""
    row = connection.execute(select(t.documents).where(t.documents.c.id == number)).one()
    return _document(connection, row)


def _document(connection: Connection, row: Row[Any]) -> Document:
    return Document(
        id=row.hash,
        text=row.text,
        url=row.url,
        title=row.title,
        publisher=row.publisher,
        author=row.author,
        published=row.published,
        lang=row.lang,
        blocks=tuple(Block(_span(b), b.kind) for b in _rows(connection, t.blocks, row.id)),
        dates=tuple(DateCandidate(d.value, d.origin) for d in _rows(connection, t.dates, row.id)),
    )


def _rows(connection: Connection, table: Table, document: int) -> list[Row[Any]]:
    return list(connection.execute(select(table).where(table.c.document == document).order_by(table.c.id)))


class _Rebuilder:
    """Maps the numbers of rows back to the ids of the reading while it reads them."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self._number = number
        self._entities = self._rows(t.entities)
        self._statements = self._rows(t.statements)
        self._moments = self._rows(t.moments)
        self._events = self._rows(t.events)
        self._entity = {row.id: row.key for row in self._entities}
        self._statement = {row.id: row.key for row in self._statements}
        self._event = {row.id: row.key for row in self._events}
        self._moment = {row.id: place for place, row in enumerate(self._moments)}

    def _rows(self, table: Table) -> list[Row[Any]]:
        return _rows(self._connection, table, self._number)

    def _parts(self, table: Table, parent: Table, link: str) -> dict[int, list[Row[Any]]]:
        """Rows of a table of parts, by the number of what they are part of."""
        query = (
            select(table)
            .join(parent, parent.c.id == table.c[link])
            .where(parent.c.document == self._number)
            .order_by(table.c.id)
        )
        grouped: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in self._connection.execute(query):
            grouped[getattr(row, link)].append(row)
        return grouped

    def reading(self) -> Reading:
        row = self._connection.execute(select(t.documents).where(t.documents.c.id == self._number)).one()
        return Reading(
            document=_document(self._connection, row),
            model=row.model,
            entities=tuple(self._read_entities()),
            mentions=tuple(Mention(_span(m), self._entity[m.entity], m.form) for m in self._rows(t.mentions)),
            statements=tuple(self._read_statements()),
            moments=tuple(Moment(_span(m), m.type, m.value, m.starts, m.ends, m.edge) for m in self._moments),
            figures=tuple(self._read_figures()),
            events=tuple(self._read_events()),
            rejected=tuple(Rejected(r.reason, _span(r)) for r in self._rows(t.rejected)),
        )

    def _read_entities(self) -> Iterable[Entity]:
        aliases = self._parts(t.aliases, t.entities, "entity")
        roles = self._parts(t.roles, t.entities, "entity")
        for row in self._entities:
            yield Entity(
                id=row.key,
                type=row.type,
                name=row.name,
                aliases=tuple(alias.name for alias in aliases[row.id]),
                roles=tuple(
                    Role(r.title, r.of_text if r.of_entity is None else self._entity[r.of_entity], _span(r))
                    for r in roles[row.id]
                ),
                ref=row.ref,
            )

    def _read_statements(self) -> Iterable[Statement]:
        spans = self._parts(t.statement_spans, t.statements, "statement")
        for row in self._statements:
            source, cue, content = (
                tuple(_span(s) for s in spans[row.id] if s.part == part) for part in ("source", "cue", "content")
            )
            yield Statement(
                id=row.key,
                source=source,
                speaker=self._entity.get(row.speaker),
                cue=cue,
                content=content,
                manner=row.manner,
                act=row.act,
                negated=row.negated,
                said_on=row.said_on,
                within=self._statement.get(row.within),
                confidence=row.confidence,
            )

    def _read_events(self) -> Iterable[Event]:
        parts = self._parts(t.event_entities, t.events, "event")
        for row in self._events:
            actor, target, place = (
                tuple(self._entity[p.entity] for p in parts[row.id] if p.part == part)
                for part in ("actor", "target", "place")
            )
            yield Event(
                id=row.key,
                span=_span(row),
                lemma=row.lemma,
                type=row.type,
                actor=actor,
                target=target,
                place=place,
                moment=self._moment.get(row.moment),
                status=row.status,
                statement=self._statement.get(row.statement),
                confidence=row.confidence,
            )

    def _read_figures(self) -> Iterable[Figure]:
        events = self._parts(t.figure_events, t.figures, "figure")
        for row in self._rows(t.figures):
            yield self._read_figure(row, events[row.id])

    def _read_figure(self, row: Row[Any], events: Sequence[Row[Any]]) -> Figure:
        counted = None
        if row.counted_start is not None:
            counted = Counted(Span(row.counted_start, row.counted_end), row.noun, self._entity.get(row.counted_of))
        return Figure(
            span=_span(row),
            low=row.low,
            high=row.high,
            bound=row.bound,
            unit=row.unit,
            counted=counted,
            event=self._event.get(row.event),
            statement=self._statement.get(row.statement),
            confidence=row.confidence,
            change=row.change,
            tally=row.tally,
            or_events=tuple(self._event[e.event] for e in events),
        )


def _span(row: Row[Any]) -> Span:
    return Span(row.span_start, row.span_end)
