"""What whoever runs a server is told: health, metrics, logs; and that it stops in good order."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient
from tests.views.web.guarded import HOST, PASSWORDS, Desk, desk, form_of

from onrecord import __version__
from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.accounts import Accounts
from onrecord.views.accounts.secret import digest
from onrecord.views.commands import serving
from onrecord.views.web import Service, application
from onrecord.views.web.logs import FORMATS, Log
from onrecord.views.web.service import RATE

MINE = ("127.0.0.1", 50000)


@pytest.fixture
def book(tmp_path: Path, flood: Reading) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "news.ledger") as book:
        list(book.add([flood]))
        yield book


def test_the_command_knows_the_formats_and_the_rate() -> None:
    assert (serving.FORMATS, serving.RATE) == (FORMATS, RATE)


def test_health_says_whether_the_ledger_can_be_read(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(application(book), base_url=HOST)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": __version__})
    assert answer.headers["cache-control"] == "no-store"

    def gone(**_: object) -> None:
        raise LedgerError("news.ledger: unable to open database file")

    monkeypatch.setattr(book, "documents", gone)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["reason"] == "news.ledger: unable to open database file"


def test_to_strangers_health_tells_nothing_of_the_ledger(team: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert team.browser().get("/health").status_code == 200

    def gone(**_: object) -> None:
        raise LedgerError("/srv/secret/news.ledger: unable to open database file")

    monkeypatch.setattr(team.ledger, "documents", gone)
    answer = team.browser().get("/health")
    assert answer.status_code == 503
    assert "/srv" not in answer.text


def test_metrics_tell_what_was_asked_by_route_and_how_much_there_is(book: Ledger, flood: Reading) -> None:
    client = TestClient(application(book), base_url=HOST, client=MINE)
    for path in (
        "/claims?about=dam",
        "/claims",
        f"/documents/{flood.document.id}",
        "/nothing/at/all",
        "/api/v1/claims",
    ):
        client.get(path)
    client.post("/claims")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    values = dict(re.findall(r"^(onrecord_\S+) (\S+)$", answer.text, re.MULTILINE))
    asked = 'onrecord_http_requests_total{method="%s",route="%s",status="%s"}'
    assert values[asked % ("GET", "/claims", 200)] == "2.0"
    assert values[asked % ("GET", "/documents/{document}", 200)] == "1.0"
    assert values[asked % ("GET", "/api/v1/claims", 200)] == "1.0"
    assert values[asked % ("GET", "other", 404)] == "1.0"
    assert values[asked % ("POST", "/claims", 405)] == "1.0"
    assert values['onrecord_http_request_seconds_count{route="/claims"}'] == "3.0"
    assert values['onrecord_http_request_seconds_bucket{le="+Inf",route="/claims"}'] == "3.0"
    assert values["onrecord_http_requests_in_flight"] == "1.0"
    assert values['onrecord_ledger_rows{kind="statements"}'] == "3.0"
    assert values['onrecord_ledger_rows{kind="documents"}'] == "1.0"
    assert values[f'onrecord_info{{version="{__version__}"}}'] == "1.0"
    assert "dam" not in answer.text


def test_metrics_are_not_for_everybody(tmp_path: Path, flood: Reading, cheap_passwords: None) -> None:
    with desk(tmp_path, [flood], metrics_token=digest("a token of the metrics' own")) as team:
        for browser in (team.browser(), team.logged_in("Vera Novák"), team.program("reader")):
            answer = browser.get("/metrics")
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Bearer")
        assert team.logged_in("Ana").get("/metrics").status_code == 200
        assert team.program("admin").get("/metrics").status_code == 200
        mine = {"authorization": "Bearer a token of the metrics' own"}
        assert team.browser().get("/metrics", headers=mine).status_code == 200
        # It opens nothing else.
        assert team.browser().get("/claims", headers=mine).status_code == 401


def test_without_accounts_metrics_are_for_this_machine_or_the_token(book: Ledger) -> None:
    app = application(book)
    assert TestClient(app, base_url=HOST, client=("192.0.2.1", 1)).get("/metrics").status_code == 401
    app = application(book, service=Service(metrics_token=digest("mine")))
    client = TestClient(app, base_url=HOST, client=MINE)
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer mine"}).status_code == 200


def test_without_prometheus_client_metrics_say_what_to_install(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    client = TestClient(application(book), base_url=HOST, client=MINE)
    answer = client.get("/metrics")
    assert answer.status_code == 501
    assert "onrecord[serve]" in answer.text
    assert client.get("/claims").status_code == 200


def test_every_request_is_a_line_that_names_its_route_and_nothing_that_was_asked(team: Desk) -> None:
    vera = team.logged_in("Vera Novák")
    answer = vera.get("/search?words=secret-source")
    draft = {"draft": "The secret source said so.", "csrf": form_of(vera.get("/check"))}
    vera.post("/check", data=draft)
    team.browser().get("/documents/secret-source", headers={"authorization": "Bearer secret-source"})
    team.browser().get("/health")
    lines = team.told("request")
    assert lines[2] == {
        "time": lines[2]["time"],
        "level": "info",
        "event": "request",
        "id": answer.headers["x-request-id"],
        "method": "GET",
        "route": "/search",
        "status": 200,
        "ms": lines[2]["ms"],
        "account": "Vera Novák",
        "address": "127.0.0.1",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", lines[2]["time"])
    assert lines[2]["ms"] > 0
    assert (lines[-1]["route"], lines[-1]["status"]) == ("/documents/{document}", 401)
    told = team.stream.getvalue()
    assert "secret" not in told
    assert PASSWORDS["Vera Novák"] not in told
    assert vera.cookies["onrecord-session-8484"] not in told


def test_a_bug_is_answered_with_its_number_and_every_header(team: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(**_: object) -> None:
        raise ZeroDivisionError("a bug")

    browser = team.logged_in("Ana")
    monkeypatch.setattr(team.ledger, "claims", bug)
    quiet = TestClient(team.app, base_url=HOST, client=MINE, raise_server_exceptions=False, cookies=browser.cookies)
    answer = quiet.get("/claims")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert "a bug" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    line = team.told("request")[-1]
    assert (line["level"], line["status"], line["id"]) == ("error", 500, answer.headers["x-request-id"])
    with pytest.raises(ZeroDivisionError):
        browser.get("/claims")


def test_the_servers_own_complaints_are_lines_too(capsys: pytest.CaptureFixture[str]) -> None:
    import logging

    logger, stream = logging.getLogger("uvicorn.error"), io.StringIO()
    with Log("json", stream).of_server():
        try:
            raise ZeroDivisionError("a bug")
        except ZeroDivisionError:
            logger.exception("Exception in ASGI application")
        logger.warning("Invalid HTTP request received.")
    assert logger.handlers == []
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["level"], line["event"], line["message"]) for line in lines] == [
        ("error", "server", "Exception in ASGI application"),
        ("warning", "server", "Invalid HTTP request received."),
    ]
    assert "ZeroDivisionError: a bug" in lines[0]["trace"]
    assert capsys.readouterr().err == ""


def test_a_line_of_text_is_one_line_whatever_somebody_is_called() -> None:
    stream = io.StringIO()
    Log("text", stream).write("info", "audit", who='Ana "x"\n2026 error', address="127.0.0.1", about=None, ms=3)
    line = stream.getvalue()
    assert line.count("\n") == 1
    assert re.fullmatch(r'\S+ info audit who="Ana \\"x\\"\\n2026 error" address=127\.0\.0\.1 ms=3\n', line)


def test_what_cannot_be_written_down_stands_in_the_log(
    team: Desk, flood: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.errors import AccountsError
    from onrecord.views.web.links import correct_url

    browser = team.logged_in("Ana")
    url = correct_url(f"{flood.document.id}:s1")
    csrf = form_of(browser.get(url))

    def full(*_: object, **__: object) -> None:
        raise AccountsError("accounts.db: database or disk is full")

    monkeypatch.setattr(team.accounts.audit, "write", full)
    answer = browser.post(url, data={"wish": "reject", "seen": "", "reason": "a caption", "csrf": csrf})
    assert answer.status_code == 303
    line = team.told("audit")[-1]
    assert (line["level"], line["did"], line["account"]) == ("error", "corrected", "Ana")
    assert line["problem"] == "accounts.db: database or disk is full"


@contextmanager
def running(*options: str | Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`onrecord serve` as a process, and its address."""
    command = [sys.executable, "-m", "onrecord.views.cli", "serve", *map(str, options), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address is not None, process.communicate()[1]
            yield process, address[0].rstrip("/").replace("0.0.0.0", "127.0.0.1")
        finally:
            process.kill()


@pytest.mark.skipif(os.name != "posix", reason="SIGTERM is POSIX's")
def test_told_to_stop_it_finishes_what_it_answers_and_ends_well(tmp_path: Path, flood: Reading) -> None:
    path = tmp_path / "news.ledger"
    with Ledger.open(path) as ledger:
        list(ledger.add([flood]))
    with running(path, "--log-format", "json") as (process, address):
        # The first draft takes seconds: the weights are loaded for it.
        answers: list[httpx.Response] = []
        draft = {"draft": "Mayor Ida Holm said that 1,200 people left. " * 20}

        def check() -> None:
            answers.append(httpx.post(f"{address}/check", data=draft, timeout=60, trust_env=False))

        asking = threading.Thread(target=check)
        asking.start()
        until = time.monotonic() + 30
        while "onrecord_http_requests_in_flight 2.0" not in httpx.get(f"{address}/metrics", trust_env=False).text:
            assert time.monotonic() < until
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        asking.join(timeout=60)
        assert [answer.status_code for answer in answers] == [200]
        _, complaints = process.communicate(timeout=30)
        assert process.returncode == 0
    lines = [json.loads(line) for line in complaints.splitlines()]
    assert [line["event"] for line in lines][-1] == "stopped"
    assert ("/check", 200) in {(line.get("route"), line.get("status")) for line in lines}


def test_beyond_the_loopback_it_is_served_with_accounts(tmp_path: Path, flood: Reading) -> None:
    path, accounts = tmp_path / "news.ledger", tmp_path / "accounts.db"
    with Ledger.open(path) as ledger, Accounts.open(accounts, create=True) as people:
        list(ledger.add([flood]))
        people.people.add("Ana", "admin", PASSWORDS["Ana"])
        token = people.tokens.issue("nightly", "reader")
    options = (path, "--accounts", accounts, "--host", "0.0.0.0", "--log-format", "text", "--name", "news.example")
    with running(*options) as (process, address), httpx.Client(base_url=address, trust_env=False) as client:
        assert client.get("/claims").status_code == 401
        assert client.get("/login").status_code == 200
        assert client.get("/login", headers={"host": "news.example"}).status_code == 403  # not over TLS
        assert client.get("/login", headers={"host": "evil.example"}).status_code == 400
        mine = {"authorization": f"Bearer {token}"}
        assert client.get("/api/v1/overview", headers=mine).json()["documents"] == 1
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=30)
    assert process.returncode == 0
    assert " info request " in complaints
    assert token not in complaints
