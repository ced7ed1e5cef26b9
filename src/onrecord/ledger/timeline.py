"""What happened, was said, denied and counted, in the order of time: put together from claims, series and statements.

Three times are kept apart: when it happened, when it was said, when that was published. An entry stands at the first
that is known of them, what somebody else than an outlet says at the day it was said: a plan for Friday stands at the
day it was told. Each voice speaks once in a claim: its first mention stands for the others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import Connection, and_, func, or_, select

from onrecord.errors import NotInLedger
from onrecord.ledger import queries
from onrecord.ledger import schema as t
from onrecord.ledger.claims.queries import claims
from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.ledger.claims.tables import claim_members
from onrecord.ledger.dates import days, range_bounds
from onrecord.ledger.identity.speakers import spoken_by
from onrecord.ledger.identity.tables import person_members
from onrecord.ledger.queries import Asked
from onrecord.ledger.rows import UNNAMED, StatementRow
from onrecord.ledger.series.queries import series
from onrecord.ledger.series.rows import PointRow, SeriesRow
from onrecord.ledger.stories.store import stories
from onrecord.records import Span

__all__ = ["Entry", "TimelineRow", "timeline"]

Entry = Literal["event", "reported", "said", "denied", "left open", "withdrawn", "figure"]
"""`event`: an outlet tells in its own voice that something happened; `reported`: anything else in its own voice. `left
open`: somebody neither confirms nor denies."""

_OUTLET = "the outlet"
_STORY = re.compile(r"t[0-9a-f]{12}|[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One entry. `on` is the day or moment where it stands; None, or a date without a year (`XXXX-03-12`): at the end.

    `happened_first` and `happened_last` are the first and last day of the event, `said_on` the day of the statement, or
    as of which a figure holds; `published` is the article's. `figure` are the words of a figure's number. `of` is the id
    of the claim or series that the entry belongs to, None for words that are in neither. `document` is a hash, `spans`
    are the code points of `words` in it.
    """

    on: str | None
    kind: Entry
    happened_first: str | None
    happened_last: str | None
    said_on: str | None
    published: str | None
    who: str
    act: str | None
    figure: str | None
    words: str
    of: str | None
    story: str | None
    document: str
    title: str | None
    publisher: str | None
    record: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose words are wanted: their parts in claims (document, record, role) and all the ids they hold figures under."""

    parts: frozenset[tuple[str, str, str]]
    ids: frozenset[str]


def timeline(
    connection: Connection, wanted: str | None = None, *, since: str | None = None, until: str | None = None
) -> list[TimelineRow]:
    """The entries of one story, or all that somebody said, in the order of time; those without a year last.

    `wanted`: the id of a story or of a document in it, or a name; without one the story with the latest articles.
    `since` and `until`: days, months or years, both included; an entry without a year is in no such range.

    Raises NotInLedger where nothing is called so, LedgerError for a bound that is no date.
    """
    bounds = range_bounds(since, until)
    if wanted is None or _STORY.fullmatch(wanted):
        found = _of_story(connection, wanted)
    else:
        found = _of_name(connection, wanted)
    dates = _published(connection, {row.document for row in found})
    rows = [_placed(replace(row, published=dates[row.document])) for row in found]
    return sorted((row for row in rows if _within(row, bounds)), key=_order)


def _of_story(connection: Connection, wanted: str | None) -> list[TimelineRow]:
    found = stories(connection, wanted=wanted, limit=1)
    if not found:
        return []
    story = found[0].id
    return _told(claims(connection, story=story), series(connection, story=story))


def _of_name(connection: Connection, name: str) -> list[TimelineRow]:
    voice = _voice(connection, name)
    said = queries.statements(connection, Asked(speaker=name))
    if not said and not voice.parts and not voice.ids:
        raise NotInLedger(f"nobody called {name!r} is on record, and no story has this id")

    def theirs(member: MemberRow) -> bool:
        return (member.document, member.record, member.role) in voice.parts

    held = [_held(one, voice.ids) for one in series(connection, holders=voice.ids)]
    told = _told(claims(connection, speaker=name), held, theirs)
    records = {(document, record) for document, record, _ in voice.parts}
    return [*told, *_others(said, records)]


def _voice(connection: Connection, name: str) -> _Voice:
    m, d = claim_members.c, t.documents.c
    entities = spoken_by(connection, name)
    named = and_(m.entity.is_(None), func.lower(m.name) == name.lower())
    query = (
        select(d.hash, m.record, m.role)
        .join_from(claim_members, t.documents, d.id == m.document)
        .where(or_(m.entity.in_(entities), named))
    )
    parts = frozenset((row[0], row[1], row[2]) for row in connection.execute(query))
    p = person_members.c
    ids = connection.execute(select(p.cited).where(p.entity.in_(entities))).scalars()
    return _Voice(parts, frozenset(ids))


def _held(one: SeriesRow, holders: frozenset[str]) -> SeriesRow:
    return replace(one, points=tuple(point for point in one.points if point.holder in holders))


def _told(
    claimed: Iterable[ClaimRow],
    counted: Sequence[SeriesRow],
    wanted: Callable[[MemberRow], bool] = lambda member: True,
) -> list[TimelineRow]:
    """Entries of claims and of figures; of words that are both, the figure's, unless they deny."""
    numbers: dict[str, set[Span]] = defaultdict(set)
    for place in (place for one in counted for point in one.points for place in point.places):
        numbers[place.document].update(place.spans)

    def is_figure(row: TimelineRow) -> bool:
        inside = (
            span for span in row.spans for number in numbers[row.document] if span.start <= number.start < span.end
        )
        return row.kind in ("event", "reported", "said") and next(inside, None) is not None

    told = (row for claim in claimed for row in _claim(claim, wanted) if claim.figure is None or not is_figure(row))
    return [*told, *(row for one in counted for row in _figures(one))]


