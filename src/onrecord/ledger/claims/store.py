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
from onrecord.ledger.batches import WANTED, batched
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

__all__ = ["Kept", "claims", "facts_in", "forget", "kept", "refresh", "remember"]

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


def facts_in(connection: Connection, documents: Iterable[int]) -> dict[int, Facts]:
    """The propositions of these documents, as they were read."""
    return {
        row.document: _unpacked(row.packed)
        for some in batched(sorted(documents))
        for row in connection.execute(_PACKED, {"wanted": some})
    }


@lru_cache(maxsize=512)
def _unpacked(packed: bytes) -> Facts:
    """A story that grows is read again with each article: of its others nothing has changed."""
    return load(zlib.decompress(packed).decode())


def refresh(
    connection: Connection, scenes: Sequence[Scene], series: Mapping[int, Iterable[SeriesLike]] | None = None
) -> dict[int, tuple[Claim, ...]]:
    """Make the claims of stories, and the conflicts in them, anew from what is kept of their documents.

    `series` are those of each story, by its row, as are the claims that are given back. The same scene always gives the
    same ones.
    """
    series = series or {}
    documents = {member.document for scene in scenes for member in scene.members}
    known = facts_in(connection, documents)
    texts, entities = _texts(connection, documents), _entities(connection, scenes)
    stories = [scene.story for scene in scenes]
    for some in batched(sorted(stories)):
        connection.execute(_FORGET_STORIES, {"wanted": some})
    found: dict[int, tuple[Claim, ...]] = {}
    opposed: dict[int, Sequence[Conflict]] = {}
    names: dict[int, Names] = {}
    for scene in scenes:
        facts = {member.document: known[member.document] for member in scene.members}
        found[scene.story] = made = assemble(scene, facts, series.get(scene.story, ()))
        names[scene.story] = Names(scene, facts)
        opposed[scene.story] = tuple(oppositions(made, names[scene.story]))
    claims = [claim for story in stories for claim in found[story]]
    rows, parts = [], []
    for number, claim in zip(numbers(connection, claim_rows, len(claims)), claims, strict=True):
        named = names[claim.story]
        rows.append((number, *_claim_row(claim, named, texts[claim.clearest.item.document])))
        parts += [_member_row(number, place, part, named, entities) for place, part in enumerate(claim.members)]
    put(connection, claim_rows, ("id", *_CLAIM, *_FORM), rows)
    put(connection, claim_members, _MEMBER, parts)
    conflicts.write(connection, opposed, texts, maker="claims")
    return found


_CLAIM = ("key", "story", "says", "negative", "standing", "independent", "day")
_FORM = Form.__slots__
_MEMBER = (
    *("claim", "document", "key", "record", "role", "way", "who", "name", "act", "entity", "said_on"),
    *("span_start", "span_end", "pieces", "place"),
)


def _claim_row(claim: Claim, names: Names, text: str) -> tuple[Any, ...]:
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


def _member_row(
    claim: int, place: int, part: Membership, names: Names, entities: Mapping[Record, int]
) -> tuple[Any, ...]:
    p, document = part.item.proposition, part.item.document
    member = names.member(document)
    speaker = names.speaker(part)
    way = "withdrawal" if part.withdraws else "reference" if part.points else "negation" if part.plain else "words"
    return (
        claim,
        document,
        derived_id("c", member.hash, p.record),
        p.record,
        part.role,
        way,
        part.who,
        names.of(part),
        p.act,
        entities.get(speaker) if speaker is not None else None,
        p.said_on or member.day,
        p.start,
        p.end,
        json.dumps(p.spans) if len(p.spans) > 1 else None,
        place,
    )


def _texts(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    return {
        row.id: row.text for some in batched(sorted(documents)) for row in connection.execute(_TEXTS, {"wanted": some})
    }


def _entities(connection: Connection, scenes: Iterable[Scene]) -> dict[Record, int]:
    """The rows of the entities of these stories' documents, and of those that people ruled to speak in them."""
    documents = {document for scene in scenes for document in _speaking_in(scene)}
    return {
        (row.document, row.key): row.id
        for some in batched(sorted(documents))
        for row in connection.execute(_ENTITIES, {"wanted": some})
    }


def _speaking_in(scene: Scene) -> set[int]:
    return {*(member.document for member in scene.members), *(voice[0] for voice in scene.rulings.voices)}
