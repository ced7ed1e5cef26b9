"""The command line: each command is a thin line over the package's own functions. `main` is the entry point.

Exit status: 0 done; 1 some inputs were refused, or the ledger could not be used (each with one line on standard error);
2 wrong usage. What a command needs is imported when it runs, so that `onrecord --help` does not load the weights.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from onrecord.errors import InputError, OnrecordError
from onrecord.views import console

# Typer looks the types of a command's parameters up among this module's names when it builds the command.
from onrecord.views.options import (
    About,
    Files,
    Host,
    Json,
    LedgerPath,
    Port,
    Published,
    Publisher,
    Since,
    Speaker,
    Until,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from rich.console import RenderableType

    from onrecord.ledger import Ledger
    from onrecord.reading import Reading

__all__ = ["app", "main"]

Row = TypeVar("Row", bound="DataclassInstance")


class _Commands(TyperGroup):
    """Commands for which an error of Onrecord's own is one line and exit status 1; any other is a bug and shows."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            console.complain(str(error))
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads news and keeps a ledger of who said what, when, how many, and how firmly.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from onrecord import __version__

        print(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def read(files: Files, as_json: Json = False, published: Published = None, publisher: Publisher = None) -> None:
    """Read articles and print what they hold, as tables or as JSON in the record schema, one document a line."""
    from onrecord.intake import documents
    from onrecord.reader import read as read_document

    refused = 0
    with console.progress(files, "reading") as done:
        for found in documents(files, published=published, publisher=publisher):
            try:
                if isinstance(found, InputError):
                    raise found
                reading = read_document(found)
            except InputError as error:
                console.refuse(error)
                refused += 1
            else:
                _print_reading(reading, as_json)
            done()
    if refused:
        raise typer.Exit(1)


@app.command()
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


@app.command()
def statements(
    ledger: LedgerPath,
    speaker: Speaker = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """Who said what, when: the statements in LEDGER."""
    from onrecord.views.ledger_tables import statements_table

    with _reading(ledger) as book:
        rows = book.statements(speaker=speaker, about=about, since=since, until=until)
    _print(rows, as_json, statements_table)


@app.command()
def figures(
    ledger: LedgerPath,
    speaker: Speaker = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """How many, and who vouches for it: the figures in LEDGER."""
    from onrecord.views.ledger_tables import figures_table

    with _reading(ledger) as book:
        rows = book.figures(speaker=speaker, about=about, since=since, until=until)
    _print(rows, as_json, figures_table)


@app.command()
def speakers(ledger: LedgerPath, as_json: Json = False) -> None:
    """Who speaks in LEDGER, and how often."""
    from onrecord.views.ledger_tables import speakers_table

    with _reading(ledger) as book:
        rows = book.speakers()
    _print(rows, as_json, speakers_table)


@app.command()
def documents(ledger: LedgerPath, as_json: Json = False) -> None:
    """The articles in LEDGER."""
    from onrecord.views.ledger_tables import documents_table

    with _reading(ledger) as book:
        rows = book.documents()
    _print(rows, as_json, documents_table)


@app.command()
def search(
    ledger: LedgerPath, words: Annotated[list[str], typer.Argument(metavar="WORDS…")], as_json: Json = False
) -> None:
    """Find words in the articles and statements of LEDGER."""
    from onrecord.views.ledger_tables import hits_table

    with _reading(ledger) as book:
        rows = book.search(" ".join(words))
    _print(rows, as_json, hits_table)


@app.command()
def show(
    ledger: LedgerPath,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its id, or the first characters of it.")],
) -> None:
    """Print an article of LEDGER with what was read marked in its text, and the tables of it below."""
    from rich.text import Text

    from onrecord.views.marked import LEGEND, in_brackets, in_colours
    from onrecord.views.tables import reading_tables

    with _reading(ledger) as book:
        reading = book.document(document)
    out = console.results()
    if sys.stdout.isatty():
        out.print(in_colours(reading))
        out.print(reading_tables(reading))
    else:
        out.print(Text(f"{LEGEND}\n\n{in_brackets(reading)}\n"), soft_wrap=True)
        out.print(reading_tables(reading))


@app.command()
def serve(
    ledger: LedgerPath,
    port: Port = 8484,
    host: Host = "127.0.0.1",
) -> None:
    """Show LEDGER as web pages on this machine, until Ctrl+C."""
    from onrecord.views.web import serve as serve_pages

    serve_pages(ledger, host=host, port=port)


def _reading(ledger: Path) -> Ledger:
    """The ledger at this path for reading; LedgerError where there is none."""
    from onrecord.ledger import Ledger

    return Ledger.open(ledger, create=False, read_only=True)


def _print_reading(reading: Reading, as_json: bool) -> None:
    if as_json:
        console.line(reading.to_json())
        return
    from onrecord.views.tables import reading_tables

    console.results().print(reading_tables(reading))


def _print(rows: Sequence[Row], as_json: bool, table: Callable[[Sequence[Row]], RenderableType]) -> None:
    if as_json:
        for row in rows:
            console.line(json.dumps(asdict(row), ensure_ascii=False))
    else:
        console.results().print(table(rows))


def main() -> None:
    """Runs the command line. A reader of the output that goes away (`onrecord … | head`) ends it quietly."""
    try:
        app(prog_name="onrecord")
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
