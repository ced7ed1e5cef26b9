"""Several processes add to one ledger at once while others read: nothing is lost, nothing twice, nobody who reads waits."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.ledger.contents import contents_of, differences
from tests.ledger.sample_readings import again, readings

from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.ledger.database import writing
from onrecord.reading import Reading

Address = Callable[..., str]

ADD = """
import pickle, sys
from pathlib import Path
from onrecord.ledger import Ledger

readings = pickle.loads(Path(sys.argv[2]).read_bytes())
with Ledger.open(sys.argv[1]) as ledger:
    print("open", flush=True)
    sys.stdin.readline()
    for reading in readings:
        for receipt in ledger.add([reading]):
            print(receipt.outcome, receipt.document, flush=True)
"""


def process(place: str, folder: Path, given: Sequence[Reading]) -> subprocess.Popen[str]:
    """One that makes the ledger or opens it, says so, and adds these one by one as soon as it is told a line."""
    file = folder / f"{len(list(folder.iterdir()))}.pickle"
    file.write_bytes(pickle.dumps(tuple(given)))
    command = [sys.executable, "-c", ADD, place, str(file)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def outcomes(running: subprocess.Popen[str]) -> list[str]:
    assert running.stdin is not None
    told, _ = running.communicate("go\n", timeout=120)
    assert running.returncode == 0
    return [line.split()[0] for line in told.splitlines()]


def test_processes_that_add_at_once_make_the_ledger_that_one_makes(address: Address, tmp_path: Path) -> None:
    place = address()
    # The ledger is not there yet: all three race to make it. Every article is in two of the jobs.
    running = [process(place, tmp_path, given) for given in (readings(), readings()[::2], readings()[1::2])]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "open\n"
    results: list[list[str]] = [[] for _ in running]
    threads = [
        threading.Thread(target=lambda at=at, one=one: results[at].extend(outcomes(one)))
        for at, one in enumerate(running)
    ]
    for thread in threads:
        thread.start()
    waited = []
    with Ledger.open(place, read_only=True) as reader:
        while any(thread.is_alive() for thread in threads):
            begun = time.perf_counter()
            statements, documents = len(reader.statements()), reader.documents()
            waited.append(time.perf_counter() - begun)
            assert statements <= sum(len(reading.statements) for reading in readings())
            assert len({row.id for row in documents}) == len(documents)
    for thread in threads:
        thread.join()
    total = len(readings())
    told = [outcome for result in results for outcome in result]
    assert sorted(told) == ["added"] * total + ["known"] * total
    with Ledger.open(place) as ledger, Ledger.open(":memory:") as alone:
        list(alone.add(readings()))
        assert differences(contents_of(ledger), contents_of(alone)) == {}


def test_a_process_that_is_killed_in_its_turn_leaves_whole_documents_and_the_turn_to_the_next(
    address: Address, tmp_path: Path
) -> None:
    place = address()
    with process(place, tmp_path, readings()) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        running.stdout.readline()
        running.stdin.write("go\n")
        running.stdin.flush()
        told = [running.stdout.readline() for _ in range(3)]
        os.kill(running.pid, signal.SIGKILL)
        told += running.stdout.readlines()
    acknowledged = {line.split()[1] for line in told if line.endswith("\n") and line.startswith("added")}
    with Ledger.open(place) as ledger, Ledger.open(":memory:") as alone:
        assert acknowledged <= {row.id for row in ledger.documents()}
        list(ledger.add(readings()))
        list(alone.add(readings()))
        assert differences(contents_of(ledger), contents_of(alone)) == {}


def test_readers_do_not_wait_for_a_writer_and_see_whole_documents(address: Address) -> None:
    with Ledger.open(address()) as ledger:
        list(ledger.add(readings()[:2]))
        before = contents_of(ledger)
        with writing(ledger._engine, ledger.name) as connection:
            connection.exec_driver_sql("DELETE FROM documents")
            assert differences(contents_of(ledger), before) == {}
            connection.rollback()
        assert differences(contents_of(ledger), before) == {}


def test_two_who_correct_at_once_both_stand_in_the_log(address: Address) -> None:
    place = address()
    with Ledger.open(place) as ledger:
        list(ledger.add(readings()[:2]))
        rows = ledger.statements()[:10]

    def person(name: str) -> None:
        with Ledger.open(place) as mine:
            for row in rows:
                signed = Signed(name, "2025-04-01T12:00:00+00:00", "heard it")
                mine.correct(
                    f"{row.document}:{row.id}", Wish(confirm=True) if name == "Una" else Wish(reject=True), signed
                )

    people = [threading.Thread(target=person, args=(name,)) for name in ("Una", "Ivo")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    with Ledger.open(place) as ledger:
        log = ledger.corrections()
        assert [row.by for row in log].count("Una") == [row.by for row in log].count("Ivo") == len(rows)
        assert len({row.id for row in log}) == len(log)


def test_what_is_replaced_leaves_no_row_behind(address: Address) -> None:
    with Ledger.open(address()) as ledger, Ledger.open(":memory:") as other:
        for one in (ledger, other):
            list(one.add(readings()[:4]))
            list(one.add([again(reading) for reading in readings()[:4]]))
        assert differences(contents_of(ledger), contents_of(other)) == {}
