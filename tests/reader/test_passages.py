"""Where paragraphs begin: at blank lines, and at lines that begin a sentence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.heads.words import Gap, cut_words, gap_before
from onrecord.reader.statements.passages import paragraphs
from onrecord.records import Document, Span

PIECES = st.sampled_from(["one", "two.", "three", " ", " ", "\n", "\r\n", "\n\n", "\r", "\u2028", "\t", "four"])


def annotated(text: str, bounds: list[bool]) -> Annotated:
    tokens = []
    sentence = 0
    for index, ((start, end), begins) in enumerate(zip(cut_words(text), bounds, strict=False)):
        sentence += begins
        tokens.append(Token(index, Span(start, end), text[start:end], "", "X", "", index, "root", sentence))
    return Annotated(Document("0", text), tuple(tokens), ())


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(st.booleans(), min_size=60, max_size=60))
def test_paragraphs_are_those_of_looking_at_every_word(text: str, bounds: list[bool]) -> None:
    given_text = annotated(text, bounds)
    tokens = given_text.tokens
    cuts = [0]
    for before, token in pairwise(tokens):
        gap = gap_before(text, before.span.end, token.span.start)
        if gap == Gap.PARAGRAPH or (gap == Gap.LINE and token.sentence != before.sentence):
            cuts.append(token.index)
    assert paragraphs(given_text) == [range(a, b) for a, b in pairwise([*cuts, len(tokens)]) if a < b]
