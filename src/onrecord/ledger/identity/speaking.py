"""Who says how much, kept true as articles come and go: each entity that speaks, and what they come to for each speaker.

Which speaker an entity is can change by an article that it is not in: when people of two stories turn out to be one, or
when a name is tied to a reference for the first time or to a second one. Only the entities that are concerned are looked
at, and a speaker's sums are changed by what came and went: nothing here grows with how much somebody has said before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, or_, select

from onrecord.errors import NotInLedger
from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, fetched
from onrecord.ledger.identity.speakers import keys_of, speaker_key
from onrecord.ledger.identity.sums import Voice, change
from onrecord.ledger.identity.tables import speakers, speaking
from onrecord.ledger.names import name_key
from onrecord.ledger.paging import Key, gone, page
from onrecord.ledger.rows import SpeakerRow
from onrecord.ledger.ruled import said_by

__all__ = ["concerned", "forget", "listed_speakers", "names_ruled", "refresh", "speaker_row"]

# Width of two days written one after the other: `2024-10-012024-10-31`.
_DAYS = 20

_e, _s, _k, _p = t.entities.c, t.statements.c, speaking.c, speakers.c
_by = said_by(WANTED).subquery("by")
_said = func.coalesce(_s.said_on, t.documents.c.published)
# Days are always ten characters wide, so that the least of these strings starts with the first day and ends with the date
# as it was written.
_SPOKEN = (
    select(
        *(_e.id.label("entity"), _s.document, _e.name, _e.ref, _e.type),
        speaker_key(t.entities).label("key"),
        func.count().label("statements"),
        func.min(_s.day_first + _s.day_last + _said).label("first"),
        func.max(_s.day_last + _s.day_first + _said).label("last"),
    )
    .select_from(_by)
    .join(t.statements, _s.id == _by.c.statement)
    .join(t.entities, _e.id == _by.c.entity)
    .join(t.documents, t.documents.c.id == _s.document)
    .group_by(_e.id, _s.document)
)
_KEPT = select(*(_k.entity, _k.document, _e.name, _e.ref, _e.type, _k.key, _k.statements, _k.first, _k.last)).join(
    t.entities, _e.id == _k.entity
)
_KEPT_OF = _KEPT.where(_k.entity.in_(WANTED))
# Of a document that goes, also what its entities say in others.
_own = t.entities.alias("own")
_KEPT_IN = _KEPT.where(
    or_(_k.document == bindparam("gone"), _k.entity.in_(select(_own.c.id).where(_own.c.document == bindparam("gone"))))
)
_elsewhere = t.entities.alias("elsewhere")
# Names that only these documents tie to a reference; elsewhere they may be somebody else with it and without it.
_of: BindParameter[Any] = bindparam("of", expanding=True)
_TIED = (
    select(_e.identity)
    .distinct()
    .where(_e.document.in_(_of), _e.ref.is_not(None))
    .where(
        ~select(_elsewhere.c.id)
        .where(
            _elsewhere.c.identity == _e.identity,
            _elsewhere.c.ref == _e.ref,
            _elsewhere.c.document.not_in(_of),
        )
        .exists()
    )
)
_ENTITIES_OF = select(_e.id).where(_e.document.in_(WANTED))
_CALLED = select(_e.id).where(_e.identity.in_(WANTED))


def listed_speakers(
    connection: Connection,
    wanted: str | None = None,
    *,
    starting: str | None = None,
    after: str | None = None,
    limit: int | None = None,
) -> list[SpeakerRow]:
    """Everybody who is on record, those with the most statements first, then by name; behind the one with a key `after`.

    `wanted`: only those whom this key or name means; raises NotInLedger where it means nobody. `starting`: only those of
    whose name some word begins so, or several in a row: "mir", "vant" and "mirela van" find Mirela Vantor.
    """
    query = select(speakers)
    if starting is not None:
        begins = name_key(starting)
        words = (_p.name_key.startswith(begins, autoescape=True), _p.name_key.contains(f" {begins}", autoescape=True))
        query = query.where(or_(*words))
    if wanted is not None:
        query = query.where(_p.key.in_(keys_of(connection, wanted)))
        if connection.execute(query.limit(1)).first() is None:
            raise NotInLedger(f"nobody called {wanted!r} is on record")
    at = None
    if after is not None:
        at = connection.execute(select(_p.statements, _p.name, _p.key).where(_p.key == after)).first()
        if at is None:
            raise gone(after)
    keys = (Key(_p.statements, down=True), Key(_p.name), Key(_p.key))
    return [speaker_row(row._mapping) for row in page(connection, query, keys, at=at, limit=limit)]


def names_ruled(connection: Connection) -> dict[str, str]:
    """What people ruled that speakers are called, by their keys."""
    # No name is empty; see sums.
    return {row.key: row.called for row in connection.execute(select(_p.key, _p.called).where(_p.called > ""))}


def speaker_row(row: Mapping[Any, Any]) -> SpeakerRow:
    """What a row of `speakers` tells."""
    return SpeakerRow(
        **{name: row[name] for name in ("key", "name", "ref", "type", "statements", "documents")},
        first=None if row["first"] is None else row["first"][_DAYS:],
        last=None if row["last"] is None else row["last"][_DAYS:],
    )


def concerned(connection: Connection, documents: Collection[int]) -> set[int]:
    """The entities of these documents, and all others that are called as these alone tie a name to a reference."""
    names = connection.execute(_TIED, {"of": sorted(documents)}).scalars().all()
    return _ids(connection, _ENTITIES_OF, documents) | _ids(connection, _CALLED, names)


def _ids(connection: Connection, query: Select[Any], wanted: Collection[Any]) -> set[int]:
    return {number for (number,) in fetched(connection, query, wanted)}


def forget(connection: Connection, document: int) -> set[int]:
    """Take what a document says out of the sums, before it goes; the other entities that may then be somebody else."""
    others = concerned(connection, {document})
    voices = [Voice(*row) for row in connection.execute(_KEPT_IN, {"gone": document})]
    change(connection, voices, [])
    return others - _ids(connection, _ENTITIES_OF, {document})


def refresh(connection: Connection, entities: Collection[int]) -> None:
    """Hold what is kept of these entities, and of whoever was given another name, to what the ledger now says of them."""
    spoken, kept = _voices(connection, _SPOKEN, entities), _voices(connection, _KEPT_OF, entities)
    left = [voice for place, voice in kept.items() if spoken.get(place) != voice]
    come = [voice for place, voice in spoken.items() if kept.get(place) != voice]
    change(connection, left, come)


def _voices(connection: Connection, query: Select[Any], entities: Collection[int]) -> dict[tuple[int, int], Voice]:
    """By entity and document."""
    return {(row.entity, row.document): Voice(*row) for row in fetched(connection, query, entities)}
