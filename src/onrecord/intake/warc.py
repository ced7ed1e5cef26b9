"""WARC 1.0 and 1.1 (ISO 28500): the pages that a crawler kept, as Common Crawl's news and the Internet Archive have them.

Read here are the records of pages (`response`, and `resource` for what was kept without its transport) in HTML. Everything
else that belongs into such a file (requests, metadata, revisits, pictures, errors of servers) is passed over and counted.

The format is read by this module alone. FastWARC 2.0.1 panics on streams that cannot be sought in (standard input, members
of archives), which nothing can go on from. A header costs some 20 µs here, reading its article a thousand times that.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from onrecord.errors import InputError, Malformed, TooLarge
from onrecord.intake.addresses import is_address
from onrecord.intake.article import About, document
from onrecord.intake.dates import read_date
from onrecord.intake.found import Found, Record
from onrecord.intake.limits import DOCUMENT_LIMIT, HEADER_LIMIT
from onrecord.intake.meter import note_skipped
from onrecord.patience import in_time
from onrecord.records import DateCandidate, Document

__all__ = ["read_warc"]

_VERSION = re.compile(rb"WARC/\d\.\d\r?\n")
_HTML = ("text/html", "application/xhtml+xml")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,100}\r?\n")
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as a crawler kept it: the bytes of the answer's body as they were sent, and what was said with them."""

    url: str
    when: str | None
    body: bytes
    headers: dict[str, str]


def read_warc(stream: BinaryIO, *, name: str, given: About) -> Iterator[Found]:
    """The pages of a WARC file that is unpacked already, in constant memory, each with its number among all records.

    A record that breaks the format comes as its InputError, and reading goes on with the next one that can be found.
    """
    number, line = 0, stream.readline(HEADER_LIMIT)
    lost = False  # behind a broken record: what is left of it is no record of its own
    while line:
        if not _VERSION.fullmatch(line):
            if line.strip():
                if not lost:
                    number += 1
                    reason = "no record begins where one ought to: what stands there is left out"
                    yield Malformed(f"{name}:{number}", reason)
                while line and not _VERSION.fullmatch(line):
                    line = stream.readline(HEADER_LIMIT)
            else:
                line = stream.readline(HEADER_LIMIT)
            continue
        number, lost = number + 1, False
        place = f"{name}:{number}"
        try:
            headers = _headers(stream, place)
            length = headers.get("content-length", "")
            if not re.fullmatch(r"\d{1,15}", length):
                raise Malformed(place, f"a record without its length (Content-Length: {length or 'none'})")
            yield from _record(stream, headers, int(length), place, given)
        except InputError as error:
            yield error
            lost = True
        line = stream.readline(HEADER_LIMIT)


def _record(stream: BinaryIO, headers: dict[str, str], length: int, place: str, given: About) -> Iterator[Found]:
    kind = headers.get("warc-type", "").lower()
    url = headers.get("warc-target-uri", "").strip("<>")
    skipped = _passed_over(kind, url, headers)
    if skipped is not None or length > DOCUMENT_LIMIT + HEADER_LIMIT:
        _pass(stream, length, place)
        if skipped is None:
            yield TooLarge(place, f"{url}: more than {DOCUMENT_LIMIT:,} bytes in one page")
        else:
            note_skipped(skipped)
        return
    block = stream.read(length)
    if len(block) < length:
        raise Malformed(place, f"{url}: the record is cut off: {len(block):,} of {length:,} bytes")
    page = _Page(url, headers.get("warc-date"), block, headers)
    if kind == "response":
        answer = io.BytesIO(block)
        status = _STATUS.match(answer.readline(HEADER_LIMIT))
        if status is None:
            raise Malformed(place, f"{url}: not an answer of a web server")
        said = _headers(answer, place)
        skipped = _no_page(int(status[1]), said)
        if skipped is not None:
            note_skipped(skipped)
            return
        page = _Page(url, headers.get("warc-date"), answer.read(), said)
    if headers.get("warc-truncated"):
        note_skipped(f"truncated by the crawler ({headers['warc-truncated']})")
        return
    yield Record(place, partial(_document, page, name=place, given=given))


