"""The front page: what is contested, what moved, what cannot be true together, what was said last."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.views.web import application
from onrecord.views.web.bars import bar
from onrecord.views.web.links import claim_url, conflict_url, document_url, series_url
from onrecord.views.web.pages.front import Move, Voices


def test_what_is_contested_leads_to_its_claim_and_to_the_words_of_each_voice(
    dam_client: TestClient, told: Ledger
) -> None:
    html = dam_client.get("/").text
    links = Seen(html).values("href")
    contested = told.claims(standing=("disputed", "denied"), limit=6)
    assert contested
    for row in contested:
        assert claim_url(row.id) in links
        for member in (*row.holders[:1], *row.deniers[:1]):
            assert document_url(member.document, member.spans, found=True) in links
            assert member.name in html


def test_a_figure_that_moved_leads_to_what_it_was_and_what_it_is(dam_client: TestClient, told: Ledger) -> None:
    links = Seen(dam_client.get("/").text).values("href")
    moved = told.series(moved=True, limit=6)
    assert moved
    for row in moved:
        assert series_url(row.id) in links
        assert document_url(row.points[0].document, row.points[0].spans, found=True) in links
        now = Move.of(told, row).by
        assert now is not None
        assert now.best
        assert document_url(now.document, now.spans, found=True) in links


def test_conflicts_statements_and_counts(dam_client: TestClient, told: Ledger) -> None:
    html = dam_client.get("/").text
    links = Seen(html).values("href")
    for conflict in told.conflicts(limit=4):
        assert {conflict_url(conflict.id), document_url(conflict.a.document, [conflict.a.span], found=True)} <= set(
            links
        )
    for row in told.statements(limit=8):
        assert document_url(row.document, row.content_spans) in links
    assert re.search(rf"<b>{len(told.claims())}</b> <a href=\"/claims\">claims</a>", html)
    assert f"{len(told.documents())} articles" in html


def test_its_twin_holds_the_same(dam_client: TestClient, told: Ledger) -> None:
    twin = dam_client.get("/index.json").json()
    assert [row["id"] for row in twin["contested"]] == [
        row.id for row in told.claims(standing=("disputed", "denied"), limit=6)
    ]
    assert [row["id"] for row in twin["moved"]] == [row.id for row in told.series(moved=True, limit=6)]
    assert twin["overview"]["documents"] == len(told.documents())


def test_an_empty_ledger_says_how_to_fill_it() -> None:
    with Ledger.open(":memory:") as book:
        assert "onrecord add" in TestClient(application(book), base_url="http://localhost").get("/").text


def test_each_voice_is_named_once(told: Ledger) -> None:
    row = max(told.claims(), key=lambda claim: len(claim.holders))
    found = Voices.of((*row.holders, *row.holders))
    names = [member.name for member in found.shown]
    assert len(names) == len(set(names)) <= 2
    assert found.more == len({member.name for member in row.holders}) - len(names)
    assert Voices.of(()) == Voices([], 0)


ENDS = st.one_of(st.none(), st.floats(-1e12, 1e12))


@given(st.tuples(ENDS, ENDS), st.tuples(ENDS, ENDS))
def test_a_bar_stays_within_its_drawing(
    before: tuple[float | None, float | None], now: tuple[float | None, float | None]
) -> None:
    drawn = bar(before, now)
    assert (drawn is None) == all(end is None for end in (*before, *now))
    for x, width in (drawn.before, drawn.now) if drawn else ():
        assert 0 <= x <= 100
        assert 0 < width <= 100.01


@pytest.mark.parametrize(
    ("before", "now", "drawn"),
    [
        ((0, 50), (50, 100), ((0, 50), (50, 50))),
        ((100, 100), (50, 50), ((98.5, 1.5), (50, 1.5))),
        ((0, 0), (0, 0), ((0, 1.5), (0, 1.5))),
        ((-50, 0), (0, 50), ((0, 50), (50, 50))),
    ],
)
def test_a_bar_is_drawn_to_scale_from_zero(
    before: tuple[float, float], now: tuple[float, float], drawn: object
) -> None:
    found = bar(before, now)
    assert found is not None
    assert (found.before, found.now) == drawn


def test_an_open_end_reaches_to_the_end() -> None:
    found = bar((100, None), (None, 50))
    assert found is not None
    assert sum(found.before) == pytest.approx(100)
    assert found.now[0] == 0
