"""Words that can be compared: what is a difference, what is only print style, and where a quotation begins and ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.checking.quotations import quotations
from onrecord.ledger.checking.words import Words, as_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Three", "3"),
        ("10,000", "10000"),
        ("U.S.", "US"),
        ("don’t", "don't"),
        ("[T]he", "The"),
        ("3rd", "3"),
        ("%", "percent"),
    ],
)
def test_print_style_is_no_difference(one: str, other: str) -> None:
    assert as_key(one) == as_key(other)


@pytest.mark.parametrize(("one", "other"), [("1.5", "15"), ("not", "now"), ("we", "they"), ("don't", "do")])
def test_other_words_are_a_difference(one: str, other: str) -> None:
    assert as_key(one) != as_key(other)


def test_hyphens_and_dashes_part_words() -> None:
    assert Words("a water-treatment unit – here").keys == Words("a water treatment unit here").keys


@given(st.text(max_size=80))
def test_every_word_lies_where_it_says(text: str) -> None:
    words = Words(text)
    assert [as_key(text[s:e]) for s, e in zip(words.starts, words.ends, strict=True)] == words.keys
    assert [i for sentence in words.sentences for i in sentence] == list(range(len(words)))


def test_an_abbreviation_ends_no_sentence() -> None:
    words = Words("Sgt. Ann Lee spoke at 9 p.m. on Monday. Nobody asked.\nIt rained.")
    assert [words.span(s.start, s.stop - 1).of(words.text) for s in words.sentences] == [
        "Sgt. Ann Lee spoke at 9 p.m. on Monday",
        "Nobody asked",
        "It rained",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"We go," he said, "and we stay."', ["We go,", "and we stay."]),
        ("“We go,” he said. „Wir gehen“, «nous allons»", ["We go,", "Wir gehen", "nous allons"]),
        ("'We don't go,' he said.", ["We don't go,"]),
        ('It was 5\'10" tall and 3" wide.', []),
        ('He said: "We go.\nNobody knows why.', []),
        ('"We go.\n"And we stay," he said.', ["We go.", "And we stay,"]),
    ],
)
def test_quotations(text: str, said: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == said
