"""What is asked of a ledger: documents, statements and figures, as rows for people and programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, case, func, select

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.corrections.tables import corrections
from onrecord.ledger.dates import range_bounds
from onrecord.ledger.identity import speaker_key, spoken_by
from onrecord.ledger.identity.speaking import names_ruled
from onrecord.ledger.ids import figure_key
from onrecord.ledger.paging import Key, document_before, gone, page, record_before
from onrecord.ledger.rebuild import document_number
from onrecord.ledger.rows import UNNAMED, DocumentRow, FigureRow, StatementRow
from onrecord.ledger.ruled import counted, ruled, said_by, speaker_of, told
from onrecord.ledger.search import best_walked, holding
from onrecord.records import Span

__all__ = ["Asked", "counts", "documents", "figures", "statements"]

# Records that nobody can reject.
_AS_READ = frozenset({"entities", "mentions", "moments", "rejected"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a row must meet to be given; None leaves it open. See Ledger.statements."""

    speaker: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    document: str | None = None
    limit: int | None = None
    after: str | None = None
    rejected: bool = False


def counts(connection: Connection, number: int) -> dict[str, int]:
    """How many records of each kind were read in the document in row `number`."""
    columns = [_count(table, number).label(kind) for kind, table in t.RECORDS.items()]
    return dict(connection.execute(select(*columns)).mappings().one())


def documents(connection: Connection, *, after: str | None = None, limit: int | None = None) -> list[DocumentRow]:
    """Documents, newest published first, those without a date last."""
    c = t.documents.c
    query = select(
        c.hash.label("id"),
        *(c[name] for name in ("title", "publisher", "published", "author", "url", "lang", "model", "characters")),
        *((_count if kind in _AS_READ else counted)(table, c.id).label(kind) for kind, table in t.RECORDS.items()),
    )
    at = None
    if after is not None:
        number = document_before(connection, after)
        at = connection.execute(select(c.day_first, c.published, c.hash).where(c.id == number)).one()
    keys = (Key(c.day_first, down=True), Key(c.published, down=True), Key(c.hash))
    return [DocumentRow(**row._mapping) for row in page(connection, query, keys, at=at, limit=limit)]


def statements(connection: Connection, asked: Asked) -> list[StatementRow]:
    """The statements that were asked for: newest day first, within a day by document and place in the text."""
    s = t.statements.c
    conditions: list[ColumnElement[bool]] = [] if asked.rejected else [told(t.statements)]
    if asked.speaker is not None:
        conditions.append(s.id.in_(_said_by(connection, asked.speaker, rejected=asked.rejected)))
    if asked.about is not None:
        walked = asked.document is None and best_walked(
            connection, t.statements, asked.about, column="content", limit=asked.limit
        )
        conditions.append(holding(connection, t.statements, asked.about, column="content", walked=walked))
    picked = _picked(connection, t.statements, asked, conditions)
    rows = _in_order(connection, _statements_wanted(asked.rejected), picked)
    spans, names = _statement_spans(connection, picked), names_ruled(connection)
    return [_statement_row(row, spans, names) for row in rows]


@cache  # writing the question down takes 1 ms
def _statements_wanted(rejected: bool) -> Select[Any]:
    """The statements with the numbers WANTED, those within rejected ones as if they stood alone unless `rejected`."""
    s, r = t.statements.c, ruled.c
    outer, around = t.statements.alias("outer"), ruled.alias("around")
    inside: ColumnElement[bool] = outer.c.id == s.within
    if not rejected:
        inside &= ~select(around.c.id).where(around.c.statement == s.within, around.c.rejected).exists()
    return (
        select(
            t.statements,
            outer.c.key.label("outer_key"),
            corrections.c.key.label("correction"),
            t.entities.c.ref.label("speaker_ref"),
            speaker_key(t.entities).label("speaker_key"),
            *_document_columns(),
        )
        .select_from(
            t.statements.join(t.documents, t.documents.c.id == s.document)
            .outerjoin(ruled, r.statement == s.id)
            .outerjoin(corrections, corrections.c.id == r.correction)
            .outerjoin(t.entities, t.entities.c.id == speaker_of(t.statements, ruled))
            .outerjoin(outer, inside)
        )
        .where(s.id.in_(WANTED))
    )


