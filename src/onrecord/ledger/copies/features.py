"""What is kept of an article to find its copies, and the keys under which candidates are looked up.

Three kinds of keys, each made with MinHash (rensa), so that the chance of a shared key follows from the share of what
two texts have in common:

- of the whole article: pairs of neighbouring words that carry meaning, 64 keys of two values each;
- of every sentence: one key of two values, so that a part is found inside a text of any length;
- of the names, figures and dates in their order: 24 keys, for translations and for texts with every other word replaced.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from rensa import RMinHash

from onrecord.ledger.copies.credits import Credit, credits_of
from onrecord.ledger.copies.words import Words, article_sentences, words_of
from onrecord.ledger.names import name_key
from onrecord.reading import Reading
from onrecord.records import Entity, Span

__all__ = ["NAMES", "NAMES_LEAST", "SENTENCE", "WHOLE", "CopyFeatures", "bands", "features"]

# The kind of a key stands in its two lowest bits.
WHOLE, SENTENCE, NAMES = 0, 1, 2

_SEED = 20250312  # any number: it must only never change while keys made with it are stored
_ROWS = 2
_pack = struct.Struct(f"<3I{_ROWS}I").pack
_WHOLE_KEYS = 64
_NAME_KEYS = 24
NAMES_LEAST = 9  # different names, figures and dates: with fewer, two texts may have them all by chance
_SENTENCE_LEAST = 5  # pairs of words: what is shorter is said in many articles

_KEPT = 100_000  # characters of an article whose words are kept at hand: nearly all articles; one of megabytes is not

# English words that say nothing of what an article is about. Texts in other languages keep all their words.
_EMPTY = frozenset(
    """a about after all also an and any are as at be been before but by can could did do for from had has have he her
    him his how i if in into is it its just more no not of on one or other our out over said says she so some than that
    the their them then there they this to told two up was we were what when where which who will with would you""".split()
)


@dataclass(frozen=True)
class CopyFeatures:
    """An article as the search for copies sees it.

    `document` is its hash; `sentences` are the spans in `text` that are compared; `names` is what stays the same in
    another language: names, figures and dates in the order of the text.
    """

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    credits: tuple[Credit, ...]
    sentences: tuple[Span, ...]
    names: tuple[str, ...]
    text: str

    @cached_property
    def words(self) -> Words:
        return (_words if len(self.text) <= _KEPT else words_of)(self.text, self.sentences)

    def as_dict(self) -> dict[str, Any]:
        """What cannot be had from the row of the document: for `restored`."""
        return {
            "credits": [[c.agency, c.form, c.known] for c in self.credits],
            "sentences": [[s.start, s.end] for s in self.sentences],
            "names": list(self.names),
        }

    @classmethod
    def restored(cls, stored: dict[str, Any], **facts: Any) -> CopyFeatures:
        """From `as_dict` and the facts of the document."""
        return cls(
            credits=tuple(Credit(*c) for c in stored["credits"]),
            sentences=tuple(Span(*s) for s in stored["sentences"]),
            names=tuple(stored["names"]),
            **facts,
        )


@lru_cache(maxsize=256)  # an article is compared with every other of its story as they come
def _words(text: str, sentences: tuple[Span, ...]) -> Words:
    return words_of(text, sentences)


def features(reading: Reading) -> CopyFeatures:
    """The features of one reading."""
    document = reading.document
    sentences = article_sentences(document.text, document.blocks)
    return CopyFeatures(
        document=document.id,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        url=document.url,
        credits=credits_of(document),
        sentences=sentences,
        names=tuple(_names(reading, sentences)),
        text=document.text,
    )


def _names(reading: Reading, sentences: Sequence[Span]) -> Iterator[str]:
    """Names, figures and dates in the order of the text; what is repeated at once is given once."""
    names = {e.id: _name(e) for e in reading.entities}
    found = [(m.span, names[m.entity]) for m in reading.mentions if m.form == "name"]
    found += [(f.span, f"{f.low or 0:g}–{f.high if f.high is not None else f.low or 0:g}") for f in reading.figures]
    found += [(m.span, m.value) for m in reading.moments if m.type == "date" and m.start is not None]
    starts = [s.start for s in sentences]
    last = None
    for span, name in sorted(found):
        at = bisect_right(starts, span.start) - 1
        if at >= 0 and span.end <= sentences[at].end and name != last:
            yield name
            last = name


def _name(entity: Entity) -> str:
    if entity.ref is not None:
        return entity.ref
    key = name_key(entity.name)
    return key.rsplit(" ", 1)[-1] if entity.type == "person" else key


def bands(found: CopyFeatures) -> frozenset[int]:
    """The keys of an article: signed integers of 64 bits, the same in every process and on every machine."""
    keys: set[int] = set()
    pairs: list[str] = []
    for start, end in found.words.sentences:
        telling = [word for word in found.words.forms[start:end] if word not in _EMPTY]
        own = [f"{one} {two}" for one, two in pairwise(telling)]
        pairs += own
        if len(own) >= _SENTENCE_LEAST:
            keys.update(_keys(own, 1, SENTENCE))
    if len(pairs) >= _SENTENCE_LEAST:
        keys.update(_keys(pairs, _WHOLE_KEYS, WHOLE))
    # Which names, not in what order: two translators keep them all and move some, and of pairs of neighbours too few stay.
    named = sorted(set(found.names))
    if len(named) >= NAMES_LEAST:
        keys.update(_keys(named, _NAME_KEYS, NAMES))
    return frozenset(keys)


def _keys(items: Iterable[str], number: int, kind: int) -> Iterator[int]:
    sketch = RMinHash(num_perm=number * _ROWS, seed=_SEED)
    sketch.update(list(items))
    values = sketch.digest()
    for key in range(number):
        packed = _pack(kind, key, _ROWS, *values[key * _ROWS : (key + 1) * _ROWS])
        yield int.from_bytes(blake2b(packed, digest_size=8).digest(), "little", signed=True) & ~3 | kind
