"""Charts in a notebook: the same specifications as Altair objects, to look at, to change and to save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from onrecord.errors import LedgerError, MissingExtra
from onrecord.ledger.series.course import StepRow
from onrecord.ledger.series.rows import SeriesRow
from onrecord.ledger.stories.rows import MapRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.views.charts.files import sized
from onrecord.views.charts.places import map_chart
from onrecord.views.charts.series import drawn_points, series_chart
from onrecord.views.charts.theme import Ground, Spec
from onrecord.views.charts.timeline import shown_extent, timeline_chart

if TYPE_CHECKING:
    import altair

__all__ = ["altair_chart", "chart_of"]


def altair_chart(
    rows: SeriesRow | Sequence[TimelineRow] | Sequence[MapRow],
    *,
    course: Sequence[StepRow] = (),
    width: int | None = None,
    height: int | None = None,
    ground: Ground = "light",
) -> altair.LayerChart:
    """The chart of a series, of a timeline's rows, or of a story's places, as an Altair object.

        altair_chart(ledger.series(about="dead")[0])
        altair_chart(ledger.timeline("t0123456789ab")).save("timeline.html")

    `course` is how the best value of a series moved (`Ledger.course`): its line then steps from day to day. `width` and
    `height` are pixels. Raises MissingExtra without altair, LedgerError where no row has a day, a value or
    a place to be drawn at, TypeError for other rows.
    """
    spec = sized(chart_of(rows, course), width=width, height=height, ground=ground)
    try:
        import altair
    except ImportError as error:
        raise MissingExtra("charts", "altair") from error
    return altair.LayerChart.from_dict(spec)


def chart_of(rows: Any, course: Sequence[StepRow] = ()) -> Spec:
    """The specification of the chart of these rows; errors as of `altair_chart`."""
    if isinstance(rows, SeriesRow):
        if not drawn_points(rows):
            raise LedgerError(f"series {rows.id} has no value that can be drawn")
        return series_chart(rows, course=course)
    kind = getattr(rows, "kind", None) or next((type(row) for row in rows), None)
    if kind is TimelineRow:
        if shown_extent(rows) is None:
            raise LedgerError("nothing in this timeline has a day that it could be drawn at")
        return timeline_chart(rows)
    if kind is MapRow:
        if not rows:
            raise LedgerError("no place of this story resolves: there is nothing to draw on a map")
        return map_chart(rows)
    raise TypeError(f"no chart is drawn of {'rows without a kind' if kind is None else kind.__name__}")
