"""Citing: words are found again by their selectors, and every form holds what was cited, escaped for its reader."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Span
from onrecord.views.cite import Citation, Source, as_bibtex, as_csl, as_text, selectors, text_quote

HASH = "ab" * 32


@given(st.text(alphabet="ab \n😀", min_size=1, max_size=200), st.data())
def test_words_are_found_by_their_quote_alone(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = text_quote(text, span)
    whole = found.prefix + found.exact + found.suffix
    places = [at for at in range(len(text)) if text.startswith(whole, at)]
    assert places == [start - len(found.prefix)]
    assert found.exact == text[span.start : span.end]


def test_context_grows_until_the_words_stand_once() -> None:
    line = "The same sentence stands here again and again. "
    text = line * 4 + "Ada Holm said no. " + line * 4
    at = len(line) + 4
    found = text_quote(text, Span(at, at + 4))
    assert len(found.prefix) == at
    assert len(found.suffix) == 256


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 4)])
def test_what_is_no_stretch_of_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no stretch"):
        text_quote("abc", Span(*span))


def test_selectors_are_those_of_the_annotation_model() -> None:
    assert selectors("He said: yes.", Span(9, 12)) == [
        {"type": "TextQuoteSelector", "exact": "yes", "prefix": "He said: ", "suffix": "."},
        {"type": "TextPositionSelector", "start": 9, "end": 12},
    ]


def article(**given: object) -> Source:
    facts: dict[str, object] = {
        "document": HASH,
        "title": "Dam “holds”, 50 % of #1 say",
        "author": "Ida Holm and Jo_Ann {Berg}",
        "publisher": "Post & Mail",
        "published": "2024-05-04T10:00:00+02:00",
        "url": "https://example.org/a_b?c=d%20e&f={g}#h",
        "spans": (Span(10, 20),),
        "words": "It holds.",
    }
    return Source(**(facts | given))  # type: ignore[arg-type]


SAID = Citation(f"{HASH}:s1", "statement", "Ida Holm: “It holds.”", article())


def test_a_sentence_says_who_where_and_when() -> None:
    text = as_text(SAID)
    assert text.startswith("Ida Holm: “It holds.” ")
    assert "Post & Mail, 2024-05-04." in text
    assert "Characters 10–20." in text
    assert HASH in text
    assert as_text(Citation(HASH, "document", None, article(spans=()))).count(HASH) == 1


def test_what_is_not_known_is_not_said() -> None:
    bare = Source(HASH, None, None, None, None, None)
    assert as_text(Citation(HASH, "document", None, bare)) == f"no date. SHA-256 {HASH}."
    assert set(as_csl(Citation(HASH, "document", None, bare))) == {"id", "type", "title", "note"}
    assert as_bibtex(Citation(HASH, "document", None, bare)).startswith("@misc{onrecord:abababababab,")


def test_bibtex_balances_its_braces_and_escapes_what_latex_obeys() -> None:
    entry = as_bibtex(SAID)
    assert entry.startswith(f"@online{{onrecord:{HASH[:12]}:s1,")
    assert r"author = {{Ida Holm and Jo\_Ann \{Berg\}}}" in entry
    assert r"title = {{Dam “holds”, 50 \% of \#1 say}}" in entry
    assert r"organization = {{Post \& Mail}}" in entry
    assert "url = {https://example.org/a_b?c=d%20e&f=%7Bg%7D#h}" in entry
    assert "  month = may,\n" in entry
    assert "date = {2024-05-04}" in entry


@given(st.text(max_size=60))
def test_no_words_end_a_field_of_bibtex_early(words: str) -> None:
    entry = as_bibtex(Citation(HASH, "document", words, article(title=words, author=words, url=f"https://x/{words}")))
    depth = 0
    for sign in re.sub(r"\\textbackslash|\\[{}]", "", entry)[:-1].removeprefix("@online{"):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[&$_#~^]", re.sub(r"url = .*", "", entry).partition("\n")[2])


@pytest.mark.parametrize(
    ("published", "parts"),
    [
        ("2024-05-04", [[2024, 5, 4]]),
        ("2024-05", [[2024, 5]]),
        ("2024", [[2024]]),
        ("XXXX-05-04", None),
        ("2024-W20", None),
        (None, None),
    ],
)
def test_a_date_is_as_exact_as_it_was(published: str | None, parts: list[list[int]] | None) -> None:
    item = as_csl(Citation(HASH, "document", None, article(published=published)))
    assert item.get("issued", {}).get("date-parts") == parts
    assert json.loads(json.dumps(item)) == item


def test_what_stands_in_no_article_is_cited_by_its_name() -> None:
    story = Citation("t0123456789ab", "story", "The dam", None)
    assert as_text(story) == "The dam. Onrecord, story t0123456789ab."
    assert as_csl(story)["type"] == "entry"
    assert "title = {{The dam}}" in as_bibtex(story)
