"""The tables of statements, figures and documents: filters, pages, and cells that lead to their words."""

from __future__ import annotations

import inspect
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.cited import cited
from onrecord.reading import Reading
from onrecord.views.options import Asked
from onrecord.views.web import listing as listings
from onrecord.views.web.links import document_url, record_url
from onrecord.views.web.pages.tables import Query


def test_statements_page_filters(client: TestClient) -> None:
    html = client.get("/statements", params={"speaker": "Ida Holm", "about": "harbour", "since": "", "until": ""}).text
    assert "that about 1,200 people" in html
    assert "the dam will hold</a>" not in html
    assert 'value="Ida Holm"' in html
    refused = client.get("/statements?since=yesterday")
    assert refused.status_code == 400
    assert "yesterday" in refused.text
    assert "No statements are so" in client.get("/statements?about=zeppelin").text


def test_filters_are_those_of_the_command_line() -> None:
    assert [field.name for field in fields(Query)] == [*(field.name for field in fields(Asked)), "after"]
    for ask in (Ledger.statements, Ledger.figures):
        assert {field.name for field in fields(Query)} <= set(inspect.signature(ask).parameters)


@pytest.mark.parametrize("kind", ["statements", "figures", "documents"])
@pytest.mark.parametrize("size", [1, 2, 5, 200])
def test_pages_lead_from_one_to_the_next_and_give_each_row_once(
    dam_client: TestClient, told: Ledger, monkeypatch: pytest.MonkeyPatch, kind: str, size: int
) -> None:
    monkeypatch.setattr(listings, "LIMIT", size)
    wanted = [cited(row) for row in getattr(told, kind)(**({} if kind == "documents" else {"since": "2025-03-12"}))]
    assert len(wanted) > 9
    seen: list[str] = []
    url: str | None = f"/{kind}" if kind == "documents" else f"/{kind}?since=2025-03-12&about="
    while url is not None and len(seen) <= len(wanted):
        page = dam_client.get(url)
        twin = dam_client.get(url.replace(f"/{kind}", f"/{kind}.json", 1)).json()
        seen += [_name(kind, row) for row in twin[kind]]
        links = [link for link in Seen(page.text).values("href") if "after=" in link and link.startswith(f"/{kind}?")]
        assert (len(links) == 1) is (twin["next"] is not None)
        url = links[0] if links else None
        if url is not None and kind != "documents":
            assert "since=2025-03-12" in url
    assert seen == wanted


def _name(kind: str, row: dict[str, Any]) -> str:
    return row["id"] if kind == "documents" else f"{row['document']}:{row['id']}"


def test_a_page_behind_a_row_that_is_gone_says_so(client: TestClient) -> None:
    for kind in ("statements", "figures", "documents"):
        answer = client.get(f"/{kind}?after=ffffffffffff:s1")
        assert answer.status_code == 400
        assert "ffffffffffff" in answer.text


def test_the_first_page_is_one_click_from_any_other(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "LIMIT", 2)
    first = client.get("/statements?about=the")
    assert "Back to the start" not in first.text
    following = next(link for link in Seen(first.text).values("href") if "after=" in link)
    second = client.get(following).text
    assert 'href="/statements?about=the" rel="first"' in second


def test_figures_page_shows_the_sentence_with_its_number(client: TestClient) -> None:
    html = client.get("/figures?about=boats").text
    assert "<b>At least 40</b> boats sank." in html
    assert "≥ 40" in html
    assert '<small class="moved">up to, in all</small>' in html
    assert "the outlet" in html
    # Not the lemma: forty boat.
    assert ">boats</a>" in html


def test_who_what_and_when_lead_to_their_words(client: TestClient, flood: Reading) -> None:
    name = flood.document.id
    ids = set(Seen(client.get(document_url(name)).text).values("id"))
    for kind in ("statements", "figures"):
        links = [
            link for link in Seen(client.get(f"/{kind}").text).values("href") if link.startswith(f"/documents/{name}#")
        ]
        assert len(links) >= 6
        assert {urlsplit(link).fragment for link in links} <= ids
    html = client.get("/statements").text
    assert f'<a class="words" href="{record_url(name, "s1")}">2024-05-03</a>' in html


def test_every_row_can_be_cited_and_corrected(client: TestClient, flood: Reading) -> None:
    name = flood.document.id
    assert {f"/cite/{name}:s1", f"/correct/{name}:s1"} <= set(Seen(client.get("/statements").text).values("href"))
    assert {f"/cite/{name}:f1", f"/correct/{name}:f1"} <= set(Seen(client.get("/figures").text).values("href"))
    assert f"/cite/{name}" in Seen(client.get("/documents").text).values("href")


def test_documents_are_listed_with_what_was_read_in_them(client: TestClient, flood: Reading) -> None:
    html = client.get("/documents").text
    assert f'<a href="/documents/{flood.document.id}">Harbour flooded</a>' in html
    rows = client.get("/documents.json").json()["documents"]
    assert [row["id"] for row in rows if row["title"] == "Harbour flooded"] == [flood.document.id]


def test_search_marks_what_was_found(client: TestClient) -> None:
    html = client.get("/search?words=dam").text
    assert "<mark>dam</mark>" in html
    assert 'value="dam"' in html
    assert "Nothing on record holds" in client.get("/search?words=zeppelin").text
    assert client.get("/search").status_code == 200
