"""The ledger opens in Datasette as it is: what Datasette asks of a database, asked with plain sqlite3."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.databases import sqlite_only

from onrecord.ledger import Ledger
from onrecord.ledger.schema import METADATA
from onrecord.reading import Reading

pytestmark = sqlite_only


@pytest.fixture
def connection(tmp_path: Path, reading: Reading) -> Iterator[sqlite3.Connection]:
    with Ledger.open(tmp_path / "l.db") as ledger:
        list(ledger.add([reading]))
    connection = sqlite3.connect(f"{(tmp_path / 'l.db').as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def tables(connection: sqlite3.Connection) -> list[str]:
    """Tables that people see: not SQLite's own, and not those that a full-text index is made of."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [row["name"] for row in rows if "_fts" not in row["name"]]


def test_every_table_has_a_primary_key_and_every_reference_is_one_column(connection: sqlite3.Connection) -> None:
    assert sorted(tables(connection)) == sorted(METADATA.tables)
    for table in tables(connection):
        keys = [row["name"] for row in connection.execute(f"PRAGMA table_info({table})") if row["pk"]]
        assert keys, table
        links = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        assert all(link["seq"] == 0 and link["to"] == "id" for link in links), table
        assert links or table in ("documents", "meta", "stories", "speakers", "watched_feeds", "watched_pages")


def test_every_reference_has_an_index(connection: sqlite3.Connection) -> None:
    # Without one, replacing a document would look through whole tables, and so would Datasette's counts of what links here.
    for table in tables(connection):
        indexed = set()
        for index in connection.execute(f"PRAGMA index_list({table})"):
            indexed.add(connection.execute(f"PRAGMA index_info({index['name']})").fetchone()["name"])
        for link in connection.execute(f"PRAGMA foreign_key_list({table})"):
            assert link["from"] in indexed, (table, link["from"])


@pytest.mark.parametrize(("table", "words"), [("documents", "seoul"), ("statements", "troop"), ("figures", "tank")])
def test_the_full_text_index_of_a_table_is_found_and_used(
    connection: sqlite3.Connection, table: str, words: str
) -> None:
    # The question that Datasette asks for each table it shows, to know whether to offer a search box.
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE rootpage = 0 AND (sql LIKE ? OR (tbl_name = ? AND sql LIKE ?))",
        (f'%VIRTUAL TABLE%USING FTS%content="{table}"%', table, "%VIRTUAL TABLE%USING FTS%"),
    ).fetchall()
    assert [row["name"] for row in found] == [f"{table}_fts"]
    rows = connection.execute(
        f"SELECT * FROM {table} WHERE rowid IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?)", (words,)
    ).fetchall()
    assert rows


def test_the_views_show_words(connection: sqlite3.Connection, reading: Reading) -> None:
    row = connection.execute("SELECT * FROM statements_view WHERE statement = 's2'").fetchone()
    assert (row["speaker"], row["source"], row["cue"]) == ("Mark Rütte", "Mark Rütte", "confirmed")
    assert (row["content"], row["within"], row["act"]) == ("that Gen. Kim sent 10,000 troops", "s3", "confirm")
    assert (row["document_title"], row["published"]) == ("Seoul counts the troops", "2024-10-28")
    assert row["document"] == reading.document.id
    figure = connection.execute("SELECT * FROM figures_view WHERE noun = 'soldier'").fetchone()
    assert (figure["text"], figure["of"], figure["event"], figure["status"], figure["speaker"], figure["moment"]) == (
        "About 11,000",
        "North Korea",
        "train",
        "ongoing",
        "Kyrylo Budanov",
        "2024-10-25",
    )
    assert connection.execute("SELECT entity, text FROM mentions_view WHERE form = 'metonym'").fetchone()[:] == (
        "Russia",
        "Moscow",
    )
    assert connection.execute("SELECT text FROM moments_view").fetchone()[0] == "Friday"
    assert {row["text"] for row in connection.execute("SELECT text FROM events_view")} == {"training", "sent"}


def test_every_view_and_table_answers(connection: sqlite3.Connection) -> None:
    names = [
        row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    ]
    assert sum(name.endswith("_view") for name in names) == 6
    for name in names:
        connection.execute(f"SELECT * FROM [{name}] LIMIT 1").fetchall()
