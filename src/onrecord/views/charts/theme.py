"""Colours, shapes and type of every chart, for light and for dark ground, and for a page that is either.

Marks name a style (`best`, `outlet` …) and never a colour, so that one specification does for all grounds. On a page
colours are the variables of its style sheet: a chart that is drawn changes with them when the system turns dark.
"""

from __future__ import annotations

from typing import Any, Final, Literal

__all__ = ["COLOURS", "PALETTES", "SCHEMA", "SHAPES", "Ground", "Spec", "config", "themed"]

Spec = dict[str, Any]
"""A specification, or a part of one."""

Ground = Literal["light", "dark", "page"]
"""What a chart is drawn on; `page`: a web page of Onrecord's, whose style sheets have the colours."""

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
"""The name of the schema; nothing is fetched from there."""

# Each has at least 3:1 on the ground it is drawn on (WCAG 2.2, 1.4.11), and neighbours differ in lightness too.
PALETTES: Final[dict[Ground, tuple[str, ...]]] = {
    "light": ("#0b62b8", "#b8500b", "#1a7f4b", "#7d3fb0", "#b3261e", "#0f7b86", "#7a5c1e", "#b0307f"),
    "dark": ("#6cb0ff", "#ffa657", "#5fd394", "#c9a0ff", "#ff8a80", "#55cfd9", "#d9b96a", "#ff8fd0"),
    "page": tuple(f"var(--chart-{n})" for n in range(1, 9)),
}

COLOURS: Final[dict[Ground, dict[str, str]]] = {
    "light": {"ground": "#ffffff", "ink": "#1b1f24", "dim": "#545c66", "rule": "#d0d7de", "land": "#e3e7ec"},
    "dark": {"ground": "#14171c", "ink": "#e6e9ed", "dim": "#a3adb8", "rule": "#3a424d", "land": "#2a313a"},
    "page": {name: f"var(--{name})" for name in ("ground", "ink", "dim", "rule")} | {"land": "var(--chart-land)"},
}

# Shapes differ by outline alone. No triangle points up or down: those are the arrows of open ends.
SHAPES: Final = (
    "circle",
    "square",
    "diamond",
    "cross",
    "triangle-right",
    "triangle-left",
    "M-1,-0.4L-0.4,-1L0.4,-1L1,-0.4L1,0.4L0.4,1L-0.4,1L-1,0.4Z",
    "M0,-1L0.29,-0.4L0.95,-0.31L0.48,0.15L0.59,0.81L0,0.5L-0.59,0.81L-0.48,0.15L-0.95,-0.31L-0.29,-0.4Z",
)

_FONT: Final = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"


def config(ground: Ground = "light") -> Spec:
    """The `config` of a specification for this ground."""
    colour = COLOURS[ground]
    plain = {"labelColor": colour["dim"], "titleColor": colour["dim"], "labelFontSize": 12, "titleFontSize": 12}
    axis = {"domainColor": colour["rule"], "tickColor": colour["rule"], "gridColor": colour["rule"], "gridOpacity": 0.6}
    return {
        # On a page nothing is painted behind a chart: it may stand on a card.
        "background": "transparent" if ground == "page" else colour["ground"],
        "font": _FONT,
        "view": {"stroke": None},
        "axis": {**plain, **axis, "labelOverlap": True},
        "legend": {**plain, "labelColor": colour["ink"], "labelLimit": 220, "orient": "bottom", "columns": 4},
        "title": {
            "color": colour["ink"],
            "subtitleColor": colour["dim"],
            "subtitleFontSize": 12,
            "fontSize": 14,
            "anchor": "start",
            "offset": 12,
        },
        "text": {"color": colour["ink"], "fontSize": 12},
        "range": {"category": list(PALETTES[ground]), "symbol": list(SHAPES)},
        "style": {
            "best": {"color": colour["ink"], "strokeWidth": 2, "opacity": 0.75},
            "band": {"color": colour["ink"], "opacity": 0.12},
            "outlet": {"color": colour["dim"], "strokeWidth": 1.5},
            "happened": {"color": colour["dim"]},
            "note": {"color": colour["dim"], "fontSize": 12},
            "lane": {"color": colour["dim"], "fontSize": 12, "fontWeight": "bold"},
            "divider": {"color": colour["rule"]},
            "land": {"color": colour["land"], "stroke": colour["rule"]},
            "town": {"color": colour["dim"]},
            "place": {"color": PALETTES[ground][0], "stroke": colour["ground"], "opacity": 0.75},
        },
    }


def themed(spec: Spec, ground: Ground) -> Spec:
    """The same chart for another ground."""
    return {**spec, "config": config(ground)}
