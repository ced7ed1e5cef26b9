"""Tables as text: CSV and TSV with a header, whose columns are called as the fields of JSON Lines are.

The separator (comma, semicolon, tab or bar) is the one that makes most names of the header known ones; nothing is guessed
from the rows. A row is read as RFC 4180 has it: quoted by `"`, a quotation mark within doubled, lines within quotes kept. A
document's id is the SHA-256 of its row as compact JSON.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import EmptyInput, InputError, Malformed, NotText, TooLarge
from onrecord.intake.article import About
from onrecord.intake.encoding import decode
from onrecord.intake.found import Found, Listing, Record
from onrecord.intake.limits import LINE_LIMIT
from onrecord.intake.rows import FIELDS, HOLDING, NAMING, article, compact, listed_entry
from onrecord.records import Document

if TYPE_CHECKING:
    from onrecord.intake.feeds import Entry

__all__ = ["is_table", "known_fields", "read_table"]

_SEPARATORS = ",;\t|"
_BY_LOWER = {field.lower(): field for field in FIELDS}
_OF_GDELT = ["url", "mobileurl", "date", "title"]
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_table(head: bytes) -> bool:
    """Whether a file begins with a header that names a text or an address, and something else that is understood."""
    line = head.partition(b"\n")[0].removeprefix(codecs.BOM_UTF8)
    try:
        names, _ = _header(line.decode("utf-8"))
    except (UnicodeDecodeError, csv.Error):
        return False
    known = {name for name in known_fields(names) if name is not None}
    return len(known) >= 2 and bool(known & (HOLDING | NAMING))


def known_fields(names: list[str]) -> list[str | None]:
    """What each column is called as a field; None for one that is not understood. Case makes no difference."""
    lower = [name.strip().lower() for name in names]
    if lower[:4] == _OF_GDELT:  # its `Date` is when it saw the page
        return ["url", None, "seendate", "title", *[None] * (len(names) - 4)]
    return [name if name in FIELDS else _BY_LOWER.get(name.strip().lower()) for name in names]


def read_table(stream: BinaryIO, *, name: str, given: About) -> Iterator[Found]:
    """The records of a table, in constant memory; a row that breaks the format gives its InputError, with its line.

    A table with a column of addresses and none of texts is a list of articles that are elsewhere.
    """
    # The limit is one of the module, for all who use it: it is only ever raised, to that of a document.
    csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
    lines = _Lines(stream, name)
    header = next((line for line in lines if line.strip()), None)
    if header is None:
        yield EmptyInput(name, "an empty table")
        return
    try:
        names, separator = _header(header)
    except csv.Error as error:
        yield Malformed(name, f"a header that cannot be read ({error})", line=lines.number)
        return
    fields = known_fields(names)
    columns = ", ".join(names[:6]) + ("…" if len(names) > 6 else "")
    there = [field for field in fields if field is not None]
    if twice := next((field for field in there if there.count(field) > 1), None):
        yield Malformed(name, f"two columns `{twice}`", line=lines.number)
    elif HOLDING.intersection(there):
        for row, line in _rows(lines, fields, separator, name):
            if isinstance(row, InputError):
                yield row
            else:
                yield Record(f"{name}:{line}", partial(_document, row, name=name, line=line, given=given))
    elif NAMING.intersection(there):
        yield Listing(name, entries=_entries(lines, fields, separator, name))
    else:
        yield Malformed(name, f"no column of texts, pages or addresses (its columns: {columns})", line=lines.number)


class _Lines:
    """The lines of a table as text, with their ends; `number` is that of the last one. Broken lines are kept in `broken`."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        start = stream.read(2)
        self._name = name
        self._wide = io.TextIOWrapper(_joined(start, stream), "utf-16", newline="") if start in _UTF16 else None
        self._stream = _joined(start, stream)
        self.number = 0
        self.broken: InputError | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._wide is not None:
            try:
                line = self._wide.readline(LINE_LIMIT + 1)
            except UnicodeDecodeError as error:
                raise NotText(self._name, f"UTF-16 that is broken ({error.reason})", line=self.number + 1) from error
            raw = line.encode("utf-8", "surrogatepass")
        else:
            raw = self._stream.readline(LINE_LIMIT + 1)
            line = ""
        if not raw:
            raise StopIteration
        self.number += 1
        if len(raw) > LINE_LIMIT and not raw.endswith(b"\n"):
            raise TooLarge(self._name, f"a line of more than {LINE_LIMIT:,} bytes", line=self.number)
        if self._wide is not None:
            return line
        if self.number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return self._otherwise(raw)

    def _otherwise(self, raw: bytes) -> str:
        try:
            return decode(raw, name=self._name)
        except NotText as error:
            # The row that it belongs to is refused when it is complete: a quotation may go over several lines.
            self.broken = self.broken or NotText(self._name, error.reason, line=self.number)
            return raw.decode("utf-8", "replace")


def _rows(
    lines: _Lines, fields: list[str | None], separator: str, name: str
) -> Iterator[tuple[dict[str, str] | InputError, int]]:
    """Each row by its known fields, with the line on which it begins; or the error for which it is none."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Malformed(name, f"a row that cannot be read ({error})", line=line), line
            continue
        except InputError as error:  # what follows cannot be told apart any more
            yield error, line
            return
        if cells is None:
            return
        if lines.broken is not None:
            broken, lines.broken = lines.broken, None
            yield broken, line
        elif any(cell.strip() for cell in cells):
            if len(cells) != len(fields):
                yield Malformed(name, f"{len(cells)} fields where the header has {len(fields)}", line=line), line
            else:
                yield {f: cell for f, cell in zip(fields, cells, strict=True) if f is not None and cell.strip()}, line


def _entries(lines: _Lines, fields: list[str | None], separator: str, name: str) -> Iterator[Entry | InputError]:
    for row, line in _rows(lines, fields, separator, name):
        yield row if isinstance(row, InputError) else listed_entry(row, name=name, line=line)


def _document(row: dict[str, str], *, name: str, line: int, given: About) -> Document:
    if not HOLDING & row.keys():
        raise EmptyInput(name, "no text: the field is empty", line=line)
    return article(row, raw=compact(row), name=name, line=line, given=given)


def _header(line: str) -> tuple[list[str], str]:
    """The names of the columns and what separates them: the one by which most names are known, the first of equals."""
    best: tuple[int, list[str], str] | None = None
    for separator in _SEPARATORS:
        names = [name.strip() for name in next(csv.reader([line], delimiter=separator), [])]
        known = sum(field is not None for field in known_fields(names))
        if best is None or known > best[0]:
            best = known, names, separator
    assert best is not None
    return best[1], best[2]


def _joined(start: bytes, stream: BinaryIO) -> BinaryIO:
    from onrecord.intake.streams import rejoined

    return rejoined(start, stream)
