"""What is sent again only where it changed, and compressed where it pays: ETag, If-None-Match, gzip.

A ledger changes whenever somebody adds to it, so no page has a time to live: each is asked for again, and answered with
304 and no body where it is the same. The tag is a digest of the bytes; the compressed form has a tag of its own, for it
is another sequence of bytes (RFC 9110, 8.8.3.3). gzip is written without a clock, so that equal pages are equal bytes.

Compression over an encrypted line can tell a secret of the page by its length, where the page also repeats words of the
asker (BREACH). The one secret that a page may hold, what its forms send back, is written in other words each time (see
`askers.masked`).
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from hashlib import sha256

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Conditional"]

_LEAST = 1000
"""Bytes below which gzip saves no packet."""

_INLINE = 1 << 17
"""Bytes that are digested and compressed without leaving the loop: 128 kB take 1.2 ms."""

_COMPRESSED = ("text/", "application/json", "application/problem+json", "application/javascript", "image/svg+xml")


class Conditional:
    """Gives every answer of 200 to a GET its ETag, or 304 in its place; compresses; says how long it may be kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # The bytes are needed here: a file is not to be handed to the server by its path.
        extensions = {k: v for k, v in scope.get("extensions", {}).items() if k != "http.response.pathsend"}
        await self._app({**scope, "extensions": extensions}, receive, _Answer(scope, send).take)


class _Answer:
    """One answer, held back until it is whole."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._asked = Headers(scope=scope)
        self._safe = scope["method"] in ("GET", "HEAD")
        # What somebody who logged in is shown is for nobody else behind the same cache.
        self._private = scope.get("state", {}).get("asker") is not None
        self._send = send
        self._start: Message = {}
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            # What came of a POST, a draft above all, is nobody's to keep.
            mine = "private, no-cache" if self._private else "no-cache"
            MutableHeaders(raw=message["headers"]).setdefault("cache-control", mine if self._safe else "no-store")
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._finish(bytes(self._body))

    async def _finish(self, body: bytes) -> None:
        headers = MutableHeaders(raw=self._start["headers"])
        if self._start["status"] == 200 and self._safe and body:
            # The server's own marks of a file (its time, its ranges) would compete with the digest.
            for name in ("last-modified", "accept-ranges"):
                del headers[name]
            tag, body = await self._encoded(headers, body)
            headers["etag"] = tag
            if _named(tag, self._asked.get("if-none-match", "")):
                for name in ("content-length", "content-type", "content-encoding"):
                    del headers[name]
                self._start["status"], body = 304, b""
            else:
                headers["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})

    async def _encoded(self, headers: MutableHeaders, body: bytes) -> tuple[str, bytes]:
        """The tag of what is sent, and what is sent."""
        compressible = len(body) >= _LEAST and headers.get("content-type", "").startswith(_COMPRESSED)
        if compressible:
            headers.add_vary_header("Accept-Encoding")
        if not compressible or not _takes_gzip(self._asked.get("accept-encoding", "")):
            return f'"{_digest(body)}"', body
        headers["content-encoding"] = "gzip"
        # What never changes is compressed once: the charts' library takes 34 ms.
        work = _compressed_once if "immutable" in headers["cache-control"] else _compressed
        packed = work(body) if len(body) < _INLINE else await anyio.to_thread.run_sync(work, body)
        return f'"{_digest(body)}-gzip"', packed


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()[:32]


def _compressed(body: bytes) -> bytes:
    packer = zlib.compressobj(6, wbits=31)  # 31: a gzip header, whose time zlib leaves at 0
    return packer.compress(body) + packer.flush()


_compressed_once = lru_cache(maxsize=32)(_compressed)


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header takes gzip: named, or by `*`, and not with a weight of 0."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.strip().partition(";")
        weights[name.strip()] = not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return weights.get("gzip", weights.get("*", False))


def _named(tag: str, asked: str) -> bool:
    """Whether an If-None-Match header names the tag; weak ones count too (RFC 9110, 13.1.2)."""
    return asked.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in asked.split(","))
