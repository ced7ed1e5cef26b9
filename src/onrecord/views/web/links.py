"""Addresses: of the ledger's own pages, of characters within a document, and of the web (http and https alone)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit

from onrecord.records import Span

__all__ = [
    "anchor",
    "beside_url",
    "cite_url",
    "claim_url",
    "conflict_url",
    "copies_url",
    "correct_url",
    "document_url",
    "record_url",
    "ruling_url",
    "series_url",
    "speaker_url",
    "story_url",
    "web_url",
]


def anchor(span: Span) -> str:
    """The name of a stretch of characters on its document's page: `c120-180`."""
    return f"c{span[0]}-{span[1]}"


def document_url(document: str, spans: Iterable[Span] = (), *, found: bool = False) -> str:
    """A document's page, at the first of `spans`.

    The page has an anchor wherever something was read. For other characters (words that a search found) pass `found`:
    the page then marks them because the address names them.
    """
    spans = list(spans)
    query = "?" + urlencode([("at", f"{start}-{end}") for start, end in spans]) if found and spans else ""
    fragment = f"#{anchor(spans[0])}" if spans else ""
    return f"/documents/{quote(document, safe='')}{query}{fragment}"


def record_url(document: str, key: str) -> str:
    """A record beside the text of its document, by its key there: `s3`, `f0`, `v1`, `m2`, `e4`."""
    return f"/documents/{quote(document, safe='')}#row-{quote(key, safe='')}"


def speaker_url(key: str) -> str:
    """A speaker's page."""
    return f"/speakers/{quote(key, safe='')}"


def story_url(story: str) -> str:
    """A story's page, by its id `t…`."""
    return f"/stories/{quote(story, safe='')}"


def claim_url(claim: str) -> str:
    """A claim's page, by its id `c…`."""
    return f"/claims/{quote(claim, safe='')}"


def series_url(series: str) -> str:
    """The page of a series of figures, by its id `f…`."""
    return f"/series/{quote(series, safe='')}"


def conflict_url(conflict: str) -> str:
    """A conflict's page, by its id `x…`."""
    return f"/conflicts/{quote(conflict, safe='')}"


def copies_url(group: str) -> str:
    """The page of a copy group, by its id `y…` or that of a document in it."""
    return f"/copies/{quote(group, safe='')}"


def beside_url(document: str, other: str) -> str:
    """Two documents side by side with their differences."""
    return f"/documents/{quote(document, safe='')}/beside/{quote(other, safe='')}"


def cite_url(name: str) -> str:
    """How to cite what is called so: a document's id, `ID:s3`, `ID:f0`, `ID@120-180`, or the id of a claim, series …"""
    return f"/cite/{quote(name, safe=':@')}"


def correct_url(name: str) -> str:
    """Where the record called so is corrected: `ID:s3`, `ID:f0`, `ID:v1`, `ID:e2`, or a person's `p…`."""
    return f"/correct/{quote(name, safe=':')}"


def ruling_url(document: str, correction: str) -> str:
    """The line of a correction (`k…`) in the log of the document that it is about."""
    return f"/corrections?{urlencode({'document': document})}#{quote(correction, safe='')}"


def web_url(url: str | None) -> str | None:
    """`url` where a person may be sent to it: http or https, with a host, nothing unprintable. Else None.

    What else a page names as its address (`javascript:`, `data:`, `file:`) is shown as text.
    """
    if url is None or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # a host such as "[::1"
        return None
