"""A ledger as web pages on this machine: `serve(path)`, or `application(ledger)` for a server of one's own."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.views.web.app import application

__all__ = ["application", "serve"]


def serve(path: Path, *, host: str = "127.0.0.1", port: int = 8484, ready: Callable[[str], None] | None = None) -> None:
    """Serves the ledger at `path` until interrupted. `ready` is told where it answers; by default that is printed.

    Raises LedgerError where there is no such ledger, or where the port is not to be had.
    """
    with Ledger.open(path, create=False, read_only=True) as ledger, _listen(host, port) as listening:
        name = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(application(ledger, host=host), log_level="warning", access_log=False, lifespan="off")
        (ready or _say)(f"{path} is at http://{name}:{listening.getsockname()[1]}/ (Ctrl+C ends it)")
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
