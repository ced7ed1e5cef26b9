"""Many documents at once: each reads as it does alone, whatever the threads, the workers and the company; in order,
without running far ahead; and one that kills its worker is the only one lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

import onrecord.reader
from onrecord.errors import InputError, OutOfTime, ReaderError, Unread
from onrecord.intake import documents
from onrecord.patience import patience
from onrecord.reader import decoding, read, read_all
from onrecord.reader import workers as staff_room
from onrecord.reader.annotated import Annotated
from onrecord.reader.heads.ahead import HELD, ahead
from onrecord.reader.heads.encoder import AHEAD, Encoder
from onrecord.reader.models import WEIGHTS
from onrecord.reader.workers import AT_HAND, BEHIND, _Staff, _Task
from onrecord.reading import Reading
from onrecord.records import Document

ROOT = Path(__file__).parents[2]
SHORT = "“We have all left the town,” Mayor Pavla Hemmerin said on Tuesday. At least 14 people died."


@pytest.fixture(scope="module")
def one() -> Encoder:
    return Encoder(WEIGHTS, threads=1)


@pytest.fixture(scope="module")
def given() -> list[Document]:
    """The samples, and among them a document without words, one of one window and one of many."""
    found = [d for d in documents([str(ROOT / "samples")]) if isinstance(d, Document)]
    long = "\n\n".join(d.text for d in found[:8])
    return [*found[:6], article(0, ""), *found[6:12], article(1), article(2, long), *found[12:]]


@pytest.fixture(scope="module")
def alone(given: list[Document], one: Encoder) -> list[Reading]:
    return [read(document, one) for document in given]


def article(number: int, text: str = SHORT) -> Document:
    return Document(f"{number:064d}", text, title=f"Article {number}", published="2025-03-12")


@pytest.mark.parametrize("threads", [1, 2, 3, 4])
def test_threads_change_nothing(threads: int, given: list[Document], alone: list[Reading]) -> None:
    assert list(read_all(given, encoder=Encoder(WEIGHTS, threads))) == alone


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_change_nothing(workers: int, given: list[Document], alone: list[Reading], one: Encoder) -> None:
    assert list(read_all(given, workers=workers, encoder=one)) == alone


def test_company_and_order_change_nothing(given: list[Document], alone: list[Reading]) -> None:
    assert list(read_all(given[::-1], encoder=Encoder(WEIGHTS, threads=2))) == alone[::-1]


def test_workers_beside_other_threads_load_their_own_weights(one: Encoder) -> None:
    """They cannot be forked then: what another thread holds at that moment would be held in them for ever."""
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        found = list(read_all([article(i) for i in range(3)], workers=2, encoder=one))
    finally:
        stop.set()
        other.join()
    assert found == [read(article(i), one) for i in range(3)]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_no_document_is_passed_on_in_its_place(workers: int, one: Encoder) -> None:
    refused = InputError("a.txt", "is no article")
    found = list(read_all([refused, article(0), "a word", article(1), refused], workers=workers, encoder=one))
    assert found == [refused, read(article(0), one), "a word", read(article(1), one), refused]


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_is_read_of_nothing(workers: int) -> None:
    assert list(read_all([], workers=workers)) == []


@pytest.mark.parametrize(("workers", "most"), [(1, AHEAD * 2), (2, BEHIND * 2 + AT_HAND)])
def test_endless_input_is_read_in_bounded_memory(workers: int, most: int) -> None:
    asked = 0

    def endless() -> Iterator[Document]:
        nonlocal asked
        for number in count():
            asked += 1
            yield article(number)

    taken = 0
    for found in islice(read_all(endless(), workers=workers, encoder=Encoder(WEIGHTS, threads=2)), 40):
        taken += 1
        assert isinstance(found, Reading)
        assert found.document.title == f"Article {taken - 1}"
        assert asked - taken <= most
    assert taken == 40


@pytest.mark.parametrize("workers", [1, 2])
def test_what_came_before_an_error_of_the_input_is_read(workers: int) -> None:
    def failing() -> Iterator[Document]:
        yield from (article(i) for i in range(5))
        raise OSError("the disk is gone")

    found: list[str | None] = []
    with pytest.raises(OSError, match="the disk is gone"):
        found.extend(titles(read_all(failing(), workers=workers, encoder=Encoder(WEIGHTS, threads=2))))
    assert found == [f"Article {i}" for i in range(5)]


def test_workers_end_with_whoever_takes_their_readings(one: Encoder) -> None:
    found = read_all((article(i) for i in count()), workers=2, encoder=one)
    assert isinstance(next(found), Reading)
    assert len(multiprocessing.active_children()) == 2
    found.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def titles(found: Iterator[Reading | Document | InputError]) -> Iterator[str | None]:
    for reading in found:
        assert isinstance(reading, Reading)
        yield reading.document.title


def dies_at(number: int, how: signal.Signals | int | Exception) -> object:
    def reading(document: Document, encoder: Encoder) -> Reading:
        if document.title == f"Article {number}":
            if isinstance(how, Exception):
                raise how
            if isinstance(how, signal.Signals):
                os.kill(os.getpid(), how)
            os._exit(int(how))
        return read(document, encoder)

    return reading


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are forked, as what a test patches must be in them, also where threads of other tests wait for work."""
    monkeypatch.setattr(staff_room, "_may_fork", lambda: True)


