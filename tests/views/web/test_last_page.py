"""A page that is kept for its twin: made once for both, and anew for whatever else is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.views.web import application
from onrecord.views.web.page import LastPage


@pytest.fixture
def asked(told: Ledger, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the ledger is asked for the list of claims, each time that this is made."""
    asked: list[object] = []
    claims = told.claims
    monkeypatch.setattr(told, "claims", lambda *args, **given: asked.append(given) or claims(*args, **given))
    return asked


@pytest.fixture
def keeping(told: Ledger) -> Iterator[TestClient]:
    with TestClient(application(told, last_page=LastPage()), base_url="http://127.0.0.1") as client:
        yield client


def test_both_forms_are_of_one_content(keeping: TestClient, dam_client: TestClient, asked: list[object]) -> None:
    page, twin = keeping.get("/claims"), keeping.get("/claims.json")
    assert len(asked) == 1
    assert page.text == dam_client.get("/claims").text
    assert twin.json() == dam_client.get("/claims.json").json()
    assert len(asked) == 3, "without it each form is made from the ledger as it is when it is asked for"


def test_another_question_is_another_page(keeping: TestClient, dam_client: TestClient, asked: list[object]) -> None:
    for address in ("/claims", "/claims.json?standing=denied", "/claims", "/claims.json?about=dam"):
        assert keeping.get(address).content == dam_client.get(address).content
    assert len(asked) == 8


def test_another_path_is_another_page(keeping: TestClient, dam_client: TestClient, told: Ledger) -> None:
    for row in told.claims(limit=3):
        for ending in ("", ".json"):
            assert (
                keeping.get(f"/claims/{row.id}{ending}").content == dam_client.get(f"/claims/{row.id}{ending}").content
            )
