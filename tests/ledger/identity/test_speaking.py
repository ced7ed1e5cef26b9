"""Who says how much: what is kept is what would be counted anew, and names that are ruled are the names shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import any_reading
from tests.ledger.sample_readings import again, readings
from tests.thorough import tries

from onrecord.errors import NotInLedger
from onrecord.ledger import Ledger, StatementRow
from onrecord.ledger.corrections import Signed, Wish
from onrecord.ledger.dates import days
from onrecord.reading import Reading
from onrecord.records import Entity


def counted(ledger: Ledger) -> dict[str, tuple[int, int, str | None, str | None]]:
    """Statements, documents, first and last date of each speaker, from the statements alone."""
    said: dict[str, list[StatementRow]] = defaultdict(list)
    for row in ledger.statements():
        if row.speaker_key is not None:
            said[row.speaker_key].append(row)
    found = {}
    for key, rows in said.items():
        dated = [(d, date) for row in rows if (d := days(date := _date(row))) is not None]
        first = min(((*d, date) for d, date in dated), default=None)
        last = max(((*d[::-1], date) for d, date in dated), default=None)
        documents = len({row.document for row in rows})
        found[key] = (len(rows), documents, first[-1] if first else None, last[-1] if last else None)
    return found


def _date(row: StatementRow) -> str | None:
    return row.said_on if row.said_on is not None else row.published


def kept(ledger: Ledger) -> dict[str, tuple[int, int, str | None, str | None]]:
    return {row.key: (row.statements, row.documents, row.first, row.last) for row in ledger.speakers()}


def signed(second: int) -> Signed:
    return Signed(by="Ada", at=f"2025-04-01T12:00:{second:02}+00:00", reason="I was there")


@settings(max_examples=tries(200, check=15))
@given(given=st.lists(any_reading(), min_size=1, max_size=4))
def test_what_is_kept_is_what_would_be_counted(given: Sequence[Reading]) -> None:
    with Ledger.open(":memory:") as ledger:
        for reading in given:
            list(ledger.add([reading]))
            assert kept(ledger) == counted(ledger)


def test_of_real_readings_too_and_when_one_is_read_again() -> None:
    with Ledger.open(":memory:") as ledger:
        for reading in readings():
            list(ledger.add([reading]))
            assert kept(ledger) == counted(ledger)
        for reading in readings()[::3]:
            list(ledger.add([again(reading)]))
            assert kept(ledger) == counted(ledger)
        spoken = Counter(row.speaker_key for row in ledger.statements() if row.speaker_key)
        assert [row.statements for row in ledger.speakers()] == sorted(spoken.values(), reverse=True)


def called(reading: Reading, document: str, ref: str | None) -> Reading:
    """The reading as another document in which Budanov is tied to `ref`."""
    people = tuple(replace(e, ref=ref) if e.id == "e1" else e for e in reading.entities)
    return replace(reading, document=replace(reading.document, id=document * 64), entities=people)


def test_a_name_that_another_article_ties_to_a_reference_moves_to_it_and_back(reading: Reading) -> None:
    def keys(ledger: Ledger) -> set[str]:
        assert kept(ledger) == counted(ledger)
        return {row.key for row in ledger.speakers() if row.name == "Kyrylo Budanov"}

    with Ledger.open(":memory:") as ledger:
        list(ledger.add([called(reading, "a", None)]))
        (alone,) = keys(ledger)
        list(ledger.add([called(reading, "b", "wikidata:Q1")]))
        assert keys(ledger) == {"wikidata:Q1"} != {alone}
        # Read again without it: the first one is nobody but himself again, now with the other article beside it.
        list(ledger.add([replace(called(reading, "b", None), model="weights 2")]))
        assert "wikidata:Q1" not in keys(ledger)


def test_a_speaker_is_called_what_was_ruled_until_it_is_taken_back(reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([reading]))
        (key,) = (row.key for row in ledger.speakers() if row.name == "Kyrylo Budanov")
        entity = f"{reading.document.id}:e1"
        ruled = ledger.correct(entity, Wish(name="K. O. Budanov"), signed(1))
        assert {row.key: row.name for row in ledger.speakers()}[key] == "K. O. Budanov"
        ledger.undo(ruled.id, signed(2))
        assert {row.key: row.name for row in ledger.speakers()}[key] == "Kyrylo Budanov"


def test_one_speaker_is_found_by_key_and_by_name(reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([reading]))
        (budanov,) = ledger.speakers("budanov")
        assert ledger.speakers(budanov.key) == [budanov]
        assert isinstance(budanov.type, str)
        with pytest.raises(NotInLedger, match="nobody called 'Ada' is on record"):
            ledger.speakers("Ada")


def test_an_entity_that_says_nothing_is_no_speaker(reading: Reading) -> None:
    silent = replace(reading, entities=(*reading.entities, Entity("e9", "person", "Ada Silent")))
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([silent]))
        assert "Ada Silent" not in {row.name for row in ledger.speakers()}
