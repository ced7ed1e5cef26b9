"""Who is on record, and what is known of one speaker."""

from __future__ import annotations

import inspect
from dataclasses import fields
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.cited import cited
from onrecord.views.commands.asking import speakers as command
from onrecord.views.web import listing as listings
from onrecord.views.web.links import claim_url, conflict_url, correct_url, document_url, record_url, speaker_url
from onrecord.views.web.pages import speaker as pages


def key_of(client: TestClient, name: str) -> str:
    return next(str(row["key"]) for row in client.get("/speakers.json").json()["speakers"] if row["name"] == name)


def test_speaker_page_lists_statements_newest_day_first(client: TestClient) -> None:
    key = key_of(client, "Ida Holm")
    assert speaker_url(key) in client.get("/speakers").text
    html = client.get(speaker_url(key)).text
    assert "<h1>Ida Holm</h1>" in html
    assert html.count('<blockquote class="said">') == 2
    assert '<h3 class="day">2024-05-03</h3>' in html


def test_everybody_is_listed_a_page_at_a_time(
    dam_client: TestClient, told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "LIMIT", 3)
    seen: list[str] = []
    after = ""
    while len(seen) < 999:
        twin = dam_client.get("/speakers.json", params={"after": after}).json()
        seen += [row["key"] for row in twin["speakers"]]
        if twin["next"] is None:
            break
        after = twin["next"]
    assert seen == [row.key for row in told.speakers()]
    assert len(seen) > 6
    assert dam_client.get("/speakers?after=p000000000000").status_code == 400


@pytest.mark.parametrize("begins", ["mir", "VANT", "mirela v", "vantor"])
def test_a_speaker_is_found_by_the_beginning_of_a_name(dam_client: TestClient, begins: str) -> None:
    found = [row["name"] for row in dam_client.get("/speakers.json", params={"starting": begins}).json()["speakers"]]
    assert "Mirela Vantor" in found
    assert all(f" {name.lower()}".find(f" {begins.lower()}") >= 0 for name in found)


def test_a_name_that_begins_otherwise_finds_nobody(dam_client: TestClient) -> None:
    for begins in ("antor", "vantor m", "%", "_"):
        assert "Nobody on record" in dam_client.get("/speakers", params={"starting": begins}).text


def test_a_speakers_page_tells_who_it_is_and_leads_to_all_that_it_says(dam_client: TestClient, told: Ledger) -> None:
    shown = set()
    for speaker in told.speakers(limit=12):
        html = dam_client.get(speaker_url(speaker.key)).text
        seen = Seen(html)
        links, words = set(seen.values("href")), "".join(seen.words)
        for row in told.statements(speaker=speaker.key, limit=50):
            assert document_url(row.document, row.content_spans) in links
            assert record_url(row.document, row.id) in links
        for claim in told.claims(speaker=speaker.key, limit=10):
            assert claim_url(claim.id) in links
            shown.add("claim")
        for figure in told.figures(speaker=speaker.key, limit=10):
            assert document_url(figure.document, [figure.span]) in links
            shown.add("figure")
        for conflict in told.conflicts(speaker=speaker.key, limit=10):
            assert conflict_url(conflict.id) in links
            shown.add(conflict.rule)
        people = told.who(speaker.key)
        if len(people) == 1:
            for role in people[0].roles[:12]:
                assert role.title in words
                shown.add("role")
            for merge in people[0].merges[:20]:
                assert document_url(merge.document, [merge.span], found=True) in links
                assert correct_url(people[0].id) in links
                shown.add("merge")
    assert {"claim", "figure", "denial", "reversal", "role", "merge"} <= shown


def test_first_and_last_are_the_ends_of_all_that_was_said(dam_client: TestClient, told: Ledger) -> None:
    speaker = told.speakers(limit=1)[0]
    person = dam_client.get(f"{speaker_url(speaker.key)}.json").json()["person"]
    everything = told.statements(speaker=speaker.key)
    days = sorted((row.said_on or row.published or "9999")[:10] for row in everything)
    assert (person["first"]["said_on"] or person["first"]["published"])[:10] == days[0]
    assert person["last"]["id"] == everything[0].id


def test_statements_of_one_speaker_are_read_a_page_at_a_time(
    dam_client: TestClient, told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_STATEMENTS", 3)
    speaker = told.speakers(limit=1)[0]
    url = speaker_url(speaker.key)
    seen: list[str] = []
    after = ""
    while len(seen) < 999:
        twin = dam_client.get(f"{url}.json", params={"after": after}).json()
        assert (twin["person"] is None) is bool(after)
        seen += [f"{row['document']}:{row['id']}" for row in twin["statements"]]
        if twin["next"] is None:
            break
        after = twin["next"]
    assert seen == [cited(row) for row in told.statements(speaker=speaker.key)]
    assert "Back to the start" in dam_client.get(url, params={"after": seen[2]}).text


def test_a_claim_says_what_the_speaker_does_with_it(dam_client: TestClient, told: Ledger) -> None:
    found = set()
    for speaker in told.speakers(limit=12):
        for held in dam_client.get(f"{speaker_url(speaker.key)}.json").json()["person"]["claims"]:
            names = {one["name"] for role in ("holders", "deniers", "neither") for one in held["claim"][role]}
            assert bool(held["parts"]) or speaker.name not in names
            found.update(held["parts"])
    assert {"holds it", "denies it"} <= found


def test_a_name_that_means_several_is_told_apart(dam_client: TestClient, told: Ledger) -> None:
    for speaker in told.speakers():
        key = quote(speaker.name)
        html = dam_client.get(f"/speakers/{key}").text
        people = told.who(speaker.name)
        if len(people) > 1:
            assert f"means {len(people)}" in html


def test_a_speaker_that_is_none_is_not_found(dam_client: TestClient) -> None:
    assert dam_client.get("/speakers/p000000000000").status_code == 404


def test_filters_are_those_of_the_ledger_and_the_command_line() -> None:
    asked = {"starting", "after"}
    assert {field.name for field in fields(pages.SpeakersPage)} - {"speakers", "next"} == asked
    assert asked <= set(inspect.signature(Ledger.speakers).parameters)
    assert "starting" in inspect.signature(command).parameters
