"""The web application over 100,000 statements: how soon the server answers, what a page weighs, when it is first seen.

`python benchmarks/web.py [--statements 100000] [--keep FILE] [--only TEXT] [--no-browser]` takes the ledger that
`scale.py --keep FILE` fills (or fills one as that does), copies it, rules 40 statements in the copy, and asks for every page
and every listing of the API with varied addresses. Server time is that of the application alone, called in this process
with gzip, on the clock and in this process's own time, which tells more where others share the machine. In headless
Chromium (`--chromium`) with an empty cache: the bytes that a page and all that it loads take on the wire, those of the
article's own text told apart, and the first paint on loopback. Prints one JSON object; progress goes to standard error.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import gzip
import json
import os
import platform
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import uvicorn

import scale
import synthetic
from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger
from onrecord.ledger.cited import cited
from onrecord.ledger.corrections import Signed, Wish
from onrecord.views.web import application

_TARGETS = {"server_ms": 150, "first_paint_ms": 1000, "bytes_without_text": 400_000}
_RULED = 40
_SEEN = 5  # addresses of each kind that the browser opens
_DRAFT_SENTENCES = 12

Address = str | tuple[str, bytes]
"""What is asked for; with a body what is posted."""


@dataclass(frozen=True)
class Known:
    """What a ledger holds, to draw addresses from."""

    documents: list[str]
    statements: list[str]
    figures: list[str]
    speakers: list[tuple[str, str]]
    stories: list[str]
    large: list[str]
    claims: list[str]
    series: list[str]
    conflicts: list[str]
    copies: list[tuple[str, str]]
    words: list[str]
    days: list[str]

    @classmethod
    def of(cls, ledger: Ledger, chance: random.Random) -> Known:
        documents = ledger.documents()
        said = ledger.statements(limit=20_000)
        stories = ledger.stories()
        copies = ledger.copies()
        origins = {row.group: row.document for row in copies if row.kind == "origin"}
        words = sorted({w for s in chance.sample(said, 200) for w in s.content.split() if len(w) > 4 and w.isalpha()})
        return cls(
            documents=[row.id for row in documents],
            statements=[cited(row) for row in said],
            figures=[cited(row) for row in ledger.figures(limit=20_000)],
            speakers=[(row.key, row.name) for row in ledger.speakers(limit=2_000)],
            stories=[row.id for row in stories],
            large=[row.id for row in stories if row.documents >= 20] or [stories[0].id],
            claims=[row.id for row in ledger.claims(limit=20_000)],
            series=[row.id for row in ledger.series(limit=10_000)],
            conflicts=[row.id for row in ledger.conflicts(limit=5_000)],
            copies=[
                (origins[row.group], row.document) for row in copies if row.kind != "origin" and row.group in origins
            ],
            words=words,
            days=[row.published[:10] for row in documents if row.published],
        )


def addresses(known: Known, chance: random.Random, drafts: list[str]) -> dict[str, Callable[[], Address]]:
    """For each kind of page, and each listing of the API, a way to draw one of its addresses."""
    one = chance.choice

    def asking(path: str, **given: Callable[[], str]) -> Callable[[], str]:
        return lambda: f"{path}?{urlencode({name: draw() for name, draw in given.items()})}"

    def named(path: str, draw: Callable[[], str]) -> Callable[[], str]:
        return lambda: path.format(quote(draw(), safe=":@"))

    def word() -> str:
        return one(known.words)

    def speaker() -> str:
        return one(known.speakers)[1]

    def beside() -> str:
        return "/documents/{}/beside/{}".format(*one(known.copies))

    def checked() -> Address:
        return "/check", urlencode({"draft": one(drafts)}).encode()

    lists: dict[str, dict[str, Callable[[], str]]] = {
        "documents": {"after": lambda: one(known.documents)},
        "statements": {"after": lambda: one(known.statements), "speaker": speaker, "about": word},
        "figures": {"after": lambda: one(known.figures), "speaker": speaker, "about": word},
        "speakers": {"after": lambda: one(known.speakers)[0]},
        "stories": {"after": lambda: one(known.stories)},
        "claims": {
            "after": lambda: one(known.claims),
            "about": word,
            "speaker": speaker,
            "story": lambda: one(known.large),
        },
        "series": {"after": lambda: one(known.series), "about": word, "story": lambda: one(known.large)},
        "conflicts": {"after": lambda: one(known.conflicts), "about": word, "speaker": speaker},
        "copies": {"after": lambda: one(known.copies)[0]},
        "search": {"words": word},
    }
    pages: dict[str, Callable[[], Address]] = {
        "/": lambda: "/",
        "/index.json": lambda: "/index.json",
        "/stories/ID": named("/stories/{}", lambda: one(known.stories)),
        "/stories/ID, of 20 articles and more": named("/stories/{}", lambda: one(known.large)),
        "/stories/ID/timeline": named("/stories/{}/timeline", lambda: one(known.large)),
        "/stories/ID/timeline/chart.json": named("/stories/{}/timeline/chart.json", lambda: one(known.large)),
        "/claims/ID": named("/claims/{}", lambda: one(known.claims)),
        "/series/ID": named("/series/{}", lambda: one(known.series)),
        "/series/ID/chart.json": named("/series/{}/chart.json", lambda: one(known.series)),
        "/conflicts/ID": named("/conflicts/{}", lambda: one(known.conflicts)),
        "/copies/ID": named("/copies/{}", lambda: one(known.copies)[0]),
        "/documents/ID": named("/documents/{}", lambda: one(known.documents)),
        "/documents/ID/beside/ID": beside,
        "/speakers/KEY": named("/speakers/{}", lambda: one(known.speakers)[0]),
        "/cite/STATEMENT": named("/cite/{}", lambda: one(known.statements)),
        "/cite/CLAIM": named("/cite/{}", lambda: one(known.claims)),
        "/correct/STATEMENT": named("/correct/{}", lambda: one(known.statements)),
        "/corrections": lambda: "/corrections",
        "/check": lambda: "/check",
        "/check, a draft": checked,
        "/api": lambda: "/api",
        "/api/v1/openapi.json": lambda: "/api/v1/openapi.json",
        "/api/v1/overview": lambda: "/api/v1/overview",
        "/api/v1/suggest": asking("/api/v1/suggest", words=lambda: word()[: chance.randint(1, 5)]),
        "/api/v1/timeline": asking("/api/v1/timeline", wanted=lambda: one(known.large)),
        "/api/v1/timeline, of a name": asking("/api/v1/timeline", wanted=speaker),
        "/api/v1/who": asking("/api/v1/who", name=speaker),
        "/api/v1/corrections": lambda: "/api/v1/corrections",
        "/api/v1/documents/ID": named("/api/v1/documents/{}", lambda: one(known.documents)),
        "/api/v1/documents/ID/ties": named("/api/v1/documents/{}/ties", lambda: one(known.documents)),
    }
    for name, narrowed in lists.items():
        for root in ("", "/api/v1"):
            if name != "search":
                pages[f"{root}/{name}"] = lambda at=f"{root}/{name}": at
            for by, draw in narrowed.items():
                asked = "cursor" if root and by == "after" else by
                pages[f"{root}/{name}?{asked}="] = asking(f"{root}/{name}", **{asked: draw})
    pages["/statements?since=&until="] = asking("/statements", since=lambda: "2022-01", until=lambda: one(known.days))
    pages["/claims?standing=disputed"] = lambda: "/claims?standing=disputed"
    pages["/api/v1/series?moved="] = lambda: "/api/v1/series?moved=true"
    return pages


class Server:
    """The application, called as a server calls it."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._loop = asyncio.new_event_loop()

    def ask(self, address: Address) -> tuple[int, int, float, float]:
        """Status, bytes of the body, milliseconds on the clock and of this process's own time."""
        path, body = address if isinstance(address, tuple) else (address, b"")
        begun, worked = time.perf_counter(), time.process_time()
        status, size = self._loop.run_until_complete(self._answer(path, body))
        return status, size, (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000

    async def _answer(self, address: str, body: bytes) -> tuple[int, int]:
        path, _, query = address.partition("?")
        status, size = 0, 0

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))

        headers = [(b"host", b"127.0.0.1:8484"), (b"accept-encoding", b"gzip")]
        if body:
            headers += [
                (b"content-type", b"application/x-www-form-urlencoded"),
                (b"content-length", str(len(body)).encode()),
            ]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST" if body else "GET",
            "scheme": "http",
            "path": _unquoted(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 40000),
            "server": ("127.0.0.1", 8484),
        }
        await self._app(scope, receive, send)
        return status, size


