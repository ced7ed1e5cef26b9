"""Charts of what the ledger tells, as specifications in Vega-Lite.

    series_chart(row)       timeline_chart(rows)        map_chart(rows)

    altair_chart(row or rows)       any of them as an object of a notebook

A specification is a plain dict, valid against the schema of Vega-Lite 6, with its data and colours inside. The pages,
the notebook and the files all draw the same one.
"""

from __future__ import annotations

from onrecord.views.charts.notebook import altair_chart
from onrecord.views.charts.places import map_chart, map_notes
from onrecord.views.charts.series import series_chart, series_notes
from onrecord.views.charts.theme import Ground, themed
from onrecord.views.charts.timeline import timeline_chart, timeline_notes

__all__ = [
    "Ground",
    "altair_chart",
    "map_chart",
    "map_notes",
    "series_chart",
    "series_notes",
    "themed",
    "timeline_chart",
    "timeline_notes",
]
