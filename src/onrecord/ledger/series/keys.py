"""What makes figures comparable: the key of a series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.ledger.series.count import Count, Part, Scope
from onrecord.ledger.series.words import listed

__all__ = ["PEOPLE_CLASSES", "Firmness", "Key", "base_key"]

Firmness = Literal["fact", "open", "demanded", "denied"]

_FIRMNESS: dict[str, Firmness] = {
    "happened": "fact",
    "ongoing": "fact",
    "planned": "open",
    "expected": "open",
    "possible": "open",
    "conditional": "open",
    "demanded": "demanded",
    "denied": "denied",
}
PEOPLE_CLASSES = frozenset(
    "killed injured shot stabbed hospitalised missing displaced evacuated homeless rescued arrested".split()
)


@dataclass(frozen=True, slots=True)
class Key:
    """What makes figures comparable. `thing` is what is counted, `whose` a person's id in the story or None, `since` the
    first day of another event than the story's own, `place` entities' ids where places tell figures apart."""

    event: str | None
    also: tuple[str, ...]
    thing: str | None
    unit: str | None
    firmness: Firmness
    increment: bool
    part: Part
    scope: Scope
    since: str | None = None
    whose: str | None = None
    place: tuple[str, ...] = ()


def base_key(count: Count) -> Key:
    """The key of a count by itself, before owners, places and other events tell the counts of a story apart."""
    thing = count.thing
    kind = count.noun is not None and count.noun not in listed("vague")
    if thing == "people" and kind and (count.event not in PEOPLE_CLASSES or count.noun in listed("perpetrator")):
        thing = count.noun
    firmness: Firmness = "denied" if count.negated else _FIRMNESS[count.status]
    return Key(
        event=count.event,
        also=count.also,
        thing=thing,
        unit=count.unit,
        firmness=firmness,
        increment=count.tally == "increment" or count.change in ("up", "down"),
        part=count.part,
        scope="statistic" if count.scope == "statistic" else "event",
    )
