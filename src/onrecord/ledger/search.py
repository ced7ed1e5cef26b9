"""Full-text search: statements and documents that hold words. How words are found is each database's own matter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from math import isqrt
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, false, func, select

from onrecord.ledger import schema as t
from onrecord.ledger.backends import backend_of
from onrecord.ledger.backends.terms import Term, terms
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.identity.speakers import speaker_key
from onrecord.ledger.identity.speaking import names_ruled
from onrecord.ledger.paging import document_before, gone, record_before
from onrecord.ledger.rows import SearchHit
from onrecord.ledger.ruled import ruled, speaker_of
from onrecord.ledger.store import GAP
from onrecord.records import Span

__all__ = ["best_walked", "holding", "search"]

# Characters shown on each side of the first word found in a document.
_AROUND = 120


def holding(
    connection: Connection, of: Table, words: str, *, column: str | None = None, walked: bool = False
) -> ColumnElement[bool]:
    """The condition that a row of `of` holds all of `words` (in `column`, or in any that is indexed).

    `walked`: rows are gone through in their order and held to the condition, not looked up by it and then ordered.
    """
    wanted = terms(words)
    return backend_of(connection).full_text.holding(of, wanted, column=column, walked=walked) if wanted else false()


def best_walked(connection: Connection, of: Table, words: str, *, column: str | None = None, limit: int | None) -> bool:
    """Whether so many rows hold the words that the first of them in some order are sooner come upon than sorted out.

    Sorting costs as much as there are rows that hold them, walking as many rows as lie before the last one wanted: for a
    word of every third statement 1 ms instead of 19.
    """
    wanted, full_text = terms(words), backend_of(connection).full_text
    if not wanted or limit is None or not full_text.walks:
        return False
    rows = connection.execute(select(func.max(of.c.id))).scalar() or 0
    enough = isqrt(max(limit, 1) * rows) + 1
    counted = select(func.count()).select_from(full_text.found(of, wanted, column=column).limit(enough).subquery())
    return connection.execute(counted).scalar_one() == enough


def search(
    connection: Connection, words: str, limit: int | None = None, *, after: str | None = None
) -> list[SearchHit]:
    """Statements and documents that hold all of `words`, at most `limit`, the best of each kind in turn.

    The scores of two indexes cannot be compared, but the ranks can: first the best statement, then the best document,
    then the second best of each. `after`: those behind the statement or document that is called so; how well it fits the
    words then tells where to go on, so that articles that came meanwhile may change what comes next.
    """
    wanted = terms(words)
    most = None if limit is None else max(limit, 0)
    if not wanted or most == 0:
        return []
    seen = (0, 0) if after is None else _seen(connection, wanted, after)
    statements = _statement_hits(connection, wanted, _found_statements(connection, wanted, most, seen[0]))
    documents = _document_hits(connection, wanted, most, seen[1])
    one, other = (statements, documents) if seen[0] == seen[1] else (documents, statements)
    ranked = [hit for pair in zip_longest(one, other) for hit in pair if hit is not None]
    return ranked if limit is None else ranked[:most]


def _seen(connection: Connection, wanted: Sequence[Term], after: str) -> tuple[int, int]:
    """How many statements and documents come up to the hit called `after`, itself included."""
    full_text, of_statement = backend_of(connection).full_text, ":" in after
    query = {"query": full_text.query(wanted)}
    last: tuple[Any, ...]
    if of_statement:
        last = record_before(connection, after)
        rows = connection.execute(full_text.statements.with_only_columns(_s.document, _s.key), query)
    else:
        last = (document_before(connection, after),)
        rows = connection.execute(full_text.documents.with_only_columns(_d.id), query)
    for place, row in enumerate(rows, 1):
        if tuple(row) == last:
            return (place, place - 1) if of_statement else (place, place)
    raise gone(after)


_d, _s, _p = t.documents.c, t.statements.c, t.statement_spans.c
_KEYS = (
    select(_s.id, speaker_key(t.entities))
    .select_from(t.statements.outerjoin(ruled, ruled.c.statement == _s.id))
    .join(t.entities, t.entities.c.id == speaker_of(t.statements, ruled))
    .where(_s.id.in_(WANTED))
)
_CONTENT = select(_p.statement, _p.span_start, _p.span_end).where(_p.statement.in_(WANTED), _p.part == "content")


def _found_statements(
    connection: Connection, wanted: Sequence[Term], limit: int | None, skip: int
) -> list[tuple[Row[Any], tuple[Span, ...]]]:
    full_text = backend_of(connection).full_text
    found = full_text.statements.limit(limit).offset(skip)
    rows = connection.execute(found, {"query": full_text.query(wanted)}).all()
    spans: dict[int, list[Span]] = {row.id: [] for row in rows}
    for some in batched(spans):
        for statement, start, end in connection.execute(_CONTENT.order_by(_p.id), {"wanted": some}):
            spans[statement].append(Span(start, end))
    return [(row, tuple(spans[row.id])) for row in rows]


def _statement_hits(
    connection: Connection, wanted: Sequence[Term], found: Sequence[tuple[Row[Any], tuple[Span, ...]]]
) -> list[SearchHit]:
    """The hits, with speakers as people ruled that they are called."""
    names, keys = names_ruled(connection), dict[int, str]()
    if names:
        for some in batched([row.id for row, _ in found]):
            keys.update(connection.execute(_KEYS, {"wanted": some}).all())
    hits_in = backend_of(connection).full_text.hits
    return [
        _statement_hit(row, spans, names.get(keys.get(row.id, ""), row.speaker_name), hits_in(row, row.content, wanted))
        for row, spans in found
    ]


def _statement_hit(row: Row[Any], spans: tuple[Span, ...], speaker: str | None, found: Sequence[Span]) -> SearchHit:
    hits = tuple(part for hit in found for part in _in_text(hit, spans))
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


def _document_hits(connection: Connection, wanted: Sequence[Term], limit: int | None, skip: int) -> list[SearchHit]:
    full_text = backend_of(connection).full_text
    rows = connection.execute(full_text.documents.limit(limit).offset(skip), {"query": full_text.query(wanted)}).all()
    return [_document_hit(row, full_text.hits(row, row.text, wanted)) for row in rows]


def _document_hit(row: Row[Any], hits: Sequence[Span]) -> SearchHit:
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
