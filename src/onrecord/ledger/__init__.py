"""The ledger: readings kept in a file or a database, and what can be asked of them. `Ledger.open(path)` is the way in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.answer import Answer
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
from onrecord.ledger.soundness.rows import FaultRow, Repaired
from onrecord.ledger.telling import Telling
from onrecord.reader.models import FULL
from onrecord.reading import Reading
from onrecord.records import Document

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher

__all__ = [
    "UNNAMED",
    "DocumentRow",
    "FaultRow",
    "FigureRow",
    "Ledger",
    "Receipt",
    "Repaired",
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

    def verify(
        self, *, derived: bool = True, workers: int = 1, done: Callable[[], None] = lambda: None
    ) -> Answer[FaultRow]:
        """All that is wrong with the ledger: nothing, if it is as it was written. Others may use it meanwhile.

        Held to what they should be are the database (its pages, references, full-text indexes, and that nothing of it is
        missing), every reading (its spans to its text, its seal, the words beside its spans) and the log of corrections.
        With `derived` all that follows from these is derived again, in `workers` processes, and compared, which takes as
        long as adding the readings did without reading; `done` is called for each document. Of an SQLite file a copy is
        looked at, in the folder for temporary files. Raises LedgerError where it cannot be looked at.
        """
        from onrecord.ledger.soundness.verifying import faults

        return Answer(FaultRow, faults(self, derived=derived, workers=workers, done=done))

    def back_up(self, target: Path | str) -> None:
        """Write the whole ledger, as of one instant, to the file `target`: a ledger by itself. Others may use it meanwhile.

        The file is there whole, and on the disk, or not at all. Raises OutputError where there is a file already or none can
        be made, LedgerError where the ledger cannot be read or the disk is full.
        """
        from onrecord.ledger.soundness.backing_up import back_up

        back_up(self, Path(target))

    def repair_into(self, other: Ledger, *, workers: int = 1, done: Callable[[], None] = lambda: None) -> Repaired:
        """Put all that can still be read of this ledger, and is what was stored, into `other`, which holds nothing.

        What follows from it is derived again, in `workers` processes; `done` is called for each document. This ledger
        stays as it is. Raises LedgerError where `other` holds something, or the log of corrections is damaged.
        """
        from onrecord.ledger.soundness.repairing import repair

        return repair(self, other, workers=workers, done=done)

    def add(
        self,
        inputs: Iterable[Path | str | Document | Reading],
        *,
        published: str | None = None,
        publisher: str | None = None,
        fetcher: Fetcher | Callable[[], Fetcher] | None = None,
        workers: int = 1,
        model: str = FULL,
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
        about the document, such as its date); `refused` with a reason, and the job goes on. `model` is "full", or "small"
        for a reader that is faster and wrong more often, which does not replace what the full one read.

        A replacement keeps the address, title, publisher, author, date and language that the ledger has and the new
        input lacks. Raises Malformed at once if `published` is no ISO date, LedgerError where the ledger cannot be
        written, ReaderError where nothing can be read, or no reader has this name.
        """
        # Imported only here: what derives, intake and reader take longer to import than a question takes to answer.
        from onrecord.ledger.adding import Adder

        given = {"published": published, "publisher": publisher}
        adder = Adder(self._engine, self.name, **given, fetcher=fetcher, model=model)
        return adder.add(inputs, workers=workers)
