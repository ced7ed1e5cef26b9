"""A story's timeline as a chart: three lanes for the three times, each entry a mark that leads to its words.

    happened    a bar over all the days that the words allow: solid for one day, faint where they leave it open
    said        a mark for each thing said, denied, counted, on its day
    published   a mark for each article

Marks of one day stand on each other, so that a day's height is how much of it there is. Within a day they are in order,
not at their hour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from onrecord.ledger.timeline import TimelineRow
from onrecord.records import Span
from onrecord.views.charts.theme import SCHEMA, Spec, config
from onrecord.views.charts.times import DAY, Extent, extent_of, held_open, time_axis, written
from onrecord.views.charts.words import address, clipped

__all__ = ["KINDS", "shown_extent", "timeline_chart", "timeline_notes"]

KINDS: Final = ("said", "figure", "denied", "left open", "withdrawn")
"""What the middle lane tells apart, in the order of its colours and shapes."""

_AROUND: Final = (
    0.25  # of the days of publication: how far before and after them the axis goes where something lies there
)
_ROWS: Final = 10  # marks on each other in a lane; of more the number is written
_BARS: Final = 16  # rows of what happened
_WORDS: Final = 100  # characters: a chart of 750 marks is 60 kB as it is sent
_ROW: Final = 11  # pixels
_COLUMNS: Final = 75  # of marks side by side over the whole axis: nine pixels each at the width of 680
_GAP: Final = 2  # rows between lanes
_INSET: Final = DAY / 25  # of a bar at each end, so that neighbouring days are two bars
_LABEL: Final = "datum.kind + ', ' + datum.when + ', ' + datum.who + ': ' + datum.words"
_LANES: Final = ("happened", "said", "published")


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something in a lane: the time it may lie in, what it is and when in words, and the entry that tells of it."""

    extent: Extent
    kind: str
    when: str
    row: TimelineRow
    times: int = 1


def timeline_chart(rows: Sequence[TimelineRow], links: bool = False) -> Spec:
    """The Vega-Lite 6 specification of a timeline. `links`: each mark leads to its words on the ledger's web pages.

    The axis runs over the days on which the articles came out, and a little around where something of a known day lies
    there; entries of other times are left to the list, and `timeline_notes` counts them. Without an entry of a known day
    the chart has no mark.
    """
    shown = shown_extent(rows)
    lanes = [list(lane(rows)) for lane in (_happened, _said, _published)]
    drawn = [[mark for mark in lane if shown is not None and _overlap(mark.extent, shown)] for lane in lanes]
    bars, dots, notes, lines, height = _laid_out(drawn, shown, links)
    spec: Spec = {
        "$schema": SCHEMA,
        "title": {"text": "When it happened, was said, was published", "subtitle": list(timeline_notes(rows))},
        "description": f"A timeline of {len(rows)} entries in three lanes: happened, said, published",
        "width": 680,
        "height": max(60, height * _ROW),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": config(),
    }
    if shown is None:
        return {**spec, "data": {"values": []}, "mark": "point"}
    x = time_axis(shown)
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [height, 0], "zero": False, "nice": False}}
    return {**spec, "layer": [held_open(shown), *_layers(x, y, (bars, dots, notes, lines))]}


def timeline_notes(rows: Sequence[TimelineRow]) -> tuple[str, ...]:
    """What a reader of the chart must know: how to read its marks, and what it leaves out."""
    shown = shown_extent(rows)
    notes = [
        "bar: when something happened, faint: somewhere between its ends",
        "within a day in order, not by the hour",
    ]
    undated = sum(1 for row in rows if extent_of(row.on) is None)
    outside = sum(
        1 for row in rows if shown and (extent := extent_of(row.on)) is not None and not _overlap(extent, shown)
    )
    left = [f"{undated} without a day" if undated else "", f"{outside} of earlier or later times" if outside else ""]
    if any(left):
        notes.append(f"In the list only: {' and '.join(filter(None, left))}")
    return tuple(notes)


def shown_extent(rows: Sequence[TimelineRow]) -> Extent | None:
    """The time that the axis runs over; None without a day to stand at."""
    published = [extent for row in rows if (extent := _day(row.published)) is not None]
    core = published or [extent for row in rows if (extent := extent_of(row.on)) is not None]
    if not core:
        return None
    first, last = min(e[0] for e in core), max(e[1] for e in core)
    room = max(3 * DAY, (last - first) * _AROUND)
    near = [
        extent
        for row in rows
        for extent in (extent_of(row.happened_first, row.happened_last), extent_of(row.said_on))
        if extent is not None and extent[1] - extent[0] <= DAY and first - room <= extent[0] <= last + room
    ]
    return min([first, *(e[0] for e in near)]), max([last, *(e[1] for e in near)])