def _claim(claim: ClaimRow, wanted: Callable[[MemberRow], bool]) -> Iterator[TimelineRow]:
    """The first mention by each voice, in each part that it has."""
    heard: set[tuple[str, str]] = set()
    for member in (*claim.holders, *claim.deniers, *claim.neither):
        kind = _kind(claim, member)
        if not wanted(member) or (kind, member.name) in heard:
            continue
        heard.add((kind, member.name))
        first, last = _interval(claim.time)
        yield TimelineRow(
            on=None,
            kind=kind,
            happened_first=first,
            happened_last=last,
            said_on=member.said_on,
            published=None,
            who=member.name,
            act=member.act,
            figure=None,
            words=member.words,
            of=claim.id,
            story=claim.story,
            document=member.document,
            title=member.title,
            publisher=member.publisher,
            record=member.record,
            spans=member.spans,
        )


def _kind(claim: ClaimRow, member: MemberRow) -> Entry:
    if member.way == "withdrawal":
        return "withdrawn"
    if member.role != "holder":
        return "denied" if member.role == "denier" else "left open"
    if member.act != "report":
        return "said"
    happened = claim.event is not None and claim.status in ("happened", "ongoing") and not claim.negative
    return "event" if happened else "reported"


def _interval(time: str | None) -> tuple[str | None, str | None]:
    """First and last day of a claim's `start/end`, of which the end is the day after the last."""
    if time is None:
        return None, None
    start, _, end = time.partition("/")
    last = (date.fromisoformat(end[:10]) - timedelta(days=1)).isoformat() if end else None
    return start or None, last


def _figures(one: SeriesRow) -> Iterator[TimelineRow]:
    """Each value once by each holder and day, where several sentences of an article give it."""
    heard: set[tuple[object, ...]] = set()
    for point in one.points:
        given = (point.holder, point.low, point.high, (point.as_of or "")[:10], point.document)
        if given not in heard:
            heard.add(given)
            yield _figure(one, point)


def _figure(one: SeriesRow, point: PointRow) -> TimelineRow:
    place = point.places[0]
    return TimelineRow(
        on=None,
        kind="figure",
        happened_first=point.event_first,
        happened_last=point.event_last,
        said_on=point.as_of,
        published=None,
        who=(place.publisher or _OUTLET) if point.outlet else point.name,
        act=None,
        figure=point.words,
        words=point.context,
        of=one.id,
        story=one.story,
        document=place.document,
        title=place.title,
        publisher=place.publisher,
        record=place.record,
        spans=(place.context_span,),
    )


def _others(said: Iterable[StatementRow], told: set[tuple[str, str]]) -> Iterator[TimelineRow]:
    """Statements that are in no claim; words that several articles print once, from the first of these."""
    heard: set[str] = set()
    for row in sorted(said, key=lambda row: (row.published is None, row.published or "", row.document, row.id)):
        if (row.document, row.id) in told or row.content in heard:
            continue
        heard.add(row.content)
        yield TimelineRow(
            on=None,
            kind="denied" if row.act == "deny" else "said",
            happened_first=None,
            happened_last=None,
            said_on=row.said_on,
            published=None,
            who=row.speaker or row.source or UNNAMED,
            act=f"not {row.act}" if row.negated else row.act,
            figure=None,
            words=row.content,
            of=None,
            story=None,
            document=row.document,
            title=row.title,
            publisher=row.publisher,
            record=row.id,
            spans=row.content_spans,
        )


def _published(connection: Connection, documents: set[str]) -> Mapping[str, str | None]:
    d, wanted = t.documents.c, sorted(documents)
    found: dict[str, str | None] = {}
    for at in range(0, len(wanted), 500):
        for row in connection.execute(select(d.hash, d.published).where(d.hash.in_(wanted[at : at + 500]))):
            found[row.hash] = row.published
    return found


def _placed(row: TimelineRow) -> TimelineRow:
    told = row.said_on or row.published
    return replace(row, on=(row.happened_first or told) if row.kind == "event" else told)


def _within(row: TimelineRow, bounds: Sequence[str | None]) -> bool:
    since, until = bounds
    if since is None and until is None:
        return True
    found = days(row.on)
    return found is not None and (since is None or found[1] >= since) and (until is None or found[0] <= until)


def _order(row: TimelineRow) -> tuple[object, ...]:
    found = days(row.on)
    spans = tuple(tuple(span) for span in row.spans)
    published = row.published or "9"
    return found is None, found or (), row.on or "9", published, row.document, spans, row.kind, row.who, row.of or ""
