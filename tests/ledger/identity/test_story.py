"""Who is who in one story: what is one, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.identity.people import apart, groups, node, one

from onrecord.ledger.identity.nodes import Node
from onrecord.ledger.identity.story import people_of

P, B, L, G = "person", "organisation", "place", "people"


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param([node(1, P, "Jorun Eskildt"), node(2, P, "Jørun Eskildt")], id="letters with a stroke"),
        pytest.param([node(1, P, "Mark Rutte"), node(2, P, "Mark Rütte")], id="accents"),
        pytest.param([node(1, P, "Mark Rutte"), node(2, P, "MARK RUTTE")], id="case"),
        pytest.param(
            [node(1, P, "Oleh Zelensky"), node(2, P, "Oleh Zelenskiy"), node(3, P, "Oleh Zelenskyy")],
            id="romanisations",
        ),
        pytest.param([node(1, P, "Kim Jong-un"), node(2, P, "Kim Jong Un")], id="hyphens"),
        pytest.param([node(1, P, "Gerod T. Ward"), node(2, P, "Gerod Ward")], id="middle initial left out"),
        pytest.param([node(1, P, "Dr. Ilsa Quenby"), node(2, P, "Ilsa Quenby")], id="title before the name"),
        pytest.param([node(1, P, "Edrin Sauk"), node(2, P, "Sauk")], id="surname in another document"),
        pytest.param([node(1, P, "Ron Gaines Jr."), node(2, P, "Ron Gaines")], id="a suffix left out"),
        pytest.param([node(1, P, "Ron Gaines Jr."), node(2, P, "Gaines")], id="a surname without the suffix"),
        pytest.param([node(1, P, "Ron Jr."), node(2, P, "Ron Jr.")], id="a first name with the suffix"),
        pytest.param([node(1, P, "Ursula von der Leyen"), node(2, P, "von der Leyen")], id="surname with particles"),
        pytest.param([node(1, P, "Jesus Sosa"), node(2, P, "J. Sosa")], id="initial"),
        pytest.param(
            [
                node(1, P, "Volodymyr Horak", roles=[("President", "Talvenia")]),
                node(2, P, "Vladimir Horak", roles=[("President", None)]),
            ],
            id="first name in another language, and the title",
        ),
        pytest.param(
            [
                node(1, P, "Mirela Vantor", roles=[("Interior Minister", None)]),
                node(2, P, said=["the interior minister"]),
            ],
            id="an office and its holder",
        ),
        pytest.param(
            [
                node(1, P, "Mirela Vantor", roles=[("Minister", "Internal Affairs")]),
                node(2, P, said=["the interior minister"]),
            ],
            id="an office told by its ministry",
        ),
        pytest.param(
            [node(1, P, "Pavla Hemmerin", roles=[("mayor", "Drusa")]), node(2, P, said=["the mayor of Drusa"])],
            id="an office with its place",
        ),
        pytest.param(
            [
                node(1, P, "Kester Malvane", roles=[("defence minister", "Ruvania")]),
                node(2, P, "Kester", roles=[("Minister of Defense", None)]),
            ],
            id="a first name with the title",
        ),
        pytest.param([node(1, B, "Velna Hydro"), node(2, B, "VELNA HYDRO")], id="an organisation by name"),
        pytest.param(
            [node(1, B, "Drusa Relief Committee"), node(2, B, "DRC")], id="an acronym that one name spells out"
        ),
        pytest.param([node(1, B, "Jackson Memorial Hospital"), node(2, B, "Jackson Memorial")], id="a short name"),
        pytest.param(
            [node(1, G, said=["Houston police"]), node(2, G, said=["police"]), node(3, B, "HPD")],
            id="one police in the story",
        ),
        pytest.param(
            [node(1, B, "Houston Police Department"), node(2, G, said=["Houston police"])], id="department and police"
        ),
        pytest.param([node(1, G, said=["Police"]), node(2, G, said=["the police"])], id="police of no named place"),
        pytest.param([node(1, L, said=["the Drusa dam"]), node(2, L, said=["The Drusa dam"])], id="a described thing"),
        pytest.param([node(1, L, "Drusa"), node(2, P, "Drusa")], id="a town that was read as a person"),
        pytest.param(
            [node(1, "country", "South Korea", ref="iso3166:KR"), node(2, L, "Seoul", ref="iso3166:KR")], id="ref"
        ),
    ],
)
def test_is_one(nodes: list[Node]) -> None:
    assert one(*nodes)


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param([node(1, P, "Joseph Lamar"), node(2, P, "Zach Lamar")], id="first names differ"),
        pytest.param([node(1, P, "Anna Hoxha"), node(2, P, "Anne Hoxha")], id="first names that are nearly alike"),
        pytest.param(
            [node(1, P, "Volodymyr Horak"), node(2, P, "Vladimir Horak")], id="another language, and nothing agrees"
        ),
        pytest.param(
            [node(1, P, "Julian Bryant"), node(2, P, "Horace Bryant"), node(3, P, "Bryant")], id="a surname of two"
        ),
        pytest.param([node(1, P, "Gerod A. Ward"), node(2, P, "Gerod B. Ward")], id="middle initials differ"),
        pytest.param([node(1, P, "Ron Gaines Jr."), node(2, P, "Ron Gaines Sr.")], id="junior and senior"),
        pytest.param(
            [node(1, P, "Ron Gaines Jr."), node(2, P, "Ron Gaines"), node(3, P, "Ron Gaines Sr.")],
            id="who may be junior or senior",
        ),
        pytest.param([node(1, P, "Ron Gaines Sr."), node(2, P, "Gaines Jr.")], id="a surname with another suffix"),
        pytest.param(
            [node(1, P, "Ron Gaines", "Ron Gaines Jr."), node(2, P, "Ron Gaines Sr.")],
            id="a suffix that the text gives once",
        ),
        pytest.param(
            [node(1, P, "Ron Gaines", roles=[("19", None)]), node(2, P, "Ron Gaines", roles=[("48", None)])],
            id="father and son by age",
        ),
        pytest.param(
            [node(1, P, "Michael Johnson", roles=[("22", None)]), node(2, P, "Johnson", roles=[("Sgt.", None)])],
            id="a title that the other has not",
        ),
        pytest.param(
            [node(1, P, "Michael Johnson", roles=[("Mr.", None)]), node(2, P, "Johnson", roles=[("Mrs.", None)])],
            id="man and woman of one surname",
        ),
        pytest.param(
            [node(1, P, "Edrin Sauk"), node(1, P, "Sauk", at=1)], id="held apart by the reading of one document"
        ),
        pytest.param([node(1, P, "Sauk"), node(2, P, "Sauk")], id="surnames alone"),
        pytest.param([node(1, P, "Karl Ford"), node(2, B, "Ford")], id="a person and a company"),
        pytest.param(
            [node(1, G, said=["Houston police"]), node(2, G, said=["Dallas police"])], id="police of two cities"
        ),
        pytest.param(
            [node(1, G, said=["Houston police"]), node(2, G, said=["Dallas police"]), node(3, G, said=["police"])],
            id="police, when there are two",
        ),
        pytest.param(
            [node(1, B, "Lakeview Police Department"), node(2, B, "Michigan State Police")], id="town and state police"
        ),
        pytest.param([node(1, G, said=["two detectives"]), node(2, G, said=["detectives"])], id="some of its people"),
        pytest.param([node(1, B, "University"), node(2, B, "University")], id="a name that is none"),
        pytest.param([node(1, B, "Duke University"), node(2, B, "Duke University Hospital")], id="and its hospital"),
        pytest.param(
            [node(1, L, "Columbus", ref="geonames:1"), node(2, L, "Columbus", ref="geonames:2")], id="refs differ"
        ),
        pytest.param([node(1, G, said=["victims"]), node(2, G, said=["victims"])], id="groups"),
        pytest.param(
            [
                node(1, P, "Oltan Brezik", roles=[("Prime Minister", None)]),
                node(2, P, "Ilse Marn", roles=[("prime minister", "Ruvania")]),
                node(3, P, said=["the prime minister"]),
            ],
            id="an office that two hold",
        ),
        pytest.param(
            [node(1, P, "Radim Kolvar", roles=[("former mayor", None)]), node(2, P, said=["the mayor"])],
            id="an office that was left",
        ),
        pytest.param(
            [
                node(1, P, "Oltan Brezik", roles=[("Prime Minister", "Talvenia")]),
                node(2, L, "Ruvania"),
                node(2, P, said=["the prime minister"], at=1),
            ],
            id="an office in a text about another country",
        ),
        pytest.param(
            [node(1, "country", "Ukraine", ref="iso3166:UA"), node(2, G, "Ukrainians", ref="iso3166:UA")],
            id="a country and its people",
        ),
        pytest.param(
            [node(1, P, "Bill Federspiel", roles=[("Sheriff", None)]), node(2, P, said=["sheriff's"])],
            id="the sheriff's office is not the sheriff",
        ),
        pytest.param(
            [node(1, P, "Barack Obama", roles=[("President", None)]), node(2, P, said=["the next president"])],
            id="whoever comes next",
        ),
        pytest.param(
            [node(1, "country", "Talvenia"), *(node(n, B, said=["the foreign ministry"]) for n in (2, 3))],
            id="a ministry of no named country",
        ),
    ],
)
def test_is_not_one(nodes: list[Node]) -> None:
    assert apart(*nodes)


def test_a_title_decides_between_two_of_one_surname() -> None:
    colonel = node(1, P, "Edrin Sauk", roles=[("Colonel", None)])
    surgeon = node(2, P, "Linnea Sauk", roles=[("Dr.", None)])
    short = node(3, P, "Sauk", said=["Colonel Sauk"])
    assert groups([colonel, surgeon, short]) == {
        frozenset({colonel.record, short.record}),
        frozenset({surgeon.record}),
    }


def test_police_of_a_document_that_names_one_place_are_its_own() -> None:
    houston, dallas = node(1, G, said=["Houston police"]), node(2, G, said=["Dallas police"])
    bare = node(1, G, said=["police"], at=1)
    assert frozenset({houston.record, bare.record}) in groups([houston, dallas, bare])


def test_every_merge_tells_its_rule_and_the_words() -> None:
    full, short = node(1, P, "Edrin Sauk"), node(2, P, "Sauk")
    (person,) = people_of([short, full])
    (merge,) = person.merges
    assert (merge.rule, merge.first, merge.second) == ("surname", full.record, short.record)
    assert (merge.first_span, merge.second_span) == (full.forms[0].span, short.forms[0].span)


def test_what_people_ruled_is_stronger_than_any_rule() -> None:
    a, b, c = node(1, P, "Edrin Sauk"), node(2, P, "Edrin Sauk"), node(3, P, "Ivo Strannik")
    assert groups([a, b, c], apart=[(b.record, a.record)]) == {frozenset({n.record}) for n in (a, b, c)}
    assert frozenset({b.record, c.record}) in groups(
        [a, b, c], same=[(c.record, b.record)], apart=[(a.record, b.record)]
    )


def test_the_best_name_is_a_full_one() -> None:
    (person,) = people_of([node(1, P, "Sauk"), node(2, P, "Sauk"), node(3, P, "Edrin Sauk")])
    assert (person.name, person.type) == ("Edrin Sauk", "person")


POOL = [
    node(document, kind, *names, said=said, roles=roles, at=at)
    for document in range(4)
    for at, (kind, names, said, roles) in enumerate(
        [
            (P, ("Edrin Sauk",), (), [("Colonel", None)]),
            (P, ("Sauk",), (), [("Colonel", None)] if document % 2 else []),
            (P, ("Linnea Sauk",) if document else ("Linnea K. Sauk",), (), []),
            (P, ("John A. Smith",) if document % 2 else ("John B. Smith",), (), []),
            (P, ("John Smith",), (), []),
            (P, (), ("the mayor",), []),
            (P, ("Pavla Hemmerin",), (), [("mayor", "Drusa")]),
            (G, (), (f"{'Houston' if document % 3 else 'Dallas'} police",), []),
            (G, (), ("police",), []),
            (B, ("Drusa Relief Committee",), (), []),
            (B, ("DRC",), (), []),
            (L, ("Drusa",), (), []),
        ]
    )
]


@given(st.lists(st.sampled_from(POOL), unique_by=lambda n: n.record), st.randoms(use_true_random=False))
def test_the_order_in_which_nodes_are_given_does_not_matter(nodes: list[Node], random: object) -> None:
    mixed = list(nodes)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert people_of(nodes) == people_of(mixed)


@given(st.lists(st.sampled_from(POOL), unique_by=lambda n: n.record))
def test_every_node_is_in_one_group_and_no_two_first_names_are(nodes: list[Node]) -> None:
    people = people_of(nodes)
    assert sorted(n.record for p in people for n in p.nodes) == sorted(n.record for n in nodes)
    for person in people:
        given = {n.name.split()[0] for n in person.nodes if n.type == P and " " in n.name}
        assert len(given) <= 1
        assert len(person.merges) == len(person.nodes) - 1
