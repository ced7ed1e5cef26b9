"""What a check of a draft found, as a table: a row a finding, what it says beside what is on record."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from onrecord.ledger.checking.rows import Finding, Place
from onrecord.reading import Reading
from onrecord.views.grid import Grid
from onrecord.views.ledger_tables import ID
from onrecord.views.tables import cell, grid

__all__ = ["findings_table"]

_SHOWN = 2  # places of the ledger beside a finding


def findings_table(reading: Reading, findings: Sequence[Finding]) -> Grid:
    """All findings in the order of the draft, also those that need no eye."""
    text = reading.document.text
    columns = [("line", 0), ("finding", 0), ("in the draft", 3), ("why", 3), ("on record", 3)]
    return grid(
        columns,
        (
            [
                cell(text.count("\n", 0, finding.span.start) + 1),
                cell(f"{finding.kind} {finding.what}", "bold" if finding.mend else ""),
                cell(" ".join(finding.words.split())),
                cell(finding.reason),
                Text("\n").join(_place(place) for place in finding.against[:_SHOWN]),
            ]
            for finding in findings
        ),
    )


def _place(place: Place) -> Text:
    """ "“14 people died” (Edrin Sauk, The Harbour Post, 2025-03-12, 3f2a90c1)"."""
    day = (place.said_on or place.published or "")[:10]
    facts = (place.speaker, place.publisher or place.title, day, place.document[:ID])
    return cell(f"“{' '.join(place.words.split())}” ({', '.join(fact for fact in facts if fact)})")
