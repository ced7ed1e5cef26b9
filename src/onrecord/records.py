"""The record types that every room of Onrecord shares: plain, frozen, and always anchored in the text.

Offsets are Unicode code points into `Document.text`, end exclusive. Dates are EDTF / ISO 8601 strings, because news
gives dates of every precision (`2015`, `2015-W37`, `XXXX-10-18`) and a `datetime.date` would have to invent the rest.
A missing value is None, never "" or 0. The JSON form is schema version 1 (see docs/reference/schema.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

SCHEMA_VERSION = 1

BlockKind = Literal["heading", "paragraph", "quote", "list", "caption", "boilerplate"]
EntityType = Literal["person", "organisation", "country", "place", "people", "facility", "product", "event"]
MentionForm = Literal["name", "nominal", "pronoun", "metonym"]
Manner = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "say", "confirm", "deny", "warn", "demand", "promise", "predict", "judge", "ask", "thank", "report", "think"
]
MomentType = Literal["date", "time", "duration", "set"]
Edge = Literal["from", "until", "before", "after", "about"]
Bound = Literal["exactly", "about", "at least", "at most", "more than", "less than", "between"]
Change = Literal["up", "down", "up to", "down to", "up from", "down from"]
Tally = Literal["total", "increment"]
Status = Literal["happened", "ongoing", "planned", "expected", "possible", "demanded", "conditional", "denied"]


class Span(NamedTuple):
    """A half-open range of code points: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly in this span; a span covers itself."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page: its span (without the newline that ends it) and what it is."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One date that a document offered as its publication date, and where it was offered (`meta`, `json-ld`, `url` …)."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article as stored: the text that all spans refer to, and what is known about the page it came from.

    `id` is the SHA-256 (hex) of the raw bytes read. `published` is the ISO 8601 date or date-time that was chosen;
    `dates` are all that competed for it. `blocks` cover the text in order without overlapping.
    """

    id: str
    text: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    lang: str | None = None
    blocks: tuple[Block, ...] = ()
    dates: tuple[DateCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A title that an entity holds: "Secretary General" `of` NATO (an entity id, or the words where unresolved)."""

    title: str
    of: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something the document names: its best name, the other forms, its roles, a reference id if known."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text that stands for an entity."""

    span: Span
    entity: str
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody said, wrote, confirmed, denied, demanded, thought something, and the article reports it."""

    id: str
    source: tuple[Span, ...]
    speaker: str | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    manner: Manner
    act: Act
    negated: bool
    said_on: str | None
    within: str | None
    confidence: float

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError(f"statement {self.id} has no content")


@dataclass(frozen=True, slots=True)
class Moment:
    """A temporal expression: its TIMEX3 `value`, and the half-open interval of ISO dates it spans where that is known."""

    span: Span
    type: MomentType
    value: str
    start: str | None = None
    end: str | None = None
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts: the words, the lemma of their head noun, and the entity they belong to or come from.

    `noun` is None where the figure has a unit instead: then `span` is the word for what was measured ("shares" in
    "shares of Ford fell 3%"), or for the owner itself ("Ford fell 3%"), and `of` is never None.
    """

    span: Span
    noun: str | None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts or measures something: an interval `low`..`high` (None = open), how it is bound, its unit.

    `unit` is None for counts, else `%`, an ISO 4217 code (`USD`) or a UCUM code (`km`). `event` is the id of the event
    it takes part in; `statement` the id of the statement that vouches for it, None for the outlet's own voice.
    `change` says that the figure is the amount by which something rose or fell ("up", "down"), or the level that it
    came to or from ("up to", "down from"); None where no word says so. `tally` is "increment" for what comes on top of
    others ("another 40"), "total" for what holds them all ("bringing the toll to 52"); None where no word says so.
    `or_events` are the events besides `event` of a figure that counts what was in any of them: "killed or wounded".
    """

    span: Span
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    counted: Counted | None
    event: str | None
    statement: str | None
    confidence: float
    change: Change | None = None
    tally: Tally | None = None
    or_events: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a figure needs at least one end")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, goes on, is planned, denied …: `span` is the word that says it (the trigger)."""

    id: str
    span: Span
    lemma: str
    type: str | None
    actor: tuple[str, ...]
    target: tuple[str, ...]
    place: tuple[str, ...]
    moment: int | None
    status: Status
    statement: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Rejected:
    """Words that looked like a record but could not be read as one, and why. Counted and shown, never dropped silently."""

    reason: str
    span: Span