def _unquoted(path: str) -> str:
    from urllib.parse import unquote

    return unquote(path)


def answered(server: Server, pages: dict[str, Callable[[], Address]], requests: int) -> dict[str, Any]:
    """Server time of each kind of page over so many requests, after one that is not counted."""
    found: dict[str, Any] = {}
    for name, draw in pages.items():
        server.ask(draw())
        took = [server.ask(draw()) for _ in range(requests)]
        found[name] = {
            "clock": scale.spread([clock for *_, clock, _ in took]),
            "processor": scale.spread([own for *_, own in took]),
            "bytes": max(size for _, size, *_ in took),
            "status": sorted({status for status, *_ in took}),
        }
        print(name, found[name], file=sys.stderr)
    return found


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The application on a free port of loopback."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def seen(
    root: str, pages: dict[str, Callable[[], Address]], text_of: Callable[[str], int], chromium: str
) -> dict[str, Any]:
    """What each page weighs with all that it loads, and when it is first painted, each time with an empty cache."""
    from playwright.sync_api import sync_playwright

    found: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, draw in pages.items():
            weights, paints, loads = [], [], []
            for _ in range(_SEEN):
                address = draw()
                if not isinstance(address, str):
                    break
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                page = context.new_page()
                wire = context.new_cdp_session(page)
                wire.send("Network.enable")
                sizes: list[float] = []
                wire.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
                page.goto(root + address, wait_until="networkidle")
                timing = page.evaluate(
                    "() => [performance.getEntriesByType('paint')[0]?.startTime ?? null,"
                    " performance.getEntriesByType('navigation')[0].loadEventEnd]"
                )
                paints.append(timing[0])
                loads.append(timing[1])
                weights.append((sum(sizes), sum(sizes) - text_of(address)))
                context.close()
            if weights:
                found[name] = {
                    "first_paint": scale.spread([paint for paint in paints if paint is not None]),
                    "loaded": scale.spread(loads),
                    "bytes": round(max(whole for whole, _ in weights)),
                    "bytes_without_text": round(max(bare for _, bare in weights)),
                }
                print(name, found[name], file=sys.stderr)
        browser.close()
    return found


