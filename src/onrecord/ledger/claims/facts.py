"""The facts that the claims room keeps of a document: its propositions, and who is in them; as JSON and back."""

from __future__ import annotations

import json
import re

from onrecord.ledger.claims.model import Entry, Facts, from_json, to_json
from onrecord.ledger.claims.propositions import propositions
from onrecord.ledger.claims.voices import Voices
from onrecord.ledger.copies.credits import credits_of
from onrecord.reading import Reading
from onrecord.records import Role

__all__ = ["dump", "facts_of", "load"]

_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))  # a fifth less time unchecked
_ITS = re.compile(r"its\s", re.IGNORECASE)
_VOICE = re.compile(r"(?:the\s+|an?\s+)?(?P<body>.+?)\s+spokes(?:man|woman|person)", re.IGNORECASE)
_WE_THE = re.compile(r"We,\s+the\s+(?P<name>[^,.;:]{3,80}),\s")
_TOP = 5  # blocks from the top in which a declaration says whose it is
_WHOLE = frozenset({"dateline", "byline", "author"})  # credits for all of a text, and not for help with it


def facts_of(reading: Reading) -> Facts:
    """The propositions of a reading and the entities that they speak of."""
    voices = Voices(reading)
    found = propositions(reading, voices)
    speakers = {s.id: who for s in reading.statements if (who := voices.speaker(s)) is not None}
    credit = _own_name(reading) or next((c.agency for c in credits_of(reading.document) if c.form in _WHOLE), None)
    used = {n.entity for p in found for n in p.named} | {p.speaker for p in found if p.speaker} | set(speakers.values())
    used |= {e for p in found for h in p.happenings for e in (*h.actor, *h.target, *h.place)}
    entities = {
        e.id: Entry(
            e.name, e.type, tuple(dict.fromkeys(of for role in e.roles if (of := _body(reading, role)) is not None))
        )
        for e in reading.entities
    }
    # Whom somebody speaks for is needed as well: "the head of the service".
    used |= {of for key in used for of in entities[key].of if of in entities}
    return Facts(found, {key: entities[key] for key in sorted(used)}, speakers, credit)


def _own_name(reading: Reading) -> str | None:
    """Who speaks in a declaration: "We, the relief committee of the town of Drusa, thank everyone"."""
    for block in reading.document.blocks[:_TOP]:
        if (match := _WE_THE.match(reading.document.text, *block.span)) is not None:
            return match["name"]
    return None


def _body(reading: Reading, role: Role) -> str | None:
    """The entity that a role belongs to, or the words for it: those behind "of" in the title, or before "spokesman"."""
    if _ITS.match(role.title) is not None or (role.of or "").lower() == "its":
        return _whose(reading, role.span.start)
    if role.of is not None:
        return role.of
    behind = role.title.partition(" of ")[2].removeprefix("the ")
    before = _VOICE.fullmatch(role.title)
    return behind or (before["body"] if before is not None else None)


def _whose(reading: Reading, position: int) -> str | None:
    """Whose "its" is, before a role: the organisation named or described last before it in the paragraph."""
    types = {e.id: e.type for e in reading.entities}
    block = next((b for b in reading.document.blocks if b.span.start <= position < b.span.end), None)
    before = [
        m
        for m in reading.mentions
        if m.span.end <= position + len("its")
        and (block is None or m.span.start >= block.span.start)
        and types[m.entity] == "organisation"
    ]
    last = max(before, key=lambda m: (m.span, m.entity), default=None)
    return last.entity if last is not None else None


def dump(facts: Facts) -> str:
    """One line of JSON."""
    return _JSON.encode(
        [
            [to_json(p) for p in facts.propositions],
            {key: [e.name, e.type, list(e.of)] for key, e in facts.entities.items()},
            facts.speakers,
            facts.credit,
        ]
    )


def load(text: str) -> Facts:
    """What `dump` made of facts, again."""
    rows, entities, speakers, credit = json.loads(text)
    return Facts(
        tuple(from_json(row) for row in rows),
        {key: Entry(name, kind, tuple(of)) for key, (name, kind, of) in entities.items()},
        speakers,
        credit,
    )
