"""The text of a document cut for its page: blocks of pieces, each with what covers it and the anchors it bears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.marks import Label, Mark, Segment, cut, record_marks
from onrecord.reading import Reading
from onrecord.records import Block, Span
from onrecord.views.web.links import anchor

__all__ = ["Piece", "TextBlock", "target_rules", "text_blocks"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters under one set of marks. All strings but `text` are made here and safe as attributes.

    text     the characters, as they stand in the document
    kinds    what they are: source, cue, content, figure, moment, event, found; none for plain text
    records  what they belong to: statements (`s3`), figures (`f0`), moments (`m2`), events (`v1`)
    depth    in how many statements' contents they stand: words within words within words
    covers   the anchors of every mark over them, for the rule that lights up the one in the address
    anchors  the anchors that start here, each once in the document
    opens    the statements (number, id) whose content starts here
    closes   the numbers of the statements whose content ends here
    """

    text: str
    kinds: tuple[str, ...]
    records: tuple[str, ...]
    depth: int
    covers: tuple[str, ...]
    anchors: tuple[str, ...]
    opens: tuple[tuple[int, str], ...]
    closes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block of the page in pieces. `kind` is a BlockKind, or "gap" for what stands between blocks (line ends)."""

    kind: str
    pieces: tuple[Piece, ...]


_Part = Label | str | int
"""What is marked: a record's words; "found", words that the address names; a block, by its number."""

_KEYS = {"figure": "f", "moment": "m"}
"""The letter before the index of those records that are named by their place in the reading."""


def text_blocks(reading: Reading, found: Sequence[Span] = ()) -> list[TextBlock]:
    """The whole text as blocks of pieces: joined, the pieces are `Document.text`.

    Raises ValueError for a span of `found` that does not lie in the text.
    """
    text = reading.document.text
    blocks = reading.document.blocks
    marks: list[Mark[_Part]] = [Mark(b.span, number) for number, b in enumerate(blocks) if b.span.start < b.span.end]
    read = record_marks(reading.statements, reading.figures, reading.moments, reading.events)
    marks += (Mark(m.span, m.label) for m in read)
    marks += (Mark(span, "found") for span in found)
    return list(_blocks(cut(text, marks), blocks, {s.id: n for n, s in enumerate(reading.statements, 1)}))


def target_rules(blocks: Iterable[TextBlock]) -> str:
    """The style sheet that lights up what the address names: all pieces of an anchor, of a record, and a record's row.

    A mark of several pieces (words within words, an interrupted quotation) has its anchor on the first of them alone,
    and CSS has no rule for all elements that share a class with the target: so each anchor has one of its own. Lines over
    and under, no frame: a frame would part the pieces.
    """
    pieces = [piece for block in blocks for piece in block.pieces]
    anchors = dict.fromkeys(name for piece in pieces for name in piece.anchors)
    records = dict.fromkeys(name for piece in pieces for name in piece.records)
    rules = [f"body:has(#{name}:target) .{name}" for name in anchors]
    rules += [f'body:has(#row-{name}:target) .text [data-of~="{name}"]' for name in records]
    return "".join(f"{rule}{{box-shadow:0 -2px var(--target),0 2px var(--target)}}\n" for rule in rules)


def _blocks(
    segments: Iterable[Segment[_Part]], blocks: Sequence[Block], numbers: dict[str, int]
) -> Iterator[TextBlock]:
    active: dict[Mark[_Part], None] = {}
    seen: set[str] = set()

    def pieces(group: Iterable[Segment[_Part]]) -> Iterator[Piece]:
        for segment in group:
            active.update(dict.fromkeys(segment.opened))
            yield _piece(segment, list(active), seen, numbers)
            for mark in segment.closed:
                del active[mark]

    for number, group in groupby(segments, key=_block_number):
        if number is not None:
            kind: str = blocks[number].kind
        else:
            kind = "gap" if blocks else "paragraph"
        yield TextBlock(kind, tuple(pieces(group)))


def _block_number(segment: Segment[_Part]) -> int | None:
    return next((label for label in segment.labels if isinstance(label, int)), None)


def _piece(segment: Segment[_Part], active: list[Mark[_Part]], seen: set[str], numbers: dict[str, int]) -> Piece:
    kinds = (label if isinstance(label, str) else label.kind for label in segment.labels if not isinstance(label, int))
    labels = [label for label in segment.labels if isinstance(label, Label)]
    starting = dict.fromkeys(anchor(m.span) for m in segment.opened if not isinstance(m.label, int))
    anchors = tuple(name for name in starting if name not in seen)
    seen.update(anchors)
    opens = (m.label.record for m in segment.opened if isinstance(m.label, Label) and m.label.kind == "content")
    closes = (m.label.record for m in segment.closed if isinstance(m.label, Label) and m.label.kind == "content")
    return Piece(
        text=segment.text,
        kinds=tuple(dict.fromkeys(kinds)),
        records=tuple(dict.fromkeys(f"{_KEYS.get(label.kind, '')}{label.record}" for label in labels)),
        depth=sum(label.kind == "content" for label in labels),
        covers=tuple(dict.fromkeys(anchor(m.span) for m in active if not isinstance(m.label, int))),
        anchors=anchors,
        opens=tuple((numbers[record], record) for record in opens),
        closes=tuple(numbers[record] for record in closes),
    )
