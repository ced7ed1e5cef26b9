"""The tables of copies: what is kept of each article to find them, the pairs found, the groups they make."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, LargeBinary, Table, UniqueConstraint

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

# About a hundred keys an article. The table is its own index by key: with numbered rows and an index beside them, it
# took 5.4 kB an article instead of 3.4.
copy_bands = Table(
    "copy_bands",
    METADATA,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column(
        "document",
        Integer,
        ForeignKey("documents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    sqlite_with_rowid=False,
)

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
    Column("unbroken", Float, nullable=False),
    Column("from_start", Integer, nullable=False),
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
