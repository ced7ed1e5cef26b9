"""Dates of a draft against the dates that the ledger has in the same place, by what they mean rather than how they look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from onrecord.ledger.checking.draft import Draft
from onrecord.ledger.checking.passages import Laid, Run, Sentence
from onrecord.ledger.checking.rows import Finding
from onrecord.ledger.checking.words import is_number
from onrecord.ledger.dates import days
from onrecord.records import Moment, Span

__all__ = ["check_dates", "is_date"]

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
).split()
_OTHERS = (
    "yesterday today tomorrow tonight morning afternoon evening night noon midnight last next week month year".split()
)
_DATE_WORDS = frozenset([*_WEEKDAYS, *_MONTHS, *_OTHERS])


def is_date(draft: Draft, run: Run, laid: Laid) -> bool:
    """The words that differ say when, on both sides."""
    here, there = _moments(draft.reading.moments, draft, run), _stored_moments(laid, run)
    if not here and not there:
        new = {draft.words.keys[i].removesuffix("'s") for i in run.here}
        old = {laid.stored.words.keys[i].removesuffix("'s") for i in run.there}
        return bool(new & _DATE_WORDS and old & _DATE_WORDS)
    return _tells(draft.words.keys[i] for i in run.here) and _tells(laid.stored.words.keys[i] for i in run.there)


def check_dates(draft: Draft, sentence: Sentence) -> Iterator[Finding]:
    """Dates that differ in a sentence which is otherwise the ledger's."""
    for run in sentence.runs:
        laid = sentence.laid[0]
        if not run.here or not run.there or not is_date(draft, run, laid):
            continue
        here, there = _moments(draft.reading.moments, draft, run), _stored_moments(laid, run)
        if here and there and _agree(here[0].value, there[0].value) and not _other_weekday(draft, run, laid):
            continue
        mine = here[0].span if here else draft.words.span(run.here[0], run.here[-1])
        theirs = (
            Span(there[0].span_start, there[0].span_end)
            if there
            else laid.stored.words.span(run.there[0], run.there[-1])
        )
        wrong, right = " ".join(mine.of(draft.text).split()), " ".join(theirs.of(laid.stored.text).split())
        statement = draft.statement_at(mine)
        value = f" ({there[0].value.partition('T')[0]})" if there else ""
        yield Finding(
            "contradicted",
            "date",
            mine,
            wrong,
            (laid.stored.sentence(theirs),),
            (("replaced", wrong, right),),
            f"The ledger has “{right}”{value} here, not “{wrong}”.",
            statement.id if statement else None,
        )


def _other_weekday(draft: Draft, run: Run, laid: Laid) -> bool:
    """ "Monday, July 5" for "Tuesday, July 5": one day by its date, but no day is both."""
    new = {draft.words.keys[i].removesuffix("'s") for i in run.here}.intersection(_WEEKDAYS)
    old = {laid.stored.words.keys[i].removesuffix("'s") for i in run.there}.intersection(_WEEKDAYS)
    return bool(new and old and new.isdisjoint(old))


def _moments(moments: Sequence[Moment], draft: Draft, run: Run) -> list[Moment]:
    span = draft.words.span(run.here[0], run.here[-1])
    return [m for m in moments if m.span.overlaps(span) and m.type in {"date", "time"}]


def _stored_moments(laid: Laid, run: Run) -> list[Row[Any]]:
    span = laid.stored.words.span(run.there[0], run.there[-1])
    return [
        m for m in laid.stored.moments if span.overlaps(Span(m.span_start, m.span_end)) and m.type in {"date", "time"}
    ]


def _tells(keys: Iterable[str]) -> bool:
    return any(key.removesuffix("'s") in _DATE_WORDS or is_number(key) for key in keys)


def _agree(one: str, other: str) -> bool:
    """Two TIMEX values may be the same time: equal, or one a part of the other."""
    if one == other:
        return True
    first, second = days(one), days(other)
    if first is None or second is None:
        return _weekday(one, second) or _weekday(other, first) or _yearless(one, other) or _yearless(other, one)
    if first[1] < second[0] or second[1] < first[0]:
        return False
    hour, minute = one.partition("T")[2], other.partition("T")[2]
    return not hour or not minute or hour.startswith(minute) or minute.startswith(hour)


def _weekday(value: str, range_of_days: tuple[str, str] | None) -> bool:
    """A weekday without a week ("XXXX-WXX-3") is this day's."""
    if not value.startswith("XXXX-WXX-") or range_of_days is None or range_of_days[0] != range_of_days[1]:
        return False
    return date.fromisoformat(range_of_days[0]).isoweekday() == int(value[9:10] or 0)


def _yearless(value: str, other: str) -> bool:
    """ "XXXX-03-12" and "2025-03-12"."""
    return value.startswith("XXXX-") and not value.startswith("XXXX-W") and other[4:].startswith(value[4:])
