"""The sample articles are what samples/README.md says they are, and intake takes all of them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.intake import documents
from onrecord.records import Document

SAMPLES = Path(__file__).parents[1] / "samples"
EVENT = SAMPLES / "velna-dam"


@pytest.fixture(scope="module")
def articles() -> list[Document]:
    found = list(documents([str(EVENT)]))
    assert [item for item in found if isinstance(item, InputError)] == []
    return [item for item in found if isinstance(item, Document)]


def test_every_file_is_described() -> None:
    described = re.findall(r"^\| `([^`]+)` \|", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(described) == sorted(path.name for path in EVENT.iterdir())


def test_all_articles_are_taken(articles: list[Document]) -> None:
    assert len(articles) == 18
    assert len({article.id for article in articles}) == 18


def test_one_wire_story_is_printed_three_times(articles: list[Document]) -> None:
    line = "More than 200 residents could not be reached, she told Velna Valley Radio"
    assert sum(line in article.text for article in articles) == 3


def test_most_articles_have_a_date(articles: list[Document]) -> None:
    days = Counter((article.published or "none")[:10] for article in articles)
    assert set(days) == {"none", "2025-03-12", "2025-03-13", "2025-03-14", "2025-03-15"}
    assert days["none"] == 3, "the copy without a year, the translation, the appeal"


def test_page_furniture_is_not_article(articles: list[Document]) -> None:
    page = next(a for a in articles if a.title and "At least 14 dead" in a.title)
    marked = [b.span.of(page.text) for b in page.blocks if b.kind == "boilerplate"]
    kept = [b.span.of(page.text) for b in page.blocks if b.kind != "boilerplate"]
    assert any("second-largest reservoir" in text for text in kept)
    assert not any("Accept all" in text or "Terms of use" in text for text in kept), marked
