"""Windows hold every word once, never more pieces than the limit, and are cut where a text may be cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.heads.windows import CLS, SEP, WINDOW, Window, cut_windows, pieces_of
from onrecord.reader.heads.wordpiece import UNKNOWN, WordPiece
from onrecord.reader.heads.words import Gap, Shape, cut_words, gap_before
from onrecord.reader.models import WEIGHTS

LIMIT = 12


@pytest.fixture(scope="module")
def vocabulary() -> WordPiece:
    loaded = WordPiece.read(WEIGHTS / "vocabulary.txt")
    return loaded


Words = tuple[list[str], list[int], list[list[int]]]


@st.composite
def texts(draw: st.DrawFn) -> Words:
    """Words, their gaps and their pieces (1 to 5 each, all with ids of their own)."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["word", "Name", ".", "”", "!"]), st.sampled_from([0, 1, 1, 1, 2, 3]), st.integers(1, 5)
            ),
            max_size=60,
        )
    )
    ids = iter(range(1000, 2000))
    return [r[0] for r in rows], [r[1] for r in rows], [[next(ids) for _ in range(r[2])] for r in rows]


def cut_text(text: str, vocabulary: WordPiece, limit: int = WINDOW) -> list[Window]:
    spans = cut_words(text)
    words = [text[a:b] for a, b in spans]
    gaps = [int(gap_before(text, spans[i - 1][1] if i else 0, a)) for i, (a, _) in enumerate(spans)]
    return cut_windows(words, gaps, pieces_of(words, vocabulary), limit)


@given(texts())
def test_every_word_is_in_one_window(text: Words) -> None:
    words, gaps, pieces = text
    windows = cut_windows(words, gaps, pieces, LIMIT)
    assert [i for w in windows for i in range(w.start, w.end)] == list(range(len(words)))
    assert all(w.start < w.end for w in windows)


@given(texts())
def test_the_limit_holds(text: Words) -> None:
    for window in cut_windows(*text, LIMIT):
        assert len(window.ids) - 2 <= LIMIT
        assert len(window.ids) == len(window.shapes) == len(window.gaps)


@given(texts())
def test_a_window_holds_its_words_pieces_between_the_marks(text: Words) -> None:
    words, gaps, pieces = text
    for window in cut_windows(words, gaps, pieces, LIMIT):
        own = range(window.start, window.end)
        assert window.ids == [CLS, *(p for i in own for p in pieces[i]), SEP]
        assert [window.ids[row] for row in window.firsts] == [pieces[i][0] for i in own]
        assert [window.gaps[row] for row in window.firsts[1:]] == [gaps[i] for i in own[1:]]
        assert window.gaps[window.firsts[0]] == Gap.PARAGRAPH, "a window reads the same wherever it stands"
        assert window.shapes[0] == window.shapes[-1] == Shape.NONE


@given(texts())
def test_paragraphs_are_kept_whole_where_they_fit(text: Words) -> None:
    words, gaps, pieces = text
    for window in cut_windows(words, gaps, pieces, LIMIT):
        if window.end < len(words) and gaps[window.end] != Gap.PARAGRAPH:
            inner = [i for i in range(window.start + 1, window.end) if gaps[i] == Gap.PARAGRAPH]
            assert inner == [], "the cut should have been at a paragraph's start"


@given(texts())
def test_windows_are_not_cut_before_they_need_be(text: Words) -> None:
    windows = cut_windows(*text, LIMIT)
    sizes = [len(w.ids) - 2 for w in windows]
    gaps, pieces = text[1:]
    for (first, second), size in zip(pairwise(windows), sizes, strict=False):
        stretch = [second.start, *(i for i in range(second.start + 1, second.end) if gaps[i] == Gap.PARAGRAPH)]
        whole = (stretch[1] if len(stretch) > 1 else second.end) - second.start
        following = sum(len(p) for p in pieces[second.start : second.start + whole])
        ends_paragraph = second.start + whole == len(gaps) or gaps[second.start + whole] == Gap.PARAGRAPH
        if ends_paragraph and gaps[second.start] == Gap.PARAGRAPH:
            assert size + following > LIMIT, f"the paragraph after word {first.end} would have fitted"


def test_a_long_paragraph_is_cut_after_a_sentence(vocabulary: WordPiece) -> None:
    sentence = "The water rose over night and the town was cut off. "
    text = sentence * 40
    ends = [w.end for w in cut_text(text, vocabulary)]
    per_sentence = len(cut_words(sentence))
    assert len(ends) > 1
    assert all(end % per_sentence == 0 for end in ends)


def test_a_closing_mark_stays_with_its_sentence(vocabulary: WordPiece) -> None:
    sentence = "He said: “The water rose over night.” "
    per_sentence = len(cut_words(sentence))
    windows = cut_text(sentence * 60, vocabulary)
    assert len(windows) > 1
    assert all(w.end % per_sentence == 0 for w in windows)


def test_hard_wrapped_lines_do_not_cut_sentences(vocabulary: WordPiece) -> None:
    """A sentence is cut only when it alone is too long: a line break inside it is no better a place than its end."""
    sentence = "The water rose over night and the\ntown of Drusa was cut off. "
    per_sentence = len(cut_words(sentence))
    windows = cut_text(sentence * 40, vocabulary)
    assert len(windows) > 1
    assert all(w.end % per_sentence == 0 for w in windows)


def test_a_sentence_without_end_is_cut_at_the_limit(vocabulary: WordPiece) -> None:
    windows = cut_text("water " * 1000, vocabulary)
    assert [len(w.ids) - 2 for w in windows] == [WINDOW] * 3 + [1000 - 3 * WINDOW]


def test_a_word_of_5000_letters_fits(vocabulary: WordPiece) -> None:
    for word in ("x" * 5000, "ab1" * 1700, "é" * 5000):
        windows = cut_text(f"Before {word} after.", vocabulary)
        assert len(windows) == 1
        assert len(windows[0].firsts) == len(cut_words(f"Before {word} after."))
        assert len(windows[0].ids) - 2 <= WINDOW


def test_no_word_has_more_than_twelve_pieces(vocabulary: WordPiece) -> None:
    """Longer words are unknown to the vocabulary; up to 100 letters an address or a hash would fill a window."""
    hashed = pieces_of(["0f1e2d3c" * 12, "x7q" * 30, "water"], vocabulary)
    assert [len(p) for p in hashed] == [12, 12, 1]


def test_words_that_normalise_to_nothing_are_unknown(vocabulary: WordPiece) -> None:
    words = ["a", "\u0301", "\u200d", "\ufe0f", "\u00ad", "b"]
    pieces = pieces_of(words, vocabulary)
    assert len(pieces) == len(words)
    assert all(pieces)
    assert pieces[1] == pieces[2] == pieces[3] == [UNKNOWN]
    assert pieces[0] != pieces[5] != [UNKNOWN]


def test_no_words_no_windows(vocabulary: WordPiece) -> None:
    assert pieces_of([], vocabulary) == []
    assert cut_windows([], [], []) == []
