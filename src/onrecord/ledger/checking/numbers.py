"""Figures of a draft against the ledger's: the same, since revised, or not what the ledger has for what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.ledger.checking.dating import is_date
from onrecord.ledger.checking.draft import Draft
from onrecord.ledger.checking.passages import Laid, Run, Sentence
from onrecord.ledger.checking.rows import Change, Finding, Kind, Place
from onrecord.ledger.checking.shelf import Shelf, Stored
from onrecord.ledger.checking.tolls import Key, Point, Told, key_of, point_of
from onrecord.ledger.checking.words import is_number
from onrecord.ledger.context import sentence_around
from onrecord.ledger.dates import days
from onrecord.records import Figure, Span

__all__ = ["Numbers"]

_WAYS = 3  # documents about the whole draft that lead to a story, besides those of the sentence,
_DRAFT = 0.3  # and what each of them weighs beside the best one of the sentence
_TOLD = 80  # articles of a story whose figures are compared, the latest


class Numbers:
    """The figures of a draft, against what the stories that it is about count.

    Where the draft has a publication date, later reports are not held against it.
    """

    def __init__(self, draft: Draft, near: Sequence[Stored], shelf: Shelf) -> None:
        self._draft = draft
        self._near, self._shelf = near, shelf
        self._events = {event.id: event for event in draft.reading.events}
        asked = days(draft.reading.document.published)
        self._until = asked[1] if asked else "9999"
        self._told: dict[tuple[int, ...], Told] = {}

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Findings on the figures of one sentence."""
        figures = [f for f in self._draft.reading.figures if sentence.span.covers(f.span)]
        if not figures and not sentence.runs:
            return
        stories = self._stories(sentence)
        changed: set[int] = set()
        for run in sentence.runs:
            laid = sentence.laid[0]
            if run.here and run.there and not is_date(self._draft, run, laid):
                found = self._changed(run, laid, stories)
                if found is not None:
                    changed.update(run.here)
                    yield found
        for figure in figures:
            places = self._draft.words.touching(figure.span)
            if changed & set(places):
                continue
            same = [laid for laid in sentence.laid if laid.same(places)]
            found = self._kept(figure, same[0], places, stories) if same else self._counted(figure, sentence, stories)
            if found is not None:
                yield found

    def _stories(self, sentence: Sentence) -> list[Told]:
        """What the stories count that the sentence and the whole draft lead to, the likeliest story first."""
        ways = [*sentence.own, *((_DRAFT, stored) for stored in self._near[:_WAYS])]
        found = []
        for articles in self._shelf.stories(ways, _TOLD):
            key = tuple(stored.row for stored in articles)
            if key not in self._told:
                self._told[key] = Told(articles, self._until)
            found.append(self._told[key])
        return found

    def _changed(self, run: Run, laid: Laid, stories: Sequence[Told]) -> Finding | None:
        """A number that stands where the ledger has another."""
        words, stored = self._draft.words, laid.stored
        new = [i for i in run.here if is_number(words.keys[i])]
        old = [i for i in run.there if is_number(stored.words.keys[i])]
        if not new or not old or [words.keys[i] for i in new] == [stored.words.keys[i] for i in old]:
            return None
        mine, theirs = words.span(new[0], new[-1]), stored.words.span(old[0], old[-1])
        figure = next((f for f in self._draft.reading.figures if f.span.overlaps(mine)), None)
        point = _point_at(stored, theirs)
        if figure is not None and point is not None:
            if (figure.low, figure.high) == point.value:
                return None
            known = self._standing(figure, point.key, mine, [s for s in stories if stored.row in s.rows])
            if known is not None:
                return known
        wrong, right = mine.of(self._draft.text), theirs.of(stored.text)
        reason = f"The ledger has {right} here, not {wrong}."
        return self._finding("contradicted", mine, stored.sentence(theirs), reason, (("replaced", wrong, right),))

    def _kept(self, figure: Figure, laid: Laid, places: Sequence[int], stories: Sequence[Told]) -> Finding:
        """A figure in words that the ledger has: on record, and perhaps overtaken."""
        there = laid.against(places)
        theirs = laid.stored.words.span(min(there), max(there))
        point = _point_at(laid.stored, theirs)
        for told in stories:
            if point is not None and point.key is not None and laid.stored.row in told.rows:
                later = self._later(told, point.key, figure)
                if later is not None:
                    return self._outdated(figure.span, later)
        reason = "The ledger has this figure in the same words."
        return self._finding("verbatim", figure.span, laid.stored.sentence(theirs), reason)

    def _counted(self, figure: Figure, sentence: Sentence, stories: Sequence[Told]) -> Finding | None:
        """A figure of a sentence that is the draft's own, by what it counts."""
        key = self._key(figure)
        if key is None or figure.tally == "increment" or figure.change not in (None, "up to", "down to"):
            return None
        words = [self._draft.words.word(i) for i in sentence.places[1:]]
        names = frozenset(word.casefold() for word in words if word[:1].isupper())
        known = self._standing(figure, key, figure.span, stories, names)
        if known is not None:
            return known
        for told in stories:
            other = told.instead(key, (figure.low, figure.high), names)
            if other is not None:
                reason = f"The ledger counts {other.words}, not {figure.span.of(self._draft.text)}."
                return self._finding("contradicted", figure.span, other.stored.sentence(other.span), reason)
        return None

    def _standing(
        self,
        figure: Figure,
        key: Key | None,
        span: Span,
        stories: Sequence[Told],
        names: frozenset[str] = frozenset(),
    ) -> Finding | None:
        """What the likeliest story that has this value says of it; None where none has.

        A follow-up may be grouped apart from the story that goes on counting: that has the last word where its article
        has one of `names`.
        """
        if key is None:
            return None
        for told in stories:
            having = told.having(key, (figure.low, figure.high))
            if having is None:
                continue
            others = [other.last(key, having.order[0], names) for other in stories if other is not told]
            later = self._later(told, key, figure) or next((p for p in others if p is not None), None)
            if later is not None and later.value != (figure.low, figure.high):
                return self._outdated(span, later)
            reason = "The ledger has this figure as the latest."
            return self._finding("verbatim", span, having.stored.sentence(having.span), reason)
        return None

    def _later(self, told: Told, key: Key, figure: Figure) -> Point | None:
        """The figure that replaced this one, where the draft does not give it itself: "rose to 58 from 41"."""
        later = told.later(key, (figure.low, figure.high))
        if later is None:
            return None
        for other in self._draft.reading.figures:
            if (other.low, other.high) == later.value and self._key(other) in (key, None):
                return None
        return later

    def _outdated(self, span: Span, later: Point) -> Finding:
        when = f" of {later.stored.published[:10]}" if later.stored.published else ""
        who = f" ({later.stored.publisher})" if later.stored.publisher else ""
        reason = f"A later report{when}{who} gives {later.words}."
        old = " ".join(span.of(self._draft.text).split())
        place = later.stored.sentence(later.span)
        return self._finding("outdated", span, place, reason, (("replaced", old, later.words),))

    def _key(self, figure: Figure) -> Key | None:
        noun = figure.counted.noun if figure.counted else None
        event = self._events[figure.event].lemma if figure.event is not None else None
        context = sentence_around(self._draft.text, figure.span, self._draft.reading.document.blocks)
        return key_of(noun, event, figure.unit, context.of(self._draft.text), figure.span.end - context.start)

    def _finding(
        self, kind: Kind, span: Span, against: Place, reason: str, difference: tuple[Change, ...] = ()
    ) -> Finding:
        statement = self._draft.statement_at(span)
        words = " ".join(span.of(self._draft.text).split())
        return Finding(kind, "figure", span, words, (against,), difference, reason, statement.id if statement else None)


def _point_at(stored: Stored, span: Span) -> Point | None:
    return next((p for p in (point_of(stored, row) for row in stored.figures) if p.span.overlaps(span)), None)
