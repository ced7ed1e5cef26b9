"""Figures: every number in a document that counts or measures something, as an interval, with what, whose and who says.

The number grammar (`numbers`, `units`, `ranges`, `bounds`) works on text alone; the tree gives the counted noun, its
owner and its event. Without a tree (tokens without tags) the noun is read by spelling.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from onrecord.reader.annotated import Annotated
from onrecord.reader.confidence import confidence
from onrecord.reader.figures.ages import as_age
from onrecord.reader.figures.belonging import Belonging
from onrecord.reader.figures.bounds import Bounded, read_bounds
from onrecord.reader.figures.change import change_of
from onrecord.reader.figures.counted import Noun, anchor_of, noun_by_text, noun_by_tree
from onrecord.reader.figures.currencies import CURRENCY_WORDS
from onrecord.reader.figures.elliptic import names_part, noun_said_before, with_shared_nouns
from onrecord.reader.figures.not_figures import COUNTED_IN_COMPOUNDS, compound_noun, reason_for_refusal
from onrecord.reader.figures.numbers import Number, scan
from onrecord.reader.figures.owners import Owners
from onrecord.reader.figures.ranges import Quantity, join_ranges
from onrecord.reader.figures.taking_part import event_of, or_events
from onrecord.reader.figures.tally import tally_of_figure
from onrecord.reader.figures.units import MEASURING, Unit, read_rate, read_unit
from onrecord.reader.figures.votes import vote_noun
from onrecord.records import Bound, Entity, Event, Figure, Mention, Moment, Rejected, Span, Statement

__all__ = ["FigureContext", "read_figures"]

_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude[ -](?:of )?(?:about |at least )?$", re.I)
_MAGNITUDE_AFTER = re.compile(r"[ -]magnitude\b", re.I)
_PENCE = re.compile(r" ?p\b(?!\.m)")
_CENTS = re.compile(r"[ -](cents?|pence|pennies|p)\b")
_TIMES = re.compile(r"[ -](?:times|fold)\b|(?<=[a-z])fold\b")
_CONVERSION = re.compile(r" \([^()\n]{0,30}\d[^()\n]{0,20}\)")
_INNER_NUMBER = re.compile(r" (?:[a-z]+ )?(?=\d)(?P<number>[\d,.]*\d)")
_IN_FRONT = re.compile(r" (?P<noun>[a-z]+)(?= [a-z]+)")
_OF = re.compile(r" of\b")
_BOUND_AFTER = re.compile(r"\+|-plus\b|-odd\b| or (?:more|so|fewer|less)\b")


@dataclass(frozen=True)
class FigureContext:
    """What other decoders have read; any part may be empty. `event_at`: token index of a trigger → event id."""

    moments: Sequence[Moment] = ()
    events: Sequence[Event] = ()
    event_at: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    statements: Sequence[Statement] = ()
    mentions: Sequence[Mention] = ()
    entities: Mapping[str, Entity] = field(default_factory=lambda: MappingProxyType({}))


def read_figures(annotated: Annotated, context: FigureContext) -> tuple[list[Figure], list[Rejected]]:
    """All figures of a document in text order, and the written numbers that are none, each with its reason.

    Numbers inside a moment are the moment's and appear in neither list, unless they measure time ("three days", "aged
    21"): those are figures with a UCUM unit (`d`, `a`) as well.
    """
    reader = _Reader(annotated, context)
    figures: list[Figure] = []
    rejected: list[Rejected] = []
    for found in reader.read():
        if isinstance(found, Figure):
            figures.append(found)
        else:
            rejected.append(found)
    return with_shared_nouns(annotated.text, figures), sorted(rejected, key=lambda r: r.span)


class _Reader:
    """One pass over one document."""

    def __init__(self, annotated: Annotated, context: FigureContext) -> None:
        self._annotated = annotated
        self._context = context
        self._text = annotated.text
        self._tree = any(t.upos for t in annotated.tokens[:50])
        self._moments = sorted(context.moments, key=lambda m: m.span)
        owners = Owners(annotated, context.mentions, context.entities)
        self._belonging = Belonging(annotated, owners, tree=self._tree)
        self._event_at = context.event_at or {i: e.id for e in context.events for i in annotated.tokens_in(e.span)[:1]}
        self._previous: Figure | None = None
        self._read: list[Figure] = []
        # Innermost first: the shortest content that covers a figure vouches for it.
        self._statements = sorted(context.statements, key=lambda s: sum(b - a for a, b in s.content))

    def read(self) -> Iterator[Figure | Rejected]:
        numbers: list[Number] = []
        for found in scan(self._text):
            if isinstance(found, Number):
                numbers.append(found)
            elif not self._in_moment(found.span):
                yield found
        for quantity in join_ranges(self._text, numbers):
            if isinstance(quantity, Rejected):
                if not self._in_moment(quantity.span):
                    yield quantity
                continue
            result = self._figure(quantity)
            if isinstance(result, Figure):
                self._read.append(result)
                if result.counted and result.counted.noun and not names_part(self._text, result.span):
                    self._previous = result
            if result is not None:
                yield result

    def _in_moment(self, span: Span) -> bool:
        # Moments do not overlap each other: only the last that begins before the end of the span can touch it.
        at = bisect_left(self._moments, span.end, key=lambda m: m.span.start)
        return at > 0 and self._moments[at - 1].span.overlaps(span)

    def _figure(self, quantity: Quantity) -> Figure | Rejected | None:
        text, span = self._text, quantity.span
        quantity = as_age(text, quantity)
        code, end = quantity.code, quantity.end
        if code is None and self._in_moment(span):
            return None
        compound = compound_noun(text, span.end) if quantity.unit is None else None
        cents = _CENTS.match(text, span.end) or (_PENCE.match(text, span.end) if not quantity.number.unit else None)
        vote = vote_noun(text, span) if quantity.code is None and not quantity.is_range else None
        if compound is None and cents is None and vote is None and not quantity.is_range:
            reason = reason_for_refusal(self._annotated, quantity.number, _named(quantity.unit), end)
            if reason:
                return Rejected(reason, span)
        noun = vote or self._noun(quantity, compound, cents)
        if noun is None and code is None and compound is None:
            noun = noun_said_before(self._annotated, span, self._previous, tree=self._tree)
        if (
            noun is None
            and code is None
            and quantity.number.form == "words"
            and quantity.low < 13
            and not self._stands(quantity)
        ):
            return Rejected("a number word that counts nothing named", span)
        if noun and code is None and noun.lemma in MEASURING:
            code, end, noun = MEASURING[noun.lemma], noun.span.end, None
        if noun and code is None and noun.span.start > span.end and noun.lemma in CURRENCY_WORDS:
            code, end, noun = CURRENCY_WORDS[noun.lemma], noun.span.end, None  # "280 million of the 1.5 billion euros"
        if code and (rate := self._rate(end, code)):
            code, end = f"{code}/{rate[0]}" if "/" not in rate[0] else code, rate[1]
        after = max(end, noun.span.end) if noun and noun.span.start >= span.start else end
        if code is None and (noun or text.startswith(" per ", after)) and (rate := read_rate(text, after)):
            code = f"/{rate[0]}"
        if quantity.unit and quantity.unit.aged:
            words = _words_of_unit(text, span, quantity.unit.end) if quantity.unit.end > span.end else span
            noun = Noun("age", words, None)
        return self._assemble(quantity, noun, code, after)

    def _rate(self, end: int, code: str) -> tuple[str, int] | None:
        """What the measure that ends at `end` is divided by; of money also behind what it is in another currency."""
        rate = read_rate(self._text, end)
        if rate is None and len(code) == 3 and (converted := _CONVERSION.match(self._text, end)):
            rate = read_rate(self._text, converted.end())
        return rate

    def _assemble(self, quantity: Quantity, noun: Noun | None, code: str | None, after: int) -> Figure:
        text, span = self._text, quantity.span
        bounded = read_bounds(text, span.start, self._written_end(quantity), after, vague=quantity.high is None)
        bound, low, high = _interval(quantity, bounded)
        whole = Span(
            bounded.start if bounded else span.start, max(self._written_end(quantity), bounded.end if bounded else 0)
        )
        anchor = anchor_of(self._annotated, quantity.number.bare) if self._tree else None
        hook = noun.token if noun and noun.token is not None else anchor
        change = change_of(self._annotated, whole, (code, noun.lemma if noun else None, after), self._read)
        event_at = self._event_at
        trigger = event_of(self._annotated, anchor, hook, event_at)
        return Figure(
            span=whole,
            low=None if low is None else float(low),
            high=None if high is None else float(high),
            bound=bound,
            unit=code,
            counted=self._belonging.counted(whole, noun, (code, after, anchor), change, self._read),
            event=None if trigger is None else event_at[trigger],
            statement=self._statement(span),
            confidence=confidence("figure", whole, _evidence(quantity, noun, bounded, changed=change is not None)),
            change=change,
            tally=tally_of_figure(text, whole, noun.lemma if noun else None, after),
            or_events=() if trigger is None else or_events(self._annotated, trigger, event_at),
        )

    def _written_end(self, quantity: Quantity) -> int:
        """Where the written number ends: a sign glued to it ("5%", "37m") is part of how it is written."""
        if quantity.unit and quantity.unit.glued:
            return max(quantity.span.end, quantity.unit.end)
        return quantity.span.end

    def _noun(
        self, quantity: Quantity, compound: tuple[str | None, int] | None, cents: re.Match[str] | None
    ) -> Noun | None:
        """What is counted: a counted unit first, then the word in the compound, then the tree, then the spelling."""
        text, span, number = self._text, quantity.span, quantity.number
        if quantity.unit and quantity.unit.noun:
            return Noun(quantity.unit.noun, _words_of_unit(text, span, quantity.unit.end), None)
        if compound:
            if compound[0] is None:
                return None
            return Noun(compound[0], Span(compound[1] - len(compound[0]), compound[1]), None)
        if cents and number.unit is None:
            return Noun(
                "cent" if "c" in cents[0] and "pence" not in cents[0] else "penny",
                Span(cents.start() + (text[cents.start()] in " -"), cents.end()),
                None,
            )
        if quantity.code is not None:
            return None
        magnitude = _MAGNITUDE_AFTER.match(text, span.end)
        if magnitude:
            return Noun("magnitude", Span(magnitude.start() + 1, magnitude.end()), None)
        magnitude = _MAGNITUDE_BEFORE.search(text, max(0, span.start - 30), span.start)
        if magnitude:
            return Noun("magnitude", Span(magnitude.start(), magnitude.start() + 9), None)
        if times := _TIMES.match(text, span.end):
            return Noun("time", Span(times.start() + (text[times.start()] in " -"), times.end()), None)
        if text[span.end - 4 : span.end].lower() == "fold":
            return Noun("time", Span(span.end - 4, span.end), None)
        if inner := self._behind_measure(span.end):
            return inner
        if self._tree and (by_tree := noun_by_tree(self._annotated, number.bare)):
            return by_tree
        after = bound.end() if (bound := _BOUND_AFTER.match(text, span.end)) else span.end
        partitive = _OF.match(text, after) is not None
        if self._tree and not partitive and bound is None:
            front = _IN_FRONT.match(text, span.end) if 1 < number.low < 100 else None
            if front and front["noun"] in COUNTED_IN_COMPOUNDS:  # "a 3 cylinder engine"
                return Noun(front["noun"], Span(*front.span("noun")), None)
            return None
        found = noun_by_text(text, after, partitive=partitive, single=number.low == 1 and number.form == "words")
        if found is None and not partitive and _shares_noun(text, span.end):
            following = re.compile(r"(?:, [\d,]+)*,? (?:and|or) [\d,.]+").match(text, span.end)
            if following:
                return noun_by_text(text, following.end(), partitive=False, single=False)
        return found

    def _behind_measure(self, end: int) -> Noun | None:
        """What is counted where its size stands before it: "eight million 250ml bottles"."""
        size = _INNER_NUMBER.match(self._text, end)
        unit = read_unit(self._text, size.end(), Decimal(1), 1) if size else None
        if unit is None or unit.code is None:
            return None
        return noun_by_text(self._text, unit.end, partitive=False, single=False)

    def _stands(self, quantity: Quantity) -> bool:
        """Whether a small number word counts though no noun is there ("killing two", "a panel of twelve")."""
        if quantity.is_range:
            return True
        if not self._tree:
            return False
        anchor = anchor_of(self._annotated, quantity.number.bare)
        if anchor is None or quantity.low == 1:
            return False
        token = self._annotated.tokens[anchor]
        return token.upos in {"NUM", "NOUN", "PROPN"} and token.relation.partition(":")[0] in {
            "nsubj",
            "obj",
            "obl",
            "nmod",
            "root",
            "conj",
        }

    def _statement(self, span: Span) -> str | None:
        for statement in self._statements:
            for piece in statement.content:
                if piece.covers(span):
                    return statement.id
        return None


def _evidence(quantity: Quantity, noun: Noun | None, bounded: Bounded | None, *, changed: bool) -> dict[str, float]:
    """What speaks for a figure's value, as features of its confidence: how it is written and what stands beside it."""
    return {
        "in words": float(quantity.number.form == "words"),
        "vague": float(quantity.number.form == "vague"),
        "share": float(quantity.number.form == "share"),
        "range": float(quantity.is_range),
        "scaled": float(quantity.number.scale != 1),
        "unit": float(quantity.code is not None),
        "noun": float(noun is not None),
        "bare": float(quantity.code is None and noun is None),
        "bound": float(bounded is not None),
        "change": float(changed),
    }


def _interval(quantity: Quantity, bounded: Bounded | None) -> tuple[Bound, Decimal | None, Decimal | None]:
    """The bound and the two ends: bound words shape a single number, a range and a vague number have their own."""
    if quantity.is_range:
        return "between", quantity.low, quantity.high
    if quantity.high is None:
        if bounded and bounded.bound in {"at most", "less than"}:
            return bounded.bound, None, quantity.low
        return "more than" if bounded and bounded.bound == "more than" else "at least", quantity.low, None
    if bounded is None:
        return "exactly", quantity.low, quantity.high
    low, high = bounded.interval(quantity.low, quantity.high)
    return bounded.bound, low, high


def _named(unit: Unit | None) -> str | None:
    return (unit.code or unit.noun) if unit else None


def _words_of_unit(text: str, number: Span, end: int) -> Span:
    """The words of a unit that ends there, behind the blanks or the hyphen between it and its number, if any stand there."""
    start = number.end
    while start < end and text[start] in " \u00a0-":
        start += 1
    return Span(start, end)


def _shares_noun(text: str, end: int) -> bool:
    return re.compile(r"(?:, \d|,? (?:and|or) \d)").match(text, end) is not None
