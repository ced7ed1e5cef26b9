"""Whether a ledger stays as it is while somebody reads it by many questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from onrecord.ledger.backends import backend_of
from onrecord.ledger.database import boundary
from onrecord.ledger.opened import Opened

__all__ = ["steady"]


@contextmanager
def steady(ledger: Opened) -> Iterator[None]:
    """All questions in it are answered from one state of the ledger, or LedgerError is raised at its end.

    Each question by itself sees one state; several may see several. Of an SQLite file it is found out at the end whether
    anybody has written to it; on PostgreSQL this thread's questions all look at the state that was there at the beginning.
    """
    held = ExitStack()
    with boundary(ledger.name):
        held.enter_context(backend_of(ledger._engine).steady(ledger._engine, ledger.name))
    with held:
        yield
