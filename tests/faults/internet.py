"""An internet that is not there: names, connections, servers with feeds and articles, and a fault in every second answer.

It stands where the sockets would be, so that everything above them is what is used: the guard of addresses, HTTP, TLS'
place in it, redirects, robots.txt. Its time passes as it is told, and lies in memory that outlives a killed process.
"""

from __future__ import annotations

import gzip
import mmap
import random
import ssl
import struct
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpcore

__all__ = ["FAULTS", "Article", "Clock", "Internet", "Request", "Site", "published"]

BEGAN = datetime(2025, 3, 14, 6, 0, tzinfo=UTC)
HOUR = 3600.0
LISTED = 12
"""Entries that a feed lists: some hours' worth."""


class Clock:
    """Time passes when somebody sleeps or a server takes its time. What is shown (`now`) can be wrong, by `jumps`: from a
    moment on, by so many seconds. With `shared` memory, it goes on after the process in which it stood."""

    def __init__(self, jumps: Sequence[tuple[float, float]] = ()) -> None:
        self._memory = mmap.mmap(-1, 16)  # shared with processes that are forked
        self._jumps = jumps

    @property
    def passed(self) -> float:
        return float(struct.unpack_from("d", self._memory)[0])

    def count(self) -> int:
        """How often it was asked so, from 0."""
        number = int(struct.unpack_from("q", self._memory, 8)[0])
        struct.pack_into("q", self._memory, 8, number + 1)
        return number

    def now(self) -> datetime:
        passed = self.passed
        wrong = sum(seconds for since, seconds in self._jumps if passed >= since)
        return BEGAN + timedelta(seconds=passed + wrong)

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        struct.pack_into("d", self._memory, 0, self.passed + seconds)


@dataclass(frozen=True)
class Article:
    host: str
    path: str
    title: str
    at: float  # seconds after the beginning, when it is published

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"


@dataclass
class Site:
    """A server with a feed at /feed. `quirk` is what its feed does besides: "case" of ids, "order", "forgets", "atom".
    `dead` names the fault that each of its answers is; `down` from when to when nobody reaches it."""

    host: str
    articles: list[Article]
    quirk: str = ""
    dead: str | None = None
    down: tuple[float, float] = (0.0, 0.0)
    also: list[Article] = field(default_factory=list)  # of another site, which its feed lists too

    @property
    def feed(self) -> str:
        return f"https://{self.host}/feed"


@dataclass(frozen=True)
class Request:
    host: str
    path: str
    at: float
    fault: str | None


def published(host: str, number: int, chance: random.Random, hours: float = 8.0) -> list[Article]:
    """So many articles over the hours, the first before the beginning."""
    times = sorted([0.0, *(chance.uniform(0, hours * HOUR) for _ in range(number - 1))])
    return [Article(host, f"/2025/{n}.html", f"{host} reports no. {n}", at) for n, at in enumerate(times)]


class Answer:
    """What a server sends: `steps` are bytes, seconds that pass, or what the connection ends with."""

    def __init__(
        self,
        body: bytes = b"",
        status: int = 200,
        *,
        kind: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
        length: int | None = -1,
    ) -> None:
        lines = [f"HTTP/1.1 {status} Said", "Connection: close", f"Content-Type: {kind}"]
        if length is not None:
            lines.append(f"Content-Length: {len(body) if length < 0 else length}")
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.steps: list[bytes | float | Exception] = [0.1, ("\r\n".join(lines) + "\r\n\r\n").encode(), body]

    def then(self, *steps: bytes | float | Exception) -> Answer:
        self.steps += steps
        return self


Fault = Callable[["Internet", Request], Answer]


def _raw(*steps: bytes | float | Exception) -> Fault:
    def fault(net: Internet, request: Request) -> Answer:
        answer = Answer()
        answer.steps = list(steps)
        return answer

    return fault


def _says(
    status: int, body: bytes = b"<html><body><h1>Sorry</h1><p>Not now.</p></body></html>", **headers: str
) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda net, request: Answer(body, status, headers=named)


