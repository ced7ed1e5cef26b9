"""A new ledger with all that can still be read of a damaged one, which is left as it is."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from onrecord.errors import LedgerError
from onrecord.ledger import schema as t
from onrecord.ledger.backends import backend_of
from onrecord.ledger.copying import require_empty
from onrecord.ledger.corrections.tables import corrections
from onrecord.ledger.database import boundary, reading
from onrecord.ledger.opened import Opened
from onrecord.ledger.soundness.remaking import of_log, remake
from onrecord.ledger.soundness.rows import Repaired

__all__ = ["repair"]


def repair(damaged: Opened, into: Opened, *, workers: int = 1, done: Callable[[], None] = lambda: None) -> Repaired:
    """Put into `into`, which holds nothing, every reading of `damaged` that is what was stored, the log and what was
    fetched, and derive all else from them. See `remake`.

    Raises LedgerError where `into` holds something, or the log of corrections is itself not what was written: of that
    nothing may be left out, and a backup has to be looked at.
    """
    with reading(into._engine, into.name) as held:
        require_empty(held, into.name)
    with boundary(damaged.name), backend_of(damaged._engine).apart(damaged._engine) as engine:
        backend_of(engine).mend(engine)
        with engine.connect() as stated, stated.begin():
            if wrong := next(of_log(stated), None):
                raise LedgerError(f"{damaged.name}: correction {wrong.where}: {wrong.what}: take the log from a backup")
            lost = tuple(remake(stated, into, workers=workers, done=done))
    with reading(into._engine, into.name) as made:
        documents, ruled = (
            made.execute(select(func.count()).select_from(table)).scalar_one() for table in (t.documents, corrections)
        )
    return Repaired(documents, ruled, lost)
