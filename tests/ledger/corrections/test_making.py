"""Corrections as people make them: refused where unclear, written once, shown with who, when and why, taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.exc import DBAPIError
from tests.ledger.corrections.world import DOCUMENTS, Version, put_in_place, read
from tests.ledger.databases import sqlite_only

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import corrections as room
from onrecord.ledger import schema as t
from onrecord.ledger.corrections import Signed, Wish
from onrecord.ledger.database import open_engine, writing
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Rulings
from onrecord.ledger.store import write
from onrecord.reading import Reading

A, B = (document[:8] for document in DOCUMENTS)
SIGNED = Signed(by="Vera Novak", at="2025-03-20T10:00:00+01:00", reason="listened to the tape")


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = open_engine(":memory:", create=True, read_only=False)
    with engine.begin() as opened:
        for document in DOCUMENTS:
            write(opened, [(read(document)[0], "")])
        yield opened
    engine.dispose()


def ruled(connection: Connection, *documents: str) -> Rulings:
    c = t.documents.c
    rows = connection.execute(select(c.id, c.hash).where(c.hash.in_(documents or DOCUMENTS)))
    return room.rulings(connection, {row.id: row.hash for row in rows})


def row(connection: Connection, document: str) -> int:
    return int(connection.execute(select(t.documents.c.id).where(t.documents.c.hash == document)).scalar_one())


def put(connection: Connection, document: str, version: Version) -> list[room.CorrectionRow]:
    reading = read(document, version)[0]
    put_in_place(connection, reading)
    return room.reanchor(connection, reading)


def test_a_speaker_is_corrected_and_shown(connection: Connection) -> None:
    made = room.correct(connection, f"{A}:s1", Wish(speaker="Dina Cole"), SIGNED)
    assert ruled(connection).speakers == {(row(connection, DOCUMENTS[0]), "s1"): (row(connection, DOCUMENTS[0]), "e2")}
    assert room.history(connection) == [made]
    assert (made.by, made.at, made.reason) == (SIGNED.by, SIGNED.at, SIGNED.reason)
    assert (made.kind, made.record, made.to, made.to_record, made.state) == (
        "speaker", "s1", "Dina Cole", "e2", "in force",
    )  # fmt: skip
    assert made.words.startswith("that 12 people were killed")


def test_a_clock_that_was_set_back_does_not_change_who_came_last(connection: Connection) -> None:
    room.correct(connection, f"{A}:s1", Wish(reject=True), SIGNED)
    room.correct(connection, f"{A}:s1", Wish(confirm=True), replace(SIGNED, at="1999-01-01T00:00:00+00:00"))
    first, second = room.history(connection)
    assert (first.kind, first.state) == ("reject", "overruled")
    assert (second.kind, second.state) == ("confirm", "in force")


def test_a_name_that_the_document_lacks_is_found_in_another(connection: Connection) -> None:
    put(connection, DOCUMENTS[0], Version(dropped=frozenset({1, 6})))
    made = room.correct(connection, f"{A}:s1", Wish(speaker="cole"), SIGNED)
    assert (made.to_document, made.to) == (DOCUMENTS[1], "Dina Cole")
    assert room.touched(connection, made.id) == {row(connection, DOCUMENTS[0]), row(connection, DOCUMENTS[1])}


def test_rejecting_and_confirming(connection: Connection) -> None:
    for what in ("s1", "f1", "v2"):
        room.correct(connection, f"{A}:{what}", Wish(reject=True), SIGNED)
    room.correct(connection, f"{B}:s1", Wish(confirm=True), SIGNED)
    first, second = row(connection, DOCUMENTS[0]), row(connection, DOCUMENTS[1])
    assert ruled(connection).rejected == {(first, "s1"), (first, "f1"), (first, "v2")}
    assert ruled(connection).confirmed == {(second, "s1")}
    assert ruled(connection, DOCUMENTS[1]).rejected == frozenset()
    later = room.correct(connection, f"{A}:s1", Wish(confirm=True), SIGNED)
    assert (first, "s1") not in ruled(connection).rejected
    assert room.history(connection)[0].state == "overruled"
    assert room.history(connection)[0].why == f"by {later.id}, which came later"
    room.undo(connection, later.id, SIGNED)
    assert (first, "s1") in ruled(connection).rejected


def test_a_figure_moves_to_a_series_or_to_one_of_its_own(connection: Connection) -> None:
    first, second = row(connection, DOCUMENTS[0]), row(connection, DOCUMENTS[1])
    room.correct(connection, f"{A}:f0", Wish(series=derived_id("f", DOCUMENTS[1], "f3")), SIGNED)
    room.correct(connection, f"{A}:f1", Wish(series=f"{B}:f2"), SIGNED)
    room.correct(connection, f"{A}:f2", Wish(series="new"), SIGNED)
    assert ruled(connection).moved == {
        (first, "f0"): (second, "f3"),
        (first, "f1"): (second, "f2"),
        (first, "f2"): None,
    }


def test_two_figures_cannot_each_follow_the_other(connection: Connection) -> None:
    earlier = room.correct(connection, f"{A}:f0", Wish(series=f"{B}:f1"), SIGNED)
    room.correct(connection, f"{B}:f1", Wish(series=f"{A}:f0"), SIGNED)
    assert ruled(connection).moved == {(row(connection, DOCUMENTS[1]), "f1"): (row(connection, DOCUMENTS[0]), "f0")}
    assert {one.id: one.state for one in room.history(connection)}[earlier.id] == "overruled"


def test_merging_and_parting(connection: Connection) -> None:
    person = derived_id("p", DOCUMENTS[1], "e2")
    room.merge(connection, f"{A}:e1", person, SIGNED)
    room.merge(connection, person, f"{A}:e3", SIGNED)
    first, second = row(connection, DOCUMENTS[0]), row(connection, DOCUMENTS[1])
    assert ruled(connection).same == {((first, "e1"), (second, "e2")), ((first, "e3"), (second, "e2"))}
    # Parting what two merges hold together wants one of them undone: later merges win over an earlier parting.
    parted = room.split(connection, f"{A}:e1", f"{A}:e3", SIGNED)
    assert parted.state == "in force"
    assert ruled(connection).apart == {((first, "e1"), (first, "e3"))}
    assert len(ruled(connection).same) == 1
    assert room.touched(connection, parted.id) == {first, second}
    room.undo(connection, parted.id, SIGNED)
    assert len(ruled(connection).same) == 2


def test_an_undo_can_be_undone(connection: Connection) -> None:
    made = room.correct(connection, f"{A}:s1", Wish(reject=True), SIGNED)
    undo = room.undo(connection, made.id, SIGNED)
    assert ruled(connection) == Rulings()
    assert room.touched(connection, undo.id) == {row(connection, DOCUMENTS[0])}
    with pytest.raises(LedgerError, match=f"undone already, by {undo.id}"):
        room.undo(connection, made.id, SIGNED)
    again = room.undo(connection, undo.id, SIGNED)
    assert len(ruled(connection).rejected) == 1
    assert room.touched(connection, again.id) == {row(connection, DOCUMENTS[0])}
    assert [(one.kind, one.state, one.undoes) for one in room.history(connection)] == [
        ("reject", "in force", None), ("undo", "undone", made.id), ("undo", "in force", undo.id),
    ]  # fmt: skip


def test_a_correction_follows_its_words_into_a_new_reading(connection: Connection) -> None:
    room.correct(connection, f"{A}:s1", Wish(speaker="Dina Cole"), SIGNED)
    assert put(connection, DOCUMENTS[0], Version(shifted=True, renumbered=True)) == []
    number = row(connection, DOCUMENTS[0])
    assert ruled(connection).speakers == {(number, "s7"): (number, "e3")}


def test_words_that_are_gone_make_an_orphan_which_comes_back_with_them(connection: Connection) -> None:
    made = room.correct(connection, f"{A}:s1", Wish(reject=True), SIGNED)
    (orphan,) = put(connection, DOCUMENTS[0], Version(dropped=frozenset({0})))
    assert (orphan.id, orphan.state, orphan.record) == (made.id, "orphan", None)
    assert orphan.why is not None
    assert "no longer stand in the text" in orphan.why
    assert room.orphans(connection) == [orphan]
    assert ruled(connection) == Rulings()
    assert put(connection, DOCUMENTS[0], Version()) == []
    assert room.history(connection) == [made]
    assert len(ruled(connection).rejected) == 1


def test_what_was_overruled_does_not_come_back_with_an_orphan(connection: Connection) -> None:
    room.correct(connection, f"{A}:s1", Wish(speaker="Dina Cole"), SIGNED)
    room.correct(connection, f"{A}:s1", Wish(speaker=f"{B}:e3"), SIGNED)
    put(connection, DOCUMENTS[1], Version(dropped=frozenset({2, 5})))
    assert [one.state for one in room.history(connection)] == ["overruled", "orphan"]
    assert ruled(connection).speakers == {}


def test_the_log_outlives_its_documents(connection: Connection) -> None:
    made = room.correct(connection, f"{A}:s1", Wish(speaker=f"{B}:e3"), SIGNED)
    connection.execute(delete(t.documents).where(t.documents.c.hash == DOCUMENTS[1]))
    (orphan,) = room.orphans(connection)
    assert (orphan.id, orphan.why) == (made.id, "its document is no longer in the ledger")
    assert ruled(connection, DOCUMENTS[0]) == Rulings()
    assert room.touched(connection, made.id) == {row(connection, DOCUMENTS[0])}


def test_a_new_reading_affects_the_documents_that_its_rulings_name(connection: Connection) -> None:
    assert room.affected(connection, DOCUMENTS[1]) == set()
    room.correct(connection, f"{A}:s1", Wish(speaker=f"{B}:e3"), SIGNED)
    put(connection, DOCUMENTS[1], Version(dropped=frozenset({2, 5})))
    both = {row(connection, document) for document in DOCUMENTS}
    assert room.affected(connection, DOCUMENTS[1]) == both
    assert room.affected(connection, DOCUMENTS[0]) == both


@pytest.mark.parametrize(
    ("wish", "what", "error", "says"),
    [
        (Wish(reject=True), f"{A}:s99", NotInLedger, "has no record 's99'"),
        (Wish(reject=True), "cccc:s1", NotInLedger, "no document 'cccc'"),
        (Wish(reject=True), "s1", LedgerError, "is no record"),
        (Wish(reject=True), "c0123456789ab", LedgerError, "stands for several records"),
        (Wish(reject=True), f"{A}:e1", LedgerError, "is not a statement or figure or event but a entity"),
        (Wish(speaker="Dina Cole"), f"{A}:f0", LedgerError, "is not a statement but a figure"),
        (Wish(speaker="Amar Bell"), f"{A}:s1", LedgerError, "is by Amar Bell already"),
        (Wish(speaker="Nobody Known"), f"{A}:s1", NotInLedger, "nobody and nothing called 'Nobody Known'"),
        (Wish(series=f"{A}:f0"), f"{A}:f0", LedgerError, "is in its own series"),
        (Wish(series="f0123456789ab"), f"{A}:f0", NotInLedger, "no series f0123456789ab"),
        (Wish(series="the dead"), f"{A}:f0", LedgerError, "is no series"),
    ],
)
def test_what_is_unclear_or_changes_nothing_is_refused(
    connection: Connection, wish: Wish, what: str, error: type[LedgerError], says: str
) -> None:
    with pytest.raises(error, match=says):
        room.correct(connection, what, wish, SIGNED)
    assert room.history(connection) == []


def test_saying_the_same_twice_is_refused(connection: Connection) -> None:
    def make() -> None:
        room.correct(connection, f"{A}:s1", Wish(confirm=True), SIGNED)
        room.correct(connection, f"{A}:f0", Wish(series="new"), SIGNED)
        room.merge(connection, f"{A}:e1", f"{B}:e2", SIGNED)

    make()
    for again in (
        lambda: room.correct(connection, f"{A}:s1", Wish(confirm=True), SIGNED),
        lambda: room.correct(connection, f"{A}:f0", Wish(series="new"), SIGNED),
        lambda: room.merge(connection, f"{B}:e2", f"{A}:e1", SIGNED),
    ):
        with pytest.raises(LedgerError, match="nothing to correct"):
            again()
    with pytest.raises(LedgerError, match="one entity of one document"):
        room.merge(connection, "Amar Bell", f"{A}:e1", SIGNED)


def test_a_name_that_fits_several_is_refused(connection: Connection, make: Callable[..., Reading]) -> None:
    reading = make()
    namesake = replace(reading.entities[0], id="e9", name="Ivan Bell", aliases=())
    put_in_place(connection, replace(reading, entities=(*reading.entities, namesake)))
    with pytest.raises(LedgerError, match=r"'Bell' names several: .*Ivan Bell.*Amar Bell"):
        room.merge(connection, "Bell", "Dina Cole", SIGNED)


@pytest.mark.parametrize(
    "given",
    [{"reason": " "}, {"by": ""}, {"at": "yesterday"}, {"at": "2025-03-20"}, {"at": "2025-03-20T10:00:00"},
     {"reason": "nul \0"}],
)  # fmt: skip
def test_a_correction_has_a_reason_a_name_and_a_time(given: dict[str, Any]) -> None:
    with pytest.raises(LedgerError):
        replace(SIGNED, **given)


def test_a_wish_is_one_wish() -> None:
    with pytest.raises(LedgerError, match="changes one thing"):
        Wish()
    with pytest.raises(LedgerError, match="changes one thing"):
        Wish(reject=True, confirm=True)


def test_who_has_not_seen_the_last_correction_is_told(connection: Connection) -> None:
    first = room.correct(connection, f"{A}:s1", Wish(reject=True), replace(SIGNED, expected=""))
    with pytest.raises(LedgerError, match=f"someone corrected this meanwhile .*{first.id} by Vera Novak"):
        room.correct(connection, f"{A}:s1", Wish(confirm=True), replace(SIGNED, expected=""))
    room.correct(connection, f"{A}:s1", Wish(confirm=True), replace(SIGNED, expected=first.id))
    with pytest.raises(LedgerError, match="meanwhile"):
        room.undo(connection, first.id, replace(SIGNED, expected=first.id))
    assert len(room.history(connection)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE corrections SET reason = 'none'",
        "DELETE FROM corrections",
        pytest.param("INSERT OR REPLACE INTO corrections SELECT * FROM corrections", marks=sqlite_only),
        "INSERT INTO corrections SELECT id + 5, 'k', at, by_whom, reason, kind, target_document, target_words, target, "
        "value_document, value_words, value, undoes FROM corrections",
    ],
)
def test_the_log_refuses_to_be_changed(connection: Connection, statement: str) -> None:
    made = room.correct(connection, f"{A}:s1", Wish(reject=True), SIGNED)
    with pytest.raises(DBAPIError, match="corrections are only ever added"), connection.begin_nested():
        connection.exec_driver_sql(statement)
    assert room.history(connection) == [made]


def test_two_who_correct_at_once_lose_nothing(tmp_path: Path) -> None:
    engine: Engine = open_engine(tmp_path / "l.db", create=True, read_only=False)
    with writing(engine, "l.db") as connection:
        for document in DOCUMENTS:
            write(connection, [(read(document)[0], "")])
    refused: list[str] = []

    def person(name: str) -> None:
        for number in range(1, 8):
            try:
                with writing(engine, "l.db") as connection:
                    signed = replace(SIGNED, by=name, expected="")
                    room.correct(connection, f"{A}:s{number}", Wish(speaker=f"{B}:e4"), signed)
            except LedgerError as error:
                refused.append(str(error))
            with writing(engine, "l.db") as connection:
                room.correct(connection, f"{B if name == 'Una' else A}:f{number - 1}", Wish(reject=True),
                             replace(SIGNED, by=name))  # fmt: skip

    people = [threading.Thread(target=person, args=(name,)) for name in ("Una", "Ivo")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    with engine.connect() as connection:
        log = room.history(connection)
    engine.dispose()
    assert len({one.id for one in log}) == len(log) == 21
    assert len(refused) == 7
    assert all("someone corrected this meanwhile" in error for error in refused)
    assert sum(one.kind == "reject" for one in log if one.by == "Una") == 7


def test_somebody_is_given_another_name_by_any_name_that_they_have(connection: Connection) -> None:
    made = room.correct(connection, "Dina Cole", Wish(name="Dinah Cole"), SIGNED)
    assert (made.kind, made.words, made.to) == ("rename", "Dina Cole", "Dinah Cole")
    assert list(ruled(connection).names.values()) == ["Dinah Cole"]
    with pytest.raises(LedgerError, match="is called Dinah Cole already"):
        room.correct(connection, "Dina Cole", Wish(name="Dinah Cole"), SIGNED)
    room.correct(connection, "Dina Cole", Wish(name="D. Cole"), SIGNED)
    assert list(ruled(connection).names.values()) == ["D. Cole"]
    assert [line.state for line in room.history(connection)] == ["overruled", "in force"]
    room.undo(connection, room.history(connection)[-1].id, SIGNED)
    assert list(ruled(connection).names.values()) == ["Dinah Cole"]


@pytest.mark.parametrize("name", ["", "  ", "Dinah\0Cole"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(LedgerError, match="is no name to be called by"):
        Wish(name=name)
