"""What a mark says when it is pointed at or read aloud."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.records import Span

__all__ = ["LONGEST", "address", "clipped", "joined"]

LONGEST = 160
"""Characters of a sentence in a chart; all of it is a click away."""


def clipped(words: str, longest: int = LONGEST) -> str:
    """The words on one line, cut between two of them where they are too long."""
    line = " ".join(words.split())
    if len(line) <= longest:
        return line
    cut = line.rfind(" ", 0, longest)
    return f"{line[: cut if cut > 0 else longest]} …"


def joined(*parts: str | None) -> str:
    """Those of the parts that there are, in one line."""
    return ", ".join(part for part in parts if part)


def address(document: str, spans: Iterable[Span]) -> str:
    """Where the web pages show these characters."""
    # Only here: a chart that becomes a file needs no web server, and importing one takes 0.2 s.
    from onrecord.views.web.links import document_url

    # Not all that is drawn has an anchor in its document: the address itself says what to mark.
    return document_url(document, spans, found=True)
