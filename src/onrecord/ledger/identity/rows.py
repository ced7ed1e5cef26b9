"""What `who` answers with: one frozen row a person, organisation or place, with the evidence for each merge."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import EntityType, Span

__all__ = ["MergeRow", "PersonRow", "RoleRow"]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A title held, from the first to the last day on which a document gives it; `former`: said to be held no more.

    `title` is written as most of these documents write it: "Col." and "Colonel" are one.
    """

    title: str
    of: str | None
    former: bool
    first: str | None
    last: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class MergeRow:
    """Why two documents' entities are one. `document`, `words` and `span` are of the earlier one, the others of the later.

    Rules within a story: reference, full name, given name, surname, title and surname, title and first name, office,
    name, short name, acronym, described name, body of a place, the only body of its kind, mission of a body, label, seat
    of government, ruled. Across stories: those that begin with "across stories: ".
    """

    rule: str
    document: str
    words: str
    span: Span
    other_document: str
    other_words: str
    other_span: Span


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody or something on record, over all stories. `id` is `p…`, from the first place that names them.

    `names` are all forms of the name with the number of times they stand in the documents. `first` and `last` are the
    days of publication of the first and the last of `documents` (ids, oldest first).
    """

    id: str
    name: str
    type: EntityType
    ref: str | None
    names: tuple[tuple[str, int], ...]
    roles: tuple[RoleRow, ...]
    documents: tuple[str, ...]
    statements: int
    first: str | None
    last: str | None
    merges: tuple[MergeRow, ...]
