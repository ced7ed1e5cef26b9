"""Searching everything."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.views.web.links import claim_url, series_url, speaker_url, story_url
from onrecord.views.web.pages import search


def test_it_finds_people_stories_claims_figures_and_words(dam_client: TestClient, told: Ledger) -> None:
    links = set(Seen(dam_client.get("/search?words=Vantor").text).values("href"))
    assert {speaker_url(row.key) for row in told.speakers() if row.name == "Mirela Vantor"} & links
    assert {claim_url(row.id) for row in told.claims(about="Vantor", limit=5)} <= links
    story = told.stories(limit=1)[0]
    assert story.title is not None
    assert story_url(story.id) in Seen(dam_client.get(f"/search?words={story.title.split()[0]}").text).values("href")
    killed = {series_url(row.id) for row in told.series(about="killed", limit=5)}
    assert killed
    assert killed <= set(Seen(dam_client.get("/search?words=killed").text).values("href"))


def test_the_words_found_are_marked(dam_client: TestClient) -> None:
    assert re.search(r"<mark>dam</mark>", dam_client.get("/search?words=dam").text)


def test_it_reads_on(dam_client: TestClient, told: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_HITS", 5)
    whole = [(row.document, row.statement) for row in told.search("dam", limit=None)]
    walked, address = [], "/search.json?words=dam"
    while True:
        answer = dam_client.get(address).json()
        walked += [(row["document"], row["statement"]) for row in answer["hits"]]
        if answer["next"] is None:
            break
        address = f"/search.json?words=dam&after={answer['next']}"
        assert dam_client.get(address).json()["claims"] == []
    assert walked == whole
    assert 'rel="next"' in dam_client.get("/search?words=dam").text


@pytest.mark.parametrize(
    "words", ["", "   ", "?!", '"', '"the dam"', "dam*", "*", "a OR b", "NEAR(x)", "%", "_", "\\", "x" * 2000]
)
def test_any_words_can_be_searched_for(dam_client: TestClient, words: str) -> None:
    answer = dam_client.get("/search", params={"words": words})
    assert answer.status_code == 200
    assert ("Nothing on record holds" in answer.text) or ("<li>" in answer.text) or not words.strip()


def test_nothing_found_says_so(dam_client: TestClient) -> None:
    assert "Nothing on record holds “zzzz”" in dam_client.get("/search?words=zzzz").text


def test_a_page_behind_nothing_is_refused(dam_client: TestClient) -> None:
    assert dam_client.get("/search?words=dam&after=ffffffffff").status_code in (400, 404)
