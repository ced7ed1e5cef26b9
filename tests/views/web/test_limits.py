"""How often somebody may ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views.web.guarded import desk, form_of

from onrecord.reading import Reading
from onrecord.views.web import limits
from onrecord.views.web.limits import Attempts, Buckets, neighbourhood
from onrecord.views.web.links import correct_url


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.floats(0, 3), max_size=80), st.floats(0.1, 50), st.integers(1, 20))
def test_no_more_is_taken_than_a_bucket_holds_and_gets(waits: list[float], rate: float, burst: int) -> None:
    clock = Clock()
    buckets = Buckets(rate, burst, clock=clock)
    taken, start = 0, clock.now
    for wait in waits:
        clock.now += wait
        left = buckets.take("a")
        if left == 0:
            taken += 1
        else:
            # Whoever waits as long as they were told is let in.
            clock.now += left + 1e-6
            assert buckets.take("a") == 0
            taken += 1
        assert taken <= burst + (clock.now - start) * rate + 1e-6
    assert burst <= 0 or buckets.take("b") == 0


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST", 100)
    buckets, attempts = Buckets(1, 1), Attempts()
    for number in range(1000):
        buckets.take(number)
        attempts.begin(f"name {number}", f"address {number}")
    assert len(buckets._levels) == 100
    assert len(attempts._failed) == 100


def test_the_wait_for_a_password_doubles_up_to_a_quarter_of_an_hour() -> None:
    clock = Clock()
    attempts = Attempts(clock=clock)
    waits = []
    for number in range(20):
        wait = attempts.begin("Ana", f"a{number}")  # each from elsewhere: the name alone is counted
        waits.append(wait)
    assert waits == [0.0] * 20
    assert attempts.begin("Ana", "b") == pytest.approx(15)
    clock.now += 24 * 3600
    waits = []
    for _ in range(25):
        wait = attempts.begin("Ben", "a")
        if wait:
            waits.append(round(wait))
            clock.now += wait
            assert attempts.begin("Ben", "a") == 0
    assert waits[:5] == [1, 2, 4, 8, 16]
    assert max(waits) == 900


def test_failures_are_forgotten_after_an_hour() -> None:
    clock = Clock()
    attempts = Attempts(clock=clock)
    for _ in range(5):
        assert attempts.begin("Ana", "a") == 0
    assert attempts.begin("Ana", "a") > 0
    clock.now += 3601
    assert [attempts.begin("Ana", "a") for _ in range(5)] == [0.0] * 5


def test_one_address_does_not_try_all_names() -> None:
    attempts = Attempts(clock=Clock())
    waits = [attempts.begin(f"name {number}", "a") for number in range(25)]
    assert waits[:20] == [0.0] * 20
    assert all(wait > 0 for wait in waits[20:])


def test_a_whole_desk_logs_in_from_one_address() -> None:
    attempts = Attempts(clock=Clock())
    for number in range(100):
        assert attempts.begin(f"name {number}", "a") == 0
        attempts.succeeded(f"name {number}", "a")
    # Whoever has an account guesses no more often for it.
    waits = []
    for number in range(60):
        if attempts.begin("mine", "a") == 0:
            attempts.succeeded("mine", "a")
        waits.append(attempts.begin(f"guessed {number}", "a"))
    assert sum(wait == 0 for wait in waits) == 20


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_who_counts_as_one(address: str, counted: str) -> None:
    assert neighbourhood(address) == counted


def test_too_many_requests_are_429_with_when_to_come_again(
    tmp_path: Path, flood: Reading, cheap_passwords: None
) -> None:
    with desk(tmp_path, [flood], rate=1.0) as team:
        browser = team.browser()
        answers = [browser.get("/claims").status_code for _ in range(12)]
        assert answers[:10] == [303] * 10
        assert answers[-1] == 429
        for path in ("/claims", "/claims.json", "/api/v1/claims", "/login"):
            answer = browser.get(path)
            assert answer.status_code == 429
            assert 1 <= int(answer.headers["retry-after"]) <= 2
        # Its style and how the server is are always answered; another address has its own count.
        assert browser.get("/static/style.css").status_code == 200
        assert browser.get("/health").status_code == 200
        assert team.browser(address="127.0.0.9").get("/claims").status_code == 303


def test_where_too_many_corrections_wait_another_is_told_to_come_again(
    tmp_path: Path, flood: Reading, cheap_passwords: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.views.web.turns._WAITING", 0)
    with desk(tmp_path, [flood]) as team:
        ana = team.logged_in("Ana")
        url = correct_url(f"{flood.document.id}:s1")
        sent = {"wish": "reject", "seen": "", "reason": "a caption", "csrf": form_of(ana.get(url))}
        answer = ana.post(url, data=sent)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert "send it again" in answer.text
        assert team.ledger.corrections() == []


def test_one_account_from_many_addresses_is_counted_once(tmp_path: Path, flood: Reading, cheap_passwords: None) -> None:
    with desk(tmp_path, [flood], rate=1.0) as team:
        session = team.logged_in("Ana").cookies["onrecord-session-8484"]
        answers = []
        for number in range(2, 15):
            browser = team.browser(address=f"127.0.0.{number}")
            browser.cookies.set("onrecord-session-8484", session, domain="127.0.0.1")
            answers.append(browser.get("/claims").status_code)
        assert answers[:9] == [200] * 9
        assert answers[-1] == 429
