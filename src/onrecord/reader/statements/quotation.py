"""Quotation marks → the regions they enclose, and how much of a content stands inside them.

Double marks of any style count; single ones are apostrophes too often. A mark left open runs to the end of its paragraph,
as it does in a quotation of several paragraphs, whose inner paragraphs each open anew and do not close; a paragraph that
closes what it did not open goes on with the one before.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from onrecord.reader.annotated import Annotated
from onrecord.reader.statements.passages import paragraphs
from onrecord.records import Manner

__all__ = ["MARKS", "Quotations", "trimmed", "without_notes"]

# Which mark may close which: English “…”, German „…“ and »…«, French «…», Swedish ”…”, East Asian 「…」, straight ones
# of any kind.
_PAIRS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«»", "”": "”", "「": "」", "『": "』"}
_OPENING = frozenset("“„«‟「『")
_CLOSING = frozenset("”»」』")
_EITHER = frozenset({'"', "\uff02", "``", "''"})
MARKS = _OPENING | _CLOSING | _EITHER
_EDGE = MARKS | frozenset(",;:‘’'")  # cut from both ends of a content
_DASHES = frozenset("-–—")  # before a line of speech, as in Spanish, French or Russian print
_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
LONGEST_NOTE = 3  # words between brackets after a quotation: "(sic)", "[in French]", "((it))"


@dataclass(frozen=True)
class Quotations:
    """The quoted regions of a document, as token ranges between the marks, in order."""

    annotated: Annotated

    @cached_property
    def paragraphs(self) -> list[range]:
        """The paragraphs of the text, for all who ask about its quotations."""
        return paragraphs(self.annotated)

    @cached_property
    def regions(self) -> tuple[range, ...]:
        tokens = self.annotated.tokens
        found = []
        opened: int | None = None
        for token in tokens:
            if opened is not None and token.index > opened and self._new_paragraph(token.index):
                found.append(range(opened + 1, token.index))
                opened = token.index - 1 if self._runs_on(token.index) else None
            mark = token.text
            if mark not in MARKS:
                continue
            if opened is None:
                if self._opens(token.index):
                    opened = token.index
            elif mark in _EITHER or mark in _PAIRS.get(tokens[opened].text, mark):
                found.append(range(opened + 1, token.index))
                opened = None
        if opened is not None:
            found.append(range(opened + 1, len(tokens)))
        return tuple(r for r in found if r)

    def _runs_on(self, start: int) -> bool:
        """The first mark of the paragraph that begins here closes: it goes on with the quotation left open before it."""
        tokens = self.annotated.tokens
        for k in range(start, len(tokens)):
            if k > start and self._new_paragraph(k):
                return False
            if tokens[k].text in MARKS:
                glued = k > start and tokens[k - 1].span.end == tokens[k].span.start
                apart = k + 1 == len(tokens) or tokens[k + 1].span.start > tokens[k].span.end
                return tokens[k].text in _CLOSING or (tokens[k].text in _EITHER and glued and apart)
        return False

    def _opens(self, index: int) -> bool:
        """A mark that opens by its shape; » where a « closes it in its paragraph; ” where it is glued to the next word."""
        tokens = self.annotated.tokens
        mark = tokens[index].text
        if mark in _OPENING or mark in {'"', "\uff02", "``"}:
            return True
        if mark == "''" or index + 1 == len(tokens):
            return False
        if mark == "»":
            for k in range(index + 1, len(tokens)):
                if tokens[k].text in "«»" or self._new_paragraph(k):
                    return tokens[k].text == "«" and not self._new_paragraph(k)
            return False
        glued_before = index > 0 and tokens[index - 1].span.end == tokens[index].span.start
        return not glued_before and tokens[index + 1].span.start == tokens[index].span.end

    def _new_paragraph(self, index: int) -> bool:
        tokens = self.annotated.tokens
        return "\n" in self.annotated.text[tokens[index - 1].span.end : tokens[index].span.start]

    @cached_property
    def _starts(self) -> list[int]:
        return [r.start for r in self.regions]

    def region_of(self, index: int) -> range | None:
        """The quoted region that a token stands in."""
        at = bisect_right(self._starts, index) - 1
        return self.regions[at] if at >= 0 and index in self.regions[at] else None

    @cached_property
    def _quoted(self) -> frozenset[int]:
        return frozenset(chain.from_iterable(self.regions))

    def quoted(self, index: int) -> bool:
        """A token stands between quotation marks."""
        return index in self._quoted

    def after_dash(self, index: int) -> bool:
        """A token stands behind a dash that begins a line."""
        if index == 0 or self.annotated.tokens[index - 1].text not in _DASHES:
            return False
        return index == 1 or self._new_paragraph(index - 1)

    def manner(self, content: list[range]) -> Manner:
        """direct: all words of the content in marks; indirect: none; mixed: some."""
        words = [i for piece in content for i in piece if self.annotated.tokens[i].upos not in {"PUNCT", "SYM"}]
        inside = sum(map(self.quoted, words))
        if words and inside == len(words):
            return "direct"
        return "mixed" if inside else "indirect"


def trimmed(annotated: Annotated, piece: range) -> range:
    """A piece of content without the outer quotation marks and the comma that joins it to its cue.

    Marks go only in pairs or when they are unmatched inside: a content that begins with a quoted word keeps its mark.
    """
    tokens = annotated.tokens
    start, end = piece.start, piece.stop
    while (
        start < end
        and (tokens[start].text in _EDGE or _is_dash(annotated, start))
        and (tokens[start].text not in MARKS or _outer(annotated, start, end))
    ):
        start += 1
    while (
        start < end
        and tokens[end - 1].text in _EDGE
        and (tokens[end - 1].text not in MARKS or _unopened(annotated, start, end))
    ):
        end -= 1
    return range(start, end)


def without_notes(annotated: Annotated, piece: range) -> list[range]:
    """A content without the short notes in brackets that stand right behind a quotation mark: they are the reporter's."""
    tokens = annotated.tokens
    kept = []
    start = i = piece.start
    while i < piece.stop:
        if i > piece.start and tokens[i - 1].text in MARKS and _BRACKETS.get(tokens[i].text) == 1:
            end = _note_end(annotated, range(i, piece.stop))
            if end is not None:
                kept.append(range(start, i))
                start = i = end
                continue
        i += 1
    kept.append(range(start, piece.stop))
    return [p for p in kept if any(tokens[k].upos != "PUNCT" for k in p)]


