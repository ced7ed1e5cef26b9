"""WARC files: the pages in them, with their own address and day; the rest is passed over, and what is broken is named."""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
import tracemalloc
import zlib
from pathlib import Path

import pytest

from onrecord.errors import InputError, Malformed, TooLarge
from onrecord.intake import documents
from onrecord.intake.article import About
from onrecord.intake.limits import DOCUMENT_LIMIT, HEADER_LIMIT
from onrecord.intake.meter import metering
from onrecord.intake.sources import find
from onrecord.intake.warc import read_warc
from onrecord.records import DateCandidate, Document

from .making import answer, page, record

INFO = record(b"software: x\r\n", url="", kind="warcinfo")


def read(path: Path, data: bytes) -> list[Document | InputError]:
    path.write_bytes(data)
    return list(documents([path]))


def article(path: Path, data: bytes) -> Document:
    (found,) = read(path, data)
    assert isinstance(found, Document), found
    return found


def test_a_page_has_its_address_and_the_day_it_was_seen(tmp_path: Path) -> None:
    found = article(tmp_path / "a.warc", INFO + record(answer(page())))
    assert (found.url, found.publisher, found.title) == ("https://post.example/a", "post.example", "Dam bursts at Elv")
    assert found.id == hashlib.sha256(page()).hexdigest()
    assert found.published == "2024-10-28T09:15:00+00:00"
    assert DateCandidate("2024-10-28T09:15:00Z", "seen: WARC-Date") in found.dates


def test_what_the_page_says_of_its_day_goes_before_when_it_was_seen(tmp_path: Path) -> None:
    head = "<meta property='article:published_time' content='2024-10-01T08:00:00Z'>"
    assert article(tmp_path / "a.warc", record(answer(page(head=head)))).published == "2024-10-01T08:00:00+00:00"
    by_url = article(tmp_path / "a.warc", record(answer(page()), url="https://post.example/2024/10/02/a"))
    assert by_url.published == "2024-10-02"


def test_packed_records_each_by_itself_or_all_together(tmp_path: Path) -> None:
    records = [record(answer(page(f"Words of article {n}.")), url=f"https://post.example/{n}") for n in range(3)]
    for data in (b"".join(map(gzip.compress, records)), gzip.compress(b"".join(records))):
        found = read(tmp_path / "CC-NEWS-1.warc.gz", data)
        assert [d.url for d in found if isinstance(d, Document)] == [f"https://post.example/{n}" for n in range(3)]


def test_standard_input_may_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = gzip.compress(record(answer(page())))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (found,) = documents(["-"])
    assert isinstance(found, Document)


def test_what_is_no_page_is_passed_over_and_counted(tmp_path: Path) -> None:
    data = b"".join(
        [
            INFO,
            record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            record(answer(b"\xff\xd8", kind="image/jpeg")),
            record(answer(page(), status=404)),
            record(answer(b"{}", kind="application/json")),
            record(b"", kind="revisit"),
            record(b"1 2 3", url="dns:post.example"),
            record(answer(page()), more="WARC-Truncated: length\r\n"),
            record(answer(page())),
        ]
    )
    with metering() as meter:
        article(tmp_path / "a.warc", data)
    assert meter.skipped == {
        "warcinfo": 1,
        "request": 1,
        "image/jpeg": 1,
        "status 404": 1,
        "application/json": 1,
        "revisit": 1,
        "response that is no page of the web": 1,
        "truncated by the crawler (length)": 1,
    }
    assert meter.read == len(data)


