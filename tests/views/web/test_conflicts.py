"""Conflicts: the list with its filters, and both sides of one beside each other."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.conflicts.rows import ConflictRow, Rule, SideRow
from onrecord.records import Span
from onrecord.views.commands.telling import conflicts as command
from onrecord.views.web.links import claim_url, conflict_url, document_url, series_url, story_url
from onrecord.views.web.pages import conflicts as pages
from onrecord.views.web.pages.conflicts import ConflictQuery
from onrecord.views.web.words import RULES, RULES_AT_LENGTH, in_conflict, sides_in_order


def test_the_list_has_every_conflict_with_both_sentences(dam_client: TestClient, told: Ledger) -> None:
    html = dam_client.get("/conflicts").text
    rows = told.conflicts()
    assert len(rows) > 2
    links = Seen(html).values("href")
    for row in rows:
        assert conflict_url(row.id) in links
        for side in (row.a, row.b):
            assert document_url(side.document, [side.span], found=True) in links


@pytest.mark.parametrize("rule", get_args(Rule))
def test_filters_narrow_the_list_as_the_ledger_does(dam_client: TestClient, told: Ledger, rule: Rule) -> None:
    wanted = [row.id for row in told.conflicts(rule=rule)]
    assert [row["id"] for row in dam_client.get(f"/conflicts.json?rule={rule}").json()["conflicts"]] == wanted
    assert RULES_AT_LENGTH[rule] in dam_client.get(f"/conflicts?rule={rule}").text


def test_other_filters(dam_client: TestClient, told: Ledger) -> None:
    row = told.conflicts()[0]
    for name, value in (("speaker", row.a.who), ("story", row.story), ("about", row.a.words.split()[-1])):
        found = dam_client.get("/conflicts.json", params={name: value}).json()["conflicts"]
        assert row.id in [one["id"] for one in found], name
        asked: dict[str, Any] = {name: value}
        assert [one["id"] for one in found] == [one.id for one in told.conflicts(**asked)]
    assert "No conflict on record is so" in dam_client.get("/conflicts?about=zeppelin").text
    assert dam_client.get("/conflicts?rule=quarrel").status_code == 400
    assert dam_client.get("/conflicts?after=x000000000000").status_code == 400


def test_filters_are_those_of_the_ledger_and_the_command_line() -> None:
    asked = {field.name for field in fields(ConflictQuery)}
    assert asked == set(inspect.signature(Ledger.conflicts).parameters) - {"self", "wanted", "limit"}
    assert asked - {"after"} <= set(inspect.signature(command).parameters)
    assert set(RULES) == set(RULES_AT_LENGTH) == set(get_args(Rule))


def test_the_list_is_read_a_page_at_a_time(
    dam_client: TestClient, told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_CARDS", 2)
    seen: list[str] = []
    url = "/conflicts"
    while url and len(seen) < 99:
        page = dam_client.get(url)
        seen += [
            row["id"] for row in dam_client.get(url.replace("/conflicts", "/conflicts.json", 1)).json()["conflicts"]
        ]
        url = next((link for link in Seen(page.text).values("href") if "after=" in link and "json" not in link), "")
    assert seen == [row.id for row in told.conflicts()]


def test_a_conflict_leads_to_all_that_it_rests_on(dam_client: TestClient, told: Ledger) -> None:
    kinds = set()
    for row in told.conflicts():
        page = dam_client.get(conflict_url(row.id))
        assert page.status_code == 200
        links = Seen(page.text).values("href")
        assert story_url(row.story) in links
        words = "".join(Seen(page.text).words)
        assert row.comparable in words
        for side in (row.a, row.b):
            assert side.who in words
            assert (claim_url if side.of.startswith("c") else series_url)(side.of) in links
            assert document_url(side.document, [side.span], found=True) in links
        twin = dam_client.get(f"{conflict_url(row.id)}.json").json()
        assert twin["conflict"]["id"] == row.id
        for side in twin["sides"]:
            # What stands for the side is a record that can be corrected, or at least a stretch that can be cited.
            assert re.fullmatch(r"[0-9a-f]{64}(:[sfv]\d+|@\d+-\d+)", side["name"])
            kinds.add(side["name"][64])
        bold = re.findall(r"<b>([^<]+)</b>", page.text)
        assert len(bold) >= 2
    assert ":" in kinds


def test_the_record_of_a_side_holds_its_words(dam_client: TestClient, told: Ledger) -> None:
    for row in told.conflicts():
        for side in dam_client.get(f"{conflict_url(row.id)}.json").json()["sides"]:
            if side["record"] is not None and side["record"][0] == "s":
                statements = {s.id: s for s in told.statements(document=side["row"]["document"])}
                span = Span(*side["row"]["span"])
                held = statements[side["record"]]
                assert any(span.overlaps(one) for one in (*held.content_spans, *held.cue_spans, *held.source_spans))
                assert side["key"] == held.speaker_key


def test_a_conflict_that_is_none_is_not_found(dam_client: TestClient) -> None:
    assert dam_client.get("/conflicts/x000000000000").status_code == 404


def side(who: str, words: str, published: str | None) -> SideRow:
    return SideRow("d" * 64, None, None, published, Span(0, 4), words, f"{words}.", Span(0, 9), "c000000000000", who)


def test_a_conflict_is_told_in_words_that_need_no_manual() -> None:
    row = ConflictRow("x0", "t0", "denial", side("Ann", "it fell", "2024-05-02"), side("Bob", "it", None), "same", None)
    assert in_conflict(row) == "Both cannot be true: Ann says it, Bob denies it."
    numbers = replace(row, rule="figures", a=side("Ann", "40", None), b=side("Bob", "about 70", None))
    assert in_conflict(numbers) == "Both cannot be true: Ann says “40”, Bob says “about 70”."
    turned = replace(row, rule="reversal", a=side("Ann", "no", "2024-05-09"), b=side("Ann", "yes", "2024-05-02"))
    assert in_conflict(turned) == "Both cannot be true: Ann said one thing first, and the other later."
    spoken_for = replace(turned, a=side("Ann’s firm", "no", "2024-05-09"))
    assert in_conflict(spoken_for) == "Both cannot be true: Ann said one thing first, and Ann’s firm the other later."
    assert [one.words for one in sides_in_order(turned)] == ["yes", "no"]
    assert [one.who for one in sides_in_order(row)] == ["Ann", "Bob"]
