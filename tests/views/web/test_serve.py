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
            assert "Harbour flooded" in httpx.get(address[0], timeout=30, trust_env=False).text
        finally:
            process.send_signal(signal.SIGINT)
            _, complaints = process.communicate(timeout=30)
    assert complaints == ""
    assert process.returncode == 0


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True
