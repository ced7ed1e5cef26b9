"""Claims: the list with its filters, one claim with all who have a part in it."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields, replace
from typing import get_args

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.records import Span
from onrecord.views.commands.telling import claims as command
from onrecord.views.web.links import claim_url, conflict_url, document_url, story_url
from onrecord.views.web.pages import claims as pages
from onrecord.views.web.pages.claims import ClaimsQuery
from onrecord.views.web.standing import STANDINGS, listed_names, stands, voices


def test_every_mention_stands_on_its_page_with_its_words(dam_client: TestClient, told: Ledger) -> None:
    for row in told.claims():
        page = dam_client.get(claim_url(row.id))
        assert page.status_code == 200
        seen = Seen(page.text)
        words, links = "".join(seen.words), seen.values("href")
        assert row.says in words
        assert row.standing in words
        assert story_url(row.story) in links
        for member in row.members:
            assert document_url(member.document, member.spans, found=True) in links
            assert member.name in words


def test_a_claim_leads_to_its_conflicts(dam_client: TestClient, told: Ledger) -> None:
    sides = {side.of: row for row in told.conflicts() for side in (row.a, row.b) if side.of.startswith("c")}
    assert sides
    for claim, conflict in sides.items():
        assert conflict_url(conflict.id) in Seen(dam_client.get(claim_url(claim)).text).values("href")


@pytest.mark.parametrize("standing", get_args(Standing))
def test_the_list_narrows_by_standing_and_explains_it(dam_client: TestClient, told: Ledger, standing: Standing) -> None:
    twin = dam_client.get("/claims.json", params={"standing": standing}).json()
    assert [row["id"] for row in twin["claims"]] == [row.id for row in told.claims(standing=standing, limit=50)]
    assert STANDINGS[standing] in dam_client.get("/claims", params={"standing": standing}).text


def test_other_filters(dam_client: TestClient, told: Ledger) -> None:
    row = told.claims()[0]
    for name, value in (("speaker", row.first.name), ("story", row.story), ("about", row.says.split()[-1])):
        found = dam_client.get("/claims.json", params={name: value}).json()["claims"]
        assert row.id in [one["id"] for one in found], name
    assert "No claim on record is so" in dam_client.get("/claims?about=zeppelin").text
    assert dam_client.get("/claims?standing=doubted").status_code == 400
    assert dam_client.get("/claims?after=c000000000000").status_code == 400
    assert dam_client.get("/claims/c000000000000").status_code == 404


def test_filters_are_those_of_the_ledger_and_the_command_line() -> None:
    asked = {field.name for field in fields(ClaimsQuery)}
    assert asked == set(inspect.signature(Ledger.claims).parameters) - {"self", "wanted", "limit"}
    assert asked - {"after"} <= set(inspect.signature(command).parameters)
    assert set(STANDINGS) == set(get_args(Standing))


def test_the_list_is_read_a_page_at_a_time(
    dam_client: TestClient, told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_LIMIT", 40)
    seen: list[str] = []
    url: str | None = "/claims"
    while url:
        html = dam_client.get(url).text
        seen += re.findall(r'href="/claims/(c[0-9a-f]{12})"', html)
        url = next((link for link in Seen(html).values("href") if link.startswith("/claims?after=")), None)
    assert seen == [row.id for row in told.claims()]


def member(name: str, role: str = "holder", way: str = "words") -> MemberRow:
    return MemberRow(role, way, name, "say", "ab" * 32, "Title", "The Post", "s1", (Span(0, 4),), "said", "2025-03-12")  # type: ignore[arg-type]


def claim(standing: Standing, independent: int, *members: MemberRow) -> ClaimRow:
    roles = {role: tuple(m for m in members if m.role == role) for role in ("holder", "denier", "neither", "reporter")}
    none = dict.fromkeys(("actor", "event", "target", "place", "time", "status", "figure"))
    return ClaimRow(
        id="c0123456789ab",
        story="t0123456789ab",
        says="the dam holds",
        negative=False,
        standing=standing,
        independent=independent,
        first=members[0],
        holders=roles["holder"],
        deniers=roles["denier"],
        neither=roles["neither"],
        reporters=roles["reporter"],
        **none,  # type: ignore[arg-type]
    )


HOLM, POST, ORVIND = member("Ida Holm"), member("The Post"), member("Salme Orvind", "denier")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (claim("single source", 1, HOLM), "One source holds it: Ida Holm."),
        (claim("corroborated", 2, HOLM, POST), "Two independent sources hold it: Ida Holm and The Post."),
        (claim("disputed", 1, HOLM, ORVIND), "One source holds it: Ida Holm. Salme Orvind denies it."),
        (claim("denied", 0, ORVIND), "Salme Orvind denies it. It is on record through this denial alone."),
        (claim("revised", 1, HOLM), "A later figure took its place. One source holds it: Ida Holm."),
        (claim("withdrawn", 0, member("Ida Holm", way="withdrawal")), "Ida Holm took it back."),
        (
            claim("single source", 1, HOLM, POST),
            "Ida Holm and The Post hold it, which count as one source: their words come from one text.",
        ),
        (
            claim("disputed", 12, HOLM, ORVIND, member("Jorun Eskildt", "denier"), member("the prefect", "neither")),
            "12 independent sources hold it: Ida Holm. Salme Orvind and Jorun Eskildt deny it. The prefect leaves it open.",
        ),
    ],
)
def test_a_standing_is_told_in_a_sentence(row: ClaimRow, sentence: str) -> None:
    assert stands(row) == sentence


def test_names_are_listed_and_counted() -> None:
    assert listed_names(["a"]) == "a"
    assert listed_names(["a", "b", "c", "d"]) == "a, b, c and d"
    assert listed_names(["a", "b", "c", "d", "e"]) == "a, b, c and 2 others"


def test_voices_are_folded_by_name_and_lose_nothing(told: Ledger) -> None:
    for row in told.claims():
        found = voices(row.members)
        assert sorted(m.words for v in found for m in v.mentions) == sorted(m.words for m in row.members)
        assert len({voice.name for voice in found}) == len(found)
    assert replace(found[0]).first is found[0].mentions[0]