def article_text(ledger: Ledger) -> Callable[[str], int]:
    """How many bytes of a page are, compressed, the text of the articles that it shows whole."""

    def of(address: str) -> int:
        parts = address.partition("?")[0].split("/")
        shown = [part for part in parts if len(part) == 64] if parts[1] == "documents" else []
        return sum(len(gzip.compress(ledger.document(one).document.text.encode(), 6)) for one in shown)

    return of


def ruled(path: Path, chance: random.Random) -> None:
    """Corrections, so that there is a log to show."""
    with Ledger.open(path) as ledger:
        for number, row in enumerate(chance.sample(ledger.statements(limit=5_000), _RULED)):
            at = f"2025-01-01T12:00:{number:02}+00:00"
            ledger.correct(cited(row), Wish(confirm=True), Signed(by="benchmark", at=at, reason="to have a log"))


def drafts(ledger: Ledger, chance: random.Random) -> list[str]:
    """Drafts that quote what is on record, some of it altered."""
    found = []
    for _ in range(5):
        rows = chance.sample(ledger.statements(limit=3_000), _DRAFT_SENTENCES)
        found.append("\n\n".join(f"“{row.content.strip()}”, {row.speaker or 'a witness'} said." for row in rows))
    return found


def slow(found: dict[str, Any], of: Callable[[Any], float], limit: float) -> list[str]:
    return sorted(name for name, took in found.items() if of(took) >= limit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="the filled ledger, used again if it is there")
    parser.add_argument("--requests", type=int, default=30)
    parser.add_argument("--only", help="pages whose name holds this")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    parser.add_argument("--no-browser", action="store_true", help="measure server time only")
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        full, copied = args.keep or Path(folder) / "full.db", Path(folder) / "measured.db"
        if not full.exists():
            scale.fill(full, list(synthetic.readings(args.statements, seed=args.seed)))
        shutil.copy(full, copied)
        ruled(copied, chance)
        with Ledger.open(copied, read_only=True) as ledger, Ledger.open(copied) as writer:
            try:
                known = Known.of(ledger, chance)
            except OnrecordError as error:
                raise SystemExit(f"{full}: {error}") from error
            pages = addresses(known, chance, drafts(ledger, chance))
            if args.only:
                pages = {name: draw for name, draw in pages.items() if args.only in name}
            app = application(ledger, writer=writer)
            gc.freeze()  # what addresses are drawn from is none of the application's
            server = answered(Server(app), pages, args.requests)
            in_browser: dict[str, Any] = {}
            if not args.no_browser:
                shown = {name: draw for name, draw in pages.items() if "/api/" not in name and ".json" not in name}
                with served(app) as root:
                    in_browser = seen(root, shown, article_text(ledger), args.chromium)
            overview = ledger.overview()
    print(
        json.dumps(
            {
                "date": datetime.now(UTC).date().isoformat(),
                "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
                f"SQLite {sqlite3.sqlite_version}",
                "load": round(os.getloadavg()[0], 1),
                "statements": overview.statements,
                "documents": overview.documents,
                "requests": args.requests,
                "server": server,
                "browser": in_browser,
                "targets": _TARGETS,
                "failed": sorted(name for name, took in server.items() if took["status"] != [200]),
                "slower": slow(server, lambda took: took["clock"]["p95"], _TARGETS["server_ms"]),
                "slower_in_own_time": slow(server, lambda took: took["processor"]["p95"], _TARGETS["server_ms"]),
                "later": slow(in_browser, lambda took: took["first_paint"]["p95"], _TARGETS["first_paint_ms"]),
                "heavier": slow(in_browser, lambda took: took["bytes_without_text"], _TARGETS["bytes_without_text"]),
            },
            ensure_ascii=False,
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
