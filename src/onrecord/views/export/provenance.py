"""Where everything on record comes from, in the terms of W3C PROV: the facts, whatever they are written in.

Articles, records and claims are entities. The reading of an article is an activity that used it and generated its records;
the weights that read it are the agent. Publishers and speakers are agents to whom articles and statements are attributed;
claims derive from the records that make them, copies from their origin. A correction is an activity of a person, who is an
agent, at the time at which it was made; what it rejects it invalidates.

Source: PROV-DM, W3C Recommendation of 30 April 2013.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.identity.keyed import Known
from onrecord.ledger.names import name_key
from onrecord.views.export.chosen import Article, Chosen
from onrecord.views.export.terms import address, read_as, record_name, stretch

__all__ = ["Relation", "Term", "Thing", "Value", "facts"]

Term = Literal[
    "used",
    "wasGeneratedBy",
    "wasAssociatedWith",
    "wasAttributedTo",
    "wasDerivedFrom",
    "wasInvalidatedBy",
    "wasInformedBy",
]
Value = str | float | bool


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity, an activity or an agent. `name` is what stands behind `urn:onrecord:`, `of` are its types.

    A type is a term of PROV (`prov:SoftwareAgent`) or of Onrecord (`Statement`); `said` are facts in Onrecord's own terms.
    """

    kind: Literal["entity", "activity", "agent"]
    name: str
    of: tuple[str, ...]
    label: str | None = None
    at: str | None = None
    location: str | None = None
    said: dict[str, Value | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of PROV between two things by name; `of` is its type where it has one (`prov:Revision`)."""

    term: Term
    subject: str
    object: str
    of: str | None = None


def facts(chosen: Chosen) -> Iterator[Thing | Relation]:
    """All things and how they are related, each thing once and before the first relation that names it."""
    seen: set[str] = set()

    def new(thing: Thing) -> Iterator[Thing]:
        if thing.name not in seen:
            seen.add(thing.name)
            yield thing

    for article in chosen.articles():
        yield from new(_model(article.row.model))
        if article.row.publisher is not None:
            yield from new(_publisher(article.row.publisher))
        for voice in article.voices.values():
            if voice.known is not None:
                yield from new(_party(voice.known))
        yield from _article(article)
    yield from _copies(chosen)
    for claim in chosen.claims():
        yield from _claim(chosen, claim)
    for ruling in chosen.corrections():
        yield from new(Thing("agent", _person(ruling.by), ("prov:Person",), label=ruling.by))
        yield from _ruling(chosen, ruling, seen)
        seen.add(ruling.id)


def _article(article: Article) -> Iterator[Thing | Relation]:
    row = article.row
    yield Thing(
        "entity",
        row.id,
        ("Document",),
        label=row.title,
        location=address(row.url),
        said={"sha256": row.id, "published": row.published, "author": row.author, "lang": row.lang},
    )
    if row.publisher is not None:
        yield Relation("wasAttributedTo", row.id, _publisher(row.publisher).name)
    reading = f"reading:{row.id}"
    yield Thing("activity", reading, ("Reading",), said={"model": row.model})
    yield Relation("used", reading, row.id)
    yield Relation("wasAssociatedWith", reading, f"model:{row.model}")
    for said in article.statements:
        name = record_name(row.id, said.id)
        voice = article.voices[said.id]
        yield Thing(
            "entity",
            name,
            ("Statement",),
            label=said.content,
            said={
                "at": stretch(row.id, said.content_spans[0]),
                "speaker": voice.name,
                "act": said.act,
                "negated": said.negated,
                "manner": said.manner,
                "saidOn": said.said_on,
                "confidence": said.confidence,
            },
        )
        yield from _read(name, row.id, reading)
        if voice.known is not None:
            yield Relation("wasAttributedTo", name, voice.known.key)
    for figure in article.figures:
        name = record_name(row.id, figure.id)
        yield Thing(
            "entity",
            name,
            ("Figure",),
            label=figure.text,
            said={
                "at": stretch(row.id, figure.span),
                "low": figure.low,
                "high": figure.high,
                "bound": figure.bound,
                "unit": figure.unit,
                "noun": figure.noun,
                "status": figure.status,
                "confidence": figure.confidence,
            },
        )
        yield from _read(name, row.id, reading)
        if figure.statement is not None:
            yield Relation("wasDerivedFrom", name, record_name(row.id, figure.statement))
    for event in article.reading.events:
        name = record_name(row.id, event.id)
        said_of = {"at": stretch(row.id, event.span), "class": event.type, "status": event.status}
        yield Thing("entity", name, ("Event",), label=event.lemma, said={**said_of, "confidence": event.confidence})
        yield from _read(name, row.id, reading)


def _read(name: str, document: str, reading: str) -> Iterator[Relation]:
    yield Relation("wasGeneratedBy", name, reading)
    yield Relation("wasDerivedFrom", name, document, of="prov:PrimarySource")


def _copies(chosen: Chosen) -> Iterator[Relation]:
    """Copies derive from their origin; a newer version of a page is its revision, an excerpt quotes it."""
    terms = {"update": "prov:Revision", "excerpt": "prov:Quotation"}
    rows: list[CopyRow] = list(chosen.copies())
    origins = {row.group: row.document for row in rows if row.kind == "origin"}
    for row in rows:
        if row.kind != "origin" and row.group in origins:
            yield Relation("wasDerivedFrom", row.document, origins[row.group], of=terms.get(row.kind, row.kind))


def _claim(chosen: Chosen, claim: ClaimRow) -> Iterator[Thing | Relation]:
    said: dict[str, Value | None] = {"standing": claim.standing, "independent": claim.independent, "story": claim.story}
    yield Thing("entity", claim.id, ("Claim",), label=claim.says, said=said)
    members = {read_as(m): m.role for m in claim.members if chosen.holds(m.document)}
    for name, role in members.items():
        yield Relation("wasDerivedFrom", claim.id, name, of="leavesOpen" if role == "neither" else role)


def _ruling(chosen: Chosen, ruling: CorrectionRow, seen: set[str]) -> Iterator[Thing | Relation]:
    said: dict[str, Value | None] = {
        "kind": ruling.kind,
        "reason": ruling.reason,
        "state": ruling.state,
        "words": ruling.words,
        "to": ruling.to,
    }
    yield Thing("activity", ruling.id, ("Correction",), label=ruling.reason, at=ruling.at, said=said)
    yield Relation("wasAssociatedWith", ruling.id, _person(ruling.by))
    # An entity (`e3`) is no record of its own here: what was corrected of it is the document.
    if chosen.holds(ruling.document):
        own = ruling.record is not None and not ruling.record.startswith("e")
        target = record_name(ruling.document, ruling.record or "") if own else ruling.document
        yield Relation("used", ruling.id, target)
        if ruling.kind == "reject" and ruling.state == "in force" and own:
            yield Relation("wasInvalidatedBy", target, ruling.id)
    if ruling.undoes is not None and ruling.undoes in seen:
        yield Relation("wasInformedBy", ruling.id, ruling.undoes)


def _model(model: str) -> Thing:
    return Thing("agent", f"model:{model}", ("prov:SoftwareAgent",), label=model)


def _publisher(name: str) -> Thing:
    return Thing("agent", f"publisher:{name_key(name)}", ("prov:Organization",), label=name)


def _party(known: Known) -> Thing:
    kind = "prov:Person" if known.type == "person" else "prov:Organization"
    return Thing("agent", known.key, (kind,), label=known.name, said={"type": known.type, "ref": known.ref})


def _person(name: str) -> str:
    """Whoever corrects is known by the name that the correction is signed with; the digest keeps it one word."""
    return f"corrector:{sha256(name.encode()).hexdigest()[:12]}"
