"""PROV read back by the packages prov and rdflib: everything is there, related as PROV-DM says, and the two agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from prov.constants import PROV_TYPE
from prov.model import ProvActivity, ProvAgent, ProvDocument, ProvElement, ProvEntity, ProvRelation
from rdflib import PROV, RDF, Graph, URIRef
from tests.views.export.conftest import whole

from onrecord.ledger import Ledger

RECORD = "urn:onrecord:"


@pytest.fixture(scope="module")
def files(path: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("prov")
    with Ledger.open(path, create=False, read_only=True) as book:
        return {name: whole(book, name, folder / name) for name in ("prov", "prov-o")}


@pytest.fixture(scope="module")
def document(files: dict[str, Path]) -> ProvDocument:
    return ProvDocument.deserialize(content=files["prov"].read_text(encoding="utf-8"), format="json")


@pytest.fixture(scope="module")
def graph(files: dict[str, Path]) -> Graph:
    return Graph().parse(files["prov-o"], format="nt")


def names(document: ProvDocument, kind: type[ProvElement]) -> set[str]:
    return {record.identifier.uri for record in document.get_records(kind)}


def test_all_that_is_on_record_is_an_entity(document: ProvDocument, book: Ledger) -> None:
    entities = names(document, ProvEntity)
    expected = {row.id for row in book.documents()} | {row.id for row in book.claims()}
    expected |= {f"{row.document}:{row.id}" for row in book.statements(rejected=True)}
    expected |= {f"{row.document}:{row.id}" for row in book.figures(rejected=True)}
    for row in book.documents():
        expected |= {f"{row.id}:{event.id}" for event in book.document(row.id).events}
    assert entities == {f"{RECORD}{name}" for name in expected}
    readings = {f"{RECORD}reading:{row.id}" for row in book.documents()}
    assert names(document, ProvActivity) == readings | {f"{RECORD}{row.id}" for row in book.corrections()}
    assert any("model" in name for name in names(document, ProvAgent))


def test_relations_name_things_of_the_right_kind_that_are_there(document: ProvDocument) -> None:
    there = {
        "entity": names(document, ProvEntity),
        "activity": names(document, ProvActivity),
        "agent": names(document, ProvAgent),
    }
    kinds = {"generatedEntity": "entity", "usedEntity": "entity", "informed": "activity", "informant": "activity"}
    seen = set()
    for relation in document.get_records(ProvRelation):
        for name, value in relation.formal_attributes:
            part = kinds.get(name.localpart, name.localpart)
            if value is not None and part in there:
                assert value.uri in there[part], relation
        seen.add(type(relation).__name__)
    assert {
        "ProvUsage",
        "ProvGeneration",
        "ProvAssociation",
        "ProvAttribution",
        "ProvDerivation",
        "ProvInvalidation",
    } <= seen


def test_who_corrected_is_a_person_and_what_was_rejected_is_invalid(document: ProvDocument, book: Ledger) -> None:
    people = [
        agent
        for agent in document.get_records(ProvAgent)
        if any(str(t).endswith("Person") for t in agent.get_attribute(PROV_TYPE))
    ]
    assert any(str(agent.label) == "Vera Novak" for agent in people)
    rejected = {f"{RECORD}{row.document}:{row.record}" for row in book.corrections() if row.kind == "reject"}
    found = json.loads(document.serialize(format="json"))["wasInvalidatedBy"]
    assert {one["prov:entity"].replace("record:", RECORD) for one in found.values()} == rejected
    activity = next(a for a in document.get_records(ProvActivity) if a.identifier.uri.startswith(f"{RECORD}k"))
    assert activity.get_startTime().isoformat() == "2025-04-01T09:00:00+02:00"


def test_prov_o_says_the_same(document: ProvDocument, graph: Graph) -> None:
    for kind, term in ((ProvEntity, PROV.Entity), (ProvActivity, PROV.Activity), (ProvAgent, PROV.Agent)):
        assert {str(thing) for thing in graph.subjects(RDF.type, term)} == names(document, kind)
    stored: dict[str, Any] = json.loads(document.serialize(format="json"))
    ends = {"wasDerivedFrom": ("generatedEntity", "usedEntity"), "wasAttributedTo": ("entity", "agent")}
    for term, (subject, target) in ends.items():
        expected = {(one[f"prov:{subject}"], one[f"prov:{target}"]) for one in stored[term].values()}
        found = {
            (str(s).replace(RECORD, "record:"), str(o).replace(RECORD, "record:"))
            for s, o in graph.subject_objects(URIRef(f"{PROV}{term}"))
        }
        assert found == expected
    # The terms that are used are those of the ontology.
    used = {str(p) for p in graph.predicates() if str(p).startswith(str(PROV))}
    assert used == {str(PROV[name.removeprefix(str(PROV))]) for name in used}
