"""Where the command line writes: results to standard output, refusals and progress to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING

from onrecord.errors import InputError
from onrecord.views.wording import printable

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.intake.meter import Meter

__all__ = [
    "COLOURS",
    "colour",
    "complain",
    "counted",
    "line",
    "note",
    "progress",
    "refuse",
    "results",
    "speaks_unicode",
    "utf8",
]

COLOURS = ("auto", "always", "never")
"""When results are in colour: where a person sees them (a terminal, NO_COLOR not set), always, or never."""

_REASONS = 6  # of what was passed over that are told by name

# Tables in a pipe or a file have no terminal to ask for its width; at Rich's own 80 a statement breaks into 9 lines.
_PIPED_WIDTH = 120


class _Wish:
    """What the person who runs this command wants of its output."""

    colour = "auto"


def colour(when: str) -> str:
    """From now on results are coloured `when` (one of COLOURS)."""
    _Wish.colour = when
    return when


def results() -> Console:
    """The console for standard output: as wide as the terminal or COLUMNS, else wide enough for a table to be read."""
    from rich.console import Console

    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    width = _PIPED_WIDTH if piped else None
    if _Wish.colour == "never":
        return Console(width=width, highlight=False, color_system=None)
    if _Wish.colour == "always":
        # The 16 colours of every terminal: what reads the pipe (`less -R`, a log of a build) is not known.
        return Console(width=width, highlight=False, color_system="standard", force_terminal=True, no_color=False)
    return Console(width=width, highlight=False)


def speaks_unicode() -> bool:
    """Whether standard output can show more than ASCII: charts and rules of a table are drawn otherwise where not."""
    return sys.stdout.encoding.lower().startswith("utf")


def utf8() -> None:
    """From now on standard output is UTF-8 whatever the locale says; a terminal that is not shows `?` for the rest."""
    if isinstance(sys.stdout, TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def line(text: str, *, end: str = "\n") -> None:
    """One line of UTF-8 to standard output, whatever the locale. A lone surrogate leaves as its JSON escape."""
    encoded = text.encode("utf-8", "backslashreplace")
    if sys.stdout.isatty():  # through the progress bar, which would otherwise be written over
        print(encoded.decode("utf-8"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded + end.encode())


def note(message: str) -> None:
    """One line about the results to standard error, so that what is read or counted in a pipe holds none of it."""
    sys.stdout.flush()
    print(message, file=sys.stderr)


def complain(message: str) -> None:
    """One line to standard error, whatever the message holds."""
    print(f"onrecord: {' '.join(printable(message).split())}", file=sys.stderr)


def refuse(error: InputError) -> None:
    """Says which input was refused, at which line, and why."""
    complain(f"refused {error}")


@contextmanager
def progress(inputs: Sequence[str], doing: str) -> Iterator[Callable[[], None]]:
    """Gives a function to call after each article; shows a bar on standard error where that is a terminal.

    The bar counts articles where it is cheap to know how many there are, else the bytes of the files. It goes away when the
    work is done. Where nobody looks at standard error nothing is written to it but, at the end, what was passed over because
    it is no article (the requests and pictures in a WARC file).
    """
    from onrecord.intake.meter import metering

    with metering() as meter:
        if sys.stderr.isatty():
            with _bar(inputs, doing, meter) as advance:
                yield advance
        else:
            yield lambda: None
    if meter.skipped:
        most = ", ".join(f"{reason} {count:,}" for reason, count in meter.skipped.most_common(_REASONS))
        others = f", {len(meter.skipped) - _REASONS} other kinds" if len(meter.skipped) > _REASONS else ""
        note(printable(f"passed over, as no articles: {most}{others}"))


@contextmanager
def counted(doing: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function to tell how many are done, of how many; shown on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _bar(inputs: Sequence[str], doing: str, meter: Meter) -> Iterator[Callable[[], None]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from onrecord.intake import count, size

    articles = count(inputs)
    total = size(inputs) if articles is None else articles
    in_bytes = articles is None and total is not None
    amount = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (TextColumn(doing), BarColumn(), amount, TimeElapsedColumn(), TimeRemainingColumn())
    # Results on a terminal pass above the bar; results in a pipe must not be caught by it.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty())
    with bar:
        task = bar.add_task(doing, total=total)
        yield lambda: bar.update(task, completed=meter.read) if in_bytes else bar.advance(task)