def test_a_page_kept_without_its_transport(tmp_path: Path) -> None:
    assert article(tmp_path / "a.warc", record(page(), kind="resource")).url == "https://post.example/a"


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (gzip.compress(page()), "Content-Encoding: gzip\r\n"),
        (zlib.compress(page()), "Content-Encoding: deflate\r\n"),
        (zlib.compress(page(), wbits=-15), "Content-Encoding: deflate\r\n"),
        (b"%x;a=b\r\n%b\r\n0\r\n\r\n" % (len(page()), page()), "Transfer-Encoding: chunked\r\n"),
        (
            b"5\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (page()[:5], len(page()) - 5, page()[5:]),
            "Transfer-Encoding: chunked\r\n",
        ),
        (
            page(),
            "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
        ),  # unpacked by the crawler, its header left
        (page(), "Content-Encoding: br\r\n"),
        (page(), "X-Long: a\r\n  folded line\r\n"),
    ],
)
def test_a_body_is_unpacked_to_the_page_that_it_was(body: bytes, more: str, tmp_path: Path) -> None:
    found = article(tmp_path / "a.warc", record(answer(body, more=more)))
    assert found.id == hashlib.sha256(page()).hexdigest()


def test_its_own_charset_holds(tmp_path: Path) -> None:
    data = page("Grüße aus Köln, sagte der Bürgermeister.").decode().encode("cp1252")
    found = article(tmp_path / "a.warc", record(answer(data, kind="text/html; charset=windows-1252")))
    assert "Grüße aus Köln" in found.text


GOOD = record(answer(page("The next one is whole.")), url="https://post.example/next")


@pytest.mark.parametrize(
    ("broken", "kind", "reason"),
    [
        (b"garbage\r\nand more\r\n\r\n", Malformed, "no record begins"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", Malformed, "without its length"),
        (b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", Malformed, "without its length"),
        (b"WARC/1.0\r\nX: " + b"x" * HEADER_LIMIT + b"\r\nY: " + b"y" * 99 + b"\r\n\r\n", TooLarge, "header lines"),
        (record(b"no answer of a server"), Malformed, "not an answer"),
        (record(answer(b"\x1f\x8b broken", more="Content-Encoding: gzip\r\n")), Malformed, "damaged packed data"),
        (record(answer(b"\x8b\x03\x80br", more="Content-Encoding: br\r\n")), Malformed, "packed as br"),
        (record(answer(b"<html></html>")), InputError, "HTML without text"),
        (record(answer(b" " * DOCUMENT_LIMIT + b" " * HEADER_LIMIT)), TooLarge, "in one page"),
        (
            record(answer(gzip.compress(b" " * (DOCUMENT_LIMIT + 1)), more="Content-Encoding: gzip\r\n")),
            TooLarge,
            "in one page",
        ),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_broken_record_is_named_by_its_number_and_the_next_one_read(
    broken: bytes, kind: type[InputError], reason: str, tmp_path: Path
) -> None:
    found = read(tmp_path / "a.warc", INFO + broken + GOOD)
    assert len(found) == 2, found
    refused, good = found
    assert isinstance(refused, kind)
    assert str(refused).startswith(f"{tmp_path / 'a.warc'}:2")
    assert reason in str(refused)
    assert isinstance(good, Document)
    assert good.url == "https://post.example/next"


@pytest.mark.parametrize("cut", [1, 30, 300])
def test_a_file_that_is_cut_off_says_so(cut: int, tmp_path: Path) -> None:
    for data in (gzip.compress(record(answer(page())) + GOOD)[:-cut], (record(answer(page())) + GOOD)[: -cut - 4]):
        *_, last = read(tmp_path / "a.warc", data)
        assert isinstance(last, Malformed)
        assert "cut" in str(last)


def test_memory_stays_that_of_a_record(tmp_path: Path) -> None:
    path = tmp_path / "big.warc"
    one = record(answer(page("Much the same as always in the valley. " * 500)))
    with path.open("wb") as file:
        for _ in range(1_000):
            file.write(one)
    assert path.stat().st_size > 50_000_000
    tracemalloc.start()
    count = sum(1 for _ in find(path, About()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1_000
    assert peak < 2_000_000


def test_it_reads_streams_that_cannot_be_sought_in() -> None:
    class Once(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.rest = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            return self.rest.readinto(buffer[:7])

    stream = io.BufferedReader(Once(GOOD))
    assert len(list(read_warc(stream, name="x", given=About()))) == 1
