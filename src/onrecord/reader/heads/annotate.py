"""Document → Annotated: words, windows, one run of the encoder a window, and the heads' outputs put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np

from onrecord.reader.annotated import Annotated, Attribution, MentionGuess, Token
from onrecord.reader.heads.attributions import decode_attributions
from onrecord.reader.heads.encoder import Encoder, Floats, Heads, load_encoder
from onrecord.reader.heads.lemmas import settle
from onrecord.reader.heads.tree import decode_tree, split_sentences
from onrecord.reader.heads.windows import Window, cut_windows, pieces_of
from onrecord.reader.heads.words import REMEMBERED, cut_words, gap_before
from onrecord.records import Document, Span

__all__ = ["annotate", "annotate_all", "annotate_words", "apply_script"]

MENTION_THRESHOLD = 0.5
REACH = 400  # mentions that coreference looks back over: about 1,600 words of news
BLOCK = 128  # mentions compared at once
NEVER = np.float32(-1e4)  # the score of an antecedent that stands later
CHOICES = 5  # antecedents kept a mention, for rules that must pass over the best
LEAST_CHOICE = 0.01

Other = TypeVar("Other")


def annotate(document: Document, encoder: Encoder | None = None) -> Annotated:
    """Everything the heads see in a document, boilerplate left out. Text without a single word gives no tokens."""
    return annotate_words(document, _words_of(document), encoder)


def annotate_words(document: Document, spans: Sequence[tuple[int, int]], encoder: Encoder | None = None) -> Annotated:
    """The same over words that are given (the evaluation's gold tokens)."""
    encoder = encoder or load_encoder()
    (annotated,) = _finished([_Draft(document, spans, encoder)], encoder)
    return annotated


def annotate_all(given: Iterable[Document | Other], encoder: Encoder) -> Iterator[Annotated | Other]:
    """The same of many documents, in their order: the encoder's threads run windows of those that come next while the
    caller is busy with one. What is no document is passed on in its place."""
    drafts: Iterator[_Draft | Other] = (
        _Draft(item, _words_of(item), encoder) if isinstance(item, Document) else item for item in given
    )
    return _finished(drafts, encoder)


def _finished(drafts: Iterable[_Draft | Other], encoder: Encoder) -> Iterator[Annotated | Other]:
    for of, window, heads in encoder.run_all(_parts(drafts)):
        if not isinstance(of, _Part):
            yield of
            continue
        if window is not None and heads is not None:
            of.draft.add(window, heads)
        if of.last:
            yield of.draft.finish()


def _parts(drafts: Iterable[_Draft | Other]) -> Iterator[tuple[_Part | Other, Window | None]]:
    """The windows of each draft in order, one for each part; a document without words is one part without a window."""
    for draft in drafts:
        if not isinstance(draft, _Draft):
            yield draft, None
            continue
        last = len(draft.windows) - 1
        if last < 0:
            yield _Part(draft, last=True), None
        for at, window in enumerate(draft.windows):
            yield _Part(draft, last=at == last), window


def _words_of(document: Document) -> list[tuple[int, int]]:
    furniture = [b.span for b in document.blocks if b.kind == "boilerplate"]
    return _outside(cut_words(document.text), furniture)


def _outside(words: list[tuple[int, int]], furniture: Sequence[Span]) -> list[tuple[int, int]]:
    """The words that touch none of the spans; both lists are in text order."""
    kept, at = [], 0
    for start, end in words:
        while at < len(furniture) and furniture[at].end <= start:
            at += 1
        if at == len(furniture) or end <= furniture[at].start:
            kept.append((start, end))
    return kept


class _Draft:
    """A document while its windows are run: what the heads have said of it so far."""

    def __init__(self, document: Document, spans: Sequence[tuple[int, int]], encoder: Encoder) -> None:
        self.document = document
        text = document.text
        words = [text[a:b] for a, b in spans]
        gaps = [int(gap_before(text, spans[i - 1][1] if i else 0, a)) for i, (a, _) in enumerate(spans)]
        self.windows = cut_windows(words, gaps, pieces_of(words, encoder.vocabulary))
        self._sentences = _Sentences(words, spans, encoder.labels)
        self._kinds = encoder.labels["mention"]
        self._attributions: list[Attribution] = []
        self._mentions: list[_Guess] = []

    def add(self, window: Window, heads: Heads) -> None:
        self._sentences.add(window, heads)
        self._mentions += _mentions(window, heads, self._kinds)
        self._attributions += decode_attributions(heads, window.start)

    def finish(self) -> Annotated:
        return Annotated(
            self.document,
            tuple(self._sentences.tokens),
            tuple(self._sentences.sentences),
            tuple(_linked(self._mentions)),
            tuple(self._attributions),
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """A window's place: in which document it stands, and whether it is the last one there."""

    draft: _Draft
    last: bool


class _Sentences:
    """The tokens and sentences of a document, gathered window by window."""

    def __init__(self, words: Sequence[str], spans: Sequence[tuple[int, int]], labels: dict[str, list[str]]) -> None:
        self.words = words
        self.spans = spans
        self.labels = labels
        self.tokens: list[Token] = []
        self.sentences: list[range] = []

    def add(self, window: Window, heads: Heads) -> None:
        candidates = [
            tuple(zip(h, s, r, strict=True))
            for h, s, r in zip(heads.heads.tolist(), heads.head_scores.tolist(), heads.relations.tolist(), strict=True)
        ]
        upos = [self.labels["upos"][i] for i in heads.upos.tolist()]
        tags = [self.labels["tag"][i] for i in heads.tag.tolist()]
        scripts = [self.labels["lemma"][i] for i in heads.lemma.tolist()]
        first = window.start
        for sentence in split_sentences(heads.start.tolist()):
            number = len(self.sentences)
            tree = decode_tree(sentence, candidates)
            for w in sentence:
                head, relation = tree[w]
                at = first + w
                word, pos = self.words[at], upos[w]
                self.tokens.append(
                    Token(
                        at,
                        Span(*self.spans[at]),
                        word,
                        _lemma(word, scripts[w], pos),
                        pos,
                        tags[w],
                        first + head,
                        "root" if head == w else self._relation(relation),
                        number,
                    )
                )
            self.sentences.append(range(first + sentence.start, first + sentence.stop))

    def _relation(self, index: int | None) -> str:
        """The relation of an arc that is not the root's; `dep` where none was proposed."""
        name = "dep" if index is None else self.labels["relation"][index]
        return "dep" if name == "root" else name


@lru_cache(REMEMBERED)
def _lemma(word: str, script: str, pos: str) -> str:
    return settle(word, apply_script(word, script), pos)


def apply_script(word: str, script: str) -> str:
    """The lemma that a script makes of a word: `=` leaves it, `-2+y` cuts two letters of its lower case and adds "y".

    A script that would cut the whole word away (it was learned on another) leaves the lower-cased word.
    """
    if script == "=":
        return word
    cut, _, suffix = script[1:].partition("+")
    low = word.lower()
    stem = low[: len(low) - int(cut)] if int(cut) <= len(low) else low
    return stem + suffix or low


class _Guess:
    """A mention before linking: its place and type, and the vectors that compare it with others."""

    __slots__ = ("end", "head", "new", "now", "probability", "start", "then", "type")

    def __init__(
        self, place: tuple[int, int, int], kind: str, probability: float, vectors: tuple[Floats, Floats, float]
    ) -> None:
        self.head, self.start, self.end = place
        self.type = kind
        self.probability = probability
        self.now, self.then, self.new = vectors


def _mentions(window: Window, heads: Heads, kinds: list[str]) -> list[_Guess]:
    base = window.start
    kept = np.flatnonzero((heads.mention_probability >= MENTION_THRESHOLD) & (heads.mention != 0))
    columns = (heads.first, heads.last, heads.mention, heads.mention_probability, heads.coref_new)
    found = []
    for w, first, last, kind, probability, new in zip(
        kept.tolist(), *(column[kept].tolist() for column in columns), strict=True
    ):
        vectors = (heads.coref_now[w], heads.coref_then[w], new)
        found.append(_Guess((base + w, base + first, base + last + 1), kinds[kind], probability, vectors))
    return found


def _linked(guesses: list[_Guess]) -> list[MentionGuess]:
    """Each mention with its likeliest antecedents among the `REACH` mentions before it."""
    linked: list[MentionGuess] = []
    for start in range(0, len(guesses), BLOCK):
        linked += _linked_block(guesses, start, min(start + BLOCK, len(guesses)))
    return linked


def _linked_block(guesses: list[_Guess], start: int, end: int) -> list[MentionGuess]:
    """Mentions `start`..`end`, all compared at once with those before them."""
    low = max(0, start - REACH)
    now = np.stack([g.now for g in guesses[start:end]])
    then = np.stack([g.then for g in guesses[low:end]])
    # Not `now @ then.T`: numpy's BLAS would share this small product among threads, which then spin for more (a fifth of all
    # processor time, measured on two cores), and whose number it depends on in the last bit.
    scores = np.einsum("id,jd->ij", now, then) * now.shape[1] ** -0.5
    # row i may look at columns up to its own mention, which stands for "none before it" and takes that score
    own = np.arange(start - low, end - low)
    scores[np.arange(scores.shape[1])[None, :] > own[:, None]] = NEVER
    scores[np.arange(len(own)), own] = [g.new for g in guesses[start:end]]
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    likely: list[list[tuple[float, int]]] = [[] for _ in own]
    rows, columns = np.nonzero(weights >= LEAST_CHOICE)
    for i, k, weight in zip(rows.tolist(), columns.tolist(), weights[rows, columns].tolist(), strict=True):
        if k != start - low + i:
            likely[i].append((-weight, k))
    none_before = weights[np.arange(len(own)), own].tolist()
    return [
        MentionGuess(
            g.head,
            g.start,
            g.end,
            g.type,
            g.probability,
            tuple((low + k, -negative) for negative, k in sorted(choices)[:CHOICES]),
            new,
        )
        for g, choices, new in zip(guesses[start:end], likely, none_before, strict=True)
    ]
