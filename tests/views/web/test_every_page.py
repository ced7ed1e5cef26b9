"""What holds of every page: twins, headers, hosts, nothing of an article becomes markup, colours."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from dataclasses import fields
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.reading import Reading
from onrecord.views.web import frame, pages
from onrecord.views.web import page as one_page
from onrecord.views.web.links import document_url, speaker_url, web_url
from onrecord.views.web.rendering import TEMPLATES

PAGES = ["/", *(url for url, _ in frame.PAGES), "/search?words=harbour", "/api"]


def test_every_link_into_a_document_has_its_anchor(client: TestClient, flood: Reading, hostile: Reading) -> None:
    seen = cache(lambda address: Seen(client.get(address).text))
    for page in [
        *PAGES,
        document_url(flood.document.id),
        document_url(hostile.document.id),
        speaker_url("Ida Holm"),
    ]:
        for link in seen(page).values("href"):
            target, fragment = urlsplit(link), urlsplit(link).fragment
            if target.netloc or not fragment or fragment == "main":
                continue
            where = f"{target.path}?{target.query}" if target.path else page
            assert fragment in seen(where).values("id"), (page, link)


@pytest.mark.parametrize("path", ["/nothing", "/documents/ffffffffff", "/speakers/nobody", "/static/nothing.css"])
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get(f"{path}.json").status_code == 404


def test_every_page_has_a_json_twin(client: TestClient, flood: Reading) -> None:
    assert {d["title"] for d in client.get("/documents.json").json()["documents"]} >= {"Harbour flooded"}
    assert client.get("/index.json").json()["overview"]["statements"] == 4
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
        # The scripts of a page are files of its own, and nothing stands in them.
        assert seen.tags.count("script") == len(
            re.findall(r'<script type="module" src="/static/[^"]+"></script>', page.text)
        )
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
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8484", "", "[::2]:80"])
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8484", "127.0.0.1:1", "[::1]", "[::1]:8484"])
def test_this_machine_is_served(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_pages_are_read_only(client: TestClient) -> None:
    for path in [*PAGES, "/index.json"]:
        if path != "/check":  # a draft is sent there, and nothing of it is kept
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
    assert TEMPLATES.loader is not None
    for kind in page_kinds():
        source = TEMPLATES.loader.get_source(TEMPLATES, kind.template)[0]
        used = set(re.findall(r"\bpage\.(\w+)", source))
        known = {field.name for field in fields(kind)}
        properties = {name for name, value in vars(kind).items() if isinstance(value, property)}
        assert used <= known | properties, kind.template
        assert known - used <= set(getattr(kind, "unshown", ())), kind.template


def page_kinds() -> list[type[Any]]:
    """Every class of a page, found in the modules of `pages`."""
    modules = [
        importlib.import_module(f"{pages.__name__}.{found.name}") for found in pkgutil.iter_modules(pages.__path__)
    ]
    kinds = {
        value
        for module in (*modules, one_page)
        for value in vars(module).values()
        if isinstance(getattr(value, "template", None), str)
    }
    return sorted(kinds, key=lambda kind: str(kind.__name__))


def test_every_page_is_found() -> None:
    assert {"FrontPage", "DocumentPage", "ProblemPage"} <= {kind.__name__ for kind in page_kinds()}
