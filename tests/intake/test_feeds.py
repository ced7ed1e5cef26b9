"""Feeds of every kind, whole and broken, as entries; nothing is fetched for it."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import EmptyInput, InputError, Malformed, NotText
from onrecord.intake.dates import read_date
from onrecord.intake.feeds import Entry, is_feed, is_opml, read_feed, whole

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Fjord Post &amp; Mail</title><link>https://fjord.example/</link><description>News</description>
<language>en-gb</language><ttl>60</ttl>
<item><title>Dam &lt;b&gt;holds&lt;/b&gt;</title><link>https://fjord.example/dam?utm_source=rss</link>
<guid isPermaLink="false">dam-1</guid><pubDate>Fri, 14 Mar 2025 08:00:00 +0100</pubDate><dc:creator>Ida Berg</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>The dam holds.</p>]]></content:encoded></item>
<item><title>No guid</title><link>/relative</link></item>
<item><guid>https://fjord.example/only-guid</guid></item>
<item><description>Neither id, link nor title.</description></item>
<item><title>Bad link</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://fjord.example/news/"><title type="html">Fjord</title>
<id>tag:fjord.example,2025:feed</id><updated>2025-03-14T09:00:00Z</updated>
<entry><id>tag:fjord.example,2025:1</id><title>Dam</title><link rel="alternate" href="dam.html"/>
<link rel="enclosure" href="dam.mp3"/><author><name>Ida Berg</name></author>
<published>2025-03-14T08:00:00+01:00</published><updated>2025-03-14T08:30:00+01:00</updated>
<content type="html">&lt;p&gt;It holds.&lt;/p&gt;</content></entry>
<entry><id>tag:fjord.example,2025:2</id><title>Text</title><link href="https://fjord.example/text"/>
<updated>2025-03-14T07:00:00Z</updated><content type="text">Plain words.</content></entry></feed>"""

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="https://fjord.example/"><title>Fjord</title><link>https://fjord.example/</link>
<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>
<item rdf:about="https://fjord.example/a"><title>A</title><link>https://fjord.example/a</link>
<dc:date>2025-03-14T08:00:00Z</dc:date></item></rdf:RDF>"""

OLD = b"""<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title><item><title>A</title><link>https://old.example/a</link></item></channel></rss>"""

JSON: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Fjord",
    "home_page_url": "https://fjord.example/",
    "language": "en",
    "items": [
        {
            "id": "1",
            "url": "/dam",
            "title": "Dam",
            "content_html": "<p>It holds.</p>",
            "date_published": "2025-03-14T08:00:00+01:00",
            "date_modified": "2025-03-14T08:30:00+01:00",
            "authors": [{"name": "Ida Berg"}, {"name": "Jo Holm"}, {"url": "x"}],
        },
        {"id": 2, "external_url": "https://other.example/x", "content_text": "Plain\nwords."},
        {"url": "https://fjord.example/no-id"},
        {"title": "nothing to name it by"},
        "no item",
    ],
}


def feed(data: bytes, **named: Any) -> list[Entry]:
    return list(read_feed(data, name="feed", **named).entries)


def test_rss() -> None:
    found = read_feed(RSS, name="feed", url="https://fjord.example/feed.xml")
    assert (found.title, found.lang, found.every, found.ended) == ("The Fjord Post & Mail", "en-gb", 3600, False)
    first, second, third, fourth = found.entries
    assert first == Entry(
        "dam-1",
        "https://fjord.example/dam?utm_source=rss",
        "Dam holds",
        "Ida Berg",
        "Fri, 14 Mar 2025 08:00:00 +0100",
        content="<p>The dam holds.</p>",
        lang=first.lang,
    )
    assert (second.id, second.url) == ("https://fjord.example/relative", "https://fjord.example/relative")
    assert third.url == "https://fjord.example/only-guid"
    assert (fourth.id, fourth.url) == ("Bad link", None)


def test_atom() -> None:
    first, second = feed(ATOM, url="https://fjord.example/feed")
    assert (first.id, first.url) == ("tag:fjord.example,2025:1", "https://fjord.example/news/dam.html")
    assert (first.published, first.updated) == ("2025-03-14T08:00:00+01:00", "2025-03-14T08:30:00+01:00")
    assert (first.author, first.content, first.is_text) == ("Ida Berg", "<p>It holds.</p>", False)
    assert (second.content, second.is_text) == ("Plain words.", True)
    assert second.published == second.updated == "2025-03-14T07:00:00Z"


def test_rdf() -> None:
    found = read_feed(RDF, name="feed")
    assert (found.title, found.every) == ("Fjord", 21600)
    (entry,) = found.entries
    assert (entry.url, entry.title, entry.published) == ("https://fjord.example/a", "A", "2025-03-14T08:00:00Z")


def test_rss_of_1999() -> None:
    (entry,) = feed(OLD)
    assert (entry.id, entry.url, entry.title) == ("https://old.example/a", "https://old.example/a", "A")


def test_json_feed() -> None:
    found = read_feed(json.dumps(JSON).encode(), name="feed", url="https://fjord.example/feed.json")
    assert (found.title, found.lang, found.ended) == ("Fjord", "en", False)
    first, second, third = found.entries
    assert first == Entry(
        "1",
        "https://fjord.example/dam",
        "Dam",
        "Ida Berg, Jo Holm",
        "2025-03-14T08:00:00+01:00",
        "2025-03-14T08:30:00+01:00",
        "<p>It holds.</p>",
        False,
        "en",
    )
    assert (second.id, second.url, second.content, second.is_text) == (
        "2",
        "https://other.example/x",
        "Plain\nwords.",
        True,
    )
    assert third.id == "https://fjord.example/no-id"


