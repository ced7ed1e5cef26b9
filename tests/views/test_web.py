"""Each page by what it says, where it links, and what it never does with what an article holds."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.records import Span
from onrecord.views.web import application, pages, serve
from onrecord.views.web.app import _TEMPLATES
from onrecord.views.web.links import document_url, speaker_url, web_url
from onrecord.views.web.marked import text_blocks

PAGES = ["/", "/statements", "/figures", "/speakers", "/search?words=harbour"]


class Seen(HTMLParser):
    """The elements, ids and links of a page, and the text of the element with class "text"."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def values(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]


@pytest.fixture
def client(tmp_path: Path, flood: Reading, hostile: Reading) -> Iterator[TestClient]:
    with Ledger.open(tmp_path / "news.ledger") as book:
        assert [r.outcome for r in book.add([flood, hostile])] == ["added", "added"]
        with TestClient(application(book), base_url="http://127.0.0.1") as client:
            yield client


def test_front_page_lists_documents_and_counts(client: TestClient, flood: Reading) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert f'<a href="/documents/{flood.document.id}">Harbour flooded</a>' in page.text
    assert "<b>2</b> documents" in page.text
    assert '<b>4</b> <a href="/statements">statements</a>' in page.text


def test_front_page_of_an_empty_ledger_says_how_to_fill_it() -> None:
    with Ledger.open(":memory:") as book:
        assert "onrecord add" in TestClient(application(book), base_url="http://localhost").get("/").text


def test_front_page_goes_on_from_a_row(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LIMIT", 1)
    first, second = client.get("/"), client.get("/?from=1")
    assert "/?from=1" in first.text
    assert "Harbour flooded" not in first.text
    assert "Harbour flooded" in second.text
    assert "/?from=0" in second.text
    assert client.get("/?from=x").status_code == 400


def test_document_page_shows_its_text_and_marks(client: TestClient, flood: Reading) -> None:
    html = client.get(document_url(flood.document.id)).text
    assert re.search(r'<span class="source c\d+-\d+">Mayor Ida Holm</span>', html)
    assert re.search(r'<span class="cue c\d+-\d+">confirmed</span>', html)
    assert re.search(r'<span class="content figure[^"]*">about 1,200</span>', html)
    assert re.search(r'<span class="content source[^"]*">the prefect</span>', html)
    assert re.search(r'<span class="moment[^"]*">3 May</span>', html)
    assert '<div class="block boilerplate"' in html
    assert 'href="https://example.org/flood"' in html


def test_every_link_into_a_document_has_its_anchor(client: TestClient, flood: Reading, hostile: Reading) -> None:
    for page in [
        *PAGES,
        document_url(flood.document.id),
        document_url(hostile.document.id),
        speaker_url("Ida Holm"),
    ]:
        for link in Seen(client.get(page).text).values("href"):
            target, fragment = urlsplit(link), urlsplit(link).fragment
            if target.netloc or not fragment or fragment == "main":
                continue
            where = f"{target.path}?{target.query}" if target.path else page
            assert fragment in Seen(client.get(where).text).values("id"), (page, link)


def test_ids_on_a_document_page_are_unique(client: TestClient, flood: Reading) -> None:
    ids = Seen(client.get(document_url(flood.document.id)).text).values("id")
    assert len(ids) == len(set(ids))
    assert {f"c{a}-{b}" for s in flood.statements for a, b in (*s.source, *s.cue, *s.content)} <= set(ids)
    assert {f"c{f.span.start}-{f.span.end}" for f in flood.figures} <= set(ids)


def test_characters_named_in_the_address_are_marked(client: TestClient, flood: Reading) -> None:
    at = flood.document.text.index("newsletter")
    url = document_url(flood.document.id, [Span(at, at + 10)], found=True)
    assert url.endswith(f"?at={at}-{at + 10}#c{at}-{at + 10}")
    assert re.search(r'<mark class="found[^"]*">newsletter</mark>', client.get(url).text)


@pytest.mark.parametrize("at", ["5", "9-5", "0-999999", "5-5", "-1-5", "a-b", "1-2-3"])
def test_characters_that_are_none_are_refused(client: TestClient, flood: Reading, at: str) -> None:
    assert client.get(document_url(flood.document.id), params={"at": at}).status_code == 400


def test_text_blocks_are_the_text(flood: Reading, hostile: Reading) -> None:
    for reading in (flood, hostile):
        pieces = [piece.text for block in text_blocks(reading) for piece in block.pieces]
        assert "".join(pieces) == reading.document.text


def test_statements_page_filters(client: TestClient) -> None:
    html = client.get("/statements", params={"speaker": "Ida Holm", "about": "harbour", "since": "", "until": ""}).text
    assert "that about 1,200 people" in html
    assert "the dam will hold</a>" not in html
    assert 'value="Ida Holm"' in html
    refused = client.get("/statements?since=yesterday")
    assert refused.status_code == 400
    assert "yesterday" in refused.text


def test_a_table_says_when_there_is_more(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "narrow the list" not in client.get("/statements").text
    monkeypatch.setattr(pages, "LIMIT", 2)
    html = client.get("/statements").text
    assert "The newest 2 are shown" in html
    assert html.count('data-label="What"') == 2


def test_figures_page_shows_the_sentence_with_its_number(client: TestClient) -> None:
    html = client.get("/figures?about=boats").text
    assert "<b>At least 40</b> boats sank." in html
    assert "≥ 40" in html
    assert '<small class="moved">up to, in all</small>' in html
    assert "the outlet" in html


def test_speaker_page_lists_statements_in_order_of_saying(client: TestClient) -> None:
    key = next(s["key"] for s in client.get("/speakers.json").json()["speakers"] if s["name"] == "Ida Holm")
    assert speaker_url(key) in client.get("/speakers").text
    html = client.get(speaker_url(key)).text
    assert "<h1>Ida Holm</h1>" in html
    assert html.count('data-label="What"') == 2


def test_search_marks_what_was_found(client: TestClient) -> None:
    html = client.get("/search?words=dam").text
    assert "<mark>dam</mark>" in html
    assert 'value="dam"' in html
    assert "Nothing holds" in client.get("/search?words=zeppelin").text
    assert client.get("/search").status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "/documents/ffffffffff", "/speakers/nobody", "/static/nothing.css"])
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get(f"{path}.json").status_code == 404


