"""The ledger: readings kept in a file or a database, and what can be asked of them. `Ledger.open(path)` is the way in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.ledger.asking import Asking
from onrecord.ledger.fetching import Watching
from onrecord.ledger.rows import (
    UNNAMED,
    DocumentRow,
    FigureRow,
    Receipt,
    SearchHit,
    SpeakerRow,
    StatementRow,
)
from onrecord.ledger.ruling import Ruling
from onrecord.ledger.telling import Telling
from onrecord.reading import Reading
from onrecord.records import Document

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher

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


class Ledger(Asking, Telling, Ruling, Watching):
    """Who said what, when, how many: the readings of many documents in one place, each cell with its place in the text.

    A context manager. One Ledger may be used from several threads, and one file or database by several processes: readers
    see whole documents only and never wait; writers wait for each other. Every error is a LedgerError that names it.
    """

    def copy_to(self, other: Ledger) -> dict[str, int]:
        """Put all that this ledger holds, as of one instant, into `other`, which holds nothing: the rows of each table.

        Everything is as it was: readings, what is derived, what people ruled, the numbers of rows. Whole or not at all.
        Raises LedgerError where `other` holds something, or cannot be written.
        """
        from onrecord.ledger.copying import copy

        return copy(self._engine, self.name, other._engine, other.name)

    def add(
        self,
        inputs: Iterable[Path | str | Document | Reading],
        *,
        published: str | None = None,
        publisher: str | None = None,
        fetcher: Fetcher | Callable[[], Fetcher] | None = None,
        workers: int = 1,
    ) -> Iterator[Receipt]:
        """Read what is not yet in the ledger and put it there: a receipt a document, each made when it is asked for.

        Paths (files, folders, archives, `-`) go through intake and reader, documents through the reader, readings are
        stored as they are. Addresses (texts that begin with http:// or https://) are fetched by `fetcher` (or one that it
        makes when it is called, only if there is something to fetch), or by one with the usual manners: a page is read,
        of a feed, a sitemap, a list of these or of articles, also in a file, every article that was not fetched before.
        `published` and `publisher` hold for all inputs. Each document is written whole or not at all, so that an
        interrupted job can be run again. What is at hand is written together, the first by itself and then more and more
        for some seconds at a time; a receipt is given once its document is safe, so that inputs which make others wait
        for the next hold back those before. Documents are read a few ahead of what is
        written; more `workers` than one are processes that read (see `onrecord.reader.read_all`), and what they read is the
        same. Of readings, `workers` processes, this one among them, make what the ledger keeps of each (where they cannot
        be forked a script must keep its own work behind `if __name__ == "__main__"`). Outcomes: `added`; `known`
        (the same document read by the same weights, not read again); `replaced` (by other weights, or with other facts
        about the document, such as its date); `refused` with a reason, and the job goes on.

        A replacement keeps the address, title, publisher, author, date and language that the ledger has and the new
        input lacks. Raises Malformed at once if `published` is no ISO date, LedgerError where the ledger cannot be
        written, ReaderError where nothing can be read.
        """
        # Imported only here: what derives, intake and reader take longer to import than a question takes to answer.
        from onrecord.ledger.adding import Adder

        adder = Adder(self._engine, self.name, published=published, publisher=publisher, fetcher=fetcher)
        return adder.add(inputs, workers=workers)
