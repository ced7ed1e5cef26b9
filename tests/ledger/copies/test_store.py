"""Copies in the ledger: whatever the order of adding, replacing and taking away, the groups are those of the articles."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, func, select
from tests.ledger.copies.conftest import article, put, sentences, take

from onrecord.errors import NotInLedger
from onrecord.ledger.copies import copies, neighbours, origins, passages, regroup
from onrecord.ledger.copies.groups import group_key
from onrecord.ledger.copies.tables import copy_bands, copy_groups, copy_pairs
from onrecord.ledger.database import open_engine
from onrecord.reading import Reading

A, B = sentences(60), sentences(61)
POOL: list[Reading] = [
    article(A, publisher="Continental Wire", published="2025-03-12T10:00:00Z"),
    article(["SARMIN (CW) – " + A[0], *A[1:9]], publisher="Post", published="2025-03-12"),
    article(A[:5], publisher="Echo", published="2025-03-13"),
    article([*A[:10], *sentences(62, 4)], publisher="Tribune"),
    article(B, publisher="Echo", published="2025-03-11"),
    article([*B, *sentences(63, 3)], publisher="Echo", published="2025-03-12"),
    article([*sentences(64, 4), *A, *B], publisher="Review", published="2025-03-15"),
    article(sentences(65), publisher="Post", published="2025-03-12"),
    article(["Two dead."], publisher="Post"),
]


def fresh() -> Engine:
    return open_engine(":memory:", create=True, read_only=False)


def state(connection: Connection) -> tuple[Any, ...]:
    return tuple(copies(connection)), connection.execute(select(func.count()).select_from(copy_pairs)).scalar()


def in_order(order: list[int], extra: list[int]) -> tuple[Any, ...]:
    engine = fresh()
    with engine.begin() as connection:
        for at in order:
            put(connection, POOL[at])
        for at in extra:
            take(connection, POOL[at])
        for at in extra:
            put(connection, POOL[at])
        found = state(connection)
    engine.dispose()
    return found


EXPECTED = in_order(list(range(len(POOL))), [])


@settings(max_examples=25)
@given(st.permutations(range(len(POOL))), st.lists(st.integers(0, len(POOL) - 1), max_size=4, unique=True))
def test_any_order_gives_the_same_groups(order: list[int], extra: list[int]) -> None:
    assert in_order(order, extra) == EXPECTED


def test_the_pool_has_groups_worth_ordering() -> None:
    rows = EXPECTED[0]
    sizes = [sum(row.group == key for row in rows) for key in dict.fromkeys(row.group for row in rows)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) >= 2
    assert {row.kind for row in rows} >= {"origin", "reprint", "excerpt", "rewrite", "update"}


def test_a_group_is_found_by_any_member(connection: Connection) -> None:
    for reading in POOL:
        put(connection, reading)
    everything = copies(connection)
    group = [row for row in everything if row.group == everything[0].group]
    for row in group:
        assert copies(connection, group_key(row.document)) == group
        assert copies(connection, row.document) == copies(connection, row.document[:16]) == group
    assert copies(connection, POOL[7].document.id) == []
    with pytest.raises(NotInLedger):
        copies(connection, "y0123456789ab")
    with pytest.raises(NotInLedger):
        copies(connection, "ffff")


def test_what_changed_is_told(connection: Connection) -> None:
    second = put(connection, POOL[1])
    third = put(connection, POOL[2])
    assert origins(connection, [second, third]) == dict.fromkeys((second, third), POOL[1].document.id)
    number = put(connection, POOL[7])
    assert neighbours(connection, number) == set()
    assert origins(connection, [number]) == {number: POOL[7].document.id}
    near = neighbours(connection, third)
    assert near == {second}
    take(connection, POOL[2])
    assert copies(connection) == []
    assert regroup(connection, near) == near


def test_an_earlier_origin_changes_every_member(connection: Connection) -> None:
    members = {put(connection, POOL[1]), put(connection, POOL[2])}
    origin = put(connection, POOL[7])
    row = article(A, publisher="Continental Wire", published="2025-03-01")
    before = origins(connection, members)
    number = put(connection, row)
    assert number != origin
    assert set(origins(connection, members).values()) == {row.document.id} != set(before.values())
    assert regroup(connection, members) == set()  # nothing more to change


def test_putting_twice_changes_nothing(connection: Connection) -> None:
    put(connection, POOL[0])
    put(connection, POOL[1])
    before = state(connection), connection.execute(select(func.count()).select_from(copy_bands)).scalar()
    put(connection, POOL[1])
    assert (state(connection), connection.execute(select(func.count()).select_from(copy_bands)).scalar()) == before


def test_passages_come_from_the_stored_texts(connection: Connection) -> None:
    origin, member = put(connection, POOL[0]), put(connection, POOL[2])
    text, there = POOL[2].document.text, POOL[0].document.text
    assert [text[s:e] for s, e, _, _ in passages(connection, member, origin)] == [text[:-1]]
    assert [there[s:e] for _, _, s, e in passages(connection, member, origin)] == [text[:-1]]


def test_a_line_under_every_article_of_an_outlet_joins_nothing(connection: Connection) -> None:
    line = "The Invented Courier is printed in Sarmin by its readers and for its readers every day but Sunday."
    for seed in range(70, 90):
        put(connection, article([*sentences(seed, 8), line], publisher=f"Outlet {seed}"))
    assert connection.execute(select(func.count()).select_from(copy_groups)).scalar() == 0
