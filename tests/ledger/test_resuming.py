"""A file of many records that is added again: what was read of it is passed over, what is new or else is read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.ledger import Ledger, Receipt, adding, putting, resuming
from onrecord.reading import Reading
from onrecord.records import Document

EVERY = 10
"""Records between two notes, in these tests."""

WORDS = [chr(97 + n // 6) * 3 + chr(97 + n % 6) * 4 for n in range(40)]

made: list[str] = []
weights = SimpleNamespace(name="hand 1")


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_all(items: Iterable[object], *, workers: int, model: str = "full") -> Iterator[object]:
        for item in items:
            if isinstance(item, Document):
                made.append(item.text)
                yield Reading(item, weights.name)
            else:
                yield item

    made.clear()
    weights.name = "hand 1"
    monkeypatch.setattr("onrecord.reader.read_all", read_all)
    monkeypatch.setattr(adding, "EVERY", EVERY)
    monkeypatch.setattr("onrecord.reader.load_encoder", lambda *_: weights)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db") as found:
        yield found


def rows(path: Path, count: int) -> Path:
    lines = [json.dumps({"text": f"{WORDS[n % 40]} " * 30 + f"was said of house {n}."}) for n in range(count)]
    lines[7] = "{broken"
    path.write_text("\n".join(lines) + "\n")
    return path


def outcomes(receipts: list[Receipt]) -> dict[str, int]:
    return {o: sum(r.outcome == o for r in receipts) for o in ("added", "known", "refused", "replaced")}


def test_what_was_read_is_passed_over_and_said(ledger: Ledger, tmp_path: Path) -> None:
    path = rows(tmp_path / "a.jsonl", EVERY + 5)
    assert outcomes(list(ledger.add([path]))) == {"added": EVERY + 4, "known": 0, "refused": 1, "replaced": 0}
    first, rest = ledger.add([path])
    assert (first.outcome, rest.outcome) == ("known", "known")
    assert rest.reason == f"{EVERY + 4:,} more records were read or refused before"
    assert rest.document is None


@pytest.mark.parametrize(("most", "written"), [(1, 3), (1000, EVERY)])
def test_a_job_that_broke_off_goes_on_where_it_was(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, written: int
) -> None:
    """It is noted how far it was by the receipts; what was written with the last of them is known all the same."""
    monkeypatch.setattr(putting, "MOST", most)
    path = rows(tmp_path / "a.jsonl", 2 * EVERY)
    job = iter(ledger.add([path]))
    for _ in range(EVERY + 3):
        next(job)
    del job
    receipts = list(ledger.add([path]))
    assert outcomes(receipts) == {"added": EVERY - written, "known": 1 + 1 + written, "refused": 0, "replaced": 0}
    assert len(made) == len(set(made)) == 2 * EVERY - 1
    assert len(ledger.documents()) == 2 * EVERY - 1


def test_another_file_of_that_name_is_read_whole(ledger: Ledger, tmp_path: Path) -> None:
    path = rows(tmp_path / "a.jsonl", EVERY)
    list(ledger.add([path]))
    before = path.stat()
    path.write_text(path.read_text().replace("house", "horse"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert outcomes(list(ledger.add([path])))["added"] == EVERY - 1


def test_a_file_that_grew_is_read_from_its_beginning_and_nothing_twice(ledger: Ledger, tmp_path: Path) -> None:
    path = rows(tmp_path / "a.jsonl", EVERY)
    list(ledger.add([path]))
    rows(path, EVERY + 5)
    receipts = outcomes(list(ledger.add([path])))
    assert (receipts["added"], receipts["known"]) == (5, EVERY - 1)


def test_other_weights_read_it_anew(ledger: Ledger, tmp_path: Path) -> None:
    path = rows(tmp_path / "a.jsonl", EVERY)
    list(ledger.add([path]))
    weights.name = "hand 2"
    assert outcomes(list(ledger.add([path])))["replaced"] == EVERY - 1


def test_what_the_caller_states_is_heard(ledger: Ledger, tmp_path: Path) -> None:
    path = rows(tmp_path / "a.jsonl", EVERY)
    list(ledger.add([path]))
    assert outcomes(list(ledger.add([path], publisher="Courier")))["replaced"] == EVERY - 1


def test_a_small_file_leaves_no_note(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def note(self: object, records: int) -> None:
        raise AssertionError(records)

    monkeypatch.setattr(resuming.Progress, "note", note)
    path = rows(tmp_path / "a.jsonl", EVERY - 1)
    assert outcomes(list(ledger.add([path])))["added"] == EVERY - 2
    assert outcomes(list(ledger.add([path])))["known"] == EVERY - 2


def test_how_far_a_file_was_read_is_noted_forwards_only(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("one\ntwo\n", encoding="utf-8")

    def before(model: str = "hand 1") -> int:
        return resuming.Progress.of(ledger, path, model).before

    assert before() == 0
    progress = resuming.Progress.of(ledger, path, "hand 1")
    progress.note(0)
    assert before() == 0
    progress.note(20)
    assert (before(), before("hand 2")) == (20, 0)
    resuming.Progress.of(ledger, path, "hand 1").note(20)
    resuming.Progress.of(ledger, path, "hand 1").note(10)
    assert before() == 20
    progress.note(30)  # by the same job, over its own note
    assert before() == 30


def test_of_what_is_no_file_nothing_is_noted(ledger: Ledger, tmp_path: Path) -> None:
    for path in (tmp_path / "missing", tmp_path):
        progress = resuming.Progress.of(ledger, path, "hand 1")
        progress.note(20)
        assert resuming.Progress.of(ledger, path, "hand 1").before == progress.before == 0
