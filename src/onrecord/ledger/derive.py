"""What follows from the articles, kept true as they come and go: copies, stories, and all that stands in a story.

Everything derived is a function of the set of readings and rulings in the ledger. New articles change their copy groups
and their stories, and these are made anew, in the transaction that writes the articles; nothing else is touched. So a
ledger is the same in whatever order it was filled, one by one or many at once, and a job that was killed leaves no story
half made. What many articles change is made anew once for all of them: a story of nine that comes in one piece once,
not nine times.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy import Connection

from onrecord.ledger import corrections, retelling
from onrecord.ledger.claims import store as claims
from onrecord.ledger.copies import store as copies
from onrecord.ledger.hands import Hands
from onrecord.ledger.identity import speaking
from onrecord.ledger.identity import store as identity
from onrecord.ledger.prepared import Prepared
from onrecord.ledger.scenes import scenes
from onrecord.ledger.series import store as series
from onrecord.ledger.stories import store as stories
from onrecord.reading import Reading

__all__ = ["Left", "Written", "derive", "forget", "renew"]

# Documents; a story of more is told alone. While other processes tell some, this one finds out who is who in the next.
_TOLD_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Left:
    """What documents leave behind that went: others without a story, and entities that may be somebody else now."""

    documents: set[int] = field(default_factory=set)
    entities: set[int] = field(default_factory=set)

    def add(self, other: Left) -> None:
        self.documents.update(other.documents)
        self.entities.update(other.entities)


def forget(connection: Connection, document: int) -> Left:
    """Take a document that is about to go out of what was derived.

    What it leaves, and the document that comes in its place, must be given to `derive`. Of several that go, each must be
    gone before the next is forgotten: what the two of them alone hold together falls apart only then.
    """
    others = stories.forget(connection, document) | copies.neighbours(connection, document)
    claims.forget(connection, document)
    entities = identity.forget(connection, {document})
    return Left(others, entities | speaking.forget(connection, document))


class Written(NamedTuple):
    """A reading that was just written, and what is kept of it."""

    reading: Reading
    kept: Prepared


def derive(
    connection: Connection,
    written: Mapping[int, Written],
    left: Left | None = None,
    hands: Hands | None = None,
    others: stories.Others | None = None,
) -> None:
    """Put documents that were just written, by their rows, in their places among the others and among each other.

    `left` is what documents left that they replace: all that `forget` gave, without the documents that went themselves.
    `hands` share the comparing of documents and the telling of stories; `others` is what batches before this one read of
    the documents that were there.
    """
    left, hands, others = left or Left(), hands or Hands(), others or stories.Others()
    touched = {*written, *left.documents}
    # What other processes compare is asked for as late as may be, and seen to is what does not need it.
    pairs = copies.remember(connection, {number: one.kept.copies for number, one in written.items()}, hands)
    links = stories.remember(connection, {number: one.kept.stories for number, one in written.items()}, hands, others)
    claims.remember(connection, {number: one.kept.claims for number, one in written.items()})
    series.remember(connection, {number: one.kept.series for number, one in written.items()})
    ruled = _ruled(connection, [one.reading for one in written.values()])
    heard = corrections.keep(connection, ruled)
    copies.keep_pairs(connection, pairs, hands)
    touched |= copies.regroup(connection, touched)
    stories.keep_links(connection, links, hands)
    changed = stories.regroup(connection, touched)
    # A document whose copy group changed, or that a ruling ties to words of these, may stand in a story that did not.
    touched |= ruled
    told = _tell(connection, changed | set(stories.story_of(connection, touched).values()), hands)
    speaking.refresh(connection, left.entities | heard | told | speaking.concerned(connection, written))


def renew(connection: Connection, documents: Iterable[int]) -> None:
    """Make anew what stands in the stories of these documents: after a person has ruled something about them."""
    documents = set(documents)
    heard = corrections.keep(connection, documents)
    told = _tell(connection, set(stories.story_of(connection, documents).values()), Hands())
    speaking.refresh(connection, heard | told)


def _ruled(connection: Connection, readings: Collection[Reading]) -> set[int]:
    """Hold the log to readings that were just written; the documents whose derivations that may change."""
    if not corrections.any_made(connection):
        return set()
    documents = [reading.document.id for reading in readings]
    for reading in readings:
        corrections.reanchor(connection, reading)
    return {row for document in documents for row in corrections.affected(connection, document)}


def _tell(connection: Connection, wanted: set[int], hands: Hands) -> set[int]:
    """Make anew all that stands within these stories: who is who, then the figures, then the claims that need both.

    Returns the entities that may be somebody else than they were.
    """
    entities: set[int] = set()
    telling: retelling.Telling | None = None
    for some in _portions(stories.members(connection, wanted)):
        told = scenes(connection, some)
        casts = identity.casts_of(connection, told)
        entities |= identity.refresh(connection, told, casts)
        whole = [replace(one, people=casts[one.story].people(), names=casts[one.story].names()) for one in told]
        before, telling = telling, retelling.begin(connection, whole, hands)
        if before is not None:
            retelling.write(connection, before, hands)
    if telling is not None:
        retelling.write(connection, telling, hands)
    return entities


def _portions(told: Mapping[int, set[int]]) -> Iterator[dict[int, set[int]]]:
    """The stories, in the order of their rows, as many at a time as may be told at once."""
    portion: dict[int, set[int]] = {}
    size = 0
    for story, documents in sorted(told.items()):
        if portion and size + len(documents) > _TOLD_AT_ONCE:
            yield portion
            portion, size = {}, 0
        portion[story] = documents
        size += len(documents)
    if portion:
        yield portion
