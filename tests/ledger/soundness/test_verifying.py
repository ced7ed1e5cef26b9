"""Whatever is altered in a ledger is found, table by table and column by column; what is not altered never is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, create_engine, delete, select, update
from sqlalchemy.types import Boolean, LargeBinary, Text
from tests.ledger.contents import check_file
from tests.ledger.databases import sqlite_only
from tests.ledger.sample_readings import again, readings

from onrecord.ledger import Ledger
from onrecord.ledger import schema as t
from onrecord.ledger.corrections import Signed, Wish
from onrecord.ledger.soundness.contents import differences
from onrecord.ledger.soundness.readings import of_readings
from onrecord.ledger.soundness.remaking import of_log
from onrecord.ledger.tables import METADATA

SIGNED = Signed("Ada", "2025-04-01T12:00:00+00:00", "I was there")
STATED = {"meta", "corrections", "watched_feeds", "watched_entries", "watched_pages"}
READ = {"documents", "blocks", "dates", "aliases", "roles", "statement_spans", "event_entities", "figure_events"} | set(
    t.RECORDS
)
DERIVED = [table for table in METADATA.sorted_tables if table.name not in READ | STATED]


def fill(path: Path) -> None:
    """A ledger with something in every table that is derived: articles, some read again, and what people ruled."""
    with Ledger.open(path) as ledger:
        list(ledger.add(readings()))
        list(ledger.add([again(readings()[0])]))
        said, other, gone = [row for row in ledger.statements() if row.speaker_key is not None][:3]
        somebody = next(row for row in ledger.speakers() if row.key != said.speaker_key)
        ledger.correct(f"{said.document}:{said.id}", Wish(speaker=somebody.name), SIGNED)
        ledger.correct(f"{other.document}:{other.id}", Wish(confirm=True), SIGNED)
        ledger.correct(f"{gone.document}:{gone.id}", Wish(reject=True), SIGNED)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.db"
    fill(path)
    return path


def altered(value: Any, column: Any) -> Any:
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(column.type, LargeBinary):
        return bytes(value) + b"\0"
    if isinstance(column.type, Text):
        return f"{value or ''}!"
    return (value or 0) + 1000


def rows(table: Table) -> Any:
    return select(table).order_by(*table.primary_key)


@pytest.fixture
def stored(sound: Path) -> Iterator[Connection]:
    """A connection whose transaction is taken back at the end, and whose references nobody holds to."""
    engine = create_engine(f"sqlite:///{sound}")
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path = tmp_path_factory.mktemp("anew") / "anew.db"
    fill(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_a_sound_ledger_has_no_faults(tmp_path: Path) -> None:
    path = tmp_path / "sound.db"
    fill(path)
    for read_only in (True, False):
        with Ledger.open(path, read_only=read_only) as ledger:
            done = count()
            assert list(ledger.verify(done=partial(next, done))) == []
            assert next(done) == len(readings())
            assert list(ledger.verify(derived=False)) == []
    with Ledger.open(":memory:") as ledger:
        list(ledger.add(readings()[:2]))
        assert list(ledger.verify()) == []
    check_file(path)


@sqlite_only
@pytest.mark.parametrize("name", sorted(READ))
def test_every_value_that_was_read_is_held_to_its_reading(stored: Connection, name: str) -> None:
    table = METADATA.tables[name]
    row = stored.execute(rows(table)).mappings().first()
    if row is None:
        assert name in {"roles", "figure_events", "rejected"}  # the samples have none
        return
    for column in table.columns:
        if column.name in ("id", "speaker_name") or column.foreign_keys:
            continue
        with stored.begin_nested() as change:
            stored.execute(
                update(table).where(table.c.id == row["id"]).values({column: altered(row[column.name], column)})
            )
            found = list(of_readings(stored))
            assert len(found) == 1, f"{name}.{column.name}: {found}"
            change.rollback()
    with stored.begin_nested() as change:
        stored.execute(delete(table).where(table.c.id == row["id"]))
        if name != "documents":  # then there is none whose rows could be missing: the rows themselves refer to nothing
            assert list(of_readings(stored)), name
        change.rollback()
    assert list(of_readings(stored)) == []


@sqlite_only
@pytest.mark.parametrize("table", DERIVED, ids=lambda table: table.name)
def test_every_value_that_is_derived_is_held_to_what_is_derived_again(
    stored: Connection, anew: Connection, table: Table
) -> None:
    row = stored.execute(rows(table)).mappings().first()
    assert list(differences(stored, anew)) == []
    if row is None:
        return
    this = [column == row[column.name] for column in table.primary_key]
    for column in table.columns:
        if column.name == "id":
            continue
        with stored.begin_nested() as change:
            stored.execute(update(table).where(*this).values({column: altered(row[column.name], column)}))
            found = [difference.table for difference in differences(stored, anew)]
            assert table.name in found, column.name
            change.rollback()
    with stored.begin_nested() as change:
        stored.execute(delete(table).where(*this))
        missing = next(difference for difference in differences(stored, anew) if difference.table == table.name)
        assert (missing.surplus, missing.missing) == (0, 1)
        change.rollback()


@sqlite_only
def test_the_log_of_corrections_says_what_it_said(sound: Path, tmp_path: Path) -> None:
    for number, column in enumerate(
        ("at", "by_whom", "reason", "kind", "target", "value", "value_words", "undoes", "key")
    ):
        path = tmp_path / f"{number}.db"
        copy(sound, path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DROP TRIGGER corrections_only_added_update")
            connection.execute(f"UPDATE corrections SET {column} = '1' WHERE id = 2")
            connection.commit()
        engine = create_engine(f"sqlite:///{path}")
        with engine.connect() as altered_one:
            assert [fault.kind for fault in of_log(altered_one)] == ["correction"], column
        engine.dispose()


def copy(source: Path, target: Path) -> None:
    with Ledger.open(source, read_only=True) as ledger:
        ledger.back_up(target)


@sqlite_only
@pytest.mark.parametrize(
    ("damage", "kind", "where"),
    [
        ("DROP INDEX ix_documents_day_first", "file", "ix_documents_day_first"),
        ("DROP INDEX ix_entities_lower_ref", "file", "ix_entities_lower_ref"),
        ("DROP TRIGGER statements_fts_insert", "file", "statements_fts_insert"),
        ("DROP TRIGGER corrections_only_added_delete", "file", "corrections_only_added_delete"),
        ("DROP VIEW spans_view", "file", "spans_view"),
        ("ALTER TABLE copy_groups DROP COLUMN size", "file", "copy_groups"),
        ("INSERT INTO mentions (document, entity, form, span_start, span_end) VALUES (1, 9999, 'name', 0, 1)",
         "file", "mentions"),
        ("INSERT INTO documents_fts (documents_fts) VALUES ('delete-all')", "file", "documents_fts"),
        ("UPDATE documents SET seal = NULL WHERE id = 2", "reading", None),
        ("UPDATE documents SET text = substr(text, 2) WHERE id = 2", "reading", None),
        ("UPDATE claims SET standing = 'denied' WHERE id = (SELECT min(id) FROM claims)", "derived", "claims"),
        ("DELETE FROM ruled", "derived", "ruled"),
        ("UPDATE statements SET speaker_name = 'Nobody' WHERE id = (SELECT statement FROM ruled WHERE speaker > 0)",
         "derived", "statements"),
    ],
)  # fmt: skip
def test_what_is_damaged_is_named(sound: Path, tmp_path: Path, damage: str, kind: str, where: str | None) -> None:
    path = tmp_path / "damaged.db"
    copy(sound, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(damage)
        connection.commit()
    with Ledger.open(path, read_only=True) as ledger:
        found = ledger.verify()
        assert kind in {fault.kind for fault in found}
        if where is not None:
            assert where in {fault.where for fault in found if fault.kind == kind}
        quick = ledger.verify(derived=False)
        assert bool(quick) == (kind != "derived")


@sqlite_only
def test_somebody_else_goes_on_adding_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        list(ledger.add(readings()[:2]))
        added = iter(other.add(readings()[2:5]))
        faults = ledger.verify(done=lambda: next(added, None) and None)
        assert list(faults) == []
        assert len(ledger.documents()) > 2
        list(added)
        assert list(ledger.verify()) == []
