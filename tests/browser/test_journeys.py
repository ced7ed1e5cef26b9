"""What people come for, from the front page on: with a mouse, with the keyboard alone, without scripts, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import PHONE, WIDE
from tests.browser.pages import busiest_document
from tests.browser.serving import Served

from onrecord.views.web.links import document_url

DRAFT = (
    "Dam burst kills 41\n\nThe burst of the Drusa dam killed 41 people, the emergency service said.\n\n"
    '"The sirens did sound," Pavla Hemmerin said.'
)


def reached(page: Page) -> str:
    """The words that the address leads to, which must be in the window."""
    url = urlsplit(page.url)
    assert url.path.startswith("/documents/")
    assert url.fragment.startswith("c")
    at = page.locator(f"#{url.fragment}")
    expect(at).to_be_in_viewport()
    start, _, end = url.fragment[1:].partition("-")
    return f"{url.path.rpartition('/')[2]} {start} {end}"


def words(site: Served, place: str) -> str:
    document, start, end = place.split()
    return site.ledger.document(document).document.text[int(start) : int(end)]


EVERYWHERE = pytest.mark.parametrize(
    ("size", "scripts"), [(WIDE, True), (WIDE, False), (PHONE, True)], ids=["mouse", "no scripts", "phone"]
)


@EVERYWHERE
def test_a_contested_figure_and_its_sentence_are_three_clicks_from_the_front_page(
    site: Served, visit: Callable[..., Page], size: dict[str, int], scripts: bool
) -> None:
    page = visit(f"{site.url}/", size=size, scripts=scripts)
    page.locator("main a[href='/claims?standing=disputed']").first.click()
    page.locator("main a[href^='/claims/c']", has_text="10,000 soldiers").first.click()
    claim = site.ledger.claims(urlsplit(page.url).path.rpartition("/")[2])[0]
    assert claim.standing == "disputed"
    assert claim.figure is not None
    page.locator("main a.words[href^='/documents/']:visible").first.click()
    assert "10,000 soldiers" in words(site, reached(page))


@EVERYWHERE
def test_figures_that_exclude_each_other_are_three_clicks_from_the_front_page(
    site: Served, visit: Callable[..., Page], size: dict[str, int], scripts: bool
) -> None:
    page = visit(f"{site.url}/", size=size, scripts=scripts)
    page.get_by_role("link", name="All conflicts").click()
    card = page.locator("main .card", has=page.locator(".badge", has_text="figures exclude each other")).first
    card.locator("a[href^='/conflicts/']").first.click()
    conflict = site.ledger.conflicts(urlsplit(page.url).path.rpartition("/")[2])[0]
    page.locator("main a.words[href^='/documents/']:visible").first.click()
    assert words(site, reached(page)) in (conflict.a.words, conflict.b.words)


def test_who_holds_and_who_denies_stand_beside_each_other(site: Served, visit: Callable[..., Page]) -> None:
    page = visit(f"{site.url}/claims?standing=disputed")
    page.locator("main a[href^='/claims/c']").first.click()
    claim = site.ledger.claims(urlsplit(page.url).path.rpartition("/")[2])[0]
    for side, members in (("Hold it", claim.holders), ("Deny it", claim.deniers)):
        link = page.locator("section", has=page.get_by_role("heading", name=side)).locator("a.words.said").first
        told = {document_url(member.document, member.spans, found=True) for member in members}
        assert str(link.get_attribute("href")) in told


def test_a_search_leads_to_the_words(site: Served, visit: Callable[..., Page]) -> None:
    page = visit(f"{site.url}/")
    page.get_by_role("search").first.locator("input").fill("sluices")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    hit = page.locator("main a[href^='/documents/']", has_text="sluice").first
    hit.click()
    assert "sluice" in words(site, reached(page)).lower()
    expect(page.locator("mark", has_text="sluice").first).to_be_visible()


def test_suggestions_are_chosen_with_the_keyboard(site: Served, visit: Callable[..., Page]) -> None:
    page = visit(f"{site.url}/documents")
    box = page.get_by_role("combobox").first
    box.press_sequentially("Vant")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    expect(option).to_contain_text("Vantor")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/speakers/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vantor")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_draft_is_checked(site: Served, visit: Callable[..., Page], scripts: bool) -> None:
    page = visit(f"{site.url}/", scripts=scripts)
    page.get_by_role("link", name="Check a draft").first.click()
    page.get_by_label("The draft").fill(DRAFT)
    page.get_by_label("To be right as of").fill("2025-03-21")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("to look at")
    # The number beside the words leads to the finding, and that one's source to its words.
    page.locator("mark.altered a").first.click()
    finding = page.locator("article:target")
    expect(finding).to_contain_text("not")
    finding.locator("a.words").first.click()
    assert "sirens did not sound" in words(site, reached(page))


def tab_to(page: Page, wanted: Locator, *, most: int = 250) -> None:
    """Press the tabulator until `wanted` has the focus, which must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            outline = wanted.evaluate("element => getComputedStyle(element).outlineStyle")
            assert outline != "none", "nothing shows where the focus is"
            return
    raise AssertionError(f"{most} tabulators do not lead to {wanted}")


def test_the_keyboard_alone_is_enough(own_site: Served, visit: Callable[..., Page]) -> None:
    page = visit(f"{own_site.url}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "main"
    tab_to(page, page.locator("main a.words[href^='/documents/']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    document = urlsplit(page.url).path.rpartition("/")[2]
    row = next(row for row in own_site.ledger.statements(document=document) if not row.within)
    link = page.locator(f'a.correct[href$="{row.document}:{row.id}"]').first
    tab_to(page, link, most=600)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=1)).to_be_visible()
    choice = dialog.get_by_label("Nothing of the kind")
    tab_to(page, dialog.get_by_label("Somebody else said it"))
    page.keyboard.press("ArrowDown")
    expect(choice).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("nobody said it")
    page.keyboard.press("Tab")
    page.keyboard.type("Vera Novak")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Recorded.")
    made = own_site.ledger.corrections()
    assert [(one.kind, one.record, one.reason, one.by) for one in made] == [
        ("reject", row.id, "nobody said it", "Vera Novak")
    ]
    with page.expect_navigation():
        page.keyboard.press("Escape")


def test_the_pages_are_reached_from_the_menu_on_a_phone(site: Served, visit: Callable[..., Page]) -> None:
    page = visit(f"{site.url}/", size=PHONE)
    claims = page.get_by_role("navigation", name="Pages").get_by_role("link", name="Claims")
    expect(claims).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(claims).to_be_visible()
    claims.click()
    page.wait_for_url("**/claims")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_layers_of_a_document_are_switched_without_scripts(site: Served, visit: Callable[..., Page]) -> None:
    page = visit(site.url + document_url(busiest_document(site.ledger)), scripts=False)
    marked = page.locator(".text .content").first
    colour = str(marked.evaluate("element => getComputedStyle(element).backgroundColor"))
    page.locator(".layers input").first.uncheck()
    expect(marked).not_to_have_css("background-color", colour)
