"""The static site: every page of the application as a file, every link to a file that is there, nothing for a server."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from starlette.requests import Request
from tests.views.export.conftest import whole

from onrecord.errors import OutputError
from onrecord.ledger import Ledger
from onrecord.views.export import Selection
from onrecord.views.export.static_pages import Names, is_left_out, without_query
from onrecord.views.web.page import LastPage, Page


class Counted(LastPage):
    """How often a page was asked for in one of its forms, and how often it was made for that."""

    asked = made = 0

    def of(self, build: Callable[[Ledger, Request], Page], request: Request) -> Page:
        before, found = self._last, super().of(build, request)
        Counted.asked += 1
        Counted.made += self._last is not before
        return found


@pytest.fixture(scope="module")
def site(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with Ledger.open(path, create=False, read_only=True) as book, pytest.MonkeyPatch.context() as patched:
        patched.setattr("onrecord.views.web.page.LastPage", Counted)
        return whole(book, "site", tmp_path_factory.mktemp("published") / "site")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every page by its path below the site."""
    return {
        file.relative_to(site).as_posix(): html.document_fromstring(
            file.read_bytes(), parser=html.HTMLParser(encoding="utf-8")
        )
        for file in site.rglob("*.html")
    }


def links(page: html.HtmlElement) -> Iterator[str]:
    for element in page.iter():
        for name in ("href", "src", "data-chart", "action"):
            value = element.get(name)
            if value is not None:
                yield value


def test_no_link_is_broken_and_none_leaves_the_site_but_to_the_web(
    site: Path, pages: dict[str, html.HtmlElement]
) -> None:
    anchors = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    followed = 0
    for name, page in pages.items():
        for link in links(page):
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), (name, link)
                continue
            assert not link.startswith("/"), (name, link)
            assert not parts.query, (name, link)
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
            )
            assert not target.startswith(".."), (name, link)
            assert (site / target).is_file(), (name, link)
            if parts.fragment and parts.fragment != "main":
                assert parts.fragment in anchors[target], (name, link)
            followed += 1
    assert followed > 1000


def test_everything_on_record_has_its_page_and_its_json(site: Path, book: Ledger) -> None:
    names = Names()
    expected = [f"/documents/{row.id}" for row in book.documents()]
    expected += [f"/claims/{row.id}" for row in book.claims()]
    expected += [f"/series/{row.id}" for row in book.series()]
    expected += [f"/conflicts/{row.id}" for row in book.conflicts()]
    expected += [f"/stories/{row.id}" for row in book.stories()]
    expected += [f"/speakers/{row.key.replace(':', '%3A')}" for row in book.speakers()]
    expected += ["/claims", "/series", "/conflicts", "/stories", "/speakers", "/statements", "/figures", "/documents"]
    for address in expected:
        assert (site / names.file(address)).is_file(), address
        twin = site / names.file(f"{address}.json")
        assert json.loads(twin.read_text(encoding="utf-8")), address
    assert (site / "index.html").is_file()
    assert json.loads((site / "index.json").read_text(encoding="utf-8"))


def test_a_page_is_made_once_for_both_its_forms(site: Path) -> None:
    twins = [file for file in site.rglob("*.json") if file.with_suffix(".html").is_file()]
    assert Counted.asked - Counted.made == len(twins) > 100


def test_every_page_leads_to_words_at_their_anchor(pages: dict[str, html.HtmlElement], book: Ledger) -> None:
    """A claim's mention is one step away from the very characters in the text of its article."""
    names, seen = Names(), 0
    for claim in book.claims():
        page = pages[names.file(f"/claims/{claim.id}")]
        fragments = {urlsplit(link).fragment for link in links(page) if "documents/" in link}
        for member in claim.members:
            start, end = member.spans[0]
            if f"c{start}-{end}" in fragments:
                document = pages[names.file(f"/documents/{member.document}")]
                assert document.xpath(f"//*[@id='c{start}-{end}']")
                seen += 1
    assert seen > 50


def test_no_page_needs_a_server(pages: dict[str, html.HtmlElement]) -> None:
    for name, page in pages.items():
        assert not page.xpath("//form"), name
        assert not page.xpath("//a[contains(concat(' ', @class, ' '), ' correct ')]"), name
        assert not page.xpath("//*[contains(concat(' ', @class, ' '), ' found ')]"), name
        for script in page.xpath("//script/@src"):
            assert not script.endswith(("suggest.js", "dialog.js")), name
        assert not page.xpath("//script[not(@src)]"), name
        assert not page.xpath("//style | //@style"), name
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert len(policy) == 1, name
        assert "unsafe" not in policy[0]


def test_the_search_knows_what_there_is(site: Path, book: Ledger) -> None:
    index = (site / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(index.removeprefix("globalThis.onrecordIndex = ").removesuffix(",\n];\n") + "]")
    kinds = {kind: [entry for entry in entries if entry[0] == kind] for kind in {entry[0] for entry in entries}}
    assert {kind: len(found) for kind, found in kinds.items()} == {
        "story": len(book.stories()),
        "speaker": len(book.speakers()),
        "series": len(book.series()),
        "document": len(book.documents()),
        "claim": len(book.claims()),
    }
    assert all((site / unquote(file)).is_file() for _, _, _, file in entries)


def test_a_part_of_a_ledger_is_no_site(book: Ledger, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="whole ledger"):
        whole(book, "site", tmp_path / "site", Selection(since="2025"))
    assert list(tmp_path.iterdir()) == []


def test_names_of_files_are_plain_and_differ() -> None:
    names = Names()
    addresses = [
        "/",
        "/claims",
        "/claims?after=c1",
        "/claims?after=c2",
        "/claims.json",
        "/claims/c1",
        "/speakers/a%20b",
    ]
    addresses += [
        "/speakers/a_b",
        "/speakers/%E2%80%A6",
        "/speakers/..",
        "/cite/ab:s3",
        "/cite/ab:s4",
        "/speakers/" + "x" * 400,
    ]
    found = [names.file(address) for address in addresses]
    assert len(set(found)) == len(addresses)
    assert found[:2] == ["index.html", "claims.html"]
    for name in found:
        assert all(part not in ("", ".", "..") and len(part.encode()) < 200 for part in name.split("/"))
        assert name.isascii()
        assert not set(name) & set('<>:"|?* ')


def test_what_marks_words_in_a_document_is_no_page_of_its_own() -> None:
    assert without_query("/documents/ab?at=1-2&at=3-4#c1-2") == "/documents/ab"
    assert without_query("/claims?after=c1&standing=disputed") == "/claims?after=c1&standing=disputed"
    assert is_left_out("/search?words=x")
    assert is_left_out("/correct/ab:s3")
    assert is_left_out("/check.json")
    assert is_left_out("/cite/ab:s3")
    assert not is_left_out("/cite/c1")
    assert not is_left_out("/corrections")
