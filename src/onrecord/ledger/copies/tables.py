"""The tables of copies: what is kept of each article to find them, the pairs found, the groups they make."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, UniqueConstraint

from onrecord.ledger.columns import METADATA, document, parent, table, text_column

__all__ = ["METADATA", "copy_bands", "copy_features", "copy_groups", "copy_members", "copy_pairs"]

copy_features = table(
    "copy_features",
    document(),
    Column("words", Integer, nullable=False),
    Column("sentences", Integer, nullable=False),  # those that have a key in copy_bands
    Column("features", LargeBinary, nullable=False),  # CopyFeatures.as_dict as JSON, deflated
    UniqueConstraint("document"),
)

# About a hundred keys an article. The index holds both columns, so that a question never reads the table.
copy_bands = table("copy_bands", document(), Column("band", BigInteger, nullable=False))
Index("ix_copy_bands_band_document", copy_bands.c.band, copy_bands.c.document)

# `a` is the document with the smaller hash. A pair goes when either document goes.
copy_pairs = table(
    "copy_pairs",
    Column("a", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("b", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    text_column("kind", required=True),
    Column("share_a", Float, nullable=False),
    Column("share_b", Float, nullable=False),
    Column("strength", Float, nullable=False),
    Column("longest", Integer, nullable=False),
    Column("same_publisher", Integer, nullable=False),
    UniqueConstraint("a", "b"),
)

copy_groups = table(
    "copy_groups",
    text_column("key", required=True, index=True),
    parent("documents", "origin"),
    Column("size", Integer, nullable=False),
)

copy_members = table(
    "copy_members",
    parent("copy_groups", "copy_group"),
    document(),
    text_column("key", required=True, index=True),  # the group is found by the id it has from any member
    Column("place", Integer, nullable=False),  # in the order of publication
    text_column("kind", required=True),
    Column("share", Float, nullable=False),
    text_column("evidence", required=True),  # a JSON list of strings
    UniqueConstraint("document"),
)