def _day(value: str | None) -> Extent | None:
    return extent_of(value[:10]) if value else None


def _overlap(one: Extent, other: Extent) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _happened(rows: Iterable[TimelineRow]) -> Iterator[_Mark]:
    """One bar for each happening and its days, however many tell of it."""
    told: dict[tuple[str | None, Extent], list[TimelineRow]] = defaultdict(list)
    for row in rows:
        extent = extent_of(row.happened_first, row.happened_last)
        if extent is not None:
            told[row.of or f"{row.document}:{row.record}", extent].append(row)
    for (_, extent), entries in sorted(told.items(), key=lambda item: item[0][1]):
        first = entries[0]
        when = " – ".join(dict.fromkeys(day for day in (first.happened_first, first.happened_last) if day))
        yield _Mark(extent, "happened", when, first, len(entries))


def _said(rows: Iterable[TimelineRow]) -> Iterator[_Mark]:
    for row in rows:
        extent = extent_of(row.said_on)
        if extent is not None and row.kind in KINDS:
            yield _Mark(extent, row.kind, _clock(row.said_on), row)


def _published(rows: Iterable[TimelineRow]) -> Iterator[_Mark]:
    seen: set[str] = set()
    for row in sorted(rows, key=lambda row: row.published or ""):
        extent = _day(row.published)
        if extent is not None and row.document not in seen:
            seen.add(row.document)
            yield _Mark(extent, "published", _clock(row.published), row)


def _clock(value: str | None) -> str:
    return (value or "")[:16].replace("T", " ")


def _told(mark: _Mark, links: bool) -> dict[str, Any]:
    """What a mark that is drawn says, and where it leads."""
    row = mark.row
    told: dict[str, Any] = {"kind": mark.kind, "when": mark.when}
    if mark.kind == "published":
        spans: Sequence[Span] = ()
        told |= {"who": row.publisher or "", "words": clipped(row.title or f"Untitled {row.document[:8]}", _WORDS)}
    else:
        spans = row.spans
        told |= {"who": row.who, "words": clipped(f"{row.figure}: {row.words}" if row.figure else row.words, _WORDS)}
    if mark.kind == "happened":
        told |= {"times": f"told {mark.times} times" if mark.times > 1 else "", "open": _is_open(mark.extent)}
    return told | ({"href": address(row.document, spans)} if links else {})


def _is_open(extent: Extent) -> bool:
    return extent[1] - extent[0] > DAY


def _laid_out(
    lanes: Sequence[Sequence[_Mark]], shown: Extent | None, links: bool
) -> tuple[list[Spec], list[Spec], list[Spec], list[Spec], int]:
    """Bars, dots, the words between them and the lines between lanes, each with its row; and the number of rows."""
    bars: list[Spec] = []
    dots: list[Spec] = []
    notes: list[Spec] = []
    lines: list[Spec] = []
    top = 0
    if shown is None:
        return bars, dots, notes, lines, top
    for name, marks in zip(_LANES, lanes, strict=True):
        lay = _bars if name == "happened" else _dots
        placed, over, depth = lay(marks, shown)
        notes.append({"x": written(shown[0]), "y": top + 0.7, "text": name if marks else f"{name}: nothing with a day"})
        base = top + 2
        for mark, row, extent in placed:
            spot = (
                {"x": written(extent[0]), "x2": written(extent[1])} if name == "happened" else {"x": written(extent[0])}
            )
            # Dots grow upwards from the floor of their lane, bars hang from its ceiling.
            level = base + row if name == "happened" else base + depth - 1 - row
            (bars if name == "happened" else dots).append({**_told(mark, links), **spot, "y": level + 0.5})
        notes += ({"x": written(at), "y": base - 0.4, "text": f"+{count}", "more": True} for at, count in over)
        top = base + depth + _GAP
        lines.append({"y": top - _GAP / 2})
    return bars, dots, notes, lines[:-1], top - _GAP


_Laid = tuple[list[tuple[_Mark, int, Extent]], list[tuple[datetime, int]], int]


