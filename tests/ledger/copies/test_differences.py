"""Differences of two texts: both are covered whole, and what is told apart is what was changed."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.copies.conftest import article, sentences

from onrecord.errors import NotInLedger
from onrecord.ledger import Ledger
from onrecord.ledger.copies.align import Run
from onrecord.ledger.copies.differences import Stretch, _in_order, stretches
from onrecord.records import Span

WORDS = st.lists(
    st.sampled_from(["the", "dam", "broke", "14", "23", "dead", ",", ".", "\n", " ", "  ", "said", "Sauk", "é", "—"])
)
TEXTS = st.one_of(WORDS.map(" ".join), WORDS.map("".join), st.text(max_size=60))


def told(a: str, b: str) -> list[tuple[str, str, str]]:
    return [
        (p.kind, "" if p.span is None else p.span.of(a), "" if p.other is None else p.other.of(b))
        for p in stretches(a, b)
    ]


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(a: str, b: str) -> None:
    pieces = stretches(a, b)
    _covers(a, [p.span for p in pieces if p.span is not None])
    _covers(b, [p.other for p in pieces if p.other is not None])
    for one, following in pairwise(pieces):
        assert (one.kind == "equal") + (following.kind == "equal") < 2
    for kind, words, other in told(a, b):
        assert (kind == "equal") <= ("".join(words.split()) == "".join(other.split()))
        assert bool(words) is (kind != "added")
        assert bool(other) is (kind != "dropped")


def _covers(text: str, spans: list[Span]) -> None:
    assert "".join(span.of(text) for span in spans) == text
    assert all(one.end == following.start for one, following in pairwise(spans))


@given(TEXTS)
def test_a_text_and_itself_are_equal(text: str) -> None:
    assert [p.kind for p in stretches(text, re.sub(r"\s", "\n", text))] in ([], ["equal"], ["dropped", "added"])
    if text.strip():
        assert stretches(text, text) == [Stretch("equal", Span(0, len(text)), Span(0, len(text)))]


def test_a_number_that_changed_is_replaced() -> None:
    a = "At least 14 people were killed when the dam above the town burst before dawn on Wednesday."
    b = a.replace("14", "23")
    assert told(a, b)[:2] == [("equal", "At least ", "At least "), ("replaced", "14 ", "23 ")]
    assert [kind for kind, *_ in told(a, b)] == ["equal", "replaced", "equal"]
    assert ("replaced", "12,000 ", "15,000 ") in told(a.replace("14", "12,000"), a.replace("14", "15,000"))


def test_a_sentence_that_was_added_or_dropped() -> None:
    one, two, three = sentences(1, 3)
    whole, cut = " ".join((one, two, three)), " ".join((one, three))
    assert told(cut, whole) == [("equal", f"{one} ", f"{one} "), ("added", "", f"{two} "), ("equal", three, three)]
    assert told(whole, cut) == [("equal", f"{one} ", f"{one} "), ("dropped", f"{two} ", ""), ("equal", three, three)]


def test_a_moved_paragraph_is_dropped_here_and_added_there() -> None:
    parts = sentences(2, 6)
    moved = [*parts[1:5], parts[0], parts[5]]
    kinds = [(kind, words.strip() or other.strip()) for kind, words, other in told("\n".join(parts), "\n".join(moved))]
    assert kinds == [
        ("dropped", parts[0]),
        ("equal", "\n".join(parts[1:5])),
        ("added", parts[0]),
        ("equal", parts[5]),
    ]


def test_the_case_of_a_letter_and_a_mark_are_differences() -> None:
    a = "The minister said on Friday that the army would leave the valley within three days, and thanked nobody."
    assert ("replaced", "Friday ", "friday ") in told(a, a.replace("Friday", "friday"))
    assert ("replaced", ".", "!") in told(a, a.replace("nobody.", "nobody!"))


def test_the_longest_texts_in_order_are_kept() -> None:
    """A short passage that was moved ahead does not cost the long one its place."""
    short, long, *_ = sentences(3, 2)
    long = " ".join([long, *sentences(4, 4)])
    kinds = [(kind, words.strip()) for kind, words, _ in told(f"{short} {long}", f"{long} {short}")]
    assert ("equal", long) in kinds


@given(st.permutations(range(6)), st.lists(st.integers(1, 4), min_size=6, max_size=6))
def test_no_other_runs_in_order_hold_more_words(order: list[int], lengths: list[int]) -> None:
    runs: list[Run] = []
    ends = [0] * 6
    for i, place in enumerate(order):
        ends[place] = lengths[i]
    for i, place in enumerate(order):
        runs.append((sum(lengths[:i]), sum(ends[:place]), lengths[i]))
    most = max(
        sum(n for *_, n in some)
        for size in range(1, 7)
        for some in combinations(runs, size)
        if all(one[1] + one[2] <= following[1] for one, following in pairwise(some))
    )
    kept = _in_order(runs)
    assert sum(n for *_, n in kept) == most
    assert all(one[1] + one[2] <= following[1] for one, following in pairwise(kept))


def test_differences_of_two_documents() -> None:
    parts = sentences(5)
    one, two = article(parts, published="2024-05-01"), article([*parts[:4], parts[5]], published="2024-05-02")
    with Ledger.open(":memory:") as book:
        list(book.add([one, two]))
        rows = book.differences(one.document.id[:9], two.document.id)
        assert "".join(row.words for row in rows) == one.document.text
        assert "".join(row.other_words for row in rows) == two.document.text
        assert {(row.document, row.other) for row in rows} == {(one.document.id, two.document.id)}
        assert all(row.span is None or row.span.of(one.document.text) == row.words for row in rows)
        with pytest.raises(NotInLedger):
            book.differences(one.document.id, "ffffffffffff")