def test_every_page_has_a_json_twin(client: TestClient, flood: Reading) -> None:
    assert {d["title"] for d in client.get("/index.json").json()["documents"]} >= {"Harbour flooded"}
    assert client.get(f"/documents/{flood.document.id}.json").json() == json.loads(flood.to_json())
    assert len(client.get("/statements.json?about=dam").json()["statements"]) == 2
    assert len(client.get("/figures.json").json()["figures"]) == 3
    assert len(client.get("/speakers.json").json()["speakers"]) == 3
    assert client.get(f"{speaker_url('person:ida holm')}.json").json()["name"] == "Ida Holm"
    assert client.get("/search.json?words=dam").json()["hits"]
    assert client.get("/documents/ffffffffff.json").json()["status"] == 404


def test_nothing_an_article_holds_becomes_markup(client: TestClient, hostile: Reading) -> None:
    key = next(s["key"] for s in client.get("/speakers.json").json()["speakers"] if "script" in s["name"])
    markup = "<script>alert(1)</script><b onmouseover=x>"
    paths = [*PAGES, document_url(hostile.document.id), speaker_url(key), speaker_url(markup), f"/documents/{markup}"]
    for path in [*paths, f"/search?words={markup}", f"/statements?speaker={markup}&about={markup}", f"/?from={markup}"]:
        page = client.get(path)
        seen = Seen(page.text)
        assert "script" not in seen.tags, path
        assert not [name for name, _ in seen.attributes if name.startswith("on")], path
        assert all(urlsplit(link).scheme in ("", "https") for link in seen.values("href")), path
    document = client.get(document_url(hostile.document.id))
    assert hostile.document.title is not None
    assert hostile.document.title in "".join(Seen(document.text).words)


def test_headers_keep_a_page_to_itself(client: TestClient) -> None:
    for path in [*PAGES, "/nothing", "/static/style.css", "/index.json"]:
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script" not in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8484", "", "[::2]:80"])
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8484", "127.0.0.1:1", "[::1]", "[::1]:8484"])
def test_this_machine_is_served(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_pages_are_read_only(client: TestClient) -> None:
    for path in [*PAGES, "/index.json"]:
        assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("HTTPS://example.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://example.org", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https://", False),
        ("https://[::1", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, shown: bool) -> None:
    assert (web_url(url) == url and url is not None) is shown


def test_templates_use_the_fields_of_their_page_and_no_page_has_idle_ones() -> None:
    shown = {
        "front.html": pages.FrontPage,
        "document.html": pages.DocumentPage,
        "statements.html": pages.StatementsPage,
        "figures.html": pages.FiguresPage,
        "speakers.html": pages.SpeakersPage,
        "speaker.html": pages.SpeakerPage,
        "search.html": pages.SearchPage,
        "problem.html": pages.ProblemPage,
    }
    assert _TEMPLATES.loader is not None
    for template, page in shown.items():
        source = _TEMPLATES.loader.get_source(_TEMPLATES, template)[0]
        used = set(re.findall(r"\bpage\.(\w+)", source))
        known = {field.name for field in fields(page)}
        assert used <= known | {"numbers", "targets"}, template
        # `reading` is the JSON twin's; `found` are already in the blocks.
        assert known - used <= {"reading", "found"}, template


def test_text_colours_have_contrast_enough_on_every_ground() -> None:
    style = (Path(pages.__file__).parent / "static" / "style.css").read_text()
    light, dark = (dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part)) for part in style.split("@media", 2)[:2])
    for theme in (light, dark):
        for ground in ("ground", "raised", "content", "source", "cue", "found"):
            assert _contrast(theme["ink"], theme[ground]) >= 4.5, ground
        for ink in ("dim", "link", "target"):
            for ground in ("ground", "raised", "content"):
                assert _contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground)


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it (relative luminance, 1 to 21)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_serving_on_a_taken_port_is_a_ledger_error(tmp_path: Path) -> None:
    path = tmp_path / "news.ledger"
    Ledger.open(path).close()
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(LedgerError, match="port"):
        serve(path, port=taken.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_serving_from_the_command_line_until_interrupted(tmp_path: Path, flood: Reading, host: str) -> None:
    if host == "::1" and not _has_ipv6():
        pytest.skip("this machine has no IPv6 loopback")
    path = tmp_path / "news.ledger"
    with Ledger.open(path) as book:
        list(book.add([flood]))
    command = [sys.executable, "-m", "onrecord.views.cli", "serve", str(path), "--port", "0", "--host", host]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address is not None
            assert "Harbour flooded" in httpx.get(address[0], timeout=30, trust_env=False).text
        finally:
            process.send_signal(signal.SIGINT)
            _, complaints = process.communicate(timeout=30)
    assert complaints == ""
    assert process.returncode == 0


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True
