"""The word lists: whole, without words that pull two concepts together, and read as they are meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.claims import lexicon
from onrecord.ledger.claims.lexicon import concept, concept_at, listed, tokens, weight, words
from onrecord.records import Span


def test_every_section_of_synonyms_holds_several_words() -> None:
    sections = lexicon._sections("synonyms")
    assert len(sections) > 150
    assert sum(len(entries) for entries in sections.values()) > 600
    assert [name for name, entries in sections.items() if len(entries) < 2] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fatalities", "dead"), ("death toll", "killed"), ("troops", "soldiers"), ("dispatched", "sent"),
        ("collapsed", "burst"), ("moved to higher ground", "evacuated"), ("taken into custody", "arrested"),
    ],
)  # fmt: skip
def test_words_of_one_concept(one: str, other: str) -> None:
    assert concept(one.split())[0] == concept(other.split())[0]


@pytest.mark.parametrize(
    ("one", "other"), [("killed", "injured"), ("occupied", "left"), ("rise", "fall"), ("plan", "order")]
)
def test_words_of_two_concepts(one: str, other: str) -> None:
    assert concept([one])[0] != concept([other])[0]


def test_the_words_of_a_concept_weigh_the_same_and_rare_words_more() -> None:
    assert weight(concept(["fatalities"])[0], "fatalities") == weight(concept(["dead"])[0], "dead")
    assert weight("spillway", "spillway") > weight("number", "number")


def test_tokens_stand_in_the_text_without_the_possessive() -> None:
    text = "Talvenia’s army won’t send 3,000 men"
    found = list(tokens(text, Span(0, len(text))))
    assert [form for form, _ in found] == ["talvenia", "army", "won't", "send", "3,000", "men"]
    assert [span.of(text) for _, span in found][:2] == ["Talvenia", "army"]


@pytest.mark.parametrize(
    ("start", "end", "forms"),
    [
        (0, 15, ["talvenia", "army"]),
        (3, 15, ["venia", "army"]),  # from within a word
        (0, 13, ["talvenia", "ar"]),  # into one
        (3, 13, ["venia", "ar"]),
        (2, 5, ["lve"]),
        (9, 15, ["s", "army"]),  # the end of a possessive
        (10, 11, []),
        (0, 0, []),
        (11, 22, ["army", "won't"]),
    ],
)
def test_words_are_cut_where_what_is_asked_about_begins_and_ends(start: int, end: int, forms: list[str]) -> None:
    text = "Talvenia’s army won’t send 3,000 men"
    assert [form for form, _ in tokens(text, Span(start, end))] == forms


@given(st.text(alphabet="ab'’s3,.- É"), st.data())
def test_what_a_span_cuts_is_read_as_if_nothing_stood_around_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut = [(form, Span(s + start, e + start)) for form, (s, e) in tokens(text[start:end], Span(0, end - start))]
    assert tokens(text, Span(start, end)) == cut


@pytest.mark.parametrize(
    "phrase", ["could not be reached by boat", "moved to higher ground", "moved to a dam", "a dam burst", "death"]
)
def test_the_concept_at_a_word_is_that_of_its_forms(phrase: str) -> None:
    known = words(phrase, Span(0, len(phrase))).known
    for n in range(len(known)):
        assert concept_at(known, n) == concept(phrase.split()[n:])


@pytest.mark.parametrize(
    "name", ["stop", "negations", "reference nouns", "dismissals", "withdrawals", "denials", "asked"]
)
def test_lists_are_there(name: str) -> None:
    assert listed(name)
