"""What the ledger answers with: one frozen row a record, readable as it stands, with the spans of its cells.

`document` is always the document's id (SHA-256), and spans are offsets into that document's text. A missing value is
None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from onrecord.records import Act, Bound, Change, EntityType, Manner, Span, Status, Tally

__all__ = [
    "UNNAMED",
    "DocumentRow",
    "FigureRow",
    "OverviewRow",
    "Receipt",
    "SearchHit",
    "SpeakerRow",
    "StatementRow",
    "SuggestionKind",
    "SuggestionRow",
]

# Who vouches where a statement has neither a speaker nor words for its source ("it was announced that …").
UNNAMED = "unnamed source"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one input. `counts` is how many of each kind of record the ledger now holds of it.

    `name` is the input: the file, with the title or address of the article where it holds several. Refused inputs have
    a `reason`, and no document id where they never became a document; an article that was read as a feed holds it has the
    `reason` why its page was not.
    """

    name: str
    document: str | None
    outcome: Literal["added", "known", "replaced", "refused"]
    counts: dict[str, int] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document, with the number of its characters and of each kind of record read in it.

    Statements, figures and events that people rejected are not counted; `rejected` are words that the reader gave up on.
    """

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    author: str | None
    url: str | None
    lang: str | None
    model: str
    characters: int
    entities: int
    mentions: int
    statements: int
    moments: int
    figures: int
    events: int
    rejected: int


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement. `id` and `within` are the ids of the reading (`s3`), unique in their document.

    `source`, `cue` and `content` are the words as they stand, the pieces of interrupted words joined by " … ".
    `speaker_key` is the speaker's key across documents (see SpeakerRow). The speaker is the one whom people ruled to have
    said it, where they did; `ruled` is the id of the last correction in force about the speaker or that it is certain (or,
    of a rejected statement that was asked for, that it is none). `confidence` is the reading's.
    """

    id: str
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    speaker: str | None
    speaker_ref: str | None
    speaker_key: str | None
    source: str | None
    cue: str | None
    content: str
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]
    manner: Manner
    act: Act
    negated: bool
    said_on: str | None
    within: str | None
    confidence: float
    ruled: str | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure. `id` is its place among those of its document (`f0` is the first).

    `text` is the number with its bound words, `context` the sentence it stands in.

    `event` is the lemma of the event it takes part in, `status` and `moment` (a TIMEX3 value) are that event's. `of`
    is the name of the entity that the counted belong to. `voucher` is who vouches for the figure: the speaker's name,
    else the words for the source, else "unnamed source"; None is the outlet's own voice. `statement` and `said_on` are
    those of the statement it stands in. Where people rejected that, the figure is the outlet's own, and its day stays.

    `ruled` is the id of the last correction in force about who vouches for it or that it is certain; `confidence` is the
    reading's.
    """

    id: str
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    change: Change | None
    tally: Tally | None
    noun: str | None
    of: str | None
    text: str
    span: Span
    counted_span: Span | None
    context: str
    context_span: Span
    event: str | None
    status: Status | None
    moment: str | None
    voucher: str | None
    voucher_key: str | None
    statement: str | None
    said_on: str | None
    confidence: float
    ruled: str | None


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Somebody who is on record, over all documents: who is one with whom is told by `who`, with the evidence.

    `key` is the ref (`iso3166:KP`) or, where none is known, the id across stories (`p` and 12 hex digits). `name`
    is the form of most statements, or what people ruled.
    `first` and `last` are the earliest and latest date of the statements, as written:
    `said_on`, or the publication date where that is missing; None where no statement has a date with a year.
    """

    key: str
    name: str
    ref: str | None
    type: EntityType
    statements: int
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document or a statement that holds the words. `excerpt` is the words at `spans`, `hits` are the words found.

    For a statement the excerpt is its whole content; for a document the surroundings of the first word found. `hits`
    is empty where the words stand elsewhere: in the title, in the source, in the speaker's name.
    """

    kind: Literal["statement", "document"]
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    statement: str | None
    speaker: str | None
    excerpt: str
    spans: tuple[Span, ...]
    hits: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """How much a ledger holds. `contested` are the claims that somebody denies, `moved` the series of which the best value
    changed, `copies` the groups of articles that print one text; `first` and `last` are days of publication.
    """

    documents: int
    stories: int
    speakers: int
    statements: int
    figures: int
    moments: int
    events: int
    claims: int
    contested: int
    series: int
    moved: int
    conflicts: int
    copies: int
    corrections: int
    first: str | None
    last: str | None


SuggestionKind = Literal["speaker", "story", "claim", "series", "document"]


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """Something whose words begin as those that were typed. `id` is a speaker's key, or the id of the others; `detail`
    tells it from others of the same `text`.
    """

    kind: SuggestionKind
    id: str
    text: str
    detail: str | None
