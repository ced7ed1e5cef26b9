"""Figures of a draft against the ledger's: the same, since revised, or not what the ledger has for what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from onrecord.ledger.checking.dating import is_date
from onrecord.ledger.checking.draft import Draft
from onrecord.ledger.checking.passages import Laid, Run, Sentence
from onrecord.ledger.checking.rows import Finding, Place
from onrecord.ledger.checking.shelf import Shelf, Stored
from onrecord.ledger.checking.words import is_number
from onrecord.ledger.context import sentence_around
from onrecord.ledger.dates import days
from onrecord.records import Figure, Span

__all__ = ["Numbers"]

# Words for one thing that happens to people: who was "killed" is counted among "the dead".
_HAPPENED = {
    word: group
    for group, words in {
        "killed": "kill die death dead fatality fatal toll slay murder perish",
        "injured": "injure wound hurt injury casualty wounded injured",
        "missing": "miss missing unaccounted",
        "evacuated": "evacuate displace flee move",
    }.items()
    for word in words.split()
}
_WAYS = 2  # documents that lead to a story
_TOLD = 80  # articles of a story whose figures are compared, the latest

_PEOPLE = frozenset("person people man woman child resident victim civilian somebody other dead death".split())

# "The number of missing is 36", "the death toll stood at 52": the figure itself counts nothing that is named.
_NUMBER_OF = re.compile(r"\b(?:number of (?:the |people )?(?P<of>\w+)|death toll)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Point:
    """A figure that the ledger has. `key` is what it counts: points of one key are compared."""

    stored: Stored
    span: Span
    low: float | None
    high: float | None
    key: tuple[str | None, ...]
    row: Row[Any]

    @property
    def day(self) -> str:
        return self.stored.day or ""


class Numbers:
    """The figures of a draft's story, and what they say of the draft's own."""

    def __init__(self, draft: Draft, near: Sequence[Stored], shelf: Shelf) -> None:
        self._draft = draft
        self._events = {event.id: event for event in draft.reading.events}
        asked = days(draft.reading.document.published)
        self._until = asked[1] if asked else "9999"
        self._near, self._shelf = near, shelf
        self._points: list[_Point] = []
        self._told: dict[tuple[int, ...], list[_Point]] = {}

    def _of_story(self, sentence: Sentence) -> list[_Point]:
        """The figures of the stories of the documents that the draft and the sentence itself lead to."""
        ways = [*self._near[:_WAYS], *sentence.own[:_WAYS]]
        key = tuple(sorted({stored.row for stored in ways}))
        if key not in self._told:
            story = self._shelf.story(ways, _TOLD)
            self._told[key] = [
                _point(stored, row) for stored in story if (stored.day or "") <= self._until for row in stored.figures
            ]
        return self._told[key]

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Findings on the figures of one sentence."""
        if not any(sentence.span.covers(f.span) for f in self._draft.reading.figures) and not sentence.runs:
            return
        self._points = self._of_story(sentence)
        changed: set[int] = set()
        for run in sentence.runs:
            laid = sentence.laid[0]
            if run.here and run.there and not is_date(self._draft, run, laid):
                found = self._changed(run, laid)
                if found is not None:
                    changed.update(run.here)
                    yield found
        for figure in self._draft.reading.figures:
            places = self._draft.words.touching(figure.span)
            if not sentence.span.covers(figure.span) or changed & set(places):
                continue
            same = [laid for laid in sentence.laid if laid.same(places)]
            if same:
                yield self._kept(figure, same[0], places)
            else:
                found = self._counted(figure, sentence)
                if found is not None:
                    yield found

    def _changed(self, run: Run, laid: Laid) -> Finding | None:
        """A number that stands where the ledger has another."""
        words, stored = self._draft.words, laid.stored
        new = [i for i in run.here if is_number(words.keys[i])]
        old = [i for i in run.there if is_number(stored.words.keys[i])]
        if not new or not old or [words.keys[i] for i in new] == [stored.words.keys[i] for i in old]:
            return None
        mine, theirs = words.span(new[0], new[-1]), stored.words.span(old[0], old[-1])
        figure = next((f for f in self._draft.reading.figures if f.span.overlaps(mine)), None)
        point = next((p for p in self._points_in(stored) if p.span.overlaps(theirs)), None)
        if figure is not None and point is not None and (figure.low, figure.high) == (point.low, point.high):
            return None
        if figure is not None and point is not None:
            known = self._standing(figure.low, figure.high, point.key, mine)
            if known is not None:
                return known
        wrong, right = mine.of(self._draft.text), theirs.of(stored.text)
        reason = f"The ledger has {right} here, not {wrong}."
        return self._finding("contradicted", mine, (_placed(stored, theirs),), reason, (("replaced", wrong, right),))

    def _points_in(self, stored: Stored) -> list[_Point]:
        return [_point(stored, row) for row in stored.figures]

    def _kept(self, figure: Figure, laid: Laid, places: Sequence[int]) -> Finding:
        there = laid.against(places)
        theirs = laid.stored.words.span(min(there), max(there))
        point = next((p for p in self._points_in(laid.stored) if p.span.overlaps(theirs)), None)
        if point is not None:
            later = self._later(figure.low, figure.high, point.key)
            if later is not None:
                return self._outdated(figure.span, later)
        reason = "The ledger has this figure in the same words."
        return self._finding("verbatim", figure.span, (_placed(laid.stored, theirs),), reason)

    def _counted(self, figure: Figure, sentence: Sentence) -> Finding | None:
        """A figure of a sentence that is the draft's own, by what it counts."""
        key = self._key(figure)
        if key is None or figure.tally == "increment" or figure.change not in (None, "up to", "down to"):
            return None
        return self._standing(figure.low, figure.high, key, figure.span) or self._unknown(figure, key, sentence)

    def _unknown(self, figure: Figure, key: tuple[str | None, ...], sentence: Sentence) -> Finding | None:
        """A value that no report gives, of what the ledger counts in a sentence with a name of this one."""
        names = {w.casefold() for w in map(self._draft.words.word, list(sentence.places)[1:]) if w[:1].isupper()}
        known = [p for p in self._points if p.key == key and names & set(p.row.context.casefold().split())]
        if not known or any(_overlap(figure.low, figure.high, p.low, p.high) for p in known):
            return None
        last = max(known, key=lambda p: (p.day, p.stored.hash, p.span))
        reason = f"The ledger counts {last.span.of(last.stored.text)}, not {figure.span.of(self._draft.text)}."
        return self._finding("contradicted", figure.span, (_placed(last.stored, last.span),), reason)

    def _standing(
        self, low: float | None, high: float | None, key: tuple[str | None, ...], span: Span
    ) -> Finding | None:
        """What the ledger says of this value of what `key` counts; None where it does not have it at all."""
        having = [p for p in self._points if p.key == key and _same(low, high, p)]
        if not having or key == _NOTHING:
            return None
        later = self._later(low, high, key)
        if later is not None:
            return self._outdated(span, later)
        last = max(having, key=lambda p: (p.day, p.stored.hash, p.span))
        return self._finding(
            "verbatim", span, (_placed(last.stored, last.span),), "The ledger has this figure as the latest."
        )

    def _later(self, low: float | None, high: float | None, key: tuple[str | None, ...]) -> _Point | None:
        """The latest figure that replaced this value, where the draft does not give it itself."""
        if key == _NOTHING or key[0] is None:
            return None
        series = [p for p in self._points if p.key == key and p.row.tally != "increment"]
        having = [p.day for p in series if _overlap(low, high, p.low, p.high)]
        if not having:
            return None
        after = [p for p in series if p.day > max(having) and p.row.status in (None, "happened", "ongoing")]
        if not after:
            return None
        last = max(after, key=lambda p: (p.day, p.stored.hash, p.span))
        for figure in self._draft.reading.figures:
            if (figure.low, figure.high) == (last.low, last.high) and self._key(figure) in (key, None):
                return None
        return last

    def _outdated(self, span: Span, later: _Point) -> Finding:
        new = later.span.of(later.stored.text)
        when = f" of {later.stored.published[:10]}" if later.stored.published else ""
        who = f" ({later.stored.publisher})" if later.stored.publisher else ""
        reason = f"A later report{when}{who} gives {new}."
        old = " ".join(span.of(self._draft.text).split())
        return self._finding("outdated", span, (_placed(later.stored, later.span),), reason, (("replaced", old, new),))

    def _key(self, figure: Figure) -> tuple[str | None, ...] | None:
        noun = figure.counted.noun if figure.counted else None
        event = self._events[figure.event].lemma if figure.event is not None else None
        context = sentence_around(self._draft.text, figure.span, self._draft.reading.document.blocks)
        key = _key(noun, event, figure.unit, context.of(self._draft.text))
        return None if key == _NOTHING else key

    def _finding(
        self,
        kind: Any,
        span: Span,
        against: tuple[Place, ...],
        reason: str,
        difference: tuple[Any, ...] = (),
    ) -> Finding:
        statement = self._draft.statement_at(span)
        words = " ".join(span.of(self._draft.text).split())
        return Finding(kind, "figure", span, words, against, difference, reason, statement.id if statement else None)


