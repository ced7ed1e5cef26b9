"""The log of corrections, to which rows can only be added, and where each of them stands in the present readings.

The log has no reference to documents: they are deleted and written again when they are read again, and may be dropped,
and the log outlives that. What it knows of the present readings is in a table of its own, which is derived.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, UniqueConstraint, event

from onrecord.ledger.columns import link, parent, table, text_column

__all__ = ["correction_places", "corrections"]

corrections = table(
    "corrections",  # its `id` is the place in the log, from 1
    text_column("key", required=True),  # k…
    text_column("at", required=True),
    text_column("by_whom", required=True),
    text_column("reason", required=True),
    text_column("kind", required=True),
    text_column("target_document", required=True, index=True),  # a hash
    text_column("target_words", required=True),
    text_column("target", required=True),  # the anchor, as JSON
    text_column("value_document", index=True),
    text_column("value_words"),
    text_column("value"),
    link("undoes", "corrections"),
    UniqueConstraint("key"),
)

correction_places = table(
    "correction_places",
    parent("corrections", "correction"),
    text_column("part", required=True),  # target or value
    text_column("document_hash", required=True, index=True),
    text_column("key"),  # in the present reading; NULL: not found there, and
    text_column("why"),  # why
    UniqueConstraint("correction", "part"),
)

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'corrections are only ever added: undo one by a new one'); END"

# INSERT OR REPLACE deletes without asking the trigger on DELETE, so inserting asks as well: only the next number is free.
_TRIGGERS = {
    "update": "BEFORE UPDATE ON corrections",
    "delete": "BEFORE DELETE ON corrections",
    "insert": "BEFORE INSERT ON corrections WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM corrections) "
    "OR EXISTS (SELECT 1 FROM corrections WHERE key = NEW.key)",
}


@event.listens_for(corrections, "after_create")
def _make_triggers(target: Table, connection: Connection, **_: Any) -> None:
    if connection.dialect.name == "sqlite":
        for name, when in _TRIGGERS.items():
            connection.exec_driver_sql(f"CREATE TRIGGER corrections_only_added_{name} {when} {_REFUSE}")
