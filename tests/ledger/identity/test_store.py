"""Identity in the ledger: what is written for a story, what links stories, who answers for a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select
from tests.ledger.identity.people import Told, report
from tests.thorough import tries

from onrecord.ledger import queries
from onrecord.ledger import schema as t
from onrecord.ledger.database import open_engine, writing
from onrecord.ledger.identity import speaking
from onrecord.ledger.identity.store import casts_of, forget, refresh, within
from onrecord.ledger.identity.tables import merges, people, person_keys, person_members
from onrecord.ledger.identity.who import who
from onrecord.ledger.ids import derived_id
from onrecord.ledger.queries import Asked
from onrecord.ledger.scene import Member, Rulings, Scene
from onrecord.ledger.store import write
from onrecord.reading import Reading

P, L, G = "person", "place", "people"


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = open_engine(":memory:", create=True, read_only=False)
    with writing(engine, "memory") as connection:
        yield connection
    engine.dispose()


def put(connection: Connection, *readings: Reading) -> list[int]:
    numbers = []
    for reading in readings:
        write(connection, [(reading, "")])
        c = t.documents.c
        numbers.append(connection.execute(select(c.id).where(c.hash == reading.document.id)).scalar_one())
    return numbers


def scene(connection: Connection, story: int, documents: Sequence[int], rulings: Rulings | None = None) -> Scene:
    c = t.documents.c
    rows = connection.execute(select(t.documents).where(c.id.in_(documents)).order_by(c.day_first, c.hash)).all()
    members = tuple(Member(r.id, r.hash, r.title, r.publisher, r.published, r.day_first, r.hash) for r in rows)
    return Scene(story, members, rulings or Rulings())


def contents(connection: Connection) -> dict[str, Any]:
    """All that identity has written, by what it means and not by the numbers of rows."""
    c, m, k, g, e, d = people.c, person_members.c, person_keys.c, merges.c, t.entities, t.documents.c
    member = select(c.identity, d.hash, e.c.key, m.cited).join_from(people, person_members)
    member = member.join(e, e.c.id == m.entity).join(t.documents, d.id == m.document)
    one, other = e.alias(), e.alias()
    merge = select(c.identity, g.rule, one.c.name, g.first_start, g.first_end, other.c.name, g.second_start)
    merge = merge.join_from(people, merges).join(one, one.c.id == g.first_entity)
    merge = merge.join(other, other.c.id == g.second_entity)
    rows = {
        "people": select(c.identity, c.name, c.type, c.ref, c.linked, c.sort),
        "members": member,
        "keys": select(c.identity, k.rule, k.value).join_from(people, person_keys),
        "merges": merge,
    }
    return {name: sorted(map(repr, connection.execute(query))) for name, query in rows.items()}


def told(*entities: tuple[str, str] | Told) -> list[Told]:
    return [(*entity, (), ()) if len(entity) == 2 else entity for entity in entities]  # type: ignore[misc]


CHIEF: Told = (P, "James Craig", [("Chief", "Detroit Police")], ())
DETROIT = report("Chief James Craig of Detroit Police spoke.", [CHIEF], day="2016-02-01")
DETROIT_LATER = report("A year on, Chief James Craig of Detroit Police spoke again.", [CHIEF], day="2017-02-01")
SUSPECT = report("Michael Johnson, 22, was held in Houston.", told((P, "Michael Johnson"), (L, "Houston")))
VICTIM = report("Michael Johnson was shot in Chicago.", told((P, "Michael Johnson"), (L, "Chicago")))


def tell(connection: Connection, *stories: Sequence[Reading]) -> None:
    for number, readings in enumerate(stories):
        changed = refresh(connection, [scene(connection, number, put(connection, *readings))])
        speaking.refresh(connection, changed)


def test_one_title_at_one_body_is_one_person_of_two_stories(connection: Connection) -> None:
    tell(connection, [DETROIT], [DETROIT_LATER])
    (craig,) = who(connection, "craig")
    assert craig.documents == (DETROIT.document.id, DETROIT_LATER.document.id)
    assert (craig.id, craig.statements) == (derived_id("p", DETROIT.document.id, "e1"), 2)
    assert (craig.first, craig.last) == ("2016-02-01", "2017-02-01")
    ((title, of, first, last),) = [(r.title, r.of, r.first, r.last) for r in craig.roles]
    assert (title, of, first, last) == ("Chief", "Detroit Police", "2016-02-01", "2017-02-01")
    (merge,) = craig.merges
    assert merge.rule == "across stories: title"
    assert merge.span.of(DETROIT.document.text) == merge.words == "James Craig"
    assert merge.other_span.of(DETROIT_LATER.document.text) == merge.other_words


def test_a_common_name_alone_is_no_evidence(connection: Connection) -> None:
    tell(connection, [SUSPECT], [VICTIM])
    rows = who(connection, "Michael Johnson")
    assert [row.documents for row in rows]
    assert len(rows) == 2
    assert len({row.id for row in rows}) == 2


def test_the_same_company_in_the_same_place_is_evidence(connection: Connection) -> None:
    with_place = {"Houston": "geonames:4699066"}
    people_named = told((P, "Ann Lopez"), (P, "Tyrone Hale"), (L, "Houston"))
    one = report("Ann Lopez and Tyrone Hale met in Houston.", people_named, refs=with_place)
    two = report("Tyrone Hale of Houston denies it, Ann Lopez said.", people_named, refs=with_place, day="2025-06-01")
    other = report(
        "Ann Lopez won in Houston.", told((P, "Ann Lopez"), (L, "Houston")), refs=with_place, day="2025-07-01"
    )
    tell(connection, [one], [two], [other])
    assert [len(row.documents) for row in who(connection, "Lopez")] == [2, 1]
    assert [len(row.documents) for row in who(connection, "Houston")] == [3]


def test_the_id_of_any_member_finds_its_person(connection: Connection) -> None:
    tell(connection, [DETROIT], [DETROIT_LATER])
    later = derived_id("p", DETROIT_LATER.document.id, "e1")
    assert who(connection, later) == who(connection, derived_id("p", DETROIT.document.id, "e1"))
    assert who(connection, "p000000000000") == []


def test_within_gives_every_entity_its_person_and_writes_nothing(connection: Connection) -> None:
    documents = put(connection, SUSPECT, VICTIM)
    found, names = within(connection, scene(connection, 1, documents))
    assert len(found) == 4
    assert set(found.values()) == set(names)
    assert connection.execute(select(people)).all() == []


def test_rulings_join_and_part_people_of_two_stories(connection: Connection) -> None:
    first, second = put(connection, SUSPECT, VICTIM)
    ruled = Rulings(same=frozenset({((first, "e1"), (second, "e1"))}))
    scenes = [scene(connection, 1, [first], ruled), scene(connection, 2, [second], ruled)]
    refresh(connection, scenes)
    (johnson,) = who(connection, "Michael Johnson")
    assert johnson.merges[0].rule == "across stories: ruled"
    refresh(connection, [scene(connection, 1, [first]), scene(connection, 2, [second])])
    assert len(who(connection, "Michael Johnson")) == 2


def test_a_ruling_parts_what_evidence_joined(connection: Connection) -> None:
    first, second = put(connection, DETROIT, DETROIT_LATER)
    ruled = Rulings(apart=frozenset({((first, "e1"), (second, "e1"))}))
    for number, document in enumerate((first, second)):
        refresh(connection, [scene(connection, number, [document], ruled)])
    assert len(who(connection, "James Craig")) == 2
    refresh(connection, [scene(connection, 0, [first]), scene(connection, 1, [second])])
    assert len(who(connection, "James Craig")) == 1


def test_who_joins_those_whom_a_ruling_parts_does_not_depend_on_who_came_first() -> None:
    """Of two who offer the same evidence and are ruled apart, a third is the one that is first by date, in any order."""
    chiefs = [
        report(f"In {year} Chief James Craig of Detroit Police spoke.", [CHIEF], day=f"{year}-02-01")
        for year in (2016, 2017, 2018)
    ]
    found = []
    for order in permutations(range(3)):
        engine = open_engine(":memory:", create=True, read_only=False)
        with writing(engine, "memory") as connection:
            numbers = put(connection, *chiefs)
            ruled = Rulings(apart=frozenset({((numbers[0], "e1"), (numbers[1], "e1"))}))
            for story in order:
                refresh(connection, [scene(connection, story, [numbers[story]], ruled)])
            found.append({row.documents for row in who(connection, "James Craig")})
        engine.dispose()
    first, second, third = (chief.document.id for chief in chiefs)
    assert found == [{(first, third), (second,)}] * 6


def test_ages_and_places_of_datelines_are_no_roles(connection: Connection) -> None:
    """A reader takes "Mirela Vantor, 47" and "SARMIN" for roles now and then, and "CEO" is one."""
    text = "SARMIN. Mirela Vantor, 47, CEO of Velna Hydro, said the dam held."
    roles = [("47", None), ("SARMIN", None), ("CEO", "Velna Hydro")]
    told: list[Told] = [(P, "Mirela Vantor", roles, []), (L, "Sarmin", [], ["SARMIN"])]
    refresh(connection, [scene(connection, 1, put(connection, report(text, told)))])
    (vantor,) = who(connection, "Vantor")
    assert [(role.title, role.of) for role in vantor.roles] == [("CEO", "Velna Hydro")]


def roles_of(connection: Connection, *titles: str) -> list[tuple[str, int, str | None, str | None]]:
    """The roles of Radim Kolvar, whom one article a day calls by one of these."""
    reports = [
        report(f"{title} Radim Kolvar spoke.", [(P, "Radim Kolvar", [(title, None)], ())], day=f"2025-03-{day}")
        for day, title in enumerate(titles, 10)
    ]
    tell(connection, reports)
    ((*roles,),) = [row.roles for row in who(connection, "Kolvar")]
    return [(role.title, role.documents, role.first, role.last) for role in roles]


def test_a_title_written_in_several_ways_is_one_role(connection: Connection) -> None:
    assert roles_of(connection, "Col.", "Colonel", "acting mayor", "mayor") == [
        ("Colonel", 2, "2025-03-10", "2025-03-11"),  # of words that as many documents write the longest
        ("acting mayor", 1, "2025-03-12", "2025-03-12"),  # not yet mayor
        ("mayor", 1, "2025-03-13", "2025-03-13"),
    ]


def test_a_role_is_told_as_most_documents_write_it(connection: Connection) -> None:
    assert roles_of(connection, "Col.", "Colonel", "Col.") == [("Col.", 3, "2025-03-10", "2025-03-12")]


def test_whose_a_role_is_is_no_pronoun(connection: Connection) -> None:
    roles = [("minister", "His"), ("mayor", "Drusa")]
    tell(
        connection,
        [report("Radim Kolvar, once minister, is mayor of Drusa. His dam held.", [(P, "Radim Kolvar", roles, ())])],
    )
    ((*roles_told,),) = [row.roles for row in who(connection, "Kolvar")]
    assert {(role.title, role.of) for role in roles_told} == {("minister", None), ("mayor", "Drusa")}


def test_former_roles_are_told_apart(connection: Connection) -> None:
    held: Told = (P, "Radim Kolvar", [("former mayor", "Drusa")], ())
    tell(connection, [report("Radim Kolvar, former mayor of Drusa, spoke.", [held])])
    ((role,),) = [row.roles for row in who(connection, "Kolvar")]
    assert (role.title, role.former) == ("former mayor", True)


STORIES = [
    [DETROIT],
    [DETROIT_LATER, report("Craig, the Detroit chief, said no more.", told((P, "Craig")), day="2017-02-02")],
    [report("Chief James Craig of Detroit Police was thanked.", [CHIEF], day="2015-01-01")],
    [SUSPECT, VICTIM],
    [report("Police in Houston said so.", told((L, "Houston"), (G, "Police")), day="2025-03-13")],
]


def test_any_order_of_stories_gives_the_same_people() -> None:
    found = []
    for order in permutations(range(len(STORIES))):
        engine = open_engine(":memory:", create=True, read_only=False)
        with writing(engine, "memory") as connection:
            tell(connection, *(STORIES[i] for i in order))
            found.append(contents(connection))
        engine.dispose()
    assert all(one == found[0] for one in found)
    assert found[0]["merges"]
    assert found[0]["keys"]


@settings(max_examples=tries(40, check=15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["take", "give", "again"]), st.integers(0, len(STORIES) - 1)), max_size=12))
def test_stories_that_go_and_come_back_leave_no_trace(steps: list[tuple[str, int]]) -> None:
    engine = open_engine(":memory:", create=True, read_only=False)
    with writing(engine, "memory") as connection:
        there = {i: put(connection, *STORIES[i]) for i in range(len(STORIES))}
        for number, documents in there.items():
            refresh(connection, [scene(connection, number, documents)])
        whole = contents(connection)
        for step, number in steps:
            if step == "take" and number in there:
                forget(connection, set(there[number]))
                connection.execute(delete(t.documents).where(t.documents.c.id.in_(there.pop(number))))
            elif step == "give" and number not in there:
                there[number] = put(connection, *STORIES[number])
                refresh(connection, [scene(connection, number, there[number])])
            elif step == "again" and number in there:
                refresh(connection, [scene(connection, number, there[number])])
        left = contents(connection)
        for number in set(range(len(STORIES))) - set(there):
            refresh(connection, [scene(connection, number, put(connection, *STORIES[number]))])
        assert contents(connection) == whole
    engine.dispose()
    fresh = open_engine(":memory:", create=True, read_only=False)
    with writing(fresh, "memory") as connection:
        tell(connection, *(STORIES[i] for i in sorted(there)))
        assert contents(connection) == left
    fresh.dispose()


def test_documents_may_come_one_by_one(connection: Connection) -> None:
    """A story that grows is told anew each time; its people are those of the whole story told at once."""
    readings = STORIES[1]
    tell(connection, STORIES[0], readings)
    whole = contents(connection)
    engine = open_engine(":memory:", create=True, read_only=False)
    with writing(engine, "memory") as grown:
        tell(grown, STORIES[0])
        documents: list[int] = []
        for reading in reversed(readings):
            documents += put(grown, reading)
            refresh(grown, [scene(grown, 1, documents)])
        assert contents(grown) == whole
    engine.dispose()


def test_casts_that_were_computed_are_taken(connection: Connection) -> None:
    told_once = scene(connection, 7, put(connection, DETROIT))
    casts = casts_of(connection, [told_once])
    refresh(connection, [told_once], casts)
    assert {row.name for row in who(connection, "Craig")} == set(casts[7].names().values())


def test_only_those_are_somebody_else_who_are_linked_to_another_id(connection: Connection) -> None:
    """A later story of somebody who is known changes nothing about earlier ones; an earlier one gives all another id."""
    last = report("Chief James Craig of Detroit Police resigned.", [CHIEF], day="2018-02-01")
    changed = []
    for story, reading in enumerate((DETROIT_LATER, last, DETROIT)):
        refreshed = refresh(connection, [scene(connection, story, put(connection, reading))])
        e, d = t.entities.c, t.documents.c
        documents = select(d.hash).join_from(t.entities, t.documents).where(e.id.in_(refreshed))
        changed.append(set(connection.execute(documents).scalars()))
    ids = [reading.document.id for reading in (DETROIT_LATER, last, DETROIT)]
    assert changed == [{ids[0]}, {ids[1]}, {*ids}]


def test_two_of_one_name_are_two_speakers(connection: Connection) -> None:
    tell(connection, [SUSPECT], [VICTIM])
    speakers = [row for row in speaking.listed_speakers(connection) if row.name == "Michael Johnson"]
    assert {row.key for row in speakers} == {row.id for row in who(connection, "Michael Johnson")}
    for row in speakers:
        (said,) = queries.statements(connection, Asked(speaker=row.key))
        assert said.speaker_key == row.key
    assert len(queries.statements(connection, Asked(speaker="johnson"))) == 2


def test_who_gives_those_with_the_most_statements_first(connection: Connection) -> None:
    more = report("Tyrone Johnson spoke.", told((P, "Tyrone Johnson")))
    tell(connection, [SUSPECT], [VICTIM], [more, report("Tyrone Johnson spoke again.", told((P, "Tyrone Johnson")))])
    assert [row.statements for row in who(connection, "Johnson")] == [2, 1, 1]
    assert [row.name for row in who(connection, "Johnson", limit=1)] == ["Tyrone Johnson"]
