"""Names, titles, offices and bodies as words: what each is taken apart into, and what two of them have in common."""

from __future__ import annotations

import pytest
from tests.ledger.identity.people import apart, groups, node, one

from onrecord.ledger.identity.bodies import Body, body_of
from onrecord.ledger.identity.nodes import Node
from onrecord.ledger.identity.offices import office_held
from onrecord.ledger.identity.persons import main_name
from onrecord.ledger.identity.spelling import alike_first, name_words, person_name, skeleton
from onrecord.ledger.identity.titles import ages_of, former, gender_of_node, heads_of, office_of, title_words, titles_of

P, B, L, G = "person", "organisation", "place", "people"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ann Lee", ("ann", "lee")),
        ("Ann Lee's", ("ann", "lee")),
        ("O'Brien", ("obrien",)),
        ("O’Brien", ("obrien",)),
        ("Smith-Jones", ("smithjones",)),
        ("Rock 'n' Roll", ("rock", "n", "roll")),
        ("the Kremlin", ("kremlin",)),
        ("", ()),
    ],
)
def test_the_words_of_a_name(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("one_way", "other"),
    [
        ("zelensky", "zelenskyy"),
        ("zelensky", "zelenskij"),
        ("schmidt", "shmidt"),
        ("chaikovski", "tchaikovsky"),
        ("mikhail", "mihail"),
        ("philip", "filip"),
        ("becker", "beker"),
        ("mueller", "muller"),
        ("goebel", "gobel"),
        ("saevar", "savar"),
        ("sergei", "sergej"),
        ("anna", "ana"),
        ("andrei", "andri"),
    ],
)
def test_romanisations_that_are_one_word(one_way: str, other: str) -> None:
    assert skeleton(one_way) == skeleton(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("joe", "jo"),  # an umlaut takes five letters
        ("suez", "suz"),
        ("lei", "li"),  # and "ei" a beginning
        ("sauk", "sauh"),
        ("ann", "anne"),
    ],
)
def test_words_that_are_two(word: str, other: str) -> None:
    assert skeleton(word) != skeleton(other)


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("volodymyr", "vladimir", True),
        ("bill", "william", True),
        ("ted", "edward", True),
        ("ted", "theodore", True),
        ("edward", "theodore", False),
        ("andrew", "andrii", True),
        ("anna", "ana", True),
        ("xaver", "ylva", False),
        ("mark", "marc", False),
    ],
)
def test_first_names_that_are_one(a: str, b: str, alike: bool) -> None:
    assert alike_first(a, b) is alike


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # first, middle, last, suffix, title
        ("Edrin Sauk", ("edrin", (), "sauk", None, ())),
        ("Gerod T. Ward", ("gerod", ("t",), "ward", None, ())),
        ("Ursula von der Leyen", ("ursula", (), "leyen", None, ())),
        ("von der Leyen", (None, (), "leyen", None, ())),
        ("Sauk", (None, (), "sauk", None, ())),
        ("Colonel Edrin Sauk", ("edrin", (), "sauk", None, ("colonel",))),
        ("Colonel Sauk", (None, (), "sauk", None, ("colonel",))),
        ("Prime Minister Oltan Brezik", ("oltan", (), "brezik", None, ("prime", "minister"))),
        ("Mayor", (None, (), "mayor", None, ())),
        ("Justice Smith", ("justice", (), "smith", None, ())),
        ("Pavla Hemmerin Mayor", ("pavla", (), "hemmerin", None, ("mayor",))),
        ("Ann Mayor", ("ann", (), "mayor", None, ())),
        ("Ron Gaines Jr.", ("ron", (), "gaines", "jr", ())),
        ("Gaines III", (None, (), "gaines", "iii", ())),
        ("Jr", (None, (), "jr", None, ())),
        ("Aunt Mary", (None, (), "mary", None, ("aunt",))),
        ("J. Sosa", ("j", (), "sosa", None, ())),
    ],
)
def test_a_name_taken_apart(name: str, expected: tuple[object, ...]) -> None:
    found = person_name(name)
    assert found is not None
    assert (found.first, found.middle, found.last, found.suffix, found.title) == expected


@pytest.mark.parametrize("name", ["", "  ", "the mayor", "Fox 8", "J.", "A B", "123", "…"])
def test_what_is_no_name_of_a_person(name: str) -> None:
    assert person_name(name) is None


def test_a_name_written_together_is_the_same() -> None:
    whole = {person_name(name).whole for name in ("Kim Jong-un", "Kim Jong Un", "KIM JONGUN")}  # type: ignore[union-attr]
    assert len(whole) == 1


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Mr. Sauk", "he"), ("Mrs. Edrin Sauk", "she"), ("Mary Lee", "she"), ("Xq Lee", None), ("Lee", None)],
)
def test_the_sex_that_a_name_tells(name: str, gender: str | None) -> None:
    found = person_name(name)
    assert found is not None
    assert found.gender == gender


