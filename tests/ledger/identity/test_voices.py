"""Those who are one though no name says so: labels of a transcript, ministries, missions, seats of government."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ledger.identity.people import groups, node, one

from onrecord.ledger.identity.bodies import Body, body_of
from onrecord.ledger.identity.nodes import Node

P, B, L = "person", "organisation", "place"


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("the Ministry of Defense of Talvenia", Body("defence ministry", "talvenia")),
        ("Talvenia's defence ministry", Body("defence ministry", "talvenia")),
        ("the Ministry of Internal Affairs of Talvenia", Body("interior ministry", "talvenia")),
        ("Ministry of Foreign Affairs", Body("foreign ministry", None)),
        ("The foreign ministry of Ruvania", Body("foreign ministry", "ruvania")),
        ("the government of Talvenia", Body("government", "talvenia")),
        ("the OSCE mission", Body("mission", "osce")),
        ("the search mission", None),
    ],
)
def test_a_body_is_written_one_way(words: str, body: Body | None) -> None:
    assert body_of(words) == body


def test_a_ministry_is_one_however_it_is_put() -> None:
    assert one(node(1, B, said=["Talvenia's defence ministry"]), node(2, B, "Ministry of Defense of Talvenia"))


def test_a_bare_ministry_is_the_only_one_of_a_country_that_its_text_speaks_of() -> None:
    placed, bare = node(1, B, said=["Talvenia's defence ministry"]), node(2, B, said=["the defence ministry"])
    guards = node(2, "people", said=["Talvenian guards"], at=1)
    country = [node(3, L, "Talvenia", "Talvenian"), node(4, L, "Talvenian")]
    assert frozenset({placed.record, bare.record}) in groups([placed, bare, guards, *country])
    assert frozenset({placed.record, bare.record}) not in groups([placed, bare, *country])


def test_a_mission_is_the_mouth_of_its_organisation_but_not_of_a_country() -> None:
    osce = node(1, B, "OSCE", ref="wikidata:Q81299")
    assert one(osce, node(2, B, said=["The OSCE mission"]), node(3, B, said=["Its mission"]))
    assert not one(node(1, L, "Talvenia"), node(2, B, said=["the Talvenia mission"]))


def _speaks(found: Node, *told_in: str) -> Node:
    return replace(found, speaks=True, told_in=told_in)


def test_a_label_is_whom_its_transcript_introduces() -> None:
    sauk = node(1, P, "Edrin Sauk")
    assert one(sauk, _speaks(node(1, P, "SAUK", at=1)))
    two = [sauk, node(1, P, "Linnea Sauk", at=2), _speaks(node(1, P, "SAUK", at=1))]
    assert len(groups(two)) == 3
    assert not one(sauk, _speaks(node(2, P, said=["SAUK"])))  # of another text


def _delport(documents: int, *, ref: str | None = None) -> list[Node]:
    """Delport speaks in so many documents, and Ruvania's president speaks in it."""
    president = node(9, P, "Iven Talmar", roles=[("President", "Ruvania")])
    acting = [_speaks(node(number, L, "Delport", ref=ref)) for number in range(1, documents + 1)]
    return [node(8, L, "Ruvania"), _speaks(president, "Delport"), *acting]


def _is_ruvania(nodes: list[Node]) -> bool:
    ruvania, _, delport, *_ = nodes
    return any({ruvania.record, delport.record} <= group for group in groups(nodes))


def test_a_place_that_acts_as_the_government_whose_president_speaks_there_is_the_country() -> None:
    assert _is_ruvania(_delport(2))
    assert not _is_ruvania(_delport(1))  # a town spoke once
    assert not _is_ruvania(_delport(2, ref="geonames:1"))  # of known places the reader knows what they are


def test_a_place_where_two_countries_speak_is_the_seat_of_neither() -> None:
    host = [node(7, L, "Talvenia"), _speaks(node(6, P, "Oltan Brezik", roles=[("President", "Talvenia")]), "Delport")]
    assert not _is_ruvania([*_delport(2), *host])
