"""Whether one of two articles is a copy of the other: decided by the words that can be aligned, never by a sketch.

What two reporters of one event have in common is names, figures, idioms and quotations; what a copy has in common with
its origin is most of its own sentences. So the words outside quotation marks decide, and of them the share of the
smaller text that stands in the other. On 1,190 pairs of local news reports of one shooting each, that share is under
0.25 for nine in ten, and over 0.75 for reprints; between 0.45 and 0.6 lie rewritten police statements and newer
versions. With 40 % of the meaningful words replaced, copies are at 0.58 and more (19 of 20).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from onrecord.ledger.copies.align import Alignment, Run, align, spans_of
from onrecord.ledger.copies.credits import site_key
from onrecord.ledger.copies.features import NAMES_LEAST, CopyFeatures
from onrecord.ledger.copies.words import Words

__all__ = ["CopyPair", "compare", "passages"]

_SHARE = 0.55  # of the smaller text's own words, from _LONG words on
_SHORT_SHARE = 0.72  # up to _SHORT words: two short reports of one police statement share more than half
_SHORT, _LONG = 50, 150
_UNBROKEN = 12  # words in a row that two reporters hardly write by chance
_DATELINE = 25  # words before the text begins: place, date, agency, a headline that stands in the text
_UNBROKEN_SHARE = 0.35  # of the smaller text in such rows: whole sentences are the same, so that less of it is enough
_UNBROKEN_EASE = 0.05
_INSIDE = 0.7  # of a text that is less than _PART of the other: a long text has more to agree with by chance
_PART = 0.4
_SENTENCES = 0.8  # of the share must lie in sentences of which half are the same: not names and idioms here and there
_PASSAGE = 60  # words in a row, two thirds of them outside quotation marks: a part printed inside a text of its own,
_PASSAGE_SHARE = 0.3  # of the smaller one's words. Not within one outlet, which repeats its background paragraphs
_PASSAGE_NAMES = 3  # different names, figures or dates in both: house rules under every article have none
_LEAST = 25  # words outside quotation marks
_QUOTED = 0.3  # of a text's words: with fewer of its own, all its words are compared, and _ALL of them must be there
_ALL = 0.8

_KEPT = 20_000  # words of a text that are kept counted

_ORDERED = 0.7  # of names, figures and dates in the same order
_ORDERED_LEAST = 15  # of them must be the same, NAMES_LEAST different ones among them
_OTHER_WORDS = 0.4  # of the words the same, at most: "other words"


@dataclass(frozen=True, slots=True)
class CopyPair:
    """Two articles with one text. `a` and `b` are their hashes, a < b.

    `share_a` is the share of a's words that stand in b. `strength` is the share by which the pair was decided, of the
    smaller one's own words; for a translation, of its names, figures and dates. `longest` is the most words in a row, and
    `unbroken` the share of the aligned words in rows that two writers hardly write by chance; `from_start`: the first of
    them begins where both texts begin, after a dateline or a line of the desk's own at most.
    """

    a: str
    b: str
    kind: Literal["words", "translation"]
    share_a: float
    share_b: float
    strength: float
    longest: int
    unbroken: float
    from_start: bool
    same_publisher: bool

    def share(self, document: str) -> float:
        """The share of this member's words that stand in the other."""
        return self.share_a if document == self.a else self.share_b


@dataclass(frozen=True, slots=True)
class _Side:
    """One text of two: its words outside quotation marks, how many of them are aligned and how."""

    own: int
    same: int
    in_sentences: int
    unbroken: int
    all: int
    all_same: int

    @property
    def share(self) -> float:
        return self.same / self.own if self.own else 0.0


def compare(one: CopyFeatures, other: CopyFeatures) -> CopyPair | None:
    """The pair that two articles are, or None. The order in which they are given does not matter."""
    if one.document == other.document:
        return None
    a, b = sorted((one, other), key=lambda f: f.document)
    pair = _by_words(a, b) if _may_share(a.words, b.words) else None
    return pair or _by_names(a, b)


def passages(member: CopyFeatures, origin: CopyFeatures) -> list[tuple[int, int, int, int]]:
    """What of a member stands in its origin: (start, end, start in the origin, end there), code points of the texts."""
    return spans_of(member.words, origin.words, align(member.words.forms, origin.words.forms))


def _may_share(a: Words, b: Words) -> bool:
    """Whether enough words are the same wherever they stand; counting takes a tenth of the time of aligning."""
    common = sum((_counted(a) & _counted(b)).values())
    return common >= max(_LEAST, _PASSAGE_SHARE * min(len(a), len(b)))


def _counted(words: Words) -> Counter[str]:
    return _kept_count(words.forms) if len(words) <= _KEPT else Counter(words.forms)


@lru_cache(maxsize=256)  # a new article is held against one after the other of its story
def _kept_count(forms: tuple[str, ...]) -> Counter[str]:
    return Counter(forms)


