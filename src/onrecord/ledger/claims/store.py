"""Claims in the tables: propositions are kept with their document, claims are made again whenever their story changes.

Everything here runs inside a transaction that the caller holds.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.claims.assemble import assemble
from onrecord.ledger.claims.claim import Claim, Membership, SeriesLike
from onrecord.ledger.claims.facts import dump, facts_of, load
from onrecord.ledger.claims.model import Facts
from onrecord.ledger.claims.oppositions import oppositions
from onrecord.ledger.claims.queries import claims
from onrecord.ledger.claims.readable import Names, form
from onrecord.ledger.claims.tables import claim_members, propositions
from onrecord.ledger.claims.tables import claims as claim_rows
from onrecord.ledger.conflicts import store as conflicts
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Record, Scene
from onrecord.reading import Reading

__all__ = ["claims", "facts_in", "forget", "refresh", "remember"]

_d, _e, _p = t.documents.c, t.entities.c, propositions.c
_FORGET = delete(propositions).where(_p.document == bindparam("gone"))
_LET_GO = (
    update(claim_members)
    .where(claim_members.c.entity.in_(select(_e.id).where(_e.document == bindparam("gone"))))
    .where(claim_members.c.document != bindparam("gone"))
    .values(entity=None)
)
_PACKED = select(_p.document, _p.packed).where(_p.document.in_(WANTED))
_FORGET_STORY = delete(claim_rows).where(claim_rows.c.story == bindparam("gone"))
_NUMBERS = select(claim_rows.c.key, claim_rows.c.id).where(claim_rows.c.story == bindparam("told"))
_TEXTS = select(_d.id, _d.text).where(_d.id.in_(WANTED))
_ENTITIES = select(_e.document, _e.key, _e.id).where(_e.document.in_(WANTED))


def remember(connection: Connection, document: int, reading: Reading) -> None:
    """Keep the propositions of a document, in the place of whatever was kept of it."""
    facts = facts_of(reading)
    connection.execute(_FORGET, {"gone": document})
    connection.execute(
        insert(propositions),
        [{"document": document, "number": len(facts.propositions), "packed": zlib.compress(dump(facts).encode(), 1)}],
    )


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


def refresh(connection: Connection, scene: Scene, series: Iterable[SeriesLike] = ()) -> tuple[Claim, ...]:
    """Make the claims of a story, and the conflicts in them, anew from what is kept of its documents.

    The same scene always gives the same ones.
    """
    documents = [member.document for member in scene.members]
    facts = facts_in(connection, documents)
    found = assemble(scene, facts, series)
    connection.execute(_FORGET_STORY, {"gone": scene.story})
    names = Names(scene, facts)
    conflicts.write(connection, scene.story, oppositions(found, names), maker="claims")
    if not found:
        return found
    texts = _texts(connection, documents)
    connection.execute(
        insert(claim_rows), [_claim_row(claim, names, texts[claim.clearest.item.document]) for claim in found]
    )
    numbers = {row.key: row.id for row in connection.execute(_NUMBERS, {"told": scene.story})}
    entities = _entities(connection, {*documents, *(voice[0] for voice in scene.rulings.voices)})
    connection.execute(
        insert(claim_members),
        [
            _member_row(numbers[claim.id], place, part, names, entities)
            for claim in found
            for place, part in enumerate(claim.members)
        ],
    )
    return found


def _claim_row(claim: Claim, names: Names, text: str) -> dict[str, Any]:
    normal = form(claim, names, text)
    return {
        "key": claim.id,
        "story": claim.story,
        "says": claim.clearest.item.proposition.words(text),
        "negative": claim.negative,
        "standing": claim.standing,
        "independent": claim.independent,
        "day": names.member(claim.first.item.document).day,
    } | {name: getattr(normal, name) for name in normal.__slots__}


def _member_row(
    claim: int, place: int, part: Membership, names: Names, entities: Mapping[Record, int]
) -> dict[str, Any]:
    p, document = part.item.proposition, part.item.document
    member = names.member(document)
    speaker = names.speaker(part)
    return {
        "claim": claim,
        "document": document,
        "key": derived_id("c", member.hash, p.record),
        "record": p.record,
        "role": part.role,
        "way": "withdrawal"
        if part.withdraws
        else "reference"
        if part.points
        else "negation"
        if part.plain
        else "words",
        "who": part.who,
        "name": names.of(part),
        "act": p.act,
        "entity": entities.get(speaker) if speaker is not None else None,
        "said_on": p.said_on or member.day,
        "span_start": p.start,
        "span_end": p.end,
        "pieces": json.dumps(p.spans) if len(p.spans) > 1 else None,
        "place": place,
    }


def _texts(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    return {
        row.id: row.text for some in batched(sorted(documents)) for row in connection.execute(_TEXTS, {"wanted": some})
    }


def _entities(connection: Connection, documents: Iterable[int]) -> dict[Record, int]:
    return {
        (row.document, row.key): row.id
        for some in batched(sorted(documents))
        for row in connection.execute(_ENTITIES, {"wanted": some})
    }
