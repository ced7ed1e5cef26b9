"""The tables of a ledger, version 2, in SQLAlchemy Core so that PostgreSQL can take the same ones.

Every table has an integer primary key of its own, and every reference is a single-column foreign key, which is what
Datasette needs to link rows and show labels (`title` of a document, `name` of an entity). The ids that a reading gives
its records (`e1`, `s3`, `v2`) stand in `key`, unique within a document. Offsets are code points into `documents.text`,
end exclusive, in `span_start` and `span_end`; a record that may have several pieces keeps them in a table of spans.
Order within a document is the order of the primary key.

`day_first` and `day_last` are the first and last day that a date can mean (see `dates`), NULL where it names no year:
derived, so that a range of days can be asked for in SQL; the date as read always stands beside them.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.sql.schema import SchemaItem

__all__ = [
    "LEDGER_VERSION",
    "METADATA",
    "RECORDS",
    "aliases",
    "blocks",
    "dates",
    "documents",
    "entities",
    "event_entities",
    "events",
    "figure_events",
    "figures",
    "mentions",
    "meta",
    "moments",
    "rejected",
    "roles",
    "statement_spans",
    "statements",
]

LEDGER_VERSION = 2

METADATA = MetaData()


def _table(name: str, *items: SchemaItem) -> Table:
    # AUTOINCREMENT keeps SQLite from giving the number of a replaced record to another one: links that people keep to a
    # row of Datasette must go dead rather than lead to something else.
    return Table(
        name, METADATA, Column("id", Integer, primary_key=True, autoincrement=True), *items, sqlite_autoincrement=True
    )


def _parent(table: str, name: str) -> Column[int]:
    """What the row is a part of: it goes when that goes."""
    return Column(name, Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, index=True)


def _document() -> Column[int]:
    return _parent("documents", "document")


def _link(name: str, table: str) -> Column[int]:
    """Another record of the same document, or NULL. No action on delete: both go with their document."""
    return Column(name, Integer, ForeignKey(f"{table}.id"), nullable=True, index=True)


def _text(name: str, *, required: bool = False, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=not required, index=index)


def _confidence() -> Column[float]:
    return Column("confidence", Float, nullable=False)


def _span(name: str = "span", *, required: bool = True) -> tuple[Column[int], Column[int]]:
    return (
        Column(f"{name}_start", Integer, nullable=not required),
        Column(f"{name}_end", Integer, nullable=not required),
    )


meta = Table("meta", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

documents = _table(
    "documents",
    Column("hash", Text, nullable=False, unique=True),  # SHA-256 of the raw bytes: the document's id everywhere else
    _text("title"),
    _text("publisher"),
    _text("published"),
    _text("day_first", index=True),
    _text("day_last"),
    _text("author"),
    _text("url"),
    _text("lang"),
    _text("model", required=True),
    Column("characters", Integer, nullable=False),
    _text("text", required=True),
)

blocks = _table("blocks", _document(), _text("kind", required=True), *_span())

dates = _table("dates", _document(), _text("value", required=True), _text("origin", required=True))

entities = _table(
    "entities",
    _document(),
    _text("key", required=True),
    _text("type", required=True),
    _text("name", required=True),
    _text("ref", index=True),
    _text("name_key", required=True, index=True),  # see names.name_key
    _text("identity", required=True),  # see names.identity_key
    UniqueConstraint("document", "key"),
    Index("ix_entities_identity_ref", "identity", "ref"),
)

aliases = _table("aliases", _parent("entities", "entity"), _text("name", required=True), _text("name_key", index=True))

roles = _table(
    "roles",
    _parent("entities", "entity"),
    _text("title", required=True),
    _link("of_entity", "entities"),
    _text("of_text"),  # the words, where no entity of the document is meant
    *_span(),
)

mentions = _table("mentions", _document(), _parent("entities", "entity"), _text("form", required=True), *_span())

statements = _table(
    "statements",
    _document(),
    _text("key", required=True),
    _link("speaker", "entities"),
    _text("speaker_name"),
    _text("source"),
    _text("cue"),
    _text("content", required=True),
    _text("manner", required=True),
    _text("act", required=True),
    Column("negated", Boolean, nullable=False),
    _text("said_on"),
    _text("day_first"),  # of said_on, or of the publication date where said_on is missing
    _text("day_last"),
    _link("within", "statements"),
    _confidence(),
    UniqueConstraint("document", "key"),
)

statement_spans = _table(
    "statement_spans",
    _parent("statements", "statement"),
    _text("part", required=True),  # source, cue or content
    *_span(),
)

moments = _table(
    "moments",
    _document(),
    _text("type", required=True),
    _text("value", required=True),
    _text("starts"),
    _text("ends"),
    _text("edge"),
    *_span(),
)

events = _table(
    "events",
    _document(),
    _text("key", required=True),
    _text("type"),
    _text("lemma", required=True),
    _text("status", required=True),
    _link("moment", "moments"),
    _link("statement", "statements"),
    *_span(),
    _confidence(),
    UniqueConstraint("document", "key"),
)

event_entities = _table(
    "event_entities",
    _parent("events", "event"),
    _text("part", required=True),  # actor, target or place
    _parent("entities", "entity"),
)

figures = _table(
    "figures",
    _document(),
    Column("low", Float),
    Column("high", Float),
    _text("bound", required=True),
    _text("unit"),
    _text("noun"),
    _link("counted_of", "entities"),
    _text("of_name"),
    _link("event", "events"),
    _link("statement", "statements"),  # NULL: the outlet's own voice
    *_span(),
    *_span("counted", required=False),
    *_span("context"),
    _text("context", required=True),  # the sentence around it, for people
    _text("change"),  # since version 2, as are the tally and figure_events
    _text("tally"),
    _text("day_first"),  # as of the statement that vouches for it, or of the document
    _text("day_last"),
    _confidence(),
)

# The events besides its own of a figure that counts what was in any of them ("killed or wounded").
figure_events = _table("figure_events", _parent("figures", "figure"), _parent("events", "event"))

# Entities by their ref in any case; statements and figures newest first, so that a limit ends the search early.
Index("ix_entities_lower_ref", func.lower(entities.c.ref))
for _dated in (statements, figures):
    Index(f"ix_{_dated.name}_newest", _dated.c.day_first.desc(), _dated.c.document, _dated.c.id)

rejected = _table("rejected", _document(), _text("reason", required=True), *_span())

# The lists of a reading, in the order of the record schema.
RECORDS: dict[str, Table] = {
    "entities": entities,
    "mentions": mentions,
    "statements": statements,
    "moments": moments,
    "figures": figures,
    "events": events,
    "rejected": rejected,
}
