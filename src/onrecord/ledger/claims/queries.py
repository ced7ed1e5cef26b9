"""Asking for claims: by id, by words, by who said them, by how they stand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from onrecord.errors import NotInLedger
from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.ledger.claims.tables import claim_members
from onrecord.ledger.claims.tables import claims as claim_rows
from onrecord.ledger.identity.speakers import is_key, spoken_by
from onrecord.ledger.paging import Key, gone, page
from onrecord.ledger.store import GAP
from onrecord.ledger.stories.tables import stories, story_members
from onrecord.records import Span

__all__ = ["claims"]

_c, _m, _d = claim_rows.c, claim_members.c, t.documents.c
_KEYS = (Key(_c.day, down=True), Key(_c.key))
_CLAIMS = select(claim_rows, stories.c.key.label("story_key")).join(stories, stories.c.id == _c.story)
_MEMBERS = (
    select(
        claim_members,
        _d.hash,
        _d.title,
        _d.publisher,
        func.substr(_d.text, _m.span_start + 1, _m.span_end - _m.span_start).label("words"),
    )
    .join(t.documents, _d.id == _m.document)
    .where(_m.claim.in_(WANTED))
    .order_by(_m.claim, _m.place)
)


def claims(  # noqa: PLR0913
    connection: Connection,
    *,
    wanted: str | None = None,
    about: str | None = None,
    speaker: str | None = None,
    standing: Standing | Collection[Standing] | None = None,
    story: str | None = None,
    after: str | None = None,
    limit: int | None = None,
) -> list[ClaimRow]:
    """Claims, those first mentioned last first, at most `limit` of them.

    `wanted` is a claim's id, or that of any of its members; raises NotInLedger where there is none. `about`: all of
    these words stand in the claim's words or among its names. `speaker` holds, denies or leaves it open.
    `standing` is how it stands, or several ways of which it stands in one. `story` is the id of its story, or the one that
    any document of it would give it. `after`: those behind the claim of this id; raises LedgerError where it is gone.
    """
    c, m = claim_rows.c, claim_members.c
    query = _CLAIMS
    if wanted is not None:
        numbers = list(connection.execute(select(m.claim).where(m.key == wanted)).scalars())
        if not numbers:
            raise NotInLedger(f"no claim {wanted!r} in the ledger")
        query = query.where(c.id.in_(sorted(set(numbers))))
    for word in about.split() if about is not None else ():
        fields = (c.says, c.actor, c.target, c.place)
        query = query.where(or_(*(field.contains(word, autoescape=True) for field in fields)))
    if speaker is not None:
        spoken: ColumnElement[bool] = m.entity.in_(spoken_by(connection, speaker))
        if not is_key(speaker):  # a source that is only described has a name and no key; no index serves it
            spoken = or_(spoken, and_(m.entity.is_(None), func.lower(m.name) == speaker.lower()))
        query = query.where(c.id.in_(select(m.claim).where(spoken, m.role != "reporter")))
    ways = None if standing is None else [standing] if isinstance(standing, str) else sorted(set(standing))
    if story is not None:
        query = query.where(c.story.in_(select(story_members.c.story).where(story_members.c.key == story)))
    at = None
    if after is not None:
        at = connection.execute(select(c.day, c.key).where(c.key == after)).first()
        if at is None:
            raise gone(after)
    if ways and limit is not None and {wanted, about, speaker, story} == {None}:
        # Each way by itself: an index has the claims of one way in their order, those of two would have to be sorted (12 ms
        # for the newest twelve of 64,829, instead of 2).
        found = (page(connection, query.where(c.standing == way), _KEYS, at=at, limit=limit) for way in ways)
        rows = _newest(row for some in found for row in some)[: max(limit, 0)]
    else:
        narrowed = query if ways is None else query.where(c.standing.in_(ways))
        rows = page(connection, narrowed, _KEYS, at=at, limit=limit)
    members = _members(connection, [row.id for row in rows])
    return [_claim(row, members[row.id]) for row in rows]


def _newest(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """In the order of _KEYS: the newest day first, what has none last, and of one day by the key."""
    return sorted(sorted(rows, key=lambda row: row.key), key=lambda row: row.day or "", reverse=True)


def _members(connection: Connection, numbers: list[int]) -> dict[int, list[MemberRow]]:
    found: dict[int, list[MemberRow]] = defaultdict(list)
    for some in batched(numbers):
        for row in connection.execute(_MEMBERS, {"wanted": some}):
            found[row.claim].append(_member(row))
    return found


def _member(row: Row[Any]) -> MemberRow:
    spans: tuple[Span, ...] = (Span(row.span_start, row.span_end),)
    words = row.words
    if row.pieces is not None:
        spans = tuple(Span(*piece) for piece in json.loads(row.pieces))
        words = GAP.join(row.words[s.start - row.span_start : s.end - row.span_start] for s in spans)
    return MemberRow(
        role=row.role,
        way=row.way,
        name=row.name,
        act=row.act,
        document=row.hash,
        title=row.title,
        publisher=row.publisher,
        record=row.record,
        spans=spans,
        words=words,
        said_on=row.said_on,
    )


def _claim(row: Row[Any], members: list[MemberRow]) -> ClaimRow:
    roles = {role: tuple(m for m in members if m.role == role) for role in ("holder", "denier", "neither", "reporter")}
    first = next((m for m in members if m.way in ("words", "negation") and m.role != "neither"), members[0])
    return ClaimRow(
        id=row.key,
        story=row.story_key,
        says=row.says,
        negative=row.negative,
        standing=row.standing,
        independent=row.independent,
        actor=row.actor,
        event=row.event,
        target=row.target,
        place=row.place,
        time=row.time,
        status=row.status,
        figure=row.figure,
        first=first,
        holders=roles["holder"],
        deniers=roles["denier"],
        neither=roles["neither"],
        reporters=roles["reporter"],
    )
