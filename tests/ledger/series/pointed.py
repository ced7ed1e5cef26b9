"""Points of a series by hand, for tests of what its best value is: who gives which value, as of when, in which document."""

from __future__ import annotations

from typing import Any

from onrecord.ledger.scene import Member
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.grouping import Series
from onrecord.ledger.series.keys import Key
from onrecord.ledger.series.points import Placed, Point
from onrecord.records import Span

__all__ = ["placed", "point", "series_with"]


def placed(low: float | None, high: float | None, holder: str, as_of: str, **more: Any) -> Placed:
    """`listed` people are told one by one; `at` is where in the text; `dated` says that the text itself gives the day."""
    document, at = more.get("document", 1), more.get("at", 0)
    published = more.get("reported", as_of or "2025-03-14")
    count = Count(
        key=f"f{at}",
        figure=None if more.get("listed") else at,
        spans=(Span(at, at + 2),),
        context=Span(0, 100),
        low=low,
        high=high,
        bound=more.get("bound", "exactly"),
        event="killed",
        change=more.get("change"),
        scope=more.get("scope", "event"),
        level=more.get("level", False),
        reported=published,
        as_of=as_of if more.get("dated") else None,
        heading=more.get("heading", False),
    )
    member = Member(
        document, f"h{document}", None, f"Paper {document}", published, (published or "")[:10] or None, f"h{document}"
    )
    return Placed(count, member, holder, holder, more.get("outlet", False), as_of)


def point(low: float | None, holder: str, as_of: str, **more: Any) -> Point:
    """An exact value without `high` or `bound`; `twice` gives it once more in the next document."""
    bound = more.get("bound", "exactly")
    high = more.get("high", None if bound in ("at least", "more than") else low)
    if bound in ("at most", "less than"):
        low = None
    more = {name: value for name, value in more.items() if name != "high"}
    first = placed(low, high, holder, as_of, **more)
    places = [first]
    if more.get("twice"):
        places.append(placed(low, high, holder, as_of, **more | {"document": first.member.document + 1}))
    return Point(
        low=low,
        high=high,
        bound=bound,
        holder=holder,
        name=holder,
        outlet=more.get("outlet", False),
        as_of=as_of,
        reported=first.member.published,
        event_date=None,
        status="happened",
        tally=None,
        change=more.get("change"),
        scope=more.get("scope", "event"),
        level=more.get("level", False),
        places=tuple(places),
    )


def series_with(*points: Point, **key: Any) -> Series:
    """A series of these points; `key` is what makes it comparable, by default people killed in the story's own event."""
    values = {
        "event": "killed",
        "also": (),
        "thing": "people",
        "unit": None,
        "firmness": "fact",
        "increment": False,
        "part": "whole",
        "scope": "event",
    }
    return Series("f1", 1, Key(**(values | key)), points, "single", None, ())
