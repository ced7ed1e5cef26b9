"""What a ledger answers a question about many things with: rows that know what they are, and give themselves as tables.

In a notebook an answer shows itself as a table; `arrow`, `pandas` and `polars` give it to other tools in one call, and
whatever takes Arrow streams takes the answer itself: `pyarrow.table(ledger.statements())`. (polars takes any sequence for
rows of unknown types first, and guesses these: `.polars()` knows them.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar, overload

from onrecord.errors import MissingExtra
from onrecord.records import Span

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Answer", "schema"]

Row = TypeVar("Row")

_SHOWN = 60  # rows of a table in a notebook
_LONGEST = 160  # characters of a cell there; the rest stands in its title
_SHORT, _LONG = 24, 60  # characters: fewer stay on one line, more get room
_HASH = re.compile("[0-9a-f]{64}")
_ID = 8  # characters of a document's id, as in the tables of the command line


class Answer(Sequence[Row]):
    """Rows in the order asked for. `kind` is the dataclass of each row, known also where there is none of them.

    A sequence that is not changed: it equals a list of the same rows, and a slice of it is a list. It is no list itself,
    because a list of unknown things is what `pyarrow.table` would then take it for.
    """

    __slots__ = ("_rows", "kind")

    kind: type[Row]

    def __init__(self, kind: type[Row], rows: Iterable[Row] = ()) -> None:
        self._rows = list(rows)
        self.kind = kind

    def arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table; `schema(kind)` says of which columns.

        Raises MissingExtra where pyarrow is not installed.
        """
        from onrecord.arrow import table

        return table(self.kind, self._rows)

    def pandas(self) -> pandas.DataFrame:
        """The rows as a pandas DataFrame, by way of Arrow. Raises MissingExtra without pandas or pyarrow."""
        try:
            import pandas  # noqa: F401  (pyarrow's own complaint about it names nothing to install)
        except ImportError as error:
            raise MissingExtra(None, "pandas") from error
        return self.arrow().to_pandas()

    def polars(self) -> polars.DataFrame:
        """The rows as a polars DataFrame, by way of Arrow. Raises MissingExtra without polars or pyarrow."""
        try:
            import polars
        except ImportError as error:
            raise MissingExtra(None, "polars") from error
        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)  # what a table becomes
        return frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as an Arrow stream (the PyCapsule interface of Arrow's C data interface)."""
        made: Any = self.arrow()
        return made.__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        """The first rows as a table, for a notebook: without spans, and without columns that are empty in all of them.

        Everything in them is escaped.
        """
        shown = self._rows[:_SHOWN]
        names = [field.name for field in fields(self.kind)]  # type: ignore[arg-type]
        names = [
            name
            for name in names
            if not name.endswith(("span", "spans"))
            and (not shown or any(getattr(row, name) not in (None, ()) for row in shown))
        ]
        head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in names)
        body = "".join(f"<tr>{''.join(_cell(getattr(row, name)) for name in names)}</tr>" for row in shown)
        rest = f", {_SHOWN} of them shown" if len(self) > _SHOWN else ""
        count = f"{len(self):,} row{'' if len(self) == 1 else 's'}{rest}"
        return (
            f'<div class="onrecord-answer"><style>{_STYLE}</style><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table><p>{count}</p></div>"
        )

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        return self._rows[place]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __add__(self, other: Iterable[Row]) -> list[Row]:
        return [*self._rows, *other]

    def __radd__(self, other: Iterable[Row]) -> list[Row]:
        return [*other, *self._rows]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Answer):
            return self.kind is other.kind and self._rows == other._rows
        return self._rows == other if isinstance(other, list) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # like a list

    def __repr__(self) -> str:
        return repr(self._rows)


def schema(kind: type[Any]) -> pyarrow.Schema:
    """The Arrow schema of rows of this dataclass: see `onrecord.arrow`. Raises MissingExtra without pyarrow."""
    from onrecord.arrow import schema as schema_of

    return schema_of(kind)


# A notebook's own colours are kept, in its light theme as in its dark one.
_STYLE = """
.onrecord-answer { overflow-x: auto }
.onrecord-answer table { border-collapse: collapse; font-variant-numeric: tabular-nums }
.onrecord-answer th { text-align: left; vertical-align: bottom; border-bottom: 1px solid currentColor }
.onrecord-answer td { text-align: left; vertical-align: top; max-width: 28em; white-space: normal }
.onrecord-answer :is(th, td) { padding: .1em .6em }
.onrecord-answer td.number { text-align: right }
.onrecord-answer td.short { white-space: nowrap }
.onrecord-answer td:not([class]) { min-width: 9em }
.onrecord-answer td.long { min-width: 16em }
.onrecord-answer p { opacity: .75 }
"""


def _cell(value: Any) -> str:
    words = _words(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        kind = "number"
    else:
        kind = "short" if len(words) <= _SHORT else "long" if len(words) > _LONG else ""
    short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    whole = words if short != words else value if isinstance(value, str) and value != words else None
    title = f' title="{escape(whole)}"' if whole else ""
    style = f' class="{kind}"' if kind else ""
    return f"<td{style}{title}>{escape(short)}</td>"


def _words(value: Any) -> str:
    """A value for people: of records within a row how many there are, of one of them its values."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, str):
        return value[:_ID] if _HASH.fullmatch(value) else value
    if isinstance(value, Span):
        return f"{value.start}–{value.end}"
    if isinstance(value, tuple):
        return "; ".join(map(_joined, value)) if all(map(_is_plain, value)) else str(len(value))
    if hasattr(value, "__dataclass_fields__"):
        return _record(value)
    return str(value)


def _joined(value: Any) -> str:
    return " ".join(map(_words, value)) if isinstance(value, tuple) and not isinstance(value, Span) else _words(value)


def _record(value: Any) -> str:
    """The plain values of a record within a row; an interval as one."""
    given = {field.name: getattr(value, field.name) for field in fields(value)}
    if {"low", "high"} <= set(given):
        low, high = given.pop("low"), given.pop("high")
        ends = _words(low) if low == high else f"{_words(low) or '…'}–{_words(high) or '…'}"
        given = {"": ends, **given}
    told = ((name, one) for name, one in given.items() if _is_plain(one) and one not in (None, False))
    return ", ".join((name if one is True else f"{name} {_words(one)}").strip() for name, one in told)


def _is_plain(value: Any) -> bool:
    return not hasattr(value, "__dataclass_fields__") and (not isinstance(value, tuple) or all(map(_is_plain, value)))
