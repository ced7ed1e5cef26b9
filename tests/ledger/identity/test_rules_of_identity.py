"""Who is one and who is not, at the edges of each rule; and what is offered as evidence beyond a story."""

from __future__ import annotations

import pytest
from tests.ledger.identity.people import groups, node

from onrecord.ledger.identity.keys import evidence, keys_of
from onrecord.ledger.identity.nodes import Node
from onrecord.ledger.identity.story import Person, people_of
from onrecord.ledger.scene import Member

P, B, L, G = "person", "organisation", "place", "people"


def together(*nodes: Node) -> list[str]:
    """The groups of several, each by the numbers of its documents."""
    return sorted("".join(str(record[0]) for record in sorted(group)) for group in groups(nodes) if len(group) > 1)


def person(document: int, *names: str, title: str | None = None, of: str | None = None, **more: object) -> Node:
    roles = [(title, of)] if title is not None else []
    return node(document, P, *names, roles=roles, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        # by the full name, each to the first that nothing speaks against
        (
            [
                person(1, "Ron Gaines", title="19"),
                person(2, "Ron Gaines", title="48"),
                person(3, "Ron Gaines", title="20"),
            ],
            ["13"],
        ),
        ([person(1, "Ron Gaines", title="19"), person(2, "Ron Gaines"), person(3, "Ron Gaines", title="48")], ["12"]),
        ([person(1, "Gerod A. Ward"), person(2, "Gerod B. Ward"), person(3, "Gerod Ward")], []),
        ([person(1, "Gerod A. Ward"), person(2, "Gerod A. Ward"), person(3, "Gerod Ward")], ["123"]),
        ([person(1, "Gerod Ward"), person(2, "Gerod Ward")], ["12"]),
        ([person(1, "Ron Gaines Jr."), person(2, "Ron Gaines Jr."), person(3, "Ron Gaines Sr.")], ["12"]),
        # by the first name in another language: where a title or an age agrees, and no text has both
        ([person(1, "Mike Horak", title="Colonel"), person(2, "Michael Horak", title="Col.")], ["12"]),
        ([person(1, "Mike Horak", title="Colonel"), person(2, "Michael Horak", title="Dr.")], []),
        ([person(1, "Mike Horak", title="Colonel"), person(1, "Michael Horak", title="Col.", at=1)], []),
        ([person(1, "Mike Horak Jr.", title="Colonel"), person(2, "Michael Horak", title="Col.")], []),
        ([person(1, "Mike A. Horak", title="Colonel"), person(2, "Michael B. Horak", title="Col.")], []),
        (
            [
                person(1, "Mike Horak", title="Colonel", of="army"),
                person(2, "Michael Horak", title="Colonel", of="navy"),
            ],
            [],
        ),
        # by the surname
        ([person(1, "Edrin Sauk"), person(2, "Sauk"), person(3, "Sauk")], ["123"]),
        ([person(1, "Edrin Sauk"), person(2, "Linnea Sauk"), person(3, "Sauk")], []),
        (
            [person(1, "Edrin Sauk", title="Colonel"), person(2, "Linnea Sauk"), person(3, "Sauk", title="Colonel")],
            ["13"],
        ),
        ([person(1, "Edrin Sauk"), person(2, "E. Sauk")], ["12"]),
        ([person(1, "Edrin Sauk"), person(2, "E. Sauk"), person(3, "L. Sauk")], ["12"]),
        ([person(1, "Edrin Sauk", title="Mr."), person(2, "Sauk", title="Ms.")], []),
        ([person(1, "Edrin Sauk", title="19"), person(2, "Sauk", title="48")], []),
        ([person(1, "Edrin Sauk", title="19"), person(2, "Sauk", title="20")], ["12"]),
        ([person(1, "Edrin Sauk"), person(2, "Sauk", title="Colonel")], []),  # a title that the other has not
        ([person(1, "Edrin Sauk", title="Colonel"), person(2, "Sauk")], ["12"]),
        # by what a text itself calls somebody for short
        ([person(1, "Nicolas Maduro Moros", "Maduro"), person(2, "Maduro")], ["12"]),
        ([person(1, "Nicolas Maduro Moros"), person(2, "Maduro")], []),
        ([person(1, "Nicolas Maduro", "Nicolas"), person(2, "Nicolas")], []),
        # by a first name, with the title
        ([person(1, "Kester Malvane", title="Colonel"), person(2, "Kester", title="Colonel")], ["12"]),
        ([person(1, "Kester Malvane", title="Colonel"), person(2, "Kester")], []),
        (
            [
                person(1, "Kester Malvane", title="Colonel"),
                person(2, "Kester Horak"),
                person(3, "Kester", title="Colonel"),
            ],
            [],
        ),
        ([person(1, "Kester Malvane", title="Colonel"), person(2, "Kester", title="Dr.")], []),
        # those whose full name nobody gives
        ([person(1, "Sauk", title="Colonel"), person(2, "Sauk", title="Colonel"), person(3, "Sauk")], ["12"]),
        ([person(1, "Sauk", title="Colonel"), person(2, "Sauk", title="Dr."), person(3, "Sauk", title="Dr.")], ["23"]),
        ([person(1, "Sauk", title="Colonel", of="army"), person(2, "Sauk", title="Colonel", of="navy")], []),
        # a town before a name, cut from a title
        ([person(1, "Ruvania Kester"), person(2, "Kester Malvane"), node(3, L, "Ruvania")], []),
        ([person(1, "Ruvania Kester"), person(2, "Ruvania Kester")], ["12"]),
    ],
)
def test_people(nodes: list[Node], expected: list[str]) -> None:
    assert together(*nodes) == expected


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([node(1, B, "Velna Hydro"), node(2, L, "Velna Hydro")], ["12"]),  # readers take one for the other
        ([node(1, B, "Velna Hydro"), node(2, "product", "Velna Hydro")], []),
        ([node(1, B, "Hospital"), node(2, B, "Hospital")], []),
        ([node(1, B, "Drusa Hospital"), node(2, B, "Drusa Hospital"), node(3, B, "Karst Hospital")], ["12"]),
        ([node(1, B, "Drusa Relief Committee", "Karst Mill"), node(2, B, "Karst Mill")], []),  # a stray name
        ([node(1, B, "Drusa Relief Committee", "Drusa Relief"), node(2, B, "Drusa Relief")], ["12"]),
        # acronyms
        ([node(1, B, "Drusa Relief Committee"), node(2, B, "D.R.C.")], []),
        ([node(1, B, "Drusa Relief Committee"), node(2, B, "Drc")], []),  # not in capitals
        ([node(1, "event", "Drusa Relief Committee"), node(2, B, "DRC")], []),
        # short names
        (
            [node(1, B, "Drusa Memorial Hospital"), node(2, B, "Drusa Memorial"), node(3, B, "Drusa Memorial Church")],
            [],
        ),
        ([node(1, B, "Drusa University"), node(2, B, "Drusa University Hospital")], []),
        ([node(1, L, "Drusa"), node(2, B, "Drusa Hospital")], []),
        ([node(1, B, "Sorbex"), node(2, B, "Sorbex Inc.")], ["12"]),
        ([node(1, B, "Sorbex"), node(2, B, "Sorbex Incorporated Drusa Works Limited")], []),
        # described by a name
        ([node(1, L, said=["the Drusa dam"]), node(2, L, said=["a Drusa dam"])], []),
        ([node(1, L, said=["the Drusa dam"]), node(2, L, said=["the Karst dam"])], []),
        ([node(1, L, said=["the dam"]), node(2, L, said=["the dam"])], []),
        ([node(1, "event", said=["the Drusa dam"]), node(2, "event", said=["the Drusa dam"])], []),
        ([node(1, L, said=["the Drusa dam of old days"]), node(2, L, said=["the Drusa dam of old days"])], []),
        # references
        ([node(1, L, "Drusa", ref="geonames:1"), node(2, L, "Drusetta", ref="geonames:1")], ["12"]),
        ([node(1, G, "Talvenians", ref="iso3166:TA"), node(2, G, "Talvenian", ref="iso3166:TA")], ["12"]),
    ],
)
def test_things(nodes: list[Node], expected: list[str]) -> None:
    assert together(*nodes) == expected


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([node(1, G, said=["Drusa police"]), node(2, G, said=["police"])], ["12"]),
        ([node(1, G, said=["Drusa police"]), node(2, B, "Drusa Police Department")], ["12"]),
        ([node(1, G, said=["Drusa police"]), node(2, G, said=["state police"])], []),
        ([node(1, G, said=["Drusa officials"]), node(2, G, said=["officials"])], []),  # of anywhere
        ([node(1, B, "Houston Heights Police"), node(2, B, "HHPD")], ["12"]),
        ([node(1, B, "Houston Heights Police"), node(2, B, "Harris Hill Police"), node(3, B, "HHPD")], []),
        ([node(1, B, said=["Talvenian army"]), node(1, L, "Talvenia", at=1), node(2, B, said=["the army"])], []),
        (
            [node(1, B, said=["Talvenia army"]), node(2, L, "Talvenia"), node(2, B, said=["the army"], at=1)],
            ["12"],
        ),
        ([node(1, B, said=["the army"]), node(2, B, said=["the army"])], []),
        ([node(1, G, said=["the police"]), node(2, G, said=["police"]), node(3, G, said=["the police"])], ["123"]),
        ([node(1, B, "Red Cross"), node(2, B, said=["the Red Cross mission"])], ["12"]),
        ([node(1, L, "Drusa"), node(2, B, said=["the Drusa mission"]), node(3, B, said=["the Drusa mission"])], ["23"]),
        # something else by name
        ([node(1, B, "Drusa Times", said=["Drusa police"]), node(2, G, said=["Drusa police"])], []),
    ],
)
def test_bodies(nodes: list[Node], expected: list[str]) -> None:
    assert together(*nodes) == expected


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([person(1, "Pavla Hemmerin", title="mayor"), node(2, P, said=["the mayor"])], ["12"]),
        ([person(1, "Pavla Hemmerin", title="mayor", of="Drusa"), node(2, P, said=["the mayor of Drusa"])], ["12"]),
        ([person(1, "Pavla Hemmerin", title="mayor", of="Drusa"), node(2, P, said=["the mayor of Karst"])], []),
        ([person(1, "Pavla Hemmerin", title="mayor", of="Drusa"), node(2, P, said=["the mayor"])], []),
        (
            [
                person(1, "Pavla Hemmerin", title="mayor", of="Drusa"),
                node(2, L, "Drusa"),
                node(2, P, said=["the mayor"], at=1),
            ],
            ["12"],
        ),
        ([person(1, "Pavla Hemmerin", title="mayor"), node(2, P, said=["a mayor"])], []),
        ([person(1, "Pavla Hemmerin", title="mayor"), node(2, P, said=["the former mayor"])], []),
        ([person(1, "Pavla Hemmerin", title="mayor"), node(2, P, said=["the deputy mayor"])], []),
        ([person(1, "Pavla Hemmerin", title="mayor"), node(2, P, said=["the 3 mayors"])], []),
        ([person(1, "Pavla Hemmerin", title="mayor's aide"), node(2, P, said=["the mayor"])], []),
        (
            [
                person(1, "Edrin Sauk", title="head of the emergency service"),
                node(2, P, said=["the head of the emergency service"]),
            ],
            ["12"],
        ),
        (
            [
                person(1, "Pavla Hemmerin", title="mayor"),
                person(2, "Radim Kolvar", title="former mayor"),
                node(3, P, said=["the mayor"]),
            ],
            ["13"],
        ),
    ],
)
def test_offices(nodes: list[Node], expected: list[str]) -> None:
    assert together(*nodes) == expected


