"""Every page of a ledger whose every field is a script, and every file of its exported site: nothing of it is alive."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.views.web.torture import PAYLOAD, URL, attacks, tortured_ledger

from onrecord.ledger import Ledger
from onrecord.views.export import Chosen, export
from onrecord.views.web import application

MOST = 8
HOST = "http://127.0.0.1"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tortured_ledger(tmp_path_factory.mktemp("torture") / "torture.ledger")


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with (
        Ledger.open(path, create=False, read_only=True) as book,
        Ledger.open(path, create=False) as writer,
        TestClient(application(book, writer=writer), base_url=HOST, client=("127.0.0.1", 1)) as client,
    ):
        yield client


def answered(client: TestClient, start: str) -> Iterator[tuple[str, Any]]:
    """What can be reached by links from `start`, with its answer: of each kind of address the first MOST that are found."""
    waiting, known = [start], {start}
    kinds: Counter[tuple[str, ...]] = Counter()
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        yield address, answer
        if answer.headers["content-type"].startswith("text/html"):
            root: Any = html.document_fromstring(answer.content, parser=html.HTMLParser(encoding="utf-8"))
            for link in root.xpath("//@href | //@data-chart | //link/@href"):
                found = urlsplit(urljoin(f"{HOST}{address}", link))
                if f"{found.scheme}://{found.netloc}" != HOST or found.path.startswith("/static/"):
                    continue
                plain = found.path + (
                    f"?{found.query}" if "at=" in found.query or found.path.startswith(("/search", "/api/")) else ""
                )
                parts = found.path.split("/")
                kind = (parts[1], str(len(parts)), *parts[3:4], found.path.rpartition(".")[2][:4], str("at=" in plain))
                if plain not in known and kinds[kind] < MOST:
                    kinds[kind] += 1
                    known.add(plain)
                    waiting.append(plain)


def test_no_page_that_links_lead_to_lets_it_live(client: TestClient) -> None:
    kinds: Counter[str] = Counter()
    alive: list[str] = []
    for address, answer in answered(client, "/"):
        assert answer.status_code == (307 if address == "/api/v1/" else 200), address
        assert answer.headers["x-content-type-options"] == "nosniff"
        kind = answer.headers["content-type"]
        section = address.split("/")[1].partition("?")[0].partition(".")[0]
        if kind == "text/html; charset=utf-8":
            kinds[section] += 1
            kinds["beside"] += "/beside/" in address
            assert answer.headers["content-security-policy"] == POLICY
            alive += attacks(answer.content, address)
        else:
            assert kind.partition(";")[0] in ("application/json", "text/css"), address
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            if kind.startswith("application/json"):
                json.loads(answer.content)
            else:
                assert "script" not in answer.text
    assert alive == []
    # It was everywhere: each kind of page was seen, most of them with the payload.
    sections = (
        "stories claims series conflicts speakers statements figures copies documents beside corrections correct cite"
    )
    assert {section for section in sections.split() if not kinds.get(section)} == set()
    assert sum(kinds.values()) > 80


def test_the_payload_is_shown_as_the_words_that_it_is(client: TestClient) -> None:
    for address in ("/", "/claims", "/series", "/conflicts", "/speakers", "/statements", "/figures", "/corrections"):
        root: Any = html.document_fromstring(client.get(address).content, parser=html.HTMLParser(encoding="utf-8"))
        words = "".join(root.itertext())
        assert "<script>global" in words, address
        assert "{{ 7*7 }}" in words, address


@pytest.mark.parametrize("payload", [PAYLOAD, URL, "}</style><script>globalThis.ran=1</script>", "0-1){}*{color:red}"])
def test_what_is_asked_lives_no_more_than_what_was_read(client: TestClient, payload: str) -> None:
    document = client.get("/documents.json").json()["documents"][0]["id"]
    asked = quote(payload)
    addresses = [
        f"/search?words={asked}",
        f"/statements?speaker={asked}&about={asked}&since={asked}",
        f"/claims?standing={asked}",
        f"/figures?about={asked}&after={asked}",
        f"/corrections?document={asked}&state={asked}&done={asked}",
        f"/documents/{asked}",
        f"/documents/{document}?at={asked}",
        f"/documents/{document}/targets.css?at={asked}",
        f"/speakers/{asked}",
        f"/cite/{asked}",
        f"/correct/{asked}?done={asked}",
        f"/beside/{asked}/{asked}",
        f"/{asked}",
        f"/api/v1/statements?since={asked}",
        f"/api/v1/documents/{asked}",
        f"/health?{asked}",
        f"/metrics?{asked}",
    ]
    for address in addresses:
        answer = client.get(address, headers={"accept": f"text/html, {quote(payload)}"})
        assert answer.status_code in (200, 400, 404, 422), address
        assert answer.headers["x-content-type-options"] == "nosniff"
        if answer.headers["content-type"].startswith("text/html"):
            assert list(attacks(answer.content, address)) == []
        if answer.headers["content-type"].startswith("text/css"):
            assert "script" not in answer.text
            assert "color:red" not in answer.text
    sent = {
        "wish": payload,
        "speaker": payload,
        "speaker_name": payload,
        "reason": payload,
        "by": payload,
        "draft": payload,
    }
    record = client.get("/statements.json").json()["statements"][-1]
    for address in (f"/correct/{record['document']}:{record['id']}", "/check", "/corrections/k000000000000/undo"):
        answer = client.post(address, data=sent)
        assert answer.status_code in (200, 404, 422), address
        assert list(attacks(answer.content, address)) == []


def test_no_file_of_an_exported_site_lets_it_live(path: Path, tmp_path: Path) -> None:
    with Ledger.open(path, create=False, read_only=True) as book:
        export(Chosen(book), "site", tmp_path / "site")
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 80
    beside = ("search.js", "search-index.js")
    assert [found for page in pages for found in attacks(page.read_bytes(), page.name, beside=beside)] == []
    for file in (tmp_path / "site").rglob("*.json"):
        json.loads(file.read_bytes())


def test_the_search_for_what_lives_finds_it() -> None:
    """The tests above would pass over a search that finds nothing."""
    whole = f"<html><body><p title='{PAYLOAD}'>{PAYLOAD}<a href='{URL}'>x</a><p style='x'></body></html>"
    found = "\n".join(attacks(whole.encode(), "here"))
    for living in ("a script", "<img", "onerror", "onload", "href='javascript", "<base>", "style="):
        assert living in found
