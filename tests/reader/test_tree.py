"""Whatever governors the parser proposes, what comes out is a tree; where they are a tree already, that one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.heads.tree import UNPROPOSED, Proposed, decode_trees, split_sentences

Proposals = list[list[tuple[int, float, int]]]
SCORES = st.floats(-25, 0, allow_nan=False, width=32)


def proposed(rows: Sequence[Sequence[tuple[int, float, int]]]) -> Proposed:
    """Rows of as many candidates as there are → arrays, filled up with governors that are none."""
    most = max(1, *map(len, rows))
    filled = [[*row, *[(-1, -99.0, 0)] * (most - len(row))] for row in rows]
    heads, scores, relations = (np.array([[arc[part] for arc in row] for row in filled]) for part in range(3))
    return Proposed(heads, scores.astype(np.float32), relations)


def decode_tree(sentence: range, rows: Sequence[Sequence[tuple[int, float, int]]]) -> dict[int, tuple[int, int | None]]:
    """The tree of one sentence among those of its window, the others being whatever they are. No relation for its root."""
    sentences = [s for s in (range(sentence.start), sentence, range(sentence.stop, len(rows))) if s]
    heads, relations = decode_trees(sentences, proposed(rows))
    return {w: (heads[w], None if heads[w] == w or relations[w] == UNPROPOSED else relations[w]) for w in sentence}


@st.composite
def proposals(draw: st.DrawFn) -> tuple[range, Proposals]:
    """A sentence in a window of up to 14 words, and for every word up to three governors anywhere in the window."""
    words = draw(st.integers(1, 14))
    start = draw(st.integers(0, words - 1))
    stop = draw(st.integers(start + 1, words))
    rows = []
    for _ in range(words):
        heads = draw(st.lists(st.integers(0, words - 1), max_size=3, unique=True))
        scores = sorted(draw(st.lists(SCORES, min_size=len(heads), max_size=len(heads))), reverse=True)
        rows.append([(h, s, draw(st.integers(0, 40))) for h, s in zip(heads, scores, strict=True)])
    return range(start, stop), rows


@st.composite
def trees(draw: st.DrawFn) -> list[int]:
    """The governors of a random tree: its root its own, every other word hung on one that hangs already."""
    order = draw(st.permutations(range(draw(st.integers(1, 12)))))
    heads = [0] * len(order)
    heads[order[0]] = order[0]
    for at, word in enumerate(order[1:], 1):
        heads[word] = order[draw(st.integers(0, at - 1))]
    return heads


@given(proposals())
def test_always_one_root_and_no_cycle(case: tuple[range, Proposals]) -> None:
    sentence, candidates = case
    tree = decode_tree(sentence, candidates)
    assert set(tree) == set(sentence)
    roots = [w for w, (head, _) in tree.items() if head == w]
    assert len(roots) == 1
    for word in sentence:
        seen, at = set(), word
        while at != roots[0]:
            assert at not in seen, "a cycle"
            seen.add(at)
            at = tree[at][0]
            assert at in sentence


@given(proposals())
def test_a_relation_is_the_one_proposed_with_its_governor(case: tuple[range, Proposals]) -> None:
    sentence, candidates = case
    for word, (head, relation) in decode_tree(sentence, candidates).items():
        assert head == word or relation == next((r for h, _, r in candidates[word] if h == head), None)


@given(trees(), st.data())
def test_a_greedy_tree_is_kept(heads: list[int], data: st.DataObject) -> None:
    words = range(len(heads))
    candidates = []
    for head in heads:
        others = data.draw(st.lists(st.sampled_from(words), max_size=2, unique=True))
        row = [(head, data.draw(st.floats(-1, -0.1)), 7)]
        row += [(o, data.draw(st.floats(-9, -2)), 8) for o in others if o != head]
        candidates.append(row)
    assert decode_tree(words, candidates) == {w: (heads[w], None if heads[w] == w else 7) for w in words}


def test_the_cheapest_arc_of_a_cycle_is_replaced() -> None:
    candidates = [
        [(0, -0.1, 0), (1, -3.0, 1)],
        [(2, -0.1, 2), (0, -4.0, 3)],
        [(1, -0.1, 4), (0, -1.0, 5)],
    ]
    assert decode_tree(range(3), candidates) == {0: (0, None), 1: (2, 2), 2: (0, 5)}


def test_a_cycle_is_not_mended_by_what_hangs_on_it() -> None:
    """Word 3 would be the cheapest governor for word 1, but hangs on the cycle itself."""
    candidates = [
        [(0, -0.1, 0)],
        [(2, -0.1, 1), (3, -0.5, 2), (0, -3.0, 3)],
        [(1, -0.1, 4), (0, -2.0, 5)],
        [(2, -0.1, 6)],
    ]
    assert decode_tree(range(4), candidates) == {0: (0, None), 1: (2, 1), 2: (0, 5), 3: (2, 6)}


def test_governors_in_another_sentence_are_passed_over() -> None:
    candidates = [
        [(3, -0.1, 9), (0, -0.4, 0)],
        [(2, -0.1, 9), (0, -0.4, 1)],
        [(2, -0.1, 0)],
        [(2, -0.1, 1)],
    ]
    assert decode_tree(range(2), candidates) == {0: (0, None), 1: (0, 1)}


def test_a_word_without_governors_hangs_by_the_root() -> None:
    assert decode_tree(range(3), [[(0, -0.1, 0)], [], [(1, -0.1, 2)]]) == {0: (0, None), 1: (0, None), 2: (1, 2)}


def test_a_sentence_of_one_word() -> None:
    assert decode_tree(range(1), [[]]) == {0: (0, None)}


@given(st.lists(st.floats(0, 1), max_size=30))
def test_sentences_partition_the_words(starts: list[float]) -> None:
    sentences = split_sentences(starts)
    assert [i for s in sentences for i in s] == list(range(len(starts)))
    assert [s.start for s in sentences[1:]] == [i for i in range(1, len(starts)) if starts[i] > 0.5]
