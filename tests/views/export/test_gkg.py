"""Rows of GDELT's GKG: 27 columns in the forms of the codebook, every offset where its words stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.views.export.conftest import whole

from onrecord.ledger import Ledger
from onrecord.views.export.gkg import COLUMNS

# The codebook's columns, V2.1, in order, with what a value of each looks like; None: nothing is known of it here.
FORMS: dict[str, str | None] = {
    "GKGRECORDID": r"\d{14}-\d+",
    "V2.1DATE": r"(\d{14})?",
    "V2SOURCECOLLECTIONIDENTIFIER": r"[1-6]",
    "V2SOURCECOMMONNAME": r"[^;#|]*",
    "V2DOCUMENTIDENTIFIER": r".+",
    "V1COUNTS": r"([A-Z]+#\d+#[^#;]*#\d#[^#;]*#[^#;]*#[^#;]*#[^#;]*#[^#;]*#[^#;]*;)*",
    "V2.1COUNTS": r"([A-Z]+#\d+#[^#;]*#\d#[^#;]*#[^#;]*#[^#;]*#[^#;]*#[^#;]*#[^#;]*#\d+;)*",
    "V1THEMES": None,
    "V2ENHANCEDTHEMES": None,
    "V1LOCATIONS": r"(\d#[^#;]+(#[^#;]*){5}(;|$))*",
    "V2ENHANCEDLOCATIONS": r"(\d#[^#;]+(#[^#;]*){6}#\d+(;|$))*",
    "V1PERSONS": r"[^#|]*",
    "V2ENHANCEDPERSONS": r"([^,;]+,\d+(;|$))*",
    "V1ORGANIZATIONS": r"[^#|]*",
    "V2ENHANCEDORGANIZATIONS": r"([^,;]+,\d+(;|$))*",
    "V1.5TONE": None,
    "V2.1ENHANCEDDATES": r"([1-4]#\d+#\d+#\d+#\d+(;|$))*",
    "V2GCAM": None,
    "V2.1SHARINGIMAGE": None,
    "V2.1RELATEDIMAGES": None,
    "V2.1SOCIALIMAGEEMBEDS": None,
    "V2.1SOCIALVIDEOEMBEDS": None,
    "V2.1QUOTATIONS": r"(\d+\|\d+\|[^|#]*\|[^|#]+(#|$))*",
    "V2.1ALLNAMES": r"([^,;]+,\d+(;|$))*",
    "V2.1AMOUNTS": r"([\d.e+-]+,[^,;]*,\d+(;|$))*",
    "V2.1TRANSLATIONINFO": None,
    "V2EXTRASXML": r"(<[A-Z_]+>[^<]*</[A-Z_]+>)+",
}


@pytest.fixture(scope="module")
def rows(path: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    with Ledger.open(path, create=False, read_only=True) as book:
        target = whole(book, "gkg", tmp_path_factory.mktemp("gkg") / "ledger.gkg.csv")
    cells = [line.split("\t") for line in target.read_text(encoding="utf-8").removesuffix("\n").split("\n")]
    return [dict(zip(FORMS, line, strict=True)) for line in cells]


def test_each_document_is_a_row_of_the_columns_of_the_codebook(rows: list[dict[str, str]], book: Ledger) -> None:
    assert tuple(FORMS) == COLUMNS
    assert len(COLUMNS) == 27
    assert len(rows) == len(book.documents())
    filled = set()
    for row in rows:
        for name, form in FORMS.items():
            assert re.fullmatch(form or "", row[name]), (name, row[name][:300])
            filled |= {name} if row[name] else set()
    assert filled == {name for name, form in FORMS.items() if form is not None}
    assert len({row["GKGRECORDID"] for row in rows}) == len(rows)


def test_offsets_are_those_of_the_words(rows: list[dict[str, str]], book: Ledger) -> None:
    seen = 0
    for row in rows:
        extras = ElementTree.fromstring(f"<x>{row['V2EXTRASXML']}</x>")
        reading = book.document(str(extras.findtext("ONRECORD_DOCUMENT")))
        text = reading.document.text
        for quotation in filter(None, row["V2.1QUOTATIONS"].split("#")):
            offset, length, _, words = quotation.split("|")
            assert squeezed(text[int(offset) : int(offset) + int(length)]) == words
            seen += 1
        for name in filter(None, row["V2.1ALLNAMES"].split(";")):
            words, offset = name.rsplit(",", 1)
            assert squeezed(text[int(offset) :]).startswith(words)
            seen += 1
        figures = {figure.span.start for figure in reading.figures}
        assert {int(amount.rsplit(",", 1)[1]) for amount in filter(None, row["V2.1AMOUNTS"].split(";"))} <= figures
    assert seen > 100


def squeezed(words: str) -> str:
    return re.sub(r"[\s;#|,]+", " ", words).strip()


def test_only_what_happened_is_counted(rows: list[dict[str, str]], book: Ledger) -> None:
    counted: dict[str, Any] = {}
    for row in rows:
        extras = ElementTree.fromstring(f"<x>{row['V2EXTRASXML']}</x>")
        document = str(extras.findtext("ONRECORD_DOCUMENT"))
        figures = {figure.span.start: figure for figure in book.figures(document=document)}
        for count in filter(None, row["V2.1COUNTS"].split(";")):
            kind, number, *_, offset = count.split("#")
            figure = figures[int(offset)]
            assert figure.status in ("happened", "ongoing")
            assert float(number) in (figure.low, figure.high)
            counted[kind] = counted.get(kind, 0) + 1
    assert {"KILL", "WOUND"} <= set(counted)
