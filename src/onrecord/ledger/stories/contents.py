"""What there is in one story, as numbers and names: enough to lay out its page, however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, func, select

from onrecord.ledger import schema as t
from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.claims.tables import claim_members, claims
from onrecord.ledger.conflicts.tables import conflicts
from onrecord.ledger.copies.groups import CopyKind
from onrecord.ledger.copies.tables import copy_groups, copy_members
from onrecord.ledger.identity.speakers import speaker_key
from onrecord.ledger.series.tables import series, series_places, series_points
from onrecord.ledger.stories.store import canonical, members, story_named
from onrecord.ledger.stories.tables import stories

__all__ = ["ArticleRow", "SpeakingRow", "StoryContents", "contents"]

_SPEAKERS = 60
"""Speakers that are named; those who speak more come first."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of the story. `group` is the copy group it is in (`y…`), `kind` what it is there; None: no copy."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    group: str | None
    kind: CopyKind | None


@dataclass(frozen=True, slots=True)
class SpeakingRow:
    """Somebody with a part in the story's claims. `key` is SpeakerRow.key, None for a source that is only described.

    `claims` is the number of claims that they hold, `denies` of those they deny; `first` and `last` are days.
    """

    key: str | None
    name: str
    claims: int
    denies: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class StoryContents:
    """A story (see StoryRow) with its `articles` by publication, those who speak most in it, how many of its claims stand
    how, its series by the number of articles that tell of them, and the number of its conflicts.
    """

    id: str
    title: str | None
    first: str | None
    last: str | None
    articles: tuple[ArticleRow, ...]
    speakers: tuple[SpeakingRow, ...]
    standings: tuple[tuple[Standing, int], ...]
    series: tuple[str, ...]
    conflicts: int


def contents(connection: Connection, wanted: str) -> StoryContents:
    """The contents of the story with this id, or that a document (its id or the beginning of it) is in.

    Raises NotInLedger where there is none.
    """
    number = story_named(connection, wanted)
    c = stories.c
    story = connection.execute(select(stories).where(c.id == number)).one()
    return StoryContents(
        id=story.key,
        title=story.title,
        first=story.day_first,
        last=story.day_last,
        articles=_articles(connection, number),
        speakers=_speakers(connection, number),
        standings=_standings(connection, number),
        series=_series(connection, number),
        conflicts=connection.execute(select(func.count()).where(conflicts.c.story == number)).scalar_one(),
    )


def _articles(connection: Connection, story: int) -> tuple[ArticleRow, ...]:
    documents = canonical(connection, members(connection, [story])[story])
    m = copy_members.c
    query = (
        select(m.document, m.kind, copy_groups.c.key)
        .join(copy_groups, copy_groups.c.id == m.copy_group)
        .where(m.document.in_([row.id for row in documents]))
    )
    copies = {row.document: row for row in connection.execute(query)}

    def article(row: Any) -> ArticleRow:
        copy = copies.get(row.id)
        group, kind = (copy.key, copy.kind) if copy is not None else (None, None)
        return ArticleRow(row.hash, row.title, row.publisher, row.published, group, kind)

    return tuple(article(row) for row in documents)


def _speakers(connection: Connection, story: int) -> tuple[SpeakingRow, ...]:
    m, c = claim_members.c, claims.c
    dated = case((m.said_on.not_like("X%"), m.said_on))  # XXXX-03-13 is on no day, and sorts after all years
    of = {role: func.count(func.distinct(case((m.role == role, m.claim)))) for role in ("holder", "denier")}
    query = (
        select(
            func.max(m.entity).label("entity"),
            func.max(m.name).label("name"),
            of["holder"].label("claims"),
            of["denier"].label("denies"),
            func.min(dated).label("first"),
            func.max(dated).label("last"),
        )
        .join(claims, c.id == m.claim)
        .where(c.story == story, m.role.in_(("holder", "denier", "neither")), m.record.like("s%"))
        .group_by(m.who)
        .order_by(func.count(func.distinct(m.claim)).desc(), func.max(m.name))
        .limit(_SPEAKERS)
    )
    found = connection.execute(query).all()
    keyed = select(t.entities.c.id, speaker_key(t.entities).label("key"))
    entities = [row.entity for row in found if row.entity is not None]
    keys = {row.id: row.key for row in connection.execute(keyed.where(t.entities.c.id.in_(entities)))}
    return tuple(
        SpeakingRow(keys.get(row.entity), row.name, row.claims, row.denies, row.first, row.last) for row in found
    )


def _standings(connection: Connection, story: int) -> tuple[tuple[Standing, int], ...]:
    c = claims.c
    query = (
        select(c.standing, func.count())
        .where(c.story == story)
        .group_by(c.standing)
        .order_by(func.count().desc(), c.standing)
    )
    return tuple((standing, count) for standing, count in connection.execute(query))


def _series(connection: Connection, story: int) -> tuple[str, ...]:
    """The ids of the series of the story's own event first, and of these those that most articles tell of."""
    s, p = series.c, series_points.c
    query = (
        select(s.key)
        .join(series_points, p.series == s.id)
        .join(series_places, series_places.c.point == p.id)
        .where(s.story == story)
        .group_by(s.id)
        .order_by(
            s.since.is_not(None),
            s.scope != "event",
            s.part != "whole",
            func.count(func.distinct(series_places.c.document)).desc(),
            s.points.desc(),
            s.key,
        )
    )
    return tuple(connection.execute(query).scalars())
