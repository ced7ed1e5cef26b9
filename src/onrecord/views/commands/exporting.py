"""The command that hands a ledger on to other programs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from onrecord.views import console
from onrecord.views.commands.printing import opened
from onrecord.views.options import LedgerPath, Since, Story, Until, one_of
from onrecord.views.spread import spread

__all__ = ["export"]

# As in `views.export`, which is not imported to print help; a test holds them equal.
FORMATS = (
    "csv",
    "jsonl",
    "parquet",
    "jsonld",
    "prov",
    "prov-o",
    "ftm",
    "gkg",
    "stix",
    "datasette",
    "site",
    "webannotation",
)


@dataclass(frozen=True, slots=True)
class Which:
    """What is exported: of which articles, which kind of rows."""

    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="One kind of rows alone: statements, figures, claims …")
    ] = None
    story: Story = None
    since: Since = None
    until: Until = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where it goes."""

    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="The file or folder to write; - is standard output."),
    ] = None
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False


@spread
def export(
    ledger: LedgerPath,
    format: Annotated[str, typer.Argument(metavar="FORMAT", callback=one_of(FORMATS), help=f"{', '.join(FORMATS)}.")],
    which: Which,
    where: Where,
) -> None:
    """Write LEDGER, or a part of it, in a format that other programs read."""
    from onrecord.views.export import Chosen, Selection
    from onrecord.views.export import export as write

    path = None if where.output is None or str(where.output) == "-" else where.output
    with opened(ledger) as book:
        chosen = Chosen(book, Selection(which.story, which.since, which.until))
        written = write(chosen, format, path, kind=which.kind, force=where.force)
    if written.path is not None or sys.stderr.isatty():
        held = ", ".join(f"{number:,} {what}" for what, number in written.counts.items())
        console.note(f"{written.path or 'standard output'}: {held}")
