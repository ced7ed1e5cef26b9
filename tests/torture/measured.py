"""What becomes of hostile bytes, in a process of its own: an outcome with its seconds and its memory, or a death."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import warnings
from dataclasses import dataclass
from multiprocessing.connection import Connection
from time import process_time

import pytest

from onrecord.errors import InputError
from onrecord.intake.article import About
from onrecord.intake.found import Listing, Record, light
from onrecord.intake.sources import find_in
from onrecord.records import Document

__all__ = ["Outcome", "measured", "needs_fork"]

MOST_SECONDS = 60
MOST_MEMORY = 4_000_000_000
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="limits of a process are set as Linux has them")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`documents` that were made, `refused` what was not, `entries` how many articles were found to be elsewhere; how many
    `seconds` of processor time that took, and by how many bytes `memory` grew."""

    documents: list[Document]
    refused: list[InputError]
    entries: int
    seconds: float
    memory: int

    @property
    def document(self) -> Document:
        """The only one."""
        assert self.refused == []
        (found,) = self.documents
        return found

    @property
    def refusal(self) -> InputError:
        """The only one, of an input that gave nothing."""
        assert self.documents == []
        (found,) = self.refused
        return found


def measured(data: bytes, name: str) -> Outcome:
    """What becomes of `data` as a file of this name. Fails where it ends the process that reads it, or raises what is no
    InputError, or takes more than a minute of processor time or 4 GB of memory."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_run, args=(theirs, data, name))
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # of threads beside a fork, by Python 3.12: they are numpy's
        process.start()
    theirs.close()
    try:
        found = ours.recv()
    except EOFError:
        process.join()
        raise AssertionError(f"{name}: it ended the process that read it ({process.exitcode})") from None
    process.join()
    if isinstance(found, BaseException):
        raise found
    assert isinstance(found, Outcome)
    return found


def _run(line: Connection, data: bytes, name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    began = process_time()
    try:
        documents, refused, entries = _outcome(data, name)
    except BaseException as error:  # noqa: BLE001 - raised again by whoever asked
        error.add_note(f"while reading {name}")
        line.send(error)
        return
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    line.send(Outcome(documents, refused, entries, process_time() - began, memory * 1024))


def _outcome(data: bytes, name: str) -> tuple[list[Document], list[InputError], int]:
    documents: list[Document] = []
    refused: list[InputError] = []
    entries = 0
    for item in find_in(data, name=name, given=About()):
        if isinstance(item, Listing):
            for entry in (*item.entries, *item.feeds):
                if isinstance(entry, InputError):
                    refused.append(entry)
                else:
                    entries += 1
        elif isinstance(item, Record):
            try:
                documents.append(item.make())
            except InputError as error:
                refused.append(light(error))
        else:
            refused.append(item)
    return documents, refused, entries
