"""Who is the same speaker across documents, first version: the same ref, or the same name where refs do not disagree.

An entity with a ref is that ref. An entity without one, whose name (see `names`) other documents tie to exactly one
ref, is that ref too; where they tie it to several (Georgia the country, Georgia the state) or to none, it is its own
name. Nothing of this is stored: each answer follows what the ledger holds when it is asked.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, case, func, or_, select, union

from onrecord.ledger import schema as t
from onrecord.ledger.names import name_key

__all__ = ["speaker_key", "spoken_by"]


def speaker_key(entity: FromClause) -> ColumnElement[str | None]:
    """The key of the speaker that a row of `entities` (or an alias of it) is; NULL where an outer join found no row.

    The least and the greatest ref of a name are two steps into an index; a join with all names and their refs took
    75 ms a question on 40,000 entities, and would grow with the ledger.
    """
    same = t.entities.alias()
    named = same.c.identity == entity.c.identity
    least = select(func.min(same.c.ref)).where(named).scalar_subquery()
    greatest = select(func.max(same.c.ref)).where(named).scalar_subquery()
    return func.coalesce(entity.c.ref, case((least == greatest, least)), entity.c.identity)


def spoken_by(connection: Connection, wanted: str) -> Select[tuple[int]]:
    """The entities, in all documents, of every speaker whom `wanted` names.

    It names by key, ref, name or alias, or by the last words of a person's name: "Rutte" and "rütte" name Mark Rutte,
    "von der Leyen" names Ursula von der Leyen; "Russia" does not name Russia Today.
    """
    e = t.entities.c
    called = connection.execute(select(speaker_key(t.entities)).where(e.id.in_(_called(wanted)))).scalars()
    keys = sorted({key for key in called if key is not None})
    other = t.entities.alias()
    also_named = select(other.c.identity).where(other.c.ref.in_(keys))
    either = or_(e.ref.in_(keys), e.identity.in_(keys), e.identity.in_(also_named))
    return select(e.id).where(either, speaker_key(t.entities).in_(keys))


def _called(wanted: str) -> Any:
    """Entities whose own row answers to `wanted`. A union, so that every part can use an index of its own."""
    e = t.entities.c
    name = name_key(wanted)
    return union(
        select(e.id).where(e.identity == wanted),
        select(e.id).where(func.lower(e.ref) == wanted.lower()),
        select(e.id).where(e.name_key == name),
        select(t.aliases.c.entity).where(t.aliases.c.name_key == name),
        select(e.id).where(e.type == "person", e.name_key.endswith(f" {name}", autoescape=True)),
    )
