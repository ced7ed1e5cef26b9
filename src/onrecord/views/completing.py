"""What a shell offers while a command is typed: ids and names from the ledger that stands before them on the line.

A shell puts what it is offered on its command line, and one of them (zsh) evaluates it on the way, while names and
titles are whatever an article says. So a name is offered only where it holds nothing that any shell could take for more
than a letter, and what explains an id loses every other character.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

__all__ = ["ids", "names", "names_or_stories", "stories", "words"]

Offer = tuple[str, str]
"""What is put on the command line, and what explains it."""

_MOST = 200  # rows that the ledger is asked for: more than a person reads, and an answer within half a second
_NAME = re.compile(r"[^\W_](?:[\w .-]*[\w.])?")
_UNCLEAR = re.compile(r"[^\w ,.-]")
_LONGEST = 60


def words(known: Sequence[str]) -> Callable[[], list[str]]:
    """Offers these words."""
    return lambda: [_shown(word) for word in known]


def ids(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Ids of what the command shows: stories for `stories`, documents for `show` and `copies` …"""
    return _offered(ctx, incomplete, _IDS.get(ctx.command.name or "", ()))


def stories(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Ids of stories."""
    return _offered(ctx, incomplete, (_stories,))


def names(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Names of those who are on record."""
    return _offered(ctx, incomplete, (_speakers,))


def names_or_stories(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Ids of stories, and names of those who are on record."""
    return _offered(ctx, incomplete, (_stories, _speakers))


def _documents(book: Ledger, typed: str) -> Iterator[Offer]:
    return ((row.id[:12], row.title or "") for row in book.documents(limit=_MOST))


def _stories(book: Ledger, typed: str) -> Iterator[Offer]:
    return ((row.id, row.title or "") for row in book.stories(limit=_MOST))


def _copies(book: Ledger, typed: str) -> Iterator[Offer]:
    return ((row.group, row.title or "") for row in book.copies(limit=_MOST) if row.kind == "origin")


def _claims(book: Ledger, typed: str) -> Iterator[Offer]:
    return ((row.id, row.says) for row in book.claims(limit=_MOST))


def _series(book: Ledger, typed: str) -> Iterator[Offer]:
    return ((row.id, row.what) for row in book.series(limit=_MOST))


def _conflicts(book: Ledger, typed: str) -> Iterator[Offer]:
    return ((row.id, row.comparable) for row in book.conflicts(limit=_MOST))


def _speakers(book: Ledger, typed: str) -> Iterator[Offer]:
    """Those who said most; once a letter is typed, all whose name begins so."""
    if typed:
        found = [(row.text, row.detail or "") for row in book.suggest(typed, kinds=["speaker"], limit=_MOST)]
    else:
        found = [(row.name, f"{row.type}, {row.statements} statements") for row in book.speakers(limit=_MOST)]
    return ((_shown(name), told) for name, told in found if _NAME.fullmatch(name))


Source = Callable[["Ledger", str], Iterable[Offer]]

_IDS: dict[str, tuple[Source, ...]] = {
    "show": (_documents,),
    "correct": (_documents,),
    "stories": (_stories,),
    "copies": (_copies,),
    "claims": (_claims,),
    "series": (_series,),
    "conflicts": (_conflicts,),
    "chart": (_series, _stories),
}


def _offered(ctx: typer.Context, incomplete: str, sources: Iterable[Source]) -> list[Offer]:
    """What the sources hold that begins as what was typed; nothing where no ledger stands on the line before it."""
    from onrecord.errors import OnrecordError
    from onrecord.ledger import Ledger

    # While an option's value is typed, the line so far cannot be parsed (the option lacks its value), and what stands
    # before the option is left as it is.
    path = ctx.params.get("ledger") or next(iter(ctx.args), None)
    if path is None:
        return []
    try:
        with Ledger.open(path, create=False, read_only=True) as book:
            found = [offer for source in sources for offer in source(book, incomplete)]
    except OnrecordError:  # the command itself will say what is wrong with it
        return []
    return [(value, _clear(text)) for value, text in dict(found).items() if value.startswith(incomplete)]


def _clear(text: str) -> str:
    """At most 60 characters that mean nothing to any shell."""
    plain = " ".join(_UNCLEAR.sub(" ", text).split())
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST].rsplit(" ", 1)[0]


def _shown(name: str) -> str:
    """A name as the shell takes it: bash puts it on the line as it is, so that its spaces need a backslash there."""
    bash = "COMP_WORDS" in os.environ
    return name.replace(" ", "\\ ") if bash else name
