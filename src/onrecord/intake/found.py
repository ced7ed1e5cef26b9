"""What a source holds, before it becomes documents: records to be made into one each, and lists of addresses to fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.errors import InputError, Malformed
from onrecord.records import Document

if TYPE_CHECKING:  # the parser of lists takes some 20 ms to import, which plain text need not wait for
    from onrecord.intake.feeds import Entry
    from onrecord.intake.opml import Subscription

__all__ = ["Found", "Listing", "Record", "light", "made"]


@dataclass(frozen=True, slots=True)
class Record:
    """One article that an input holds, read but not yet understood: to pass over it costs next to nothing.

    `name` is the input and the record's place in it. `make` raises the InputError for which it is refused.
    """

    name: str
    make: Callable[[], Document]


@dataclass(frozen=True, slots=True)
class Listing:
    """Addresses of articles that are elsewhere: the entries of a feed, a sitemap or a table, or whole feeds.

    The entries can be gone through once. Those that cannot be used come as their InputErrors.
    """

    name: str
    title: str | None = None
    entries: Iterable[Entry | InputError] = ()
    feeds: Sequence[Subscription | InputError] = ()


Found = Record | Listing | InputError


def light(error: InputError) -> InputError:
    """An error that is handed on instead of raised, without the frames it came through: they hold what was read, and whoever
    keeps a thousand refusals would keep a thousand files."""
    at: BaseException | None = error
    while at is not None:
        at.__traceback__ = None
        at = at.__cause__ or at.__context__
    return error


def made(found: Iterable[Found]) -> Iterator[Document | InputError]:
    """The documents of what was found, where nothing is fetched: a list of addresses is refused as such."""
    for item in found:
        if isinstance(item, Record):
            try:
                yield item.make()
            except InputError as error:
                yield light(error)
        elif isinstance(item, Listing):
            what = (
                "a list of feeds or sitemaps" if item.feeds else "a list of articles that are elsewhere, such as a feed"
            )
            yield Malformed(item.name, f"{what}: its articles can be added to a ledger, which fetches them")
        else:
            yield item
