"""Pairs of articles that may be alike enough, of many that share enough keys: the others are not looked at one by one.

Among 80,000 articles a new one shares enough keys with 82 of the days around it and with 183 of all other days, whose number
grows with the ledger, and is alike enough to 13. To unpack one of them takes 60 µs and more, and a ledger has more of them
than can be kept unpacked. A sketch has 0.3 kB, and what no words could make likely enough is found from many of them in
600 ns each.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, select

from onrecord.ledger.batches import WANTED, fetched
from onrecord.ledger.stories import tables as s
from onrecord.ledger.stories.features import Outline, StoryFeatures, outline
from onrecord.ledger.stories.likeness import PEOPLE, PLACES, which_may_be_as_likely

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Sketch", "Sketches", "packed_of", "sketch"]

_f = s.story_features.c
_PACKED = select(_f.document, _f.packed).where(_f.document.in_(WANTED))
_KEPT = 400_000  # sketches, in 130 MB; the oldest go
_BITS = 16  # of a name, and of its weight
_WHOLE = (1 << _BITS) - 1
_INT = 4  # bytes
_MOST = max(PEOPLE, PLACES)


class Sketch(NamedTuple):
    """What of an article bounds how alike another may be. `happened` are days, int32 each. `names` has 32 bits of each
    person and place: 16 of its name, so that two may be taken for one, and 16 of what it counts for, rounded up."""

    published: int | None
    happened: bytes
    names: bytes


def sketch(found: Outline | StoryFeatures) -> Sketch:
    """Pure."""
    names = [_name(f"p:{name}", weight, PEOPLE) for name, weight in found.people.items()]
    names += [_name(f"l:{name}", weight, PLACES) for name, weight in found.places.items()]
    return Sketch(found.published, array("i", sorted(found.happened)).tobytes(), array("I", names).tobytes())


def _name(name: str, weight: float, counts: float) -> int:
    """The product of what a name counts for in two articles, times `_MOST`, is what it adds to their likeness."""
    bits = int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_BITS // 8).digest(), "big")
    return bits << _BITS | min(math.ceil(weight * math.sqrt(counts / _MOST) * _WHOLE), _WHOLE)


def packed_of(connection: Connection, documents: Iterable[int]) -> dict[int, bytes]:
    """The features of these documents, packed."""
    return dict(fetched(connection, _PACKED, documents))


class Sketches:
    """Sketches of documents, kept from one batch of a job of adding to the next as `KeysOfOthers` keeps their keys."""

    def __init__(self) -> None:
        self._kept: dict[int, Sketch] = {}

    def likely(
        self,
        connection: Connection,
        written: Mapping[int, Sketch],
        pairs: Iterable[tuple[int, int]],
        least: float,
    ) -> list[tuple[int, int]]:
        """Those of these pairs, the first of each a new document, that some words could make `least` alike."""
        import numpy as np

        beside: dict[int, list[int]] = {}
        for document, other in pairs:
            beside.setdefault(document, []).append(other)
        others = {other for some in beside.values() for other in some} - written.keys()
        known = {**self._of(connection, others, before=min(written, default=0)), **written}
        counts = np.zeros(1 << _BITS)
        found: list[tuple[int, int]] = []
        for document, some in beside.items():
            may = _likely(known[document], [known[other] for other in some], counts, least)
            found += [(document, some[place]) for place in np.flatnonzero(may).tolist()]
        return found

    def _of(self, connection: Connection, documents: set[int], *, before: int) -> dict[int, Sketch]:
        """Of these documents those that are there; see `KeysOfOthers.of` for `before`."""
        packed = packed_of(connection, documents - self._kept.keys())
        read = {document: sketch(outline(one)) for document, one in packed.items()}
        found = read | {document: self._kept[document] for document in documents & self._kept.keys()}
        self._kept.update((document, one) for document, one in read.items() if document < before)
        for document in [*islice(self._kept, max(0, len(self._kept) - _KEPT))]:
            del self._kept[document]
        return found


def _likely(one: Sketch, others: Sequence[Sketch], counts: Floats, least: float) -> NDArray[np.bool_]:
    """Which of the others may be `least` like the one. `counts`, by the bits of a name, are 0 before and after."""
    import numpy as np

    published = np.array([math.nan if each.published is None else each.published for each in (one, *others)])
    bits, weights = _names(one.names)
    np.maximum.at(counts, bits, weights)
    bits, weights = _names(b"".join([other.names for other in others]))
    owners = np.repeat(np.arange(len(others)), [len(other.names) // _INT for other in others])
    names = np.asarray(np.bincount(owners, counts[bits] * weights, minlength=len(others)) * _MOST, dtype=np.float64)
    counts[_names(one.names)[0]] = 0
    return which_may_be_as_likely(np.abs(published[1:] - published[0]), names, _gaps(one, others), least)


def _names(packed: bytes) -> tuple[NDArray[np.integer], Floats]:
    """The bits of each name, and what it counts for, between 0 and 1."""
    import numpy as np

    held = np.frombuffer(packed, dtype=np.uint32)
    return held >> _BITS, (held & _WHOLE) / _WHOLE


def _gaps(one: Sketch, others: Sequence[Sketch]) -> Floats:
    """The days between what happened in the one and in each of the others, at least; NaN where none is known."""
    import numpy as np

    gaps = np.full(len(others), math.nan)
    own = np.frombuffer(one.happened, dtype=np.int32)
    days = np.frombuffer(b"".join([other.happened for other in others]), dtype=np.int32)
    if len(own) and len(days):
        after = np.searchsorted(own, days)
        later, earlier = own[np.minimum(after, len(own) - 1)], own[np.maximum(after - 1, 0)]
        nearest = np.minimum(np.abs(later - days), np.abs(days - earlier))
        lengths = np.array([len(other.happened) // _INT for other in others])
        any_day = lengths > 0
        gaps[any_day] = np.minimum.reduceat(nearest, (np.cumsum(lengths) - lengths)[any_day])
    return gaps
