"""Figures that only a second look joins: values that a text recalls, and one odd number of one thing in other words.

"Last Friday it had spoken of at least 1.2 billion euros" names nothing that was counted: it belongs where that value
stands. And 610 families who "have come" to a committee and 610 families who "applied for help" are the same families.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.ledger.series.count import Count
from onrecord.ledger.series.keys import Key
from onrecord.ledger.series.points import Placed
from onrecord.ledger.series.words import classes, listed

__all__ = ["joined"]

Groups = list[tuple[Key, list[Placed]]]

_ODD = 100
"""Numbers from this on that are no multiple of it are hardly given twice by chance for one kind of thing."""


def joined(groups: Groups) -> Groups:
    """The groups, in their order, with such members in the group where they belong; what nothing places is left out."""
    return _same_number(_recalled(groups))


def _recalled(groups: Groups) -> Groups:
    """Recalled values in their own group where that has them from another document, else in the first that has."""
    kept = [[item for item in members if not _recalls(item.count)] for _, members in groups]
    stands: dict[tuple[float | None, float | None], dict[int, list[Placed]]] = {}
    for place, members in enumerate(kept):
        for item in members:
            stands.setdefault(_value(item.count), {}).setdefault(place, []).append(item)
    for own, (key, members) in enumerate(groups):
        for item in members:
            if _recalls(item.count):
                moved = _place(item, own, groups, stands.get(_value(item.count), {}))
                if moved is not None or key.event != "recalled":
                    kept[own if moved is None else moved].append(item)
    return [(key, kept[place]) for place, (key, _) in enumerate(groups) if kept[place]]


def _place(item: Placed, own: int, groups: Groups, stands: Mapping[int, Sequence[Placed]]) -> int | None:
    found = {}
    for place, members in stands.items():
        key = groups[place][0]
        told = [m.order for m in members if m.member != item.member]
        if told and key.unit == item.count.unit and (item.count.noun is None or key.thing == groups[own][0].thing):
            found[place] = min(told)
    return own if own in found else min(found, key=lambda place: found[place], default=None)


def _recalls(count: Count) -> bool:
    return count.event == "recalled" or (count.scope == "earlier" and count.change is None and not count.level)


def _value(count: Count) -> tuple[float | None, float | None]:
    return count.low, count.high


def _same_number(groups: Groups) -> Groups:
    """Groups of one kind of thing that no class tells apart, where they hold the same odd number, as the first of them."""
    result: Groups = []
    where: dict[tuple[Key, float], int] = {}
    for key, members in groups:
        loose = key.unit is None and key.event not in classes() and key.thing not in listed("vague")
        numbers = [(replace(key, event=None), number) for number in _odd(members)] if loose else []
        place = next((where[number] for number in numbers if number in where), len(result))
        if place < len(result):
            one, there = result[place]
            first = min((one, there), (key, members), key=lambda group: min(m.order for m in group[1]))
            result[place] = (first[0], [*there, *members])
        else:
            result.append((key, members))
        where.update(dict.fromkeys(numbers, place))
    return result


def _odd(members: Sequence[Placed]) -> Iterator[float]:
    for item in members:
        value = item.count.low
        if value is not None and value == item.count.high and value > _ODD and value % _ODD:
            yield value
