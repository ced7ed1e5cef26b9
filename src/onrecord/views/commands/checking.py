"""The command that checks a draft; what it does stands in `views.checking_command`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.views import checking_command
from onrecord.views.options import Printed, Published
from onrecord.views.spread import spread

__all__ = ["check"]


@spread
def check(
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="The draft: text or HTML; - is standard input.")],
    ledger: Annotated[str, typer.Option(metavar="LEDGER", help="The ledger to check against.")],
    printed: Printed,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write a page that shows the draft.", show_default=False)
    ] = None,
    published: Published = None,
) -> None:
    """Compare each quotation, attribution, figure and date of a draft with a ledger. Exit status 3: look at it."""
    status = checking_command.check(draft, ledger, how=printed.how, html=html, published=published)
    if status:
        raise typer.Exit(status)
