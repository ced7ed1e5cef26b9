"""The web pages as a Starlette application over one ledger: server-rendered, legible without scripts.

Every page has a JSON twin at its address with `.json` (`/statements.json`, `/documents/ID.json`; `/index.json`).
"""

from __future__ import annotations

from contextlib import suppress

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from onrecord.errors import MissingExtra
from onrecord.ledger import Ledger
from onrecord.views.web import operation
from onrecord.views.web.api import ROOT, api
from onrecord.views.web.api import ROUTES as API_ROUTES
from onrecord.views.web.assets import Assets
from onrecord.views.web.door import Door
from onrecord.views.web.etags import Conditional
from onrecord.views.web.guard import Guard
from onrecord.views.web.limits import Attempts
from onrecord.views.web.metrics import Metrics
from onrecord.views.web.observing import Caught, Observed
from onrecord.views.web.page import HANDLERS, LastPage
from onrecord.views.web.pages import ROUTES, account, audit, login
from onrecord.views.web.service import Service
from onrecord.views.web.turns import few_threads
from onrecord.views.web.writer import Writer

__all__ = ["application"]


def application(
    ledger: Ledger,
    *,
    host: str = "127.0.0.1",
    writer: Writer | None = None,
    service: Service | None = None,
    last_page: LastPage | None = None,
) -> Starlette:
    """The pages over `ledger`, which the caller opens and closes. `host` is the address it is served on.

    `writer` writes into the same ledger: with one (a Ledger opened for writing, or what `serve` has, a process that has it
    open) the pages offer corrections; without one they only show.
    `service` says to whom they are served; without one to whoever can ask, and then `host` is to be a loopback address.
    `last_page` keeps a page for its twin, or its twin for the page, where the ledger stands still and one alone asks.
    """
    service = service or Service()
    programs = api()
    routes: list[BaseRoute] = [*ROUTES, *operation.ROUTES]
    beyond = service.accounts is not None
    if beyond:
        routes = [*login.ROUTES, *account.ROUTES, *audit.ROUTES, *routes]
    # FastAPI's own routes do not tell their paths: those that it was made of do.
    told = [*routes, Mount(ROOT, routes=API_ROUTES)]
    routes += [Mount(ROOT, programs), Mount("/static", Assets())]
    metrics: Metrics | None = None
    with suppress(MissingExtra):  # /metrics says so to whoever asks
        metrics = Metrics(ledger)
    around = [
        Middleware(Observed, routes=told, log=service.log, metrics=metrics),
        Middleware(Guard, host=host, names=service.names, beyond=beyond),
        Middleware(Caught),
        *([Middleware(Door, service=service)] if beyond else []),
        Middleware(Conditional),
    ]
    if service.proxies:
        around.insert(0, Middleware(ProxyHeadersMiddleware, trusted_hosts=[str(one) for one in service.proxies]))
    app = Starlette(routes=routes, middleware=around, exception_handlers=HANDLERS, lifespan=few_threads)
    app.state.ledger = ledger
    app.state.writer = writer
    app.state.last_page = last_page
    app.state.service = service
    app.state.metrics = metrics
    app.state.attempts = Attempts()
    app.state.programs = programs
    programs.state.ledger = ledger
    return app
