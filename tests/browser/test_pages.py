"""What holds of every page in a browser: nothing in the console, nothing that axe finds serious, no wider than a phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import PHONE
from tests.browser.pages import LONG, MISSING, PAGES
from tests.browser.serving import Served

AXE = Axe()
STANDARD = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
BAD = ("serious", "critical")

DRAFT = (
    "The burst of the Drusa dam killed 41 people, the emergency service said.\n\n"
    '"The sirens did sound," Pavla Hemmerin said. Ruvania plans to send 10,000 soldiers, Oltan Brezik said.'
)


def findings(page: Page, rules: dict[str, Any] = STANDARD) -> list[str]:
    """What axe finds serious or critical, each with its places. Colours are looked at in the dark, too."""
    found: list[dict[str, Any]] = []
    for scheme, asked in (("light", rules), ("dark", CONTRAST)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        answer = AXE.run(page, options={"runOnly": asked, "resultTypes": ["violations"]})
        found += [one | {"scheme": scheme} for one in answer.response["violations"]]
    return [
        f"{one['scheme']}: {one['impact']} {one['id']}: {node['html'][:200]} ({node.get('failureSummary', '')})"
        for one in found
        if one["impact"] in BAD
        for node in one["nodes"]
    ]


def settled(page: Page) -> None:
    """Charts are drawn when they come near the window: go to each, and see that it is there."""
    charts = page.locator("figure[data-chart]:visible")
    for place in range(charts.count()):
        charts.nth(place).scroll_into_view_if_needed()
        expect(charts.nth(place).locator("svg").first).to_be_visible()
    page.evaluate("scrollTo(0, 0)")


def wide(page: Page) -> int:
    """How many pixels of the page lie beyond the window's right edge."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(site: Served, visit: Callable[..., Page], name: str) -> None:
    page = visit(site.url + PAGES[name](site.ledger))
    settled(page)
    assert findings(page) == []
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" · Onrecord")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_phone(site: Served, visit: Callable[..., Page], name: str) -> None:
    page = visit(site.url + PAGES[name](site.ledger), size=PHONE)
    settled(page)
    assert wide(page) == 0


@pytest.mark.parametrize("name", LONG)
def test_no_long_table_is_wider_than_a_phone(site: Served, visit: Callable[..., Page], name: str) -> None:
    assert wide(visit(site.url + LONG[name], size=PHONE)) == 0


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_read_without_scripts(site: Served, visit: Callable[..., Page], name: str) -> None:
    page = visit(site.url + PAGES[name](site.ledger), scripts=False)
    assert page.locator("h1").is_visible()
    assert len(page.locator("main").inner_text()) > 60
    assert page.locator("header nav a").first.is_visible()
    twin = page.locator("footer a", has_text="This page as JSON")
    if twin.count():
        answer = page.request.get(site.url + str(twin.first.get_attribute("href")))
        assert answer.ok
        assert json.loads(answer.body())


def test_what_is_not_there_says_so(site: Served, visit: Callable[..., Page]) -> None:
    page = visit(site.url + MISSING, status=404)
    assert "c000000000000" in page.locator("main").inner_text()
    assert findings(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert wide(page) == 0


def test_a_checked_draft_is_legible(site: Served, visit: Callable[..., Page]) -> None:
    page = visit(f"{site.url}/check")
    page.get_by_label("The draft").fill(DRAFT)
    page.get_by_role("button", name="Check it").click()
    page.wait_for_selector(".draft mark")
    assert findings(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert wide(page) == 0


def test_a_corrected_record_and_the_log_are_legible(own_site: Served, visit: Callable[..., Page]) -> None:
    page = visit(own_site.url + PAGES["correct a statement"](own_site.ledger))
    page.get_by_label("Nothing of the kind").check()
    page.get_by_label("Why").first.fill("a caption")
    page.get_by_label("Your name").first.fill("Vera Novak")
    page.get_by_role("button", name="Record the correction").click()
    page.wait_for_selector("[role=status]")
    for url in (page.url, f"{own_site.url}/corrections"):
        page.goto(url)
        for summary in page.locator("details.undo > summary").all():
            summary.click()
        assert findings(page) == [], url
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert wide(page) == 0, url
