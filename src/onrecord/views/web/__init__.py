"""A ledger as web pages on this machine: `serve(path)`, or `application(ledger)` for a server of one's own."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import uvicorn

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.ledger.database import may_write
from onrecord.views.web.app import application

__all__ = ["application", "serve"]


def serve(
    path: Path | str,
    *,
    host: str = "127.0.0.1",
    port: int = 8484,
    read_only: bool = False,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serves the ledger at `path` until interrupted. `ready` is told where it answers; by default that is printed.

    The pages offer corrections unless `read_only`, or where this process may not write the file: `ready` is told so too.
    Raises LedgerError where there is no such ledger, or where the port is not to be had.
    """
    with ExitStack() as open_ones:
        # Opened for reading first: a ledger of an older version is an error here, and is not brought up to date in passing.
        ledger = open_ones.enter_context(Ledger.open(path, create=False, read_only=True))
        listening = open_ones.enter_context(_listen(host, port))
        writable = not read_only and may_write(path)
        writer = open_ones.enter_context(Ledger.open(path, create=False)) if writable else None
        app = application(ledger, host=host, writer=writer)
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
        name = f"[{host}]" if ":" in host else host
        ending = "Ctrl+C ends it" if writable else "read-only; Ctrl+C ends it"
        (ready or _say)(f"{ledger.name} is at http://{name}:{listening.getsockname()[1]}/ ({ending})")
        # uvicorn hands the interrupt on when it has shut down; here that is the end that was asked for.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def _say(line: str) -> None:
    print(line, flush=True)


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens, so that a port of 0 has its number and a taken one is an error before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise LedgerError(f"port {port} on {host} is not to be had: {error.strerror or error}") from error
