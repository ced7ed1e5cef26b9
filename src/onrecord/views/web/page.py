"""What a page is, and how it is answered: its HTML by its template, its JSON twin by the same content.

A page is a frozen dataclass made from the ledger; its template sees its fields and nothing else. A module of `pages` holds
the classes of one theme and their ROUTES, which `app` puts together.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.answer import Answer
from onrecord.errors import AccountsError, LedgerError, NotInLedger, OnrecordError
from onrecord.ledger import Ledger
from onrecord.views.web.askers import out_of_order, seen_by_templates
from onrecord.views.web.rendering import TEMPLATES

__all__ = ["HANDLERS", "LIMIT", "LastPage", "Page", "ProblemPage", "asked", "html", "page"]

LIMIT = 100
"""Rows a table shows at most: a page of 100 statements is about 80 kB. The page leads on to the next ones."""


_HEADINGS = {
    401: "Who are you?",
    403: "Refused",
    404: "Not here",
    429: "Too much at once",
    503: "Out of order",
}


class Page(Protocol):
    """A page's content: a dataclass, with the name of the template that shows its fields."""

    template: ClassVar[str]

    def as_json(self) -> dict[str, Any]:
        """What the JSON twin holds."""
        ...


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What stands where a page cannot: the HTTP status and, in words, why."""

    template: ClassVar[str] = "problem.html"

    status: int
    reason: str

    @property
    def heading(self) -> str:
        return _HEADINGS.get(self.status, "This cannot be shown")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def page(path: str, build: Callable[[Ledger, Request], Page], *, twin: str | None = None) -> list[BaseRoute]:
    """The routes of a page: its JSON twin first, since `/speakers/{key:path}` would take its address too.

    `build` makes the page of a request from the ledger. The twin is at `path` with `.json` unless another is named.
    """

    # Plain functions: Starlette runs them in its threads, so that one slow question does not hold up the others.
    def as_json(request: Request) -> Response:
        return _Json(_made(build, request).as_json())

    def as_html(request: Request) -> Response:
        return html(request, _made(build, request))

    return [Route(twin or f"{path}.json", as_json), Route(path, as_html)]


class LastPage:
    """The page that was made last, for whoever asks for its other form next: both are of the same content.

    Only for a ledger into which nobody writes meanwhile, and for one asker.
    """

    def __init__(self) -> None:
        self._last: tuple[object, Page] | None = None

    def of(self, build: Callable[[Ledger, Request], Page], request: Request) -> Page:
        asked = build, request.path_params, request.url.query, request.base_url
        if self._last is None or self._last[0] != asked:
            self._last = asked, build(request.app.state.ledger, request)
        return self._last[1]


def _made(build: Callable[[Ledger, Request], Page], request: Request) -> Page:
    last: LastPage | None = request.app.state.last_page
    return build(request.app.state.ledger, request) if last is None else last.of(build, request)


class _Json(JSONResponse):
    """A page's twin: of an answer its rows, which `asdict` leaves as they are since it looks into lists and tuples alone."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_rows).encode()


def _rows(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, Answer):
        return [asdict(row) for row in value]
    raise TypeError(f"a {type(value).__name__} has no place in JSON")


def asked(request: Request, name: str) -> str | None:
    """A parameter of the address; None where it is missing or left empty in its form."""
    return request.query_params.get(name, "").strip() or None


def html(request: Request, page: Page, status: int = 200) -> Response:
    """The page by its template. Templates also see the `request`, and what `seen_by_templates` tells of whoever asks."""
    body = TEMPLATES.get_template(page.template).render(page=page, request=request, **seen_by_templates(request))
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(body, status, headers={"content-security-policy": policy})


def _not_found(request: Request, error: Exception) -> Response:
    return _problem(request, 404, str(error))


def _refused(request: Request, error: Exception) -> Response:
    return _problem(request, 400, str(error))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = _problem(request, error.status_code, error.detail)
    answer.headers.update(error.headers or {})
    return answer


def _out_of_order(request: Request, error: Exception) -> Response:
    assert isinstance(error, AccountsError)
    return _problem(request, 503, out_of_order(request, error))


def _problem(request: Request, status: int, reason: str) -> Response:
    problem = ProblemPage(status, reason)
    if request.url.path.endswith(".json"):
        return JSONResponse(problem.as_json(), status)
    return html(request, problem, status)


HANDLERS: dict[Any, Any] = {
    NotInLedger: _not_found,
    LedgerError: _refused,
    AccountsError: _out_of_order,
    OnrecordError: _refused,
    HTTPException: _http_error,
}
"""What becomes of errors: a page that says what is wrong, or its JSON where JSON was asked for."""
