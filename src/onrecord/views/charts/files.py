"""Charts as files: SVG, PNG and the specification itself. The drawing is Vega's own, by vl-convert, without a network."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from onrecord.errors import MissingExtra, OutputError
from onrecord.views.charts.theme import Ground, Spec, themed
from onrecord.views.wording import printable

__all__ = ["ENDINGS", "drawn", "sized", "write"]

ENDINGS = (".svg", ".png", ".json")
"""What a chart's file may be: `.json` is the specification in Vega-Lite, which other tools draw."""

_VEGA_LITE = "6.4"  # of those that vl-convert has, the one that the pages have too
_UNWRITABLE = re.compile("[\ufffe\uffff]")  # with control characters what XML 1.0 has no place for
_SHARP = 2  # pixels of a PNG to one of the chart: screens and printers show so many


def sized(spec: Spec, *, width: int | None = None, height: int | None = None, ground: Ground = "light") -> Spec:
    """The chart at this size in pixels, titles and legend apart; its own where None."""
    given = {name: value for name, value in (("width", width), ("height", height)) if value is not None}
    return {**themed(spec, ground), **given}


def drawn(spec: Spec, ending: str) -> bytes:
    """The chart in the form of a file with this ending, one of ENDINGS.

    Raises MissingExtra without vl-convert, ValueError for another ending.
    """
    if ending == ".json":
        return f"{json.dumps(spec, ensure_ascii=False, indent=1)}\n".encode()
    if ending not in ENDINGS:
        raise ValueError(f"no chart is drawn as {ending!r}")
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtra("charts", "vl-convert-python") from error
    # The data stand in the specification: nothing is to be fetched, whatever an article says.
    settings: dict[str, Any] = {"vl_version": _VEGA_LITE, "allowed_base_urls": []}
    if ending == ".svg":
        return f"{_UNWRITABLE.sub('�', printable(vl_convert.vegalite_to_svg(spec, **settings)))}\n".encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=_SHARP, **settings))


def write(spec: Spec, path: Path) -> None:
    """Draws the chart into a file, by its ending; what stood there is replaced.

    Raises OutputError for an ending that no chart has and where the file cannot be written; see also `drawn`.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise OutputError(f"{path}: a chart is written as {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}")
    content = drawn(spec, ending)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
