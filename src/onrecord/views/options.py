"""The options and arguments that commands share: what each is called, takes and refuses (exit status 2)."""

from __future__ import annotations

import re
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "About",
    "Files",
    "Host",
    "Json",
    "LedgerPath",
    "Port",
    "Published",
    "Publisher",
    "Since",
    "Speaker",
    "Until",
]


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
Published = Annotated[
    str | None, typer.Option(callback=_day, metavar="DATE", help="When they came out, whatever they say themselves.")
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who printed them, whatever they say themselves.")]
Speaker = Annotated[str | None, typer.Option(metavar="NAME", help="Only what this speaker said or vouches for.")]
About = Annotated[str | None, typer.Option(metavar="WORDS", help="Only what holds these words.")]
Since = Annotated[
    str | None, typer.Option(callback=_day_or_longer, metavar="DATE", help="From this day, month or year on.")
]
Until = Annotated[
    str | None, typer.Option(callback=_day_or_longer, metavar="DATE", help="Up to and with this day, month or year.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")]
Host = Annotated[str, typer.Option(callback=_loopback, help="A loopback address.")]
