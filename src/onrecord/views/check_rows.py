"""A checked draft, cut for a page: its blocks in marked pieces, each with the findings on its words.

The file that `onrecord check --html` writes and the web's page of a check show the same rows (templates/_check_rows.html).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.marks import Mark, cut
from onrecord.reading import Reading
from onrecord.records import Block, Span
from onrecord.views.wording import printable

if TYPE_CHECKING:
    from onrecord.ledger.checking import Finding, Place

__all__ = ["SHOWN", "Count", "DraftRow", "counted", "counts", "draft_rows", "of_place"]

_ORDER = ("contradicted", "misattributed", "altered", "outdated", "not on record", "verbatim")
"""What weighs most first: where marks overlap it gives the colour, and it is named first."""

SHOWN = 2
"""Sources of a finding that are shown at once; the others are folded."""


@dataclass(frozen=True, slots=True)
class Count:
    number: int
    kind: str
    css: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the draft's text under the same findings; `numbers` are those that end with it."""

    text: str
    css: str
    title: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    draft: str
    ledger: str


@dataclass(frozen=True, slots=True)
class Source:
    """Words of the ledger: `by` says who, when and where; they stand at `span` of `document`."""

    words: str
    by: str
    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Card:
    """One finding that needs an eye."""

    number: int
    kind: str
    css: str
    what: str
    reason: str
    changes: tuple[Changed, ...]
    first: tuple[Source, ...]
    more: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A block of the draft with the findings on its words; `fine` says how many are as on record."""

    kind: str
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    fine: str


def draft_rows(reading: Reading, findings: Sequence[Finding]) -> Iterator[DraftRow]:
    """The blocks of the draft, or its lines where it has no blocks. Findings that need an eye are numbered from 1."""
    text = reading.document.text
    numbers = {place: number for number, place in enumerate((i for i, f in enumerate(findings) if f.mend), 1)}
    marks = [Mark(finding.span, place) for place, finding in enumerate(findings) if finding.span.of(text)]
    for block in _blocks(reading):
        words = block.span.of(text)
        inside = [mark for mark in marks if mark.span.overlaps(block.span)]
        shifted = [Mark(_within(mark.span, block.span), mark.label) for mark in inside]
        pieces = []
        for segment in cut(words, shifted):
            under = sorted((findings[place] for place in segment.labels), key=lambda f: _ORDER.index(f.kind))
            ends = sorted(numbers[mark.label] for mark in segment.closed if mark.label in numbers)
            title = "; ".join(dict.fromkeys(f"{f.kind} {f.what}" for f in under))
            pieces.append(Piece(printable(segment.text), _css(under[0].kind) if under else "", title, tuple(ends)))
        own = [mark.label for mark in inside if block.span.start <= mark.span.start < block.span.end]
        cards = tuple(_card(findings[place], numbers[place]) for place in own if place in numbers)
        fine = Counter(findings[place].what for place in own if place not in numbers)
        yield DraftRow(
            block.kind, tuple(pieces), cards, ", ".join(_number(n, what) for what, n in sorted(fine.items()))
        )


def _blocks(reading: Reading) -> list[Block]:
    """The blocks of the draft that have words; its lines, where it has no blocks."""
    text = reading.document.text
    if reading.document.blocks:
        return [block for block in reading.document.blocks if block.span.of(text).strip()]
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Block(Span(start, start + len(line)), "paragraph"))
        start += len(line) + 1
    return found


def _within(span: Span, block: Span) -> Span:
    return Span(max(span.start, block.start) - block.start, min(span.end, block.end) - block.start)


def _card(finding: Finding, number: int) -> Card:
    sources = [
        Source(printable(place.words), printable(of_place(place)), place.document, place.span)
        for place in finding.against
    ]
    return Card(
        number=number,
        kind=finding.kind,
        css=_css(finding.kind),
        what=finding.what,
        reason=printable(finding.reason),
        changes=tuple(Changed(printable(draft), printable(ledger)) for _, draft, ledger in finding.difference),
        first=tuple(sources[:SHOWN]),
        more=tuple(sources[SHOWN:]),
    )


def _css(kind: str) -> str:
    return "missing" if kind == "not on record" else kind


def of_place(place: Place) -> str:
    """ "Edrin Sauk, 2025-03-12 · Toll revised · The Harbour Post, 2025-03-14 · 3f2a90c1": who, when, where."""
    said = ", ".join(filter(None, (place.speaker, place.said_on)))
    printed = ", ".join(filter(None, (place.publisher, (place.published or "")[:10])))
    return " · ".join(filter(None, (said, place.title, printed, place.document[:8])))


def counted(findings: Sequence[Finding]) -> list[tuple[str, int]]:
    """How many findings there are of each kind, what weighs most first."""
    found = Counter(finding.kind for finding in findings)
    return [(kind, found[kind]) for kind in _ORDER if found[kind]]  # type: ignore[index]


def counts(findings: Sequence[Finding]) -> list[Count]:
    """How many findings there are of each kind, for the head of a page."""
    return [Count(number, kind, _css(kind)) for kind, number in counted(findings)]


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
