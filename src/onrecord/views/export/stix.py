"""STIX 2.1: identities, notes, opinions and reports, in one bundle.

An identity for every voice; a note for each claim, with its standing; an opinion on it by each voice that holds it (agree),
denies it (disagree) or leaves it open (neutral), with its words and their place; a report for each story, which refers to
all of them and, from outside, to the articles with their SHA-256.

STIX wants a time for everything. Here it is a day that the ledger knows, of what was said or published, and the start of
1970 where it knows none: never the time of the export, so that one ledger gives one bundle. Ids are UUIDs by name (version
5) for the same reason.

Source: STIX Version 2.1, OASIS Standard of 10 June 2021.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any
from uuid import UUID, uuid5

from onrecord.ledger import DocumentRow
from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.ledger.dates import days
from onrecord.ledger.identity.keyed import Known
from onrecord.ledger.stories.rows import StoryRow
from onrecord.views.export.chosen import Chosen
from onrecord.views.export.terms import address, iri, record_name, same_as, stretch
from onrecord.views.export.writing import json_document, text

__all__ = ["write"]

# The namespace of the names below: itself a UUID by name, in the namespace that RFC 9562 has for URNs and other URLs.
_NAMESPACE = uuid5(UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "urn:onrecord:stix")

_CLASSES = {
    "person": "individual",
    "organisation": "organization",
    "country": "organization",
    "people": "group",
}
_ROLES = {"holder": "agree", "denier": "disagree", "neither": "neutral"}
_UNDATED = "1970-01-01T00:00:00.000Z"

Thing = dict[str, Any]


def write(chosen: Chosen, out: IO[bytes]) -> dict[str, int]:
    """One bundle; how many objects of each type."""
    counts: dict[str, int] = {}

    def counted() -> Iterator[Thing]:
        for thing in _objects(chosen):
            counts[thing["type"]] = counts.get(thing["type"], 0) + 1
            yield thing

    selected = f"{chosen.selection.story}/{chosen.selection.since}/{chosen.selection.until}"
    digest = "/".join(row.id for row in chosen.documents)
    head = {"type": "bundle", "id": _id("bundle", f"{selected}:{digest}")}
    with text(out) as lines:
        json_document(lines, [(head, "objects")], counted())
    return counts


@dataclass(frozen=True, slots=True)
class _Said:
    """What an article's record adds to a member of a claim: who that is across documents, and how surely it was read."""

    known: Known | None
    confidence: float


def _objects(chosen: Chosen) -> Iterator[Thing]:
    yield {
        **_common("identity", "onrecord", None, _UNDATED),
        "name": "Onrecord",
        "description": f"Software that read the articles: {', '.join(chosen.models)}.",
        "identity_class": "system",
    }
    first = {row.key: row.first for row in chosen.ledger.speakers()}
    rows = {row.id: row for row in chosen.documents}
    seen: set[str] = set()
    for story in chosen.stories():
        documents = [rows[document] for document in story.members if document in rows]
        if not documents:
            continue
        said = _said(chosen, documents)
        told: list[str] = []
        for claim in chosen.claims_of(story):
            for thing in _claim(claim, said, rows, first):
                told.append(thing["id"])
                if thing["id"] not in seen:
                    seen.add(thing["id"])
                    yield thing
        yield _report(story, documents, list(dict.fromkeys(told)))


def _said(chosen: Chosen, documents: Sequence[DocumentRow]) -> dict[str, _Said]:
    found = {}
    for row in documents:
        article = chosen.article(row)
        for statement in article.statements:
            voice = article.voices[statement.id]
            found[record_name(row.id, statement.id)] = _Said(voice.known, statement.confidence)
    return found


