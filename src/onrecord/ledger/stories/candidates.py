"""Which articles a new one is compared with for one story: those that share enough of its keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import BindParameter, Connection, Executable, bindparam, case, func, select, union_all

from onrecord.ledger.batches import BATCH, WANTED, batched, fetched
from onrecord.ledger.stories import tables as s
from onrecord.ledger.stories.far import Far, KeysOfOthers, Seeker
from onrecord.ledger.stories.near import near_ones

__all__ = ["NEAR", "SHARED_FAR", "SHARED_NEAR", "candidates", "sharing_too_little"]

# How many keys two articles must share to be compared: fewer where they came out within NEAR days. On incidents-dev
# this compares 29 of 1,455 articles with each; asking for one key only compares 589 and adds 0.6 points of B-cubed recall.
# Of those that came out further apart one key must be a person's or a place's: two articles without any in common are of one
# story only if nearly all of their words are the same (see likeness), and words alone lead to a part of all articles there
# are, however many these become.
SHARED_NEAR, SHARED_FAR = 3, 5
NEAR = 10
# New documents from which on it pays to read once what all of their keys lead to.
_MANY = 12

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


def candidates(
    connection: Connection, written: Mapping[int, Seeker], others: KeysOfOthers
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Each of these documents with those written before it that share enough keys with it, and with those that may."""
    dated = {document: one for document, one in written.items() if one.day}
    unsure: dict[int, list[int]] = {}
    if len(dated) < _MANY:
        sure = {document: _each(connection, document, one) for document, one in written.items()}
    else:
        sure = {document: _undated(connection, document, one) for document, one in written.items() if not one.day}
        sure |= near_ones(connection, dated, near=NEAR, least=SHARED_NEAR)
        far = Far(connection, dated, others, near=NEAR)
        unsure = {document: far.sharing(document, one, SHARED_FAR) for document, one in dated.items()}
    return _pairs(sure), _pairs(unsure)


def _pairs(found: Mapping[int, Sequence[int]]) -> list[tuple[int, int]]:
    return [(document, other) for document, others in found.items() for other in others]


def _each(connection: Connection, document: int, one: Seeker) -> list[int]:
    """The documents written before this one that share enough keys with it."""
    if not one.day:
        return _undated(connection, document, one)
    bound = {"document": document, "day": one.day}
    found = _sharing(connection, _SHARING_NEAR, one.keys, SHARED_NEAR, bound)
    for some in batched(_named(connection, one, bound), BATCH // 2):
        found += _sharing(connection, _SHARING_FAR, one.keys, SHARED_FAR, {"named": some})
    return found


def _undated(connection: Connection, document: int, one: Seeker) -> list[int]:
    """The documents before this one, which has no day, that share enough keys with it, whenever they came out."""
    return _sharing(connection, _SHARING, one.keys, SHARED_NEAR, {"document": document})


def sharing_too_little(
    connection: Connection, written: Mapping[int, Seeker], pairs: Set[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Those of these pairs, the first of each a new document, that came out far apart and share too few keys for that."""
    keys = {document: set(one.keys) for document, one in written.items()}
    for document, key in fetched(connection, _KEYS, {other for _, other in pairs} - keys.keys()):
        keys.setdefault(document, set()).add(key)
    return [(one, other) for one, other in pairs if len(keys[one] & keys[other]) < SHARED_FAR]


def _named(connection: Connection, one: Seeker, bound: Mapping[str, Any]) -> list[int]:
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
