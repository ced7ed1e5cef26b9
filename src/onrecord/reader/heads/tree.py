"""The parser's candidates → one tree a sentence.

Each word comes with its few best governors. The best of each mostly form a tree at once (92 of 100 sentences on GUM dev);
where they do not, the arc whose replacement costs least is replaced until they do.

All words of a window are looked at together, as arrays: word by word the same took a third of what the heads' outputs
cost. Only a sentence with a cycle is gone through by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["UNPROPOSED", "Proposed", "decode_trees", "split_sentences"]

UNPROPOSED = -1  # in the place of a relation: no candidate proposed this arc
_NOT_OWN = -30.0  # log-probability of a word as the root, or under a governor, that was not among the candidates
_LOST = -20.0  # of a word that only the root can take

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]
Arc = tuple[int, float, int]  # (governor, log-probability, relation)


@dataclass(frozen=True, slots=True)
class Proposed:
    """The candidates of a window of W words, [W, C] each: governors (-1 for none), their log-probabilities, the relations
    to them; the best first."""

    heads: Integers
    scores: Floats
    relations: Integers

    def inside(self, word: int, sentence: range) -> list[Arc]:
        """The candidates of one word that stand in the sentence, the best first."""
        own = zip(self.heads[word].tolist(), self.scores[word].tolist(), self.relations[word].tolist(), strict=True)
        return [arc for arc in own if arc[0] in sentence]


def split_sentences(starts: Sequence[float], threshold: float = 0.5) -> list[range]:
    """Word ranges of the sentences, from each word's probability of beginning one; the first word always does."""
    cuts = [0, *(i for i in range(1, len(starts)) if starts[i] > threshold), len(starts)]
    return [range(a, b) for a, b in pairwise(cuts) if a < b]


def decode_trees(sentences: Sequence[range], proposed: Proposed) -> tuple[list[int], list[int]]:
    """Each word's governor and the relation to it: in every sentence exactly one root (its own governor), no cycle.

    `sentences` follow each other and hold all words of the window. The relation is `UNPROPOSED` for an arc that no
    candidate proposed, and of no meaning for a root.
    """
    governors, scores, relations, better = _best(sentences, proposed)
    sizes = [len(sentence) for sentence in sentences]
    roots = [sentence.start + int(better[sentence.start : sentence.stop].argmax()) for sentence in sentences]
    root_of = np.repeat(np.asarray(roots), sizes)
    governors = np.where(governors == UNPROPOSED, root_of, governors)
    governors[roots] = roots
    heads, kinds = governors.tolist(), relations.tolist()
    for at in _with_cycle(governors, root_of, sizes):
        sentence, root = sentences[at], roots[at]
        chosen = {w: (heads[w], scores[w], kinds[w]) for w in sentence}
        _untangle(sentence, root, chosen, proposed)
        for w, (head, _, kind) in chosen.items():
            heads[w], kinds[w] = head, kind
    return heads, kinds


def _best(
    sentences: Sequence[range], proposed: Proposed
) -> tuple[Integers, list[float], Integers, NDArray[np.float64]]:
    """Of each word the best governor that is not itself with its score and relation (UNPROPOSED where there is none), and
    how much better the word is as the root than under that governor."""
    words = np.arange(len(proposed.heads))
    sizes = [len(sentence) for sentence in sentences]
    first = np.repeat([sentence.start for sentence in sentences], sizes)[:, None]
    stop = np.repeat([sentence.stop for sentence in sentences], sizes)[:, None]
    own = proposed.heads == words[:, None]
    inside = (proposed.heads >= first) & (proposed.heads < stop) & ~own
    best = inside.argmax(axis=1)
    none = ~inside.any(axis=1)
    governors = np.where(none, UNPROPOSED, proposed.heads[words, best])
    relations = np.where(none, UNPROPOSED, proposed.relations[words, best])
    under = proposed.scores[words, best].astype(np.float64)
    as_root = proposed.scores[words, own.argmax(axis=1)].astype(np.float64)
    better = np.where(own.any(axis=1), as_root, _NOT_OWN) - np.where(none, _NOT_OWN, under)
    return governors, np.where(none, _LOST, under).tolist(), relations, better


def _with_cycle(governors: Integers, root_of: Integers, sizes: Sequence[int]) -> list[int]:
    """Which sentences have a cycle: those with a word from which the way up, twice as far each time, meets no root."""
    up = governors
    steps = 1
    while steps < max(sizes):
        up = up[up]
        steps *= 2
    lost = np.repeat(np.arange(len(sizes)), sizes)[up != root_of]
    return sorted(set(lost.tolist()))


def _untangle(sentence: range, root: int, chosen: dict[int, Arc], proposed: Proposed) -> None:
    """Re-hangs words of cycles until there is none."""
    while cycle := _cycle(sentence, root, chosen):
        _break(cycle, root, chosen, {w: proposed.inside(w, sentence) for w in cycle})


def _cycle(sentence: range, root: int, chosen: dict[int, Arc]) -> set[int]:
    """The words of one cycle, empty if there is none."""
    safe = {root}
    for word in sentence:
        path: list[int] = []
        at = word
        while at not in safe and at not in path:
            path.append(at)
            at = chosen[at][0]
        if at in path:
            return set(path[path.index(at) :])
        safe.update(path)
    return set()


def _break(cycle: set[int], root: int, chosen: dict[int, Arc], inside: dict[int, list[Arc]]) -> None:
    """Re-hangs the word of the cycle that loses least by a governor outside of it that does not hang on the cycle."""
    best: tuple[float, int, Arc] | None = None
    for w in sorted(cycle):
        for candidate in inside[w]:
            if candidate[0] == w or candidate[0] in cycle or _hangs_on(candidate[0], cycle, root, chosen):
                continue
            loss = chosen[w][1] - candidate[1]
            if best is None or loss < best[0]:
                best = (loss, w, candidate)
            break
    if best is None:
        w = min(cycle)
        best = (0.0, w, (root, _LOST, UNPROPOSED))
    chosen[best[1]] = best[2]


def _hangs_on(word: int, cycle: set[int], root: int, chosen: dict[int, Arc]) -> bool:
    seen: set[int] = set()
    while word != root and word not in seen:
        if word in cycle:
            return True
        seen.add(word)
        word = chosen[word][0]
    return word in cycle
