"""The table of what is wrong with a ledger."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from onrecord.ledger import FaultRow
from onrecord.views.tables import cell, grid

__all__ = ["faults_table"]


def faults_table(rows: Sequence[FaultRow]) -> RenderableType:
    if not rows:
        return Text("Nothing is wrong.")
    columns = [("kind", 0), ("where", 1), ("what is wrong", 2)]
    return grid(columns, ([cell(row.kind), cell(row.called or row.where), cell(row.what)] for row in rows))
