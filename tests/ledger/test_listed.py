"""Lists of articles that are elsewhere, in files and at addresses: sitemaps, GDELT's tables, tables of addresses."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.intake.webserver import Answer, FakeClock, Server, article, served

from onrecord.intake.fetching import Fetcher, Manners
from onrecord.ledger import Ledger, Receipt
from onrecord.reading import Reading
from onrecord.records import Document


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that sees nothing in any text: what is tested is how articles get to it."""

    def read_all(items: Iterable[object], *, workers: int, model: str = "full") -> Iterator[object]:
        return (Reading(item, "hand 1") if isinstance(item, Document) else item for item in items)

    monkeypatch.setattr("onrecord.reader.read", lambda document, model: Reading(document, "hand 1"))
    monkeypatch.setattr("onrecord.reader.read_all", read_all)
    monkeypatch.setattr("onrecord.reader.load_encoder", lambda *_: SimpleNamespace(name="hand 1"))


@pytest.fixture
def server() -> Iterator[Server]:
    with served(FakeClock()) as found:
        for path in "abc":
            found.pages[f"/{path}"] = Answer(article(f"Article {path}", f"It is {path}, the mayor said. " * 20))
        yield found


@pytest.fixture
def fetcher(server: Server) -> Iterator[Fetcher]:
    manners = Manners(allow_private=True)
    clock = FakeClock()
    with Fetcher(manners, clock=clock, chance=random.Random(3), resolve=lambda host, port: ["127.0.0.1"]) as found:
        yield found


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db") as found:
        yield found


def add(ledger: Ledger, fetcher: Fetcher, *inputs: str | Path) -> list[Receipt]:
    return list(ledger.add(inputs, fetcher=fetcher))


def outcomes(receipts: list[Receipt]) -> list[str]:
    return [receipt.outcome for receipt in receipts]


def sitemap(server: Server, *paths: str) -> bytes:
    urls = "".join(
        f"<url><loc>{server.url(path)}</loc><news:news><news:publication><news:name>The Post</news:name>"
        f"</news:publication><news:title>Title of {path}</news:title>"
        "<news:publication_date>2025-03-14</news:publication_date></news:news></url>"
        for path in paths
    )
    return f"<urlset xmlns='x' xmlns:news='y'>{urls}</urlset>".encode()


def test_the_articles_of_a_sitemap_are_fetched_once(ledger: Ledger, fetcher: Fetcher, server: Server) -> None:
    server.pages["/sitemap.xml"] = Answer(
        sitemap(server, "/a", "/b", "/gone"), headers={"Content-Type": "application/xml"}
    )
    first = add(ledger, fetcher, server.url("/sitemap.xml"))
    assert outcomes(first) == ["added", "added", "refused"]
    assert first[0].name == "The Post: Title of /a"
    (row, *_) = ledger.documents()
    assert (row.publisher, row.published) == ("The Post", "2025-03-14")
    server.pages["/sitemap.xml"] = Answer(sitemap(server, "/a", "/c"), headers={"Content-Type": "application/xml"})
    assert "added" in outcomes(add(ledger, fetcher, server.url("/sitemap.xml")))
    assert len(server.asked("/a")) == 1
    assert ledger.overview().documents == 3


def test_an_index_leads_to_packed_sitemaps(ledger: Ledger, fetcher: Fetcher, server: Server) -> None:
    index = f"<sitemapindex xmlns='x'><sitemap><loc>{server.url('/1.xml.gz')}</loc></sitemap></sitemapindex>"
    server.pages["/index.xml"] = Answer(index.encode(), headers={"Content-Type": "text/xml"})
    server.pages["/1.xml.gz"] = Answer(
        gzip.compress(sitemap(server, "/a", "/b")), headers={"Content-Type": "application/x-gzip"}
    )
    assert outcomes(add(ledger, fetcher, server.url("/index.xml"))) == ["added", "added"]


def test_a_list_in_an_archive_is_fetched_beside_what_the_archive_holds(
    ledger: Ledger, fetcher: Fetcher, server: Server, tmp_path: Path
) -> None:
    cells = {0: "123", 1: "20241028", 59: "20241028091500"}
    rows = [
        "\t".join({**cells, 60: server.url(path)}.get(i, "") for i in range(61)) for path in ("/a", "/a", "/b", "/a")
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("20241028.export.CSV", "\n".join([*rows[:2], "broken", *rows[2:]]))
        archive.writestr("own.txt", "The minister said that the dam holds.")
    path = tmp_path / "a.zip"
    path.write_bytes(out.getvalue())
    receipts = add(ledger, fetcher, path)
    assert outcomes(receipts) == ["refused", "added", "added", "added"]
    assert str(receipts[0].reason).startswith("line 3: no row of GDELT's")
    assert server.asked("/a") != []
    again = add(ledger, fetcher, path)
    assert outcomes(again) == ["refused", "known", "known"]
    assert len(server.asked("/a")) == 1


def test_gdelts_answer_and_a_table_of_addresses(
    ledger: Ledger, fetcher: Fetcher, server: Server, tmp_path: Path
) -> None:
    found = {"articles": [{"url": server.url("/a"), "title": "One", "seendate": "20241028T091500Z"}]}
    (tmp_path / "found.json").write_text(json.dumps(found))
    (tmp_path / "list.csv").write_text(f"url;title\n{server.url('/a')};One\n{server.url('/b')};Two\n")
    receipts = add(ledger, fetcher, tmp_path)
    assert outcomes(receipts) == ["added", "known", "added"]
    assert ledger.documents()[-1].published in ("2024-10-28T09:15:00+00:00", None)
    assert len(server.asked("/a")) == 1


def test_a_fetcher_is_made_only_where_something_is_to_be_fetched(
    ledger: Ledger, server: Server, tmp_path: Path
) -> None:
    made: list[Fetcher] = []

    def make() -> Fetcher:
        made.append(Fetcher(Manners(allow_private=True), clock=FakeClock(), resolve=lambda host, port: ["127.0.0.1"]))
        return made[-1]

    (tmp_path / "a.txt").write_text("The minister said that the dam holds.")
    assert [r.outcome for r in ledger.add([tmp_path / "a.txt"], fetcher=make)] == ["added"]
    assert made == []
    (tmp_path / "a.csv").write_text(f"url\n{server.url('/a')}\n")
    assert [r.outcome for r in ledger.add([tmp_path / "a.csv"], fetcher=make)] == ["added"]
    assert len(made) == 1
