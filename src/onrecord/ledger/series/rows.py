"""What a question about figure series is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.ledger.series.best import Trend
from onrecord.ledger.series.count import Part, Scope
from onrecord.ledger.series.grouping import Firmness
from onrecord.records import Bound, Change, Span, Status, Tally

__all__ = ["BestRow", "PlaceRow", "PointRow", "SeriesRow"]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One count that gives a value. `document` is its hash, `spans` are code points of its text and `words` their text."""

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    record: str
    spans: tuple[Span, ...]
    words: str
    context: str
    context_span: Span


@dataclass(frozen=True, slots=True)
class PointRow:
    """One value by one holder at one time. The span, words and document are those of the first of its places.

    Three times: `reported` (publication), `as_of` (what it is true for; None where nobody knows), and the first and last
    day of what is counted. `copies` are further documents that give it with a copied text.
    """

    document: str
    spans: tuple[Span, ...]
    words: str
    context: str
    low: float | None
    high: float | None
    bound: Bound
    holder: str
    name: str
    outlet: bool
    status: Status
    tally: Tally | None
    change: Change | None
    reported: str | None
    as_of: str | None
    event_first: str | None
    event_last: str | None
    copies: int
    best: bool
    places: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class BestRow:
    """The current best value; None: open. `disputed` where holders give values that exclude each other."""

    low: float | None
    high: float | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """Figures of one thing in one story, in time order. `best` is None for increments, statistics and denied figures' own
    lack of one; `what` says in plain words what is counted."""

    id: str
    story: str
    what: str
    thing: str | None
    event: str | None
    unit: str | None
    whose: str | None
    firmness: Firmness
    tally: Tally
    part: Part
    scope: Scope
    trend: Trend
    best: BestRow | None
    points: tuple[PointRow, ...]
