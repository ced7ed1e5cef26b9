"""The process that writes the corrections of a served ledger: as if the ledger were asked, and gone with its server."""

from __future__ import annotations

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from onrecord.errors import LedgerError, NotInLedger, Overtaken
from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.reading import Reading
from onrecord.views import rulings
from onrecord.views.web import application
from onrecord.views.web.writer import Writer, WritingProcess

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process is held in its place by a signal")

REJECT = Wish(reject=True)


def signed(expected: str | None = None) -> Signed:
    return Signed("Vera", "2026-01-02T03:04:05+00:00", "a caption", expected)


@pytest.fixture
def path(tmp_path: Path, flood: Reading) -> Path:
    with Ledger.open(tmp_path / "news.ledger") as book:
        list(book.add([flood]))
    return tmp_path / "news.ledger"


@pytest.fixture
def statement(path: Path) -> str:
    with Ledger.open(path, create=False, read_only=True) as book:
        row = book.statements()[0]
    return f"{row.document}:{row.id}"


@pytest.fixture
def writer(path: Path) -> Iterator[WritingProcess]:
    with WritingProcess(path) as made:
        yield made


def pid(writer: WritingProcess) -> int:
    process = writer._process
    assert process is not None
    return process.pid


def log(path: Path) -> list[str]:
    with Ledger.open(path, create=False, read_only=True) as book:
        return [row.id for row in book.corrections()]


def test_it_gives_and_raises_what_the_ledger_does(path: Path, statement: str, writer: WritingProcess) -> None:
    made = writer.correct(statement, REJECT, signed())
    with Ledger.open(path, create=False) as book:
        assert list(book.corrections()) == [made]
        wrongs: tuple[Callable[[Writer], object], ...] = (
            lambda one: one.correct(statement, REJECT, signed("")),  # overtaken
            lambda one: one.correct(statement, REJECT, signed(made.id)),  # nothing would change
            lambda one: one.correct("nothing:s0", REJECT, signed()),
            lambda one: one.merge("Nobody", "No one", signed()),
            lambda one: one.split("Nobody", "No one", signed()),
            lambda one: one.undo("k0", signed()),
        )
        for wrong in wrongs:
            raised = []
            for one in (book, writer):
                with pytest.raises(LedgerError) as error:
                    wrong(one)
                raised.append((type(error.value), str(error.value)))
            assert raised[0] == raised[1]
    undone = writer.undo(made.id, signed())
    assert undone.undoes == made.id
    assert log(path)[-1] == undone.id


def test_one_that_died_while_nobody_asked_is_started_anew(path: Path, statement: str, writer: WritingProcess) -> None:
    before = pid(writer)
    os.kill(before, signal.SIGKILL)
    made = writer.correct(statement, REJECT, signed())
    assert log(path) == [made.id]
    assert pid(writer) != before


def test_one_that_dies_before_it_takes_a_question_did_nothing(
    path: Path, statement: str, writer: WritingProcess
) -> None:
    os.kill(pid(writer), signal.SIGSTOP)
    with ThreadPoolExecutor(1) as beside:
        asked = beside.submit(writer.correct, statement, REJECT, signed())
        _until(writer._lock.locked)
        time.sleep(0.1)  # until the question lies in the pipe
        os.kill(pid(writer), signal.SIGKILL)
        assert [asked.result(30).id] == log(path)


def test_one_that_dies_while_it_writes_is_told_and_nothing_is_tried_twice(
    path: Path, statement: str, writer: WritingProcess
) -> None:
    with _held(path), ThreadPoolExecutor(1) as beside:
        asked = beside.submit(writer.correct, statement, REJECT, signed())
        _until(writer._lock.locked)
        time.sleep(0.3)  # until it waits for its turn to write
        os.kill(pid(writer), signal.SIGKILL)
        with pytest.raises(HTTPException, match="whether this correction was recorded") as raised:
            asked.result(30)
    assert raised.value.status_code == 503
    assert log(path) == []
    assert [writer.correct(statement, REJECT, signed()).id] == log(path)


