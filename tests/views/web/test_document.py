"""A document's page: its text, its marks, its anchors, its layers, and each record beside its words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.views.web.contrast import colours, contrast
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.reading import Reading
from onrecord.records import Event, Span
from onrecord.views import web
from onrecord.views.web import application
from onrecord.views.web.links import beside_url, claim_url, conflict_url, copies_url, document_url, series_url
from onrecord.views.web.marked import target_rules, text_blocks

STATIC = Path(web.__file__).parent / "static"


def eventful(flood: Reading) -> Reading:
    """The flood with two events: one in what the mayor confirmed, one in the outlet's own words."""
    text = flood.document.text

    def event(key: str, word: str, statement: str | None, moment: int | None) -> Event:
        start = text.index(word)
        span = Span(start, start + len(word))
        return Event(key, span, word, "RETREAT", ("e2",), (), (), moment, "happened", statement, 0.7)

    return replace(flood, events=(event("v1", "left", "s1", 0), event("v2", "sank", None, None)))


def test_document_page_shows_its_text_and_marks(client: TestClient, flood: Reading) -> None:
    html = client.get(document_url(flood.document.id)).text
    assert re.search(r'<span class="source c\d+-\d+" data-of="s1">Mayor Ida Holm</span>', html)
    assert re.search(r'<span class="cue c\d+-\d+" data-of="s1">confirmed</span>', html)
    assert re.search(r'<span class="content figure[^"]*" data-of="s1 f0">about 1,200</span>', html)
    assert re.search(r'<span class="content source[^"]*" data-of="s2 s3">the prefect</span>', html)
    assert re.search(r'<span class="content[^"]* deep2" data-of="s2 s3">the dam will hold</span>', html)
    assert re.search(r'<span class="moment[^"]*" data-of="m0">3 May</span>', html)
    assert '<div class="block boilerplate"' in html
    assert 'href="https://example.org/flood"' in html


def test_ids_on_a_document_page_are_unique(client: TestClient, dam_client: TestClient, flood: Reading) -> None:
    ids = Seen(client.get(document_url(flood.document.id)).text).values("id")
    assert len(ids) == len(set(ids))
    assert {f"c{a}-{b}" for s in flood.statements for a, b in (*s.source, *s.cue, *s.content)} <= set(ids)
    assert {f"c{f.span.start}-{f.span.end}" for f in flood.figures} <= set(ids)
    assert {"row-s1", "row-f1", "row-m0", "row-e1"} <= set(ids)
    for row in dam_client.app.state.ledger.documents():  # type: ignore[attr-defined]
        ids = Seen(dam_client.get(document_url(row.id)).text).values("id")
        assert len(ids) == len(set(ids)), row.title


def test_characters_named_in_the_address_are_marked(client: TestClient, flood: Reading) -> None:
    at = flood.document.text.index("newsletter")
    url = document_url(flood.document.id, [Span(at, at + 10)], found=True)
    assert url.endswith(f"?at={at}-{at + 10}#c{at}-{at + 10}")
    html = client.get(url).text
    assert re.search(r'<mark class="found[^"]*">newsletter</mark>', html)
    sheet = next(link for link in Seen(html).values("href") if "targets.css" in link)
    assert f"body:has(#c{at}-{at + 10}:target)" in client.get(sheet).text


@pytest.mark.parametrize("at", ["5", "9-5", "0-999999", "5-5", "-1-5", "a-b", "1-2-3"])
@pytest.mark.parametrize("page", ["", "/targets.css"])
def test_characters_that_are_none_are_refused(client: TestClient, flood: Reading, at: str, page: str) -> None:
    assert client.get(document_url(flood.document.id) + page, params={"at": at}).status_code == 400


def test_text_blocks_are_the_text(flood: Reading, hostile: Reading) -> None:
    for reading in (flood, hostile, eventful(flood)):
        pieces = [piece.text for block in text_blocks(reading) for piece in block.pieces]
        assert "".join(pieces) == reading.document.text


def test_every_anchor_and_every_record_in_the_text_has_a_rule(flood: Reading) -> None:
    blocks = text_blocks(eventful(flood))
    rules = target_rules(blocks)
    pieces = [piece for block in blocks for piece in block.pieces]
    assert rules.count("\n") == len(set(re.findall(r"body:has\((#[\w-]+):target\)", rules)))
    for piece in pieces:
        for anchor in piece.anchors:
            assert f"body:has(#{anchor}:target) .{anchor}{{" in rules
            # The first piece that bears the anchor is itself lit by its rule.
            assert anchor in piece.covers
        for record in piece.records:
            assert f'body:has(#row-{record}:target) .text [data-of~="{record}"]{{' in rules


def test_the_style_sheet_of_targets_is_one_of_its_own_and_no_page_has_a_style_within(
    client: TestClient, flood: Reading
) -> None:
    page = client.get(document_url(flood.document.id))
    assert "<style" not in page.text
    assert not Seen(page.text).values("style")
    assert "nonce" not in page.headers["content-security-policy"]
    sheet = client.get(f"{document_url(flood.document.id)}/targets.css")
    assert sheet.headers["content-type"].startswith("text/css")
    assert client.get("/documents/ffffffffff/targets.css").status_code == 404


