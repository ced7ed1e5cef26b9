"""The tables of a ledger, version 5, in SQLAlchemy Core so that PostgreSQL can take the same ones.

These are the tables of what was read; each room of what is derived from it (copies, stories, claims …) has its own.
The ids that a reading gives its records (`e1`, `s3`, `v2`) stand in `key`, unique within a document. Offsets are code
points into `documents.text`, end exclusive, in `span_start` and `span_end`; a record that may have several pieces
keeps them in a table of spans. Order within a document is the order of the primary key.

`day_first` and `day_last` are the first and last day that a date can mean (see `dates`), NULL where it names no year:
derived, so that a range of days can be asked for in SQL; the date as read always stands beside them.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table, Text, UniqueConstraint, func

from onrecord.ledger.columns import METADATA, confidence, document, link, parent, span_columns, table, text_column

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

LEDGER_VERSION = 5

meta = Table("meta", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

documents = table(
    "documents",
    Column("hash", Text, nullable=False, unique=True),  # SHA-256 of the raw bytes: the document's id everywhere else
    text_column("title"),
    text_column("publisher"),
    text_column("published"),
    text_column("day_first", index=True),
    text_column("day_last"),
    text_column("author"),
    text_column("url"),
    text_column("lang"),
    text_column("model", required=True),
    Column("characters", Integer, nullable=False),
    text_column("text", required=True),
    text_column("seal"),  # of the reading, since version 5: see seal
)

blocks = table("blocks", document(), text_column("kind", required=True), *span_columns())

dates = table("dates", document(), text_column("value", required=True), text_column("origin", required=True))

entities = table(
    "entities",
    document(index=False),  # UniqueConstraint below begins with it
    text_column("key", required=True),
    text_column("type", required=True),
    text_column("name", required=True),
    text_column("ref", index=True),
    text_column("name_key", required=True, index=True),  # see names.name_key
    text_column("identity", required=True),  # see names.identity_key
    UniqueConstraint("document", "key"),
    Index("ix_entities_identity_ref", "identity", "ref"),
)

aliases = table(
    "aliases", parent("entities", "entity"), text_column("name", required=True), text_column("name_key", index=True)
)

roles = table(
    "roles",
    parent("entities", "entity"),
    text_column("title", required=True),
    link("of_entity", "entities"),
    text_column("of_text"),  # the words, where no entity of the document is meant
    *span_columns(),
)

mentions = table(
    "mentions", document(), parent("entities", "entity"), text_column("form", required=True), *span_columns()
)

statements = table(
    "statements",
    document(index=False),  # UniqueConstraint below begins with it
    text_column("key", required=True),
    link("speaker", "entities"),
    text_column("speaker_name"),  # of whoever counts as the speaker: see ruled
    text_column("source"),
    text_column("cue"),
    text_column("content", required=True),
    text_column("manner", required=True),
    text_column("act", required=True),
    Column("negated", Boolean, nullable=False),
    text_column("said_on"),
    text_column("day_first"),  # of said_on, or of the publication date where said_on is missing
    text_column("day_last"),
    link("within", "statements"),
    confidence(),
    UniqueConstraint("document", "key"),
)

statement_spans = table(
    "statement_spans",
    parent("statements", "statement"),
    text_column("part", required=True),  # source, cue or content
    *span_columns(),
)

moments = table(
    "moments",
    document(),
    text_column("type", required=True),
    text_column("value", required=True),
    text_column("starts"),
    text_column("ends"),
    text_column("edge"),
    *span_columns(),
)

events = table(
    "events",
    document(index=False),  # UniqueConstraint below begins with it
    text_column("key", required=True),
    text_column("type"),
    text_column("lemma", required=True),
    text_column("status", required=True),
    link("moment", "moments"),
    link("statement", "statements"),
    *span_columns(),
    confidence(),
    UniqueConstraint("document", "key"),
)

event_entities = table(
    "event_entities",
    parent("events", "event"),
    text_column("part", required=True),  # actor, target or place
    parent("entities", "entity"),
)

figures = table(
    "figures",
    document(),
    Column("low", Float),
    Column("high", Float),
    text_column("bound", required=True),
    text_column("unit"),
    text_column("noun"),
    link("counted_of", "entities"),
    text_column("of_name"),
    link("event", "events"),
    link("statement", "statements"),  # NULL: the outlet's own voice
    *span_columns(),
    *span_columns("counted", required=False),
    *span_columns("context"),
    text_column("context", required=True),  # the sentence around it, for people
    text_column("change"),  # since version 2, as are the tally and figure_events
    text_column("tally"),
    text_column("day_first"),  # as of the statement that vouches for it, or of the document
    text_column("day_last"),
    confidence(),
)

# The events besides its own of a figure that counts what was in any of them ("killed or wounded").
figure_events = table("figure_events", parent("figures", "figure"), parent("events", "event"))

# Entities by their ref in any case; statements and figures newest first, so that a limit ends the search early.
Index("ix_entities_lower_ref", func.lower(entities.c.ref))
for _dated in (statements, figures):
    Index(f"ix_{_dated.name}_newest", _dated.c.day_first.desc(), _dated.c.document, _dated.c.id)

rejected = table("rejected", document(), text_column("reason", required=True), *span_columns())

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