def test_signals_to_all_that_belongs_to_a_server_leave_it_to_finish(
    path: Path, statement: str, writer: WritingProcess
) -> None:
    os.kill(pid(writer), signal.SIGSTOP)
    with ThreadPoolExecutor(2) as beside:
        asked = beside.submit(writer.correct, statement, REJECT, signed())
        _until(writer._lock.locked)
        time.sleep(0.1)
        process = writer._process
        assert process is not None
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        closed = beside.submit(writer.close)
        process.send_signal(signal.SIGCONT)
        assert [asked.result(30).id] == log(path)
        closed.result(30)
    assert process.returncode == 0
    with pytest.raises(LedgerError, match="ending"):
        writer.correct(statement, REJECT, signed())


def test_it_ends_when_its_server_is_killed(path: Path) -> None:
    program = (
        "import sys, time\nfrom onrecord.views.web.writer import Writer, WritingProcess\n"
        f"made = WritingProcess({str(path)!r})\nprint(made._process.pid, flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        child = int(server.stdout.readline())
        server.kill()
    _until(lambda: not _runs(child))


def test_a_ledger_that_there_is_not_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no such ledger"):
        WritingProcess(tmp_path / "nothing.ledger")


def test_without_an_interpreter_to_start_it_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(path.parent / "no-python"))
    with pytest.raises(LedgerError, match="does not start: No such file"):
        WritingProcess(path)
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(LedgerError, match=r"does not start$"):
        WritingProcess(path)


def test_a_page_corrects_by_it_and_tells_that_it_ended(path: Path, statement: str, writer: WritingProcess) -> None:
    with Ledger.open(path, create=False, read_only=True) as book:
        app = application(book, writer=writer)
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        sent = {"wish": "reject", "reason": "a caption", "by": "Vera", "seen": ""}
        assert client.post(f"/correct/{statement}", data=sent).status_code == 303
        assert client.post(f"/correct/{statement}", data=sent).status_code == 409  # nobody saw the first
        assert len(log(path)) == 1
        undo = f"/corrections/{log(path)[0]}/undo"
        with _held(path), ThreadPoolExecutor(1) as beside:
            asked = beside.submit(client.post, undo, data={"reason": "a", "by": "Vera"})
            _until(writer._lock.locked)
            time.sleep(0.3)
            os.kill(pid(writer), signal.SIGKILL)
            answer = asked.result(30)
        assert answer.status_code == 503
        assert "before you send it again" in answer.text
        assert len(log(path)) == 1


def test_what_it_is_told_comes_one_after_the_other(path: Path, statement: str) -> None:
    told = [str(path), ("correct", (statement, REJECT, signed())), ("documents", ()), ("correct", (statement,))]
    answers = _answers(told)
    assert answers[1::2] == [rulings.TAKEN] * 3
    done, rows = zip(*[answers[0], *answers[2::2]], strict=True)
    assert done == (True, True, False, False)
    assert rows[1].id in log(path)
    assert isinstance(rows[2], RuntimeError)
    assert "nothing that is asked here" in str(rows[2])
    assert "TypeError" in str(rows[3])


def test_it_tells_why_a_ledger_is_not_opened(tmp_path: Path) -> None:
    [(done, error)] = _answers([str(tmp_path / "nothing.ledger")])
    assert not done
    assert isinstance(error, LedgerError)
    assert not isinstance(error, (NotInLedger, Overtaken))
    assert _answers([]) == []


def _answers(told: Sequence[object]) -> list[Any]:
    given = BytesIO()
    rulings.rule(BytesIO(b"".join(map(pickle.dumps, told))), given)
    given.seek(0)
    found = []
    while given.tell() < len(given.getvalue()):
        found.append(pickle.load(given))
    return found


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Somebody else writes, so that whoever wants to waits."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _runs(process: int) -> bool:
    """Whether it runs: one that ended and that nobody has asked for yet (Z) does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)
