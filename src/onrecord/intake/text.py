"""Plain text: stored exactly as decoded. A "By …" line under the headline gives the author."""

from __future__ import annotations

import re

from onrecord.errors import TooLarge
from onrecord.intake.article import About
from onrecord.intake.blocks import segment
from onrecord.intake.limits import LINES
from onrecord.records import Block

__all__ = ["read_text"]

_NAME = r"[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,3}"
_BY = re.compile(rf"[Bb][Yy]:?\s+(?P<names>{_NAME}(?:(?:,| and| &)\s+{_NAME}){{0,3}})(?=$|[,|/])")
_TOP = 5
_LINE_END = re.compile(r"[\n\r\x0b\x0c\u2028\u2029]")


def read_text(text: str, *, name: str, line: int | None = None) -> tuple[list[Block], About]:
    """The blocks of a plain text, and what its first lines state about it. Raises TooLarge above LINES."""
    if len(_LINE_END.findall(text)) > LINES:
        raise TooLarge(name, f"more than {LINES:,} lines in one document", line=line)
    blocks = list(segment(text))
    for block in blocks[:_TOP]:
        if block.kind == "boilerplate" and (m := _BY.match(block.span.of(text))):
            return blocks, About(author=" ".join(m["names"].split()))
    return blocks, About()
