"""Documents of parts of files, read in a process of its own, so that one that kills it or never ends costs one document.

The process does all that a strange document could bring to a fall, finding and understanding it as well as reading, and
says before each what it is about to do. Where it dies, or takes too long, that document is refused with the reason, and
another process goes on behind it. It is forked from the one that asks, and so shares the weights that are loaded there.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import warnings
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from onrecord.errors import InputError, OutOfTime, ReaderError
from onrecord.intake.article import About
from onrecord.intake.found import Found, made
from onrecord.intake.parts import Part, find_part
from onrecord.patience import Deadline, patience
from onrecord.process import ready_to_work
from onrecord.reader import load_encoder, read
from onrecord.reader.faults import set_aside
from onrecord.reading import Reading
from onrecord.records import Document

__all__ = ["Again", "read_apart"]

_PARENT_DIES = 1  # PR_SET_PDEATHSIG
_PATIENCE = 5.0  # seconds in which the process ends by itself once its work is done
# Seconds beyond its time in which a document may still be set aside by the process itself, between two steps.
_GRACE = 2.0


@dataclass(frozen=True, slots=True)
class Again:
    """A document with the bytes of one that was read before it."""

    document: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A record by the number of its part and its own number in it; `name` is its name once it is found."""

    part: int = 0
    record: int = 0
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    """What the process is to do, from where on, and the documents that were read before."""

    parts: Sequence[Part]
    given: About
    model: str
    seconds: float | None
    start: _Place
    seen: Collection[str]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of the record of which the place was told last."""

    what: Reading | InputError | Again


def read_apart(
    parts: Sequence[Part], given: About, *, model: str, seconds: float | None
) -> Iterator[Reading | InputError | Again]:
    """The readings of all records of these parts by this reader, in order; what is refused as its InputError.

    So is a document that takes more than `seconds` (None for any number) to make or to read, whether or not it looks at the
    clock, and one at which the process ends. A document with the bytes of one before it is not read. Raises ReaderError
    where the weights are missing or damaged.
    """
    load_encoder(model)  # shared with the processes that are forked from this one
    seen: set[str] = set()
    place: _Place | None = _Place()
    while place is not None:
        process, line = _begun(_Job(parts, given, model, seconds, place, frozenset(seen)))
        try:
            place = yield from _followed(process, line, parts, seen, seconds)
        finally:
            line.close()
            if place is None:
                process.join(_PATIENCE)
            process.kill()
            process.join()


def _begun(job: _Job) -> tuple[BaseProcess, Connection]:
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, ours, job), daemon=True)
    with warnings.catch_warnings():
        # Python 3.12 warns of every thread, also of those of Arrow, which knows how to be forked.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    theirs.close()
    return process, ours


def _followed(
    process: BaseProcess, line: Connection, parts: Sequence[Part], seen: set[str], seconds: float | None
) -> Generator[Reading | InputError | Again, None, _Place | None]:
    """What the process tells until it ends. Returns where another one is to go on, None where all is done."""
    place, since = _Place(), None
    while True:
        left = None
        if since is not None and seconds is not None:
            left = max(0.0, since + seconds + _GRACE - time.monotonic())
        if not line.poll(left):
            yield OutOfTime(place.name or "", f"set aside: it takes more than {seconds:g} seconds")
            return _Place(place.part, place.record + 1)
        try:
            told: _Place | _Outcome | None = line.recv()
        except (EOFError, OSError):
            process.join()
            yield _end_at(place, parts, process)
            return _behind(place, parts)
        if told is None:
            return None
        if isinstance(told, _Place):
            # Only what is known to be a record is timed: to pass over what others read may take minutes.
            place, since = told, time.monotonic() if told.name is not None else None
            continue
        since = None
        if isinstance(told.what, Reading):
            seen.add(told.what.document.id)
        yield told.what


def _end_at(place: _Place, parts: Sequence[Part], process: BaseProcess) -> InputError:
    code = process.exitcode or 0
    how = f"signal {-code}" if code < 0 else f"exit status {code}"
    if code < 0 and -code in set(signal.Signals):
        how = f"signal {signal.Signals(-code).name}"
    if place.name is not None:
        return InputError(place.name, f"the process that read it ended ({how})")
    where = (
        f"the process that looked for record {place.record + 1} of this part ended ({how}): the rest of it is left out"
    )
    return InputError(parts[place.part].path, where)


def _behind(place: _Place, parts: Sequence[Part]) -> _Place | None:
    """Where to go on: at the next record, or, where the process died looking for one, at the next part."""
    if place.name is not None:
        return _Place(place.part, place.record + 1)
    return _Place(place.part + 1) if place.part + 1 < len(parts) else None


def _work(line: Connection, other: Connection, job: _Job) -> None:
    """The life of the process."""
    other.close()
    if sys.platform == "linux":  # whoever asked may be killed, and this one must not read on for nobody
        ctypes.CDLL(None).prctl(_PARENT_DIES, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ready_to_work()
    load_encoder(job.model).threads = 1
    known = set(job.seen)
    with patience(job.seconds):
        for number in range(job.start.part, len(job.parts)):
            first = job.start.record if number == job.start.part else 0
            _tell(line, _Place(number, first))
            for record, found in enumerate(islice(find_part(job.parts[number], job.given), first, None), start=first):
                place = _Place(number, record, found.name)
                _tell(line, place)
                document = _made(found)
                _tell(line, place)  # from here on it has its time for being read
                _tell(line, _Outcome(_read(document, found.name, known, job.model)))
                _tell(line, _Place(number, record + 1))
    _tell(line, None)


def _tell(line: Connection, what: _Place | _Outcome | None) -> None:
    try:
        line.send(what)
    except OSError:
        os._exit(0)  # nobody is there any more


def _made(found: Found) -> Document | InputError:
    """The document of a record. An error that is nobody's fault but its own costs no other."""
    try:
        (document,) = made([found])
    except Exception as error:  # noqa: BLE001  it is said of this one, and the others are read
        return InputError(found.name, f"understanding it failed ({type(error).__name__}: {error})")
    return document


def _read(document: Document | InputError, name: str, known: set[str], model: str) -> Reading | InputError | Again:
    if isinstance(document, InputError):
        return document
    if document.id in known:
        return Again(document.id)
    try:
        with Deadline(name):
            reading = read(document, model=model)
    except InputError as error:
        return error
    except ReaderError as error:  # the weights': no document is read then, and each says why
        return InputError(name, str(error))
    except Exception as error:  # noqa: BLE001  of one document
        return set_aside(error, name)
    known.add(document.id)
    return reading
