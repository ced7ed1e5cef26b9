"""Sentences of a draft laid against the sentences of the ledger that they were taken or rewritten from.

An article is mostly made of earlier ones. Where a sentence stands in the ledger word for word, all in it is on record;
where it nearly does, what differs can be named without understanding the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from onrecord.ledger.checking.align import align, find, windows
from onrecord.ledger.checking.draft import Draft
from onrecord.ledger.checking.shelf import Shelf, Stored
from onrecord.records import Span

__all__ = ["Laid", "Run", "Sentence", "sentences"]

_LEAST = 4  # words of a sentence that can be told from others
_LIKE = 0.6  # equal words among all that were laid
_AS_GOOD = 0.15  # by which another document's sentence may be less like it, and still say what is on record
_VOTES = 0.4  # equal words in their order that make it worth while to lay a sentence against a stretch

# A short sentence that another story has too ("The suspect was arrested on Monday") is no evidence about this one.
_TELLING = 10
_OWN = 4  # documents that a sentence's own words lead to, and as many about the whole draft, are laid against it


@dataclass(frozen=True, slots=True)
class Laid:
    """A sentence laid against words of one document, by (place in the draft, place there); `equal` are the same words."""

    stored: Stored
    exact: bool
    likeness: float
    steps: tuple[tuple[int | None, int | None], ...]
    equal: frozenset[tuple[int | None, int | None]]

    def against(self, places: Sequence[int]) -> list[int]:
        """The words of the document that these words of the draft stand against."""
        wanted = set(places)
        return [there for here, there in self.steps if here in wanted and there is not None]

    def same(self, places: Sequence[int]) -> bool:
        """All these words of the draft stand there too."""
        return set(places) <= {here for here, _ in self.equal}


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words that differ: places in the draft, and places in the document."""

    here: tuple[int, ...]
    there: tuple[int, ...]


@dataclass(frozen=True)
class Sentence:
    """One sentence of the draft, as a range of its words, with all that it could be laid against, the best first.

    `own` are the documents that its own words lead to, each with its score as a share of the best one's.
    """

    places: range
    span: Span
    laid: tuple[Laid, ...]
    own: tuple[tuple[float, Stored], ...]

    @property
    def settled(self) -> bool:
        """It stands in the ledger as it stands here."""
        return bool(self.laid) and self.laid[0].exact

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Where it differs from what it is laid against, but for words that another document of the story has there."""
        if not self.laid or self.settled:
            return ()
        best = self.laid[0]
        return tuple(run for run in _runs(best) if not self._elsewhere(run, best))

    def _elsewhere(self, run: Run, best: Laid) -> bool:
        others = [other for other in self.laid[1:] if other.likeness >= best.likeness - _AS_GOOD]
        return bool(run.here) and any(other.same(run.here) for other in others)


def sentences(draft: Draft, near: Sequence[Stored], shelf: Shelf) -> list[Sentence]:
    """Every sentence of the draft that has words enough, with what it could be laid against.

    `near` are documents about the draft's story; a sentence may come from another one, which its own words lead to.
    """
    found = []
    for places in draft.words.sentences:
        span = draft.words.span(places.start, places.stop - 1)
        if len(places) < _LEAST:
            found.append(Sentence(places, span, (), ()))
            continue
        own = tuple(shelf.best((draft.words.word(i) for i in places), _OWN))
        laid = tuple(_laid(draft, places, near, [stored for _, stored in own]))
        found.append(Sentence(places, span, laid, own))
    return found


def _laid(draft: Draft, places: range, near: Sequence[Stored], own: Sequence[Stored]) -> list[Laid]:
    keys = draft.words.keys[places.start : places.stop]
    known = {stored.row for stored in near}
    # One place is enough, and the words' own documents most often have it: others need not even be read.
    for stored in dict.fromkeys([*own, *near]):
        words = stored.words
        for begin in find(keys, words.keys, words.places)[:1]:
            if len(keys) >= _TELLING or stored.row in known:
                steps: tuple[tuple[int | None, int | None], ...] = tuple(
                    (place, begin + at) for at, place in enumerate(places)
                )
                return [Laid(stored, True, 1.0, steps, frozenset(steps))]
    return _nearly(keys, places, list(dict.fromkeys([*own, *near[:_OWN]])))


def _nearly(keys: Sequence[str], places: range, near: Sequence[Stored]) -> list[Laid]:
    found = []
    for stored in near:
        words = stored.words
        for window in windows(keys, len(words), words.places, 1, max(2, int(len(keys) * _VOTES))):
            laid = align(keys, words.keys, window)
            if laid.likeness < _LIKE or laid.same < _LEAST - 1:
                continue
            steps = tuple((None if here is None else places[here], there) for here, there in laid.steps)
            equal = frozenset(
                (here, there)
                for here, there in steps
                if here is not None and there is not None and keys[here - places.start] == words.keys[there]
            )
            found.append(Laid(stored, False, laid.likeness, steps, equal))
    return sorted(found, key=lambda laid: -laid.likeness)


def _runs(best: Laid) -> Iterator[Run]:
    for same, group in groupby(best.steps, key=lambda step: step in best.equal):
        if not same:
            steps = list(group)
            yield Run(
                tuple(here for here, _ in steps if here is not None),
                tuple(there for _, there in steps if there is not None),
            )
