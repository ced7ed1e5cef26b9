"""A served ledger of two readings made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.web import application


@pytest.fixture
def client(tmp_path: Path, flood: Reading, hostile: Reading) -> Iterator[TestClient]:
    with Ledger.open(tmp_path / "news.ledger") as book:
        assert [r.outcome for r in book.add([flood, hostile])] == ["added", "added"]
        with TestClient(application(book), base_url="http://127.0.0.1") as client:
            yield client
