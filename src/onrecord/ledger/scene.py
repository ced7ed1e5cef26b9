"""What the derivations of one story share: its documents in canonical order, who is who in it, and what people ruled.

A scene is all that claims, series and conflicts of a story depend on besides the facts read from its documents, so the
same set of documents and rulings always gives the same results, whatever the order of adding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Member", "Record", "Rulings", "Scene", "Voice"]

Record = tuple[int, str]
"""A record of the ledger: the row of its document, and its key there (`s3`, `v1`, `e2`; `f0` for the first figure)."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document of the story. `origin` is the hash of the origin of its copy group: its own where it is no copy.

    `day` is its first possible day of publication (`2024-10-28`), None where none is known.
    """

    document: int
    hash: str
    title: str | None
    publisher: str | None
    published: str | None
    day: str | None
    origin: str


class Voice(NamedTuple):
    """Somebody whom people ruled to speak: the id that the entity gives its person (`p…`), and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people have ruled about records of these documents: corrections in force, undone and orphaned ones left out.

    `rejected` statements, figures and events count as not read; `confirmed` ones are certain. `speakers` gives the
    statement another speaker: an entity of any document. `same` and `apart` are pairs of entities that are, or are not,
    one. `moved` puts a figure into the series that holds the other figure, or into one of its own where that is None.
    `names` is what an entity, and with it whoever it is, is to be called; of several names the last one holds. `voices`
    are those ruled to be speakers, with who they are and what they are called where the story does not know them.
    """

    rejected: frozenset[Record] = frozenset()
    confirmed: frozenset[Record] = frozenset()
    speakers: Mapping[Record, Record] = field(default_factory=dict)
    same: frozenset[tuple[Record, Record]] = frozenset()
    apart: frozenset[tuple[Record, Record]] = frozenset()
    moved: Mapping[Record, Record | None] = field(default_factory=dict)
    names: Mapping[Record, str] = field(default_factory=dict)
    voices: Mapping[Record, Voice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """One story. `members` are in canonical order: by publication date (those without one last), then by hash.

    `people` gives each entity that is a record of these documents the id of who it is in the story (`p…`), and `names`
    the best name of each.
    """

    story: int
    members: tuple[Member, ...]
    rulings: Rulings = field(default_factory=Rulings)
    people: Mapping[Record, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
