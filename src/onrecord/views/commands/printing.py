"""What all commands do with a ledger and with rows: open the one for reading, print the others as they are wanted."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from onrecord.views import console
from onrecord.views.options import Output
from onrecord.views.wording import printable

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from rich.console import RenderableType

    from onrecord.ledger import Ledger
    from onrecord.reading import Reading

__all__ = ["opened", "print_lines", "print_markdown", "print_readings", "print_rows"]

Row = TypeVar("Row", bound="DataclassInstance")


def opened(ledger: str) -> Ledger:
    """The ledger of this path or address for reading; LedgerError where there is none."""
    from onrecord.ledger import Ledger

    return Ledger.open(ledger, create=False, read_only=True)


def print_rows(
    kind: type[Row],
    rows: Sequence[Row],
    output: Output,
    table: Callable[[Sequence[Row]], RenderableType],
    *,
    each: str | None = None,
) -> None:
    """Print the rows, at most as many as are wanted; below a table, whether there are more.

    `each`: see `views.rows.as_csv`.
    """
    shown = rows[: output.most]
    if output.how == "md":
        print_markdown(table(shown))
    elif output.how == "table":
        console.results().print(table(shown))
        if len(shown) < len(rows):
            console.note(_more(shown, len(rows), output))
    else:
        print_lines(kind, shown, output.how, each=each)


def print_lines(kind: type[Row], rows: Iterable[Row], how: str, *, each: str | None = None) -> None:
    """Print rows of this kind as `json`, `jsonl` or `csv`."""
    from onrecord.views.rows import as_csv, as_json, one_array

    if how == "csv":
        for line in as_csv(kind, rows, each):
            console.line(line, end="\r\n")
        return
    lines = as_json(rows)
    for line in one_array(lines) if how == "json" else lines:
        console.line(line)


def print_readings(readings: Iterable[Reading], how: str) -> None:
    """Print what was read in each document, as soon as it is read: JSON in the record schema, CSV a line a record."""
    from onrecord.views.record_rows import RecordRow, record_rows
    from onrecord.views.rows import one_array
    from onrecord.views.tables import reading_tables

    if how in ("json", "jsonl"):
        lines = (reading.to_json() for reading in readings)
        for line in one_array(lines) if how == "json" else lines:
            console.line(line)
    elif how == "csv":
        print_lines(RecordRow, (row for reading in readings for row in record_rows(reading)), how)
    else:
        for reading in readings:
            if how == "md":
                print_markdown(reading_tables(reading))
            else:
                console.results().print(reading_tables(reading))


def print_markdown(shown: RenderableType) -> None:
    """Print what a terminal would show as Markdown."""
    from onrecord.views.markdown import as_markdown

    for line in as_markdown(shown):
        console.line(printable(line))


def _more(shown: Sequence[Row], known: int, output: Output) -> str:
    from onrecord.ledger.cited import cited

    # Where the ledger was asked for one row more than is shown, nobody counted the rest.
    rest = "there are more" if known == output.ask_for else f"{known - len(shown)} more are not"
    behind = f", --after {shlex.quote(cited(shown[-1]))} those behind" if shown else ""
    return f"{len(shown)} shown, {rest}: --limit N shows so many, --limit 0 all{behind}"
