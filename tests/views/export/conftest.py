"""A ledger of articles about the invented dam, as the real reader reads them, with what a person ruled about them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.sample_readings import readings

from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.views.export import Chosen, Selection, export

__all__ = ["RULED", "lines", "whole"]

RULED = "Oltan Brezik"
"""Who a person ruled said one of the statements."""


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exported") / "dam.db"
    with Ledger.open(path) as book:
        list(book.add(readings()))
        said = [row for row in book.statements() if row.speaker is not None]
        signed = Signed("Vera Novak", "2025-04-01T09:00:00+02:00", "a caption, nobody said it")
        book.correct(f"{said[0].document}:{said[0].id}", Wish(reject=True), signed)
        signed = Signed("Vera Novak", "2025-04-01T09:05:00+02:00", "heard on the tape")
        book.correct(f"{said[1].document}:{said[1].id}", Wish(confirm=True), signed)
        other = next(row for row in said[2:] if row.speaker not in (None, RULED))
        signed = Signed("Ana Brandt", "2025-04-02T10:00:00+02:00", "it was he who spoke")
        book.correct(f"{other.document}:{other.id}", Wish(speaker=RULED), signed)
    return path


@pytest.fixture
def book(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path, create=False, read_only=True) as book:
        yield book


@pytest.fixture
def chosen(book: Ledger) -> Chosen:
    return Chosen(book)


def whole(book: Ledger, name: str, path: Path, selection: Selection | None = None, kind: str | None = None) -> Path:
    """The ledger exported to `path`, which is returned."""
    export(Chosen(book, selection), name, path, kind=kind)
    return path


def lines(path: Path) -> list[Any]:
    """The values of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
