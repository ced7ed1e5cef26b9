"""The Web Annotations are valid by the W3C's context and model, and a reader that knows the model alone finds every span."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pyld import jsonld
from tests.views.export.conftest import whole

from onrecord.ledger import Ledger

CONTEXT = json.loads((Path(__file__).parent / "contexts" / "anno.jsonld").read_text(encoding="utf-8"))
OA = "http://www.w3.org/ns/oa#"

# What the Web Annotation Data Model (2017) says that must be, of what is used here: 3.1 annotations, 3.2 bodies and targets,
# 4 specific resources, 4.2.4 and 4.2.5 selectors, 4.3.1 time states, 5.1 collections, 5.2 pages.
IRI = {"type": "string", "pattern": r"^(https?://[^\s<>]+|urn:[a-z0-9-]+:[^\s<>]+)$"}
SELECTOR = {
    "oneOf": [
        {
            "required": ["type", "exact"],
            "additionalProperties": False,
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                **{part: {"type": "string"} for part in ("exact", "prefix", "suffix")},
            },
        },
        {
            "required": ["type", "start", "end"],
            "additionalProperties": False,
            "properties": {
                "type": {"const": "TextPositionSelector"},
                **{part: {"type": "integer", "minimum": 0} for part in ("start", "end")},
            },
        },
    ]
}
TARGET = {
    "required": ["type", "source", "selector"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": IRI,
        "selector": {"type": "array", "minItems": 1, "items": SELECTOR},
        "state": {"required": ["type"], "properties": {"type": {"const": "TimeState"}, "cached": IRI}},
    },
}
BODY = {
    "oneOf": [
        {"required": ["type", "value"], "properties": {"type": {"const": "TextualBody"}, "value": {"type": "string"}}},
        {"required": ["id", "type"], "properties": {"id": IRI, "type": {"type": "array"}}},
    ]
}
ANNOTATION = {
    "required": ["id", "type", "target"],
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["describing", "identifying"]},
        "body": {"type": "array", "minItems": 1, "items": BODY},
        "target": {"type": "array", "minItems": 1, "items": TARGET},
        "generator": {"required": ["id"], "properties": {"id": IRI}},
    },
}
COLLECTION = {
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"contains": {"const": "http://www.w3.org/ns/anno.jsonld"}},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "required": ["id", "type", "partOf", "items"],
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "startIndex": {"type": "integer", "minimum": 0},
                "items": {"type": "array", "items": ANNOTATION},
            },
        },
    },
}


@pytest.fixture(scope="module")
def collection(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with Ledger.open(path, create=False, read_only=True) as book:
        target = whole(book, "webannotation", tmp_path_factory.mktemp("annotations") / "annotations.jsonld")
    return json.loads(target.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def texts(path: Path) -> dict[str, str]:
    """The stored text of every document, by the IRI that the annotations have for it."""
    with Ledger.open(path, create=False, read_only=True) as book:
        return {f"urn:onrecord:{row.id}": book.document(row.id).document.text for row in book.documents()}


def test_it_is_what_the_model_says_that_must_be(collection: Any) -> None:
    errors = [
        f"{list(error.path)}: {error.message}"[:200]
        for error in Draft202012Validator(COLLECTION).iter_errors(collection)
    ]
    assert errors == []
    items = collection["first"]["items"]
    assert collection["total"] == len(items) > 500
    assert len({item["id"] for item in items}) == len(items)
    assert collection["first"]["partOf"] == collection["id"]


def test_the_context_of_the_w3c_knows_every_term(collection: Any) -> None:
    def load(url: str, options: Any) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}

    few = {**collection, "first": {**collection["first"], "items": collection["first"]["items"][:150]}}
    expanded = jsonld.expand(few, {"documentLoader": load})
    # Expanding drops what no context knows: as many members must come out as went in.
    assert _members(expanded) == _members({k: v for k, v in few.items() if k != "@context"})
    annotations = expanded[0]["https://www.w3.org/ns/activitystreams#first".replace("https", "http")][0]
    listed = annotations["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert all(one["@type"] == [f"{OA}Annotation"] for one in listed)
    assert len(listed) == 150


def _members(value: Any) -> int:
    """How many members all objects have, not counting what JSON-LD wraps values and lists in."""
    if isinstance(value, list):
        return sum(map(_members, value))
    if not isinstance(value, dict):
        return 0
    own = [name for name in value if name not in ("@value", "@type", "@id", "@list", "id", "type", "@language")]
    return len(own) + sum(_members(item) for item in value.values())


def resolved(target: dict[str, Any], texts: dict[str, str]) -> Iterator[list[tuple[int, int]]]:
    """Where each selector of a target finds its words, from the model alone: all places of a quote, the one of a position.

    4.2.4: the words at `exact` where `prefix` stands right before and `suffix` right after. 4.2.5: the code points from
    `start`, 0 being before the first, up to and without `end`. 4.3.1: the copy that a state names is what was annotated.
    """
    text = texts[target.get("state", {}).get("cached", target["source"])]
    for selector in target["selector"]:
        if selector["type"] == "TextPositionSelector":
            yield [(selector["start"], selector["end"])]
            continue
        words, found, at = selector["exact"], [], text.find(selector["exact"])
        while at >= 0:
            end = at + len(words)
            if text[:at].endswith(selector.get("prefix", "")) and text[end:].startswith(selector.get("suffix", "")):
                found.append((at, end))
            at = text.find(words, at + 1)
        yield found


def test_every_span_is_found_again_by_both_selectors(collection: Any, texts: dict[str, str]) -> None:
    seen = 0
    for item in collection["first"]["items"]:
        for target in item["target"]:
            places = list(resolved(target, texts))
            assert len(places) == 2
            assert places[0] == places[1], item["id"]  # once, and where the position says
            seen += 1
    assert seen > 1000


def test_every_span_of_every_record_has_its_annotation(collection: Any, path: Path) -> None:
    found = {
        (target.get("state", {}).get("cached", target["source"]).removeprefix("urn:onrecord:"), *position(target))
        for item in collection["first"]["items"]
        for target in item["target"]
    }
    expected = set()
    with Ledger.open(path, create=False, read_only=True) as book:
        for reading in (book.document(row.id) for row in book.documents()):
            spans = [span for s in reading.statements for span in (*s.content, *s.source, *s.cue)]
            for records in (reading.figures, reading.moments, reading.events, reading.mentions):
                spans += [record.span for record in records]
            expected |= {(reading.document.id, *span) for span in spans}
    assert expected <= found


def position(target: dict[str, Any]) -> tuple[int, int]:
    selector = next(one for one in target["selector"] if one["type"] == "TextPositionSelector")
    return selector["start"], selector["end"]


def test_bodies_say_who_read_it_how_surely_and_what_people_ruled(collection: Any) -> None:
    records = [
        body for item in collection["first"]["items"] for body in item["body"] if "onrecord:Statement" in body["type"]
    ]
    assert all(0 <= record["onrecord:confidence"] <= 1 for record in records)
    assert sum(record.get("onrecord:rejected", False) for record in records) == 1
    assert sum(record.get("onrecord:confirmed", False) for record in records) == 1
    assert all(item["generator"]["name"].startswith("onrecord-reader") for item in collection["first"]["items"])
