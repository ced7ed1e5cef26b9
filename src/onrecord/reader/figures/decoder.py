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
from onrecord.reader.figures.bounds import Bounded, read_bounds
from onrecord.reader.figures.counted import Noun, Owners, anchor_of, noun_by_text, noun_by_tree
from onrecord.reader.figures.elliptic import noun_said_before
from onrecord.reader.figures.not_figures import compound_noun, reason_for_refusal
from onrecord.reader.figures.numbers import Number, scan
from onrecord.reader.figures.ranges import Quantity, join_ranges
from onrecord.reader.figures.units import MEASURING, Unit, read_rate
from onrecord.records import Bound, Counted, Entity, Event, Figure, Mention, Moment, Rejected, Span, Statement

__all__ = ["FigureContext", "read_figures"]

_AGED_BEFORE = re.compile(r"\b(?:aged|ages|age|age of|ages of) (?:between |about |just |under |over )?$", re.I)
_AGE_APPOSITION = re.compile(r"[^\W\d_][\w'’-]+, $")
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude[ -](?:of )?(?:about |at least )?$", re.I)
_MAGNITUDE_AFTER = re.compile(r"[ -]magnitude\b", re.I)
_PENCE = re.compile(r" ?p\b(?!\.m)")
_CENTS = re.compile(r"[ -](cents?|pence|pennies|p)\b")
_TIMES = re.compile(r" times\b")
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
    return figures, sorted(rejected, key=lambda r: r.span)


