"""What is recorded of one thing that can be corrected, and what could be said of it instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from onrecord.errors import NotInLedger
from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Subject, Voice
from onrecord.ledger.identity.rows import MergeRow, PersonRow
from onrecord.ledger.ids import derived_id
from onrecord.ledger.rows import FigureRow, StatementRow
from onrecord.reading import Reading
from onrecord.records import Entity, Event, Span

__all__ = ["Correctable", "Happening", "Join", "SeriesChoice", "correctable"]

_SERIES = 100  # of the story of a figure, those with the newest figures
_JOINS = 60  # pairs of articles whose namesakes were taken for one
_ALIKE = 12
_AROUND = 120  # characters on each side of the words of an event


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: its words with some text on both sides, its status and class, and who takes part, by name."""

    before: str
    words: str
    after: str
    span: Span
    status: str
    type: str | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """A series of the story; `own` is the one that the figure is in."""

    id: str
    what: str
    own: bool


@dataclass(frozen=True, slots=True)
class Join:
    """Why two were taken for one, and what to call them by in a ruling that they are not: `<document>:e3`."""

    row: MergeRow
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Correctable:
    """One of `statement`, `figure`, `event`, `entity`, from the document with this title.

    An entity that the ledger knows across documents has its `person`, the `joins` that made it one, and `alike`, others
    whose names are like its own. `voices` may have said a statement, a figure may belong to one of `series`.
    """

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    statement: StatementRow | None = None
    figure: FigureRow | None = None
    event: Happening | None = None
    entity: Entity | None = None
    person: PersonRow | None = None
    voices: Sequence[Voice] = ()
    series: Sequence[SeriesChoice] = ()
    joins: Sequence[Join] = ()
    alike: Sequence[PersonRow] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def correctable(ledger: Ledger, subject: Subject) -> Correctable:
    """What is recorded of `subject`. Raises NotInLedger where it is gone meanwhile."""
    reading = ledger.document(subject.document)
    document = reading.document
    facts = (document.id, document.title, document.publisher, document.published)
    match subject.kind:
        case "statement":
            statements = ledger.statements(document=document.id, rejected=True)
            statement = next(row for row in statements if row.id == subject.record)
            return Correctable(*facts, statement=statement, voices=ledger.voices(subject.name))
        case "figure":
            span = reading.figures[int(subject.record[1:])].span
            figure = next(row for row in ledger.figures(document=document.id, rejected=True) if row.span == span)
            return Correctable(*facts, figure=figure, series=_series(ledger, subject))
        case "event":
            event = next(event for event in reading.events if event.id == subject.record)
            return Correctable(*facts, event=_happening(reading, event))
        case "entity":
            entity = next(entity for entity in reading.entities if entity.id == subject.record)
            person = _person(ledger, subject)
            joins = _joins(ledger, subject, person) if person is not None else []
            return Correctable(*facts, entity=entity, person=person, joins=joins, alike=_alike(ledger, entity, person))


def _series(ledger: Ledger, subject: Subject) -> list[SeriesChoice]:
    mine = derived_id("f", subject.document, subject.record)
    try:
        own = ledger.series(mine)[0].id
    except NotInLedger:  # a figure that no series takes: a year, an age, a rejected one
        own = None
    story = ledger.stories(subject.document)[0].id
    return [SeriesChoice(row.id, row.what, row.id == own) for row in ledger.series(story=story, limit=_SERIES)]


def _happening(reading: Reading, event: Event) -> Happening:
    text = reading.document.text
    names = {entity.id: entity.name for entity in reading.entities}
    around = next((b.span for b in reading.document.blocks if b.span.overlaps(event.span)), Span(0, len(text)))
    start, end = event.span
    return Happening(
        before=text[max(around.start, start - _AROUND) : start],
        words=text[start:end],
        after=text[end : min(around.end, end + _AROUND)],
        span=event.span,
        status=event.status,
        type=event.type,
        actors=tuple(names[one] for one in event.actor),
        targets=tuple(names[one] for one in event.target),
        places=tuple(names[one] for one in event.place),
    )


def _person(ledger: Ledger, subject: Subject) -> PersonRow | None:
    """Who an entity is across documents; None for "three men", who are nobody's elsewhere."""
    return next(iter(ledger.who(derived_id("p", subject.document, subject.record))), None)


def _joins(ledger: Ledger, subject: Subject, person: PersonRow) -> list[Join]:
    members: dict[str, list[str]] = defaultdict(list)
    for document, record in subject.members:
        members[document].append(record)
    readings: dict[str, Reading] = {}

    def member(document: str, span: Span) -> str | None:
        keys = members[document]
        if len(keys) > 1:  # two of one article were taken for one: the one that these words name
            if document not in readings:
                readings[document] = ledger.document(document)
            at = {mention.entity for mention in readings[document].mentions if mention.span == span}
            keys = [key for key in keys if key in at]
        return f"{document}:{keys[0]}" if keys else None

    found: dict[tuple[str, str], Join] = {}
    for row in person.merges:
        one, other = member(row.document, row.span), member(row.other_document, row.other_span)
        if one is not None and other is not None and one != other and len(found) < _JOINS:
            found.setdefault((one, other), Join(row, one, other))
    return list(found.values())


def _alike(ledger: Ledger, entity: Entity, person: PersonRow | None) -> list[PersonRow]:
    """Others who answer to the name; of a person also those who answer to the last word of it alone."""
    wanted = entity.name.rsplit(maxsplit=1)[-1] if entity.type == "person" else entity.name
    found = ledger.who(wanted, limit=_ALIKE + 1)
    return [row for row in found if person is None or row.id != person.id][:_ALIKE]