def figures(connection: Connection, asked: Asked) -> list[FigureRow]:
    """The figures that were asked for, in the same order as statements."""
    f = t.figures.c
    conditions: list[ColumnElement[bool]] = [] if asked.rejected else [told(t.figures)]
    if asked.speaker is not None:
        conditions.append(f.statement.in_(_said_by(connection, asked.speaker)))
    if asked.about is not None:
        walked = asked.document is None and best_walked(connection, t.figures, asked.about, limit=asked.limit)
        conditions.append(holding(connection, t.figures, asked.about, walked=walked))
    picked, names = _picked(connection, t.figures, asked, conditions), names_ruled(connection)
    return [_figure_row(row, names, asked) for row in _in_order(connection, _figures_wanted(), picked)]


@cache
def _figures_wanted() -> Select[Any]:
    """The figures with the numbers WANTED."""
    f, s, d = t.figures.c, t.statements.c, t.documents.c
    earlier = t.figures.alias("earlier")
    place = select(func.count()).where(earlier.c.document == f.document, earlier.c.id < f.id).scalar_subquery()
    # A figure whose statement was rejected is the outlet's own.
    own, around = ruled.alias("own"), ruled.alias("around")
    return (
        select(
            t.figures,
            place.label("place"),
            corrections.c.key.label("correction"),
            around.c.rejected.label("unsaid"),
            func.substr(d.text, f.span_start + 1, f.span_end - f.span_start).label("text"),
            t.events.c.lemma,
            t.events.c.status,
            t.moments.c.value.label("moment"),
            s.key.label("statement_key"),
            s.said_on,
            s.speaker_name,
            s.source,
            speaker_key(t.entities).label("voucher_key"),
            *_document_columns(),
        )
        .select_from(
            t.figures.join(t.documents, d.id == f.document)
            .outerjoin(t.events, t.events.c.id == f.event)
            .outerjoin(t.moments, t.moments.c.id == t.events.c.moment)
            .outerjoin(t.statements, s.id == f.statement)
            .outerjoin(own, own.c.figure == f.id)
            .outerjoin(around, around.c.statement == f.statement)
            .outerjoin(corrections, corrections.c.id == _last(own, around))
            .outerjoin(
                t.entities, (t.entities.c.id == speaker_of(t.statements, around)) & around.c.rejected.is_not(True)
            )
        )
        .where(f.id.in_(WANTED))
    )


def _said_by(connection: Connection, speaker: str, *, rejected: bool = False) -> Select[tuple[int]]:
    """The statements that count as said by whomever `speaker` names."""
    voices = spoken_by(connection, speaker).cte("voices")
    return select(said_by(select(voices.c.id), rejected=rejected).subquery("said").c.statement)


def _last(own: Any, around: Any) -> ColumnElement[int | None]:
    """The last correction in force about a figure, or about who says the statement that it stands in."""
    voucher = case((around.c.speaker.is_not(None), around.c.correction))
    return case((own.c.correction.is_(None) | (voucher > own.c.correction), voucher), else_=own.c.correction)


def _count(table: Table, document: Any) -> Any:
    return select(func.count()).select_from(table).where(table.c.document == document).scalar_subquery()


def _document_columns() -> list[ColumnElement[Any]]:
    d = t.documents.c
    return [d.hash, d.title, d.publisher, d.published]


def _picked(connection: Connection, table: Table, asked: Asked, conditions: Sequence[ColumnElement[bool]]) -> list[int]:
    """The rows of `table` that meet the conditions, the document and the days, behind `after`, in order, up to the limit.

    Of one day by the document's hash, never by its row: the answer must not tell in which order articles came.
    """
    c, d = table.c, t.documents.c
    query: Select[Any] = select(c.id).join(t.documents, d.id == c.document).where(*conditions)
    first, last = range_bounds(asked.since, asked.until)
    # A date that is only known to the month is given when any of its days lies in the range.
    if first is not None:
        query = query.where(c.day_last >= first)
    if last is not None:
        query = query.where(c.day_first <= last)
    keys: tuple[Key, ...] = (Key(c.day_first, down=True), Key(d.hash), Key(c.id))
    if asked.document is not None:
        query = query.where(c.document == document_number(connection, asked.document))
        keys = keys[-1:]
    at: tuple[Any, ...] | None = None
    if asked.after is not None:
        number = _named(connection, table, asked.after)
        where = select(c.day_first, d.hash, c.id).join(t.documents, d.id == c.document).where(c.id == number)
        at = tuple(connection.execute(where).one())[-len(keys) :]
    return [row.id for row in page(connection, query, keys, at=at, limit=asked.limit)]


