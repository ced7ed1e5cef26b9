"""The HTTP API: what it answers is what it says it answers, in pages; it can be asked what the command line can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient
from typer.main import get_command

from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.ledger.database import writing
from onrecord.ledger.watched.store import FeedState, save_feed
from onrecord.views.cli import app as command_line
from onrecord.views.web import application
from onrecord.views.web.api import ROOT, api
from onrecord.views.web.api.answers import MOST
from onrecord.views.web.api.fields import FIELDS
from onrecord.views.web.pages.check import LONGEST

OPENAPI: dict[str, Any] = api().openapi()
SCHEMAS = OPENAPI["components"]["schemas"]

LISTINGS = {
    "/documents": "",
    "/statements": "",
    "/figures": "",
    "/speakers": "",
    "/feeds": "",
    "/search": "words=dam",
    "/stories": "",
    "/copies": "",
    "/claims": "",
    "/series": "",
    "/conflicts": "",
    "/who": "name=Vantor",
    "/timeline": "",
    "/corrections": "",
    "/orphans": "",
}
WHOLE = ("/overview", "/suggest", "/check")

COMMANDS = {
    "documents": ("/documents", {}),
    "statements": ("/statements", {}),
    "figures": ("/figures", {}),
    "speakers": ("/speakers", {}),
    "feeds": ("/feeds", {}),
    "search": ("/search", {}),
    "stories": ("/stories", {"wanted": "/stories/{id}"}),
    "copies": ("/copies", {"wanted": "/copies/{id}"}),
    "claims": ("/claims", {"wanted": "/claims/{id}"}),
    "series": ("/series", {"wanted": "/series/{id}"}),
    "conflicts": ("/conflicts", {"wanted": "/conflicts/{id}"}),
    "who": ("/who", {}),
    "timeline": ("/timeline", {}),
}
PRINTING = {"ledger", "limit", "after", "form", "as_json", "as_csv", "colour", "help"}


def get(client: TestClient, path: str, status: int = 200) -> Any:
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == status, answer.text
    return answer.json()


def valid(path: str, answer: Any, method: str = "get") -> None:
    """The answer is as the description says that this address answers."""
    schema = OPENAPI["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": OPENAPI["components"]}).validate(answer)


@pytest.fixture
def corrected(dam: Any, tmp_path: Any) -> Iterator[TestClient]:
    """The articles about the dam, with a correction and two feeds."""
    path = tmp_path / "ruled.ledger"
    copyfile(dam, path)
    with Ledger.open(path, create=False) as book:
        row = book.statements(limit=1)[0]
        wish = Wish(reject=True)
        book.correct(f"{row.document}:{row.id}", wish, Signed("Ida Holm", "2025-04-01T10:00:00+02:00", "misread"))
        with writing(book._engine, book.name) as connection:
            for feed in (
                FeedState("https://example.org/a"),
                FeedState("https://example.org/b", failures=2, reason="gone"),
            ):
                save_feed(connection, replace(feed, title="Feed", tried="2025-04-01T10:00:00+00:00"))
        with TestClient(application(book), base_url="http://127.0.0.1") as client:
            yield client


@pytest.mark.parametrize("path", LISTINGS)
def test_what_is_listed_is_as_it_is_described(corrected: TestClient, path: str) -> None:
    answer = get(corrected, f"{path}?limit={MOST}&{LISTINGS[path]}")
    valid(path, answer)
    assert answer["next"] is None
    assert answer["items"] or path == "/orphans"


def test_every_listing_is_walked() -> None:
    single = {path for path in OPENAPI["paths"] if "{" not in path}
    assert single == {*LISTINGS, *WHOLE}


@pytest.mark.parametrize("path", [path for path in LISTINGS if path != "/orphans"])
def test_walking_gives_each_row_once(corrected: TestClient, path: str) -> None:
    whole = get(corrected, f"{path}?limit={MOST}&{LISTINGS[path]}")["items"]
    limit = max(1, len(whole) // 4)
    walked: list[Any] = []
    address = f"{ROOT}{path}?limit={limit}&{LISTINGS[path]}"
    for _ in range(len(whole) + 1):
        answer = corrected.get(address)
        walked += answer.json()["items"]
        link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        assert (link is None) == (answer.json()["next"] is None)
        if link is None:
            break
        address = link[1]
    assert walked == whole


def test_one_thing_is_as_it_is_described(corrected: TestClient) -> None:
    def first(path: str) -> Any:
        return get(corrected, f"{path}?{LISTINGS[path]}")["items"][0]

    statement, figure, group = first("/statements"), first("/figures"), first("/copies")
    document, story = first("/documents")["id"], first("/stories")["id"]
    asked = {
        "/documents/{document}": f"/documents/{document[:12]}",
        "/documents/{document}/ties": f"/documents/{document}/ties",
        "/documents/{document}/differences/{other}": f"/documents/{document}/differences/{group['document']}",
        "/statements/{name}": f"/statements/{statement['document']}:{statement['id']}",
        "/figures/{name}": f"/figures/{figure['document'][:12]}:{figure['id']}",
        "/speakers/{key}": f"/speakers/{quote(first('/speakers')['key'], safe='')}",
        "/stories/{id}": f"/stories/{story}",
        "/stories/{id}/places": f"/stories/{story}/places",
        "/copies/{id}": f"/copies/{group['group']}",
        "/claims/{id}": f"/claims/{first('/claims')['id']}",
        "/series/{id}": f"/series/{first('/series')['id']}",
        "/conflicts/{id}": f"/conflicts/{first('/conflicts')['id']}",
        "/people/{id}": f"/people/{first('/who')['id']}",
        "/corrections/{id}": f"/corrections/{first('/corrections')['id']}",
    }
    assert set(asked) == {path for path in OPENAPI["paths"] if "{" in path}
    for path, address in asked.items():
        valid(path, get(corrected, address))
    assert get(corrected, asked["/statements/{name}"]) == statement
    assert get(corrected, asked["/figures/{name}"]) == figure
    assert get(corrected, asked["/speakers/{key}"]) == first("/speakers")
    assert get(corrected, asked["/claims/{id}"]) == first("/claims")


def test_what_can_be_asked_at_once_is_as_it_is_described(corrected: TestClient) -> None:
    overview = get(corrected, "/overview")
    valid("/overview", overview)
    assert overview["documents"] == len(get(corrected, f"/documents?limit={MOST}")["items"])
    suggested = get(corrected, "/suggest?words=van")
    valid("/suggest", suggested)
    assert any("Vantor" in row["text"] for row in suggested["items"])
    assert get(corrected, "/suggest?words=zzzz")["items"] == []


def test_a_draft_is_checked(corrected: TestClient) -> None:
    draft = {
        "text": "The burst of the Drusa dam killed 41 people, the emergency service said.",
        "published": "2025-03-21",
    }
    answer = corrected.post(f"{ROOT}/check", json=draft)
    valid("/check", answer.json(), "post")
    assert answer.json()["items"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ({"text": "a" * (LONGEST + 1)}, 422),
        ({"text": "  "}, 400),
        ({"text": "Fine.", "published": "soon"}, 400),
        ({"texts": "Fine."}, 422),
        ({"text": "a" * (1 << 21)}, 422),
    ],
)
def test_a_draft_that_is_none_is_refused(corrected: TestClient, draft: dict[str, str], status: int) -> None:
    problem(corrected.post(f"{ROOT}/check", json=draft), status)


def problem(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    Draft202012Validator(SCHEMAS["Problem"]).validate(found)
    assert found["status"] == status
    assert found["instance"] == answer.request.url.path
    detail: str = found["detail"]
    assert detail
    return detail


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("/claims/c000000000000", 404, "c000000000000"),
        ("/documents/ffffffffff", 404, "ffffffffff"),
        ("/statements/ffffffffff:s1", 404, "ffffffffff"),
        ("/statements/s1", 404, "s1"),
        ("/speakers/nobody", 404, "nobody"),
        ("/nothing", 404, "Not Found"),
        ("/statements?since=soon", 400, "soon"),
        ("/statements?limit=0", 422, "limit"),
        ("/statements?limit=501", 422, "limit"),
        ("/statements?limit=x", 422, "limit"),
        ("/statements?speakr=Ida", 422, "speakr"),
        ("/claims?standing=open", 422, "standing"),
        ("/search", 422, "words"),
        ("/documents?cursor=ffffffffff", 400, "ffffffffff"),
    ],
)
def test_what_is_wrong_is_said(corrected: TestClient, path: str, status: int, named: str) -> None:
    answer = corrected.get(f"{ROOT}{path}")
    if "cursor" in path:
        status = answer.status_code  # 400 or 404: a cursor's row is gone
        assert status in (400, 404)
    assert named in problem(answer, status)


def test_another_method_is_refused(corrected: TestClient) -> None:
    problem(corrected.post(f"{ROOT}/statements"), 405)


def test_filters_narrow_as_the_ledger_does(dam_client: TestClient, told: Ledger) -> None:
    def ids(path: str) -> list[str]:
        return [row["id"] for row in get(dam_client, path)["items"]]

    assert ids("/statements?speaker=Vantor&since=2025-03-13&limit=500") == [
        row.id for row in told.statements(speaker="Vantor", since="2025-03-13")
    ]
    both = ids("/claims?standing=disputed&standing=denied&limit=500")
    assert both == [row.id for row in told.claims() if row.standing in ("disputed", "denied")]
    assert ids("/series?moved=true&limit=500") == [row.id for row in told.series(moved=True)]
    assert ids("/statements?speaker=&limit=500") == ids("/statements?limit=500")
    assert dam_client.get("/api/v1/conflicts?rule=").status_code == 422  # of a list of words the empty one is none


@pytest.mark.parametrize("name", COMMANDS)
def test_the_api_can_be_asked_what_the_command_line_can(name: str) -> None:
    path, items = COMMANDS[name]
    command = get_command(command_line).commands[name]  # type: ignore[attr-defined]
    options = {parameter.name for parameter in command.params} - PRINTING
    asked = {parameter["name"] for parameter in OPENAPI["paths"][path]["get"]["parameters"]} - {"limit", "cursor"}
    assert asked == options - set(items)
    assert set(items.values()) <= set(OPENAPI["paths"])


def test_every_command_that_asks_has_its_address() -> None:
    telling = {
        name
        for name, command in get_command(command_line).commands.items()  # type: ignore[attr-defined]
        if {"ledger", "limit"} <= {parameter.name for parameter in command.params}
    }
    assert telling - {"correct"} == set(COMMANDS)


def test_every_field_and_parameter_is_described() -> None:
    assert OPENAPI["openapi"].startswith("3.1")
    for name, schema in SCHEMAS.items():
        Draft202012Validator.check_schema(schema)
        assert schema.get("description") or schema["type"] != "object", name
        for field, value in schema.get("properties", {}).items():
            assert value.get("description"), (name, field)
    for path, operations in OPENAPI["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            for parameter in operation.get("parameters", []):
                assert parameter["in"] == "path" or parameter.get("description"), (path, parameter["name"])


def test_nothing_is_described_that_is_not_there() -> None:
    there = {(name, field) for name, schema in SCHEMAS.items() for field in schema.get("properties", {})}
    for key in FIELDS:
        name, _, field = key.rpartition(".")
        if name:
            assert (name, field) in there, key
        else:
            assert any(f == field and f"{n}.{f}" not in FIELDS for n, f in there), key


def test_references_lead_somewhere() -> None:
    found = set(re.findall(r"#/components/schemas/(\w+)", str(OPENAPI)))
    assert found <= set(SCHEMAS)
    assert "HTTPValidationError" not in found


def test_its_root_leads_to_the_page_for_people(dam_client: TestClient) -> None:
    for path in (ROOT, f"{ROOT}/"):
        assert dam_client.get(path).url.path == "/api"


def test_every_address_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs/reference/http.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(GET|POST) ([^`?]+)(?:\?([^`]*))?` \|", page, re.MULTILINE)
    made = [
        (
            method.upper(),
            path,
            {p["name"] for p in told.get("parameters", []) if p["in"] == "query"} - {"limit", "cursor"},
        )
        for path, operations in OPENAPI["paths"].items()
        for method, told in operations.items()
    ]
    assert sorted((method, path, sorted(asked)) for method, path, asked in made) == sorted(
        (method, path, sorted(asked.split("&") if asked else [])) for method, path, asked in documented
    )


def test_the_description_is_served(dam_client: TestClient) -> None:
    answer = dam_client.get(f"{ROOT}/openapi.json")
    assert answer.json() == OPENAPI
    assert answer.headers["etag"]
