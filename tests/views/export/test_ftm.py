"""FollowTheMoney: every entity as the package `followthemoney` has it, and no link that leads nowhere."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from followthemoney.types import registry
from tests.views.export.conftest import lines, whole

from onrecord.ledger import Ledger


@pytest.fixture(scope="module")
def entities(path: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    with Ledger.open(path, create=False, read_only=True) as book:
        return lines(whole(book, "ftm", tmp_path_factory.mktemp("ftm") / "entities.ftm.json"))


def test_every_entity_is_valid_and_nothing_of_it_is_cleaned_away(entities: list[Any]) -> None:
    for entity in entities:
        proxy = model.get_proxy(entity)  # raises for a schema that there is not
        assert registry.entity.clean(entity["id"]) == entity["id"]
        for name, values in entity["properties"].items():
            prop = proxy.schema.get(name)
            assert prop is not None, (entity["schema"], name)
            assert not prop.stub, (entity["schema"], name)
            for value in values:
                kept = prop.type.clean(value, proxy=proxy)
                assert kept == value or (name == "bodyText" and kept == value.strip()), (entity["schema"], name, value)
        proxy.schema.validate(entity)
        assert {name for name in proxy.schema.required if not proxy.get(name)} == set()


def test_ids_are_there_once_and_links_lead_to_what_may_be_linked(entities: list[Any]) -> None:
    schemata = {entity["id"]: entity["schema"] for entity in entities}
    assert len(schemata) == len(entities)
    for entity in entities:
        schema = model[entity["schema"]]
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            if prop.type == registry.entity:
                for value in values:
                    assert model[schemata[value]].is_a(prop.range), (entity["schema"], name, schemata[value])


def test_statements_are_there_with_their_speakers_and_articles(entities: list[Any], book: Ledger) -> None:
    found = {e["id"]: e for e in entities if e["schema"] in ("Documentation", "Note")}
    rejected = {(row.document, row.record) for row in book.corrections() if row.kind == "reject"}
    for row in book.statements():
        name = f"{row.document}.{row.id}"
        assert (name in found) is ((row.document, row.id) not in rejected)
        if name not in found:
            continue
        entity = found[name]
        assert entity["properties"]["proof"] == [row.document]
        if entity["schema"] == "Documentation":
            assert entity["properties"]["summary"] == [row.content]
            assert entity["properties"]["recordId"] == [f"{row.document}:{row.id}"]
    counts = Counter(entity["schema"] for entity in entities)
    assert counts["Article"] == len(book.documents())
    assert counts["Person"] > 5
    assert counts["Documentation"] > 20
    assert counts["Event"] > 20


def test_what_was_not_said_to_happen_says_so(entities: list[Any], book: Ledger) -> None:
    statuses = {
        f"{row.id}.{event.id}": event.status for row in book.documents() for event in book.document(row.id).events
    }
    events = [entity for entity in entities if entity["schema"] == "Event"]
    assert all(entity["properties"]["summary"] == [statuses[entity["id"]]] for entity in events)
    assert len({entity["properties"]["summary"][0] for entity in events}) > 2
