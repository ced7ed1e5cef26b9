"""Many people at one served ledger: errors, how long answers take, and whether the server's memory grows.

`python benchmarks/load.py --ledger FILE [--clients 200] [--minutes 5] [--pause 10] [--accounts] [--seed 1]` copies the
ledger, serves the copy on a port of this machine in a process of its own, as `onrecord serve` does, and lets so many
clients loose on it. Each opens a page, looks at it for `--pause` seconds on the mean (exponentially, as people do; 0 asks
again at once), and goes on: seven in ten open a page (the front, lists, stories, claims, series, articles, speakers), two
search or type into the search, one in twenty asks the API, one in fifty corrects a statement through its form, and half of
those take it back. With `--accounts` everybody logs in first, and half of the clients share an account with a second.

Prints one JSON object: requests, errors (a status that no page explains, a broken connection), pages of what a correction
took away (404), corrections in which somebody else was faster (409) or that would change nothing (422), the median, the
95th and 99th percentile and the longest of the times by kind of request, and the server's memory (with that of the process
in which it writes corrections) at the start, when each kind was asked three times, after each minute, at its highest and at
the end. The clients run on the same machine and take part of it: the server's own processor time stands beside.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from onrecord.ledger import Ledger
from onrecord.views.accounts import Accounts
from onrecord.views.web.links import claim_url, correct_url, document_url, series_url, speaker_url, story_url

_TARGETS = {"errors": 0, "p99_ms": 1000}
_PASSWORD = "a password of the load test"
_LOOK = 5.0  # seconds between two looks at the server's memory
_A_MINUTE = round(60 / _LOOK)
_SEEN = re.compile(r'name="seen" value="([^"]*)"')
_CSRF = re.compile(r'name="csrf" value="([^"]*)"')
_FORM = re.compile(r'name="form" value="([^"]*)"')


@dataclass(frozen=True)
class Known:
    """What the ledger holds, to draw addresses from."""

    documents: list[str]
    statements: list[str]
    speakers: list[str]
    stories: list[str]
    claims: list[str]
    series: list[str]
    words: list[str]

    @classmethod
    def of(cls, ledger: Ledger, chance: random.Random) -> Known:
        said = ledger.statements(limit=5000)
        words = {
            word.strip(".,“”’\"'") for row in chance.sample(said, min(300, len(said))) for word in row.content.split()
        }
        return cls(
            documents=[row.id for row in ledger.documents(limit=2000)],
            statements=[f"{row.document}:{row.id}" for row in said],
            speakers=[row.key for row in ledger.speakers(limit=1000)],
            stories=[row.id for row in ledger.stories(limit=500)],
            claims=[row.id for row in ledger.claims(limit=1000)],
            series=[row.id for row in ledger.series(limit=1000)],
            words=sorted(word for word in words if len(word) > 4 and word.isalpha()),
        )

    def address(self, kind: str, chance: random.Random) -> str:
        one: dict[str, Callable[[], str]] = {
            "front": lambda: "/",
            "list": lambda: chance.choice(
                (
                    "/stories",
                    "/claims",
                    "/claims?standing=disputed",
                    "/series",
                    "/conflicts",
                    "/speakers",
                    "/statements",
                )
            ),
            "story": lambda: story_url(chance.choice(self.stories)),
            "claim": lambda: claim_url(chance.choice(self.claims)),
            "series": lambda: series_url(chance.choice(self.series)),
            "article": lambda: document_url(chance.choice(self.documents)),
            "speaker": lambda: speaker_url(chance.choice(self.speakers)),
            "search": lambda: f"/search?words={quote(chance.choice(self.words))}",
            "suggest": lambda: f"/api/v1/suggest?words={quote(chance.choice(self.words)[:4])}",
            "API": lambda: chance.choice(
                ("/api/v1/claims?limit=50", "/api/v1/statements?limit=100", "/api/v1/overview")
            ),
        }
        return one[kind]()


_MIX = {
    "front": 8, "list": 19, "story": 11, "claim": 10, "series": 6, "article": 13, "speaker": 6,
    "search": 12, "suggest": 8, "API": 5, "correct": 2,
}  # fmt: skip


# What somebody's correction may take away meanwhile: a claim of a rejected statement, a speaker who said nothing else.
_DERIVED = ("claim", "speaker", "series", "story")


@dataclass
class Told:
    """What the clients have seen."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    corrected: Counter[str] = field(default_factory=Counter)
    gone: int = 0


