"""What was fetched as documents: what a page says of itself, what its transport and its feed add, what is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.intake.making import column, pdf
from tests.intake.webserver import Answer, FakeClock, article, served

from onrecord.errors import EmptyInput, InputError, Malformed, MissingInput, NotText, TooLarge, Unfetched
from onrecord.intake import count, documents
from onrecord.intake.article import About
from onrecord.intake.feeds import Entry
from onrecord.intake.fetching import Fetched, Fetcher, Manners
from onrecord.intake.lists import LIST_LIMIT, FeedList
from onrecord.intake.opml import Subscription
from onrecord.intake.web import about_entry, content_document, feeds_named, page_document
from onrecord.records import DateCandidate, Document

URL = "https://fjord.example/2025/dam"
ENTRY = Entry(
    "dam-1", URL + "?utm_source=rss", "Dam holds", "Ida Berg", "Fri, 14 Mar 2025 08:00:00 +0100", "2025-03-14T09:00:00Z"
)
NOTHING = About()


def page(data: bytes, kind: str | None = "text/html", charset: str | None = None, url: str = URL) -> Fetched:
    return Fetched(URL, url, data, kind=kind, charset=charset)


def test_its_id_is_that_of_its_bytes_and_its_address_where_it_was_found() -> None:
    data = article("The dam holds")
    found = page_document(page(data, url="https://FJORD.example/moved?utm_source=rss#x"), NOTHING)
    assert found.id == hashlib.sha256(data).hexdigest()
    assert found.url == "https://fjord.example/moved"
    assert found.title == "The dam holds"


def test_the_charset_of_the_transport_holds() -> None:
    data = article("Плотина стоит", "Мэр сказал, что плотина стоит. " * 20).decode().encode("windows-1251")
    found = page_document(page(data, charset="windows-1251"), NOTHING)
    assert found.title == "Плотина стоит"


def test_a_page_goes_before_its_feed_and_the_caller_before_both() -> None:
    data = article("Dam", head="<meta property=og:site_name content='The Page'><meta name=author content='Pia Age'>")
    hint = about_entry(ENTRY, "The Feed")
    found = page_document(page(data), NOTHING, hint)
    assert (found.publisher, found.author, found.title) == ("The Page", "Pia Age", "Dam")
    assert found.published == "2025-03-14T08:00:00+01:00"
    assert DateCandidate("Fri, 14 Mar 2025 08:00:00 +0100", "feed: published") in found.dates
    given = About(publisher="The Caller", published="2025-03-13")
    found = page_document(page(data), given, hint)
    assert (found.publisher, found.published) == ("The Caller", "2025-03-13")


def test_what_the_page_does_not_say_its_feed_does() -> None:
    found = page_document(page(article("Dam")), NOTHING, about_entry(ENTRY, "The Feed"))
    assert (found.publisher, found.author, found.published) == ("The Feed", "Ida Berg", "2025-03-14T08:00:00+01:00")
    assert page_document(page(article("Dam")), NOTHING).publisher == "fjord.example"


def test_the_date_on_the_page_goes_before_the_feeds_and_that_before_the_address() -> None:
    head = "<meta property=article:published_time content='2025-03-12T10:00:00Z'>"
    hint = about_entry(ENTRY, None)
    url = "https://fjord.example/2025/03/01/dam"
    assert (
        page_document(page(article("Dam", head=head), url=url), NOTHING, hint).published == "2025-03-12T10:00:00+00:00"
    )
    assert page_document(page(article("Dam"), url=url), NOTHING, hint).published == "2025-03-14T08:00:00+01:00"
    assert page_document(page(article("Dam"), url=url), NOTHING).published == "2025-03-01"


def test_when_a_feed_says_it_was_updated_is_no_date_of_publication() -> None:
    hint = about_entry(Entry("1", URL, updated="2025-03-14T09:00:00Z"), None)
    assert page_document(page(article("Dam")), NOTHING, hint).published is None


def test_plain_text() -> None:
    found = page_document(page(b"Dam holds\n\nThe dam holds, said the mayor.", "text/plain"), NOTHING)
    assert found.text.startswith("Dam holds\n")


@pytest.mark.parametrize(
    ("data", "kind", "error"),
    [
        (b"", "text/html", EmptyInput),
        (b"<html><body></body></html>", "text/html", EmptyInput),
        (b"%PDF-1.7", "text/html", Malformed),
        (b"\x89PNG\r\n", "text/html", NotText),
        (b'{"a": 1}', "application/json", NotText),
        (b'{"a": 1}', None, NotText),
        (b"<rss version='2.0'><channel/></rss>", "text/html", Malformed),
        (b"<opml version='2.0'></opml>", None, Malformed),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, kind: str | None, error: type[InputError]) -> None:
    with pytest.raises(error) as caught:
        page_document(page(data, kind), NOTHING)
    assert caught.value.name == URL


def test_a_report_may_be_a_pdf() -> None:
    data = pdf([column(["The dam holds, said the mayor on Monday."])])
    found = page_document(page(data, "application/pdf", url="https://fjord.example/2025/03/14/report.pdf"), NOTHING)
    assert (found.text, found.published) == ("The dam holds, said the mayor on Monday.", "2025-03-14")


def test_an_article_that_a_feed_holds() -> None:
    entry = Entry(
        "1", URL, "Dam holds", "Ida Berg", "2025-03-14T08:00:00Z", content="<p>The dam holds.</p><p>It does.</p>"
    )
    found = content_document(entry, NOTHING, about_entry(entry, "The Feed"), name="x")
    assert found.text == "Dam holds\n\nThe dam holds.\n\nIt does."
    assert (found.url, found.publisher, found.published) == (URL, "The Feed", "2025-03-14T08:00:00+00:00")
    again = content_document(entry, NOTHING, about_entry(entry, "Another"), name="x")
    assert again.id == found.id
    text = Entry("1", URL, "Dam holds", content="The dam <b>holds</b>.", is_text=True)
    assert content_document(text, NOTHING, about_entry(text, None), name="x").text == "The dam <b>holds</b>."
    with pytest.raises(EmptyInput):
        content_document(Entry("1", URL), NOTHING, NOTHING, name="x")


def test_the_feeds_that_a_page_names() -> None:
    data = b"""<html><head><link rel=alternate type="application/rss+xml" href="/feed.xml">
    <link rel="alternate stylesheet" type="text/css" href="x"><link rel=alternate type="application/atom+xml"
    href="https://other.example/atom"><link rel=alternate type="application/feed+json" href="http://[broken">
    <link rel=alternate hreflang=de href="/de"></head></html>"""
    assert feeds_named(data, URL) == ["https://fjord.example/feed.xml", "https://other.example/atom"]
    assert feeds_named(b"", URL) == []


def test_addresses_are_inputs_as_files_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The dam holds, said the mayor.")
    clock = FakeClock()
    with served(clock) as server, Fetcher(Manners(allow_private=True), clock=clock) as fetcher:
        server.pages["/a"] = Answer(article("The dam holds"))
        server.pages["/feed"] = Answer(b"<rss version='2.0'><channel/></rss>")
        inputs = [server.url("/a"), str(tmp_path / "a.txt"), server.url("/no"), server.url("/feed")]
        one, other, *refused = documents(inputs, publisher="Desk", fetcher=fetcher)
    assert isinstance(one, Document)
    assert isinstance(other, Document)
    assert (one.title, one.publisher, other.publisher) == ("The dam holds", "Desk", "Desk")
    assert isinstance(refused[0], Unfetched)
    assert "can be added to a ledger" in str(refused[1])
    assert count(inputs) is None


def test_a_file_of_a_feed_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>")
    (found,) = documents([tmp_path / "feed.xml"])
    assert "such as a feed: its articles can be added to a ledger" in str(found)


class TestLists:
    def test_a_file_is_read_each_time(self, tmp_path: Path) -> None:
        path = tmp_path / "feeds.txt"
        path.write_text("https://a.example/feed")
        with Fetcher() as fetcher:
            listed = FeedList(str(path), fetcher)
            assert listed() == [Subscription("https://a.example/feed")]
            path.write_text("https://b.example/feed")
            assert listed() == [Subscription("https://b.example/feed")]

    def test_a_list_on_the_web_is_asked_once_an_hour(self) -> None:
        clock = FakeClock()
        with served(clock) as server, Fetcher(Manners(allow_private=True), clock=clock) as fetcher:
            kind = {"Content-Type": "text/plain", "ETag": '"1"'}
            server.pages["/list"] = [Answer(b"https://a.example/feed", headers=kind), Answer(status=304)]
            listed = FeedList(server.url("/list"), fetcher)
            assert listed() == listed() == [Subscription("https://a.example/feed")]
            assert len(server.asked("/list")) == 1
            clock.sleep(3601)
            assert listed() == [Subscription("https://a.example/feed")]
            assert [r.headers.get("if-none-match") for r in server.asked("/list")] == [None, '"1"']

    def test_an_address_may_be_that_of_one_feed(self) -> None:
        clock = FakeClock()
        with served(clock) as server, Fetcher(Manners(allow_private=True), clock=clock) as fetcher:
            server.pages["/feed"] = Answer(b"<rss version='2.0'><channel/></rss>")
            assert FeedList(server.url("/feed"), fetcher)() == [Subscription(server.url("/feed"))]
            assert FeedList(server.url("/known"), fetcher, known=lambda _: True)() == [
                Subscription(server.url("/known"))
            ]
            assert server.paths() == ["/feed"]
            opml = "<opml><body><outline xmlUrl='https://a.example/feed'/></body></opml>"
            server.pages["/opml"] = Answer(opml.encode(), headers={"Content-Type": "text/x-opml"})
            assert FeedList(server.url("/opml"), fetcher)() == [Subscription("https://a.example/feed")]

    @pytest.mark.parametrize(
        ("data", "error"),
        [(None, MissingInput), (b"", EmptyInput), (b"#" * (LIST_LIMIT + 1), TooLarge), (b"<rss/>", Malformed)],
    )
    def test_a_file_that_lists_nothing_is_refused(
        self, tmp_path: Path, data: bytes | None, error: type[InputError]
    ) -> None:
        path = tmp_path / "feeds.opml"
        if data is not None:
            path.write_bytes(data)
        with Fetcher() as fetcher, pytest.raises(error):
            FeedList(str(path), fetcher)()

    def test_a_folder_is_no_list(self, tmp_path: Path) -> None:
        with Fetcher() as fetcher, pytest.raises(MissingInput):
            FeedList(str(tmp_path), fetcher)()
