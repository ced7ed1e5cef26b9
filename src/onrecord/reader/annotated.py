"""The text as the heads see it: tokens with lemma, tag and tree, sentences, mentions and attributions, before decoding.

Decoders (moments, figures, events, entities, statements) take an `Annotated` and nothing lower: no tensor gets past here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from onrecord.records import Document, Span

__all__ = ["Annotated", "Attribution", "MentionGuess", "Sureness", "Token", "base_of"]


@cache
def base_of(relation: str) -> str:
    """ "nsubj:pass" → "nsubj": a relation without its subtype."""
    return relation.partition(":")[0]


class _Wanted(dict[str, bool]):
    """Whether a relation, or its part before the colon, is one of some; answered once for each."""

    def __init__(self, relations: tuple[str, ...]) -> None:
        self.relations = relations

    def __missing__(self, relation: str) -> bool:
        self[relation] = found = relation in self.relations or base_of(relation) in self.relations
        return found


class _WantedOf(dict[tuple[str, ...], _Wanted]):
    """The same for each combination that a decoder asks for: they stand in the code, some hundred."""

    def __missing__(self, relations: tuple[str, ...]) -> _Wanted:
        self[relations] = wanted = _Wanted(relations)
        return wanted


_WANTED = _WantedOf()


@dataclass(frozen=True, slots=True)
class Token:
    """A word as Universal Dependencies cuts them ("do" + "n't", "long" + "-" + "term", "Kyiv" + "'s").

    `head` is the index (in the document) of its governor, or its own index for the root of a sentence; `relation` is the
    UD relation to it, with subtype (`nsubj:pass`). `tag` is the Penn tag (VBD, NNS …), which carries tense and number.
    """

    index: int
    span: Span
    text: str
    lemma: str
    upos: str
    tag: str
    head: int
    relation: str
    sentence: int


@dataclass(frozen=True, slots=True)
class MentionGuess:
    """A noun phrase or pronoun that the mention head found: its head word, whole extent, type and probability.

    `antecedents` are earlier mentions (indices into `Annotated.mentions`) that coreference takes for the same entity, with
    their probabilities, best first; `new` is the probability that there is none.
    """

    head: int
    start: int
    end: int
    type: str
    probability: float
    antecedents: tuple[tuple[int, float], ...] = ()
    new: float = 1.0


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure the attribution head is: that a cue begins at the anchor, and of its roles for the words of each part, as
    mean probabilities; None for a part that is not there."""

    anchor: float
    cue: float | None
    source: float | None
    content: float

    @property
    def probability(self) -> float:
        """That it is there and its content is right, as far as the head's own figures go (they are not calibrated)."""
        return self.anchor * self.content


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the attribution head found around one cue: token indices of each role, contiguous pieces as (start, end)."""

    anchor: int
    cue: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    sure: Sureness


@dataclass(frozen=True)
class Annotated:
    """A document with what the heads read in it. Token, mention and sentence indices run over the whole document."""

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[range, ...]
    mentions: tuple[MentionGuess, ...] = ()
    attributions: tuple[Attribution, ...] = ()

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def below(self) -> list[list[Token]]:
        """Direct dependents of each token, in text order. Not to be changed."""
        below: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                below[token.head].append(token)
        return below

    @cached_property
    def _starts(self) -> list[int]:
        return [t.span.start for t in self.tokens]

    @cached_property
    def _ends(self) -> list[int]:
        return [t.span.end for t in self.tokens]

    def dependents(self, index: int, *relations: str) -> list[Token]:
        """Dependents of a token whose relation (or its part before the colon) is one of `relations`; all if none given."""
        below = self.below[index]
        if not relations:
            return below.copy()
        wanted = _WANTED[relations]
        found = []
        # Decoders ask four times a word, and a comprehension, which has a frame of its own, takes half as long again.
        for token in below:
            if wanted[token.relation]:
                found.append(token)
        return found

    def subtree(self, index: int) -> list[int]:
        """Indices of a token and all that hang on it, in text order."""
        seen = [index]
        for top in seen:  # which grows as it is gone through
            for token in self.below[top]:
                seen.append(token.index)
        return sorted(seen)

    def ancestors(self, index: int) -> Iterator[Token]:
        """The token's governor, its governor's governor, up to the root of the sentence."""
        token = self.tokens[index]
        while token.head != token.index:
            token = self.tokens[token.head]
            yield token

    def tokens_in(self, span: Span) -> range:
        """Indices of the tokens that overlap a span of characters."""
        start, end = span
        first = bisect_right(self._ends, start)
        return range(first, max(first, bisect_left(self._starts, end)))

    def placed(self, span: Span) -> tuple[range, int | None]:
        """`tokens_in` a span and the `head_of` them, None where there are none; kept, since several decoders ask it of every
        mention."""
        found = self._placed.get(span)
        if found is None:
            where = self.tokens_in(span)
            found = self._placed[span] = where, self.head_of(where) if where else None
        return found

    @cached_property
    def _placed(self) -> dict[Span, tuple[range, int | None]]:
        return {}

    @cached_property
    def mention_at(self) -> dict[int, MentionGuess]:
        """Head word → the mention that has it, the first of several."""
        return {mention.head: mention for mention in reversed(self.mentions)}

    def span(self, start: int, end: int) -> Span:
        """The characters from token `start` to token `end` (exclusive)."""
        return Span(self.tokens[start].span.start, self.tokens[end - 1].span.end)

    def head_of(self, indices: Sequence[int]) -> int:
        """The token of a stretch whose governor lies outside it: the word the stretch hangs by."""
        inside = indices if isinstance(indices, range) else set(indices)
        tokens = self.tokens
        for i in indices:
            head = tokens[i].head
            if head not in inside or head == i:
                return i
        return indices[0]
