"""A reading as HTML for a notebook: its text with what was read marked in it, and tables of the records below.

No script, nothing fetched, and no style that reaches out of it; every character of the document is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from onrecord.marks import Label, Mark, Segment, cut, record_marks
from onrecord.records import Figure, Statement

if TYPE_CHECKING:
    from onrecord.reading import Reading

__all__ = ["reading_html"]

_UNNAMED = "unnamed source"
_OUTLET = "the outlet"

# Jupyter's dark theme does not set prefers-color-scheme: text keeps the notebook's own colour, tints are see-through.
# A layer is switched by its box alone (`:has`); where a notebook takes boxes away, the words beside them are the legend.
_STYLE = """
.onrecord-reading .text { white-space: pre-wrap; max-width: 46em; line-height: 1.6 }
.onrecord-reading .heading { font-weight: bold }
.onrecord-reading .boilerplate { opacity: .55 }
.onrecord-reading .content { background: rgba(110, 150, 255, .22) }
.onrecord-reading .source { font-weight: bold; background: rgba(60, 190, 110, .25) }
.onrecord-reading .cue { font-style: italic; background: rgba(240, 160, 40, .28) }
.onrecord-reading .figure { text-decoration: underline 2px }
.onrecord-reading .moment { text-decoration: underline dashed }
.onrecord-reading .event { text-decoration: underline dotted }
.onrecord-reading .layers label { margin-right: 1.2em; white-space: nowrap }
.onrecord-reading:has(.of-statements:not(:checked)) .text :is(.content, .source, .cue) { background: none; font: inherit }
.onrecord-reading:has(.of-statements:not(:checked)) .text sup { display: none }
.onrecord-reading:has(.of-figures:not(:checked)) .text .figure { text-decoration: none }
.onrecord-reading:has(.of-moments:not(:checked)) .text .moment { text-decoration: none }
.onrecord-reading:has(.of-events:not(:checked)) .text .event { text-decoration: none }
.onrecord-reading table { border-collapse: collapse }
.onrecord-reading th { text-align: left; border-bottom: 1px solid currentColor }
.onrecord-reading td { text-align: left; vertical-align: top; max-width: 32em; white-space: normal }
.onrecord-reading :is(th, td) { padding: .1em .6em }
.onrecord-reading td.number { text-align: right; font-variant-numeric: tabular-nums }
"""


def reading_html(reading: Reading) -> str:
    """The head, the layers, the text with its marks, and a table of the statements and of the figures."""
    document = reading.document
    facts = [document.publisher, document.published, _count(reading.statements, "statement")]
    facts += [_count(reading.figures, "figure"), _count(reading.events, "event")]
    head = f"<b>{escape(document.title or 'Untitled')}</b><br><small>{escape(' · '.join(filter(None, facts)))}</small>"
    notes = dict(_notes(reading))
    body = "".join(_segment_html(segment, notes) for segment in _segments(reading))
    tables = f"{_statements(reading)}{_figures(reading)}"
    return (
        f'<div class="onrecord-reading"><style>{_STYLE}</style><p>{head}</p>{_LAYERS}'
        f'<div class="text">{body}</div>{tables}</div>'
    )


def _layer(name: str, shown: str) -> str:
    return f'<label><input type="checkbox" class="of-{name}" checked> {shown}</label>'


_LAYERS = "".join(
    (
        '<p class="layers">',
        _layer(
            "statements",
            '<span class="source">who</span> <span class="cue">how</span> <span class="content">what was said</span>',
        ),
        _layer("figures", '<span class="figure">figures</span>'),
        _layer("moments", '<span class="moment">dates</span>'),
        _layer("events", '<span class="event">events</span>'),
        "</p>",
    )
)


def _segments(reading: Reading) -> list[Segment[Label | str]]:
    marks: list[Mark[Label | str]] = [
        Mark(b.span, b.kind)
        for b in reading.document.blocks
        if b.kind in ("heading", "boilerplate") and b.span.of(reading.document.text)
    ]
    read = record_marks(reading.statements, reading.figures, reading.moments, reading.events)
    marks += (Mark(m.span, m.label) for m in read)
    return cut(reading.document.text, marks)


def _notes(reading: Reading) -> Iterator[tuple[Label, str]]:
    """What a reader sees on pointing at a mark: the normal form beside the words."""
    for number, statement in enumerate(reading.statements, 1):
        who = reading.speaker_of(statement) or _UNNAMED
        yield Label("content", statement.id), f"{number}: {who}, {_act(statement)}"
    for index, figure in enumerate(reading.figures):
        yield Label("figure", str(index)), _amount(figure)
    for index, moment in enumerate(reading.moments):
        yield Label("moment", str(index)), moment.value
    for event in reading.events:
        yield Label("event", event.id), f"{event.lemma}, {event.status}"


def _statements(reading: Reading) -> str:
    rows = (
        (
            (str(number), "number"),
            (reading.speaker_of(statement) or _UNNAMED, ""),
            (_act(statement), ""),
            (_words(reading, statement), ""),
            (statement.said_on or "", ""),
        )
        for number, statement in enumerate(reading.statements, 1)
    )
    return _table(_count(reading.statements, "statement"), ("", "who", "how", "what", "said on"), rows)


def _figures(reading: Reading) -> str:
    said = {statement.id: reading.speaker_of(statement) or _UNNAMED for statement in reading.statements}
    rows = (
        (
            (_amount(figure), "number"),
            (figure.counted.span.of(reading.document.text) if figure.counted else "", ""),
            (said.get(figure.statement or "", _OUTLET), ""),
            (figure.span.of(reading.document.text), ""),
        )
        for figure in reading.figures
    )
    return _table(_count(reading.figures, "figure"), ("value", "of", "vouched for by", "words"), rows)


def _table(title: str, headings: Sequence[str], rows: Iterable[Sequence[tuple[str, str]]]) -> str:
    """A table under a line that folds it up; nothing without rows. A cell is its words and its class."""
    body = "".join(f"<tr>{''.join(_cell(words, kind) for words, kind in row)}</tr>" for row in rows)
    if not body:
        return ""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    return (
        f"<details><summary>{escape(title)}</summary>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>"
    )


def _cell(words: str, kind: str) -> str:
    return f'<td class="{kind}">{escape(words)}</td>' if kind else f"<td>{escape(words)}</td>"


def _words(reading: Reading, statement: Statement) -> str:
    return " … ".join(" ".join(span.of(reading.document.text).split()) for span in statement.content)


def _act(statement: Statement) -> str:
    return f"not {statement.act}" if statement.negated else statement.act


def _amount(figure: Figure) -> str:
    """ "about 1,200", "at least 40", "5…7 %": the bound, the ends as far as they are known, the unit."""
    ends = ("" if end is None else _number(end) for end in dict.fromkeys((figure.low, figure.high)))
    bound = "" if figure.bound == "exactly" else figure.bound
    if bound in ("at least", "more than", "at most", "less than"):
        ends = (end for end in ends if end)
    return " ".join(filter(None, (bound, "…".join(ends), figure.unit)))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def _count(records: Sequence[object], noun: str) -> str:
    return f"{len(records)} {noun}{'' if len(records) == 1 else 's'}"


def _segment_html(segment: Segment[Label | str], notes: dict[Label, str]) -> str:
    """One segment as HTML: its labels as classes, its notes as the title, a number where a content starts."""
    if not segment.labels:
        return escape(segment.text)
    kinds = dict.fromkeys(label if isinstance(label, str) else label.kind for label in segment.labels)
    said = [notes[label] for label in segment.labels if isinstance(label, Label) and label in notes]
    numbers = [
        notes[mark.label].partition(":")[0]
        for mark in segment.opened
        if isinstance(mark.label, Label) and mark.label.kind == "content"
    ]
    number = f"<sup>{escape(' '.join(numbers))}</sup>" if numbers else ""
    title = f' title="{escape("; ".join(said))}"' if said else ""
    return f'<span class="{" ".join(kinds)}"{title}>{number}{escape(segment.text)}</span>'
