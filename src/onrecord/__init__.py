"""Onrecord reads news and keeps a ledger of what is on record: who said what, when, how many, and how firmly.

    import onrecord
    reading = onrecord.read("Seoul warned on Monday that …", published="2024-10-28")
    with onrecord.Ledger.open("war.ledger") as ledger: ...

Importing it loads neither the weights nor the web server: each comes with the first call that needs it.
"""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from onrecord.errors import (
    EmptyInput,
    InputError,
    LedgerError,
    Malformed,
    MissingExtra,
    MissingInput,
    NotInLedger,
    NotText,
    OnrecordError,
    OutOfTime,
    ReaderError,
    TooLarge,
    Unfetched,
    Unread,
)
from onrecord.reading import Reading

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

    __version__: str

__all__ = [
    "EmptyInput",
    "InputError",
    "Ledger",
    "LedgerError",
    "Malformed",
    "MissingExtra",
    "MissingInput",
    "NotInLedger",
    "NotText",
    "OnrecordError",
    "OutOfTime",
    "ReaderError",
    "Reading",
    "TooLarge",
    "Unfetched",
    "Unread",
    "__version__",
    "read",
    "read_file",
]


def read(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    model: str = "full",
) -> Reading:
    """Reads an article given as plain text.

    `published` is the ISO 8601 date or date-time it came out on: without it, "October 18" stays `XXXX-10-18`. `model` is
    "full", or "small" for one that is faster and wrong more often. Raises EmptyInput for a text without words, ReaderError
    where there is no such model, or the weights are missing or damaged.
    """
    from onrecord.intake import document_from_text
    from onrecord.reader import read as read_document

    document = document_from_text(text, url=url, title=title, publisher=publisher, published=published)
    return read_document(document, model=model)


def read_file(
    path: str | PathLike[str], *, published: str | None = None, publisher: str | None = None, model: str = "full"
) -> Reading:
    """Reads a file that holds one article: plain text, HTML, or one line of JSON. "-" is standard input.

    `model` as for `read`. Raises InputError where the file is refused, or holds more than one article (for those use
    `Ledger.add`, or `onrecord.intake.documents`); ReaderError where there is no such model, or the weights are missing or
    damaged.
    """
    from onrecord.intake import documents
    from onrecord.reader import read as read_document

    name = fspath(path)
    found = documents([name], published=published, publisher=publisher)
    first = next(found, None)
    if first is None:
        raise EmptyInput(name, "holds no article")
    if isinstance(first, InputError):
        raise first
    if next(found, None) is not None:
        raise Malformed(name, "holds more than one article; onrecord.intake.documents gives each of them")
    return read_document(first, model=model)


def __getattr__(name: str) -> Any:
    """`Ledger` and `__version__` on first use: SQLAlchemy takes longer to import than a short article to read."""
    if name == "Ledger":
        from onrecord.ledger import Ledger

        return Ledger
    if name == "__version__":
        from importlib.metadata import version

        return version("onrecord")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
