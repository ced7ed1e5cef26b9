"""Sitemaps and GDELT's tables: what they list, with what is said of it, and what of them cannot be used."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from onrecord.errors import EmptyInput, InputError, Malformed
from onrecord.intake.article import About
from onrecord.intake.feeds import Entry, is_feed, is_feed_list, read_feed
from onrecord.intake.found import Listing
from onrecord.intake.gdelt import is_gdelt
from onrecord.intake.opml import Subscription, read_subscriptions
from onrecord.intake.sources import find

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://post.example/a?b=1&amp;c=2 </loc><lastmod>2025-03-15</lastmod><news:news><news:publication>
<news:name>The Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2025-03-14T08:00:00+01:00</news:publication_date><news:title>Dam bursts</news:title></news:news></url>
<url><loc>/b</loc></url><url><loc>ftp://post.example/c</loc></url><url><loc>https://post.example/a?b=1&amp;c=2</loc></url>
<url/></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://post.example/1.xml</loc></sitemap>
<sitemap><loc>https://post.example/2.xml.gz</loc><lastmod>2025-03-14</lastmod></sitemap>
<sitemap><lastmod>2025-03-14</lastmod></sitemap><sitemap><loc>https://a:b@post.example/3.xml</loc></sitemap></sitemapindex>"""


def listed(path: Path, data: bytes) -> list[Entry | InputError]:
    path.write_bytes(data)
    source = find(path, About())
    found = next(source)
    assert isinstance(found, Listing), found
    return list(found.entries)


class TestSitemaps:
    def test_a_news_sitemap_is_a_feed_with_titles_and_days(self) -> None:
        assert is_feed(NEWS)
        found = read_feed(NEWS, name="x", url="https://post.example/sitemap.xml")
        assert (found.title, found.lang) == ("The Post", "en")
        url = "https://post.example/a?b=1&c=2"
        assert found.entries == (
            Entry(url, url, "Dam bursts", published="2025-03-14T08:00:00+01:00", updated="2025-03-15", lang="en"),
            Entry("https://post.example/b", "https://post.example/b"),
        )

    def test_a_file_of_one_is_a_list(self, tmp_path: Path) -> None:
        for data in (NEWS, gzip.compress(NEWS)):
            first, *_ = listed(tmp_path / "sitemap.xml.gz", data)
            assert isinstance(first, Entry)
            assert first.title == "Dam bursts"

    def test_an_index_lists_sitemaps_newest_first(self) -> None:
        assert is_feed_list(INDEX)
        assert not is_feed(INDEX)
        newest, other, *refused = read_subscriptions(INDEX, name="x")
        assert newest == Subscription("https://post.example/2.xml.gz")
        assert other == Subscription("https://post.example/1.xml")
        assert [type(error) for error in refused] == [Malformed, Malformed]
        with pytest.raises(EmptyInput):
            read_subscriptions(b"<sitemapindex xmlns='x'/>", name="x")

    @pytest.mark.parametrize(
        "data",
        [
            b"<urlset><url>",
            b"<!DOCTYPE u [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>https://a.example/&a;</loc></url>",
            b"<!DOCTYPE u [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><urlset><url><loc>&b;</loc></url></urlset",
        ],
    )
    def test_what_is_broken_is_refused(self, data: bytes) -> None:
        with pytest.raises(Malformed):
            read_feed(data, name="x")

    def test_entities_are_not_followed(self) -> None:
        data = b"<!DOCTYPE u [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><urlset><url><loc>https://a.example/x&a;</loc></url></urlset>"
        (entry,) = read_feed(data, name="x").entries
        assert entry.url == "https://a.example/x"


URL = "https://post.example/dam"
EXTRAS = (
    "<PAGE_LINKS>x</PAGE_LINKS><PAGE_PRECISEPUBTIMESTAMP>20241028081500</PAGE_PRECISEPUBTIMESTAMP>"
    "<PAGE_AUTHORS>Ida Berg;Bo Lind</PAGE_AUTHORS><PAGE_TITLE>Dam &amp; town; both gone</PAGE_TITLE>"
)


def row(length: int, **cells: str) -> bytes:
    """A row of so many cells; `c4="x"` is the fifth of them."""
    return "\t".join(cells.get(f"c{i}", "") for i in range(length)).encode() + b"\n"


GKG2 = row(27, c0="20241028091500-1", c1="20241028091500", c2="1", c3="post.example", c4=URL, c26=EXTRAS)
EVENT2 = row(61, c0="123", c1="20241028", c59="20241028091500", c60=URL)
EVENT1 = row(58, c0="123", c1="20241028", c56="20241028", c57=URL)
MENTION = row(16, c0="123", c1="20241028091500", c2="20241028093000", c3="1", c4="post.example", c5=URL)
GKG1 = row(11, c0="20241028", c1="4", c10=f"{URL}<UDIV>{URL}2<UDIV>BBC Monitoring")
HEADER = b"DATE\tNUMARTS\tCOUNTS\tTHEMES\tLOCATIONS\tPERSONS\tORGANIZATIONS\tTONE\tCAMEOEVENTIDS\tSOURCES\tSOURCEURLS\n"


class TestGdelt:
    @pytest.mark.parametrize(
        ("data", "seen"),
        [
            (EVENT2, "20241028091500"),
            (EVENT1, "20241028"),
            (MENTION, "20241028093000"),
            (HEADER + GKG1, "20241028"),
            (GKG1, "20241028"),
        ],
    )
    def test_its_tables_name_articles(self, data: bytes, seen: str, tmp_path: Path) -> None:
        for name in ("20241028.export.CSV", "x.txt"):
            first, *_ = listed(tmp_path / name, data)
            assert first == Entry(URL, URL, seen=seen)

    def test_the_knowledge_graph_knows_title_authors_and_the_minute(self, tmp_path: Path) -> None:
        assert listed(tmp_path / "a.gkg.csv", GKG2) == [
            Entry(
                URL,
                URL,
                "Dam & town; both gone",
                "Ida Berg, Bo Lind",
                published="20241028081500",
                seen="20241028091500",
            )
        ]

    def test_a_row_longer_than_what_is_looked_into(self, tmp_path: Path) -> None:
        long = row(27, c0="20241028091500-1", c1="20241028091500", c2="1", c4=URL, c7="THEME;" * 2000)
        assert is_gdelt(long[:4096])
        assert listed(tmp_path / "a.gkg.csv", long) == [Entry(URL, URL, seen="20241028091500")]

    def test_several_addresses_and_none(self, tmp_path: Path) -> None:
        assert [e.url for e in listed(tmp_path / "a.csv", GKG1) if isinstance(e, Entry)] == [URL, URL + "2"]
        cited = row(16, c0="1", c2="20241028093000", c3="5", c5="doi:10.1/x")
        assert len(listed(tmp_path / "a.csv", MENTION + cited)) == 1

    def test_a_broken_row_is_named_and_the_rest_read(self, tmp_path: Path) -> None:
        found = listed(tmp_path / "a.csv", EVENT2 + b"x\ty\n" + EVENT2)
        assert [type(item) for item in found] == [Entry, Malformed, Entry]
        assert ":2: " in str(found[1])

    @pytest.mark.parametrize("data", [b"", b"a\tb\n", b"1\t" * 60 + b"\n", b"text\ttitle\nx\ty\n"])
    def test_other_tables_are_none_of_its(self, data: bytes) -> None:
        assert not is_gdelt(data)
