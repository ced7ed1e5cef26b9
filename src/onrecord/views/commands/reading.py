"""Commands that read articles: `read` shows what they hold, `add` keeps it in a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from onrecord.errors import InputError
from onrecord.views import console
from onrecord.views.commands.printing import print_readings
from onrecord.views.options import Files, LedgerPath, Printed, Published, Publisher
from onrecord.views.spread import spread

if TYPE_CHECKING:
    from onrecord.reading import Reading

__all__ = ["add", "read"]


@spread
def read(files: Files, printed: Printed, published: Published = None, publisher: Publisher = None) -> None:
    """Read articles and print what they hold, as tables, as JSON in the record schema, or as CSV, a line a record."""
    from onrecord.intake import documents
    from onrecord.reader import read as read_document

    refused = 0

    def readings() -> Iterator[Reading]:
        nonlocal refused
        for found in documents(files, published=published, publisher=publisher):
            try:
                if isinstance(found, InputError):
                    raise found
                reading = read_document(found)
            except InputError as error:
                console.refuse(error)
                refused += 1
            else:
                yield reading
            done()

    with console.progress(files, "reading") as done:
        print_readings(readings(), printed.how)
    if refused:
        raise typer.Exit(1)


def add(ledger: LedgerPath, files: Files, published: Published = None, publisher: Publisher = None) -> None:
    """Read articles into LEDGER, which is made where there is none. Adding an article again changes nothing."""
    from onrecord.ledger import Ledger
    from onrecord.views.ledger_tables import receipt_line, receipts_total

    outcomes: list[str] = []
    out = console.results()
    with Ledger.open(ledger) as book, console.progress(files, "adding") as done:
        for receipt in book.add(files, published=published, publisher=publisher):
            outcomes.append(receipt.outcome)
            if receipt.outcome == "refused":
                console.complain(f"refused {receipt.name}: {receipt.reason}")
            else:
                out.print(receipt_line(receipt), soft_wrap=True)
            done()
    out.print(receipts_total(outcomes), soft_wrap=True)
    if "refused" in outcomes:
        raise typer.Exit(1)
