"""Feeds: RSS 0.9x to 2.0, RDF (RSS 1.0), Atom and JSON Feed → their entries. Nothing is fetched here.

XML is read by feedparser, which takes broken feeds as they come (most that are broken can be read), JSON Feed 1 by
`jsonfeed`. An entry says where its article is; some feeds also hold the article, which `Entry.content` is then.
"""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from onrecord.errors import EmptyInput, Malformed, TooLarge
from onrecord.intake.addresses import is_address
from onrecord.intake.dates import read_date
from onrecord.intake.limits import FEED_COMMENTS, FEED_WORD, PAGE_ATTRIBUTES

__all__ = ["Entry", "Feed", "is_feed", "is_feed_list", "is_opml", "read_feed", "whole"]

_XML_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset)[\s>]")
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)(?:\s[^<>]*+)?>")
_ENTRY_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")
_OPML_ROOT = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_SITEMAP_ROOT = re.compile(rb"<(?:\w+:)?urlset[\s>]")
_SITEMAPS_ROOT = re.compile(rb"<(?:\w+:)?sitemapindex[\s>]")
_JSON_FEED = re.compile(rb"\"version\"\s*:\s*\"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version")
_PROLOGUE = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL)
_SNIFFED = 4096
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_LONGEST_PERIOD = 7 * 86400
# How feeds mark that they hold the beginning of an article only, at the end of what they hold.
_CUT_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.|&hellip;|&#8230;)\]?|(?:continue|keep) reading\W*+(?:\w++\W*+){0,12}|"
    r"read (?:more|on|the (?:full|rest|whole)\b[^.]{0,60})\W*|(?:the post .{1,200} )?(?:first )?appeared first on .{1,80})$",
    re.IGNORECASE,
)
# feedparser takes nearly all that is broken, and knows no error of its own for the rest.
_FOREIGN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError)
_TAG = re.compile(r"<[^<>]*>")
# What stands in the elements that may name somebody, up to the next tag, and words of letters that addresses of mail have.
_NAMING = re.compile(
    rb"<(?:[\w-]++:)?(?:author|contributor|creator|editor|email|managingEditor|name|owner|publisher|webMaster)\b[^<>]*+>"
    rb"(?:\s*+<!\[CDATA\[)?+([^<]*+)",
    re.IGNORECASE,
)
_WORD = re.compile(rb"(?:[\w.+-]|&#\w++;)++")
_SHORTEST_WHOLE = 600


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article. `id` is unlike all others of the feed, and stays as the article changes.

    `url` is where the article is, None where the feed gives no http or https address. `published` and `updated` are dates as
    the feed writes them, and so is `seen`, when somebody else says that it was there. `content` is HTML, or text where
    `is_text`, as much of the article as the feed holds; None where it holds a summary at most.
    """

    id: str
    url: str | None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    content: str | None = None
    is_text: bool = False
    lang: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, and its entries in its own order.

    `every` is how many seconds it wants to be left alone, None where it does not say. `ended` feeds say that they will never
    have another entry. `cut` feeds end before their last line: there may be more in them, and the entry in which they broke
    off is left out.
    """

    title: str | None
    entries: tuple[Entry, ...]
    every: float | None = None
    lang: str | None = None
    ended: bool = False
    cut: bool = False


def is_feed(data: bytes) -> bool:
    """Whether these bytes begin as a feed or a sitemap does, whatever their name or media type says."""
    root = _root(data)
    return _XML_ROOT.match(root) is not None or (root[:1] == b"{" and _JSON_FEED.search(root) is not None)


def is_opml(data: bytes) -> bool:
    """Whether these bytes begin as a list of feeds in OPML does."""
    return _OPML_ROOT.match(_root(data)) is not None


def is_feed_list(data: bytes) -> bool:
    """Whether these bytes begin as a list of feeds in OPML or an index of sitemaps does."""
    root = _root(data)
    return _OPML_ROOT.match(root) is not None or _SITEMAPS_ROOT.match(root) is not None


def read_feed(data: bytes, *, name: str, url: str | None = None, kind: str | None = None) -> Feed:
    """The feed in `data`. `url` is where it came from, for links that are relative to it; `kind` its whole Content-Type.

    Raises Malformed for what is no feed or cannot be read as one, EmptyInput for nothing.
    """
    if not data.strip():
        raise EmptyInput(name, "an empty feed")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        from onrecord.intake.jsonfeed import read_json_feed

        return read_json_feed(data, name=name, url=url)
    if _SITEMAP_ROOT.match(_root(data)):
        from onrecord.intake.sitemaps import read_sitemap

        return read_sitemap(data, name=name, url=url)
    return _read_xml(data, name=name, url=url, kind=kind)


def whole(entry: Entry) -> bool:
    """Whether a feed seems to hold all of an article: a content of some length without a mark that it was cut off."""
    if entry.content is None:
        return False
    words = entry.content if entry.is_text else _TAG.sub(" ", entry.content)
    words = " ".join(words.replace("&nbsp;", " ").split())
    return len(words) >= _SHORTEST_WHOLE and _CUT_OFF.search(words[-300:]) is None


