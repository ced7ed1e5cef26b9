"""Words laid against words: the cheapest way, and the differences in the words as they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.checking.align import align, differences, find, windows
from onrecord.ledger.checking.words import Words

LEDGER = "He said that the sirens did not sound in the night of the flood and nobody woke up"


def changes(draft: str, ledger: str = LEDGER) -> list[tuple[str, str, str]]:
    here, there = Words(draft), Words(ledger)
    laid = align(here.keys, there.keys, range(len(there)))
    return list(differences(laid, here, range(len(here)), there))


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("the sirens did not sound", []),
        ("The sirens did sound", [("dropped", "", "not")]),
        ("the sirens did not sound early in the night", [("added", "early", "")]),
        ("the bells did not sound in the night", [("replaced", "bells", "sirens")]),
        ("the sirens did not ring", [("replaced", "ring", "sound")]),
        ("those sirens did not sound", [("replaced", "those", "the")]),
    ],
)
def test_differences(draft: str, expected: list[tuple[str, str, str]]) -> None:
    assert changes(draft) == expected


def test_a_gap_costs_nothing() -> None:
    here, there = Words("the sirens did not sound and nobody woke up"), Words(LEDGER)
    laid = align(here.keys, there.keys, range(len(there)), frozenset({5}))
    assert laid.same == laid.length == 9
    assert align(here.keys, there.keys, range(len(there))).same < 9


_KEYS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=9)


@given(_KEYS, _KEYS, st.frozensets(st.integers(0, 9), max_size=2))
def test_an_alignment_keeps_order_and_covers_what_was_wanted(
    wanted: list[str], keys: list[str], gaps: frozenset[int]
) -> None:
    laid = align(wanted, keys, range(len(keys)), gaps)
    assert [here for here, _ in laid.steps if here is not None] == list(range(len(wanted)))
    there = [place for _, place in laid.steps if place is not None]
    assert there == sorted(set(there))
    equal = [(h, t) for h, t in laid.steps if h is not None and t is not None and wanted[h] == keys[t]]
    assert len(equal) == laid.same
    assert 0 <= laid.likeness <= 1


@given(_KEYS, _KEYS)
def test_found_word_for_word_is_an_alignment_without_errors(wanted: list[str], keys: list[str]) -> None:
    places = Words(" ".join(keys)).places
    found = find(wanted, keys, places)
    assert found == [i for i in range(len(keys)) if keys[i : i + len(wanted)] == wanted]
    assert bool(found) == (align(wanted, keys, range(len(keys))).likeness == 1)


def test_a_window_holds_what_is_looked_for() -> None:
    words = Words("nothing here at all . " * 30 + LEDGER + " nothing there either" * 30)
    wanted = Words("the sirens sound in the night").keys
    best = windows(wanted, len(words), words.places, 1)[0]
    assert "sirens" in words.keys[best.start : best.stop]
    assert windows(Words("the purple bells rang twice").keys, len(words), words.places, 1, least=3) == []
