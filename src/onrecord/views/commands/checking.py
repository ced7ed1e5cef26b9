"""The command that checks a draft; what it does stands in `views.checking_command`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.views import checking_command
from onrecord.views.options import Csv, Json, Published

__all__ = ["check"]


def check(
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="The draft: text or HTML; - is standard input.")],
    ledger: Annotated[Path, typer.Option(metavar="LEDGER", help="The ledger file to check against.")],
    as_json: Json = False,
    as_csv: Csv = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write a page that shows the draft.", show_default=False)
    ] = None,
    published: Published = None,
) -> None:
    """Compare each quotation, attribution, figure and date of a draft with a ledger. Exit status 3: look at it."""
    if as_json and as_csv:
        raise typer.BadParameter("they exclude each other", param_hint="--json and --csv")
    form: checking_command.Form = "json" if as_json else "csv" if as_csv else "text"
    status = checking_command.check(draft, ledger, form=form, html=html, published=published)
    if status:
        raise typer.Exit(status)
