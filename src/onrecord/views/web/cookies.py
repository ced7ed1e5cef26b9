"""The cookies of a served ledger with accounts: which session a browser has, and which login form was made for it.

They are for this server alone (no Domain), read by no script, and not sent with what another site makes a browser send,
but for links. Over TLS their names begin with `__Host-`: then no neighbouring host and no unencrypted answer can set
them. On the loopback they are named by the port, since a browser does not tell the ports of a host apart.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from onrecord.views.accounts.sessions import LASTS
from onrecord.views.web.askers import on_loopback

__all__ = ["FORM", "SESSION", "cookie", "forget", "keep", "safe"]

SESSION = "onrecord-session"
FORM = "onrecord-form"


def safe(request: Request) -> bool:
    """Whether what a browser sends is not to be read on its way: over TLS, or on this machine."""
    return request.url.scheme == "https" or on_loopback(request)


def cookie(request: Request, name: str) -> str:
    """What the browser sent, "" for nothing."""
    return request.cookies.get(_named(request, name), "")


def keep(request: Request, response: Response, name: str, value: str) -> None:
    """Let the browser keep a cookie as long as a session may last."""
    response.set_cookie(
        _named(request, name),
        value,
        max_age=int(LASTS),
        secure=not on_loopback(request),
        httponly=True,
        samesite="lax",
    )


def forget(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(_named(request, name), secure=not on_loopback(request), httponly=True, samesite="lax")


def _named(request: Request, name: str) -> str:
    return f"{name}-{request.url.port or 80}" if on_loopback(request) else f"__Host-{name}"
