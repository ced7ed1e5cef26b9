"""A served ledger of two readings made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.ledger.sample_readings import readings
from tests.views.web.guarded import Desk, cheap, desk

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.web import application


@pytest.fixture
def client(tmp_path: Path, flood: Reading, hostile: Reading) -> Iterator[TestClient]:
    with Ledger.open(tmp_path / "news.ledger") as book:
        assert [r.outcome for r in book.add([flood, hostile])] == ["added", "added"]
        with TestClient(application(book), base_url="http://127.0.0.1") as client:
            yield client


@pytest.fixture(scope="session")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the articles about the invented dam: copies, claims that are denied, figures that exclude each other."""
    path = tmp_path_factory.mktemp("dam") / "dam.ledger"
    with Ledger.open(path) as book:
        assert {receipt.outcome for receipt in book.add(readings())} == {"added"}
    return path


@pytest.fixture
def told(dam: Path) -> Iterator[Ledger]:
    with Ledger.open(dam, create=False, read_only=True) as book:
        yield book


@pytest.fixture
def dam_client(told: Ledger) -> Iterator[TestClient]:
    with TestClient(application(told), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost a millisecond each, where a test is not about what they cost."""
    hasher = cheap()
    monkeypatch.setattr("onrecord.views.accounts.secret._hasher", lambda: hasher)
    nobodys = hasher.hash("nobody's")
    monkeypatch.setattr("onrecord.views.accounts.secret._nobodys", lambda: nobodys)


@pytest.fixture
def team(tmp_path: Path, flood: Reading, hostile: Reading, cheap_passwords: None) -> Iterator[Desk]:
    """The two readings, served with accounts."""
    with desk(tmp_path, [flood, hostile]) as made:
        yield made
