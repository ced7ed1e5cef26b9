"""Readings that are put together: the same ledger as one by one, receipts of what is safe, and one that fails alone."""

from __future__ import annotations

import gc
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.ledger.contents import check_file, contents, contents_of, differences
from tests.ledger.sample_readings import again, readings

from onrecord.ledger import Ledger, preparing, putting
from onrecord.ledger.hands import Hands
from onrecord.ledger.prepared import prepare
from onrecord.ledger.preparing import Preparing
from onrecord.process import TURN
from onrecord.reading import Reading


def filled(
    given: Sequence[Reading], *, most: int, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[tuple[object, ...]]]:
    monkeypatch.setattr(putting, "MOST", most)
    with Ledger.open(":memory:") as ledger:
        assert {receipt.outcome for receipt in ledger.add(given)} <= {"added", "replaced"}
        return contents_of(ledger)


def seen(path: Path) -> set[str]:
    """What somebody else finds in the ledger."""
    with Ledger.open(path, read_only=True) as ledger:
        return {row.id for row in ledger.documents()}


@pytest.mark.parametrize("most", [2, 5, 1000])
def test_together_or_one_by_one_in_any_order(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    one_by_one = filled(readings(), most=1, monkeypatch=monkeypatch)
    shuffled = random.Random(most).sample(readings(), len(readings()))
    assert differences(filled(shuffled, most=most, monkeypatch=monkeypatch), one_by_one) == {}


def test_several_are_replaced_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """What two of them alone held together falls apart, as when they are replaced one after the other."""
    other = [again(reading) for reading in readings()]
    whole = filled([*readings(), *other], most=1000, monkeypatch=monkeypatch)
    assert differences(whole, filled(other, most=1, monkeypatch=monkeypatch)) == {}


def test_receipts_are_of_what_others_see(tmp_path: Path) -> None:
    path, told = tmp_path / "l.db", set[str]()
    with Ledger.open(path) as ledger:
        for receipt in ledger.add(readings()):
            assert receipt.document is not None
            told.add(receipt.document)
            assert told <= seen(path)


def test_receipts_stand_in_the_order_of_the_readings() -> None:
    broken = Reading(readings()[3].document, "")
    object.__setattr__(broken, "document", broken.document.__class__(id="", text="no id"))
    given = [*readings()[:6], broken, *readings()[6:]]
    with Ledger.open(":memory:") as ledger:
        receipts = list(ledger.add(given))
    assert [receipt.document for receipt in receipts] == [reading.document.id for reading in given]
    assert [receipt.outcome for receipt in receipts] == ["added"] * 6 + ["refused"] + ["added"] * (len(given) - 7)


def test_one_document_twice_among_others() -> None:
    first, second, *rest = readings()[:6]
    given = [first, second, *rest, second, again(first), second]
    with Ledger.open(":memory:") as ledger:
        outcomes = [receipt.outcome for receipt in ledger.add(given)]
        assert outcomes == ["added"] * 6 + ["known", "replaced", "known"]
        assert ledger.document(first.document.id) == again(first)


def test_the_first_is_there_at_once(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Ledger.open(path) as ledger:
        receipt = next(iter(ledger.add(readings())))
        assert receipt.document in seen(path)


def test_what_comes_slowly_does_not_wait_for_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the next may take longer to come than one may wait, nothing is held when it is asked for."""
    monkeypatch.setattr(putting, "_LONGEST", 0.05)
    path, given = tmp_path / "l.db", readings()[:6]

    def slowly() -> Iterator[Reading]:
        for number, reading in enumerate(given):
            if number > 1:
                assert len(seen(path)) == number
            time.sleep(0.06)
            yield reading

    with Ledger.open(path) as ledger:
        assert len(list(ledger.add(slowly()))) == len(given)


def test_long_texts_are_not_held_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(putting, "_CHARACTERS", 1)
    path, given = tmp_path / "l.db", readings()[:4]

    def watched() -> Iterator[Reading]:
        for number, reading in enumerate(given):
            assert len(seen(path)) == number
            yield reading

    with Ledger.open(path) as ledger:
        assert len(list(ledger.add(watched()))) == len(given)


def test_one_that_cannot_be_written_takes_no_other_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, given = tmp_path / "l.db", readings()[:8]
    bad = given[4].document.id
    write = putting.write

    def failing(connection: object, some: Sequence[tuple[Reading, str]]) -> list[int]:
        numbers = write(connection, some)  # type: ignore[arg-type]
        if bad in {reading.document.id for reading, _ in some}:
            raise OSError("no space left")
        return numbers

    monkeypatch.setattr(putting, "write", failing)
    outcomes: list[str] = []
    with Ledger.open(path) as ledger:
        with pytest.raises(Exception, match="no space left"):
            outcomes.extend(receipt.outcome for receipt in ledger.add(given))
        assert [receipt.outcome for receipt in ledger.add(given[5:])] == ["added"] * 3
    check_file(path)
    assert seen(path) == {reading.document.id for reading in given} - {bad}
    monkeypatch.setattr(putting, "write", write)
    with Ledger.open(path) as ledger:
        assert [receipt.outcome for receipt in ledger.add(given)] == ["known"] * 4 + ["added"] + ["known"] * 3
    with Ledger.open(":memory:") as whole:
        list(whole.add(given))
        assert differences(contents(path), contents_of(whole)) == {}


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes have their share from the first readings on."""
    monkeypatch.setattr(preparing, "_FEW", 1)
    monkeypatch.setattr(preparing, "_TOGETHER", 2)


@pytest.mark.usefixtures("eager")
def test_other_processes_prepare_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = filled(readings(), most=1000, monkeypatch=monkeypatch)
    with Ledger.open(":memory:") as ledger:
        assert [receipt.outcome for receipt in ledger.add(readings(), workers=2)] == ["added"] * len(readings())
        assert differences(contents_of(ledger), alone) == {}


@pytest.mark.usefixtures("eager")
def test_a_process_that_dies_takes_nothing_with_it() -> None:
    given = [readings()[n % len(readings())] for n in range(24)]
    hands = Hands(3)
    made = Preparing(hands)
    try:
        tasks = [made.begin(reading, at_hand=True) for reading in given[:20]]
        assert hands.beside
        pool = hands._pool
        assert pool is not None
        for process in list(pool._processes.values()):
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
        tasks += [made.begin(reading, at_hand=True) for reading in given[20:]]
        assert made.results(tasks) == [prepare(reading) for reading in given]
        assert hands.results(hands.begin_first(len, ["a", "bc", ""])) == [1, 2, 0]
        assert not hands.beside
    finally:
        hands.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_nobody_asks_for_any_more_is_let_go(workers: int) -> None:
    hands = Hands(workers)
    hands.start()
    try:
        later = hands.begin(_slept, 0.0)
        left = hands.begin_first(_slept, [0.1] * 20)
        hands.drop_first()
        assert hands.results([later, *hands.begin_first(_slept, [0.01])]) == [0.0, 0.01]
        assert sum(call.ended or call.given is not None for call in left) <= 2 * (workers - 1)
    finally:
        hands.close()


def test_what_is_shared_out_first_is_done_first() -> None:
    hands = Hands(2)
    hands.start()
    try:
        later = [hands.begin(_slept, 0.2) for _ in range(8)]
        assert hands.results(hands.begin_first(_slept, [0.0, 0.01, 0.02, 0.03])) == [0.0, 0.01, 0.02, 0.03]
        assert sum(call.ended or (call.given is not None and call.given.done()) for call in later) < len(later) // 2
        assert hands.results(later) == [0.2] * 8
    finally:
        hands.close()


def test_while_a_disk_is_waited_for_what_waits_is_done() -> None:
    hands = Hands(2)
    hands.start()
    try:
        calls = [hands.begin(_slept, 0.01) for _ in range(20)]
        with hands.lent():
            time.sleep(0.3)  # nobody asks for a result
            assert sum(call.ended for call in calls) >= 2  # the other process has done the rest, or does it
            assert not hands._waiting
        assert hands.results(calls) == [0.01] * 20
        failing = [hands.begin(_failed, number) for number in range(12)]
        with hands.lent():
            pass
        with pytest.raises(ValueError, match="number 1"):
            hands.results(failing[1:2])
    finally:
        hands.close()
    before = threading.active_count()
    with Hands(1).lent():
        assert threading.active_count() == before


@pytest.mark.parametrize("before", [5e-3, 5e-5])
def test_threads_take_short_turns_as_long_as_others_work(before: float) -> None:
    own = sys.getswitchinterval()
    sys.setswitchinterval(before)
    try:
        before, hands = sys.getswitchinterval(), Hands(2)  # it is kept in whole microseconds, and rounded down
        hands.start()
        assert sys.getswitchinterval() <= TURN
        assert hands._pool is not None
        assert not hands._pool.submit(gc.isenabled).result()  # the others look for no dead cycles
        hands.close()
        assert sys.getswitchinterval() == before
    finally:
        sys.setswitchinterval(own)


def _failed(number: int) -> None:
    raise ValueError(f"number {number}")


def _slept(seconds: float) -> float:
    time.sleep(seconds)
    return seconds
