"""Mentions → antecedents: of all that stand before one, the likeliest five, whatever the block that it is compared in."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.reader.heads.annotate import BLOCK, CHOICES, LEAST_CHOICE, REACH, _links

WIDTH = 8


@pytest.mark.parametrize("mentions", [1, 2, 7, BLOCK, BLOCK + 1, 3 * BLOCK + REACH // 2])
def test_the_likeliest_are_those_of_sorting_all(mentions: int) -> None:
    chance = np.random.default_rng(mentions)
    now, then = (chance.normal(0, 2, (mentions, WIDTH)).astype(np.float32) for _ in range(2))
    new = chance.normal(0, 1, mentions).astype(np.float32)
    found = []
    for start in range(0, mentions, BLOCK):
        found += _links(now, then, new, range(start, min(start + BLOCK, mentions)))
    assert len(found) == mentions
    for i, (antecedents, none_before) in enumerate(found):
        low = max(0, i - i % BLOCK - REACH)
        scores = {k: float(now[i] @ then[k]) * WIDTH**-0.5 for k in range(low, i)} | {i: float(new[i])}
        whole = sum(np.exp(score) for score in scores.values())
        likely = {k: float(np.exp(score) / whole) for k, score in scores.items()}
        assert none_before == pytest.approx(likely.pop(i), rel=1e-3)
        best = sorted((-p, k) for k, p in likely.items())[:CHOICES]
        assert [p for _, p in antecedents] == pytest.approx(
            [-p for p, _ in best if -p >= LEAST_CHOICE], rel=1e-3, abs=1e-6
        )
        assert {k for k, _ in antecedents} <= set(likely)
