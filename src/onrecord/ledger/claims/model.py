"""A proposition: one thing that a document asserts, denies, or leaves open, as far as comparing it needs.

Everything in it comes from one reading; who is who and what has been ruled come in when the claims of a story are made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from onrecord.records import Span

__all__ = ["Entry", "Facts", "Happening", "Named", "Proposition", "Quantity", "Stance", "Term", "from_json", "to_json"]

Stance = Literal["holds", "denies", "neither"]
Mode = Literal["fact", "demand", "question"]
Voice = Literal["statement", "outlet", "headline"]


class Term(NamedTuple):
    """A word that tells something: its concept, its weight (see `lexicon.weight`), and where it stands."""

    concept: str
    weight: int
    span: Span


class Named(NamedTuple):
    """A mention of an entity. `by_name` is False for "the company", "the dam": its words stand among the terms too.

    `known` is False where the document never names the entity, only describes it ("two officials").
    """

    entity: str
    by_name: bool
    known: bool
    span: Span


class Happening(NamedTuple):
    """An event in a proposition, with its word as a concept; `start` and `end` are the half-open days of its moment."""

    key: str
    concept: str
    lemma: str
    type: str | None
    actor: tuple[str, ...]
    target: tuple[str, ...]
    place: tuple[str, ...]
    start: str | None
    end: str | None
    status: str
    span: Span


class Quantity(NamedTuple):
    """A figure in a proposition; `noun` is the concept of what is counted and `thing` its lemma, `event` the concept of
    what happened to it.
    """

    key: str
    low: float | None
    high: float | None
    about: bool
    noun: str | None
    thing: str | None
    unit: str | None
    event: str | None
    change: str | None
    tally: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Proposition:
    """One thing asserted, denied or left open.

    `record` is the statement's id for the first part of a statement; for the others, and for the outlet's own sentences,
    the event or figure that anchors it. `speaker` is an entity of the document, `source` the words for a speaker who
    is none; both None for the outlet. `reporters` are the statements that this one is nested in, innermost first.
    `negative` says that the content itself is negated ("no damage was found"); what is denied is kept as it would be if
    it were so, with the stance `denies`. `refers` says that its words point at what was said before ("this", "the
    claim") and say nothing themselves; `rebuts` that it also calls what was said before untrue. `withdraws` says that
    the speaker takes something back, `admits` that what is said is conceded, `again` that it was said before ("still
    denies"). `main` is the concept of its first telling verb.
    """

    record: str
    statement: str | None
    spans: tuple[Span, ...]
    voice: Voice
    speaker: str | None
    source: str | None
    reporters: tuple[str, ...]
    act: str
    negated: bool
    stance: Stance
    mode: Mode
    negative: bool
    refers: str | None
    rebuts: bool
    withdraws: bool
    admits: bool
    again: bool
    said_on: str | None
    confidence: float
    main: str | None
    terms: tuple[Term, ...]
    named: tuple[Named, ...]
    happenings: tuple[Happening, ...]
    quantities: tuple[Quantity, ...]

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end

    def words(self, text: str) -> str:
        return " … ".join(span.of(text) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity that propositions speak of: its name, its type, and the bodies whose roles it holds (entities, or words)."""

    name: str
    type: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the claims room keeps of a document. `speakers` gives each statement its speaker, an entity's id.

    `credit` is the agency whose text it prints, by its dateline or byline, or who declares it ("We, the leaders of …");
    None where it names none.
    """

    propositions: tuple[Proposition, ...]
    entities: Mapping[str, Entry]
    speakers: Mapping[str, str]
    credit: str | None = None


_FIELDS = attrgetter(*Proposition.__slots__)


def to_json(proposition: Proposition) -> tuple[Any, ...]:
    """The fields in order, which `json` writes as lists, and those of the parts as well: a third of the size that names
    would take."""
    fields: tuple[Any, ...] = _FIELDS(proposition)
    return fields


def from_json(row: Sequence[Any]) -> Proposition:
    record, statement, spans, voice, speaker, source, reporters, *rest, terms, named, happenings, quantities = row
    fields: list[Any] = [
        *(record, statement, tuple([Span(*span) for span in spans]), voice, speaker, source, tuple(reporters), *rest),
        tuple([Term(concept, weight, Span(*span)) for concept, weight, span in terms]),
        tuple([Named(entity, by_name, known, Span(*span)) for entity, by_name, known, span in named]),
        tuple([_happening(*happening) for happening in happenings]),
        tuple([Quantity._make((*quantity, Span(*span))) for *quantity, span in quantities]),
    ]
    return Proposition(*fields)


def _happening(*fields: Any) -> Happening:
    *word, actor, target, place, start, end, status, span = fields
    return Happening._make((*word, tuple(actor), tuple(target), tuple(place), start, end, status, Span(*span)))
