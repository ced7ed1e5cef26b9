"""What stands before every page: only requests meant for this server and made by its own pages, and headers that keep a
page to itself.

A foreign site can make somebody's browser send a form here. Every browser in use says on whose behalf it sends one:
`Origin` on every POST, `Sec-Fetch-Site` on every request to a loopback address or over TLS. A request that changes
something is refused where either names another site. One without both was not sent by a browser.

Without accounts nobody logs in: whoever can open a page may correct the ledger, as whoever can open the file may, and
there is no session that a foreign site could ride on. With accounts each form also holds a secret of its session (see
`askers.check_form`).
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.views.web.service import handed_on

__all__ = ["Guard"]

_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # Not `no-referrer`: with that a browser sends `Origin: null` with the page's own forms (Fetch, 3.2).
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
_HANDED_ON = "This ledger is served to this machine alone; a proxy may hand it on with --accounts and --trusted-proxy."
_ALONE = "This ledger is served to this machine alone."


class Guard:
    """Answers 400 to a foreign Host header, 403 to what a foreign site sends, and puts the headers above on every answer
    that does not have them.

    Any site can point its own name at 127.0.0.1 and so have a browser read these pages for it (DNS rebinding); the Host
    header then holds that site's name. A proxy on this machine that hands requests on, so that anybody could make them, is
    refused without accounts too. `names` are those that this server has besides its `host` and the loopback's.
    With accounts (`beyond`) a bare address is taken too: no site can point an address somewhere else.
    """

    def __init__(self, app: ASGIApp, *, host: str, names: Sequence[str] = (), beyond: bool = False) -> None:
        self._app = app
        self._hosts = {"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host}
        self._hosts |= {name.lower() for name in names}
        self._beyond = beyond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        asked = Headers(scope=scope)
        host = _without_port(asked.get("host", "")).lower()
        if host not in self._hosts and not (self._beyond and _is_address(host)):
            why = "This server is not called so: see --name." if self._beyond else _ALONE
            await PlainTextResponse(why, 400)(scope, receive, send_guarded)
        elif not self._beyond and handed_on(asked):
            await PlainTextResponse(_HANDED_ON, 400)(scope, receive, send_guarded)
        elif scope["method"] not in _SAFE and not _own(asked, scope["scheme"]):
            refusal = PlainTextResponse("A page of another site may not change this ledger.", 403)
            await refusal(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)


def _without_port(host: str) -> str:
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _own(asked: Headers, scheme: str) -> bool:
    """Whether a request comes from a page of this very host and port, or from no page at all."""
    if asked.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origin = asked.get("origin")
    try:
        # "null" is what a sandboxed frame or a page from a file sends: any site can have one.
        if origin is None:
            return True
        parts = urlsplit(origin)
        # Over TLS, what came without it may have been written by anybody on the way.
        return parts.netloc == asked["host"] and (scheme != "https" or parts.scheme == "https")
    except ValueError:  # a host such as "[::1"
        return False
