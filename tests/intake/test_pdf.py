"""PDF: paragraphs are made again of lines, hyphens at their ends undone, what every page repeats is told apart."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import EmptyInput, InputError, Malformed, TooLarge
from onrecord.intake import documents, limits
from onrecord.intake import pdf as reader
from onrecord.intake.layout import Line, laid_out
from onrecord.records import DateCandidate, Document

from .making import Placed, column, pdf

FIRST = [
    "The minister of the interior said on Monday that at least 107",
    "people had been killed in the valley of the Elv when the",
    "dam burst.",
]
SECOND = [
    "She added that the numbers were prelimi-",
    "nary, and that the well-known engineer was among the",
    "missing.",
]


def head_and_foot(number: int) -> list[Placed]:
    return [(72, 800, 8, f"The Norland Post, {number} March 2025"), (290, 30, 8, f"Page {number} of 3")]


def blocks(found: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(found.text)) for block in found.blocks]


def read(path: Path, data: bytes) -> Document | InputError:
    path.write_bytes(data)
    (found,) = documents([path])
    return found


def article(path: Path, data: bytes) -> Document:
    found = read(path, data)
    assert isinstance(found, Document), found
    return found


def test_paragraphs_headings_and_what_every_page_repeats(tmp_path: Path) -> None:
    one = [
        (72, 740, 20, "Dam bursts at Elv"),
        *column(FIRST),
        *column(SECOND, top=640),
        *column(["Rescuers looked for 40"], top=580),
    ]
    two = column(["others until the night.", "They found nobody."], top=740)
    three = column(["A third page closes the report."], top=740)
    pages = [[*head_and_foot(n), *lines] for n, lines in enumerate((one, two, three), start=1)]
    found = article(tmp_path / "a.pdf", pdf(pages))
    assert [(kind, words) for kind, words in blocks(found) if kind != "boilerplate"] == [
        ("heading", "Dam bursts at Elv"),
        ("paragraph", " ".join(FIRST)),
        (
            "paragraph",
            "She added that the numbers were preliminary, and that the well-known engineer was among the missing.",
        ),
        ("paragraph", "Rescuers looked for 40 others until the night. They found nobody."),
        ("paragraph", "A third page closes the report."),
    ]
    assert sorted(words for kind, words in blocks(found) if kind == "boilerplate") == sorted(
        f"{words}" for n in (1, 2, 3) for *_, words in head_and_foot(n)
    )
    assert found.title == "Dam bursts at Elv"


def test_an_indented_line_begins_a_paragraph_where_a_sentence_ended(tmp_path: Path) -> None:
    lines = column(["It was the worst flood in a hundred years, said all."], top=700)
    lines += [
        (90, 686, 11, "The mayor said that the town would be built again"),
        (72, 672, 11, "by the end of the year."),
    ]
    assert [words for _, words in blocks(article(tmp_path / "a.pdf", pdf([lines])))] == [
        "It was the worst flood in a hundred years, said all.",
        "The mayor said that the town would be built again by the end of the year.",
    ]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = column(["The left column says that the dam", "burst on Monday, and that all of"], x=72)
    right = column(["the valley was flooded. The right", "column says nothing else."], x=320)
    found = article(tmp_path / "a.pdf", pdf([[*left, *right]]))
    assert found.text == (
        "The left column says that the dam burst on Monday, and that all of the valley was flooded. The right column "
        "says nothing else."
    )


@pytest.mark.parametrize(
    ("end", "following", "elsewhere", "expected"),
    [
        ("prelimi-", "nary", "", "preliminary"),
        ("well-", "known", "a well-known man", "well-known"),
        ("anti-", "American", "", "anti-American"),
        ("1990-", "2000", "", "1990- 2000"),
    ],
)
def test_a_hyphen_goes_only_where_nothing_speaks_for_it(
    end: str, following: str, elsewhere: str, expected: str, tmp_path: Path
) -> None:
    lines = column(
        [f"The minister of the interior used the word {end}", f"{following} in his speech, {elsewhere} said."]
    )
    assert expected in article(tmp_path / "a.pdf", pdf([lines])).text


def test_a_title_counts_only_if_it_is_shown_and_the_day_of_making_never(tmp_path: Path) -> None:
    info = "/Title (Dam bursts at Elv) /Author (mkdir-user) /CreationDate (D:20250314091500+01'00')"
    lines = [*column(["Dam bursts at Elv", *FIRST])]
    found = article(tmp_path / "a.pdf", pdf([lines], info=info))
    assert (found.title, found.author, found.published) == ("Dam bursts at Elv", None, None)
    assert DateCandidate("2025-03-14T09:15:00+01:00", "created: CreationDate") in found.dates
    other = article(tmp_path / "a.pdf", pdf([column(FIRST)], info="/Title (Microsoft Word - x.doc)"))
    assert other.title != "Microsoft Word - x.doc"


def test_a_scan_is_refused_as_one(tmp_path: Path) -> None:
    refused = read(tmp_path / "a.pdf", pdf([[], []]))
    assert isinstance(refused, EmptyInput)
    assert "a scan of 2 pages" in str(refused)


def test_what_is_damaged_locked_or_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pdf([column(FIRST)])
    assert isinstance(read(tmp_path / "a.pdf", whole[:40]), Malformed)
    locked = whole.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%b) /U (%b) >>"
        % (b"x" * 32, b"y" * 32),
    )
    refused = read(tmp_path / "a.pdf", locked)
    assert "locked with a password" in str(refused)
    monkeypatch.setattr(reader, "PDF_PAGES", 1)
    assert isinstance(read(tmp_path / "a.pdf", pdf([column(FIRST)] * 2)), TooLarge)
    assert limits.PDF_PAGES > 1


def test_without_pypdfium2_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "this needs pypdfium2, which is not installed: pip install 'pypdfium2'" in str(
        read(tmp_path / "a.pdf", pdf([column(FIRST)]))
    )


LINES = st.builds(
    lambda words, left, bottom, size, hyphen: Line(words, left, left + 200, bottom, bottom + size, hyphen),
    st.text(min_size=1, max_size=40).map(lambda s: " ".join(s.split())).filter(bool),
    st.floats(0, 500),
    st.floats(0, 800),
    st.sampled_from([8.0, 11.0, 20.0]),
    st.booleans(),
)


@given(st.lists(st.lists(LINES, max_size=8), max_size=4))
def test_no_letter_is_lost_whatever_the_page(pages: list[list[Line]]) -> None:
    text, found = laid_out(pages)
    wanted = sorted("".join(line.words for lines in pages for line in lines).replace(" ", "").replace("-", ""))
    assert sorted("".join(text.split()).replace("-", "")) == sorted("".join("".join(wanted).split()))
    assert "".join(b.span.of(text) for b in found).split() == "".join(text.split("\n\n")).split()
