"""Whether a ledger is what it should be: the database, each reading, the log, and all that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from onrecord.ledger.backends import backend_of
from onrecord.ledger.database import boundary
from onrecord.ledger.opened import Opened
from onrecord.ledger.soundness.contents import Difference, differences
from onrecord.ledger.soundness.missing import missing
from onrecord.ledger.soundness.readings import of_readings
from onrecord.ledger.soundness.remaking import of_log, remake
from onrecord.ledger.soundness.rows import FaultRow

__all__ = ["faults"]


def faults(
    ledger: Opened, *, derived: bool, workers: int = 1, done: Callable[[], None] = lambda: None
) -> Iterator[FaultRow]:
    """All that is wrong with a ledger, as of one instant; others go on reading and writing it.

    Without `derived` only what is stated: the database, the readings, the log. With it everything that follows is derived
    again, by the code that adds, and compared; that takes as long as adding the readings to a new ledger, for which `done`
    is called with each document.
    """
    with boundary(ledger.name), backend_of(ledger._engine).apart(ledger._engine) as engine:
        with engine.connect() as connection:
            gone = list(missing(connection))
            for found in (*gone, *backend_of(engine).findings(connection)):
                yield FaultRow("file", found.where, found.what)
        with engine.connect() as connection, connection.begin():
            of_these = [*of_readings(connection), *of_log(connection)]
            yield from of_these
        # From readings that are not what they were nothing follows, and to what is not there nothing is compared.
        if derived and not of_these and not gone:
            yield from _of_derived(engine, workers, done)


def _of_derived(engine: Engine, workers: int, done: Callable[[], None]) -> Iterator[FaultRow]:
    folder = TemporaryDirectory(prefix="onrecord-")
    with folder, Opened.open(Path(folder.name) / "anew.db") as anew, engine.connect() as stored, stored.begin():
        yield from remake(stored, anew, workers=workers, done=done)
        with anew._engine.connect() as made, made.begin():
            yield from map(_row, differences(stored, made))


def _row(found: Difference) -> FaultRow:
    counts = [
        f"{count:,} {'row' if count == 1 else 'rows'} {which}"
        for count, which in ((found.surplus, "too many"), (found.missing, "missing"))
        if count
    ]
    return FaultRow("derived", found.table, f"{', '.join(counts)} ({', '.join(found.called)} …)")
