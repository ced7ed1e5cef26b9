"""Who is who in the ledger: computed for a story, written with its evidence, and linked across stories."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, fetched
from onrecord.ledger.identity.keys import Key, evidence, keys_of
from onrecord.ledger.identity.linking import APART, relink
from onrecord.ledger.identity.members import nodes_of
from onrecord.ledger.identity.nodes import Node
from onrecord.ledger.identity.story import Person, people_of
from onrecord.ledger.identity.tables import person_members
from onrecord.ledger.identity.writing import Made, PersonRecord, add, remove, written
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Record, Scene

__all__ = ["Cast", "casts_of", "forget", "refresh", "within"]

_AUTHORS = select(t.documents.c.id, t.documents.c.author).where(
    t.documents.c.id.in_(WANTED), t.documents.c.author.is_not(None)
)
_MEMBERS = select(person_members.c.entity).where(person_members.c.person.in_(WANTED))
_NO_DAY = "9999-99-99"  # documents without a date come last


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one story, and the ids of their members: see Scene.people and Scene.names for what they are."""

    persons: tuple[Person, ...]
    ids: tuple[str, ...]

    def people(self) -> dict[Record, str]:
        return {n.record: i for person, i in zip(self.persons, self.ids, strict=True) for n in person.nodes}

    def names(self) -> dict[str, str]:
        return {i: person.called or person.name for person, i in zip(self.persons, self.ids, strict=True)}


def casts_of(connection: Connection, scenes: Sequence[Scene]) -> dict[int, Cast]:
    """Who is who in these stories, by their rows, from what the ledger holds of their documents and the scenes' rulings."""
    nodes = nodes_of(connection, [scene.members for scene in scenes])
    return {scene.story: _cast(scene, here) for scene, here in zip(scenes, nodes, strict=True)}


def _cast(scene: Scene, nodes: Sequence[Node]) -> Cast:
    persons = people_of(nodes, same=scene.rulings.same, apart=scene.rulings.apart)
    if scene.rulings.names:
        persons = [_called(person, scene.rulings.names) for person in persons]
    hashes = {m.document: m.hash for m in scene.members}
    return Cast(tuple(persons), tuple(_cited(hashes, person.nodes[0]) for person in persons))


def _called(person: Person, names: Mapping[Record, str]) -> Person:
    own = {node.record for node in person.nodes}
    ruled = [name for record, name in names.items() if record in own]
    return replace(person, called=ruled[-1]) if ruled else person


def within(connection: Connection, scene: Scene) -> tuple[dict[Record, str], dict[str, str]]:
    """The id of who each entity of the scene's documents is, and the best name of each. Writes nothing."""
    cast = casts_of(connection, [scene])[scene.story]
    return cast.people(), cast.names()


def refresh(connection: Connection, scenes: Sequence[Scene], casts: Mapping[int, Cast] | None = None) -> set[int]:
    """Write the people of these stories in place of what was written of their documents, and link them across stories.

    `casts` are those that were computed before, by Scene.story; the others are computed here. A ruling about people of
    two stories holds once both stories are refreshed. Returns the entities that may be somebody else than they were.
    """
    casts = casts_of(connection, [scene for scene in scenes if scene.story not in (casts or {})]) | {**(casts or {})}
    authors = _authors(connection, [m.document for scene in scenes for m in scene.members])
    old = written(connection, {m.document for scene in scenes for m in scene.members})
    made: list[Made] = []
    for scene in scenes:
        made += _make(connection, scene, casts[scene.story], authors)
    # Most of a story is as it was before one more document came.
    same = {new.row.identity for new in made if (was := old.get(new.row.identity)) is not None and was.is_as(new.row)}
    gone = {identity: row for identity, row in old.items() if identity not in same}
    remove(connection, gone.values())
    rows = add(connection, [new for new in made if new.row.identity not in same], gone)
    kept = {row.identity for row in rows if row.linked is not None}
    broken = _broken(row for row in gone.values() if row.identity not in kept)
    moved = _members(connection, relink(connection, [row.number for row in rows], broken))
    return moved.union(*(row.entities for row in (*rows, *gone.values())))


def forget(connection: Connection, documents: Collection[int]) -> set[int]:
    """Take away all people who are named in these documents, before the documents go. Their stories need a refresh.

    Returns the entities that may be somebody else than they were.
    """
    old = written(connection, set(documents))
    remove(connection, old.values())
    moved = _members(connection, relink(connection, (), _broken(old.values())))
    return moved.union(*(row.entities for row in old.values()))


def _members(connection: Connection, rows: Collection[int]) -> set[int]:
    """The entities of the people in these rows."""
    return {entity for (entity,) in fetched(connection, _MEMBERS, rows)}


def _broken(gone: Iterable[PersonRecord]) -> set[str]:
    """The sets that may fall apart, or need another id, without these rows. One key alone holds no two others together."""
    return {row.linked for row in gone if row.linked is not None and (row.identity == row.linked or len(row.keys) > 1)}


def _make(connection: Connection, scene: Scene, cast: Cast, authors: Mapping[int, str]) -> list[Made]:
    """The people of a story that are worth keeping. `authors` are the bylines of its documents, and of others."""
    members = scene.members
    hashes = {m.document: m.hash for m in members}
    days = {m.document: m.day or _NO_DAY for m in members}
    kept = [(p, i) for p, i in zip(cast.persons, cast.ids, strict=True) if _worth_keeping(p)]
    made = []
    for (person, identity), offered in zip(kept, keys_of([p for p, _ in kept], members, authors), strict=True):
        first = person.nodes[0]
        sort = f"{days[first.document]} {hashes[first.document]} {first.place[1]:012} {first.record[1]}"
        keys = frozenset(offered | _ruled(connection, person, scene, hashes))
        cited = tuple(_cited(hashes, n) for n in person.nodes)
        made.append(Made.of(person, identity, sort, keys, cited))
    return made


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


def _authors(connection: Connection, documents: Sequence[int]) -> dict[int, str]:
    return {row.id: row.author for row in fetched(connection, _AUTHORS, documents)}


def _cited(hashes: Mapping[int, str], node: Node) -> str:
    return derived_id("p", hashes[node.document], node.record[1])