def _passed_over(kind: str, url: str, headers: dict[str, str]) -> str | None:
    """Why a record is no page, if that can be told by its header."""
    if kind not in ("response", "resource"):
        return kind or "a record without a type"
    if not is_address(url):  # dns:, whois:, metadata of the crawler
        return f"{kind} that is no page of the web"
    media = _media(headers.get("content-type", ""))
    if kind == "response":
        return None if media in ("application/http", "") else f"response: {media}"
    return None if media in _HTML else f"resource: {media or 'of no stated kind'}"


def _no_page(status: int, headers: dict[str, str]) -> str | None:
    if status not in (200, 203):
        return f"status {status}"
    media = _media(headers.get("content-type", ""))
    return None if media in _HTML else media or "of no stated kind"


@in_time
def _document(page: _Page, *, name: str, given: About) -> Document:
    from onrecord.intake.html import decode_page, read_page

    where = f"{name} ({page.url})"
    body = _decoded(page, where)
    charset = _CHARSET.search(page.headers.get("content-type", ""))
    source = decode_page(body, name=where, declared=charset[1] if charset else None)
    text, blocks, stated = read_page(source, name=where, url=page.url)
    if page.when and read_date(page.when):
        stated = stated.over(About(dates=(DateCandidate(page.when, "seen: WARC-Date"),)))
    return document(text, given.over(About(url=page.url)).over(stated), raw=body, name=where, blocks=blocks)


def _decoded(page: _Page, name: str) -> bytes:
    """The page itself, of a body as it was sent. Crawlers state the packing of some that they have unpacked already."""
    body = page.body
    if page.headers.get("transfer-encoding", "").lower() == "chunked":
        body = _joined_chunks(body)
    for packing in reversed([p.strip() for p in page.headers.get("content-encoding", "").lower().split(",")]):
        if packing in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
            body = _unpacked(gzip.GzipFile(fileobj=io.BytesIO(body)), name)
        elif packing == "deflate" and not body.lstrip().startswith(b"<"):
            bits = zlib.MAX_WBITS if body[:1] and body[0] & 0x0F == 8 else -zlib.MAX_WBITS
            machine = zlib.decompressobj(bits)
            try:
                body = machine.decompress(body, DOCUMENT_LIMIT + 1)
            except zlib.error as error:
                raise Malformed(name, f"damaged packed data ({error})") from error
        elif packing not in ("", "identity", "gzip", "x-gzip", "deflate") and not body.lstrip().startswith(b"<"):
            raise Malformed(name, f"packed as {packing}, which is not read")
    if len(body) > DOCUMENT_LIMIT:
        raise TooLarge(name, f"more than {DOCUMENT_LIMIT:,} bytes in one page")
    return body


def _unpacked(stream: gzip.GzipFile, name: str) -> bytes:
    try:
        return stream.read(DOCUMENT_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Malformed(name, f"damaged packed data ({error})") from error


def _joined_chunks(body: bytes) -> bytes:
    """A body without the lengths of its chunks; as it is where it has none, since crawlers mostly have joined them."""
    parts: list[bytes] = []
    at = 0
    while m := _CHUNK.match(body, at):
        size = int(m[1], 16)
        if size == 0:
            return b"".join(parts)
        if m.end() + size > len(body):
            break
        parts.append(body[m.end() : m.end() + size])
        at = m.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return body


def _headers(stream: BinaryIO, place: str) -> dict[str, str]:
    """Header lines up to the blank one, by their names in lower case; the first of a name holds."""
    found: dict[str, str] = {}
    size, last = 0, ""
    while line := stream.readline(HEADER_LIMIT):
        size += len(line)
        if size > HEADER_LIMIT:
            raise TooLarge(place, f"more than {HEADER_LIMIT:,} bytes of header lines")
        words = line.decode("utf-8", "replace").rstrip("\r\n")
        if not words:
            break
        if words[0] in " \t" and last:  # a line that goes on
            found[last] += " " + words.strip()
            continue
        key, colon, value = words.partition(":")
        last = key.strip().lower() if colon else ""
        if last:
            found.setdefault(last, value.strip())
    return found


def _media(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _pass(stream: BinaryIO, length: int, place: str) -> None:
    while length > 0:
        data = stream.read(min(length, _PIECE))
        if not data:
            raise Malformed(place, f"the file is cut off {length:,} bytes before the end of the record")
        length -= len(data)
