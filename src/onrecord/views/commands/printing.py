"""What all commands do with a ledger and with rows: open the one for reading, print the others as they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from onrecord.views import console
from onrecord.views.options import Output

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from rich.console import RenderableType

    from onrecord.ledger import Ledger

__all__ = ["opened", "print_rows"]

Row = TypeVar("Row", bound="DataclassInstance")


def opened(ledger: Path) -> Ledger:
    """The ledger at this path for reading; LedgerError where there is none."""
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
    from onrecord.views.rows import as_csv, as_json

    shown = rows[: output.most]
    if output.as_json:
        for line in as_json(shown):
            console.line(line)
    elif output.as_csv:
        for line in as_csv(kind, shown, each):
            console.line(line, end="\r\n")
    else:
        console.results().print(table(shown))
        if len(shown) < len(rows):
            console.note(_more(len(shown), len(rows), output))


def _more(shown: int, known: int, output: Output) -> str:
    # Where the ledger was asked for one row more than is shown, nobody counted the rest.
    rest = "there are more" if known == output.ask_for else f"{known - shown} more are not"
    return f"{shown} shown, {rest}: --limit N shows so many, --limit 0 all"
