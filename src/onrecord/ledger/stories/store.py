"""Stories in the ledger: one article's features, its links to others, and the stories that they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Executable, Row, bindparam, case, delete, func, select, union_all

from onrecord.ledger import schema as t
from onrecord.ledger.batches import BATCH, WANTED, batched, huddled
from onrecord.ledger.hands import Call, Hands
from onrecord.ledger.ids import derived_id
from onrecord.ledger.inserting import numbers, put
from onrecord.ledger.paging import Key, gone, page
from onrecord.ledger.rebuild import document_number
from onrecord.ledger.stories import tables as s
from onrecord.ledger.stories.far import Far, KeysOfOthers, Seeker
from onrecord.ledger.stories.features import features, outline, pack, unpack
from onrecord.ledger.stories.grouping import groups
from onrecord.ledger.stories.likeness import LINKED, likeness, may_be_as_likely
from onrecord.ledger.stories.near import near_ones
from onrecord.ledger.stories.rows import StoryRow
from onrecord.reading import Reading

__all__ = [
    "LEAST",
    "NEAR",
    "SHARED_FAR",
    "SHARED_NEAR",
    "Comparing",
    "Kept",
    "canonical",
    "forget",
    "keep_links",
    "kept",
    "like_enough",
    "members",
    "regroup",
    "remember",
    "stories",
    "story_named",
    "story_of",
]

# How many keys two articles must share to be compared: fewer where they came out within NEAR days. On incidents-dev
# this compares 29 of 1,455 articles with each; asking for one key only compares 589 and adds 0.6 points of B-cubed recall.
# Of those that came out further apart one key must be a person's or a place's: two articles without any in common are of one
# story only if nearly all of their words are the same (see likeness), and words alone lead to a part of all articles there
# are, however many these become.
SHARED_NEAR, SHARED_FAR = 3, 5
NEAR = 10
# Pairs that one process compares at a time: enough that what it takes to send them does not show.
_COMPARED = 200
# New documents from which on it pays to read once what all of their keys lead to.
_MANY = 12
# A pair less alike than this is not stored; it counts as not alike at all in the mean over a story.
LEAST = 0.05

_d, _m, _ln, _f = t.documents.c, s.story_members.c, s.story_links.c, s.story_features.c
_k = s.story_keys.c
_day: BindParameter[int] = bindparam("day")
_least: BindParameter[int] = bindparam("least")
_NEARBY = _k.day.between(_day - NEAR, _day + NEAR)
_SHARING = (
    select(_k.document, func.count())
    .where(_k.key.in_(WANTED), _k.document < bindparam("document"))
    .group_by(_k.document)
    .having(func.count() >= _least)
)
# The articles of some days stand together under each key, and so do those without a day: an OR would read all of a key.
_SHARING_NEAR = union_all(_SHARING.where(_NEARBY), _SHARING.where(_k.day == 0))
_NAMING_FAR = (
    select(_k.document).distinct().where(_k.key.in_(WANTED), _k.document < bindparam("document"), _k.day != 0, ~_NEARBY)
)
# By the documents, which are few, and not by the keys: therefore the sum.
_SHARED = func.sum(case((_k.key.in_(WANTED), 1), else_=0))
_SHARING_FAR = (
    select(_k.document, _SHARED)
    .where(_k.document.in_(bindparam("named", expanding=True)))
    .group_by(_k.document)
    .having(_least <= _SHARED)
)
_KEYS = select(_k.document, _k.key).where(_k.document.in_(WANTED))
_PACKED = select(_f.document, _f.packed).where(_f.document.in_(WANTED))
_STORY_OF = select(_m.document, _m.story).where(_m.document.in_(WANTED))
_MEMBERS = select(_m.story, _m.document).where(_m.story.in_(WANTED))
_STRONG = _ln.likeness >= LINKED
_LINKED = select(_ln.b).where(_ln.a.in_(WANTED), _STRONG), select(_ln.a).where(_ln.b.in_(WANTED), _STRONG)
_LIKENESSES = select(_ln.a, _ln.b, _ln.likeness).where(_ln.a.in_(WANTED))
_HASHES = select(_d.id, _d.hash).where(_d.id.in_(WANTED))
_CANONICAL = select(_d.id, _d.hash, _d.title, _d.publisher, _d.published, _d.day_first).where(_d.id.in_(WANTED))
_DISSOLVE = delete(s.stories).where(s.stories.c.id.in_(WANTED))


class Kept(NamedTuple):
    """What is kept of a reading for stories: its day of publication (0 where it is not known), the keys by which others are
    found, those of them that are names, and its features, packed."""

    day: int
    keys: tuple[int, ...]
    named: tuple[int, ...]
    packed: bytes


def kept(reading: Reading) -> Kept:
    """What a reading tells of its event. Pure."""
    packed = pack(features(reading))
    # As every later article will see it: rounded. Otherwise the likeness of a pair would depend on which came first.
    found = unpack(packed)
    return Kept(found.published or 0, tuple(sorted(found.keys())), tuple(sorted(found.named())), packed)


class Comparing(NamedTuple):
    """Pairs of a new document and another that others may compare meanwhile, in the order of the calls, those of them that
    may share too few keys, and what is kept of the new ones."""

    pairs: Sequence[tuple[int, int]]
    unsure: Sequence[tuple[int, int]]
    written: Mapping[int, Kept]
    calls: Sequence[Call[list[float | None]]]


def remember(connection: Connection, written: Mapping[int, Kept], hands: Hands, others: KeysOfOthers) -> Comparing:
    """Write what new documents tell of their events, and have them compared with each other and with others. `keep_links` is
    to follow."""
    put(connection, s.story_features, ("document", "packed"), [(d, one.packed) for d, one in written.items()])
    rows = sorted((key, one.day, document) for document, one in written.items() for key in one.keys)
    put(connection, s.story_keys, ("key", "day", "document"), rows)
    sure, unsure = _candidates(connection, written, others)
    pairs = sure + unsure
    packed = {document: one.packed for document, one in written.items()}
    packed |= _packed(connection, {other for _, other in pairs} - packed.keys())
    order = [pairs[place] for place in huddled(pairs)]
    sides = [(packed[one], packed[other]) for one, other in order]
    return Comparing(order, unsure, written, hands.begin_first(_likenesses_of, batched(sides, _COMPARED)))


def keep_links(connection: Connection, comparing: Comparing, hands: Hands) -> None:
    """Write how alike the documents are, those that are alike at all."""
    likenesses = [like for part in hands.results(comparing.calls) for like in part]
    linked = {pair: like for pair, like in zip(comparing.pairs, likenesses, strict=True) if like is not None}
    # One in ten is linked. Of those that may share enough only these are looked at closely.
    for pair in _sharing_too_little(connection, comparing.written, linked.keys() & comparing.unsure):
        del linked[pair]
    names = _hashes(connection, {end for pair in linked for end in pair})
    # `a` is the document with the lesser hash, whichever came first.
    ends = [(*sorted(pair, key=names.__getitem__), like) for pair, like in linked.items()]
    put(connection, s.story_links, ("a", "b", "likeness"), sorted(ends))


def _likenesses_of(pairs: Sequence[tuple[bytes, bytes]]) -> list[float | None]:
    return [like_enough(*pair) for pair in pairs]


def like_enough(one: bytes, other: bytes) -> float | None:
    """How alike two articles are by their packed features; None where they are less so than is stored."""
    if not may_be_as_likely(outline(one), outline(other), LEAST):
        return None
    like = likeness(unpack(one), unpack(other))
    return like if like >= LEAST else None


def _candidates(
    connection: Connection, written: Mapping[int, Kept], others: KeysOfOthers
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Each of these documents with those written before it that share enough keys with it, and with those that may."""
    dated = {document: Seeker(one.day, one.keys, one.named) for document, one in written.items() if one.day}
    if len(dated) < _MANY:
        found = {document: _each(connection, document, one) for document, one in written.items()}
        return [(document, other) for document, some in found.items() for other in some], []
    found = {d: _undated(connection, d, one) for d, one in written.items() if not one.day}
    found |= near_ones(connection, dated, near=NEAR, least=SHARED_NEAR)
    far = Far(connection, dated, others, near=NEAR)
    unsure = [
        (document, other) for document, one in dated.items() for other in far.sharing(document, one.keys, SHARED_FAR)
    ]
    return [(document, other) for document, some in found.items() for other in some], unsure


