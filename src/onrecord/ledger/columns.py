"""The columns that tables of a ledger are made of. Each room of the ledger declares its own tables with them, on METADATA.

Every table has an integer primary key of its own, and every reference is a single-column foreign key, which is what
Datasette needs to link rows and show labels (`title` of a document, `name` of an entity).
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.sql.schema import SchemaItem

__all__ = ["METADATA", "confidence", "document", "link", "parent", "span_columns", "table", "text_column"]

METADATA = MetaData()


def table(name: str, *items: SchemaItem) -> Table:
    # AUTOINCREMENT keeps SQLite from giving the number of a replaced record to another one: links that people keep to a
    # row of Datasette must go dead rather than lead to something else.
    return Table(
        name, METADATA, Column("id", Integer, primary_key=True, autoincrement=True), *items, sqlite_autoincrement=True
    )


def parent(of: str, name: str, *, index: bool = True) -> Column[int]:
    """What the row is a part of: it goes when that goes. No index of its own where another begins with it."""
    return Column(name, Integer, ForeignKey(f"{of}.id", ondelete="CASCADE"), nullable=False, index=index)


def document(*, index: bool = True) -> Column[int]:
    return parent("documents", "document", index=index)


def link(name: str, to: str) -> Column[int]:
    """Another record of the same document, or NULL. No action on delete: both go with their document."""
    return Column(name, Integer, ForeignKey(f"{to}.id"), nullable=True, index=True)


def text_column(name: str, *, required: bool = False, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=not required, index=index)


def confidence() -> Column[float]:
    return Column("confidence", Float, nullable=False)


def span_columns(name: str = "span", *, required: bool = True) -> tuple[Column[int], Column[int]]:
    return (
        Column(f"{name}_start", Integer, nullable=not required),
        Column(f"{name}_end", Integer, nullable=not required),
    )
