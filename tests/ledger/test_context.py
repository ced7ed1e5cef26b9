"""The sentence around a figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.context import sentence_around
from onrecord.records import Block, Span


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One came. Then 40 left. None stayed.", "Then 40 left."),
        ("He said: “Some 40 left.” None stayed.", "He said: “Some 40 left.”"),
        ("“Is it 40?” she asked. No.", "“Is it 40?” she asked."),
        ("Mr. Ban of the U.N. Council saw 40. Then J. Smith went.", "Mr. Ban of the U.N. Council saw 40."),
        ("On Oct. 18 in the U.S. Army 40 fell!", "On Oct. 18 in the U.S. Army 40 fell!"),
        ("It rose to 40.5 percent. Later it fell.", "It rose to 40.5 percent."),
        ("Headline without a stop\nThen 40 left\nNobody stayed", "Then 40 left"),
        ("40", "40"),
        ("Really?! All 40… They left.", "All 40…"),
    ],
)
def test_the_sentence_around_a_number(text: str, sentence: str) -> None:
    start = text.index("40")
    assert sentence_around(text, Span(start, start + 2), ()).of(text) == sentence


def test_a_block_bounds_the_sentence() -> None:
    text = "Share Then 40 left Read also"
    block = Block(Span(6, 18), "paragraph")
    furniture = (Block(Span(0, 5), "boilerplate"), block, Block(Span(19, 28), "boilerplate"))
    assert sentence_around(text, Span(11, 13), furniture).of(text) == "Then 40 left"


def test_a_line_of_megabytes_gives_a_line_to_read() -> None:
    text = "word " * 400_000 + "40 left " + "word " * 400_000
    start = text.index("40")
    context = sentence_around(text, Span(start, start + 2), ()).of(text)
    assert "40 left" in context
    assert len(context) < 810
    assert set(context.split()) == {"word", "40", "left"}


@given(st.text(alphabet="ab .!?…”\n\r40U\u2028é", min_size=1), st.data())
def test_the_sentence_always_holds_the_figure(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert sentence_around(text, span, ()).covers(span)
