"""What was read in an article as lines beside its text: each statement with the figures and events that it vouches for.

The lines stand in the order of the text. A figure or an event in no statement is the outlet's own, and has a line of its
own between the statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.rows import FigureRow, StatementRow
from onrecord.ledger.ties import TieRow
from onrecord.reading import Reading
from onrecord.records import EntityType, Span, Status

__all__ = ["EventLine", "Line", "NamedLine", "Ruled", "named", "record_lines"]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A correction as it stands beside a record; `given` where this is not the record corrected but what it was given."""

    row: CorrectionRow
    given: bool

    @property
    def in_force(self) -> bool:
        return self.row.state == "in force" and not self.given


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event with its participants by name. `type` is its PLOVER class, `moment` the TIMEX3 value of its moment."""

    key: str
    text: str
    span: Span
    lemma: str
    type: str | None
    status: Status
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[str, ...]
    moment: str | None
    moment_span: Span | None
    statement: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """A record and what hangs on it: `inner` lines, the ties that lead on from it, and what people ruled about it.

    `key` is its name in the document; `number` that of a statement in the text; `rejected` that a person ruled it no
    record, `unsaid` the speaker that was read where a person ruled that another one said it.
    """

    kind: Literal["statement", "figure", "event"]
    key: str
    row: StatementRow | FigureRow | EventLine
    spans: tuple[Span, ...]
    ties: tuple[TieRow, ...]
    rulings: tuple[Ruled, ...]
    number: int | None = None
    inner: tuple[Line, ...] = ()
    unsaid: str | None = None

    @property
    def rejected(self) -> bool:
        return any(ruled.row.kind == "reject" and ruled.in_force for ruled in self.rulings)


@dataclass(frozen=True, slots=True)
class NamedLine:
    """Somebody or something that the article names, with the first words that name it."""

    key: str
    name: str
    type: EntityType
    ref: str | None
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    mentions: int
    first: Span | None
    rulings: tuple[Ruled, ...]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What hangs on the records of the article, by their keys."""

    ties: Mapping[str | None, tuple[TieRow, ...]]
    rulings: Mapping[str | None, tuple[Ruled, ...]]

    def line(self, kind: Literal["figure", "event"], key: str, row: FigureRow | EventLine) -> Line:
        return Line(kind, key, row, (row.span,), self.ties.get(key, ()), self.rulings.get(key, ()))


def record_lines(
    reading: Reading,
    statements: Sequence[StatementRow],
    figures: Sequence[FigureRow],
    ties: Iterable[TieRow],
    rulings: Iterable[CorrectionRow],
) -> list[Line]:
    """The lines of an article; `statements` and `figures` are its rows in the order of the reading."""
    tied: dict[str | None, tuple[TieRow, ...]] = defaultdict(tuple)
    for tie in ties:
        tied[tie.record] += (tie,)
    beside = _Beside(tied, _by_record(reading.document.id, rulings))
    inner: dict[str | None, list[Line]] = defaultdict(list)
    for figure in figures:
        inner[figure.statement].append(beside.line("figure", figure.id, figure))
    for event in _events(reading):
        inner[event.statement].append(beside.line("event", event.key, event))
    numbers = {statement.id: number for number, statement in enumerate(reading.statements, 1)}
    names = {entity.id: entity.name for entity in reading.entities}
    speakers = {s.id: names[s.speaker] for s in reading.statements if s.speaker is not None}
    lines = [
        Line(
            kind="statement",
            key=row.id,
            row=row,
            spans=row.content_spans,
            ties=beside.ties.get(row.id, ()),
            rulings=beside.rulings.get(row.id, ()),
            number=numbers[row.id],
            inner=tuple(sorted(inner.get(row.id, ()), key=_place)),
            unsaid=speakers.get(row.id) if _has_another_speaker(beside.rulings.get(row.id, ())) else None,
        )
        for row in statements
    ]
    return sorted([*lines, *inner.get(None, ())], key=_place)


def named(reading: Reading, rulings: Iterable[CorrectionRow]) -> list[NamedLine]:
    """Everybody and everything that the article names, those that it speaks of most first."""
    ruled = _by_record(reading.document.id, rulings)
    mentioned: dict[str, list[Span]] = defaultdict(list)
    by_name: dict[str, Span] = {}
    for mention in reading.mentions:
        mentioned[mention.entity].append(mention.span)
        if mention.form == "name":
            by_name.setdefault(mention.entity, mention.span)
    names = {entity.id: entity.name for entity in reading.entities}
    lines = [
        NamedLine(
            key=entity.id,
            name=entity.name,
            type=entity.type,
            ref=entity.ref,
            aliases=entity.aliases,
            roles=tuple(
                dict.fromkeys(
                    f"{role.title} of {names.get(role.of, role.of)}" if role.of else role.title for role in entity.roles
                )
            ),
            mentions=len(mentioned[entity.id]),
            first=by_name.get(entity.id) or min(mentioned[entity.id], default=None),
            rulings=ruled.get(entity.id, ()),
        )
        for entity in reading.entities
    ]
    return sorted(lines, key=lambda line: (-line.mentions, line.name))


def _events(reading: Reading) -> list[EventLine]:
    text = reading.document.text
    names = {entity.id: entity.name for entity in reading.entities}
    return [
        EventLine(
            key=event.id,
            text=event.span.of(text),
            span=event.span,
            lemma=event.lemma,
            type=event.type,
            status=event.status,
            actors=tuple(names[one] for one in event.actor),
            targets=tuple(names[one] for one in event.target),
            places=tuple(names[one] for one in event.place),
            moment=None if event.moment is None else reading.moments[event.moment].value,
            moment_span=None if event.moment is None else reading.moments[event.moment].span,
            statement=event.statement,
            confidence=event.confidence,
        )
        for event in reading.events
    ]


def _by_record(document: str, rulings: Iterable[CorrectionRow]) -> dict[str | None, tuple[Ruled, ...]]:
    """What was ruled about each record of this document, be it the one corrected or the one that it was given."""
    found: dict[str | None, tuple[Ruled, ...]] = defaultdict(tuple)
    for row in rulings:
        if row.document == document and row.record is not None:
            found[row.record] += (Ruled(row, given=False),)
        if row.to_document == document and row.to_record is not None:
            found[row.to_record] += (Ruled(row, given=True),)
    return found


def _has_another_speaker(rulings: Iterable[Ruled]) -> bool:
    return any(one.row.kind == "speaker" and one.in_force for one in rulings)


def _place(line: Line) -> tuple[int, int]:
    """Where a line's words begin; of two that begin together the wider one first."""
    return line.spans[0].start, -line.spans[0].end
