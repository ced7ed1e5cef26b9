"""Articles far apart in time that may be of one story, found for many new ones at once.

They share a name, and in all so many keys. A name that is in the news all the time leads to a part of all articles there
are, and where the database counted the keys that each of these shares, finding what to compare was a sixth of the time of
adding to a ledger of 110,000 statements, and grew with it. Here the keys of all that names lead to are read once, 16 bits of
each, and a table of the bits that a new article has tells how many keys another shares with it at most, in 170 ns. Few may
share enough, and one in fifty of these does not. What was read is kept for the next batch: reading it anew for each was a
twelfth of the time of adding to a ledger of 190,000 statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, select

from onrecord.ledger.batches import WANTED
from onrecord.ledger.stories import tables as s
from onrecord.ledger.stories.holders import Holders, rows_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

__all__ = ["Far", "KeysOfOthers", "Seeker"]

_k = s.story_keys.c
_HOLDERS = select(_k.key, _k.document).where(_k.key.in_(WANTED), _k.day != 0)
_KEYS = select(_k.document, _k.day, _k.key).where(_k.document.in_(WANTED))
_BITS = 1 << 16
_NONE = 0  # stands in a row of fewer keys than others have; bits that are all 0 are taken for 1


class Seeker(NamedTuple):
    """A new document: its day, its keys, and those of them that are names."""

    day: int
    keys: Sequence[int]
    named: Sequence[int]


class Known(NamedTuple):
    """What is known of N documents in their order: the day of each, [N], and the last bits of its keys, [N, keys], with
    `_NONE` where it has fewer than another."""

    documents: Numbers
    days: Numbers
    bits: NDArray[np.uint16]

    def at(self, places: Any) -> Known:
        return Known(self.documents[places], self.days[places], self.bits[places])


class KeysOfOthers:
    """What is known of documents, kept from one batch of a job of adding to the next: 100 bytes a document.

    It stays true whoever writes in between: a number is given to one document only, and its day and keys are never altered.
    Of a document that went they are never asked for again.
    """

    def __init__(self) -> None:
        self._kept: Known | None = None

    def of(self, connection: Connection, documents: Numbers, *, before: int) -> Known:
        """Of these documents, which are in order.

        Those from the number `before` on are of the batch that is being written. It may be taken back, and their numbers
        given to others: they are not kept.
        """
        import numpy as np

        known = self._kept or _read(connection, documents[:0])
        new = documents[~np.isin(documents, known.documents, assume_unique=True)]
        if len(new):
            known = _together(known, _read(connection, new))
            self._kept = known.at(slice(int(np.searchsorted(known.documents, before))))
        return known.at(np.searchsorted(known.documents, documents))


class Far:
    """For each of these new documents, those before it and more than `near` days from it that share one of its names."""

    def __init__(
        self, connection: Connection, seekers: Mapping[int, Seeker], others: KeysOfOthers, *, near: int
    ) -> None:
        import numpy as np

        rows = rows_of(connection, _HOLDERS, {name for one in seekers.values() for name in one.named}, 2)
        documents, places = np.unique(rows[:, 1], return_inverse=True)
        self._holders = Holders(np.column_stack((rows[:, 0], places)))
        self._known = others.of(connection, documents, before=min(seekers, default=0))
        self._near = near

    def sharing(self, document: int, one: Seeker, least: int) -> list[int]:
        """Of those documents the ones that may share so many of its keys with this one; no others do."""
        import numpy as np

        led_to = np.zeros(len(self._known.documents), dtype=bool)
        led_to[self._holders.of(one.named)[:, 0]] = True
        places = np.flatnonzero(led_to)
        others = self._known.documents[places]
        far = (others < document) & (np.abs(self._known.days[places] - one.day) > self._near)
        own = np.zeros(_BITS, dtype=np.uint8)
        own[_last_bits(np.array(one.keys, dtype=np.int64))] = 1
        shared = own[self._known.bits[places[far]]].sum(axis=1, dtype=np.uint32)
        found: list[int] = others[far][shared >= least].tolist()
        return found


def _last_bits(keys: Numbers) -> NDArray[np.uint16]:
    import numpy as np

    return np.maximum(keys % _BITS, 1).astype(np.uint16)


def _read(connection: Connection, documents: Numbers) -> Known:
    import numpy as np

    rows = rows_of(connection, _KEYS, documents.tolist(), 3)
    held = rows[:, 0]
    starts = np.searchsorted(held, documents)
    lengths = np.searchsorted(held, documents, "right") - starts
    days = np.zeros(len(documents), dtype=np.int64)
    days[lengths > 0] = rows[starts[lengths > 0], 1]
    bits = np.full((len(documents), lengths.max(initial=0)), _NONE, dtype=np.uint16)
    row = np.repeat(np.arange(len(documents)), lengths)
    bits[row, np.arange(len(rows)) - np.repeat(starts, lengths)] = _last_bits(rows[:, 2])
    return Known(documents, days, bits)


def _together(one: Known, other: Known) -> Known:
    """Both, in the order of the documents, of which none is in both."""
    import numpy as np

    width = max(one.bits.shape[1], other.bits.shape[1])
    bits = np.full((len(one.bits) + len(other.bits), width), _NONE, dtype=np.uint16)
    bits[: len(one.bits), : one.bits.shape[1]] = one.bits
    bits[len(one.bits) :, : other.bits.shape[1]] = other.bits
    documents = np.concatenate((one.documents, other.documents))
    both = Known(documents, np.concatenate((one.days, other.days)), bits)
    return both.at(np.argsort(documents))
