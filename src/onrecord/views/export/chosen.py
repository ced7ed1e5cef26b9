"""The part of a ledger that is exported: some of its articles, what was read in them, and what follows from them.

Articles are chosen by story and by the day of publication; everything else goes with the articles it stands in. Articles
come newest first, as `Ledger.documents` gives them; what was read in one comes in the order of its text. One article is
held at a time, so that an export takes the memory of its longest article and not of the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from onrecord.errors import LedgerError
from onrecord.ledger import UNNAMED, DocumentRow, FigureRow, Ledger, SpeakerRow, StatementRow
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.dates import days, range_bounds
from onrecord.ledger.identity.keyed import Known, known
from onrecord.ledger.series.rows import SeriesRow
from onrecord.ledger.stories.rows import StoryRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.reading import Reading

__all__ = ["Article", "Chosen", "Selection", "Voice"]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles: of one story (its id, or that of a document in it), published in a range of days, months or years.

    Both ends are included. An article without a date with a year lies in no range.
    """

    story: str | None = None
    since: str | None = None
    until: str | None = None

    @property
    def whole(self) -> bool:
        """Whether everything is chosen."""
        return self == Selection()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something: the name, and who that is across documents where the ledger knows. `ruled`: a person said so."""

    name: str
    known: Known | None
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One article with all that was read in it, also what people rejected. `figures` are in the order of
    `reading.figures`.

    `known` are the entities (`e3`) that are somebody across documents; `rulings` are people's corrections in force, by
    the record that they correct; `voices` say who speaks, as read or as people ruled, by the statement's id.
    """

    row: DocumentRow
    reading: Reading
    statements: tuple[StatementRow, ...]
    figures: tuple[FigureRow, ...]
    known: Mapping[str, Known]
    rulings: Mapping[str, tuple[CorrectionRow, ...]]
    voices: Mapping[str, Voice]

    @property
    def text(self) -> str:
        return self.reading.document.text

    def rejected(self, record: str) -> bool:
        """Whether a person ruled that this record counts as not read."""
        return any(ruling.kind == "reject" for ruling in self.rulings.get(record, ()))

    def confirmed(self, record: str) -> bool:
        """Whether a person ruled that this record is certain."""
        return any(ruling.kind == "confirm" for ruling in self.rulings.get(record, ()))


