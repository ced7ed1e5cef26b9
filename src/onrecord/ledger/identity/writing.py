"""The rows that people are kept in: read, written and taken away, all but what they are linked to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import Connection, delete, select

from onrecord.ledger.batches import WANTED, batched, fetched
from onrecord.ledger.identity.keys import Key
from onrecord.ledger.identity.story import Person
from onrecord.ledger.identity.tables import merges, people, person_keys, person_members
from onrecord.ledger.inserting import numbers, put
from onrecord.ledger.names import name_key
from onrecord.ledger.scene import Record

__all__ = ["Made", "PersonRecord", "add", "remove", "written"]

_c, _m, _k = people.c, person_members.c, person_keys.c
_NAMED_IN = select(_m.person).distinct().where(_m.document.in_(WANTED))
_MEMBERS = select(_m.person, _m.entity).where(_m.person.in_(WANTED))
_KEYS = select(_k.person, _k.rule, _k.value).where(_k.person.in_(WANTED))
_ROWS = select(_c.id, _c.identity, _c.linked, _c.digest).where(_c.id.in_(WANTED))
_REMOVE = delete(people).where(_c.id.in_(WANTED))


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A row of `people`: its members, what it is linked to (None: nothing yet), and by what evidence it may be."""

    number: int
    identity: str
    linked: str | None
    digest: int
    entities: frozenset[int]
    keys: frozenset[Key]

    def is_as(self, other: PersonRecord) -> bool:
        """All but the link is written the same, of the same rows."""
        return self.digest == other.digest and self.entities == other.entities


@dataclass(frozen=True, slots=True)
class Made:
    """Somebody of a story, and the row to be. `cited` are the ids that the members give, in the order of the nodes."""

    person: Person
    row: PersonRecord
    sort: str
    cited: tuple[str, ...]

    @classmethod
    def of(cls, person: Person, identity: str, sort: str, keys: frozenset[Key], cited: tuple[str, ...]) -> Made:
        by_record = dict(zip((n.record for n in person.nodes), cited, strict=True))
        whole = (
            (person.name, person.called, person.type, person.ref, sort, cited),
            sorted((key.rule, key.value) for key in keys),
            [(m.rule, by_record[m.first], m.first_span, by_record[m.second], m.second_span) for m in person.merges],
        )
        digest = int.from_bytes(sha256(repr(whole).encode()).digest()[:8], "big", signed=True)
        entities = frozenset(n.row for n in person.nodes)
        return cls(person, PersonRecord(0, identity, None, digest, entities, keys), sort, cited)


def written(connection: Connection, documents: Collection[int]) -> dict[str, PersonRecord]:
    """The people who have a member in these documents, by id."""
    numbers: set[int] = {number for (number,) in fetched(connection, _NAMED_IN, documents)}
    entities: dict[int, set[int]] = {number: set() for number in numbers}
    keys: dict[int, set[Key]] = {number: set() for number in numbers}
    for person, entity in fetched(connection, _MEMBERS, numbers):
        entities[person].add(entity)
    for person, rule, value in fetched(connection, _KEYS, numbers):
        keys[person].add(Key(rule, value))
    rows: dict[str, PersonRecord] = {}
    for number, identity, linked, digest in fetched(connection, _ROWS, numbers):
        held = frozenset(entities[number]), frozenset(keys[number])
        rows[identity] = PersonRecord(number, identity, linked, digest, *held)
    return rows


def remove(connection: Connection, rows: Iterable[PersonRecord]) -> None:
    """Take people away, with their members, keys and merges."""
    for batch in batched(sorted([row.number for row in rows])):
        connection.execute(_REMOVE, {"wanted": batch})


def add(connection: Connection, made: Sequence[Made], gone: Mapping[str, PersonRecord]) -> list[PersonRecord]:
    """Write people. One that offers all that it offered before, as a row that is `gone`, keeps its link."""
    links = [
        was.linked if (was := gone.get(new.row.identity)) is not None and was.keys <= new.row.keys else None
        for new in made
    ]
    numbered = numbers(connection, people, len(made))
    rows = [
        replace(new.row, number=number, linked=link) for new, number, link in zip(made, numbered, links, strict=True)
    ]
    put(connection, people, _PERSON, [_columns(new, row) for new, row in zip(made, rows, strict=True)])
    _add_parts(connection, made, rows)
    return rows


_PERSON = (
    *("id", "entity", "name", "called", "name_key", "surname", "type", "ref", "identity", "linked", "sort"),
    "digest",
)
_MERGE = ("person", "rule", "first_entity", "first_start", "first_end", "second_entity", "second_start", "second_end")


def _columns(new: Made, row: PersonRecord) -> tuple[object, ...]:
    person, key = new.person, name_key(new.person.name)
    return (
        row.number,
        person.nodes[0].row,
        person.name,
        person.called,
        key,
        key.rpartition(" ")[2] if person.type == "person" else None,
        person.type,
        person.ref,
        row.identity,
        row.linked or row.identity,
        new.sort,
        row.digest,
    )


def _add_parts(connection: Connection, made: Sequence[Made], rows: Sequence[PersonRecord]) -> None:
    members = [
        (n.document, n.row, row.number, cited)
        for new, row in zip(made, rows, strict=True)
        for n, cited in zip(new.person.nodes, new.cited, strict=True)
    ]
    put(connection, person_members, ("document", "entity", "person", "cited"), members)
    keys = [(row.number, key.rule, key.value) for row in rows for key in sorted(row.keys)]
    put(connection, person_keys, ("person", "rule", "value"), keys)
    by_record: dict[Record, int] = {n.record: n.row for new in made for n in new.person.nodes}
    put(
        connection,
        merges,
        _MERGE,
        [
            (row.number, m.rule, by_record[m.first], *m.first_span, by_record[m.second], *m.second_span)
            for new, row in zip(made, rows, strict=True)
            for m in new.person.merges
        ],
    )
