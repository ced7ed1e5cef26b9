"""Who writes the corrections: the ledger itself, or a process beside this one that has it open for writing.

A correction makes its story anew, which takes a quarter of a second of Python, and of a large story seconds. Done in the
process that serves, every reader would wait for it, however many threads there are: only one of them runs at a time.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Protocol, Self

from starlette.exceptions import HTTPException

from onrecord.errors import LedgerError
from onrecord.ledger.corrections import CorrectionRow, Signed, Wish
from onrecord.views.rulings import TAKEN

__all__ = ["Writer", "WritingProcess"]

_LAST = 30.0
"""Seconds that the process has to finish what it writes when the server ends, before it is killed."""

_CLOSED = "the server is ending: nothing is written any more"
_UNSTARTED = "the process that writes corrections does not start"
_UNKNOWN = (
    "The process that writes corrections ended before it answered. Open the record again to see whether this correction "
    "was recorded, before you send it again."
)


class Writer(Protocol):
    """What a page asks of whoever writes: see `Ledger`, which is one."""

    def correct(self, what: str, wish: Wish, signed: Signed) -> CorrectionRow: ...

    def merge(self, a: str, b: str, signed: Signed) -> CorrectionRow: ...

    def split(self, a: str, b: str, signed: Signed) -> CorrectionRow: ...

    def undo(self, correction: str, signed: Signed) -> CorrectionRow: ...


class WritingProcess:
    """A process that writes corrections into the ledger at `path`, started at once; a context manager that ends it.

    Its questions give what `Ledger`'s give and raise what they raise, once the line is committed. They may be asked from any
    thread, and are done one after the other. A process that died before it took a question is started anew, and asked; one
    that dies while it does what was asked has perhaps written the line and perhaps not: that is an HTTPException (503) which
    says so, and nothing is tried twice. Raises LedgerError where the ledger cannot be opened for writing.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = path
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let it finish what it does, and end. Who waits for an answer meanwhile gets it."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        with suppress(OSError):  # what it did not take any more
            process.stdin.close()
        try:
            process.wait(_LAST)
        except subprocess.TimeoutExpired:
            process.kill()
        with self._lock:  # once whoever waits has read the answer
            _discard(process)

    def correct(self, what: str, wish: Wish, signed: Signed) -> CorrectionRow:
        return self._ask("correct", what, wish, signed)

    def merge(self, a: str, b: str, signed: Signed) -> CorrectionRow:
        return self._ask("merge", a, b, signed)

    def split(self, a: str, b: str, signed: Signed) -> CorrectionRow:
        return self._ask("split", a, b, signed)

    def undo(self, correction: str, signed: Signed) -> CorrectionRow:
        return self._ask("undo", correction, signed)

    def _ask(self, act: str, *given: Any) -> CorrectionRow:
        with self._lock:
            process = self._asked((act, given))
            try:
                done, what = _take(process)
            except EOFError as error:
                raise HTTPException(503, _UNKNOWN) from error
        if not done:
            raise what
        row: CorrectionRow = what
        return row

    def _asked(self, question: object) -> subprocess.Popen[bytes]:
        """The process that took the question: a new one where the one that was there has gone without taking it."""
        for _ in range(2):
            process = self._process
            if process is None:
                raise LedgerError(_CLOSED)
            with suppress(EOFError):
                _give(process, question)
                if _take(process) == TAKEN:
                    return process
            _discard(process)
            if self._process is process:  # and it was not closed meanwhile
                self._process = self._start()
        raise HTTPException(503, _UNSTARTED, {"retry-after": "30"})

    def _start(self) -> subprocess.Popen[bytes]:
        # Not by multiprocessing, which would run the program that serves a second time; nor by a fork, since it has threads.
        # It finds its modules where this process does, and not in the folder that it happens to stand in.
        program = f"import sys; sys.path[:] = {sys.path!r}; from onrecord.views.rulings import main; main()"
        try:
            process = subprocess.Popen(
                [sys.executable, "-c", program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Ctrl+C is for the server, which ends this process when it has ended itself.
                start_new_session=True,
            )
        except OSError as error:
            raise LedgerError(f"{self._path}: {_UNSTARTED}: {error.strerror or error}") from error
        try:
            _give(process, str(self._path))
            done, what = _take(process)
        except EOFError:
            done, what = False, LedgerError(f"{self._path}: {_UNSTARTED}")
        if not done:
            _discard(process)
            raise what
        return process


def _give(process: subprocess.Popen[bytes], what: object) -> None:
    """Raises EOFError where it does not take the whole of it."""
    assert process.stdin is not None
    try:
        process.stdin.write(pickle.dumps(what))
        process.stdin.flush()
    except (OSError, ValueError) as error:  # ValueError: this end is closed
        raise EOFError from error


def _take(process: subprocess.Popen[bytes]) -> Any:
    """What it says next, waited for without holding up other threads. Raises EOFError where nothing comes, or half of it."""
    assert process.stdout is not None
    try:
        return pickle.load(process.stdout)
    except (pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, OSError) as error:
        raise EOFError from error


def _discard(process: subprocess.Popen[bytes]) -> None:
    """Let go of one that has ended, or is not to be spoken with any more."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        with suppress(OSError):
            pipe.close()
