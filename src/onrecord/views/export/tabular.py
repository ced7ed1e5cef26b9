"""CSV and JSON Lines: a file for each kind of row, with the fields that the commands print (see docs/reference/rows.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from onrecord.ledger import DocumentRow, FigureRow, SpeakerRow, StatementRow
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.series.rows import SeriesRow
from onrecord.ledger.stories.rows import StoryRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.views.export.chosen import Chosen
from onrecord.views.export.writing import text
from onrecord.views.rows import as_csv, as_json

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["KINDS", "Kind", "fill_csv", "fill_jsonl", "write_csv", "write_jsonl"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows: their dataclass, what gives them, and the list in them of which CSV gives every item a line."""

    row: type[DataclassInstance]
    rows: Callable[[Chosen], Iterable[Any]]
    each: str | None = None


KINDS: dict[str, Kind] = {
    "documents": Kind(DocumentRow, lambda chosen: chosen.documents),
    "statements": Kind(StatementRow, Chosen.statements),
    "figures": Kind(FigureRow, Chosen.figures),
    "speakers": Kind(SpeakerRow, Chosen.speakers),
    "stories": Kind(StoryRow, Chosen.stories),
    "copies": Kind(CopyRow, Chosen.copies),
    "claims": Kind(ClaimRow, Chosen.claims),
    "series": Kind(SeriesRow, Chosen.series, each="points"),
    "conflicts": Kind(ConflictRow, Chosen.conflicts),
    "timeline": Kind(TimelineRow, Chosen.timeline),
    "corrections": Kind(CorrectionRow, Chosen.corrections),
}


def write_csv(chosen: Chosen, out: IO[bytes], kind: str) -> int:
    """RFC 4180, as `--csv` prints it. Gives the number of lines below the header."""
    what = KINDS[kind]
    with text(out) as lines:
        number = -1  # the header is no row
        for line in as_csv(what.row, what.rows(chosen), what.each):
            lines.write(f"{line}\r\n")
            number += 1
        return number


def fill_csv(chosen: Chosen, folder: Path) -> dict[str, int]:
    """A file for each kind of row; how many rows each holds."""
    return _fill(chosen, folder, "csv", write_csv, KINDS)


def write_jsonl(chosen: Chosen, out: IO[bytes], kind: str) -> int:
    """One JSON object a line, as `--json` prints it. `readings` are whole articles in the record schema."""
    with text(out) as lines:
        number = 0
        for line in _json_lines(chosen, kind):
            lines.write(f"{line}\n")
            number += 1
        return number


def fill_jsonl(chosen: Chosen, folder: Path) -> dict[str, int]:
    """A file for each kind of row, and one of whole readings; how many rows each holds."""
    return _fill(chosen, folder, "jsonl", write_jsonl, (*KINDS, "readings"))


def _json_lines(chosen: Chosen, kind: str) -> Iterator[str]:
    if kind == "readings":
        return (reading.to_json() for reading in chosen.readings())
    return as_json(KINDS[kind].rows(chosen))


def _fill(
    chosen: Chosen, folder: Path, suffix: str, write: Callable[[Chosen, IO[bytes], str], int], kinds: Iterable[str]
) -> dict[str, int]:
    rows = {}
    for kind in kinds:
        with (folder / f"{kind}.{suffix}").open("wb") as out:
            rows[kind] = write(chosen, out, kind)
    return rows
