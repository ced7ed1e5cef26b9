"""Full-text search by SQLite's FTS5: what people type becomes a query of quoted words, never query syntax."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from math import isqrt
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    column,
    false,
    func,
    literal_column,
    select,
    table,
    text,
)

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.identity.speakers import speaker_key
from onrecord.ledger.identity.speaking import names_ruled
from onrecord.ledger.paging import document_before, gone, record_before
from onrecord.ledger.rows import SearchHit
from onrecord.ledger.ruled import ruled, speaker_of, told
from onrecord.ledger.store import GAP
from onrecord.records import Span

__all__ = ["best_walked", "full_text_query", "holding", "search"]

_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')

# Unicode guarantees that these two are no characters; FTS5 puts them around what it found.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"

# Characters shown on each side of the first word found in a document.
_AROUND = 120


def full_text_query(words: str) -> str | None:
    """FTS5 query for text that holds all of `words`; None where there is no letter or digit to look for.

    Words in double quotation marks must stand together; a word that ends in `*` also finds longer ones.
    """
    terms = []
    for phrase, word in _PHRASE_OR_WORD.findall(words.replace("\x00", " ")):
        term = phrase or word
        if any(c.isalnum() for c in term):
            quoted = '"' + term.rstrip("*").replace('"', '""') + '"'
            terms.append(quoted + ("*" if word.endswith("*") else ""))
    return " AND ".join(terms) or None


def holding(of: Table, words: str, *, column: str | None = None, walked: bool = False) -> ColumnElement[bool]:
    """The condition that a row of `of` holds all of `words` (in `column`, or in any that is indexed).

    `walked`: rows are gone through in their order and held to the condition, not looked up by it and then ordered.
    """
    found = _found(of, words, column)
    return false() if found is None else (of.c.id + 0 if walked else of.c.id).in_(found)


def best_walked(connection: Connection, of: Table, words: str, *, column: str | None = None, limit: int | None) -> bool:
    """Whether so many rows hold the words that the first of them in some order are sooner come upon than sorted out.

    Sorting costs as much as there are rows that hold them, walking as many rows as lie before the last one wanted: for a
    word of every third statement 1 ms instead of 19.
    """
    found = _found(of, words, column)
    if found is None or limit is None:
        return False
    rows = connection.execute(select(func.max(of.c.id))).scalar() or 0
    enough = isqrt(max(limit, 1) * rows) + 1
    counted = select(func.count()).select_from(found.limit(enough).subquery())
    return connection.execute(counted).scalar_one() == enough


def _found(of: Table, words: str, column: str | None) -> Select[Any] | None:
    """The rows of `of` that hold the words; None where there is no word to look for."""
    query = full_text_query(words)
    if query is None:
        return None
    if column is not None:
        query = f"{{{column}}} : ({query})"
    match = text(f"{of.name}_fts MATCH :{of.name}_query").bindparams(**{f"{of.name}_query": query})
    return select(literal_column("rowid", Integer)).select_from(table(f"{of.name}_fts")).where(match)


def search(
    connection: Connection, words: str, limit: int | None = None, *, after: str | None = None
) -> list[SearchHit]:
    """Statements and documents that hold all of `words`, at most `limit`, the best of each kind in turn.

    The scores of two indexes cannot be compared, but the ranks can: first the best statement, then the best document,
    then the second best of each. `after`: those behind the statement or document that is called so; how well it fits the
    words then tells where to go on, so that articles that came meanwhile may change what comes next.
    """
    query = full_text_query(words)
    most = -1 if limit is None else max(limit, 0)  # SQLite takes a negative limit for none
    if query is None or most == 0:
        return []
    seen = (0, 0) if after is None else _seen(connection, query, after)
    statements = _statement_hits(connection, _found_statements(connection, query, most, seen[0]))
    documents = [_document_hit(row) for row in _found_documents(connection, query, most, seen[1])]
    one, other = (statements, documents) if seen[0] == seen[1] else (documents, statements)
    ranked = [hit for pair in zip_longest(one, other) for hit in pair if hit is not None]
    return ranked if limit is None else ranked[:most]


def _seen(connection: Connection, query: str, after: str) -> tuple[int, int]:
    """How many statements and documents come up to the hit called `after`, itself included."""
    d, s = t.documents.c, t.statements.c
    of_statement = ":" in after
    asked, wanted = (_STATEMENTS, record_before(connection, after)) if of_statement else (_DOCUMENTS, None)
    number = document_before(connection, after) if wanted is None else None
    columns = asked.with_only_columns(s.document, s.key) if of_statement else asked.with_only_columns(d.id)
    rows = connection.execute(columns, {"query": query})
    for place, row in enumerate(rows, 1):
        if (row.document, row.key) == wanted if of_statement else row.id == number:
            return (place, place - 1) if of_statement else (place, place)
    raise gone(after)


def _marked(index: str, place: int) -> ColumnElement[str]:
    return func.highlight(literal_column(index), place, _OPEN, _CLOSE).label("marked")


_d, _s, _p = t.documents.c, t.statements.c, t.statement_spans.c
_documents = table("documents_fts", column("rowid"), column("rank"))
_statements = table("statements_fts", column("rowid"), column("rank"))
# Titles are short and say what an article is about: a word there weighs five times a word in the text.
_rank: ColumnElement[float] = literal_column("bm25(documents_fts, 5.0, 1.0)")
_DOCUMENTS = (
    select(_d.hash, _d.title, _d.publisher, _d.published, _d.text, _marked("documents_fts", 1))
    .select_from(_documents.join(t.documents, _d.id == _documents.c.rowid))
    .where(text("documents_fts MATCH :query"))
    .order_by(_rank, _d.hash)
)
_STATEMENTS = (
    select(
        *(_s.id, _s.key, _s.content, _s.speaker_name, _d.hash, _d.title, _d.publisher, _d.published),
        _marked("statements_fts", 0),
    )
    .select_from(_statements.join(t.statements, _s.id == _statements.c.rowid).join(t.documents, _d.id == _s.document))
    .where(text("statements_fts MATCH :query"), told(t.statements))
    .order_by(_statements.c.rank, _d.hash, _s.id)
)
_KEYS = (
    select(_s.id, speaker_key(t.entities))
    .select_from(t.statements.outerjoin(ruled, ruled.c.statement == _s.id))
    .join(t.entities, t.entities.c.id == speaker_of(t.statements, ruled))
    .where(_s.id.in_(WANTED))
)
_CONTENT = select(_p.statement, _p.span_start, _p.span_end).where(_p.statement.in_(WANTED), _p.part == "content")


def _found_documents(connection: Connection, query: str, limit: int, skip: int) -> Sequence[Row[Any]]:
    return connection.execute(_DOCUMENTS.limit(limit).offset(skip), {"query": query}).all()


def _found_statements(
    connection: Connection, query: str, limit: int, skip: int
) -> list[tuple[Row[Any], tuple[Span, ...]]]:
    rows = connection.execute(_STATEMENTS.limit(limit).offset(skip), {"query": query}).all()
    spans: dict[int, list[Span]] = {row.id: [] for row in rows}
    for some in batched(spans):
        for statement, start, end in connection.execute(_CONTENT.order_by(_p.id), {"wanted": some}):
            spans[statement].append(Span(start, end))
    return [(row, tuple(spans[row.id])) for row in rows]


def _statement_hits(connection: Connection, found: Sequence[tuple[Row[Any], tuple[Span, ...]]]) -> list[SearchHit]:
    """The hits, with speakers as people ruled that they are called."""
    names, keys = names_ruled(connection), dict[int, str]()
    if names:
        for some in batched([row.id for row, _ in found]):
            keys.update(connection.execute(_KEYS, {"wanted": some}).all())
    return [_statement_hit(row, spans, names.get(keys.get(row.id, ""), row.speaker_name)) for row, spans in found]


def _statement_hit(row: Row[Any], spans: tuple[Span, ...], speaker: str | None) -> SearchHit:
    hits = tuple(part for hit in _hits(row.marked, row.content) for part in _in_text(hit, spans))
    return SearchHit(
        kind="statement",
        document=row.hash,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        statement=row.key,
        speaker=speaker,
        excerpt=row.content,
        spans=spans,
        hits=hits,
    )


def _document_hit(row: Row[Any]) -> SearchHit:
    hits = _hits(row.marked, row.text)
    first = hits[0] if hits else Span(0, 0)
    start, end = max(0, first.start - _AROUND), min(len(row.text), first.end + _AROUND)
    while 0 < start < first.start and not row.text[start - 1].isspace():
        start += 1
    while first.end < end < len(row.text) and not row.text[end].isspace():
        end -= 1
    return SearchHit(
        kind="document",
        document=row.hash,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        statement=None,
        speaker=None,
        excerpt=row.text[start:end],
        spans=(Span(start, end),),
        hits=tuple(hit for hit in hits if start <= hit.start and hit.end <= end),
    )


def _hits(marked: str, plain: str) -> list[Span]:
    """What stands between the marks, as offsets into the text without marks."""
    hits, at = [], 0
    for place, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", marked)):
        if place % 2:
            hits.append(Span(at, at + len(piece)))
        at += len(piece)
    # A text that holds the marks itself would shift everything after them: better no place than a wrong one.
    return hits if at == len(plain) else []


def _in_text(hit: Span, pieces: tuple[Span, ...]) -> list[Span]:
    """A range of words that were joined from pieces, as ranges of the text the pieces were cut from."""
    found, at = [], 0
    for piece in pieces:
        length = piece.end - piece.start
        low, high = max(hit.start, at), min(hit.end, at + length)
        if low < high:
            found.append(Span(piece.start + low - at, piece.start + high - at))
        at += length + len(GAP)
    return found
