"""Articles far apart in time that may be of one story, found for many new ones at once.

They share a name, and in all so many keys. A name that is in the news all the time leads to a part of all articles there
are, and where the database counted the keys that each of these shares, finding what to compare was a sixth of the time of
adding to a ledger of 110,000 statements, and grew with it. Here the keys of all that names lead to are read once, 16 bits of
each, and a table of the bits that a new article has tells how many keys another shares with it at most, in 150 ns. Few may
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
_HOLDERS = select(_k.key, _k.day, _k.document).where(_k.key.in_(WANTED), _k.day != 0)
_KEYS = select(_k.document, _k.key).where(_k.document.in_(WANTED))
_BITS = 1 << 16
_NONE = 0  # stands in a row of fewer keys than others have; bits that are all 0 are taken for 1


class Seeker(NamedTuple):
    """A new document: its day, its keys, and those of them that are names."""

    day: int
    keys: Sequence[int]
    named: Sequence[int]


class KeysOfOthers:
    """The last bits of the keys of documents, kept from one batch of a job of adding to the next: 90 bytes a document.

    They stay true whoever writes in between: a number is given to one document only, and its keys are never altered. Of a
    document that went they are never asked for again.
    """

    def __init__(self) -> None:
        self._kept: tuple[Numbers, NDArray[np.uint16]] | None = (
            None  # documents in their order, and a row of bits for each
        )

    def of(self, connection: Connection, documents: Numbers, *, before: int) -> NDArray[np.uint16]:
        """A row for each of these documents, which are in order, with `_NONE` where it has fewer keys than another.

        Those from the number `before` on are of the batch that is being written. It may be taken back, and their numbers
        given to others: they are not kept.
        """
        import numpy as np

        known, bits = self._kept or (np.empty(0, dtype=np.int64), np.empty((0, 0), dtype=np.uint16))
        new = documents[~np.isin(documents, known, assume_unique=True)]
        if len(new):
            known, order = np.unique(np.concatenate((known, new)), return_index=True)
            bits = _stacked(bits, _read(connection, new.tolist()))[order]
            kept = int(np.searchsorted(known, before))
            self._kept = known[:kept], bits[:kept]
        return bits[np.searchsorted(known, documents)]


class Far:
    """For each of these new documents, those before it and more than `near` days from it that share one of its names."""

    def __init__(
        self, connection: Connection, seekers: Mapping[int, Seeker], others: KeysOfOthers, *, near: int
    ) -> None:
        import numpy as np

        names = {name for one in seekers.values() for name in one.named}
        holders = Holders(rows_of(connection, _HOLDERS, names, 3))
        self._led_to: dict[int, Numbers] = {}
        for document, one in seekers.items():
            days, found = holders.of(one.named).T
            self._led_to[document] = np.unique(found[(found < document) & (np.abs(days - one.day) > near)])
        self._found = np.unique(np.concatenate([*self._led_to.values(), np.empty(0, dtype=np.int64)]))
        self._bits = others.of(connection, self._found, before=min(seekers, default=0))

    def sharing(self, document: int, keys: Sequence[int], least: int) -> list[int]:
        """Of those documents the ones that may share so many of these keys with this one; no others do."""
        import numpy as np

        others = self._led_to[document]
        own = np.zeros(_BITS, dtype=np.uint8)
        own[_last_bits(np.array(keys, dtype=np.int64))] = 1
        shared = own[self._bits[np.searchsorted(self._found, others)]].sum(axis=1, dtype=np.uint32)
        found: list[int] = others[shared >= least].tolist()
        return found


def _last_bits(keys: Numbers) -> NDArray[np.uint16]:
    import numpy as np

    return np.maximum(keys % _BITS, 1).astype(np.uint16)


def _read(connection: Connection, documents: Sequence[int]) -> NDArray[np.uint16]:
    """The last bits of the keys of each document, as `KeysOfOthers.of` gives them."""
    import numpy as np

    rows = rows_of(connection, _KEYS, documents, 2)
    held, keys = rows.T
    starts = np.searchsorted(held, documents)
    lengths = np.searchsorted(held, documents, "right") - starts
    made = np.full((len(documents), lengths.max(initial=0)), _NONE, dtype=np.uint16)
    row = np.repeat(np.arange(len(documents)), lengths)
    made[row, np.arange(len(rows)) - np.repeat(starts, lengths)] = _last_bits(keys)
    return made


def _stacked(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.uint16]:
    """The rows of both, one below the other, with `_NONE` where one is the narrower."""
    import numpy as np

    made = np.full((len(one) + len(other), max(one.shape[1], other.shape[1])), _NONE, dtype=np.uint16)
    made[: len(one), : one.shape[1]] = one
    made[len(one) :, : other.shape[1]] = other
    return made
