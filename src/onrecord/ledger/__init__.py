"""The ledger: readings kept in one SQLite file, and what can be asked of them. `Ledger.open(path)` is the way in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import queries
from onrecord.ledger.adding import Adder
from onrecord.ledger.database import boundary, open_engine, reading
from onrecord.ledger.queries import Asked
from onrecord.ledger.rebuild import document_number, rebuild
from onrecord.ledger.rows import (
    UNNAMED,
    DocumentRow,
    FigureRow,
    Receipt,
    SearchHit,
    SpeakerRow,
    StatementRow,
)
from onrecord.ledger.search import search
from onrecord.reading import Reading
from onrecord.records import Document

__all__ = [
    "UNNAMED",
    "DocumentRow",
    "FigureRow",
    "Ledger",
    "Receipt",
    "SearchHit",
    "SpeakerRow",
    "StatementRow",
]


class Ledger:
    """Who said what, when, how many: the readings of many documents in one file, each cell with its place in the text.

    A context manager. One Ledger may be used from several threads, and one file by several processes: readers see whole
    documents only and never wait; writers wait for each other. Every error is a LedgerError that names the file.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._opened: Engine | None = engine
        self.name = name

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True, read_only: bool = False) -> Ledger:
        """The ledger in the file `path`, made if there is none and `create`.

        `":memory:"` is a ledger that lasts until it is closed. Raises LedgerError where there is no ledger and none
        may be made, where the file is something else, or was written by a newer version.
        """
        return cls(open_engine(path, create=create, read_only=read_only), str(path))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger {self.name}>"

    def close(self) -> None:
        """Let go of the file. What was added is safe without it; closing again does nothing."""
        if self._opened is not None:
            with boundary(self.name):
                self._opened.dispose()
        self._opened = None

    @property
    def _engine(self) -> Engine:
        if self._opened is None:
            raise LedgerError(f"{self.name}: the ledger is closed")
        return self._opened

    def add(
        self,
        inputs: Iterable[Path | str | Document | Reading],
        *,
        published: str | None = None,
        publisher: str | None = None,
    ) -> Iterator[Receipt]:
        """Read what is not yet in the ledger and put it there: a receipt a document, each made when it is asked for.

        Paths (files, folders, `-`) go through intake and reader, documents through the reader, readings are stored as
        they are. `published` and `publisher` hold for all inputs. Each document is written whole or not at all, so that
        an interrupted job can be run again. Outcomes: `added`; `known` (the same document read by the same weights, not
        read again); `replaced` (by other weights, or with other facts about the document, such as its date); `refused`
        with a reason, and the job goes on.

        A replacement keeps the address, title, publisher, author, date and language that the ledger has and the new
        input lacks. Raises Malformed at once if `published` is no ISO date, LedgerError where the ledger cannot be
        written, ReaderError where nothing can be read.
        """
        return Adder(self._engine, self.name, published=published, publisher=publisher).add(inputs)

    def documents(self) -> list[DocumentRow]:
        """All documents, newest published first, those without a date last, with the count of each kind of record."""
        with reading(self._engine, self.name) as connection:
            return queries.documents(connection)

    def document(self, id_or_prefix: str) -> Reading:
        """The whole reading of the document with this id, or of the only one whose id begins so.

        Raises NotInLedger where there is none, LedgerError where several begin so.
        """
        with reading(self._engine, self.name) as connection:
            return rebuild(connection, document_number(connection, id_or_prefix))

    def statements(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        document: str | None = None,
        limit: int | None = None,
    ) -> list[StatementRow]:
        """Statements, newest first (of one document: in the order of the text), at most `limit`.

        `speaker`: a name, alias, ref or speaker key, in any case and with or without accents; of a person also the last
        words of the name. `about`: words that the content holds (all of them; `"…"` for words that stand together,
        `troop*` for beginnings). `document`: an id or its beginning. `since`, `until`: days, months or years, both
        included, compared with `said_on`, or with the publication date where that is missing. A date known only to the
        month or year is given when any of its days lies in the range; one without a year (`XXXX-10-18`) never is.

        Raises LedgerError for a bound that is no date with a year, NotInLedger for an unknown document.
        """
        asked = Asked(speaker=speaker, about=about, since=since, until=until, document=document, limit=limit)
        with reading(self._engine, self.name) as connection:
            return queries.statements(connection, asked)

    def figures(
        self,
        *,
        about: str | None = None,
        document: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        speaker: str | None = None,
    ) -> list[FigureRow]:
        """Figures, ordered and narrowed as statements are.

        `about` looks in the sentence around the figure, the noun counted and the name of whose they are; `speaker` is
        who vouches for it; `since` and `until` compare with the date of the statement it stands in, or the publication
        date.
        """
        asked = Asked(speaker=speaker, about=about, since=since, until=until, document=document, limit=limit)
        with reading(self._engine, self.name) as connection:
            return queries.figures(connection, asked)

    def speakers(self) -> list[SpeakerRow]:
        """Everybody who is on record, those with the most statements first."""
        with reading(self._engine, self.name) as connection:
            return queries.speakers(connection)

    def speaker(self, key: str) -> list[StatementRow]:
        """The statements of one speaker, newest first. `key` is SpeakerRow.key, or a name as in `statements`.

        Raises NotInLedger where nobody of that name is on record.
        """
        found = self.statements(speaker=key)
        if not found:
            raise NotInLedger(f"{self.name}: nobody called {key!r} is on record")
        return found

    def search(self, words: str, *, limit: int = 50) -> list[SearchHit]:
        """Statements and documents that hold all of `words`, the best of each kind in turn, at most `limit`.

        Words mean themselves: nothing in them is query syntax but `"…"` and a trailing `*`, as for `about`. Case,
        accents and English endings do not matter. Without a letter or digit to look for, nothing is found.
        """
        with reading(self._engine, self.name) as connection:
            return search(connection, words, limit)
