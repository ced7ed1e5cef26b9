"""The HTTP API under `/api/v1`: every question that the command line can ask, as JSON, described by OpenAPI 3.1.

The descriptions are made from the code that answers: the rows' dataclasses, their docstrings, and `fields`.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord import __version__
from onrecord.views.web.api import checking, items, listings
from onrecord.views.web.api.answers import PROBLEMS
from onrecord.views.web.api.openapi import PROBLEM_ANSWERS, describe

__all__ = ["ROOT", "ROUTES", "api"]

ROOT = "/api/v1"
"""Where it is mounted. A change that would break a program gets another number."""

_PARTS = (listings, items, checking)

ROUTES: list[BaseRoute] = [route for part in _PARTS for route in part.routes.routes]
"""The addresses below ROOT."""

_MOST = 1 << 20  # bytes of a body: a draft of 60,000 characters of four bytes, escaped as JSON, is 720 kB


def api() -> FastAPI:
    """The application to mount at ROOT; its `state` needs the `ledger`."""
    app = FastAPI(
        title="Onrecord",
        version=__version__,
        description="What a ledger of news holds: who said what, when, how many, and how firmly.",
        servers=[{"url": ROOT}],
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        root_path_in_servers=False,
        exception_handlers=PROBLEMS,
        generate_unique_id_function=lambda route: route.name,
        redirect_slashes=False,
        responses=PROBLEM_ANSWERS,
    )
    for part in _PARTS:
        app.include_router(part.routes)
    app.add_middleware(_Bounded)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


class _Bounded:
    """Reads no more of a body than `_MOST`, however much is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            # What was cut off is no whole JSON: the request is refused as malformed.
            return message if taken <= _MOST else {"type": "http.request", "body": b"", "more_body": False}

        await self._app(scope, bounded, send)