class _Reader:
    """One pass over one document."""

    def __init__(self, annotated: Annotated, context: FigureContext) -> None:
        self._annotated = annotated
        self._context = context
        self._text = annotated.text
        self._tree = any(t.upos for t in annotated.tokens[:50])
        self._moments = sorted(context.moments, key=lambda m: m.span)
        self._owners = Owners(annotated, context.mentions, context.entities)
        self._event_at = context.event_at or {i: e.id for e in context.events for i in annotated.tokens_in(e.span)[:1]}
        self._previous: Figure | None = None
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
            if isinstance(result, Figure) and result.counted:
                self._previous = result
            if result is not None:
                yield result

    def _in_moment(self, span: Span) -> bool:
        # Moments do not overlap each other: only the last that begins before the end of the span can touch it.
        at = bisect_left(self._moments, span.end, key=lambda m: m.span.start)
        return at > 0 and self._moments[at - 1].span.overlaps(span)

    def _figure(self, quantity: Quantity) -> Figure | Rejected | None:
        text, span = self._text, quantity.span
        quantity = self._aged(quantity)
        code, end = quantity.code, quantity.end
        if code is None and self._in_moment(span):
            return None
        compound = compound_noun(text, span.end) if quantity.unit is None else None
        cents = _CENTS.match(text, span.end) or (_PENCE.match(text, span.end) if not quantity.number.unit else None)
        if compound is None and cents is None and not quantity.is_range:
            reason = reason_for_refusal(self._annotated, quantity.number, _named(quantity.unit), end)
            if reason:
                return Rejected(reason, span)
        noun = self._noun(quantity, compound, cents)
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
        if code and (rate := read_rate(text, end)):
            code, end = f"{code}/{rate[0]}" if "/" not in rate[0] else code, rate[1]
        after = max(end, noun.span.end) if noun and noun.span.start >= span.start else end
        if noun and code is None and (rate := read_rate(text, after)):
            code = f"/{rate[0]}"
        return self._assemble(quantity, noun, code, after)

    def _assemble(self, quantity: Quantity, noun: Noun | None, code: str | None, after: int) -> Figure:
        text, span = self._text, quantity.span
        bounded = read_bounds(text, span.start, self._written_end(quantity), after, vague=quantity.high is None)
        bound, low, high = _interval(quantity, bounded)
        whole = Span(
            bounded.start if bounded else span.start, max(self._written_end(quantity), bounded.end if bounded else 0)
        )
        anchor = anchor_of(self._annotated, quantity.number.bare) if self._tree else None
        hook = noun.token if noun and noun.token is not None else anchor
        counted = None
        if noun and (code is None or code.startswith("/")):
            owner = self._owners.owner(hook) if hook is not None and self._tree else None
            if owner is None and anchor is not None:
                owner = self._owners.holder(anchor)  # "millions of munitions" hang by "millions"
            if owner is None and noun.token is None and self._previous and self._previous.counted:
                # A noun taken over from the figure before keeps whose it is.
                owner = self._previous.counted.of if self._previous.counted.span == noun.span else None
            counted = Counted(noun.span, noun.lemma, owner)
        return Figure(
            span=whole,
            low=None if low is None else float(low),
            high=None if high is None else float(high),
            bound=bound,
            unit=code,
            counted=counted,
            event=self._event(anchor, hook),
            statement=self._statement(span),
            confidence=confidence(quantity, noun),
        )

    def _written_end(self, quantity: Quantity) -> int:
        """Where the written number ends: a sign glued to it ("5%", "37m") is part of how it is written."""
        if quantity.unit and quantity.unit.glued:
            return max(quantity.span.end, quantity.unit.end)
        return quantity.span.end

    def _aged(self, quantity: Quantity) -> Quantity:
        """ "aged 21" and "Jamie Armstrong, 25, said" are years of age though no unit stands there."""
        if quantity.unit or quantity.number.unit or not 0 < quantity.low < 120 or quantity.low != int(quantity.low):
            return quantity
        before = self._text[max(0, quantity.span.start - 30) : quantity.span.start]
        after = self._text[quantity.span.end : quantity.span.end + 2]
        named = _AGE_APPOSITION.search(before)
        apposed = named and named[0][0].isupper() and after[:1] == "," and quantity.number.form == "digits"
        if _AGED_BEFORE.search(before) or (
            apposed and not re.match(r",\d", after) and not _month(named[0] if named else "")
        ):
            age = Quantity(
                quantity.number, quantity.span, quantity.low, quantity.high, Unit("a", quantity.span.end), quantity.end
            )
            return age
        return quantity

    def _noun(
        self, quantity: Quantity, compound: tuple[str | None, int] | None, cents: re.Match[str] | None
    ) -> Noun | None:
        """What is counted: a counted unit first, then the word in the compound, then the tree, then the spelling."""
        text, span, number = self._text, quantity.span, quantity.number
        if quantity.unit and quantity.unit.noun:
            return Noun(quantity.unit.noun, Span(span.end + 1, quantity.unit.end), None)
        if compound:
            if compound[0] is None:
                return None
            return Noun(compound[0], Span(compound[1] - len(compound[0]), compound[1]), None)
        if cents and number.unit is None:
            return Noun(
                "cent" if "c" in cents[0] and "pence" not in cents[0] else "penny",
                Span(cents.start() + 1, cents.end()),
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
            return Noun("time", Span(times.start() + 1, times.end()), None)
        if self._tree and (by_tree := noun_by_tree(self._annotated, number.bare)):
            return by_tree
        after = bound.end() if (bound := _BOUND_AFTER.match(text, span.end)) else span.end
        partitive = _OF.match(text, after) is not None
        if self._tree and not partitive:
            return None
        found = noun_by_text(text, after, partitive=partitive, single=number.low == 1 and number.form == "words")
        if found is None and not partitive and _shares_noun(text, span.end):
            following = re.compile(r"(?:, [\d,]+)*,? (?:and|or) [\d,.]+").match(text, span.end)
            if following:
                return noun_by_text(text, following.end(), partitive=False, single=False)
        return found

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

    def _event(self, anchor: int | None, hook: int | None) -> str | None:
        """The event over the figure: a participle on the counted noun, the noun itself, what governs it."""
        at, annotated = self._event_at, self._annotated
        if not at:
            return None
        starts = list(dict.fromkeys(i for i in (hook, anchor) if i is not None))
        for start in starts:
            for child in annotated.dependents(start, "acl"):
                # "107 killed", but not "millions of munitions, fuelling the conflict"
                if child.tag == "VBN" and child.relation != "acl:relcl" and child.index in at:
                    return at[child.index]
        for start in starts:
            if start in at:
                return at[start]
            for token in annotated.ancestors(start):
                if token.index in at:
                    return at[token.index]
        for start in starts:
            for index in annotated.subtree(start):  # "Hundreds dead in stampede" has no verb above it
                if index in at:
                    return at[index]
        return None

    def _statement(self, span: Span) -> str | None:
        for statement in self._statements:
            if any(piece.start <= span.start and span.end <= piece.end for piece in statement.content):
                return statement.id
        return None


def confidence(quantity: Quantity, noun: Noun | None) -> float:
    """How often figures of a form have the right value: shares measured on NewsQuant's development part (454 figures).

    With a unit 282 of 297 in digits and 10 of 13 in words; with a noun 51 of 56 and 25 of 27; bare 46 of 52. Bare words
    and vague words ("dozens") are too few there to measure and get the lowest of their neighbours.
    """
    digits = quantity.number.form == "digits"
    if quantity.code is not None:
        return 0.95 if digits else 0.77
    if noun is not None:
        return 0.77 if quantity.number.form == "vague" else 0.91
    return 0.88 if digits else 0.77


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


def _month(word: str) -> bool:
    return bool(re.match(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", word))


def _named(unit: Unit | None) -> str | None:
    return (unit.code or unit.noun) if unit else None


def _shares_noun(text: str, end: int) -> bool:
    return re.compile(r"(?:, \d|,? (?:and|or) \d)").match(text, end) is not None
