"""Files in parts: whatever a file is cut into, its parts hold what the file holds, in its order, under the same names."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet
from tests.intake.making import answer, page, record

from onrecord.errors import InputError
from onrecord.intake.article import About
from onrecord.intake.found import Found, Record
from onrecord.intake.parts import PARTS, Part, cut, find_part
from onrecord.intake.sources import find
from onrecord.records import Document

ARTICLES = [{"text": f"Mayor Pavla Hemmerin said on Tuesday that {n} people died. " * (n % 5 + 1)} for n in range(40)]
LINES = b"\n".join(json.dumps(a).encode() if n % 9 else b"{broken" for n, a in enumerate(ARTICLES))


def rows(path: Path) -> None:
    table = pyarrow.Table.from_pylist(
        [{"text": a["text"], "url": f"https://a.example/{n}"} for n, a in enumerate(ARTICLES)]
    )
    parquet.write_table(table, path, row_group_size=7)


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number, article in enumerate(ARTICLES):
            archive.writestr(f"{number:02}.txt", article["text"])


def table(path: Path) -> None:
    lines = "".join(f'"{a["text"]}\nover lines",https://a.example/{n}\n' for n, a in enumerate(ARTICLES))
    path.write_text(f"text,url\n{lines}", encoding="utf-8")


MADE: dict[str, Callable[[Path], object]] = {
    "a.jsonl": lambda path: path.write_bytes(LINES),
    "ends.jsonl": lambda path: path.write_bytes(LINES + b"\n\n\n"),
    "marked.jsonl": lambda path: path.write_bytes(b"\xef\xbb\xbf" + LINES),
    "windows.jsonl": lambda path: path.write_bytes(LINES.replace(b"\n", b"\r\n")),
    "nameless": lambda path: path.write_bytes(LINES[len(b"{broken\n") :]),
    "a.jsonl.gz": lambda path: path.write_bytes(gzip.compress(LINES)),
    "a.parquet": rows,
    "a.zip": zipped,
    "a.csv": table,
    "a.warc": lambda path: path.write_bytes(
        b"".join(record(answer(page(a["text"])), url=f"https://a.example/{n}") for n, a in enumerate(ARTICLES))
    ),
}


def told(found: Found) -> Document | str:
    if isinstance(found, Record):
        try:
            return found.make()
        except InputError as error:
            return str(error)
    return str(found)


@pytest.mark.parametrize("most", [1, 100, 1000, 100_000])
@pytest.mark.parametrize("name", MADE)
def test_parts_hold_what_the_file_holds(name: str, most: int, tmp_path: Path) -> None:
    path = tmp_path / name
    MADE[name](path)
    parts = cut(path, most)
    whole = [told(found) for found in find(path, About(publisher="The Courier"))]
    assert len(whole) >= 36
    assert [told(found) for part in parts for found in find_part(part, About(publisher="The Courier"))] == whole
    assert len(parts) > 1 or most > 100
    assert all(part.path == str(path) for part in parts)


@pytest.mark.parametrize("name", ["a.zip", "a.csv", "a.warc", "a.jsonl.gz"])
def test_what_is_read_from_its_beginning_has_few_parts(name: str, tmp_path: Path) -> None:
    MADE[name](tmp_path / name)
    assert len(cut(tmp_path / name, 1)) == PARTS


def test_a_document_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It rained all day in the town.\n\n" * 99, encoding="utf-8")
    assert cut(path, 10) == [Part(str(path), path.stat().st_size)]


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 99, b"PAR1" + b"no table" * 99, b"\xff\xfe{\x00}\x00" * 99])
def test_what_cannot_be_read_is_one_part_that_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    (part,) = cut(path, 10)
    (found,) = find_part(part, About())
    assert isinstance(found, InputError)
    assert str(path) in str(found)


def test_what_is_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    (part,) = cut(path, 10)
    (found,) = find_part(part, About())
    assert isinstance(found, InputError)
    path.write_bytes(LINES)
    parts = cut(path, 100)
    path.unlink()
    assert [str(found) for part in parts[:2] for found in find_part(part, About())] == [f"{path}: no such file"] * 2
