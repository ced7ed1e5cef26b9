"""Lines at places of pages become paragraphs, headings, and what is printed on every page.

Rules of typography, not of a language: a paragraph ends where the gap to the next line is wider than between lines, where
the next line is indented, where the size changes, or where a line stops short of its column behind the end of a sentence. At
the end of a column or page it goes on unless a sentence ends there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from onrecord.patience import check_time
from onrecord.records import Block, BlockKind, Span

__all__ = ["Line", "laid_out"]

_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]»]*$")
_BULLET = re.compile(r"(?:[•▪◦‣●■–-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_NUMBER = re.compile(r"(?:page\s+)?[-–—|\s]*\d{1,4}[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_EDGE_LINES = 2
_SAME_SIZE, _HEADING_SIZE = 1.08, 1.15
_WIDE_GAP, _SHORT_OF, _INDENT = 1.35, 0.15, 0.8
_HEADING_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and its box, in points from the left and the lower edge. `hyphen` lines end within a word."""

    words: str
    left: float
    right: float
    bottom: float
    top: float
    hyphen: bool = False

    @property
    def size(self) -> float:
        """How high its letters are, with what hangs below them."""
        return max(self.top - self.bottom, 0.1)


def laid_out(pages: Sequence[Sequence[Line]]) -> tuple[str, list[Block]]:
    """The text of the pages, paragraphs set apart by blank lines, and its blocks. What stands on every page is boilerplate,
    and comes behind the paragraph that it interrupts."""
    body = _body_size(pages)
    furniture = _furniture(pages, body)
    known = Counter(w.casefold() for lines in pages for line in lines for w in _WORD.findall(line.words))
    pieces: list[tuple[str, BlockKind]] = []
    current: list[Line] = []
    aside: list[str] = []

    def close() -> None:
        if current:
            words = _joined(current, known)
            pieces.append((words, _kind(words, current, body)))
        pieces.extend((words, "boilerplate") for words in aside)
        current.clear()
        aside.clear()

    for number, lines in enumerate(pages):
        rest = [line for i, line in enumerate(lines) if (number, i) not in furniture]
        pitch = _pitch(rest)
        margins = _Margins(rest)
        inside = {id(line) for line in rest}
        for line in lines:
            check_time()
            if id(line) not in inside:
                aside.append(line.words)
                if not current:
                    close()
                continue
            if current and _ends(current, line, pitch, margins):
                close()
            current.append(line)
    close()
    return _text(pieces)


class _Margins:
    """How far the lines of a page go that begin where a line does: the edges of its column."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def right(self, line: Line) -> float:
        return max((o.right for o in self._lines if abs(o.left - line.left) < 2 * line.size), default=line.right)


def _ends(current: Sequence[Line], line: Line, pitch: float, margins: _Margins) -> bool:
    """Whether a paragraph ends before a line."""
    last = current[-1]
    larger, smaller = max(last.size, line.size), min(last.size, line.size)
    if larger > smaller * _SAME_SIZE:
        return True
    if last.hyphen:
        return False
    ended = _ENDS_SENTENCE.search(last.words) is not None
    if line.bottom >= last.bottom:  # the next column or page: places do not compare
        return ended or not line.words[:1].islower()
    if last.bottom - line.bottom > pitch * _WIDE_GAP or _BULLET.match(line.words):
        return True
    left = min(other.left for other in current)
    if line.left > left + _INDENT * line.size:  # an indented first line; or a heading that stands in the middle
        return ended
    width = margins.right(last) - left
    return ended and last.right < margins.right(last) - _SHORT_OF * width


def _joined(lines: Sequence[Line], known: Counter[str]) -> str:
    """The words of a paragraph's lines. A hyphen at the end of a line goes, unless the text has the word with it elsewhere,
    or what follows is no small letter ("anti-American")."""
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        parts.append(line.words)
        if following is None:
            parts += ["-"] if line.hyphen else []
        elif not line.hyphen:
            parts.append(" ")
        else:
            before, after = re.search(r"[^\W\d_-]*$", line.words), _WORD.match(following.words)
            first, second = (before[0] if before else ""), (after[0] if after else "")
            written = known[f"{first}-{second}".casefold()]
            together = known[f"{first}{second}".casefold()]
            parts += ["-"] if written > together or not following.words[:1].islower() else []
    return "".join(parts)


def _kind(words: str, lines: Sequence[Line], body: float) -> BlockKind:
    if lines[0].size > body * _HEADING_SIZE and len(words) <= _HEADING_LONGEST:
        return "heading"
    return "list" if _BULLET.match(words) else "paragraph"


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _pitch(lines: Sequence[Line]) -> float:
    """How far lines stand from each other within a paragraph: the median of the steps down to a line of the same size."""
    steps = [
        a.bottom - b.bottom
        for a, b in pairwise(lines)
        if 0 < a.bottom - b.bottom < 3 * a.size and max(a.size, b.size) < min(a.size, b.size) * _SAME_SIZE
    ]
    return median(steps) if steps else max((line.size for line in lines), default=1.0) * 1.2


def _furniture(pages: Sequence[Sequence[Line]], body: float) -> set[tuple[int, int]]:
    """Lines, by page and number, that are printed at the top or the bottom of several pages, numbers aside; and bare
    numbers of pages there."""
    seen: dict[str, list[tuple[int, int]]] = {}
    found: set[tuple[int, int]] = set()
    for number, lines in enumerate(pages):
        for i in _edges(lines):
            line = lines[i]
            if _NUMBER.fullmatch(line.words):
                found.add((number, i))
            elif line.size <= body * _SAME_SIZE:
                seen.setdefault(re.sub(r"\d+", "#", line.words.casefold()), []).append((number, i))
    least = max(2, -(-2 * len(pages) // 5))
    for places in seen.values():
        if len({number for number, _ in places}) >= least:
            found.update(places)
    return found


def _edges(lines: Sequence[Line]) -> Iterator[int]:
    """The lines above the first wide gap of a page and below the last, a few at most; the outermost where there is none."""
    order = sorted(range(len(lines)), key=lambda i: lines[i].bottom)
    found: list[int] = []
    for outward in (order, order[::-1]):
        some = outward[: _EDGE_LINES + 1]
        apart = (
            n for n, (i, j) in enumerate(pairwise(some), start=1) if _gap(lines[i], lines[j]) > 0.5 * lines[i].size
        )
        found += some[: next(apart, 1)]
    yield from dict.fromkeys(found)


def _gap(a: Line, b: Line) -> float:
    return max(b.bottom - a.top, a.bottom - b.top)


def _text(pieces: Sequence[tuple[str, BlockKind]]) -> tuple[str, list[Block]]:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for words, kind in pieces:
        if blocks:
            parts.append("\n\n")
            at += 2
        parts.append(words)
        blocks.append(Block(Span(at, at + len(words)), kind))
        at += len(words)
    return "".join(parts), blocks
