"""Document → Reading: one encoder over the text, many heads, and plain decoders over what the heads say.

    read(document)      the whole of it: entities, statements, moments, figures, events
    annotate(document)  the layer below: tokens, trees, mentions and attributions

`read` is a pure function of the document and the weights: no clock, no network, no state.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from onrecord.reader.annotated import Annotated
from onrecord.reader.entities import gather
from onrecord.reader.events import EventContext, read_events
from onrecord.reader.figures import FigureContext, read_figures
from onrecord.reader.heads.annotate import annotate
from onrecord.reader.heads.encoder import WEIGHTS, Encoder, load_encoder
from onrecord.reader.moments import read_moments
from onrecord.reader.statements import read_statements
from onrecord.reading import Reading
from onrecord.records import Document, Entity, Event

__all__ = ["WEIGHTS", "annotate", "load_encoder", "read"]


def read(document: Document, encoder: Encoder | None = None) -> Reading:
    """Everything that stands in a document. Raises ReaderError where the weights are missing or damaged."""
    encoder = encoder or load_encoder()
    return decode(annotate(document, encoder), encoder.name)


def decode(annotated: Annotated, model: str) -> Reading:
    """The decoders, each fed with what those before it read: moments, entities, statements, events, figures."""
    document = annotated.document
    moments, not_moments = read_moments(annotated, document.published)
    cast = gather(annotated)
    statements = read_statements(annotated, cast, moments, document.published)
    entities, mentions = cast.entities(), cast.mentions()
    events, not_events = read_events(annotated, EventContext(moments, statements, mentions, entities))
    by_id: Mapping[str, Entity] = MappingProxyType({e.id: e for e in entities})
    context = FigureContext(moments, events, _triggers(annotated, events), statements, mentions, by_id)
    figures, not_figures = read_figures(annotated, context)
    rejected = sorted([*not_moments, *not_events, *not_figures], key=lambda r: r.span)
    return Reading(
        document,
        model,
        entities,
        mentions,
        tuple(statements),
        tuple(moments),
        tuple(figures),
        tuple(events),
        tuple(rejected),
    )


def _triggers(annotated: Annotated, events: list[Event]) -> dict[int, str]:
    """Token index of each trigger → event id."""
    return {i: e.id for e in events for i in annotated.tokens_in(e.span)}
