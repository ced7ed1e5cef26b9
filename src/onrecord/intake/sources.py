"""Where bytes come from: files, folders, standard input, compressed or not; and which reader they go to.

The content decides, the name helps: a web page saved as `.txt` is read as a page. This is the boundary at which errors
of the operating system and of decompressors become InputErrors.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, cast

from onrecord.errors import EmptyInput, InputError, Malformed, MissingInput, TooLarge
from onrecord.intake.article import About, document
from onrecord.intake.dates import date_in_url
from onrecord.intake.encoding import decode, refuse_binary
from onrecord.intake.feeds import is_feed, is_opml
from onrecord.intake.text import read_text
from onrecord.records import DateCandidate, Document

__all__ = [
    "DOCUMENT_LIMIT",
    "JSON_LIMIT",
    "STANDARD_INPUT",
    "from_bytes",
    "length",
    "read_listing",
    "read_source",
    "sources",
]

DOCUMENT_LIMIT = 20_000_000
"""Bytes of one document, unpacked. The longest articles have some 200,000; what is larger is no article."""

JSON_LIMIT = 200_000_000
"""Bytes of a file that is one JSON value, which has to be in memory as a whole. JSON Lines may be of any size."""

STANDARD_INPUT = "standard input"

Kind = Literal["text", "html", "lines", "json", "json?"]
_KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json?",
}
_PACKED = {".gz": b"\x1f\x8b", ".bz2": b"BZh", ".xz": b"\xfd7zXZ\x00"}
_HTML_START = re.compile(
    r"(?:<!--.*?-->|<\?[^>]*>|\s|\ufeff)*<(?:!doctype\s+html|html|head|body|article|main|div|title|meta|h1|p|section)\b",
    re.IGNORECASE | re.DOTALL,
)
_SNIFFED = 4096
_COUNTED = 500_000_000


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
        yield from (_foreign(str(error.filename or path), error) for error in failures)
        if not found and not failures:
            yield EmptyInput(str(path), f"no readable files in this folder ({', '.join(_KINDS)}, also packed)")


def read_source(path: Path, given: About) -> Iterator[Document | InputError]:
    """The documents of one file, or of standard input if `path` is "-"; what is refused comes as its InputError."""
    name = STANDARD_INPUT if str(path) == "-" else str(path)
    try:
        if name == STANDARD_INPUT:
            yield from _read(sys.stdin.buffer, name, "", given)
        else:
            with path.open("rb") as stream:
                yield from _read(stream, name, path.name, given)
    except InputError as error:
        yield error
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        yield _foreign(name, error)


def read_listing(path: Path) -> bytes | None:
    """The bytes of a file that is a feed or a list of feeds; None for any other, and for what cannot be opened."""
    if str(path) == "-":
        return None
    try:
        with path.open("rb") as stream:
            head = stream.read(_SNIFFED)
            if head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] not in (b"<", b"{"):
                return None
            return head + stream.read(DOCUMENT_LIMIT) if is_feed(head) or is_opml(head) else None
    except (OSError, ValueError):  # reading it will say what is wrong with it
        return None


def from_bytes(data: bytes, *, name: str, given: About) -> Document:
    """The one document in `data`. Raises its InputError; Malformed where `data` holds several articles."""
    found = list(_read(io.BytesIO(data), name, name, given))
    if len(found) > 1:
        raise Malformed(name, f"{len(found)} articles where one was expected")
    if not found:
        raise EmptyInput(name, "nothing in it")
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def length(path: Path) -> int | None:
    """How many documents a file holds, if that is cheap to know: lines are counted, what is packed or piped is not."""
    suffixes = [s.lower() for s in path.suffixes]
    kind = _KINDS.get(suffixes[-1]) if suffixes else "text"
    if str(path) == "-" or (suffixes and suffixes[-1] in _PACKED) or kind == "json?":
        return None
    if kind != "lines":
        return 1
    try:
        if not path.is_file() or path.stat().st_size > _COUNTED:
            return None
        with path.open("rb") as stream:
            total, last = 0, b"\n"
            while chunk := stream.read(1 << 20):
                total, last = total + chunk.count(b"\n"), chunk[-1:]
            return total + (last != b"\n")
    except OSError:  # reading it will say what is wrong with it
        return None


def _walk(folder: Path, failures: list[OSError]) -> Iterator[Path]:
    for at, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = [f for f in folders if not f.startswith(".")]
        for file in files:
            stem, suffix = Path(file), Path(file).suffix.lower()
            if suffix in _PACKED:
                suffix = stem.with_suffix("").suffix.lower()
            if suffix in _KINDS and not file.startswith("."):
                yield Path(at, file)


def _read(stream: BinaryIO, name: str, filename: str, given: About) -> Iterator[Document | InputError]:
    stream, head = _ahead(stream)
    packing = next((p for p, magic in _PACKED.items() if head.startswith(magic)), None)
    if packing:
        filename = filename.removesuffix(packing)
        stream, head = _ahead(_unpacked(stream, packing))
    if not head:
        raise EmptyInput(name, "an empty file")
    refuse_binary(head, name)
    kind = _kind(head, filename)
    if kind == "json?":
        kind, stream = _json_or_lines(stream, name)
    if kind == "lines":
        from onrecord.intake.rows import read_lines

        yield from read_lines(stream, name=name, given=given)
        return
    limit = JSON_LIMIT if kind == "json" else DOCUMENT_LIMIT
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(name, f"more than {limit:,} bytes in one document")
    if kind == "json":
        from onrecord.intake.rows import read_json

        yield from read_json(data, name=name, given=given)
    else:
        yield _single(data, kind, name=name, given=given)


def _single(data: bytes, kind: Kind, *, name: str, given: About) -> Document:
    if kind == "html":  # the parser of pages takes some 20 ms to import, which plain text need not wait for
        from onrecord.intake.html import decode_page, read_page

        text, blocks, about = read_page(decode_page(data, name=name), name=name, url=given.url)
    else:
        text = decode(data, name=name)
        blocks, about = read_text(text)
        if given.url and (day := date_in_url(given.url)):
            about = about.over(About(dates=(DateCandidate(day, "url"),)))
    return document(text, given.over(about), raw=data, name=name, blocks=blocks)


def _kind(head: bytes, filename: str) -> Kind:
    by_name = _KINDS.get(Path(filename).suffix.lower())
    if by_name in ("lines", "json?", "html"):
        return by_name
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if re.match(rb"\{\s*\"|\[\s*\{\s*\"", start):
        return "json?"
    if _HTML_START.match(start[:_SNIFFED].decode("latin-1")):
        return "html"
    if start.startswith(b"<?xml") and (root := re.search(rb"<([A-Za-z][\w:.-]*)", start)):
        what = f"XML of another kind than a web page: <{root[1].decode('ascii')}>"
        feed = is_feed(head) or is_opml(head)
        raise Malformed(
            filename or STANDARD_INPUT, f"{what}, a feed: its articles can be added to a ledger" if feed else what
        )
    return "text"


def _json_or_lines(stream: BinaryIO, name: str) -> tuple[Kind, BinaryIO]:
    """Whether JSON of unknown kind is one value or one a line: the first line that is complete in itself decides."""
    first = stream.readline(JSON_LIMIT + 1)
    if len(first) > JSON_LIMIT:
        raise TooLarge(name, f"more than {JSON_LIMIT:,} bytes in one document")
    opened = first.removeprefix(codecs.BOM_UTF8).strip()
    whole = cast(BinaryIO, io.BufferedReader(_Rejoined(first, stream)))
    # An array, or an object whose first line does not close: a value over several lines.
    if opened.startswith(b"{") and opened.endswith(b"}"):
        return "lines", whole
    return ("json" if opened[:1] in (b"[", b"{", b"") else "lines"), whole


class _Rejoined(io.RawIOBase):
    """A stream with the bytes that were read ahead of it put back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size] = self._head[:size]
            self._head = self._head[size:]
            return size
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _ahead(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    head = stream.read(_SNIFFED)
    return cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream), buffer_size=1 << 16)), head


def _unpacked(stream: BinaryIO, packing: str) -> BinaryIO:
    if packing == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    return cast(BinaryIO, bz2.BZ2File(stream) if packing == ".bz2" else lzma.LZMAFile(stream))


def _foreign(name: str, error: Exception) -> InputError:
    """The InputError for an error of the operating system, of a decompressor, or of a path with a NUL in it."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MissingInput(name, "no such file")
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error | lzma.LZMAError):
        return Malformed(name, f"damaged or cut-off packed data ({error})")
    if isinstance(error, PermissionError):
        return MissingInput(name, "not permitted to read it")
    if isinstance(error, OSError):
        return MissingInput(name, f"cannot be read ({error.strerror or error})")
    return MissingInput(name, f"not a file name ({error})")
