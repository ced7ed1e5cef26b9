"""Plain text: stored exactly as decoded. A "By …" line under the headline gives the author."""

from __future__ import annotations

import re

from onrecord.intake.article import About
from onrecord.intake.blocks import segment
from onrecord.records import Block

__all__ = ["read_text"]

_NAME = r"[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,3}"
_BY = re.compile(rf"[Bb][Yy]:?\s+(?P<names>{_NAME}(?:(?:,| and| &)\s+{_NAME}){{0,3}})(?=$|[,|/])")
_TOP = 5


def read_text(text: str) -> tuple[list[Block], About]:
    """The blocks of a plain text, and what its first lines state about it."""
    blocks = list(segment(text))
    for block in blocks[:_TOP]:
        if block.kind == "boilerplate" and (m := _BY.match(block.span.of(text))):
            return blocks, About(author=" ".join(m["names"].split()))
    return blocks, About()
