"""Where bytes come from: files, folders, archives, standard input, packed or not; and which reader they go to.

What a source holds is found first, as records and lists of addresses, and made into documents only then: whoever has seen
the first ten thousand records of an archive before passes over them at the speed of the disk.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from onrecord.errors import EmptyInput, InputError, Malformed, TooLarge
from onrecord.intake.addresses import is_address
from onrecord.intake.article import About, document
from onrecord.intake.dates import date_in_url
from onrecord.intake.encoding import decode, refuse_binary
from onrecord.intake.found import Found, Listing, Record, light, made
from onrecord.intake.kinds import KINDS, Kind, kind_of, readable, suffix_kind
from onrecord.intake.limits import ARCHIVE_DEPTH, DOCUMENT_LIMIT, JSON_LIMIT, MESSAGE_LIMIT, PDF_LIMIT
from onrecord.intake.streams import FOREIGN, PACKED, Counted, ahead, foreign, packing_of, rejoined, unpacked
from onrecord.intake.text import read_text
from onrecord.patience import in_time
from onrecord.records import DateCandidate, Document

__all__ = [
    "STANDARD_INPUT",
    "find",
    "from_bytes",
    "guarded",
    "json_or_lines",
    "length",
    "read_source",
    "size",
    "sources",
]

STANDARD_INPUT = "standard input"

_Item = TypeVar("_Item")

_COUNTED = 500_000_000
_MOST_COUNTED = 100
_WHOLE: dict[Kind, int] = {"json": JSON_LIMIT, "pdf": PDF_LIMIT, "message": MESSAGE_LIMIT}


def sources(inputs: Iterable[Path | str]) -> Iterator[Path | InputError]:
    """The files of `inputs` in order; a folder gives its readable files sorted by path, hidden ones left out."""
    for given in inputs:
        if str(given) == "-":
            yield Path("-")
            continue
        path = Path(given)
        if not path.is_dir():
            yield path
            continue
        failures: list[OSError] = []
        found = sorted(_walk(path, failures))
        yield from found
        yield from (foreign(str(error.filename or path), error) for error in failures)
        if not found and not failures:
            yield EmptyInput(str(path), f"no readable files in this folder ({', '.join(KINDS)}, also packed)")


def read_source(path: Path, given: About) -> Iterator[Document | InputError]:
    """The documents of one file, or of standard input if `path` is "-"; what is refused comes as its InputError."""
    return made(find(path, given))


def find(path: Path, given: About) -> Iterator[Found]:
    """What one file holds, or standard input if `path` is "-", in constant memory: each record is to be made, or passed
    over, before the next is asked for. What is refused comes as its InputError."""
    name = STANDARD_INPUT if str(path) == "-" else str(path)
    if name == STANDARD_INPUT:
        yield from guarded(_find(Counted(sys.stdin.buffer, name).buffered(), name, "", given), name)
        return
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        yield foreign(name, error)
        return
    with stream:
        yield from guarded(_find(cast(BinaryIO, _Metered(stream, name)), name, path.name, given), name)


def find_in(data: bytes, *, name: str, given: About) -> Iterator[Found]:
    """What a file of these bytes and this name holds, as `find` says it."""
    return guarded(_find(io.BytesIO(data), name, name, given), name)


def from_bytes(data: bytes, *, name: str, given: About) -> Document:
    """The one document in `data`. Raises its InputError; Malformed where `data` holds several articles."""
    found = list(islice(made(find_in(data, name=name, given=given)), _MOST_COUNTED + 1))
    if len(found) > 1:
        count = f"more than {_MOST_COUNTED}" if len(found) > _MOST_COUNTED else len(found)
        raise Malformed(name, f"{count} articles where one was expected")
    if not found:
        raise EmptyInput(name, "nothing in it")
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def length(path: Path) -> int | None:
    """How many documents a file holds, if that is cheap to know: lines and Parquet's rows are counted; what is packed, piped
    or holds any number of records is not."""
    kind = suffix_kind(path.name) or "text"
    if str(path) == "-" or path.suffix.lower() in PACKED:
        return None
    if kind in ("text", "html", "pdf", "message"):
        return 1
    try:
        if kind == "parquet" and path.is_file():
            from onrecord.intake.parquet import parquet_rows

            with path.open("rb") as stream:
                return parquet_rows(stream, str(path))
        if kind != "lines" or not path.is_file() or path.stat().st_size > _COUNTED:
            return None
        with path.open("rb") as stream:
            total, last = 0, b"\n"
            while chunk := stream.read(1 << 20):
                total, last = total + chunk.count(b"\n"), chunk[-1:]
            return total + (last != b"\n")
    except (OSError, InputError):  # reading it will say what is wrong with it
        return None


def size(inputs: Iterable[Path | str]) -> int | None:
    """The bytes of the files of `inputs`, as a meter counts them; None where some are not files."""
    total = 0
    for given in inputs:
        if str(given) == "-" or is_address(given):
            return None
        for path in sources([given]):
            try:
                total += path.stat().st_size if isinstance(path, Path) else 0
            except (OSError, ValueError):  # reading it will say what is wrong with it
                continue
    return total


def _walk(folder: Path, failures: list[OSError]) -> Iterator[Path]:
    for at, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = [f for f in folders if not f.startswith(".")]
        yield from (Path(at, file) for file in files if readable(file))


class _Metered(io.BufferedReader):
    """A file of which the meter knows how far it is read, wherever it is read from."""

    def __init__(self, stream: io.BufferedReader, name: str) -> None:
        super().__init__(_Raw(stream, name), buffer_size=1 << 16)


class _Raw(io.RawIOBase):
    def __init__(self, stream: io.BufferedReader, name: str) -> None:
        super().__init__()
        self._stream = stream
        self._counted = Counted(stream, name, metered=True)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._counted.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def guarded(found: Iterator[Found], name: str) -> Iterator[Found]:
    """What was found, with whatever ends it too early as its last item; the entries of lists likewise."""
    for item in _caught(found, name):
        yield replace(item, entries=_caught(iter(item.entries), name)) if isinstance(item, Listing) else item


def _caught(items: Iterator[_Item], name: str) -> Iterator[_Item | InputError]:
    try:
        yield from items
    except InputError as error:
        yield light(error)
    except FOREIGN as error:
        plain = isinstance(error, ValueError) and not isinstance(error, OSError)
        yield Malformed(name, f"it cannot be read ({error})") if plain else foreign(name, error)


def _find(stream: BinaryIO, name: str, filename: str, given: About, depth: int = 0) -> Iterator[Found]:
    if depth > ARCHIVE_DEPTH:
        raise TooLarge(name, f"more than {ARCHIVE_DEPTH} archives or packings within each other")
    whole = stream
    stream, head = ahead(stream)
    if packing := packing_of(head):
        filename = _without(filename, packing)
        yield from _find(unpacked(stream, packing, name), name, filename, given, depth + 1)
        return
    if not head:
        raise EmptyInput(name, "an empty file")
    kind = kind_of(head, filename, name=name)
    if kind in ("zip", "parquet"):
        if whole.seekable():
            whole.seek(0)
            stream = whole
        yield from _sought(stream, kind, name, given, depth)
    elif kind == "tar":
        from onrecord.intake.archives import tar_members

        for member in tar_members(stream, name=name):
            if isinstance(member, InputError):
                yield member
            else:
                yield from guarded(_find(member.stream, member.name, member.filename, given, depth + 1), member.name)
    elif kind in ("warc", "mailbox", "gdelt"):
        yield from _records(stream, kind, name, given)
    else:
        if kind != "pdf":
            refuse_binary(head, name)
        yield from _of_text(stream, kind, name, given)


def _sought(stream: BinaryIO, kind: Kind, name: str, given: About, depth: int) -> Iterator[Found]:
    """What a file holds whose directory stands at its end."""
    from onrecord.intake.archives import zip_members
    from onrecord.intake.streams import seekable

    if kind == "zip":
        for member in zip_members(stream, name=name):
            if isinstance(member, InputError):
                yield member
            else:
                yield from guarded(_find(member.stream, member.name, member.filename, given, depth + 1), member.name)
        return
    from onrecord.intake.parquet import read_parquet

    if stream.seekable():
        yield from read_parquet(stream, name=name, given=given)
    else:
        with seekable(stream, name) as copy:
            yield from read_parquet(copy, name=name, given=given)


def _records(stream: BinaryIO, kind: Kind, name: str, given: About) -> Iterator[Found]:
    if kind == "warc":
        from onrecord.intake.warc import read_warc

        yield from read_warc(stream, name=name, given=given)
    elif kind == "mailbox":
        from onrecord.intake.mail import read_mailbox

        yield from read_mailbox(stream, name=name, given=given)
    else:
        from onrecord.intake.gdelt import read_gdelt

        yield Listing(name, entries=read_gdelt(stream, name=name))


def _of_text(stream: BinaryIO, kind: Kind, name: str, given: About) -> Iterator[Found]:
    if kind == "json?":
        kind, stream = json_or_lines(stream, name)
    if kind == "lines":
        from onrecord.intake.rows import read_lines

        yield from read_lines(stream, name=name, given=given)
        return
    if kind == "table":
        from onrecord.intake.tables import read_table

        yield from read_table(stream, name=name, given=given)
        return
    limit = _WHOLE.get(kind, DOCUMENT_LIMIT)
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(name, f"more than {limit:,} bytes in one document")
    if kind == "json":
        from onrecord.intake.rows import read_json

        yield from read_json(data, name=name, given=given)
    elif kind in ("feed", "feeds"):
        yield _listing(data, kind, name)
    else:
        yield Record(name, partial(_single, data, kind, name=name, given=given))


def _listing(data: bytes, kind: Kind, name: str) -> Listing:
    if kind == "feeds":
        from onrecord.intake.opml import read_subscriptions

        return Listing(name, feeds=read_subscriptions(data, name=name))
    from onrecord.intake.feeds import read_feed

    feed = read_feed(data, name=name)
    return Listing(name, feed.title, feed.entries)


@in_time
def _single(data: bytes, kind: Kind, *, name: str, given: About) -> Document:
    if kind == "pdf":
        from onrecord.intake.pdf import read_pdf

        text, blocks, about = read_pdf(data, name=name)
    elif kind == "message":
        from onrecord.intake.mail import read_message

        return read_message(data, name=name, given=given)
    elif kind == "html":  # the parser of pages takes some 20 ms to import, which plain text need not wait for
        from onrecord.intake.html import decode_page, read_page

        text, blocks, about = read_page(decode_page(data, name=name), name=name, url=given.url)
    else:
        text = decode(data, name=name)
        blocks, about = read_text(text, name=name)
    if kind != "html" and given.url and (day := date_in_url(given.url)):
        about = about.over(About(dates=(DateCandidate(day, "url"),)))
    return document(text, given.over(about), raw=data, name=name, blocks=blocks)


def json_or_lines(stream: BinaryIO, name: str) -> tuple[Kind, BinaryIO]:
    """Whether JSON of unknown kind is one value or one a line: the first line that is complete in itself decides."""
    first = stream.readline(JSON_LIMIT + 1)
    if len(first) > JSON_LIMIT:
        raise TooLarge(name, f"more than {JSON_LIMIT:,} bytes in one document")
    opened = first.removeprefix(codecs.BOM_UTF8).strip()
    whole = rejoined(first, stream)
    # An array, or an object whose first line does not close: a value over several lines.
    if opened.startswith(b"{") and opened.endswith(b"}"):
        return "lines", whole
    return ("json" if opened[:1] in (b"[", b"{", b"") else "lines"), whole


def _without(filename: str, packing: str) -> str:
    """The name of what is packed: `a.warc.gz` holds `a.warc`, `a.tgz` a tar archive."""
    short = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}.get(Path(filename).suffix.lower())
    return str(Path(filename).with_suffix(short)) if short else filename.removesuffix(packing)
