"""GDELT's tables: lists of addresses of news by what was found in it, every fifteen minutes or by the day, tab-separated.

Known by their number of columns and what stands in some of them, as they have no header: the Global Knowledge Graph 2.1 (27
columns) and 1.0 (11, with a header), Mentions (16) and Events 2.0 (61) and 1.0 (58). The articles are elsewhere: a row gives
an address, when GDELT saw it and, in the Global Knowledge Graph 2.1, the title, the authors and the exact date.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from onrecord.errors import InputError, Malformed, TooLarge
from onrecord.intake.addresses import is_address, page_address
from onrecord.intake.feeds import Entry
from onrecord.intake.limits import LINE_LIMIT

__all__ = ["is_gdelt", "read_gdelt"]

_STAMP = re.compile(rb"(?:19|20)\d{12}")
_DAY = re.compile(rb"(?:19|20)\d{6}")
_GKG1_HEADER = b"DATE\tNUMARTS\tCOUNTS\tTHEMES"
_UDIV = "<UDIV>"


def is_gdelt(head: bytes) -> bool:
    """Whether a file with this beginning is one of GDELT's tables."""
    line = head.partition(b"\n")[0].rstrip(b"\r")
    return line.startswith(_GKG1_HEADER) or _reader(line.split(b"\t")) is not None or _cut_off_gkg(head)


def read_gdelt(stream: BinaryIO, *, name: str) -> Iterator[Entry | InputError]:
    """The articles that a table names, some several times; a broken row comes as its InputError, by its line.

    Mentions of what is no web page (broadcasts, citations of scholarly papers) are left out, as they have no address.
    """
    number = 0
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT:
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield TooLarge(name, f"a line of more than {LINE_LIMIT:,} bytes", line=number)
            continue
        raw = line.rstrip(b"\r\n")
        if not raw or (number == 1 and raw.startswith(_GKG1_HEADER)):
            continue
        cells = raw.split(b"\t")
        entries = _reader(cells)
        if entries is None:
            yield Malformed(name, f"no row of GDELT's ({len(cells)} columns)", line=number)
            continue
        yield from entries([cell.decode("utf-8", "replace") for cell in cells])


def _reader(cells: list[bytes]) -> Callable[[list[str]], Iterator[Entry]] | None:
    """How a row of these cells is read; None where it is no row of any of the tables."""
    if len(cells) == 27 and _STAMP.fullmatch(cells[1]) and cells[2].isdigit():
        return _gkg2
    if len(cells) == 16 and cells[0].isdigit() and _STAMP.fullmatch(cells[2]) and cells[3].isdigit():
        return _mention
    if len(cells) == 61 and cells[0].isdigit() and _DAY.fullmatch(cells[1]) and _STAMP.fullmatch(cells[59]):
        return _event
    if len(cells) == 58 and cells[0].isdigit() and _DAY.fullmatch(cells[1]) and _DAY.fullmatch(cells[56]):
        return _event
    if len(cells) == 11 and _DAY.fullmatch(cells[0]) and cells[1].isdigit():
        return _gkg1
    return None


def _cut_off_gkg(head: bytes) -> bool:
    """A row of the Global Knowledge Graph may be longer than what is looked into; its first columns tell it."""
    if b"\n" in head:
        return False
    cells = head.split(b"\t")
    return (
        4 < len(cells) <= 27
        and re.fullmatch(rb"(?:19|20)\d{12}-T?\d+", cells[0]) is not None
        and _STAMP.fullmatch(cells[1]) is not None
        and cells[2].isdigit()
    )


def _gkg2(cells: list[str]) -> Iterator[Entry]:
    if cells[2] != "1":  # 1 is the web; the others have no address
        return
    extras = cells[26]
    yield from _entry(
        cells[4],
        cells[1],
        title=_tag(extras, "PAGE_TITLE"),
        author=(_tag(extras, "PAGE_AUTHORS") or "").replace(";", ", ") or None,
        published=_tag(extras, "PAGE_PRECISEPUBTIMESTAMP"),
    )


def _gkg1(cells: list[str]) -> Iterator[Entry]:
    for address in cells[10].split(_UDIV):
        yield from _entry(address, cells[0])


def _mention(cells: list[str]) -> Iterator[Entry]:
    if cells[3] == "1":
        yield from _entry(cells[5], cells[2])


def _event(cells: list[str]) -> Iterator[Entry]:
    yield from _entry(cells[-1], cells[-2])


def _entry(
    address: str, seen: str, *, title: str | None = None, author: str | None = None, published: str | None = None
) -> Iterator[Entry]:
    address = address.strip()
    if is_address(address):
        yield Entry(page_address(address), address, title, author, published=published, seen=seen)


def _tag(extras: str, tag: str) -> str | None:
    found = re.search(rf"<{tag}>(.*?)</{tag}>", extras)
    return " ".join(html.unescape(found[1]).split()) or None if found else None
