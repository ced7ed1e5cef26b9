"""What follows from the articles, kept true as they come and go: copies, stories, and all that stands in a story.

Everything derived is a function of the set of readings and rulings in the ledger. A new article changes its copy group
and its story, and these are made anew, in the transaction that writes the article; nothing else is touched. So a ledger
is the same in whatever order it was filled, and a job that was killed leaves no story half made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from onrecord.ledger import corrections
from onrecord.ledger.claims import store as claims
from onrecord.ledger.copies import store as copies
from onrecord.ledger.identity import speaking
from onrecord.ledger.identity import store as identity
from onrecord.ledger.scenes import scene
from onrecord.ledger.series import store as series
from onrecord.ledger.stories import store as stories
from onrecord.reading import Reading

__all__ = ["derive", "forget", "renew"]


@dataclass(frozen=True, slots=True)
class Left:
    """What a document leaves behind that went: others without a story, and entities that may be somebody else now."""

    documents: set[int] = field(default_factory=set)
    entities: set[int] = field(default_factory=set)


def forget(connection: Connection, document: int) -> Left:
    """Take a document that is about to go out of what was derived.

    What it leaves, and the document that comes in its place, must be given to `derive`.
    """
    others = stories.forget(connection, document) | copies.neighbours(connection, document)
    claims.forget(connection, document)
    entities = identity.forget(connection, {document})
    return Left(others, entities | speaking.forget(connection, document))


def derive(connection: Connection, document: int, reading: Reading, left: Left | None = None) -> None:
    """Put a document that was just written in its place among the others; `forget` gave `left` if it replaces one."""
    left = left or Left()
    touched = {document, *left.documents}
    copies.remember(connection, document, reading)
    stories.remember(connection, document, reading)
    claims.remember(connection, document, reading)
    series.remember(connection, document, reading)
    corrections.reanchor(connection, reading)
    ruled = corrections.affected(connection, reading.document.id)
    heard = corrections.keep(connection, ruled)
    touched |= copies.regroup(connection, touched)
    changed = stories.regroup(connection, touched)
    # A document whose copy group changed, or that a ruling ties to words of this one, may stand in a story that did not.
    touched |= ruled
    told = _tell(connection, changed | set(stories.story_of(connection, touched).values()))
    speaking.refresh(connection, left.entities | heard | told | speaking.concerned(connection, document))


def renew(connection: Connection, documents: Iterable[int]) -> None:
    """Make anew what stands in the stories of these documents: after a person has ruled something about them."""
    documents = set(documents)
    heard = corrections.keep(connection, documents)
    speaking.refresh(connection, heard | _tell(connection, set(stories.story_of(connection, documents).values())))


def _tell(connection: Connection, wanted: set[int]) -> set[int]:
    """Make anew all that stands within these stories: who is who, then the figures, then the claims that need both.

    Returns the entities that may be somebody else than they were.
    """
    told = [scene(connection, story, found) for story, found in sorted(stories.members(connection, wanted).items())]
    casts = {one.story: identity.cast_of(connection, one) for one in told}
    entities = identity.refresh(connection, told, casts)
    for one in told:
        cast = casts[one.story]
        whole = replace(one, people=cast.people(), names=cast.names())
        claims.refresh(connection, whole, series.refresh(connection, whole))
    return entities
