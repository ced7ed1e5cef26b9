"""The command that draws a chart into a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views import completing, console
from onrecord.views.commands.printing import opened
from onrecord.views.options import LedgerPath
from onrecord.views.spread import spread

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.views.charts.theme import Ground, Spec

__all__ = ["chart"]

_SERIES = re.compile(r"f[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a chart is drawn."""

    width: Annotated[int | None, typer.Option(min=200, max=4000, metavar="PIXELS", help="Its width.")] = None
    height: Annotated[int | None, typer.Option(min=60, max=4000, metavar="PIXELS", help="The height of its axes.")] = (
        None
    )
    dark: Annotated[bool, typer.Option("--dark", help="Light on dark.")] = False


@spread
def chart(
    ledger: LedgerPath,
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="A series (f…), a story (t…) or a document in it, or a name for all that was said by it.",
            autocompletion=completing.ids,
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Its ending says how: .svg, .png or .json.")
    ],
    drawn: Drawn,
    places: Annotated[bool, typer.Option("--map", help="Of a story, the places that it names.")] = False,
) -> None:
    """Draw a series, a timeline or a map into FILE."""
    if places and _SERIES.fullmatch(wanted):
        raise typer.BadParameter(f"{wanted} is a series: a map is of a story", param_hint="--map")
    from onrecord.views.charts.files import sized, write

    with opened(ledger) as book:
        spec = _chart(book, wanted, places)
    ground: Ground = "dark" if drawn.dark else "light"
    write(sized(spec, width=drawn.width, height=drawn.height, ground=ground), output)
    console.note(f"{output}: {spec['title']['text']}")


def _chart(book: Ledger, wanted: str, places: bool) -> Spec:
    from onrecord.views.charts.notebook import chart_of

    if _SERIES.fullmatch(wanted):
        return chart_of(book.series(wanted)[0], book.course(wanted))
    return chart_of(book.places(wanted) if places else book.timeline(wanted))
