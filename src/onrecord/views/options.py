"""The options and arguments that commands share: what each is called, takes and refuses (exit status 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AT_FIRST",
    "About",
    "Asked",
    "Csv",
    "Files",
    "Host",
    "Json",
    "LedgerPath",
    "Output",
    "Port",
    "Published",
    "Publisher",
    "Since",
    "Speaker",
    "Story",
    "Until",
    "Wanted",
    "one_of",
]

AT_FIRST = 50
"""How many rows a table shows unless told otherwise: a few screens."""


def _day(value: str | None) -> str | None:
    """An option that is an ISO 8601 date or date-time, as given."""
    if value is None:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date such as 2024-10-28, or a date-time") from None
    return value


def _day_or_longer(value: str | None) -> str | None:
    """An option that is a day, a month or a year, as given."""
    if value is not None and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        raise typer.BadParameter(f"{value!r} is not a day, month or year such as 2024-10-28, 2024-10 or 2024")
    return value


def one_of(words: Sequence[str]) -> Callable[[str | None], str | None]:
    """The callback of an option that is one of these words."""

    def checked(value: str | None) -> str | None:
        if value is not None and value not in words:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(words)}")
        return value

    return checked


def _loopback(host: str) -> str:
    """The page has no log-in: it is for the people on this machine."""
    try:
        on_loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        on_loopback = False
    if not on_loopback:
        raise typer.BadParameter(f"{host} is not this machine's loopback (127.0.0.1, ::1 or localhost)")
    return host


Files = Annotated[
    list[str], typer.Argument(metavar="FILE…", help="Text, HTML, JSON Lines, a folder of them; - is standard input.")
]
LedgerPath = Annotated[Path, typer.Argument(metavar="LEDGER", help="The ledger file.")]
Wanted = Annotated[str | None, typer.Argument(metavar="ID", help="Only this one, in full.", show_default=False)]
Published = Annotated[
    str | None, typer.Option(callback=_day, metavar="DATE", help="When they came out, whatever they say themselves.")
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who printed them, whatever they say themselves.")]
Speaker = Annotated[str | None, typer.Option(metavar="NAME", help="Only what this speaker said or vouches for.")]
About = Annotated[str | None, typer.Option(metavar="WORDS", help="Only what holds these words.")]
Story = Annotated[str | None, typer.Option(metavar="ID", help="Only of this story.")]
Since = Annotated[
    str | None, typer.Option(callback=_day_or_longer, metavar="DATE", help="From this day, month or year on.")
]
Until = Annotated[
    str | None, typer.Option(callback=_day_or_longer, metavar="DATE", help="Up to and with this day, month or year.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="Comma-separated values with a header row.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")]
Host = Annotated[str, typer.Option(callback=_loopback, help="A loopback address.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows a question about statements or figures."""

    speaker: Speaker = None
    about: About = None
    since: Since = None
    until: Until = None


@dataclass(frozen=True, slots=True)
class Output:
    """How rows are printed, and how many: a table of the first `AT_FIRST`, or all as JSON or CSV."""

    limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            show_default=False,
            help=f"At most so many; 0 for all. A table shows {AT_FIRST} unless told, JSON and CSV all.",
        ),
    ] = None
    as_json: Json = False
    as_csv: Csv = False

    def __post_init__(self) -> None:
        if self.as_json and self.as_csv:
            raise typer.BadParameter("they exclude each other", param_hint="--json and --csv")

    @property
    def most(self) -> int | None:
        """The number of rows to show, None for all."""
        if self.limit is None:
            return None if self.as_json or self.as_csv else AT_FIRST
        return self.limit or None

    @property
    def ask_for(self) -> int | None:
        """The number of rows to ask a ledger for: one more than is shown tells that there are more."""
        return None if self.most is None else self.most + 1
