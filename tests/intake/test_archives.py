"""Zip and tar: the files in them are read as those of a folder are; nothing leaves them or grows without end."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from onrecord.errors import EmptyInput, InputError, Malformed, TooLarge
from onrecord.intake import archives, documents
from onrecord.intake.article import About
from onrecord.intake.found import Listing, Record
from onrecord.intake.meter import metering
from onrecord.intake.sources import find
from onrecord.records import Document

from .making import ARTICLE, answer, column, page, pdf, record

FILES = {
    "news/b.html": page(),
    "news/a.txt": ARTICLE.encode(),
    "rows.jsonl": b"".join(json.dumps({"text": f"Row {n}."}).encode() + b"\n" for n in range(2)),
    "crawl.warc.gz": gzip.compress(record(answer(page()))),
    "paper.pdf": pdf([column([ARTICLE])]),
    "photo.jpg": b"\xff\xd8\xff",
    ".hidden.txt": b"Not for anybody.",
    "__MACOSX/a.txt": b"Not an article.",
}
READ = ["news/b.html", "news/a.txt", "rows.jsonl:1", "rows.jsonl:2", "crawl.warc.gz:1", "paper.pdf"]


def zipped(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


ARCHIVES = {
    "a.zip": zipped(FILES),
    "stored.zip": zipped(FILES, method=zipfile.ZIP_STORED),
    "a.tar": tarred(FILES),
    "a.tar.gz": gzip.compress(tarred(FILES)),
    "a.tgz": gzip.compress(tarred(FILES)),
    "a.tar.bz2": bz2.compress(tarred(FILES)),
    "a.tar.xz": lzma.compress(tarred(FILES)),
}


def read(path: Path, data: bytes) -> list[Document | InputError]:
    path.write_bytes(data)
    return list(documents([path]))


@pytest.mark.parametrize("name", ARCHIVES)
def test_its_files_are_read_as_those_of_a_folder(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(ARCHIVES[name])
    with metering() as meter:
        names = [found.name for found in find(path, About()) if isinstance(found, Record)]
    assert names == [f"{path}/{inside}" for inside in READ]
    assert meter.skipped["file of another kind in an archive (.jpg)"] == 1
    found = list(documents([path]))
    assert [d for d in found if isinstance(d, InputError)] == []
    assert len(found) == len(READ)


def test_a_file_has_the_same_id_in_an_archive_as_alone(tmp_path: Path) -> None:
    (alone,) = read(tmp_path / "a.txt", FILES["news/a.txt"])
    (inside,) = read(tmp_path / "a.zip", zipped({"news/a.txt": FILES["news/a.txt"]}))
    assert inside == alone


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_standard_input_may_be_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARCHIVES[name])))
    assert len([d for d in documents(["-"]) if isinstance(d, Document)]) == len(READ)


def test_archives_within_archives_to_a_depth(tmp_path: Path) -> None:
    data = zipped({"a.txt": ARTICLE.encode()})
    for depth in range(3):
        (found,) = read(tmp_path / "a.zip", data)
        assert isinstance(found, Document), depth
        data = zipped({"inner.zip": data}) if depth % 2 else tarred({"inner.zip": data})
        (tmp_path / "a.zip").rename(tmp_path / "b.zip")
    (refused,) = read(tmp_path / "a.zip", data)
    assert isinstance(refused, TooLarge)
    assert "more than 3 archives" in str(refused)


@pytest.mark.parametrize("name", ["../../etc/a.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt"])
@pytest.mark.parametrize("make", [zipped, tarred])
def test_a_name_that_leads_out_is_refused_and_the_rest_read(name: str, make: object, tmp_path: Path) -> None:
    assert callable(make)
    refused, good = read(tmp_path / "a.archive", make({name: ARTICLE.encode(), "b.txt": ARTICLE.encode()}))
    assert isinstance(refused, Malformed)
    assert "leads out of the archive" in str(refused)
    assert isinstance(good, Document)


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Not for anybody.")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "sym.txt"), (tarfile.LNKTYPE, "hard.txt"), (tarfile.FIFOTYPE, "pipe.txt")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, str(secret)
            archive.addfile(info)
    (refused,) = read(tmp_path / "a.tar", out.getvalue())
    assert isinstance(refused, EmptyInput)


def test_what_is_locked_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": ARTICLE.encode(), "b.txt": ARTICLE.encode()}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1  # the flag of encryption, in the directory
    data[6] |= 1  # and before the file
    refused, good = read(tmp_path / "a.zip", bytes(data))
    assert str(refused) == f"{tmp_path / 'a.zip'}/a.txt: locked with a password"
    assert isinstance(good, Document)


def test_a_damaged_member_is_named_and_the_rest_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": ARTICLE.encode(), "b.txt": ARTICLE.encode()}, method=zipfile.ZIP_STORED))
    data[data.index(ARTICLE.encode())] ^= 0xFF
    refused, good = read(tmp_path / "a.zip", bytes(data))
    assert isinstance(refused, Malformed)
    assert str(refused).startswith(f"{tmp_path / 'a.zip'}/a.txt: ")
    assert isinstance(good, Document)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz"])
def test_an_archive_that_is_cut_off_is_refused(name: str, tmp_path: Path) -> None:
    *_, last = read(tmp_path / name, ARCHIVES[name][:-1500] if name == "a.tar" else ARCHIVES[name][:-40])
    assert isinstance(last, Malformed) or name == "a.tar"  # what tar ends with is only padding


@pytest.mark.parametrize(
    ("first", "what"), [("[Content_Types].xml", "a Word, Excel"), ("mimetype", "an EPUB"), ("photo.jpg", "no readable")]
)
def test_what_is_no_archive_of_articles_is_refused_whole(first: str, what: str, tmp_path: Path) -> None:
    (refused,) = read(tmp_path / "a.zip", zipped({first: b"x"}))
    assert what in str(refused)


class TestBombs:
    """Files made to do harm: they are refused by name, soon, in little memory, and the rest is read."""

    ZEROS = 120_000_000

    def measured(self, path: Path) -> tuple[list[Document | InputError], int]:
        tracemalloc.start()
        found = list(documents([path]))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return found, peak

    @pytest.mark.parametrize("name", ["a.jsonl.gz", "a.tar.gz", "a.zip", "a.csv.bz2", "a.mbox.xz"])
    def test_a_stream_that_grows_without_reason(self, name: str, tmp_path: Path) -> None:
        lead = {"a.csv.bz2": b"text,title\n", "a.mbox.xz": b"From a@b.example Mon Oct 28 09:15:00 2024\nX: y\n\n"}
        data = lead.get(name, b"") + (b" " * 999_999 + b"\n") * 120
        if name == "a.zip":
            data = zipped({"a.jsonl": data})
        elif name == "a.tar.gz":
            data = gzip.compress(tarred({"a.jsonl": data}))
        else:
            data = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}[Path(name).suffix](data)
        path = tmp_path / name
        path.write_bytes(data)
        *_, last = find(path, About())
        assert isinstance(last, TooLarge)

    def test_a_document_of_zeros_takes_no_memory(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        path.write_bytes(zipped({"a.txt": b" " * self.ZEROS, "b.txt": ARTICLE.encode()}))
        (refused, good), peak = self.measured(path)
        assert isinstance(refused, TooLarge)
        assert isinstance(good, Document)
        assert peak < 100_000_000

    def test_more_files_than_an_archive_may_have(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archives, "ARCHIVE_ENTRIES", 3)
        for make in (zipped, tarred):
            *_, last = read(tmp_path / "a.archive", make({f"{n}.txt": ARTICLE.encode() for n in range(5)}))
            assert isinstance(last, TooLarge)

    def test_more_bytes_than_an_archive_may_hold(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archives, "ARCHIVE_BYTES", 100)
        for make in (zipped, tarred):
            found = read(tmp_path / "a.archive", make({"a.txt": ARTICLE.encode(), "b.txt": ARTICLE.encode()}))
            assert isinstance(found[0], Document)
            assert isinstance(found[1], TooLarge)


def test_lists_of_addresses_are_found_in_archives(tmp_path: Path) -> None:
    path = tmp_path / "lists.zip"
    path.write_bytes(zipped({"a.csv": b"url,title\nhttps://a.example/1,One\n", "b.txt": ARTICLE.encode()}))
    found = find(path, About())
    listing = next(found)
    assert isinstance(listing, Listing)
    assert [getattr(entry, "url", None) for entry in listing.entries] == ["https://a.example/1"]
    assert isinstance(next(found), Record)