def test_what_people_ruled_comes_before_all_rules() -> None:
    a, b, c = person(1, "Edrin Sauk"), person(2, "Sauk"), person(3, "Ivo Strannik")
    assert groups([a, b, c], same=[(a.record, a.record)]) == groups([a, b, c])
    assert groups([a, b, c], same=[(a.record, (9, "e9"))]) == groups([a, b, c])
    assert frozenset({b.record, c.record}) in groups(
        [a, b, c], same=[(c.record, b.record)], apart=[(a.record, b.record)]
    )


def test_the_name_and_type_of_many() -> None:
    def best(*nodes: Node) -> tuple[str, str, str | None]:
        (found,) = (one for one in people_of(nodes) if len(one.nodes) > 1 or len(nodes) == 1)
        return found.name, found.type, found.ref

    assert best(person(1, "Sauk"), person(2, "Edrin Sauk"), person(3, "Sauk")) == ("Edrin Sauk", P, None)
    assert best(node(1, B, "VELNA HYDRO"), node(2, B, "Velna Hydro")) == ("Velna Hydro", B, None)
    assert best(node(1, B, "Velna Hydro"), node(2, L, "Velna Hydro"), node(3, L, "Velna Hydro"))[1] == L
    assert best(node(1, G, said=["police"]), node(2, G, said=["Drusa police"]))[0] == "Drusa police"
    assert (
        best(node(1, L, "Seoul", ref="iso3166:KR"), node(2, "country", "South Korea", ref="iso3166:KR"))[2]
        == "iso3166:KR"
    )
    assert best(node(1, B, "Velna Hydro")) == ("Velna Hydro", B, None)


