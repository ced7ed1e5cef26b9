"""What a ledger tells from many articles together: copies, stories, people, claims, series of figures, conflicts."""

from __future__ import annotations

from collections.abc import Collection

from onrecord.answer import Answer
from onrecord.ledger import checking
from onrecord.ledger.cited import cited
from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.claims.queries import claims
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.conflicts.rows import ConflictRow, Rule
from onrecord.ledger.conflicts.store import conflicts
from onrecord.ledger.copies.differences import differences
from onrecord.ledger.copies.rows import CopyRow, DifferenceRow
from onrecord.ledger.copies.store import copies
from onrecord.ledger.database import reading
from onrecord.ledger.identity.rows import PersonRow
from onrecord.ledger.identity.who import who
from onrecord.ledger.opened import Opened
from onrecord.ledger.paging import listed
from onrecord.ledger.scenes import toll_of
from onrecord.ledger.series.course import StepRow, course
from onrecord.ledger.series.points import Interval
from onrecord.ledger.series.queries import series
from onrecord.ledger.series.rows import SeriesRow
from onrecord.ledger.stories.contents import StoryContents, contents
from onrecord.ledger.stories.places import places
from onrecord.ledger.stories.rows import MapRow, StoryRow
from onrecord.ledger.stories.store import stories
from onrecord.ledger.ties import TieRow, ties
from onrecord.ledger.timeline import TimelineRow, timeline
from onrecord.reading import Reading
from onrecord.records import Document

__all__ = ["Telling"]


