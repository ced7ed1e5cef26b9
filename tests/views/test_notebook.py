"""The notebook display: the whole text, marked, escaped, and no style that reaches out of it."""

from __future__ import annotations

import re
from html import unescape

from onrecord.reading import Reading


def _text(html: str) -> str:
    body = html[html.index('<div class="text">') :]
    return unescape(re.sub(r"<sup>.*?</sup>|<[^>]*>", "", body))


def test_all_of_the_text_is_there(flood: Reading, hostile: Reading) -> None:
    for reading in (flood, hostile):
        assert _text(reading._repr_html_()) == reading.document.text


def test_marks_carry_kind_and_normal_form(flood: Reading) -> None:
    html = flood._repr_html_()
    assert '<span class="source">Mayor Ida Holm</span>' in html
    assert '<span class="content figure" title="1: Ida Holm, confirm; about 1,200">about 1,200</span>' in html
    assert '<span class="moment" title="2024-05-03">3 May</span>' in html
    assert '<span class="boilerplate">Subscribe to our newsletter</span>' in html


def test_nothing_becomes_markup(hostile: Reading) -> None:
    html = hostile._repr_html_()
    assert "<script" not in html
    assert "<b onmouseover" not in html
    assert set(re.findall(r"<(\w+)", html)) == {"div", "style", "p", "b", "br", "small", "span", "sup"}


def test_style_is_scoped(flood: Reading) -> None:
    style = re.search(r"<style>(.*?)</style>", flood._repr_html_(), re.DOTALL)
    assert style is not None
    assert all(rule.startswith(".onrecord-reading ") for rule in style[1].strip().splitlines())


def test_a_speaker_is_its_entity_else_the_words_of_the_source(flood: Reading) -> None:
    from dataclasses import replace

    first = flood.statements[0]
    assert flood.speaker_of(first) == "Ida Holm"
    assert flood.speaker_of(replace(first, speaker=None)) == "Mayor Ida Holm"
    assert flood.speaker_of(replace(first, speaker=None, source=())) is None
