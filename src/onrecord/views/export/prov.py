"""PROV as PROV-JSON, which ProvToolbox and the Python package `prov` read, and as PROV-O in N-Triples, for RDF stores.

Sources: The PROV-JSON Serialization, W3C Member Submission of 24 April 2013; PROV-O, W3C Recommendation of 30 April 2013.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import quote

from onrecord.views.export.chosen import Chosen
from onrecord.views.export.provenance import Relation, Term, Thing, Value, facts
from onrecord.views.export.terms import NAMESPACE, iri
from onrecord.views.export.writing import dump, text

__all__ = ["write_json", "write_triples"]

_PROV = "http://www.w3.org/ns/prov#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

_ENDS: dict[Term, tuple[str, str]] = {
    "used": ("activity", "entity"),
    "wasGeneratedBy": ("entity", "activity"),
    "wasAssociatedWith": ("activity", "agent"),
    "wasAttributedTo": ("entity", "agent"),
    "wasDerivedFrom": ("generatedEntity", "usedEntity"),
    "wasInvalidatedBy": ("entity", "activity"),
    "wasInformedBy": ("informed", "informant"),
}
_SECTIONS = ("entity", "activity", "agent", *_ENDS)
_CLASSES = {"entity": "Entity", "activity": "Activity", "agent": "Agent"}


def write_json(chosen: Chosen, out: IO[bytes]) -> dict[str, int]:
    """A PROV-JSON document. Its sections are by kind, so that each waits in a file of its own while the ledger is read."""
    numbers: Counter[str] = Counter()
    with ExitStack() as stack, text(out) as lines:
        parts = {name: stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="")) for name in _SECTIONS}
        for fact in facts(chosen):
            section = fact.kind if isinstance(fact, Thing) else fact.term
            key, members = _thing(fact) if isinstance(fact, Thing) else _relation(fact, numbers[section])
            parts[section].write(",\n" if numbers[section] else "\n")
            parts[section].write(f"{dump(key)}: {dump(members)}")
            numbers[section] += 1
        prefixes = {"record": "urn:onrecord:", "onrecord": NAMESPACE, "xsd": _XSD}
        lines.write('{"prefix": ' + dump(prefixes))
        for name in _SECTIONS:
            if not numbers[name]:
                continue
            lines.write(f",\n{dump(name)}: {{")
            parts[name].seek(0)
            while chunk := parts[name].read(1 << 16):
                lines.write(chunk)
            lines.write("}")
        lines.write("}\n")
    return dict(numbers)


def _thing(thing: Thing) -> tuple[str, dict[str, Any]]:
    types = [{"$": name if ":" in name else f"onrecord:{name}", "type": "prov:QUALIFIED_NAME"} for name in thing.of]
    members: dict[str, Any] = {"prov:type": types[0] if len(types) == 1 else types}
    if thing.label is not None:
        members["prov:label"] = thing.label
    if thing.at is not None:
        members |= {"prov:startTime": thing.at, "prov:endTime": thing.at}
    if thing.location is not None:
        members["prov:location"] = {"$": thing.location, "type": "xsd:anyURI"}
    members |= {f"onrecord:{name}": _typed(value) for name, value in thing.said.items() if value is not None}
    return _qualified(thing.name), members


def _relation(relation: Relation, number: int) -> tuple[str, dict[str, Any]]:
    subject, target = _ENDS[relation.term]
    members: dict[str, Any] = {
        f"prov:{subject}": _qualified(relation.subject),
        f"prov:{target}": _qualified(relation.object),
    }
    if relation.of is not None:
        name = relation.of if ":" in relation.of else f"onrecord:{relation.of}"
        members["prov:type"] = {"$": name, "type": "prov:QUALIFIED_NAME"}
    return f"_:{relation.term}{number}", members


def _qualified(name: str) -> str:
    return f"record:{iri(name).removeprefix('urn:onrecord:')}"


def _typed(value: Value) -> Any:
    if isinstance(value, bool):
        return {"$": "true" if value else "false", "type": "xsd:boolean"}
    return value if isinstance(value, str) else {"$": json.dumps(value), "type": "xsd:double"}


def write_triples(chosen: Chosen, out: IO[bytes]) -> dict[str, int]:
    """PROV-O, a triple a line. The type of a relation stands in a qualified one beside it, as PROV-O has it."""
    with text(out) as lines:
        number = 0
        for fact in facts(chosen):
            for triple in _thing_triples(fact) if isinstance(fact, Thing) else _relation_triples(fact):
                lines.write(f"{triple} .\n")
                number += 1
        return {"triples": number}


def _thing_triples(thing: Thing) -> Iterator[str]:
    name = _resource(iri(thing.name))
    for kind in (f"prov:{_CLASSES[thing.kind]}", *thing.of):
        yield f"{name} {_resource(_RDF + 'type')} {_class(kind)}"
    if thing.label is not None:
        yield f"{name} {_resource(_RDFS + 'label')} {_literal(thing.label)}"
    if thing.at is not None:
        for term in ("startedAtTime", "endedAtTime"):
            yield f"{name} {_resource(_PROV + term)} {_literal(thing.at)}^^{_resource(_XSD + 'dateTime')}"
    if thing.location is not None:
        yield f"{name} {_resource(_PROV + 'atLocation')} {_resource(thing.location)}"
    for term, value in thing.said.items():
        if value is not None:
            yield f"{name} {_resource(NAMESPACE + term)} {_value(value)}"


# Of the relations here only derivations have a type: PROV-O has the three of PROV-DM as properties of their own.
_NARROWER = {
    "prov:PrimarySource": "hadPrimarySource",
    "prov:Revision": "wasRevisionOf",
    "prov:Quotation": "wasQuotedFrom",
}


def _relation_triples(relation: Relation) -> Iterator[str]:
    subject, target = _resource(iri(relation.subject)), _resource(iri(relation.object))
    yield f"{subject} {_resource(_PROV + relation.term)} {target}"
    if relation.of in _NARROWER:
        yield f"{subject} {_resource(_PROV + _NARROWER[relation.of])} {target}"
    elif relation.of is not None:
        yield f"{subject} {_resource(NAMESPACE + quote(relation.of, safe=''))} {target}"


def _class(kind: str) -> str:
    return _resource(_PROV + kind.removeprefix("prov:") if kind.startswith("prov:") else NAMESPACE + kind)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return f"{_literal('true' if value else 'false')}^^{_resource(_XSD + 'boolean')}"
    return (
        _literal(value) if isinstance(value, str) else f"{_literal(repr(float(value)))}^^{_resource(_XSD + 'double')}"
    )


def _resource(name: str) -> str:
    return f"<{name}>"


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def _literal(words: str) -> str:
    return '"' + re.sub(r'[\\"\n\r\t\b\f]', lambda match: _ESCAPES[match[0]], words) + '"'
