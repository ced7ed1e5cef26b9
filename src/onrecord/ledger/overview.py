"""The ledger at a glance: how much it holds, and what is in it that begins as somebody types."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, Table, and_, func, or_, select, true

from onrecord.ledger import schema as t
from onrecord.ledger.claims.tables import claims
from onrecord.ledger.conflicts.tables import conflicts
from onrecord.ledger.copies.tables import copy_groups
from onrecord.ledger.corrections.tables import corrections
from onrecord.ledger.identity.tables import speakers
from onrecord.ledger.names import name_key
from onrecord.ledger.rows import OverviewRow, SuggestionKind, SuggestionRow
from onrecord.ledger.ruled import counted
from onrecord.ledger.search import holding
from onrecord.ledger.series.queries import called, has_moved, what
from onrecord.ledger.series.tables import series
from onrecord.ledger.stories.tables import stories

__all__ = ["overview", "suggest"]

# Claims and series that are looked through for a suggestion, newest first: so many take 25 ms where nothing is found.
_LOOKED_THROUGH = 50_000

# What stands before a word, as a text writes it, besides its own beginning.
_BEFORE = " -“\"(‘'’«/"


def overview(connection: Connection) -> OverviewRow:
    """How much of each kind there is; statements, figures and events that people rejected are not counted."""
    return OverviewRow(**connection.execute(_sizes()).mappings().one())


@cache
def _sizes() -> Select[Any]:
    d = t.documents.c
    tables = {
        "documents": t.documents,
        "stories": stories,
        "speakers": speakers,
        "moments": t.moments,
        "claims": claims,
        "series": series,
        "conflicts": conflicts,
        "copies": copy_groups,
        "corrections": corrections,
    }
    corrigible = {"statements": t.statements, "figures": t.figures, "events": t.events}
    columns: list[ColumnElement[Any]] = [
        *(_count(table).label(kind) for kind, table in tables.items()),
        *(counted(table).label(kind) for kind, table in corrigible.items()),
        _count(claims, claims.c.standing.in_(("disputed", "denied"))).label("contested"),
        _count(series, has_moved()).label("moved"),
        select(func.min(d.day_first)).scalar_subquery().label("first"),
        select(func.max(d.day_first)).scalar_subquery().label("last"),
    ]
    return select(*columns)


def _count(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


def suggest(
    connection: Connection, words: str, limit: int, kinds: Collection[SuggestionKind] | None = None
) -> list[SuggestionRow]:
    """What holds words that begin as all of `words` do: speakers, stories, claims, series, documents, at most `limit`.

    Of each of the `kinds`, all for None, there are about as many; the speakers come first who said most, all else that is
    newest. Claims and series are looked for among the newest 50,000 of each.
    """
    typed = re.findall(r"[^\W_]+", words.casefold())
    if not typed or limit <= 0:
        return []
    found = [list(_KINDS[kind](connection, typed, limit)) for kind in _KINDS if kinds is None or kind in kinds]
    in_turn = [row for rows in zip_longest(*found) for row in rows if row is not None][:limit]
    order = list(_KINDS)
    return sorted(in_turn, key=lambda row: order.index(row.kind))


def _begins(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Whether a word of a text begins so: SQLite's LIKE does not tell cases of a to z apart.

    The word holds letters and digits alone. Looking for it anywhere first spares most texts the rest: a pattern with a
    class of characters before it took ten times as long.
    """
    begun = (column.like(f"%{sign}{word}%") for sign in _BEFORE)
    return and_(column.like(f"%{word}%"), or_(column.like(f"{word}%"), *begun))


def _newest(connection: Connection, day: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that a row is of the days on which the newest rows came out that are looked through."""
    last = connection.execute(select(day).order_by(day.desc()).limit(1).offset(_LOOKED_THROUGH)).scalar()
    return true() if last is None else day >= last


def _speakers(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    c = speakers.c
    keys = (name_key(word) for word in typed)  # letters, digits and single spaces
    begun = and_(*(or_(c.name_key.like(f"{key}%"), c.name_key.like(f"% {key}%")) for key in keys))
    query = select(speakers).where(begun).order_by(c.statements.desc(), c.name, c.key).limit(limit)
    for row in connection.execute(query):
        said = "1 statement" if row.statements == 1 else f"{row.statements} statements"
        yield SuggestionRow("speaker", row.key, row.name, f"{row.type}, {said}")


def _stories(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    c = stories.c
    begun = and_(*(_begins(c.title, word) for word in typed))
    order = (c.day_last.desc(), c.documents.desc(), c.key)
    for row in connection.execute(select(stories).where(begun).order_by(*order).limit(limit)):
        count = "1 article" if row.documents == 1 else f"{row.documents} articles"
        last = f", the last of {row.day_last}" if row.day_last is not None else ""
        yield SuggestionRow("story", row.key, row.title, count + last)


def _claims(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    c = claims.c
    begun = and_(_newest(connection, c.day), *(_begins(c.says, word) for word in typed))
    query = select(c.key, c.says, c.standing, c.day).where(begun).order_by(c.day.desc(), c.key).limit(limit)
    for row in connection.execute(query):
        yield SuggestionRow("claim", row.key, row.says, ", ".join(filter(None, (row.standing, row.day))))


def _series(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    c = series.c
    columns = (c.thing, c.event, c.also, c.whose, c.unit)
    begun = (or_(*(_begins(column, name) for name in called(word) for column in columns)) for word in typed)
    query = (
        select(series, stories.c.title)
        .join(stories, stories.c.id == c.story)
        .where(_newest(connection, c.day), *begun)
        .order_by(c.day.desc(), c.key)
        .limit(limit)
    )
    for row in connection.execute(query):
        yield SuggestionRow("series", row.key, what(row), row.title)


def _documents(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    d = t.documents.c
    begun = holding(connection, t.documents, " ".join(f"{word}*" for word in typed), column="title")
    query = (
        select(d.hash, d.title, d.publisher, d.published)
        .where(begun)
        .order_by(d.day_first.desc(), d.published.desc(), d.hash)
        .limit(limit)
    )
    for row in connection.execute(query):
        yield SuggestionRow("document", row.hash, row.title, ", ".join(filter(None, (row.publisher, row.published))))


_KINDS: dict[SuggestionKind, Callable[[Connection, list[str], int], Iterator[SuggestionRow]]] = {
    "speaker": _speakers,
    "story": _stories,
    "claim": _claims,
    "series": _series,
    "document": _documents,
}
