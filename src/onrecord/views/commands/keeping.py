"""Commands that keep a ledger safe: whether it is as it was written, copies, and what can be saved of a damaged one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views import console
from onrecord.views.commands.printing import opened, print_lines, print_markdown
from onrecord.views.options import LedgerPath, Printed
from onrecord.views.spread import spread

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

__all__ = ["backup", "copy", "repair", "verify"]

_PLACE = "A file, or postgresql://user@host/database."
_Workers = Annotated[
    int, typer.Option(min=1, max=256, metavar="N", help="Processes that derive anew; the same result.")
]


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help=_PLACE)],
    target: Annotated[str, typer.Argument(metavar="TO", help=_PLACE)],
) -> None:
    """Put the whole ledger FROM into TO, a new one: from a file to a database of a team, or back."""
    from onrecord.ledger import Ledger

    with opened(source) as book, Ledger.open(target) as other:
        counts = book.copy_to(other)
        held = ", ".join(f"{counts[kind]:,} {kind}" for kind in ("documents", "statements", "figures", "corrections"))
        console.line(f"{other.name}: {held}")


def backup(
    ledger: LedgerPath,
    target: Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.")],
) -> None:
    """Copy LEDGER, as it is now, to FILE, while others read and write it. FILE is there whole, or not at all."""
    with opened(ledger) as book:
        book.back_up(target)
        held = len(book.documents(limit=1)) and book.overview().documents
    console.line(f"{target}: {held:,} documents")


@spread
def verify(
    ledger: LedgerPath,
    *,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only what was written, not what follows from it: some seconds.")
    ] = False,
    workers: _Workers = 1,
    printed: Printed,
) -> None:
    """Whether LEDGER is as it was written: the file, each reading with its places in the text, the log, what follows.

    Exit status 1 where something is wrong. Others may use the ledger meanwhile.
    """
    from onrecord.ledger import FaultRow
    from onrecord.views.keeping_tables import faults_table

    with opened(ledger) as book:
        documents = book.overview().documents
        with _each(documents, "verifying") as done:
            found = book.verify(derived=not quick, workers=workers, done=done)
    if printed.how not in ("table", "md"):
        print_lines(FaultRow, found, printed.how)
    elif found:
        table = faults_table(found)
        print_markdown(table) if printed.how == "md" else console.results().print(table)
    if found:
        raise typer.Exit(1)
    console.note(f"{ledger}: nothing is wrong with it ({documents:,} documents)")


def repair(
    ledger: LedgerPath,
    target: Annotated[str, typer.Argument(metavar="NEW", help=f"A ledger that is not there yet. {_PLACE}")],
    workers: _Workers = 1,
) -> None:
    """Put all that can still be read of LEDGER into NEW, and derive the rest from it. LEDGER stays as it is.

    Exit status 1 where documents are lost; each is named, with its address or title, to be added again.
    """
    from onrecord.ledger import Ledger

    with opened(ledger) as book, Ledger.open(target) as other:
        with _each(_documents(book), "repairing") as done:
            found = book.repair_into(other, workers=workers, done=done)
        name = other.name
    for row in found.lost:
        console.complain(f"lost {row.where}{f' ({row.called})' if row.called else ''}: {row.what}")
    lost = f", {len(found.lost):,} lost" if found.lost else ""
    console.line(f"{name}: {found.documents:,} documents, {found.corrections:,} corrections{lost}")
    if found.lost:
        raise typer.Exit(1)


def _documents(book: Ledger) -> int | None:
    """How many documents a ledger holds, if that can still be told."""
    from onrecord.errors import LedgerError

    try:
        return book.overview().documents
    except LedgerError:
        return None


@contextmanager
def _each(total: int | None, doing: str) -> Iterator[Callable[[], None]]:
    """A function to call for each of so many documents."""
    numbers = count(1)
    with console.counted(doing) as told:
        yield lambda: told(done := next(numbers), done if total is None else total)
