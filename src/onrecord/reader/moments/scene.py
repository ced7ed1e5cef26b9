"""What a reader of an expression knows besides its words: the anchor date, the tense around it, and what was said
before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from onrecord.reader.moments.calendar import interval, parse_day
from onrecord.reader.moments.lexer import Lexed
from onrecord.records import MomentType, Span

__all__ = ["Reading", "Scene"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule read: type and TIMEX3 value; `days` the interval where the value alone does not give it.

    `trim` is the number of leading tokens that belong to the shape but not to the expression.
    """

    type: MomentType
    value: str
    days: tuple[date | None, date | None] | None = None
    trim: int = 0


# How many tokens after a day was named "three days later" may still be counted from it: about three sentences.
STORY_REACH = 75
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-|T|$)")


@dataclass
class Scene:
    """The text, the day it was published, and the discourse so far (updated as moments are read, from left to right).

    `topic` is the period the text is comparing: the value of the last quarter, or "Y" after spans such as "the nine
    months". "A year earlier" means the same quarter of the year before, after a quarter. `open_month` is the month of a
    date that a range may go on from ("May 5-7"), with the index of the token after it.
    `last_seen` is the index after the expression that gave `last_day`; `last_month` is the first day of the last month
    named, with that index; `ages` are the ages told so far.
    """

    lexed: Lexed
    anchor: date | None
    tense: Callable[[Span], int]
    generic: Callable[[Span], bool]
    verb: Callable[[Span], bool]
    last_day: date | None = None
    last_year: int | None = None
    last_start: date | None = None
    last_month: tuple[date, int] | None = None
    topic: str | None = None
    open_month: tuple[int, str] | None = None
    last_seen: int = 0
    ages: set[str] = field(default_factory=set)

    def direction(self, first: int, last: int) -> int:
        """The tense of the clause around tokens `first` to `last` (exclusive): -1 past, 1 future, 0 not told."""
        return self.tense(self.lexed.span(first, last))

    def general(self, first: int) -> bool:
        """Whether the clause around a token tells what holds in general ("Today, many worship …")."""
        return self.generic(self.lexed.span(first, first + 1))

    def verb_at(self, index: int) -> bool:
        """Whether the token at `index` is a finite verb, as far as it was tagged."""
        return index < len(self.lexed.spans) and self.verb(self.lexed.span(index, index + 1))

    def begins_high(self, index: int) -> bool:
        """Whether the token at `index` begins with a capital."""
        return self.lexed.text[self.lexed.spans[index][0]].isupper()

    def capitalised(self, index: int) -> bool:
        """Whether the token at `index` is a word that begins with a capital, on the same line as the one before it."""
        if not 0 < index < len(self.lexed.spans):
            return False
        start, _ = self.lexed.spans[index]
        return self.lexed.text[start].isupper() and "\n" not in self.lexed.text[self.lexed.spans[index - 1][1] : start]

    @property
    def day(self) -> date | None:
        """The day that "the day" or "that night" speaks of: the last one named, else the day of publication."""
        return self.last_day or self.anchor

    def day_in_force(self, index: int) -> date | None:
        """The day that a story stands at: the last one named, if that was a few sentences ago at most."""
        return self.last_day if index - self.last_seen <= STORY_REACH else None

    def month_in_force(self, index: int) -> date | None:
        """The first day of the month that a story stands at: that of the last date, if it was a few sentences ago."""
        return self.last_month[0] if self.last_month and index - self.last_month[1] <= STORY_REACH else None

    def note(self, reading: Reading, last: int) -> None:
        """Remembers what was read for the expressions that lean on it."""
        value = reading.value
        if reading.type in ("date", "time") and value[:4].isdigit():
            day = parse_day(value)
            if day is not None:
                self.last_day, self.last_seen = day, last
            self.last_year = int(value[:4])
            start, _ = interval(value[:10])
            self.last_month = (date.fromisoformat(f"{value[:7]}-01"), last) if _MONTH.match(value) else None
            self.last_start = date.fromisoformat(start) if start else None
