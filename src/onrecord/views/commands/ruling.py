"""Commands by which a person rules: who is one, and what was read wrongly. The log only grows; each line is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views import completing, console
from onrecord.views.commands.printing import opened, print_rows
from onrecord.views.options import LedgerPath, Output
from onrecord.views.spread import spread

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.ledger.corrections import CorrectionRow, Signed

__all__ = ["correct", "merge"]

By = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Who rules this; the user's own name unless told.", show_default=False),
]
Entity = "A name, an id p…, or DOCUMENT:e3."


def merge(
    ledger: LedgerPath,
    a: Annotated[str, typer.Argument(metavar="A", help=Entity, autocompletion=completing.names)],
    b: Annotated[str, typer.Argument(metavar="B", help=Entity, autocompletion=completing.names)],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    by: By = None,
    apart: Annotated[bool, typer.Option("--apart", help="Rule that they are not one.")] = False,
) -> None:
    """Rule that two people, organisations or places are one, in all articles; with --apart that they are not."""
    with _writable(ledger) as book:
        signed = _signed(reason, by)
        _print(book.split(a, b, signed) if apart else book.merge(a, b, signed))


@dataclass(frozen=True, slots=True)
class Wished:
    """What is to be done: exactly one of these."""

    speaker: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="A statement's speaker is this one: a name, or DOCUMENT:e3.",
            autocompletion=completing.names,
        ),
    ] = None
    reject: Annotated[bool, typer.Option("--reject", help="It counts as not read.")] = False
    confirm: Annotated[bool, typer.Option("--confirm", help="It is certain.")] = False
    series: Annotated[
        str | None,
        typer.Option(metavar="ID", help="A figure belongs to this series (f…, DOCUMENT:f0), or to a new one."),
    ] = None
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="WHAT, a person, organisation or place, is to be called so.")
    ] = None
    undo: Annotated[str | None, typer.Option(metavar="ID", help="Take back the correction with this id (k…).")] = None
    listed: Annotated[bool, typer.Option("--list", help="Show the log; of DOCUMENT where WHAT is one.")] = False
    orphans: Annotated[
        bool, typer.Option("--orphans", help="Show the corrections whose words are no longer found.")
    ] = False

    def __post_init__(self) -> None:
        if sum(1 for wish in (*self._changes, self.undo is not None, self.listed, self.orphans) if wish) != 1:
            names = "--speaker, --reject, --confirm, --series, --name, --undo, --list, --orphans"
            raise typer.BadParameter("one of them, and not several", param_hint=names)

    @property
    def _changes(self) -> tuple[bool, ...]:
        return (
            self.speaker is not None,
            self.reject,
            self.confirm,
            self.series is not None,
            self.name is not None,
        )

    @property
    def shows(self) -> bool:
        """Whether the log is only looked at."""
        return self.listed or self.orphans


@spread
def correct(
    ledger: LedgerPath,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="WHAT",
            help="DOCUMENT:s3, DOCUMENT:f0, DOCUMENT:v1; a name for --name.",
            show_default=False,
            autocompletion=completing.ids,
        ),
    ] = None,
    *,
    wished: Wished,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.", show_default=False)] = None,
    by: By = None,
    output: Output,
) -> None:
    """Correct what was read, take a correction back, or show the log of them."""
    if wished.shows:
        _show(ledger, what, wished, output)
        return
    if reason is None:
        raise typer.BadParameter("a correction needs one", param_hint="--reason")
    if (what is None) != (wished.undo is not None):
        raise typer.BadParameter("a record, or --undo with the id of a correction", param_hint="WHAT")
    from onrecord.ledger.corrections import Wish

    with _writable(ledger) as book:
        signed = _signed(reason, by)
        if wished.undo is not None:
            _print(book.undo(wished.undo, signed))
        else:
            wish = Wish(wished.speaker, wished.reject, wished.confirm, wished.series, wished.name)
            _print(book.correct(str(what), wish, signed))


def _show(ledger: str, what: str | None, wished: Wished, output: Output) -> None:
    from onrecord.ledger.cited import cited
    from onrecord.ledger.corrections import CorrectionRow
    from onrecord.ledger.paging import listed
    from onrecord.views.people_tables import corrections_table

    with opened(ledger) as book:
        document = None if what is None else book.article(what.partition(":")[0]).id
        rows: Sequence[CorrectionRow] = book.orphans() if wished.orphans else book.corrections(document=document)
    if wished.orphans and document is not None:
        rows = [row for row in rows if document in (row.document, row.to_document)]
    rows = listed(rows, cited, output.after, output.ask_for)
    print_rows(CorrectionRow, rows, output, corrections_table)


def _writable(ledger: str) -> Ledger:
    from onrecord.ledger import Ledger

    return Ledger.open(ledger, create=False)


def _signed(reason: str, by: str | None) -> Signed:
    from onrecord.ledger.corrections import Signed

    return Signed(
        by=getuser() if by is None else by, at=datetime.now().astimezone().isoformat("T", "seconds"), reason=reason
    )


def _print(row: CorrectionRow) -> None:
    from onrecord.views.people_tables import correction_line

    console.results().print(correction_line(row), soft_wrap=True)