def _claim(
    claim: ClaimRow, said: dict[str, _Said], rows: dict[str, DocumentRow], first: dict[str, str | None]
) -> Iterator[Thing]:
    """The voices of a claim, the claim, what each of them thinks of it. Later mentions by one voice add nothing."""
    voices: dict[tuple[str, str], tuple[Thing, MemberRow]] = {}
    for member in chain(claim.holders, claim.deniers, claim.neither):
        if member.document in rows:
            about = said.get(record_name(member.document, member.record))
            voice = _voice(claim, member, about, first)
            voices.setdefault((voice["id"], member.role), (voice, member))
    if not voices:
        return
    for voice, _ in voices.values():
        yield voice
    when = _time(claim.first.said_on)
    note = {
        **_common("note", claim.id, when, when),
        "abstract": f"Claim, {claim.standing}; independent holders: {claim.independent}",
        "content": claim.says,
        "labels": [f"onrecord:standing:{claim.standing.replace(' ', '-')}"],
        "object_refs": list(dict.fromkeys(voice["id"] for voice, _ in voices.values())),
        "external_references": [{"source_name": "onrecord", "external_id": claim.id, "description": iri(claim.id)}],
    }
    yield note
    for (name, role), (voice, member) in voices.items():
        about = said.get(record_name(member.document, member.record))
        when = _time(member.said_on)
        opinion = {
            **_common("opinion", f"{claim.id}:{name}:{role}", when, when),
            "explanation": member.words,
            "authors": [voice["name"]],
            "opinion": _ROLES[role],
            "object_refs": [note["id"]],
            "labels": [f"onrecord:act:{member.act.replace(' ', '-')}", f"onrecord:way:{member.way}"],
            "external_references": [_reference(rows[member.document], member)],
        }
        yield opinion if about is None else opinion | {"confidence": round(100 * about.confidence)}


def _voice(claim: ClaimRow, member: MemberRow, about: _Said | None, first: dict[str, str | None]) -> Thing:
    """Whoever speaks: somebody whom the ledger knows across documents, or a name in one story."""
    known = about.known if about is not None else None
    if known is None:
        named = _common("identity", f"{claim.story}:{member.name}", None, _UNDATED)
        return {**named, "name": member.name, "identity_class": "unknown"}
    when = _time(first.get(known.key))
    voice = {
        **_common("identity", known.key, when, when),
        "name": known.name,
        "identity_class": _CLASSES.get(known.type, "unknown"),
    }
    references = [{"source_name": "onrecord", "external_id": known.key}]
    references += [{"source_name": "reference", "url": url} for url in same_as([known.ref])]
    return voice | {"external_references": references}


def _report(story: StoryRow, documents: Sequence[DocumentRow], told: Sequence[str]) -> Thing:
    published = sorted(row.published for row in documents if row.published)
    when = _time(published[0] if published else None)
    name = story.title or f"Story {story.id}"
    # A report must refer to something; one without a claim refers to who read it.
    return {
        **_common("report", story.id, when, _time(published[-1] if published else None)),
        "name": name,
        "description": f"What {len(documents)} articles of the story “{name}” have on record: no assessment of their truth.",
        "report_types": ["observed-data"],
        "published": when,
        "object_refs": list(told) or [_id("identity", "onrecord")],
        "external_references": [_reference(row) for row in documents],
    }


def _reference(row: DocumentRow, member: MemberRow | None = None) -> Thing:
    """The article, or words in it by the characters of the stored text at which they stand."""
    name = row.id if member is None else stretch(row.id, member.spans[0])
    facts = filter(None, (row.title, row.publisher, (row.published or "")[:10], f"read by {row.model}"))
    reference: Thing = {
        "source_name": row.publisher or "article",
        "description": ", ".join(facts),
        "external_id": name,
    }
    page = address(row.url)
    return reference if page is None else reference | {"url": page, "hashes": {"SHA-256": row.id}}


def _common(kind: str, name: str, created: str | None, modified: str) -> Thing:
    thing = {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, name),
        "created": min(created or modified, modified),
        "modified": modified,
    }
    return thing if name == "onrecord" else thing | {"created_by_ref": _id("identity", "onrecord")}


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(_NAMESPACE, f'{kind}:{name}')}"


def _time(value: str | None) -> str:
    """The start of the first day that a date can mean; the start of 1970 for none with a year."""
    found = days(value)
    return _UNDATED if found is None else f"{found[0]}T00:00:00.000Z"
