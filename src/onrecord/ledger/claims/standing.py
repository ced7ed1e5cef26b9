"""How a claim stands: who holds, denies, has withdrawn it, how many of them are independent, and what figures say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.ledger.claims.claim import Membership, PointLike, Role, SeriesLike, Standing
from onrecord.ledger.scene import Record

__all__ = ["Figures", "independent", "standing", "who"]


def who(members: Sequence[Membership], role: Role) -> tuple[str, ...]:
    """Whose the members of a role are, each once, in the order of the members."""
    return tuple(dict.fromkeys(m.who for m in members if m.role == role))


def independent(holders: Sequence[str], speaks_for: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The holders without the bodies for which another of them speaks: a service and its head are one witness."""
    voiced = {body for holder in holders for body in speaks_for.get(holder, ()) if body != holder}
    return tuple(h for h in holders if h not in voiced) or tuple(holders[:1])


@dataclass(frozen=True, slots=True)
class _Place:
    series: SeriesLike
    point: PointLike


class Figures:
    """The series of a story by the records of their figures: whether a later figure has replaced an earlier one."""

    def __init__(self, series: Iterable[SeriesLike]) -> None:
        self._places: dict[Record, list[_Place]] = {}
        for one in series:
            for point in one.points:
                for place in point.places:
                    self._places.setdefault(place.record, []).append(_Place(one, point))

    def series(self) -> dict[Record, frozenset[int]]:
        """The series that each figure is in, by their numbers."""
        numbers: dict[int, int] = {}
        return {
            record: frozenset(numbers.setdefault(id(place.series), len(numbers)) for place in places)
            for record, places in self._places.items()
        }

    def replaced(self, records: Collection[Record], holders: Collection[str]) -> bool:
        """Whether the figures of a claim are overtaken: none of them is in the best value of its series, and a later one
        of the same series with another value is by a holder of the claim, or is the best value.
        """
        found = [place for record in records for place in self._places.get(record, ())]
        # A figure that stands in a series alone tells nothing of how the others went on.
        moving = [place for place in found if len(place.series.points) > 1]
        # What one member counts besides ("and 120 vehicles") says nothing of the figure that the claim is of.
        times = Counter(id(place.series) for place in moving)
        moving = [place for place in moving if times[id(place.series)] == max(times.values())]
        if any(self._is_best(place) for place in moving):
            return False
        return any(self._later(place, holders) for place in moving)

    def _is_best(self, place: _Place) -> bool:
        best = place.series.best
        return best is not None and any(source is place.point or _same(source, place.point) for source in best.sources)

    def _later(self, place: _Place, holders: Collection[str]) -> bool:
        best = place.series.best
        mainstream = {source.holder for source in best.sources} if best is not None else set()
        now = place.point.as_of
        after = [p for p in place.series.points if _is_later(p.as_of, now)]
        before = [p for p in place.series.points if p.as_of[:10] <= now[:10] and not _is_later(p.as_of, now)]
        return any(
            not any(_same(point, earlier) for earlier in before)  # a value that was there before replaces nothing
            and (point.holder in holders or point.holder in mainstream)
            for point in after
        )


def _is_later(one: str, other: str) -> bool:
    """Whether one moment is of a later day than another that is known, or of a later hour where both have one."""
    return one[:10] > other[:10] != "" or (one > other and "T" in one and "T" in other)


def _same(one: PointLike, other: PointLike) -> bool:
    return one.low == other.low and one.high == other.high


def standing(
    *, holders: Sequence[str], deniers: Sequence[str], withdrawn: Collection[str], revised: bool, count: int
) -> Standing:
    """The first that fits. `count` is the number of independent holders."""
    if withdrawn and all(holder in withdrawn for holder in holders):
        return "withdrawn"
    if revised:
        return "revised"
    if holders and deniers:
        return "disputed"
    if deniers:
        return "denied"
    return "corroborated" if count > 1 else "single source"
