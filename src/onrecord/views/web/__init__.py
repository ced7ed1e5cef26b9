"""A ledger as web pages, on this machine or for a team: `serve(path)`, or `application(ledger)` for another server."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType

import uvicorn

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.ledger.database import may_write
from onrecord.views.web.app import application
from onrecord.views.web.service import Service, is_loopback
from onrecord.views.web.writer import WritingProcess

__all__ = ["Service", "application", "serve"]

_GRACE = 30
"""Seconds that requests which are being answered have when the server is told to stop: a long draft takes ten."""

_IDLE = 130
"""Seconds that a connection is kept open for a next request: longer than proxies keep theirs (nginx a minute, Caddy two).
Whoever closes first must not be the side that is asked, or a request meets a connection that has just been closed."""


def serve(
    path: Path | str,
    *,
    host: str = "127.0.0.1",
    port: int = 8484,
    read_only: bool = False,
    service: Service | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serves the ledger at `path` until interrupted or told to stop (SIGTERM): what is being answered then is finished.

    `ready` is told where it answers; by default that is printed. The pages offer corrections unless `read_only`, or where
    this process may not write the file: `ready` is told so too. `service` says to whom it is served. Raises LedgerError
    where there is no such ledger, where the port is not to be had, and for a `host` beyond the loopback without accounts.
    """
    service = service or Service()
    if not is_loopback(host) and service.accounts is None:
        raise LedgerError(f"{host} is not this machine's loopback: a ledger is served beyond it only with accounts")
    with ExitStack() as open_ones:
        # Opened for reading first: a ledger of an older version is an error here, and is not brought up to date in passing.
        ledger = open_ones.enter_context(Ledger.open(path, create=False, read_only=True))
        listening = open_ones.enter_context(_listen(host, port))
        writable = not read_only and may_write(path)
        writer = open_ones.enter_context(WritingProcess(path)) if writable else None
        app = application(ledger, host=host, writer=writer, service=service)
        config = uvicorn.Config(
            app,
            log_config=None if service.log is not None else uvicorn.config.LOGGING_CONFIG,
            log_level="warning",
            access_log=False,
            lifespan="on",
            # Who is on the other side of a proxy is the application's own matter.
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
            timeout_keep_alive=_IDLE,
        )
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}/"
        ending = "Ctrl+C ends it" if writable else "read-only; Ctrl+C ends it"
        (ready or _say)(f"{ledger.name} is at {address} ({ending})")
        if service.log is not None:
            service.log.write("info", "started", address=address, ledger=ledger.name, writable=str(writable).lower())
            open_ones.enter_context(service.log.of_server())
        # uvicorn hands the interrupt on when it has shut down; here that is the end that was asked for.
        with _stopped(), suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
        if service.log is not None:
            service.log.write("info", "stopped")


@contextmanager
def _stopped() -> Iterator[None]:
    """SIGTERM, which the server hands on when it has shut down, is the end that was asked for."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def nothing(number: int, frame: FrameType | None) -> None:
        pass

    before = signal.signal(signal.SIGTERM, nothing)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say(line: str) -> None:
    print(line, flush=True)


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens, so that a port of 0 has its number and a taken one is an error before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise LedgerError(f"port {port} on {host} is not to be had: {error.strerror or error}") from error
