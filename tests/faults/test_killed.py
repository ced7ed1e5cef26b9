"""kill -9 at any moment: whole batches stay, nothing is lost, and the job that is run again ends as if it never fell."""

from __future__ import annotations

import pickle
import shutil
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from tests.faults.jobs import CORRECTIONS, Asked, Died, Nursery, correct, moments, nursery
from tests.ledger.contents import check_file, differences, tables_of
from tests.ledger.sample_readings import again, readings
from tests.thorough import tries

from onrecord.ledger import Ledger
from onrecord.reading import Reading

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")

KILLS = {
    "adding": tries(180, check=30),
    "making": 20,
    "replacing": tries(60, check=12),
    "correcting": tries(100, check=20),
    "backing up": tries(60, check=12),
    "migrating": tries(80, check=12),
}  # 500 in all, 106 of them in `make check`
VERSION_2 = Path(__file__).parents[1] / "ledger" / "version2.sql"
ADD, REPLACE = 0, 1

SHORTEST = sorted(readings(), key=lambda reading: len(reading.document.text))[:4]
BATCHES = (0, 1, 4)
"""How many are in the file before the job, and after each of its batches."""

JOBS = [SHORTEST, [again(reading) for reading in SHORTEST]]
Contents = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    # A killed process takes nothing from the system's cache with it, so a disk in memory shows the same, and sooner.
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def children(home: Path) -> Iterator[Nursery]:
    with (home / "jobs.pickle").open("wb") as file:
        pickle.dump(JOBS, file)
    with nursery(home / "jobs.pickle") as found:
        yield found


def held(path: Path) -> Contents:
    with closing(sqlite3.connect(path)) as connection:
        return tables_of(connection)


def after_each(path: Path, given: Sequence[Reading]) -> list[Contents]:
    """What the ledger holds before the first of the readings is added, and after each."""
    with Ledger.open(path) as ledger:
        found = []
        for reading in (None, *given):
            if reading is not None:
                list(ledger.add([reading]))
            found.append(held(path))
        return found


def killed(
    children: Nursery, path: Path, start: Path | None, job: int | None, number: int, do: str = "add"
) -> Iterator[Died]:
    """The job killed `number` times, each time from `start`; `path` is as the job left it. Most kills must have hit."""
    whole = []
    for _ in range(3):
        put(path, start)
        whole.append(children.run(Asked(str(path), job, do)))
        assert not whole[-1].killed
    hit = 0
    for when in moments(min(whole, key=lambda died: died.seconds), number, seed=number):
        put(path, start)
        died = children.run(Asked(str(path), job, do, **when))
        hit += died.killed
        yield died
    assert hit > number / 2


def put(path: Path, start: Path | None) -> None:
    for part in (*path.parent.glob(f"{path.name}*"), *path.parent.glob(f".{path.name}*")):
        part.unlink()
    if start is not None:
        shutil.copy(start, path)


def verified(path: Path) -> None:
    """Assert that nothing is wrong with the ledger, as `onrecord verify --quick` tells it; what is derived is compared by
    the tests themselves."""
    with Ledger.open(path, read_only=True) as ledger:
        assert list(ledger.verify(derived=False)) == []


def stands(path: Path, died: Died, states: list[Contents]) -> int:
    """Assert that the file is sound and holds exactly what some whole batches make; the number of documents in them."""
    if not path.exists() or path.stat().st_size == 0 or not tables(path):
        assert died.receipts == []
        return 0
    verified(path)
    # Every receipt that came out stands for a document in the file; the kill may fall between writing and telling.
    told = len(died.receipts)
    found = held(path)
    possible = [number for number in BATCHES if number >= told][: 1 if told not in BATCHES else 2]
    for number in possible:
        if found == states[number]:
            return number
    pytest.fail(f"as after none of {possible} documents: {differences(found, states[possible[0]])}")


