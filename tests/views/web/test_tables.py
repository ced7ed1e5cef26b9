"""The tables of statements and figures, and search."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord.views.web.pages import tables


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
    monkeypatch.setattr(tables, "LIMIT", 2)
    html = client.get("/statements").text
    assert "The newest 2 are shown" in html
    assert html.count('data-label="What"') == 2


def test_figures_page_shows_the_sentence_with_its_number(client: TestClient) -> None:
    html = client.get("/figures?about=boats").text
    assert "<b>At least 40</b> boats sank." in html
    assert "≥ 40" in html
    assert '<small class="moved">up to, in all</small>' in html
    assert "the outlet" in html


def test_search_marks_what_was_found(client: TestClient) -> None:
    html = client.get("/search?words=dam").text
    assert "<mark>dam</mark>" in html
    assert 'value="dam"' in html
    assert "Nothing holds" in client.get("/search?words=zeppelin").text
    assert client.get("/search").status_code == 200
