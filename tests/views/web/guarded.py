"""A ledger served with accounts, and browsers that log in to it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.accounts import Accounts, Role
from onrecord.views.web import Service, application
from onrecord.views.web.logs import Log

PASSWORDS = {"Vera Novák": "a corrector's password", "Ana": "an admin's password", "Ben": "a reader's password"}
ROLES: dict[str, Role] = {"Vera Novák": "corrector", "Ana": "admin", "Ben": "reader"}
HOST = "http://127.0.0.1:8484"


def cheap() -> PasswordHasher:
    """Hashes in a millisecond what takes a person's password 50 ms and 64 MiB."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Desk:
    """The application, its accounts and ledger, and what its log said."""

    app: Starlette
    accounts: Accounts
    ledger: Ledger
    stream: io.StringIO = field(default_factory=io.StringIO)

    def browser(self, *, address: str = "127.0.0.1", url: str = HOST) -> TestClient:
        """A browser that nobody has logged in with."""
        return TestClient(
            self.app,
            base_url=url,
            client=(address, 50000),
            follow_redirects=False,
            headers={"accept": "text/html,*/*"},
        )

    def logged_in(self, name: str, **where: str) -> TestClient:
        browser = self.browser(**where)
        assert log_in(browser, name, PASSWORDS[name]).status_code == 303
        return browser

    def program(self, role: Role) -> TestClient:
        token = self.accounts.tokens.issue(f"a {role}'s program", role)
        return TestClient(
            self.app,
            base_url=HOST,
            client=("127.0.0.1", 50001),
            follow_redirects=False,
            headers={"authorization": f"Bearer {token}"},
        )

    def told(self, event: str) -> list[dict[str, Any]]:
        """What the log has of an event."""
        lines = [json.loads(line) for line in self.stream.getvalue().splitlines()]
        return [line for line in lines if line["event"] == event]


@contextmanager
def desk(folder: Path, readings: list[Reading], **service: Any) -> Iterator[Desk]:
    """A ledger of these readings with the accounts above; with a `service` otherwise than usual."""
    ledger, stream = folder / "news.ledger", io.StringIO()
    with (
        Accounts.open(folder / "accounts.db", create=True) as accounts,
        Ledger.open(ledger) as writer,
        Ledger.open(ledger, create=False, read_only=True) as book,
    ):
        list(writer.add(readings))
        for name, password in PASSWORDS.items():
            accounts.people.add(name, ROLES[name], password)
        usual = Service(accounts=accounts, rate=0, log=Log("json", stream))
        yield Desk(application(book, writer=writer, service=replace(usual, **service)), accounts, book, stream)


def form_of(page: httpx.Response, name: str = "csrf") -> str:
    """What the first form of a page sends back."""
    found = re.search(rf'name="{name}" value="([0-9a-f]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def log_in(browser: TestClient, name: str, password: str, onward: str = "") -> httpx.Response:
    page = browser.get(f"/login?{urlencode({'next': onward})}")
    sent = {"form": form_of(page, "form"), "name": name, "password": password, "next": onward}
    return browser.post("/login", data=sent)
