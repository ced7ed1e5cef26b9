"""The reliability plot of the model card: `python -m training.reliability > docs/reliability.svg`.

One panel a kind of record, from benchmarks/calibration.json: for each bin of confidence the share of records that were
right, in articles left out of the fit, as a dot whose area grows with the records in it; on the diagonal a confidence is
what it says. Plain SVG that reads in light and dark, with each dot's figures as its title.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SIDE, GAP, LEFT, TOP, BOTTOM = 200, 60, 50, 40, 50  # pixels of a panel's square, between panels, and around them
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)

STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #222 }
  .frame { fill: none; stroke: #767676 } .even { stroke: #767676; stroke-dasharray: 4 4 }
  .bin { fill: #1f5fa8; fill-opacity: .75 }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } .bin { fill: #7db3f0 } }
"""


def panel(kind: str, row: dict[str, Any], left: int) -> list[str]:
    """The SVG of one kind, its square's left edge at `left`."""

    def x(value: float) -> float:
        return round(left + value * SIDE, 1)

    def y(value: float) -> float:
        return round(TOP + (1 - value) * SIDE, 1)

    out = [
        f'<text x="{left}" y="{TOP - 12}">{kind}: {row["records"]} records, ECE {row["ece"]:.3f}</text>',
        f'<rect class="frame" x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>',
        f'<line class="even" x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}"/>',
    ]
    for tick in TICKS:
        out.append(f'<text x="{x(tick)}" y="{y(0) + 16}" text-anchor="middle">{tick:g}</text>')
        out.append(f'<text x="{left - 6}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    out.append(f'<text x="{x(0.5)}" y="{y(0) + 36}" text-anchor="middle">confidence</text>')
    for b in row["bins"]:
        radius = round(3 + 15 * math.sqrt(b["records"] / row["records"]), 1)
        title = f"{b['records']} records, confidence {b['confidence']:.2f}, right {b['right']:.2f}"
        out.append(
            f'<circle class="bin" cx="{x(b["confidence"])}" cy="{y(b["right"])}" r="{radius}">'
            f"<title>{title}</title></circle>"
        )
    return out


def plot(kinds: dict[str, Any]) -> str:
    width, height = LEFT + len(kinds) * (SIDE + GAP), TOP + SIDE + BOTTOM
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="Share of records that are right, by confidence">',
        f"<style>{STYLE}</style>",
    ]
    for i, (kind, row) in enumerate(kinds.items()):
        lines += panel(kind, row, LEFT + i * (SIDE + GAP))
    return "\n".join([*lines, "</svg>"])


if __name__ == "__main__":
    print(plot(json.loads((ROOT / "benchmarks/calibration.json").read_text(encoding="utf-8"))["kinds"]))
