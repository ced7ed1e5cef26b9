"""What one story of the ledger counts, report by report: is a value the latest, since replaced, or unheard of?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from onrecord.ledger.checking.shelf import Stored
from onrecord.records import Span

__all__ = ["Key", "Point", "Told", "key_of", "point_of"]

Key = tuple[str | None, str | None, str | None]
"""What is counted: (what happened to people, None, None), or (None, noun, event)."""

Value = tuple[float | None, float | None]
"""The lowest and the highest that a figure says; None: open."""

# Words for one thing that happens to people: who was "killed" is counted among "the dead".
_HAPPENED = {
    word: group
    for group, words in {
        "killed": "kill killed die death dead fatality fatal toll slay murder perish",
        "injured": "injure wound hurt injury casualty wounded injured",
        "missing": "miss missing unaccounted",
        "evacuated": "evacuate displace flee move",
    }.items()
    for word in words.split()
}
_PEOPLE = frozenset("person people man woman child resident victim civilian somebody other dead death".split())

# "The number of missing is 36", "the death toll stood at 52": the figure itself counts nothing that is named.
_NUMBER_OF = re.compile(r"\b(?:number of (?:the |people )?(?P<of>\w+)|death toll)", re.IGNORECASE)
_NEXT = re.compile(r"\s+(?:confirmed |reported )?(\w+)")


@dataclass(frozen=True, slots=True)
class Point:
    """A figure that the ledger has. Points of one `key` are compared."""

    stored: Stored
    span: Span
    value: Value
    key: Key | None
    row: Row[Any]

    @property
    def order(self) -> tuple[str, str, Span]:
        return self.stored.day or "", self.stored.hash, self.span

    @property
    def words(self) -> str:
        return " ".join(self.span.of(self.stored.text).split())


class Told:
    """The figures of one story, reported up to the day `until`."""

    def __init__(self, articles: Sequence[Stored], until: str) -> None:
        self.rows = frozenset(stored.row for stored in articles)
        found = [point_of(stored, row) for stored in articles if (stored.day or "") <= until for row in stored.figures]
        self._points = sorted((p for p in found if p.key is not None), key=lambda p: p.order)

    def having(self, key: Key, value: Value) -> Point | None:
        """The latest report of this very number, whether or not it is bound there: "at least 23" is 23."""
        return next((p for p in reversed(self._points) if p.key == key and _same(value, p.value)), None)

    def later(self, key: Key, value: Value) -> Point | None:
        """The last figure of those that were reported after this value was for the last time.

        Only for what happened to people, which is told by totals that replace each other; what comes on top of others
        replaces nothing.
        """
        if key[0] is None:
            return None
        series = [p for p in self._points if p.key == key and p.row.tally != "increment"]
        days = [p.order[0] for p in series if _overlap(value, p.value)]
        after = [p for p in series if days and p.order[0] > max(days) and p.row.status in _HAPPENING]
        return after[-1] if after else None

    def last(self, key: Key, after: str, names: frozenset[str]) -> Point | None:
        """The last total of this, where it came after the day `after` in an article that has one of `names`."""
        series = [p for p in self._points if p.key == key and p.row.tally != "increment" and p.row.status in _HAPPENING]
        found = [p for p in series if p.order[0] > after and not names.isdisjoint(p.stored.text.casefold().split())]
        return found[-1] if found and key[0] is not None else None

    def instead(self, key: Key, value: Value, names: frozenset[str]) -> Point | None:
        """The last figure of it in a sentence with one of `names`, where no such sentence leaves room for `value`."""
        known = [p for p in self._points if p.key == key and names & set(p.row.context.casefold().split())]
        return None if not known or any(_overlap(value, p.value) for p in known) else known[-1]


_HAPPENING = (None, "happened", "ongoing")


def key_of(noun: str | None, event: str | None, unit: str | None, context: str, end: int) -> Key | None:
    """What a figure counts; None where it does not say, or measures: units are not followed.

    `noun` and `event` are lemmas, `context` the sentence, in which the number ends at `end`.
    """
    if unit is not None:
        return None
    # "The toll of the disaster rose to 41" counts the disaster itself, if the reader is asked.
    nameless = noun is None or noun == event
    happened = None
    if nameless and (said := _NEXT.match(context, end)):
        happened = _HAPPENED.get(said[1].lower())  # "counts 55 dead", "54 confirmed dead and 33 missing"
    happened = happened or _HAPPENED.get(event or "") or _HAPPENED.get(noun or "")
    if happened is None and nameless and (said := _NUMBER_OF.search(context)):
        happened = _HAPPENED.get((said["of"] or "toll").lower())
    if event == "toll":  # "the toll of the dam break stands at 54": of no people that are named
        return (_HAPPENED[event], None, None)
    if happened is not None and (nameless or noun in _PEOPLE or noun in _HAPPENED):
        return (happened, None, None)
    return (None, noun, event) if noun and event else None


def point_of(stored: Stored, row: Row[Any]) -> Point:
    key = key_of(row.noun, row.lemma, row.unit, row.context, row.span_end - row.context_start)
    return Point(stored, Span(row.span_start, row.span_end), (row.low, row.high), key, row)


def _same(one: Value, other: Value) -> bool:
    return any(mine is not None and mine == theirs for mine, theirs in zip(one, other, strict=True))


def _overlap(one: Value, other: Value) -> bool:
    least, most = float("-inf"), float("inf")
    (low, high), (other_low, other_high) = one, other
    return (low if low is not None else least) <= (other_high if other_high is not None else most) and (
        other_low if other_low is not None else least
    ) <= (high if high is not None else most)
