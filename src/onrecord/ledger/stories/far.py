"""Articles far apart in time that may be of one story, found for many new ones at once.

They share a name, and in all so many keys. A name that is in the news all the time leads to a part of all articles there
are, and where the database counted the keys that each of these shares, finding what to compare was a sixth of the time of
adding to a ledger of 110,000 statements, and grew with it. Here the keys of all that names lead to are read once, 16 bits of
each, and a table of the bits that a new article has tells how many keys another shares with it at most, in 150 ns. Few share
enough, and of these the database counts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, select

from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.stories import tables as s

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Far", "Seeker"]

_k = s.story_keys.c
_HOLDERS = select(_k.key, _k.day, _k.document).where(_k.key.in_(WANTED), _k.day != 0)
_KEYS = select(_k.document, _k.key).where(_k.document.in_(WANTED))
_BITS = 1 << 16
_NONE = _BITS  # stands in a row of fewer keys than others have: no key has it


class Seeker(NamedTuple):
    """A new document: its day, its keys, and those of them that are names."""

    day: int
    keys: Sequence[int]
    named: Sequence[int]


class Far:
    """For each of these new documents, those before it and more than `near` days from it that share one of its names."""

    def __init__(self, connection: Connection, seekers: Mapping[int, Seeker], *, near: int) -> None:
        holders = _holders(connection, {name for one in seekers.values() for name in one.named})
        self._led_to = {
            document: sorted(
                {
                    other
                    for name in one.named
                    for day, other in holders.get(name, ())
                    if other < document and abs(day - one.day) > near
                }
            )
            for document, one in seekers.items()
        }
        found = sorted({other for others in self._led_to.values() for other in others})
        self._rows = {document: row for row, document in enumerate(found)}
        self._bits = _bits(connection, found)

    def sharing(self, document: int, keys: Sequence[int], least: int) -> list[int]:
        """Of those documents the ones that may share so many of these keys with this one; no others do."""
        import numpy as np

        others = self._led_to[document]
        if not others:
            return []
        own = np.zeros(_BITS + 1, dtype=np.uint8)
        own[[key % _BITS for key in keys]] = 1
        shared = own[self._bits[[self._rows[other] for other in others]]].sum(axis=1, dtype=np.uint32)
        return [other for other, count in zip(others, shared.tolist(), strict=True) if count >= least]


def _holders(connection: Connection, names: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """The days and documents of those that have each of these names, and a day."""
    found: dict[int, list[tuple[int, int]]] = {}
    for some in batched(sorted(names)):
        for name, day, document in connection.execute(_HOLDERS, {"wanted": some}).all():
            found.setdefault(name, []).append((day, document))
    return found


def _bits(connection: Connection, documents: Sequence[int]) -> NDArray[Any]:
    """The last bits of the keys of each document, a row each, and _NONE where it has fewer than another."""
    import numpy as np

    kept: dict[int, array[int]] = {document: array("H") for document in documents}
    for some in batched(documents):
        for document, key in connection.execute(_KEYS, {"wanted": some}).all():
            kept[document].append(key % _BITS)
    made = np.full((len(kept), max(map(len, kept.values()), default=0)), _NONE, dtype=np.uint32)
    for row, bits in enumerate(kept.values()):
        made[row, : len(bits)] = bits
    return made
