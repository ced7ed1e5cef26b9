"""Which articles make a group, and which of them is its origin."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from tests.ledger.copies.conftest import article, sentences

from onrecord.ledger.copies import CopyGroup, compare, features, groups
from onrecord.reading import Reading

TEXT = sentences(30)


def group_of(*readings: Reading) -> list[CopyGroup]:
    found = [features(reading) for reading in readings]
    pairs = [pair for a, b in combinations(found, 2) if (pair := compare(a, b)) is not None]
    result = groups(found, pairs)
    assert groups(found[::-1], pairs[::-1]) == result
    return result


def origin_of(*readings: Reading) -> Reading:
    (group,) = group_of(*readings)
    assert len(group.members) == len(readings)
    return next(reading for reading in readings if reading.document.id == group.origin)


def copy(credit: str = "", parts: list[str] | None = None, **facts: Any) -> Reading:
    kept = TEXT if parts is None else parts
    return article([credit + kept[0], *kept[1:]], **facts)


def test_the_agency_itself_comes_before_who_credits_it_and_before_who_was_first() -> None:
    agency = copy(publisher="Continental Wire", published="2025-03-14")
    credited = copy("SARMIN (CW) – ", publisher="The Post", published="2025-03-13")
    first = copy(publisher="The Tribune", published="2025-03-12")
    assert origin_of(first, credited, agency) is agency
    assert origin_of(first, credited) is credited


def test_then_the_first_then_the_longest() -> None:
    early = copy(parts=TEXT[:10], published="2025-03-12T14:05:00+01:00")
    late = copy(published="2025-03-12T13:30:00Z")
    assert origin_of(late, early) is early
    undated = copy()
    assert origin_of(undated, late) is late
    some_day = copy(published="2025-03-12")
    assert origin_of(copy(parts=TEXT[:10], published="2025-03-12T14:05:00+01:00"), some_day) is some_day


def test_kinds() -> None:
    origin = copy(publisher="A", published="2025-03-12")
    expected = {
        "reprint": copy(parts=TEXT[:11], publisher="B", published="2025-03-13"),
        "excerpt": copy(parts=TEXT[:5], publisher="C", published="2025-03-13"),
        "rewrite": copy(parts=[*TEXT[:10], *sentences(31, 4)], publisher="D", published="2025-03-13"),
        "update": copy(parts=[*sentences(32, 3), *TEXT], publisher="A", published="2025-03-13"),
    }
    for kind, member in expected.items():
        (group,) = group_of(origin, member)
        found = {m.document: m for m in group.members}
        assert found[member.document.id].kind == kind
        assert found[origin.document.id].kind == "origin"
        assert all(m.evidence for m in group.members)
    quoted = copy(parts=[*sentences(33, 10), *TEXT, *sentences(34, 10)], publisher="E", published="2025-03-13")
    (group,) = group_of(origin, quoted)
    assert [m.kind for m in group.members] == ["origin", "excerpt"]


def test_the_same_page_read_twice_is_no_update() -> None:
    (group,) = group_of(copy(publisher="A", published="2025-03-12"), copy(publisher="A", published="2025-03-13"))
    assert [m.kind for m in group.members] == ["origin", "reprint"]


def test_a_round_up_joins_nothing_and_a_chain_stays_broken() -> None:
    parts = [sentences(40 + n, 12) for n in range(3)]
    articles = [article(part, published=f"2025-03-1{n}") for n, part in enumerate(parts)]
    round_up = article([line for part in parts for line in part], published="2025-03-19")
    (group,) = group_of(*articles, round_up)
    assert len(group.members) == 2
    shared = [sentences(50 + n, 5) for n in range(4)]
    chain = [article(shared[n] + shared[n + 1], published=f"2025-03-1{n}", publisher="A") for n in range(3)]
    for group in group_of(*chain):
        assert len(group.members) == 2


def test_the_group_has_the_id_of_its_first_member() -> None:
    a, b, earlier = (copy(publisher=p, published=f"2025-03-1{n}") for p, n in (("A", 2), ("B", 3), ("C", 1)))
    (two,) = group_of(a, b)
    (three,) = group_of(a, b, earlier)
    assert two.key != three.key
    assert three.key.startswith("y")
    assert three.origin == earlier.document.id
