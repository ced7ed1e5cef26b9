"""The text as the decoders see it: what hangs on a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reader.building import build

from onrecord.reader.annotated import MentionGuess
from onrecord.records import Span

TEXT = build(
    "Two/NUM/CD/2/nummod men/NOUN/NNS/4/nsubj:pass were>be/AUX/VBD/4/aux:pass seen>see/VERB/VBN/0/root by/ADP/IN/6/case "
    "guards/NOUN/NNS/4/obl:agent"
)


@pytest.mark.parametrize(
    ("index", "relations", "words"),
    [
        (3, (), ["men", "were", "guards"]),
        (3, ("obl", "nsubj"), ["men", "guards"]),  # in text order, with any subtype
        (3, ("obl:agent",), ["guards"]),
        (3, ("obl:tmod", "nmod"), []),
        (0, (), []),
    ],
)
def test_dependents(index: int, relations: tuple[str, ...], words: list[str]) -> None:
    assert [t.text for t in TEXT.dependents(index, *relations)] == words


@given(st.integers(-3, 40), st.integers(0, 12))
def test_the_tokens_in_a_span_are_those_that_share_a_character_with_it(start: int, length: int) -> None:
    span = Span(start, start + length)
    shared = [t.index for t in TEXT.tokens if length and t.span.overlaps(span)]
    where, head = TEXT.placed(span)
    if length:
        assert list(where) == shared
    assert where == TEXT.tokens_in(span)
    assert head == (TEXT.head_of(where) if where else None)


def test_of_mentions_with_one_head_the_first_is_at_it() -> None:
    first, second, other = (MentionGuess(h, s, s + 2, "person", 0.9) for h, s in ((1, 0), (1, 1), (5, 4)))
    text = replace(TEXT, mentions=(first, second, other))
    assert text.mention_at == {1: first, 5: other}
