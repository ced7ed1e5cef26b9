"""The door of a ledger with accounts: who asks, how often, and whether they are let in.

A person has a session, a program a token. Nobody else sees more than the login page, its style, and whether the server is
well. How much somebody asks is counted by address before anything else is done for them, and by account afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.errors import AccountsError
from onrecord.views.accounts import Asker
from onrecord.views.web.api import ROOT
from onrecord.views.web.api.answers import problem
from onrecord.views.web.askers import accounts_of, address_of, out_of_order
from onrecord.views.web.cookies import SESSION, cookie
from onrecord.views.web.limits import Buckets, neighbourhood
from onrecord.views.web.page import ProblemPage, html
from onrecord.views.web.service import Service
from onrecord.views.web.turns import limited

__all__ = ["Door"]

_BURST = 10  # seconds' worth of requests that may come at once
_AT_ONCE = 8  # requests that look into the accounts' file at the same time: nobody waits at the door for slow pages

_OPEN = ("/login", "/health", "/metrics")
"""What is answered without a session: /metrics has a door of its own."""

_LOGIN = "Log in to see this ledger."
_BEARER = {"www-authenticate": 'Bearer realm="onrecord"'}


class Door:
    """Puts who asks into the request's state as `asker`, or answers 303 to the login page, 401, 429, or 503."""

    def __init__(self, app: ASGIApp, *, service: Service) -> None:
        self._app = app
        self._buckets = Buckets(service.rate, service.rate * _BURST) if service.rate > 0 else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        refusal = self._too_much(request, "address", neighbourhood(address_of(request)))
        if refusal is None:
            try:
                asker, refusal = await self._who(request)
            except AccountsError as error:
                asker, refusal = None, _answer(request, 503, out_of_order(request, error))
            if asker is not None:
                request.state.asker = asker
                refusal = self._too_much(request, "account", asker.name)
        await (refusal or self._app)(scope, receive, send)

    async def _who(self, request: Request) -> tuple[Asker | None, Response | None]:
        """Who asks, or what they are answered with in place of what they asked for."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        open_to_all = request.url.path in _OPEN
        if kind.lower() == "bearer":
            asker = await self._bearer(request, token.strip())
            if asker is not None or open_to_all:
                return asker, None
            return None, _answer(request, 401, "This token is not known, or was revoked.", _BEARER)
        session = cookie(request, SESSION)
        if session:
            asker = await self._look(request, session)
            if asker is not None:
                return asker, None
        return None, None if open_to_all else _turned_away(request)

    async def _bearer(self, request: Request, token: str) -> Asker | None:
        accounts = accounts_of(request)
        assert accounts is not None
        return await limited(request, "accounts", _AT_ONCE, lambda: accounts.tokens.asker(token))

    async def _look(self, request: Request, session: str) -> Asker | None:
        accounts = accounts_of(request)
        assert accounts is not None
        return await limited(request, "accounts", _AT_ONCE, lambda: accounts.sessions.asker(session))

    def _too_much(self, request: Request, kind: str, key: str) -> Response | None:
        # Whoever watches over the server asks often, and always gets an answer.
        if self._buckets is None or request.url.path == "/health":
            return None
        wait = self._buckets.take((kind, key))
        if not wait:
            return None
        whose = "this address" if kind == "address" else "this account"
        later = {"retry-after": str(math.ceil(wait))}
        return _answer(request, 429, f"Too many requests from {whose}: ask again in a moment.", later)


def _turned_away(request: Request) -> Response:
    """The login page for somebody who follows a link, who is led on from there; 401 for a program and for a form."""
    if (
        request.method in ("GET", "HEAD")
        and not _wants_json(request)
        and "text/html" in request.headers.get("accept", "")
    ):
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        to = "/login" if here == "/" else f"/login?{urlencode({'next': here})}"
        return RedirectResponse(to, 303, headers={"cache-control": "no-store"})
    return _answer(request, 401, _LOGIN, _BEARER)


def _wants_json(request: Request) -> bool:
    path = request.url.path
    return path.startswith(f"{ROOT}/") or path.endswith(".json")


def _answer(request: Request, status: int, reason: str, headers: Mapping[str, str] | None = None) -> Response:
    path = request.url.path
    if path.startswith(f"{ROOT}/"):
        answer = problem(request, status, reason)
    elif _wants_json(request):
        answer = JSONResponse(ProblemPage(status, reason).as_json(), status)
    else:
        answer = html(request, ProblemPage(status, reason), status)
    answer.headers.update({"cache-control": "no-store", **(headers or {})})
    return answer
