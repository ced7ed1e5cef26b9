"""Logging in and out, and what a session can and cannot do."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient
from tests.views.web.guarded import HOST, PASSWORDS, Desk, form_of, log_in
from tests.views.web.seen import Seen
from tests.views.web.torture import attacks

from onrecord.errors import AccountsError
from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.accounts import Accounts
from onrecord.views.accounts.sessions import IDLE
from onrecord.views.web import Service, application
from onrecord.views.web.limits import Attempts
from onrecord.views.web.links import correct_url
from onrecord.views.web.pages.login import _onward

SESSION = "onrecord-session-8484"


def test_nobody_sees_a_page_who_has_not_logged_in(team: Desk) -> None:
    browser = team.browser()
    assert browser.get("/").headers["location"] == "/login"
    answer = browser.get("/claims?standing=disputed")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fclaims%3Fstanding%3Ddisputed"
    login = browser.get(answer.headers["location"])
    assert login.status_code == 200
    seen = Seen(login.text)
    assert {link for link in seen.values("href") if not link.startswith("/static/")} == {"#main", "/"}
    assert "search" not in seen.values("role")


@pytest.mark.parametrize("path", ["/claims.json", "/api/v1/claims", "/index.json", "/api/v1/openapi.json"])
def test_a_program_is_told_401_as_json(team: Desk, path: str) -> None:
    answer = team.browser().get(path)
    assert answer.status_code == 401
    assert answer.json()["status"] == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["cache-control"] == "no-store"


def test_a_name_and_its_password_open_where_somebody_was_going(team: Desk) -> None:
    browser = team.browser()
    answer = log_in(browser, "vera NOVÁK", PASSWORDS["Vera Novák"], "/claims?standing=disputed")
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims?standing=disputed")
    page = browser.get("/claims")
    assert page.status_code == 200
    assert "Vera Novák" in page.text
    assert page.headers["cache-control"] == "private, no-cache"
    assert browser.get("/login").headers["location"] == "/"
    assert [(line.who, line.did) for line in team.accounts.audit.lines()] == [("Vera Novák", "logged in")]


def test_on_this_machine_a_cookie_is_read_by_no_script_and_sent_by_no_other_site(team: Desk) -> None:
    answer = log_in(team.browser(), "Ana", PASSWORDS["Ana"])
    cookies = [one for one in answer.headers.get_list("set-cookie") if one.startswith(f"{SESSION}=")]
    assert len(cookies) == 1
    parts = {part.strip().lower() for part in cookies[0].split(";")}
    assert {"httponly", "samesite=lax", "path=/"} <= parts
    assert "secure" not in parts
    assert not any(part.startswith("domain") for part in parts)


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ana", "not the password"), ("Nobody", "not the password"), ("", ""), ("Ana", ""), ("Ana\x00", "x" * 5000)],
)
def test_what_does_not_open_tells_nothing_of_why(team: Desk, name: str, password: str) -> None:
    answer = log_in(team.browser(), name, password)
    assert answer.status_code == 403
    assert "do not belong together" in answer.text
    assert not any(cookie.startswith(SESSION) for cookie in answer.headers.get_list("set-cookie"))
    assert password == "" or password not in answer.text


def test_a_name_that_there_is_not_is_not_written_down(team: Desk) -> None:
    """It may be a password that was typed into the wrong field."""
    log_in(team.browser(), "Ben", "not the password")
    log_in(team.browser(), "the cat sat on the mat", "x")
    told = [(line.who, line.did, line.about) for line in team.accounts.audit.lines()]
    assert told == [
        (None, "failed to log in", "a name that there is not"),
        (None, "failed to log in", "Ben"),
    ]
    assert "the cat" not in team.stream.getvalue()


def test_a_login_form_of_another_browser_opens_nothing(team: Desk) -> None:
    mine, theirs = team.browser(), team.browser()
    form = form_of(theirs.get("/login"), "form")
    mine.get("/login")
    for browser in (mine, team.browser()):
        answer = browser.post("/login", data={"form": form, "name": "Ana", "password": PASSWORDS["Ana"]})
        assert answer.status_code == 403
        assert "send it again" in answer.text
    # What came back is a form of the browser's own.
    sent = {"form": form_of(answer, "form"), "name": "Ana", "password": PASSWORDS["Ana"]}
    assert browser.post("/login", data=sent).status_code == 303


def test_a_session_is_another_one_after_each_login(team: Desk) -> None:
    browser = team.browser()
    browser.cookies.set(SESSION, "chosen by somebody else", domain="127.0.0.1")
    log_in(browser, "Ana", PASSWORDS["Ana"])
    first = browser.cookies[SESSION]
    assert first != "chosen by somebody else"
    browser.cookies.delete(SESSION)
    page = browser.get("/login")
    browser.cookies.set(SESSION, first, domain="127.0.0.1")
    sent = {"form": form_of(page, "form"), "name": "Ben", "password": PASSWORDS["Ben"]}
    answer = browser.post("/login", data=sent)
    assert answer.status_code == 303
    # The one before is ended.
    assert team.accounts.sessions.asker(first) is None


def test_logging_out_ends_the_session(team: Desk) -> None:
    browser = team.logged_in("Ana")
    session = browser.cookies[SESSION]
    assert browser.post("/logout", data={"csrf": "0" * 64}).status_code == 403
    answer = browser.post("/logout", data={"csrf": form_of(browser.get("/account"))})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?out")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert SESSION not in browser.cookies
    assert "You are logged out." in browser.get("/login?out").text
    browser.cookies.set(SESSION, session, domain="127.0.0.1")
    assert browser.get("/claims").status_code == 303
    assert team.accounts.audit.lines()[0].did == "logged out"


def test_a_session_that_ended_leads_to_the_login(team: Desk) -> None:
    browser = team.logged_in("Ana")
    now = team.accounts._store.clock()
    team.accounts._store.clock = lambda: now + IDLE + 1
    assert browser.get("/claims").headers["location"] == "/login?next=%2Fclaims"
    answer = browser.post("/check", data={"draft": "x"})
    assert answer.status_code == 401
    assert "Log in" in answer.text


def test_an_account_that_is_taken_away_is_out_at_once(team: Desk) -> None:
    browser = team.logged_in("Ben")
    assert browser.get("/claims").status_code == 200
    team.accounts.people.remove("Ben")
    assert browser.get("/claims").status_code == 303


def test_another_password_ends_every_other_session(team: Desk) -> None:
    browser, other = team.logged_in("Ben"), team.logged_in("Ben")
    old = browser.cookies[SESSION]

    def change(current: str, password: str, again: str) -> tuple[int, str]:
        csrf = form_of(browser.get("/account"))
        sent = {"csrf": csrf, "current": current, "password": password, "again": again}
        answer = browser.post("/account/password", data=sent)
        return answer.status_code, answer.text or answer.headers["location"]

    status, page = change("wrong", "another password", "another password")
    assert (status, "not your password" in page) == (422, True)
    status, page = change(PASSWORDS["Ben"], "another password", "other password")
    assert (status, "same way twice" in page) == (422, True)
    status, page = change(PASSWORDS["Ben"], "short", "short")
    assert (status, "at least 12 characters" in page) == (422, True)
    assert other.get("/claims").status_code == 200
    assert change(PASSWORDS["Ben"], "another password", "another password") == (303, "/account?done=password")
    assert browser.cookies[SESSION] != old
    assert "Your password is changed" in browser.get("/account?done=password").text
    assert other.get("/claims").status_code == 303
    assert log_in(team.browser(), "Ben", PASSWORDS["Ben"]).status_code == 403
    assert log_in(team.browser(), "Ben", "another password").status_code == 303
    assert "changed a password" in {line.did for line in team.accounts.audit.lines()}


def test_elsewhere_is_logged_out_from_here(team: Desk) -> None:
    browser, other = team.logged_in("Ana"), team.logged_in("Ana")
    answer = browser.post("/account/others", data={"csrf": form_of(browser.get("/account"))})
    assert answer.status_code == 303
    assert other.get("/claims").status_code == 303
    assert "has to log in anew" in browser.get(answer.headers["location"]).text


def test_after_many_attempts_the_wait_doubles(team: Desk) -> None:
    now = [1000.0]
    team.app.state.attempts = Attempts(clock=lambda: now[0])
    browser = team.browser()
    assert [log_in(browser, "Ana", "wrong").status_code for _ in range(6)] == [403] * 5 + [429]
    answer = log_in(browser, "Ana", PASSWORDS["Ana"])
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert "Too many attempts" in answer.text
    # Others are let in meanwhile, and so is she, elsewhere.
    assert log_in(browser, "Ben", PASSWORDS["Ben"]).status_code == 303
    assert log_in(team.browser(address="127.0.0.2"), "Ana", PASSWORDS["Ana"]).status_code == 303
    now[0] += 1
    assert log_in(team.browser(), "Ana", "wrong").status_code == 403
    assert log_in(team.browser(), "Ana", "wrong").headers["retry-after"] == "2"
    now[0] += 2
    assert log_in(team.browser(), "Ana", PASSWORDS["Ana"]).status_code == 303
    assert log_in(team.browser(), "Ana", "wrong").status_code == 403


@pytest.mark.parametrize("address", ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\\b", "/a\nb"])
def test_nobody_is_led_elsewhere_after_logging_in(address: str) -> None:
    assert _onward(address) == "/"


def test_where_somebody_was_going_is_kept() -> None:
    assert _onward("/claims?about=a%20b#x") == "/claims?about=a%20b#x"


def test_what_leads_onward_becomes_no_markup(team: Desk) -> None:
    address = '/"><script>alert(1)</script>'
    page = team.browser().get(f"/login?{urlencode({'next': address})}")
    assert "<script>alert" not in page.text


def test_passwords_are_not_taken_over_an_open_line(team: Desk) -> None:
    """Beyond this machine a session's cookie is sent back over TLS alone."""
    browser = team.browser(address="192.0.2.7", url="http://192.0.2.1:8484")
    assert browser.get("/login").status_code == 403
    assert "--trusted-proxy" in browser.get("/login").text
    assert browser.post("/login", data={"name": "Ana", "password": PASSWORDS["Ana"]}).status_code == 403


