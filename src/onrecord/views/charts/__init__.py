"""Charts of what the ledger tells, as specifications in Vega-Lite.

    series_chart(row)       timeline_chart(rows)        map_chart(rows)

A specification is a plain dict, valid against the schema of Vega-Lite 6, with its data and colours inside. The pages,
the notebook and the files all draw the same one.
"""

from __future__ import annotations

from onrecord.views.charts.places import map_chart
from onrecord.views.charts.series import series_chart
from onrecord.views.charts.theme import themed
from onrecord.views.charts.timeline import timeline_chart

__all__ = ["map_chart", "series_chart", "themed", "timeline_chart"]
