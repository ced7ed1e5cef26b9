"""One document has its time, and errors that are handed on between processes arrive as they left."""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from onrecord.errors import InputError, Malformed, OutOfTime, Unfetched
from onrecord.intake import document_from_bytes
from onrecord.patience import Deadline, check_time, in_time, patience, seconds_allowed


@contextmanager
def hurried() -> Iterator[None]:
    """Within a document whose time is over."""
    with patience(0.0), Deadline("a.txt"):
        time.sleep(0.001)
        yield


def test_the_clock_is_looked_at_within_a_document_only() -> None:
    with patience(0.0):
        check_time()
    with hurried(), pytest.raises(OutOfTime, match=r"a\.txt: set aside: it takes more than 0 seconds"):
        check_time()
    check_time()


def test_patience_ends_where_it_was_opened() -> None:
    before = seconds_allowed()
    with patience(None):
        assert seconds_allowed() is None
        with Deadline("a.txt"):
            check_time()
    assert seconds_allowed() == before


def test_within_a_document_its_own_deadline_holds() -> None:
    @in_time
    def make(*, name: str) -> str:
        check_time()
        return name

    assert make(name="b.txt") == "b.txt"
    with hurried(), pytest.raises(OutOfTime, match=r"a\.txt"):
        make(name="b.txt")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"The dam held.\n\n" * 50, "a.txt"),
        (b"<html><body><p>The dam held, said the mayor on Monday.</p></body></html>", "a.html"),
        (b'{"text": "The dam held.\\n\\nIt did."}', "a.jsonl"),
        (b"text\nThe dam held.\n", "a.csv"),
        (b"From: a@b.example\nSubject: Dam\n\nThe dam held.\n", "a.eml"),
    ],
)
def test_every_reader_looks_at_the_clock(data: bytes, name: str) -> None:
    with patience(0.0), pytest.raises(OutOfTime):
        document_from_bytes(data, name=name)


@pytest.mark.parametrize(
    "error",
    [
        InputError("a.txt", "no"),
        Malformed("a.txt", "broken", line=7),
        OutOfTime("a.txt", "set aside"),
        Unfetched("https://a.example/", "gone", status=410, again=5.0),
    ],
)
def test_errors_arrive_as_they_left(error: InputError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__dict__ == error.__dict__
