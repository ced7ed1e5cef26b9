"""Quotation marks of every style enclose regions, an open one ends with its paragraph, and contents lose the outer ones."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reader.building import build, find

from onrecord.reader.annotated import Annotated
from onrecord.reader.statements.quotation import MARKS, Quotations, trimmed, without_notes


def regions(annotated: Annotated) -> list[str]:
    return [_words(annotated, r) for r in Quotations(annotated).regions]


def _words(annotated: Annotated, where: range) -> str:
    return " ".join(annotated.tokens[i].text for i in where)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('"', '"'), ("“", "”"), ("«", "»"), ("„", "”"), ("``", "''"), ("＂", "＂"), ("„", "“"), ("»", "«"), ("「", "」")],
    ids=["straight", "English", "French", "Polish", "typewriter", "wide", "German", "Danish", "Japanese"],
)
def test_double_marks_of_any_style(opening: str, closing: str) -> None:
    text = build(f"He said {opening} we have left {closing} and then {opening} all of us {closing} again .")
    assert regions(text) == ["we have left", "all of us"]


def test_single_marks_are_apostrophes_too_often() -> None:
    assert regions(build("The ’ 90s were ‘ good ’ , he said .")) == []


def test_an_open_mark_runs_to_the_end_of_its_paragraph() -> None:
    text = build("He said : “ We have left .", "We are safe .", "¶ Nobody was hurt .")
    assert regions(text) == ["We have left . We are safe ."]


def test_a_quotation_of_several_paragraphs_opens_anew_in_each() -> None:
    text = build("He said : “ We have left .", "¶ “ We are safe .", "¶ “ All of us . ”", "¶ Nobody was hurt .")
    assert regions(text) == ["We have left .", "We are safe .", "All of us ."]


def test_a_paragraph_that_closes_what_it_did_not_open_goes_on_with_the_one_before() -> None:
    text = build('He said : " We have left .', '¶ We are safe . _" It rained .', '¶ " All of us _" , he said .')
    assert regions(text) == ["We have left .", "We are safe .", "All of us"]


def test_a_paragraph_that_opens_its_own_does_not_go_on() -> None:
    text = build('He said : " We have left .', '¶ He called it " fake _" again .')
    assert regions(text) == ["We have left .", "fake"]


def test_a_mark_open_at_the_end_of_the_text() -> None:
    assert regions(build("He said : “ We have left")) == ["We have left"]


def test_empty_quotations_are_no_regions() -> None:
    assert regions(build("He said “ ” and “")) == []


def test_a_closing_mark_alone_encloses_nothing() -> None:
    assert regions(build("We have left . ” he said .")) == []


def test_quoted() -> None:
    text = build("He said “ we left ” early .")
    quotations = Quotations(text)
    assert [t.text for t in text.tokens if quotations.quoted(t.index)] == ["we", "left"]


@pytest.mark.parametrize(
    ("phrase", "manner"),
    [
        ("we left", "direct"),
        ("so early", "indirect"),
        ("we left ” so early", "mixed"),
        ("“ we left ”", "direct"),
        ("”", "indirect"),
    ],
)
def test_manner_is_how_much_stands_in_marks(phrase: str, manner: str) -> None:
    text = build("He said “ we left ” so early .")
    assert Quotations(text).manner([find(text, phrase)]) == manner


@pytest.mark.parametrize(
    ("phrase", "kept"),
    [
        ("“ we left , ”", "we left"),
        ("“ we have all", "we have all"),
        ("we left , ”", "we left"),
        (", ” he said", "he said"),
        ("“ we left , ” he said", "“ we left , ” he said"),
        ("he said . “ we have all", "he said . “ we have all"),
        ("the plan “ fake ”", "the plan “ fake ”"),
        ("“ fake ” news", "“ fake ” news"),
        (",", ""),
    ],
)
def test_trimmed_cuts_outer_marks_and_the_joining_comma(phrase: str, kept: str) -> None:
    text = build("“ we left , ” he said . “ we have all gone . ” He called the plan “ fake ” and “ fake ” news too .")
    assert _words(text, trimmed(text, find(text, phrase))) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("“ all gone ” ( ( fr ) )", ["“ all gone ”"]),
        ("a “ sad ” [ sic ] day", ["a “ sad ”", "day"]),
        ("the “ fake ” ( as he always called it ) news", ["the “ fake ” ( as he always called it ) news"]),
        ("the plan ( sic ) failed", ["the plan ( sic ) failed"]),
    ],
)
def test_notes_behind_a_quotation_are_the_reporters(written: str, kept: list[str]) -> None:
    text = build(written)
    assert [_words(text, p) for p in without_notes(text, range(len(text.tokens)))] == kept


def test_a_dash_that_opens_a_line_of_speech_is_cut_and_known() -> None:
    text = build("¶ — We have left , he said .", "¶ A half — open door .")
    assert _words(text, trimmed(text, find(text, "— We have left ,"))) == "We have left"
    where = Quotations(text)
    assert [t.text for t in text.tokens if where.after_dash(t.index)] == ["We"]


WORDS = st.sampled_from(["we", "left", ".", ",", "“", "”", '"', "«", "»"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=5)


@given(TEXTS)
def test_regions_are_in_order_and_hold_whole_paragraph_parts(sentences: list[list[str]]) -> None:
    text = build(*("¶ " + " ".join(words) for words in sentences))
    found = Quotations(text).regions
    assert all(r for r in found)
    assert all(a.stop <= b.start for a, b in pairwise(found))
    for region in found:
        assert len({text.tokens[i].sentence for i in region}) == 1, "every sentence here is a paragraph"
        before = text.tokens[region.start - 1]
        assert before.text in MARKS or before.sentence < text.tokens[region.start].sentence


@given(TEXTS, st.data())
def test_trimmed_stays_inside_and_keeps_all_words(sentences: list[list[str]], data: st.DataObject) -> None:
    text = build(*(" ".join(words) for words in sentences))
    start = data.draw(st.integers(0, len(text.tokens) - 1))
    stop = data.draw(st.integers(start + 1, len(text.tokens)))
    kept = trimmed(text, range(start, stop))
    assert start <= kept.start <= kept.stop <= stop
    lost = [text.tokens[i].text for i in range(start, stop) if i not in kept]
    assert not {"we", "left", "."} & set(lost)
