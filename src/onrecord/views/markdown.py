"""Tables as Markdown (CommonMark with GitHub's tables), from the same renderables that a terminal shows.

What an article holds is words there too: every character that Markdown or HTML would take for markup is escaped, a line
feed in a cell is `<br>`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.views.grid import Grid
from onrecord.views.sparks import Density, Drawing

__all__ = ["as_markdown"]

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$]")
# What begins a list, a rule, a heading's underline or a table at the start of a line.
_LINE_START = re.compile(r"^(?:[-+=:]|\d+(?=[.)]))")
_CONSOLE = Console(file=io.StringIO(), width=10_000)  # only to resolve styles


def as_markdown(shown: RenderableType) -> Iterator[str]:
    """The lines of one renderable, an empty line after each block.

    Takes what the tables of `views` are made of: Text, Grid, the charts of `sparks`, Group and Padding of these.
    TypeError for anything else.
    """
    if isinstance(shown, Group):
        for part in shown.renderables:
            yield from as_markdown(part)
    elif isinstance(shown, Padding):
        yield from as_markdown(shown.renderable)
    elif isinstance(shown, Grid):
        yield from _table(shown)
    elif isinstance(shown, Drawing | Density):
        lines = shown.lines(ascii_only=False)
        yield from ("```text", *lines, "```", "") if lines else ()
    elif isinstance(shown, Text):
        yield from _paragraph(shown)
    else:
        raise TypeError(f"{type(shown).__name__} has no form in Markdown")


def _table(grid: Grid) -> Iterator[str]:
    if grid.title:
        yield from (f"### {_inline(Text(grid.title))}", "")
    headings = [Text(heading if grid.headed else "") for heading, _ in grid.columns]
    yield _row(headings)
    yield f"|{' --- |' * len(headings)}"
    for row in grid.rows:
        yield _row(row)
    yield ""


def _row(cells: list[Text] | tuple[Text, ...]) -> str:
    lines = (cell.split("\n", allow_blank=True) for cell in cells)
    return f"| {' | '.join('<br>'.join(map(_inline, one)) for one in lines)} |"


def _paragraph(text: Text) -> Iterator[str]:
    lines = [line for part in text.split("\n") if (line := _inline(part).strip())]
    if lines:
        # Two spaces before a line feed are a line break.
        yield from (f"{_LINE_START.sub(_escape_first, line)}  " for line in lines[:-1])
        yield from (_LINE_START.sub(_escape_first, lines[-1]), "")


def _escape_first(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}"


def _inline(text: Text) -> str:
    """Words on one line, those in bold between asterisks where Markdown is sure to take these so."""
    if not text.spans and not text.style:  # most cells: rendering takes thirty times as long
        return _MARKUP.sub(r"\\\g<0>", re.sub(r"\s+", " ", text.plain))
    out, before = "", " "
    for segment in text.render(_CONSOLE, end=""):
        words = re.sub(r"\s+", " ", segment.text)
        bold = segment.style is not None and bool(segment.style.bold)
        escaped = _MARKUP.sub(r"\\\g<0>", words)
        if bold and words[:1].isalnum() and words[-1:].isalnum() and not before.isalnum() and not out.endswith("**"):
            escaped = f"**{escaped}**"
        out += escaped
        before = words[-1:] or before
    # Asterisks close only before white space or punctuation: words that go on at once were not to be set apart.
    return re.sub(r"\*\*((?:[^*\\]|\\.)+)\*\*(?=\w)", r"\1", out)
