"""The tables of claims: the propositions of each document as they were read, the claims of each story, who is in them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, UniqueConstraint

from onrecord.ledger.columns import METADATA, document, link, parent, span_columns, table, text_column

__all__ = ["METADATA", "claim_members", "claims", "propositions"]

propositions = table(
    "propositions",
    document(),
    Column("number", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # facts.dump, deflated
    UniqueConstraint("document"),
)

claims = table(
    "claims",
    text_column("key", required=True, index=True),
    parent("stories", "story"),
    text_column("says", required=True),  # the words of the clearest member
    Column("negative", Boolean, nullable=False),
    text_column("standing", required=True),
    Column("independent", Integer, nullable=False),
    text_column("actor"),  # the normal form, in words for people
    text_column("event"),
    text_column("target"),
    text_column("place"),
    text_column("time"),
    text_column("status"),
    text_column("figure"),
    text_column("day"),  # of the first mention
)
Index("ix_claims_standing_newest", claims.c.standing, claims.c.day.desc(), claims.c.key)
Index("ix_claims_newest", claims.c.day.desc(), claims.c.key)

# `key` is the id that the claim would have were this member its first: any of them finds it.
claim_members = table(
    "claim_members",
    parent("claims", "claim"),
    document(),
    text_column("key", required=True, index=True),
    text_column("record", required=True),  # the statement, event or figure that stands for it in its document
    text_column("role", required=True),  # holder, denier, neither or reporter
    text_column("way", required=True),  # words, negation, reference, withdrawal
    text_column("who", required=True, index=True),  # the story's id of the speaker; of an outlet that of its text
    text_column("name", required=True),
    text_column("act", required=True),
    link("entity", "entities"),  # NULL for an outlet and for sources that are only described
    text_column("said_on"),
    *span_columns(),
    text_column("pieces"),  # JSON of the spans where the words are interrupted
    Column("place", Integer, nullable=False),  # in canonical order
)