def test_a_statement_holds_the_figures_and_events_that_it_vouches_for(flood: Reading) -> None:
    reading = eventful(flood)
    with Ledger.open(":memory:") as book:
        assert [r.outcome for r in book.add([reading])] == ["added"]
        page = TestClient(application(book), base_url="http://localhost").get(document_url(reading.document.id)).text
    order = re.findall(r'id="row-([sfv]\d)"', page)
    assert order == ["s1", "f0", "v1", "s2", "s3", "f1", "v2"]
    card = page[page.index('id="row-s1"') : page.index('id="row-s2"')]
    assert "the prefect <b><a" in card
    assert re.search(r'href="#c\d+-\d+">2024-05-03</a>', card)
    own = page[page.index('id="row-v2"') :]
    assert "the outlet’s own words" in own


def test_what_a_person_ruled_stands_with_its_record(flood: Reading) -> None:
    signed = Signed(by="Ada", at="2024-05-06T10:00:00+00:00", reason="her deputy spoke")
    with Ledger.open(":memory:") as book:
        assert [r.outcome for r in book.add([flood])] == ["added"]
        name = flood.document.id
        book.correct(f"{name}:s1", Wish(speaker=f"{name}:e2"), signed)
        book.correct(f"{name}:f1", Wish(reject=True), replace(signed, reason="they were rafts"))
        book.split(f"{name}:e1", f"{name}:e2", replace(signed, reason="two people"))
        undone = book.correct(f"{name}:s2", Wish(confirm=True), replace(signed, reason="heard it"))
        book.undo(undone.id, replace(signed, reason="did not"))
        page = TestClient(application(book), base_url="http://localhost").get(document_url(name)).text
    card = page[page.index('id="row-s1"') : page.index('id="row-s2"')]
    assert "Ruled to be said by the prefect" in card
    assert "her deputy spoke" in card
    assert "<del>Ida Holm</del>" in card
    boats = page[page.index('<li id="row-f1"') :]
    assert boats.startswith('<li id="row-f1" class="line of-figure rejected"')
    assert "Ruled not to count" in boats
    assert "they were rafts" in boats
    # Of who is given to a record it is told what of.
    mayor, prefect = (page[page.index(f'<li id="row-{key}"') :].partition("</li>")[0] for key in ("e1", "e2"))
    assert "Ruled not to be one with the prefect" in mayor
    assert "Ruled not to be one with Ida Holm" in prefect
    assert "Ruled to have said “that about 1,200 people had left the harbour”" in prefect
    taken = page[page.index('id="row-s2"') : page.index('id="row-s3"')]
    assert '<span class="badge">undone</span>' in taken
    assert "A ruling taken back" in taken


def test_every_record_can_be_cited_and_corrected(client: TestClient, flood: Reading) -> None:
    links = Seen(client.get(document_url(flood.document.id)).text).values("href")
    name = flood.document.id
    assert {f"/cite/{name}", f"/cite/{name}:s1", f"/cite/{name}:f1"} <= set(links)
    assert {f"/correct/{name}:s3", f"/correct/{name}:f0", f"/correct/{name}:e2"} <= set(links)


def test_records_lead_to_their_claims_series_conflicts_and_copies(dam_client: TestClient, told: Ledger) -> None:
    seen: set[str] = set()
    for row in told.documents():
        html = dam_client.get(document_url(row.id)).text
        links = set(Seen(html).values("href"))
        for tie in told.ties(row.id):
            url = {"claim": claim_url, "series": series_url, "conflict": conflict_url}[tie.kind](tie.id)
            assert url in links, tie
            seen.add(tie.kind)
        group = told.copies(row.id)
        others = [one for one in group if one.document != row.id]
        # An origin stands first, so that what the copy changed reads as a change.
        ends = [(one.document, row.id) if one.kind == "origin" else (row.id, one.document) for one in others]
        assert {beside_url(*both) for both in ends} <= links
        if others:
            assert copies_url(group[0].group) in links
            seen.add("copy")
    assert seen == {"claim", "series", "conflict", "copy"}


def test_layers_are_switched_by_boxes_that_the_style_sheet_knows(client: TestClient, flood: Reading) -> None:
    html = client.get(document_url(flood.document.id)).text
    style = (STATIC / "document.css").read_text()
    boxes = re.findall(r'<input type="checkbox" id="(layer-\w+)"( checked)?>', html)
    assert [(name, bool(on)) for name, on in boxes] == [
        ("layer-statements", True),
        ("layer-figures", True),
        ("layer-moments", True),
        ("layer-events", False),
        ("layer-furniture", True),
    ]
    for name, _ in boxes:
        assert f".document:has(#{name}:not(:checked))" in style


def test_words_have_contrast_enough_on_every_ground_of_the_text() -> None:
    for theme in zip(
        colours((STATIC / "style.css").read_text()), colours((STATIC / "document.css").read_text()), strict=True
    ):
        known = theme[0] | theme[1]
        for ground in ("ground", "content", "deep2", "deep3", "source", "cue", "found"):
            assert contrast(known["ink"], known[ground]) >= 4.5, ground
        # The lines that tell layers apart are graphics: 3 to 1.
        for line, ground in product(("moment", "event", "link"), ("ground", "content", "deep2", "deep3")):
            assert contrast(known[line], known[ground]) >= 3, (line, ground)
