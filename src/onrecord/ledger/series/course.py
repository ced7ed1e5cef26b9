"""How the best value of a series moved: every value that was the best one in its time, with the day from which it was.

A series keeps its current best value alone. The way there is told again when somebody asks for it, by the same function
and from the same counts, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.errors import NotInLedger
from onrecord.ledger import schema
from onrecord.ledger.batches import batched
from onrecord.ledger.scene import Member
from onrecord.ledger.series import tables as t
from onrecord.ledger.series.best import Best, best_of
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.grouping import may_fall
from onrecord.ledger.series.points import Placed, Point
from onrecord.ledger.series.store import counts_in

__all__ = ["StepRow", "course"]


@dataclass(frozen=True, slots=True)
class StepRow:
    """The best value from the day `on` until the next step: None: open. `disputed` where holders of that day give values
    that exclude each other. `on` is None where the values have no day.
    """

    on: str | None
    low: float | None
    high: float | None
    disputed: bool


def course(connection: Connection, wanted: str) -> list[StepRow]:
    """The best values of the series with this id, the first one first; a value that stayed the same is one step.

    Empty for a series without a best value. Raises NotInLedger for an id that the ledger does not hold.
    """
    s, p, c = t.series.c, t.series_points.c, t.series_places.c
    holding = select(p.series).join(t.series_places, c.point == p.id).where(c.key == wanted)
    series = connection.execute(select(t.series).where(s.id.in_(holding))).first()
    if series is None:
        raise NotInLedger(f"no series {wanted} in this ledger")
    if series.scope != "event":
        return []
    points = _points(connection, series.id)
    _, walk = best_of(points, may_fall=may_fall(series.event, increment=series.tally == "increment"))
    steps: list[StepRow] = []
    for best in walk:
        step = StepRow(_day(best), best.low, best.high, best.disputed)
        if steps and (step.low, step.high, step.disputed) == (steps[-1].low, steps[-1].high, steps[-1].disputed):
            step = replace(step, on=steps.pop().on or step.on)
        steps.append(step)
    return steps


def _day(best: Best) -> str | None:
    """The day on which it became the best value: that of the latest word for it, since older ones did not make it so."""
    return max(source.day for source in best.sources) or None


def _points(connection: Connection, series: int) -> list[Point]:
    """The points of a series as they were when its best value was found, so far as that asks for them."""
    p, c, d = t.series_points.c, t.series_places.c, schema.documents.c
    rows = connection.execute(select(t.series_points).where(p.series == series).order_by(p.place)).all()
    places: dict[int, list[tuple[int, str]]] = {}
    for some in batched([row.id for row in rows]):
        query = select(c.point, c.document, c.record).where(c.point.in_(some)).order_by(c.id)
        for place in connection.execute(query):
            places.setdefault(place.point, []).append((place.document, place.record))
    numbers = sorted({document for of_point in places.values() for document, _ in of_point})
    counts = {(number, one.key): one for number, of in counts_in(connection, numbers).items() for one in of}
    members: dict[int, Member] = {}
    for some in batched(numbers):
        query = select(d.id, d.hash, d.title, d.publisher, d.published).where(d.id.in_(some))
        for row in connection.execute(query):
            members[row.id] = Member(row.id, row.hash, row.title, row.publisher, row.published, None, row.hash)
    return [
        _point(row, [(members[document], counts[document, record]) for document, record in places[row.id]])
        for row in rows
    ]


def _point(row: Row[Any], told: Sequence[tuple[Member, Count]]) -> Point:
    as_of = row.as_of or ""
    first = told[0][1]
    placed = tuple(Placed(count, member, row.who, row.name, row.outlet, as_of) for member, count in told)
    return Point(
        low=row.low,
        high=row.high,
        bound=row.bound,
        holder=row.who,
        name=row.name,
        outlet=row.outlet,
        as_of=as_of,
        reported=row.reported,
        event_date=None,
        status=row.status,
        tally=row.tally,
        change=row.change,
        scope=first.scope,
        level=any(count.level for _, count in told),
        places=placed,
    )
