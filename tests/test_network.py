"""The tests' own guard: what would leave this machine is refused and told, what stays is let be."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest
from tests import network

ROOT = Path(__file__).parents[1]
OUTSIDE = ("192.0.2.1", 80)  # TEST-NET-1: nobody's


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What the guard notes while a test tries on purpose; forgotten afterwards."""
    yield network.attempts
    network.attempts.clear()


def connect() -> None:
    with socket.socket() as made:
        made.connect(OUTSIDE)


def connect_to_six() -> None:
    with socket.socket(socket.AF_INET6) as made:
        made.connect(("2001:db8::1", 80))


def connect_without_an_error() -> None:
    with socket.socket() as made:
        made.connect_ex(OUTSIDE)


def send_without_connecting() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as made:
        made.sendto(b"", OUTSIDE)


def connect_by_asyncio() -> None:
    """In a thread of its own: in this one a loop may run already, which tests in a browser leave behind."""

    async def connecting() -> None:
        await asyncio.wait_for(asyncio.open_connection(*OUTSIDE), 1)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(connecting())).result()


WAYS: list[Callable[[], object]] = [
    connect,
    connect_to_six,
    connect_without_an_error,
    send_without_connecting,
    connect_by_asyncio,
    lambda: socket.getaddrinfo("onrecord.invalid", 80),
    lambda: socket.gethostbyname("onrecord.invalid"),
    lambda: socket.create_connection(("onrecord.invalid", 80), timeout=1),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_leaves_this_machine(way: Callable[[], object], told: list[str]) -> None:
    with pytest.raises(network.NetworkUsed, match="may not leave"):
        way()
    (one,) = told
    assert "192.0.2.1" in one or "2001:db8::1" in one or "onrecord.invalid" in one
    told.clear()


def test_what_a_thread_does_is_told(told: list[str], recwarn: pytest.WarningsRecorder) -> None:
    caught: list[BaseException] = []

    def work() -> None:
        try:
            connect()
        except network.NetworkUsed as error:
            caught.append(error)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert len(caught) == len(told) == 1
    told.clear()


LENIENT = """
import socket

def test_one():
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    except Exception:
        pass

def test_other():
    pass
"""


def test_a_test_that_takes_the_refusal_for_a_dead_server_fails(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("from tests.conftest import *", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]", encoding="utf-8")
    (tmp_path / "test_it.py").write_text(LENIENT, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "1 failed, 1 passed" in done.stdout
    assert "went beyond this machine: socket.connect" in done.stdout


@pytest.mark.parametrize("address", [("127.0.0.1", 0), ("127.255.0.9", 0), ("::1", 0)])
def test_the_loopback_is_open(address: tuple[str, int]) -> None:
    try:
        listening = socket.create_server(address, family=socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
    except OSError:
        pytest.skip(f"no {address[0]} here")
    with listening, socket.create_connection(listening.getsockname()[:2], timeout=5):
        pass


def test_a_socket_of_unix_is_open(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening, socket.socket(socket.AF_UNIX) as asking:
        listening.bind(str(tmp_path / "s"))
        listening.listen()
        asking.connect(str(tmp_path / "s"))


def test_this_machine_and_digits_can_be_looked_up() -> None:
    assert socket.getaddrinfo("localhost", 80)
    assert socket.getaddrinfo("192.0.2.1", 80)
    assert socket.getaddrinfo(None, 80)
