"""Tables of what was read in one document. Cells are `Text`, so that no bracket in an article is markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.reading import Reading
from onrecord.records import Figure, Span, Statement
from onrecord.views.grid import Column, Grid
from onrecord.views.wording import OUTLET, UNNAMED, amount, how, interval, movement, printable, quoted, titled, vouched

__all__ = ["cell", "grid", "marked_words", "reading_tables", "valued"]


def cell(value: object, style: str = "") -> Text:
    """A value as a table shows it: nothing for None, no control character, no markup."""
    # As a span: a style of the whole text would be the style of what is appended too.
    return Text.assemble(("" if value is None else printable(str(value)), style))


def valued(value: str, moved: str, style: str = "") -> Text:
    """A value, and below it how it moved, where the text says so."""
    out = cell(value, style)
    return out.append("\n").append_text(cell(moved, "yellow")) if moved else out


def marked_words(text: str, span: Span) -> Text:
    """A sentence on one line with the words at `span` in bold."""
    parts = ((text[: span.start], ""), (span.of(text), "bold"), (text[span.end :], ""))
    return Text.assemble(*(cell(part.replace("\n", " "), style) for part, style in parts))


def grid(columns: Sequence[Column], rows: Iterable[Sequence[Text]], *, title: str | None = None) -> Grid:
    """A table of `rows` under `columns`."""
    return Grid.of(columns, rows, title=title)


def reading_tables(reading: Reading) -> RenderableType:
    """A document's head line, then its statements, figures and moments; a line for each kind that has none."""
    return Group(_head(reading), *_tables(reading), Text())


def _head(reading: Reading) -> Text:
    document = reading.document
    facts = (document.publisher, document.published or "no publication date", document.lang, document.id[:12])
    head = cell(titled(document.title, document.id), "bold")
    head.append("\n")
    head.append_text(cell(" · ".join(fact for fact in facts if fact), "dim"))
    return head


def _tables(reading: Reading) -> Iterator[RenderableType]:
    if reading.statements:
        columns = [("", 0), ("who", 3), ("how", 3), ("what", 8), ("said on", 0)]
        yield grid(columns, _statement_rows(reading), title="Statements")
    else:
        yield Text("No statements.")
    if reading.figures:
        columns = [("", 0), ("figure", 3), ("value", 0), ("of", 3), ("vouched for by", 3)]
        yield grid(columns, _figure_rows(reading), title="Figures")
    else:
        yield Text("No figures.")
    if reading.moments:
        columns = [("moment", 0), ("value", 0), ("spans", 0), ("edge", 0)]
        yield grid(columns, _moment_rows(reading), title="Moments")
    else:
        yield Text("No moments.")
    if reading.rejected:
        columns = [("not read", 3), ("why", 5)]
        rows = ([cell(quoted(reading.document.text, (r.span,))), cell(r.reason)] for r in reading.rejected)
        yield grid(columns, rows, title="Rejected")


def _statement_rows(reading: Reading) -> Iterator[list[Text]]:
    text = reading.document.text
    for statement in reading.statements:
        said = how(statement.act, quoted(text, statement.cue), statement.negated)
        yield [
            cell(statement.id, "dim"),
            cell(reading.speaker_of(statement) or UNNAMED, "green"),
            cell(f"{said} (in {statement.within})" if statement.within else said, "yellow"),
            cell(quoted(text, statement.content)),
            cell(statement.said_on),
        ]


def _figure_rows(reading: Reading) -> Iterator[list[Text]]:
    for place, figure in enumerate(reading.figures):
        yield [
            cell(f"f{place}", "dim"),
            cell(quoted(reading.document.text, (figure.span,)), "bold"),
            valued(amount(figure.low, figure.high, figure.bound, figure.unit), movement(figure.change, figure.tally)),
            cell(_counted(reading, figure)),
            cell(_voice(reading, vouched(figure, reading.statements)), "green"),
        ]


def _counted(reading: Reading, figure: Figure) -> str | None:
    if figure.counted is None:
        return None
    noun, words = figure.counted.noun, quoted(reading.document.text, (figure.counted.span,))
    return f"{words} ({noun})" if noun not in {None, words} else words


def _voice(reading: Reading, statement: Statement | None) -> str:
    return OUTLET if statement is None else reading.speaker_of(statement) or UNNAMED


def _moment_rows(reading: Reading) -> Iterator[list[Text]]:
    for moment in reading.moments:
        yield [
            cell(quoted(reading.document.text, (moment.span,)), "cyan"),
            cell(moment.value),
            cell(interval(moment)),
            cell(moment.edge),
        ]
