"""The tables of figure series: what each figure of a document counts, and the series of each story with their points."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer

from onrecord.ledger.columns import METADATA, document, parent, span_columns, table, text_column

__all__ = ["METADATA", "counts", "series", "series_places", "series_points"]

# `packed` is count.to_json; the columns beside it are those that questions and corrections ask for.
counts = table(
    "counts",
    document(),
    text_column("key", required=True),  # f3 for the figure in that place; n… for people counted one by one
    *span_columns(),
    text_column("event"),
    text_column("thing"),
    text_column("packed", required=True),
)

series = table(
    "series",
    text_column("key", required=True, index=True),  # its id everywhere else: f…
    parent("stories", "story"),
    text_column("thing"),
    text_column("event"),
    text_column("also"),  # classes joined by "or"
    text_column("unit"),
    text_column("whose"),  # a name
    text_column("firmness", required=True),  # fact, open, demanded or denied
    text_column("tally", required=True),  # total or increment
    text_column("part", required=True),
    text_column("scope", required=True),
    text_column("since"),  # first day of another event than the story's own
    text_column("trend", required=True),
    Column("best_low", Float),
    Column("best_high", Float),
    Column("disputed", Boolean, nullable=False),
    text_column("day"),  # of the latest point
    Column("points", Integer, nullable=False),
)
Index("ix_series_newest", series.c.day.desc(), series.c.key)

series_points = table(
    "series_points",
    parent("series", "series"),
    text_column("who", required=True, index=True),
    text_column("name", required=True),
    Column("outlet", Boolean, nullable=False),
    Column("low", Float),
    Column("high", Float),
    text_column("bound", required=True),
    text_column("status", required=True),
    text_column("tally"),
    text_column("change"),
    text_column("reported"),
    text_column("as_of"),
    text_column("event_first"),
    text_column("event_last"),
    Column("copies", Integer, nullable=False),
    Column("best", Boolean, nullable=False),  # gives the best value of the series
    Column("place", Integer, nullable=False),  # in time order
)

# `key` is the id that the series would have were this count its first: any of them finds it.
series_places = table(
    "series_places",
    parent("series_points", "point"),
    document(),
    text_column("key", required=True, index=True),
    text_column("record", required=True),  # the count in its document
    text_column("spans", required=True),  # JSON
    *span_columns("context"),
)
