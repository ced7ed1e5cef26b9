"""A ledger in the formats that other programs read: `export(Chosen(ledger), "csv", path)`. See docs/reference/exports.md."""

from __future__ import annotations

from onrecord.views.export.chosen import Chosen, Selection
from onrecord.views.export.formats import FORMATS, Written, export

__all__ = ["FORMATS", "Chosen", "Selection", "Written", "export"]
