"""Checking a draft on the page: what is found stands beside its words, nothing is kept, too much is refused."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from starlette.testclient import TestClient
from tests.views.conftest import HOSTILE
from tests.views.web.seen import Seen

from onrecord.reading import Reading
from onrecord.records import Span
from onrecord.views.web.links import document_url
from onrecord.views.web.pages.check import LONGEST

DRAFT = (
    "Flood\n\nMayor Ida Holm confirmed on 3 May that about 900 people had left the harbour.\n\nAt least 40 boats sank."
)


def test_the_form_says_what_it_takes(client: TestClient) -> None:
    page = client.get("/check")
    assert page.status_code == 200
    for said in ("60,000 characters", "Only English is read", "Nothing of it is kept", "2 documents"):
        assert said in page.text
    assert client.get("/check.json").json() == {
        "longest": LONGEST,
        "problem": None,
        "checked": False,
        "counts": {},
        "findings": [],
    }


def test_findings_stand_beside_their_words_and_lead_into_the_documents(client: TestClient, flood: Reading) -> None:
    answer = client.post("/check.json", data={"draft": DRAFT, "published": "2024-05-05"})
    findings = answer.json()["findings"]
    assert [(one["words"], one["kind"]) for one in findings if one["what"] == "figure"] == [
        ("900", "contradicted"),
        ("At least 40", "verbatim"),
    ]
    page = client.post("/check", data={"draft": DRAFT, "published": "2024-05-05"})
    assert page.status_code == 200
    seen = Seen(page.text)
    assert "1 thing to look at" in page.text
    assert '<mark class="contradicted" title="contradicted figure">900<a href="#f1" id="m1"' in page.text
    place = findings[0]["against"][0]
    assert place["document"] == flood.document.id
    assert Span(*place["span"]).of(flood.document.text) == place["words"]
    assert document_url(place["document"], [Span(*place["span"])], found=True) in seen.values("href")
    # What was typed is still there, to be changed and checked again.
    assert DRAFT in "".join(seen.words)
    assert 'value="2024-05-05"' in page.text


def test_nothing_of_a_draft_is_kept(client: TestClient, tmp_path: Path) -> None:
    secret = "The hedgehog of Harrowgate swallowed 7,777 buttons, Ida Holm said."
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.suffix == ".ledger"}
    answer = client.post("/check", data={"draft": secret})
    assert secret.split()[1] in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert before
    assert {path: path.read_bytes() for path in before} == before
    assert not [path for path in tmp_path.iterdir() if b"hedgehog" in path.read_bytes()]
    assert "hedgehog" not in client.get("/check").text


@pytest.mark.parametrize("length", [LONGEST + 1, 20 * LONGEST])
def test_a_draft_that_is_too_long_is_refused_in_words(client: TestClient, length: int) -> None:
    answer = client.post("/check", data={"draft": "x" * length})
    assert answer.status_code == 413
    assert "the 60,000 that are read at once" in answer.text
    # One that came whole is still in the form.
    assert ("x" * (LONGEST + 1) in answer.text) == (length == LONGEST + 1)
    assert client.post("/check.json", data={"draft": "x" * length}).status_code == 413


def test_a_draft_of_the_longest_characters_comes_through(client: TestClient) -> None:
    # Four bytes each, twelve as a form sends them; not English, and with no sentence to read.
    answer = client.post("/check", data={"draft": "\N{GRINNING FACE} " * (LONGEST // 2)})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("draft", "published", "why"),
    [
        (" \n ", "", "no text in it"),
        ("a\0b", "", "a NUL"),
        ("Ida Holm said so.", "yesterday", "is not an ISO 8601 date"),
    ],
)
def test_what_cannot_be_read_is_said_and_stays_in_the_form(
    client: TestClient, draft: str, published: str, why: str
) -> None:
    answer = client.post("/check", data={"draft": draft, "published": published})
    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{published}"' in answer.text
    assert client.post("/check.json", data={"draft": draft, "published": published}).json()["problem"]


def test_a_draft_in_another_language_is_told_from_english(client: TestClient) -> None:
    text = "Die Bürgermeisterin sagte am Freitag, dass etwa 1.200 Menschen den Hafen verlassen hätten. " * 3
    english = client.post("/check", data={"draft": DRAFT}).text
    other = client.post("/check", data={"draft": text})
    assert other.status_code == 200
    assert "seems not to be in English" not in english
    assert "Only English is read" in other.text


def test_nothing_of_a_draft_becomes_markup(client: TestClient) -> None:
    draft = f"{HOSTILE}\n\n“{HOSTILE}” said Ida Holm of 5 boats.</textarea><script>alert(2)</script>"
    for sent in (draft, draft + "x" * LONGEST):
        seen = Seen(client.post("/check", data={"draft": sent, "published": '"><script>'}).text)
        assert not [name for name, _ in seen.attributes if name.startswith("on")]
        assert seen.tags.count("script") == seen.values("type").count("module")


def test_only_a_form_is_taken(client: TestClient) -> None:
    assert client.post("/check", json={"draft": "x"}).status_code == 415
    assert client.post("/check", files={"draft": b"x"}).status_code == 415
    broken = client.post("/check", content=b"draft=%ff", headers={"content-type": "application/x-www-form-urlencoded"})
    assert broken.status_code == 400


def test_several_drafts_at_once_are_all_answered(client: TestClient) -> None:
    found: dict[int, str] = {}

    def check(number: int) -> None:
        found[number] = client.post("/check", data={"draft": f"Ida Holm said {number},000 boats sank."}).text

    threads = [Thread(target=check, args=(number,)) for number in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f"{number},000" in found[number] for number in range(1, 6))
