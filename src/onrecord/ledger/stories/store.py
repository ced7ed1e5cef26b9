"""Stories in the ledger: one article's features, its links to others, and the stories that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, select

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched, fetched, huddled
from onrecord.ledger.hands import Call, Hands
from onrecord.ledger.ids import derived_id
from onrecord.ledger.inserting import numbers, put
from onrecord.ledger.paging import Key, gone, page
from onrecord.ledger.rebuild import document_number
from onrecord.ledger.stories import tables as s
from onrecord.ledger.stories.candidates import candidates, sharing_too_little
from onrecord.ledger.stories.far import KeysOfOthers, Seeker
from onrecord.ledger.stories.features import features, outline, pack, unpack
from onrecord.ledger.stories.grouping import groups
from onrecord.ledger.stories.likeness import LINKED, likeness, may_be_as_likely
from onrecord.ledger.stories.rows import StoryRow
from onrecord.ledger.stories.sketches import Sketch, Sketches, packed_of, sketch
from onrecord.reading import Reading

__all__ = [
    "LEAST",
    "Comparing",
    "Kept",
    "Others",
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

# Pairs that one process compares at a time: enough that what it takes to send them does not show.
_COMPARED = 200
# A pair less alike than this is not stored; it counts as not alike at all in the mean over a story.
LEAST = 0.05

_d, _m, _ln = t.documents.c, s.story_members.c, s.story_links.c
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
    found, those of them that are names, its features, packed, and their sketch."""

    day: int
    keys: tuple[int, ...]
    named: tuple[int, ...]
    packed: bytes
    sketch: Sketch


def kept(reading: Reading) -> Kept:
    """What a reading tells of its event. Pure."""
    packed = pack(features(reading))
    # As every later article will see it: rounded. Otherwise the likeness of a pair would depend on which came first.
    found = unpack(packed)
    return Kept(found.published or 0, tuple(sorted(found.keys())), tuple(sorted(found.named())), packed, sketch(found))


class Others:
    """What is known of documents that are there, kept from one batch of a job of adding to the next."""

    def __init__(self) -> None:
        self.keys = KeysOfOthers()
        self.sketches = Sketches()


class Comparing(NamedTuple):
    """Pairs of a new document and another that others may compare meanwhile, in the order of the calls, those of them that
    may share too few keys, and the new ones with theirs."""

    pairs: Sequence[tuple[int, int]]
    unsure: Sequence[tuple[int, int]]
    seekers: Mapping[int, Seeker]
    calls: Sequence[Call[list[float | None]]]


def remember(connection: Connection, written: Mapping[int, Kept], hands: Hands, others: Others) -> Comparing:
    """Write what new documents tell of their events, and have them compared with each other and with others. `keep_links` is
    to follow."""
    put(connection, s.story_features, ("document", "packed"), [(d, one.packed) for d, one in written.items()])
    rows = sorted((key, one.day, document) for document, one in written.items() for key in one.keys)
    put(connection, s.story_keys, ("key", "day", "document"), rows)
    seekers = {document: Seeker(one.day, one.keys, one.named) for document, one in written.items()}
    sure, unsure = candidates(connection, seekers, others.keys)
    sketches = {document: one.sketch for document, one in written.items()}
    pairs = others.sketches.likely(connection, sketches, sure + unsure, LEAST)
    packed = {document: one.packed for document, one in written.items()}
    packed |= packed_of(connection, {other for _, other in pairs} - packed.keys())
    order = [pairs[place] for place in huddled(pairs)]
    sides = [(packed[one], packed[other]) for one, other in order]
    return Comparing(order, unsure, seekers, hands.begin_first(_likenesses_of, batched(sides, _COMPARED)))


def keep_links(connection: Connection, comparing: Comparing, hands: Hands) -> None:
    """Write how alike the documents are, those that are alike at all."""
    likenesses = [like for part in hands.results(comparing.calls) for like in part]
    linked = {pair: like for pair, like in zip(comparing.pairs, likenesses, strict=True) if like is not None}
    # One in ten is linked. Of those that may share enough only these are looked at closely.
    for pair in sharing_too_little(connection, comparing.seekers, linked.keys() & comparing.unsure):
        del linked[pair]
    names = _hashes(connection, {end for pair in linked for end in pair})
    # `a` is the document with the lesser hash, whichever came first.
    ends = [(*sorted(pair, key=names.__getitem__), like) for pair, like in linked.items()]
    put(connection, s.story_links, ("a", "b", "likeness"), sorted(ends))


def _likenesses_of(pairs: Sequence[tuple[bytes, bytes]]) -> list[float | None]:
    return [_alike(*pair) for pair in pairs]


def like_enough(one: bytes, other: bytes) -> float | None:
    """How alike two articles are by their packed features; None where they are less so than is stored."""
    return _alike(one, other) if may_be_as_likely(outline(one), outline(other), LEAST) else None


def _alike(one: bytes, other: bytes) -> float | None:
    like = likeness(unpack(one), unpack(other))
    return like if like >= LEAST else None


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
    return dict(fetched(connection, _STORY_OF, documents))


def members(connection: Connection, stories: Iterable[int]) -> dict[int, set[int]]:
    """The documents of each of these stories."""
    found: dict[int, set[int]] = {}
    for story, document in fetched(connection, _MEMBERS, stories):
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
        edge = {other for query in _LINKED for (other,) in fetched(connection, query, edge)} - found
    return found


def _likenesses(connection: Connection, names: Mapping[int, str]) -> dict[tuple[str, str], float]:
    likenesses = {}
    for a, b, like in fetched(connection, _LIKENESSES, names):
        if b in names:
            low, high = sorted((names[a], names[b]))
            likenesses[low, high] = like
    return likenesses


def _hashes(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    return dict(fetched(connection, _HASHES, documents))


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
    return fetched(connection, _CANONICAL, documents)


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
