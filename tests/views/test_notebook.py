"""The notebook display: the whole text, marked, escaped, and no style that reaches out of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

from onrecord.reading import Reading

_TAGS = {"div", "style", "p", "b", "br", "small", "span", "sup", "label", "input"}
_TAGS |= {"details", "summary", "table", "thead", "tbody", "tr", "th", "td"}


def _text(html: str) -> str:
    body = html[html.index('<div class="text">') :].partition("</div>")[0]
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
    assert set(re.findall(r"<(\w+)", html)) == _TAGS


def test_style_is_scoped(flood: Reading) -> None:
    style = re.search(r"<style>(.*?)</style>", flood._repr_html_(), re.DOTALL)
    assert style is not None
    assert all(re.match(r"\.onrecord-reading(?: |:has\()", rule) for rule in style[1].strip().splitlines())


def test_a_speaker_is_its_entity_else_the_words_of_the_source(flood: Reading) -> None:
    from dataclasses import replace

    first = flood.statements[0]
    assert flood.speaker_of(first) == "Ida Holm"
    assert flood.speaker_of(replace(first, speaker=None)) == "Mayor Ida Holm"
    assert flood.speaker_of(replace(first, speaker=None, source=())) is None


def test_layers_can_be_switched_without_a_script(flood: Reading) -> None:
    html = flood._repr_html_()
    layers = re.findall(r'class="of-(\w+)" checked', html)
    assert layers == ["statements", "figures", "moments", "events"]
    assert all(f":has(.of-{layer}:not(:checked))" in html for layer in layers)


def test_records_stand_in_tables_below_the_text(flood: Reading) -> None:
    html = flood._repr_html_()
    assert "<summary>3 statements</summary>" in html
    assert "<td>Ida Holm</td><td>confirm</td><td>that about 1,200 people had left the harbour</td>" in html
    assert '<td class="number">at least 40</td><td>boats</td><td>the outlet</td><td>At least 40</td>' in html


def test_large_numbers_are_written_out(flood: Reading) -> None:
    from dataclasses import replace

    million = replace(flood.figures[0], low=1_234_567.0, high=1_234_567.0, bound="exactly")
    html = replace(flood, figures=(million,))._repr_html_()
    assert ">1,234,567</td>" in html


def test_nothing_read_is_no_table() -> None:
    from onrecord.records import Document

    html = Reading(Document("0" * 64, "Words."), "hand 1")._repr_html_()
    assert "<details>" not in html
    assert _text(html) == "Words."


NOTEBOOK = """
import json
import onrecord
from onrecord.views.charts import altair_chart

reading = onrecord.read("Mayor Ida Holm said on 3 May that 40 boats had sunk.", published="2024-05-04")
with onrecord.Ledger.open("news.db") as ledger:
    for day, toll in ((4, 40), (5, 44), (6, 51)):
        text = f"The flood killed {toll} people in Ørsta, Mayor Ida Holm said on {day} May."
        list(ledger.add([onrecord.read(text, published=f"2024-05-0{day}", title=f"Flood {day}")]))
    statements, series = ledger.statements(), ledger.series()
shown = {
    "reading": reading._repr_html_(),
    "answer": statements._repr_html_(),
    "chart": altair_chart(series[0])._repr_mimebundle_(),
    "rows": len(statements.pandas()),
    "columns": statements.polars().columns[:2],
}
print(json.dumps(shown, default=str))
"""


def test_a_notebook_shows_a_reading_an_answer_and_a_chart(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", NOTEBOOK], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert '<span class="source">' in shown["reading"]
    assert ">Ida Holm</td>" in shown["answer"]
    assert shown["rows"] == 3
    assert shown["columns"] == ["id", "document"]
    assert "vega-lite" in json.dumps(shown["chart"])
    assert "The flood killed" in json.dumps(shown["chart"])
