"""A document's page: its text, its marks, its anchors."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.reading import Reading
from onrecord.records import Span
from onrecord.views.web.links import document_url
from onrecord.views.web.marked import text_blocks


def test_document_page_shows_its_text_and_marks(client: TestClient, flood: Reading) -> None:
    html = client.get(document_url(flood.document.id)).text
    assert re.search(r'<span class="source c\d+-\d+">Mayor Ida Holm</span>', html)
    assert re.search(r'<span class="cue c\d+-\d+">confirmed</span>', html)
    assert re.search(r'<span class="content figure[^"]*">about 1,200</span>', html)
    assert re.search(r'<span class="content source[^"]*">the prefect</span>', html)
    assert re.search(r'<span class="moment[^"]*">3 May</span>', html)
    assert '<div class="block boilerplate"' in html
    assert 'href="https://example.org/flood"' in html


def test_ids_on_a_document_page_are_unique(client: TestClient, flood: Reading) -> None:
    ids = Seen(client.get(document_url(flood.document.id)).text).values("id")
    assert len(ids) == len(set(ids))
    assert {f"c{a}-{b}" for s in flood.statements for a, b in (*s.source, *s.cue, *s.content)} <= set(ids)
    assert {f"c{f.span.start}-{f.span.end}" for f in flood.figures} <= set(ids)


def test_characters_named_in_the_address_are_marked(client: TestClient, flood: Reading) -> None:
    at = flood.document.text.index("newsletter")
    url = document_url(flood.document.id, [Span(at, at + 10)], found=True)
    assert url.endswith(f"?at={at}-{at + 10}#c{at}-{at + 10}")
    assert re.search(r'<mark class="found[^"]*">newsletter</mark>', client.get(url).text)


@pytest.mark.parametrize("at", ["5", "9-5", "0-999999", "5-5", "-1-5", "a-b", "1-2-3"])
def test_characters_that_are_none_are_refused(client: TestClient, flood: Reading, at: str) -> None:
    assert client.get(document_url(flood.document.id), params={"at": at}).status_code == 400


def test_text_blocks_are_the_text(flood: Reading, hostile: Reading) -> None:
    for reading in (flood, hostile):
        pieces = [piece.text for block in text_blocks(reading) for piece in block.pieces]
        assert "".join(pieces) == reading.document.text