_NOTHING: tuple[str | None, ...] = (None, None, None)


def _key(noun: str | None, event: str | None, unit: str | None, context: str) -> tuple[str | None, ...]:
    """What is counted: what happened to people, else the noun with its event. Units of measure are not followed."""
    if unit is not None:
        return _NOTHING
    happened = _HAPPENED.get(event or "") or _HAPPENED.get(noun or "")
    if happened is None and noun is None and (said := _NUMBER_OF.search(context)):
        happened = _HAPPENED.get((said["of"] or "toll").lower())
    if happened is not None and (noun is None or noun in _PEOPLE or noun in _HAPPENED):
        return (happened, None, None)
    return (None, noun, event) if noun and event else _NOTHING


def _point(stored: Stored, row: Row[Any]) -> _Point:
    key = _key(row.noun, row.lemma, row.unit, row.context)
    return _Point(stored, Span(row.span_start, row.span_end), row.low, row.high, key, row)


def _same(low: float | None, high: float | None, point: _Point) -> bool:
    """The same number, whether or not it is bound: "at least 23" and "23"."""
    return (low is not None and low == point.low) or (high is not None and high == point.high)


def _overlap(low: float | None, high: float | None, other_low: float | None, other_high: float | None) -> bool:
    first, last = (low if low is not None else float("-inf")), (high if high is not None else float("inf"))
    return (other_low if other_low is not None else float("-inf")) <= last and first <= (
        other_high if other_high is not None else float("inf")
    )


def _placed(stored: Stored, span: Span) -> Place:
    return stored.place(span, next(iter(stored.statements_at(span)), None))
