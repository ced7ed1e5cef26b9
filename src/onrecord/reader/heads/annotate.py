"""Document → Annotated: words, windows, one run of the encoder a window, and the heads' outputs put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import sqrt
from typing import TypeVar

import numpy as np

from onrecord.errors import OutOfTime
from onrecord.patience import Deadline, check_time
from onrecord.reader.annotated import Annotated, Attribution, MentionGuess, Token
from onrecord.reader.heads.attributions import decode_attributions
from onrecord.reader.heads.encoder import Encoder, Floats, Heads, load_encoder
from onrecord.reader.heads.exponential import exponential
from onrecord.reader.heads.lemmas import settle
from onrecord.reader.heads.tree import UNPROPOSED, Proposed, decode_trees, split_sentences
from onrecord.reader.heads.windows import Window, cut_windows, pieces_of
from onrecord.reader.heads.words import REMEMBERED, cut_words, gap_before
from onrecord.records import Document, Span

__all__ = ["Seen", "annotate", "annotate_all", "annotate_words", "apply_script", "called"]

MENTION_THRESHOLD = 0.5
REACH = 400  # mentions that coreference looks back over: about 1,600 words of news
BLOCK = 128  # mentions compared at once
NEVER = np.float32(-1e4)  # the score of an antecedent that stands later
FINE = 2.0**16  # parts of one that vectors are rounded to, to be compared: sums of whole numbers are exact in any order
CHOICES = 5  # antecedents kept a mention, for rules that must pass over the best
LEAST_CHOICE = 0.01

Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Seen:
    """A document as the heads see it, and the time that is left for decoding it."""

    annotated: Annotated
    deadline: Deadline


def called(document: Document) -> str:
    """What a document is called in errors."""
    return document.title or document.url or document.id[:12]


def annotate(document: Document, encoder: Encoder | None = None) -> Annotated:
    """Everything the heads see in a document, boilerplate left out. Text without a single word gives no tokens."""
    return annotate_words(document, _words_of(document), encoder)


def annotate_words(document: Document, spans: Sequence[tuple[int, int]], encoder: Encoder | None = None) -> Annotated:
    """The same over words that are given (the evaluation's gold tokens)."""
    encoder = encoder or load_encoder()
    draft = _Draft(document, spans, encoder)
    for _, window, heads in encoder.run_all(_parts([draft])):
        if window is not None and heads is not None:
            draft.add(window, heads)
            check_time()
    return draft.finish()


def annotate_all(given: Iterable[Document | Other], encoder: Encoder) -> Iterator[Seen | OutOfTime | Other]:
    """The same of many documents, in their order: the encoder's threads run windows of those that come next while the
    caller is busy with one. What is no document is passed on in its place; in that of a document that takes longer than one
    may stands an OutOfTime."""
    drafts: Iterator[_Draft | Other] = (
        _Draft(item, _words_of(item), encoder) if isinstance(item, Document) else item for item in given
    )
    for of, window, heads in encoder.run_all(_parts(drafts)):
        if isinstance(of, _Part):
            found = of.draft.add_in_time(window, heads, last=of.last)
            if found is not None:
                yield found
        else:
            yield of


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
            if draft.late is not None:  # what is left of it need not be run
                yield _Part(draft, last=True), None
                break
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
        ends = [0, *(end for _, end in spans)]
        gaps = [int(gap_before(text, end, start)) for end, (start, _) in zip(ends, spans, strict=False)]
        self.windows = cut_windows(words, gaps, pieces_of(words, encoder.vocabulary))
        self._sentences = _Sentences(words, spans, encoder.labels)
        self._kinds = encoder.labels["mention"]
        self.late: OutOfTime | None = None
        self._deadline: Deadline | None = None
        self._attributions: list[Attribution] = []
        self._mentions: list[_Guesses] = []

    def add_in_time(self, window: Window | None, heads: Heads | None, *, last: bool) -> Seen | OutOfTime | None:
        """Adds a window, and after the `last` one gives what became of the document, whose time begins with its first."""
        self._deadline = self._deadline or Deadline(called(self.document))
        try:
            if window is not None and heads is not None and self.late is None:
                self.add(window, heads)
                self._deadline.check()
            if last and self.late is None:
                with self._deadline:
                    return Seen(self.finish(), self._deadline)
        except OutOfTime as error:
            self.late = error
        return self.late if last else None

    def add(self, window: Window, heads: Heads) -> None:
        self._sentences.add(window, heads)
        self._mentions.append(_mentions(window, heads, self._kinds))
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
        self.spans = [Span._make(span) for span in spans]
        self._upos, self._tags, self._scripts = labels["upos"], labels["tag"], labels["lemma"]
        # An arc that is not the root's is none of relation `root`; nor does one that was not proposed have a name.
        self._relation = {UNPROPOSED: "dep"} | {
            i: "dep" if r == "root" else r for i, r in enumerate(labels["relation"])
        }
        self.tokens: list[Token] = []
        self.sentences: list[range] = []

    def add(self, window: Window, heads: Heads) -> None:
        sentences = split_sentences(heads.start.tolist())
        governors, relations = decode_trees(sentences, Proposed(heads.heads, heads.head_scores, heads.relations))
        rows = zip(
            range(window.start, window.end),
            governors,
            relations,
            heads.upos.tolist(),
            heads.tag.tolist(),
            heads.lemma.tolist(),
            strict=True,
        )
        first = window.start
        number = len(self.sentences) - 1
        begins = {first + sentence.start for sentence in sentences}
        for at, governor, relation, upos, tag, script in rows:
            if at in begins:
                number += 1
            word, pos = self.words[at], self._upos[upos]
            head = first + governor
            self.tokens.append(
                Token(
                    at,
                    self.spans[at],
                    word,
                    _lemma(word, self._scripts[script], pos),
                    pos,
                    self._tags[tag],
                    head,
                    "root" if head == at else self._relation[relation],
                    number,
                )
            )
        self.sentences += [range(first + sentence.start, first + sentence.stop) for sentence in sentences]


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


@dataclass(frozen=True, slots=True)
class _Guesses:
    """The mentions of one window before linking: head word, first and last word (document indices), type and probability
    of each, and the vectors [M, d] and scores [M] that compare them with others."""

    places: list[tuple[int, int, int]]
    kinds: list[str]
    probabilities: list[float]
    now: Floats
    then: Floats
    new: Floats


def _mentions(window: Window, heads: Heads, kinds: list[str]) -> _Guesses:
    kept = np.flatnonzero((heads.mention_probability >= MENTION_THRESHOLD) & (heads.mention != 0))
    base = window.start
    places = zip(
        (base + kept).tolist(), (base + heads.first[kept]).tolist(), (base + heads.last[kept]).tolist(), strict=True
    )
    return _Guesses(
        list(places),
        [kinds[kind] for kind in heads.mention[kept].tolist()],
        heads.mention_probability[kept].tolist(),
        heads.coref_now[kept],
        heads.coref_then[kept],
        heads.coref_new[kept],
    )


def _linked(guesses: list[_Guesses]) -> Iterator[MentionGuess]:
    """Each mention with its likeliest antecedents among the `REACH` mentions before it."""
    if not guesses:
        return
    now, then, new = (np.concatenate(parts) for parts in zip(*((g.now, g.then, g.new) for g in guesses), strict=True))
    links = chain.from_iterable(
        _links(now, then, new, range(start, min(start + BLOCK, len(new)))) for start in range(0, len(new), BLOCK)
    )
    for of in guesses:
        for (head, first, last), kind, probability in zip(of.places, of.kinds, of.probabilities, strict=True):
            antecedents, none_before = next(links)
            yield MentionGuess(head, first, last + 1, kind, probability, antecedents, none_before)


def _links(
    now: Floats, then: Floats, new: Floats, block: range
) -> Iterator[tuple[tuple[tuple[int, float], ...], float]]:
    """Antecedents of the mentions of a block, all compared at once with those before them, and the probability of none."""
    low = max(0, block.start - REACH)
    # Not `now @ then.T`: numpy's BLAS would share this small product among threads, which then spin for more (a fifth of all
    # processor time, measured on two cores).
    asking, asked = (
        np.rint(v.astype(np.float64) * FINE) for v in (now[block.start : block.stop], then[low : block.stop])
    )
    scores = (np.einsum("id,jd->ij", asking, asked) / (FINE**2 * sqrt(now.shape[1]))).astype(np.float32)
    # row i may look at columns up to its own mention, which stands for "none before it" and takes that score
    rows = np.arange(len(block))
    own = rows + (block.start - low)
    scores[np.arange(scores.shape[1])[None, :] > own[:, None]] = NEVER
    scores[rows, own] = new[block.start : block.stop]
    weights = exponential(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    none_before = weights[rows, own].tolist()
    weights[rows, own] = 0
    best, their = [], []
    for _ in range(CHOICES):  # some 17 a mention are likely enough: sorting them all took thrice as long
        chosen = weights.argmax(axis=1)
        best.append((low + chosen).tolist())
        their.append(weights[rows, chosen].tolist())
        weights[rows, chosen] = 0
    for choices, likely, none in zip(zip(*best, strict=True), zip(*their, strict=True), none_before, strict=True):
        yield tuple((k, p) for k, p in zip(choices, likely, strict=True) if p >= LEAST_CHOICE), none
