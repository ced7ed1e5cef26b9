"""The records of a reading as rows of one table: what `onrecord read --format csv` prints, a line a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.reading import Reading
from onrecord.records import Span
from onrecord.views.wording import UNNAMED, quoted

__all__ = ["RecordRow", "record_rows"]


_Kind = Literal["statement", "figure", "moment", "event"]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record. `words` are those at `spans`, `record` is its id in the document (`s1`, `f0`, `m0`, `v1`).

    `who` said it, vouches for it or did it (None: the outlet in its own voice, or nobody is named), `what` is the act,
    what is counted, or the event's lemma; `low` and `high` are a figure's ends; `on` is the day it was said or happened;
    `statement` is the one that it stands in.
    """

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    kind: _Kind
    record: str
    spans: tuple[Span, ...]
    words: str
    who: str | None = None
    what: str | None = None
    low: float | None = None
    high: float | None = None
    on: str | None = None
    status: str | None = None
    statement: str | None = None
    confidence: float | None = None


def record_rows(reading: Reading) -> Iterator[RecordRow]:
    """Statements, figures, moments and events of one document, each kind in the order of the text."""
    names = {entity.id: entity.name for entity in reading.entities}
    speakers = {one.id: reading.speaker_of(one) or UNNAMED for one in reading.statements}
    events = {event.id: event for event in reading.events}
    row = _Rows(reading)
    for one in reading.statements:
        yield row.of(
            "statement",
            one.id,
            one.content,
            who=speakers[one.id],
            what=f"not {one.act}" if one.negated else one.act,
            on=one.said_on,
            statement=one.within,
            confidence=one.confidence,
        )
    for place, figure in enumerate(reading.figures):
        event = events.get(figure.event or "")
        yield row.of(
            "figure",
            f"f{place}",
            (figure.span,),
            who=speakers.get(figure.statement or ""),
            what=figure.unit or (figure.counted and figure.counted.noun),
            low=figure.low,
            high=figure.high,
            on=row.day(None if event is None else event.moment),
            status=None if event is None else event.status,
            statement=figure.statement,
            confidence=figure.confidence,
        )
    for place, moment in enumerate(reading.moments):
        yield row.of("moment", f"m{place}", (moment.span,), what=moment.type, on=moment.value)
    for happened in reading.events:
        yield row.of(
            "event",
            happened.id,
            (happened.span,),
            who="; ".join(names[actor] for actor in happened.actor if actor in names) or None,
            what=happened.lemma,
            on=row.day(happened.moment),
            status=happened.status,
            statement=happened.statement,
            confidence=happened.confidence,
        )


class _Rows:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def day(self, moment: int | None) -> str | None:
        return None if moment is None else self._reading.moments[moment].value

    def of(self, kind: _Kind, record: str, spans: tuple[Span, ...], **values: Any) -> RecordRow:
        document = self._reading.document
        facts = (document.id, document.title, document.publisher, document.published)
        return RecordRow(*facts, kind, record, spans, quoted(document.text, spans), **values)
