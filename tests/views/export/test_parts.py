"""A part of a ledger refers to nothing outside that part, in every format that refers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import stix2
from followthemoney import model
from followthemoney.types import registry
from prov.model import ProvDocument, ProvElement, ProvRelation
from tests.views.export.conftest import RULED, lines, whole

from onrecord.ledger import Ledger
from onrecord.views.export import Chosen, Selection


@pytest.fixture
def part(book: Ledger) -> Selection:
    days = sorted(row.published[:10] for row in book.documents() if row.published)
    return Selection(story=max(book.stories(), key=lambda row: row.documents).id, since=days[len(days) // 2])


def outside(book: Ledger, part: Selection) -> set[str]:
    found = {row.id for row in book.documents()} - {row.id for row in Chosen(book, part).documents}
    assert found
    return found


@pytest.mark.parametrize("name", ["jsonld", "prov", "prov-o", "ftm", "gkg", "stix", "webannotation"])
def test_no_article_outside_is_named(book: Ledger, tmp_path: Path, part: Selection, name: str) -> None:
    text = whole(book, name, tmp_path / "part", part).read_text(encoding="utf-8")
    assert set(re.findall(r"[0-9a-f]{64}", text)) == {row.id for row in Chosen(book, part).documents}
    assert outside(book, part)


def test_what_is_referred_to_is_there(book: Ledger, tmp_path: Path, part: Selection) -> None:
    entities = lines(whole(book, "ftm", tmp_path / "ftm", part))
    there = {entity["id"] for entity in entities}
    for entity in entities:
        for name, values in entity["properties"].items():
            if model[entity["schema"]].get(name).type == registry.entity:
                assert set(values) <= there
    bundle = stix2.parse(whole(book, "stix", tmp_path / "stix", part).read_text(encoding="utf-8"))
    known = {thing.id for thing in bundle.objects}
    assert all(set(thing.get("object_refs", [])) <= known for thing in bundle.objects)
    text = whole(book, "prov", tmp_path / "prov", part).read_text(encoding="utf-8")
    document = ProvDocument.deserialize(content=text, format="json")
    names = {element.identifier for element in document.get_records(ProvElement)}
    for relation in document.get_records(ProvRelation):
        assert {value for _, value in relation.formal_attributes if value is not None} <= names


def test_whoever_people_ruled_speaks_is_whose_words_they_are(book: Ledger, tmp_path: Path) -> None:
    (ruling,) = (row for row in book.corrections() if row.kind == "speaker")
    key = next(row.key for row in book.speakers() if row.name == RULED)
    name = f"urn:onrecord:{ruling.document}:{ruling.record}"
    graph = json.loads(whole(book, "jsonld", tmp_path / "a").read_text(encoding="utf-8"))["@graph"]
    thing = next(thing for thing in graph if thing["@id"] == name)
    assert thing["onrecord:speaker"] == RULED
    assert {"@id": f"urn:onrecord:{key}"} in (thing.get("spokenByCharacter"), thing.get("creator"))
    entities = lines(whole(book, "ftm", tmp_path / "b"))
    said = next(entity for entity in entities if entity["id"] == f"{ruling.document}.{ruling.record}")
    assert said["properties"]["entity"] == [key]
    stored = json.loads(whole(book, "prov", tmp_path / "c").read_text(encoding="utf-8"))
    attributed = {(one["prov:entity"], one["prov:agent"]) for one in stored["wasAttributedTo"].values()}
    assert (name.replace("urn:onrecord:", "record:"), f"record:{key}") in attributed


def test_a_part_without_articles_is_an_empty_export(book: Ledger, tmp_path: Path) -> None:
    nothing = Selection(since="1999", until="1999")
    assert json.loads(whole(book, "jsonld", tmp_path / "a", nothing).read_text())["@graph"] == []
    assert json.loads(whole(book, "webannotation", tmp_path / "b", nothing).read_text())["total"] == 0
    assert stix2.parse(whole(book, "stix", tmp_path / "c", nothing).read_text())
    assert ProvDocument.deserialize(content=whole(book, "prov", tmp_path / "d", nothing).read_text(), format="json")
    for name in ("ftm", "gkg", "prov-o"):
        assert whole(book, name, tmp_path / name, nothing).read_text() == ""
    for kind in ("documents", "statements", "claims", "speakers"):
        path = whole(book, "csv", tmp_path / kind, nothing, kind)
        assert len(path.read_text(encoding="utf-8").splitlines()) == 1
