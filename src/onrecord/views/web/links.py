"""Addresses: of the ledger's own pages, of characters within a document, and of the web (http and https alone)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit

from onrecord.records import Span

__all__ = ["anchor", "document_url", "speaker_url", "web_url"]


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


def speaker_url(key: str) -> str:
    """A speaker's page."""
    return f"/speakers/{quote(key, safe='')}"


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
