"""Executors and drivers are killed while they read: nothing is lost, nothing is there twice, what is done is not done again.

On a `local-cluster`: a driver and two executors, each a process of its own, as on machines of their own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cluster.conftest import ROOT
from tests.cluster.test_reading import SHORT, readings_of

from onrecord.cluster import Folder, read
from onrecord.intake import documents
from onrecord.records import Document

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PAUSE, LONGEST = 0.1, 240.0


@contextmanager
def job(master: str, counted: Path, folder: Path, output: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.cluster.reading_job", master, str(counted), str(folder), str(output)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            for child in processes(process.pid):
                child.kill()
            process.kill()


class Running:
    """A process, who started it, and of what program."""

    def __init__(self, pid: int, parent: int, program: str) -> None:
        self.pid, self.parent, self.program = pid, parent, program

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


def processes(root: int) -> list[Running]:
    """All that this process has started, and they in turn."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    found: list[Running] = []
    wanted = {root}
    while more := [r for r in rows if int(r[1]) in wanted and int(r[0]) not in wanted]:
        found += [Running(int(pid), int(parent), program.strip()) for pid, parent, program in more]
        wanted |= {int(pid) for pid, _, _ in more}
    return found


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + LONGEST
    while not is_so():
        assert process.poll() is None, "the job ended before it was killed"
        assert time.monotonic() < end
        time.sleep(PAUSE)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Files that take a second each to read: enough of them that a job is under way for a while."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(16):
        (folder / f"{number:02}.txt").write_text(f"{SHORT} POISON SLOW {number}.", encoding="utf-8")
    return folder


def ids(folder: Path) -> list[str]:
    return [found.id for found in documents([folder]) if isinstance(found, Document)]


def made(counted: Path) -> list[str]:
    return counted.read_text(encoding="utf-8").split()


def test_an_executor_that_is_killed_loses_nothing(
    spark: SparkSession, counted: Path, articles: Path, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    with job("local-cluster[2,1,1024]", counted, articles, output) as process:
        wait_until(lambda: len(made(counted)) >= 3, process)
        java = {p.pid: p for p in processes(process.pid) if p.program == "java"}
        executors = [p for p in java.values() if p.parent in java]
        assert len(executors) == 2
        executors[0].kill()
        printed, _ = process.communicate(timeout=LONGEST)
    done = json.loads(printed)
    assert (done["documents"], done["refused"], done["failed"]) == (16, 0, [])
    assert [reading.document.id for reading in readings_of(output)] == ids(articles)
    # What the executor had under way was read again, and nothing else.
    assert 16 < len(made(counted)) <= 16 + 2
    assert {note.documents for note in Folder(output).notes()} == {2}


def test_a_driver_that_is_killed_and_started_again_reads_on(
    spark: SparkSession, counted: Path, articles: Path, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    with job("local[2]", counted, articles, output) as process:
        wait_until(lambda: len(list((output / "done").glob("*.json"))) >= 3, process)
        for child in processes(process.pid):
            child.kill()
        process.kill()
    notes = Folder(output).notes()
    before = sum(note.documents for note in notes)
    assert 0 < before < 16
    counted.write_text("", encoding="utf-8")
    done = read(spark, [articles], output)
    assert (done.documents, done.parts_before, done.refused) == (16 - before, before, 0)
    assert len(made(counted)) == 16 - before
    assert [reading.document.id for reading in readings_of(output)] == ids(articles)
