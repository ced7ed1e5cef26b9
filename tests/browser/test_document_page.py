"""A document's page in a browser: layers with and without scripts, the record that follows, keys; two side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import PHONE
from tests.browser.pages import busiest_document
from tests.browser.serving import Served

from onrecord.views.web.links import beside_url, document_url, record_url

Visit = Callable[..., Page]


def style(page: Page, selector: str, name: str) -> str:
    return str(page.locator(selector).first.evaluate(f"one => getComputedStyle(one)['{name}']"))


@pytest.mark.parametrize("scripts", [False, True])
def test_layers_are_switched(site: Served, visit: Visit, scripts: bool) -> None:
    page = visit(site.url + document_url(busiest_document(site.ledger)), scripts=scripts)
    assert style(page, ".text .content", "backgroundColor") != "rgba(0, 0, 0, 0)"
    assert style(page, ".text .event", "backgroundImage") == "none"
    page.locator("#layer-statements").uncheck()
    assert style(page, ".text .content", "backgroundColor") == "rgba(0, 0, 0, 0)"
    expect(page.locator(".text .n").first).to_be_hidden()
    page.locator("#layer-events").check()
    assert style(page, ".text .event", "backgroundImage") != "none"
    page.locator("#layer-figures").uncheck()
    assert style(page, ".text .figure", "textDecorationLine") == "none"


def test_switches_are_remembered_from_document_to_document(site: Served, visit: Visit) -> None:
    one, other = (row.id for row in site.ledger.documents(limit=2))
    page = visit(site.url + document_url(one))
    page.locator("#layer-statements").uncheck()
    page.locator("#layer-events").check()
    page.goto(site.url + document_url(other))
    expect(page.locator("#layer-statements")).not_to_be_checked()
    expect(page.locator("#layer-events")).to_be_checked()
    expect(page.locator("#layer-figures")).to_be_checked()


def test_the_record_follows_what_is_pointed_at(site: Served, visit: Visit) -> None:
    document = busiest_document(site.ledger)
    last = site.ledger.statements(document=document)[-1]
    page = visit(site.url + document_url(document))
    row = page.locator(f"#row-{last.id}")
    expect(row).not_to_be_in_viewport()
    page.locator(f'.text [data-of~="{last.id}"].content').first.hover()
    expect(row).to_be_in_viewport()
    expect(row).to_have_class("record lit")
    page.locator("h1").hover()
    expect(row).not_to_have_class("record lit")


def test_keys_go_from_statement_to_statement(site: Served, visit: Visit) -> None:
    document = busiest_document(site.ledger)
    page = visit(site.url + document_url(document))
    records = page.locator(".records .record")
    for step, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(step)
        expect(records.nth(place)).to_be_focused()
        key = records.nth(place).get_attribute("data-of")
        expect(page.locator(f'.text [data-of~="{key}"].content').first).to_be_in_viewport()
        expect(records.nth(place)).to_be_in_viewport()
    # They go on from the statement that the address names.
    page.goto(site.url + record_url(document, str(records.nth(3).get_attribute("data-of"))))
    page.keyboard.press("j")
    expect(records.nth(4)).to_be_focused()
    page.locator("input[name=words]").first.press_sequentially("jk")
    expect(page.locator("input[name=words]").first).to_have_value("jk")


def test_what_the_address_names_is_lit_without_scripts(site: Served, visit: Visit) -> None:
    statement = site.ledger.statements(document=busiest_document(site.ledger))[-1]
    page = visit(site.url + document_url(statement.document, statement.content_spans), scripts=False)
    spot = page.locator(f"#c{statement.content_spans[0].start}-{statement.content_spans[0].end}")
    expect(spot).to_be_in_viewport()
    for piece in page.locator(f'.text [data-of~="{statement.id}"].content').all():
        assert piece.evaluate("one => getComputedStyle(one).boxShadow") != "none"
    page.goto(site.url + record_url(statement.document, statement.id))
    row = page.locator(f"#row-{statement.id}")
    assert row.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    for piece in page.locator(f'.text [data-of~="{statement.id}"]').all():
        assert piece.evaluate("one => getComputedStyle(one).boxShadow") != "none"


def test_an_event_that_the_address_names_is_shown_though_its_layer_is_off(site: Served, visit: Visit) -> None:
    document = busiest_document(site.ledger)
    event = site.ledger.document(document).events[-1].id
    page = visit(site.url + record_url(document, event))
    expect(page.locator(f"#row-{event}")).to_be_visible()


def test_two_articles_are_two_columns_or_on_a_phone_one(site: Served, visit: Visit) -> None:
    update = next(row for row in site.ledger.copies() if row.kind == "update")
    origin = next(row for row in site.ledger.copies(update.group) if row.kind == "origin")
    url = site.url + beside_url(origin.document, update.document)
    page = visit(url, scripts=False)
    changed = page.locator(".pair.changed").first
    expect(changed.locator(".left")).to_be_visible()
    expect(changed.locator(".right")).to_be_visible()
    expect(changed.locator(".merged")).to_be_hidden()
    expect(page.locator(".pair.same").first).to_be_visible()
    page.locator("#only-changes").check()
    expect(page.locator(".pair.same").first).to_be_hidden()
    phone = visit(url, size=PHONE, scripts=False)
    expect(phone.locator(".pair.changed .merged").first).to_be_visible()
    expect(phone.locator(".pair.changed .left").first).to_be_hidden()
    expect(phone.locator(".pair.same .right").first).to_be_visible()
    expect(phone.locator(".pair.same .left").first).to_be_hidden()