def tables(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()


@pytest.mark.parametrize(("made", "number"), [(True, KILLS["adding"]), (False, KILLS["making"])])
def test_killed_while_adding(home: Path, children: Nursery, made: bool, number: int) -> None:
    """To a ledger that is there, and to one that is yet to be made."""
    start, path = home / "empty.db", home / "added.db"
    Ledger.open(start).close()
    put(home / "whole.db", None)
    states = after_each(home / "whole.db", JOBS[ADD])
    reached = set()
    for died in killed(children, path, start if made else None, ADD, number):
        reached.add(stood := stands(path, died, states))
        resumed = children.run(Asked(str(path), ADD))
        assert resumed.receipts == ["known"] * stood + ["added"] * (len(SHORTEST) - stood)
        check_file(path)
        assert differences(held(path), states[-1]) == {}
    # The moments do spread over the job.
    assert {0, 1} <= reached


def test_killed_while_replacing(home: Path, children: Nursery) -> None:
    start, path = home / "start.db", home / "replaced.db"
    after_each(start, JOBS[ADD])
    shutil.copy(start, home / "all.db")
    states = after_each(home / "all.db", JOBS[REPLACE])
    reached = set()
    for died in killed(children, path, start, REPLACE, KILLS["replacing"]):
        reached.add(stood := stands(path, died, states))
        resumed = children.run(Asked(str(path), REPLACE))
        assert resumed.receipts == ["known"] * stood + ["replaced"] * (len(SHORTEST) - stood)
        check_file(path)
        assert differences(held(path), states[-1]) == {}
    assert {0, 1} <= reached


def version_2(path: Path, of: Path) -> None:
    """A ledger of version 2, as that version made it, with what the ledger `of` holds of what version 2 knew."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(VERSION_2.read_text(encoding="utf-8"))
        connection.execute("ATTACH ? AS newer", (str(of),))
        connection.execute("BEGIN")
        names = [name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
        for name in names:
            if name != "meta" and "_fts" not in name and not name.startswith("sqlite_"):
                columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({name})"))
                connection.execute(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM newer.{name}")
        connection.execute("COMMIT")


def test_killed_while_a_ledger_of_version_2_is_brought_up_to_date(home: Path, children: Nursery) -> None:
    newest, start, path = home / "newest.db", home / "version2.db", home / "migrated.db"
    expected = after_each(newest, JOBS[ADD])[-1]
    version_2(start, newest)
    old_tables, new_tables = tables(start), tables(newest)
    versions = set()
    spare = home / "migrated.db.version-2"
    for _ in killed(children, path, start, None, KILLS["migrating"], "open"):
        check_file(path)
        if spare.exists():  # whole, or not there
            check_file(spare)
            with closing(sqlite3.connect(spare)) as connection:
                assert connection.execute("PRAGMA user_version").fetchone() == (2,)
                assert connection.execute("SELECT count(*) FROM documents").fetchone() == (len(SHORTEST),)
        with closing(sqlite3.connect(path)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            stated = connection.execute("SELECT value FROM meta WHERE key = 'ledger_version'").fetchone()
        assert stated == (str(version),)
        assert set(tables(path)) == set(old_tables if version == 2 else new_tables)
        versions.add(version)
        assert spare.exists() or version == 2
        assert not children.run(Asked(str(path), None, "open")).killed
        verified(path)
        assert differences(held(path), expected) == {}
    assert 2 in versions


def test_killed_while_correcting(home: Path, children: Nursery) -> None:
    start, path = home / "read.db", home / "corrected.db"
    after_each(start, JOBS[ADD])
    shutil.copy(start, home / "all_corrected.db")
    states = [held(start)]
    with Ledger.open(home / "all_corrected.db") as ledger:
        for _ in correct(ledger):
            states.append(held(home / "all_corrected.db"))
    assert len(states) == CORRECTIONS + 1
    reached = set()
    for died in killed(children, path, start, None, KILLS["correcting"], "correct"):
        verified(path)
        found = held(path)
        stood = len(found["corrections"])
        # What was acknowledged is there; the kill may fall between writing and telling.
        assert len(died.receipts) <= stood <= len(died.receipts) + 1
        assert differences(found, states[stood]) == {}
        reached.add(stood)
        resumed = children.run(Asked(str(path), None, "correct"))
        assert len(resumed.receipts) == CORRECTIONS - stood
        assert differences(held(path), states[-1]) == {}
    assert len(reached) > CORRECTIONS / 2


def test_killed_while_backing_up(home: Path, children: Nursery) -> None:
    start, path, backup = home / "whole_one.db", home / "backed_up.db", home / "backed_up.db.backup"
    expected = after_each(start, JOBS[ADD])[-1]
    there = set()
    for died in killed(children, path, start, None, KILLS["backing up"], "back up"):
        verified(path)
        assert differences(held(path), expected) == {}
        there.add(backup.exists())
        assert backup.exists() or not died.receipts
        if not backup.exists():
            assert children.run(Asked(str(path), None, "back up")).receipts == ["backed up"]
        verified(backup)
        assert differences(held(backup), expected) == {}
        assert not (home / ".backed_up.db.backup.part").exists()
    assert False in there
