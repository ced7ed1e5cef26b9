"""The log of corrections, to which rows can only be added, and where each of them stands in the present readings.

The log has no reference to documents: they are deleted and written again when they are read again, and may be dropped,
and the log outlives that. What it knows of the present readings is in a table of its own, which is derived.
"""

from __future__ import annotations

from sqlalchemy import DDL, UniqueConstraint, event

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

_ONLY_ADDED = "corrections are only ever added: undo one by a new one"

# INSERT OR REPLACE deletes without asking the trigger on DELETE, so inserting asks as well: only the next number is free.
_SQLITE = {
    "update": "BEFORE UPDATE ON corrections",
    "delete": "BEFORE DELETE ON corrections",
    "insert": "BEFORE INSERT ON corrections WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM corrections) "
    "OR EXISTS (SELECT 1 FROM corrections WHERE key = NEW.key)",
}

_POSTGRES = (
    f"""CREATE FUNCTION corrections_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last bigint;
    BEGIN
        IF TG_OP = 'INSERT' THEN
            EXECUTE format('SELECT coalesce(max(id), 0) FROM %s', TG_RELID::regclass) INTO last;
            IF NEW.id = last + 1 THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION '{_ONLY_ADDED}' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    "CREATE TRIGGER corrections_only_added BEFORE INSERT OR UPDATE OR DELETE ON corrections "
    "FOR EACH ROW EXECUTE FUNCTION corrections_only_added()",
    "CREATE TRIGGER corrections_never_emptied BEFORE TRUNCATE ON corrections "
    "FOR EACH STATEMENT EXECUTE FUNCTION corrections_only_added()",
)


def _guard(dialect: str, *statements: str) -> None:
    """Run these after the log is made in a database of this kind."""
    for statement in statements:
        # DDL fills in what is written with a percent sign; these mean one.
        made = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        event.listen(corrections, "after_create", made.execute_if(dialect=dialect))


_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{_ONLY_ADDED}'); END"
_guard("sqlite", *(f"CREATE TRIGGER corrections_only_added_{name} {when} {_REFUSE}" for name, when in _SQLITE.items()))
_guard("postgresql", *_POSTGRES)
