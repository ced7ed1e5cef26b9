"""Who is on record, and what one speaker said."""

from __future__ import annotations

from starlette.testclient import TestClient

from onrecord.views.web.links import speaker_url


def test_speaker_page_lists_statements_in_order_of_saying(client: TestClient) -> None:
    key = next(s["key"] for s in client.get("/speakers.json").json()["speakers"] if s["name"] == "Ida Holm")
    assert speaker_url(key) in client.get("/speakers").text
    html = client.get(speaker_url(key)).text
    assert "<h1>Ida Holm</h1>" in html
    assert html.count('data-label="What"') == 2
