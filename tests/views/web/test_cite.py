"""Citing on a page: everything that has a name can be cited, and its words are found again."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.cited import cited
from onrecord.reading import Reading
from onrecord.views.web.links import cite_url


def found(text: str, selector: dict[str, Any]) -> tuple[int, int]:
    """Where a TextQuoteSelector anchors: by its words alone, with what stands around them."""
    whole = selector["prefix"] + selector["exact"] + selector["suffix"]
    assert text.count(whole) == 1
    start = text.index(whole) + len(selector["prefix"])
    return start, start + len(selector["exact"])


def names(told: Ledger) -> list[str]:
    document = told.documents(limit=1)[0].id
    reading = told.document(told.documents()[-1].id)
    rows = [
        *told.statements(limit=2),
        *told.figures(limit=2),
        *told.claims(limit=2),
        *told.claims(standing="denied", limit=1),
        *told.series(limit=2),
        *told.series(moved=True, limit=1),
        *told.conflicts(limit=2),
        *told.stories(limit=1),
        *told.who("Vantor"),
        *told.speakers()[:3],
        *told.timeline(limit=3),
    ]
    group = told.copies()[0].group
    records = [f"{reading.document.id}:{reading.events[0].id}", f"{reading.document.id}:{reading.entities[0].id}"]
    return [document, document[:12], f"{document}@5-20", group, *records, *map(cited, rows)]


def test_everything_with_a_name_can_be_cited(dam_client: TestClient, told: Ledger) -> None:
    for name in names(told):
        page = dam_client.get(cite_url(name))
        assert page.status_code == 200, name
        twin = dam_client.get(f"{cite_url(name)}.json").json()
        assert twin["text"]
        assert twin["bibtex"].startswith("@")
        assert twin["csl"]["title"]
        assert twin["iri"] == f"urn:onrecord:{quote(twin['name'], safe=':@')}"
        shown = "".join(Seen(page.text).words)
        assert twin["text"] in shown
        for target in twin["targets"]:
            quoted, position = target["selector"]
            # A target names its article by address or digest; the quote is found in one article, at its position.
            texts = [told.document(row.id).document for row in told.documents()]
            own = [d for d in texts if target["source"] in (d.url, f"urn:onrecord:{d.id}")]
            assert (position["start"], position["end"]) in [
                found(d.text, quoted) for d in own if quoted["exact"] in d.text
            ]


def test_what_is_cited_has_its_page(dam_client: TestClient, told: Ledger) -> None:
    claim = told.claims(limit=1)[0]
    twin = dam_client.get(f"{cite_url(claim.id)}.json").json()
    assert twin["url"] == f"http://127.0.0.1/claims/{claim.id}"
    assert claim.says in twin["text"]
    assert claim.standing in twin["text"]
    assert twin["source"]["document"] == claim.first.document


def test_a_statement_is_cited_with_its_speaker_and_words(client: TestClient, flood: Reading) -> None:
    twin = client.get(f"{cite_url(f'{flood.document.id}:s1')}.json").json()
    assert twin["says"] == "Ida Holm (2024-05-03): “that about 1,200 people had left the harbour”"
    assert "The Fjord Post, 2024-05-04." in twin["text"]
    assert twin["targets"][0]["source"] == "https://example.org/flood"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("c000000000000", 404),
        ("f000000000000", 404),
        ("k000000000000", 404),
        ("p000000000000", 404),
        ("ffffffffff", 404),
        ("ffffffffff:s1", 404),
        ("nobody at all", 404),
    ],
)
def test_what_nothing_is_called_is_404(dam_client: TestClient, name: str, status: int) -> None:
    assert dam_client.get(cite_url(name)).status_code == status
    assert dam_client.get(f"{cite_url(name)}.json").status_code == status


@pytest.mark.parametrize("span", ["5-5", "9-5", "0-999999", "999999-1000000"])
def test_characters_that_are_none_are_refused(client: TestClient, flood: Reading, span: str) -> None:
    assert client.get(cite_url(f"{flood.document.id}@{span}")).status_code == 400


def test_records_that_are_none_are_404(client: TestClient, flood: Reading) -> None:
    for record in ("s99", "f99", "v99", "e99"):
        assert client.get(cite_url(f"{flood.document.id}:{record}")).status_code == 404


def test_nothing_that_is_cited_becomes_markup(client: TestClient, hostile: Reading) -> None:
    for name in (hostile.document.id, f"{hostile.document.id}:s1", f"{hostile.document.id}:f0"):
        seen = Seen(client.get(cite_url(name)).text)
        assert "b" not in seen.tags
        assert not [attribute for attribute, _ in seen.attributes if attribute.startswith("on")]
        twin = client.get(f"{cite_url(name)}.json").json()
        assert "javascript:" not in twin["text"]
