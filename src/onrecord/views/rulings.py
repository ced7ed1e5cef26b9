"""A process of its own that writes corrections: it takes them from a pipe, one after the other, and answers each.

Its `main` is what a served ledger starts (`web.writer`), and nobody else. First it is told which ledger to open, then what
to do. It says that it has taken it, and then in a pair whether it was done, and the line of the log, or the error: what it
answers so is committed, what it has not taken is not begun. It ends when the pipe does: whoever started it has closed it, or
is gone.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger

__all__ = ["ACTS", "TAKEN", "main", "rule"]

ACTS = ("correct", "merge", "split", "undo")
"""What may be asked: the questions of `Ledger` that write a line of the log."""

TAKEN = "taken"
"""Said when a question came whole, before anything is done."""


def main() -> None:
    """Open the ledger, and write what comes by standard input until that ends."""
    # A server that is interrupted, or stopped with all that belongs to it, finishes what it does: so this must not go first.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    asked = sys.stdin.buffer
    # Whatever else prints in here may not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(BrokenPipeError):
        rule(asked, answers)


def rule(asked: BinaryIO, answers: BinaryIO) -> None:
    """Take pickles of a path and then of pairs (one of ACTS, what is given to it), and answer the path with a pair,
    the others with TAKEN and a pair."""
    try:
        path = pickle.load(asked)
        ledger = Ledger.open(path, create=False)
    except EOFError:
        return
    except OnrecordError as error:
        _say(answers, (False, error))
        return
    with ledger:
        _say(answers, (True, None))
        # Imported while nobody waits, and not by the first correction.
        import onrecord.ledger.derive  # noqa: F401

        while True:
            try:
                act, given = pickle.load(asked)
            except EOFError:
                return
            _say(answers, TAKEN)
            _say(answers, _done(ledger, act, given))


def _done(ledger: Ledger, act: str, given: tuple[Any, ...]) -> tuple[bool, Any]:
    """Whether it was done, and the line that was written, or why not. A bug is told with its trace, which a pipe loses."""
    try:
        if act not in ACTS:
            raise ValueError(f"{act!r} is nothing that is asked here")
        act_on: Callable[..., Any] = getattr(ledger, act)
        return True, act_on(*given)
    except OnrecordError as error:
        return False, error
    except Exception:  # noqa: BLE001 - whoever asked is told, and the next can ask
        return False, RuntimeError(f"in the process that writes corrections:\n{traceback.format_exc()}")


def _say(answers: BinaryIO, what: object) -> None:
    answers.write(pickle.dumps(what))
    answers.flush()
