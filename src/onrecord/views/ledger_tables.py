"""Tables of what stands in a ledger. Each row names its document, so that `onrecord show` can open it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from onrecord.ledger.rows import DocumentRow, FigureRow, Receipt, SearchHit, SpeakerRow, StatementRow
from onrecord.records import Span
from onrecord.views.tables import cell, grid, marked_words, valued
from onrecord.views.wording import OUTLET, UNNAMED, amount, how, movement, titled

__all__ = [
    "ID",
    "documents_table",
    "figures_table",
    "hits_table",
    "paper",
    "receipt_line",
    "receipts_total",
    "speakers_table",
    "statements_table",
]

_OUTCOMES = ("added", "replaced", "known", "refused")

ID = 8
"""Eight hexadecimal digits tell a hundred thousand documents apart but for about one pair; `show` says so then."""


def receipt_line(receipt: Receipt) -> Text:
    """ "added  3f2a90c1  flood.txt  (4 statements, 2 figures, 1 moment)"."""
    counted = [(kind, receipt.counts[kind]) for kind in ("statements", "figures", "moments") if kind in receipt.counts]
    counts = [f"{count} {kind[:-1] if count == 1 else kind}" for kind, count in counted]
    line = cell(f"{receipt.outcome:8}", "green" if receipt.outcome == "added" else "dim")
    line.append_text(cell(f"  {(receipt.document or '')[:ID]:{ID}}", "dim")).append_text(cell(f"  {receipt.name}"))
    if counts:
        line.append_text(cell(f"  ({', '.join(counts)})", "dim"))
    return line.append_text(cell(f"  {receipt.reason}", "dim")) if receipt.reason else line


def receipts_total(outcomes: Sequence[str]) -> Text:
    """ "12 added, 3 known, 1 refused"."""
    counted = Counter(outcomes)
    return cell(", ".join(f"{counted[o]} {o}" for o in _OUTCOMES if counted[o]) or "nothing to add", "bold")


def statements_table(rows: Sequence[StatementRow]) -> RenderableType:
    if not rows:
        return Text("No statements.")
    columns = [("said on", 0), ("who", 3), ("how", 3), ("what", 8), ("in", 3), ("record", 0)]
    return grid(
        columns,
        (
            [
                cell(row.said_on),
                cell(row.speaker or row.source or UNNAMED, "green"),
                cell(how(row.act, row.cue, row.negated), "yellow"),
                cell(" ".join(row.content.split())),
                paper(row.publisher, row.published),
                cell(f"{row.document[:ID]}:{row.id}", "dim"),
            ]
            for row in rows
        ),
    )


def figures_table(rows: Sequence[FigureRow]) -> RenderableType:
    if not rows:
        return Text("No figures.")
    columns = [
        ("date", 0),
        ("value", 0),
        ("of", 3),
        ("status", 0),
        ("vouched for by", 3),
        ("context", 7),
        ("document", 0),
    ]
    return grid(
        columns,
        (
            [
                cell(row.said_on or (row.published and row.published[:10])),
                valued(amount(row.low, row.high, row.bound, row.unit), movement(row.change, row.tally), "bold"),
                cell(" of ".join(part for part in (row.noun, row.of) if part)),
                cell(row.status),
                cell(row.voucher or OUTLET + (f" ({row.publisher})" if row.publisher else ""), "green"),
                _context(row),
                cell(row.document[:ID], "dim"),
            ]
            for row in rows
        ),
    )


def speakers_table(rows: Sequence[SpeakerRow]) -> RenderableType:
    if not rows:
        return Text("No speakers.")
    columns = [("speaker", 4), ("type", 0), ("statements", 0), ("documents", 0), ("first", 0), ("last", 0), ("key", 3)]
    return grid(
        columns,
        (
            [
                cell(row.name, "green"),
                cell(row.type),
                cell(row.statements),
                cell(row.documents),
                cell(row.first),
                cell(row.last),
                cell(row.key, "dim"),
            ]
            for row in rows
        ),
    )


def documents_table(rows: Sequence[DocumentRow]) -> RenderableType:
    if not rows:
        return Text("No documents.")
    columns = [("document", 0), ("published", 0), ("publisher", 2), ("title", 6), ("statements", 0), ("figures", 0)]
    return grid(
        columns,
        (
            [
                cell(row.id[:ID], "dim"),
                cell(row.published and row.published[:10]),
                cell(row.publisher),
                cell(titled(row.title, row.id)),
                cell(row.statements),
                cell(row.figures),
            ]
            for row in rows
        ),
    )


def hits_table(rows: Sequence[SearchHit]) -> RenderableType:
    if not rows:
        return Text("Nothing found.")
    columns = [("found in", 0), ("who", 3), ("words", 8), ("in", 3), ("document", 0)]
    return grid(
        columns,
        (
            [
                cell(row.kind),
                cell(row.speaker, "green"),
                cell(" ".join(row.excerpt.split())),
                paper(row.publisher or row.title, row.published),
                cell(row.document[:ID], "dim"),
            ]
            for row in rows
        ),
    )


def paper(publisher: str | None, published: str | None) -> Text:
    """ "The Fjord Post, 2024-05-04"."""
    return cell(", ".join(part for part in (publisher, published and published[:10]) if part))


def _context(row: FigureRow) -> Text:
    start = row.span.start - row.context_span.start
    return marked_words(row.context, Span(start, start + len(row.text)))
