"""A story as the ledger gives it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["StoryRow"]


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
