"""Which sides of conflicts somebody holds: by their part in the claim, or their point of the series, that a side is of."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from onrecord.ledger.claims.tables import claim_members, claims
from onrecord.ledger.conflicts.tables import conflicts
from onrecord.ledger.identity.speakers import is_key, spoken_by
from onrecord.ledger.identity.tables import person_members
from onrecord.ledger.series.tables import series, series_places, series_points

__all__ = ["held_by"]


def held_by(connection: Connection, speaker: str) -> ColumnElement[bool]:
    """The condition that `speaker` (a name or key, as for statements) holds one of the sides of a conflict."""
    m, k, p, c = claim_members.c, claims.c, series_points.c, conflicts.c
    entities = spoken_by(connection, speaker)
    spoken: ColumnElement[bool] = m.entity.in_(entities)
    if not is_key(speaker):  # see claims
        spoken = or_(spoken, and_(m.entity.is_(None), func.lower(m.name) == speaker.lower()))
    said = (
        select(k.key, m.document, m.span_start, m.span_end)
        .join_from(claim_members, claims, k.id == m.claim)
        .where(spoken, m.role.in_(("holder", "denier")))
        .cte("said")
    )
    people = select(person_members.c.cited).where(person_members.c.entity.in_(entities))
    counted = (
        select(series.c.key, series_places.c.document)
        .join_from(series_points, series, series.c.id == p.series)
        .join(series_places, series_places.c.point == p.id)
        .where(p.who.in_(people))
        .cte("counted")
    )
    conditions: list[ColumnElement[bool]] = []
    for side in ("a", "b"):
        of, document, start, end = (c[f"{side}_{part}"] for part in ("of", "document", "start", "end"))
        words = and_(said.c.document == document, said.c.span_start <= start, end <= said.c.span_end)
        conditions += (
            # The keys alone first: the list is made once, and most conflicts are of nothing in it.
            and_(of.in_(select(said.c.key)), select(said.c.key).where(said.c.key == of, words).exists()),
            and_(
                of.in_(select(counted.c.key)),
                select(counted.c.key).where(counted.c.key == of, counted.c.document == document).exists(),
            ),
        )
    return or_(*conditions)
