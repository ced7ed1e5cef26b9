"""Who may ask, and who may change something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from onrecord.views.web.guard import Guard


@pytest.fixture
def changed() -> list[str]:
    return []


@pytest.fixture
def guarded(changed: list[str]) -> Iterator[TestClient]:
    def change(request: Request) -> PlainTextResponse:
        changed.append(request.method)
        return PlainTextResponse("done")

    methods = ["GET", "POST", "PUT", "DELETE", "PATCH"]
    app = Starlette(routes=[Route("/", change, methods=methods)], middleware=[Middleware(Guard, host="127.0.0.1")])
    with TestClient(app, base_url="http://127.0.0.1:8484") as client:
        yield client


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8485"},
        {"origin": "http://127.0.0.1"},
        {"origin": "http://localhost:8484"},
        {"origin": "http://127.0.0.1:8484.evil.example"},
        {"origin": "http://[::1"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8484"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_another_site_changes_nothing(
    guarded: TestClient, changed: list[str], method: str, headers: dict[str, str]
) -> None:
    answer = guarded.request(method, "/", headers=headers)
    assert answer.status_code == 403
    assert "content-security-policy" in answer.headers
    assert changed == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:8484"},
        {"origin": "http://127.0.0.1:8484", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ],
)
def test_the_own_pages_and_programs_may(guarded: TestClient, changed: list[str], headers: dict[str, str]) -> None:
    assert guarded.post("/", headers=headers).status_code == 200
    assert changed == ["POST"]


@pytest.mark.parametrize("name", ["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"])
def test_without_accounts_no_proxy_hands_it_on(dam_client: TestClient, name: str) -> None:
    """nginx asks with the Host of the server behind it unless it is told otherwise: its name does not give it away."""
    answer = dam_client.get("/claims", headers={name: "203.0.113.9"})
    assert answer.status_code == 400
    assert "--accounts" in answer.text


def test_reading_from_elsewhere_is_a_link(guarded: TestClient) -> None:
    assert guarded.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_forms_of_the_page_are_to_be_told_from_those_of_others(guarded: TestClient) -> None:
    """With `no-referrer` a browser sends `Origin: null` for the page's own forms too."""
    assert guarded.get("/").headers["referrer-policy"] == "same-origin"


def test_no_page_and_no_address_takes_what_another_site_sends(dam_client: TestClient) -> None:
    elsewhere = {"origin": "https://evil.example"}
    draft = {"text": "Fine."}
    assert dam_client.post("/api/v1/check", json=draft, headers=elsewhere).status_code == 403
    assert dam_client.post("/check", data={"draft": "Fine."}, headers=elsewhere).status_code == 403
    assert dam_client.post("/correct/c000000000000", headers=elsewhere).status_code == 403
