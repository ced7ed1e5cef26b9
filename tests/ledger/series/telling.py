"""Readings written by hand for the tests of series: figures marked in the text, statements and moments named by words.

`{14}` is a bare number, `{At least 14|people/person}` one that counts "people": the words behind the bar follow it in the
text, the lemma stands behind the slash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord import records as r
from onrecord.ledger.scene import Member, Scene
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.counts import counts
from onrecord.ledger.series.grouping import Series, series
from onrecord.reading import Reading
from onrecord.records import Span

__all__ = ["scene_of", "series_of", "told", "with_people"]

_MARK = re.compile(r"\{(?P<figure>[^{}|]+)(?:\|(?P<words>[^{}/]+)/(?P<lemma>\w+))?\}")
_WORDS = {w: float(n) for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}
_BOUNDS: Mapping[str, r.Bound] = {
    "at least": "at least",
    "more than": "more than",
    "about": "about",
    "up to": "at most",
}
DAY = "2025-03-14"


def told(
    markup: str,
    *,
    published: str | None = DAY,
    said: Mapping[str, tuple[str, str]] | None = None,
    moments: Mapping[str, tuple[r.MomentType, str]] | None = None,
    changes: Mapping[str, r.Change] | None = None,
    publisher: str = "The Invented Courier",
) -> Reading:
    """`said` gives words their speaker and act, `moments` words their type and value, `changes` figures theirs."""
    text, figures = _figures(markup, changes or {})
    statements, entities = [], []
    for number, (words, (who, act)) in enumerate((said or {}).items(), 1):
        content = _at(text, words)
        entities.append(r.Entity(f"e{number}", "person", who))
        statements.append(
            r.Statement(f"s{number}", (), f"e{number}", (), (content,), "indirect", act, False, None, None, 1.0)  # type: ignore[arg-type]
        )
        figures = [replace(f, statement=f"s{number}") if content.covers(f.span) else f for f in figures]
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(r.Block(Span(start, start + len(line)), "paragraph"))
        start += len(line) + 1
    document = r.Document(
        id=hashlib.sha256(f"{publisher}{published}{text}{said}".encode()).hexdigest(),
        text=text,
        title="A title",
        publisher=publisher,
        published=published,
        blocks=tuple(blocks),
    )
    return Reading(
        document=document,
        model="by hand",
        entities=tuple(entities),
        statements=tuple(statements),
        moments=tuple(r.Moment(_at(text, words), kind, value) for words, (kind, value) in (moments or {}).items()),
        figures=tuple(figures),
    )


def with_people(text: str, *people: str) -> Reading:
    """A reading of `text` in which each of `people` is somebody else, mentioned wherever the words stand."""
    reading = told(text)
    entities = tuple(r.Entity(f"p{n}", "person", name.removeprefix("A ")) for n, name in enumerate(people))
    mentions = []
    for entity, name in zip(entities, people, strict=True):
        start = text.find(name)
        while start >= 0:
            form = "name" if name[:1].isupper() and " " in name and not name.startswith("A ") else "nominal"
            mentions.append(r.Mention(Span(start, start + len(name)), entity.id, form))  # type: ignore[arg-type]
            start = text.find(name, start + 1)
    return replace(reading, entities=entities, mentions=tuple(mentions))


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _figures(markup: str, changes: Mapping[str, r.Change]) -> tuple[str, list[r.Figure]]:
    text, figures, done = "", [], 0
    for match in _MARK.finditer(markup):
        text += markup[done : match.start()]
        done = match.end()
        span = Span(len(text), len(text) + len(match["figure"]))
        text += match["figure"]
        counted = None
        if match["words"] is not None:
            counted = r.Counted(Span(len(text) + 1, len(text) + 1 + len(match["words"])), match["lemma"])
            text += f" {match['words']}"
        number = match["figure"].lower().split()[-1].replace(",", "")
        value = _WORDS.get(number) or float(number)
        bound = next((b for words, b in _BOUNDS.items() if match["figure"].lower().startswith(words)), "exactly")
        low, high = (value, None) if bound in ("at least", "more than") else (value, value)
        change = changes.get(match["figure"])
        figures.append(r.Figure(span, low, high, bound, None, counted, None, None, 1.0, change=change))  # type: ignore[arg-type]
    return text + markup[done:], figures


def scene_of(readings: Sequence[Reading], *, origins: Mapping[str, str] | None = None, **options: Any) -> Scene:
    """A story of these documents; row numbers are their places in the sequence, from 1. Who is called the same is one."""
    members = [
        Member(
            number,
            reading.document.id,
            reading.document.title,
            reading.document.publisher,
            reading.document.published,
            (reading.document.published or "")[:10] or None,
            (origins or {}).get(reading.document.id, reading.document.id),
        )
        for number, reading in enumerate(readings, 1)
    ]
    members.sort(key=lambda m: (m.published is None, m.published or "", m.hash))
    people = {
        (number, entity.id): "p" + hashlib.sha256(entity.name.encode()).hexdigest()[:12]
        for number, reading in enumerate(readings, 1)
        for entity in reading.entities
    }
    return Scene(1, tuple(members), people=people, **options)


def series_of(*readings: Reading, **options: Any) -> tuple[Series, ...]:
    found: dict[int, Sequence[Count]] = {n: counts(reading) for n, reading in enumerate(readings, 1)}
    return series(scene_of(readings, **options), found)
