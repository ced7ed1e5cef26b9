"""schema.org in JSON-LD: articles, who speaks in them, quotations, claims, and for each claim a review still to be made.

A `ClaimReview` is a skeleton: it says what is to be reviewed and where that appeared. Onrecord gives no verdict, so author,
rating, address and date are missing, and `creativeWorkStatus` is "Draft"; a fact-checker fills them in. What schema.org has
no term for (act, confidence, standing, characters) is in the namespace `urn:onrecord:ns:`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any

from onrecord.ledger.cited import cited
from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.ledger.identity.keyed import Known
from onrecord.records import Span
from onrecord.views.export.chosen import Article, Chosen
from onrecord.views.export.terms import (
    NAMESPACE,
    address,
    iri,
    party_iri,
    record_name,
    same_as,
    software_iri,
    stretch,
)
from onrecord.views.export.writing import json_document, text

__all__ = ["write"]

_CONTEXT = ["https://schema.org", {"onrecord": NAMESPACE}]

# Whoever is quoted is a person or an organisation in schema.org: a country that speaks is its government.
_PARTIES = {"person": "Person", "country": "GovernmentOrganization"}

_TO_DO = "A skeleton without a verdict: author, reviewRating, url and datePublished are for whoever reviews the claim."


def write(chosen: Chosen, out: IO[bytes]) -> dict[str, int]:
    """One graph: articles with their quotations, everybody once, then claims with their reviews."""
    with text(out) as lines:
        return {"things": json_document(lines, [({"@context": _CONTEXT}, "@graph")], _graph(chosen))}


def _graph(chosen: Chosen) -> Iterator[dict[str, Any]]:
    origins = {row.group: row.document for row in chosen.copies() if row.kind == "origin"}
    copied = {row.document: origins.get(row.group) for row in chosen.copies() if row.kind != "origin"}
    seen: set[str] = set()
    for article in chosen.articles():
        yield _article(article, copied.get(article.row.id))
        for voice in article.voices.values():
            if voice.known is not None and voice.known.key not in seen:
                seen.add(voice.known.key)
                yield _party(voice.known)
        yield from _quotations(article)
    for claim in chosen.claims():
        yield from _claim(chosen, claim)


def _article(article: Article, origin: str | None) -> dict[str, Any]:
    row = article.row
    return _known_only(
        {
            "@id": iri(row.id),
            "@type": "NewsArticle",
            "headline": row.title,
            "url": address(row.url),
            "datePublished": row.published,
            "inLanguage": row.lang,
            "creditText": row.author,
            "publisher": {"@type": "Organization", "name": row.publisher} if row.publisher else None,
            "identifier": {"@type": "PropertyValue", "propertyID": "SHA-256", "value": row.id},
            "isBasedOn": {"@id": iri(origin)} if origin else None,
            "onrecord:readBy": {"@id": software_iri(row.model)},
        }
    )


def _party(known: Known) -> dict[str, Any]:
    return _known_only(
        {
            "@id": party_iri(known.key),
            "@type": _PARTIES.get(known.type, "Organization"),
            "name": known.name,
            "identifier": known.ref,
            "sameAs": same_as([known.ref]),
            "onrecord:type": known.type,
        }
    )


def _quotations(article: Article) -> Iterator[dict[str, Any]]:
    """Words in quotation marks are a Quotation; what is told in the article's own words is a Statement."""
    for row in article.statements:
        if article.rejected(row.id):
            continue
        voice = article.voices[row.id]
        yield _known_only(
            {
                "@id": iri(record_name(row.document, row.id)),
                "@type": "Statement" if row.manner == "indirect" else "Quotation",
                "text": row.content,
                "spokenByCharacter" if row.manner != "indirect" else "creator": (
                    None if voice.known is None else {"@id": party_iri(voice.known.key)}
                ),
                "dateCreated": _schema_date(row.said_on),
                "isPartOf": {"@id": iri(row.document)},
                **_spans(row.document, row.content_spans),
                "onrecord:saidOn": row.said_on,
                "onrecord:speaker": voice.name,
                "onrecord:act": row.act,
                "onrecord:negated": row.negated,
                "onrecord:manner": row.manner,
                "onrecord:confidence": row.confidence,
                "onrecord:confirmed": True if article.confirmed(row.id) else None,
            }
        )


def _claim(chosen: Chosen, claim: ClaimRow) -> Iterator[dict[str, Any]]:
    def places(members: Sequence[MemberRow]) -> list[dict[str, Any]]:
        names = (iri(member.document) for member in members if chosen.holds(member.document))
        return [{"@id": name} for name in dict.fromkeys(names)]

    def parts(members: Sequence[MemberRow]) -> list[dict[str, Any]]:
        return [_member(member) for member in members if chosen.holds(member.document)]

    first = claim.first if chosen.holds(claim.first.document) else None
    yield _known_only(
        {
            "@id": iri(claim.id),
            "@type": "Claim",
            "text": claim.says,
            "firstAppearance": None if first is None else {"@id": iri(first.document)},
            "appearance": places(claim.members),
            "onrecord:standing": claim.standing,
            "onrecord:independent": claim.independent,
            "onrecord:story": {"@id": iri(claim.story)},
            "onrecord:holder": parts(claim.holders),
            "onrecord:denier": parts(claim.deniers),
            "onrecord:leavesOpen": parts(claim.neither),
        }
    )
    yield {
        "@id": iri(f"{claim.id}:review"),
        "@type": "ClaimReview",
        "claimReviewed": claim.says,
        "itemReviewed": {"@id": iri(claim.id)},
        "creativeWorkStatus": "Draft",
        "description": _TO_DO,
    }


def _member(member: MemberRow) -> dict[str, Any]:
    return _known_only(
        {
            "@id": iri(cited(member)),
            "onrecord:name": member.name,
            "onrecord:act": member.act,
            "onrecord:way": member.way,
            "onrecord:saidOn": member.said_on,
            **_spans(member.document, member.spans),
        }
    )


def _spans(document: str, spans: Sequence[Span]) -> dict[str, Any]:
    return {"onrecord:at": [{"@id": iri(stretch(document, span))} for span in spans]}


def _schema_date(value: str | None) -> str | None:
    """A date as ISO 8601 writes it; others (`XXXX-03-12`) are no Date of schema.org, and stand in `onrecord:saidOn`."""
    return value if value is not None and value[:4].isdecimal() and not set(value) & set("XW?~%/Q") else None


def _known_only(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value is not None and value != []}
