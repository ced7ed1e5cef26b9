"""Who is the same speaker across documents: the same reference, or the same of the ledger's people.

An entity is its reference, or that of who it is in its story. Without one it is the reference that other documents tie
its name to, if they tie it to exactly one (and not Georgia the country and Georgia the state); or the id, across
stories, of who it is; or, for an entity that is nobody's in `people`, its own name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, case, func, or_, select, union

from onrecord.ledger import schema as t
from onrecord.ledger.identity.tables import people, person_members
from onrecord.ledger.names import name_key

__all__ = ["called", "is_key", "keys_of", "speaker_key", "spoken_by"]


# The id of a person, a reference or an identity (`iso3166:KP`, `person:ida holm`): nobody's last words are like that.
_KEY = re.compile(r"p[0-9a-f]{12}|\w+:\S.*")


@cache  # of a table: writing it down anew took 1 ms, fourteen times on a speaker's page
def speaker_key(entity: FromClause) -> ColumnElement[str | None]:
    """The key of the speaker that a row of `entities` (or an alias of it) is; NULL where an outer join found no row.

    The least and the greatest ref of a name are two steps into an index; a join with all names and their refs took
    75 ms a question on 40,000 entities, and would grow with the ledger.
    """
    mine = person_members.c.entity == entity.c.id
    ref = select(people.c.ref).join_from(person_members, people).where(mine).scalar_subquery()
    linked = select(people.c.linked).join_from(person_members, people).where(mine).scalar_subquery()
    same = t.entities.alias()
    named = same.c.identity == entity.c.identity
    least = select(func.min(same.c.ref)).where(named).scalar_subquery()
    greatest = select(func.max(same.c.ref)).where(named).scalar_subquery()
    return func.coalesce(entity.c.ref, ref, case((least == greatest, least)), linked, entity.c.identity)


def spoken_by(connection: Connection, wanted: str) -> Select[tuple[int]]:
    """The entities, in all documents, of every speaker whom `wanted` names.

    It names by key, ref, id of a person, name or alias, or by the last words of a person's name: "Rutte" and "rütte"
    name Mark Rutte, "von der Leyen" names Ursula von der Leyen; "Russia" does not name Russia Today.
    """
    e, p, m = t.entities.c, people.c, person_members.c
    keys = keys_of(connection, wanted)
    other = t.entities.alias()
    also_named = select(other.c.identity).where(other.c.ref.in_(keys))
    linked = select(m.entity).join_from(people, person_members).where(or_(p.linked.in_(keys), p.ref.in_(keys)))
    either = or_(e.ref.in_(keys), e.identity.in_(keys), e.identity.in_(also_named), e.id.in_(linked))
    return select(e.id).where(either, speaker_key(t.entities).in_(keys))


def keys_of(connection: Connection, wanted: str) -> list[str]:
    """The keys of everybody whom `wanted` names; see `spoken_by`."""
    query = select(speaker_key(t.entities)).where(t.entities.c.id.in_(called(wanted)))
    return sorted({key for key in connection.execute(query).scalars() if key is not None})


def is_key(wanted: str) -> bool:
    """Whether it has the form of a key, so that nobody can be called so."""
    return _KEY.fullmatch(wanted) is not None


def called(wanted: str) -> Any:
    """Entities whose own row, or whose person, answers to `wanted`. A union: every part can use an index of its own.

    To the last words of a name only those answer who are in `people`, as all are who speak or are named. Looking for others
    went through all entities, 20 to 40 ms each time, seven times on a speaker's page.
    """
    e, p, m = t.entities.c, people.c, person_members.c
    name = name_key(wanted)
    ends = f" {name}"
    surname = name.rpartition(" ")[2]
    return union(
        select(e.id).where(e.identity == wanted),
        select(e.id).where(func.lower(e.ref) == wanted.lower()),
        select(e.id).where(e.name_key == name),
        select(t.aliases.c.entity).where(t.aliases.c.name_key == name),
        select(m.entity).where(m.cited == wanted),
        select(m.entity).join_from(people, person_members).where(p.name_key == name),
        select(m.entity)
        .join_from(people, person_members)
        .where(p.surname == surname, p.name_key.endswith(ends, autoescape=True)),
    )
