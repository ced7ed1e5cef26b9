"""Documents → readings by several processes, which share the weights that this one has loaded.

Each worker reads one document at a time and has the next at hand; results leave in the order of the documents. A worker
that dies takes one document with it, the one that it was reading: an InputError stands in its place, and another worker
is started. So does one that is ended because its document takes longer than one may. Where the system forks, and no other
thread is in the way, workers are forked: weights, word lists and gazetteer are then one copy in memory. Elsewhere each loads
its own (150 MB), and a script that asks for workers must keep its own work behind `if __name__ == "__main__"`, as for every
use of `multiprocessing`.
"""

from __future__ import annotations

import pickle
import signal
import sys
import threading
import time
import traceback
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from onrecord.errors import InputError, OutOfTime
from onrecord.patience import Deadline, patience, seconds_allowed
from onrecord.process import ready_to_work
from onrecord.reader.faults import set_aside
from onrecord.reader.heads.ahead import Given
from onrecord.reader.heads.annotate import called
from onrecord.reader.heads.encoder import Encoder, load_encoder
from onrecord.reading import Reading
from onrecord.records import Document

__all__ = ["read_by_workers"]

AT_HAND = 2  # documents a worker: the one that it reads and the next
BEHIND = 4  # documents a worker that may be read or wait to be, so that a long one in front does not stop the others
_PATIENCE = 5.0  # seconds in which a worker without work ends by itself

_GRACE = 5.0  # seconds beyond its time in which a worker may still set its document aside by itself, between two steps

Other = TypeVar("Other")


def read_by_workers(
    documents: Iterable[Document | Other], workers: int, encoder: Encoder
) -> Iterator[Reading | Other | InputError]:
    """`onrecord.reader.read_all` by so many processes. What reading raises in one of them is raised here."""
    staff = _Staff(workers, encoder)
    waiting: deque[_Task | Other] = deque()
    given = Given(documents)
    try:
        for item in given:
            if isinstance(item, Document):
                task = _Task(item)
                staff.give(task)
                waiting.append(task)
            else:
                waiting.append(item)
            staff.collect(at_once=True)
            while waiting and (_is_done(waiting[0]) or len(waiting) >= BEHIND * workers):
                yield staff.outcome(waiting.popleft())
        while waiting:
            yield staff.outcome(waiting.popleft())
        given.check()
    finally:
        staff.dismiss()


def _may_fork() -> bool:
    """Whether no other thread could hold something at this moment that a forked worker would hold for ever."""
    return sys.platform == "linux" and threading.active_count() == 1


class _Task:
    """A document and what became of it, None as long as that is not known."""

    __slots__ = ("document", "outcome")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.outcome: Reading | InputError | _Failed | None = None

    @property
    def name(self) -> str:
        return called(self.document)


class _Failed:
    """An error that reading raised in a worker, on its way to whoever asked for the reading."""

    def __init__(self, error: Exception) -> None:
        told = "".join(traceback.format_exception(error))
        try:
            self.error: Exception = pickle.loads(pickle.dumps(error))
        except Exception:  # noqa: BLE001  an error that cannot travel: what it said still does
            self.error = RuntimeError(told)
        self.told = told


class _Worker:
    """A process, the line to it, and what it was given and has not answered, oldest first.

    `since` is when it began with the oldest, as far as can be told from here; `late` that it was ended over it.
    """

    def __init__(self, process: BaseProcess, line: Connection) -> None:
        self.process = process
        self.line = line
        self.tasks: deque[_Task] = deque()
        self.since = time.monotonic()
        self.late = False


