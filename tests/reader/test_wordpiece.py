"""Word pieces against the reference implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from onrecord.errors import ReaderError
from onrecord.reader.heads.wordpiece import MOST_PIECES, UNKNOWN, WordPiece
from onrecord.reader.models import WEIGHTS

VOCABULARY = WEIGHTS / "vocabulary.txt"
OURS = WordPiece.read(VOCABULARY)


def reference() -> Tokenizer:
    pieces = VOCABULARY.read_text(encoding="utf-8").splitlines()
    model = models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]", max_input_chars_per_word=100)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


THEIRS = reference()
WORDS = [
    "Zelenskyy",
    "Rütte",
    "1,426",
    "U.S.",
    "n't",
    "’s",
    "cafe\u0301",
    "日本語",
    "👍🏽",
    "$",
    "€",
    "x" * 101,
    "#IStandWithAhmed",
    "İstanbul",
    "ﬁ",
    "Straße",
    "\u0301",
    "\u200d",
]


@pytest.mark.parametrize("word", WORDS)
def test_the_reference_cuts_alike(word: str) -> None:
    assert OURS.cut(word) == (THEIRS.encode(word).ids[:MOST_PIECES] or [UNKNOWN])


# Scripts whose characters both Unicode tables know: the reference's is older than Python's and misses later marks.
LETTERS = st.one_of(
    st.characters(codec="ascii"),
    st.characters(min_codepoint=0xA0, max_codepoint=0x5FF),
    st.characters(min_codepoint=0x620, max_codepoint=0x6FF),
    st.characters(min_codepoint=0x900, max_codepoint=0x970),
    st.characters(min_codepoint=0x1E00, max_codepoint=0x206F),
    st.characters(min_codepoint=0x3040, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x1F300, max_codepoint=0x1F64F),
)


@given(st.text(LETTERS, min_size=1, max_size=20).filter(lambda w: not any(c.isspace() for c in w)))
def test_any_word_is_cut_as_the_reference_cuts_it(word: str) -> None:
    assert OURS.cut(word) == (THEIRS.encode(word).ids[:MOST_PIECES] or [UNKNOWN])


def test_a_file_of_something_else_is_refused() -> None:
    with pytest.raises(ReaderError, match=r"reader\.json.*damaged"):
        WordPiece.read(WEIGHTS / "reader.json")
