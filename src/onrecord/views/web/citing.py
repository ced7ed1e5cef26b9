"""From what a thing is called to what is cited of it: what it says, where that stands, and its page.

`DOC:s3` a statement, `:f0` a figure, `:v1` an event, `:e2` an entity, `DOC@120-180` a stretch of text, a document by its
id; `c…` a claim, `f…` a series, `t…` a story, `y…` a copy group, `x…` a conflict, `p…` a person, `k…` a correction; a
reference (`iso3166:KP`). A document is known by the beginning of its id too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import UNNAMED, Ledger
from onrecord.ledger.claims.rows import MemberRow
from onrecord.ledger.conflicts.rows import SideRow
from onrecord.ledger.rows import FigureRow, StatementRow
from onrecord.ledger.series.rows import PlaceRow
from onrecord.records import Document, Span
from onrecord.views.cite import Citation, Source
from onrecord.views.web import links
from onrecord.views.web.words import in_conflict, ruled
from onrecord.views.wording import OUTLET, amount, number

__all__ = ["Cited", "Place", "cite"]

Row = TypeVar("Row")

_RECORD = re.compile(r"([0-9a-f]{4,64}):([sfve]\d+)(?::.*)?")  # a timeline's entry names its record first
_STRETCH = re.compile(r"([0-9a-f]{4,64})@([0-9]{1,12})-([0-9]{1,12})")
_DERIVED = re.compile(r"[cftyxpk][0-9a-f]{12}")
_DOCUMENT = re.compile(r"[0-9a-f]{4,64}")


@dataclass(frozen=True, slots=True)
class Place:
    """Words that a citation rests on: an article's, with the text that they stand in."""

    document: Document
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, the page of what it cites, and the places that it rests on: `places` of `of` in all."""

    citation: Citation
    url: str
    places: Sequence[Place]
    of: int


def cite(ledger: Ledger, name: str) -> Cited:
    """What is called `name`. Raises NotInLedger where nothing is, LedgerError for characters that are none."""
    record, stretch = _RECORD.fullmatch(name), _STRETCH.fullmatch(name)
    if record is not None:
        return _RECORDS[record[2][0]](ledger, ledger.article(record[1]), record[2])
    if stretch is not None:
        return _stretch(ledger.article(stretch[1]), Span(int(stretch[2]), int(stretch[3])))
    if _DERIVED.fullmatch(name):
        return _FOLLOWING[name[0]](ledger, name)
    if _DOCUMENT.fullmatch(name):
        document = ledger.article(name)
        return Cited(Citation(document.id, "document", None, _source(document)), links.document_url(document.id), (), 0)
    return _person(ledger, name)


_MOST = 8
"""Places that are shown with their selectors: each needs the text of its article. An export holds them all."""


def _stretch(document: Document, span: Span) -> Cited:
    if not span.start < span.end <= len(document.text):
        raise LedgerError(f"document {document.id[:12]} has no characters {span.start}-{span.end}")
    name = f"{document.id}@{span.start}-{span.end}"
    citation = Citation(name, "words", f"“{span.of(document.text)}”", _source(document, span))
    return Cited(citation, links.document_url(document.id, [span], found=True), [Place(document, (span,))], 1)


def _in(document: Document, record: str, kind: str, says: str, spans: tuple[Span, ...]) -> Cited:
    citation = Citation(f"{document.id}:{record}", kind, says, _source(document, *spans))
    return Cited(citation, links.document_url(document.id, spans), [Place(document, spans)], 1)


def _statement(ledger: Ledger, document: Document, record: str) -> Cited:
    every = ledger.statements(document=document.id, rejected=True)
    row = _found(f"{document.id}:{record}", [s for s in every if s.id == record])
    who = row.speaker or row.source or UNNAMED
    said = f" ({row.said_on})" if row.said_on else ""
    out = _ruled_out(row, ledger.statements(document=document.id))
    return _in(document, record, "statement", f"{who}{said}: “{row.content}”{out}", row.content_spans)


def _figure(ledger: Ledger, document: Document, record: str) -> Cited:
    every = ledger.figures(document=document.id, rejected=True)
    row = _found(f"{document.id}:{record}", [f for f in every if f.id == record])
    out = _ruled_out(row, ledger.figures(document=document.id))
    what = " ".join(filter(None, (amount(row.low, row.high, row.bound, row.unit), row.noun)))
    return _in(
        document, record, "figure", f"{what} ({row.voucher or OUTLET}): “{row.context.strip()}”{out}", (row.span,)
    )


def _ruled_out(row: StatementRow | FigureRow, told: Sequence[StatementRow | FigureRow]) -> str:
    """What a citation adds where a person ruled that the record is none: by which correction."""
    return "" if any(one.id == row.id for one in told) else f" (rejected: {row.ruled})"


def _event(ledger: Ledger, document: Document, record: str) -> Cited:
    row = _found(f"{document.id}:{record}", [e for e in ledger.document(document.id).events if e.id == record])
    return _in(document, record, "event", f"“{row.span.of(document.text)}” ({row.status})", (row.span,))


def _entity(ledger: Ledger, document: Document, record: str) -> Cited:
    reading = ledger.document(document.id)
    row = _found(f"{document.id}:{record}", [e for e in reading.entities if e.id == record])
    spans = tuple(mention.span for mention in reading.mentions if mention.entity == record)[:1]
    return _in(document, record, "entity", f"{row.name} ({row.type})", spans)


def _claim(ledger: Ledger, name: str) -> Cited:
    row = _found(name, ledger.claims(name))
    voices = [
        (part, dict.fromkeys(m.name for m in members))
        for part, members in (("held", row.holders), ("denied", row.deniers))
    ]
    how = "; ".join([row.standing, *(f"{part} by {', '.join(names)}" for part, names in voices if names)])
    says = f"“{row.says}” ({how})"
    return _following(ledger, Citation(row.id, "claim", says, None), links.claim_url(row.id), (row.first, *row.members))


def _series(ledger: Ledger, name: str) -> Cited:
    row = _found(name, ledger.series(name))
    best = f": {amount(row.best.low, row.best.high, 'exactly', row.unit)}" if row.best else ""
    disputed = ", disputed" if row.best and row.best.disputed else ""
    says = f"{row.what}{best} ({len(row.points)} values, {row.trend}{disputed})"
    # What the best value rests on stands first, the newest of it before the others.
    newest = row.points[::-1]
    points = [*(p for p in newest if p.best), *(p for p in newest if not p.best)]
    places = [place for point in points for place in point.places]
    return _following(ledger, Citation(row.id, "series", says, None), links.series_url(row.id), places)


def _conflict(ledger: Ledger, name: str) -> Cited:
    row = _found(name, ledger.conflicts(name))
    citation = Citation(row.id, "conflict", in_conflict(row), None)
    return _following(ledger, citation, links.conflict_url(row.id), (row.a, row.b))


def _story(ledger: Ledger, name: str) -> Cited:
    row = _found(name, ledger.stories(name))
    days = " – ".join(dict.fromkeys(day for day in (row.first, row.last) if day)) or "no date"
    says = f"{row.title or 'Untitled story'} ({number(row.documents)} articles, {days})"
    return Cited(Citation(row.id, "story", says, None), links.story_url(row.id), (), 0)


def _copies(ledger: Ledger, name: str) -> Cited:
    rows = ledger.copies(name)
    _found(name, rows)
    origin = next((row for row in rows if row.kind == "origin"), rows[0])
    says = f"{len(rows)} articles print one text"
    citation = Citation(rows[0].group, "copy group", says, _source(ledger.article(origin.document)))
    return Cited(citation, links.copies_url(rows[0].group), (), 0)


def _person(ledger: Ledger, name: str) -> Cited:
    row = _found(name, ledger.who(name))
    roles = "; ".join(role.title for role in row.roles[:3])
    says = f"{row.name} ({', '.join(filter(None, (row.type, roles)))})"
    return Cited(
        Citation(row.id, "person" if row.type == "person" else row.type, says, None), links.speaker_url(row.id), (), 0
    )


def _correction(ledger: Ledger, name: str) -> Cited:
    row = _found(name, [row for row in ledger.corrections() if row.id == name])
    says = f"{ruled(row)}: “{row.words}”, by {row.by}, {row.at}: {row.reason} ({row.state})"
    citation = Citation(row.id, "correction", says, _source(ledger.article(row.document)))
    return Cited(citation, f"/corrections#{row.id}", (), 0)


_RECORDS: dict[str, Callable[[Ledger, Document, str], Cited]] = {
    "s": _statement,
    "f": _figure,
    "v": _event,
    "e": _entity,
}
_FOLLOWING: dict[str, Callable[[Ledger, str], Cited]] = {
    "c": _claim,
    "f": _series,
    "t": _story,
    "y": _copies,
    "x": _conflict,
    "p": _person,
    "k": _correction,
}


def _following(ledger: Ledger, citation: Citation, url: str, parts: Sequence[MemberRow | PlaceRow | SideRow]) -> Cited:
    """What follows from several places; it is cited by the first of them."""
    spans = [(part.document, (part.span,) if isinstance(part, SideRow) else part.spans) for part in parts]
    distinct = list(dict.fromkeys(spans))
    texts = {document: ledger.article(document) for document in dict.fromkeys(d for d, _ in distinct[:_MOST])}
    places = [Place(texts[document], where) for document, where in distinct[:_MOST]]
    source = _source(places[0].document, *places[0].spans)
    return Cited(replace(citation, source=source), url, places, len(distinct))


def _source(document: Document, *spans: Span) -> Source:
    return Source(
        document=document.id,
        title=document.title,
        author=document.author,
        publisher=document.publisher,
        published=document.published,
        url=links.web_url(document.url),
        spans=spans,
        words=" … ".join(span.of(document.text) for span in spans),
    )


def _found(name: str, rows: Sequence[Row]) -> Row:
    if not rows:
        raise NotInLedger(f"nothing is called {name} in this ledger")
    return rows[0]
