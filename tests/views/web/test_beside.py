"""Two articles side by side: rows of paragraphs, every difference marked, what the one is of the other."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.ledger.copies.conftest import article, sentences
from tests.ledger.copies.test_differences import TEXTS
from tests.views.web.seen import Seen

from onrecord.ledger import Ledger
from onrecord.ledger.copies.differences import stretches
from onrecord.ledger.copies.rows import DifferenceRow
from onrecord.reading import Reading
from onrecord.views.web import application
from onrecord.views.web.links import beside_url, copies_url, document_url
from onrecord.views.web.pairs import Part, pairs


def rows(a: str, b: str) -> list[DifferenceRow]:
    return [
        DifferenceRow(
            p.kind,
            "a",
            p.span,
            "" if p.span is None else p.span.of(a),
            "b",
            p.other,
            "" if p.other is None else p.other.of(b),
        )
        for p in stretches(a, b)
    ]


PARAGRAPHS = st.lists(st.sampled_from(["The dam broke.", "14 died.", "Sauk said so.", "He left."]), max_size=8)


@given(st.one_of(TEXTS, PARAGRAPHS.map("\n".join)), st.one_of(TEXTS, PARAGRAPHS.map("\n\n".join)))
def test_rows_are_both_texts(a: str, b: str) -> None:
    found = pairs(rows(a, b))
    assert "".join(part.text for pair in found for part in pair.left) == a
    assert "".join(part.text for pair in found for part in pair.right) == b
    for pair in found:
        assert (pair.span.of(a) if pair.span else "") == "".join(part.text for part in pair.left)
        assert (pair.other_span.of(b) if pair.other_span else "") == "".join(part.text for part in pair.right)
        kept = [part.text for part in pair.merged if part.kind != "gone"]
        assert "".join(kept) == "".join(part.text for part in pair.right)
        assert {part.kind for part in pair.left} <= {"same", "gone"}
        assert {part.kind for part in pair.right} <= {"same", "come"}
        assert pair.changed is (pair.number is not None)
    assert [pair.number for pair in found if pair.changed] == list(range(1, sum(p.changed for p in found) + 1))


def test_a_row_is_a_paragraph() -> None:
    a = "The dam above the town broke before dawn.\nAt least 14 people died.\nThe minister said nothing to the papers."
    found = pairs(rows(a, a.replace("14", "23").replace("\n", "\n\n")))
    assert [pair.changed for pair in found] == [False, True, False]
    assert found[1].left == [Part("same", "At least "), Part("gone", "14 "), Part("same", "people died.\n")]
    assert [part.text for part in found[1].merged] == ["At least ", "14 ", "23 ", "people died.\n\n"]


def test_every_pair_of_a_group_can_be_read_side_by_side(dam_client: TestClient, told: Ledger) -> None:
    kinds = set()
    for key, members in groupby(told.copies(), key=lambda row: row.group):
        group = list(members)
        origin = next(row for row in group if row.kind == "origin")
        for row in group:
            if row is origin:
                continue
            html = dam_client.get(beside_url(origin.document, row.document)).text
            assert "The second is a copy of the first" in html
            assert "The first is a copy of the second" in dam_client.get(beside_url(row.document, origin.document)).text
            kinds.add(row.kind)
            links = Seen(html).values("href")
            assert {copies_url(key), document_url(origin.document), document_url(row.document)} <= set(links)
            assert beside_url(row.document, origin.document) in links
            twin = dam_client.get(f"{beside_url(origin.document, row.document)}.json").json()
            wanted = [one for one in told.differences(origin.document, row.document) if one.kind != "equal"]
            assert len(twin["changes"]) == len(wanted)
            assert html.count("<del>") + html.count("<ins>") >= len(wanted)
            assert twin["other_copy"]["kind"] == row.kind
    assert {"reprint", "update"} & kinds


def test_copies_of_a_third_say_so_and_strangers_too() -> None:
    papers = [article(sentences(1), publisher=f"Paper {n}", published=f"2024-05-0{n}") for n in range(1, 4)]
    stranger = article(sentences(2), published="2024-05-09").document.id
    with Ledger.open(":memory:") as book:
        list(book.add([*papers, article(sentences(2), published="2024-05-09")]))
        copies = [row.document for row in book.copies() if row.kind != "origin"]
        client = TestClient(application(book), base_url="http://localhost")
        assert "Both print the text of" in client.get(beside_url(*copies)).text
        assert "does not take these two for copies" in client.get(beside_url(stranger, copies[0])).text


def test_numbers_that_differ_stand_first(dam_client: TestClient, told: Ledger) -> None:
    shown = 0
    for row in told.copies():
        group = [other for other in told.copies(row.group) if other.document != row.document]
        changes = [c for c in told.differences(row.document, group[0].document) if c.kind != "equal"]
        numbers = [c for c in changes if any(letter.isdigit() for letter in c.words + c.other_words)]
        html = dam_client.get(beside_url(row.document, group[0].document)).text
        assert ("Numbers that differ" in html) is bool(numbers)
        for change in numbers[:20]:
            if change.span is not None and change.words.strip():
                assert document_url(change.document, [change.span], found=True).replace("&", "&amp;") in html
                shown += 1
    assert shown


def test_a_document_beside_itself_or_nothing_is_refused(client: TestClient, flood: Reading, hostile: Reading) -> None:
    one, two = flood.document.id, hostile.document.id
    assert client.get(beside_url(one, one)).status_code == 400
    assert client.get(beside_url(one, one[:12])).status_code == 400
    assert client.get(beside_url(one, "ffffffffff")).status_code == 404
    page = client.get(beside_url(one, two))
    assert page.status_code == 200
    seen = Seen(page.text)
    # Nothing in the page but its own two scripts, and no handler: what the article holds stands as text.
    assert seen.tags.count("script") == Seen(client.get("/copies").text).tags.count("script")
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
