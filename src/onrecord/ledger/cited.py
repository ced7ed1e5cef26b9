"""What every row is called: the name that it is cited by, looked up under, corrected under, and read on behind.

    document            3f2a90c1…         claim   c…      series      f…
    statement           3f2a90c1…:s3      story   t…      copy group  y…
    figure              3f2a90c1…:f0      person  p…      conflict    x…
    stretch of a text   3f2a90c1…@120-180                 correction  k…

A speaker is called by the key: a reference (`iso3166:KP`) or `p…`; a feed by its address. A row of `copies` is one article
of its group, and is called by its document. An entry of a timeline is the part of a record in a claim or a series:
`3f2a90c1…:s3:denied:c…`.
"""

from __future__ import annotations

import re

from onrecord.ledger.checking.rows import Place
from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.ledger.conflicts.rows import ConflictRow, SideRow
from onrecord.ledger.copies.rows import CopyRow, DifferenceRow
from onrecord.ledger.corrections.records import CorrectionRow
from onrecord.ledger.identity.rows import MergeRow, PersonRow
from onrecord.ledger.rows import DocumentRow, FigureRow, SearchHit, SpeakerRow, StatementRow, SuggestionRow
from onrecord.ledger.series.rows import PlaceRow, PointRow, SeriesRow
from onrecord.ledger.stories.rows import MapRow, StoryRow
from onrecord.ledger.ties import TieRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.ledger.watched.rows import FeedRow
from onrecord.records import Span

__all__ = ["cited", "stretch"]

_NAMED = re.compile(
    r"[sfv]\d+"
)  # records that a reading gives a name; people counted one by one have none of their own


def stretch(document: str, *spans: Span) -> str:
    """The name of a document's text from the first of these spans to the last: `3f2a90c1…@120-180`."""
    return f"{document}@{min(span.start for span in spans)}-{max(span.end for span in spans)}"


def cited(row: object) -> str:
    """The name of a row, the same whenever it is asked for, and no other row's of the same answer.

    Raises TypeError for a row that is called nothing: a count of rows, a role, somebody's own draft.
    """
    match row:
        case DocumentRow() | StoryRow() | ClaimRow() | SeriesRow() | ConflictRow() | PersonRow() | CorrectionRow():
            return row.id
        case SuggestionRow() | TieRow():
            return row.id
        case StatementRow() | FigureRow():
            return f"{row.document}:{row.id}"
        case SpeakerRow():
            return row.key
        case FeedRow():
            return row.address
        case SearchHit():
            return row.document if row.statement is None else f"{row.document}:{row.statement}"
        case CopyRow():
            return row.document
        case TimelineRow():
            parts = (row.document, row.record, row.kind.replace(" ", "-"), row.of)
            return ":".join(part for part in parts if part is not None)
        case MemberRow() | PlaceRow():
            named = _NAMED.fullmatch(row.record) is not None
            return f"{row.document}:{row.record}" if named else stretch(row.document, *row.spans)
        case PointRow():
            return cited(row.places[0])
        case SideRow() | MergeRow() | MapRow() | Place():
            return stretch(row.document, row.span)
        case DifferenceRow():
            if row.span is not None:
                return stretch(row.document, row.span)
            if row.other_span is not None:
                return stretch(row.other, row.other_span)
    raise TypeError(f"a {type(row).__name__} is called nothing")
