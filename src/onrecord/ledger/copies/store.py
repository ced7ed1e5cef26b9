"""Copies in the tables: an article is remembered with its pairs, groups are made again where a pair came or went.

Everything here runs inside a transaction that the caller holds, and documents are named by the numbers of their rows.
Candidates are looked up by keys and never cut off at a number, since which were cut would depend on the order in which
articles came: the cost of adding one grows with the number of its own copies.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, or_, select

from onrecord.errors import NotInLedger
from onrecord.ledger.batches import WANTED, batched, fetched, huddled
from onrecord.ledger.copies.compare import CopyPair, compare
from onrecord.ledger.copies.compare import passages as compared_passages
from onrecord.ledger.copies.credits import Credit
from onrecord.ledger.copies.features import SENTENCE, CopyFeatures, bands, features
from onrecord.ledger.copies.groups import CopyGroup, Standing, group_key, grouped
from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.copies.tables import copy_bands, copy_features, copy_groups, copy_members, copy_pairs
from onrecord.ledger.hands import Call, Hands
from onrecord.ledger.inserting import numbers, put
from onrecord.ledger.paging import Key, gone, page
from onrecord.ledger.rebuild import document_number
from onrecord.ledger.schema import documents
from onrecord.reading import Reading

__all__ = [
    "KEYS_LEAST",
    "SENTENCES_LEAST",
    "Comparing",
    "Kept",
    "copies",
    "keep_pairs",
    "kept",
    "neighbours",
    "origins",
    "passages",
    "regroup",
    "remember",
]

_d, _f, _b, _p, _m, _g = documents.c, copy_features.c, copy_bands.c, copy_pairs.c, copy_members.c, copy_groups.c
_SHARED = select(_b.band, _b.document).where(_b.band.in_(WANTED))
_SENTENCES = select(_f.document, _f.sentences).where(_f.document.in_(WANTED))
_FEATURES = (
    select(_d.id, _d.hash, _d.title, _d.publisher, _d.published, _d.url, _d.text, _f.features)
    .join(copy_features, _f.document == _d.id)
    .where(_d.id.in_(WANTED))
)
_STANDINGS = (
    select(_d.id, _d.hash, _d.publisher, _d.published, _f.words, _f.features)
    .join(copy_features, _f.document == _d.id)
    .where(_d.id.in_(WANTED))
)
_PAIRS = select(copy_pairs).where(or_(_p.a.in_(WANTED), _p.b.in_(WANTED)))
_GROUPS = (
    select(_m.document, _m.copy_group, _g.key, _d.hash)
    .join(copy_groups, _g.id == _m.copy_group)
    .join(documents, _d.id == _g.origin)
    .where(_m.document.in_(WANTED))
)
_HASHES = select(_d.id, _d.hash).where(_d.id.in_(WANTED))
_DISSOLVE = delete(copy_groups).where(_g.id.in_(WANTED))

_KEYS = (Key(_g.size, down=True), Key(_g.key), Key(_m.place))

KEYS_LEAST = 2  # shared keys of a candidate
_COMPARED = 16  # pairs that one process compares at a time
SENTENCES_LEAST = 0.15  # of the shorter article's sentences, where nothing but sentences is shared


class Kept(NamedTuple):
    """What is kept of a reading to find its copies: how many words are compared, the keys, and its features, packed."""

    words: int
    keys: frozenset[int]
    packed: bytes


def kept(reading: Reading) -> Kept:
    """Pure."""
    found = features(reading)
    packed = zlib.compress(json.dumps(found.as_dict(), ensure_ascii=False, separators=(",", ":")).encode())
    return Kept(len(found.words), bands(found), packed)


class _Stored(NamedTuple):
    """What the tables hold of a document's features."""

    hash: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    text: str
    packed: bytes

    def features(self) -> CopyFeatures:
        return CopyFeatures.restored(
            json.loads(zlib.decompress(self.packed)),
            document=self.hash,
            title=self.title,
            publisher=self.publisher,
            published=self.published,
            url=self.url,
            text=self.text,
        )


class Comparing(NamedTuple):
    """Pairs of documents that others may compare meanwhile, in the order of the calls: of each its place among all, the two,
    and the hash of the first."""

    pairs: Sequence[tuple[int, int, int, str]]
    calls: Sequence[Call[list[CopyPair | None]]]


def remember(connection: Connection, written: Mapping[int, Kept], hands: Hands) -> Comparing:
    """Keep what finds copies of these documents, none of which was kept before, and have them compared: with each other and
    with those that are there. `keep_pairs` is to follow."""
    candidates = _candidates(connection, {document: one.keys for document, one in written.items()})
    put(
        connection,
        copy_features,
        ("document", "words", "sentences", "features"),
        [(document, one.words, _sentences(one.keys), one.packed) for document, one in written.items()],
    )
    # Keys are hashes: in their order those of many articles meet on the same pages of the file.
    put(connection, copy_bands, ("band", "document"), sorted((k, d) for d, one in written.items() for k in one.keys))
    pairs = [(document, other) for document, others in candidates.items() for other in others]
    there = _kept(connection, {end for pair in pairs for end in pair})
    ordered = [(place, *pairs[place]) for place in huddled(pairs)]
    sides = [(there[one], there[other]) for _, one, other in ordered]
    calls = hands.begin_first(_compared, batched(sides, _COMPARED))
    return Comparing([(*pair, there[pair[1]].hash) for pair in ordered], calls)


