"""Commands that ask for single records: what was said, how many, by whom, in which article."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.views import completing, console
from onrecord.views.commands.printing import opened, print_readings, print_rows
from onrecord.views.options import Asked, LedgerPath, Output, Printed, Starting
from onrecord.views.spread import spread

__all__ = ["documents", "figures", "search", "show", "speakers", "statements"]


@spread
def statements(ledger: LedgerPath, asked: Asked, output: Output) -> None:
    """Who said what, when: the statements in LEDGER."""
    from onrecord.ledger import StatementRow
    from onrecord.views.ledger_tables import statements_table

    with opened(ledger) as book:
        rows = book.statements(
            speaker=asked.speaker,
            about=asked.about,
            since=asked.since,
            until=asked.until,
            limit=output.ask_for,
            after=output.after,
        )
    print_rows(StatementRow, rows, output, statements_table)


@spread
def figures(ledger: LedgerPath, asked: Asked, output: Output) -> None:
    """How many, and who vouches for it: the figures in LEDGER."""
    from onrecord.ledger import FigureRow
    from onrecord.views.ledger_tables import figures_table

    with opened(ledger) as book:
        rows = book.figures(
            speaker=asked.speaker,
            about=asked.about,
            since=asked.since,
            until=asked.until,
            limit=output.ask_for,
            after=output.after,
        )
    print_rows(FigureRow, rows, output, figures_table)


@spread
def speakers(ledger: LedgerPath, output: Output, starting: Starting = None) -> None:
    """Who speaks in LEDGER, and how often."""
    from onrecord.ledger import SpeakerRow
    from onrecord.views.ledger_tables import speakers_table

    with opened(ledger) as book:
        rows = book.speakers(starting=starting, limit=output.ask_for, after=output.after)
    print_rows(SpeakerRow, rows, output, speakers_table)


@spread
def documents(ledger: LedgerPath, output: Output) -> None:
    """The articles in LEDGER."""
    from onrecord.ledger import DocumentRow
    from onrecord.views.ledger_tables import documents_table

    with opened(ledger) as book:
        rows = book.documents(limit=output.ask_for, after=output.after)
    print_rows(DocumentRow, rows, output, documents_table)


@spread
def search(ledger: LedgerPath, words: Annotated[list[str], typer.Argument(metavar="WORDS…")], output: Output) -> None:
    """Find words in the articles and statements of LEDGER."""
    from onrecord.ledger import SearchHit
    from onrecord.views.ledger_tables import hits_table

    with opened(ledger) as book:
        rows = book.search(" ".join(words), limit=output.ask_for, after=output.after)
    print_rows(SearchHit, rows, output, hits_table)


@spread
def show(
    ledger: LedgerPath,
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT", help="Its id, or the first characters of it.", autocompletion=completing.ids
        ),
    ],
    printed: Printed,
) -> None:
    """Print an article of LEDGER with what was read marked in its text, and the tables of it below."""
    from rich.text import Text

    from onrecord.views.marked import LEGEND, in_brackets, in_colours
    from onrecord.views.tables import reading_tables

    with opened(ledger) as book:
        # A record is called `3f2a90c1:s3` in tables: what stands there opens its article.
        reading = book.document(document.partition(":")[0])
    if printed.how != "table":
        print_readings([reading], printed.how)
        return
    out = console.results()
    if out.color_system is not None and not out.no_color:
        out.print(in_colours(reading))
        out.print(reading_tables(reading))
    else:
        out.print(Text(f"{LEGEND}\n\n{in_brackets(reading)}\n"), soft_wrap=True)
        out.print(reading_tables(reading))
