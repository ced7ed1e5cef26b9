"""A ledger depends on the set of readings in it, never on the order in which they came, nor on what they replaced."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.contents import check_file, contents, contents_of, differences
from tests.ledger.databases import sqlite_only
from tests.ledger.sample_readings import again, readings
from tests.thorough import tries

from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.reading import Reading


def added(path: Path, given: Sequence[Reading]) -> list[str]:
    with Ledger.open(path) as ledger:
        return [receipt.outcome for receipt in ledger.add(given)]


def elsewhere(reading: Reading) -> Reading:
    """The document as if it had come out a month before: another day, another origin, perhaps another story."""
    document = reading.document
    return replace(reading, document=replace(document, published="2025-02-11", publisher="The Other Paper"))


@cache
def from_scratch(chosen: frozenset[int]) -> dict[str, list[tuple[object, ...]]]:
    with Ledger.open(":memory:") as ledger:
        list(ledger.add(reading for i, reading in enumerate(readings()) if i in chosen))
        return contents_of(ledger)


def test_the_readings_do_make_what_is_derived() -> None:
    found = from_scratch(frozenset(range(len(readings()))))
    sizes = sorted(dict(row)["documents"] for row in found["stories"])
    assert sizes[-1] >= 5, "no story of several articles: the tests below would compare nothing"
    assert len(sizes) >= 2, "all in one story: nothing could be put into the wrong one"
    # What is kept of feeds that are watched follows from no reading.
    empty = {name for name, rows in found.items() if not rows and not name.startswith("watched_")}
    assert empty <= {"corrections", "correction_places", "ruled", "figure_events"}, "nothing to compare in a table"


NUMBERS = range(12)


@st.composite
def jobs(draw: st.DrawFn) -> list[tuple[int, str]]:
    """Some of the documents in any order, each in the end as it is; in between as it is not, and as it is twice."""
    chosen = draw(st.lists(st.sampled_from(NUMBERS), unique=True, min_size=4))
    steps = [(number, "so") for number in chosen]
    for number in draw(st.lists(st.sampled_from(chosen), max_size=5)):
        how = draw(st.sampled_from(["again", "elsewhere", "so"]))
        last = max(place for place, step in enumerate(steps) if step == (number, "so"))
        steps.insert(draw(st.integers(0, last)), (number, how))
    return steps


@settings(max_examples=tries(50, check=5))
@given(steps=jobs())
def test_any_order_with_replacements_gives_the_ledger_made_from_scratch(steps: list[tuple[int, str]]) -> None:
    forms = {"so": lambda reading: reading, "again": again, "elsewhere": elsewhere}
    with Ledger.open(":memory:") as ledger:
        outcomes = {receipt.outcome for receipt in ledger.add(forms[how](readings()[number]) for number, how in steps)}
        found = contents_of(ledger)
    assert "refused" not in outcomes
    assert differences(found, from_scratch(frozenset(number for number, _ in steps))) == {}


def record(document: int, key: str) -> str:
    return f"{readings()[document].document.id}:{key}"


def signed(line: int) -> Signed:
    return Signed(by="Ada", at=f"2025-04-01T12:00:{line:02}+00:00", reason="I was there")


# Each with the documents that must be there. Between documents, so that a ruling comes before or after what it changes.
RULINGS: tuple[tuple[set[int], Callable[[Ledger], object]], ...] = (
    ({9}, lambda ledger: ledger.correct(record(9, readings()[9].statements[0].id), Wish(reject=True), signed(1))),
    ({11, 5}, lambda ledger: ledger.merge(record(11, "e5"), record(5, "e12"), signed(2))),
    ({8, 11}, lambda ledger: ledger.correct(record(8, "s3"), Wish(speaker=record(11, "e5")), signed(3))),
    ({5}, lambda ledger: ledger.correct(record(5, "f0"), Wish(series="new"), signed(4))),
    ({4, 1}, lambda ledger: ledger.split(record(4, "e4"), record(1, "e3"), signed(5))),
    ({9}, lambda ledger: ledger.undo(ledger.corrections()[0].id, signed(6))),
    ({8, 5}, lambda ledger: ledger.correct(record(8, "s1"), Wish(speaker=record(5, "e12")), signed(7))),
    ({9}, lambda ledger: ledger.correct(record(9, readings()[9].statements[1].id), Wish(reject=True), signed(8))),
    ({5}, lambda ledger: ledger.correct(record(5, "f1"), Wish(confirm=True), signed(9))),
)


@st.composite
def ruled_jobs(draw: st.DrawFn) -> list[tuple[str, int]]:
    """All documents in any order, the rulings in theirs anywhere among them, and some documents read again at the end."""
    steps = [("so", number) for number in draw(st.permutations(NUMBERS))]
    earliest = 0
    for line, (needed, _) in enumerate(RULINGS):
        ready = 1 + max(place for place, step in enumerate(steps) if step[0] == "so" and step[1] in needed)
        earliest = 1 + draw(st.integers(max(earliest, ready) - 1, len(steps) - 1))
        steps.insert(earliest, ("rule", line))
        earliest += 1
    for number in draw(st.lists(st.sampled_from(NUMBERS), max_size=4, unique=True)):
        steps += [("again", number), ("so", number)]
    return steps


def after(steps: Sequence[tuple[str, int]], *, together: bool = False) -> dict[str, list[tuple[object, ...]]]:
    """`together`: what is added between two rulings is added at once."""
    with Ledger.open(":memory:") as ledger:
        waiting: list[Reading] = []
        for how, number in steps:
            if how == "rule":
                list(ledger.add(waiting))
                waiting.clear()
                RULINGS[number][1](ledger)
            else:
                waiting.append(again(readings()[number]) if how == "again" else readings()[number])
                if not together:
                    list(ledger.add(waiting))
                    waiting.clear()
        list(ledger.add(waiting))
        return contents_of(ledger)


@cache
def ruled_from_scratch() -> dict[str, list[tuple[object, ...]]]:
    return after([("so", number) for number in NUMBERS] + [("rule", line) for line in range(len(RULINGS))])


@settings(max_examples=tries(30, check=2))
@given(steps=ruled_jobs(), together=st.booleans())
def test_rulings_hold_whenever_they_were_made(steps: list[tuple[str, int]], together: bool) -> None:
    assert differences(after(steps, together=together), ruled_from_scratch()) == {}


def test_rulings_change_what_is_derived() -> None:
    plain = from_scratch(frozenset(NUMBERS))
    changed = set(differences(ruled_from_scratch(), plain)) - {"corrections", "correction_places"}
    assert {"people", "claims", "series", "ruled", "speaking", "speakers"} <= changed


def test_forward_and_backward_are_the_same(tmp_path: Path) -> None:
    forward, backward = tmp_path / "forward.db", tmp_path / "backward.db"
    added(forward, readings())
    added(backward, readings()[::-1])
    assert differences(contents(forward), contents(backward)) == {}


@sqlite_only  # on a server: tests/postgres
def test_two_processes_add_a_half_each_at_the_same_time(tmp_path: Path) -> None:
    path, given = tmp_path / "l.db", readings()
    halves = [given[::2], given[1::2]]
    # Started afresh, not forked: the reader's threads live in this process.
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        outcomes = [outcome for found in pool.map(added, [path] * 2, halves) for outcome in found]
    assert outcomes == ["added"] * len(given)
    assert differences(contents(path), from_scratch(frozenset(range(len(given))))) == {}
    check_file(path)
