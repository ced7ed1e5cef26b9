"""Role scores → attributions: the best path is the best path, and its pieces become source, cue and content."""

from __future__ import annotations

from dataclasses import astuple, fields
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.reader.heads.attributions import CHANGE, best_paths, decode_attributions
from onrecord.reader.heads.encoder import Floats, Heads

LETTERS = "-ksc"  # none, cue (k), source, content


def roles(pattern: str, sure: float = 0.9) -> Floats:
    """Log-probabilities [W, 4] of a pattern such as `ssk-ccc`, each word `sure` of its role."""
    rows = np.full((len(pattern), 4), (1 - sure) / 3)
    for row, letter in zip(rows, pattern, strict=True):
        row[LETTERS.index(letter)] = sure
    return np.log(rows).astype(np.float32)


def heads(*patterns: str, anchors: list[int] | None = None, probability: list[float] | None = None) -> Heads:
    """Head outputs that say nothing but the attributions: one anchor a pattern, at the pattern's first cue."""
    at = anchors if anchors is not None else [p.index("k") for p in patterns]
    given_fields = {
        "anchors": np.array(at, dtype=np.int64),
        "anchor_probability": np.array(probability or [0.9] * len(patterns), dtype=np.float32),
        "roles": np.stack([roles(p) for p in patterns]) if patterns else np.zeros((0, 3, 4), dtype=np.float32),
    }
    return Heads(**{f.name: given_fields.get(f.name, np.zeros(0)) for f in fields(Heads)})


def score(table: Floats, path: tuple[int, ...], change: float) -> float:
    content = LETTERS.index("c")
    crossings = sum((a == content) != (b == content) for a, b in pairwise(path))
    return float(sum(table[w, r] for w, r in enumerate(path))) - change * crossings


@given(
    arrays(
        np.float32, st.tuples(st.integers(1, 3), st.integers(1, 5), st.just(4)), elements=st.floats(-8, 0, width=32)
    ),
    st.sampled_from([0.0, 0.5, CHANGE, 20.0]),
)
def test_best_paths_are_those_of_brute_force(table: Floats, change: float) -> None:
    paths = best_paths(table, change)
    assert len(paths) == len(table)
    for rows, path in zip(table, paths, strict=True):
        best = max(score(rows, p, change) for p in product(range(4), repeat=len(rows)))
        assert score(rows, tuple(path), change) == pytest.approx(best, abs=1e-4)


@given(
    arrays(
        np.float32, st.tuples(st.integers(1, 3), st.integers(1, 40), st.just(4)), elements=st.floats(-6, 0, width=32)
    ),
    st.sampled_from([0.0, 0.5, CHANGE, 20.0]),
)
def test_best_paths_are_those_of_going_through_all_words(table: Floats, change: float) -> None:
    """Words that are decided by themselves are not gone through: the paths are the same to the last word."""
    assert best_paths(table, change).tolist() == [through_all(rows, change) for rows in table]


def through_all(rows: Floats, change: float) -> list[int]:
    """Viterbi over content and the best of the rest, one word after the other."""
    gains, others = (rows[:, 3] - rows[:, :3].max(axis=1)).tolist(), rows[:, :3].argmax(axis=1).tolist()
    differences: list[float] = []
    for gain in gains:
        differences.append(max(-change, min(change, differences[-1] if differences else 0.0)) + gain)
    content = differences[-1] > 0
    path = [3 if content else others[-1]]
    for difference, other in zip(differences[-2::-1], others[-2::-1], strict=True):
        content = difference >= -change if content else difference > change
        path.append(3 if content else other)
    return path[::-1]


def test_pieces_of_each_role() -> None:
    (found,) = decode_attributions(heads("ssk-ccc-"), 0)
    assert (found.anchor, found.cue, found.source, found.content) == (2, ((2, 3),), ((0, 2),), ((4, 7),))


