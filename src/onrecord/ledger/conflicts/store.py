"""Conflicts in the tables: each maker replaces its own of a story; questions are answered newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, column, delete, insert, literal_column, or_, select
from sqlalchemy import table as full_text

from onrecord.errors import NotInLedger
from onrecord.ledger import schema as t
from onrecord.ledger.batches import batched
from onrecord.ledger.conflicts.rows import Conflict, ConflictRow, Maker, Rule, Side, SideRow
from onrecord.ledger.conflicts.tables import conflicts as table
from onrecord.ledger.conflicts.voices import held_by
from onrecord.ledger.context import REACH, sentence_around
from onrecord.ledger.ids import derived_id
from onrecord.ledger.paging import Key, gone, page
from onrecord.ledger.search import full_text_query
from onrecord.ledger.stories.tables import stories, story_members
from onrecord.records import Block, Span

__all__ = ["conflicts", "write"]

_AT_ONCE = 100
_KEYS = (Key(table.c.day, down=True), Key(table.c.key))
_FORGET = delete(table).where(table.c.story == bindparam("told"), table.c.maker == bindparam("by"))


def write(connection: Connection, story: int, found: Iterable[Conflict], *, maker: Maker) -> None:
    """Put these conflicts of a story in the place of those that `maker` wrote before."""
    connection.execute(_FORGET, {"told": story, "by": maker})
    rows = [_row(story, conflict, maker) for conflict in found]
    if rows:
        connection.execute(insert(table), rows)


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

    `about`: words, or beginnings of words, that stand on either side, in its sentence or its names, in any case.
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
    if about is None:
        rows = page(connection, query, _KEYS, at=at, limit=limit)
        return _told(connection, rows, _documents(connection, {d for r in rows for d in (r.a_document, r.b_document)}))
    sides = page(connection, query.with_only_columns(c.id, c.a_document, c.b_document, c.a_who, c.b_who), _KEYS, at=at)
    return _about(connection, query, sides, about.casefold().split(), None if limit is None else max(limit, 0))


def _about(
    connection: Connection, query: Select[Any], sides: Iterable[Row[Any]], words: Sequence[str], limit: int | None
) -> list[ConflictRow]:
    """Those of the conflicts that hold all the words, in their order.

    Their sentences are cut from the articles only where these hold the words at all, and near enough, and no more of them
    than are asked for: of a word that stands elsewhere in the articles of all 7,000 conflicts, cutting took 0.6 s.
    """
    for word in words:
        held = _holding(connection, word)
        if held is not None:
            sides = [
                row
                for row in sides
                if row.a_document in held or row.b_document in held or word in f"{row.a_who}\n{row.b_who}".casefold()
            ]
    found: list[ConflictRow] = []
    for numbers in batched([row.id for row in sides], _AT_ONCE):
        if limit is not None and len(found) >= limit:
            break
        rows = {row.id: row for row in connection.execute(query.where(table.c.id.in_(numbers)))}
        documents = _documents(connection, {d for row in rows.values() for d in (row.a_document, row.b_document)})
        near = [rows[number] for number in numbers if _are_near(rows[number], documents, words)]
        found += [told for told in _told(connection, near, documents) if _holds(told, words)]
    return found[:limit]


def _holding(connection: Connection, word: str) -> set[int] | None:
    """The articles that hold a word which begins so; None where it has no letter or digit to look for."""
    match = full_text_query(f"{word}*")
    if match is None:
        return None
    index = full_text("documents_fts", column("rowid"))
    held = select(index.c.rowid).where(literal_column("documents_fts").op("MATCH")(match))
    return set(connection.execute(held).scalars())


def _are_near(row: Row[Any], documents: Mapping[int, Any], words: Sequence[str]) -> bool:
    """Whether the words stand no farther from the sides than a sentence can reach, or in the names."""
    held = [row.a_who, row.b_who]
    for number, start, end in (
        (row.a_document, row.a_start, row.a_end),
        (row.b_document, row.b_start, row.b_end),
    ):
        held.append(documents[number].text[max(0, start - REACH) : end + REACH])
    joined = "\n".join(held).casefold()
    return all(word in joined for word in words)


def _holds(conflict: ConflictRow, words: Sequence[str]) -> bool:
    sides = (conflict.a, conflict.b)
    held = " ".join(text for side in sides for text in (side.words, side.context, side.who)).casefold()
    return all(word in held for word in words)


def _told(connection: Connection, rows: Sequence[Row[Any]], documents: Mapping[int, Any]) -> list[ConflictRow]:
    blocks = _blocks(connection, {d for row in rows for d in (row.a_document, row.b_document)})
    return [
        ConflictRow(
            id=row.key,
            story=row.story_key,
            rule=row.rule,
            a=_side(row, "a", documents[row.a_document], blocks.get(row.a_document, ())),
            b=_side(row, "b", documents[row.b_document], blocks.get(row.b_document, ())),
            comparable=row.comparable,
            day=row.day,
        )
        for row in rows
    ]


def _side(row: Row[Any], name: str, document: Any, blocks: tuple[Block, ...]) -> SideRow:
    def value(column: str) -> Any:
        return getattr(row, f"{name}_{column}")

    span = Span(value("start"), value("end"))
    context = sentence_around(document.text, span, blocks)
    return SideRow(
        document=document.hash,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        span=span,
        words=span.of(document.text),
        context=context.of(document.text),
        context_span=context,
        of=value("of"),
        who=value("who"),
    )


def _documents(connection: Connection, numbers: set[int]) -> dict[int, Any]:
    d, ordered = t.documents.c, sorted(numbers)
    columns = select(d.id, d.hash, d.title, d.publisher, d.published, d.text)
    return {row.id: row for some in batched(ordered) for row in connection.execute(columns.where(d.id.in_(some)))}


def _blocks(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[Block, ...]]:
    b, ordered = t.blocks.c, sorted(numbers)
    found: dict[int, list[Block]] = {}
    for some in batched(ordered):
        for row in connection.execute(select(t.blocks).where(b.document.in_(some)).order_by(b.id)):
            found.setdefault(row.document, []).append(Block(Span(row.span_start, row.span_end), row.kind))
    return {number: tuple(blocks) for number, blocks in found.items()}
