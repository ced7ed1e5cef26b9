"""The tables of who is who: the people of each story, what of the documents belongs to them, and why.

"People" are all that a document can name: persons, organisations, places. A row of `people` is one of them in one
story; `linked` is who it is across stories: the id of the first of those that are one. Kept are those that a document
names, or that say something; a "block" or "three men" of one document are nobody.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, UniqueConstraint

from onrecord.ledger.columns import document, parent, span_columns, table, text_column

__all__ = ["merges", "people", "person_keys", "person_members", "speaker_names", "speakers", "speaking"]

people = table(
    "people",
    parent("entities", "entity"),  # the first member
    text_column("name", required=True),
    text_column("called", index=True),  # what people ruled that it is called
    text_column("name_key", required=True, index=True),
    text_column("surname", index=True),  # the last word of a person's name_key
    text_column("type", required=True),
    text_column("ref", index=True),
    text_column("identity", required=True, index=True),  # the id of its first member, p…
    text_column("linked", required=True, index=True),
    text_column("sort", required=True),  # canonical order across stories: day, document, place
    Column("digest", Integer, nullable=False),  # 64 bits of a hash of all that is written of it but its link
)

person_members = table(
    "person_members",
    document(),
    parent("entities", "entity"),
    parent("people", "person"),
    text_column("cited", required=True, index=True),  # the id that this member gives its person: p…
)

# What a person offers as evidence across stories. Two that offer the same are one.
person_keys = table(
    "person_keys",
    parent("people", "person"),
    text_column("rule", required=True),
    Column("value", Integer, nullable=False, index=True),  # 64 bits of a hash of the evidence
)

# Why two entities of a story are one: the rule, and the words of each document that carry it.
merges = table(
    "merges",
    parent("people", "person"),
    text_column("rule", required=True),
    Column("first_entity", Integer, ForeignKey("entities.id", ondelete="CASCADE"), nullable=False, index=True),
    *span_columns("first"),
    Column("second_entity", Integer, ForeignKey("entities.id", ondelete="CASCADE"), nullable=False, index=True),
    *span_columns("second"),
)

# Each entity that says something, in each document where it does (in others than its own where people ruled so), under
# the key of the speaker that it is (see speakers.speaker_key).
speaking = table(
    "speaking",
    document(),
    parent("entities", "entity", index=False),  # UniqueConstraint below begins with it
    text_column("key", required=True),
    Column("statements", Integer, nullable=False),
    text_column("first"),  # of the dates of its statements: first day, last day, and the date as written
    text_column("last"),  # last day, first day, and the date as written
    UniqueConstraint("entity", "document"),
    Index("ix_speaking_key_document", "key", "document"),
)

# What the rows of `speaking` come to for each key.
speakers = table(
    "speakers",
    text_column("key", required=True),
    text_column("name", required=True),
    text_column("called", index=True),  # what people ruled that it is called
    text_column("name_key", required=True),
    text_column("ref"),
    text_column("type", required=True),
    Column("statements", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    text_column("first"),
    text_column("last"),
    UniqueConstraint("key"),
)
# With the words that a suggestion looks for, so that it goes to the rows of those alone that it gives.
Index("ix_speakers_most", speakers.c.statements.desc(), speakers.c.name, speakers.c.key, speakers.c.name_key)

# By what name, of what type and with what reference the entities of a speaker speak, and how often.
speaker_names = table(
    "speaker_names",
    parent("speakers", "speaker"),
    text_column("name", required=True),
    text_column("ref"),
    text_column("type", required=True),
    Column("statements", Integer, nullable=False),
)
