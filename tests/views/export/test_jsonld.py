"""schema.org: every type, property and value as the vocabulary has it, by models made from the vocabulary itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from schema_org import registry
from tests.views.export.conftest import whole

from onrecord.ledger import Ledger

SCHEMA = "http://schema.org/"
LITERALS = {"Text", "Boolean", "Number", "Integer", "Float", "Date", "DateTime", "Time", "URL"}


@pytest.fixture(scope="module")
def document(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with Ledger.open(path, create=False, read_only=True) as book:
        target = whole(book, "jsonld", tmp_path_factory.mktemp("schema") / "ledger.jsonld")
    return json.loads(target.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def things(document: Any) -> dict[str, dict[str, Any]]:
    """The graph as JSON-LD expands it, by IRI, with the vocabulary of the context that schema.org serves."""

    def load(url: str, options: Any) -> dict[str, Any]:
        assert url == "https://schema.org"
        # What that context says of terms without a rule of their own, which are all that are used here.
        context = {"@context": {"@vocab": SCHEMA}}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    expanded = jsonld.expand(document, {"documentLoader": load})
    assert len({thing["@id"] for thing in expanded}) == len(expanded)
    return {thing["@id"]: thing for thing in expanded}


def kind(thing: dict[str, Any]) -> str:
    (found,) = thing["@type"]
    assert found.startswith(SCHEMA)
    return str(found.removeprefix(SCHEMA))


def test_every_property_belongs_to_its_type_and_holds_what_it_may(things: dict[str, dict[str, Any]]) -> None:
    used = set()

    def check(thing: dict[str, Any]) -> None:
        properties = {p.schema_name: p for p in registry.get_model(kind(thing)).SCHEMA_PROPERTIES}
        for name, values in thing.items():
            if name.startswith("@") or name.startswith("urn:onrecord:ns:"):
                continue
            term = name.removeprefix(SCHEMA)
            used.add(term)
            assert term in properties, (kind(thing), term)
            ranges = set(properties[term].ranges)
            for value in values:
                if "@value" in value:
                    assert ranges & LITERALS, (term, ranges)
                    continue
                what = value if len(value) > 1 else things[value["@id"]]
                assert ranges & set(registry.get_model(kind(what)).SCHEMA_TYPES), (term, kind(what), ranges)
                if len(value) > 1:
                    check(value)

    for thing in things.values():
        check(thing)
    assert {"itemReviewed", "appearance", "firstAppearance", "spokenByCharacter", "isPartOf", "headline"} <= used


def test_the_graph_is_the_ledger(things: dict[str, dict[str, Any]], book: Ledger) -> None:
    kinds: dict[str, list[str]] = {}
    for name, thing in things.items():
        kinds.setdefault(kind(thing), []).append(name.removeprefix("urn:onrecord:"))
    assert kinds["NewsArticle"] == [row.id for row in book.documents()]
    assert set(kinds["Claim"]) == {row.id for row in book.claims()}
    rejected = {f"{row.document}:{row.record}" for row in book.corrections() if row.kind == "reject"}
    said = {f"{row.document}:{row.id}": row for row in book.statements()}
    assert len(rejected) == 1
    assert set(kinds["Quotation"]) | set(kinds["Statement"]) == set(said) - rejected
    assert all(said[name].manner != "indirect" for name in kinds["Quotation"])


def test_no_review_has_a_verdict(document: Any) -> None:
    reviews = [thing for thing in document["@graph"] if thing["@type"] == "ClaimReview"]
    assert reviews
    for review in reviews:
        assert set(review) == {"@id", "@type", "claimReviewed", "itemReviewed", "creativeWorkStatus", "description"}
        assert review["creativeWorkStatus"] == "Draft"


def test_claims_say_where_they_appeared_and_how_they_stand(document: Any, book: Ledger) -> None:
    found = {thing["@id"]: thing for thing in document["@graph"]}
    for claim in book.claims():
        thing = found[f"urn:onrecord:{claim.id}"]
        assert thing["text"] == claim.says
        assert thing["onrecord:standing"] == claim.standing
        assert {one["@id"].removeprefix("urn:onrecord:") for one in thing["appearance"]} == {
            member.document for member in claim.members
        }
        assert thing["firstAppearance"]["@id"].endswith(claim.first.document)
