"""Which words count, and whom an article credits."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.copies.conftest import article, sentences

from onrecord.ledger.copies.align import aligned
from onrecord.ledger.copies.credits import credits_of, is_agency, site_key
from onrecord.ledger.copies.features import CopyFeatures, bands, features
from onrecord.ledger.copies.words import article_sentences, words_of
from onrecord.records import Document, Span


def test_headings_captions_boilerplate_notices_and_repetitions_do_not_count() -> None:
    parts = [
        "A headline",
        "The dam broke at noon.",
        "A photo of the dam",
        "The dam broke at noon. The sirens were silent.",
        "Copyright 2025 The Invented Courier. All rights reserved.",
        "Anyone with information is asked to call the police.",
        "Menu",
    ]
    kinds = ["heading", "paragraph", "caption", "paragraph", "paragraph", "paragraph", "boilerplate"]
    document = article(parts, kinds=kinds).document
    kept = [s.of(document.text).strip() for s in article_sentences(document.text, document.blocks)]
    assert kept == ["The dam broke at noon.", "The sirens were silent."]


def test_words_are_folded_and_quotations_marked() -> None:
    text = "Mr Rütte said: “We CAN help” and left."
    words = words_of(text, [Span(0, len(text))])
    assert words.forms == ("mr", "rutte", "said", "we", "can", "help", "and", "left")
    assert [words.forms[i] for i, quoted in enumerate(words.quoted) if quoted] == ["we", "can", "help"]
    assert [text[s:e] for s, e in words.places][4] == "CAN"


@given(
    st.lists(st.sampled_from("the dam broke at noon Ünal 日本 said he 12,000".split()), max_size=60), st.integers(0, 30)
)
def test_aligned_spans_hold_the_same_words(parts: list[str], cut: int) -> None:
    a, b = " ".join(parts), " ".join(parts[cut:] + parts[:cut])
    end = 0
    for start, stop, there, there_stop in aligned(a, b):
        assert end <= start < stop
        end = stop
        one, other = a[start:stop], b[there:there_stop]
        assert words_of(one, [Span(0, len(one))]).forms == words_of(other, [Span(0, len(other))]).forms


@pytest.mark.parametrize(
    ("text", "author", "expected"),
    [
        ("SARMIN, March 12 (CW) – A dam burst.", None, [("CW", "dateline")]),
        ("LUSAKA (AP) — A dam burst.", None, [("Associated Press", "dateline")]),
        ("NEW YORK (CBSNewYork/AP) -- A dam burst.", None, [("Associated Press", "dateline")]),
        ("FRANKLIN (Feb. 4, 2014) – A dam burst.", None, []),
        ("The minister (Anna Orr) - a former judge - left.", None, []),
        ("Lusaka (Reuters) - A dam burst.", None, [("Reuters", "dateline")]),
        ("A dam burst.", "Continental Wire", [("Continental Wire", "author")]),
        ("By JOHN DOEAssociated Press\nA dam burst.", None, [("Associated Press", "byline")]),
        ("By Anna Orr in Sarmin\nA dam burst.", "Anna Orr", []),
        ("A dam burst.\nCopyright 2016 The Associated Press.", None, [("Associated Press", "notice")]),
        ("A dam burst.\nContributed by the Associated Press", None, [("Associated Press", "notice")]),
        ("A dam burst.\nReuters contributed to this report.", None, [("Reuters", "contributed")]),
        ("He told Reuters that the dam burst.", None, []),
    ],
)
def test_credits(text: str, author: str | None, expected: list[tuple[str, str]]) -> None:
    assert [(c.agency, c.form) for c in credits_of(Document("0", text, author=author))] == expected


def test_agencies_are_known_by_name_site_initials_and_call_sign() -> None:
    assert is_agency("The Associated Press", "Associated Press")
    assert is_agency("apnews.com", "Associated Press")
    assert is_agency("Continental Wire", "CW")
    assert is_agency("wmbfnews.com", "WMBF")
    assert not is_agency("The Harbour Post", "CW")
    assert not is_agency(None, "CW")


def test_sites_of_one_publisher_are_one() -> None:
    assert site_key("articles.latimes.com") == site_key("www.latimes.com") == site_key("latimes.com")
    assert site_key("news.bbc.co.uk") != site_key("itv.co.uk")


def test_keys_are_the_same_in_every_process() -> None:
    found = features(article(sentences(1)))
    code = (
        "from onrecord.ledger.copies.features import *; from tests.ledger.copies.conftest import *;"
        "print(sorted(bands(features(article(sentences(1))))))"
    )
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert again.strip() == str(sorted(bands(found)))
    assert all(-(2**63) <= key < 2**63 for key in bands(found))


def test_features_come_back_from_what_is_stored() -> None:
    reading = article(["Drusa had 8400 people. " + sentences(2)[0]], names=("Drusa",), figures=(8400,), publisher="P")
    found = features(reading)
    document = reading.document
    facts = {"title": None, "publisher": "P", "published": None, "url": None, "text": document.text}
    assert CopyFeatures.restored(found.as_dict(), document=document.id, **facts) == found
    assert found.names == ("drusa", "8400–8400")
