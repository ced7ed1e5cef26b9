"""Anchors of records, and finding the same record again in a new reading of its document: surely, or not at all.

A document is known by its bytes, so a newer Onrecord may give the same document another text (a caption more, a line of
furniture less) and other records. A record is the same one if it was read from the same words: at the same place of a
text that is the same up to there and a little beyond, or at the only place where words that stood once in the old text
stand once in the new one, next to their old neighbours on one side at least. Words that stood there several times have
to be told apart by their neighbours on both sides. Everything else is a guess, and is said to be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from onrecord.errors import LedgerError
from onrecord.ledger.corrections.records import Anchor, Piece, RecordKind
from onrecord.ledger.ids import figure_key
from onrecord.reading import Reading
from onrecord.records import Span

__all__ = ["CONTEXT", "Lost", "anchor", "find"]

CONTEXT = 64
"""Characters kept before and after. Numbers are the words most often repeated: of 12,259 in 1,455 news articles, 94 in
100 stand only once together with 32 characters on each side, 97 with 64, 99 with 128 (what is left stands in passages
that the page repeats). More would find fewer again where something near them has changed."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The record is not found, and why, in words for the person who reviews the correction."""

    why: str


class _Site(NamedTuple):
    """Where a record stands: `spans` are its words, `beside` tells it from others with the same words."""

    key: str
    spans: tuple[Span, ...]
    beside: tuple[Span, ...] = ()


def anchor(reading: Reading, kind: RecordKind, key: str) -> Anchor:
    """The anchor of the record with this key (`s3`, `f0`, `v1`, `e2`), which must be in the reading.

    Raises LedgerError where no words are its own: then nothing could be held to it surely.
    """
    if kind == "entity":
        return _entity_anchor(reading, key)
    sites = list(_sites(reading, kind))
    own = next(site for site in sites if site.key == key)
    same = [site for site in sites if site.spans == own.spans]
    beside = own.beside if len(same) > 1 else ()
    if len(same) > 1 and (not own.beside or sum(site.beside == own.beside for site in same) > 1):
        raise LedgerError(f"{reading.document.id[:12]}:{key} cannot be corrected: another {kind} has the same words")
    return _anchor(reading, kind, own.spans, beside)


def find(wanted: Anchor, reading: Reading) -> str | Lost:
    """The key of the record in `reading` that was read from the same words, or why none certainly was."""
    if reading.document.id != wanted.document:
        return Lost("it is another document")
    text = reading.document.text
    same_head = _head(text, wanted.pieces + wanted.beside) == wanted.head
    spans = _located(wanted.pieces, text, same_head=same_head)
    if isinstance(spans, Lost):
        return spans
    if wanted.kind == "entity":
        keys = _named_at(reading, spans[0])
    else:
        sites = [site for site in _sites(reading, wanted.kind) if site.spans == spans]
        if wanted.beside:
            beside = _located(wanted.beside, text, same_head=same_head)
            if isinstance(beside, Lost):
                return beside
            sites = [site for site in sites if site.beside == beside]
        keys = [site.key for site in sites]
    if len(keys) == 1:
        return keys[0]
    if keys:
        return Lost(f"{len(keys)} records of this kind ({', '.join(sorted(keys))}) are now read from these words")
    return Lost(f"no {wanted.kind} is now read from exactly these words")


def _anchor(
    reading: Reading, kind: RecordKind, spans: tuple[Span, ...], beside: tuple[Span, ...], name: str | None = None
) -> Anchor:
    text = reading.document.text
    pieces = tuple(_piece(text, span) for span in spans)
    others = tuple(_piece(text, span) for span in beside)
    return Anchor(reading.document.id, kind, pieces, _head(text, pieces + others), others, name)


def _piece(text: str, span: Span) -> Piece:
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    words = span.of(text)
    if len(_starts(text, words)) == 1:
        return Piece(span, words, before, after, "words")
    return Piece(span, words, before, after, "quote" if len(_starts(text, before + words + after)) == 1 else None)