def keep_pairs(connection: Connection, comparing: Comparing, hands: Hands) -> None:
    """Keep the pairs of which one is a copy of the other."""
    compared = [found for part in hands.results(comparing.calls) for found in part]
    rows = [
        (place, _pair_row(one, other, found, first))
        for (place, one, other, first), found in zip(comparing.pairs, compared, strict=True)
        if found is not None
    ]
    put(connection, copy_pairs, _PAIR, [row for _, row in sorted(rows, key=itemgetter(0))])


def _compared(pairs: Sequence[tuple[_Stored, _Stored]]) -> list[CopyPair | None]:
    return [compare(_restored(one), _restored(other)) for one, other in pairs]


@lru_cache(maxsize=128)  # an article is compared with every other of its story
def _restored(stored: _Stored) -> CopyFeatures:
    return stored.features()


def _sentences(keys: Iterable[int]) -> int:
    return sum(key & 3 == SENTENCE for key in keys)


def neighbours(connection: Connection, document: int) -> set[int]:
    """The documents whose group may change when this one goes: ask before it is deleted, then `regroup` them."""
    return _component(connection, {document})[0] - {document}


def regroup(connection: Connection, documents: Collection[int]) -> set[int]:
    """Make the groups of these documents, and of all that are linked to them by pairs, again.

    Returns the documents whose group or origin changed. Of those asked for, also the ones that were in no group and
    are in none: the group of one whose origin was deleted went with it, and left no trace to compare with.
    """
    members, pair_rows = _component(connection, documents)
    before = _memberships(connection, members)
    hashes = _hashes(connection, members)
    number = {hash_: row for row, hash_ in hashes.items()}
    standings = _standings(connection, {end for row in pair_rows for end in (row.a, row.b)})
    pairs = [_pair(row, hashes) for row in pair_rows]

    loaded: dict[int, CopyFeatures] = {}

    def missing(one: str, other: str) -> CopyPair | None:
        ends = number[one], number[other]
        loaded.update(_load(connection, [end for end in ends if end not in loaded]))
        return compare(*(loaded[end] for end in ends))

    found = grouped(standings, pairs, missing)
    touched = {row.copy_group for row in before.values()}
    for some in batched(sorted(touched)):
        connection.execute(_DISSOLVE, {"wanted": some})
    _write(connection, found, number)
    after = {number[m.document]: (group.key, group.origin) for group in found for m in group.members}
    was = {document: (row.key, row.hash) for document, row in before.items()}
    changed = {d for d in members if was.get(d) != after.get(d)}
    return changed | {d for d in documents if d in hashes and d not in was}


