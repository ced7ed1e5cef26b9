"""Disks that are full or may not be written: a clear error, a ledger as it was, and adding goes on once there is room.

A real file system of some megabytes is mounted for it, where the user may mount one (root, as on most machines of CI).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.ledger.contents import check_file
from tests.ledger.databases import sqlite_only
from tests.ledger.sample_readings import readings
from tests.ledger.test_opening import VERSION_4, older

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish

pytestmark = sqlite_only

MEGABYTES = 8
SIGNED = Signed("Ada", "2025-04-01T12:00:00+00:00", "I was there")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def filled(disk: Path, *, but: int) -> Iterator[None]:
    """The disk with room for so many bytes more."""
    ballast = disk / "ballast"
    state = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, state.f_bavail * state.f_frsize - but))
    try:
        yield
    finally:
        ballast.unlink()


def correct(ledger: Ledger, statement: str, times: int) -> None:
    for _ in range(times):
        ledger.correct(statement, Wish(reject=True), SIGNED)
        ledger.undo(ledger.corrections()[-1].id, SIGNED)


def verified(path: Path) -> None:
    with Ledger.open(path) as ledger:
        assert list(ledger.verify()) == []
    check_file(path)


@pytest.mark.parametrize("seed", range(12))
def test_adding_to_a_disk_that_fills_up(disk: Path, seed: int) -> None:
    """Wherever it is that the room ends: in the log, in the file, while the log is folded in."""
    path = disk / "l.db"
    chance = random.Random(seed)
    told: list[str | None] = []
    with Ledger.open(path) as ledger:
        list(ledger.add(readings()[:1]))
        with filled(disk, but=chance.randrange(4096, 2_500_000)):
            try:
                for reading in readings()[1:]:  # one by one, as `watch` does
                    told += [receipt.document for receipt in ledger.add([reading])]
            except LedgerError as error:
                assert str(path) in str(error)  # noqa: PT017
                assert "the disk is full" in str(error)  # noqa: PT017
            else:
                assert len(told) == len(readings()) - 1
            # Who asks still gets answers, of what was acknowledged and of nothing else.
            assert {row.id for row in ledger.documents()} == {readings()[0].document.id, *told}
    with Ledger.open(path) as ledger:
        assert {row.id for row in ledger.documents()} == {readings()[0].document.id, *told}
        outcomes = [receipt.outcome for receipt in ledger.add(readings())]
        assert outcomes.count("known") == len(told) + 1
        assert len(ledger.documents()) == len(readings())
    verified(path)


def test_what_has_no_room_leaves_the_ledger_and_no_half_file(disk: Path) -> None:
    path = disk / "l.db"
    with Ledger.open(path) as ledger:
        list(ledger.add(readings()[:3]))
        row = ledger.statements()[0]
        with filled(disk, but=64 * 1024):
            with pytest.raises(LedgerError, match=r"l\.db to .*backup\.db: the disk is full"):
                ledger.back_up(disk / "backup.db")
            with pytest.raises(LedgerError, match=r"l\.db: the disk is full"):
                correct(ledger, f"{row.document}:{row.id}", 40)  # one may still find room; many do not
            made = len(ledger.corrections())
        assert sorted(item.name for item in disk.iterdir()) == ["l.db", "l.db-shm", "l.db-wal"]
    with Ledger.open(path) as ledger:
        assert len(ledger.corrections()) == made
    verified(path)


def test_an_older_ledger_stays_as_it_is_where_there_is_no_room_for_its_copy(disk: Path, tmp_path: Path) -> None:
    newest, path = tmp_path / "newest.db", disk / "l.db"
    with Ledger.open(newest) as ledger:
        list(ledger.add(readings()[:3]))
    older(path, VERSION_4, newest)
    before = path.read_bytes()
    with filled(disk, but=64 * 1024), pytest.raises(LedgerError, match="the disk is full"):
        Ledger.open(path)
    assert path.read_bytes() == before
    assert not list(disk.glob("*version*"))
    Ledger.open(path).close()
    verified(path)


def test_the_command_says_it_in_a_line(disk: Path) -> None:
    samples = Path(__file__).parents[2] / "samples"
    run = [sys.executable, "-m", "onrecord.views.cli"]
    with filled(disk, but=700_000):
        done = subprocess.run([*run, "add", disk / "l.db", samples], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"onrecord: {disk / 'l.db'}: the disk is full")
    again = subprocess.run([*run, "add", disk / "l.db", samples / "velna-dam" / "09-toll-revised.txt"], check=False)
    assert again.returncode == 0
    assert subprocess.run([*run, "verify", disk / "l.db"], check=False).returncode == 0


@pytest.mark.parametrize("log", [False, True], ids=["at rest", "with a log"])
def test_a_disk_that_may_not_be_written(disk: Path, log: bool) -> None:
    """A ledger at rest is read; one whose log is not folded in cannot be, and that is said."""
    path = disk / "l.db"
    ledger = Ledger.open(path)
    list(ledger.add(readings()[:2]))
    if log:  # as after a crash: both files as they are, nobody to fold the one into the other
        for name in ("l.db", "l.db-wal"):
            (disk / f"kept-{name}").write_bytes((disk / name).read_bytes())
        path = disk / "kept-l.db"
    ledger.close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        if log:
            with pytest.raises(LedgerError, match="its log is not folded in"):
                Ledger.open(path, read_only=True)
        else:
            with Ledger.open(path, read_only=True) as book:
                assert len(book.documents()) == 2
                assert list(book.verify()) == []
        with (
            pytest.raises(LedgerError, match=r"it may not be written|cannot be opened|its log is not folded in"),
            Ledger.open(path) as book,
        ):
            list(book.add(readings()[2:3]))
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    with Ledger.open(path) as book:
        list(book.add(readings()[2:3]))
        assert len(book.documents()) == 3
    verified(path)
