"""A web server on this machine that says what it is told, and a clock that nobody waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

__all__ = ["Answer", "FakeClock", "Server", "article", "atom", "rss", "served"]

BEGAN = datetime(2025, 3, 14, 9, 0, tzinfo=UTC)


@dataclass
class FakeClock:
    """Time passes when somebody sleeps, and by `tick` seconds whenever it is looked at how long something took. What it
    shows is `wrong` by so many seconds."""

    tick: float = 0.0
    passed: float = 0.0
    wrong: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return BEGAN + timedelta(seconds=self.passed + self.wrong)

    def monotonic(self) -> float:
        self.passed += self.tick
        return self.passed

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.passed += seconds


@dataclass
class Answer:
    """What the server says: `body` whole, or piece by piece. In pieces it ends with the connection."""

    body: bytes | list[bytes] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    raw: bytes | None = None  # sent instead of all this


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    at: float


Script = Answer | list[Answer] | Callable[["Request"], Answer]


class Server:
    """`pages` says what is at each path: one answer, a list of them (the last stays), or a function of the request."""

    def __init__(self, port: int, clock: FakeClock) -> None:
        self.port = port
        self.clock = clock
        self.pages: dict[str, Script] = {}
        self.requests: list[Request] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        return [r for r in self.requests if r.path == path]

    def paths(self) -> list[str]:
        """Of what was asked, without robots.txt."""
        return [r.path for r in self.requests if r.path != "/robots.txt"]

    def answer(self, request: Request) -> Answer:
        self.requests.append(request)
        script = self.pages.get(request.path)
        if script is None:
            return Answer(b"not here", 404)
        if isinstance(script, Answer):
            return script
        if isinstance(script, list):
            return script.pop(0) if len(script) > 1 else script[0]
        return script(request)


@contextmanager
def served(clock: FakeClock) -> Iterator[Server]:
    """A server on a free port of the loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            split = urlsplit(self.path)
            path = split.path + (f"?{split.query}" if split.query else "")
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = server.answer(Request(path, headers, clock.passed))
            self.close_connection = True
            if answer.raw is not None:
                self.wfile.write(answer.raw)
                return
            pieces = [answer.body] if isinstance(answer.body, bytes) else answer.body
            self.send_response(answer.status)
            self.send_header("Connection", "close")
            if answer.length is not None:
                self.send_header("Content-Length", str(answer.length))
            elif isinstance(answer.body, bytes):
                self.send_header("Content-Length", str(len(answer.body)))
            for name, value in {"Content-Type": "text/html; charset=utf-8", **answer.headers}.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            try:
                for piece in pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                pass  # the other side has had enough, which is what some tests want

        def log_message(self, *_: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            pass

    httpd = Quiet(("127.0.0.1", 0), Handler)
    server = Server(httpd.server_address[1], clock)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def article(title: str, words: str = "", *, head: str = "") -> bytes:
    """A page with an article long enough to be one."""
    text = words or (
        'The dam will hold, Mayor Ida Holm said on Friday. "Nobody has to leave the harbour," she told reporters. '
        "The emergency service said that 1,200 people had left their homes since Monday."
    )
    paragraphs = f"<p>{text}</p>" + "<p>The river had risen by two metres within a day.</p>"
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def rss(
    server: Server, *items: tuple[str, str], title: str = "The Fjord Post", head: str = "", extra: str = ""
) -> Answer:
    """An RSS 2.0 feed of (path, title)."""
    entries = "".join(
        f"<item><title>{name}</title><link>{server.url(path)}</link><guid isPermaLink='false'>{path}</guid>"
        f"<pubDate>Fri, 14 Mar 2025 08:00:00 +0100</pubDate>{extra}</item>"
        for path, name in items
    )
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>{title}</title><link>{server.url('/')}</link><description>News</description>{head}{entries}"
        "</channel></rss>"
    )
    return Answer(xml.encode(), headers={"Content-Type": "application/rss+xml"})


def atom(server: Server, *items: tuple[str, str, str], title: str = "The Fjord Post") -> Answer:
    """An Atom feed of (path, title, updated)."""
    entries = "".join(
        f"<entry><id>tag:example.org,2025:{path}</id><title>{name}</title><link href='{server.url(path)}'/>"
        f"<published>2025-03-14T08:00:00Z</published><updated>{updated}</updated></entry>"
        for path, name, updated in items
    )
    xml = (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:example.org,2025:feed</id>'
        f"<title>{title}</title><updated>2025-03-14T08:00:00Z</updated>{entries}</feed>"
    )
    return Answer(xml.encode(), headers={"Content-Type": "application/atom+xml"})
