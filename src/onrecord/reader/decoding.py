"""Annotated → Reading: the decoders, each fed with what those before it read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from onrecord.patience import check_time
from onrecord.reader.annotated import Annotated
from onrecord.reader.confidence import fitted_to
from onrecord.reader.entities import gather
from onrecord.reader.events import EventContext, read_events
from onrecord.reader.figures import FigureContext, read_figures
from onrecord.reader.models import model_of
from onrecord.reader.moments import read_moments
from onrecord.reader.statements import read_statements
from onrecord.reading import Reading
from onrecord.records import Entity, Event

__all__ = ["decode"]


def decode(annotated: Annotated, model: str) -> Reading:
    """Moments, entities, statements, events and figures; `model` is the name that the reading bears."""
    with fitted_to(model_of(model)):
        return _decoded(annotated, model)


def _decoded(annotated: Annotated, model: str) -> Reading:
    document = annotated.document
    moments, not_moments = read_moments(annotated, document.published)
    check_time()
    cast = gather(annotated)
    check_time()
    statements = read_statements(annotated, cast, moments, document.published)
    check_time()
    entities, mentions = cast.entities(), cast.mentions()
    events, not_events = read_events(annotated, EventContext(moments, statements, mentions, entities))
    check_time()
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
