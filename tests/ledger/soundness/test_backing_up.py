"""A backup is a ledger as of one instant, whoever writes meanwhile; a backup that cannot be made leaves nothing behind."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from tests.ledger.contents import check_file, contents, differences
from tests.ledger.databases import sqlite_only
from tests.ledger.sample_readings import readings
from tests.ledger.soundness.test_verifying import fill
from tests.ledger.test_opening import VERSION_3, older

from onrecord.errors import LedgerError, OutputError
from onrecord.ledger import Ledger
from onrecord.ledger.schema import LEDGER_VERSION


@sqlite_only
def test_a_backup_is_the_whole_ledger_in_one_file(tmp_path: Path) -> None:
    path, backup = tmp_path / "l.db", tmp_path / "backup.db"
    fill(path)
    with Ledger.open(path) as ledger:
        ledger.back_up(backup)
        assert sorted(item.name for item in tmp_path.iterdir() if "backup" in item.name) == ["backup.db"]
    check_file(backup)
    assert differences(contents(path), contents(backup)) == {}
    with Ledger.open(backup) as ledger:  # and it can be gone on with
        assert list(ledger.verify()) == []


@sqlite_only
def test_what_is_written_meanwhile_is_there_wholly_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Ledger.open(path) as ledger:
        list(ledger.add(readings()[:1]))
        stop = threading.Event()
        failed: list[BaseException] = []

        def add() -> None:
            try:
                with Ledger.open(path) as other:
                    for reading in readings()[1:]:
                        list(other.add([reading]))
            except BaseException as error:  # noqa: BLE001 - told below
                failed.append(error)
            finally:
                stop.set()

        adding = threading.Thread(target=add)
        adding.start()
        made = []
        while not stop.is_set() or not made:
            made.append(tmp_path / f"backup{len(made)}.db")
            ledger.back_up(made[-1])
        adding.join()
        assert failed == []
    for backup in {made[0], made[len(made) // 2], made[-1]}:
        with Ledger.open(backup) as ledger:
            assert list(ledger.verify()) == []


@sqlite_only
def test_there_is_no_backup_over_another_file(tmp_path: Path) -> None:
    path, backup = tmp_path / "l.db", tmp_path / "backup.db"
    fill(path)
    backup.write_bytes(b"the only good copy")
    with Ledger.open(path, read_only=True) as ledger:
        with pytest.raises(OutputError, match="it is there already"):
            ledger.back_up(backup)
        with pytest.raises(OutputError, match="there is no folder"):
            ledger.back_up(tmp_path / "nowhere" / "backup.db")
    assert backup.read_bytes() == b"the only good copy"


@sqlite_only
def test_an_older_ledger_is_put_aside_before_it_is_brought_up_to_date(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    newest, path = tmp_path / "newest.db", tmp_path / "l.db"
    fill(newest)
    older(path, VERSION_3, newest)
    spare = tmp_path / "l.db.version-3"
    Ledger.open(path).close()
    assert f"{path} is brought from version 3 to {LEDGER_VERSION}; {spare} is as it was" in caplog.messages
    with closing(sqlite3.connect(spare)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (len(readings()),)
    check_file(spare)
    path.unlink()
    older(path, VERSION_3, newest)
    Ledger.open(path).close()
    assert (tmp_path / "l.db.version-3-1").exists()


@sqlite_only
def test_without_room_for_the_copy_the_ledger_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "l.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_3.read_text(encoding="utf-8"))

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("onrecord.ledger.backends.sqlite.copy_file", full)
    with pytest.raises(LedgerError, match="full"):
        Ledger.open(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
    assert [item.name for item in tmp_path.iterdir()] == ["l.db"]
