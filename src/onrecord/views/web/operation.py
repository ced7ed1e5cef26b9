"""What whoever runs a server asks it: is it well (`/health`), and what does it do (`/metrics`)."""

from __future__ import annotations

from hmac import compare_digest

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord import __version__
from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.views.accounts.secret import digest
from onrecord.views.web.askers import accounts_of, asker_of, on_loopback
from onrecord.views.web.metrics import Metrics
from onrecord.views.web.service import Service
from onrecord.views.web.turns import limited

__all__ = ["ROUTES"]

_AT_ONCE = 2  # in threads of their own: that all others are busy is not that the server is ill


async def _health(request: Request) -> Response:
    """200 while the ledger can be read, else 503, each with why as JSON. Nobody has to log in to ask."""
    try:
        await limited(request, "operation", _AT_ONCE, lambda: _look(request.app.state.ledger))
    except LedgerError as error:
        # Where a ledger lies is for those who may see it.
        why = str(error) if accounts_of(request) is None else "the ledger cannot be read"
        return _uncached(JSONResponse({"status": "unavailable", "version": __version__, "reason": why}, 503))
    return _uncached(JSONResponse({"status": "ok", "version": __version__}))


def _look(ledger: Ledger) -> None:
    """One row of the ledger, from its file."""
    ledger.documents(limit=1)


async def _metrics(request: Request) -> Response:
    """Prometheus' text format; for this machine, an admin, or the token that is made for it."""
    metrics: Metrics | None = request.app.state.metrics
    if not _may_measure(request):
        headers = {"www-authenticate": 'Bearer realm="onrecord"'}
        raise HTTPException(401, "The metrics are for admins, and for the token that is made for them.", headers)
    if metrics is None:
        raise HTTPException(501, "There are no metrics: they need prometheus-client (pip install 'onrecord[serve]').")
    try:
        text, kind = await limited(request, "operation", _AT_ONCE, metrics.text)
    except LedgerError as error:
        raise HTTPException(503, str(error)) from error
    return _uncached(PlainTextResponse(text, media_type=kind))


def _may_measure(request: Request) -> bool:
    service: Service = request.app.state.service
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if service.metrics_token is not None and kind.lower() == "bearer":
        given = digest(token.strip())
        if compare_digest(given, service.metrics_token):
            return True
    asker = asker_of(request)
    if service.accounts is not None:
        return asker is not None and asker.may("admin")
    return service.metrics_token is None and on_loopback(request)


def _uncached(response: Response) -> Response:
    response.headers["cache-control"] = "no-store"
    return response


ROUTES: list[BaseRoute] = [Route("/health", _health), Route("/metrics", _metrics)]
