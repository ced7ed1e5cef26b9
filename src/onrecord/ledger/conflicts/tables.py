"""The table of conflicts: two spans, each in a document, and why they are comparable. Each maker writes only its own."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer

from onrecord.ledger.columns import METADATA, parent, span_columns, table, text_column

__all__ = ["METADATA", "conflicts"]


def _side(name: str) -> Column[int]:
    return Column(
        f"{name}_document", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True
    )


def _sentence(side: str) -> tuple[Column[int], Column[str]]:
    """The sentence around the words and where it begins: cut once, since people look for conflicts by words in it."""
    return Column(f"{side}_context_start", Integer, nullable=False), text_column(f"{side}_context", required=True)


conflicts = table(
    "conflicts",
    text_column("key", required=True, index=True),  # its id everywhere else: x…
    text_column("other_key", required=True, index=True),  # the id that it would have were its second side its first
    parent("stories", "story"),
    text_column("maker", required=True),  # who finds them: "series" or "claims"
    text_column("rule", required=True),  # figures, denial, reversal or opposite
    _side("a"),
    *span_columns("a"),
    *_sentence("a"),
    _side("b"),
    *span_columns("b"),
    *_sentence("b"),
    text_column("a_of", required=True),  # the series (f…) or claim (c…) of the side
    text_column("b_of", required=True),
    text_column("a_who", required=True),  # names of those who hold the sides
    text_column("b_who", required=True),
    text_column("comparable", required=True),
    text_column("day", index=True),  # first day on which both were on record
)
Index("ix_conflicts_story_maker", conflicts.c.story, conflicts.c.maker)
