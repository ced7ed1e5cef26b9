"""The command that takes a ledger from one place to another."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.views import console
from onrecord.views.commands.printing import opened

__all__ = ["copy"]

_PLACE = "A file, or postgresql://user@host/database."


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help=_PLACE)],
    target: Annotated[str, typer.Argument(metavar="TO", help=_PLACE)],
) -> None:
    """Put the whole ledger FROM into TO, a new one: from a file to a database of a team, or back."""
    from onrecord.ledger import Ledger

    with opened(source) as book, Ledger.open(target) as other:
        counts = book.copy_to(other)
        held = ", ".join(f"{counts[kind]:,} {kind}" for kind in ("documents", "statements", "figures", "corrections"))
        console.results().print(f"{other.name}: {held}", soft_wrap=True, highlight=False, markup=False)
