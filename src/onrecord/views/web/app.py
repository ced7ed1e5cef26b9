"""The web pages as a Starlette application over one ledger: server-rendered, read-only, without scripts.

Every page has a JSON twin at its address with `.json` (`/statements.json`, `/documents/ID.json`; `/index.json`).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import fields
from typing import Any, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import Ledger
from onrecord.records import Span
from onrecord.views import wording
from onrecord.views.web import links, pages
from onrecord.views.web.guard import Guard

__all__ = ["application"]


class Page(Protocol):
    """A page's content: a dataclass whose fields its template sees."""

    def as_json(self) -> dict[str, Any]: ...


_AT = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")


def application(ledger: Ledger, *, host: str = "127.0.0.1") -> Starlette:
    """The pages over `ledger`, which the caller opens and closes. `host` is the loopback address it is served on."""
    routes: list[BaseRoute] = [
        *_page("/", "/index.json", "front.html", _front),
        *_page("/documents/{document}", "/documents/{document}.json", "document.html", _document),
        *_page("/statements", "/statements.json", "statements.html", _statements),
        *_page("/figures", "/figures.json", "figures.html", _figures),
        *_page("/speakers", "/speakers.json", "speakers.html", _speakers),
        *_page("/speakers/{key:path}", "/speakers/{key:path}.json", "speaker.html", _speaker),
        *_page("/search", "/search.json", "search.html", _search),
        Mount("/static", StaticFiles(packages=[("onrecord.views.web", "static")])),
    ]
    handlers: dict[Any, Any] = {NotInLedger: _not_found, LedgerError: _ledger_error, HTTPException: _http_error}
    app = Starlette(routes=routes, middleware=[Middleware(Guard, host=host)], exception_handlers=handlers)
    app.state.ledger = ledger
    return app


def _front(ledger: Ledger, request: Request) -> Page:
    start = request.query_params.get("from", "0")
    if not re.fullmatch("[0-9]{1,9}", start):
        raise HTTPException(400, f"from={start} is not a row to start from")
    return pages.FrontPage.of(ledger, int(start))


def _document(ledger: Ledger, request: Request) -> Page:
    found = []
    for value in request.query_params.getlist("at"):
        match = _AT.fullmatch(value)
        if match is None:
            raise HTTPException(400, f"at={value} is not a range of characters such as 120-180")
        found.append(Span(int(match[1]), int(match[2])))
    try:
        return pages.DocumentPage.of(ledger, request.path_params["document"], found)
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def _statements(ledger: Ledger, request: Request) -> Page:
    return pages.StatementsPage.of(ledger, _query(request))


def _figures(ledger: Ledger, request: Request) -> Page:
    return pages.FiguresPage.of(ledger, _query(request))


def _speakers(ledger: Ledger, request: Request) -> Page:
    return pages.SpeakersPage.of(ledger)


def _speaker(ledger: Ledger, request: Request) -> Page:
    return pages.SpeakerPage.of(ledger, request.path_params["key"])


def _search(ledger: Ledger, request: Request) -> Page:
    return pages.SearchPage.of(ledger, request.query_params.get("words", "").strip())


def _query(request: Request) -> pages.Query:
    """The filter of a table; a field left empty in the form is open."""
    asked = {field.name: request.query_params.get(field.name, "").strip() or None for field in fields(pages.Query)}
    return pages.Query(**asked)


def _page(path: str, twin: str, template: str, build: Callable[[Ledger, Request], Page]) -> list[BaseRoute]:
    """The routes of a page: its JSON twin first, since `/speakers/{key:path}` would take its address too."""

    # Plain functions: Starlette runs them in its threads, so that one slow question does not hold up the others.
    def as_json(request: Request) -> Response:
        return JSONResponse(build(request.app.state.ledger, request).as_json())

    def as_html(request: Request) -> Response:
        return _html(template, build(request.app.state.ledger, request))

    return [Route(twin, as_json), Route(path, as_html)]


def _not_found(request: Request, error: Exception) -> Response:
    return _problem(request, 404, str(error))


def _ledger_error(request: Request, error: Exception) -> Response:
    return _problem(request, 400, str(error))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(request, error.status_code, error.detail)


def _problem(request: Request, status: int, reason: str) -> Response:
    page = pages.ProblemPage(status, reason)
    if request.url.path.endswith(".json"):
        return JSONResponse(page.as_json(), status)
    return _html("problem.html", page, status)


def _html(template: str, page: Page, status: int = 200) -> Response:
    # The style of a document's page names its anchors, so it is in the page; the nonce keeps out any other.
    nonce = secrets.token_urlsafe(16)
    body = _TEMPLATES.get_template(template).render(page=page, nonce=nonce)
    policy = (
        f"default-src 'none'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(body, status, headers={"content-security-policy": policy})


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.views.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("anchor", "document_url", "speaker_url", "web_url"):
        environment.globals[name] = getattr(links, name)
    for name in ("OUTLET", "UNNAMED", "amount", "how", "movement", "number", "titled"):
        environment.globals[name] = getattr(wording, name)
    return environment


_TEMPLATES = _templates()
