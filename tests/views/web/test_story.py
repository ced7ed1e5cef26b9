"""The page of a story, its timeline, and their charts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.web.links import claim_url, conflict_url, copies_url, document_url, series_url, story_url
from onrecord.views.web.pages import story as pages


def drawn(client: TestClient, story: str) -> list[dict[str, Any]]:
    """The series that a story's page draws."""
    return list(client.get(f"{story_url(story)}.json").json()["series"])


def test_series_of_several_values_are_drawn_before_those_of_one(dam_client: TestClient, told: Ledger) -> None:
    for story in told.stories():
        values = [len(one["points"]) > 1 for one in drawn(dam_client, story.id)]
        assert values == sorted(values, reverse=True)


def test_a_story_leads_to_all_that_there_is_in_it(dam_client: TestClient, told: Ledger) -> None:
    for story in told.stories():
        page = dam_client.get(story_url(story.id))
        assert page.status_code == 200
        seen = Seen(page.text)
        links = seen.values("href")
        articles = told.story(story.id).articles
        groups = {article.group for article in articles if article.group}
        for article in articles:
            assert document_url(article.id) in links or article.group in groups
        for claim in told.claims(story=story.id, standing=("disputed", "denied"), limit=6):
            assert claim_url(claim.id) in links
        shown = drawn(dam_client, story.id)
        assert {one["id"] for one in shown} <= set(told.story(story.id).series)
        assert len(shown) == min(6, len(told.story(story.id).series))
        assert all(series_url(one["id"]) in links for one in shown)
        for conflict in told.conflicts(story=story.id, limit=6):
            assert conflict_url(conflict.id) in links
        anchors = [link[1:] for link in links if link.startswith("#") and link != "#main"]
        assert anchors
        assert set(anchors) <= set(seen.values("id"))


def test_copies_are_folded_under_the_text_that_they_print(dam_client: TestClient, told: Ledger) -> None:
    groups = {row.group for row in told.copies()}
    seen = 0
    for story in told.stories():
        html = dam_client.get(story_url(story.id)).text
        for group in groups & {article.group for article in told.story(story.id).articles}:
            size = sum(1 for article in told.story(story.id).articles if article.group == group)
            if size > 1:
                assert re.search(rf'<a href="{copies_url(str(group))}">{size} articles print one text</a>', html)
                seen += 1
    assert seen


def test_a_story_without_scripts_has_the_values_and_the_days(dam_client: TestClient, told: Ledger) -> None:
    story = told.stories()[0]
    html = dam_client.get(story_url(story.id)).text
    for one in drawn(dam_client, story.id):
        row = told.series(one["id"])[0]
        assert f'data-chart="{series_url(row.id)}/chart.json"' in html
        assert document_url(row.points[-1].document, row.points[-1].spans, found=True).replace("&", "&amp;") in html
    assert html.count("timeline?since=") == len(
        {a.published[:10] for a in told.story(story.id).articles if a.published}
    )