class _Staff:
    """The workers of one job."""

    def __init__(self, size: int, encoder: Encoder) -> None:
        self._seconds = seconds_allowed()
        forks = _may_fork()
        self._context: ForkContext | SpawnContext = get_context("fork") if forks else get_context("spawn")
        self._weights: Encoder | Path = encoder if forks else encoder.folder
        self._workers: list[_Worker] = []
        for _ in range(size):
            self._workers.append(self._hire())

    def give(self, task: _Task) -> None:
        """Hands a document to the worker that has least to do, once there is one with room for it."""
        while len((worker := min(self._workers, key=lambda w: len(w.tasks))).tasks) >= AT_HAND:
            self.collect()
        self._send(worker, task)

    def collect(self, *, at_once: bool = False) -> None:
        """Takes what workers have ready, and waits until one has, or is to be ended, unless `at_once`."""
        lines = {worker.line: worker for worker in self._workers if worker.tasks}
        for line in wait(list(lines), 0 if at_once else self._left(lines.values())):
            worker = lines[line]  # type: ignore[index]
            try:
                outcome = worker.line.recv()
            except (EOFError, OSError):
                self._replace(worker)
            else:
                worker.tasks.popleft().outcome = outcome
                worker.since = time.monotonic()
        self._end_late()

    def _left(self, workers: Iterable[_Worker]) -> float | None:
        """Seconds until the first of them is to be ended; None where none ever is."""
        if self._seconds is None:
            return None
        return max(0.0, min(worker.since for worker in workers) + self._seconds + _GRACE - time.monotonic())

    def _end_late(self) -> None:
        """Ends the workers that are stuck in one step of a document beyond its time. What they have answered holds."""
        if self._seconds is None:
            return
        for worker in list(self._workers):
            late = worker.tasks and time.monotonic() - worker.since > self._seconds + _GRACE
            if late and not worker.line.poll():
                worker.late = True
                worker.process.kill()
                self._replace(worker)

    def outcome(self, item: _Task | Other) -> Reading | Other | InputError:
        """What became of a document, waited for; anything else as it is."""
        if not isinstance(item, _Task):
            return item
        while item.outcome is None:
            self.collect()
        if isinstance(item.outcome, _Failed):
            item.outcome.error.add_note(f"It was raised in a worker that read {item.name}:\n{item.outcome.told}")
            return set_aside(item.outcome.error, item.name, item.outcome.told)
        return item.outcome

    def dismiss(self) -> None:
        """Ends all workers. What one still reads is lost, and nobody has asked for it."""
        for worker in self._workers:
            worker.line.close()
            if worker.tasks:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()

    def _hire(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        # What is forked has our ends of all lines too, and no line would ever end where it kept them.
        copies = [ours, *(worker.line for worker in self._workers)] if isinstance(self._weights, Encoder) else []
        process = self._context.Process(target=_work, args=(theirs, self._weights, copies, self._seconds), daemon=True)
        with warnings.catch_warnings():
            # Python 3.12 warns of every thread, also of those of numpy's products, which know how to be forked.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _send(self, worker: _Worker, task: _Task) -> None:
        if not worker.tasks:
            worker.since = time.monotonic()
        worker.tasks.append(task)
        try:
            worker.line.send(task.document)
        except OSError:
            if worker.tasks[0] is task:  # it died without work, which is not the document's fault
                worker.tasks.clear()
                self._send(self._replace(worker), task)
            # else it dies of what it was given before: `collect` will see

    def _replace(self, worker: _Worker) -> _Worker:
        """Another worker in the place of one that died; the document that it was reading is given up."""
        worker.process.join()
        if worker.tasks:
            lost = worker.tasks.popleft()
            lost.outcome = (
                OutOfTime(lost.name, f"set aside: it takes more than {self._seconds:g} seconds")
                if worker.late
                else InputError(lost.name, f"the process that read it ended ({_end_of(worker.process)})")
            )
        fresh = self._hire()
        worker.line.close()
        self._workers[self._workers.index(worker)] = fresh
        for task in worker.tasks:
            self._send(fresh, task)
        return fresh


def _is_done(item: object) -> bool:
    return not isinstance(item, _Task) or item.outcome is not None


def _end_of(process: BaseProcess) -> str:
    code = process.exitcode or 0
    try:
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
    except ValueError:
        return f"signal {-code}"


def _work(line: Connection, weights: Encoder | Path, copies: list[Connection], seconds: float | None) -> None:
    """A worker's life: readings of what comes down the line, until that is closed at the other end."""
    for copy in copies:
        copy.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the job with Ctrl+C dismisses the workers
    ready_to_work()  # what was loaded before is shared and stays: not to be walked, and so copied, by the collector
    from onrecord.reader import read

    encoder = weights if isinstance(weights, Encoder) else load_encoder(weights)
    encoder.threads = 1
    given: SimpleQueue[Document | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(line, given), daemon=True).start()
    while (document := given.get()) is not None:
        outcome: Reading | InputError | _Failed
        try:
            with patience(seconds), Deadline(called(document)):
                outcome = read(document, encoder)
        except OutOfTime as error:
            outcome = error
        except Exception as error:  # noqa: BLE001  told where the reading was asked for
            outcome = _Failed(error)
        try:
            line.send(outcome)
        except OSError:
            return  # nobody is there any more


def _listen(line: Connection, given: SimpleQueue[Document | None]) -> None:
    """Takes documents off the line as they come: whoever sends one must not wait until the one before is read, or both
    ends might wait for each other to take what fills the line."""
    try:
        while True:
            given.put(line.recv())
    except (EOFError, OSError):
        given.put(None)
