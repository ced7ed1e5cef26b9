"""Quotation marks in plain text: the stretches they enclose, by paragraph. For drafts and for the ledger's documents.

The reader's own quotations live on its tokens, which a stored document no longer has. Here a stretch that is not closed
in its paragraph counts only where the next paragraph opens anew: a forgotten mark must not turn a paragraph into
somebody's words. Single marks count where a paragraph has no double ones, and only in pairs that no apostrophe makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.records import Span

__all__ = ["quotations"]

_OPENING, _CLOSING = "“„«‟", "”»"
_DOUBLE = re.compile(r"[\"“”„«»‟＂]|``|''")
_CLOSED_BY = {
    "“": '”"“',
    "„": '“”"',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "”": "”",
    '"': '"”',
    "＂": "＂",
    "``": "''\"”",
    "''": "''\"",
}
_LINE = re.compile(r"[^\n]+")
_BEGINS_QUOTED = re.compile(r"\s*(?:[\"“„«‟＂]|``)")
# A pair of single marks: opened before a word, closed after a sentence's punctuation and before no letter.
_SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)(?P<said>[^\n]+?[,.!?…])[’'](?!\w)")


def quotations(text: str) -> list[Span]:
    """What stands between quotation marks, without the marks, in order."""
    found = []
    lines = list(_LINE.finditer(text))
    for place, line in enumerate(lines):
        runs_on = place + 1 < len(lines) and _BEGINS_QUOTED.match(lines[place + 1][0]) is not None
        doubles = list(_double(text, line.start(), line.end(), runs_on=runs_on))
        if not doubles and not _DOUBLE.search(line[0]):
            doubles = [Span(*match.span("said")) for match in _SINGLE.finditer(text, line.start(), line.end())]
        found += [span for span in doubles if any(c.isalnum() for c in span.of(text))]
    return found


def _double(text: str, start: int, end: int, *, runs_on: bool) -> Iterator[Span]:
    opened: re.Match[str] | None = None
    for mark in _DOUBLE.finditer(text, start, end):
        if opened is None:
            # 5'10" and 12" are feet and inches.
            if mark[0] not in _CLOSING and not (mark.start() > start and text[mark.start() - 1].isdigit()):
                opened = mark
        elif mark[0] in _CLOSED_BY[opened[0]]:
            yield Span(opened.end(), mark.start())
            opened = None
    if opened is not None and runs_on:
        yield Span(opened.end(), end)