def test_a_json_feed_may_end() -> None:
    assert read_feed(json.dumps(JSON | {"expired": True}).encode(), name="feed").ended


@pytest.mark.parametrize("written", ["Fri, 14 Mar 2025 08:00:00 EST", "2025-03-14T08:00:00Z", "14 Mar 2025 08:00 GMT"])
def test_dates_stay_as_they_are_written_and_can_be_read(written: str) -> None:
    (entry,) = feed(
        b"<rss version='2.0'><channel><title>x</title><item><guid>1</guid><pubDate>%b</pubDate></item></channel></rss>"
        % written.encode()
    )
    assert entry.published is not None
    assert read_date(entry.published)


def test_an_id_that_comes_twice_is_one_entry() -> None:
    item = b"<item><guid isPermaLink='false'>1</guid><title>%b</title></item>"
    data = b"<rss version='2.0'><channel>" + item % b"new" + item % b"old" + b"</channel></rss>"
    assert [entry.title for entry in feed(data)] == ["new"]


@pytest.mark.parametrize(
    "data", [RSS, ATOM, RDF, OLD, b"\xef\xbb\xbf" + RSS, b"\n\n" + ATOM, json.dumps(JSON).encode()]
)
def test_feeds_are_known_by_how_they_begin(data: bytes) -> None:
    assert is_feed(data)
    assert not is_opml(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Words <rss> and more.",
        b"<html><body><feed></body></html>",
        b"<!doctype html><title>x</title>",
        b'{"text": "an article about version https://jsonfeed.org"}',
        b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>",
        b"%PDF-1.7",
    ],
)
def test_nothing_else_is(data: bytes) -> None:
    assert not is_feed(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", EmptyInput),
        (b"   \n", EmptyInput),
        (b"<html><body><p>A page</p></body></html>", Malformed),
        (b"not a feed at all", Malformed),
        (b"<rss", Malformed),
        (b"{", Malformed),
        (b"{}", Malformed),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', Malformed),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": {}}', Malformed),
        (b"\x89PNG\r\n\x1a\n", Malformed),
        (b'{"a": "\xff"}', NotText),
        (b"[" * 100_000, Malformed),
        (b'{"a":' * 100_000, Malformed),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, kind: type[InputError]) -> None:
    with pytest.raises(kind):
        read_feed(data, name="feed")


def test_a_feed_that_breaks_off_gives_what_it_has() -> None:
    found = feed(RSS[: RSS.index(b"No guid")])
    assert found[0].id == "dam-1"


@pytest.mark.parametrize("data", [RSS, ATOM, RDF, OLD])
def test_wherever_a_feed_breaks_off_what_it_gives_is_as_it_was(data: bytes) -> None:
    """An entry that is cut in half may have half an address: it is left out, and the feed known to have more."""
    whole_ = read_feed(data, name="feed", url="https://fjord.example/feed")
    assert not whole_.cut
    assert not read_feed(data + b"\n<!-- served in 3 ms -->\n", name="feed").cut
    known = {(entry.id, entry.url, entry.title) for entry in whole_.entries}
    for end in range(len(data)):
        try:
            found = read_feed(data[:end], name="feed", url="https://fjord.example/feed")
        except InputError:
            continue
        assert {(entry.id, entry.url, entry.title) for entry in found.entries} <= known
        assert found.cut or not found.entries, data[:end]


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
        b"<title>&x;</title><item><guid>1</guid><title>&x;</title></item></channel></rss>",
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%b">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
        + b']><rss version="2.0"><channel><title>x</title><item><guid>1</guid><title>&j;</title></item></channel></rss>',
    ],
    ids=["a file", "a billion laughs"],
)
def test_entities_bring_nothing_in(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("a feed was fetched for a feed")

    monkeypatch.setattr(socket, "create_connection", connect)
    try:
        found = read_feed(data, name="feed")
    except Malformed:
        return
    assert "root:" not in str(found)
    assert len(str(found)) < 10_000


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    for given_ in (data, RSS[:200] + data, ATOM[:150] + data + ATOM[-200:]):
        try:
            read_feed(given_, name="feed")
        except InputError:
            continue


LONG = "<p>" + "The dam at Drusa holds, the emergency service said on Friday. " * 12 + "</p>"


@pytest.mark.parametrize(
    ("content", "is_whole"),
    [
        (LONG, True),
        (LONG + "<p>More information: <a href=x>read on our pages</a> about rivers.</p>", True),
        (None, False),
        ("<p>Short.</p>", False),
        (LONG + "<p>The dam […]</p>", False),
        (LONG + "<p>The dam [&#8230;]</p>", False),
        (LONG + "<p>The dam...</p>", False),
        (LONG + '<a href="x">Read more</a>', False),
        (LONG + '<a href="x">Continue reading "Dam holds" &rarr;</a>', False),
        (LONG + "<p>The post <a>Dam</a> appeared first on <a>The Fjord Post</a>.</p>", False),
    ],
)
def test_a_content_is_whole_or_a_beginning(content: str | None, is_whole: bool) -> None:
    assert whole(Entry("1", None, content=content)) is is_whole
