"""The options and arguments that commands share: what each is called, takes and refuses (exit status 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.patience import SECONDS, patience
from onrecord.reader.models import FULL, MODELS
from onrecord.views import completing, console

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher

__all__ = [
    "AT_FIRST",
    "FORMS",
    "About",
    "Asked",
    "ByWhat",
    "Colour",
    "Effort",
    "Files",
    "LedgerPath",
    "Output",
    "Port",
    "Printed",
    "Published",
    "Publisher",
    "Since",
    "Speaker",
    "Starting",
    "Story",
    "Until",
    "Wanted",
    "Web",
    "Workers",
    "one_of",
    "some_of",
]

AT_FIRST = 50
"""How many rows a table shows unless told otherwise: a few screens."""

FORMS = ("table", "json", "jsonl", "csv", "md")
"""How rows are printed: a table for people, one JSON array, one JSON object a line, CSV, the table as Markdown."""


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


def some_of(words: Sequence[str]) -> Callable[[list[str] | None], list[str]]:
    """The callback of an option that is one of these words, and may be given several times."""
    checked = one_of(words)

    def all_checked(values: list[str] | None) -> list[str]:
        return [value for value in map(checked, values or ()) if value is not None]

    return all_checked


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Text, HTML, JSON Lines, CSV, WARC, PDF, e-mail …; a folder or archive of them; - is standard input; "
        "a web address is fetched.",
    ),
]
# No path yet: the address of a database, taken for one, would lose a slash.
LedgerPath = Annotated[
    str, typer.Argument(metavar="LEDGER", help="The ledger: a file, or postgresql://user@host/database.")
]
Wanted = Annotated[
    str | None,
    typer.Argument(metavar="ID", help="Only this one, in full.", show_default=False, autocompletion=completing.ids),
]
Published = Annotated[
    str | None, typer.Option(callback=_day, metavar="DATE", help="When they came out, whatever they say themselves.")
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who printed them, whatever they say themselves.")]
Workers = Annotated[
    int,
    typer.Option(
        min=1, max=256, metavar="N", help="Processes that read. One uses two cores well; results are the same."
    ),
]
Model = Annotated[
    str,
    typer.Option(
        callback=one_of(list(MODELS)),
        autocompletion=completing.words(list(MODELS)),
        metavar="NAME",
        help=f"{' or '.join(MODELS)}: the small one is faster, and wrong more often.",
    ),
]
SecondsPerDocument = Annotated[
    float,
    typer.Option(
        min=0,
        metavar="SECONDS",
        help="Longer than this one article is not worked at: it is set aside and the rest is read. 0 for no end.",
    ),
]
Speaker = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Only what this speaker said or vouches for.", autocompletion=completing.names),
]
About = Annotated[str | None, typer.Option(metavar="WORDS", help="Only what holds these words.")]
Starting = Annotated[str | None, typer.Option(metavar="TEXT", help="Only those of whose name a word begins so.")]
Story = Annotated[str | None, typer.Option(metavar="ID", help="Only of this story.", autocompletion=completing.stories)]
Since = Annotated[
    str | None, typer.Option(callback=_day_or_longer, metavar="DATE", help="From this day, month or year on.")
]
Until = Annotated[
    str | None, typer.Option(callback=_day_or_longer, metavar="DATE", help="Up to and with this day, month or year.")
]
Colour = Annotated[
    str,
    typer.Option(
        "--color",
        callback=lambda when: console.colour(one_of(console.COLOURS)(when) or "auto"),
        autocompletion=completing.words(console.COLOURS),
        metavar="WHEN",
        help=f"{', '.join(console.COLOURS)}.",
    ),
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows a question about statements or figures."""

    speaker: Speaker = None
    about: About = None
    since: Since = None
    until: Until = None


@dataclass(frozen=True, slots=True)
class Web:
    """How articles are fetched, where addresses are given."""

    contact: Annotated[
        str | None,
        typer.Option(
            envvar="ONRECORD_CONTACT",
            metavar="TEXT",
            show_default=False,
            help="An e-mail address or page of yours that servers may see.",
        ),
    ] = None
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
    ] = False

    def fetcher(self) -> Fetcher:
        """Raises Malformed for a contact that cannot stand in a request."""
        from onrecord.intake.fetching import Fetcher, Manners

        return Fetcher(Manners(self.contact, allow_private=self.allow_private))


@dataclass(frozen=True, slots=True)
class ByWhat:
    """What reads, and how long one article may take it."""

    model: Model = FULL
    seconds_per_document: SecondsPerDocument = SECONDS

    @property
    def seconds(self) -> float | None:
        return self.seconds_per_document or None

    def patience(self) -> AbstractContextManager[None]:
        """What is read within takes as long as it may."""
        return patience(self.seconds)


@dataclass(frozen=True, slots=True)
class Effort(ByWhat):
    """The same, and in how many processes."""

    workers: Workers = 1


@dataclass(frozen=True, slots=True)
class Printed:
    """How what was found is printed."""

    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            callback=one_of(FORMS),
            autocompletion=completing.words(FORMS),
            metavar="FORMAT",
            show_default=False,
            help=f"{', '.join(FORMS)}; table unless told.",
        ),
    ] = None
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format jsonl: one JSON object a line.")] = False
    as_csv: Annotated[bool, typer.Option("--csv", help="Short for --format csv.")] = False
    colour: Colour = "auto"

    def __post_init__(self) -> None:
        if sum((self.form is not None, self.as_json, self.as_csv)) > 1:
            raise typer.BadParameter("they exclude each other", param_hint="--format, --json and --csv")

    @property
    def how(self) -> str:
        """One of FORMS."""
        return "jsonl" if self.as_json else "csv" if self.as_csv else self.form or "table"


@dataclass(frozen=True, slots=True)
class Output(Printed):
    """How rows are printed, and how many: a table of the first `AT_FIRST`, or all in the other forms."""

    limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            show_default=False,
            help=f"At most so many; 0 for all. A table shows {AT_FIRST} unless told, all else all.",
        ),
    ] = None
    after: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", show_default=False, help="Go on behind this row: an id, or DOCUMENT:s3 of a statement."
        ),
    ] = None

    @property
    def most(self) -> int | None:
        """The number of rows to show, None for all."""
        if self.limit is None:
            return AT_FIRST if self.how == "table" else None
        return self.limit or None

    @property
    def ask_for(self) -> int | None:
        """The number of rows to ask a ledger for: one more than is shown tells that there are more."""
        return None if self.most is None else self.most + 1
