"""Segments: together they are the text, and each label covers exactly its spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.marks import Mark, cut
from onrecord.records import Span


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark[str]]]:
    text = draw(st.text(max_size=60))
    if not text:
        return text, []
    bounds = st.integers(0, len(text))
    pairs = st.tuples(bounds, bounds).filter(lambda p: p[0] != p[1]).map(lambda p: Span(min(p), max(p)))
    return text, draw(st.lists(st.builds(Mark, pairs, st.sampled_from("abcd")), max_size=12))


@given(marked_texts())
def test_segments_are_the_text_and_lie_side_by_side(case: tuple[str, list[Mark[str]]]) -> None:
    text, marks = case
    segments = cut(text, marks)
    assert "".join(s.text for s in segments) == text
    assert all(s.span.of(text) == s.text and s.text for s in segments)
    assert all(a.span.end == b.span.start for a, b in pairwise(segments))


@given(marked_texts())
def test_each_label_covers_exactly_its_spans(case: tuple[str, list[Mark[str]]]) -> None:
    text, marks = case
    segments = cut(text, marks)
    for label in "abcd":
        wanted = {i for m in marks if m.label == label for i in range(*m.span)}
        shown = {i for s in segments if label in s.labels for i in range(*s.span)}
        assert shown == wanted
    assert all(len(set(s.labels)) == len(s.labels) for s in segments)


@given(marked_texts())
def test_each_mark_opens_and_closes_once_at_its_bounds(case: tuple[str, list[Mark[str]]]) -> None:
    text, marks = case
    segments = cut(text, marks)
    opened = [(m, s.span.start) for s in segments for m in s.opened]
    closed = [(m, s.span.end) for s in segments for m in s.closed]
    assert dict(opened) == {m: m.span.start for m in marks}
    assert dict(closed) == {m: m.span.end for m in marks}
    assert len(opened) == len(closed) == len(set(marks))


def test_widest_opens_first_and_closes_last() -> None:
    outer, inner = Mark(Span(0, 5), "outer"), Mark(Span(0, 3), "inner")
    first, second = cut("abcde", [inner, outer])
    assert first.labels == ("outer", "inner")
    assert first.opened == (outer, inner)
    assert first.closed == (inner,)
    assert second.closed == (outer,)


@pytest.mark.parametrize("span", [Span(1, 1), Span(3, 2), Span(0, 4), Span(-1, 2)])
def test_a_mark_that_no_segment_could_show_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="does not lie in"):
        cut("abc", [Mark(span, "x")])


def test_an_empty_text_has_no_segments() -> None:
    assert cut("", []) == []