def _by_words(a: CopyFeatures, b: CopyFeatures) -> CopyPair | None:
    runs = align(a.words.forms, b.words.forms)
    sides = _side(a.words, [(i, n) for i, _, n in runs.all]), _side(b.words, [(j, n) for _, j, n in runs.all])
    strength = max(_strength(*sides), _strength(*sides[::-1]))
    if not strength and not _same_publisher(a, b) and len(set(a.names) & set(b.names)) >= _PASSAGE_NAMES:
        strength = _passage(a.words, runs.runs, sides)
    if not strength:
        return None
    return _pair(a, b, runs, kind="words", strength=strength)


def _side(words: Words, hits: Sequence[tuple[int, int]]) -> _Side:
    same = bytearray(len(words))
    unbroken = 0
    for start, length in hits:
        same[start : start + length] = b"\1" * length
        if length >= _UNBROKEN:
            unbroken += length - words.quoted.count(1, start, start + length)
    own_same = _without(same, words.quoted)
    in_sentences = 0
    for start, end in words.sentences:
        hit = own_same.count(1, start, end)
        if 2 * hit >= end - start - words.quoted.count(1, start, end):
            in_sentences += hit
    return _Side(words.own, own_same.count(1), in_sentences, unbroken, len(words), same.count(1))


def _without(marked: bytes | bytearray, taken: bytes) -> bytes:
    """What is marked 1 and not taken."""
    left = int.from_bytes(marked, "big") & ~int.from_bytes(taken, "big")
    return left.to_bytes(len(marked), "big")


def _strength(side: _Side, other: _Side) -> float:
    """The share of the words of `side` by which it is a copy, or nought."""
    if side.own < max(_LEAST, _QUOTED * side.all):
        share = side.all_same / side.all if side.all else 0.0
        return share if share >= _ALL and side.all_same >= _LEAST else 0.0
    short = min(max((_LONG - side.own) / (_LONG - _SHORT), 0.0), 1.0)
    needed = _SHARE + short * (_SHORT_SHARE - _SHARE)
    if side.unbroken >= _UNBROKEN_SHARE * side.own:
        needed -= _UNBROKEN_EASE
    if side.all < _PART * other.all:
        needed = max(needed, _INSIDE)
    enough = side.same >= _LEAST and side.in_sentences >= _SENTENCES * needed * side.own
    return side.share if enough and side.share >= needed else 0.0


def _passage(words: Words, runs: Sequence[Run], sides: Sequence[_Side]) -> float:
    """The share of the smaller text in one long passage of the other, or nought. `words` are those of the first."""
    own = max((n - sum(words.quoted[i : i + n]) for i, _, n in runs if n >= _PASSAGE), default=0)
    share = max(side.share for side in sides)
    return share if 3 * own >= 2 * _PASSAGE and share >= _PASSAGE_SHARE else 0.0


def _by_names(a: CopyFeatures, b: CopyFeatures) -> CopyPair | None:
    least = _ORDERED * (len(a.names) + len(b.names)) / 2
    common = Counter(a.names) & Counter(b.names)
    if sum(common.values()) < max(_ORDERED_LEAST, least) or len(common) < NAMES_LEAST:
        return None
    blocks = SequenceMatcher(None, a.names, b.names, autojunk=False).get_matching_blocks()
    ordered = [name for block in blocks for name in a.names[block.a : block.a + block.size]]
    if len(ordered) < max(_ORDERED_LEAST, least) or len(set(ordered)) < NAMES_LEAST:
        return None
    runs = align(a.words.forms, b.words.forms)
    agreement = 2 * len(ordered) / (len(a.names) + len(b.names))
    pair = _pair(a, b, runs, kind="translation", strength=agreement)
    return pair if max(pair.share_a, pair.share_b) <= _OTHER_WORDS else None


def _pair(
    a: CopyFeatures, b: CopyFeatures, runs: Alignment, *, kind: Literal["words", "translation"], strength: float
) -> CopyPair:
    same = sum(n for *_, n in runs.all)
    return CopyPair(
        a=a.document,
        b=b.document,
        kind=kind,
        share_a=same / max(len(a.words), 1),
        share_b=same / max(len(b.words), 1),
        strength=strength,
        longest=max((n for *_, n in runs.runs), default=0),
        unbroken=_unbroken(runs.all),
        from_start=_from_start(runs.all),
        same_publisher=_same_publisher(a, b),
    )


def _from_start(runs: Sequence[Run]) -> bool:
    first = min(((i, j) for i, j, n in runs if n >= _UNBROKEN), default=None)
    return first is not None and max(first) <= _DATELINE


def _unbroken(runs: Sequence[Run]) -> float:
    rows = [n for *_, n in runs]
    return sum(n for n in rows if n >= _UNBROKEN) / sum(rows) if rows else 0.0


def _same_publisher(a: CopyFeatures, b: CopyFeatures) -> bool:
    return a.publisher is not None and b.publisher is not None and site_key(a.publisher) == site_key(b.publisher)
