"""The API as a page for people, made from its description."""

from __future__ import annotations

import re

from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.views.web.api import ROOT, api


def test_every_address_and_field_stands_on_the_page(dam_client: TestClient) -> None:
    html = dam_client.get("/api").text
    shown = " ".join(" ".join(Seen(html).words).split())
    description = api().openapi()
    for path, operations in description["paths"].items():
        for operation in operations.values():
            assert path in shown
            assert " ".join(operation["description"].split()) in shown
    for name, schema in description["components"]["schemas"].items():
        for field, value in schema.get("properties", {}).items():
            assert name.endswith("Listing") or " ".join(value["description"].split()) in shown, (name, field)


def test_what_it_leads_to_is_there(dam_client: TestClient) -> None:
    seen = Seen(dam_client.get("/api").text)
    ids = seen.values("id")
    assert len(ids) == len(set(ids))
    links = seen.values("href")
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    tried = [link for link in links if link.startswith(ROOT)]
    assert len(tried) > 12
    for link in tried:
        assert dam_client.get(link).status_code == 200, link


def test_its_twin_is_the_description(dam_client: TestClient) -> None:
    assert dam_client.get("/api.json").json() == dam_client.get(f"{ROOT}/openapi.json").json()
    assert re.match(r"3\.1", dam_client.get("/api.json").json()["openapi"])