def test_the_fullest_name_of_a_document() -> None:
    def main(*names: str) -> str | None:
        found = main_name(node(1, P, *names))
        return None if found is None else found[1].text

    assert main("Sauk", "Edrin Sauk") == "Edrin Sauk"
    assert main("Edrin Sauk", "Edrin K. Sauk") == "Edrin Sauk"  # its best name first
    assert main("Sauk", "Col. Sauk") == "Sauk"
    assert main("Ron Gaines", "Ron Gaines Jr.") == "Ron Gaines Jr."
    assert main("Ron Gaines", "Don Gaines Jr.") == "Ron Gaines"
    assert main("12") is None
    assert main_name(node(1, P, said=["the mayor"])) is None


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Lt.", {"lieutenant"}),
        ("Minister of Defense", {"minister", "defence"}),
        ("defence minister", {"minister", "defence"}),
        ("Premier", {"prime", "minister"}),
        ("acting police chief", {"police", "chief"}),
        ("spokeswoman", {"spokesperson"}),
        ("Mr.", set()),
        ("21", set()),
        ("one victim", set()),
        ("pastor", {"pastor"}),
    ],
)
def test_the_words_that_tell_a_title(title: str, words: set[str]) -> None:
    assert title_words(title) == words


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("police spokesperson", {"spokesperson"}),
        ("police chief", {"chief"}),
        ("brother", set()),
        ("pastor", {"pastor"}),
        ("board chairman", {"chair"}),
    ],
)
def test_the_words_of_a_title_that_are_titles(title: str, heads: set[str]) -> None:
    assert heads_of(title_words(title)) == heads


@pytest.mark.parametrize(
    ("title", "of", "office"),
    [
        ("mayor", "Drusa", "mayor"),
        ("deputy mayor", "Drusa", None),
        ("vice president", None, None),
        ("assistant police chief", None, None),
        ("police chief", None, "police chief"),
        ("chief", None, None),
        ("Minister of Defense", None, "defence minister"),
        ("Minister", "Internal Affairs", "interior minister"),
        ("Minister", None, None),
        ("colonel", None, None),
        ("sheriff's sergeant", None, None),
        ("secretary general", None, "secretary general"),
        ("head of emergency service", None, "head of emergency service"),
        ("head", "the emergency service", "head of emergency service"),
        ("head", "Velna Hydro", None),
        ("21", None, None),
    ],
)
def test_the_office_that_a_role_is(title: str, of: str | None, office: str | None) -> None:
    assert office_held(title, of) == office


def test_an_office_is_the_most_of_it_that_the_words_tell() -> None:
    assert office_of(frozenset({"police", "chief"})) == "police chief"
    assert office_of(frozenset({"deputy", "police", "chief"})) is None
    assert office_of(frozenset({"prime", "minister"})) == "minister prime"
    assert office_of(frozenset()) is None


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("former mayor", True),
        ("ex-mayor", True),
        ("then mayor", True),
        ("retired general", True),
        ("mayor", False),
        ("formal head", False),
    ],
)
def test_offices_that_were_left(title: str, left: bool) -> None:
    assert former(title) is left


@pytest.mark.parametrize(
    ("roles", "ages"),
    [
        (["22"], {22}),
        (["a 16-year-old girl"], {16}),
        (["16 years old"], {16}),
        (["mayor"], set()),
        (["$22", "22,000", "2.5", "22%"], set()),
        (["122"], set()),
        ([f"22 {'x' * 36}"], {22}),
        ([f"22 {'x' * 37}"], set()),
    ],
)
def test_the_ages_that_roles_give(roles: list[str], ages: set[int]) -> None:
    assert ages_of(node(1, P, "Ann Lee", roles=[(title, None) for title in roles])) == ages


