"""Whatever the bytes: a document or an InputError that names the file, never another error, and never none at all."""

from __future__ import annotations

import gzip
import random
import warnings
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake.article import About
from onrecord.intake.found import Listing, Record
from onrecord.intake.kinds import KINDS
from onrecord.intake.sources import find
from onrecord.records import Document

from .making import ARTICLE, answer, column, page, pdf, record
from .test_archives import tarred, zipped
from .test_sitemaps import EVENT2, GKG2, INDEX, NEWS


def parquet() -> bytes:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    out = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": [ARTICLE] * 9, "published": ["2024-10-28"] * 9}), out)
    return bytes(out.getvalue().to_pybytes())


def message() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "Ida Bjørk <a@b.example>", "Döm", "Mon, 28 Oct 2024 09:15:00 +0100"
    mail.set_content(ARTICLE + " Ö")
    mail.add_alternative(page().decode(), subtype="html")
    return mail.as_bytes()


MAIL = message()
WHOLE: dict[str, bytes] = {
    "a.warc": record(answer(page())) + record(answer(gzip.compress(page()), more="Content-Encoding: gzip\r\n")),
    "a.warc.gz": gzip.compress(record(answer(page()))),
    "a.csv": f'text,title,date\n"{ARTICLE}",x,2024-10-28\n{ARTICLE},y,\n'.encode(),
    "a.tsv": f"text\ttitle\n{ARTICLE}\tx\n".encode("utf-16"),
    "a.parquet": parquet(),
    "a.pdf": pdf([column([ARTICLE])], info="/Title (x) /CreationDate (D:20250314091500Z)"),
    "a.eml": MAIL,
    "a.mbox": b"From a@b.example Mon Oct 28 09:15:00 2024\n" + MAIL + b"\n",
    "a.zip": zipped({"a.txt": ARTICLE.encode(), "b.warc": record(answer(page())), "c.pdf": pdf([column([ARTICLE])])}),
    "a.tar": tarred({"a.txt": ARTICLE.encode(), "b.csv": b"text,title\nx,y\n"}),
    "sitemap.xml": NEWS,
    "index.xml": INDEX,
    "a.gkg.csv": GKG2 + EVENT2,
    "a.json": b'{"articles": [{"url": "https://a.example/1", "title": "One"}]}',
    "a.jsonl": b'{"text": "One."}\n{"text": "Two."}\n',
    "a.html": page(),
    "a.txt": ARTICLE.encode(),
}


def outcome(path: Path) -> list[str]:
    """What became of all that a file holds. Anything but documents, entries and refusals fails."""
    outcomes = []
    for found in find(path, About()):
        if isinstance(found, Record):
            made: Document | InputError
            try:
                made = found.make()
            except InputError as error:
                made = error
            if isinstance(made, InputError):
                assert str(path) in str(made)
            else:
                assert isinstance(made, Document)
                assert all(0 <= b.span.start < b.span.end <= len(made.text) for b in made.blocks)
                made.text.encode("utf-8")
            outcomes.append("record")
        elif isinstance(found, Listing):
            outcomes += ["entry" for _ in found.entries]
            outcomes.append("listing")
        else:
            assert isinstance(found, InputError)
            assert str(path) in str(found)
            outcomes.append("refused")
    return outcomes


def damaged(data: bytes, seed: int) -> bytes:
    """`data` with some bytes flipped, cut out, doubled or replaced by what parsers trip over."""
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at = chance.randrange(len(out) + 1)
        length = chance.choice([1, 1, 2, 8, 64, 512])
        what = chance.randrange(6)
        if what == 0:
            out[at : at + length] = b""
        elif what == 1:
            out[at:at] = out[at : at + length] * chance.choice([1, 3])
        elif what == 2:
            out[at : at + 1] = bytes([chance.randrange(256)])
        elif what == 3:
            out[at : at + length] = chance.choice(
                [b"\x00" * 4, b"\xff" * 8, b"\r\n\r\n", b'"', b"99999999999999999999", b"-1"]
            )
        elif what == 4:
            out = out[:at]
        else:
            out[at : at + length] = chance.randbytes(length)
        if not out:
            return b"x"
    return bytes(out)


@pytest.mark.parametrize("name", WHOLE)
def test_damage_ends_in_refusals(name: str, tmp_path: Path) -> None:
    assert "refused" not in outcome(_written(tmp_path / name, WHOLE[name]))
    for seed in range(150):
        path = _written(tmp_path / name, damaged(WHOLE[name], seed))
        with warnings.catch_warnings():  # zipfile warns of names that come twice
            warnings.simplefilter("ignore", UserWarning)
            try:
                outcome(path)
            except Exception as error:
                raise AssertionError(f"{name}, seed {seed}: {type(error).__name__}: {error}") from error


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(min_size=1, max_size=600), suffix=st.sampled_from([*KINDS, ".xml", ""]))
def test_any_bytes_under_any_name(data: bytes, suffix: str, tmp_path: Path) -> None:
    outcome(_written(tmp_path / f"a{suffix}", data))


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
