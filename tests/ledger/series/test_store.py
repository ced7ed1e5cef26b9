"""Counts, series and conflicts in the tables: written, replaced, found by any member's id, gone with what they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Connection, delete, func, insert, select
from tests.ledger.series.telling import scene_of, told

from onrecord.errors import NotInLedger
from onrecord.ledger import (
    derive,  # noqa: F401  # declares every table
    schema,
)
from onrecord.ledger.conflicts.rows import Conflict, Side
from onrecord.ledger.conflicts.store import conflicts
from onrecord.ledger.conflicts.store import write as write_conflicts
from onrecord.ledger.conflicts.tables import conflicts as conflict_table
from onrecord.ledger.database import open_engine
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Scene
from onrecord.ledger.series import store
from onrecord.ledger.series import tables as t
from onrecord.ledger.series.counts import counts
from onrecord.ledger.series.grouping import Series
from onrecord.ledger.series.store import counts_in, kept, packed_in, remember, series
from onrecord.ledger.store import write
from onrecord.ledger.stories.tables import stories, story_members
from onrecord.reading import Reading
from onrecord.records import Span

FIRST = told(
    "At the dam {19|people/person} were killed.",
    published="2025-03-12",
    said={"19 people were killed": ("Ann Lee", "say")},
)
SECOND = told(
    "At the dam {29|people/person} were killed. {40|tanks/tank} were destroyed.",
    published="2025-03-12",
    publisher="Two",
    said={"29 people were killed": ("Bo Ray", "say")},
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = open_engine(":memory:", create=True, read_only=False)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def fill(connection: Connection, *readings: Reading) -> Scene:
    connection.execute(insert(stories), [{"id": 1, "key": "t1", "title": None, "documents": len(readings)}])
    for number, reading in enumerate(readings, 1):
        write(connection, [(reading, "")])
        remember(connection, {number: kept(reading)})
        connection.execute(insert(story_members), [{"story": 1, "document": number, "key": f"t{number}"}])
    return scene_of(readings)


def refresh(connection: Connection, scenes: Sequence[Scene]) -> dict[int, tuple[Series, ...]]:
    """The series of the stories, by their rows, which are told and written."""
    packed = packed_in(connection, [member.document for scene in scenes for member in scene.members])
    made = {scene.story: store.told(scene, packed) for scene in scenes}
    store.write(connection, {story: told for story, (_, told) in made.items()})
    return {story: found for story, (found, _) in made.items()}


def size(connection: Connection, table: object) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def test_counts_come_back_as_they_were(connection: Connection) -> None:
    fill(connection, FIRST, SECOND)
    found = counts_in(connection, [1, 2])
    assert [tuple(found[1]), tuple(found[2])] == [counts(FIRST), counts(SECOND)]
    assert size(connection, t.counts) == len(counts(FIRST)) + len(counts(SECOND))


def test_series_are_answered_with_their_points_and_words(connection: Connection) -> None:
    found = refresh(connection, [fill(connection, FIRST, SECOND)])
    (row,) = series(connection, about="killed")
    assert row.id in {one.id for one in found[1]}
    assert (row.story, row.thing, row.event, row.trend) == ("t1", "people", "killed", "single")
    assert row.best is not None
    assert (row.best.low, row.best.high, row.best.disputed) == (19, 29, True)
    assert sorted((p.words, p.name, p.reported or "") for p in row.points) == [
        ("19", "Ann Lee", "2025-03-12"),
        ("29", "Bo Ray", "2025-03-12"),
    ]
    assert row.points[0].context.startswith("At the dam")


def test_the_id_of_any_member_finds_the_series(connection: Connection) -> None:
    refresh(connection, [fill(connection, FIRST, SECOND)])
    (row,) = series(connection, about="killed")
    for reading in (FIRST, SECOND):
        assert [s.id for s in series(connection, wanted=derived_id("f", reading.document.id, "f0"))] == [row.id]
    with pytest.raises(NotInLedger):
        series(connection, wanted="f000000000000")
    every = series(connection)
    assert len(every) > 1
    assert series(connection, wanted={row.id for row in every} | {"f000000000000"}) == every
    assert series(connection, wanted=[every[-1].id]) == every[-1:]
    with pytest.raises(NotInLedger, match="f000000000000, f111111111111"):
        series(connection, wanted=["f111111111111", "f000000000000"])


@pytest.mark.parametrize(("options", "events"), [({"story": "t2"}, 2), ({"story": "t9"}, 0), ({"limit": 1}, 1)])
def test_asking(connection: Connection, options: dict[str, object], events: int) -> None:
    refresh(connection, [fill(connection, FIRST, SECOND)])
    assert len(series(connection, **options)) == events  # type: ignore[arg-type]


def test_words_with_signs_of_patterns_are_words(connection: Connection) -> None:
    refresh(connection, [fill(connection, FIRST, SECOND)])
    assert series(connection, about="%") == []


def everything(connection: Connection) -> Sequence[object]:
    rows = series(connection)
    return [*rows, *conflicts(connection)]


def test_making_them_anew_changes_nothing(connection: Connection) -> None:
    scene = fill(connection, FIRST, SECOND)
    refresh(connection, [scene])
    before = everything(connection)
    refresh(connection, [scene])
    assert everything(connection) == before
    assert size(connection, t.series_places) == 3


def test_all_goes_with_the_story_and_with_the_document(connection: Connection) -> None:
    refresh(connection, [fill(connection, FIRST, SECOND)])
    connection.execute(delete(schema.documents).where(schema.documents.c.id == 1))
    assert size(connection, t.counts) == len(counts(SECOND))
    assert size(connection, conflict_table) == 0
    connection.execute(delete(stories))
    assert [size(connection, table) for table in (t.series, t.series_points, t.series_places)] == [0, 0, 0]


def test_conflicts_are_found_by_either_id(connection: Connection) -> None:
    refresh(connection, [fill(connection, FIRST, SECOND)])
    (row,) = conflicts(connection, rule="figures")
    assert {(row.a.words, row.a.who), (row.b.words, row.b.who)} == {("19", "Ann Lee"), ("29", "Bo Ray")}
    assert row.a.context == "At the dam 19 people were killed." or row.b.context == "At the dam 19 people were killed."
    other = connection.execute(select(conflict_table.c.other_key)).scalar_one()
    assert conflicts(connection, wanted=other) == conflicts(connection, wanted=row.id) == [row]
    assert conflicts(connection, of=row.a.of) == conflicts(connection, story="t1") == [row]
    with pytest.raises(NotInLedger):
        conflicts(connection, wanted="x000000000000")


def test_each_maker_replaces_only_its_own(connection: Connection) -> None:
    scene = fill(connection, FIRST, SECOND)
    refresh(connection, [scene])
    sides = [Side(n, r.document.id, "s1", Span(0, 2), "c1", "Ann Lee") for n, r in ((1, FIRST), (2, SECOND))]
    denial = Conflict("denial", sides[0], sides[1], "the same claim", "2025-03-12")
    write_conflicts(connection, {1: [denial]}, maker="claims")
    assert {row.rule for row in conflicts(connection)} == {"figures", "denial"}
    refresh(connection, [scene])
    assert {row.rule for row in conflicts(connection)} == {"figures", "denial"}
    write_conflicts(connection, {1: []}, maker="claims")
    assert {row.rule for row in conflicts(connection)} == {"figures"}
