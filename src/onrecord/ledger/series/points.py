"""Who holds a count, as of when, and the points of a series: counts of one holder that say the same at the same time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Member, Record, Scene
from onrecord.ledger.series.count import Count, Scope
from onrecord.ledger.series.times import exact_day
from onrecord.records import Bound, Change, Span, Status, Tally

__all__ = ["Interval", "Placed", "Point", "interval_of", "place_counts", "points_of"]

Interval = tuple[float | None, float | None]
"""Lowest and highest value, both included; None: open."""

_ABOUT = 0.1  # "about 3,000" contradicts nothing between 2,700 and 3,300


@dataclass(frozen=True, slots=True)
class Placed:
    """A count in its document and story: its holder and the moment it is true for.

    `outlet`: held by the outlet itself. `as_of` is a date, or a date-time to the minute; "" where nobody knows.
    """

    count: Count
    member: Member
    holder: str
    name: str
    outlet: bool
    as_of: str

    @property
    def record(self) -> Record:
        return self.member.document, self.count.key

    @property
    def order(self) -> tuple[bool, str, str, int, str]:
        """Canonical order: publication (unknown last), document, place in the text."""
        member = self.member
        return member.published is None, member.published or "", member.hash, self.count.spans[0].start, self.count.key


@dataclass(frozen=True, slots=True)
class Point:
    """One value in a series. `places` are all counts that give it, the first one first; copies count as one holder."""

    low: float | None
    high: float | None
    bound: Bound
    holder: str
    name: str
    outlet: bool
    as_of: str
    reported: str | None
    event_date: tuple[str, str] | None
    status: Status
    tally: Tally | None
    change: Change | None
    scope: Scope
    level: bool
    places: tuple[Placed, ...]

    @property
    def day(self) -> str:
        return self.as_of[:10]

    @property
    def copies(self) -> int:
        """Further documents that give it with the text of one that is counted."""
        documents = {p.member.document for p in self.places}
        return len(documents) - len({p.member.origin for p in self.places})

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.places[0].count.spans


def interval_of(low: float | None, high: float | None, bound: Bound) -> Interval:
    """What the words leave open: "at least" and "more than" upwards, "about" by a tenth either way."""
    if bound == "about" and low is not None and high is not None:
        return low * (1 - _ABOUT), high * (1 + _ABOUT)
    if bound in ("at least", "more than"):
        return low, None
    if bound in ("at most", "less than"):
        return None, high
    return low, high


def place_counts(scene: Scene, counts: Mapping[int, Sequence[Count]]) -> tuple[Placed, ...]:
    """The counts of the scene's documents, rejected ones left out, in canonical order."""
    origins = {member.hash: member for member in scene.members}
    found = []
    for member in scene.members:
        for count in counts.get(member.document, ()):
            if (member.document, count.key) in scene.rulings.rejected:
                continue
            holder, name, outlet = _holder(scene, member, count, origins)
            found.append(Placed(count, member, holder, name, outlet, _as_of(member, count, origins.get(member.origin))))
    return tuple(sorted(found, key=lambda p: p.order))


def _holder(scene: Scene, member: Member, count: Count, origins: Mapping[str, Member]) -> tuple[str, str, bool]:
    statement = (member.document, count.statement) if count.statement is not None else None
    if statement is not None and statement not in scene.rulings.rejected:
        speaker = scene.rulings.speakers.get(statement)
        if speaker is None and count.speaker is not None:
            speaker = (member.document, count.speaker)
        if speaker is not None:
            elsewhere = scene.rulings.voices.get(speaker)
            who = scene.people.get(speaker) or (elsewhere.id if elsewhere else derived_id("p", member.hash, speaker[1]))
            name = scene.names.get(who) or (elsewhere.name if elsewhere else count.speaker_name)
            return who, name or "", False
        if count.source is not None:
            return derived_id("y", member.origin, f"source:{count.source.lower()}"), count.source, False
    origin = origins.get(member.origin, member)
    return derived_id("y", member.origin, ""), origin.publisher or member.publisher or "outlet", True


def _as_of(member: Member, count: Count, origin: Member | None) -> str:
    """The moment that the text gives, else that of the report; of a copy without a date, that of its origin's."""
    if count.as_of is not None:
        return count.as_of
    if count.scope == "earlier":
        return ""
    dated = member if member.published is not None or origin is None else origin
    published = dated.published or ""
    if "T" in published and exact_day(published) is not None:
        return published[:16]
    return dated.day or ""


def points_of(placed: Sequence[Placed]) -> tuple[Point, ...]:
    """Points in the order of their as-of moments (unknown ones first), then as they were published."""
    groups: dict[tuple[object, ...], list[Placed]] = {}
    for item in placed:
        count = item.count
        # "3,500 are in the valley" and "3,500 have come into it" are one fact
        status = "happened" if count.status == "ongoing" else count.status
        key = (item.holder, count.low, count.high, count.bound, item.as_of[:10], count.scope, status, count.tally)
        groups.setdefault(key, []).append(item)
    points = [_point(sorted(group, key=lambda p: p.order)) for group in groups.values()]
    return tuple(sorted(points, key=lambda p: (p.as_of, p.places[0].order)))


def _point(places: Sequence[Placed]) -> Point:
    first = places[0].count
    # Of one day's places the latest moment is how long the holder stood by the value.
    return Point(
        low=first.low,
        high=first.high,
        bound=first.bound,
        holder=places[0].holder,
        name=places[0].name,
        outlet=places[0].outlet,
        as_of=max(p.as_of for p in places),
        reported=places[0].member.published,
        event_date=next((p.count.event_date for p in places if p.count.event_date is not None), None),
        status=first.status,
        tally=first.tally,
        change=next((p.count.change for p in places if p.count.change is not None), None),
        scope=first.scope,
        level=any(p.count.level for p in places),
        places=tuple(places),
    )
