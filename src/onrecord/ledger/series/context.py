"""What the rooms that read one document's counts share: its text, its records by id, the clause that each sentence makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from onrecord.ledger.claims.voices import Voices
from onrecord.ledger.context import sentence_around
from onrecord.ledger.dates import days
from onrecord.ledger.series.clauses import Clause, Predicate
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.scopes import is_age
from onrecord.ledger.series.words import words_of
from onrecord.reading import Reading
from onrecord.records import Event, Figure, Span, Statement

__all__ = ["NEAR", "PAST", "Page"]

NEAR = 300  # characters from a figure to one that it may go on from: about two sentences
PAST = 45  # days between the report and a day in the sentence from which on it tells of another event


class Page:
    """One reading while it is counted. `figures` are those that are no ages, by their places in the reading; `last` is the
    latest count of people or of what was sent, `people` of people.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.events: Mapping[str, Event] = {e.id: e for e in reading.events}
        self.said: Mapping[str, Statement] = {s.id: s for s in reading.statements}
        self.last: Count | None = None
        self.people: Count | None = None
        self._clauses: dict[Span, Clause] = {}
        self.figures: Mapping[int, Figure] = {
            place: figure for place, figure in enumerate(reading.figures) if not is_age(self.text, figure)
        }
        self._furniture = [b.span for b in reading.document.blocks if b.kind == "boilerplate"]
        self._headings = [b.span for b in reading.document.blocks if b.kind == "heading"]

    @cached_property
    def _voices(self) -> Voices:
        return Voices(self.reading)

    def furniture(self, span: Span) -> bool:
        """Whether the words are no part of the article: menus, links."""
        return any(block.covers(span) for block in self._furniture)

    def heading(self, span: Span) -> bool:
        """Whether the words stand in a headline."""
        return any(block.covers(span) for block in self._headings)

    def of_another_time(self, context: Span) -> bool:
        """Whether a date in the sentence lies long before the report: "Last year a boy, 4, died"."""
        report = days(self.reading.document.published)
        if report is None:
            return False
        for moment in self.reading.moments:
            if context.covers(moment.span) and moment.type in ("date", "time"):
                found = days(moment.value)
                if found is not None and found[1] < report[0] and _apart(found[1], report[0]) > PAST:
                    return True
        return False

    def sentence(self, span: Span) -> Span:
        return sentence_around(self.text, span, self.reading.document.blocks)

    def clause(self, context: Span) -> Clause:
        """The clause of a sentence, made once."""
        if context not in self._clauses:
            figures = (f.span for f in self.figures.values() if context.covers(f.span))
            events = ((e.span, e.lemma) for e in self.reading.events if context.covers(e.span))
            self._clauses[context] = Clause(words_of(self.text, context), figures, events)
        return self._clauses[context]

    def near(self, span: Span) -> Count | None:
        """The latest count where `span` may go on from it."""
        last = self.last
        return last if last is not None and 0 <= span.start - last.spans[-1].end < NEAR else None

    def speaker(self, said: Statement | None) -> str | None:
        """The entity that a statement is of; of a transcript's, whom its label names."""
        return self._voices.speaker(said) if said is not None else None

    def own(self, figure: Figure) -> Event | None:
        """The event that the reading gives the figure."""
        return self.events.get(figure.event) if figure.event is not None else None

    def trigger(self, predicate: Predicate | None, own: Event | None) -> Event | None:
        """The event that the words of the predicate name: the one they overlap, else the figure's own."""
        if predicate is not None and predicate.words is not None:
            for event in self.reading.events:
                if event.span.overlaps(predicate.words):
                    return event
        return own


def _apart(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
