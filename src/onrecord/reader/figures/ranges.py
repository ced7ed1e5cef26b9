"""Written numbers with their units, joined to ranges: "between 11 and 13 thousand", "5 to 7 per cent", "$3bn-$5bn"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from onrecord.reader.figures.not_figures import score_reason
from onrecord.reader.figures.numbers import Number
from onrecord.reader.figures.units import Unit, read_unit
from onrecord.reader.figures.votes import are_votes
from onrecord.records import Rejected, Span

__all__ = ["Quantity", "join_ranges"]

_DASH = re.compile(r" ?[-–—‑−] ?$")
_TO = re.compile(r"(?:[ -]| up )to(?: (?:about|around|some|nearly|as (?:many|much) as))?[ -]$")
_OR = re.compile(r",? or(?: even)? $")
_AND = re.compile(r" and $")
_BETWEEN = re.compile(r"\bbetween (?:about |around |roughly |approximately |some |an estimated )?$", re.I)
_DATING = re.compile(r"\b(?:in|since|of|during|by|for) $", re.I)
_BY = re.compile(r"\bby (?:about |around |some |nearly )?$", re.I)
_FROM = re.compile(r"\bfrom (?:about |around |roughly |some |nearly |just )?$", re.I)
# "rose from 5 to 7" tells two states of one thing, not an interval that it lies in.
_CHANGING = re.compile(
    r"\b(?:ris|rose|grow|grew|fall|fell|increas|decreas|declin|drop|climb|slip|slid|jump|surg|plung|plummet|soar|reduc|cut|"
    r"rais|lower|narrow|widen|slow|revis|tumbl|doubl|tripl|shrink|shrank|shrunk|expand|up|down|chang|went|gone|go|goes|"
    r"upgrad|downgrad|swell|swoll|ease|strengthen|weaken|improv|move|updat)\w*(?:[ ,]+(?!and\b)[\w'’%.$-]+){0,4}[ ,]*$",
    re.I,
)
_CHANGING_HERE = re.compile(_CHANGING.pattern.replace("{0,4}", "{0,1}"), re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity as written: `span` from the first to the last digit (with a range's words), `end` after its unit."""

    number: Number
    span: Span
    low: Decimal
    high: Decimal | None
    unit: Unit | None
    end: int
    is_range: bool = False

    @property
    def code(self) -> str | None:
        """The unit's code, of the unit behind it or of the currency sign before it."""
        return (self.unit.code if self.unit else None) or self.number.unit


def join_ranges(text: str, numbers: Sequence[Number]) -> Iterator[Quantity | Rejected]:
    """Quantities in order, two numbers joined where the words between them make one interval of them."""
    at = 0
    units = [_unit(text, n) for n in numbers]
    while at < len(numbers):
        first, unit = numbers[at], units[at]
        if at + 1 < len(numbers):
            joined = _join(text, (first, unit), (numbers[at + 1], units[at + 1]))
            if joined is not None:
                yield joined
                at += 2
                continue
        yield _changing_from(text, numbers[at : at + 3], units[at : at + 3])
        at += 1


def _changing_from(text: str, numbers: Sequence[Number], units: Sequence[Unit | None]) -> Quantity:
    """The first number as it stands; before "to" with the scale and unit that follow: "rose from 24.2 to 33 billion"."""
    first, unit = numbers[0], units[0]
    low, high, end = first.low, first.high, unit.end if unit else first.span.end
    if len(numbers) > 1 and unit is None and high is not None and _TO.fullmatch(text[end : numbers[1].span.start]):
        second, other = numbers[1], units[1]
        dash = second.scale == 1 and other is None and len(numbers) > 2
        if dash and _DASH.fullmatch(text[second.span.end : numbers[2].span.start]):
            second, other = numbers[2], units[2]
        if _FROM.search(text[max(0, first.span.start - 40) : first.span.start]):
            alike = second.low != 0 and Decimal("0.1") <= first.low / second.written <= 10
            scale = second.scale if first.scale == 1 and alike else 1
            low, high = low * scale, high * scale
            if first.unit is None and other is not None and other.code and (first.scale == second.scale or scale != 1):
                unit = Unit(other.code, end)
    return Quantity(first, first.span, low, high, unit, end)


