"""A ledger with accounts in a browser: logging in, correcting under one's name, logging out; with and without scripts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import PHONE
from tests.browser.serving import Served, served
from tests.browser.test_pages import findings, wide

from onrecord.views.accounts import Accounts
from onrecord.views.web import Service
from onrecord.views.web.links import correct_url, document_url

PASSWORD = "correct horse battery"
LONG = "Dr. Wilhelmina Featherstonehaugh-Cholmondeley of the Desk"  # no name is too long for a phone


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    with Accounts.open(tmp_path / "accounts.db", create=True) as accounts:
        accounts.people.add(LONG, "admin", PASSWORD)
        accounts.people.add("Ben", "reader", PASSWORD)
        yield accounts


@pytest.fixture
def team(samples: Path, tmp_path: Path, accounts: Accounts) -> Iterator[Served]:
    path = tmp_path / "own.db"
    shutil.copy(samples, path)
    with served(path, service=Service(accounts=accounts, rate=0)) as site:
        yield site


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_login_to_a_signed_correction_and_out_again(
    team: Served, visit: Callable[..., Page], accounts: Accounts, scripts: bool
) -> None:
    row = next(row for row in team.ledger.statements() if row.speaker_key and not row.within)
    page = visit(team.url + document_url(row.document), scripts=scripts)
    expect(page).to_have_url(re.compile(r"/login\?next="))
    log_in(page, LONG, "not the password")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("Name")).to_have_value(LONG)
    log_in(page, LONG)
    expect(page).to_have_url(team.url + document_url(row.document))
    page.locator(f'a.correct[href="{correct_url(f"{row.document}:{row.id}")}"]').first.click()
    form = page.get_by_role("dialog") if scripts else page.locator("main")
    form.get_by_label("Nothing of the kind").check()
    form.get_by_label("Why").first.fill("a caption")
    expect(form.get_by_text("Signed as")).to_contain_text(LONG)
    form.get_by_role("button", name="Record the correction").click()
    expect(form.get_by_role("status")).to_contain_text("Recorded.")
    assert [one.by for one in team.ledger.corrections()] == [LONG]
    page.goto(f"{team.url}/audit")
    expect(page.get_by_role("row").nth(1)).to_contain_text("corrected")
    page.get_by_role("link", name=LONG).click()
    page.get_by_role("button", name="Log out", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("You are logged out.")
    page.goto(f"{team.url}/claims")
    expect(page).to_have_url(re.compile(r"/login\?next="))
    assert accounts.audit.lines()[0].did == "logged out"


def test_a_session_that_ended_is_taken_up_in_the_dialog(
    team: Served, visit: Callable[..., Page], accounts: Accounts
) -> None:
    row = next(row for row in team.ledger.statements() if row.speaker_key and not row.within)
    page = visit(team.url + document_url(row.document))
    log_in(page, LONG)
    link = page.locator(f'a.correct[href="{correct_url(f"{row.document}:{row.id}")}"]').first
    link.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nothing of the kind").check()
    dialog.get_by_label("Why").first.fill("a caption")
    accounts._store.clock = lambda: 9e9
    dialog.get_by_role("button", name="Record the correction").click()
    # What was typed is still there.
    expect(dialog.get_by_role("alert")).to_contain_text("Log in to see this ledger")
    expect(dialog.get_by_label("Why").first).to_have_value("a caption")
    assert team.ledger.corrections() == []


@pytest.mark.parametrize("name", ["/login", "/account", "/audit", "refused"])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_a_phone(
    team: Served, visit: Callable[..., Page], accounts: Accounts, name: str
) -> None:
    for number in range(5):
        accounts.audit.write("Ben", "corrected", f"k{number}", address="2001:db8:1111:2222:3333:4444:5555:6666")
    for size in ({"width": 1280, "height": 900}, PHONE):
        page = visit(f"{team.url}/login", size=size)
        log_in(page, LONG if name != "/login" else "nobody")
        if name == "refused":
            log_in_as_reader(page, team)
        elif name != "/login":
            page.goto(team.url + name)
        assert findings(page) == []
        assert wide(page) == 0
        assert page.locator("h1").count() == 1


def log_in_as_reader(page: Page, team: Served) -> None:
    """A page that is not for whoever asks."""
    page.context.clear_cookies()
    page.goto(f"{team.url}/login?next=/audit")
    log_in(page, "Ben")
    expect(page.get_by_role("heading", level=1)).to_have_text("Refused")
