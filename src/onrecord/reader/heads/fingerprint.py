"""Whether weights say here, to the last bit, what they said where they were released.

They do with the runtime's release that is locked, on processors that multiply and add in one step: on one with AVX-512, one
with AVX2 alone, and one of ARM's kind (`python benchmarks/processors.py`). On others, or with another release of the
runtime, some fractions may be rounded otherwise, and a decision that hangs by a hair fall the other way. So each process
asks the heads about one window, and compares the digest of all that they say with the release's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.reader.heads.windows import Window, make_window, pieces_of
from onrecord.reader.heads.wordpiece import WordPiece
from onrecord.reader.heads.words import Gap, cut_words, gap_before

__all__ = ["fingerprint", "probe"]

_TEXT = """At least 40 people were killed when the dam above Velna burst on Tuesday, the country's interior minister said.

"We had asked for 10,000 men and got 3,000," Ana Orsk told reporters. She denied that warnings had been ignored. The number \
of the missing, put at 120 by the Red Cross, could not be confirmed; the governor's office declined to comment."""


def probe(vocabulary: WordPiece) -> Window:
    """The window that is asked about: two paragraphs with statements, figures and names."""
    places = cut_words(_TEXT)
    words = [_TEXT[start:end] for start, end in places]
    gaps = [Gap.PARAGRAPH, *(gap_before(_TEXT, end, start) for (_, end), (start, _) in pairwise(places))]
    return make_window(0, len(words), words, gaps, pieces_of(words, vocabulary))


def fingerprint(said: Sequence[NDArray[np.generic]]) -> str:
    """The SHA-256 of arrays: of how long each is, and of its numbers, least byte first."""
    digest = hashlib.sha256()
    for array in said:
        digest.update(repr(array.shape).encode())
        digest.update(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()
