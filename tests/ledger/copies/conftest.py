"""Invented articles of any length: sentences of made-up words, so that two of them share nothing unless they are made to."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select

from onrecord.ledger.copies import keep_pairs, kept, neighbours, regroup, remember, tables
from onrecord.ledger.database import open_engine
from onrecord.ledger.hands import Hands
from onrecord.ledger.schema import documents
from onrecord.ledger.tables import METADATA
from onrecord.reading import Reading
from onrecord.records import Block, Document, Entity, Figure, Mention, Span

SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
COMMON = "the of and in a to that was on by for with at from he she it its".split()


def word(random_: random.Random) -> str:
    return "".join(random_.choice(SYLLABLES) for _ in range(random_.randint(2, 4)))


def sentence(random_: random.Random, words: int = 16) -> str:
    """Every third word is a common one, as in English."""
    said = [random_.choice(COMMON) if i % 3 == 1 else word(random_) for i in range(words)]
    return " ".join(said).capitalize() + "."


def sentences(seed: int, number: int = 14) -> list[str]:
    random_ = random.Random(seed)
    return [sentence(random_) for _ in range(number)]


def article(parts: list[str], **facts: Any) -> Reading:
    """A reading whose paragraphs are `parts`; `names` and `figures` among them are found where they stand."""
    names, figures = facts.pop("names", ()), facts.pop("figures", ())
    kinds = facts.pop("kinds", ["paragraph"] * len(parts))
    text, blocks = "", []
    for part, kind in zip(parts, kinds, strict=True):
        blocks.append(Block(Span(len(text), len(text) + len(part)), kind))
        text += part + "\n"
    text = text[:-1]
    identity = hashlib.sha256(f"{text}{sorted(facts.items())}".encode()).hexdigest()
    found = [(name, place) for name in names for place in _places(text, name)]
    return Reading(
        document=Document(identity, text, blocks=tuple(blocks), **facts),
        model="weights 1",
        entities=tuple(Entity(f"e{i}", "place", name) for i, name in enumerate(names)),
        mentions=tuple(Mention(place, f"e{names.index(name)}", "name") for name, place in found),
        figures=tuple(
            Figure(place, float(n), float(n), "exactly", None, None, None, None, 0.9)
            for n in figures
            for place in _places(text, str(n))
        ),
    )


def _places(text: str, words: str) -> Iterator[Span]:
    at = text.find(words)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + 1)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = open_engine(":memory:", create=True, read_only=False)
    assert tables.METADATA is METADATA
    with engine.begin() as opened:
        yield opened
    engine.dispose()


def put(connection: Connection, reading: Reading) -> int:
    """Add one article as the ledger does: its row, then its copies. What was there of it is replaced."""
    document = reading.document
    take(connection, reading)
    row = {
        "hash": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "model": reading.model,
        "characters": len(document.text),
        "text": document.text,
    }
    number = connection.execute(insert(documents).values(row)).inserted_primary_key[0]  # type: ignore[index]
    hands = Hands()
    keep_pairs(connection, remember(connection, {number: kept(reading)}, hands), hands)
    regroup(connection, {number})
    return int(number)


def take(connection: Connection, reading: Reading) -> None:
    number = connection.execute(select(documents.c.id).where(documents.c.hash == reading.document.id)).scalar()
    if number is not None:
        near = neighbours(connection, number)
        connection.execute(delete(documents).where(documents.c.id == number))
        regroup(connection, near)


@pytest.fixture(scope="session")
def make() -> Callable[..., Reading]:
    return article
