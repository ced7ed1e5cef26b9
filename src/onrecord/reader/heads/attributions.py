"""The role scores around each cue → attributions: contiguous pieces of source, cue and content."""

from __future__ import annotations

import numpy as np

from onrecord.reader.annotated import Attribution, Sureness
from onrecord.reader.heads.encoder import Floats, Heads

__all__ = ["decode_attributions"]

NONE, CUE, SOURCE, CONTENT = range(4)


# Chosen on PolNeAR dev, where each is flat: thresholds of 0.3 to 0.6 move found F1 by 0.5 points and attributed by 1.2;
# content costs of 1 to 3 by 0.1 and 0.2. Charging every change of role (1.5), and so short sources too ("he"), cost 3.5
# points of attributed.
ANCHOR_THRESHOLD = 0.4
CHANGE = 1.0  # nats that it costs to begin or end content: smooths over the single stray word
LEAST_CONTENT = 0.5  # a piece of content must hold at least this share of the probability of the best piece

Pieces = list[tuple[int, int]]


def decode_attributions(heads: Heads, offset: int, *, threshold: float = ANCHOR_THRESHOLD) -> list[Attribution]:
    """Attributions of one window, in the order of their cues; `offset` is the document index of the window's first word.

    A cue whose words get no content is left out: without content nothing was stated.
    """
    kept = np.flatnonzero(heads.anchor_probability >= threshold)
    if not len(kept):
        return []
    found = []
    paths = best_paths(heads.roles[kept])
    for k, path in zip(kept, paths, strict=True):
        anchor, probability = heads.anchors[k], heads.anchor_probability[k]
        own = np.exp(heads.roles[k])
        pieces = _pieces(path)
        content = _kept_content(pieces[CONTENT], own[:, CONTENT])
        if not content:
            continue
        cue = [p for p in pieces[CUE] if p[0] <= anchor < p[1]] or _strongest(pieces[CUE], own[:, CUE])
        source = _strongest(pieces[SOURCE], own[:, SOURCE])
        sure = Sureness(
            anchor=float(probability),
            cue=_mean(cue, own[:, CUE]) if cue else None,
            source=_mean(source, own[:, SOURCE]) if source else None,
            content=_mean(content, own[:, CONTENT]),
        )
        found.append(
            Attribution(
                offset + int(anchor),
                _moved(cue, offset),
                _moved(source, offset),
                _moved(content, offset),
                sure,
            )
        )
    return found


def best_paths(roles: Floats, change: float = CHANGE) -> list[list[int]]:
    """The likeliest role of each word for every anchor, [A, W, 4] → A lists of W, when beginning or ending content costs
    `change` and other changes of role nothing.

    This is Viterbi over two states, content and the best of the rest, written as one running difference: at each word it
    is how much better a path ending in content is, and no path can be more than `change` better than the other.
    """
    rest = roles[:, :, :CONTENT]
    gains = (roles[:, :, CONTENT] - rest.max(axis=2)).tolist()
    others = rest.argmax(axis=2).tolist()
    return [_path(gain, other, change) for gain, other in zip(gains, others, strict=True)]


def _path(gains: list[float], others: list[int], change: float) -> list[int]:
    """One anchor's roles from each word's gain of being content and its best other role."""
    differences = []
    difference = 0.0
    for gain in gains:
        if difference > change:
            difference = change
        elif difference < -change:
            difference = -change
        difference += gain
        differences.append(difference)
    content = difference > 0
    path = [CONTENT if content else others[-1]]
    for i in range(len(gains) - 2, -1, -1):
        # stay in the state unless the other was better here by more than the change costs
        content = differences[i] >= -change if content else differences[i] > change
        path.append(CONTENT if content else others[i])
    return path[::-1]


def _pieces(path: list[int]) -> dict[int, Pieces]:
    """For each role but none its maximal runs, as (start, end)."""
    out: dict[int, Pieces] = {CUE: [], SOURCE: [], CONTENT: []}
    start, current = 0, NONE
    for i, role in enumerate(path):
        if role != current:
            if current != NONE:
                out[current].append((start, i))
            start, current = i, role
    if current != NONE:
        out[current].append((start, len(path)))
    return out


def _strongest(pieces: Pieces, probability: Floats) -> Pieces:
    """The one piece with most probability in it: an attribution has one source and one cue."""
    return [max(pieces, key=lambda p: float(probability[p[0] : p[1]].sum()))] if pieces else []


def _kept_content(pieces: Pieces, probability: Floats) -> Pieces:
    if not pieces:
        return []
    mean = [float(probability[a:b].mean()) for a, b in pieces]
    best = max(mean)
    return [p for p, m in zip(pieces, mean, strict=True) if m >= LEAST_CONTENT * best]


def _mean(pieces: Pieces, probability: Floats) -> float:
    """Mean over the words of some pieces, of which there must be one."""
    return float(np.mean(np.concatenate([probability[a:b] for a, b in pieces])))


def _moved(pieces: Pieces, offset: int) -> tuple[tuple[int, int], ...]:
    return tuple((a + offset, b + offset) for a, b in pieces)
