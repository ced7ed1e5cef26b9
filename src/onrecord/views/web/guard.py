"""What stands before every page: only requests meant for this machine and made by its own pages, and headers that keep a
page to itself.

Nobody logs in here: whoever can open a page may correct the ledger, as whoever can open the file may. So there is no
session that a foreign site could ride on, and no token that a page would have to hide. What remains is that a foreign
site makes the browser of somebody at this machine send a form here. Every browser in use says on whose behalf it sends
one: `Origin` on every POST, `Sec-Fetch-Site` on every request to a loopback address. A request that changes something is
refused where either names another site. One without both was not sent by a browser: a program on this machine, which
needs no browser to do harm.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


class Guard:
    """Answers 400 to a foreign Host header, 403 to what a foreign site sends, and puts the headers above on every answer
    that does not have them.

    Any site can point its own name at 127.0.0.1 and so have a browser read these pages for it (DNS rebinding); the Host
    header then holds that site's name.
    """

    def __init__(self, app: ASGIApp, *, host: str) -> None:
        self._app = app
        self._hosts = {"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host}

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
        if _without_port(asked.get("host", "")) not in self._hosts:
            refusal = PlainTextResponse("This ledger is served to this machine alone.", 400)
            await refusal(scope, receive, send_guarded)
        elif scope["method"] not in _SAFE and not _own(asked):
            refusal = PlainTextResponse("A page of another site may not change this ledger.", 403)
            await refusal(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)


def _without_port(host: str) -> str:
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _own(asked: Headers) -> bool:
    """Whether a request comes from a page of this very host and port, or from no page at all."""
    if asked.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origin = asked.get("origin")
    try:
        # "null" is what a sandboxed frame or a page from a file sends: any site can have one.
        return origin is None or urlsplit(origin).netloc == asked["host"]
    except ValueError:  # a host such as "[::1"
        return False