def test_over_tls_cookies_are_for_this_host_and_for_tls_alone(team: Desk) -> None:
    browser = team.browser(address="192.0.2.7", url="https://192.0.2.1")
    answer = log_in(browser, "Ana", PASSWORDS["Ana"])
    assert answer.status_code == 303
    for cookie in answer.headers.get_list("set-cookie"):
        assert cookie.startswith("__Host-onrecord-")
        parts = {part.strip().lower() for part in cookie.split(";")}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= parts
    assert browser.get("/claims").status_code == 200


def test_its_pages_run_no_script_but_their_own(team: Desk) -> None:
    ana = team.logged_in("Ana")
    for browser, path in ((team.browser(), "/login"), (ana, "/account"), (ana, "/audit"), (ana, "/nothing")):
        answer = browser.get(path)
        assert "default-src 'none'; script-src 'self'; style-src 'self';" in answer.headers["content-security-policy"]
        assert list(attacks(answer.content, path)) == []


def test_accounts_that_cannot_be_read_let_nobody_in(team: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = team.logged_in("Ana")

    def broken(session: str) -> None:
        raise AccountsError("accounts.db: database disk image is malformed")

    monkeypatch.setattr(team.accounts.sessions, "asker", broken)
    for path in ("/claims", "/claims.json", "/api/v1/claims"):
        answer = browser.get(path)
        assert answer.status_code == 503
        assert "malformed" not in answer.text
    assert team.told("accounts")[-1]["problem"] == "accounts.db: database disk image is malformed"
    # The login page says so too, and nothing of where they are kept.
    browser = team.browser()
    form = form_of(browser.get("/login"), "form")
    monkeypatch.setattr(team.accounts.people, "check", lambda name, password: broken(name))
    answer = browser.post("/login", data={"form": form, "name": "Ana", "password": "x"})
    assert answer.status_code == 503
    assert "malformed" not in answer.text


TOKEN = "0123456789abcdef" * 2


def test_with_a_file_of_tokens_a_person_logs_in_with_one(tmp_path: Path, flood: Reading) -> None:
    path = tmp_path / "tokens"
    path.write_text(f"desk corrector {TOKEN}\n")
    path.chmod(0o600)
    with Accounts.of_tokens(path) as accounts, Ledger.open(tmp_path / "news.ledger") as book:
        list(book.add([flood]))
        app = application(book, writer=book, service=Service(accounts=accounts))
        browser = TestClient(app, base_url=HOST, client=("127.0.0.1", 1), follow_redirects=False)
        page = browser.get("/login")
        assert "Password" not in page.text
        assert "a token" in page.text
        assert browser.post("/login", data={"form": form_of(page, "form"), "token": "x"}).status_code == 403
        answer = browser.post("/login", data={"form": form_of(page, "form"), "token": f" {TOKEN} "})
        assert answer.status_code == 303
        url = correct_url(f"{flood.document.id}:s1")
        sent = {
            "csrf": form_of(browser.get(url)),
            "wish": "reject",
            "seen": "",
            "reason": "a caption",
            "by": "somebody",
        }
        assert browser.post(url, data=sent).status_code == 303
        assert [row.by for row in book.corrections()] == ["desk"]
        assert "Another password" not in browser.get("/account").text