def test_the_titles_and_the_sex_of_somebody() -> None:
    colonel = node(1, P, "Colonel Sauk", roles=[("Lt.", None), ("22", None)])
    assert titles_of(colonel) == [frozenset({"lieutenant"}), frozenset({"colonel"})]
    assert gender_of_node(node(1, P, "Xq Lee", roles=[("spokeswoman", None)])) == "she"
    assert gender_of_node(node(1, P, "Mary Lee")) == "she"
    assert gender_of_node(node(1, P, "Xq Lee")) is None


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Houston police", Body("police", "houston")),
        ("Houston Police Department", Body("police", "houston")),
        ("HPD", Body("police", "hpd")),
        ("HPD.", Body("police", "hpd")),
        ("PD", None),
        ("police", Body("police", None)),
        ("the police", Body("police", None)),
        ("two detectives", None),
        ("angry detectives", None),
        ("the state police", Body("state police", None)),
        ("Michigan State Police", Body("state police", "michigan")),
        ("airport police", Body("airport police", None)),
        ("Ministry of Defense of Talvenia", Body("defence ministry", "talvenia")),
        ("the Ministry of Internal Affairs", Body("interior ministry", None)),
        ("the foreign ministry of Ruvania", Body("foreign ministry", "ruvania")),
        ("the government of Talvenia", Body("government", "talvenia")),
        ("Talvenian government", Body("government", "talvenian")),
        ("city officials", None),
        ("officials", Body("officials", None)),
        ("Drusa officials", Body("officials", "drusa")),
        ("Velna Hydro", None),
        ("the Ministry of Silly Walks", None),
    ],
)
def test_the_body_that_words_name(words: str, body: Body | None) -> None:
    assert body_of(words) == body


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param(
            [node(1, P, "Mike Horak", roles=[("22", None)]), node(2, P, "Michael Horak", roles=[("22", None)])],
            id="age",
        ),
        pytest.param(
            [node(1, P, "Ron Gaines", roles=[("19", None)]), node(2, P, "Ron Gaines", roles=[("26", None)])],
            id="ages near",
        ),
        pytest.param(
            [node(1, P, "Gerod T. Ward"), node(2, P, "Gerod Thomas Ward")], id="an initial of the middle name"
        ),
        pytest.param([node(1, P, "Gaines Jr."), node(2, P, "Gaines Jr.")], id="a surname with the suffix"),
        pytest.param(
            [node(1, P, "Sauk", roles=[("Colonel", None)]), node(2, P, "Sauk", roles=[("Col.", None)])],
            id="a title and a surname",
        ),
        pytest.param(
            [
                node(1, P, "Edrin Sauk", roles=[("Colonel", "the army")]),
                node(2, P, "Sauk", roles=[("Colonel", "army")]),
            ],
            id="a title held in one thing",
        ),
        pytest.param([node(1, B, "Ford"), node(2, B, "Ford Motor Company")], id="a company"),
        pytest.param([node(1, B, "Organisation for Safe Dams"), node(2, B, "OSD")], id="an acronym"),
        pytest.param([node(1, B, "emergency service"), node(2, B, "Talvenian emergency service")], id="the only one"),
        pytest.param([node(1, B, "OSCE"), node(2, B, said=["the OSCE mission"])], id="a mission of a body"),
    ],
)
def test_is_one(nodes: list[Node]) -> None:
    assert one(*nodes)


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param(
            [node(1, P, "Mike Horak", roles=[("22", None)]), node(2, P, "Michael Horak", roles=[("23", None)])],
            id="age",
        ),
        pytest.param(
            [node(1, P, "Ron Gaines", roles=[("19", None)]), node(2, P, "Ron Gaines", roles=[("27", None)])],
            id="ages apart",
        ),
        pytest.param([node(1, P, "Gerod Tim Ward"), node(2, P, "Gerod Thomas Ward")], id="middle names differ"),
        pytest.param([node(1, P, "Gerod T. Ward"), node(2, P, "Gerod T. K. Ward")], id="more middle names"),
        pytest.param([node(1, P, "Jesus Sosa"), node(2, P, "K. Sosa")], id="another initial"),
        pytest.param(
            [node(1, P, "Sauk", roles=[("Colonel", None)]), node(2, P, "Sauk", roles=[("Dr.", None)])],
            id="titles differ",
        ),
        pytest.param(
            [
                node(1, P, "Edrin Sauk", roles=[("Colonel", "the army")]),
                node(2, P, "Sauk", roles=[("Colonel", "the navy")]),
            ],
            id="a title held in something else",
        ),
        pytest.param(
            [node(1, P, "Sauk", roles=[("Colonel", None)]), node(1, P, "Sauk", roles=[("Colonel", None)], at=1)],
            id="one text has two of the name",
        ),
        pytest.param(
            [node(1, P, "Oleh Zelensky"), node(1, P, "Oleh Zelenskyy", at=1)], id="one text has two spellings"
        ),
        pytest.param(
            [node(1, B, "Jackson Memorial Hospital"), node(2, L, "Jackson Memorial")], id="a place of that name"
        ),
        pytest.param([node(1, B, "DR"), node(2, B, "Drusa Relief")], id="an acronym of two letters"),
        pytest.param([node(1, "event", "Drusa Relief"), node(2, B, "Drusa Relief")], id="an event of that name"),
        pytest.param([node(n, B, said=["the army"]) for n in (1, 2)], id="armies of no named country"),
    ],
)
def test_is_not_one(nodes: list[Node]) -> None:
    assert apart(*nodes)


def test_an_acronym_that_two_spell_out_is_neither() -> None:
    nodes = [node(1, B, "Drusa Relief Committee"), node(2, B, "Dam Repair Company"), node(3, B, "DRC")]
    assert apart(*nodes)


def test_a_name_of_two_references_is_neither_without_one() -> None:
    nodes = [node(1, L, "Columbus", ref="geonames:1"), node(2, L, "Columbus", ref="geonames:2"), node(3, L, "Columbus")]
    assert apart(*nodes)
    assert groups([nodes[0], nodes[2]]) == {frozenset({nodes[0].record, nodes[2].record})}
