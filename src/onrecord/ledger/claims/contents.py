"""What the words of a proposition hold: telling words, names, events, figures, and whether they are negated."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from onrecord.ledger.claims.lexicon import Words, concept, concept_at, listed, stem, weight, words
from onrecord.ledger.claims.model import Happening, Named, Quantity, Term
from onrecord.ledger.claims.pieces import is_verb
from onrecord.ledger.claims.placed import Placed, mentions_by_place
from onrecord.ledger.context import sentence_around
from onrecord.reading import Reading
from onrecord.records import Event, Figure, Mention, Span

__all__ = ["Contents"]

_BOUND = 10  # characters of the word before a number that says how exact it is
_RELATIVE = re.compile(r"\w\s+(?:who|which|that)\s+$")
_I = frozenset({"i", "me", "my", "myself"})
_FIRST_PERSON = _I | {"we", "us", "our", "ourselves"}
_NO_NEGATION = frozenset(
    "only just merely least long less fewer more sooner longer later doubt else but".split()
)  # "no less than"


class _Records(NamedTuple):
    """What a reading has in some words; figures with their numbers."""

    mentions: Sequence[Mention]
    events: Sequence[Event]
    figures: Sequence[tuple[int, Figure]]


class Contents:
    """The records of one reading by their place in the text. `mentions` are its own, where they are in order already."""

    def __init__(self, reading: Reading, mentions: Placed[Mention] | None = None) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._mentions = mentions or mentions_by_place(reading.mentions)
        events = sorted(reading.events, key=lambda e: (e.span, e.id))
        self._events = Placed(events, [e.span for e in events])
        moments = sorted(m.span for m in reading.moments)
        self._moments = Placed(moments, moments)
        # Without those that only count the time of a moment ("two years ago").
        figures = sorted(
            (
                (number, figure)
                for number, figure in enumerate(reading.figures)
                if not any(moment.covers(figure.span) for moment in self._moments.across(figure.span))
            ),
            key=lambda f: (f[1].span, f[0]),
        )
        self._figures = Placed(figures, [f.span for _, f in figures])
        self._known = {e.id: e.type in _NAMED_TYPES and _is_name(e.name) for e in reading.entities}
        self._by_id = {e.id: e for e in reading.events}
        # One proposition asks the same of its words several times; these are kept while the reading is looked at.
        self._found: dict[tuple[Span, ...], _Records] = {}
        self._sentences: dict[Span, Span] = {}
        self._words: dict[Span, Words] = {}
        self._told: dict[tuple[Span, ...], tuple[tuple[Term, ...], int]] = {}
        self._concepts: dict[Span, tuple[str, bool]] = {}
        self._verbs: dict[str, bool] = {}

    def sentence(self, span: Span) -> Span:
        found = self._sentences.get(span)
        if found is None:
            found = self._sentences[span] = sentence_around(self._text, span, self._reading.document.blocks)
        return found

    def _words_in(self, span: Span) -> Words:
        found = self._words.get(span)
        if found is None:
            found = self._words[span] = words(self._text, span)
        return found

    def _is_verb(self, event: Event) -> bool:
        found = self._verbs.get(event.id)
        if found is None:
            found = self._verbs[event.id] = is_verb(self._text, event)
        return found

    def in_heading(self, spans: Sequence[Span]) -> bool:
        """Whether the words stand in a heading, which sums up what the article says."""
        return any(b.kind == "heading" and b.span.overlaps(spans[0]) for b in self._reading.document.blocks)

    def mentions_in(self, spans: Sequence[Span]) -> Sequence[Mention]:
        return self._records(spans).mentions

    def events_in(self, spans: Sequence[Span]) -> Sequence[Event]:
        return self._records(spans).events

    def figures_in(self, spans: Sequence[Span]) -> Sequence[Figure]:
        return [f for _, f in self._records(spans).figures]

    def _records(self, spans: Sequence[Span]) -> _Records:
        key = tuple(spans)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = _Records(
                [m for span in key for m in self._mentions.within(span)],
                [e for span in key for e in self._events.within(span)],
                [f for span in key for f in self._figures_within(span)],
            )
        return found

    def _figures_within(self, span: Span) -> Iterator[tuple[int, Figure]]:
        """Figures within; of "about 30" the reading may have the first word in the cue before."""
        for number, figure in self._figures.across(span):
            if span.start - _BOUND <= figure.span.start and figure.span.end <= span.end:
                yield number, figure

    def names_in(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Where the words name somebody or something, or stand for a name in another way than describing it."""
        return tuple(m.span for m in self.mentions_in(spans) if m.form == "name" and self._known.get(m.entity))

    def anchor(self, spans: Sequence[Span]) -> str | None:
        """The record that stands for an outlet's sentence: its first verb, else its first figure, else any event."""
        events = self.events_in(spans)
        verb = next((e for e in events if self._is_verb(e) and e.lemma not in listed("light verbs")), None)
        if verb is not None:
            return verb.id
        figures = self._records(spans).figures
        if figures:
            return f"f{figures[0][0]}"
        return events[0].id if events else None

    def confidence(self, spans: Sequence[Span]) -> float:
        sure = [event.confidence for event in self.events_in(spans)]
        return max([*sure, *(figure.confidence for figure in self.figures_in(spans))], default=0.5)

    def is_negative(self, spans: Sequence[Span], *, by_status: bool) -> bool:
        """Whether the words hold a negation (and not two), or their only verb stands as denied ("failed to agree")."""
        # Of several sentences the first that tells something speaks for them: "not a troublemaker. He did not deserve it".
        told = next((span for span in spans if self.events_in([span])), None)
        negations = self._read([told] if told is not None else spans)[1]
        if negations or not by_status:
            return negations % 2 == 1
        verbs = [e for e in self.events_in(spans) if self._is_verb(e)]
        # "could not be reached" has its own concept, which says the same as "missing": no negation of anything
        return len(verbs) == 1 and verbs[0].status == "denied" and not self._concept(verbs[0].span)[1]

    def terms(self, spans: Sequence[Span]) -> tuple[Term, ...]:
        return self._read(spans)[0]

    def _read(self, spans: Sequence[Span]) -> tuple[tuple[Term, ...], int]:
        """The telling words of the spans, and how many negations are among them outside of fixed phrases."""
        key = tuple(spans)
        found = self._told.get(key)
        if found is None:
            found = self._told[key] = self._read_anew(key)
        return found

    def _read_anew(self, spans: Sequence[Span]) -> tuple[tuple[Term, ...], int]:
        silent = [m.span for m in self.mentions_in(spans) if m.form != "nominal" and self._known.get(m.entity)]
        silent += [f.span for f in self.figures_in(spans)]
        silent += [m for span in spans for m in self._moments.across(span)]
        found: list[Term] = []
        negations = 0
        for span in spans:
            known, starts, ends = self._words_in(span)
            quiet = {  # by their numbers: of silent records there are few, of words many
                n for other in silent for n in range(bisect_right(ends, other.start), bisect_left(starts, other.end))
            }
            position = 0
            while position < len(known):
                word = known[position]
                term, length = concept_at(known, position)
                if length > 1:
                    place = Span(starts[position], ends[position + length - 1])
                    found.append(Term(term, weight(term, word.form), place))
                else:
                    if word.negates:
                        following = known[position + 1].form if position + 1 < len(known) else ""
                        negations += following not in _NO_NEGATION
                    if word.tells and position not in quiet:
                        found.append(Term(term, word.weight, Span(starts[position], ends[position])))
                position += length
        return tuple(found), negations

    def fields(self, spans: Sequence[Span], *, speaker: str | None = None) -> dict[str, Any]:
        """The parts of a proposition with these words; `speaker` is who "I" and "we" are in them."""
        events = self._by_id
        return {
            "terms": self.terms(spans),
            "named": (
                *(
                    Named(m.entity, m.form != "nominal", self._known.get(m.entity, False), m.span)
                    for m in self.mentions_in(spans)
                ),
                *self._first_persons(spans, speaker),
            ),
            "happenings": tuple(self._happening(e) for e in self.events_in(spans)),
            "main": self._main(spans),
            "quantities": tuple(self._quantity(n, f, events) for n, f in self._records(spans).figures),
        }

    def _first_persons(self, spans: Sequence[Span], speaker: str | None) -> Iterator[Named]:
        if speaker is None:
            return
        mentioned = [m.span for m in self.mentions_in(spans)]
        for span in spans:
            for word, start, end in zip(*self._words_in(span), strict=True):
                if word.form not in _FIRST_PERSON:
                    continue
                place = Span(start, end)
                if any(m.overlaps(place) for m in mentioned):
                    continue
                if word.form in _I:
                    yield Named(speaker, True, self._known.get(speaker, False), place)
                else:
                    # Whoever says "we" may mean the body they speak for, so neither is named by it.
                    yield from (Named(e, False, self._known.get(e, False), place) for e in self._bodies(speaker))

    def _bodies(self, speaker: str) -> tuple[str, ...]:
        of = [role.of for e in self._reading.entities if e.id == speaker for role in e.roles]
        return (speaker, *dict.fromkeys(body for body in of if body is not None and body in self._known))

    def _main(self, spans: Sequence[Span]) -> str | None:
        """The concept of what is said to happen: of the first verb that is not only a light one."""
        happens = [e for e in self.events_in(spans) if e.lemma not in listed("light verbs")]
        said = [e for e in happens if self._is_verb(e)]
        # "the company that ran the dam knew": what is told of the company is that it knew
        chosen = next((e for e in said if not self._is_relative(e.span)), None) or next(iter(said), None)
        if chosen is None:
            counted = [f.counted.span for f in self.figures_in(spans) if f.counted is not None]
            chosen = next((e for e in happens if not any(span.covers(e.span) for span in counted)), None)
        return self._concept(chosen.span)[0] if chosen is not None else None

    def _is_relative(self, verb: Span) -> bool:
        return _RELATIVE.search(self._text, max(0, verb.start - _BOUND), verb.start) is not None

    def _happening(self, event: Event) -> Happening:
        moment = self._reading.moments[event.moment] if event.moment is not None else None
        return Happening(
            event.id,
            self._concept(event.span)[0],
            event.lemma,
            event.type,
            event.actor,
            event.target,
            event.place,
            moment.start if moment else None,
            moment.end if moment else None,
            event.status,
            event.span,
        )

    def _quantity(self, number: int, figure: Figure, events: dict[str, Event]) -> Quantity:
        noun = figure.counted.noun if figure.counted else None
        event = events.get(figure.event) if figure.event else None
        return Quantity(
            f"f{number}",
            figure.low,
            figure.high,
            figure.bound == "about",
            concept([noun.lower()])[0] if noun else None,
            noun,
            figure.unit,
            self._concept(event.span)[0] if event else None,
            figure.change,
            figure.tally,
            figure.span,
        )

    def _concept(self, span: Span) -> tuple[str, bool]:
        """The concept of an event's word, and whether it is that of a phrase around it ("could not be reached")."""
        found = self._concepts.get(span)
        if found is None:
            found = self._concepts[span] = self._concept_anew(span)
        return found

    def _concept_anew(self, span: Span) -> tuple[str, bool]:
        sentence = self.sentence(span)
        known, _, ends = words(self._text, Span(max(sentence.start, span.start - 30), min(sentence.end, span.end + 30)))
        if not known:
            return stem(span.of(self._text).lower()), False
        place = bisect_right(ends, span.start)
        if place == len(known):
            place = 0
        for start in range(max(0, place - 4), place + 1):
            term, length = concept_at(known, start)
            if length > 1 and start + length > place:
                return term, True
        return known[place].concept, False


_NAMED_TYPES = frozenset({"person", "organisation", "country", "place", "facility", "product", "event", "people"})


@lru_cache(maxsize=65_536)
def _is_name(name: str) -> bool:
    """Whether what a document calls an entity holds a name: a capital that does not only begin a phrase."""
    words = name.split()
    return any(w[:1].isupper() for w in words[1:]) or (len(words) == 1 and words[0][:1].isupper())