def _head(text: str, pieces: tuple[Piece, ...]) -> str:
    """A digest of the text up to a little after the last of the words: without what follows them, the second of two
    equal sentences could stand where the first one stood, if a text lost the first with all between the two."""
    end = max(piece.span.end for piece in pieces) + CONTEXT
    return sha256(text[:end].encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _starts(text: str, words: str) -> list[int]:
    """All places where `words` stand, also those that overlap."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _located(pieces: tuple[Piece, ...], text: str, *, same_head: bool) -> tuple[Span, ...] | Lost:
    if same_head:
        return tuple(piece.span for piece in pieces)
    spans = []
    for piece in pieces:
        span = _locate(piece, text)
        if isinstance(span, Lost):
            return span
        spans.append(span)
    return tuple(spans)


def _locate(piece: Piece, text: str) -> Span | Lost:
    """The one place where the words of `piece` stand in a text that is not the same up to there."""
    size = len(piece.words)
    starts = _starts(text, piece.words)
    if not starts:
        return Lost(f"the words “{piece.words}” no longer stand in the text")
    if piece.once == "words" and len(starts) == 1:
        span = Span(starts[0], starts[0] + size)
        if _has_neighbour(piece, span, text):
            return span
        return Lost(f"the words “{piece.words}” now stand between other words")
    if piece.once is not None:
        quotes = _starts(text, piece.before + piece.words + piece.after)
        if len(quotes) == 1:
            start = quotes[0] + len(piece.before)
            return Span(start, start + size)
    when = f"stand {len(starts)} times" if len(starts) > 1 else "stood several times"
    return Lost(f"the words “{piece.words}” {when} in the text, and which were meant is not certain")


def _has_neighbour(piece: Piece, span: Span, text: str) -> bool:
    """Whether what stood before the words, or what stood after them, still does, the end of the text being part of it.

    Without that, the first sentence of a text would have its neighbours again inside a caption that repeats it.
    """
    before = text[max(0, span.start - CONTEXT) : span.start] == piece.before
    after = text[span.end : span.end + CONTEXT] == piece.after
    return before or after


def _sites(reading: Reading, kind: RecordKind) -> Iterator[_Site]:
    if kind == "statement":
        for statement in reading.statements:
            yield _Site(statement.id, statement.content, statement.source + statement.cue)
    elif kind == "figure":
        for place, figure in enumerate(reading.figures):
            yield _Site(figure_key(place), (figure.span,), (figure.counted.span,) if figure.counted else ())
    else:
        for event in reading.events:
            yield _Site(event.id, (event.span,))


def _entity_anchor(reading: Reading, key: str) -> Anchor:
    """The first place where the entity's best name stands; else another name, another mention, a source, a role."""
    entity = next(e for e in reading.entities if e.id == key)
    text = reading.document.text
    ranked = [
        (0 if m.span.of(text) == entity.name else 1 if m.form == "name" else 2, m.span)
        for m in reading.mentions
        if m.entity == key
    ]
    ranked += [(3, s.source[0]) for s in reading.statements if s.speaker == key and len(s.source) == 1]
    ranked += [(4, role.span) for role in entity.roles]
    for _, span in sorted(ranked):
        if _named_at(reading, span) == [key]:
            return _anchor(reading, "entity", (span,), (), entity.name)
    raise LedgerError(
        f"{reading.document.id[:12]}:{key} ({entity.name}) cannot be corrected: no words of the text are its alone"
    )


def _named_at(reading: Reading, span: Span) -> list[str]:
    """The entities that exactly these words stand for: by a mention, else as a source, else by a role."""
    known = {e.id for e in reading.entities}
    tiers = (
        {m.entity for m in reading.mentions if m.span == span},
        {s.speaker for s in reading.statements if s.source == (span,) and s.speaker is not None},
        {e.id for e in reading.entities for role in e.roles if role.span == span},
    )
    return next((sorted(tier & known) for tier in tiers if tier & known), [])
