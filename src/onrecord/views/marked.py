"""The text of a document with what was read marked in it, for a terminal (colours) or a file (brackets)."""

from __future__ import annotations

from rich.text import Text

from onrecord.marks import Label, Mark, Segment, cut, record_marks
from onrecord.reading import Reading
from onrecord.views.wording import printable

__all__ = ["LEGEND", "in_brackets", "in_colours"]

LEGEND = "[n content n]  {source}  <cue>  _figure_  ~moment~"
"""What the brackets mean; n is the statement's number in the table below the text."""

_BRACKETS = {"source": ("{", "}"), "cue": ("<", ">"), "figure": ("_", "_"), "moment": ("~", "~")}
# Of the sixteen colours those that stay legible on white and on black; no background, which only suits one of them.
_COLOURS = {"content": "", "source": "bold green", "cue": "italic magenta", "figure": "underline", "moment": "cyan"}
_NUMBER = "bold blue"


def in_brackets(reading: Reading) -> str:
    """The text with a bracket at each end of each mark, as `LEGEND` says. Legible without colour; not for parsing."""
    numbers = _numbers(reading)
    parts: list[str] = []
    for segment in _segments(reading):
        parts += (_bracket(mark, numbers, closing=False) for mark in segment.opened)
        parts.append(printable(segment.text))
        parts += (_bracket(mark, numbers, closing=True) for mark in segment.closed)
    return "".join(parts)


def in_colours(reading: Reading) -> Text:
    """The text with each mark in its style, and numbered brackets around each content; boilerplate dimmed."""
    numbers = _numbers(reading)
    marked = Text()
    dimmed = [block.span for block in reading.document.blocks if block.kind == "boilerplate"]
    for segment in _segments(reading):
        for mark in segment.opened:
            if mark.label.kind == "content":
                marked.append(_bracket(mark, numbers, closing=False), style=_NUMBER)
        style = " ".join(filter(None, dict.fromkeys(_COLOURS[label.kind] for label in segment.labels)))
        start = len(marked)
        marked.append(printable(segment.text), style=style)
        for span in dimmed:
            if span.overlaps(segment.span):
                first = start + max(0, span.start - segment.span.start)
                marked.stylize("dim", first, start + min(len(segment.text), span.end - segment.span.start))
        for mark in segment.closed:
            if mark.label.kind == "content":
                marked.append(_bracket(mark, numbers, closing=True), style=_NUMBER)
    return marked


def _segments(reading: Reading) -> list[Segment[Label]]:
    return cut(reading.document.text, record_marks(reading.statements, reading.figures, reading.moments))


def _numbers(reading: Reading) -> dict[str, int]:
    return {statement.id: number for number, statement in enumerate(reading.statements, 1)}


def _bracket(mark: Mark[Label], numbers: dict[str, int], *, closing: bool) -> str:
    if mark.label.kind == "content":
        number = numbers[mark.label.record]
        return f" {number}]" if closing else f"[{number} "
    return _BRACKETS[mark.label.kind][closing]
