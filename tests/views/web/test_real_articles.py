"""What the pages make of articles as they really are: titles glued together, in other scripts or missing, one wire story in
many papers, names that several go by."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.views.web import application
from onrecord.views.web.standing import telling

WIRE = (
    "PORT VELN (Reuters) - At least 21 people were killed when a flood tore through the port town of Port Veln, the interior"
    ' ministry said on Saturday. Interior Minister Lena Orr said 40 people were still missing. "We have not given up," she'
    " told reporters. Mayor John Brant denied that warnings had been ignored. The flood was the worst in fifty years,"
    " meteorologists said."
)
ARTICLES = [
    *(
        {"title": f"Flood, says {paper}", "text": WIRE, "published": "2025-03-15", "publisher": paper}
        for paper in "ABCD"
    ),
    {
        "title": "وزارة الصحة: مقتل ١٢ شخصاً",
        "text": "The flood killed 16 people in Port Veln, the health ministry said on Thursday.",
        "published": "2025-03-13",
        "publisher": "الجريدة",
    },
    {
        "text": "The flood in Port Veln killed 12 people, police said on Tuesday. Mayor John Brant served 7 years.",
        "published": "2025-03-12",
        "publisher": "Fjord Post",
    },
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("real")
    (folder / "real.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)))
    with Ledger.open(folder / "real.db") as ledger:
        assert [receipt.outcome for receipt in ledger.add([folder / "real.jsonl"])] == ["added"] * len(ARTICLES)
        yield ledger


@pytest.fixture(scope="module")
def pages(book: Ledger) -> TestClient:
    return TestClient(application(book), base_url="http://localhost")


def test_what_four_papers_print_is_said_last_once(pages: TestClient, book: Ledger) -> None:
    said = [row for row in book.statements() if row.content == "40 people were still missing"]
    assert len(said) == 4
    assert pages.get("/").text.count("40 people were still missing") == 1


def test_names_from_right_to_left_do_not_turn_the_date_round(pages: TestClient) -> None:
    html = pages.get("/statements").text
    assert "<bdi>الجريدة</bdi>, 2025-03-13" in html
    assert "<bdi>Fjord" not in html


def test_years_are_called_years(pages: TestClient) -> None:
    html = pages.get("/figures").text
    assert ">7 years</a>" in html
    assert not re.search(r">7 a<", html)


@pytest.mark.parametrize("address", ["/claims", "/series", "/conflicts"])
def test_each_row_of_a_list_says_of_which_story_it_is(pages: TestClient, book: Ledger, address: str) -> None:
    html = pages.get(address).text
    rows = pages.get(f"{address}.json").json()
    stories = {row["story"] for row in rows[address[1:]]}
    assert stories <= set(re.findall(r'href="/stories/(t[0-9a-f]{12})"', html))
    story = book.stories()[0]
    of_one = pages.get(f"{address}?story={story.id}").text
    assert of_one.count(f'href="/stories/{story.id}"') == 1, "where the list is of one story its head says so"


def test_what_is_counted_once_is_a_sentence_and_no_chart(pages: TestClient, book: Ledger) -> None:
    series = book.series()
    once = next(row for row in series if len(row.points) == 1 and row.unit is None)
    html = pages.get(f"/stories/{once.story}").text
    assert "Counted once" in html
    assert f'data-chart="/series/{once.id}/chart.json"' not in html
    several = next(row for row in series if len(row.points) > 1)
    assert f'data-chart="/series/{several.id}/chart.json"' in html


def test_statements_in_which_the_words_stand_come_first(pages: TestClient, book: Ledger) -> None:
    html = pages.get("/search?words=ministry").text.partition("Statements and articles")[2]
    marked = [("<mark>" in row) for row in html.partition("</ul>")[0].split("<li>")[1:]]
    assert True in marked
    assert marked == sorted(marked, reverse=True)


def test_of_several_who_are_called_the_same_each_says_where_they_spoke(tmp_path: Path) -> None:
    texts = [
        "Police said on Tuesday that 12 people were killed when the Karst dam burst near Drusa.",
        "Police said on Monday that a bank in Lisbon was robbed by three masked men.",
    ]
    (tmp_path / "two.jsonl").write_text(
        "\n".join(
            json.dumps({"title": title, "text": text, "published": "2025-03-12"})
            for title, text in zip(("Dam burst", "Bank robbed"), texts, strict=True)
        )
    )
    with Ledger.open(tmp_path / "two.db") as two:
        list(two.add([tmp_path / "two.jsonl"]))
        assert len(two.stories()) == 2
        html = TestClient(application(two), base_url="http://localhost").get("/search?words=police").text
    assert "last in Dam burst" in html
    assert "last in Bank robbed" in html


def test_claims_of_few_words_come_behind_those_that_say_something(book: Ledger) -> None:
    one, two, *_ = book.claims()
    murder, identity = replace(one, says="murder"), replace(one, says="his own identity")
    assert telling([murder, one, identity, two], 4) == [one, two, murder, identity]
    assert telling([murder, one, two], 1) == [one]
    assert telling([murder], 6) == [murder], "nothing is hidden"


def test_what_is_not_there_leads_on(pages: TestClient) -> None:
    for address, status, title in (("/claims/c000000000000", 404, "Not here"), ("/nothing", 404, "Not here")):
        answer = pages.get(address)
        assert answer.status_code == status
        assert f"<title>{title}" in answer.text
        assert 'href="/stories"' in answer.text.partition("<main")[2]
    assert "<title>This cannot be shown" in pages.get("/statements?since=yesterday").text