def test_how_sure_the_head_is_of_each_part() -> None:
    (found,) = decode_attributions(heads("ssk-ccc-", probability=[0.7]), 0)
    assert astuple(found.sure) == pytest.approx((0.7, 0.9, 0.9, 0.9))
    (found,) = decode_attributions(heads("--k-ccc-"), 0)
    assert found.sure.source is None


def test_positions_are_the_documents() -> None:
    (found,) = decode_attributions(heads("ssk-ccc-"), 100)
    assert (found.anchor, found.cue, found.source, found.content) == (102, ((102, 103),), ((100, 102),), ((104, 107),))


def test_interrupted_content_is_several_pieces() -> None:
    (found,) = decode_attributions(heads("ccccksscccc"), 0)
    assert found.content == ((0, 4), (7, 11))


def test_one_unsure_stray_word_does_not_split_a_content() -> None:
    table = roles("sskccc-cccc")
    table[6] = np.log([0.4, 0.1, 0.15, 0.35])
    (found,) = decode_attributions(_with_roles("sskccc-cccc", table), 0)
    assert found.content == ((3, 11),)


def _with_roles(pattern: str, table: Floats) -> Heads:
    base = heads(pattern)
    values = {f.name: getattr(base, f.name) for f in fields(Heads)}
    return Heads(**{**values, "roles": table[None]})


def test_a_weak_piece_of_content_is_left_out() -> None:
    pattern = "ccccks" + "-" * 10
    table = roles(pattern)
    table[6:] = np.log([0.2, 0.18, 0.18, 0.44])
    (found,) = decode_attributions(_with_roles(pattern, table), 0)
    assert found.content == ((0, 4),)
    table[6:] = np.log([0.2, 0.1, 0.1, 0.6])
    (found,) = decode_attributions(_with_roles(pattern, table), 0)
    assert found.content == ((0, 4), (6, 16))


def test_one_source_the_one_with_most_in_it() -> None:
    (found,) = decode_attributions(heads("ss--kcccc--ssss"), 0)
    assert found.source == ((11, 15),)


def test_the_cue_is_the_piece_that_holds_the_anchor() -> None:
    (found,) = decode_attributions(heads("kk--ssk--cccc", anchors=[6]), 0)
    assert found.cue == ((6, 7),)


def test_without_content_nothing_was_stated() -> None:
    assert decode_attributions(heads("ssk----"), 0) == []


def test_an_unlikely_anchor_is_left_out() -> None:
    both = heads("ssk-ccc-", "--ssk-cc", probability=[0.1, 0.9])
    assert [a.anchor for a in decode_attributions(both, 0)] == [4]
    assert [a.anchor for a in decode_attributions(both, 0, threshold=0.05)] == [2, 4]


def test_no_anchors() -> None:
    assert decode_attributions(heads(), 0) == []


@given(
    st.integers(1, 3).flatmap(
        lambda a: st.integers(1, 12).flatmap(
            lambda w: st.tuples(
                arrays(np.float32, (a, w, 4), elements=st.floats(-12, 12, width=32)),
                st.lists(st.integers(0, w - 1), min_size=a, max_size=a),
            )
        )
    )
)
def test_roles_never_share_a_word(case: tuple[Floats, list[int]]) -> None:
    scores, anchors = case
    normal = scores - np.log(np.exp(scores.astype(np.float64)).sum(-1, keepdims=True))
    base = heads(*["k"] * len(anchors))
    values = {f.name: getattr(base, f.name) for f in fields(Heads)}
    given_heads = Heads(**{**values, "roles": normal.astype(np.float32), "anchors": np.array(anchors, dtype=np.int64)})
    for found in decode_attributions(given_heads, 5):
        words = [i for role in (found.cue, found.source, found.content) for a, b in role for i in range(a, b)]
        assert len(words) == len(set(words))
        assert all(5 <= i < 5 + scores.shape[1] for i in words)
        assert found.content
        assert all(0 <= p <= 1.0001 for p in astuple(found.sure) if p is not None)
