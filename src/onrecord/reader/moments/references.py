"""References to the present, the past and the future as a whole: now, currently, recently, the past, in the near
future, soon."""

from __future__ import annotations

from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.scene import Reading

__all__ = ["REFERENCES"]


def _present(_hit: Hit) -> Reading:
    return Reading("date", "PRESENT_REF")


def _past(_hit: Hit) -> Reading:
    return Reading("date", "PAST_REF")


def _soon(hit: Hit) -> Reading | None:
    """ "They soon left" lies in the past of the story, not ahead of it."""
    return None if hit.direction < 0 else Reading("date", "FUTURE_REF")


def _future(_hit: Hit) -> Reading:
    return Reading("date", "FUTURE_REF")


REFERENCES = [
    Rule("present", "now | current | these days | the present time? | (?<=at) the moment", _present),
    Rule("soonest", "as soon as possible", _future),
    Rule(
        "past",
        "(?: more )? recently | recent | the past (?! (?: MODS )? (?: ANYUNIT | NUM | VAGUE | filler | season"
        " | weekday | partofday | night ) )",
        _past,
    ),
    Rule("thattime", "(?<=[by at since until]) (?: this | that ) time", _past),
    Rule("future", "(?: the )? (?: near )? future (?! x ) | the (?: long | near ) term", _future),
    Rule("soon", "(?<!as) soon (?! [after as] )", _soon),
]
