"""All that stands in a story, told from what is kept of its documents: series, then the claims that need them, conflicts.

Telling is pure, and several processes may share it; asking for what it needs and writing what it gives is one process's,
which may see to other stories in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from onrecord.ledger.claims import store as claims
from onrecord.ledger.hands import Call, Hands
from onrecord.ledger.scene import Scene
from onrecord.ledger.series import store as series

__all__ = ["Telling", "begin", "write"]

_TOGETHER = 16  # documents whose stories are told in one call, so that what it takes to send them does not show


_Kept = TypeVar("_Kept")


class _Sources(NamedTuple):
    """What a story is told from: its scene, and of each document its counts and facts, as they are kept, and its text."""

    scene: Scene
    counts: Mapping[int, Sequence[str]]
    facts: Mapping[int, bytes]
    texts: Mapping[int, str]


class _Story(NamedTuple):
    """What is written of a story."""

    series: series.Told
    claims: claims.Told


class Telling(NamedTuple):
    """Stories that others may tell meanwhile, and the texts of their documents."""

    scenes: Sequence[Scene]
    texts: Mapping[int, str]
    calls: Sequence[Call[list[_Story]]]


def begin(connection: Connection, scenes: Sequence[Scene], hands: Hands) -> Telling:
    """Have the series and claims of stories, and the conflicts in them, made anew from what is kept of their documents.

    The scenes say who is who. The same scene always gives the same. `write` is to follow.
    """
    documents = {member.document for scene in scenes for member in scene.members}
    counts, facts = series.packed_in(connection, documents), claims.packed_in(connection, documents)
    texts = claims.texts_in(connection, documents)
    some = {document: counts.get(document, ()) for document in documents}  # of those that count nothing there are none
    sources = [_Sources(one, _of(one, some), _of(one, facts), _of(one, texts)) for one in scenes]
    return Telling(scenes, texts, hands.begin_first(_told, _together(sources)))


def write(connection: Connection, telling: Telling, hands: Hands) -> None:
    """Write what was told in the place of what these stories held."""
    told = [story for part in hands.results(telling.calls) for story in part]
    made = {scene.story: story for scene, story in zip(telling.scenes, told, strict=True)}
    series.write(connection, {story: one.series for story, one in made.items()})
    entities = claims.entities_in(connection, telling.scenes)
    claims.write(connection, {story: one.claims for story, one in made.items()}, entities, telling.texts)


def _of(scene: Scene, kept: Mapping[int, _Kept]) -> dict[int, _Kept]:
    return {member.document: kept[member.document] for member in scene.members}


def _together(sources: Sequence[_Sources]) -> Iterator[list[_Sources]]:
    some: list[_Sources] = []
    for one in sources:
        some.append(one)
        if sum(len(story.scene.members) for story in some) >= _TOGETHER:
            yield some
            some = []
    if some:
        yield some


def _told(sources: Sequence[_Sources]) -> list[_Story]:
    return [_tell(one) for one in sources]


def _tell(one: _Sources) -> _Story:
    found, told = series.told(one.scene, one.counts)
    return _Story(told, claims.told(one.scene, one.facts, one.texts, found))