class Client:
    """Somebody at a browser, who keeps the connection, and what the server set as cookies."""

    def __init__(self, url: str, known: Known, told: Told, seed: int) -> None:
        self._known = known
        self._told = told
        self._chance = random.Random(seed)
        self._name = f"person {seed}"
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"accept": "text/html,*/*"},
            timeout=60,
            trust_env=False,
            limits=httpx.Limits(max_connections=1),
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def log_in(self, name: str) -> None:
        """Raises RuntimeError where the server does not let it in."""
        page = await self._http.get("/login")
        sent = {"form": _FORM.findall(page.text)[0], "name": name, "password": _PASSWORD}
        answer = await self._http.post("/login", data=sent)
        if answer.status_code != 303:
            raise RuntimeError(f"{name} is not let in: {answer.status_code}")

    async def live(self, until: float, pause: float) -> None:
        while True:
            if pause:
                await asyncio.sleep(min(self._chance.expovariate(1 / pause), max(0.0, until - time.monotonic())))
            if time.monotonic() >= until:
                return
            kind = self._chance.choices(list(_MIX), list(_MIX.values()))[0]
            if kind == "correct":
                await self.correct()
            else:
                await self.ask(kind, "GET", self._known.address(kind, self._chance))

    async def ask(
        self, kind: str, method: str, address: str, sent: dict[str, str] | None = None
    ) -> httpx.Response | None:
        """The answer, None where there was none; the time it took is told, and whatever went wrong."""
        start = time.perf_counter()
        try:
            answer = await self._http.request(method, address, data=sent)
        except httpx.HTTPError as error:
            self._told.errors[f"{kind}: {type(error).__name__}"] += 1
            return None
        self._told.times[kind].append(time.perf_counter() - start)
        expected = (303, 409, 422) if method == "POST" else (200,)
        if answer.status_code == 404 and kind in _DERIVED:
            self._told.gone += 1
        elif answer.status_code not in expected:
            self._told.errors[f"{kind}: {answer.status_code}"] += 1
        return answer

    async def correct(self) -> None:
        """Open the form of a statement, send it, and in half the cases take it back."""
        url = correct_url(self._chance.choice(self._known.statements))
        page = await self.ask("form", "GET", url)
        if page is None or page.status_code != 200:
            return
        wish = self._chance.choice(("reject", "confirm"))
        sent = {"wish": wish, "seen": _SEEN.findall(page.text)[0], **self._signed(page.text)}
        answer = await self.ask("correct", "POST", url, sent)
        if answer is None:
            return
        made = answer.headers.get("location", "").rpartition("done=")[2]
        self._told.corrected[
            {303: "recorded", 409: "overtaken", 422: "nothing changed"}.get(answer.status_code, "?")
        ] += 1
        if made and self._chance.random() < 0.5:
            undone = await self.ask(
                "undo", "POST", f"/corrections/{made}/undo", {"back": "record", **self._signed(page.text)}
            )
            if undone is not None and undone.status_code == 303:
                self._told.corrected["taken back"] += 1

    def _signed(self, page: str) -> dict[str, str]:
        return {"reason": "a caption", "by": self._name, **dict(zip(("csrf",), _CSRF.findall(page), strict=False))}


