"""What is known of feeds and pages that were fetched: when they were asked, what they answered, which entries are done.

The times are UTC, as `2025-03-14T09:00:00+00:00`. None of it refers to documents by their rows, which change when they are
read again: a document is named by its hash, and may be gone.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, UniqueConstraint

from onrecord.ledger.columns import parent, table, text_column

__all__ = ["watched_entries", "watched_feeds", "watched_pages"]

watched_feeds = table(
    "watched_feeds",
    text_column("address", required=True),  # as it was given
    text_column("url"),  # where it has moved for good
    text_column("title"),
    text_column("etag"),
    text_column("modified"),
    text_column("tried"),
    text_column("seen"),  # when it last answered
    text_column("due"),  # NULL: it will not be asked any more
    Column("pace", Float, nullable=False),  # the seconds that it can be left alone, by what it held
    Column("failures", Integer, nullable=False),  # since it last answered
    text_column("reason"),  # of the last of them
    UniqueConstraint("address"),
)

watched_entries = table(
    "watched_entries",
    parent("watched_feeds", "feed", index=False),  # the UniqueConstraint begins with it
    text_column("entry", required=True),  # the feed's id for it
    text_column("url"),
    text_column("state", required=True),  # waiting, done, refused
    text_column("updated"),  # as the feed writes it
    text_column("due"),  # of one that waits
    Column("tries", Integer, nullable=False),
    text_column("reason"),
    text_column("document_hash"),
    text_column("saved"),  # what the feed says of one that waits, as JSON
    UniqueConstraint("feed", "entry"),
    Index("ix_watched_entries_state_due", "state", "due"),
)

watched_pages = table(
    "watched_pages",
    text_column("address", required=True),  # see intake.addresses.page_address
    text_column("etag"),
    text_column("modified"),
    text_column("fetched", required=True),
    text_column("document_hash", required=True),
    UniqueConstraint("address"),
)
