"""The ledger at a glance: how much it holds, and what is in it that begins as somebody types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Table, and_, func, literal_column, or_, select

from onrecord.ledger import schema as t
from onrecord.ledger.claims.tables import claims
from onrecord.ledger.conflicts.tables import conflicts
from onrecord.ledger.copies.tables import copy_groups
from onrecord.ledger.corrections.tables import corrections
from onrecord.ledger.identity.tables import speakers
from onrecord.ledger.names import name_key
from onrecord.ledger.rows import OverviewRow, SuggestionRow
from onrecord.ledger.search import holding
from onrecord.ledger.series.queries import called, has_moved, what
from onrecord.ledger.series.tables import series
from onrecord.ledger.stories.tables import stories

__all__ = ["overview", "suggest"]

# Claims and series that are looked through for a suggestion, newest first: 100,000 take 40 ms, whatever is typed.
_LOOKED_THROUGH = 100_000

# What may stand before a word, in a class of SQLite's GLOB: anything but digits and letters. Left out of the letters are
# U+2000 to U+2BFF, where “ and — are.
_NO_LETTER = "[^0-9a-z\u00c0-\u1fff\u2c00-\ud7ff\uf900-\uffff]"


def overview(connection: Connection) -> OverviewRow:
    """How much of each kind there is."""
    d = t.documents.c
    tables = {
        "documents": t.documents,
        "stories": stories,
        "speakers": speakers,
        "statements": t.statements,
        "figures": t.figures,
        "moments": t.moments,
        "events": t.events,
        "claims": claims,
        "series": series,
        "conflicts": conflicts,
        "copies": copy_groups,
        "corrections": corrections,
    }
    query = select(
        *(_count(table).label(kind) for kind, table in tables.items()),
        _count(claims, claims.c.standing.in_(("disputed", "denied"))).label("contested"),
        _count(series, has_moved()).label("moved"),
        select(func.min(d.day_first)).scalar_subquery().label("first"),
        select(func.max(d.day_first)).scalar_subquery().label("last"),
    )
    return OverviewRow(**connection.execute(query).mappings().one())


def _count(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


def suggest(connection: Connection, words: str, limit: int) -> list[SuggestionRow]:
    """What holds words that begin as all of `words` do: speakers, stories, claims, series, documents, at most `limit`.

    Of each kind there are about as many; the speakers come first who said most, all else that is newest. Claims and series
    are looked for among the newest 100,000 of each.
    """
    typed = re.findall(r"\w+", words.casefold())
    if not typed or limit <= 0:
        return []
    found = [list(kind(connection, typed, limit)) for kind in _KINDS]
    in_turn = [row for rows in zip_longest(*found) for row in rows if row is not None][:limit]
    return sorted(in_turn, key=lambda row: _ORDER.index(row.kind))


def _begin(column: ColumnElement[str], typed: list[list[str]]) -> ColumnElement[bool]:
    """Whether words of a text begin as one of each of these lists: in either case of a to z. All hold only letters, digits
    and spaces."""
    text = " " + func.lower(column)
    return and_(*(or_(*(text.op("GLOB")(f"*{_NO_LETTER}{word}*") for word in words)) for words in typed))


def _speakers(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    c = speakers.c
    name = " " + c.name_key
    begun = and_(*(name.contains(f" {name_key(word)}", autoescape=True) for word in typed))
    query = select(speakers).where(begun).order_by(c.statements.desc(), c.name, c.key).limit(limit)
    for row in connection.execute(query):
        said = "1 statement" if row.statements == 1 else f"{row.statements} statements"
        yield SuggestionRow("speaker", row.key, row.name, f"{row.type}, {said}")


def _stories(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    c = stories.c
    order = (c.day_last.desc(), c.documents.desc(), c.key)
    for row in connection.execute(
        select(stories).where(_begin(c.title, [[word] for word in typed])).order_by(*order).limit(limit)
    ):
        count = "1 article" if row.documents == 1 else f"{row.documents} articles"
        last = f", the last of {row.day_last}" if row.day_last is not None else ""
        yield SuggestionRow("story", row.key, row.title, count + last)


def _claims(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    c = claims.c
    newest = select(c.key, c.says, c.standing, c.day).order_by(c.day.desc(), c.key).limit(_LOOKED_THROUGH).subquery()
    n = newest.c
    query = select(newest).where(_begin(n.says, [[word] for word in typed])).order_by(n.day.desc(), n.key).limit(limit)
    for row in connection.execute(query):
        yield SuggestionRow("claim", row.key, row.says, ", ".join(filter(None, (row.standing, row.day))))


def _series(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    c = series.c
    counted: ColumnElement[str] = literal_column("' '")
    for column in (c.thing, c.event, c.also, c.whose, c.unit):
        counted = counted + func.coalesce(column + " ", "")
    newest = select(series, counted.label("counted")).order_by(c.day.desc(), c.key).limit(_LOOKED_THROUGH).subquery()
    n = newest.c
    query = (
        select(newest, stories.c.title)
        .join(stories, stories.c.id == n.story)
        .where(_begin(n.counted, [called(word) for word in typed]))
        .order_by(n.day.desc(), n.key)
        .limit(limit)
    )
    for row in connection.execute(query):
        yield SuggestionRow("series", row.key, what(row), row.title)


def _documents(connection: Connection, typed: list[str], limit: int) -> Iterator[SuggestionRow]:
    d = t.documents.c
    begun = holding(t.documents, " ".join(f"{word}*" for word in typed), column="title")
    query = (
        select(d.hash, d.title, d.publisher, d.published)
        .where(begun)
        .order_by(d.day_first.desc(), d.published.desc(), d.hash)
        .limit(limit)
    )
    for row in connection.execute(query):
        yield SuggestionRow("document", row.hash, row.title, ", ".join(filter(None, (row.publisher, row.published))))


_KINDS: tuple[Callable[[Connection, list[str], int], Iterator[SuggestionRow]], ...] = (
    _speakers,
    _stories,
    _claims,
    _series,
    _documents,
)
_ORDER = ("speaker", "story", "claim", "series", "document")
