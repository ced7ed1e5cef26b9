"""Who is who in the ledger: computed for a story, written with its evidence, and linked across stories."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from onrecord.ledger import schema as t
from onrecord.ledger.identity.keys import Key, evidence, keys_of
from onrecord.ledger.identity.linking import APART, batched, relink
from onrecord.ledger.identity.members import nodes_of
from onrecord.ledger.identity.nodes import Node
from onrecord.ledger.identity.story import Person, people_of
from onrecord.ledger.identity.tables import merges, people, person_keys, person_members
from onrecord.ledger.ids import derived_id
from onrecord.ledger.names import name_key
from onrecord.ledger.scene import Record, Scene

__all__ = ["Cast", "cast_of", "forget", "refresh", "within"]

_NO_DAY = "9999-99-99"  # documents without a date come last


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one story, and the ids of their members: see Scene.people and Scene.names for what they are."""

    persons: tuple[Person, ...]
    ids: tuple[str, ...]

    def people(self) -> dict[Record, str]:
        return {n.record: i for person, i in zip(self.persons, self.ids, strict=True) for n in person.nodes}

    def names(self) -> dict[str, str]:
        return {i: person.name for person, i in zip(self.persons, self.ids, strict=True)}


def cast_of(connection: Connection, scene: Scene) -> Cast:
    """Who is who in a story, from what the ledger holds of its documents and the scene's rulings."""
    nodes = nodes_of(connection, scene.members)
    persons = people_of(nodes, same=scene.rulings.same, apart=scene.rulings.apart)
    hashes = {m.document: m.hash for m in scene.members}
    return Cast(tuple(persons), tuple(_cited(hashes, person.nodes[0]) for person in persons))


def within(connection: Connection, scene: Scene) -> tuple[dict[Record, str], dict[str, str]]:
    """The id of who each entity of the scene's documents is, and the best name of each. Writes nothing."""
    cast = cast_of(connection, scene)
    return cast.people(), cast.names()


def refresh(connection: Connection, scenes: Sequence[Scene], casts: Mapping[int, Cast] | None = None) -> None:
    """Write the people of these stories in place of what was written of their documents, and link them across stories.

    `casts` are those that were computed before, by Scene.story; the others are computed here. A ruling about people of
    two stories holds once both stories are refreshed.
    """
    casts = casts or {}
    old = _take(connection, {m.document for scene in scenes for m in scene.members})
    written = [
        row
        for scene in scenes
        for row in _write(connection, scene, casts.get(scene.story) or cast_of(connection, scene), old)
    ]
    kept = {row.identity for row in written if row.linked is not None}
    relink(
        connection, [row.number for row in written], _broken(row for row in old.values() if row.identity not in kept)
    )


