"""What holds of a log of corrections: undone, overruled, orphaned, and what is ruled in the end; by hand, no ledger."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.ledger.corrections.anchoring import Lost
from onrecord.ledger.corrections.records import Kind
from onrecord.ledger.corrections.rulings import Placed, rulings, standings, undone_by, verdicts
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Voice

A, B, C, D = (("h1", "e1"), ("h2", "e2"), ("h3", "e3"), ("h4", "e4"))
GONE = Lost("the words are gone")
ROWS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}


def log(*made: tuple[Any, ...]) -> list[Placed]:
    """Each a kind, a target, and a value; of an undo the number of what it undoes, from one on."""
    found = []
    for number, (kind, target, *value) in enumerate(made, 1):
        if kind == "undo":
            found.append(Placed(number, f"k{number}", "undo", f"k{target}", A, None))
        else:
            what = value[0] if value else None
            words = value[1] if len(value) > 1 else None
            found.append(Placed(number, f"k{number}", kind, None, target, what, words))
    return found


def states(*made: tuple[Any, ...]) -> list[str]:
    found = standings(log(*made))
    return [found[f"k{number}"].state for number in range(1, len(made) + 1)]


IN, UNDONE, OVER, ORPHAN = "in force", "undone", "overruled", "orphan"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ([("reject", A)], [IN]),
        ([("reject", GONE)], [ORPHAN]),
        # rejecting and confirming are two answers to one question; the later wins
        ([("reject", A), ("confirm", A)], [OVER, IN]),
        ([("reject", A), ("reject", A)], [OVER, IN]),
        ([("reject", A), ("confirm", B)], [IN, IN]),
        ([("reject", A), ("speaker", A, B)], [IN, IN]),
        ([("speaker", A, B), ("speaker", A, C)], [OVER, IN]),
        ([("speaker", A, GONE)], [ORPHAN]),
        ([("rename", A, None, "X"), ("rename", A, None, "Y")], [OVER, IN]),
        # an orphan decided against what came before it all the same
        ([("speaker", A, B), ("speaker", A, GONE)], [OVER, ORPHAN]),
        ([("speaker", A, B), ("speaker", GONE, C)], [IN, ORPHAN]),
        # undone, and the undo undone
        ([("reject", A), ("undo", 1)], [UNDONE, IN]),
        ([("reject", A), ("undo", 1), ("undo", 2)], [IN, UNDONE, IN]),
        ([("reject", A), ("undo", 1), ("undo", 2), ("undo", 3)], [UNDONE, IN, UNDONE, IN]),
        ([("reject", A), ("confirm", A), ("undo", 2)], [IN, UNDONE, IN]),
        ([("reject", A), ("undo", 1), ("undo", 1)], [UNDONE, IN, IN]),
        # moves of figures: none leads round in a circle
        ([("series", A, B)], [IN]),
        ([("series", A, None)], [IN]),
        ([("series", A, B), ("series", B, A)], [OVER, IN]),
        ([("series", A, B), ("series", B, C), ("series", C, A)], [OVER, IN, IN]),
        ([("series", A, B), ("series", B, None)], [IN, IN]),
        ([("series", A, B), ("series", B, C), ("series", C, D)], [IN, IN, IN]),
        ([("series", A, GONE)], [ORPHAN]),
        ([("series", A, B), ("series", A, C)], [OVER, IN]),
        # who is one and who is not
        ([("merge", A, B)], [IN]),
        ([("merge", A, GONE)], [ORPHAN]),
        ([("merge", A, B), ("split", A, B)], [OVER, IN]),
        ([("split", A, B), ("merge", A, B)], [OVER, IN]),
        ([("split", B, A), ("merge", A, B)], [OVER, IN]),
        ([("merge", A, B), ("split", B, A)], [OVER, IN]),
        ([("merge", A, B), ("split", A, C)], [IN, IN]),
        ([("merge", A, B), ("merge", B, C), ("split", A, C)], [OVER, IN, IN]),
        ([("split", A, C), ("merge", A, B), ("merge", B, C)], [OVER, IN, IN]),
        ([("merge", A, B), ("merge", C, D), ("merge", A, C)], [IN, IN, IN]),
        ([("split", A, B), ("split", A, B)], [IN, IN]),
        ([("merge", A, B), ("merge", A, B)], [IN, IN]),
    ],
)
def test_the_standing_of_corrections(made: list[tuple[Any, ...]], expected: list[str]) -> None:
    assert states(*made) == expected


def test_a_standing_says_why() -> None:
    found = standings(
        log(
            ("reject", A), ("confirm", A), ("reject", GONE), ("speaker", B, GONE), ("rename", C, None, "X"), ("undo", 5)
        )
    )
    assert [found[f"k{n}"].why for n in range(1, 7)] == [
        "by k2, which came later", None, "the words are gone", "the words are gone", "by k6", None,
    ]  # fmt: skip
    merged = standings(log(("split", A, C), ("merge", A, B), ("merge", B, C)))
    assert merged["k1"].why == "by k3, k2, which came later"
    split = standings(log(("merge", A, B), ("split", A, B)))
    assert split["k1"].why == "by k2, which came later"
    moved = standings(log(("series", A, B), ("series", B, A)))
    assert moved["k1"].why == "by k2, which came later"


def test_what_is_undone_and_by_what() -> None:
    assert undone_by(log(("reject", A), ("undo", 1))) == {"k1": "k2"}
    assert undone_by(log(("reject", A), ("undo", 1), ("undo", 2))) == {"k2": "k3"}
    assert undone_by(log(("reject", A))) == {}


def ruled(*made: tuple[Any, ...], within: tuple[str, ...] = ("h1",)) -> Any:
    return rulings(log(*made), ROWS, within)


def test_what_is_ruled_about_the_documents_that_are_asked_about() -> None:
    assert ruled(("reject", A)).rejected == {(1, "e1")}
    assert ruled(("confirm", A)).confirmed == {(1, "e1")}
    assert ruled(("reject", B)).rejected == frozenset()
    assert ruled(("reject", A), ("undo", 1)).rejected == frozenset()
    assert ruled(("reject", GONE)).rejected == frozenset()
    assert ruled(("speaker", A, B, "Bo Ray")).speakers == {(1, "e1"): (2, "e2")}
    assert ruled(("speaker", A, B, "Bo Ray")).voices == {(2, "e2"): Voice(derived_id("p", *B), "Bo Ray")}
    assert ruled(("speaker", A, B)).voices[2, "e2"].name == ""
    assert ruled(("speaker", A, GONE)).speakers == {}
    assert ruled(("rename", A, None, "Bo Ray")).names == {(1, "e1"): "Bo Ray"}
    assert ruled(("rename", A, None, "Bo Ray"), within=("h2",)).names == {}
    assert ruled(("series", A, B)).moved == {(1, "e1"): (2, "e2")}
    assert ruled(("series", A, None)).moved == {(1, "e1"): None}


def test_a_pair_counts_where_one_of_the_two_is_asked_about() -> None:
    for within, counts in ((("h1",), True), (("h2",), True), (("h3",), False)):
        assert ruled(("merge", B, A), within=within).same == ({((1, "e1"), (2, "e2"))} if counts else frozenset())
        assert ruled(("split", B, A), within=within).apart == ({((1, "e1"), (2, "e2"))} if counts else frozenset())
    assert ruled(("merge", A, GONE)).same == frozenset()


def test_the_verdict_on_a_record() -> None:
    def verdict(*made: tuple[Any, ...]) -> Any:
        return verdicts(log(*made), ["h1"]).get(A)

    assert verdict(("reject", B)) is None
    assert verdict(("series", A, B)) is None
    assert verdict(("rename", A, None, "X")) is None
    assert verdict(("reject", GONE)) is None
    assert verdict(("reject", A), ("undo", 1)) is None
    one = verdict(("reject", A))
    assert (one.rejected, one.confirmed, one.speaker, one.number) == (True, False, None, 1)
    one = verdict(("speaker", A, B), ("confirm", A))
    assert (one.rejected, one.confirmed, one.speaker, one.number) == (False, True, B, 2)


@pytest.mark.parametrize("kind", ["reject", "confirm"])
def test_a_verdict_that_was_overruled_is_none(kind: Kind) -> None:
    other = "confirm" if kind == "reject" else "reject"
    found = verdicts(log((kind, A), (other, A)), ["h1"])[A]
    assert (found.rejected, found.confirmed, found.number) == (other == "reject", other == "confirm", 2)
