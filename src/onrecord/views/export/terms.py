"""What the things on record are called outside: their IRIs, Onrecord's own terms, addresses that may be given away.

A record is `urn:onrecord:` and its name in the ledger (`urn:onrecord:3f2a…:s3`), a stretch of characters of a document
`urn:onrecord:3f2a…@120-180`. Terms that no standard has are in the namespace `urn:onrecord:ns:`. Neither claims a domain,
and the ids of documents are digests of their bytes: two ledgers that read one article name it alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from onrecord.ledger.cited import cited
from onrecord.ledger.claims.rows import MemberRow
from onrecord.records import Span

__all__ = ["NAMESPACE", "address", "iri", "party_iri", "read_as", "record_name", "same_as", "software_iri", "stretch"]

NAMESPACE = "urn:onrecord:ns:"

# Identifiers from outside that have an IRI of their own, by their prefix in an entity's ref.
_ELSEWHERE = {
    "wikidata": "http://www.wikidata.org/entity/",
    "geonames": "https://sws.geonames.org/",
}


def iri(name: str) -> str:
    """The IRI of what has this name: a document's id, `ID:s3`, `ID@120-180`, or the id of a claim, a series …"""
    return f"urn:onrecord:{quote(name, safe=':@')}"


def record_name(document: str, record: str) -> str:
    """The name of a record: `3f2a…:s3`."""
    return f"{document}:{record}"


def read_as(member: MemberRow) -> str:
    """The name of the record that a part of a claim was read as; of one without a name of its own, its document's."""
    name = cited(member)
    return member.document if "@" in name else name


def stretch(document: str, span: Span) -> str:
    """The name of a stretch of characters of a document: `3f2a…@120-180`."""
    return f"{document}@{span.start}-{span.end}"


def party_iri(key: str) -> str:
    """The IRI of somebody by the key of a speaker: `p…`, `iso3166:KP`, or a name's own (`name:nato`)."""
    return iri(key)


def software_iri(model: str) -> str:
    """The IRI of the weights that read a document."""
    return iri(f"model:{model}")


def same_as(refs: Iterable[str | None]) -> list[str]:
    """The IRIs under which Wikidata and GeoNames know what has these references; others have none."""
    found = []
    for ref in refs:
        kind, _, value = (ref or "").partition(":")
        if kind in _ELSEWHERE and value:
            found.append(f"{_ELSEWHERE[kind]}{quote(value, safe='')}" + ("/" if kind == "geonames" else ""))
    return list(dict.fromkeys(found))


def address(url: str | None) -> str | None:
    """The web address of an article, percent-encoded as an IRI; None for what is no http or https address."""
    if url is None or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname is not None
    except ValueError:  # a host such as "[::1"
        return None
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~-._") if known else None
