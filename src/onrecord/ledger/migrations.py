"""How a ledger of an older version becomes one of this: a step for each version, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, bindparam, insert, inspect, select, text, update

from onrecord.ledger.backends import backend_of
from onrecord.ledger.batches import batched
from onrecord.ledger.conflicts.tables import conflicts
from onrecord.ledger.corrections.tables import corrections
from onrecord.ledger.readable import VIEWS
from onrecord.ledger.rebuild import rebuild
from onrecord.ledger.schema import LEDGER_VERSION, documents, figure_events, meta, statements
from onrecord.ledger.seal import sealed
from onrecord.ledger.tables import METADATA

__all__ = ["migrate"]

_SEALED = 5  # the version since which readings are
_AT_ONCE = 200  # readings at hand, to be derived together


def migrate(connection: Connection, version: int) -> None:
    """Bring the ledger from `version` to LEDGER_VERSION, inside a transaction that the caller holds."""
    if version < _SEALED:
        connection.exec_driver_sql(
            "ALTER TABLE documents ADD COLUMN seal TEXT"
        )  # all steps read documents as they are now
    for step in range(version, LEDGER_VERSION):
        _STEPS[step](connection)
    backend_of(connection).stamp(connection, LEDGER_VERSION)
    connection.execute(update(meta).where(meta.c.key == "ledger_version").values(value=str(LEDGER_VERSION)))


def _figures_know_more(connection: Connection) -> None:
    """From 1 to 2: `change`, `tally`, and several events a figure. Those read before have none (NULL)."""
    connection.exec_driver_sql("ALTER TABLE figures ADD COLUMN change TEXT")
    connection.exec_driver_sql("ALTER TABLE figures ADD COLUMN tally TEXT")
    figure_events.create(connection)
    connection.exec_driver_sql("DROP VIEW figures_view")
    connection.execute(text(f"CREATE VIEW figures_view AS {VIEWS['figures_view']}"))


def _articles_are_told_together(connection: Connection) -> None:
    """From 2 to 3: copies, stories, people, claims, series and corrections, derived from the readings that are there."""
    from onrecord.ledger.derive import Written, derive  # only here: see Ledger.add
    from onrecord.ledger.prepared import kept

    METADATA.create_all(connection)
    numbers = connection.execute(select(documents.c.id).order_by(documents.c.id)).scalars().all()
    for some in batched(numbers, _AT_ONCE):
        readings = {number: rebuild(connection, number) for number in some}
        derive(connection, {number: Written(reading, kept(reading)) for number, reading in readings.items()})


def _speakers_are_kept(connection: Connection) -> None:
    """From 3 to 4: who says how much, from the statements that are there; the state of feeds that are watched; the
    sentences that sides of conflicts stand in; and what people ruled, beside the records that they ruled about."""
    from onrecord.ledger.conflicts.store import with_sentences
    from onrecord.ledger.derive import renew
    from onrecord.ledger.identity import speaking

    old: list[dict[str, Any]] = []
    if "a_context" not in {column["name"] for column in inspect(connection).get_columns(conflicts.name)}:
        old = [dict(row) for row in connection.exec_driver_sql("SELECT * FROM conflicts").mappings()]
        conflicts.drop(connection)
    METADATA.create_all(connection)
    if old:
        connection.execute(insert(conflicts), with_sentences(connection, old))
    for view in ("statements_view", "figures_view", "events_view"):
        connection.exec_driver_sql(f"DROP VIEW {view}")
        connection.execute(text(f"CREATE VIEW {view} AS {VIEWS[view]}"))
    speaking.refresh(connection, set(connection.execute(select(statements.c.speaker).distinct()).scalars()) - {None})
    said_of = select(documents.c.id).where(documents.c.hash.in_(select(corrections.c.target_document)))
    renew(connection, connection.execute(said_of).scalars().all())


def _readings_are_sealed(connection: Connection) -> None:
    """From 4 to 5: the seal of each reading, as it is now."""
    put = update(documents).where(documents.c.id == bindparam("number")).values(seal=bindparam("made"))
    for some in batched(connection.execute(select(documents.c.id).order_by(documents.c.id)).scalars().all(), _AT_ONCE):
        connection.execute(put, [{"number": one, "made": sealed(rebuild(connection, one))} for one in some])


_STEPS: dict[int, Callable[[Connection], None]] = {
    1: _figures_know_more,
    2: _articles_are_told_together,
    3: _speakers_are_kept,
    4: _readings_are_sealed,
}
