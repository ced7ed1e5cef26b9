"""What people ruled about single records, beside the records: who counts as the speaker, and what counts as not read.

The tables of what was read stay as read, but for `statements.speaker_name`: full text looks there, so it is the name of
whoever counts as the speaker. All else is told by way of this table, which has a row for each record that a correction
in force is about, and nothing for the others. It is a function of readings and corrections (see corrections.keeping).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    CompoundSelect,
    ForeignKey,
    Integer,
    Table,
    UniqueConstraint,
    false,
    func,
    or_,
    select,
    union_all,
)

from onrecord.ledger import schema as t
from onrecord.ledger.columns import document, link, table, text_column

__all__ = ["counted", "ruled", "said_by", "speaker_of", "told"]

ruled = table(
    "ruled",
    document(index=False),  # UniqueConstraint below begins with it
    text_column("record", required=True),  # s3, f0, v1
    # The record itself: one of these.
    link("statement", "statements"),
    link("figure", "figures"),
    link("event", "events"),
    Column("rejected", Boolean, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    # Who said the statement: an entity of any document. NULL: as read.
    Column("speaker", Integer, ForeignKey("entities.id", ondelete="SET NULL"), nullable=True, index=True),
    link("correction", "corrections"),  # the last of those in force about it
    UniqueConstraint("document", "record"),
)

_LINKS = {t.statements: ruled.c.statement, t.figures: ruled.c.figure, t.events: ruled.c.event}


def told(of: Table) -> ColumnElement[bool]:
    """The condition that nobody rejected the row of `of`: statements, figures or events."""
    return ~select(ruled.c.id).where(_LINKS[of] == of.c.id, ruled.c.rejected).exists()


def counted(of: Table, document: Any = None) -> ColumnElement[int]:
    """How many rows of `of` there are that nobody rejected, in all or of one document."""
    all_of = select(func.count()).select_from(of)
    out = select(func.count()).select_from(ruled).where(_LINKS[of].is_not(None), ruled.c.rejected)
    if document is not None:
        all_of, out = all_of.where(of.c.document == document), out.where(ruled.c.document == document)
    return all_of.scalar_subquery() - out.scalar_subquery()


def speaker_of(statement: Any, ruling: Any) -> ColumnElement[int | None]:
    """The entity that counts as the speaker of a row of `statements`; `ruling` is its row of `ruled`, outer joined."""
    return func.coalesce(ruling.c.speaker, statement.c.speaker)


def said_by(entities: Any, *, rejected: bool = False) -> CompoundSelect[tuple[int, int]]:
    """The statements (`statement`) that count as said by each of these entities (`entity`): a list or a query of rows.

    With `rejected` also those that people rejected. Two steps into indexes: those who were read as speakers and nobody
    ruled otherwise, and those who were ruled to be.
    """
    s, r = t.statements.c, ruled.c
    out = false() if rejected else r.rejected
    otherwise = select(r.id).where(r.statement == s.id, or_(out, r.speaker > 0)).exists()
    return union_all(
        select(s.id.label("statement"), s.speaker.label("entity")).where(s.speaker.in_(entities), ~otherwise),
        select(r.statement, r.speaker).where(r.speaker.in_(entities), ~out),
    )
