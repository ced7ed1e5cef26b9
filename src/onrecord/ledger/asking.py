"""What is asked of a ledger about what was read: documents, statements, figures, speakers, words."""

from __future__ import annotations

from collections.abc import Collection

from onrecord.answer import Answer
from onrecord.errors import NotInLedger
from onrecord.ledger import queries
from onrecord.ledger.database import reading
from onrecord.ledger.identity.speaking import listed_speakers
from onrecord.ledger.opened import Opened
from onrecord.ledger.overview import overview, suggest
from onrecord.ledger.queries import Asked
from onrecord.ledger.rebuild import document_number, rebuild, rebuild_document
from onrecord.ledger.rows import (
    DocumentRow,
    FigureRow,
    OverviewRow,
    SearchHit,
    SpeakerRow,
    StatementRow,
    SuggestionKind,
    SuggestionRow,
)
from onrecord.ledger.search import search
from onrecord.reading import Reading
from onrecord.records import Document

__all__ = ["Asking"]


class Asking(Opened):
    """The questions about single records.

    Every question that many rows answer takes `limit`, the most rows to give, and `after`, the name of a row (see `cited`)
    behind which the answer begins. Whatever is added or read anew in between, no other row is then given twice or left
    out. All raise LedgerError where the row of that name is gone.
    """

    def documents(self, *, limit: int | None = None, after: str | None = None) -> Answer[DocumentRow]:
        """Documents, newest published first, those without a date last, with the count of each kind of record."""
        with reading(self._engine, self.name) as connection:
            return Answer(DocumentRow, queries.documents(connection, after=after, limit=limit))

    def document(self, id_or_prefix: str) -> Reading:
        """The whole reading of the document with this id, or of the only one whose id begins so.

        Raises NotInLedger where there is none, LedgerError where several begin so.
        """
        with reading(self._engine, self.name) as connection:
            return rebuild(connection, document_number(connection, id_or_prefix))

    def article(self, id_or_prefix: str) -> Document:
        """The document alone, where its text is wanted and not what was read in it. Raises as `document` does."""
        with reading(self._engine, self.name) as connection:
            return rebuild_document(connection, document_number(connection, id_or_prefix))

    def statements(  # noqa: PLR0913 - each narrows in a way of its own, and is given by its name
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        document: str | None = None,
        rejected: bool = False,
        limit: int | None = None,
        after: str | None = None,
    ) -> Answer[StatementRow]:
        """Statements, newest first (of one document: in the order of the text).

        Each with the speaker whom people ruled to have said it, where they did. Those that people rejected are left out,
        unless `rejected` asks for them too.

        `speaker`: a name, alias, ref or speaker key, in any case and with or without accents; of a person also the last
        words of the name. `about`: words that the content holds (all of them; `"…"` for words that stand together,
        `troop*` for beginnings). `document`: an id or its beginning. `since`, `until`: days, months or years, both
        included, compared with `said_on`, or with the publication date where that is missing. A date known only to the
        month or year is given when any of its days lies in the range; one without a year (`XXXX-10-18`) never is.

        Raises LedgerError for a bound that is no date with a year, NotInLedger for an unknown document.
        """
        asked = Asked(speaker, about, since, until, document, limit, after, rejected)
        with reading(self._engine, self.name) as connection:
            return Answer(StatementRow, queries.statements(connection, asked))

    def figures(  # noqa: PLR0913
        self,
        *,
        about: str | None = None,
        document: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        speaker: str | None = None,
        rejected: bool = False,
        after: str | None = None,
    ) -> Answer[FigureRow]:
        """Figures, ordered and narrowed as statements are.

        `about` looks in the sentence around the figure, the noun counted and the name of whose they are; `speaker` is
        who vouches for it; `since` and `until` compare with the date of the statement it stands in, or the publication
        date. What people ruled holds as for statements: a figure in a rejected statement is the outlet's own.
        """
        asked = Asked(speaker, about, since, until, document, limit, after, rejected)
        with reading(self._engine, self.name) as connection:
            return Answer(FigureRow, queries.figures(connection, asked))

    def speakers(
        self,
        wanted: str | None = None,
        *,
        starting: str | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Answer[SpeakerRow]:
        """Everybody who is on record, those with the most statements first.

        `wanted`: only those whom a key or a name means, as in `statements`; `starting`: of whose name some word begins so
        ("vant" finds Mirela Vantor). Raises NotInLedger where `wanted` means nobody.
        """
        with reading(self._engine, self.name) as connection:
            found = listed_speakers(connection, wanted, starting=starting, after=after, limit=limit)
            return Answer(SpeakerRow, found)

    def speaker(self, key: str, *, limit: int | None = None, after: str | None = None) -> Answer[StatementRow]:
        """The statements of one speaker, newest first. `key` is SpeakerRow.key, or a name as in `statements`.

        Raises NotInLedger where nobody of that name is on record.
        """
        found = self.statements(speaker=key, limit=limit, after=after)
        if not found and not self.statements(speaker=key, limit=1):
            raise NotInLedger(f"{self.name}: nobody called {key!r} is on record")
        return found

    def overview(self) -> OverviewRow:
        """How much of each kind the ledger holds, from when to when."""
        with reading(self._engine, self.name) as connection:
            return overview(connection)

    def suggest(
        self, words: str, *, kinds: Collection[SuggestionKind] | None = None, limit: int = 8
    ) -> Answer[SuggestionRow]:
        """Speakers, stories, claims, series and documents with words that begin as all of `words` do, at most `limit`.

        "ja" finds Jana Vantor. Of each of the `kinds` (all, unless some are named) in turn, the speakers first who said
        most and all else that is newest, then kind by kind. Claims and series are looked for among the newest 50,000 of
        each. Case does not matter, nor do accents in names and titles of documents.
        """
        with reading(self._engine, self.name) as connection:
            return Answer(SuggestionRow, suggest(connection, words, limit, kinds))

    def search(self, words: str, *, limit: int | None = 50, after: str | None = None) -> Answer[SearchHit]:
        """Statements and documents that hold all of `words`, the best of each kind in turn, at most `limit`.

        Words mean themselves: nothing in them is query syntax but `"…"` and a trailing `*`, as for `about`. Case,
        accents and English endings do not matter. Without a letter or digit to look for, nothing is found.
        """
        with reading(self._engine, self.name) as connection:
            return Answer(SearchHit, search(connection, words, limit, after=after))
