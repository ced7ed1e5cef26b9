"""The facts that the claims room keeps of a document: its propositions, and who is in them; as JSON and back."""

from __future__ import annotations

import json

from onrecord.ledger.claims.model import Entry, Facts, from_json, to_json
from onrecord.ledger.claims.propositions import propositions
from onrecord.reading import Reading
from onrecord.records import Role

__all__ = ["dump", "facts_of", "load"]


def facts_of(reading: Reading) -> Facts:
    """The propositions of a reading and the entities that they speak of."""
    found = propositions(reading)
    speakers = {s.id: s.speaker for s in reading.statements if s.speaker is not None}
    used = {n.entity for p in found for n in p.named} | {p.speaker for p in found if p.speaker} | set(speakers.values())
    used |= {e for p in found for h in p.happenings for e in (*h.actor, *h.target, *h.place)}
    entities = {
        e.id: Entry(e.name, e.type, tuple(dict.fromkeys(of for role in e.roles if (of := _body(role)) is not None)))
        for e in reading.entities
    }
    # Whom somebody speaks for is needed as well: "the head of the service".
    used |= {of for key in used for of in entities[key].of if of in entities}
    return Facts(found, {key: entities[key] for key in sorted(used)}, speakers)


def _body(role: Role) -> str | None:
    """The entity that a role belongs to, or the words for it: those behind "of" where they stand in the title."""
    return role.of or role.title.partition(" of ")[2].removeprefix("the ") or None


def dump(facts: Facts) -> str:
    """One line of JSON."""
    return json.dumps(
        [
            [to_json(p) for p in facts.propositions],
            {key: [e.name, e.type, list(e.of)] for key, e in facts.entities.items()},
            facts.speakers,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load(text: str) -> Facts:
    """What `dump` made of facts, again."""
    rows, entities, speakers = json.loads(text)
    return Facts(
        tuple(from_json(row) for row in rows),
        {key: Entry(name, kind, tuple(of)) for key, (name, kind, of) in entities.items()},
        speakers,
    )
