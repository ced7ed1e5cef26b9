"""Files, folders, standard input and rows become documents; what cannot be read is refused by name, and the rest goes on."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from onrecord.errors import EmptyInput, InputError, Malformed, MissingInput, NotText, TooLarge
from onrecord.intake import DOCUMENT_LIMIT, count, document_from_bytes, document_from_text, documents
from onrecord.records import DateCandidate, Document

ARTICLE = "Dam bursts at Elv\n\nThe minister said on Monday that at least 107 people had been killed in the valley.\n"


def one(path: Path, **given: str) -> Document | InputError:
    (found,) = documents([path], **given)
    return found


def article(path: Path, **given: str) -> Document:
    found = one(path, **given)
    assert isinstance(found, Document), found
    return found


def rows(path: Path, *lines: object) -> Path:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_plain_text_is_stored_exactly_and_named_by_its_bytes(tmp_path: Path) -> None:
    raw = "Title of it\r\n\r\nCafe\u0301 “quoted” — 👩‍🚒 and \u05e9\u05dc\u05d5\u05dd.\r\n".encode()
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    found = article(path)
    assert found.text == raw.decode()
    assert found.id == hashlib.sha256(raw).hexdigest()
    assert found.title == "Title of it"
    assert found.published is None


def test_text_given_directly_has_the_same_id_as_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE.encode())
    assert document_from_text(ARTICLE) == article(path) == document_from_bytes(ARTICLE.encode(), name="a.txt")


def test_what_the_caller_states_holds_over_the_document(tmp_path: Path) -> None:
    path = rows(tmp_path / "a.jsonl", {"text": ARTICLE, "published": "2024-10-28", "publisher": "The Post"})
    found = article(path, published="2024-11-02", publisher="The Herald")
    assert (found.published, found.publisher) == ("2024-11-02", "The Herald")
    assert DateCandidate("2024-10-28", "field: published") in found.dates
    assert found.dates[0] == DateCandidate("2024-11-02", "caller")


@pytest.mark.parametrize("wrong", ["28/10/2024", "2024-02-30", "", "yesterday", "2024-10", "2024-10-28T25:00:00Z"])
def test_a_published_that_is_no_iso_date_is_refused_at_once(wrong: str) -> None:
    with pytest.raises(Malformed, match="ISO 8601"):
        documents([], published=wrong)
    with pytest.raises(Malformed, match="ISO 8601"):
        document_from_text("Some text.", published=wrong)


def test_a_folder_is_walked_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.txt", ".hidden.txt", ".git/d.txt", "photo.jpg", "notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"<p>{name} is a page of its own, with a sentence.</p>" if "html" in name else f"{name} text.")
    found = list(documents([tmp_path]))
    assert [d.text.split()[0] for d in found if isinstance(d, Document)] == ["a.html", "b.txt", "sub/c.txt"]
    assert len(found) == 3 == count([tmp_path])


def test_standard_input_may_be_text_a_page_or_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<!doctype html><title>T</title><p>A page with one whole sentence in it.</p>"
    line = json.dumps({"text": "From a row."})
    for data, expected in ((ARTICLE, ARTICLE), (page, "A page with"), (f"{line}\n{line}\n", "From a row.")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        found = [d for d in documents(["-"]) if isinstance(d, Document)]
        assert all(expected in d.text for d in found)
        assert len(found) == (2 if data.count("\n") == 2 and data.startswith("{") else 1)


def test_packed_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n'))
    assert [d.text for d in documents([path]) if isinstance(d, Document)] == ["One.", "Two."]
    assert count([path]) is None


def test_a_damaged_packed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(ARTICLE.encode() * 999)[:-20])
    assert isinstance(one(path), Malformed)


def test_rows_keep_their_text_and_take_the_fields_of_news_please_and_gdelt(tmp_path: Path) -> None:
    text = "  Stored \r\n exactly, donâ€™t repair.\u2028"
    news_please = {
        "maintext": text,
        "url": "https://www.norlandpost.example/a",
        "source_domain": "norlandpost.example",
        "date_publish": "2024-10-28 09:15:00",
        "date_modify": "2024-10-30 09:15:00",
        "date_download": "2024-11-05 00:00:00",
        "authors": ["Ada Berg", "Bo Lind"],
        "language": "en",
        "title": "A title",
        "id": "17",
        "filename": "x.json",
    }
    gdelt = {"text": "Words.", "seendate": "20241028T121500Z", "domain": "herald.example", "language": "Ukrainian"}
    a, b = documents([rows(tmp_path / "a.jsonl", news_please, gdelt)])
    assert isinstance(a, Document)
    assert isinstance(b, Document)
    assert a.text == text
    assert (a.title, a.publisher, a.author, a.lang) == ("A title", "norlandpost.example", "Ada Berg, Bo Lind", "en")
    assert a.published == "2024-10-28"  # without an offset the time of day names no instant
    assert [d.origin for d in a.dates] == ["field: date_publish", "modified: date_modify", "seen: date_download"]
    assert (b.published, b.publisher, b.lang) == ("2024-10-28T12:15:00+00:00", "herald.example", "uk")
    assert a.id == hashlib.sha256(json.dumps(news_please).encode()).hexdigest()


def test_a_row_may_hold_html(tmp_path: Path) -> None:
    page = "<html><body><h1>Dam bursts</h1><p>At least 107 people died, the minister said on Monday.</p></body></html>"
    found = article(rows(tmp_path / "a.jsonl", {"html": page, "url": "https://a.example/2024/10/28/dam"}))
    assert found.text == "Dam bursts\n\nAt least 107 people died, the minister said on Monday."
    assert (found.published, found.publisher) == ("2024-10-28", "a.example")


def test_a_broken_line_is_refused_by_its_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = rows(
        tmp_path / "a.jsonl", {"text": "One."}, '{"text": "Two', "[1]", "", {"title": "None"}, {"text": " "}, {"text": 3},
        '{"text": "half \\ud83d"}', {"text": "Last.", "title": 5}, {"text": "Three."},
    )  # fmt: skip
    found = list(documents([path]))
    assert [d.text for d in found if isinstance(d, Document)] == ["One.", "Three."]
    refused = [(e.line, type(e)) for e in found if isinstance(e, InputError)]
    assert refused == [
        (2, Malformed), (3, Malformed), (5, EmptyInput), (6, EmptyInput), (7, Malformed), (8, NotText), (9, Malformed)
    ]  # fmt: skip
    assert str(found[1]).startswith(f"{path}:2: broken JSON")


@pytest.mark.parametrize("indent", [None, 2])
def test_json_files_may_be_one_article_an_array_or_a_list_of_articles(tmp_path: Path, indent: int | None) -> None:
    one_, two = {"text": "One."}, {"text": "Two."}
    ids = set()
    for value, expected in (
        (one_, ["One."]),
        ([one_, two], ["One.", "Two."]),
        ({"articles": [one_, two]}, ["One.", "Two."]),
    ):
        path = tmp_path / "a.json"
        path.write_text(json.dumps(value, indent=indent))
        found = [d for d in documents([path]) if isinstance(d, Document)]
        assert [d.text for d in found] == expected
        ids |= {d.id for d in found[1:]}
    assert len(ids) == 1


def test_bad_articles_of_an_array_are_refused_by_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"text": "One."}, 7, {"text": ""}]')
    found = list(documents([path]))
    assert [str(e).split(": ")[0] for e in found if isinstance(e, InputError)] == [f"{path}[2]", f"{path}[3]"]


BAD = {
    "empty.txt": (b"", EmptyInput, "empty file"),
    "empty.jsonl": (b"", EmptyInput, "empty file"),
    "blank.txt": (b" \n\t\r\n ", EmptyInput, "white space"),
    "bom.txt": (b"\xef\xbb\xbf", EmptyInput, "no text"),
    "nul.txt": (b"some text\x00\x01\x02 and more", NotText, "binary"),
    "paper.txt": (b"%PDF-1.7\n...", Malformed, "a PDF file that cannot be read"),
    "photo.html": (b"\xff\xd8\xff\xe0\x00\x10JFIF", NotText, "JPEG"),
    "table.jsonl": (b"PAR1\x15\x04", Malformed, "Parquet that cannot be read"),
    "letter.txt": (b"PK\x03\x04\x14\x00", Malformed, "not a zip file"),
    "cut.txt": ("Ends in a café".encode()[:-1], NotText, "at byte 13"),
    "cut.html": ("<p>Ends in the middle of a word, café".encode()[:-1], NotText, "at byte"),
    "damaged.txt": ("Grüße, naïve façades".encode() + b"\xff ok", NotText, "damaged UTF-8"),
    "page.html": (b"<html><title>T</title><body><script>var x = 1</script></html>", EmptyInput, "HTML without text"),
    "void.html": (b"<!doctype html>", EmptyInput, "HTML without text"),
    "feed.xml": (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", Malformed, "a feed"),
    "broken.json": (b'{"text": "One."', Malformed, "broken JSON"),
    "list.json": (b"[]", EmptyInput, "list without articles"),
    "latin.jsonl": (b'{"text": "caf\xe9"}', NotText, "not UTF-8"),
    "wide.jsonl": ('{"text": "One."}\n'.encode("utf-16"), NotText, "UTF-16"),
    "deep.jsonl": (b"[" * 100_000, Malformed, "JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_by_name_and_reason_and_the_rest_goes_on(name: str, tmp_path: Path) -> None:
    data, kind, reason = BAD[name]
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text(ARTICLE)
    refused, read = documents([bad, good])
    assert type(refused) is kind
    assert name in str(refused)
    assert reason in str(refused)
    assert isinstance(read, Document)


def test_missing_and_unreadable_inputs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "photo.jpg").write_bytes(b"x")
    missing, folder, nul = documents([tmp_path / "no.txt", tmp_path / "empty", "a\x00b.txt"])
    assert type(missing) is MissingInput
    assert "no such file" in str(missing)
    assert type(folder) is EmptyInput
    assert "no readable files" in str(folder)
    assert isinstance(nul, InputError)


@pytest.mark.parametrize("name", ["long.txt", "long.html", "long.jsonl", "long.json", "long"])
def test_fifty_megabytes_in_one_line_are_refused_quickly(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    start = b'{"text": "' if "json" in name else b"<p>" if "html" in name else b""
    path.write_bytes(start + b"word " * 10_000_000 + (b'"}\n' if name == "long.json" else b""))
    started = time.process_time()
    refused = one(path)
    assert isinstance(refused, TooLarge), refused
    assert f"{DOCUMENT_LIMIT:,}" in str(refused)
    assert time.process_time() - started < 2


def test_an_article_over_the_limit_is_refused_in_an_array_too(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": "x" * (DOCUMENT_LIMIT + 1)}, {"text": "Next."}]))
    big, read = documents([path])
    assert isinstance(big, TooLarge)
    assert isinstance(read, Document)


def test_a_line_over_the_limit_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * DOCUMENT_LIMIT + b'"}\n{"text": "Next."}\n')
    big, read = documents([path])
    assert isinstance(big, TooLarge)
    assert big.line == 1
    assert isinstance(read, Document)


def test_rows_are_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w") as stream:
        for _ in range(50):
            stream.write(json.dumps({"text": "Some text.", "filler": "x" * 1_000_000}) + "\n")
    tracemalloc.start()
    assert sum(isinstance(d, Document) for d in documents([path])) == 50
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000  # of 50 MB


def test_count_knows_files_and_lines_but_not_streams(tmp_path: Path) -> None:
    path = rows(tmp_path / "a.jsonl", {"text": "a"}, {"text": "b"})
    text = tmp_path / "b.txt"
    text.write_text("x")
    assert count([path, text, tmp_path / "missing.txt"]) == 4
    assert count([path, "-"]) is None


def test_text_that_no_file_can_hold_is_refused() -> None:
    for text, kind in (("a \ud83d b", NotText), ("a\x00b", NotText), ("  \n", EmptyInput), ("", EmptyInput)):
        with pytest.raises(kind):
            document_from_text(text)


def test_bytes_with_several_articles_are_no_document() -> None:
    with pytest.raises(Malformed, match="2 articles"):
        document_from_bytes(b'{"text": "a"}\n{"text": "b"}\n', name="a.jsonl")