needs_fork = pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="patches what is forked")


@needs_fork
@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize(("how", "said"), [(signal.SIGKILL, "signal SIGKILL"), (3, "exit status 3")])
@pytest.mark.parametrize("number", [0, 4, 9])
def test_a_document_that_kills_its_worker_is_named_and_the_rest_goes_on(
    how: signal.Signals | int, said: str, number: int, monkeypatch: pytest.MonkeyPatch, one: Encoder
) -> None:
    expected: list[object] = [read(article(i), one) for i in range(10)]
    monkeypatch.setattr(onrecord.reader, "read", dies_at(number, how))
    found = list(read_all([article(i) for i in range(10)], workers=2, encoder=one))
    lost = found.pop(number)
    assert isinstance(lost, InputError)
    assert lost.name == f"Article {number}"
    assert said in lost.reason
    del expected[number]
    assert found == expected


def set_aside(found: list[Any], logged: list[str]) -> None:
    """Article 2 brought out a fault; the others are read."""
    (lost,) = (one for one in found if not isinstance(one, Reading))
    assert isinstance(lost, Unread)
    assert found.index(lost) == 2
    assert lost.name == "Article 2"
    assert "ZeroDivisionError" in lost.reason
    assert "no such luck" in lost.reason
    assert [one.document.title for one in found if one is not lost] == [f"Article {n}" for n in (0, 1, 3, 4, 5)]
    (trace,) = logged
    assert "Article 2 brought out a fault of the reader" in trace
    assert "Traceback" in trace


