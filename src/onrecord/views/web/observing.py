"""Every request counted, timed, and told to the log with a number of its own; and what becomes of a bug."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.views.web.logs import Log
from onrecord.views.web.metrics import Metrics
from onrecord.views.web.routed import OTHER, route_of

__all__ = ["Caught", "Observed"]

_QUIET = ("/static/", "/health")  # asked for so often, and so much alike, that only a failure of it is told


class Observed:
    """Gives a request its number (`request_id` of its state, the header X-Request-ID of its answer), and tells of it."""

    def __init__(
        self, app: ASGIApp, *, routes: Sequence[BaseRoute], log: Log | None = None, metrics: Metrics | None = None
    ) -> None:
        self._app = app
        self._routes = routes
        self._log = log
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.request_id = number = secrets.token_hex(8)
        status, start = 500, time.perf_counter()

        async def send_observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).setdefault("x-request-id", number)
            await send(message)

        if self._metrics is not None:
            self._metrics.in_flight.inc()
        try:
            await self._app(scope, receive, send_observed)
        finally:
            seconds = time.perf_counter() - start
            route = "/static/" if scope["path"].startswith("/static/") else route_of(scope, self._routes)
            if self._metrics is not None:
                self._metrics.in_flight.dec()
                self._metrics.answered(scope["method"], route, status, seconds)
            self._tell(request, route, status, seconds)

    def _tell(self, request: Request, route: str, status: int, seconds: float) -> None:
        if self._log is None or (status < 400 and route.startswith(_QUIET)):
            return
        asker = getattr(request.state, "asker", None)
        self._log.write(
            "error" if status >= 500 else "info",
            "request",
            id=request.state.request_id,
            method=request.method if len(request.method) < 16 else OTHER,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            account=None if asker is None else asker.name,
            address=None if request.client is None else request.client.host,
        )


class Caught:
    """A bug is answered with 500 and the number under which the log has it, with the headers of every other answer; then it
    goes on its way, so that the server's log has its trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except Exception:
            if scope["type"] == "http" and not begun:
                number = getattr(Request(scope).state, "request_id", "")
                words = (
                    f"Something went wrong here, and it is not what was asked. The server's log has it as {number}.\n"
                )
                await PlainTextResponse(words, 500, headers={"cache-control": "no-store"})(scope, receive, send)
            raise
