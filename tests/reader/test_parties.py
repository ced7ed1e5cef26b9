"""The cast of a document: parties found again by reference, form and spelling, and turned into entities and mentions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.entities.parties import Cast, Party
from onrecord.reader.gazetteer import fold
from onrecord.records import EntityType, Mention, Role, Span


def cast_of(*parties: tuple[EntityType, str]) -> Cast:
    """One party a name, mentioned in this order."""
    cast = Cast()
    for at, (kind, name) in enumerate(parties):
        party = cast.add(Party(kind))
        cast.write(party, name)
        cast.join(party, at, Span(at * 10, at * 10 + 5), "name")
    return cast


@pytest.mark.parametrize(
    ("kind", "name", "form"),
    [
        ("person", "Mark Rutte", "Rutte"),
        ("person", "Mark Rutte", "Rütte"),
        ("person", "Mark Rutte", "Mr Rutte"),
        ("person", "Rutte", "Mark Rutte"),
        ("person", "Volodymyr Zelensky", "Zelenskyy"),
        ("person", "Gerhard Schröder", "Schroeder"),
        ("person", "Müller", "Mueller"),
        ("person", "Mohammed", "Muhammed"),
        ("organisation", "World Health Organisation", "WHO"),
        ("organisation", "WHO", "World Health Organisation"),
        ("organisation", "Ministry of Defence", "MOD"),
        ("organisation", "Supreme Court", "Supreme Court of Cassation"),
        ("organisation", "Saudi Civil Defense Authority", "Civil Defense Authority"),
        ("organisation", "World Health Organization", "World Health Organisation"),
        ("place", "Kurshchyna", "Kurshchina"),
        ("product", "Harbour Navigator 6", "HN6"),
    ],
)
def test_another_form_of_a_name_finds_its_party(kind: EntityType, name: str, form: str) -> None:
    assert cast_of((kind, name)).of_similar(form, kind) == 0


@pytest.mark.parametrize(
    ("kind", "name", "form"),
    [
        ("person", "Vladimir Putin", "Lyudmila Putin"),
        ("person", "Mark Rutte", "Mark Milley"),
        ("person", "Mark Rutte", "Kim"),
        ("organisation", "Supreme Court", "Court"),
        ("organisation", "World Health Organisation", "WTO"),
        ("organisation", "Ministry of Defence", "Ministry of Finance"),
        ("product", "Harbour Navigator 6", "HN"),
    ],
)
def test_another_name_does_not(kind: EntityType, name: str, form: str) -> None:
    assert cast_of((kind, name)).of_similar(form, kind) is None


def test_a_party_of_another_type_is_another() -> None:
    cast = cast_of(("organisation", "Washington Post"), ("person", "Washington"))
    assert cast.of_form("Washington", "organisation") is None
    assert cast.of_form("washington", "person") == 1
    assert cast.of_similar("Washington Post", "person") == 1


def test_of_two_candidates_the_one_mentioned_last() -> None:
    cast = cast_of(("person", "Kim Jong Un"), ("person", "Kim Yo Jong"))
    assert cast.of_similar("Kim", "person") == 1
    cast.join(0, 30, Span(300, 303), "name")
    assert cast.of_similar("Kim", "person") == 0


def test_a_party_with_a_reference_is_found_by_it_and_not_by_its_spelling() -> None:
    cast = Cast()
    country = cast.add(Party("country", ref="iso3166:NE", canonical="Niger"))
    cast.write(country, "Niger")
    people = cast.add(Party("people", ref="iso3166:NE", canonical="Nigeriens"))
    assert cast.of_ref("iso3166:NE") == country
    assert cast.of_ref("iso3166:NE", people=True) == people
    assert cast.of_ref("iso3166:NG") is None
    assert cast.of_similar("Niger", "country") is None


def test_the_best_name_is_the_fullest_then_the_commonest() -> None:
    cast = cast_of(("person", "Rutte"))
    for form in ("Mark Rutte", "Rutte", "Mark Rütte", "Mark Rütte"):
        cast.write(0, form)
    (entity,) = cast.entities()
    assert entity.name == "Mark Rütte"
    assert entity.aliases == ("Rutte", "Mark Rutte")


def test_the_gazetteers_name_is_the_best_name() -> None:
    cast = Cast()
    party = cast.add(Party("country", ref="iso3166:KP", canonical="North Korea"))
    cast.write(party, "Pyongyang")
    cast.join(party, 0, Span(0, 9), "metonym")
    (entity,) = cast.entities()
    assert (entity.name, entity.aliases, entity.ref) == ("North Korea", ("Pyongyang",), "iso3166:KP")


def test_a_party_without_a_name_is_called_by_its_description() -> None:
    cast = Cast()
    party = cast.add(Party("people"))
    cast.parties[party].describe("rescue workers")
    cast.parties[party].describe("workers")
    cast.parties[party].describe("workers")
    cast.join(party, 1, Span(0, 14), "nominal")
    (entity,) = cast.entities()
    assert (entity.id, entity.type, entity.name, entity.aliases) == ("e1", "people", "rescue workers", ("workers",))


def test_entities_keep_each_role_once() -> None:
    role = Role("president", "Ruvania", Span(0, 9))
    cast = cast_of(("person", "Orlan"))
    cast.parties[0].roles += [role, role]
    assert cast.entities()[0].roles == (role,)


def test_mentions_in_text_order_each_once() -> None:
    cast = cast_of(("person", "Orlan"), ("person", "Hemmerin"))
    cast.join(0, 7, Span(70, 72), "pronoun")
    cast.join(0, 7, Span(70, 72), "pronoun")
    cast.join(1, 4, Span(40, 48), "nominal")
    assert cast.mentions() == (
        Mention(Span(0, 5), "e1", "name"),
        Mention(Span(10, 15), "e2", "name"),
        Mention(Span(40, 48), "e2", "nominal"),
        Mention(Span(70, 72), "e1", "pronoun"),
    )


NAMES = st.lists(
    st.sampled_from(["Orlan", "Örlan", "Pavla", "P.", "Hemmerin", "Kim", "al-Din", "’t"]), min_size=1, max_size=3
)


@given(st.lists(NAMES.map(" ".join), min_size=1, max_size=6))
def test_a_party_is_always_found_by_its_own_form(names: list[str]) -> None:
    cast = cast_of(*(("person", name) for name in names))
    for name in names:
        found = cast.of_form(name, "person")
        assert found is not None
        assert fold(name) in {fold(form) for form in cast.parties[found].names}


@given(NAMES.map(" ".join), NAMES.map(" ".join), st.sampled_from(["person", "organisation"]))
def test_similarity_is_mutual(a: str, b: str, kind: EntityType) -> None:
    assert (cast_of((kind, a)).of_similar(b, kind) is None) == (cast_of((kind, b)).of_similar(a, kind) is None)


def test_a_party_whose_mentions_were_all_somebody_elses_is_left_out() -> None:
    cast = cast_of(("person", "Orlan"), ("person", "Hemmerin"))
    cast.parties[0].mentions.clear()
    assert [e.id for e in cast.entities()] == ["e2"], "the ids of the others stay"


def test_a_role_written_in_two_ways_is_one() -> None:
    cast = cast_of(("person", "Orlan"))
    cast.parties[0].roles += [Role("President", "Ruvania", Span(0, 9)), Role("president", "Ruvania", Span(40, 49))]
    cast.parties[0].roles.append(Role("president", None, Span(60, 69)))
    assert [(r.title, r.of) for r in cast.entities()[0].roles] == [("President", "Ruvania"), ("president", None)]


def test_people_who_share_a_surname_are_two() -> None:
    cast = Cast()
    for at, name in enumerate(("Bela Orlan", "Orlan")):
        party = cast.of_similar(name, "person")
        party = party if party is not None else cast.add(Party("person"))
        cast.write(party, name)
        cast.join(party, at, Span(at, at + 1), "name")
    assert cast.of_similar("Hilda Orlan", "person") is None
    assert cast.of_similar("Orlan", "person") == 0


@pytest.mark.parametrize(
    ("name", "form", "same"),
    [
        ("Halden Inc.", "Halden", True),
        ("Halden Motor Company", "Halden", True),
        ("Halden Motors", "Halden Stores", False),
        ("Halden Group", "Halden Foundation", False),
    ],
)
def test_a_company_without_its_legal_form_or_trade(name: str, form: str, same: bool) -> None:
    cast = Cast()
    party = cast.add(Party("organisation"))
    cast.write(party, name)
    cast.join(party, 0, Span(0, 1), "name")
    assert (cast.of_similar(form, "organisation") == party) is same
