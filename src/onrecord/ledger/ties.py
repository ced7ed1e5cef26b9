"""What the records of one article are part of: the claims, the series and the conflicts that lead on from its words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, or_, select

from onrecord.ledger.claims.tables import claim_members, claims
from onrecord.ledger.conflicts.tables import conflicts
from onrecord.ledger.rebuild import document_number
from onrecord.ledger.series import tables as s
from onrecord.ledger.series.queries import what
from onrecord.records import Span

__all__ = ["TieRow", "ties"]


@dataclass(frozen=True, slots=True)
class TieRow:
    """One record's part in one claim, series or conflict, whose id is `id`.

    `record` is the record's key in its document (`s3`, `f0`, `v1`; `n…` for people whom the series counts one by one),
    None for a side of a conflict that is no record's. `part`: holder, denier, neither or reporter of a claim; the holder
    of a series' value; the other side of a conflict. `words`: what is claimed, what is counted, why two sides are
    comparable. `state`: the standing of a claim, the trend of a series or "disputed", the rule of a conflict. `spans`
    are the words that the part rests on.
    """

    record: str | None
    kind: Literal["claim", "series", "conflict"]
    id: str
    part: str
    words: str
    state: str
    spans: tuple[Span, ...]


def ties(connection: Connection, wanted: str) -> list[TieRow]:
    """The ties of the document with this id, or of the only one whose id begins so: each kind in the order of the text.

    Raises NotInLedger where there is none.
    """
    document = document_number(connection, wanted)
    held = [*_claims(connection, document), *_series(connection, document)]
    return [*held, *_conflicts(connection, document, held)]


def _claims(connection: Connection, document: int) -> Iterator[TieRow]:
    m, c = claim_members.c, claims.c
    query = (
        select(m.record, m.role, m.span_start, m.span_end, m.pieces, c.key, c.says, c.standing)
        .join(claims, c.id == m.claim)
        .where(m.document == document)
        .order_by(m.span_start, c.key)
    )
    for row in connection.execute(query):
        pieces = json.loads(row.pieces) if row.pieces is not None else [(row.span_start, row.span_end)]
        spans = tuple(Span(*piece) for piece in pieces)
        yield TieRow(row.record, "claim", row.key, row.role, row.says, row.standing, spans)


def _series(connection: Connection, document: int) -> Iterator[TieRow]:
    place, point = s.series_places.c, s.series_points.c
    query = (
        select(s.series, place.record, place.spans, point.name)
        .join(s.series_points, point.series == s.series.c.id)
        .join(s.series_places, place.point == point.id)
        .where(place.document == document)
        .order_by(place.context_start, place.id)
    )
    for row in connection.execute(query):
        spans = tuple(Span(*span) for span in json.loads(row.spans))
        state = "disputed" if row.disputed else row.trend
        yield TieRow(row.record, "series", row.key, row.name, what(row), state, spans)


def _conflicts(connection: Connection, document: int, held: Sequence[TieRow]) -> Iterator[TieRow]:
    """A side of a conflict names the claim or series that its words belong to, and so the record that they are of."""
    c = conflicts.c
    query = select(conflicts).where(or_(c.a_document == document, c.b_document == document))
    for row in connection.execute(query.order_by(c.day.desc(), c.key)):
        for side, other in (("a", "b"), ("b", "a")):
            if getattr(row, f"{side}_document") == document:
                yield _side(row, side, other, held)


def _side(row: Row[Any], side: str, other: str, held: Sequence[TieRow]) -> TieRow:
    span = Span(getattr(row, f"{side}_start"), getattr(row, f"{side}_end"))
    of = getattr(row, f"{side}_of")
    record = next((t.record for t in held if t.id == of and any(span.overlaps(its) for its in t.spans)), None)
    return TieRow(record, "conflict", row.key, getattr(row, f"{other}_who"), row.comparable, row.rule, (span,))
