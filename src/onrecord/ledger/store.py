"""Writing one reading into its tables, inside a transaction that the caller holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from onrecord.ledger import schema as t
from onrecord.ledger.context import sentence_around
from onrecord.ledger.dates import days
from onrecord.ledger.names import identity_key, name_key
from onrecord.reading import Reading
from onrecord.records import Entity, Figure, Span, Statement

__all__ = ["GAP", "write"]

# Stands between the pieces of interrupted words in the text columns: «"Troops are there … and they fight"».
GAP = " … "

Row = dict[str, Any]

_REPLACED = delete(t.documents).where(t.documents.c.hash == bindparam("hash_"))
_ROW = select(t.documents.c.id).where(t.documents.c.hash == bindparam("hash_"))
_NUMBERS = {
    table: select(table.c.id).where(table.c.document == bindparam("document_")).order_by(table.c.id)
    for table in (t.entities, t.statements, t.events, t.moments, t.figures)
}


def write(connection: Connection, reading: Reading) -> int:
    """Put `reading`, which has passed `verify`, in the place of whatever the ledger holds of its document; its row."""
    connection.execute(_REPLACED, {"hash_": reading.document.id})
    return _Writer(connection, reading).write()


class _Writer:
    """Maps the ids of one reading (`e1`, `s3`) to the numbers of their rows while it writes them."""

    def __init__(self, connection: Connection, reading: Reading) -> None:
        self._connection = connection
        self._reading = reading
        self._text = reading.document.text
        self._entities = {e.id: e for e in reading.entities}
        self._said = {s.id: s for s in reading.statements}
        self._entity_rows: dict[str, int] = {}
        self._statement_rows: dict[str, int] = {}
        self._event_rows: dict[str, int] = {}

    def write(self) -> int:
        reading = self._reading
        self._insert(t.documents, [self._document_row()])
        self._document = int(self._connection.execute(_ROW, {"hash_": reading.document.id}).scalar_one())
        document = {"document": self._document}
        self._insert(t.blocks, [document | {"kind": b.kind} | _at(b.span) for b in reading.document.blocks])
        self._insert(t.dates, [document | {"value": d.value, "origin": d.origin} for d in reading.document.dates])
        self._write_entities()
        self._write_statements()
        moments = self._numbered(
            t.moments,
            [
                {"type": m.type, "value": m.value, "starts": m.start, "ends": m.end, "edge": m.edge} | _at(m.span)
                for m in reading.moments
            ],
        )
        self._write_events(moments)
        self._write_figures()
        self._insert(t.rejected, [document | {"reason": r.reason} | _at(r.span) for r in reading.rejected])
        return self._document

    def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def _numbered(self, table: Table, rows: Sequence[Row]) -> list[int]:
        """Insert rows of this document and give their numbers, in the same order.

        Asking for the numbers afterwards costs one query a table; RETURNING would insert row by row.
        """
        self._insert(table, [{"document": self._document} | row for row in rows])
        return list(self._connection.execute(_NUMBERS[table], {"document_": self._document}).scalars())

    def _document_row(self) -> Row:
        document = self._reading.document
        return {
            "hash": document.id,
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
            "author": document.author,
            "url": document.url,
            "lang": document.lang,
            "model": self._reading.model,
            "characters": len(document.text),
            "text": document.text,
        } | _days(document.published)

    def _write_entities(self) -> None:
        entities = self._reading.entities
        numbers = self._numbered(
            t.entities,
            [
                {
                    "key": e.id,
                    "type": e.type,
                    "name": e.name,
                    "ref": e.ref,
                    "name_key": name_key(e.name),
                    "identity": identity_key(e),
                }
                for e in entities
            ],
        )
        self._entity_rows = {e.id: number for e, number in zip(entities, numbers, strict=True)}
        self._insert(
            t.aliases,
            [
                {"entity": self._entity_rows[e.id], "name": alias, "name_key": name_key(alias)}
                for e in entities
                for alias in e.aliases
            ],
        )
        self._insert(t.roles, [row for e in entities for row in self._role_rows(e)])
        self._insert(
            t.mentions,
            [
                {"document": self._document, "entity": self._entity_rows[m.entity], "form": m.form} | _at(m.span)
                for m in self._reading.mentions
            ],
        )

    def _role_rows(self, entity: Entity) -> list[Row]:
        rows = []
        for role in entity.roles:
            # `of` is an entity id, or words where nothing in the document was resolved to one.
            known = role.of is not None and role.of in self._entity_rows
            rows.append(
                {
                    "entity": self._entity_rows[entity.id],
                    "title": role.title,
                    "of_entity": self._entity_rows[role.of] if known and role.of else None,
                    "of_text": None if known else role.of,
                }
                | _at(role.span)
            )
        return rows

    def _write_statements(self) -> None:
        statements = self._reading.statements
        numbers = self._numbered(t.statements, [self._statement_row(s) for s in statements])
        self._statement_rows = {s.id: number for s, number in zip(statements, numbers, strict=True)}
        nested = [
            {"nested": self._statement_rows[s.id], "outer": self._statement_rows[s.within]}
            for s in statements
            if s.within is not None
        ]
        if nested:
            self._connection.execute(
                update(t.statements).where(t.statements.c.id == bindparam("nested")).values(within=bindparam("outer")),
                nested,
            )
        self._insert(
            t.statement_spans,
            [
                {"statement": self._statement_rows[s.id], "part": part} | _at(span)
                for s in statements
                for part, spans in (("source", s.source), ("cue", s.cue), ("content", s.content))
                for span in spans
            ],
        )

    def _statement_row(self, statement: Statement) -> Row:
        speaker = self._entities[statement.speaker] if statement.speaker is not None else None
        return {
            "key": statement.id,
            "speaker": self._entity_rows[speaker.id] if speaker else None,
            "speaker_name": speaker.name if speaker else None,
            "source": self._words(statement.source),
            "cue": self._words(statement.cue),
            "content": self._words(statement.content),
            "manner": statement.manner,
            "act": statement.act,
            "negated": statement.negated,
            "said_on": statement.said_on,
            "within": None,
            "confidence": statement.confidence,
        } | self._said_days(statement)

    def _said_days(self, statement: Statement | None) -> Row:
        said_on = statement.said_on if statement else None
        return _days(said_on if said_on is not None else self._reading.document.published)

    def _words(self, spans: Sequence[Span]) -> str | None:
        return GAP.join(span.of(self._text) for span in spans) or None

    def _write_events(self, moments: Sequence[int]) -> None:
        events = self._reading.events
        numbers = self._numbered(
            t.events,
            [
                {
                    "key": e.id,
                    "type": e.type,
                    "lemma": e.lemma,
                    "status": e.status,
                    "moment": moments[e.moment] if e.moment is not None else None,
                    "statement": self._statement_rows[e.statement] if e.statement is not None else None,
                    "confidence": e.confidence,
                }
                | _at(e.span)
                for e in events
            ],
        )
        self._event_rows = {e.id: number for e, number in zip(events, numbers, strict=True)}
        self._insert(
            t.event_entities,
            [
                {"event": self._event_rows[e.id], "part": part, "entity": self._entity_rows[entity]}
                for e in events
                for part, entities in (("actor", e.actor), ("target", e.target), ("place", e.place))
                for entity in entities
            ],
        )

    def _write_figures(self) -> None:
        figures = self._reading.figures
        numbers = self._numbered(t.figures, [self._figure_row(f) for f in figures])
        self._insert(
            t.figure_events,
            [
                {"figure": number, "event": self._event_rows[event]}
                for figure, number in zip(figures, numbers, strict=True)
                for event in figure.or_events
            ],
        )

    def _figure_row(self, figure: Figure) -> Row:
        counted = figure.counted
        of = counted.of if counted else None
        context = sentence_around(self._text, figure.span, self._reading.document.blocks)
        said = self._said[figure.statement] if figure.statement is not None else None
        return (
            {
                "low": figure.low,
                "high": figure.high,
                "bound": figure.bound,
                "unit": figure.unit,
                "change": figure.change,
                "tally": figure.tally,
                "noun": counted.noun if counted else None,
                "counted_of": self._entity_rows[of] if of is not None else None,
                "of_name": self._entities[of].name if of is not None else None,
                "event": self._event_rows[figure.event] if figure.event is not None else None,
                "statement": self._statement_rows[figure.statement] if figure.statement is not None else None,
                "confidence": figure.confidence,
                "context": context.of(self._text),
            }
            | _at(figure.span)
            | _at(counted.span if counted else None, "counted")
            | _at(context, "context")
            | self._said_days(said)
        )


def _at(span: Span | None, name: str = "span") -> Row:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def _days(value: str | None) -> Row:
    found = days(value)
    return {"day_first": found[0] if found else None, "day_last": found[1] if found else None}
