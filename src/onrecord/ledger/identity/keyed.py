"""Who the entities of one document are across documents: the key each has as a speaker, and what it is called there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from onrecord.ledger import schema as t
from onrecord.ledger.database import reading
from onrecord.ledger.identity.speakers import speaker_key
from onrecord.ledger.identity.tables import people, person_members
from onrecord.ledger.opened import Opened
from onrecord.ledger.rebuild import document_number
from onrecord.records import EntityType

__all__ = ["Known", "known"]


@dataclass(frozen=True, slots=True)
class Known:
    """Who an entity of a document is: `key` as in SpeakerRow, `id` (`p…`) across stories, and name, type and ref of whom
    it is in its story."""

    key: str
    id: str
    name: str
    type: EntityType
    ref: str | None


def known(ledger: Opened, document: str) -> dict[str, Known]:
    """The entities of `document` (an id or its beginning) that the ledger knows as somebody, by their ids (`e3`).

    "Three men" and a "block" are nobody, and are missing. Raises NotInLedger for an unknown document.
    """
    e, p = t.entities.c, people.c
    with reading(ledger._engine, ledger.name) as connection:
        query = (
            select(
                e.key.label("entity"),
                speaker_key(t.entities).label("key"),
                p.linked,
                func.coalesce(p.called, p.name).label("name"),
                p.type,
                func.coalesce(e.ref, p.ref).label("ref"),
            )
            .select_from(t.entities)
            .join(person_members, person_members.c.entity == e.id)
            .join(people, p.id == person_members.c.person)
            .where(e.document == document_number(connection, document))
            .order_by(e.id)
        )
        return {
            row.entity: Known(row.key, row.linked, row.name, row.type, row.ref) for row in connection.execute(query)
        }
