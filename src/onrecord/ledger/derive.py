"""What follows from the articles, kept true as they come and go: copies, stories, and all that stands in a story.

Everything derived is a function of the set of readings and rulings in the ledger. A new article changes its copy group
and its story, and these are made anew, in the transaction that writes the article; nothing else is touched. So a ledger
is the same in whatever order it was filled, and a job that was killed leaves no story half made.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from onrecord.ledger.stories import store as stories
from onrecord.reading import Reading

__all__ = ["derive", "forget", "renew"]


def forget(connection: Connection, document: int) -> set[int]:
    """Take a document that is about to go out of what was derived; the others that this leaves without a story."""
    return stories.forget(connection, document)


def derive(connection: Connection, document: int, reading: Reading, others: set[int]) -> None:
    """Put a document that was just written in its place among the others. `others` are what `forget` gave for the
    reading that it replaces."""
    stories.remember(connection, document, reading)
    changed = stories.regroup(connection, {document} | others)
    _tell(connection, changed)


def renew(connection: Connection, documents: Iterable[int]) -> None:
    """Make anew what follows from these documents and stories that they are in: after a person has ruled something."""
    _tell(connection, set(stories.story_of(connection, documents).values()))


def _tell(connection: Connection, changed: set[int]) -> None:
    """Make anew all that stands within these stories."""
