"""Tables of what moves: series of figures, and timelines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.ledger.dates import days
from onrecord.ledger.series.rows import PointRow, SeriesRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.records import Span
from onrecord.views.ledger_tables import ID
from onrecord.views.sparks import Bar, Density, Drawing, moment
from onrecord.views.tables import cell, grid, marked_words, valued
from onrecord.views.wording import OUTLET, amount, movement, number

__all__ = ["series_table", "timeline_table"]

_AROUND = 60  # characters of the sentence on each side of a number
_TRENDS = {"rising": "yellow", "falling": "cyan", "mixed": "magenta", "steady": "", "single": ""}
_ARROWS = {"rising": "↗", "falling": "↘", "steady": "→", "mixed": "↕", "single": ""}
_LEAST = 3  # values with a day: two are seen in the table as fast as in a chart
_KINDS = {"denied": "red", "left open": "yellow", "withdrawn": "magenta", "figure": "bold", "event": "cyan"}


def series_table(rows: Sequence[SeriesRow]) -> RenderableType:
    """A table a series: its values in time order, with the times that they were told and are true for kept apart."""
    if not rows:
        return Text("No series.")
    return Group(*(part for row in rows for part in _series(row)))


def timeline_table(rows: Sequence[TimelineRow], among: Sequence[TimelineRow] | None = None) -> RenderableType:
    """A row an entry; those without a year at the end, and marked. Above it how many there are a day.

    `among` are all entries where `rows` are only the first of them.
    """
    if not rows:
        return Text("Nothing in this time.")
    return Group(*_dense(rows if among is None else among), _entries(rows))


def _dense(rows: Sequence[TimelineRow]) -> Iterator[RenderableType]:
    """Entries by day, between the first and the last day of publication: what is told of 1987 would flatten the rest."""
    told = [found for row in rows if (found := days((row.published or "")[:10])) is not None]
    if not told:
        return
    first, last = min(told)[0], max(told)[0]
    placed = [moment(found[0]) for row in rows if (found := days(row.on)) is not None]
    if first < last:
        yield Density(tuple(map(int, placed)), int(moment(first)), int(moment(last)))


def _entries(rows: Sequence[TimelineRow]) -> RenderableType:
    columns = [("on", 0), ("what", 0), ("who", 3), ("words", 8), ("in", 0)]
    return grid(
        columns,
        (
            [
                _when(row),
                cell(row.kind, _KINDS.get(row.kind, "")),
                cell(row.who, "green"),
                cell(f"{row.figure}: " if row.figure else "", "bold").append_text(cell(" ".join(row.words.split()))),
                cell(row.document[:ID], "dim").append("\n").append_text(cell(row.of, "dim")),
            ]
            for row in rows
        ),
    )


def _when(row: TimelineRow) -> Text:
    if row.on is None:
        return cell("no date", "yellow")
    if not row.on[:4].isdigit():
        return cell(f"{row.on}\nno year", "yellow")
    text = cell(row.on[:10])
    if row.kind == "event" and row.happened_last not in (None, row.happened_first):
        text.append_text(cell(f"\n– {row.happened_last}", "dim"))
    told = (row.said_on or row.published or "")[:10]
    if told and told != row.on[:10]:
        text.append_text(cell(f"\ntold {_short(told, row.on)}", "dim"))
    return text


def _series(row: SeriesRow) -> Iterator[RenderableType]:
    yield cell(row.id, "dim").append("  ").append_text(cell(row.what, "bold"))
    facts = [f"best {_best(row)}" if row.best else "no best value", f"{row.trend} {_ARROWS[row.trend]}".strip()]
    head = cell(", ".join(facts), _TRENDS[row.trend])
    happened = {interval for point in row.points if (interval := _interval(point.event_first, point.event_last))}
    if len(happened) == 1:
        head.append_text(cell(f", happened {happened.pop()}"))
    yield head
    yield from _chart(row)
    columns = [("as of", 0), ("value", 0), ("who, in which words", 1), ("record", 0)]
    yield grid(columns, (_point(point, several=bool(happened)) for point in row.points))
    yield Text()


def _chart(row: SeriesRow) -> Iterator[RenderableType]:
    """The values over time, where there are enough to see something; what has no day is counted below."""
    bars = [bar for point in row.points if (bar := _bar(point)) is not None]
    if len(bars) < _LEAST:
        return
    yield Drawing(tuple(bars))
    if len(bars) < len(row.points):
        rest = len(row.points) - len(bars)
        yield cell(f"{rest} value{'' if rest == 1 else 's'} without a day not drawn", "dim")


def _bar(point: PointRow) -> Bar | None:
    when = point.as_of or point.reported
    found = days(when)
    if found is None or (point.low is None and point.high is None):
        return None
    first, last = map(moment, found)
    if found[0] == found[1]:
        first = last = moment(str(when)) if when and when[10:11] == "T" else first
    return Bar(first, last, point.low, point.high, point.best)


def _best(row: SeriesRow) -> str:
    assert row.best is not None
    low, high = row.best.low, row.best.high
    if low is not None and high is not None:
        value = "–".join(number(end) for end in dict.fromkeys((low, high)))
        value = f"{value} {row.unit}" if row.unit else value
    else:
        value = amount(low, high, "at least" if high is None else "at most", row.unit)
    return f"{value} (disputed)" if row.best.disputed else value


def _point(point: PointRow, *, several: bool) -> list[Text]:
    """`several`: the points of the series are of several events, so that each says of which."""
    value = amount(point.low, point.high, point.bound, None)
    record = cell(f"{point.document[:ID]}:{point.places[0].record}", "dim")
    return [
        _times(point, several),
        valued(value, movement(point.change, point.tally), "bold green" if point.best else "bold"),
        cell(f"{_holder(point)}: ", "green").append_text(_context(point)),
        record.append_text(cell(f"\n+{point.copies} copied" if point.copies else "", "dim")),
    ]


def _times(point: PointRow, several: bool) -> Text:
    """What it is true for, and below it when it was reported and what it is of, where these are other days."""
    day = (point.as_of or "")[:10]
    hour = point.as_of[10:16] if point.as_of and point.as_of[:16] != (point.reported or "")[:16] else ""
    times = cell(f"{day}{hour}".replace("T", " ")) if day else cell("no day", "yellow")
    if point.reported and point.reported[:10] != day:
        times.append_text(cell(f"\ntold {_short(point.reported[:10], day)}", "dim"))
    happened = _interval(point.event_first, point.event_last)
    if several and happened not in ("", day):
        times.append_text(cell(f"\nof {_short(happened, day)}", "dim"))
    return times


def _short(day: str, beside: str) -> str:
    """The day without its year where the one beside it has the same."""
    year = f"{beside[:4]}-"
    return day.replace(year, "") if beside else day


def _holder(point: PointRow) -> str:
    if not point.outlet:
        return point.name
    publisher = point.places[0].publisher
    return f"{OUTLET} ({publisher})" if publisher else OUTLET


def _context(point: PointRow) -> Text:
    """The number in bold with what stands around it in its sentence."""
    place = point.places[0]
    start = place.context_span.start
    inside = [span for span in point.spans if start <= span.start and span.end <= place.context_span.end]
    if not inside:
        return cell(" ".join(point.context.split()))
    first, last = inside[0].start - start, inside[0].end - start
    cut, end = _word_start(point.context, first - _AROUND), _word_end(point.context, last + _AROUND)
    before, after = "… " if cut else "", " …" if end < len(point.context) else ""
    shown = f"{before}{point.context[cut:end]}{after}"
    moved = len(before) - cut
    return marked_words(shown, Span(first + moved, last + moved))


def _word_start(text: str, at: int) -> int:
    return 0 if at <= 0 else text.rfind(" ", 0, at) + 1


def _word_end(text: str, at: int) -> int:
    found = text.find(" ", at) if at < len(text) else -1
    return len(text) if found < 0 else found


def _interval(first: str | None, last: str | None) -> str:
    days = [day[:10] for day in dict.fromkeys((first, last)) if day]
    return " – ".join(days)
