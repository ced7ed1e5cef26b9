"""What a correction is: who ruled what about which words, when and why. Plain and frozen; nothing here knows a database.

A correction is bound to words, not to row numbers or to the ids that one reading gave its records: both change when a
document is read again. What it is bound to is an anchor in the manner of a W3C Web Annotation TextQuoteSelector: the
exact words, where they stood, and a little of what stood before and after them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from onrecord.errors import LedgerError
from onrecord.records import Span

__all__ = [
    "Anchor",
    "Correction",
    "CorrectionRow",
    "Kind",
    "Maker",
    "Part",
    "Piece",
    "RecordKind",
    "Signed",
    "State",
    "Wish",
    "correction_id",
]

Kind = Literal["speaker", "merge", "split", "rename", "reject", "confirm", "series", "undo"]

State = Literal["in force", "undone", "overruled", "orphan"]
"""`overruled`: a later correction in force says otherwise; undoing that one brings this one back. `orphan`: the words
are no longer found as they were, so it is left out until a person looks at it."""

RecordKind = Literal["statement", "figure", "event", "entity"]
Part = Literal["target", "value"]

# Lone surrogates cannot be written as UTF-8, and U+0000 ends a text in SQLite's own functions.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together: where they stood, what stood around them, and what of it stood in the text only once.

    `once` is "words" where the words alone did, "quote" where only the words with their surroundings did, else None.
    """

    span: Span
    words: str
    before: str
    after: str
    once: Literal["words", "quote"] | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words that a record was read from: a statement's content, a number, an event's trigger, a name of an entity.

    `document` is the hash of the document, `head` a digest of its text from the start to a little after all these
    words: a text that begins alike has them at the same place. `beside` (source and cue of a statement, what a figure
    counts) is given only where two records share their words, to tell them apart. `name` is the best name that the
    entity had when the correction was made, for people to read.
    """

    document: str
    kind: RecordKind
    pieces: tuple[Piece, ...]
    head: str
    beside: tuple[Piece, ...] = ()
    name: str | None = None

    @property
    def words(self) -> str:
        """The words as people see them, an ellipsis between pieces; of an entity its name."""
        return self.name if self.name is not None else " … ".join(piece.words for piece in self.pieces)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, stored: str) -> Anchor:
        fields: dict[str, Any] = json.loads(stored)
        for part in ("pieces", "beside"):
            fields[part] = tuple(Piece(**(piece | {"span": Span(*piece["span"])})) for piece in fields[part])
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who corrects, when (an ISO 8601 date-time with offset) and why.

    `expected` is the id of the last correction of the same record that the person has seen ("" for none; of an entity,
    of everyone who is one with it; of two, of the first): if there is a later one by then, nothing is written. None asks
    for no such check.

    Raises LedgerError for a blank name or reason, and for a time that is none or has no offset.
    """

    by: str
    at: str
    reason: str
    expected: str | None = None

    def __post_init__(self) -> None:
        for what, given in (("a reason", self.reason), ("the name of who makes it", self.by)):
            if not given.strip():
                raise LedgerError(f"a correction needs {what}")
            if _UNSTORABLE.search(given):
                raise LedgerError(f"{what} of a correction holds a character that no database stores: {given!r}")
        try:
            when = datetime.fromisoformat(self.at)
        except ValueError as error:
            raise LedgerError(f"{self.at!r} is no ISO 8601 date-time") from error
        if when.tzinfo is None:
            raise LedgerError(f"{self.at!r} has no time with an offset from UTC")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be changed about one record: exactly one of these.

    `speaker`: the name of who said it, or `<document>:e3`. `reject`: it counts as not read. `confirm`: it is certain.
    `series`: the id of a series, a figure (`<document>:f0`) in it, or "new" for a series of its own. `name`: what a
    person, an organisation or a place is to be called.

    Raises LedgerError where none or several are given.
    """

    speaker: str | None = None
    reject: bool = False
    confirm: bool = False
    series: str | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        if len(self._given()) != 1:
            raise LedgerError("a correction changes one thing: a speaker, a series, a name, or it rejects or confirms")
        if self.name is not None and (not self.name.strip() or _UNSTORABLE.search(self.name)):
            raise LedgerError(f"{self.name!r} is no name to be called by")

    def _given(self) -> list[Kind]:
        wanted: list[tuple[Kind, bool]] = [
            ("speaker", self.speaker is not None),
            ("reject", self.reject),
            ("confirm", self.confirm),
            ("series", self.series is not None),
            ("rename", self.name is not None),
        ]
        return [kind for kind, given in wanted if given]

    @property
    def kind(self) -> Kind:
        """Which change it is, as the log calls it."""
        return self._given()[0]


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the log, which is never changed. `number` is its place in the log, from 1.

    `value` is the entity that speaks (speaker), the other entity (merge, split), a figure of the series (series, None
    for one of its own), and the new name itself (rename). An undo has kind "undo", names in `undoes` the id of what it
    takes back, which may itself be an undo, and has that one's target.
    """

    id: str
    number: int
    at: str
    by: str
    reason: str
    kind: Kind
    target: Anchor
    value: Anchor | str | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction as it is shown. `record` and `to_record` are the keys in the present readings, None where lost.

    `words` are those corrected, `to` the name or the words of what they were given. `why` says what the state comes
    from, None for one in force.
    """

    id: str
    at: str
    by: str
    reason: str
    kind: Kind
    document: str
    record: str | None
    words: str
    to_document: str | None
    to_record: str | None
    to: str | None
    undoes: str | None
    state: State
    why: str | None


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a correction, and of which kind it is."""

    by: str
    kind: Kind


def correction_id(number: int, content: Mapping[str, str | None]) -> str:
    """The id of a correction: `k` and 48 bits of a digest of its place in the log and of all that it says."""
    said = json.dumps([number, content], ensure_ascii=False, sort_keys=True)
    return "k" + sha256(said.encode()).hexdigest()[:12]