# Evidence beyond a story


def keys(
    *nodes: Node, publishers: dict[int, str] | None = None, authors: dict[int, str] | None = None
) -> dict[str, set[str]]:
    """The rules of the keys that each person offers, by name."""
    people = people_of(nodes)
    documents = sorted({n.document for n in nodes})
    members = [Member(d, f"h{d}", None, (publishers or {}).get(d), None, None, f"h{d}") for d in documents]
    found = keys_of(people, members, authors or {})
    return {one.name: {key.rule for key in some} for one, some in zip(people, found, strict=True)}


TOWN = node(1, L, "Drusa", ref="geonames:1", at=9)


@pytest.mark.parametrize(
    ("nodes", "name", "expected"),
    [
        ([person(1, "Edrin Sauk")], "Edrin Sauk", set()),  # a full name alone is none
        ([person(1, "Edrin Sauk", title="President")], "Edrin Sauk", {"office"}),
        ([person(1, "Edrin Sauk", title="interior minister")], "Edrin Sauk", {"office"}),
        ([person(1, "Edrin Sauk", title="mayor")], "Edrin Sauk", set()),
        ([person(1, "Edrin Sauk", title="mayor", of="Drusa")], "Edrin Sauk", {"title"}),
        ([person(1, "Edrin Sauk", title="mayor"), TOWN], "Edrin Sauk", {"title in a place"}),
        ([person(1, "Edrin Sauk", title="mayor", of="the city"), TOWN], "Edrin Sauk", {"title in a place"}),
        ([person(1, "Sauk", title="President")], "Sauk", set()),
        ([person(1, "Edrin Sauk"), person(1, "Ann Lee", title="22", at=1), TOWN], "Edrin Sauk", {"named with"}),
        ([person(1, "Edrin Sauk"), person(1, "Ann Lee", title="22", at=1)], "Edrin Sauk", set()),  # nowhere
        (
            [person(1, "Edrin Sauk"), person(1, "Ann Lee", at=1), TOWN],
            "Edrin Sauk",
            set(),
        ),  # who neither speaks nor holds a title
        ([person(1, "Edrin Sauk"), person(2, "Ann Lee", title="22"), TOWN], "Edrin Sauk", set()),  # in another text
        ([node(1, L, "Drusa", ref="geonames:1")], "Drusa", {"reference"}),
        ([node(1, B, "Velna Hydro")], "Velna Hydro", {"name"}),
        ([node(1, B, "Sorbex")], "Sorbex", set()),
        ([node(1, B, "Sorbex"), TOWN], "Sorbex", {"name and place"}),
        ([node(1, B, "Fox 8"), TOWN], "Fox 8", {"name and place"}),
        ([node(1, "product", "Velna Hydro"), TOWN], "Velna Hydro", set()),
        ([node(1, "facility", "Ford Explorer"), TOWN], "Ford Explorer", set()),  # a kind of thing
        ([node(1, B, "Police"), TOWN], "Police", set()),
        ([node(1, G, said=["Drusa police"]), TOWN], "Drusa police", {"body of a place"}),
        ([node(1, G, said=["Karst police"])], "Karst police", set()),
        (
            [node(1, G, said=["Karst police"]), node(1, L, "North", ref="iso3166-2:TA-N", at=8)],
            "Karst police",
            {"body of a place"},
        ),
        (
            [node(1, L, "Upper Karst"), node(1, L, "North", ref="iso3166-2:TA-N", at=8)],
            "Upper Karst",
            {"name and place"},
        ),
    ],
)
def test_what_is_offered_as_evidence(nodes: list[Node], name: str, expected: set[str]) -> None:
    assert keys(*nodes)[name] == expected


