"""W3C Web Annotation: an annotation for each record, anchored in its article by its words and by their place.

The source is the article's web address where it has one. The places are those of the text as the ledger keeps it, which
the target's state names (`cached`, `urn:onrecord:` and the document's id): a page as it is served now has others, and
there the quote finds the words. Both selectors count and compare Unicode code points, as the model asks.

Source: W3C Web Annotation Data Model, Recommendation of 23 February 2017.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from onrecord.records import Span
from onrecord.views.cite import selectors
from onrecord.views.export.chosen import Article, Chosen
from onrecord.views.export.terms import NAMESPACE, address, iri, party_iri, record_name, same_as, software_iri
from onrecord.views.export.writing import json_document, text

__all__ = ["write"]

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": NAMESPACE}]

_AGENTS = {"person": "Person", "organisation": "Organization"}

Part = tuple[str, Sequence[Span]]


def write(chosen: Chosen, out: IO[bytes]) -> dict[str, int]:
    """An annotation collection with one page that holds all annotations."""
    told = sum(row.statements + row.figures + row.events + row.moments + row.mentions for row in chosen.documents)
    total = told + chosen.rejections
    name = iri("annotations")
    collection = {
        "@context": _CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": "What was read in the articles of a ledger",
        "total": total,
    }
    page = {"id": f"{name}:page", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    annotations = (annotation for article in chosen.articles() for annotation in _annotations(article))
    with text(out) as lines:
        return {"annotations": json_document(lines, [(collection, "first"), (page, "items")], annotations)}


def _annotations(article: Article) -> Iterator[dict[str, Any]]:
    yield from _statements(article)
    yield from _figures(article)
    yield from _events(article)
    reading = article.reading
    for number, moment in enumerate(reading.moments):
        record = {"value": moment.value, "start": moment.start, "end": moment.end, "edge": moment.edge}
        body = _record(article, f"m{number}", "Moment", record)
        says = f"{moment.value} ({moment.type})"
        yield _annotation(article, f"m{number}", [("moment", [moment.span])], [_words(article, says), body])
    for number, mention in enumerate(reading.mentions):
        parts: list[Part] = [(mention.form, [mention.span])]
        yield _annotation(article, f"n{number}", parts, [_entity(article, mention.entity)], "identifying")


def _statements(article: Article) -> Iterator[dict[str, Any]]:
    for row in article.statements:
        voice = article.voices[row.id]
        record = {
            "speaker": voice.name,
            "speakerKey": None if voice.known is None else voice.known.key,
            "act": row.act,
            "negated": row.negated,
            "manner": row.manner,
            "saidOn": row.said_on,
            "within": None if row.within is None else {"id": iri(record_name(row.document, row.within))},
            "confidence": row.confidence,
        }
        says = f"{voice.name}, {'not ' if row.negated else ''}{row.act}: {row.content}"
        bodies = [_words(article, says), _record(article, row.id, "Statement", record)]
        parts: list[Part] = [("content", row.content_spans), ("source", row.source_spans), ("cue", row.cue_spans)]
        yield _annotation(article, row.id, parts, bodies)


def _figures(article: Article) -> Iterator[dict[str, Any]]:
    for row in article.figures:
        record = {
            "low": row.low,
            "high": row.high,
            "bound": row.bound,
            "unit": row.unit,
            "noun": row.noun,
            "of": row.of,
            "change": row.change,
            "tally": row.tally,
            "event": row.event,
            "status": row.status,
            "voucher": row.voucher,
            "statement": None if row.statement is None else {"id": iri(record_name(row.document, row.statement))},
            "confidence": row.confidence,
        }
        bodies = [_words(article, row.context), _record(article, row.id, "Figure", record)]
        counted = [] if row.counted_span is None or row.counted_span == row.span else [row.counted_span]
        yield _annotation(article, row.id, [("number", [row.span]), ("counted", counted)], bodies)


def _events(article: Article) -> Iterator[dict[str, Any]]:
    for event in article.reading.events:
        record = {
            "lemma": event.lemma,
            "class": event.type,
            "status": event.status,
            "actor": [_named(article, entity) for entity in event.actor],
            "target": [_named(article, entity) for entity in event.target],
            "place": [_named(article, entity) for entity in event.place],
            "statement": (
                None if event.statement is None else {"id": iri(record_name(article.row.id, event.statement))}
            ),
            "confidence": event.confidence,
        }
        bodies = [_words(article, f"{event.lemma} ({event.status})"), _record(article, event.id, "Event", record)]
        yield _annotation(article, event.id, [("trigger", [event.span])], bodies)


def _annotation(
    article: Article, record: str, parts: Iterable[Part], bodies: list[dict[str, Any]], motivation: str = "describing"
) -> dict[str, Any]:
    model = article.row.model
    return {
        "id": iri(f"annotation:{record_name(article.row.id, record)}"),
        "type": "Annotation",
        "motivation": motivation,
        "generator": {"id": software_iri(model), "type": "Software", "name": model},
        "body": bodies,
        "target": [_target(article, part, span) for part, spans in parts for span in spans],
    }


def _target(article: Article, part: str, span: Span) -> dict[str, Any]:
    stored, page = iri(article.row.id), address(article.row.url)
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": page or stored,
        "selector": selectors(article.text, span),
    }
    if page is not None:
        target["state"] = {"type": "TimeState", "cached": stored}
    return {**target, "onrecord:part": part}


def _words(article: Article, value: str) -> dict[str, Any]:
    """What is on record, in words for people."""
    body = {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": "describing"}
    return body | ({"language": article.row.lang} if article.row.lang else {})


def _record(article: Article, record: str, kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The record, in Onrecord's own terms, without what it does not know."""
    ruled = {"rejected": True} if article.rejected(record) else {}
    ruled |= {"confirmed": True} if article.confirmed(record) else {}
    found = {f"onrecord:{name}": value for name, value in (fields | ruled).items() if value is not None and value != []}
    return {"id": iri(record_name(article.row.id, record)), "type": ["Dataset", f"onrecord:{kind}"], **found}


def _entity(article: Article, entity: str) -> dict[str, Any]:
    found = next(one for one in article.reading.entities if one.id == entity)
    known = article.known.get(entity)
    name = iri(record_name(article.row.id, entity)) if known is None else party_iri(known.key)
    kinds = [_AGENTS[found.type]] if found.type in _AGENTS else []
    body = {"id": name, "type": [*kinds, f"onrecord:{found.type.capitalize()}"], "name": found.name}
    elsewhere = same_as([found.ref, known.ref if known is not None else None])
    return body | ({"owl:sameAs": [{"id": one} for one in elsewhere]} if elsewhere else {})


def _named(article: Article, entity: str) -> dict[str, Any]:
    known = article.known.get(entity)
    name = iri(record_name(article.row.id, entity)) if known is None else party_iri(known.key)
    return {"id": name, "name": article.reading.name_of(entity)}
