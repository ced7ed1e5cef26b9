"""Articles of the same days that may be of one story, found for many new ones at once.

They share so many keys. Asking the database for each new article what shares its keys took 0.7 ms, and the 80 articles of
one day ask for the same days, and for many of the same keys. Here the days around some of them are read once, under the keys
that they have, and counted in memory: 0.3 ms an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, bindparam, select, union_all

from onrecord.ledger.batches import WANTED
from onrecord.ledger.stories import tables as s
from onrecord.ledger.stories.far import Seeker
from onrecord.ledger.stories.holders import Holders, rows_of

__all__ = ["near_ones"]

_k = s.story_keys.c
_HELD = select(_k.key, _k.day, _k.document).where(_k.key.in_(WANTED))
# The articles of some days stand together under each key, and so do those without a day.
_HOLDERS = union_all(_HELD.where(_k.day.between(bindparam("first"), bindparam("last"))), _HELD.where(_k.day == 0))

_DAYS = 10  # between the first and the last of those that are sought for together
_TOGETHER = 300  # documents, by which what is held in memory is bounded where more than 30 came out a day


def near_ones(
    connection: Connection, seekers: Mapping[int, Seeker], *, near: int, least: int
) -> Iterator[tuple[int, list[int]]]:
    """Each of these new documents, which have a day, with those before it that share `least` keys with it or more, of those
    that came out at most `near` days from it or on a day that is not known.
    """
    for some in _of_some_days(seekers):
        days = [seekers[document].day for document in some]
        keys = {key for document in some for key in seekers[document].keys}
        around = {"first": days[0] - near, "last": days[-1] + near}
        held = Holders(rows_of(connection, _HOLDERS, keys, 3, around))
        for document in some:
            yield document, _sharing(held, document, seekers[document], near, least)


def _of_some_days(seekers: Mapping[int, Seeker]) -> Iterator[list[int]]:
    """The documents in the order of their days, as many at a time as are sought for together."""
    some: list[int] = []
    for document, one in sorted(seekers.items(), key=lambda item: (item[1].day, item[0])):
        if some and (len(some) == _TOGETHER or one.day - seekers[some[0]].day > _DAYS):
            yield some
            some = []
        some.append(document)
    if some:
        yield some


def _sharing(held: Holders, document: int, one: Seeker, near: int, least: int) -> list[int]:
    import numpy as np

    days, documents = held.of(one.keys).T
    before = (documents < document) & ((days == 0) | (np.abs(days - one.day) <= near))
    others, shared = np.unique(documents[before], return_counts=True)
    found: list[int] = others[shared >= least].tolist()
    return found
