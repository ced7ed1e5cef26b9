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


@pytest.mark.parametrize(("before", "behind"), [(400, 400), (401, 400), (400, 401)])
def test_a_sentence_reaches_four_hundred_characters_to_each_side(before: int, behind: int) -> None:
    """What is farther off is left out with the whole of the word that it begins or ends in."""
    text = "x" * (before - 6) + " yyyy 40 zzzz " + "x" * (behind - 6)
    span = Span(before, before + 2)
    around = sentence_around(text, span, ())
    assert around.start == (0 if before == 400 else before - 5)
    assert around.end == (len(text) if behind == 400 else before + 7)


def test_white_space_at_the_ends_is_no_part_of_a_sentence() -> None:
    text = "  \t40 left  \n"
    assert sentence_around(text, Span(3, 5), ()).of(text) == "40 left"
    assert sentence_around(text, Span(1, 5), ()).of(text) == " \t40 left"  # what is asked about always is


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("He left. 40 came", "40 came"),
        ("He left. then 40 came", "He left. then 40 came"),  # no sentence begins with a small letter
        ("He left! 40 came", "40 came"),
        ("In the U.S. 40 came", "In the U.S. 40 came"),
        ("At 3.5. 40 came", "40 came"),  # a number is no short form
        ("J. 40 came", "J. 40 came"),
        ("7. 40 came", "40 came"),
        ("(Dr. 40 came", "(Dr. 40 came"),
        ("40 came. He", "40 came."),
        ("40 came.”) He", "40 came.”)"),
    ],
)
def test_where_a_sentence_ends(text: str, sentence: str) -> None:
    start = text.index("40")
    assert sentence_around(text, Span(start, start + 2), ()).of(text) == sentence


def test_of_blocks_it_is_the_one_that_holds_the_words() -> None:
    text = "One 40 two\nThree 50 four"
    blocks = (Block(Span(0, 10), "paragraph"), Block(Span(11, 24), "paragraph"))
    assert sentence_around(text, Span(17, 19), blocks).of(text) == "Three 50 four"
    assert sentence_around(text, Span(4, 6), blocks).of(text) == "One 40 two"
    assert sentence_around(text, Span(4, 6), blocks[1:]).of(text) == "One 40 two"  # its line, where no block holds it
    assert sentence_around(text, Span(17, 19), blocks[:1]).of(text) == "Three 50 four"
    assert sentence_around(text, Span(8, 19), blocks).of(text) == "One 40 two\nThree 50 four"