def origins(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    """For each document the hash of its group's origin, or its own where it has no copies."""
    wanted = set(documents)
    hashes = _hashes(connection, wanted)
    return hashes | {document: row.hash for document, row in _memberships(connection, wanted).items()}


def copies(
    connection: Connection, wanted: str | None = None, *, after: str | None = None, limit: int | None = None
) -> list[CopyRow]:
    """The members of all copy groups, the largest group first; each group in the order of publication.

    `wanted`: the group with this id (the id that it has from any member), or the group of the document with this hash
    or the only one whose hash begins so. Empty for a document that has no copies. Raises NotInLedger for an unknown id
    or document, LedgerError where several documents begin so. `after`: the members behind this document, or behind the
    whole group with this id; raises LedgerError where it is in no group.
    """
    m, g, d = copy_members.c, copy_groups.c, documents.c
    query = (
        select(g.key, d.hash, d.title, d.publisher, d.published, m.kind, m.share, m.evidence)
        .join(copy_groups, g.id == m.copy_group)
        .join(documents, d.id == m.document)
    )
    if wanted is not None:
        group = connection.execute(select(m.copy_group).where(m.key == wanted)).scalar()
        if group is None:
            if wanted.startswith("y"):
                raise NotInLedger(f"no copy group {wanted!r} in the ledger")
            number = document_number(connection, wanted)
            group = connection.execute(select(m.copy_group).where(m.document == number)).scalar()
        query = query.where(m.copy_group == group)
    return [
        CopyRow(row.key, row.hash, row.title, row.publisher, row.published, row.kind, row.share, _strings(row.evidence))
        for row in page(connection, query, _KEYS, at=_at(connection, after), limit=limit)
    ]


def _at(connection: Connection, after: str | None) -> Sequence[Any] | None:
    """Where a group or a document stands among the members of all groups."""
    if after is None:
        return None
    query = select(_g.size, _g.key, _m.place).join(copy_groups, _g.id == _m.copy_group)
    if after.startswith("y"):
        query = query.where(_g.key == after)
    else:
        query = query.join(documents, _d.id == _m.document).where(_d.hash == after)
    at = connection.execute(query.order_by(_m.place.desc()).limit(1)).first()
    if at is None:
        raise gone(after)
    return at


def passages(connection: Connection, document: int, origin: int) -> list[tuple[int, int, int, int]]:
    """What of one document stands in another: (start, end, start there, end there), code points of their texts."""
    loaded = _load(connection, [document, origin])
    return compared_passages(loaded[document], loaded[origin])


def _candidates(connection: Connection, keys: Mapping[int, Collection[int]]) -> dict[int, list[int]]:
    """For each document the others that share enough keys, of two of these documents given for the later one alone.

    A line that an outlet prints under every article is one sentence of many.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for key, document in fetched(connection, _SHARED, {key for own in keys.values() for key in own}):
        holders[key].append(document)
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for document, own in keys.items():
        shared: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for key in own:
            if key in holders:
                for other in holders[key]:
                    shared[other][0] += 1
                    shared[other][1] += key & 3 == SENTENCE
            holders[key].append(document)
        found[document] = {other: (n, of) for other, (n, of) in shared.items() if n >= KEYS_LEAST}
    near = {other for shared in found.values() for other in shared}
    sentences = {document: _sentences(own) for document, own in keys.items()}
    sentences |= {row.document: row.sentences for row in fetched(connection, _SENTENCES, near - keys.keys())}
    return {
        document: sorted(
            other
            for other, (count, same) in shared.items()
            if count > same or same >= SENTENCES_LEAST * min(sentences[document], sentences[other])
        )
        for document, shared in found.items()
    }


def _load(connection: Connection, wanted: Iterable[int]) -> dict[int, CopyFeatures]:
    return {document: stored.features() for document, stored in _kept(connection, wanted).items()}


def _kept(connection: Connection, wanted: Iterable[int]) -> dict[int, _Stored]:
    return {row.id: _Stored._make(row[1:]) for row in fetched(connection, _FEATURES, wanted)}


def _standings(connection: Connection, wanted: Iterable[int]) -> dict[str, Standing]:
    """What speaks for each of the documents being the origin, by hash."""
    found: dict[str, Standing] = {}
    for row in fetched(connection, _STANDINGS, wanted):
        credits = json.loads(zlib.decompress(row.features))["credits"]
        found[row.hash] = Standing(
            row.hash, row.publisher, row.published, tuple(Credit(*credit) for credit in credits), row.words
        )
    return found


def _component(connection: Connection, start: Collection[int]) -> tuple[set[int], list[Row[Any]]]:
    """All documents that pairs lead to from these, these among them, and the pairs."""
    reached, fresh = set(start), set(start)
    rows: dict[int, Row[Any]] = {}
    while fresh:
        ends: set[int] = set()
        for row in fetched(connection, _PAIRS, fresh):
            rows[row.id] = row
            ends |= {row.a, row.b}
        fresh = ends - reached
        reached |= fresh
    return reached, list(rows.values())


def _memberships(connection: Connection, wanted: Iterable[int]) -> dict[int, Row[Any]]:
    return {row.document: row for row in fetched(connection, _GROUPS, wanted)}


def _hashes(connection: Connection, wanted: Iterable[int]) -> dict[int, str]:
    return {row.id: row.hash for row in fetched(connection, _HASHES, wanted)}


def _write(connection: Connection, found: Sequence[CopyGroup], number: Mapping[str, int]) -> None:
    rows = numbers(connection, copy_groups, len(found))
    put(
        connection,
        copy_groups,
        ("id", "key", "origin", "size"),
        [(row, group.key, number[group.origin], len(group.members)) for row, group in zip(rows, found, strict=True)],
    )
    put(
        connection,
        copy_members,
        ("copy_group", "document", "key", "place", "kind", "share", "evidence"),
        [
            (
                row,
                number[member.document],
                group_key(member.document),
                place,
                member.kind,
                member.share,
                json.dumps(member.evidence, ensure_ascii=False),
            )
            for row, group in zip(rows, found, strict=True)
            for place, member in enumerate(group.members)
        ],
    )


_PAIR = (
    *("a", "b", "kind", "share_a", "share_b", "strength", "longest", "unbroken", "from_start"),
    "same_publisher",
)


def _pair_row(document: int, other: int, pair: CopyPair, hash_: str) -> tuple[Any, ...]:
    ends = (document, other) if pair.a == hash_ else (other, document)
    shares = (pair.share_a, pair.share_b, pair.strength, pair.longest, pair.unbroken)
    return (*ends, pair.kind, *shares, int(pair.from_start), int(pair.same_publisher))


def _pair(row: Row[Any], hashes: dict[int, str]) -> CopyPair:
    return CopyPair(
        a=hashes[row.a],
        b=hashes[row.b],
        kind=row.kind,
        share_a=row.share_a,
        share_b=row.share_b,
        strength=row.strength,
        longest=row.longest,
        unbroken=row.unbroken,
        from_start=bool(row.from_start),
        same_publisher=bool(row.same_publisher),
    )


def _strings(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))
