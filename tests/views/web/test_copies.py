"""Copies: the groups of articles that print one text, and one group with its origin first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import get_args

import pytest
from starlette.testclient import TestClient
from tests.ledger.copies.conftest import article, sentences
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.copies.groups import CopyKind
from onrecord.views.web import application
from onrecord.views.web.links import beside_url, copies_url, document_url
from onrecord.views.web.pages import copies as pages
from onrecord.views.web.words import COPY_KINDS


@pytest.fixture
def wires(tmp_path: Path) -> Iterator[Ledger]:
    """Four texts, printed by five, three, two and two papers, and one printed once."""
    with Ledger.open(tmp_path / "wires.ledger") as book:
        for seed, papers in enumerate((5, 3, 2, 2, 1)):
            parts = sentences(seed)
            book_of = [
                article(parts, publisher=f"Paper {paper}", published=f"2024-05-0{1 + paper}") for paper in range(papers)
            ]
            assert {receipt.outcome for receipt in book.add(book_of)} == {"added"}
        yield book


def test_groups_are_listed_with_their_origin_size_and_days(wires: Ledger) -> None:
    client = TestClient(application(wires), base_url="http://localhost")
    groups = client.get("/copies.json").json()["groups"]
    assert [group["size"] for group in groups] == [5, 3, 2, 2]
    assert (groups[0]["first"], groups[0]["last"]) == ("2024-05-01", "2024-05-05")
    assert groups[0]["publishers"] == [f"Paper {paper}" for paper in range(5)]
    html = client.get("/copies").text
    assert all(copies_url(group["id"]) in html for group in groups)
    assert "5 articles" in html


@pytest.mark.parametrize(("groups", "rows"), [(1, 100), (2, 100), (4, 100), (40, 3), (40, 2), (40, 6), (1, 2)])
def test_groups_are_read_a_page_at_a_time_and_never_cut(
    wires: Ledger, monkeypatch: pytest.MonkeyPatch, groups: int, rows: int
) -> None:
    monkeypatch.setattr(pages, "LIMIT", rows)
    client = TestClient(application(wires), base_url="http://localhost")
    monkeypatch.setattr(pages, "_GROUPS", groups)
    seen: list[tuple[str, int]] = []
    after = ""
    while len(seen) < 9:
        twin = client.get("/copies.json", params={"after": after}).json()
        seen += [(group["id"], group["size"]) for group in twin["groups"]]
        assert (twin["next"] is not None) is ('rel="next"' in client.get("/copies", params={"after": after}).text)
        if twin["next"] is None:
            break
        after = twin["next"]
    assert seen == [(key, len(list(members))) for key, members in groupby(wires.copies(), key=lambda row: row.group)]


def test_a_group_shows_what_each_article_is_of_the_origin(dam_client: TestClient, told: Ledger) -> None:
    for key, members in groupby(told.copies(), key=lambda row: row.group):
        rows = list(members)
        html = dam_client.get(copies_url(key)).text
        links = Seen(html).values("href")
        origin = next(row for row in rows if row.kind == "origin")
        assert html.index(document_url(origin.document)) < min(
            html.index(document_url(row.document)) for row in rows if row is not origin
        )
        for row in rows:
            assert all(reason in "".join(Seen(html).words) for reason in row.evidence)
            if row is not origin:
                assert beside_url(origin.document, row.document) in links
                assert f"{row.share * 100:.0f} % of its words" in html
        assert dam_client.get(copies_url(origin.document)).status_code == 200


def test_what_is_no_group_is_not_found(dam_client: TestClient, told: Ledger) -> None:
    alone = {row.id for row in told.documents()} - {row.document for row in told.copies()}
    answer = dam_client.get(copies_url(min(alone)))
    assert answer.status_code == 404
    assert "has no copies" in answer.text
    assert dam_client.get("/copies/y000000000000").status_code == 404
    assert dam_client.get("/copies?after=y000000000000").status_code == 400


def test_every_kind_of_copy_is_explained() -> None:
    assert set(COPY_KINDS) == set(get_args(CopyKind))