def _named(connection: Connection, table: Table, name: str) -> int:
    """The row of the statement (`<document>:s3`) or of the figure (`<document>:f0`, its place) that is called so."""
    document, key = record_before(connection, name)
    query = select(table.c.id).where(table.c.document == document)
    if table is t.statements:
        query = query.where(table.c.key == key)
    elif key[:1] == "f" and key[1:].isascii() and key[1:].isdecimal():
        query = query.order_by(table.c.id).limit(1).offset(int(key[1:]))
    else:
        raise gone(name)
    number = connection.execute(query).scalar()
    if number is None:
        raise gone(name)
    return int(number)


def _in_order(connection: Connection, query: Select[Any], numbers: Sequence[int]) -> list[Row[Any]]:
    """The rows with these numbers, a few at a time, in the order of the numbers given."""
    found: dict[int, Row[Any]] = {}
    for batch in batched(numbers):
        found.update((row.id, row) for row in connection.execute(query, {"wanted": batch}))
    return [found[number] for number in numbers]


def _statement_spans(connection: Connection, numbers: Sequence[int]) -> dict[tuple[int, str], tuple[Span, ...]]:
    spans: dict[tuple[int, str], tuple[Span, ...]] = {}
    c = t.statement_spans.c
    for batch in batched(numbers):
        query = select(t.statement_spans).where(c.statement.in_(WANTED)).order_by(c.id)
        for row in connection.execute(query, {"wanted": batch}):
            key = (row.statement, row.part)
            spans[key] = (*spans.get(key, ()), Span(row.span_start, row.span_end))
    return spans


def _statement_row(
    row: Row[Any], spans: dict[tuple[int, str], tuple[Span, ...]], names: Mapping[str, str]
) -> StatementRow:
    return StatementRow(
        id=row.key,
        document=row.hash,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        speaker=names.get(row.speaker_key, row.speaker_name),
        speaker_ref=row.speaker_ref,
        speaker_key=row.speaker_key,
        source=row.source,
        cue=row.cue,
        content=row.content,
        source_spans=spans.get((row.id, "source"), ()),
        cue_spans=spans.get((row.id, "cue"), ()),
        content_spans=spans.get((row.id, "content"), ()),
        manner=row.manner,
        act=row.act,
        negated=row.negated,
        said_on=row.said_on,
        within=row.outer_key,
        confidence=row.confidence,
        ruled=row.correction,
    )


def _figure_row(row: Row[Any], names: Mapping[str, str], asked: Asked) -> FigureRow:
    voucher = None
    if row.statement is not None and not row.unsaid:
        voucher = names.get(row.voucher_key, row.speaker_name) or row.source or UNNAMED
    stands_in = row.statement is not None and (asked.rejected or not row.unsaid)
    return FigureRow(
        id=figure_key(row.place),
        document=row.hash,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        low=row.low,
        high=row.high,
        bound=row.bound,
        unit=row.unit,
        change=row.change,
        tally=row.tally,
        noun=row.noun,
        of=row.of_name,
        text=row.text,
        span=Span(row.span_start, row.span_end),
        counted_span=None if row.counted_start is None else Span(row.counted_start, row.counted_end),
        context=row.context,
        context_span=Span(row.context_start, row.context_end),
        event=row.lemma,
        status=row.status,
        moment=row.moment,
        voucher=voucher,
        voucher_key=row.voucher_key,
        statement=row.statement_key if stands_in else None,
        said_on=row.said_on,
        confidence=row.confidence,
        ruled=row.correction,
    )
