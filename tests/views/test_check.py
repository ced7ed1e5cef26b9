"""What a check found, as text, JSON and a page: all of it shown, all of it escaped, nothing of it fetched."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.ledger.checking import Finding, Place
from onrecord.reading import Reading
from onrecord.records import Block, Document, Span
from onrecord.views import checking_command
from onrecord.views.check import as_html, as_text, exit_status
from onrecord.views.rows import as_csv, as_json

HOSTILE = '<script>alert("1")</script> & \x1b[31m[red]x[/red] <b onmouseover=x>'
TEXT = f"Toll rises\n“The sirens did sound,” she said of 41 dead.\n{HOSTILE} on Monday\n\nAll as it was."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def place(words: str = "The sirens did not sound", title: str | None = "Flood wave") -> Place:
    return Place("f" * 64, title, "Harbour Post", "2025-03-12T10:00", "Pavla Hemmerin", "2025-03-12", Span(3, 9), words)


FINDINGS = [
    Finding(
        "altered",
        "quote",
        at("The sirens did sound,"),
        "The sirens did sound,",
        (place(), place(title=None), place("and more")),
        (("dropped", "", "not"), ("replaced", HOSTILE, "calm")),
        "The ledger has two places otherwise.",
        "s1",
    ),
    Finding("misattributed", "attribution", at("she"), "she", (place(),), (), "Not she.", "s1"),
    Finding(
        "outdated", "figure", at("41"), "41", (place(HOSTILE, HOSTILE),), (("replaced", "41", "52"),), HOSTILE, None
    ),
    Finding("contradicted", "date", at(f"{HOSTILE} on Monday"), HOSTILE, (), (), "Another day.", None),
    Finding("verbatim", "quote", at("All as it was"), "All as it was", (place(),), (), "So it is.", None),
]


@pytest.fixture
def draft() -> Reading:
    blocks, start = [], 0
    for line in TEXT.split("\n"):
        blocks.append(Block(Span(start, start + len(line)), "paragraph" if start else "heading"))
        start += len(line) + 1
    document = Document(hashlib.sha256(TEXT.encode()).hexdigest(), TEXT, title=HOSTILE, blocks=tuple(blocks))
    return Reading(document, "hand 1")


class _Page(HTMLParser):
    """The tags of a page, its text without style, and the words of each mark."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.marks, self._open = "", list[str](), list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self._open.append(tag)
        if tag == "mark":
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data
        if "mark" in self._open and "a" not in self._open:
            self.marks[-1] += data


def test_the_page_shows_everything_and_escapes_it(draft: Reading) -> None:
    page = as_html(draft, FINDINGS)
    parsed = _Page(page)
    assert {tag for tag, _ in parsed.tags} & {"script", "b", "img", "iframe", "link"} == set()
    assert not any(name.startswith("on") for _, attributes in parsed.tags for name in attributes)
    assert "\x1b" not in page
    for words in ("The sirens did not sound", "Not she.", "52", "calm", "Pavla Hemmerin", "Harbour Post", "Flood wave"):
        assert words in parsed.text
    assert '<script>alert("1")</script>' in parsed.text  # as words
    assert [(tag, attributes.get("class")) for tag, attributes in parsed.tags if tag == "article"] == [
        ("article", f"of-{kind}") for kind in ("altered", "misattributed", "outdated", "contradicted")
    ]


def test_the_page_needs_nothing_else(draft: Reading) -> None:
    page = as_html(draft, FINDINGS)
    assert re.findall(r"(?:src|href)=\"(?!#)", page) == []
    assert "url(" not in page
    assert "@import" not in page
    links = {attributes["href"] for tag, attributes in _Page(page).tags if tag == "a"}
    ids = {f"#{attributes['id']}" for _, attributes in _Page(page).tags if "id" in attributes}
    assert links == ids  # each number leads to its finding and back


def test_marks_hold_the_words_of_the_findings(draft: Reading) -> None:
    marks = _Page(as_html(draft, FINDINGS)).marks
    assert marks[:3] == ["The sirens did sound,", "she", "41"]
    assert marks[-1] == "All as it was"


def test_a_draft_without_blocks_or_findings(draft: Reading) -> None:
    bare = Reading(Document(draft.document.id, TEXT), "hand 1")
    assert _Page(as_html(bare, [])).marks == []
    assert len(_Page(as_html(bare, FINDINGS)).marks) == len(FINDINGS)


def test_text_names_what_to_look_at(draft: Reading) -> None:
    text = as_text(draft, FINDINGS).plain
    assert text.startswith("altered quote  line 2\n")
    assert "replaced: [-" in text
    assert "-]{+calm+}" in text
    assert "dropped: {+not+}" in text
    assert "So it is." not in text
    assert "\x1b" not in text
    assert text.endswith("4 to look at: 1 contradicted, 1 misattributed, 1 altered, 1 outdated; 1 verbatim")


def test_json_is_one_finding_a_line() -> None:
    lines = [json.loads(line) for line in as_json(FINDINGS)]
    assert [line["kind"] for line in lines] == [finding.kind for finding in FINDINGS]
    assert lines[0]["span"] == list(FINDINGS[0].span)
    assert lines[0]["against"][0]["speaker"] == "Pavla Hemmerin"
    assert lines[0]["difference"][0] == ["dropped", "", "not"]


def test_csv_is_a_header_and_one_finding_a_line() -> None:
    header, *lines = as_csv(Finding, FINDINGS)
    assert header.split(",")[:4] == ["kind", "what", "span", "words"]
    assert [line.split(",")[0] for line in lines] == [finding.kind for finding in FINDINGS]


def test_exit_status() -> None:
    assert exit_status(FINDINGS) == 3
    assert exit_status(FINDINGS[-1:]) == exit_status([]) == 0


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, same, other, page = (tmp_path / name for name in ("book.ledger", "same.txt", "other.txt", "page.html"))
    same.write_text('"The sirens did not sound," Pavla Hemmerin said.\n', encoding="utf-8")
    other.write_text('"The sirens did sound," Pavla Hemmerin said.\n', encoding="utf-8")
    with Ledger.open(book) as ledger:
        list(ledger.add([same], published="2025-03-12"))
    run = checking_command.check
    assert run(str(same), book, how="jsonl", html=None, published="2025-03-12") == 0
    assert [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()] == ["verbatim"]
    assert run(str(other), book, how="table", html=page, published=None) == 3
    assert "dropped: {+not+}" in capsys.readouterr().out
    assert "The sirens did sound," in _Page(page.read_text(encoding="utf-8")).marks
    assert run(str(other), book, how="jsonl", html=tmp_path, published=None) == 1
    assert str(tmp_path) in capsys.readouterr().err