def forget(connection: Connection, documents: Collection[int]) -> None:
    """Take away all people who are named in these documents, before the documents go. Their stories need a refresh."""
    old = _take(connection, set(documents))
    relink(connection, (), _broken(old.values()))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of `people` that was taken away: what it was linked to, by what evidence."""

    number: int
    identity: str
    linked: str | None
    keys: frozenset[Key]


def _take(connection: Connection, documents: Collection[int]) -> dict[str, _Row]:
    """Delete the people who have a member in these documents; gives back what they were, by id."""
    c, m, k = people.c, person_members.c, person_keys.c
    numbers: set[int] = set()
    for batch in batched(documents):
        numbers |= set(connection.execute(select(m.person).distinct().where(m.document.in_(batch))).scalars())
    keys: dict[int, set[Key]] = {number: set() for number in numbers}
    rows: dict[str, _Row] = {}
    for batch in batched(numbers):
        for person, rule, value in connection.execute(select(k.person, k.rule, k.value).where(k.person.in_(batch))):
            keys[person].add(Key(rule, value))
        for number, identity, linked in connection.execute(select(c.id, c.identity, c.linked).where(c.id.in_(batch))):
            rows[identity] = _Row(number, identity, linked, frozenset(keys[number]))
        connection.execute(delete(people).where(c.id.in_(batch)))
    return rows


def _broken(gone: Iterable[_Row]) -> set[str]:
    """The sets that may fall apart, or need another id, without these rows. One key alone holds no two others together."""
    return {row.linked for row in gone if row.linked is not None and (row.identity == row.linked or len(row.keys) > 1)}


def _write(connection: Connection, scene: Scene, cast: Cast, old: Mapping[str, _Row]) -> list[_Row]:
    """Insert the people of a story that are worth keeping. A row that offers all that it offered keeps its link."""
    members = scene.members
    authors = _authors(connection, [m.document for m in members])
    hashes = {m.document: m.hash for m in members}
    days = {m.document: m.day or _NO_DAY for m in members}
    kept = [(p, i) for p, i in zip(cast.persons, cast.ids, strict=True) if _worth_keeping(p)]
    offered = [
        frozenset(keys | _ruled(connection, person, scene, hashes))
        for (person, _), keys in zip(kept, keys_of([p for p, _ in kept], members, authors), strict=True)
    ]
    inserted: list[dict[str, object]] = []
    links: list[str | None] = []
    for (person, identity), keys in zip(kept, offered, strict=True):
        before = old.get(identity)
        link = before.linked if before is not None and before.keys <= keys else None
        links.append(link)
        key, first = name_key(person.name), person.nodes[0]
        inserted.append(
            {
                "entity": first.row,
                "name": person.name,
                "name_key": key,
                "surname": key.rpartition(" ")[2] if person.type == "person" else None,
                "type": person.type,
                "ref": person.ref,
                "identity": identity,
                "linked": link or identity,
                "sort": f"{days[first.document]} {hashes[first.document]} {first.place[1]:012} {first.record[1]}",
            }
        )
    if not inserted:
        return []
    connection.execute(insert(people), inserted)
    numbers = _numbers(connection, [identity for _, identity in kept])
    rows = [
        _Row(numbers[identity], identity, link, keys)
        for (_, identity), link, keys in zip(kept, links, offered, strict=True)
    ]
    _write_parts(connection, [person for person, _ in kept], rows, hashes)
    return rows


def _write_parts(
    connection: Connection, persons: Sequence[Person], rows: Sequence[_Row], hashes: Mapping[int, str]
) -> None:
    by_record: dict[Record, int] = {n.record: n.row for person in persons for n in person.nodes}
    connection.execute(
        insert(person_members),
        [
            {"document": n.document, "entity": n.row, "person": row.number, "cited": _cited(hashes, n)}
            for person, row in zip(persons, rows, strict=True)
            for n in person.nodes
        ],
    )
    keys = [{"person": row.number, "rule": key.rule, "value": key.value} for row in rows for key in sorted(row.keys)]
    if keys:
        connection.execute(insert(person_keys), keys)
    evidence = [
        {
            "person": row.number,
            "rule": merge.rule,
            "first_entity": by_record[merge.first],
            "first_start": merge.first_span.start,
            "first_end": merge.first_span.end,
            "second_entity": by_record[merge.second],
            "second_start": merge.second_span.start,
            "second_end": merge.second_span.end,
        }
        for person, row in zip(persons, rows, strict=True)
        for merge in person.merges
    ]
    if evidence:
        connection.execute(insert(merges), evidence)


def _worth_keeping(person: Person) -> bool:
    """Named, or a speaker, or the same in several places: not "a block" of one document."""
    return len(person.nodes) > 1 or any(
        node.speaks or node.ref is not None or any(form.form in {"name", "metonym"} for form in node.forms)
        for node in person.nodes
    )


def _ruled(connection: Connection, person: Person, scene: Scene, hashes: Mapping[int, str]) -> set[Key]:
    """What rulings say of a person and one of another story, as evidence that both offer."""
    own = {n.record for n in person.nodes}
    found = set()
    for rule, pairs in (("ruled", scene.rulings.same), (APART, scene.rulings.apart)):
        for pair in pairs:
            if any(record in own for record in pair):
                ids = sorted(_id_of(connection, record, hashes) for record in pair)
                found.add(evidence(rule, *ids))
    return found


def _id_of(connection: Connection, record: Record, hashes: Mapping[int, str]) -> str:
    known = hashes.get(record[0])
    if known is None:
        known = connection.execute(select(t.documents.c.hash).where(t.documents.c.id == record[0])).scalar_one()
    return derived_id("p", known, record[1])


def _numbers(connection: Connection, identities: Sequence[str]) -> dict[str, int]:
    c = people.c
    found: dict[str, int] = {}
    for batch in batched(identities):
        query = select(c.identity, c.id).where(c.identity.in_(batch))
        found.update((row.identity, row.id) for row in connection.execute(query))
    return found


def _authors(connection: Connection, documents: Sequence[int]) -> dict[int, str]:
    c = t.documents.c
    query = select(c.id, c.author).where(c.id.in_(documents), c.author.is_not(None))
    return {row.id: row.author for row in connection.execute(query)}


def _cited(hashes: Mapping[int, str], node: Node) -> str:
    return derived_id("p", hashes[node.document], node.record[1])