def _bars(marks: Sequence[_Mark], shown: Extent) -> _Laid:
    """Bars in as few rows as they take without touching, those of one day above those that may be of many; those beyond the
    rows of the lane are counted at its end."""
    ends: list[datetime] = []
    placed: list[tuple[_Mark, int, Extent]] = []
    over = 0
    for mark in sorted(marks, key=lambda m: (_is_open(m.extent), m.extent)):
        first, last = max(mark.extent[0], shown[0]), min(mark.extent[1], shown[1])
        row = next((row for row, end in enumerate(ends) if end <= first), len(ends))
        if row >= _BARS:
            over += 1
            continue
        ends[row : row + 1] = [last]
        placed.append((mark, row, (first + _INSET, last - _INSET)))
    return placed, ([(shown[1] - (shown[1] - shown[0]) / 40, over)] if over else []), max(1, len(ends))


def _dots(marks: Sequence[_Mark], shown: Extent) -> _Laid:
    """Dots in the days they lie in: columns side by side in a day, filled in their order row by row."""
    column = max((shown[1] - shown[0]) / _COLUMNS, timedelta(minutes=1))
    width = max(1, round(DAY / column))  # columns a day
    length = max(1, round(column / DAY))  # days a column, where the axis is long
    days: dict[int, list[_Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda m: m.when):
        at = max(mark.extent[0], shown[0])
        days[(at - shown[0]).days // length].append(mark)
    placed: list[tuple[_Mark, int, Extent]] = []
    over: list[tuple[datetime, int]] = []
    depth = 1
    for day, here in sorted(days.items()):
        start = shown[0] + DAY * day * length
        used = max(1, width - 1) if width > 2 else width
        shown_here = here[: used * _ROWS]
        for place, mark in enumerate(shown_here):
            row, offset = divmod(place, used)
            at = start + (DAY * length) * (offset + 0.5 + (width - used) / 2) / width
            placed.append((mark, row, (at, at)))
            depth = max(depth, row + 1)
        if len(here) > len(shown_here):
            over.append((start + DAY * length / 2, len(here) - len(shown_here)))
    return placed, over, depth


def _layers(x: Spec, y: Spec, data: tuple[list[Spec], list[Spec], list[Spec], list[Spec]]) -> list[Spec]:
    bars, dots, notes, lines = data
    tooltip = [{"field": field, "type": "nominal"} for field in ("kind", "when", "who", "words")]
    told = {
        "tooltip": tooltip,
        "description": {"field": "label", "type": "nominal"},
        "href": {"field": "href", "type": "nominal"},
    }
    spot = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
    kinds = {"field": "kind", "type": "nominal", "scale": {"domain": list(KINDS)}, "legend": {"title": None}}

    def layer(values: Iterable[Spec], mark: Spec, encoding: Spec) -> Spec:
        # What is read aloud is made where it is drawn: in the data it would be the tooltip once more.
        steps: list[Spec] = [{"calculate": _LABEL, "as": "label"}] if "description" in encoding else []
        return {"data": {"values": list(values)}, "transform": steps, "mark": mark, "encoding": encoding}

    bar = {"type": "rule", "strokeWidth": _ROW - 4}
    span = {**spot, "x2": {"field": "x2"}, **told, "tooltip": [*tooltip, {"field": "times", "type": "nominal"}]}
    line = {"y": {**y, "field": "y"}}
    name = {"type": "text", "align": "left", "baseline": "middle", "aria": False}
    text = {**spot, "text": {"field": "text", "type": "nominal"}}
    return [
        layer(lines, {"type": "rule", "style": "divider", "aria": False}, line),
        layer((n for n in notes if not n.get("more")), {**name, "style": "lane"}, text),
        layer((n for n in notes if n.get("more")), {**name, "style": "note", "align": "center"}, text),
        layer((b for b in bars if b["open"]), {**bar, "style": "happened", "opacity": 0.3}, span),
        layer((b for b in bars if not b["open"]), {**bar, "style": "happened"}, span),
        layer(
            (d for d in dots if d["kind"] != "published"),
            {"type": "point", "filled": True, "size": 36, "opacity": 1},
            {**spot, **told, "color": kinds, "shape": kinds},
        ),
        layer(
            (d for d in dots if d["kind"] == "published"),
            {"type": "point", "style": "outlet", "shape": "square", "size": 36},
            {**spot, **told},
        ),
    ]
