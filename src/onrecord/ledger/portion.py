"""A ledger of some of all documents: what it tells that holds for all, and what is to be put together with what others tell.

Documents that copies or stories connect are told alike whatever else a ledger holds. So where whole stories and copy groups
are in one ledger, its stories, copies, claims, series and conflicts are those that a ledger of all documents has. Two things
reach further, and only they: who is one with somebody of another story, and what name is tied to which reference. For these
a portion tells what is needed to find out (`PersonPart`, `Voice`, `Tie`); `joined` and `speaker_of` are the ends of that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, select, update

from onrecord.ledger import Ledger
from onrecord.ledger import schema as t
from onrecord.ledger.database import reading, writing
from onrecord.ledger.identity.linking import APART
from onrecord.ledger.identity.rows import PersonRow, RoleRow
from onrecord.ledger.identity.speaking import speaker_row
from onrecord.ledger.identity.sums import Forms, summed
from onrecord.ledger.identity.tables import people, person_keys, person_members, speaking
from onrecord.ledger.identity.who import FirstNamed, across_stories, everybody, first_named, in_order
from onrecord.ledger.rows import SpeakerRow
from onrecord.records import Span

__all__ = ["PersonPart", "Tie", "Voice", "joined", "persons", "speaker_of", "ties", "voices"]


@dataclass(frozen=True, slots=True)
class PersonPart:
    """Somebody of one story: all about them in it, and what links them to others. `sort` is the place in canonical order,
    `days` are those of `row.documents`, `keys` the evidence that is offered, and `first` where they are first named.
    """

    row: PersonRow
    sort: str
    days: tuple[str | None, ...]
    keys: tuple[tuple[str, int], ...]
    first: tuple[str, str, tuple[int, int]] | None


@dataclass(frozen=True, slots=True)
class Voice:
    """An entity that speaks in a document. `known` is its reference, or that of who it is in its story; `person` the id of
    who it is there; `identity` what stands for it where nothing else does. `first` and `last` are as the ledger keeps them.
    """

    document: str
    identity: str
    known: str | None
    person: str | None
    name: str
    ref: str | None
    type: str
    statements: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A name that a document ties to a reference."""

    identity: str
    ref: str


def persons(ledger: Ledger) -> list[PersonPart]:
    """Everybody who is kept, a part for each story. Takes apart whom the ledger has linked across stories: it is a ledger to
    be asked this and then thrown away."""
    c, k = people.c, person_keys.c
    with writing(ledger._engine, ledger.name) as connection:
        connection.execute(update(people).values(linked=c.identity))
        rows = everybody(connection)
        keys: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for person, rule, value in connection.execute(select(k.person, k.rule, k.value).where(k.rule != APART)):
            keys[person].append((rule, value))
        members = _members(connection)
        named = first_named(connection, {row.person: row for row in reversed(members)}.values())
        days: dict[int, dict[str, str | None]] = defaultdict(dict)
        for row in members:
            days[row.person][row.hash] = row.day_first
        return [
            PersonPart(
                row=rows[identity],
                sort=sort,
                days=tuple(days[number][document] for document in rows[identity].documents),
                keys=tuple(sorted(keys[number])),
                first=_flat(named.get(number)),
            )
            for number, identity, sort in connection.execute(select(c.id, c.identity, c.sort).order_by(c.sort))
        ]


def _members(connection: Connection) -> Sequence[Any]:
    """All entities of all people, in the order in which the documents came out."""
    m, d, e = person_members.c, t.documents.c, t.entities.c
    query = (
        select(m.entity, m.person, d.hash, d.day_first, e.name)
        .join_from(person_members, t.documents, d.id == m.document)
        .join(t.entities, e.id == m.entity)
        .order_by(d.day_first.nulls_last(), d.hash, e.id)
    )
    return connection.execute(query).all()


def _flat(place: FirstNamed | None) -> tuple[str, str, tuple[int, int]] | None:
    return None if place is None else (place.document, place.words, (place.span.start, place.span.end))


def voices(ledger: Ledger) -> list[Voice]:
    """Each entity that speaks, in each document where it does."""
    d, e, k, m = t.documents.c, t.entities.c, speaking.c, person_members.c
    query = (
        select(
            *(d.hash, e.identity, func.coalesce(e.ref, people.c.ref), people.c.identity, e.name, e.ref, e.type),
            *(k.statements, k.first, k.last),
        )
        .join_from(speaking, t.documents, d.id == k.document)
        .join(t.entities, e.id == k.entity)
        .outerjoin(person_members, m.entity == e.id)
        .outerjoin(people, people.c.id == m.person)
    )
    with reading(ledger._engine, ledger.name) as connection:
        rows: Sequence[Any] = connection.execute(query).all()
    return [Voice(*row) for row in rows]


def ties(ledger: Ledger) -> list[Tie]:
    """Each name with each reference that it is tied to, once."""
    e = t.entities.c
    query = select(e.identity, e.ref).where(e.ref.is_not(None)).distinct()
    with reading(ledger._engine, ledger.name) as connection:
        return [Tie(identity, ref) for identity, ref in connection.execute(query)]


def joined(parts: Iterable[PersonPart]) -> PersonRow:
    """One of whom several stories tell, all of whose parts these are."""
    ordered = sorted(parts, key=lambda part: part.sort)
    rows = [part.row for part in ordered]
    if len(rows) == 1:
        return rows[0]
    names, types = Counter(row.name for row in rows), Counter(row.type for row in rows)
    forms: Counter[str] = Counter()
    for row in rows:
        forms.update(dict(row.names))
    days = {document: day for part in ordered for document, day in zip(part.row.documents, part.days, strict=True)}
    known = sorted(day for day in days.values() if day is not None)
    places = [(part.keys, _place(part)) for part in ordered]
    return replace(
        rows[0],
        name=max(names, key=lambda name: (names[name], len(name), name)),
        type=max(types, key=lambda kind: (types[kind], kind)),
        ref=next((row.ref for row in rows if row.ref is not None), None),
        names=tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0]))),
        roles=_roles(rows),
        documents=tuple(sorted(days, key=lambda document: (days[document] is None, days[document] or "", document))),
        statements=sum(row.statements for row in rows),
        first=known[0] if known else None,
        last=known[-1] if known else None,
        merges=(*(merge for row in rows for merge in row.merges), *across_stories(places)),
    )


def _place(part: PersonPart) -> FirstNamed | None:
    return None if part.first is None else FirstNamed(part.first[0], part.first[1], Span(*part.first[2]))


def _roles(rows: Sequence[PersonRow]) -> tuple[RoleRow, ...]:
    held: dict[tuple[str, str | None, bool], list[RoleRow]] = defaultdict(list)
    for row in rows:
        for role in row.roles:
            held[role.title, role.of, role.former].append(role)
    made = [
        RoleRow(
            *which,
            first=min((role.first for role in roles if role.first is not None), default=None),
            last=max((role.last for role in roles if role.last is not None), default=None),
            documents=sum(role.documents for role in roles),
        )
        for which, roles in held.items()
    ]
    return tuple(sorted(made, key=in_order))


def speaker_of(key: str, forms: Forms, documents: int, first: str | None, last: str | None) -> SpeakerRow:
    """The speaker of this key: `forms` are the statements of its voices by name, reference and type; `first` the least and
    `last` the greatest of theirs."""
    return speaker_row(summed(key, forms) | {"documents": documents, "first": first, "last": last})
