"""Text is cut into words as Universal Dependencies cuts English, and nothing but white space is left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.reader.heads import words as cutting
from onrecord.reader.heads.words import Gap, Shape, cut_words, gap_before, shape_of
from onrecord.reader.plurals import plural, singular

# Text as the web has it: any character, and often those that take others with them.
AWKWARD = st.sampled_from(
    ["e\u0301", "👩🏽‍🚒", "🇺🇦", "\r\n", "שָׁלוֹם", "السَّلام", "\u200f", "\u00a0", "\ufeff", "n't", "’s", "…", "3rd"]
)
TEXTS = st.lists(st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), AWKWARD), max_size=12).map(
    "".join
)


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in cut_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't know", "They do n't know"),
        ("It can’t and cannot", "It ca n’t and can not"),
        ("Kyiv's plan, Moscow’s answer", "Kyiv 's plan , Moscow ’s answer"),
        ("I'm sure we'll say they've won", "I 'm sure we 'll say they 've won"),
        ("a long-term U.S. plan.", "a long - term U.S. plan ."),
        ("1,426 at 10:30, 3.5 more", "1,426 at 10:30 , 3.5 more"),
        ("the 3rd of the 1990s", "the 3rd of the 1990s"),
        ("Mr. Ali met Gen. Smith on Oct. 3.", "Mr. Ali met Gen. Smith on Oct. 3 ."),
        ("O'Brien and d’Estaing", "O'Brien and d’Estaing"),
        ("50% of $20", "50 % of $ 20"),
        ("Wait... no -- yes", "Wait ... no -- yes"),
        ("“Fake!” (he said)", "“ Fake ! ” ( he said )"),
        (
            "See https://example.org/a?b=c. Or mail a.b@example.org!",
            "See https://example.org/a?b=c . Or mail a.b@example.org !",
        ),
        ("@gur_ua on #Kursk", "@gur_ua on #Kursk"),
        ("North Korea–Russia ties", "North Korea – Russia ties"),
        ("Zelenskyy’s naïve café", "Zelenskyy ’s naïve café"),
    ],
)
def test_words_are_those_of_universal_dependencies(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("PUTIN'S PLAN", "PUTIN 'S PLAN"), ("THEY DON'T KNOW", "THEY DO N'T KNOW"), ("WE’LL SEE", "WE ’LL SEE")],
)
def test_clitics_are_cut_in_capitals_too(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_a_combining_mark_stays_with_its_letter() -> None:
    assert words("Ru\u0308tte and se\u0301ance") == ["Ru\u0308tte", "and", "se\u0301ance"]


def test_an_emoji_keeps_its_skin_tone() -> None:
    assert words("thanks 👍🏽!") == ["thanks", "👍🏽", "!"]


def test_no_words_in_white_space() -> None:
    assert cut_words("") == []
    assert cut_words(" \t\r\n\u00a0\u2028") == []


@given(TEXTS)
@example("\u0301")
@example("a\r\nb")
@example("don't''``--..")
def test_words_cover_all_but_white_space(text: str) -> None:
    ranges = cut_words(text)
    last = 0
    for start, end in ranges:
        assert last <= start < end
        assert text[last:start].strip() == "", "only white space lies between words"
        last = end
    assert text[last:].strip() == ""
    assert not any(c.isspace() for a, b in ranges for c in text[a:b])


@given(TEXTS)
def test_cutting_says_the_same_of_a_text_and_of_its_paragraphs(text: str) -> None:
    both = text + "\n\n" + text
    alone = words(text)
    assert words(both) == alone + alone


@given(TEXTS)
def test_every_word_has_a_shape(text: str) -> None:
    assert all(shape_of(word) is not Shape.NONE for word in words(text))


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("said", Shape.LOWER),
        ("Kyiv", Shape.TITLE),
        ("A", Shape.TITLE),
        ("NATO", Shape.UPPER),
        ("1,426", Shape.DIGIT),
        ("McDonald", Shape.MIXED),
        ("—", Shape.OTHER),
    ],
)
def test_shapes(word: str, shape: Shape) -> None:
    assert shape_of(word) is shape


@pytest.mark.parametrize(
    ("between", "gap"),
    [
        ("", Gap.GLUED),
        ("  \u00a0", Gap.SPACE),
        ("\n", Gap.LINE),
        ("\r\n", Gap.LINE),
        ("\r", Gap.LINE),
        ("\n\n", Gap.PARAGRAPH),
        ("\r\n \r\n", Gap.PARAGRAPH),
    ],
)
def test_gaps(between: str, gap: Gap) -> None:
    text = f"one{between}two"
    assert gap_before(text, 3, 3 + len(between)) is gap


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("soldier", "soldiers"),
        ("family", "families"),
        ("boy", "boys"),
        ("bus", "buses"),
        ("man", "men"),
        ("match", "matches"),
    ],
)
def test_the_plural_of_a_noun_leads_back_to_it(noun: str, many: str) -> None:
    assert plural(noun) == many
    assert singular(many) == noun


def test_people_of_a_kind() -> None:
    assert singular("Townspeople") == "Townsperson"
    assert singular("schoolchildren") == "schoolchild"
    assert singular("specimen") == "specimen"


LETTERS = st.text("abnotCT n't’.,@:/-w1\u0301 ", max_size=20)
TRAPS = st.sampled_from(
    ["cannot", "Cannot ", "cannot,", "can't ", "www.a", "http://x ", "a@b.c ", "U.S. ", "Mr. ", "do n't"]
)


@given(st.lists(st.one_of(LETTERS, TRAPS, TEXTS), max_size=6).map("".join))
def test_plain_words_that_are_looked_for_first_are_those_found_otherwise(text: str) -> None:
    pattern = cutting._WORD.pattern
    first, rest = pattern.split("|", 1)
    assert first.strip() == r"(?![Cc]annot\b)[A-Za-z]+(?=[ ,])"
    assert cut_words(text) == [m.span() for m in re.compile(rest, re.VERBOSE).finditer(text)]