def test_a_byline_is_evidence_within_one_outlet() -> None:
    sauk = person(1, "Edrin Sauk")
    assert keys(sauk, publishers={1: "Courier"}, authors={1: "By Edrin Sauk"})["Edrin Sauk"] == {"byline"}
    assert keys(sauk, publishers={1: "Courier"}, authors={1: "By Ann Sauk"})["Edrin Sauk"] == set()
    assert keys(sauk, publishers={1: "Courier"}, authors={1: "By Edrin Lee"})["Edrin Sauk"] == set()
    assert keys(sauk, authors={1: "By Edrin Sauk"})["Edrin Sauk"] == set()
    assert keys(sauk, publishers={1: "Courier"})["Edrin Sauk"] == set()


def test_evidence_is_the_same_in_every_story_and_tells_two_of_one_story_apart() -> None:
    assert evidence("office", "a", "b") == evidence("office", "a", "b")
    assert evidence("office", "a", "b") != evidence("office", "ab")
    assert evidence("office", "a") != evidence("title", "a")
    one, other = (
        keys_of(people_of([person(1, "Edrin Sauk", title=title)]), [], {}) for title in ("President", "the President")
    )
    assert one == other != [set()]
    two = [Person((person(n, "Edrin Sauk", title="President"),), P, "Edrin Sauk", None, ()) for n in (1, 2)]
    assert keys_of(two, [], {}) == [set(), set()]  # what both would offer tells nothing
