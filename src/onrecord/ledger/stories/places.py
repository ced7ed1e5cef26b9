"""Where a story is set: the places that its articles name, as far as it is known where they lie."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.stories.rows import MapRow
from onrecord.ledger.stories.store import members, story_named
from onrecord.records import Span

__all__ = ["places"]

_d, _e, _m = t.documents.c, t.entities.c, t.mentions.c
_NAMED = (
    select(
        *(_e.ref, _e.name, _m.document, _m.span_start, _m.span_end),
        *(_d.hash, _d.title, _d.publisher, _d.published, _d.day_first),
        func.substr(_d.text, _m.span_start + 1, _m.span_end - _m.span_start).label("words"),
    )
    .select_from(t.entities.join(t.mentions, _m.entity == _e.id).join(t.documents, _d.id == _e.document))
    .where(_e.document.in_(WANTED), _e.ref.startswith("geonames:"), _m.form == "name")
)


def places(connection: Connection, wanted: str) -> list[MapRow]:
    """The places that a story names and whose coordinates are known, those that most of its documents name first.

    These are cities: of a country or a region one point would say more than is known. `wanted`: a story's id, or that of a
    document in it or the beginning of it. Raises NotInLedger where there is none.
    """
    story = story_named(connection, wanted)
    mentions: dict[str, list[Any]] = defaultdict(list)
    for some in batched(sorted(members(connection, [story])[story])):
        for row in connection.execute(_NAMED, {"wanted": some}):
            mentions[row.ref].append(row)
    found = [place for ref, rows in mentions.items() if (place := _place(ref, rows)) is not None]
    return sorted(found, key=lambda place: (-place.documents, -place.mentions, place.name, place.ref))


def _place(ref: str, rows: Sequence[Any]) -> MapRow | None:
    from onrecord.reader.cities import coordinates  # only here: the table of cities is read when it is first asked for

    at = coordinates(ref)
    if at is None:
        return None
    first = min(rows, key=lambda r: (r.day_first is None, r.day_first or "", r.published or "", r.hash, r.span_start))
    names = Counter(row.name for row in rows)
    return MapRow(
        name=max(names, key=lambda name: (names[name], len(name), name)),
        ref=ref,
        latitude=at[0],
        longitude=at[1],
        mentions=len(rows),
        documents=len({row.document for row in rows}),
        document=first.hash,
        title=first.title,
        publisher=first.publisher,
        published=first.published,
        span=Span(first.span_start, first.span_end),
        words=first.words,
    )
