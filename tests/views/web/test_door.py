"""Under which names a team's server answers, and what it believes of a proxy."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from tests.views.web.guarded import Desk, desk, form_of, log_in

from onrecord.reading import Reading
from onrecord.views.web.links import correct_url
from onrecord.views.web.service import is_loopback

PROXY = "10.0.0.1"
OUTSIDE = "203.0.113.9"
TLS = {"x-forwarded-for": OUTSIDE, "x-forwarded-proto": "https", "host": "news.example"}


@pytest.fixture
def proxied(tmp_path: Path, flood: Reading, cheap_passwords: None) -> Iterator[Desk]:
    """Behind a proxy at 10.0.0.1 that is asked for news.example over TLS."""
    with desk(tmp_path, [flood], names=("news.example",), proxies=(ip_network("10.0.0.0/30"),)) as made:
        yield made


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("news.example", 303),
        ("News.Example:443", 303),
        ("localhost:8484", 303),
        ("192.0.2.1", 303),
        ("192.0.2.1:8484", 303),
        ("[2001:db8::1]:8484", 303),
        ("evil.example", 400),
        ("news.example.evil.example", 400),
        ("192.0.2.1.evil.example", 400),
        ("", 400),
        ("[::1", 400),
    ],
)
def test_it_answers_to_its_names_and_to_addresses(proxied: Desk, host: str, status: int) -> None:
    """No site can have a browser read the pages under a name of its own: a bare address is nobody's name."""
    answer = proxied.browser().get("/claims", headers={"host": host})
    assert answer.status_code == status
    assert status == 303 or "--name" in answer.text


def test_what_a_trusted_proxy_says_is_believed(proxied: Desk) -> None:
    # To the proxy over TLS, from there to the server without: the browser's own rules for cookies are played by hand.
    browser = proxied.browser(address=PROXY)
    browser.headers.update(TLS)
    page = browser.get("/login")
    browser.headers["cookie"] = page.headers["set-cookie"].partition(";")[0]
    sent = {"form": form_of(page, "form"), "name": "Ana", "password": "an admin's password"}
    answer = browser.post("/login", data=sent)
    assert answer.status_code == 303
    assert any(one.startswith("__Host-onrecord-session=") for one in answer.headers.get_list("set-cookie"))
    assert proxied.accounts.audit.lines()[0].address == OUTSIDE
    assert proxied.told("request")[-1]["address"] == OUTSIDE


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("192.0.2.99", TLS),  # not the proxy
        (PROXY, {**TLS, "x-forwarded-proto": "http"}),
        (PROXY, {name: value for name, value in TLS.items() if name != "x-forwarded-proto"}),
        (
            "127.0.0.1",
            {"x-forwarded-for": OUTSIDE, "host": "127.0.0.1:8484"},
        ),  # nginx, with the Host that it has by itself
        ("127.0.0.1", TLS),  # on this machine, and not the proxy: it asks for a name that is not the loopback's
    ],
)
def test_what_others_say_is_not_believed(proxied: Desk, address: str, said: dict[str, str]) -> None:
    browser = proxied.browser(address=address)
    browser.headers.update(said)
    assert browser.get("/login").status_code == 403


def test_an_asker_cannot_choose_what_address_is_counted(proxied: Desk) -> None:
    """What they put into X-Forwarded-For stands before what the proxy adds."""
    browser = proxied.browser(address=PROXY, url="https://news.example")
    browser.headers.update({**TLS, "x-forwarded-for": f"198.51.100.1, {OUTSIDE}"})
    log_in(browser, "Ana", "wrong")
    browser.headers.update({"x-forwarded-for": f"127.0.0.1, {OUTSIDE}, 10.0.0.2"})
    log_in(browser, "Ana", "wrong")
    assert [line.address for line in proxied.accounts.audit.lines()] == [OUTSIDE, OUTSIDE]


def test_over_tls_a_page_without_it_changes_nothing(proxied: Desk, flood: Reading) -> None:
    """Somebody on the way can write a page of this host without TLS."""
    browser = proxied.browser(address=PROXY, url="https://news.example")
    browser.headers.update(TLS)
    log_in(browser, "Ana", "an admin's password")
    url = correct_url(f"{flood.document.id}:s1")
    sent = {"wish": "reject", "seen": "", "reason": "a caption", "csrf": form_of(browser.get(url))}
    assert browser.post(url, data=sent, headers={"origin": "http://news.example"}).status_code == 403
    assert browser.post(url, data=sent, headers={"origin": "https://news.example"}).status_code == 303


def test_a_token_is_let_in_and_an_unknown_one_is_not(team: Desk) -> None:
    assert team.program("reader").get("/api/v1/overview").json()["documents"] == 2
    for value in ("Bearer nonsense", "bearer ", "Bearer \xff"):
        answer = team.browser().get("/api/v1/overview", headers=[(b"authorization", value.encode("latin-1"))])
        assert answer.status_code == 401
        assert "not known, or was revoked" in answer.json()["detail"]
    # What is no token is nobody's: another kind of credential is not looked at.
    assert team.browser().get("/api/v1/overview", headers={"authorization": "Basic QW5hOng="}).status_code == 401
    program = team.program("admin")
    team.accounts.tokens.revoke("a admin's program")
    assert program.get("/api/v1/overview").status_code == 401


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.0.2.1", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_what_is_this_machine(host: str, own: bool) -> None:
    assert is_loopback(host) is own