def _each(connection: Connection, document: int, one: Kept) -> list[int]:
    """The documents written before this one that share enough keys with it."""
    if not one.day:
        return _undated(connection, document, one)
    bound = {"document": document, "day": one.day}
    found = _sharing(connection, _SHARING_NEAR, one.keys, SHARED_NEAR, bound)
    for some in batched(_named(connection, one, bound), BATCH // 2):
        found += _sharing(connection, _SHARING_FAR, one.keys, SHARED_FAR, {"named": some})
    return found


def _undated(connection: Connection, document: int, one: Kept) -> list[int]:
    """The documents before this one, which has no day, that share enough keys with it, whenever they came out."""
    return _sharing(connection, _SHARING, one.keys, SHARED_NEAR, {"document": document})


def _sharing_too_little(
    connection: Connection, written: Mapping[int, Kept], pairs: Set[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Those of these pairs, the first of each a new document, that came out far apart and share too few keys for that."""
    keys = {document: set(one.keys) for document, one in written.items()}
    for some in batched(sorted({other for _, other in pairs} - keys.keys())):
        for document, key in connection.execute(_KEYS, {"wanted": some}):
            keys.setdefault(document, set()).add(key)
    return [(one, other) for one, other in pairs if len(keys[one] & keys[other]) < SHARED_FAR]


def _named(connection: Connection, one: Kept, bound: Mapping[str, Any]) -> list[int]:
    """The documents before this one and far from it in time that share a name with it."""
    found: set[int] = set()
    for some in batched(one.named):
        found.update(connection.execute(_NAMING_FAR, {**bound, "wanted": some}).scalars().all())
    return sorted(found)


def _sharing(
    connection: Connection, query: Executable, keys: Sequence[int], least: int, bound: Mapping[str, Any]
) -> list[int]:
    """The documents that share at least so many of these keys, as `query` counts them."""
    counts: Counter[int] = Counter()
    parts = list(batched(keys, BATCH // 2))  # one, but for an article of hundreds of names
    for some in parts:
        asked = {**bound, "wanted": some, "least": least if len(parts) == 1 else 1}
        for number, count in connection.execute(query, asked).all():
            counts[number] += count
    return [number for number, count in counts.items() if count >= least]


def _packed(connection: Connection, documents: Iterable[int]) -> dict[int, bytes]:
    return {
        document: packed
        for some in batched(sorted(documents))
        for document, packed in connection.execute(_PACKED, {"wanted": some})
    }


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
    return {
        row[0]: row[1] for some in batched(sorted(documents)) for row in connection.execute(_STORY_OF, {"wanted": some})
    }


def members(connection: Connection, stories: Iterable[int]) -> dict[int, set[int]]:
    """The documents of each of these stories."""
    found: dict[int, set[int]] = {}
    for some in batched(sorted(stories)):
        for story, document in connection.execute(_MEMBERS, {"wanted": some}):
            found.setdefault(story, set()).add(document)
    return found


def regroup(connection: Connection, documents: set[int]) -> set[int]:
    """Make the stories of these documents, and of all that they are or were linked with, anew.

    Returns the rows of the stories that are new or changed. A story that stays as it was keeps its row.
    """
    reach = _reach(connection, documents)
    names = _hashes(connection, reach)
    rows = {hash_: number for number, hash_ in names.items()}
    likenesses = _likenesses(connection, names)
    made = [frozenset(rows[h] for h in group) for group in groups(rows, likenesses)]
    before = {story: frozenset(found) for story, found in _stories_within(connection, reach).items()}
    stay = set(before.values()).intersection(made)
    for some in batched(sorted(story for story, found in before.items() if found not in stay)):
        connection.execute(_DISSOLVE, {"wanted": some})
    return _write(connection, [group for group in made if group not in stay], likenesses)


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
    return {
        row[0]: row[1] for some in batched(sorted(documents)) for row in connection.execute(_HASHES, {"wanted": some})
    }


def _stories_within(connection: Connection, documents: set[int]) -> dict[int, set[int]]:
    return members(connection, set(story_of(connection, documents).values()))


def _write(
    connection: Connection, made: Sequence[frozenset[int]], likenesses: Mapping[tuple[str, str], float]
) -> set[int]:
    articles = {row.id: row for row in _canonical_rows(connection, {d for group in made for d in group})}
    ordered = [sorted((articles[d] for d in group), key=_by_publication) for group in made]
    total = _totals(ordered, likenesses)
    numbered = numbers(connection, s.stories, len(made))
    rows, listed = [], []
    for number, group in zip(numbered, ordered, strict=True):
        days = [row.day_first for row in group if row.day_first is not None]
        first = derived_id("t", group[0].hash, "")
        title = max(group, key=lambda row: (row.title is not None, total[row.hash])).title
        rows.append((number, first, title, min(days, default=None), max(days, default=None), len(group)))
        listed += [(number, row.id, derived_id("t", row.hash, "")) for row in group]
    put(connection, s.stories, ("id", "key", "title", "day_first", "day_last", "documents"), rows)
    put(connection, s.story_members, ("story", "document", "key"), listed)
    return set(numbered)


def canonical(connection: Connection, documents: Iterable[int]) -> list[Row[Any]]:
    """These documents (their id, hash, title, publisher, published, day_first) by publication, the undated last."""
    return sorted(_canonical_rows(connection, documents), key=_by_publication)


def _canonical_rows(connection: Connection, documents: Iterable[int]) -> list[Row[Any]]:
    rows: list[Row[Any]] = []
    for some in batched(sorted(documents)):
        rows += connection.execute(_CANONICAL, {"wanted": some})
    return rows


def _by_publication(row: Row[Any]) -> tuple[bool, str, str, str]:
    return row.day_first is None, row.day_first or "", row.published or "", row.hash


def _totals(stories: Iterable[Sequence[Row[Any]]], likenesses: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """How alike each article is to all others of its story: the title of the one that is most so, of equals of the first,
    of those that have one, is the story's."""
    place = {row.hash: number for number, story in enumerate(stories) for row in story}
    total = dict.fromkeys(place, 0.0)
    for (a, b), like in sorted(likenesses.items()):
        if a in place and place[a] == place.get(b):
            total[a] += like
            total[b] += like
    return total


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
