"""Claims in the tables: propositions are kept with their document, claims are made again whenever their story changes.

Everything here runs inside a transaction that the caller holds.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched, fetched
from onrecord.ledger.claims.assemble import assemble
from onrecord.ledger.claims.claim import Claim, Membership, SeriesLike
from onrecord.ledger.claims.facts import dump, facts_of, load
from onrecord.ledger.claims.model import Facts
from onrecord.ledger.claims.oppositions import oppositions
from onrecord.ledger.claims.queries import claims
from onrecord.ledger.claims.readable import Form, Names, form
from onrecord.ledger.claims.tables import claim_members, propositions
from onrecord.ledger.claims.tables import claims as claim_rows
from onrecord.ledger.conflicts import store as conflicts
from onrecord.ledger.conflicts.rows import Conflict
from onrecord.ledger.ids import derived_id
from onrecord.ledger.inserting import numbers, put
from onrecord.ledger.scene import Record, Scene
from onrecord.reading import Reading

__all__ = [
    "Kept",
    "Told",
    "claims",
    "entities_in",
    "forget",
    "kept",
    "packed_in",
    "remember",
    "texts_in",
    "told",
    "write",
]

_Row = tuple[Any, ...]

_d, _e, _p = t.documents.c, t.entities.c, propositions.c
_LET_GO = (
    update(claim_members)
    .where(claim_members.c.entity.in_(select(_e.id).where(_e.document == bindparam("gone"))))
    .where(claim_members.c.document != bindparam("gone"))
    .values(entity=None)
)
_PACKED = select(_p.document, _p.packed).where(_p.document.in_(WANTED))
_FORGET_STORIES = delete(claim_rows).where(claim_rows.c.story.in_(WANTED))
_TEXTS = select(_d.id, _d.text).where(_d.id.in_(WANTED))
_ENTITIES = select(_e.document, _e.key, _e.id).where(_e.document.in_(WANTED))


class Kept(NamedTuple):
    """What is kept of a reading for claims: how many propositions it has, and its facts, packed."""

    number: int
    packed: bytes


def kept(reading: Reading) -> Kept:
    """Pure."""
    facts = facts_of(reading)
    return Kept(len(facts.propositions), zlib.compress(dump(facts).encode(), 1))


def remember(connection: Connection, written: Mapping[int, Kept]) -> None:
    """Keep the propositions of documents of which none were kept before."""
    put(connection, propositions, ("document", *Kept._fields), [(number, *one) for number, one in written.items()])


def forget(connection: Connection, document: int) -> None:
    """Let go of the entities of a document that is about to go, where people ruled that they speak in others.

    The stories of those must be made anew.
    """
    connection.execute(_LET_GO, {"gone": document})


def packed_in(connection: Connection, documents: Iterable[int]) -> dict[int, bytes]:
    """The facts of these documents as they are kept."""
    return dict(fetched(connection, _PACKED, documents))


@lru_cache(maxsize=512)
def _unpacked(packed: bytes) -> Facts:
    """A story that grows is read again with each article: of its others nothing has changed."""
    return load(zlib.decompress(packed).decode())


class Told(NamedTuple):
    """What is written of the claims of a story: of each its row and those of its members, all without the claim's number;
    of a member who speaks, in the place of an entity's row, its document and its key. And the conflicts in them.
    """

    rows: Sequence[tuple[_Row, Sequence[_Row]]]
    conflicts: Sequence[Conflict]


def told(
    scene: Scene, packed: Mapping[int, bytes], texts: Mapping[int, str], series: Iterable[SeriesLike] = ()
) -> Told:
    """The claims of a story, and the conflicts in them, from the facts that are kept of its documents. Pure: the same scene
    always gives the same."""
    facts = {document: _unpacked(one) for document, one in packed.items()}
    claims = assemble(scene, facts, series)
    names = Names(scene, facts)
    rows = [
        (
            _claim_row(claim, names, texts[claim.clearest.item.document]),
            [_member_row(place, part, names) for place, part in enumerate(claim.members)],
        )
        for claim in claims
    ]
    return Told(rows, oppositions(claims, names))


def write(
    connection: Connection, made: Mapping[int, Told], entities: Mapping[Record, int], texts: Mapping[int, str]
) -> None:
    """Put the claims of these stories, by their rows, and the conflicts in them in the place of those that were there.

    `entities` are the rows of entities by document and key, `texts` those of the documents.
    """
    for some in batched(sorted(made)):
        connection.execute(_FORGET_STORIES, {"wanted": some})
    claims = [row for one in made.values() for row in one.rows]
    rows: list[_Row] = []
    members: list[_Row] = []
    for number, (row, parts) in zip(numbers(connection, claim_rows, len(claims)), claims, strict=True):
        rows.append((number, *row))
        for *before, speaker, said_on, start, end, pieces, place in parts:
            entity = entities.get(speaker) if speaker is not None else None
            members.append((number, *before, entity, said_on, start, end, pieces, place))
    put(connection, claim_rows, ("id", *_CLAIM, *_FORM), rows)
    put(connection, claim_members, _MEMBER, members)
    conflicts.write(connection, {story: one.conflicts for story, one in made.items()}, texts, maker="claims")


_CLAIM = ("key", "story", "says", "negative", "standing", "independent", "day")
_FORM = Form.__slots__
_MEMBER = (
    *("claim", "document", "key", "record", "role", "way", "who", "name", "act", "entity", "said_on"),
    *("span_start", "span_end", "pieces", "place"),
)


def _claim_row(claim: Claim, names: Names, text: str) -> _Row:
    normal = form(claim, names, text)
    return (
        claim.id,
        claim.story,
        claim.clearest.item.proposition.words(text),
        claim.negative,
        claim.standing,
        claim.independent,
        names.member(claim.first.item.document).day,
        *(getattr(normal, name) for name in _FORM),
    )


def _member_row(place: int, part: Membership, names: Names) -> _Row:
    p, document = part.item.proposition, part.item.document
    member = names.member(document)
    way = "withdrawal" if part.withdraws else "reference" if part.points else "negation" if part.plain else "words"
    return (
        document,
        derived_id("c", member.hash, p.record),
        p.record,
        part.role,
        way,
        part.who,
        names.of(part),
        p.act,
        names.speaker(part),
        p.said_on or member.day,
        p.start,
        p.end,
        json.dumps(p.spans) if len(p.spans) > 1 else None,
        place,
    )


def texts_in(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    """The texts of these documents."""
    return dict(fetched(connection, _TEXTS, documents))


def entities_in(connection: Connection, scenes: Iterable[Scene]) -> dict[Record, int]:
    """The rows of the entities of these stories' documents, and of those that people ruled to speak in them."""
    documents = {document for scene in scenes for document in _speaking_in(scene)}
    return {(document, key): row for document, key, row in fetched(connection, _ENTITIES, documents)}


def _speaking_in(scene: Scene) -> set[int]:
    return {*(member.document for member in scene.members), *(voice[0] for voice in scene.rulings.voices)}
