"""The front page."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.web import application
from onrecord.views.web.pages import front


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
    monkeypatch.setattr(front, "LIMIT", 1)
    first, second = client.get("/"), client.get("/?from=1")
    assert "/?from=1" in first.text
    assert "Harbour flooded" not in first.text
    assert "Harbour flooded" in second.text
    assert "/?from=0" in second.text
    assert client.get("/?from=x").status_code == 400
