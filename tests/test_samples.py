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
    assert len(articles) == 40
    assert len({article.id for article in articles}) == 40


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("More than 200 residents could not be reached, she told Velna Valley Radio", 4),
        ('"This is not help. This is an army with shovels," Brezik said', 3),
        ("17 bodies were found overnight in a flooded school bus depot", 2),
        ("They came on top of the 120 that it had seen before", 2),
        ("She was state secretary in the ministry at the time", 2),
    ],
)
def test_wire_stories_are_printed_more_than_once(articles: list[Document], line: str, printed: int) -> None:
    assert sum(line in article.text for article in articles) == printed


def test_most_articles_have_a_date(articles: list[Document]) -> None:
    days = Counter((article.published or "none")[:10] for article in articles)
    assert set(days) == {"none", *(f"2025-03-{day}" for day in range(12, 21))}
    assert days["none"] == 4, "the copy without a year, the translations of Glas Doline, the appeal"


def test_page_furniture_is_not_article(articles: list[Document]) -> None:
    page = next(a for a in articles if a.title and "At least 14 dead" in a.title)
    marked = [b.span.of(page.text) for b in page.blocks if b.kind == "boilerplate"]
    kept = [b.span.of(page.text) for b in page.blocks if b.kind != "boilerplate"]
    assert any("second-largest reservoir" in text for text in kept)
    assert not any("Accept all" in text or "Terms of use" in text for text in kept), marked
