"""What people ruled stands in the tables and on speakers' pages, with who ruled it; what was read, with its article."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.reading import Reading
from onrecord.views.web import application
from onrecord.views.web.links import cite_url, ruling_url, speaker_url

SIGNED = Signed(by="Vera <i>Novak</i>", at="2025-03-20T10:00:00+01:00", reason="heard the tape")
MARK = "corrected by Vera &lt;i&gt;Novak&lt;/i&gt;"


@pytest.fixture
def book(flood: Reading) -> Iterator[Ledger]:
    with Ledger.open(":memory:") as book:
        list(book.add([flood]))
        yield book


@pytest.fixture
def client(book: Ledger) -> TestClient:
    return TestClient(application(book, host="testserver"))


def test_a_corrected_speaker_stands_in_the_tables_with_who_corrected(
    book: Ledger, client: TestClient, flood: Reading
) -> None:
    said = next(row for row in book.statements() if row.speaker is not None and book.figures(speaker=row.speaker))
    figure = book.figures(speaker=said.speaker)[0]
    other = next(row for row in book.speakers() if row.key != said.speaker_key)
    for page in ("/statements", "/figures", speaker_url(other.key)):
        assert MARK not in client.get(page).text
    made = book.correct(f"{said.document}:{figure.statement}", Wish(speaker=other.name), SIGNED)

    for page in ("/statements", "/figures", speaker_url(other.key)):
        html = client.get(page).text
        assert MARK in html
        assert ruling_url(said.document, made.id) in Seen(html).values("href")
    narrowed = client.get("/statements.json", params={"speaker": other.name}).json()
    row = next(row for row in narrowed["statements"] if row["id"] == figure.statement)
    assert (row["speaker"], row["ruled"]) == (other.name, made.id)
    assert narrowed["makers"] == {made.id: {"by": SIGNED.by, "kind": "speaker"}}
    log = client.get(ruling_url(said.document, made.id)).text
    assert f'id="{made.id}"' in log
    api = client.get(f"/api/v1/statements/{said.document}:{figure.statement}").json()
    assert (api["speaker"], api["ruled"]) == (other.name, made.id)
    assert flood == book.document(said.document)


def test_what_was_rejected_is_struck_out_in_its_article_and_told_nowhere_else(book: Ledger, client: TestClient) -> None:
    said = next(row for row in book.statements() if row.speaker is not None)
    alone = [row for row in book.statements(speaker=said.speaker) if row.id != said.id]
    made = [book.correct(f"{row.document}:{row.id}", Wish(reject=True), SIGNED) for row in (said, *alone)]

    assert cite_url(f"{said.document}:{said.id}") not in Seen(client.get("/statements").text).values("href")
    assert client.get(speaker_url(said.speaker_key or "")).status_code == 404
    count = len(book.statements())
    assert f'<b>{count}</b> <a href="/statements">statements</a>' in client.get("/").text
    assert client.get("/api/v1/overview").json()["statements"] == count
    assert client.get("/documents.json").json()["documents"][0]["statements"] == count
    article = client.get(f"/documents/{said.document}").text
    shown = article[article.index(f'<li id="row-{said.id}"') :].partition("</li>")[0]
    assert "rejected" in shown.partition(">")[0]
    assert said.content in shown
    # Nobody is on record under this name any more: no link may lead there.
    assert speaker_url(said.speaker_key or "") not in Seen(article).values("href")
    assert made[0].id in client.get(cite_url(f"{said.document}:{said.id}")).text
    assert client.get(f"/correct/{said.document}:{said.id}").status_code == 200
