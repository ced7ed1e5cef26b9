"""What identity is decided from: one node for each entity of each document of a story, and the merges it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.ledger.scene import Record
from onrecord.records import MentionForm, Span

__all__ = ["Form", "Merge", "Node", "Title"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that the document uses of an entity, as it stands at the first place that has it."""

    text: str
    form: MentionForm
    span: Span


@dataclass(frozen=True, slots=True)
class Title:
    """A role as read: `of` is the name of what it is held in, None where no words say."""

    title: str
    of: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of one document of the story.

    `place` orders the nodes of a story by content alone: the place of the document among the story's, the first offset
    at which the entity is mentioned, and the number in its key. `forms` are in text order, pronouns left out; `pronoun`
    is "he" or "she" where a pronoun of one sex only stands for it. `speaks` says that a statement is from it, `told_in` the
    places in which it is said to make them. `day` is that of publication, `row` the number of its row.
    """

    record: Record
    place: tuple[int, int, int]
    type: str
    name: str
    ref: str | None = None
    forms: tuple[Form, ...] = ()
    roles: tuple[Title, ...] = ()
    pronoun: str | None = None
    speaks: bool = False
    told_in: tuple[str, ...] = ()
    day: str | None = None
    row: int = 0

    @property
    def document(self) -> int:
        return self.record[0]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two records held to be one: by which rule, and the words in each document that carry it.

    `first` is the earlier record in canonical order.
    """

    rule: str
    first: Record
    first_span: Span
    second: Record
    second_span: Span
