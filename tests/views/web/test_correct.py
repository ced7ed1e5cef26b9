"""Corrections in place: written through the ledger, signed, undoable, and never over the edit of somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient
from tests.ledger.sample_readings import readings
from tests.views.conftest import HOSTILE
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.web import application
from onrecord.views.web.links import correct_url, document_url
from onrecord.views.web.pages import corrections as log_page

SIGNED = {"reason": "heard on the tape", "by": "Vera Nováková"}


@pytest.fixture
def desk(tmp_path: Path, flood: Reading, hostile: Reading) -> Iterator[Callable[[], TestClient]]:
    """Makes clients of one ledger, which can be corrected."""
    path = tmp_path / "news.ledger"
    with Ledger.open(path) as writer, Ledger.open(path, create=False, read_only=True) as ledger:
        assert [r.outcome for r in writer.add([flood, hostile])] == ["added", "added"]
        app = application(ledger, writer=writer)
        yield lambda: TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture
def client(desk: Callable[[], TestClient]) -> TestClient:
    return desk()


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Ledger]]:
    """Twelve articles with people across them; the tests correct different things in it."""
    path = tmp_path_factory.mktemp("dam") / "dam.ledger"
    with Ledger.open(path) as writer, Ledger.open(path, create=False, read_only=True) as ledger:
        list(writer.add(readings()))
        app = application(ledger, writer=writer)
        yield TestClient(app, base_url="http://127.0.0.1", follow_redirects=False), ledger


def log(client: TestClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/corrections.json").json()["corrections"]
    return found


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(.*?)"', page)
    assert found is not None
    return found[1]


def test_the_page_shows_what_is_recorded_with_its_words(client: TestClient, flood: Reading) -> None:
    document = flood.document.id
    statement = client.get(correct_url(f"{document}:s1"))
    assert statement.status_code == 200
    assert "that about 1,200 people had left the harbour" in statement.text
    assert document_url(document, flood.statements[0].content) in Seen(statement.text).values("href")
    assert "Ida Holm" in statement.text
    figure = client.get(correct_url(f"{document}:f1"))
    assert "<b>At least 40</b> boats sank" in figure.text
    person = client.get(correct_url(f"{document}:e1"))
    assert "<h1>Ida Holm</h1>" in person.text
    twin = client.get(f"{correct_url(f'{document}:s1')}.json").json()
    assert (twin["kind"], twin["statement"]["id"], twin["corrections"]) == ("statement", "s1", [])


def test_an_event_is_shown_between_its_neighbours(dam: tuple[TestClient, Ledger]) -> None:
    client, ledger = dam
    document = next(row.id for row in ledger.documents() if row.events)
    reading = ledger.document(document)
    event = reading.events[0]
    page = client.get(correct_url(f"{document}:{event.id}"))
    assert page.status_code == 200
    assert f"<b>{event.span.of(reading.document.text)}</b>" in page.text
    assert event.status in page.text


def test_who_may_have_said_it_is_a_list_and_any_name_is_taken(client: TestClient, flood: Reading) -> None:
    url = correct_url(f"{flood.document.id}:s1")
    page = client.get(url).text
    assert f'<option value="{flood.document.id}:e1">Ida Holm' in page
    assert f'<option value="{flood.document.id}:e2">the prefect' in page
    chosen = client.post(url, data={"wish": "speaker", "speaker": f"{flood.document.id}:e2", "seen": "", **SIGNED})
    assert chosen.status_code == 303
    line = log(client)[0]
    assert (line["kind"], line["to"], line["by"], line["reason"]) == (
        "speaker",
        "the prefect",
        "Vera Nováková",
        "heard on the tape",
    )
    url = correct_url(f"{flood.document.id}:s2")
    sent = {"wish": "speaker", "speaker": "other", "speaker_name": "the prefect", "seen": "", **SIGNED}
    assert client.post(url, data=sent).status_code == 303
    assert log(client)[0]["to"] == "the prefect"


def test_after_a_correction_it_is_said_and_can_be_taken_back(client: TestClient, flood: Reading) -> None:
    url = correct_url(f"{flood.document.id}:s1")
    answer = client.post(url, data={"wish": "reject", "seen": "", **SIGNED})
    assert answer.status_code == 303
    made = log(client)[0]["id"]
    assert answer.headers["location"] == f"{url}?done={made}"
    page = client.get(answer.headers["location"]).text
    assert "<b>Recorded.</b>" in page
    assert f'action="/corrections/{made}/undo"' in page
    undone = client.post(f"/corrections/{made}/undo", data={"back": "record", **SIGNED})
    assert undone.status_code == 303
    assert undone.headers["location"].startswith(f"{url}?done=k")
    assert [line["state"] for line in log(client)] == ["in force", "undone"]
    back = client.get(undone.headers["location"]).text
    assert "<b>Taken back.</b>" in back
    # And the taking back can be taken back.
    again = client.post(f"/corrections/{log(client)[0]['id']}/undo", data={"back": "log", **SIGNED})
    assert again.headers["location"].startswith("/corrections?done=k")
    assert [line["state"] for line in log(client)] == ["in force", "undone", "in force"]


def test_the_name_is_remembered_by_a_cookie_that_no_script_and_no_site_reads(
    client: TestClient, flood: Reading
) -> None:
    answer = client.post(correct_url(f"{flood.document.id}:s1"), data={"wish": "confirm", "seen": "", **SIGNED})
    cookie = answer.headers["set-cookie"]
    assert unquote(cookie).startswith("onrecord-by=Vera Nováková;")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert 'value="Vera Nováková"' in client.get(correct_url(f"{flood.document.id}:s2")).text


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"wish": "reject", "reason": " ", "by": "V"}, "A correction needs a reason"),
        ({"wish": "reject", "reason": "so", "by": ""}, "A correction needs the name of who makes it"),
        ({"reason": "so", "by": "V"}, "Choose what is to be corrected"),
        ({"wish": "speaker", "reason": "so", "by": "V"}, "Choose who said it"),
        ({"wish": "speaker", "speaker_name": "Nobody Atall", "reason": "so", "by": "V"}, "Nobody and nothing called"),
        ({"wish": "series", "series": "new", "reason": "so", "by": "V"}, "is not a figure but a statement"),
        ({"wish": "apart", "apart": "x", "reason": "so", "by": "V"}, "Choose who they are not"),
        ({"wish": "rename", "name": " ", "reason": "so", "by": "V"}, "is no name to be called by"),
    ],
)
def test_what_is_missing_or_unclear_is_said_and_the_form_keeps_all(
    client: TestClient, flood: Reading, sent: dict[str, str], why: str
) -> None:
    answer = client.post(correct_url(f"{flood.document.id}:s1"), data=sent)
    assert answer.status_code == 422
    assert why in answer.text.replace("&#39;", "'")
    assert f'value="{sent["by"]}"' in answer.text
    assert sent["reason"].strip() in answer.text
    if "speaker_name" in sent:
        assert 'value="Nobody Atall"' in answer.text
        assert 'value="speaker" required checked' in answer.text
    assert log(client) == []


def test_of_two_who_correct_one_record_the_second_is_told_and_loses_nothing(
    desk: Callable[[], TestClient], flood: Reading
) -> None:
    first, second = desk(), desk()
    url = correct_url(f"{flood.document.id}:s1")
    both = [seen_in(client.get(url).text) for client in (first, second)]
    assert both == ["", ""]
    done = first.post(url, data={"wish": "reject", "seen": both[0], "reason": "a caption", "by": "Ana"})
    assert done.status_code == 303
    mine = {"wish": "speaker", "speaker_name": "the prefect", "reason": "he spoke, she did not", "by": "Ben"}
    answer = second.post(url, data={**mine, "seen": both[1]})
    assert answer.status_code == 409
    assert "Somebody else corrected this while you were looking" in answer.text
    assert "a caption" in answer.text
    assert "Ana" in answer.text
    for typed in ('value="the prefect"', "he spoke, she did not", 'value="Ben"', 'value="speaker" required checked'):
        assert typed in answer.text
    assert len(log(first)) == 1
    # Having seen it, the second goes on, with the very form that came back.
    assert second.post(url, data={**mine, "seen": seen_in(answer.text)}).status_code == 303
    assert len(log(first)) == 2


def test_a_form_without_what_it_has_seen_writes_over_nobody(client: TestClient, flood: Reading) -> None:
    url = correct_url(f"{flood.document.id}:s1")
    assert client.post(url, data={"wish": "reject", **SIGNED}).status_code == 303
    assert client.post(url, data={"wish": "confirm", **SIGNED}).status_code == 409


def test_of_many_at_once_one_is_written_and_the_others_are_told(desk: Callable[[], TestClient], flood: Reading) -> None:
    url = correct_url(f"{flood.document.id}:s1")
    start = Barrier(6)
    answers: list[tuple[int, str]] = []

    def correct(number: int) -> None:
        client = desk()
        client.get(url)
        start.wait()
        sent = {"wish": "reject", "seen": "", "reason": f"reason {number}", "by": f"person {number}"}
        answer = client.post(url, data=sent)
        answers.append((answer.status_code, answer.text))

    threads = [Thread(target=correct, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in answers) == [303, 409, 409, 409, 409, 409]
    written = log(desk())
    assert len(written) == 1
    for status, page in answers:
        assert status == 303 or str(written[0]["by"]) in page


def test_who_undoes_what_is_undone_is_told(desk: Callable[[], TestClient], flood: Reading) -> None:
    one, other = desk(), desk()
    one.post(correct_url(f"{flood.document.id}:s1"), data={"wish": "reject", "seen": "", **SIGNED})
    made = log(one)[0]["id"]
    assert one.post(f"/corrections/{made}/undo", data={"back": "log", **SIGNED}).status_code == 303
    for back in ("log", "record"):
        answer = other.post(f"/corrections/{made}/undo", data={"back": back, **SIGNED})
        assert answer.status_code == 409
        assert "is undone already" in answer.text
    assert other.post(f"/corrections/{made}/undo", data={"back": "log", "by": "V", "reason": ""}).status_code == 422
    assert other.post("/corrections/k000000000000/undo", data=SIGNED).status_code == 404
    assert len(log(one)) == 2


def test_a_figure_goes_to_another_series_or_has_its_own(dam: tuple[TestClient, Ledger]) -> None:
    client, ledger = dam
    series = next(row for row in ledger.series() if len(row.points) > 1)
    place = series.points[0].places[0]
    url = correct_url(f"{place.document}:{place.record}")
    page = client.get(url).text
    assert series.what in page
    others = re.findall(r'<option value="(f[0-9a-f]{12})">', page)
    assert others
    assert series.id not in others
    moved = client.post(url, data={"wish": "series", "series": others[0], "seen": "", **SIGNED})
    assert moved.status_code == 303, moved.text
    assert ledger.series(others[0])[0].id in client.get(url).text
    alone = client.post(url, data={"wish": "series", "series": "new", "seen": seen_in(client.get(url).text), **SIGNED})
    assert alone.status_code == 303
    assert [row.state for row in ledger.corrections()[-2:]] == ["overruled", "in force"]


def test_a_person_is_renamed_told_apart_and_made_one(dam: tuple[TestClient, Ledger]) -> None:
    client, ledger = dam
    person = next(row for row in ledger.who("Vantor") if row.merges)
    url = correct_url(person.id)
    page = client.get(url).text
    assert f"<h1>{person.name}</h1>" in page
    name = re.search(r'action="(/correct/[0-9a-f]+:e\d+)"', page)
    assert name is not None
    target = name[1]
    sent = {"wish": "rename", "name": "Mirela V.", "seen": seen_in(page), **SIGNED}
    assert client.post(target, data=sent).status_code == 303
    page = client.get(url).text
    assert "<h1>Mirela V.</h1>" in page
    apart = re.findall(r'<option value="([0-9a-f]+:e\d+ [0-9a-f]+:e\d+)">', page)
    assert apart
    assert (
        client.post(target, data={"wish": "apart", "apart": apart[-1], "seen": seen_in(page), **SIGNED}).status_code
        == 303
    )
    one, other = apart[-1].split(" ")
    assert ledger.subject(one).members != ledger.subject(other).members
    kept = ledger.subject(one)
    back = client.post(correct_url(one), data={"wish": "merge", "other_name": other, "seen": kept.last, **SIGNED})
    assert back.status_code == 303
    assert ledger.subject(one).members == ledger.subject(other).members


def test_a_ledger_served_read_only_says_so_and_takes_nothing(tmp_path: Path, flood: Reading) -> None:
    path = tmp_path / "news.ledger"
    with Ledger.open(path) as book:
        list(book.add([flood]))
    with Ledger.open(path, create=False, read_only=True) as ledger:
        client = TestClient(application(ledger), base_url="http://127.0.0.1")
        url = correct_url(f"{flood.document.id}:s1")
        page = client.get(url)
        assert "served read-only" in page.text
        assert 'method="post"' not in page.text
        assert "served read-only" in client.get("/corrections").text
        answer = client.post(url, data={"wish": "reject", "seen": "", **SIGNED})
        assert answer.status_code == 403
        assert "served read-only" in answer.text
        assert client.post("/corrections/k000000000000/undo", data=SIGNED).status_code == 403
        assert ledger.corrections() == []


def test_another_site_corrects_nothing(client: TestClient, flood: Reading) -> None:
    url = correct_url(f"{flood.document.id}:s1")
    sent = {"wish": "reject", "seen": "", **SIGNED}
    for header in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert client.post(url, data=sent, headers=header).status_code == 403
    assert log(client) == []
    assert client.post(url, data=sent, headers={"origin": "http://127.0.0.1"}).status_code == 303


def test_nothing_typed_or_read_becomes_markup(client: TestClient, hostile: Reading) -> None:
    url = correct_url(f"{hostile.document.id}:s1")
    sent = {"wish": "speaker", "speaker_name": HOSTILE, "reason": HOSTILE, "by": HOSTILE, "seen": "k1"}
    pages = [client.get(url), client.post(url, data=sent), client.post(url, data={**sent, "wish": "x", "seen": ""})]
    assert client.post(url, data={**sent, "wish": "reject", "seen": ""}).status_code == 303
    pages += [client.get(url), client.get("/corrections"), client.get(correct_url(f"{hostile.document.id}:e1"))]
    for page in pages:
        seen = Seen(page.text)
        assert seen.tags.count("script") == seen.values("type").count("module")
        assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert HOSTILE in "".join(Seen(pages[-2].text).words)


def test_the_log_is_read_newest_first_page_by_page(
    client: TestClient, flood: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nobody has corrected anything yet" in client.get("/corrections").text
    for number, record in enumerate(("s1", "s2", "s3", "f0", "f1")):
        sent = {"wish": "reject", "seen": "", "reason": f"reason {number}", "by": "V"}
        assert client.post(correct_url(f"{flood.document.id}:{record}"), data=sent).status_code == 303
    whole = [line["id"] for line in log(client)]
    assert [line["reason"] for line in log(client)] == [f"reason {number}" for number in (4, 3, 2, 1, 0)]
    monkeypatch.setattr(log_page, "LIMIT", 2)
    walked: list[object] = []
    after = ""
    while True:
        part = client.get("/corrections.json", params={"after": after}).json()
        walked += [line["id"] for line in part["corrections"]]
        if part["next"] is None:
            break
        after = part["next"]
        assert f"after={after}" in client.get("/corrections").text or len(walked) > 2
    assert walked == whole
    assert client.get("/corrections?after=k000000000000").status_code == 400


def test_the_log_is_narrowed_by_document_and_state(client: TestClient, flood: Reading, hostile: Reading) -> None:
    for reading in (flood, hostile):
        client.post(correct_url(f"{reading.document.id}:s1"), data={"wish": "reject", "seen": "", **SIGNED})
    client.post(f"/corrections/{log(client)[0]['id']}/undo", data=SIGNED)
    found = client.get("/corrections.json", params={"document": flood.document.id[:10]}).json()
    assert [line["document"] for line in found["corrections"]] == [flood.document.id]
    assert found["counts"] == {"in force": 1, "undone": 0, "overruled": 0, "orphan": 0}
    undone = client.get("/corrections.json", params={"state": "undone"}).json()["corrections"]
    assert [line["document"] for line in undone] == [hostile.document.id]
    assert client.get("/corrections.json", params={"state": "gone"}).status_code == 400
    assert client.get("/corrections", params={"document": "ffffffffffff"}).status_code == 404
    assert "None of these" in client.get("/corrections?state=orphan").text


def test_orphans_wait_for_review(tmp_path: Path, flood: Reading) -> None:
    from dataclasses import replace

    path = tmp_path / "news.ledger"
    with Ledger.open(path) as writer:
        list(writer.add([flood]))
        client = TestClient(application(writer, writer=writer), base_url="http://127.0.0.1")
        client.post(correct_url(f"{flood.document.id}:s3"), data={"wish": "reject", "seen": "", **SIGNED})
        list(writer.add([replace(flood, model="hand 2", statements=flood.statements[:2])]))
        page = client.get("/corrections").text
        assert "1 correction waits for review" in page
        assert "no statement is now read from exactly these words" in page
        assert "state=orphan" in page


@pytest.mark.parametrize("name", ["ffff:s1", "nobody", "p000000000000", "k000000000000"])
def test_what_is_not_there_cannot_be_corrected(client: TestClient, name: str) -> None:
    assert client.get(correct_url(name)).status_code == 404
    assert client.post(correct_url(name), data={"wish": "reject", **SIGNED}).status_code == 404
