"""Asking by a key is asking for one speaker, and never for whoever is called like it."""

from __future__ import annotations

import pytest
from tests.ledger.sample_readings import readings

from onrecord.ledger import Ledger
from onrecord.ledger.identity.speakers import is_key


@pytest.mark.parametrize("key", ["p96edf1fe7753", "iso3166:KP", "wikidata:Q81299", "person:ida holm", "name:nato"])
def test_keys_have_the_form_of_keys(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize(
    "name", ["Mirela Vantor", "p", "p96edf1fe775", "Vantor: the minister", "Q81299", "NATO", "von der Leyen"]
)
def test_names_have_not(name: str) -> None:
    assert not is_key(name)


def test_a_key_finds_what_the_name_finds() -> None:
    with Ledger.open(":memory:") as book:
        list(book.add(readings()))
        for speaker in book.speakers():
            assert is_key(speaker.key), speaker
            said = {(row.document, row.id) for row in book.statements(speaker=speaker.key)}
            assert len(said) == speaker.statements
            assert said <= {(row.document, row.id) for row in book.statements(speaker=speaker.name)}
            claims = {row.id for row in book.claims(speaker=speaker.key)}
            assert claims <= {row.id for row in book.claims(speaker=speaker.name)}
            conflicts = {row.id for row in book.conflicts(speaker=speaker.key)}
            assert conflicts <= {row.id for row in book.conflicts(speaker=speaker.name)}
            last = speaker.name.split()[-1]
            assert speaker.key in {one.key for one in book.speakers(starting=last)}
            assert speaker.key in {one.key for one in book.speakers(starting=last[:2].upper())}
