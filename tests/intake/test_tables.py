"""CSV, TSV and Parquet: rows are articles, columns are called as the fields of JSON Lines are."""

from __future__ import annotations

import csv
import io
import json
import sys
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import EmptyInput, InputError, Malformed, NotText, TooLarge
from onrecord.intake import count, documents
from onrecord.intake.article import About
from onrecord.intake.feeds import Entry
from onrecord.intake.found import Listing
from onrecord.intake.limits import LINE_LIMIT
from onrecord.intake.sources import find
from onrecord.records import Document

from .making import ARTICLE, page


def read(path: Path, data: str | bytes) -> list[Document | InputError]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(documents([path]))


def listed(path: Path) -> list[Entry | InputError]:
    source = find(path, About())
    found = next(source)
    assert isinstance(found, Listing), found
    entries = list(found.entries)  # before the next is asked for
    assert list(source) == []
    return entries


class TestCsv:
    def test_a_row_is_an_article(self, tmp_path: Path) -> None:
        data = f'title,text,published,url,ours\r\nDam,"{ARTICLE}\r\n\r\nShe said ""no"".",2024-10-28,https://a.example/1,x\r\n'
        (found,) = read(tmp_path / "a.csv", data)
        assert isinstance(found, Document)
        assert found.text == f'{ARTICLE}\r\n\r\nShe said "no".'
        assert (found.title, found.published, found.url) == ("Dam", "2024-10-28", "https://a.example/1")

    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt"])
    def test_the_header_tells_the_separator_and_case_makes_no_difference(
        self, separator: str, name: str, tmp_path: Path
    ) -> None:
        out = io.StringIO()
        csv.writer(out, delimiter=separator).writerows(
            [["Title", "TEXT", "Date_Publish"], ["A, b; c", ARTICLE, "2024-10-28"]]
        )
        (found,) = read(tmp_path / name, out.getvalue())
        assert isinstance(found, Document)
        assert (found.title, found.text, found.published) == ("A, b; c", ARTICLE, "2024-10-28")

    def test_the_same_row_is_the_same_article_whatever_the_table(self, tmp_path: Path) -> None:
        _, two = read(tmp_path / "a.csv", f"text,title\nOther.,x\n{ARTICLE},T\n")
        (again,) = read(tmp_path / "b.csv", f"text;title;ours\n{ARTICLE};T;17\n")
        assert isinstance(two, Document)
        assert two == again

    def test_excel_writes_utf_16_and_old_excel_windows_1252(self, tmp_path: Path) -> None:
        text = "title\ttext\r\nStädte\tGrüße aus Köln, sagte der Bürgermeister.\r\n"
        for data in (text.encode("utf-16"), text.encode("cp1252"), text.encode("utf-8-sig")):
            (found,) = read(tmp_path / "a.csv", data)
            assert isinstance(found, Document)
            assert (found.title, found.text) == ("Städte", "Grüße aus Köln, sagte der Bürgermeister.")

    def test_a_broken_row_is_named_by_its_line_and_the_next_one_read(self, tmp_path: Path) -> None:
        data = b'text,title\nOne.,T\n"Two"x,T\nThree.,T,more\n,T\n\n"Over\ntwo lines",T\n\x81\xfe\x8d,T\nLast.,T\n'
        found = read(tmp_path / "a.csv", data)
        assert [d.text for d in found if isinstance(d, Document)] == ["One.", "Over\ntwo lines", "Last."]
        refused = [error for error in found if isinstance(error, InputError)]
        assert [(type(e), e.line) for e in refused] == [(Malformed, 3), (Malformed, 4), (EmptyInput, 5), (NotText, 9)]
        assert "3 fields where the header has 2" in str(refused[1])

    def test_a_quotation_without_an_end_and_an_endless_line_are_refused(self, tmp_path: Path) -> None:
        (open_,) = read(tmp_path / "a.csv", 'text,title\n"One,T\nTwo.,T\n')
        assert isinstance(open_, Malformed)
        (long,) = read(tmp_path / "a.csv", b"text,title\n" + b"x" * (LINE_LIMIT + 2) + b",T\nTwo.,T\n")
        assert isinstance(long, TooLarge)
        assert long.line == 2

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            ("a,b\n1,2\n", "no column of texts, pages or addresses (its columns: a, b)"),
            ("text,Text\n1,2\n", "two columns `text`"),
            ("\n \n", "an empty table"),
        ],
    )
    def test_a_table_without_articles_is_refused_whole(self, data: str, reason: str, tmp_path: Path) -> None:
        (refused,) = read(tmp_path / "a.csv", data)
        assert reason in str(refused)

    def test_standard_input_may_be_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        data = f"url,html\nhttps://a.example/1,{page().decode()}\n".encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        (found,) = documents(["-"])
        assert isinstance(found, Document)
        assert found.title == "Dam bursts at Elv"

    def test_a_text_with_commas_is_no_table(self, tmp_path: Path) -> None:
        (found,) = read(tmp_path / "a.txt", "Text, the minister said, is not a title.\nIt is, she said, a body.\n")
        assert isinstance(found, Document)

    def test_addresses_without_texts_are_a_list(self, tmp_path: Path) -> None:
        path = tmp_path / "list.csv"
        path.write_text("url,title,published\nhttps://a.example/1,One,2024-10-28\nnot one,Two,2024-10-28\n")
        good, bad = listed(path)
        assert good == Entry("https://a.example/1", "https://a.example/1", "One", published="2024-10-28")
        assert isinstance(bad, Malformed)
        assert bad.line == 3
        (refused,) = documents([path])
        assert "can be added to a ledger" in str(refused)

    def test_memory_stays_that_of_a_row(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        with path.open("w") as file:
            file.write("text,title\n")
            for n in range(2_000):
                file.write(f"{'Much the same as always in the valley. ' * 500},{n}\n")
        tracemalloc.start()
        total = sum(1 for _ in find(path, About()))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert total == 2_000
        assert peak < 2_000_000


class TestJsonLists:
    def test_gdelts_answer_is_a_list_of_addresses(self, tmp_path: Path) -> None:
        article = {"url": "https://a.example/1", "title": "One", "seendate": "20241028T091500Z", "domain": "a.example"}
        path = tmp_path / "artlist.json"
        path.write_text(json.dumps({"articles": [article, article | {"url": "ftp://a.example"}]}, indent=1))
        good, bad = listed(path)
        assert good == Entry("https://a.example/1", "https://a.example/1", "One", seen="20241028T091500Z")
        assert isinstance(bad, Malformed)

    def test_gdelts_answer_as_csv(self, tmp_path: Path) -> None:
        path = tmp_path / "artlist.csv"
        path.write_bytes(
            b'\xef\xbb\xbf"URL","MobileURL","Date","Title"\r\n"https://a.example/1","","2024-10-28 09:15:00","One"\r\n'
        )
        assert listed(path) == [Entry("https://a.example/1", "https://a.example/1", "One", seen="2024-10-28 09:15:00")]


class TestParquet:
    pa: Any = pytest.importorskip("pyarrow")
    pq: Any = pytest.importorskip("pyarrow.parquet")

    def write(self, path: Path, **columns: list[Any]) -> Path:
        self.pq.write_table(self.pa.table(columns), path, row_group_size=2)
        return path

    def test_a_row_is_an_article(self, tmp_path: Path) -> None:
        path = self.write(
            tmp_path / "a.parquet",
            text=[ARTICLE, None, ARTICLE + " Third."],
            date_publish=[datetime(2024, 10, 28, 9, 15, tzinfo=UTC), None, None],
            date=[date(2024, 10, 1), None, date(2024, 10, 2)],
            authors=[["Ida Berg", "Bo Lind"], [], None],
            embedding=[[0.5], [0.5], [0.5]],
        )
        assert count([path]) == 3
        first, empty, third = documents([path])
        assert isinstance(first, Document)
        assert (first.text, first.published, first.author) == (
            ARTICLE,
            "2024-10-28T09:15:00+00:00",
            "Ida Berg, Bo Lind",
        )
        assert isinstance(empty, EmptyInput)
        assert str(empty).startswith(f"{path}:2: ")
        assert isinstance(third, Document)
        assert third.published == "2024-10-02"

    def test_pages_may_be_bytes(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.parquet", html=[page()], url=["https://a.example/1"])
        (found,) = documents([path])
        assert isinstance(found, Document)
        assert found.title == "Dam bursts at Elv"

    def test_addresses_without_texts_are_a_list(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.parquet", url=["https://a.example/1"], title=["One"])
        assert listed(path) == [Entry("https://a.example/1", "https://a.example/1", "One")]

    def test_standard_input_may_be_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = self.write(tmp_path / "a.parquet", text=[ARTICLE])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
        (found,) = documents(["-"])
        assert isinstance(found, Document)

    def test_what_is_cut_off_or_holds_no_articles_is_refused(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.parquet", text=[ARTICLE] * 9)
        path.write_bytes(path.read_bytes()[:-9])
        (cut,) = documents([path])
        assert isinstance(cut, Malformed)
        (other,) = documents([self.write(tmp_path / "b.parquet", a=[1], b=[2])])
        assert "no column of texts, pages or addresses (its columns: a, b)" in str(other)

    def test_without_pyarrow_one_sentence_says_what_to_install(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = self.write(tmp_path / "a.parquet", text=[ARTICLE])
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        (refused,) = documents([path])
        assert str(refused) == f"{path}: this needs pyarrow, which is not installed: pip install 'onrecord[tables]'"
        assert count([path]) is None
