"""Intake: bytes → Document. Text, web pages, JSON, tables, WARC, PDF, e-mail, archives and folders of these, standard input.

What cannot be read is refused with an `InputError` that names the input, the line where it has one, and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import InputError
from onrecord.intake.addresses import is_address
from onrecord.intake.article import About, document
from onrecord.intake.dates import date_in_url, require_iso
from onrecord.intake.encoding import require_text
from onrecord.intake.limits import DOCUMENT_LIMIT
from onrecord.intake.sources import from_bytes, length, read_source, size, sources
from onrecord.intake.text import read_text
from onrecord.records import DateCandidate, Document

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher

__all__ = ["DOCUMENT_LIMIT", "count", "document_from_bytes", "document_from_text", "documents", "size"]


def documents(
    inputs: Iterable[Path | str],
    *,
    published: str | None = None,
    publisher: str | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Document | InputError]:
    """The documents of `inputs`, in order: files, archives, folders (sorted, hidden files left out), "-" for stdin.

    Addresses of pages are fetched, by `fetcher` or by one with the usual manners; feeds, sitemaps and lists of addresses
    are refused: what was fetched of them before, a ledger knows. A refused input, or a record of one that cannot be read,
    comes as its InputError, and the rest goes on. `published` (ISO 8601 date, or date-time with offset) and `publisher` hold
    for every document, over what it states itself. Memory stays that of one document. Raises Malformed at once if
    `published` is no ISO date.
    """
    given = _given(published=published, publisher=publisher)
    return _documents(inputs, given, fetcher)


def count(inputs: Iterable[Path | str]) -> int | None:
    """How many documents `inputs` hold (or are refused), for a progress bar; None where counting means reading them."""
    inputs = list(inputs)
    if any(is_address(given) for given in inputs):
        return None
    total = 0
    for source in sources(inputs):
        found = 1 if isinstance(source, InputError) else length(source)
        if found is None:
            return None
        total += found
    return total


def document_from_text(
    text: str,
    *,
    url: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    lang: str | None = None,
) -> Document:
    """The document of a text, stored exactly as given; its id is the SHA-256 of its UTF-8 bytes.

    Raises EmptyInput for white space, NotText for half a surrogate pair or a NUL, Malformed for a `published` that is
    no ISO date.
    """
    name = "text"
    require_text(text, name)
    blocks, stated = read_text(text, name=name)
    dates = (DateCandidate(day, "url"),) if url and (day := date_in_url(url)) else ()
    given = _given(published=published, publisher=publisher)
    about = given.over(About(url=url, title=title, lang=lang, dates=dates)).over(stated)
    return document(text, about, raw=text.encode("utf-8"), name=name, blocks=blocks)


def document_from_bytes(
    data: bytes, *, name: str, url: str | None = None, published: str | None = None, publisher: str | None = None
) -> Document:
    """The one document in `data`, of any kind that `documents` reads; `name` stands in errors, and its suffix helps.

    Raises the InputError for which it is refused; Malformed too if it holds several articles.
    """
    return from_bytes(data, name=name, given=_given(published=published, publisher=publisher, url=url))


def _given(*, published: str | None, publisher: str | None, url: str | None = None) -> About:
    return About(url=url, publisher=publisher, published=require_iso(published) if published is not None else None)


def _documents(inputs: Iterable[Path | str], given: About, fetcher: Fetcher | None) -> Iterator[Document | InputError]:
    with ExitStack() as opened:
        for item in inputs:
            if not is_address(item):
                for source in sources([item]):
                    if isinstance(source, InputError):
                        yield source
                    else:
                        yield from read_source(source, given)
                continue
            from onrecord.intake.fetching import Fetcher
            from onrecord.intake.web import page_document

            fetcher = fetcher or opened.enter_context(Fetcher())
            try:
                yield page_document(fetcher.fetch(str(item)), given)
            except InputError as error:
                yield error
