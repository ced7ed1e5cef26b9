"""What each page shows: one dataclass a page, made from the ledger. The page's JSON twin holds the same rows.

Templates see these fields and nothing else; see `app.ROUTES` for the addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from onrecord.ledger import Ledger
from onrecord.ledger.rows import DocumentRow, FigureRow, SearchHit, SpeakerRow, StatementRow
from onrecord.marks import Mark, Segment, cut
from onrecord.reading import Reading
from onrecord.records import Document, Span
from onrecord.views.web.marked import TextBlock, text_blocks

__all__ = [
    "DocumentPage",
    "FiguresPage",
    "FrontPage",
    "Hit",
    "ProblemPage",
    "Query",
    "SearchPage",
    "SpeakerPage",
    "SpeakersPage",
    "StatementsPage",
]

LIMIT = 500
"""Rows a table shows at most: a page of 500 statements is about 400 kB. The page says when there are more."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asked of a table; None for what they left open."""

    speaker: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class FrontPage:
    """`/`: the documents, newest first, from row `start` on; `counts` is the number of each kind of record in all."""

    documents: Sequence[DocumentRow]
    counts: dict[str, int]
    start: int
    before: int | None
    after: int | None

    @classmethod
    def of(cls, ledger: Ledger, start: int = 0) -> FrontPage:
        rows = ledger.documents()
        counts = {"documents": len(rows)}
        counts |= {kind: sum(getattr(row, kind) for row in rows) for kind in ("statements", "figures", "moments")}
        counts["speakers"] = len(ledger.speakers())
        before = max(0, start - LIMIT) if start else None
        after = start + LIMIT if start + LIMIT < len(rows) else None
        return cls(rows[start : start + LIMIT], counts, start, before, after)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """`/documents/ID`: a document, its text in `blocks`, and the rows that lead to their characters in it.

    `found` are the spans that the address asked to mark. Statements and figures come in the order of the text; a
    statement's number is its place in the list. `unread` are the words that looked like a record and were not read as
    one, each with the reason. Its JSON twin is the record schema.
    """

    document: Document
    model: str
    blocks: Sequence[TextBlock]
    statements: Sequence[StatementRow]
    figures: Sequence[FigureRow]
    moments: Sequence[tuple[str, str, Span]]
    unread: Sequence[tuple[str, str, Span]]
    found: Sequence[Span]
    reading: Reading

    @classmethod
    def of(cls, ledger: Ledger, document: str, found: Sequence[Span] = ()) -> DocumentPage:
        """Raises NotInLedger for an unknown document, ValueError for a span of `found` outside its text."""
        reading = ledger.document(document)
        whole = reading.document
        return cls(
            document=whole,
            model=reading.model,
            blocks=text_blocks(reading, found),
            statements=ledger.statements(document=whole.id),
            figures=ledger.figures(document=whole.id),
            moments=[(m.span.of(whole.text), m.value, m.span) for m in reading.moments],
            unread=[(r.span.of(whole.text), r.reason, r.span) for r in reading.rejected],
            found=found,
            reading=reading,
        )

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each statement in the text, by its id."""
        return {row.id: number for number, row in enumerate(self.reading.statements, 1)}

    @property
    def targets(self) -> Sequence[str]:
        """Every anchor in the text, each once."""
        return [name for block in self.blocks for piece in block.pieces for name in piece.anchors]

    def as_json(self) -> dict[str, Any]:
        return self.reading.as_dict()


@dataclass(frozen=True, slots=True)
class StatementsPage:
    """`/statements`: the newest statements that `query` asks for; `more` where there are others beyond them."""

    query: Query
    statements: Sequence[StatementRow]
    more: bool

    @classmethod
    def of(cls, ledger: Ledger, query: Query) -> StatementsPage:
        """Raises LedgerError for a date that is none."""
        rows = ledger.statements(
            speaker=query.speaker, about=query.about, since=query.since, until=query.until, limit=LIMIT + 1
        )
        return cls(query, rows[:LIMIT], len(rows) > LIMIT)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """`/figures`: the newest figures that `query` asks for; `more` where there are others beyond them."""

    query: Query
    figures: Sequence[FigureRow]
    more: bool

    @classmethod
    def of(cls, ledger: Ledger, query: Query) -> FiguresPage:
        """Raises LedgerError for a date that is none."""
        rows = ledger.figures(
            speaker=query.speaker, about=query.about, since=query.since, until=query.until, limit=LIMIT + 1
        )
        return cls(query, rows[:LIMIT], len(rows) > LIMIT)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SpeakersPage:
    """`/speakers`: everybody who is on record, those with the most statements first."""

    speakers: Sequence[SpeakerRow]

    @classmethod
    def of(cls, ledger: Ledger) -> SpeakersPage:
        return cls(ledger.speakers())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """`/speakers/KEY`: what one speaker said, in the order of saying; undated statements stand last."""

    speaker: SpeakerRow | None
    name: str
    statements: Sequence[StatementRow]

    @classmethod
    def of(cls, ledger: Ledger, key: str) -> SpeakerPage:
        """`key` may be a name too, as in an address that was made before the speaker had another key.

        Raises NotInLedger where nobody has this key.
        """
        rows = sorted(ledger.speaker(key), key=lambda row: row.said_on or row.published or "9999")
        meant = {row.speaker_key for row in rows}
        speaker = next((row for row in ledger.speakers() if {row.key} == meant), None)
        return cls(speaker, speaker.name if speaker else key, rows)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Hit:
    """A search hit with its excerpt cut at the words that were found (segments with the label "found")."""

    row: SearchHit
    excerpt: Sequence[Segment[str]]

    @classmethod
    def of(cls, row: SearchHit) -> Hit:
        # An excerpt of several pieces has gaps between them, so that offsets into the document do not carry over to it.
        if len(row.spans) != 1:
            return cls(row, cut(row.excerpt, []))
        shift = row.spans[0].start
        return cls(row, cut(row.excerpt, [Mark(Span(s - shift, e - shift), "found") for s, e in row.hits]))


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`/search?words=`: the statements and documents that hold the words; no hits where no words were given."""

    words: str
    hits: Sequence[Hit]

    @classmethod
    def of(cls, ledger: Ledger, words: str) -> SearchPage:
        return cls(words, [Hit.of(row) for row in ledger.search(words)] if words else [])

    def as_json(self) -> dict[str, Any]:
        return {"words": self.words, "hits": [asdict(hit.row) for hit in self.hits]}


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What stands where a page cannot: the HTTP status and, in words, why."""

    status: int
    reason: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
