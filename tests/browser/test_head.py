"""The head of every page, and what its scripts add: suggestions, the menu of a narrow screen, buttons that copy."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import PHONE
from tests.browser.serving import Served


def test_suggestions_are_chosen_by_keyboard(visit: Callable[..., Page], site: Served) -> None:
    page = visit(site.url + "/")
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("vant")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Vantor")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("vant")
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/speakers/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vantor")


def test_without_a_choice_the_form_searches(visit: Callable[..., Page], site: Served) -> None:
    page = visit(site.url + "/")
    field = page.get_by_role("combobox")
    field.press_sequentially("sluices")
    field.press("Enter")
    page.wait_for_url("**/search?words=sluices")
    assert page.locator("mark").count() > 0


def test_without_scripts_the_field_and_the_menu_still_work(visit: Callable[..., Page], site: Served) -> None:
    page = visit(site.url + "/", scripts=False, size=PHONE)
    assert page.locator("nav#pages").is_hidden()
    page.get_by_role("button", name="Menu").click()
    page.locator("nav#pages a", has_text="Conflicts").click()
    page.wait_for_url("**/conflicts")
    page.locator("input[type=search]").fill("dam")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search?words=dam")


def test_the_menu_opens_and_closes_by_keyboard(visit: Callable[..., Page], site: Served) -> None:
    page = visit(site.url + "/claims", size=PHONE)
    menu, links = page.get_by_role("button", name="Menu"), page.locator("nav#pages")
    menu.focus()
    page.keyboard.press("Enter")
    expect(links).to_be_visible()
    page.keyboard.press("Tab")
    expect(links.get_by_text("Stories")).to_be_focused()
    page.keyboard.press("Escape")
    expect(links).to_be_hidden()
    expect(menu).to_be_focused()


def test_a_citation_is_copied_also_within_another_page(visit: Callable[..., Page], site: Served) -> None:
    page = visit(site.url + "/stories")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("a.cite").first.click()
    copy = page.get_by_role("button", name="Copy: BibTeX")
    expect(copy).to_have_count(1)
    copy.click()
    expect(copy).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{onrecord:t")
