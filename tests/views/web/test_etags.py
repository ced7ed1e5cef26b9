"""What is sent again only where it changed, and compressed where it pays."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.web import application
from onrecord.views.web.assets import static_url
from onrecord.views.web.etags import _named, _takes_gzip
from onrecord.views.web.links import document_url

PLAIN = {"accept-encoding": "identity"}


@pytest.mark.parametrize("path", ["/statements.json", "/statements", "/static/style.css"])
def test_what_did_not_change_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]{32}-gzip"', tag)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert "content-length" not in again.headers
    assert again.headers["x-content-type-options"] == "nosniff"


def test_what_changed_is_sent(tmp_path: Path, flood: Reading, hostile: Reading) -> None:
    with Ledger.open(tmp_path / "news.ledger") as book:
        list(book.add([flood]))
        client = TestClient(application(book), base_url="http://127.0.0.1")
        tag = client.get("/statements.json").headers["etag"]
        list(book.add([hostile]))
        after = client.get("/statements.json", headers={"if-none-match": tag})
        assert after.status_code == 200
        assert after.headers["etag"] != tag


def test_each_encoding_has_a_tag_of_its_own_and_equal_bytes(client: TestClient) -> None:
    plain = client.get("/statements.json", headers=PLAIN)
    with client.stream("GET", "/statements.json") as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) == int(packed.headers["content-length"]) < len(plain.content)
    assert client.get("/statements.json", headers=PLAIN | {"if-none-match": packed.headers["etag"]}).status_code == 200
    with client.stream("GET", "/statements.json") as again:
        assert b"".join(again.iter_raw()) == raw


def test_head_has_the_tag_and_no_body(client: TestClient) -> None:
    assert client.head("/statements").headers["etag"] == client.get("/statements").headers["etag"]


def test_files_with_their_version_in_the_address_are_kept(client: TestClient) -> None:
    lasting = client.get(static_url("style.css"))
    assert lasting.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert lasting.text == client.get("/static/style.css").text
    stale = client.get("/static/v-000000000000/style.css")
    assert stale.headers["cache-control"] == "no-cache"
    assert stale.text == lasting.text
    assert client.get(static_url("nothing.css")).status_code == 404
    assert client.get("/static/v-000000000000/../../app.py").status_code == 404


def test_every_page_asks_for_files_by_their_version(client: TestClient, flood: Reading) -> None:
    for path in ("/statements", document_url(flood.document.id), "/nothing"):
        found = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get(path).text)
        assert found
        assert all(url.startswith(static_url("")) for url in found), path


def test_errors_are_not_tagged_and_posts_not_stored(client: TestClient) -> None:
    assert "etag" not in client.get("/nothing").headers
    assert client.post("/statements").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("*, gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("", False),
        ("br", False),
        ("x-gzip2", False),
        ("gzip;q=0.01", True),
    ],
)
def test_who_takes_gzip(accepted: str, taken: bool) -> None:
    assert _takes_gzip(accepted) is taken


def test_tags_are_compared_weakly() -> None:
    assert _named('"a"', '"b", "a"')
    assert _named('"a"', 'W/"a"')
    assert _named('"a"', "*")
    assert not _named('"a"', '"ab"')
    assert not _named('"a"', "")
