"""One count: what a figure of a document counts, so far as the document itself tells. Plain values, JSON and back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Literal

from onrecord.records import Bound, Change, Span, Status, Tally

__all__ = ["Count", "Part", "Scope", "from_json", "to_json"]

Part = Literal["whole", "part", "rest", "roll"]
"""`part`: "three children among the dead". `rest`: all but some named beside it ("killing a woman and two others").
`roll`: people told of one by one."""

Scope = Literal["event", "statistic", "earlier"]
"""`statistic`: of many events ("shootings this year"). `earlier`: a value that the text itself calls overtaken ("from 58").

A question holds nothing either and counts as `earlier`."""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that counts or measures something, with everything that decides which series it belongs to.

    `figure` is its place in `Reading.figures`; None for people counted one by one, whose words are `spans` (otherwise
    the span of the figure alone). `key` is unique in the document (`f3`). `context` is the sentence. `thing` is the kind
    that `noun` belongs to, `whose` the entity that the counted belong to. `event` is the class of what happened to them
    (or the lemma of another event), `also` further classes of a figure that counts what was in any of them.
    `statement` is None for the outlet's own voice. Three times: `reported` (publication), `as_of` (the moment that the
    figure is true for, where the text gives another than the report; ISO date or date-time), `event_date` (first and
    last day on which the counted event lies). `places` are entities where it happened. `level`: a figure of a named
    total ("the toll stands at 52"). `heading`: it stands in a headline, which sums up what the text says.
    """

    key: str
    figure: int | None
    spans: tuple[Span, ...]
    context: Span
    low: float | None
    high: float | None
    bound: Bound = "exactly"
    unit: str | None = None
    noun: str | None = None
    thing: str | None = None
    whose: str | None = None
    event: str | None = None
    also: tuple[str, ...] = ()
    status: Status = "happened"
    negated: bool = False
    tally: Tally | None = None
    change: Change | None = None
    part: Part = "whole"
    scope: Scope = "event"
    level: bool = False
    statement: str | None = None
    speaker: str | None = None
    speaker_name: str | None = None
    source: str | None = None
    reported: str | None = None
    as_of: str | None = None
    event_date: tuple[str, str] | None = None
    places: tuple[str, ...] = ()
    heading: bool = False

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError(f"count {self.key} has no words")


_DEFAULTS = {field.name: field.default for field in fields(Count)}
_VALUES = attrgetter(*_DEFAULTS)


def to_json(count: Count) -> dict[str, Any]:
    """The fields that differ from their defaults, spans as lists: what the table of counts keeps."""
    values = zip(_DEFAULTS.items(), _VALUES(count), strict=True)
    return {name: value for (name, default), value in values if value != default}


def from_json(record: dict[str, Any]) -> Count:
    """The count that `to_json` made `record` of, after any trip through JSON."""
    values = dict(record)
    values["spans"] = tuple(Span(*span) for span in values["spans"])
    values["context"] = Span(*values["context"])
    for name in ("also", "places", "event_date"):
        if name in values and values[name] is not None:
            values[name] = tuple(values[name])
    return Count(**{"figure": None, "low": None, "high": None} | values)
