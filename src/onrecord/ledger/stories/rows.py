"""A story as the ledger gives it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Span

__all__ = ["MapRow", "StoryRow"]


@dataclass(frozen=True, slots=True)
class StoryRow:
    """Articles about one event and what followed. `title` is that of the article most like the others.

    `members` are the documents' ids by publication; `first` and `last` are the first and last day of publication.
    """

    id: str
    title: str | None
    documents: int
    first: str | None
    last: str | None
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapRow:
    """A place that a story names and that is known to lie at `latitude` and `longitude` (degrees north and east).

    `ref` is `geonames:ID`. `mentions` is how often its `documents` documents name it; the first of them to do so has the
    id `document`, and names it at `span`, by `words`.
    """

    name: str
    ref: str
    latitude: float
    longitude: float
    mentions: int
    documents: int
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    span: Span
    words: str
