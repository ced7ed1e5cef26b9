"""The web pages as a Starlette application over one ledger: server-rendered, legible without scripts.

Every page has a JSON twin at its address with `.json` (`/statements.json`, `/documents/ID.json`; `/index.json`).
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount

from onrecord.ledger import Ledger
from onrecord.views.web.api import ROOT, api
from onrecord.views.web.assets import Assets
from onrecord.views.web.etags import Conditional
from onrecord.views.web.guard import Guard
from onrecord.views.web.page import HANDLERS
from onrecord.views.web.pages import ROUTES

__all__ = ["application"]


def application(ledger: Ledger, *, host: str = "127.0.0.1", writer: Ledger | None = None) -> Starlette:
    """The pages over `ledger`, which the caller opens and closes. `host` is the loopback address it is served on.

    `writer` is the same ledger opened for writing: with one, the pages offer corrections; without one they only show.
    """
    programs = api()
    routes: list[BaseRoute] = [*ROUTES, Mount(ROOT, programs), Mount("/static", Assets())]
    around = [Middleware(Guard, host=host), Middleware(Conditional)]
    app = Starlette(routes=routes, middleware=around, exception_handlers=HANDLERS)
    app.state.ledger = ledger
    app.state.writer = writer
    app.state.programs = programs
    programs.state.ledger = ledger
    return app
