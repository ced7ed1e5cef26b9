"""Tables of stories: what each article tells of its event, how alike two articles are, and which make one story."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table

from onrecord.ledger.columns import METADATA, document, parent, table, text_column

__all__ = ["stories", "story_features", "story_keys", "story_links", "story_members"]

stories = table(
    "stories",
    text_column("key", required=True, index=True),  # its id everywhere else: see ids
    text_column("title"),
    text_column("day_first", index=True),  # of publication
    text_column("day_last"),
    Column("documents", Integer, nullable=False),
)

# `key` is the id that the story would have were this document its first: any of them finds it.
story_members = table(
    "story_members", parent("stories", "story"), document(), text_column("key", required=True, index=True)
)

story_features = table("story_features", document(), Column("packed", LargeBinary, nullable=False))

# The most numerous rows of a ledger: without a number of their own, and in the order in which they are asked for.
story_keys = Table(
    "story_keys",
    METADATA,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),  # of publication; 0 where it is not known
    Column("document", Integer, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

story_links = Table(
    "story_links",
    METADATA,
    Column("a", Integer, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("b", Integer, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("likeness", Float, nullable=False),
    Index("ix_story_links_b", "b"),
    sqlite_with_rowid=False,
)
