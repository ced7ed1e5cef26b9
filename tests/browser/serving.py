"""The sample articles in a ledger, and its pages served from a thread: as `onrecord serve` does, on a free port."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import uvicorn

from onrecord.ledger import Ledger
from onrecord.views.web import Service, application

__all__ = ["Served", "samples_ledger", "served"]

SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True, slots=True)
class Served:
    """`url` + "/claims" is a page; `ledger` is what it shows."""

    url: str
    ledger: Ledger


def samples_ledger(path: Path) -> Path:
    """A new ledger at `path` with all sample articles in it: 8 s, most of it the adding."""
    with Ledger.open(path) as book:
        assert [r.reason for r in book.add([SAMPLES]) if r.outcome != "added"] == []
    return path


@contextmanager
def served(path: Path, *, read_only: bool = False, service: Service | None = None) -> Iterator[Served]:
    with (
        Ledger.open(path, create=False, read_only=True) as ledger,
        Ledger.open(path, create=False) as writer,
        socket.create_server(("127.0.0.1", 0)) as listening,
    ):
        app = application(ledger, writer=None if read_only else writer, service=service)
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.01)
        try:
            yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", ledger)
        finally:
            server.should_exit = True
            thread.join(timeout=20)
