"""The command line: its commands live in `commands`, by theme. `main` is the entry point.

Exit status: 0 done; 1 some inputs were refused, or the ledger could not be used (each with one line on standard error);
2 wrong usage; 3 a draft needs an editor's eye. What a command needs is imported when it runs, so that `onrecord --help`
does not load the weights.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord.errors import OnrecordError
from onrecord.views import console
from onrecord.views.commands import (
    accounts,
    asking,
    charting,
    checking,
    clustering,
    exporting,
    keeping,
    reading,
    ruling,
    serving,
    telling,
    watching,
)

__all__ = ["app", "main"]

_COMMANDS = {
    "Read articles": (reading.read, reading.add, watching.watch, watching.feeds),
    "What was read": (
        asking.documents,
        asking.statements,
        asking.figures,
        asking.speakers,
        asking.search,
        asking.show,
    ),
    "What follows from it": (
        telling.stories,
        telling.copies,
        telling.claims,
        telling.series,
        telling.conflicts,
        telling.who,
        telling.timeline,
        checking.check,
        charting.chart,
    ),
    "Hand it on": (exporting.export, serving.serve),
    "What people rule": (ruling.merge, ruling.correct),
    "Keep it safe": (keeping.verify, keeping.backup, keeping.repair, keeping.copy),
}


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
for _theme, _commands in _COMMANDS.items():
    for _command in _commands:
        app.command(rich_help_panel=_theme)(_command)
app.add_typer(clustering.app, rich_help_panel="Read articles")
app.add_typer(accounts.app, rich_help_panel="Hand it on")


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
    console.colour("auto")  # what a command before this one in the same process wished for holds no longer


def main() -> None:
    """Runs the command line. A reader of the output that goes away (`onrecord … | head`) ends it quietly."""
    try:
        console.utf8()
        app(prog_name="onrecord")
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
