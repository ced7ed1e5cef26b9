"""The role scores around each cue → attributions: contiguous pieces of source, cue and content."""

from __future__ import annotations

import numpy as np

from onrecord.reader.annotated import Attribution
from onrecord.reader.heads.encoder import Floats, Heads

__all__ = ["decode_attributions"]

NONE, CUE, SOURCE, CONTENT = range(4)


def _change(*, content: float, other: float) -> Floats:
    """Nats that a change of role from one word to the next costs, [from, to]: `content` where content begins or ends, which
    smooths over the single stray word; `other` for the rest, for a source is often one word ("he")."""
    cost = np.full((4, 4), other, dtype=np.float32)
    cost[CONTENT, :] = cost[:, CONTENT] = content
    np.fill_diagonal(cost, 0.0)
    return cost


# Chosen on PolNeAR dev, where each is flat: thresholds of 0.3 to 0.6 move found F1 by 0.5 points and attributed by 1.2;
# content costs of 1 to 3 by 0.1 and 0.2. Charging every change of role (1.5) cost 3.5 points of attributed.
ANCHOR_THRESHOLD = 0.4
CHANGE: Floats = _change(content=1.0, other=0.0)
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
        pieces = {role: _pieces(path, role) for role in (CUE, SOURCE, CONTENT)}
        content = _kept_content(pieces[CONTENT], own[:, CONTENT])
        if not content:
            continue
        cue = [p for p in pieces[CUE] if p[0] <= anchor < p[1]] or _strongest(pieces[CUE], own[:, CUE])
        source = _strongest(pieces[SOURCE], own[:, SOURCE])
        sure = float(np.mean(np.concatenate([own[a:b, CONTENT] for a, b in content])))
        found.append(
            Attribution(
                offset + int(anchor),
                _moved(cue, offset),
                _moved(source, offset),
                _moved(content, offset),
                float(probability) * sure,
            )
        )
    return found


def best_paths(roles: Floats, change: Floats = CHANGE) -> list[list[int]]:
    """The likeliest role of each word for every anchor, [A, W, 4] → A lists of W, when a change of role costs `change`
    [from, to] (Viterbi; all anchors of a window at once, since one at a time took a tenth of the whole reading)."""
    anchors, words, _ = roles.shape
    back = np.zeros((words, anchors, 4), dtype=np.int64)
    best = roles[:, 0]
    for w in range(1, words):
        moved = best[:, :, None] - change  # [A, from, to]
        back[w] = moved.argmax(axis=1)
        best = moved.max(axis=1) + roles[:, w]
    path = np.zeros((anchors, words), dtype=np.int64)
    path[:, -1] = best.argmax(axis=1)
    every = np.arange(anchors)
    for w in range(words - 1, 0, -1):
        path[:, w - 1] = back[w, every, path[:, w]]
    return [[int(role) for role in row] for row in path]


def _pieces(path: list[int], role: int) -> Pieces:
    """Maximal runs of one role, as (start, end)."""
    out: Pieces = []
    start = None
    for i, r in enumerate([*path, -1]):
        if r == role and start is None:
            start = i
        elif r != role and start is not None:
            out.append((start, i))
            start = None
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


def _moved(pieces: Pieces, offset: int) -> tuple[tuple[int, int], ...]:
    return tuple((a + offset, b + offset) for a, b in pieces)
