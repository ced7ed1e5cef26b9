"""The list of stories."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.views.web import listing
from onrecord.views.web.links import cite_url, story_url


def test_every_story_is_listed_and_can_be_cited(dam_client: TestClient, told: Ledger) -> None:
    links = Seen(dam_client.get("/stories").text).values("href")
    stories = told.stories()
    assert stories
    for row in stories:
        assert story_url(row.id) in links
        assert cite_url(row.id) in links
    assert [row["id"] for row in dam_client.get("/stories.json").json()["stories"]] == [row.id for row in stories]


def test_the_list_reads_on(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [row["id"] for row in client.get("/stories.json").json()["stories"]]
    assert len(whole) == 2
    monkeypatch.setattr(listing, "LIMIT", 1)
    first = client.get("/stories.json").json()
    assert [row["id"] for row in first["stories"]] == whole[:1]
    second = client.get(f"/stories.json?after={first['next']}").json()
    assert [row["id"] for row in second["stories"]] == whole[1:]
    assert second["next"] is None
    assert "Back to the start" in client.get(f"/stories?after={first['next']}").text


def test_a_page_behind_nothing_is_refused(client: TestClient) -> None:
    assert client.get("/stories?after=t000000000000").status_code in (400, 404)
