"""Large files cut into parts that can be read by themselves, each by another process or machine.

Lines are cut between lines and Parquet between row groups, so that a part is begun where it begins. What can only be read
from its beginning (an archive, a WARC file, whatever is packed) is cut between records, and those before a part are passed
over unmade, which costs some hundredths of reading them; so such a file has `PARTS` parts at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.intake.article import About
from onrecord.intake.found import Found
from onrecord.intake.kinds import Kind, kind_of
from onrecord.intake.sources import find, guarded, json_or_lines
from onrecord.intake.streams import FOREIGN, Counted, ahead, foreign, packing_of

__all__ = ["PARTS", "Part", "cut", "find_part"]

PARTS = 16
"""Parts of a file that is read from its beginning. To pass over half of its records sixteen times costs as much as to read
some 5 in 100 of them where they are pages of a WARC file (1 ms to 150 ms), and nothing that counts where they are rows."""

_MANY: frozenset[Kind] = frozenset(("table", "warc", "mailbox", "zip", "tar"))
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one file: those that begin in these bytes (`lines`), in these row groups (`groups`), or have these numbers
    from 0 (`records`); `first` is in it, `last` is not. `whole` is all of the file, and of the rest `size` the bytes or
    records. `before` is the number of lines before it.
    """

    path: str
    size: int
    by: str = "whole"
    first: int = 0
    last: int = 0
    before: int = 0


def cut(path: Path, most: int) -> list[Part]:
    """A file in parts of about `most` bytes, in order. What cannot be read, or not be cut, is one part: reading it will say
    what is wrong with it."""
    size = 0
    try:
        size = path.stat().st_size
        if size <= most:
            return [Part(str(path), size)]
        with path.open("rb") as stream:
            how = _how(stream, path.name)
        if how == "lines":
            return list(_lines(path, most))
        if how == "groups":
            return list(_groups(path, most))
        if how == "records":
            return _records(path, size, most)
    except InputError:
        pass
    except FOREIGN:
        pass
    return [Part(str(path), size)]


def find_part(part: Part, given: About) -> Iterator[Found]:
    """What a part holds, as `intake.sources.find` gives it of a file. Every record is in one of its file's parts."""
    path = Path(part.path)
    if part.by == "whole":
        yield from find(path, given)
    elif part.by == "records":
        found = find(path, given)
        yield from islice(found, part.first, part.last)
    else:
        try:
            stream = path.open("rb")
        except (OSError, ValueError) as error:
            yield foreign(part.path, error)
            return
        with stream:
            yield from guarded(_sought(stream, part, given), part.path)


def _sought(stream: BinaryIO, part: Part, given: About) -> Iterator[Found]:
    if part.by == "groups":
        from onrecord.intake.parquet import read_parquet

        yield from read_parquet(stream, name=part.path, given=given, groups=(part.first, part.last))
        return
    from onrecord.intake.rows import read_lines

    stream.seek(part.first)
    lines = Counted(_Until(stream, part.last), part.path).buffered()
    yield from read_lines(lines, name=part.path, given=given, before=part.before)


class _Until:
    """A stream up to a place in it."""

    def __init__(self, stream: BinaryIO, end: int) -> None:
        self._stream, self._left = stream, end - stream.tell()

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data


def _how(stream: BinaryIO, filename: str) -> str:
    """By what a file can be cut: `lines`, `groups`, `records`; `whole` where it is one document."""
    rest, head = ahead(stream)
    if packing_of(head):
        return "records"  # where a single document is packed, there is one record, and so one part
    kind = kind_of(head, filename, name=filename)
    if kind == "json?":
        kind, _ = json_or_lines(rest, filename)
    if kind == "lines":
        return "whole" if head.startswith(_UTF16) else "lines"
    if kind == "parquet":
        return "groups"
    return "records" if kind in _MANY else "whole"


def _lines(path: Path, most: int) -> Iterator[Part]:
    """Parts that end where a line ends, the first one behind `most` bytes."""
    first, before = 0, 0
    with path.open("rb") as stream:
        while True:
            count, size, last = 0, 0, b""
            while size < most and (chunk := stream.read(min(_CHUNK, most - size))):
                count, size, last = count + chunk.count(b"\n"), size + len(chunk), chunk[-1:]
            while last not in (b"\n", b"") and (chunk := stream.readline(_CHUNK)):
                count, size, last = count + chunk.count(b"\n"), size + len(chunk), chunk[-1:]
            if not size:
                return
            yield Part(str(path), size, "lines", first, first + size, before)
            first, before = first + size, before + count


def _groups(path: Path, most: int) -> Iterator[Part]:
    from onrecord.intake.parquet import parquet_groups

    with path.open("rb") as stream:
        sizes = parquet_groups(stream, str(path))
    first, size = 0, 0
    for number, more in enumerate(sizes):
        size += more
        if size >= most or number == len(sizes) - 1:
            yield Part(str(path), size, "groups", first, number + 1)
            first, size = number + 1, 0


def _records(path: Path, size: int, most: int) -> list[Part]:
    total = sum(1 for _ in find(path, About()))
    parts = min(PARTS, -(-size // most), total)
    if parts < 2:
        return [Part(str(path), size)]
    bounds = [total * number // parts for number in range(parts + 1)]
    return [Part(str(path), size // parts, "records", first, last) for first, last in pairwise(bounds)]
