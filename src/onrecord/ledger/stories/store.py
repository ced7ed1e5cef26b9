"""Stories in the ledger: one article's features, its links to others, and the stories that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.ids import derived_id
from onrecord.ledger.paging import Key, gone, page
from onrecord.ledger.rebuild import document_number
from onrecord.ledger.stories import tables as s
from onrecord.ledger.stories.features import StoryFeatures, features, pack, unpack
from onrecord.ledger.stories.grouping import groups
from onrecord.ledger.stories.likeness import LINKED, likeness
from onrecord.ledger.stories.rows import StoryRow
from onrecord.reading import Reading

__all__ = ["canonical", "forget", "members", "regroup", "remember", "stories", "story_named", "story_of"]

# How many keys two articles must share to be compared: fewer where they came out within _NEAR days. On incidents-dev
# this compares 29 of 1,455 articles with each; asking for one key only compares 589 and adds 0.6 points of B-cubed recall.
_SHARED_NEAR, _SHARED_FAR = 3, 5
_NEAR = 10
# A pair less alike than this is not stored; it counts as not alike at all in the mean over a story.
_LEAST = 0.05

_d, _m, _ln, _f = t.documents.c, s.story_members.c, s.story_links.c, s.story_features.c
_PACKED = select(_f.document, _f.packed).where(_f.document.in_(WANTED))
_STORY_OF = select(_m.document, _m.story).where(_m.document.in_(WANTED))
_MEMBERS = select(_m.story, _m.document).where(_m.story.in_(WANTED))
_STRONG = _ln.likeness >= LINKED
_LINKED = select(_ln.b).where(_ln.a.in_(WANTED), _STRONG), select(_ln.a).where(_ln.b.in_(WANTED), _STRONG)
_LIKENESSES = select(_ln.a, _ln.b, _ln.likeness).where(_ln.a.in_(WANTED))
_HASHES = select(_d.id, _d.hash).where(_d.id.in_(WANTED))
_CANONICAL = select(_d.id, _d.hash, _d.title, _d.publisher, _d.published, _d.day_first).where(_d.id.in_(WANTED))
_DISSOLVE = delete(s.stories).where(s.stories.c.id.in_(WANTED))


def remember(connection: Connection, document: int, reading: Reading) -> set[int]:
    """Write what the reading tells of its event and how alike it is to others; the documents that it is linked with."""
    packed = pack(features(reading))
    # As every later article will see it: rounded. Otherwise the likeness of a pair would depend on which came first.
    found = unpack(packed)
    connection.execute(insert(s.story_features), [{"document": document, "packed": packed}])
    day = found.published or 0
    keys = sorted(found.keys())
    linked: dict[int, float] = {}
    for other, stored in _candidates(connection, keys, day):
        like = likeness(found, stored)
        if like >= _LEAST:
            linked[other] = like
    if keys:
        connection.execute(insert(s.story_keys), [{"key": key, "day": day, "document": document} for key in keys])
    if linked:
        connection.execute(insert(s.story_links), _link_rows(connection, document, reading.document.id, linked))
    return {other for other, like in linked.items() if like >= LINKED}


def _link_rows(
    connection: Connection, document: int, hash: str, linked: Mapping[int, float]
) -> list[dict[str, int | float]]:
    """`a` is the document with the lesser hash, whichever came first."""
    names = _hashes(connection, linked)
    return [
        {"a": min(pair)[1], "b": max(pair)[1], "likeness": like}
        for other, like in linked.items()
        for pair in [((hash, document), (names[other], other))]
    ]


def _candidates(connection: Connection, keys: Sequence[int], day: int) -> Iterable[tuple[int, StoryFeatures]]:
    k = s.story_keys.c
    near = or_(k.day == 0, k.day.between(day - _NEAR, day + _NEAR)) if day else True
    shared: dict[int, tuple[int, bool]] = {}
    for some in batched(keys):
        query = (
            select(k.document, func.count(), func.max(near))
            .where(k.key.in_(some))
            .group_by(k.document)
            .having(func.count() >= _SHARED_NEAR)
        )
        for number, count, is_near in connection.execute(query):
            before = shared.get(number, (0, False))
            shared[number] = (before[0] + count, bool(is_near))
    wanted = [number for number, (count, is_near) in shared.items() if is_near or count >= _SHARED_FAR]
    for some in batched(wanted):
        for number, packed in connection.execute(_PACKED, {"wanted": some}):
            yield number, unpack(packed)


def forget(connection: Connection, document: int) -> set[int]:
    """Dissolve the story of a document that is about to go; the other documents of it."""
    story = story_of(connection, [document]).get(document)
    if story is None:
        return set()
    others = members(connection, [story])[story] - {document}
    connection.execute(delete(s.stories).where(s.stories.c.id == story))
    return others


def story_of(connection: Connection, documents: Iterable[int]) -> dict[int, int]:
    """The row of the story of each of these documents that is in one."""
    return {row[0]: row[1] for row in connection.execute(_STORY_OF, {"wanted": sorted(documents)})}


def members(connection: Connection, stories: Iterable[int]) -> dict[int, set[int]]:
    """The documents of each of these stories."""
    found: dict[int, set[int]] = {}
    for story, document in connection.execute(_MEMBERS, {"wanted": sorted(stories)}):
        found.setdefault(story, set()).add(document)
    return found


def regroup(connection: Connection, documents: set[int]) -> set[int]:
    """Make the stories of these documents, and of all that they are or were linked with, anew.

    Returns the rows of the stories that are new or changed. A story that stays as it was keeps its row.
    """
    reach = _reach(connection, documents)
    names = _hashes(connection, reach)
    rows = {hash_: number for number, hash_ in names.items()}
    made = [frozenset(rows[h] for h in group) for group in groups(rows, _likenesses(connection, names))]
    before = {story: frozenset(found) for story, found in _stories_within(connection, reach).items()}
    gone = [story for story, found in before.items() if found not in set(made)]
    if gone:
        connection.execute(_DISSOLVE, {"wanted": gone})
    fresh = [group for group in made if group not in set(before.values())]
    return {_write(connection, group) for group in fresh}


def _reach(connection: Connection, documents: set[int]) -> set[int]:
    """The documents, those of their stories, and all that links connect with any of them."""
    found: set[int] = set()
    edge = set(documents)
    for group in members(connection, set(story_of(connection, documents).values())).values():
        edge |= group
    while edge:
        found |= edge
        step: set[int] = set()
        listed = sorted(edge)
        for some in batched(listed):
            for query in _LINKED:
                step.update(connection.execute(query, {"wanted": some}).scalars())
        edge = step - found
    return found


def _likenesses(connection: Connection, names: Mapping[int, str]) -> dict[tuple[str, str], float]:
    likenesses = {}
    listed = sorted(names)
    for some in batched(listed):
        rows = connection.execute(_LIKENESSES, {"wanted": some})
        for a, b, like in rows:
            if b in names:
                low, high = sorted((names[a], names[b]))
                likenesses[low, high] = like
    return likenesses


def _hashes(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    return {row[0]: row[1] for row in connection.execute(_HASHES, {"wanted": sorted(documents)})}


def _stories_within(connection: Connection, documents: set[int]) -> dict[int, set[int]]:
    return members(connection, set(story_of(connection, documents).values()))


def _write(connection: Connection, group: frozenset[int]) -> int:
    rows = canonical(connection, group)
    names = {row.id: row.hash for row in rows}
    central = _central(rows, _likenesses(connection, names))
    days = [row.day_first for row in rows if row.day_first is not None]
    story = connection.execute(
        insert(s.stories).values(
            key=derived_id("t", rows[0].hash, ""),
            title=central.title,
            day_first=min(days, default=None),
            day_last=max(days, default=None),
            documents=len(rows),
        )
    ).inserted_primary_key
    if story is None:
        raise AssertionError("an insert gives a key")
    connection.execute(
        insert(s.story_members),
        [{"story": story[0], "document": row.id, "key": derived_id("t", row.hash, "")} for row in rows],
    )
    return int(story[0])


def canonical(connection: Connection, documents: Iterable[int]) -> list[Row[Any]]:
    """These documents (their id, hash, title, publisher, published, day_first) by publication, the undated last."""
    rows: list[Row[Any]] = list(connection.execute(_CANONICAL, {"wanted": sorted(documents)}))
    return sorted(rows, key=_by_publication)


def _by_publication(row: Row[Any]) -> tuple[bool, str, str, str]:
    return row.day_first is None, row.day_first or "", row.published or "", row.hash


def _central(rows: Sequence[Row[Any]], likenesses: Mapping[tuple[str, str], float]) -> Row[Any]:
    """The article with a title that is most like the others; of equals the first."""
    total = dict.fromkeys((row.hash for row in rows), 0.0)
    for (a, b), like in sorted(likenesses.items()):
        total[a] += like
        total[b] += like
    return max(rows, key=lambda row: (row.title is not None, total[row.hash]))


def story_named(connection: Connection, wanted: str) -> int:
    """The row of the story with this id, or of the one that a document (its id or the beginning of it) is in."""
    m = s.story_members.c
    story = connection.execute(select(m.story).where(m.key == wanted)).scalar()
    if story is None:
        number = document_number(connection, wanted)
        story = story_of(connection, [number])[number]
    return int(story)


def stories(
    connection: Connection, *, wanted: str | None = None, after: str | None = None, limit: int | None = None
) -> list[StoryRow]:
    """Stories, those with the latest articles first. `wanted`: a story's id, or a document's (or its beginning).

    `after`: those behind the story of this id; raises LedgerError where it is gone.
    """
    c = s.stories.c
    query = select(s.stories)
    if wanted is not None:
        query = query.where(c.id == story_named(connection, wanted))
    at = None
    if after is not None:
        at = connection.execute(select(c.day_last, c.documents, c.key).where(c.key == after)).first()
        if at is None:
            raise gone(after)
    keys = (Key(c.day_last, down=True), Key(c.documents, down=True), Key(c.key))
    rows = page(connection, query, keys, at=at, limit=limit)
    found = members(connection, [row.id for row in rows])
    return [
        StoryRow(
            id=row.key,
            title=row.title,
            documents=row.documents,
            first=row.day_first,
            last=row.day_last,
            members=tuple(member.hash for member in canonical(connection, found[row.id])),
        )
        for row in rows
    ]
