"""A reading: everything read from one document, as JSON for programs and as highlighted HTML for notebooks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any

from onrecord.records import (
    SCHEMA_VERSION,
    Document,
    Entity,
    Event,
    Figure,
    Mention,
    Moment,
    Rejected,
    Statement,
)

_KINDS = ("entities", "mentions", "statements", "moments", "figures", "events", "rejected")
__all__ = ["Reading", "plain"]

_FIELDS: dict[type, tuple[str, ...]] = {}
_VALUES: dict[type, Callable[[Any], tuple[Any, ...]]] = {}


def plain(value: Any) -> Any:
    """Records and rows as dictionaries, tuples as lists.

    `dataclasses.asdict` copies every leaf: an eighth of a reading's time.
    """
    kind = type(value)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()
    if _FIELDS[kind]:
        return {name: plain(getattr(value, name)) for name in _FIELDS[kind]}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def _fields_of(record: Any) -> dict[str, Any]:
    """The fields of a record as they are, by name: `json` asks for those within it itself, so that no second copy of a
    reading is made before it is written (a third less time)."""
    kind = type(record)
    if kind not in _VALUES:
        _FIELDS[kind] = names = tuple(f.name for f in fields(kind))
        _VALUES[kind] = attrgetter(*names)
    return dict(zip(_FIELDS[kind], _VALUES[kind](record), strict=True))


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one document, with the name and version of the weights that read it.

    `rejected` holds the words that looked like a record but could not be read as one.
    """

    document: Document
    model: str
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    moments: tuple[Moment, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The record schema, version 1: the document's fields, `model`, and a list for each kind of record."""
        return {name: plain(value) for name, value in self._shallow().items()}

    def _shallow(self) -> dict[str, Any]:
        records = {kind: getattr(self, kind) for kind in _KINDS}
        return {"schema": SCHEMA_VERSION, **_fields_of(self.document), "model": self.model, **records}

    def to_json(self) -> str:
        """One line of JSON in the record schema; characters outside ASCII stand as they are."""
        return json.dumps(self._shallow(), ensure_ascii=False, check_circular=False, default=_fields_of)

    @classmethod
    def from_json(cls, line: str | bytes) -> Reading:
        """The reading of which `to_json` made this, equal to it in every field.

        Raises Malformed, naming the field, for what is no such JSON, or of a version of the schema that is not known here.
        """
        from onrecord.stored import reading_of

        return reading_of(line)

    def name_of(self, entity: str) -> str:
        """The best name of the entity with this id. KeyError where the reading has no such entity."""
        for candidate in self.entities:
            if candidate.id == entity:
                return candidate.name
        raise KeyError(entity)

    def speaker_of(self, statement: Statement) -> str | None:
        """Who a statement is from: its speaker's best name, else the words of its source, else None."""
        if statement.speaker is not None:
            return self.name_of(statement.speaker)
        return " … ".join(span.of(self.document.text) for span in statement.source) or None

    def _repr_html_(self) -> str:
        """The text with what was read marked in it, for a notebook. Every character of the document is escaped."""
        from onrecord.display import reading_html

        return reading_html(self)
