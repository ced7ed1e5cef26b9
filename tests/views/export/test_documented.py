"""The page on exports names every format, every term of Onrecord's own and every column, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from tests.views.export.conftest import whole

from onrecord.ledger import Ledger
from onrecord.views.export import FORMATS
from onrecord.views.export.ftm import _SCHEMATA
from onrecord.views.export.gkg import COLUMNS

PAGE = (Path(__file__).parents[3] / "docs/reference/exports.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    match = re.search(rf"^##+ {re.escape(heading)}\n(.*?)(?=^##+ |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert match, heading
    return match[1]


def test_every_format_has_its_section() -> None:
    assert set(re.findall(r"^## (\S+)$", PAGE, re.MULTILINE)) == {*FORMATS, "Names"}
    assert set(re.findall(r"\[`([\w-]+)`\]\(#", PAGE)) == set(FORMATS)


def test_every_term_of_our_own_is_documented_and_none_that_nothing_uses(book: Ledger, tmp_path: Path) -> None:
    documented = set(re.findall(r"`(\w+)`", section("Terms")))
    used = set()
    for name in ("jsonld", "webannotation", "prov"):
        text = whole(book, name, tmp_path / name).read_text(encoding="utf-8")
        used |= set(re.findall(r'"onrecord:(\w+)"', text))
    triples = whole(book, "prov-o", tmp_path / "prov-o").read_text(encoding="utf-8")
    used |= set(re.findall(r"<urn:onrecord:ns:(\w+)>", triples))
    assert used <= documented
    # What this ledger happens not to hold: a product, a rewrite.
    assert documented - used <= {
        "Product",
        "People",
        "Facility",
        "Country",
        "rewrite",
        "translation",
        "reprint",
        "to",
        "tally",
    }


def test_every_column_and_schema_is_documented() -> None:
    named = set(re.findall(r"`(V[\d.]+\w+|GKGRECORDID)`", section("gkg")))
    assert named == {name for name in COLUMNS if not re.search("THEMES|TONE|GCAM|IMAGE|VIDEO|TRANSLATION", name)}
    schemata = set(re.findall(r"`([A-Z]\w+)`", section("ftm")))
    assert set(_SCHEMATA.values()) <= schemata
