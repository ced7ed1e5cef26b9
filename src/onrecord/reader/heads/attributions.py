"""The role scores around each cue → attributions: contiguous pieces of source, cue and content."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.reader.annotated import Attribution, Sureness
from onrecord.reader.heads.encoder import Floats, Heads
from onrecord.reader.heads.exponential import exponential

__all__ = ["decode_attributions"]

NONE, CUE, SOURCE, CONTENT = range(4)


# Chosen on PolNeAR dev, where each is flat: thresholds of 0.3 to 0.6 move found F1 by 0.5 points and attributed by 1.2;
# content costs of 1 to 3 by 0.1 and 0.2. Charging every change of role (1.5), and so short sources too ("he"), cost 3.5
# points of attributed.
ANCHOR_THRESHOLD = 0.4
CHANGE = 1.0  # nats that it costs to begin or end content: smooths over the single stray word
LEAST_CONTENT = 0.5  # a piece of content must hold at least this share of the probability of the best piece

_DECIDED = 2.001  # changes: 2, and what rounding may add

Pieces = list[tuple[int, int]]
Roles = NDArray[np.int64]


def decode_attributions(heads: Heads, offset: int, *, threshold: float = ANCHOR_THRESHOLD) -> list[Attribution]:
    """Attributions of one window, in the order of their cues; `offset` is the document index of the window's first word.

    A cue whose words get no content is left out: without content nothing was stated.
    """
    kept = np.flatnonzero(heads.anchor_probability >= threshold)
    if not len(kept):
        return []
    found = []
    roles = heads.roles[kept]
    shares = exponential(roles)
    kept_anchors = zip(heads.anchors[kept].tolist(), heads.anchor_probability[kept].tolist(), strict=True)
    for (anchor, probability), path, own in zip(kept_anchors, best_paths(roles), shares, strict=True):
        pieces = _pieces(path)
        content = _kept_content(pieces[CONTENT], own[:, CONTENT])
        if not content:
            continue
        cue = [p for p in pieces[CUE] if p[0] <= anchor < p[1]] or _strongest(pieces[CUE], own[:, CUE])
        source = _strongest(pieces[SOURCE], own[:, SOURCE])
        sure = Sureness(
            anchor=probability,
            cue=_mean(cue, own[:, CUE]) if cue else None,
            source=_mean(source, own[:, SOURCE]) if source else None,
            content=_mean(content, own[:, CONTENT]),
        )
        found.append(
            Attribution(offset + anchor, _moved(cue, offset), _moved(source, offset), _moved(content, offset), sure)
        )
    return found


def best_paths(roles: Floats, change: float = CHANGE) -> Roles:
    """The likeliest role of each word for every anchor, [A, W, 4] → [A, W], when beginning or ending content costs `change`
    and other changes of role nothing.

    This is Viterbi over two states, content and the best of the rest, written as one running difference: at each word it
    is how much better a path ending in content is, and no path can be more than `change` better than the other. So a word
    whose own gain is more than twice that is decided by itself, and shuts off what stands before it from what comes after.
    Of 100 words 98 are; only the runs of others are gone through.
    """
    none, cue, source, content = (roles[:, :, role] for role in range(4))
    likelier = np.maximum(none, cue)
    others = np.where(source > likelier, SOURCE, np.where(cue > none, CUE, NONE))
    gains = content - np.maximum(likelier, source)
    paths = np.where(gains > 0, CONTENT, others)
    open_ = np.abs(gains) <= _DECIDED * change
    for anchor, start, end in _runs(open_):
        before = change * np.sign(gains[anchor, start - 1]) if start else 0.0
        after = bool(paths[anchor, end] == CONTENT) if end < roles.shape[1] else None
        is_content = _is_content(gains[anchor, start:end].tolist(), change, float(before), after)
        paths[anchor, start:end] = np.where(is_content, CONTENT, others[anchor, start:end])
    return paths


def _runs(marked: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """The maximal runs of marked words, [A, W] → (row, start, end)."""
    edges = np.diff(marked, axis=1, prepend=False, append=False)
    rows, columns = np.nonzero(edges)
    return list(zip(rows[::2].tolist(), columns[::2].tolist(), columns[1::2].tolist(), strict=True))


def _is_content(gains: list[float], change: float, difference: float, after: bool | None) -> list[bool]:
    """Which words of a run are content, from each one's gain of being it, the difference before the run, and whether the
    word after it is (None where the run ends the window)."""
    differences = []
    for gain in gains:
        if difference > change:
            difference = change
        elif difference < -change:
            difference = -change
        difference += gain
        differences.append(difference)
    content = difference > 0 if after is None else after
    found = []
    for at, difference in enumerate(reversed(differences)):
        if at or after is not None:
            # stay in the state unless the other was better here by more than the change costs
            content = difference >= -change if content else difference > change
        found.append(content)
    return found[::-1]


def _pieces(path: Roles) -> dict[int, Pieces]:
    """For each role but none its maximal runs, as (start, end)."""
    out: dict[int, Pieces] = {NONE: [], CUE: [], SOURCE: [], CONTENT: []}
    starts = [0, *(np.flatnonzero(path[1:] != path[:-1]) + 1).tolist()]
    for start, end, role in zip(starts, [*starts[1:], len(path)], path[starts].tolist(), strict=True):
        out[role].append((start, end))
    return out


def _strongest(pieces: Pieces, probability: Floats) -> Pieces:
    """The one piece with most probability in it: an attribution has one source and one cue."""
    if len(pieces) < 2:
        return pieces
    return [max(pieces, key=lambda p: float(np.add.reduce(probability[p[0] : p[1]])))]


def _kept_content(pieces: Pieces, probability: Floats) -> Pieces:
    if not pieces:
        return []
    mean = [_mean([piece], probability) for piece in pieces]
    best = max(mean)
    return [p for p, m in zip(pieces, mean, strict=True) if m >= LEAST_CONTENT * best]


def _mean(pieces: Pieces, probability: Floats) -> float:
    """Mean over the words of some pieces, of which there must be one."""
    inside = [probability[a:b] for a, b in pieces]
    whole = inside[0] if len(inside) == 1 else np.concatenate(inside)
    return float(np.add.reduce(whole) / len(whole))  # what `mean` does, in a third of the time


def _moved(pieces: Pieces, offset: int) -> tuple[tuple[int, int], ...]:
    return tuple((a + offset, b + offset) for a, b in pieces)