def test_a_long_story_is_shown_in_part_and_leads_on(
    dam_client: TestClient, told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = told.stories()[0]
    monkeypatch.setattr(pages, "_ARTICLES", 2)
    html = dam_client.get(story_url(story.id)).text
    assert "more texts</summary>" in html
    for article in told.story(story.id).articles:
        assert document_url(article.id) in html or article.group is not None


def test_the_map_is_there_only_where_places_resolve(dam_client: TestClient, told: Ledger) -> None:
    for story in told.stories():
        html = dam_client.get(story_url(story.id)).text
        assert ("/map/chart.json" in html) is bool(told.places(story.id))
        spec = dam_client.get(f"{story_url(story.id)}/map/chart.json").json()
        assert ("layer" in spec) is bool(told.places(story.id))


def test_a_timeline_has_every_entry_with_its_times(dam_client: TestClient, told: Ledger) -> None:
    story = told.stories()[0]
    rows = told.timeline(story.id)
    seen, url = 0, f"{story_url(story.id)}/timeline"
    while url:
        html = dam_client.get(url).text
        seen += html.count('<p class="facts times">')
        url = next((link for link in Seen(html).values("href") if "timeline?after=" in link), "")
    assert seen == len(rows)
    uncertain = [r for r in rows if r.kind == "event" and r.happened_last not in (None, r.happened_first)]
    first = dam_client.get(f"{story_url(story.id)}/timeline").text
    assert not uncertain or 'class="uncertain"' in first


def test_a_timeline_narrows_to_days(dam_client: TestClient, told: Ledger) -> None:
    story = told.stories()[0]
    day = next(row.on for row in told.timeline(story.id) if row.on and row.on.startswith("2025"))[:10]
    twin = dam_client.get(f"{story_url(story.id)}/timeline.json?since={day}&until={day}").json()
    wanted = told.timeline(story.id, since=day, until=day)
    assert [row["words"] for row in twin["entries"]] == [row.words for row in wanted][:100]
    assert (
        "Nothing is known of this time" in dam_client.get(f"{story_url(story.id)}/timeline?since=1700&until=1701").text
    )
    assert dam_client.get(f"{story_url(story.id)}/timeline?since=soon").status_code == 400


def test_the_timeline_has_a_chart_whose_marks_lead_to_words(dam_client: TestClient, told: Ledger) -> None:
    story = told.stories()[0]
    spec = dam_client.get(f"{story_url(story.id)}/timeline/chart.json?ground=page").json()
    hrefs = {d["href"] for layer in spec["layer"] for d in layer["data"]["values"] if "href" in d}
    known = {document_url(row.document, row.spans, found=True) for row in told.timeline(story.id)}
    known |= {document_url(row.document) for row in told.timeline(story.id)}
    assert hrefs
    assert hrefs <= known


def test_a_story_is_found_by_its_documents_and_no_other_is(dam_client: TestClient, told: Ledger) -> None:
    story = told.stories()[0]
    assert dam_client.get(story_url(story.members[-1])).status_code == 200
    for path in ("", "/timeline", "/timeline/chart.json", "/map/chart.json"):
        assert dam_client.get(f"/stories/t000000000000{path}").status_code == 404


def test_every_link_into_a_document_has_its_anchor(dam_client: TestClient, told: Ledger) -> None:
    story = told.stories()[0]
    pages = [story_url(story.id), f"{story_url(story.id)}/timeline"]
    pages += [claim_url(row.id) for row in told.claims(standing=("disputed", "denied"))]
    pages += [series_url(row.id) for row in told.series(moved=True)]
    links = {
        link for page in pages for link in Seen(dam_client.get(page).text).values("href") if re.search(r"#c\d", link)
    }
    assert len(links) > 50
    for link in links:
        address, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in dam_client.get(address).text, link


def test_nothing_an_article_holds_becomes_markup(client: TestClient, hostile: Reading) -> None:
    twin = client.get("/claims.json").json()["claims"] + client.get("/series.json").json()["series"]
    stories = {row["story"] for row in twin}
    pages = ["/claims", "/series", *(f"/{'claims' if row['id'][0] == 'c' else 'series'}/{row['id']}" for row in twin)]
    pages += [address for one in stories for address in (story_url(one), f"{story_url(one)}/timeline")]
    assert stories
    for address in [*pages, "/claims?about=<script>alert(1)</script>", "/series?about=%22><script>alert(1)</script>"]:
        page = client.get(address)
        assert page.status_code == 200
        seen = Seen(page.text)
        assert "alert(1)" not in re.sub(r'value="[^"]*"', "", page.text) or "&lt;script&gt;" in page.text
        assert all(src.startswith("/static/") for src in seen.values("src"))
        assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "style"], address
        assert page.text.count("<script") == page.text.count('<script type="module" src="/static/')