@contextlib.contextmanager
def serving(ledger: Path, accounts: Path | None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`onrecord serve` as a process, and its address."""
    options = [] if accounts is None else ["--accounts", str(accounts), "--rate-limit", "0", "--log-format", "json"]
    command = [sys.executable, "-m", "onrecord.views.cli", "serve", str(ledger), "--port", "0", *options]
    log = ledger.with_name("server.log").open("w")
    with log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        if found is None:
            raise RuntimeError(ledger.with_name("server.log").read_text())
        try:
            yield process, found[0].rstrip("/")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def family(process: subprocess.Popen[str]) -> list[int]:
    """A process and those that it has started (Linux)."""
    started = [one.read_text().split() for one in Path(f"/proc/{process.pid}/task").glob("*/children")]
    return [process.pid, *(int(one) for ones in started for one in ones)]


def resident(processes: list[int]) -> float:
    """MB of memory that processes hold together, what they share counted for each (Linux)."""
    found = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{one}/status").read_text()) for one in processes]
    return round(sum(int(one[1]) for one in found if one) / 1024, 1)


def processor(processes: list[int]) -> float:
    """Seconds of processor time that processes have taken (Linux)."""
    ticks = (Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13] for one in processes)
    return sum(sum(map(int, one)) for one in ticks) / os.sysconf("SC_CLK_TCK")


async def run(process: subprocess.Popen[str], url: str, known: Known, asked: argparse.Namespace) -> dict[str, Any]:
    told = Told()
    clients = [Client(url, known, told, asked.seed * 10_000 + number) for number in range(asked.clients)]
    if asked.accounts:
        for at in range(0, len(clients), 8):
            group = enumerate(clients[at : at + 8], at)
            await asyncio.gather(*(client.log_in(f"person {number // 2}") for number, client in group))
    first, warm = clients[0], random.Random(0)
    for kind in _MIX:
        for _ in range(3):
            await (first.correct() if kind == "correct" else first.ask(kind, "GET", known.address(kind, warm)))
    if told.errors:
        raise RuntimeError(f"before the load: {dict(told.errors)}")
    told.times.clear()
    told.corrected.clear()

    server = family(process)
    memory: list[float] = [resident(server)]
    spent = processor(server)
    start = time.monotonic()
    until = start + asked.minutes * 60

    async def look() -> None:
        while time.monotonic() < until:
            await asyncio.sleep(_LOOK)
            memory.append(resident(server))

    await asyncio.gather(look(), *(client.live(until, asked.pause) for client in clients))
    seconds = time.monotonic() - start
    await asyncio.gather(*(client.close() for client in clients))
    every = [one for times in told.times.values() for one in times]
    return {
        "requests": len(every),
        "per_second": round(len(every) / seconds, 1),
        "errors": sum(told.errors.values()),
        "errors_by_kind": dict(told.errors),
        "gone": told.gone,
        "corrections": dict(told.corrected),
        "all": _spread(every),
        "by_kind": {kind: _spread(times) for kind, times in sorted(told.times.items())},
        "server_processor_share": round((processor(server) - spent) / seconds, 2),
        "memory_mb": {
            "start": memory[0],
            "by_minute": memory[_A_MINUTE::_A_MINUTE],
            "highest": max(memory),
            "end": memory[-1],
        },
    }


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000, 1) if ordered else float("nan")

    return {"count": len(ordered), "p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99), "longest_ms": at(1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--pause", type=float, default=10, help="seconds that somebody looks at a page, on the mean")
    parser.add_argument("--accounts", action="store_true", help="everybody logs in first")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger, accounts = Path(folder) / "load.db", Path(folder) / "load.accounts"
        with Ledger.open(asked.ledger, create=False, read_only=True) as book:
            known, sizes = Known.of(book, random.Random(asked.seed)), book.overview()
        shutil.copy(asked.ledger, ledger)
        if asked.accounts:
            with Accounts.open(accounts, create=True) as made:
                for number in range((asked.clients + 1) // 2):
                    made.people.add(f"person {number}", "corrector", _PASSWORD)
        with serving(ledger, accounts if asked.accounts else None) as (process, url):
            found = asyncio.run(run(process, url, known, asked))
        ended_well = process.returncode == 0
    settings = {"clients": asked.clients, "minutes": asked.minutes, "pause_s": asked.pause, "accounts": asked.accounts}
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    sized = {"documents": sizes.documents, "statements": sizes.statements}
    print(
        json.dumps(
            {"ledger": sized, **settings, **found, "ended_well": ended_well, "targets": _TARGETS, **machine}, indent=1
        )
    )


if __name__ == "__main__":
    main()
