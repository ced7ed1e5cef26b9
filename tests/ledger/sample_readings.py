"""Readings of articles about the invented dam, by the real reader: they make stories, copies, claims and series."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from onrecord.intake import documents
from onrecord.reader import read
from onrecord.reading import Reading
from onrecord.records import Document

__all__ = ["again", "readings"]

_SAMPLES = Path(__file__).parents[2] / "samples" / "velna-dam"

# Of one story but for the ferry: reports, a wire's article and its copies, an update, a denial, tolls that move.
_FILES = (
    "03-lowland-feed.jsonl",
    "08-delport-denial.html",
    "09-toll-revised.txt",
    "14-eastern-dispatch.txt",
    "16-harbour-post-brief.txt",
    "17-coast-tribune.html",
    "18-second-translation.txt",
    "19-ferry-fire.html",
    "27-quenby-withdraws.txt",
)
_MOST = 12


@cache
def readings() -> tuple[Reading, ...]:
    """Twelve readings."""
    found = (found for name in _FILES for found in documents([_SAMPLES / name]))
    read_ones = [read(document) for document in found if isinstance(document, Document)]
    # The feed's rows come first and are many; the least of them makes room for the rest.
    return tuple(read_ones[-_MOST:])


def again(reading: Reading) -> Reading:
    """The same document as other weights might read it: without its last statement and whatever refers to it."""
    gone = {statement.id for statement in reading.statements[-1:]}
    kept = [s for s in reading.statements if s.id not in gone]
    return replace(
        reading,
        model="other weights",
        statements=tuple(replace(s, within=None if s.within in gone else s.within) for s in kept),
        figures=tuple(replace(f, statement=None if f.statement in gone else f.statement) for f in reading.figures),
        events=tuple(replace(e, statement=None if e.statement in gone else e.statement) for e in reading.events),
    )
