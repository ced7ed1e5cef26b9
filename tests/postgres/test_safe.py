"""A ledger on a server is verified, backed up to a file, and repaired into another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.ledger.contents import check_file, contents_of, differences
from tests.ledger.databases import sqlite_only
from tests.ledger.sample_readings import readings

from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish

Address = Callable[..., str]
SIGNED = Signed("Ada", "2025-04-01T12:00:00+00:00", "I was there")


@pytest.fixture
def ledger(address: Address) -> Iterator[Ledger]:
    with Ledger.open(address()) as made:
        list(made.add(readings()[:5]))
        row = made.statements()[0]
        made.correct(f"{row.document}:{row.id}", Wish(reject=True), SIGNED)
        yield made


def test_a_sound_ledger_has_no_faults(ledger: Ledger) -> None:
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("damage", "kind", "where"),
    [
        ("DROP INDEX ix_documents_day_first", "file", "ix_documents_day_first"),
        ("DROP INDEX ix_statements_words", "file", "ix_statements_words"),
        ("DROP TRIGGER corrections_only_added ON corrections", "file", "corrections_only_added"),
        ("DROP VIEW spans_view", "file", "spans_view"),
        ("UPDATE documents SET text = substr(text, 2) WHERE id = 2", "reading", None),
        ("DELETE FROM ruled", "derived", "ruled"),
        ("UPDATE claims SET standing = 'denied' WHERE id = (SELECT min(id) FROM claims)", "derived", "claims"),
    ],
)
def test_what_is_damaged_is_named(ledger: Ledger, damage: str, kind: str, where: str | None) -> None:
    with ledger._engine.connect() as connection:
        connection.execute(text(damage))
        connection.commit()
    found = [fault for fault in ledger.verify() if fault.kind == kind]
    assert found
    assert where is None or where in {fault.where for fault in found}


@sqlite_only
def test_it_is_backed_up_to_a_file_and_repaired_into_one(ledger: Ledger, tmp_path: Path) -> None:
    backup, mended = tmp_path / "backup.db", tmp_path / "mended.db"
    ledger.back_up(backup)
    assert [item.name for item in tmp_path.iterdir()] == ["backup.db"]
    check_file(backup)
    with Ledger.open(backup) as file:
        assert list(file.verify()) == []
        assert differences(contents_of(ledger), contents_of(file)) == {}
    with Ledger.open(mended) as other:
        assert ledger.repair_into(other).lost == ()
        assert differences(contents_of(ledger), contents_of(other)) == {}
