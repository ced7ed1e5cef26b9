"""What stands before every page: only requests meant for this machine, and headers that keep a page to itself."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Guard"]

_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Guard:
    """Answers 400 to a foreign Host header, and puts the headers above on every answer that does not have them.

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

        if _without_port(Headers(scope=scope).get("host", "")) in self._hosts:
            await self._app(scope, receive, send_guarded)
        else:
            refusal = PlainTextResponse("This ledger is served to this machine alone.", 400)
            await refusal(scope, receive, send_guarded)


def _without_port(host: str) -> str:
    return host if host.endswith("]") else host.rpartition(":")[0] or host