@needs_fork
@pytest.mark.usefixtures("forked")
def test_a_document_that_brings_out_a_fault_of_the_reader_is_set_aside(
    monkeypatch: pytest.MonkeyPatch, one: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(onrecord.reader, "read", dies_at(2, ZeroDivisionError("no such luck")))
    set_aside(list(read_all([article(i) for i in range(6)], workers=2, encoder=one)), caplog.messages)
    assert multiprocessing.active_children() == []


def fails_at(title: str, error: Exception) -> Callable[[Annotated, str], Reading]:
    decode = decoding.decode

    def failing(annotated: Annotated, model: str) -> Reading:
        if annotated.document.title == title:
            raise error
        return decode(annotated, model)

    return failing


def test_one_process_sets_it_aside_too(
    monkeypatch: pytest.MonkeyPatch, one: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(decoding, "decode", fails_at("Article 2", ZeroDivisionError("no such luck")))
    set_aside(list(read_all([article(i) for i in range(6)], encoder=one)), caplog.messages)


@pytest.mark.parametrize("error", [MemoryError(), ReaderError("the weights are damaged")])
def test_what_is_no_fault_of_reading_ends_the_job(
    monkeypatch: pytest.MonkeyPatch, one: Encoder, error: Exception
) -> None:
    monkeypatch.setattr(decoding, "decode", fails_at("Article 0", error))
    with pytest.raises(type(error)):
        list(read_all([article(0)], encoder=one))


@needs_fork
@pytest.mark.usefixtures("forked")
def test_an_error_that_cannot_travel_says_what_it_said(monkeypatch: pytest.MonkeyPatch, one: Encoder) -> None:
    class Local(Exception):
        pass

    monkeypatch.setattr(onrecord.reader, "read", dies_at(0, Local("only here")))
    lost, other = read_all([article(0), article(1)], workers=2, encoder=one)
    assert isinstance(lost, Unread)
    assert "only here" in lost.reason
    assert isinstance(other, Reading)


def test_a_worker_that_died_idle_costs_no_document(one: Encoder) -> None:
    staff = _Staff(2, one)
    try:
        for child in multiprocessing.active_children():
            child.kill()
            child.join()
        tasks = [_Task(article(i)) for i in range(4)]
        for task in tasks:
            staff.give(task)
        assert [staff.outcome(task) for task in tasks] == [read(article(i), one) for i in range(4)]
    finally:
        staff.dismiss()


@pytest.mark.parametrize("threads", [1, 3])
def test_ahead_keeps_the_order_and_passes_errors_on(threads: int) -> None:
    assert list(ahead(lambda n: n * n, range(50), threads=threads, most=5)) == [n * n for n in range(50)]
    found = ahead(lambda n: 10 // (3 - n), iter(range(9)), threads=threads, most=5)
    assert list(islice(found, 3)) == [3, 5, 10]
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_who_waits_for_a_result_works_too() -> None:
    """Two threads for two cores: a third, which only waits its turn, would take it from the others."""
    by = set(ahead(lambda _: (time.sleep(0.001), threading.get_ident())[1], range(50), threads=2, most=5))
    assert len(by) == 2
    assert threading.get_ident() in by


def test_a_result_does_not_wait_for_items_that_come_slowly() -> None:
    asked = 0

    def slow() -> Iterator[int]:
        nonlocal asked
        for number in range(12):
            time.sleep(2 * HELD)
            asked += 1
            yield number

    for taken, _ in enumerate(ahead(lambda n: n, slow(), threads=2, most=10), start=1):
        assert asked <= taken + 2


def test_items_are_asked_for_while_results_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other threads have something to do while the caller is busy with a result."""
    monkeypatch.setattr("onrecord.reader.heads.ahead.HELD", 60.0)  # however slow this machine is
    asked = 0

    def quick() -> Iterator[int]:
        nonlocal asked
        for number in range(100):
            asked += 1
            yield number

    found = ahead(lambda n: n, quick(), threads=2, most=10)
    next(found)
    assert asked == 10


def test_threads_of_numpy_change_nothing() -> None:
    """Mentions of a long text are compared in products large enough for a BLAS to share out."""
    program = (
        "import hashlib, sys; from pathlib import Path; import onrecord;"
        "text = '\\n\\n'.join(p.read_text(encoding='utf-8') for p in sorted(Path(sys.argv[1]).rglob('*.txt')));"
        "print(hashlib.sha256(onrecord.read(text).to_json().encode()).hexdigest())"
    )
    digests = set()
    for threads in ("1", "2", "4"):
        environment = {**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        command = [sys.executable, "-c", program, str(ROOT / "samples")]
        digests.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(digests) == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_over_its_time_is_set_aside_and_the_rest_goes_on(
    workers: int, given: list[Document], one: Encoder
) -> None:
    long = article(1, "\n\n".join([SHORT] * 4_000))
    with patience(3.0):
        found = list(read_all([article(0), long, article(2)], workers=workers, encoder=one))
    assert found[::2] == [read(article(0), one), read(article(2), one)]
    assert isinstance(found[1], OutOfTime)
    assert str(found[1]) == "Article 1: set aside: it takes more than 3 seconds"


@needs_fork
@pytest.mark.usefixtures("forked")
def test_a_worker_that_looks_at_no_clock_is_ended(monkeypatch: pytest.MonkeyPatch, one: Encoder) -> None:
    def stuck(document: Document, encoder: Encoder) -> Reading:
        if document.title == "Article 1":
            time.sleep(600)
        return read(document, encoder)

    monkeypatch.setattr(onrecord.reader, "read", stuck)
    monkeypatch.setattr(staff_room, "_GRACE", 0.5)
    with patience(10.0):
        found = list(read_all([article(i) for i in range(6)], workers=2, encoder=one))
    late = found.pop(1)
    assert isinstance(late, OutOfTime)
    assert found == [read(article(i), one) for i in (0, 2, 3, 4, 5)]


def test_without_end_nothing_is_set_aside(one: Encoder) -> None:
    with patience(None):
        assert list(read_all([article(0)], encoder=one)) == [read(article(0), one)]


@pytest.mark.parametrize(("workers", "threads"), [(1, 1), (1, 2), (2, 1), (2, 2)])
def test_every_way_of_reading_gives_the_same_bytes(workers: int, threads: int, given: list[Document]) -> None:
    """As JSON, in which every figure stands with all its digits: forwards and backwards."""
    encoder = Encoder(WEIGHTS, threads)
    expected = {document.id: read(document, Encoder(WEIGHTS, 1)).to_json() for document in given[:12]}
    for order in (given[:12], given[:12][::-1]):
        found = list(read_all(order, workers=workers, encoder=encoder))
        assert [reading.to_json() for reading in found if isinstance(reading, Reading)] == [
            expected[d.id] for d in order
        ]
