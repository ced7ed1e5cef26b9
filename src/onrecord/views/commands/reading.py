"""Commands that read articles: `read` shows what they hold, `add` keeps it in a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

import typer

from onrecord.errors import InputError
from onrecord.views import console
from onrecord.views.commands.printing import print_readings
from onrecord.views.options import Effort, Files, LedgerPath, Printed, Published, Publisher, Web
from onrecord.views.spread import spread

if TYPE_CHECKING:
    from onrecord.reading import Reading

__all__ = ["add", "read"]


@spread
def read(
    files: Files,
    printed: Printed,
    web: Web,
    effort: Effort,
    published: Published = None,
    publisher: Publisher = None,
) -> None:
    """Read articles and print what they hold, as tables, as JSON in the record schema, or as CSV, a line a record."""
    from onrecord.intake import documents
    from onrecord.process import ready_to_work
    from onrecord.reader import read_all

    ready_to_work()
    refused = 0

    def readings() -> Iterator[Reading]:
        nonlocal refused
        found = documents(files, published=published, publisher=publisher, **fetching)
        for reading in read_all(found, workers=effort.workers, model=effort.model):
            if isinstance(reading, InputError):
                console.refuse(reading)
                refused += 1
            else:
                yield reading
            done()

    with ExitStack() as opened:
        fetching = {"fetcher": opened.enter_context(web.fetcher())} if _from_the_web(files) else {}
        opened.enter_context(effort.patience())
        done = opened.enter_context(console.progress(files, "reading"))
        print_readings(readings(), printed.how)
    if refused:
        raise typer.Exit(1)


@spread
def add(
    ledger: LedgerPath,
    files: Files,
    web: Web,
    effort: Effort,
    published: Published = None,
    publisher: Publisher = None,
) -> None:
    """Read articles into LEDGER, which is made where there is none. Adding an article again changes nothing.

    Of a feed or a list of feeds (OPML), as a file or an address, every article is fetched that was not fetched before.
    """
    from onrecord.ledger import Ledger
    from onrecord.process import ready_to_work
    from onrecord.views.ledger_tables import receipt_line, receipts_total

    ready_to_work()
    outcomes: list[str] = []
    out = console.results()
    with ExitStack() as opened:
        # Of files it turns out only on the way whether they name what is to be fetched.
        fetcher = opened.enter_context(web.fetcher()) if _from_the_web(files) else web.fetcher
        opened.enter_context(effort.patience())
        book = opened.enter_context(Ledger.open(ledger))
        done = opened.enter_context(console.progress(files, "adding"))
        facts = {"published": published, "publisher": publisher}
        for receipt in book.add(files, **facts, fetcher=fetcher, workers=effort.workers, model=effort.model):
            outcomes.append(receipt.outcome)
            if receipt.outcome == "refused":
                console.complain(f"refused {receipt.name}: {receipt.reason}")
            else:
                out.print(receipt_line(receipt), soft_wrap=True)
            done()
    out.print(receipts_total(outcomes), soft_wrap=True)
    if "refused" in outcomes:
        raise typer.Exit(1)


def _from_the_web(files: Sequence[str]) -> bool:
    """Whether any of the inputs is an address. What fetches takes 0.1 s to import."""
    from onrecord.intake.addresses import is_address

    return any(is_address(file) for file in files)