class Telling(Opened):
    """The questions about what follows from many articles.

    Whatever has an id of its own (`c…` claim, `f…` series, `y…` copy group, `t…` story, `p…` person) is found by it, and
    by the id that any other of its members would give it: a citation stays good when an earlier article arrives.
    """

    def stories(
        self, wanted: str | None = None, *, limit: int | None = None, after: str | None = None
    ) -> Answer[StoryRow]:
        """Articles about one event and what followed, those with the latest articles first.

        `wanted`: a story's id, or a document's or the beginning of it. Raises NotInLedger where there is none.
        """
        with reading(self._engine, self.name) as connection:
            return Answer(StoryRow, stories(connection, wanted=wanted, after=after, limit=limit))

    def story(self, wanted: str) -> StoryContents:
        """What there is in one story: its articles, who speaks, how its claims stand, its series, as numbers and names.

        `wanted`: the story's id, or a document's or the beginning of it. Raises NotInLedger where there is none.
        """
        with reading(self._engine, self.name) as connection:
            return contents(connection, wanted)

    def places(self, wanted: str) -> Answer[MapRow]:
        """The places of a story that lie somewhere known (cities: of a country one point would say more than is known).

        Those that most of its documents name come first. `wanted`: as for `stories`. Raises NotInLedger where there is
        none.
        """
        with reading(self._engine, self.name) as connection:
            return Answer(MapRow, places(connection, wanted))

    def copies(
        self, wanted: str | None = None, *, limit: int | None = None, after: str | None = None
    ) -> Answer[CopyRow]:
        """Articles that print one text: the largest group first, each group by publication.

        `wanted`: the id of a group or of a document. A document without copies is in no group. `limit` counts articles;
        `after` is a document, or a group (`y…`) to go on behind all of its articles.
        """
        with reading(self._engine, self.name) as connection:
            return Answer(CopyRow, copies(connection, wanted, after=after, limit=limit))

    def differences(self, document: str, other: str) -> Answer[DifferenceRow]:
        """What became of one document's text in another's, word for word: both whole, in stretches.

        Each document by its id or the beginning of it. Raises NotInLedger where one is unknown.
        """
        with reading(self._engine, self.name) as connection:
            return Answer(DifferenceRow, differences(connection, document, other))

    def claims(  # noqa: PLR0913 - each narrows in a way of its own, and is given by its name
        self,
        wanted: str | None = None,
        *,
        about: str | None = None,
        speaker: str | None = None,
        standing: Standing | Collection[Standing] | None = None,
        story: str | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Answer[ClaimRow]:
        """What is claimed, by whom, who denies it and how it stands: those first made last come first.

        `about`: words that stand in the claim or its names; `speaker` has a part in it; `standing`: one, or several of
        which it has any; `wanted`: a claim's id; `story`: a story's. Raises NotInLedger where there is no claim of this
        id.
        """
        with reading(self._engine, self.name) as connection:
            found = claims(
                connection,
                wanted=wanted,
                about=about,
                speaker=speaker,
                standing=standing,
                story=story,
                after=after,
                limit=limit,
            )
            return Answer(ClaimRow, found)

    def series(
        self,
        wanted: str | Collection[str] | None = None,
        *,
        about: str | None = None,
        story: str | None = None,
        moved: bool = False,
        limit: int | None = None,
        after: str | None = None,
    ) -> Answer[SeriesRow]:
        """Figures of one thing over time, with the current best value: the series with the newest figure first.

        `about`: a word for what is counted or what happened to it; `wanted`: a series' id, or several; `story`: a story's;
        `moved`: only those of which the best value is no longer what it was. Raises NotInLedger where there is no series of
        this id, or of none of several.
        """
        with reading(self._engine, self.name) as connection:
            found = series(connection, wanted=wanted, about=about, story=story, moved=moved, after=after, limit=limit)
            return Answer(SeriesRow, found)

    def course(self, series: str) -> Answer[StepRow]:
        """How the best value of the series with this id moved: what it was, and from which day on.

        Empty for a series without a best value. Raises NotInLedger where there is no series of this id.
        """
        with reading(self._engine, self.name) as connection:
            return Answer(StepRow, course(connection, series))

    def conflicts(  # noqa: PLR0913
        self,
        wanted: str | None = None,
        *,
        about: str | None = None,
        rule: Rule | None = None,
        story: str | None = None,
        speaker: str | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Answer[ConflictRow]:
        """Two things on record that cannot both be true, each with its words: newest first.

        `about`: words, or parts of them, that stand on either side, in its sentence or its names, in any case;
        `speaker` holds one of the sides; `wanted`: a conflict's id; `story`: a story's. Raises NotInLedger where there
        is no conflict of this id.
        """
        with reading(self._engine, self.name) as connection:
            found = conflicts(
                connection,
                wanted=wanted,
                about=about,
                rule=rule,
                story=story,
                speaker=speaker,
                after=after,
                limit=limit,
            )
            return Answer(ConflictRow, found)

    def timeline(
        self,
        wanted: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Answer[TimelineRow]:
        """What happened, was said, denied and counted in one story, or all that somebody said, in the order of time.

        `wanted`: the id of a story or a document, or a name; without one the story with the latest articles. `since`,
        `until`: days, months or years, both included. Raises NotInLedger for a name and an id that nothing has.
        """
        with reading(self._engine, self.name) as connection:
            found = timeline(connection, wanted, since=since, until=until)
        return Answer(TimelineRow, listed(found, cited, after, limit))

    def ties(self, document: str) -> Answer[TieRow]:
        """What each record of a document (its id or the beginning of it) is part of: claims, series and conflicts.

        Raises NotInLedger for an unknown document.
        """
        with reading(self._engine, self.name) as connection:
            return Answer(TieRow, ties(connection, document))

    def who(self, name: str, *, limit: int | None = None, after: str | None = None) -> Answer[PersonRow]:
        """Everybody whom a name stands for, with roles over time and the evidence for each merge."""
        with reading(self._engine, self.name) as connection:
            return Answer(PersonRow, who(connection, name, after=after, limit=limit))

    def toll(self, story: str, event: str) -> Interval | None:
        """How many people were `event` (`killed`, `injured`) in a story's own event, from all that it tells of them.

        The lower and the upper end of the current best value, None where that end is open; None where nothing is told.
        Totals, lists and people told of one by one are put together: "five shot, one fatally" is four injured. Raises
        NotInLedger for an unknown story.
        """
        with reading(self._engine, self.name) as connection:
            return toll_of(connection, story, event)

    def check(self, draft: Reading | Document | str, *, published: str | None = None) -> Answer[checking.Finding]:
        """Each quotation, attribution, figure and date of a draft, compared with what is on record.

        A str is the draft's own text; `published` then is the day as of which it is to be right: without one, all that
        the ledger holds counts. Raises EmptyInput for a text without words.
        """
        found = draft if isinstance(draft, Reading) else _read(draft, published)
        with reading(self._engine, self.name) as connection:
            return Answer(checking.Finding, checking.check(connection, found))


def _read(draft: Document | str, published: str | None) -> Reading:
    # Imported only here: together intake and reader take 0.6 s to import, and nobody who only asks should wait for it.
    from onrecord.intake import document_from_text
    from onrecord.reader import read

    return read(draft if isinstance(draft, Document) else document_from_text(draft, published=published))
