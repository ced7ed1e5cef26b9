"""Correcting in a browser: in a dialog over the page, on whole pages without scripts, and two people at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.pages import busiest_document
from tests.browser.serving import Served

from onrecord.ledger.rows import StatementRow
from onrecord.views.web.links import correct_url, document_url


def statement(site: Served) -> StatementRow:
    """A statement of the busiest document with a speaker."""
    document = busiest_document(site.ledger)
    return next(row for row in site.ledger.statements(document=document) if row.speaker_key and not row.within)


def somebody_else(site: Served, row: StatementRow) -> str:
    """The label under which the list of the form offers another speaker."""
    voices = site.ledger.voices(f"{row.document}:{row.id}")
    voice = next(v for v in voices if v.here and v.named and v.type == "person" and v.called != row.speaker)
    return f"{voice.called} ({voice.statements})" if voice.statements else voice.called


def fill(form: Locator | Page, speaker: str, *, reason: str = "she spoke, he stood by", by: str = "Vera Novak") -> None:
    form.get_by_label("Somebody else said it").check()
    form.locator("select[name=speaker]").select_option(label=speaker)
    form.get_by_label("Why").first.fill(reason)
    form.get_by_label("Your name").first.fill(by)


def opened(page: Page, row: StatementRow) -> Locator:
    """The dialog of the statement's link "correct" on its document's page."""
    link = page.locator(f'a.correct[href="{correct_url(f"{row.document}:{row.id}")}"]').first
    link.scroll_into_view_if_needed()
    link.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Who said it, and was it said?")
    return dialog


def test_a_speaker_is_corrected_and_undone_without_leaving_the_page(
    own_site: Served, visit: Callable[..., Page]
) -> None:
    row = statement(own_site)
    url = own_site.url + document_url(row.document)
    page = visit(url)
    dialog = opened(page, row)
    speaker = somebody_else(own_site, row)
    fill(dialog, speaker)
    dialog.get_by_role("button", name="Record the correction").click()
    expect(dialog.get_by_role("status")).to_contain_text("Recorded.")
    made = own_site.ledger.corrections()
    assert [(one.kind, one.record, one.by) for one in made] == [("speaker", row.id, "Vera Novak")]
    assert made[0].to is not None
    assert speaker.startswith(made[0].to)

    dialog.get_by_role("status").get_by_text("Undo").click()
    dialog.get_by_role("status").get_by_role("button", name="Take it back").click()
    expect(dialog.get_by_role("status")).to_contain_text("Taken back.")
    assert [one.state for one in own_site.ledger.corrections()] == ["undone", "in force"]

    # The page below is made anew, since it shows what people ruled.
    with page.expect_navigation():
        dialog.get_by_role("button", name="Close").click()
    assert page.url == url
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_without_scripts_the_same_is_done_on_pages(own_site: Served, visit: Callable[..., Page]) -> None:
    row = statement(own_site)
    page = visit(own_site.url + document_url(row.document), scripts=False)
    page.locator(f'a.correct[href="{correct_url(f"{row.document}:{row.id}")}"]').first.click()
    page.wait_for_url("**/correct/**")
    fill(page, somebody_else(own_site, row))
    page.get_by_role("button", name="Record the correction").click()
    expect(page.get_by_role("status")).to_contain_text("Recorded.")
    page.get_by_role("status").locator("summary").click()
    # The name is remembered, a reason is proposed.
    expect(page.get_by_role("status").get_by_label("Your name")).to_have_value("Vera Novak")
    page.get_by_role("status").get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    assert [one.state for one in own_site.ledger.corrections()] == ["undone", "in force"]


def test_somebody_who_was_slower_is_told_in_the_dialog_and_loses_nothing(
    own_site: Served, visit: Callable[..., Page]
) -> None:
    row = statement(own_site)
    url = own_site.url + document_url(row.document)
    one, other = opened(visit(url), row), opened(visit(url), row)
    fill(one, somebody_else(own_site, row), by="Ana Brandt", reason="heard it")
    fill(other, somebody_else(own_site, row), by="Ben Okoro", reason="I heard it otherwise")
    other.get_by_label("Nothing of the kind").check()
    one.get_by_role("button", name="Record the correction").click()
    expect(one.get_by_role("status")).to_contain_text("Recorded.")
    other.get_by_role("button", name="Record the correction").click()
    expect(other.get_by_role("alert")).to_contain_text("Somebody else corrected this while you were looking")
    expect(other.get_by_role("alert")).to_contain_text("Ana Brandt")
    expect(other.get_by_label("Why").first).to_have_value("I heard it otherwise")
    expect(other.get_by_label("Your name").first).to_have_value("Ben Okoro")
    expect(other.get_by_label("Nothing of the kind")).to_be_checked()
    assert len(own_site.ledger.corrections()) == 1
    other.get_by_role("button", name="Record it all the same").click()
    expect(other.get_by_role("status")).to_contain_text("Recorded.")
    assert [one.by for one in own_site.ledger.corrections()] == ["Ana Brandt", "Ben Okoro"]


def test_what_is_missing_is_said_in_the_dialog(own_site: Served, visit: Callable[..., Page]) -> None:
    dialog = opened(visit(own_site.url + document_url(statement(own_site).document)), statement(own_site))
    dialog.get_by_label("Somebody else said it").check()
    dialog.get_by_label("Or a name").fill("Nobody Atall")
    dialog.get_by_label("Why").first.fill("so I think")
    dialog.get_by_label("Your name").first.fill("Vera Novak")
    dialog.get_by_role("button", name="Record the correction").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Nobody and nothing called 'Nobody Atall' in the ledger.")
    expect(dialog.get_by_label("Or a name")).to_have_value("Nobody Atall")
    assert own_site.ledger.corrections() == []


def test_escape_closes_and_the_focus_is_where_it_was(site: Served, visit: Callable[..., Page]) -> None:
    row = statement(site)
    page = visit(site.url + document_url(row.document))
    dialog = opened(page, row)
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    # The focus stays inside while somebody goes through the form with the tabulator.
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert str(page.evaluate("document.activeElement.className")) == "correct"


@pytest.mark.parametrize("answer", ["accept", "dismiss"])
def test_escape_asks_before_it_throws_away_what_was_typed(
    site: Served, visit: Callable[..., Page], answer: str
) -> None:
    row = statement(site)
    page = visit(site.url + document_url(row.document))
    asked: list[str] = []
    page.on("dialog", lambda box: (asked.append(box.message), getattr(box, answer)()))
    dialog = opened(page, row)
    dialog.get_by_label("Why").first.fill("half a sentence")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0 if answer == "accept" else 1)
    assert asked == ["Close it? What you have typed is not recorded yet."]
    if answer == "dismiss":
        expect(dialog.get_by_label("Why").first).to_have_value("half a sentence")


@pytest.mark.parametrize(("status", "body"), [(404, "Not Found"), (403, "<main><p>Not here.</p></main>")])
def test_where_the_answer_is_no_form_what_was_typed_stays(
    site: Served, visit: Callable[..., Page], status: int, body: str
) -> None:
    row = statement(site)
    page = visit(site.url + document_url(row.document))
    dialog = opened(page, row)
    fill(dialog, somebody_else(site, row))
    page.route(
        "**/correct/**", lambda route: route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")
    )
    dialog.get_by_role("button", name="Record the correction").click()
    expect(dialog.get_by_role("alert")).to_contain_text("what you typed is still here")
    expect(dialog.get_by_label("Why").first).to_have_value("she spoke, he stood by")
    # And it is not closed by mistake: whoever means it is asked.
    page.on("dialog", lambda box: box.dismiss())
    page.keyboard.press("Escape")
    expect(dialog.get_by_label("Why").first).to_have_value("she spoke, he stood by")


def test_where_the_dialog_cannot_be_filled_the_link_is_followed(site: Served, visit: Callable[..., Page]) -> None:
    row = statement(site)
    page = visit(site.url + document_url(row.document))
    # The script's own request gets nothing; the page, asked for as a page, comes.
    page.route(
        "**/correct/**",
        lambda route: route.continue_() if route.request.is_navigation_request() else route.fulfill(body=""),
    )
    page.locator(f'a.correct[href="{correct_url(f"{row.document}:{row.id}")}"]').first.click()
    page.wait_for_url("**/correct/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who said it, and was it said?")


def test_cite_opens_in_the_dialog_too(site: Served, visit: Callable[..., Page]) -> None:
    row = statement(site)
    page = visit(site.url + document_url(row.document))
    link = page.locator("a.cite:visible").first
    link.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=1)).to_be_visible()
    expect(dialog.get_by_role("link", name="Open as a page")).to_have_attribute(
        "href", site.url + str(link.get_attribute("href"))
    )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
