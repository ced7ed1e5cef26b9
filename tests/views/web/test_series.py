"""Figures over time: the list, one series with its values and their words, its chart."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields, replace

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.series.rows import BestRow
from onrecord.records import Span
from onrecord.views.commands.telling import series as command
from onrecord.views.web.figures import best_words, cut_at, holders_of, shown_points, spark_of
from onrecord.views.web.links import document_url, series_url, story_url
from onrecord.views.web.pages import series as pages
from onrecord.views.web.pages.series import SeriesQuery
from onrecord.views.wording import amount


def test_every_value_stands_on_its_page_with_its_words(dam_client: TestClient, told: Ledger) -> None:
    for row in told.series():
        page = dam_client.get(series_url(row.id))
        assert page.status_code == 200
        seen = Seen(page.text)
        words, links = "".join(seen.words), seen.values("href")
        assert best_words(row.best, row.unit) in words
        assert story_url(row.story) in links
        for point in row.points:
            assert document_url(point.document, point.spans, found=True) in links
            assert amount(point.low, point.high, point.bound, row.unit) in words
            for place in point.places[1:]:
                assert document_url(place.document, place.spans, found=True) in links


def test_the_number_is_bold_in_its_sentence(dam_client: TestClient, told: Ledger) -> None:
    for row in told.series():
        for shown in shown_points(row):
            assert "".join(words for words, _ in shown.pieces) == shown.point.context
            bold = [words for words, marked in shown.pieces if marked]
            assert " … ".join(bold) == shown.point.words or not bold


def test_spans_outside_of_the_sentence_are_passed_over() -> None:
    assert cut_at("14 died.", Span(10, 18), [Span(0, 2), Span(10, 12), Span(30, 32)]) == (
        ("14", True),
        (" died.", False),
    )
    assert cut_at("nobody", Span(0, 6), []) == (("nobody", False),)


def test_bars_lie_on_one_scale_in_the_order_of_their_values(told: Ledger) -> None:
    for row in told.series():
        bars = [(shown.point, shown.bar) for shown in shown_points(row)]
        exact = sorted(
            (p.low, b.point) for p, b in bars if p.low == p.high and p.low is not None and b.point is not None
        )
        assert [at for _, at in exact] == sorted(at for _, at in exact)
        for point, bar in bars:
            assert 0 <= bar.start <= bar.start + bar.width <= 100.1
            assert bar.open_high is (point.bound in ("at least", "more than"))
            assert not bar.open_high or bar.start + bar.width == pytest.approx(100)


def test_the_list_is_the_ledgers_and_narrows_as_it_does(dam_client: TestClient, told: Ledger) -> None:
    def listed(address: str) -> list[str]:
        return [row["id"] for row in dam_client.get(address).json()["series"]]

    story = told.stories()[0].id
    assert listed("/series.json") == [row.id for row in told.series()]
    assert listed("/series.json?moved=1") == [row.id for row in told.series(moved=True)]
    assert 0 < len(told.series(moved=True)) < len(told.series())
    assert listed("/series.json?about=dead") == [row.id for row in told.series(about="dead")]
    assert listed(f"/series.json?story={story}") == [row.id for row in told.series(story=story)]
    html = dam_client.get(f"/series?story={story}&moved=1").text
    assert f'name="story" value="{story}"' in html
    assert " checked" in html
    assert "No series on record is so" in dam_client.get("/series?about=zeppelin").text
    assert dam_client.get("/series?after=f000000000000").status_code == 400


def test_filters_are_those_of_the_ledger_and_the_command_line() -> None:
    asked = {field.name for field in fields(SeriesQuery)}
    assert asked == set(inspect.signature(Ledger.series).parameters) - {"self", "wanted", "limit"}
    assert asked - {"after"} <= set(inspect.signature(command).parameters)


def test_the_list_is_read_a_page_at_a_time(
    dam_client: TestClient, told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_LIMIT", 7)
    seen: list[str] = []
    url: str | None = "/series"
    while url:
        html = dam_client.get(url).text
        above, _, html = html.rpartition("All, the newest figure first")
        assert bool(above) is (url == "/series"), "those that moved stand before the first page alone"
        seen += re.findall(r'<a href="/series/(f[0-9a-f]{12})">', html)
        url = next((link for link in Seen(html).values("href") if link.startswith("/series?after=")), None)
    assert seen == [row.id for row in told.series()]


def test_a_chart_is_drawn_of_what_its_page_shows(dam_client: TestClient, told: Ledger) -> None:
    row = max(told.series(), key=lambda row: len(row.points))
    assert f'data-chart="{series_url(row.id)}/chart.json"' in dam_client.get(series_url(row.id)).text
    light, page = (dam_client.get(f"{series_url(row.id)}/chart.json{ask}").json() for ask in ("", "?ground=page"))
    assert light["data"] == page["data"]
    assert light["config"]["text"]["color"].startswith("#")
    assert page["config"]["text"]["color"] == "var(--ink)"
    hrefs = [datum["href"] for datum in light["data"]["values"]]
    assert set(hrefs) <= set(Seen(dam_client.get(series_url(row.id)).text).values("href"))
    assert dam_client.get(f"{series_url(row.id)}/chart.json?ground=sand").status_code == 400
    assert dam_client.get("/series/f000000000000/chart.json").status_code == 404


def test_a_page_says_how_the_best_value_moved(dam_client: TestClient, told: Ledger) -> None:
    moved = max(told.series(moved=True), key=lambda row: len(told.course(row.id)))
    steps = told.course(moved.id)
    assert len(steps) > 2
    html = dam_client.get(series_url(moved.id)).text
    assert html.count('<li><span class="date">') == len(steps)
    twin = dam_client.get(f"{series_url(moved.id)}.json").json()
    assert [(s["on"], s["low"], s["high"]) for s in twin["course"]] == [(s.on, s.low, s.high) for s in steps]


def test_words_of_a_best_value() -> None:
    assert best_words(None, "km") == "no best value"
    assert best_words(BestRow(57, 57, False), None) == "57"
    assert best_words(BestRow(148, 171, True), "km") == "148–171 km"
    assert best_words(BestRow(1000, None, False), None) == "≥ 1,000"
    assert best_words(BestRow(None, 6, False), "m") == "≤ 6 m"


def test_holders_in_few_words(told: Ledger) -> None:
    row = max(told.series(), key=lambda row: len({p.name for p in row.points if not p.outlet}))
    names = list(dict.fromkeys(p.name for p in row.points if not p.outlet))
    assert holders_of(row).startswith(names[0])
    assert holders_of(replace(row, points=tuple(replace(p, outlet=True) for p in row.points))) == "outlets"


def test_sparks_stay_in_their_drawing(told: Ledger) -> None:
    drawn = [dot for row in told.series() for dot in spark_of(row)]
    assert len(drawn) > 10
    assert all(0 <= x <= 120 and 0 <= y <= 28 for x, y, _ in drawn)


def test_an_unknown_series_is_404(dam_client: TestClient) -> None:
    assert dam_client.get("/series/f000000000000").status_code == 404