def _root(data: bytes) -> bytes:
    """The beginning of the bytes from their first element on."""
    head = data[:_SNIFFED]
    prologue = _PROLOGUE.match(head)
    return head[prologue.end() if prologue else 0 :]


def _read_xml(data: bytes, *, name: str, url: str | None, kind: str | None) -> Feed:
    import feedparser  # type: ignore[import-untyped]  # 60 ms to import: only for feeds

    _require_measure(data, name)
    headers = {"content-location": url or "", "content-type": kind or "application/xml"}
    try:
        found: Any = feedparser.parse(
            io.BytesIO(data), response_headers=headers
        )  # a stream is never taken for an address
    except _FOREIGN as error:
        raise Malformed(name, f"not a feed that can be read ({type(error).__name__}: {error})") from error
    if not found.version and not found.entries:
        problem = found.get("bozo_exception")
        reason = f" ({' '.join(str(problem).split())[:200]})" if problem is not None else ""
        raise Malformed(name, f"not a feed{reason}")
    feed: Mapping[str, Any] = found.feed
    items, cut = list(found.entries), _is_cut(data)
    if cut and len(_ENTRY.findall(data)) > len(_ENTRY_END.findall(data)):
        del items[-1:]  # half an entry may have half an address, under the id of the whole one
    entries = [entry for item in items if (entry := _entry(item)) is not None]
    return Feed(_words(feed.get("title")), _once(entries), _every(feed), _words(feed.get("language")), cut=cut)


def _is_cut(data: bytes) -> bool:
    """Whether a feed's root element has no end. Nothing else may tell: of an answer without a length, its end is the end of
    the connection."""
    begun = _XML_ROOT.match(_root(data))
    return begun is not None and re.search(rb"</(?:\w+:)?" + begun[1] + rb"\s*>", data) is None


def _require_measure(data: bytes, name: str) -> None:
    """Raises TooLarge for that of which feedparser's time grows with the square: comments, attributes, and words in which it
    looks for an address of mail."""
    from onrecord.intake.html import crowded

    if data.count(b"!--") > FEED_COMMENTS:
        raise TooLarge(name, f"more than {FEED_COMMENTS:,} comments in one feed")
    if crowded(data.decode("latin-1")):
        raise TooLarge(name, f"more than {PAGE_ATTRIBUTES:,} attributes in one element")
    named = (word for found in _NAMING.finditer(data) for word in _WORD.finditer(found[1]))
    if any(word.end() - word.start() > FEED_WORD for word in named):
        raise TooLarge(name, f"a word of more than {FEED_WORD:,} letters in the name of somebody")


def _entry(item: Mapping[str, Any]) -> Entry | None:
    url = next((str(link) for key in ("feedburner_origlink", "link") if is_address(link := item.get(key))), None)
    title = _words(item.get("title"))
    published, updated = _date(item, "published"), _date(item, "updated")
    name = _words(item.get("id")) or url or title
    if name is None:
        return None
    contents = [c for c in item.get("content", ()) if str(c.get("value", "")).strip()]
    best = max(contents, key=lambda c: len(c["value"]), default=None)
    return Entry(
        name,
        url,
        title,
        _words(item.get("author")),
        published or updated,
        updated,
        content=str(best["value"]) if best else None,
        is_text=bool(best and best.get("type") == "text/plain"),
        lang=_words(best.get("language")) if best else None,
    )


def _date(item: Mapping[str, Any], key: str) -> str | None:
    """A date as the feed writes it, with its own offset, where that can be read; else as feedparser understands it."""
    # `in`, not `get`: feedparser gives `published` for a missing `updated` otherwise, with a warning.
    raw = str(item[key]).strip() if key in item else ""
    if raw and read_date(raw):
        return raw
    parsed = item.get(f"{key}_parsed") if f"{key}_parsed" in item else None
    if parsed is None:
        return raw or None
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat()


def _every(feed: Mapping[str, Any]) -> float | None:
    """How often a feed says that it changes: `ttl` in minutes, or the syndication module's period and frequency."""
    ttl = str(feed.get("ttl", "")).strip()
    if ttl.isdecimal() and int(ttl):
        return float(min(int(ttl) * 60, _LONGEST_PERIOD))
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    if period is None:
        return None
    frequency = str(feed.get("sy_updatefrequency", "1")).strip()
    times = max(int(frequency), 1) if frequency.isdecimal() else 1
    return min(period / times, _LONGEST_PERIOD)


def _once(entries: list[Entry]) -> tuple[Entry, ...]:
    """Each id once; the first of an id holds, as feeds that repeat one have the newest in front."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return tuple(found.values())


def _words(value: Any) -> str | None:
    import html

    words = " ".join(html.unescape(_TAG.sub(" ", str(value))).split()) if value else ""
    return words or None
