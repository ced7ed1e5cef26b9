"""Full-text search by SQLite's FTS5: indexes that copy no text, kept by triggers; hits as FTS5 marks them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)

from onrecord.ledger import schema as t
from onrecord.ledger.backends.terms import Term
from onrecord.ledger.batches import batched
from onrecord.ledger.ruled import told
from onrecord.records import Span

__all__ = ["SqliteText", "full_text_ddl"]

# Porter: "troop" finds "troops". remove_diacritics 2: "Rutte" finds "Rütte", also where the accent is a mark of its
# own.
_TOKENIZER = "porter unicode61 remove_diacritics 2"

# Unicode guarantees that these two are no characters; FTS5 puts them around what it found.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"

# One question for many words: asked one by one, most of the time went into asking.
_MATCH = "SELECT * FROM (SELECT {}, rowid FROM documents_fts WHERE documents_fts MATCH ? LIMIT ?)"
_AT_ONCE = 100


def full_text_ddl(table: str, columns: tuple[str, ...]) -> list[str]:
    """The statements that make the index of one table and the triggers that keep it."""
    names = ", ".join(columns)
    put = f"INSERT INTO {table}_fts (rowid, {names}) VALUES (new.id, {', '.join(f'new.{c}' for c in columns)});"
    drop = (
        f"INSERT INTO {table}_fts ({table}_fts, rowid, {names}) "
        f"VALUES ('delete', old.id, {', '.join(f'old.{c}' for c in columns)});"
    )
    return [
        f'CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content="{table}", content_rowid="id", '
        f'tokenize="{_TOKENIZER}")',
        f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table} BEGIN {drop} {put} END",
    ]


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _marked(index: str, place: int) -> ColumnElement[str]:
    return func.highlight(literal_column(index), place, _OPEN, _CLOSE).label("marked")


_d, _s = t.documents.c, t.statements.c
_documents = table("documents_fts", column("rowid"), column("rank"))
_statements = table("statements_fts", column("rowid"), column("rank"))
# Titles are short and say what an article is about: a word there weighs five times a word in the text.
_rank: ColumnElement[float] = literal_column("bm25(documents_fts, 5.0, 1.0)")
_DOCUMENTS = (
    select(_d.id, _d.hash, _d.title, _d.publisher, _d.published, _d.text, _marked("documents_fts", 1))
    .select_from(_documents.join(t.documents, _d.id == _documents.c.rowid))
    .where(text("documents_fts MATCH :query"))
    .order_by(_rank, _d.hash)
)
_STATEMENTS = (
    select(
        *(_s.id, _s.key, _s.document, _s.content, _s.speaker_name, _d.hash, _d.title, _d.publisher, _d.published),
        _marked("statements_fts", 0),
    )
    .select_from(_statements.join(t.statements, _s.id == _statements.c.rowid).join(t.documents, _d.id == _s.document))
    .where(text("statements_fts MATCH :query"), told(t.statements))
    .order_by(_statements.c.rank, _d.hash, _s.id)
)


class SqliteText:
    """See `FullText`."""

    walks = True
    documents = _DOCUMENTS
    statements = _STATEMENTS

    def query(self, terms: Sequence[Term]) -> str:
        """Quoted words, joined by AND."""
        return " AND ".join(_quoted(term.words) + ("*" if term.begins else "") for term in terms)

    def holding(
        self, of: Table, terms: Sequence[Term], *, column: str | None = None, walked: bool = False
    ) -> ColumnElement[bool]:
        # With something added to it the number is no column any more, by which SQLite would look rows up.
        number = of.c.id + 0 if walked else of.c.id
        return number.in_(self.found(of, terms, column=column))

    def found(self, of: Table, terms: Sequence[Term], *, column: str | None = None) -> Select[Any]:
        query = self.query(terms) if column is None else f"{{{column}}} : ({self.query(terms)})"
        match = text(f"{of.name}_fts MATCH :{of.name}_query").bindparams(**{f"{of.name}_query": query})
        return select(literal_column("rowid", Integer)).select_from(table(f"{of.name}_fts")).where(match)

    def hits(self, row: Row[Any], text: str, terms: Sequence[Term]) -> list[Span]:
        """What stands between the marks, as offsets into the text without marks."""
        hits, at = [], 0
        for place, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", row.marked)):
            if place % 2:
                hits.append(Span(at, at + len(piece)))
            at += len(piece)
        # A text that holds the marks itself would shift everything after them: better no place than a wrong one.
        return hits if at == len(text) else []

    def holders(self, connection: Connection, phrases: Sequence[str], most: int) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for batch in batched(enumerate(phrases), _AT_ONCE):
            query = " UNION ALL ".join(_MATCH.format(place) for place, _ in batch)
            wanted: list[str | int] = []
            for _, phrase in batch:
                wanted += ['{text} : "' + phrase.replace('"', " ").replace("\x00", " ") + '"', most]
            found += [(place, row) for place, row in connection.exec_driver_sql(query, tuple(wanted))]
        return found
