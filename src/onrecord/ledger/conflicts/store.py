"""Conflicts in the tables: each maker replaces its own of a story; questions are answered newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, or_, select

from onrecord.errors import NotInLedger
from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched, fetched
from onrecord.ledger.conflicts.rows import Conflict, ConflictRow, Maker, Rule, Side, SideRow
from onrecord.ledger.conflicts.tables import conflicts as table
from onrecord.ledger.conflicts.voices import held_by
from onrecord.ledger.context import sentence_around
from onrecord.ledger.ids import derived_id
from onrecord.ledger.inserting import put
from onrecord.ledger.paging import Key, gone, page
from onrecord.ledger.stories.tables import stories, story_members
from onrecord.records import Block, Span

__all__ = ["conflicts", "with_sentences", "write"]

_KEYS = (Key(table.c.day, down=True), Key(table.c.key))
_FORGET = delete(table).where(table.c.story.in_(WANTED), table.c.maker == bindparam("by"))


def write(
    connection: Connection,
    found: Mapping[int, Iterable[Conflict]],
    texts: Mapping[int, str] | None = None,
    *,
    maker: Maker,
) -> None:
    """Put these conflicts of each story in the place of those that `maker` wrote before. `texts` of documents that are at
    hand need not be read again."""
    for some in batched(sorted(found)):
        connection.execute(_FORGET, {"wanted": some, "by": maker})
    rows = [_row(story, conflict, maker) for story, conflicts in found.items() for conflict in conflicts]
    whole = with_sentences(connection, rows, texts)
    if whole:
        columns = tuple(whole[0])
        put(connection, table, columns, [tuple(map(row.__getitem__, columns)) for row in whole])


def _row(story: int, conflict: Conflict, maker: Maker) -> dict[str, Any]:
    return {
        "key": _key(conflict.rule, conflict.a, conflict.b),
        "other_key": _key(conflict.rule, conflict.b, conflict.a),
        "story": story,
        "maker": maker,
        "rule": conflict.rule,
        "comparable": conflict.comparable,
        "day": conflict.day,
    } | {
        f"{name}_{column}": value
        for name, side in (("a", conflict.a), ("b", conflict.b))
        for column, value in (
            ("document", side.document),
            ("start", side.span.start),
            ("end", side.span.end),
            ("of", side.of),
            ("who", side.who),
        )
    }


def with_sentences(
    connection: Connection, rows: Sequence[Mapping[str, Any]], texts: Mapping[int, str] | None = None
) -> list[dict[str, Any]]:
    """Rows of conflicts with the sentence around each side. `texts` of documents may be given."""
    numbers = {row[f"{side}_document"] for row in rows for side in ("a", "b")}
    texts = texts or {}
    texts = {**texts, **_texts(connection, numbers - texts.keys())}
    blocks = _blocks(connection, numbers)
    around: dict[tuple[int, Span], Span] = {}  # one side stands in many conflicts
    whole = []
    for row in rows:
        sentences: dict[str, Any] = {}
        for side in ("a", "b"):
            document, span = row[f"{side}_document"], Span(row[f"{side}_start"], row[f"{side}_end"])
            sentence = around.get((document, span))
            if sentence is None:
                sentence = around[document, span] = sentence_around(texts[document], span, blocks.get(document, ()))
            sentences[f"{side}_context_start"] = sentence.start
            sentences[f"{side}_context"] = sentence.of(texts[document])
        whole.append({**row, **sentences})
    return whole


def _key(rule: Rule, first: Side, second: Side) -> str:
    return derived_id("x", first.hash, f"{first.record}:{rule}:{second.hash}:{second.record}")


def conflicts(  # noqa: PLR0913 - each narrows in a way of its own
    connection: Connection,
    *,
    wanted: str | None = None,
    about: str | None = None,
    rule: Rule | None = None,
    story: str | None = None,
    of: str | None = None,
    speaker: str | None = None,
    after: str | None = None,
    limit: int | None = None,
) -> list[ConflictRow]:
    """The conflicts asked for, newest first: by an id, a rule, a story's id, or the id of a claim or series in them.

    `about`: words, or parts of them, that stand on either side, in its sentence or its names, in any case.
    `speaker` holds one of the sides. `after`: those behind the conflict of this id; raises LedgerError where it is gone.
    Raises NotInLedger for an id of a conflict that the ledger does not hold.
    """
    c = table.c
    query = select(table, stories.c.key.label("story_key")).join(stories, stories.c.id == c.story)
    if wanted is not None:
        query = query.where(or_(c.key == wanted, c.other_key == wanted))
        if connection.execute(query.limit(1)).first() is None:
            raise NotInLedger(f"no conflict {wanted} in this ledger")
    if rule is not None:
        query = query.where(c.rule == rule)
    if story is not None:
        query = query.where(c.story.in_(select(story_members.c.story).where(story_members.c.key == story)))
    if of is not None:
        query = query.where(or_(c.a_of == of, c.b_of == of))
    if speaker is not None:
        query = query.where(held_by(connection, speaker))
    at = None
    if after is not None:
        at = connection.execute(select(c.day, c.key).where(c.key == after)).first()
        if at is None:
            raise gone(after)
    for word in about.casefold().split() if about is not None else ():
        query = query.where(or_(*(_holds(column, word) for column in (c.a_context, c.b_context, c.a_who, c.b_who))))
    return _told(connection, page(connection, query, _KEYS, at=at, limit=limit))


def _holds(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Whether a text holds a word, or the beginning or end of one, in any case."""
    if word.isascii():
        return column.icontains(word, autoescape=True)
    # SQLite knows cases of a to z alone.
    forms = {word, word.upper(), word.capitalize()}
    return or_(*(column.contains(form, autoescape=True) for form in sorted(forms)))


def _told(connection: Connection, rows: Sequence[Row[Any]]) -> list[ConflictRow]:
    documents = _documents(connection, {d for row in rows for d in (row.a_document, row.b_document)})
    return [
        ConflictRow(
            id=row.key,
            story=row.story_key,
            rule=row.rule,
            a=_side(row, "a", documents[row.a_document]),
            b=_side(row, "b", documents[row.b_document]),
            comparable=row.comparable,
            day=row.day,
        )
        for row in rows
    ]


def _side(row: Row[Any], name: str, document: Any) -> SideRow:
    def value(column: str) -> Any:
        return getattr(row, f"{name}_{column}")

    span, at, context = Span(value("start"), value("end")), value("context_start"), value("context")
    return SideRow(
        document=document.hash,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        span=span,
        words=context[span.start - at : span.end - at],
        context=context,
        context_span=Span(at, at + len(context)),
        of=value("of"),
        who=value("who"),
    )


def _documents(connection: Connection, numbers: set[int]) -> dict[int, Any]:
    d = t.documents.c
    columns = select(d.id, d.hash, d.title, d.publisher, d.published).where(d.id.in_(WANTED))
    return {row.id: row for row in fetched(connection, columns, numbers)}


def _texts(connection: Connection, numbers: set[int]) -> dict[int, str]:
    d = t.documents.c
    return {row.id: row.text for row in fetched(connection, select(d.id, d.text).where(d.id.in_(WANTED)), numbers)}


def _blocks(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[Block, ...]]:
    b = t.blocks.c
    found: dict[int, list[Block]] = {}
    for row in fetched(connection, select(t.blocks).where(b.document.in_(WANTED)).order_by(b.id), numbers):
        found.setdefault(row.document, []).append(Block(Span(row.span_start, row.span_end), row.kind))
    return {number: tuple(blocks) for number, blocks in found.items()}
