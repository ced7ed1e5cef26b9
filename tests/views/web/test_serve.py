"""Serving: ports, addresses, the end."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.web import serve


def test_serving_on_a_taken_port_is_a_ledger_error(tmp_path: Path) -> None:
    path = tmp_path / "news.ledger"
    Ledger.open(path).close()
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(LedgerError, match="port"):
        serve(path, port=taken.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_serving_from_the_command_line_until_interrupted(tmp_path: Path, flood: Reading, host: str) -> None:
    if host == "::1" and not _has_ipv6():
        pytest.skip("this machine has no IPv6 loopback")
    path = tmp_path / "news.ledger"
    with Ledger.open(path) as book:
        list(book.add([flood]))
    command = [sys.executable, "-m", "onrecord.views.cli", "serve", str(path), "--port", "0", "--host", host]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address is not None
            assert "Harbour flooded" in httpx.get(f"{address[0]}documents", timeout=30, trust_env=False).text
        finally:
            process.send_signal(signal.SIGINT)
            _, complaints = process.communicate(timeout=30)
    assert complaints == ""
    assert process.returncode == 0


@pytest.mark.parametrize(("options", "writable"), [({}, True), ({"read_only": True}, False)])
def test_corrections_are_offered_unless_it_is_served_read_only(
    tmp_path: Path, flood: Reading, monkeypatch: pytest.MonkeyPatch, options: dict[str, bool], writable: bool
) -> None:
    path = tmp_path / "news.ledger"
    with Ledger.open(path) as book:
        list(book.add([flood]))
    lines: list[str] = []
    served = _served(path, lines, monkeypatch, **options)
    assert (served.state.writer is not None) is writable
    assert ("read-only" in lines[0]) is not writable


def test_a_ledger_that_may_not_be_written_is_served_read_only(
    tmp_path: Path, flood: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.ledger"
    with Ledger.open(path) as book:
        list(book.add([flood]))
    # As on a disk that others may only read; the tests may run as somebody who may write everywhere.
    monkeypatch.setattr("onrecord.views.web.may_write", lambda ledger: False)
    lines: list[str] = []
    assert _served(path, lines, monkeypatch).state.writer is None
    assert "read-only" in lines[0]


def _served(path: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch, **options: bool) -> Starlette:
    """The application that `serve` would serve, and in `lines` what it said."""
    configs: list[uvicorn.Config] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: configs.append(server.config))
    serve(path, port=0, ready=lines.append, **options)
    app = configs[0].app
    assert isinstance(app, Starlette)
    return app


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True