class Chosen:
    """What a selection takes from a ledger, asked for when it is wanted."""

    def __init__(self, ledger: Ledger, selection: Selection | None = None) -> None:
        """Raises NotInLedger for an unknown story, LedgerError for a range that is none."""
        self.ledger = ledger
        self.selection = selection or Selection()
        self._story = ledger.stories(self.selection.story)[0] if self.selection.story is not None else None
        self._bounds = range_bounds(self.selection.since, self.selection.until)

    @cached_property
    def documents(self) -> tuple[DocumentRow, ...]:
        """The chosen articles, newest first."""
        members = frozenset(self._story.members) if self._story is not None else None
        rows = (row for row in self.ledger.documents() if members is None or row.id in members)
        return tuple(row for row in rows if self._within(row.published))

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(row.id for row in self.documents)

    def holds(self, document: str) -> bool:
        """Whether the article with this id is among the chosen."""
        return document in self._ids

    def articles(self) -> Iterator[Article]:
        """The chosen articles with all that was read in them, one at a time."""
        for row in self.documents:
            yield self.article(row)

    def article(self, row: DocumentRow) -> Article:
        """One article with all that was read in it. Raises LedgerError where it is being read again meanwhile."""
        figures = tuple(self.ledger.figures(document=row.id, rejected=True))
        reading = self.ledger.document(row.id)
        if [figure.span for figure in figures] != [figure.span for figure in reading.figures]:
            raise LedgerError(f"{self.ledger.name}: {row.id[:12]} was read again during the export; start it again")
        statements = tuple(self.ledger.statements(document=row.id, rejected=True))
        people, rulings = known(self.ledger, row.id), self._rulings.get(row.id, {})
        speakers = {statement.id: statement.speaker for statement in reading.statements}
        voices = {
            said.id: self._ruled(rulings.get(said.id, ()))
            or Voice(said.speaker or said.source or UNNAMED, people.get(speakers[said.id] or ""))
            for said in statements
        }
        return Article(row, reading, statements, figures, people, rulings, voices)

    def statements(self) -> Iterator[StatementRow]:
        for row in self.documents:
            yield from self.ledger.statements(document=row.id)

    def figures(self) -> Iterator[FigureRow]:
        for row in self.documents:
            yield from self.ledger.figures(document=row.id)

    def readings(self) -> Iterator[Reading]:
        for row in self.documents:
            yield self.ledger.document(row.id)

    def speakers(self) -> Iterator[SpeakerRow]:
        """Those who speak in the chosen articles; what a row counts is counted in the whole ledger."""
        if self.selection.whole:
            yield from self.ledger.speakers()
            return
        keys = {row.speaker_key for row in self.statements()}
        yield from (row for row in self.ledger.speakers() if row.key in keys)

    def stories(self) -> Iterator[StoryRow]:
        """The stories of the chosen articles, each with all its members."""
        if self._story is not None:
            yield self._story
            return
        for story in self.ledger.stories():
            if self.selection.whole or any(map(self.holds, story.members)):
                yield story

    def copies(self) -> Iterator[CopyRow]:
        yield from (row for row in self.ledger.copies() if self.holds(row.document))

    def claims(self) -> Iterator[ClaimRow]:
        """Claims that somebody makes, denies or leaves open in a chosen article, whole."""
        for story in self.stories():
            yield from self.claims_of(story)

    def claims_of(self, story: StoryRow) -> Iterator[ClaimRow]:
        """Those of one story."""
        for claim in self.ledger.claims(story=story.id):
            if self.selection.whole or any(self.holds(member.document) for member in claim.members):
                yield claim

    def series(self) -> Iterator[SeriesRow]:
        """Series that a chosen article gives a value for, whole."""
        for story in self.stories():
            for row in self.ledger.series(story=story.id):
                places = (place.document for point in row.points for place in point.places)
                if self.selection.whole or any(map(self.holds, places)):
                    yield row

    def conflicts(self) -> Iterator[ConflictRow]:
        """Conflicts of which a side stands in a chosen article, whole."""
        for story in self.stories():
            for row in self.ledger.conflicts(story=story.id):
                if self.selection.whole or self.holds(row.a.document) or self.holds(row.b.document):
                    yield row

    def timeline(self) -> Iterator[TimelineRow]:
        """The entries of the chosen articles, story by story."""
        for story in self.stories():
            yield from (row for row in self.ledger.timeline(story.id) if self.holds(row.document))

    def corrections(self) -> Iterator[CorrectionRow]:
        """Corrections of records of the chosen articles, oldest first."""
        yield from (row for row in self._log if self.selection.whole or self.holds(row.document))

    @cached_property
    def models(self) -> tuple[str, ...]:
        """Names and versions of the weights that read the chosen articles."""
        return tuple(sorted({row.model for row in self.documents}))

    @cached_property
    def _log(self) -> tuple[CorrectionRow, ...]:
        return tuple(self.ledger.corrections())

    @cached_property
    def _rulings(self) -> dict[str, dict[str, tuple[CorrectionRow, ...]]]:
        found: dict[str, dict[str, tuple[CorrectionRow, ...]]] = defaultdict(lambda: defaultdict(tuple))
        for row in self._log:
            if row.state == "in force" and row.kind != "undo" and row.record is not None:
                found[row.document][row.record] += (row,)
        return found

    @property
    def rejections(self) -> int:
        """How many records of the chosen articles people rejected: they are in no count of a row."""
        ruled = (
            ruling
            for document in self._ids
            for rulings in self._rulings.get(document, {}).values()
            for ruling in rulings
        )
        return sum(ruling.kind == "reject" for ruling in ruled)

    def _ruled(self, rulings: tuple[CorrectionRow, ...]) -> Voice | None:
        """Who speaks as people ruled last; None where nobody ruled."""
        ruling = next((ruling for ruling in reversed(rulings) if ruling.kind == "speaker"), None)
        if ruling is None or ruling.to is None:
            return None
        elsewhere = known(self.ledger, ruling.to_document) if ruling.to_document is not None else {}
        return Voice(ruling.to, elsewhere.get(ruling.to_record or ""), ruled=True)

    def _within(self, published: str | None) -> bool:
        since, until = self._bounds
        if since is None and until is None:
            return True
        found = days(published)
        return found is not None and (since is None or found[1] >= since) and (until is None or found[0] <= until)