def _later(net: Internet, request: Request) -> Answer:
    when = format_datetime(net.clock.now() + timedelta(minutes=2), usegmt=True)
    return Answer(b"", 503, headers={"Retry-After": when, "Date": format_datetime(net.clock.now(), usegmt=True)})


def _cut(net: Internet, request: Request) -> Answer:
    whole = net.good(request)
    body = whole.steps[2]
    assert isinstance(body, bytes)
    whole.steps[2] = body[: len(body) // 2]
    return whole


def _cut_feed(net: Internet, request: Request) -> Answer:
    """The beginning of a feed, of which nothing tells that it is not all."""
    site = net.sites[request.host]
    if request.path != "/feed":
        return _cut(net, request)
    body = net.feed(site)
    return Answer(body[: net.chance.randrange(len(body))], length=None, headers={"ETag": net.etag(site)})


def _some_of_feed(net: Internet, request: Request) -> Answer:
    """A feed that leaves out some of what it listed before."""
    site = net.sites[request.host]
    if request.path != "/feed":
        return Answer(b"", 500)
    listed = [article for article in net.listed(site) if net.chance.random() < 0.5]
    return Answer(net.feed(site, listed), headers={"ETag": '"some"'}, kind="application/rss+xml")


def _unchanged(net: Internet, request: Request) -> Answer:
    """Not modified, says a server that errs, with the ETag of what it has now."""
    site = net.sites[request.host]
    return Answer(b"", 304, headers={"ETag": net.etag(site)}, length=None)


def _packed(body: bytes) -> Fault:
    return lambda net, request: Answer(body, headers={"Content-Encoding": "gzip"})


def _drips(net: Internet, request: Request) -> Answer:
    return Answer(b"<html>", length=5000).then(*[step for _ in range(200) for step in (5.0, b" ")])


_GZIP = gzip.compress(
    b"<html><body><article><h1>Half of it</h1><p>"
    + " ".join(map(str, range(3000))).encode()
    + b"</p></article></body></html>"
)
_BOMB = gzip.compress(bytes(21_000_000), 9)
_UNTRUSTED = ssl.SSLCertVerificationError(1, "certificate verify failed")
_UNTRUSTED.verify_message = "certificate has expired"

FAULTS: dict[str, Fault | None] = {
    # before there is a connection
    "no name": None,
    "refused": None,
    "no answer to the connection": None,
    "untrusted certificate": None,
    # before there is an answer
    "silence": _raw(3600.0),
    "closed at once": _raw(),
    "reset": _raw(0.2, httpcore.ReadError("connection reset by peer")),
    "no HTTP": _raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "half a header": _raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    # instead of an answer
    "500": _says(500),
    "502": _says(502),
    "503": _says(503),
    "503, later": _says(503, Retry_After="90"),
    "503, at a time": _later,
    "503, much later": _says(503, Retry_After="1200"),
    "429": _says(429),
    "429, later": _says(429, Retry_After="45"),
    "403": _says(403),
    "404": _says(404),
    "410": _says(410),
    "204": _says(204, b""),
    "circle": lambda net, request: Answer(b"", 302, headers={"Location": request.path}),
    "endless": lambda net, request: Answer(b"", 302, headers={"Location": "/endless/1"}),
    "moved to the intranet": _says(301, b"", Location="http://10.0.0.1/admin"),
    "moved to a name of this machine": _says(302, b"", Location="https://intranet.test/admin"),
    "moved to nowhere": _says(301, b"", Location="gopher://x/"),
    # an answer that is no use
    "nothing in it": lambda net, request: Answer(b""),
    "a picture called a page": lambda net, request: Answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
    "a picture": lambda net, request: Answer(b"\x89PNG\r\n\x1a\n", kind="image/png"),
    "JSON": lambda net, request: Answer(b'{"error": "try again", "code": 17}'),
    "cut off": _cut,
    "cut off in silence": _cut_feed,
    "not all of it": _some_of_feed,
    "damaged gzip": _packed(_GZIP[:2000] + bytes(30) + _GZIP[2030:]),
    "half of the gzip": _packed(_GZIP[: len(_GZIP) // 2]),
    "a bomb": _packed(_BOMB),
    "too large": lambda net, request: Answer(b"<html>", length=10**9),
    "drips": _drips,
    "not modified": _unchanged,
}


class Internet(httpcore.NetworkBackend):
    """`sites` by their names. Every second answer of all is a fault, of a kind and in an order that `seed` draws."""

    def __init__(self, sites: Sequence[Site], clock: Clock, *, seed: int, faulty: bool = True) -> None:
        self.sites = {site.host: site for site in sites}
        self.clock = clock
        self.seed = seed
        self.faulty = faulty
        self.chance = random.Random(seed)
        self.requests: list[Request] = []
        self.connections: list[tuple[str, float]] = []
        self.drawn: Counter[str | None] = Counter()
        self._addresses = {host: f"93.184.{n // 250}.{n % 250 + 1}" for n, host in enumerate(self.sites)}
        self._hosts = {address: host for host, address in self._addresses.items()}
        self._fault: str | None = None

    def resolve(self, host: str, port: int) -> list[str]:
        """What the resolver says; asked once for each connection, it also draws what is wrong with it."""
        if host == "intranet.test":
            return ["127.0.0.1"]
        try:
            return [str(ip_address(host))]
        except ValueError:
            pass
        self.connections.append((host, self.clock.passed))
        self._fault = self._drawn(self.sites[host])
        self.drawn[self._fault] += 1
        if self._fault == "no name":
            raise OSError(-2, "Name or service not known")
        return [self._addresses[host]]

    def _drawn(self, site: Site) -> str | None:
        number = self.clock.count()
        self.chance = random.Random(self.seed * 1_000_003 + number)
        if site.dead is not None:
            return site.dead
        if site.down[0] <= self.clock.passed < site.down[1]:
            return self.chance.choice(["refused", "no answer to the connection", "503"])
        # Of each two answers one is a fault, and chance says which. Were it every second one in strict turn, what is asked
        # in twos would always fail at the second.
        which = random.Random(f"{self.seed} {number // 2}").randrange(2)
        return self.chance.choice(list(FAULTS)) if self.faulty and number % 2 == which else None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        assert host in self._hosts, f"a connection to {host}"
        if self._fault == "refused":
            raise httpcore.ConnectError("[Errno 111] Connection refused")
        if self._fault == "no answer to the connection":
            self.clock.sleep(timeout or 0.0)
            raise httpcore.ConnectTimeout
        return _Stream(self, self._hosts[host], self._fault)

    def answer(self, host: str, path: str, head: bytes, fault: str | None) -> Iterator[bytes | float | Exception]:
        request = Request(host, path, self.clock.passed, fault)
        self.requests.append(request)
        make = FAULTS[fault] if fault is not None else None
        if make is not None and not path.startswith("/endless/"):
            return iter(make(self, request).steps)
        return iter(self.good(request, head).steps)

    def good(self, request: Request, head: bytes = b"") -> Answer:
        site = self.sites[request.host]
        if request.path == "/robots.txt":
            return Answer(b"User-agent: *\nDisallow: /private", kind="text/plain")
        if request.path == "/feed":
            etag = self.etag(site)
            if f"if-none-match: {etag}".encode() in head.lower():
                return Answer(b"", 304, headers={"ETag": etag}, length=None)
            kind = "application/atom+xml" if site.quirk == "atom" else "application/rss+xml"
            return Answer(self.feed(site), kind=kind, headers={"ETag": etag})
        if request.path.startswith("/endless/"):
            return Answer(b"", 302, headers={"Location": f"/endless/{int(request.path[9:]) + 1}"})
        for article in site.articles:
            if article.path == request.path.partition("?")[0] and article.at <= self.clock.passed:
                return Answer(self.page(article))
        return Answer(b"<html><body><article><h1>Nothing</h1><p>No such page here.</p></article></body></html>", 404)

    def page(self, article: Article) -> bytes:
        """Its bytes differ each time, as those of pages do."""
        # Words of its own: articles that are alike would be compared with each other, which is not what is tested.
        drawn = random.Random(article.url)
        words = ["".join(drawn.choices("abcdefghilmnoprstu", k=7)) for _ in range(80)]
        paragraphs = "".join(f"<p>{' '.join(words[n : n + 20]).capitalize()}.</p>" for n in range(0, 80, 20))
        return (
            f"<!doctype html><html lang=en><head><title>{article.title}</title></head><body><!-- {self.clock.passed} -->"
            f"<article><h1>{article.title}</h1>{paragraphs}</article></body></html>"
        ).encode()

    def etag(self, site: Site) -> str:
        number = len([a for a in (*site.articles, *site.also) if a.at <= self.clock.passed])
        return f'"v{number}-{self.clock.passed}"' if site.quirk == "forgets" else f'"v{number}"'

    def listed(self, site: Site) -> list[Article]:
        """The newest that a feed lists."""
        there = [article for article in (*site.articles, *site.also) if article.at <= self.clock.passed]
        return sorted(there, key=lambda article: -article.at)[:LISTED]

    def feed(self, site: Site, listed: Sequence[Article] | None = None) -> bytes:
        found = list(self.listed(site) if listed is None else listed)
        if site.quirk == "order":
            self.chance.shuffle(found)
        if site.quirk == "forgets" and found:
            found.remove(self.chance.choice(found))  # and brings it back another time
        if site.quirk == "case":
            found += found[:2]
        items = "".join(self._item(site, article) for article in found)
        if site.quirk == "atom":
            return (
                f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>{site.feed}</id>'
                f"<title>{site.host}</title><updated>2025-03-14T06:00:00Z</updated>{items}</feed>"
            ).encode()
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>{site.host}</title><link>https://{site.host}/</link>'
            f"<description>News</description>{items}</channel></rss>"
        ).encode()

    def _item(self, site: Site, article: Article) -> str:
        when = BEGAN + timedelta(seconds=article.at)
        title, url = escape(article.title), article.url
        if article.host != site.host:
            url += f"?utm_source={site.host}"
        if site.quirk == "atom":
            stamp = when.isoformat()
            return (
                f"<entry><title>{title}</title><link href='{url}'/><id>tag:{article.host},2025:{article.path}</id>"
                f"<published>{stamp}</published><updated>{stamp}</updated></entry>"
            )
        name = f"{article.host}{article.path}"
        if site.quirk == "case" and self.chance.random() < 0.5:
            name = name.upper()
        return (
            f"<item><guid isPermaLink='false'>{name}</guid><title>{title}</title>"
            f"<pubDate>{format_datetime(when)}</pubDate><link>{url}</link></item>"
        )


class _Stream(httpcore.NetworkStream):
    def __init__(self, net: Internet, host: str, fault: str | None) -> None:
        self._net = net
        self._host = host
        self._fault = fault
        self._sent = b""
        self._steps: Iterator[bytes | float | Exception] | None = None
        self._rest = b""

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        assert server_hostname == self._host
        if self._fault == "untrusted certificate":
            try:
                raise _UNTRUSTED
            except ssl.SSLError as error:
                raise httpcore.ConnectError(str(error)) from error
        return self

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._sent += buffer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._steps is None:
            assert self._sent.endswith(b"\r\n\r\n")
            path = self._sent.split(b" ", 2)[1].decode()
            assert urlsplit(path).path
            self._steps = self._net.answer(self._host, path, self._sent, self._fault)
        while not self._rest:
            step = next(self._steps, None)
            if step is None:
                return b""
            if isinstance(step, Exception):
                raise step
            if isinstance(step, float):
                wait = step if timeout is None else min(step, timeout)
                self._net.clock.sleep(wait)
                if wait < step:
                    raise httpcore.ReadTimeout
                continue
            self._rest = step
        piece, self._rest = self._rest[:max_bytes], self._rest[max_bytes:]
        return piece

    def close(self) -> None:
        pass

    def get_extra_info(self, info: str) -> Any:
        return None
