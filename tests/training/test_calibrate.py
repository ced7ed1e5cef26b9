"""The fit of confidences and their measures, on made-up records whose truth is known."""

from __future__ import annotations

import random

import numpy as np
import pytest
from training.calibrate import Judged, fit, left_out, matrix, report, same
from training.reliability import plot


def judged(n: int, seed: int = 5) -> list[Judged]:
    """Records that are right with probability 1/(1+e^-x), x their one feature, ten an article."""
    rng = random.Random(seed)
    out = []
    for i in range(n):
        x = rng.uniform(-3, 3)
        out.append(Judged(i // 10, {"x": x}, rng.random() < 1 / (1 + np.exp(-x))))
    return out


def test_the_fit_finds_the_weights_that_made_the_data() -> None:
    made = judged(4000)
    weights = fit(matrix(made, ["x"]), np.array([float(j.right) for j in made]))
    assert weights == pytest.approx([0.0, 1.0], abs=0.12)


def test_confidences_of_the_left_out_are_calibrated() -> None:
    made = judged(4000)
    row = report(left_out(made, ["x"]), np.array([float(j.right) for j in made]))
    assert row["ece"] < 0.03
    assert 0.8 < row["auc"] < 0.95
    assert sum(b["records"] for b in row["bins"]) == 4000


def test_confidences_that_are_wrong_show_it() -> None:
    right = np.array([0.0, 0.0, 1.0, 1.0])
    row = report(np.array([0.9, 0.95, 0.05, 0.1]), right)
    assert row["ece"] == pytest.approx((0.9 + 0.95 + 0.95 + 0.9) / 4)
    assert row["auc"] == 0.0


def test_an_articles_records_never_stand_on_both_sides() -> None:
    """A feature that is the article itself tells nothing of articles that were left out."""
    made = [Judged(i % 5, {f"article {i % 5}": 1.0}, i % 5 < 3) for i in range(200)]
    names = [f"article {k}" for k in range(5)]
    assert len(set(np.round(left_out(made, names), 9))) <= 5
    assert report(left_out(made, names), np.array([float(j.right) for j in made]))["auc"] <= 0.5


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [(5, 5.0, True), (0.1 + 0.2, 0.3, True), ([1, 2], [1, 2], True), ([1, 2], 1, False), (5, 6, False)],
)
def test_same_value(one: float | list[float], other: float | list[float], equal: bool) -> None:
    assert same(one, other) is equal


def test_the_plot_has_a_dot_a_bin() -> None:
    bins = [{"records": 3, "confidence": 0.2, "right": 0.3}, {"records": 7, "confidence": 0.9, "right": 0.8}]
    drawn = plot({"statement": {"records": 10, "ece": 0.1, "bins": bins}})
    assert drawn.count("<circle") == 2
    assert "7 records, confidence 0.90, right 0.80" in drawn
