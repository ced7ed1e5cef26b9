"""What was fetched becomes documents: a page, or the article that a feed holds in full."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import html as markup
from lxml.etree import LxmlError

from onrecord.errors import EmptyInput, Malformed, NotText
from onrecord.intake.addresses import is_address, page_address
from onrecord.intake.article import About, document, host
from onrecord.intake.dates import date_in_url
from onrecord.intake.encoding import decode, refuse_binary
from onrecord.intake.feeds import Entry, is_feed, is_feed_list
from onrecord.intake.html import crowded, decode_page, read_page
from onrecord.intake.text import read_text
from onrecord.patience import Deadline, in_time
from onrecord.records import DateCandidate, Document

if TYPE_CHECKING:  # httpx takes 100 ms to import, and who only reads a stored answer needs none of it
    from onrecord.intake.fetching import Fetched

__all__ = ["about_entry", "content_document", "feeds_named", "page_document"]

_FEED_KINDS = re.compile(r"application/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)", re.IGNORECASE)


def page_document(answer: Fetched, given: About, hint: About = About()) -> Document:  # noqa: B008 - frozen
    """The document of a page that was fetched. `given` holds over what the page states, `hint` (what a feed says of it)
    where the page states nothing. Its address is where the page was found in the end.

    Its id is the SHA-256 of the bytes as they came, so that the page saved to a file is the same document. Raises the
    InputError for which the page is refused.
    """
    with Deadline(answer.address):
        return _page_document(answer, given, hint)


def about_entry(entry: Entry, publisher: str | None) -> About:
    """What a feed says of an article."""
    dates = [
        DateCandidate(value, origin)
        for value, origin in (
            (entry.published, "feed: published"),
            (entry.updated, "modified: feed"),
            (entry.seen, "seen: list"),
        )
        if value
    ]
    return About(
        url=page_address(entry.url) if entry.url else None,
        title=entry.title,
        publisher=publisher,
        author=entry.author,
        lang=entry.lang,
        dates=tuple(dict.fromkeys(dates)),
    )


@in_time
def content_document(entry: Entry, given: About, hint: About, *, name: str) -> Document:
    """The document of an article that a feed holds in full, where its page may not or cannot be fetched.

    Its id is the SHA-256 of what the feed says of it, as compact JSON. Raises EmptyInput where the feed holds no text.
    """
    if entry.content is None or not entry.content.strip():
        raise EmptyInput(name, "the feed holds no text of it")
    fields = {
        "content": entry.content,
        "id": entry.id,
        "published": entry.published,
        "title": entry.title,
        "url": entry.url,
    }
    raw = json.dumps(fields, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode("ascii")
    if entry.is_text:
        text = entry.content
        blocks, stated = read_text(text, name=name)
    else:
        head = f"<title>{escape(entry.title)}</title>" if entry.title else ""
        page = f"<html><head>{head}</head><body><article>{entry.content}</article></body></html>"
        text, blocks, stated = read_page(page, name=name, url=hint.url)
    about = given.over(hint).over(replace(stated, publisher=None, url=None))
    return document(text, about, raw=raw, name=name, blocks=blocks)


def feeds_named(data: bytes, url: str) -> list[str]:
    """The addresses of the feeds that a page names in its head, in order."""
    if crowded(data.decode("latin-1")):
        return []
    try:
        tree = markup.fromstring(data)
    except (LxmlError, ValueError, AssertionError):
        return []
    found = []
    for link in tree.iter("link"):
        if "alternate" in (link.get("rel") or "").lower().split() and _FEED_KINDS.fullmatch(link.get("type") or ""):
            with suppress(ValueError):  # "http://[broken": a link that leads nowhere
                found.append(urljoin(url, (link.get("href") or "").strip()))
    return list(dict.fromkeys(address for address in found if is_address(address)))


def _page_document(answer: Fetched, given: About, hint: About) -> Document:
    name, data, url = answer.address, answer.data, page_address(answer.url)
    if not data.strip():
        raise EmptyInput(name, "an empty page")
    if data.startswith(b"%PDF-"):
        from onrecord.intake.pdf import read_pdf

        text, blocks, stated = read_pdf(data, name=name)
        if day := date_in_url(url):
            stated = stated.over(About(dates=(DateCandidate(day, "url"),)))
        about = replace(given, url=url).over(stated).over(replace(hint, url=None))
        return document(text, about, raw=data, name=name, blocks=blocks)
    refuse_binary(data, name)
    if is_feed(data) or is_feed_list(data):
        raise Malformed(name, "a feed or a list of feeds: its articles can be added to a ledger")
    if answer.kind == "text/plain":
        text = decode(data, name=name, declared=answer.charset)
        blocks, stated = read_text(text, name=name)
        if day := date_in_url(url):
            stated = stated.over(About(dates=(DateCandidate(day, "url"),)))
    elif answer.kind in ("application/json", "application/octet-stream") or data.lstrip()[:1] in (b"{", b"["):
        raise NotText(name, f"neither a page nor a feed but {answer.kind or 'JSON'}")
    else:
        text, blocks, stated = read_page(decode_page(data, name=name, declared=answer.charset), name=name, url=url)
        if stated.publisher in (
            host(url),
            urlsplit(url).netloc.removeprefix("www."),
        ):  # no statement of the page: the extractor falls back on the address
            stated = replace(stated, publisher=None)
    about = replace(given, url=url).over(replace(stated, url=None)).over(replace(hint, url=None))
    return document(text, about, raw=data, name=name, blocks=blocks)
