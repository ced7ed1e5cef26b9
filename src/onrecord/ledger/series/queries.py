"""What is asked of series: by an id, a word, a story; newest first, each with its points and their words."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from onrecord.errors import NotInLedger
from onrecord.ledger import schema
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.paging import Key, gone, page
from onrecord.ledger.series import tables as t
from onrecord.ledger.series.best import Trend
from onrecord.ledger.series.rows import BestRow, PlaceRow, PointRow, SeriesRow
from onrecord.ledger.series.words import find_hits, thing_of, words_of
from onrecord.ledger.stories.tables import stories, story_members
from onrecord.reader.plurals import plural
from onrecord.records import Span

__all__ = ["called", "has_moved", "series", "what"]

_GAP = " … "
_s, _p, _c, _d = t.series.c, t.series_points.c, t.series_places.c, schema.documents.c
_SERIES = select(t.series, stories.c.key.label("story_key")).join(stories, stories.c.id == _s.story)
_POINTS = select(t.series_points).where(_p.series.in_(WANTED)).order_by(_p.series, _p.place)
_PLACES = select(t.series_places).where(_c.point.in_(WANTED)).order_by(_c.id)
_TEXTS = select(_d.id, _d.hash, _d.title, _d.publisher, _d.published, _d.text).where(_d.id.in_(WANTED))
_MOVED: tuple[Trend, ...] = ("rising", "falling", "mixed")


def series(  # noqa: PLR0913 - each narrows in a way of its own
    connection: Connection,
    *,
    wanted: str | Collection[str] | None = None,
    about: str | None = None,
    story: str | None = None,
    holders: Collection[str] | None = None,
    moved: bool = False,
    after: str | None = None,
    limit: int | None = None,
) -> list[SeriesRow]:
    """The series asked for, the ones with the newest figure first.

    `wanted` is an id, or several: that of any of its figures finds a series. `about` are words for what is counted and
    what happened to it, as English calls them ("dead", "soldiers"), all of which must fit. `story` is a story's id.
    `holders`: of whom one holds a point of it. `moved`: only those of which the best value is not what it was. `after`:
    those behind the series of this id; raises LedgerError where it is gone. Raises NotInLedger where the ledger holds none
    of the ids.
    """
    s = t.series.c
    query = _SERIES
    if wanted is not None:
        holding = select(t.series_points.c.series).join(
            t.series_places, t.series_places.c.point == t.series_points.c.id
        )
        query = query.where(
            s.id.in_(holding.where(t.series_places.c.key.in_([wanted] if isinstance(wanted, str) else sorted(wanted))))
        )
    if story is not None:
        query = query.where(s.story.in_(select(story_members.c.story).where(story_members.c.key == story)))
    if holders is not None:
        # As one value: who is in the news has more ids than a statement takes.
        ids = select(func.json_each(json.dumps(sorted(holders))).table_valued("value").c.value)
        held = select(t.series_points.c.series).where(t.series_points.c.who.in_(ids))
        query = query.where(s.id.in_(held))
    for word in about.split() if about is not None else ():
        columns = (s.thing, s.event, s.whose, s.unit, s.also)
        query = query.where(or_(*(c.contains(name, autoescape=True) for c in columns for name in called(word))))
    if moved:
        query = query.where(has_moved())
    at = None
    if after is not None:
        at = connection.execute(select(s.day, s.key).where(s.key == after)).first()
        if at is None:
            raise gone(after)
    rows = page(connection, query, (Key(s.day, down=True), Key(s.key)), at=at, limit=limit)
    if wanted is not None and not rows:
        asked = wanted if isinstance(wanted, str) else ", ".join(sorted(wanted))
        raise NotInLedger(f"no series {asked} in this ledger")
    points = _points(connection, [row.id for row in rows])
    return [_series_row(row, tuple(points.get(row.id, ()))) for row in rows]


def has_moved() -> ColumnElement[bool]:
    """The condition that the best value of a series is no longer what it was."""
    s = t.series.c
    return and_(s.trend.in_(_MOVED), or_(s.best_low.is_not(None), s.best_high.is_not(None)))


def called(word: str) -> list[str]:
    """What series call the thing or the happening that a word names: "dead" is killed, "troops" are soldiers."""
    word = word.lower()
    happened = {hit.event for hit in find_hits(words_of(word, Span(0, len(word))).forms)}
    if happened:  # "the dead" are people as well, and so are the missing
        return sorted({word, *happened})
    nouns = {word, word[:-1]} if len(word) > 3 and word.endswith("s") else {word}
    return sorted(nouns | {thing_of(noun) or noun for noun in nouns})


def _series_row(row: Row[Any], points: tuple[PointRow, ...]) -> SeriesRow:
    known = row.best_low is not None or row.best_high is not None
    return SeriesRow(
        id=row.key,
        story=row.story_key,
        what=what(row),
        thing=row.thing,
        event=row.event,
        unit=row.unit,
        whose=row.whose,
        firmness=row.firmness,
        tally=row.tally,
        part=row.part,
        scope=row.scope,
        trend=row.trend,
        best=BestRow(row.best_low, row.best_high, row.disputed) if known else None,
        points=points,
    )


def what(row: Row[Any]) -> str:
    """What is counted, in plain words: "further soldiers of Ruvania sent"; of what is measured, "EUR: damage".

    A unit and a verb make no phrase ("EUR pay", "% lose"), so the two are kept apart.
    """
    happened = " or ".join(filter(None, (row.event, row.also)))
    counted = plural(row.thing) if row.thing is not None else row.unit
    counted = " ".join(filter(None, (counted, f"of {row.whose}" if row.whose else None)))
    firmness = f"({'planned, expected or possible' if row.firmness == 'open' else row.firmness})"
    return " ".join(
        filter(
            None,
            (
                "some of the" if row.part == "part" else "further" if row.tally == "increment" else None,
                f"{counted}:" if counted and happened and row.thing is None else counted,
                happened,
                firmness if row.firmness != "fact" else None,
                "(of many events)" if row.scope == "statistic" else None,
                f"(event of {row.since})" if row.since else None,
            ),
        )
    )


def _points(connection: Connection, numbers: Sequence[int]) -> dict[int, list[PointRow]]:
    found: dict[int, list[PointRow]] = {}
    for part in batched(numbers):
        rows = connection.execute(_POINTS, {"wanted": part}).all()
        places = _places(connection, [row.id for row in rows])
        for row in rows:
            found.setdefault(row.series, []).append(_point_row(row, tuple(places[row.id])))
    return found


def _point_row(row: Row[Any], places: tuple[PlaceRow, ...]) -> PointRow:
    first = places[0]
    names = "low high bound name outlet status tally change reported as_of event_first event_last copies best".split()
    return PointRow(
        document=first.document,
        spans=first.spans,
        words=first.words,
        context=first.context,
        holder=row.who,
        places=places,
        **{name: getattr(row, name) for name in names},
    )


def _places(connection: Connection, numbers: Sequence[int]) -> dict[int, list[PlaceRow]]:
    texts: dict[int, Row[Any]] = {}
    found: dict[int, list[PlaceRow]] = {}
    for part in batched(numbers):
        rows = connection.execute(_PLACES, {"wanted": part}).all()
        missing = sorted({row.document for row in rows} - texts.keys())
        for some in batched(missing):
            texts |= {row.id: row for row in connection.execute(_TEXTS, {"wanted": some})}
        for row in rows:
            found.setdefault(row.point, []).append(_place_row(row, texts[row.document]))
    return found


def _place_row(row: Row[Any], document: Row[Any]) -> PlaceRow:
    spans = tuple(Span(*span) for span in json.loads(row.spans))
    context = Span(row.context_start, row.context_end)
    return PlaceRow(
        document=document.hash,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        record=row.record,
        spans=spans,
        words=_GAP.join(span.of(document.text) for span in spans),
        context=context.of(document.text),
        context_span=context,
    )