def _note_end(annotated: Annotated, where: range) -> int | None:
    """Where the brackets that open at the beginning close, or the piece is cut; None where they hold more than a note."""
    depth = words = 0
    for i in where:
        text = annotated.tokens[i].text
        depth += _BRACKETS.get(text, 0)
        words += text not in _BRACKETS
        if words > LONGEST_NOTE or text in MARKS:
            return None
        if depth == 0:
            return i + 1
    return where.stop


def _is_dash(annotated: Annotated, index: int) -> bool:
    """A dash that stands apart from the next word."""
    tokens = annotated.tokens
    apart = index + 1 < len(tokens) and tokens[index + 1].span.start > tokens[index].span.end
    return tokens[index].text in _DASHES and apart


def _outer(annotated: Annotated, start: int, end: int) -> bool:
    """The mark at `start` is closed at the very end of the piece, or not at all within it."""
    marks = [i for i in range(start + 1, end) if annotated.tokens[i].text in MARKS]
    return not marks or all(annotated.tokens[i].upos == "PUNCT" for i in range(marks[0], end))


def _unopened(annotated: Annotated, start: int, end: int) -> bool:
    """The mark that ends the piece has no partner inside it."""
    return sum(annotated.tokens[i].text in MARKS for i in range(start, end)) % 2 == 1
