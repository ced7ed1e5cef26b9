"""The table of feeds: how each answers, when it is asked again, what it brought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.text import Text

from onrecord.ledger.watched.rows import FeedRow
from onrecord.views.tables import cell, grid

__all__ = ["feeds_table", "local"]

_STATES = {"answers": "green", "fails": "bold red", "ended": "dim", "new": ""}


def local(stamp: str | None) -> str | None:
    """A time as the ledger keeps it, in the time of this machine: "2025-03-14 09:15"."""
    return None if stamp is None else f"{datetime.fromisoformat(stamp).astimezone():%Y-%m-%d %H:%M}"


def feeds_table(rows: Sequence[FeedRow]) -> RenderableType:
    if not rows:
        return Text("No feeds.")
    columns = [
        ("state", 0),
        ("answered", 0),
        ("asked next", 0),
        ("articles", 0),
        ("waiting", 0),
        ("refused", 0),
        ("feed", 1),
    ]
    return grid(
        columns,
        (
            [
                cell(row.state, _STATES[row.state]),
                cell(local(row.seen)),
                cell(local(row.due)),
                cell(row.articles),
                cell(row.waiting),
                cell(row.refused),
                _named(row),
            ]
            for row in rows
        ),
    )


def _named(row: FeedRow) -> Text:
    out = cell(row.title, "bold").append("\n") if row.title else Text()
    out.append_text(cell(row.address))
    return out.append("\n").append_text(cell(row.reason, "red")) if row.reason else out
