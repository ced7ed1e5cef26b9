"""The tables of a ledger are what they were, on both databases, and rows and records never change.

Whoever alters a table writes a migration, and then the tables down anew: python -m tests.ledger.test_shapes
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import is_dataclass
from pathlib import Path

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

import onrecord.ledger
from onrecord.ledger.claims.claim import Claim, Membership
from onrecord.ledger.claims.compiled import Compiled
from onrecord.ledger.tables import METADATA

_WRITTEN = Path(__file__).parents[1] / "golden"
DIALECTS: dict[str, Dialect] = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}  # type: ignore[no-untyped-call]


def _modules() -> list[str]:
    return sorted(found.name for found in pkgutil.walk_packages(onrecord.ledger.__path__, "onrecord.ledger."))


def tables(name: str) -> str:
    """The statements that create all tables and their indexes in a database of this kind, by name."""
    for module in _modules():
        importlib.import_module(module)
    made = []
    for table in sorted(METADATA.tables.values(), key=lambda table: table.name):
        made.append(str(CreateTable(table).compile(dialect=DIALECTS[name])).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=DIALECTS[name])).strip() for index in indexes]
    return "".join(f"{statement};\n\n" for statement in made)


@pytest.mark.parametrize("name", DIALECTS)
def test_the_tables_are_those_that_are_written_down(name: str) -> None:
    assert tables(name) == (_WRITTEN / f"tables.{name}.sql").read_text(encoding="utf-8")


_CHANGING = {"_Unit", "_Group", "Verdict"}  # what is added to while people are joined and rulings read


@pytest.mark.parametrize("module", _modules())
def test_records_and_rows_never_change(module: str) -> None:
    found = importlib.import_module(module)
    kinds = [kind for kind in vars(found).values() if is_dataclass(kind) and getattr(kind, "__module__", "") == module]
    loose = [kind.__name__ for kind in kinds if not kind.__dataclass_params__.frozen]  # type: ignore[union-attr]
    assert [name for name in loose if name not in _CHANGING] == []


def test_claims_and_their_members_are_told_apart_by_themselves() -> None:
    """Two with equal fields are two: they are kept in sets, and hashing a claim would hash all of its words."""
    for kind in (Claim, Compiled, Membership):
        assert kind.__eq__ is object.__eq__


if __name__ == "__main__":
    for dialect in DIALECTS:
        (_WRITTEN / f"tables.{dialect}.sql").write_text(tables(dialect), encoding="utf-8")
