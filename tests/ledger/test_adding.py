"""Adding: idempotent, whole or not at all, and nothing refused in silence."""

from __future__ import annotations

import importlib
import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.ledger.contents import contents_of, differences
from tests.ledger.databases import sqlite_only

from onrecord import records as r
from onrecord.errors import Malformed
from onrecord.ledger import Ledger
from onrecord.ledger.tables import METADATA
from onrecord.patience import patience
from onrecord.reading import Reading
from onrecord.records import Span

Make = Callable[..., Reading]

NEWS = "Seoul warned on Wednesday that Pyongyang had sent 3,000 soldiers. Moscow denied the reports as false."


def everything(ledger: Ledger) -> list[tuple[object, ...]]:
    """All rows of all tables with their numbers."""
    with ledger._engine.connect() as connection:
        queries = [(table.name, table.select().order_by(*table.primary_key)) for table in METADATA.sorted_tables]
        return [(name, *row) for name, query in queries for row in connection.execute(query)]


def test_adding_twice_changes_nothing(reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger:
        (first,) = ledger.add([reading])
        before = everything(ledger)
        (second,) = ledger.add([reading])
        assert (first.outcome, second.outcome) == ("added", "known")
        counts = first.counts
        assert counts == second.counts
        assert (counts["entities"], counts["mentions"], counts["statements"], counts["moments"]) == (4, 2, 5, 1)
        assert (counts["figures"], counts["events"], counts["rejected"]) == (4, 2, 1)
        assert first.name == "Seoul counts the troops"
        assert everything(ledger) == before


def test_another_model_replaces_the_whole_reading(reading: Reading) -> None:
    newer = Reading(
        reading.document, "weights 2", entities=reading.entities[:1], statements=(), moments=reading.moments
    )
    with Ledger.open(":memory:") as ledger, Ledger.open(":memory:") as fresh:
        list(ledger.add([reading]))
        numbers = {row[1] for row in everything(ledger) if row[0] == "entities"}
        (receipt,) = ledger.add([newer])
        assert (receipt.outcome, receipt.counts["statements"]) == ("replaced", 0)
        assert ledger.document(reading.document.id) == newer
        assert ledger.search("troops")[0].kind == "document"
        assert ledger.statements(about="troops") == []
        list(fresh.add([newer]))
        tally = [row[0] for row in everything(ledger)]
        assert tally == [row[0] for row in everything(fresh)]
        # A link to a row that is gone must not lead to another one.
        assert numbers.isdisjoint(row[1] for row in everything(ledger) if row[0] == "entities")


@sqlite_only
def test_the_index_holds_what_the_tables_hold(make: Make) -> None:
    with Ledger.open(":memory:") as ledger:
        for model in ("weights 1", "weights 2", "weights 3"):
            list(ledger.add(make(id=f"{i:064x}", model=model) for i in range(3)))
        with ledger._engine.connect() as connection:
            for table in ("documents", "statements", "figures"):
                connection.exec_driver_sql(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")
        assert len(ledger.statements(about="soldiers")) == 3


def broken(reading: Reading) -> list[tuple[Reading, str]]:
    document, statement, event, figure = reading.document, reading.statements[0], reading.events[0], reading.figures[0]
    end = len(document.text)

    def told(*changed: r.Statement) -> Reading:
        return replace(reading, statements=(*changed, *reading.statements[len(changed) :]))

    return [
        (told(replace(statement, speaker="e9")), "statement s1 names the entity 'e9'"),
        (told(replace(statement, within="s9")), "statement s1 names the statement 's9'"),
        (told(replace(statement, within="s1")), "statement s1 is nested in itself"),
        (told(statement, reading.statements[1], replace(reading.statements[2], within="s2")), "is nested in itself"),
        (told(replace(statement, cue=(Span(end - 1, end + 1),))), f"statement s1 points at characters {end - 1} to"),
        (told(replace(statement, cue=(Span(9, 3),))), "statement s1 points at characters 9 to 3"),
        (told(replace(statement, cue=(Span(-3, 3),))), "statement s1 points at characters -3 to 3"),
        (told(replace(statement, cue=(Span(3, 3),))), "statement s1 at character 3 points at nothing"),
        (told(replace(statement, id="s2")), "two statements have the same id"),
        (told(replace(statement, act="shout")), "'shout' is not one of ask, confirm"),  # type: ignore[arg-type]
        (told(replace(statement, confidence=float("nan"))), "a statement has a confidence of nan"),
        (replace(reading, events=(replace(event, moment=1), reading.events[1])), "event v1 names moment 1 of 1"),
        (replace(reading, events=(replace(event, place=("e9",)), reading.events[1])), "event v1 names the entity 'e9'"),
        (replace(reading, figures=(replace(figure, event="v9"),)), "a figure names the event 'v9'"),
        (replace(reading, figures=(replace(figure, high=float("inf")),)), "an end that is not a finite number"),
        (replace(reading, document=replace(document, title="a\ud800")), r"document.title holds U\+D800 at character 1"),
        (replace(reading, document=replace(document, author="\0")), r"document.author holds U\+0000 at character 0"),
        (replace(reading, document=replace(document, id="")), "the document has no id"),
    ]


def test_a_reading_that_contradicts_itself_is_refused_and_the_rest_goes_on(reading: Reading, make: Make) -> None:
    other = make(id="f" * 64)
    for bad, reason in broken(reading):
        with Ledger.open(":memory:") as ledger:
            receipts = list(ledger.add([bad, other]))
            assert [receipt.outcome for receipt in receipts] == ["refused", "added"], reason
            with pytest.raises(AssertionError, match=reason):
                raise AssertionError(receipts[0].reason)
            assert [row.id for row in ledger.documents()] == ["f" * 64]


def test_facts_that_are_given_hold_for_readings_too(reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger:
        (receipt,) = ledger.add([reading], published="2024-10-29")
        assert receipt.outcome == "refused"
        assert receipt.reason == "it was read with published '2024-10-28', not '2024-10-29': read it again"
        (receipt,) = ledger.add([reading], published="2024-10-28", publisher="The Invented Courier")
        assert receipt.outcome == "added"


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, make: Make) -> list[r.Document]:
    """A reader that needs no weights: what it was asked to read, in order."""
    asked: list[r.Document] = []

    def read(document: r.Document, *, model: str = "full") -> Reading:
        asked.append(document)
        known = make()
        return (
            replace(known, document=document)
            if document.text == known.document.text
            else Reading(document, known.model)
        )

    def read_all(given: Iterable[object], *, workers: int, model: str = "full") -> Iterator[object]:
        """Four ahead of what is taken."""
        waiting = deque[object]()
        for item in given:
            waiting.append(read(item) if isinstance(item, r.Document) else item)
            if len(waiting) > 4:
                yield waiting.popleft()
        yield from waiting

    stand_in = SimpleNamespace(read=read, read_all=read_all, load_encoder=lambda *_: SimpleNamespace(name="weights 1"))
    importlib.import_module("onrecord.reader.faults")  # else it is imported within, and not found behind the stand-in
    monkeypatch.setitem(sys.modules, "onrecord.reader", stand_in)
    return asked


def test_what_is_known_is_not_read_again(reader: list[r.Document], reading: Reading) -> None:
    document = reading.document
    with Ledger.open(":memory:") as ledger:
        assert [receipt.outcome for receipt in ledger.add([document, document])] == ["added", "known"]
        assert len(reader) == 1
        # A copy of the same bytes that knows less about itself is the same document.
        assert [receipt.outcome for receipt in ledger.add([replace(document, title=None)])] == ["known"]
        # One that says something else is read again, and keeps what only the ledger knew.
        (receipt,) = ledger.add([replace(document, publisher=None)], published="2024-10-29")
        assert receipt.outcome == "replaced"
        assert reader[-1].published == "2024-10-29"
        assert ledger.documents()[0].publisher == "The Invented Courier"


def test_copies_that_come_close_together_are_added_one_after_the_other(
    reader: list[r.Document], reading: Reading
) -> None:
    """While one is read the next is asked for already; what the ledger holds is as if each had been waited for."""
    document = reading.document
    given: list[r.Document | Reading] = [
        replace(document, publisher=None),
        replace(document, title=None),
        replace(document, author="Ines Vark"),
        reading,
        replace(document, title=None, publisher=None),
    ]
    with Ledger.open(":memory:") as ahead, Ledger.open(":memory:") as waited:
        outcomes = [receipt.outcome for receipt in ahead.add(given)]
        assert outcomes == [receipt.outcome for one in given for receipt in waited.add([one])]
        assert ahead.documents() == waited.documents()
        assert ahead.statements() == waited.statements()


def test_one_input_may_stand_alone(reader: list[r.Document], reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger:
        assert [receipt.outcome for receipt in ledger.add(reading.document)] == ["added"]  # type: ignore[arg-type]


def test_older_weights_are_replaced(reader: list[r.Document], reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([replace(reading, model="weights 0")]))
        assert [receipt.outcome for receipt in ledger.add([reading.document])] == ["replaced"]
        assert ledger.documents()[0].model == "weights 1"


def test_files_go_through_intake_and_what_is_refused_is_named(reader: list[r.Document], tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(NEWS, encoding="utf-8")
    (folder / "b.jsonl").write_text(
        json.dumps({"title": "First", "text": NEWS + " First."})
        + "\n{broken\n"
        + json.dumps({"title": "Second", "text": NEWS + " Second."}),
        encoding="utf-8",
    )
    (folder / "c.txt").write_bytes(b"")
    with Ledger.open(tmp_path / "l.db") as ledger:
        receipts = list(ledger.add([folder, tmp_path / "none.txt"], publisher="Courier"))
        by_name = {Path(receipt.name).relative_to(tmp_path).as_posix(): receipt for receipt in receipts}
        assert {name: receipt.outcome for name, receipt in by_name.items()} == {
            "news/a.txt": "added",
            "news/b.jsonl:1: First": "added",
            "news/b.jsonl": "refused",
            "news/b.jsonl:3: Second": "added",
            "news/c.txt": "refused",
            "none.txt": "refused",
        }
        assert str(by_name["news/b.jsonl"].reason).startswith("line 2: ")
        assert all(receipt.reason and receipt.document is None for receipt in receipts if receipt.outcome == "refused")
        assert {row.publisher for row in ledger.documents()} == {"Courier"}
        again = [receipt.outcome for receipt in ledger.add([folder])]
        assert sorted(again) == ["known"] * 3 + ["refused"] * 2
        assert len(reader) == 3
        # The same bytes with another date are read again.
        dated = list(ledger.add([folder / "a.txt"], published="2024-10-28"))
        assert [(receipt.outcome, receipt.name) for receipt in dated] == [("replaced", str(folder / "a.txt"))]
        assert (reader[-1].published, reader[-1].publisher) == ("2024-10-28", "Courier")
        assert [receipt.outcome for receipt in ledger.add([folder / "a.txt"])] == ["known"]


def test_a_date_that_is_none_is_refused_at_once(reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger, pytest.raises(Malformed, match="not an ISO 8601 date"):
        ledger.add([reading], published="28 October")


def test_workers_write_the_same_ledger(tmp_path: Path) -> None:
    """The files of the samples, by one process and by two that read: cell for cell the same."""
    samples = sorted((Path(__file__).parents[2] / "samples" / "velna-dam").iterdir())[:8]
    found = []
    for workers in (1, 2):
        with Ledger.open(tmp_path / f"{workers}.ledger") as ledger:
            outcomes = [receipt.outcome for receipt in ledger.add(samples, workers=workers)]
            found.append((outcomes, contents_of(ledger)))
    assert found[0][0][:2] == ["added", "added"]
    assert found[0][0] == found[1][0]
    assert differences(found[0][1], found[1][1]) == {}


def test_an_article_over_its_time_is_refused_and_the_others_are_added(tmp_path: Path) -> None:
    long = "“We have all left the town,” Mayor Pavla Hemmerin said on Tuesday.\n\n" * 4_000
    for name, text in (("a", "The dam at Elv held, the mayor said."), ("b", long), ("c", "It held, she said.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Ledger.open(tmp_path / "a.db") as ledger, patience(3.0):
        receipts = list(ledger.add(sorted(tmp_path.glob("*.txt"))))
    assert [receipt.outcome for receipt in receipts] == ["added", "refused", "added"]
    assert receipts[1].reason == "set aside: it takes more than 3 seconds"