def _unit(text: str, number: Number) -> Unit | None:
    if number.unit == "%" and number.form == "share":
        return None
    # "hundreds of miles", "tens of millions of dollars" measure; "a couple of points" counts.
    partitive = number.form == "vague" and text.startswith(" of ", number.span.end)
    unit = read_unit(text, number.span.end + 3 * partitive, number.low, number.scale)
    if unit and number.unit and unit.code != number.unit:
        # "$5 m" or "$10 US": the sign before the number says what it is.
        return Unit(number.unit, unit.end) if unit.code in {"USD"} else None
    return unit


def _join(text: str, a: tuple[Number, Unit | None], b: tuple[Number, Unit | None]) -> Quantity | Rejected | None:
    (first, first_unit), (second, second_unit) = a, b
    first_end = first_unit.end if first_unit else first.span.end
    between = text[first_end : second.span.start]
    if len(between) > 20 or "\n" in between or first.high is None or second.high is None:
        return None
    whole = first.scale == second.scale == 1 and first_unit is None and first.unit is None and second.unit is None
    if whole and (_DASH.fullmatch(between) or between == " to ") and are_votes(text, first.span.start, second.span.end):
        return None
    before = text[max(0, first.span.start - 60) : first.span.start]
    opened = _BETWEEN.search(before)
    dash, start = _DASH.fullmatch(between), first.span.start
    if dash:
        end = second_unit.end if second_unit else second.span.end
        if not first_unit and not second_unit and not first.unit and not second.unit:
            reason = score_reason(text, first, second, second.span.end)
            if reason:
                return Rejected(reason, Span(start, second.span.end))
        if between.strip() != between and between[-1] in "-−" and not first_unit and first.high > second.high:
            return None
    elif _AND.fullmatch(between):
        if not opened:
            return None
        start = first.span.start - len(opened[0])
    elif _TO.fullmatch(between):
        source = _FROM.search(before)
        # "from 5 to 7 per cent to 3 to 5 per cent" changes from one range to another.
        chained = re.match(r" to \d", text[second_unit.end if second_unit else second.span.end :][:6])
        if source and not chained and _CHANGING.search(before[: source.start()]):
            return None
        if not source and (_BY.search(before) or (second.unit and first.unit and _CHANGING_HERE.search(before))):
            return None
        if source:
            start = first.span.start - len(source[0])
    elif not (_OR.fullmatch(between) and _neighbours(first, second)):
        return None
    if _year(first, first_unit) and _year(second, second_unit):
        return Rejected("years", Span(first.span.start, second.span.end))
    if _year(first, first_unit) and _DATING.search(before):
        return None
    if not _compatible(first, first_unit, second, second_unit, bool(opened)):
        return None
    low = first.low
    if first.scale == 1 and second.scale > 1 and first.low < 1000 and first.low <= second.written:
        low = first.low * second.scale
    high = second.high
    if low > high:
        return None
    if low == high:
        return None
    unit = second_unit or first_unit
    number = second if second.unit or not first.unit else first
    end = max(second.span.end, second_unit.end if second_unit else 0)
    return Quantity(number, Span(start, second.span.end), low, high, unit, end, is_range=True)


def _year(number: Number, unit: Unit | None) -> bool:
    """Four plain digits between 1900 and 2099 with nothing that measures behind them."""
    whole = number.bare.end - number.bare.start == 4 and number.form == "digits" and number.scale == 1
    return whole and unit is None and number.unit is None and 1900 <= number.low <= 2099


def _neighbours(first: Number, second: Number) -> bool:
    """ "one or two", "10 or 12": small whole numbers close by, which estimate one count."""
    a, b = first.low, second.low
    return a < b <= max(a + 2, a * Decimal("1.5")) and first.unit is None and a == int(a) and b == int(b)


def _compatible(first: Number, u1: Unit | None, second: Number, u2: Unit | None, opened: bool) -> bool:
    one = (u1.code or u1.noun if u1 else None) or first.unit
    two = (u2.code or u2.noun if u2 else None) or second.unit
    if one == two:
        return True
    if one is None:
        return second.unit is None  # "sixfold to HK$3.7 billion" joins a multiple and a sum
    # "$10-15 billion" and "between 5% and 10": the first unit serves both; "0.4% to 13,176" are two quantities.
    return two is None and (first.unit is not None or opened)
