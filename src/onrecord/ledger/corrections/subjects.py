"""What can be corrected, as a person sees it before ruling: the record, what was ruled of it, who may have said it.

An entity is one with all that the ledger holds for the same person, organisation or place: what was ruled of any of them
was ruled of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.ledger import schema as t
from onrecord.ledger.corrections import naming
from onrecord.ledger.corrections.anchoring import anchor
from onrecord.ledger.corrections.naming import Named
from onrecord.ledger.corrections.records import CorrectionRow, RecordKind
from onrecord.ledger.corrections.rulings import Place
from onrecord.ledger.corrections.store import history, touching
from onrecord.ledger.identity.tables import people, person_members
from onrecord.ledger.ruled import said_by
from onrecord.ledger.stories.tables import story_members
from onrecord.records import EntityType

__all__ = ["Subject", "Voice", "places", "subject", "voices"]

_SPEAKERS: tuple[EntityType, ...] = ("person", "organisation", "people", "country", "place")
_VOICES = 200  # of the rest of a story: those who say the most


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that can be corrected, by its document (a hash) and its key there. `words` are those it is held to.

    `corrections` are all that touch it, oldest first; for an entity those of everyone who is one with it. `members` are
    the places (hash and key) of everyone who is one with an entity, in canonical order; else the record alone.
    """

    document: str
    record: str
    kind: RecordKind
    words: str
    members: tuple[Place, ...]
    corrections: tuple[CorrectionRow, ...]

    @property
    def name(self) -> str:
        """What a correction calls it by: `<document>:s3`."""
        return f"{self.document}:{self.record}"

    @property
    def last(self) -> str:
        """What `Signed.expected` is for somebody who has seen this: the id of the last correction, "" for none."""
        return self.corrections[-1].id if self.corrections else ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may have said something: `name` (`<document>:e3`) is what a correction calls them by.

    `here`: in the statement's own article; the others are only elsewhere in its story. `named`: by a name, not as "the
    engineer". `statements` are theirs in the story, or in the article for somebody whom the story does not know.
    """

    name: str
    called: str
    type: EntityType
    here: bool
    named: bool
    statements: int


def subject(connection: Connection, what: str) -> Subject:
    """What `what` names: `<document>:s3`, `:f0`, `:v1`, `:e2`, the id of a person (`p…`), or a name.

    Raises NotInLedger, or LedgerError where it names several, or nothing that can be corrected.
    """
    # A name may hold a colon ("iso3166:KP"); a record is called by the first digits of a hash.
    if re.fullmatch(r"[0-9a-f]+:[^:\s]+", what):
        named = naming.record(connection, what, ("statement", "figure", "event", "entity"))
    else:
        named = naming.entity(connection, what)
    members = places(connection, named)
    return Subject(
        document=named.reading.document.id,
        record=named.key,
        kind=named.kind,
        words=anchor(named.reading, named.kind, named.key).words,
        members=members,
        corrections=tuple(touching(history(connection), members)),
    )


def places(connection: Connection, named: Named) -> tuple[Place, ...]:
    """The record, or, of an entity, everyone who is one with it, in canonical order."""
    if named.kind != "entity":
        return (named.place,)
    e, d, m = t.entities.c, t.documents.c, person_members.c
    own = select(e.id).where(e.document == named.row, e.key == named.key).scalar_subquery()
    linked = select(people.c.linked).join_from(people, person_members).where(m.entity == own)
    query = (
        select(d.hash, e.key)
        .join_from(people, person_members, people.c.id == m.person)
        .join(t.entities, e.id == m.entity)
        .join(t.documents, d.id == m.document)
        .where(people.c.linked.in_(linked))
        .order_by(d.day_first.nulls_last(), d.hash, e.id)
    )
    found = tuple((row.hash, row.key) for row in connection.execute(query))
    return found or (named.place,)


def voices(connection: Connection, what: str) -> list[Voice]:
    """Who may have said the statement `what`: everybody in its article, then in its story, who says the most first.

    Raises as `subject` does, and for what is no statement.
    """
    named = naming.record(connection, what, ("statement",))
    e, d, m = t.entities.c, t.documents.c, person_members.c
    story = select(story_members.c.story).where(story_members.c.document == named.row)
    inside = select(story_members.c.document).where(story_members.c.story.in_(story))
    member = t.entities.alias()
    said = said_by(select(m.entity).where(m.document.in_(inside))).subquery("said")
    counted = (
        select(people.c.id, func.count(said.c.statement).label("statements"))
        .join_from(people, person_members, people.c.id == m.person)
        .outerjoin(said, said.c.entity == m.entity)
        .where(m.document.in_(inside))
        .group_by(people.c.id)
        .subquery()
    )
    mine = select(m.person).where(m.document == named.row)
    query = (
        select(people.c.name, people.c.called, people.c.type, d.hash, member.c.key, counted.c.statements)
        .join_from(people, counted, counted.c.id == people.c.id)
        .join(member, member.c.id == people.c.entity)
        .join(t.documents, d.id == member.c.document)
        .where(people.c.type.in_(_SPEAKERS), people.c.id.not_in(mine))
        .order_by(counted.c.statements.desc(), people.c.sort)
        .limit(_VOICES)
    )
    alone = Counter(statement.speaker for statement in named.reading.statements)
    query_here = (
        select(e.key, counted.c.statements)
        .join_from(t.entities, person_members, m.entity == e.id)
        .join(counted, counted.c.id == m.person)
        .where(e.document == named.row)
    )
    known = {row.key: int(row.statements) for row in connection.execute(query_here)}
    hash_ = named.reading.document.id
    names = {m.entity for m in named.reading.mentions if m.form in ("name", "metonym")}
    near = [
        Voice(
            f"{hash_}:{entity.id}",
            entity.name,
            entity.type,
            here=True,
            named=entity.id in names,
            statements=known.get(entity.id, alone[entity.id]),
        )
        for entity in named.reading.entities
        if entity.type in _SPEAKERS
    ]
    far = [
        Voice(
            f"{row.hash}:{row.key}",
            row.called or row.name,
            row.type,
            here=False,
            named=True,
            statements=row.statements,
        )
        for row in connection.execute(query)
    ]
    return sorted(near, key=lambda voice: -voice.statements) + far
