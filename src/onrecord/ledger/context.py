"""The sentence a figure stands in, for people to read beside the bare number: display and search, never decoding.

The reader's own sentences are not part of a reading, so this cuts again, and when in doubt it does not cut: a context
that is a sentence too long still shows the figure among its own words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from onrecord.records import Block, Span

__all__ = ["sentence_around"]

# Nobody reads more than this on each side of a number in a table; it also bounds the work on a line of many megabytes.
_REACH = 400

# From the mark on: a pattern that began with the word before it would be tried from each letter of every word.
_END = re.compile(r"""(?P<mark>[.!?…]+)["'”’»)\]]*(?P<gap>\s+)(?=(?P<next>\S))""")
_SHORTENED = re.compile(
    "mrs?|ms|dr|prof|gen|col|lt|sgt|capt|maj|adm|sen|rep|gov|st|[js]r|no|vs|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
    re.IGNORECASE,
)


def sentence_around(text: str, span: Span, blocks: Sequence[Block]) -> Span:
    """The sentence of `text` that holds `span`, inside its block (or its line, where no block holds it)."""
    low, high = _bounds(text, span, blocks)
    low, high = _reach(text, span, low, high)
    start, end = low, high
    for mark, closed, following in _ends(text, low, high):
        if following <= span.start:
            start = following
        elif mark >= span.end:
            end = closed
            break
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


@lru_cache(maxsize=256)  # a paragraph is asked about by each of its figures, events and sentences
def _ends(text: str, low: int, high: int) -> tuple[tuple[int, int, int], ...]:
    """Of each sentence that ends within: behind its mark, behind the quotation marks and brackets that belong to it since
    it closes them, and where the next one begins."""
    return tuple(
        (match.end("mark"), match.start("gap"), match.end())
        for match in _END.finditer(text, low, high)
        if _ends_sentence(match, low)
    )


def _bounds(text: str, span: Span, blocks: Sequence[Block]) -> tuple[int, int]:
    place = bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1
    if place >= 0 and blocks[place].span.covers(span):
        return blocks[place].span
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return start, len(text) if end < 0 else end


def _reach(text: str, span: Span, low: int, high: int) -> tuple[int, int]:
    """The bounds, drawn in to `_REACH` characters on each side and from there to the next gap between words."""
    if span.start - low > _REACH:
        low = span.start - _REACH
        while low < span.start and not text[low].isspace():
            low += 1
    if high - span.end > _REACH:
        high = span.end + _REACH
        while high > span.end and not text[high - 1].isspace():
            high -= 1
    return low, high


def _ends_sentence(match: re.Match[str], low: int) -> bool:
    if match["next"].islower():
        return False
    if match["mark"] != ".":
        return True
    before = match.string[low : match.start()]
    word = before.rsplit(maxsplit=1)[-1].lstrip("\"'“‘«([") if before and not before[-1].isspace() else ""
    initial_or_short_form = (len(word) == 1 and word.isalpha()) or ("." in word and not any(c.isdigit() for c in word))
    return not initial_or_short_form and _SHORTENED.fullmatch(word) is None
