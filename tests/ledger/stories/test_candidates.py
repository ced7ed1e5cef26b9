"""Which articles are compared at all: those that share enough keys, and of those further apart in time a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert
from tests.thorough import tries

from onrecord.ledger import schema as t
from onrecord.ledger.batches import batched
from onrecord.ledger.database import open_engine, writing
from onrecord.ledger.inserting import put
from onrecord.ledger.stories import candidates as asked
from onrecord.ledger.stories.candidates import NEAR, SHARED_FAR, SHARED_NEAR
from onrecord.ledger.stories.far import KeysOfOthers, Seeker
from onrecord.ledger.stories.tables import story_keys

# Keys below 6 are names. Some others end in the same bits as they or as others do.
KEYS = st.one_of(st.integers(0, 14), st.integers(0, 14).map(lambda key: key + (1 << 16)))
ARTICLES = st.lists(
    st.tuples(st.sampled_from([0, 100, 105, 110, 111, 160]), st.frozensets(KEYS, max_size=11)), min_size=2, max_size=7
)


def kept(day: int, keys: frozenset[int]) -> Seeker:
    return Seeker(day, tuple(sorted(keys)), tuple(sorted(key for key in keys if key < 6)))


def expected(one: Seeker, other: Seeker) -> bool:
    shared = set(one.keys) & set(other.keys)
    near = 0 in (one.day, other.day) or abs(one.day - other.day) <= NEAR
    return len(shared) >= SHARED_NEAR if near else len(shared) >= SHARED_FAR and bool(shared & set(one.named))


def write(connection: Connection, articles: Mapping[int, Seeker]) -> None:
    facts = {"model": "m", "characters": 0, "text": ""}
    connection.execute(insert(t.documents), [facts | {"id": n, "hash": f"{n}"} for n in articles])
    rows = sorted((key, one.day, number) for number, one in articles.items() for key in one.keys)
    put(connection, story_keys, ("key", "day", "document"), rows)


def compared(connection: Connection, batch: Mapping[int, Seeker], others: KeysOfOthers) -> list[tuple[int, int]]:
    sure, unsure = asked.candidates(connection, batch, others)
    too_little = asked.sharing_too_little(connection, batch, set(unsure))
    return [pair for pair in sure + unsure if pair not in too_little]


def candidates(articles: Sequence[Seeker], together: int) -> list[list[int]]:
    """Of each article those before it that it is compared with, all being in one ledger and so many asked for at once."""
    engine, others = open_engine(":memory:", create=True, read_only=False), KeysOfOthers()
    with writing(engine, "l") as connection:
        write(connection, dict(enumerate(articles)))
        pairs: list[tuple[int, int]] = []
        for some in batched(range(len(articles)), together):
            pairs += compared(connection, {number: articles[number] for number in some}, others)
    engine.dispose()
    assert len(pairs) == len(set(pairs))
    return [sorted(other for one, other in pairs if one == number) for number in range(len(articles))]


@settings(deadline=None, max_examples=tries(300, check=30))
@given(ARTICLES)
@example([(100, frozenset(range(6, 12))), (160, frozenset(range(6, 12)))])  # far, and nobody is in both
@example([(100, frozenset(range(5, 10))), (160, frozenset(range(5, 10)))])
@example([(100, frozenset({6, 7, 8})), (110, frozenset({6, 7, 8})), (111, frozenset({6, 7, 8}))])
@example([(0, frozenset({6, 7, 8})), (100, frozenset({6, 7, 8})), (0, frozenset({6, 7, 8}))])
@example([(100, frozenset({5, 6, 7, 8, 9})), (160, frozenset({5, 6, 7, 8, 9 + (1 << 16)}))])  # the same in some bits
def test_those_are_compared_that_share_enough(drawn: list[tuple[int, frozenset[int]]]) -> None:
    articles = [kept(day, keys) for day, keys in drawn]
    wanted = [[n for n in range(number) if expected(articles[n], one)] for number, one in enumerate(articles)]
    assert candidates(articles, together=1) == wanted
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asked, "_MANY", 1)
        assert candidates(articles, together=len(articles)) == wanted
        assert candidates(articles, together=2) == wanted


def test_what_is_known_of_documents_that_were_taken_back_is_not_taken_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The numbers of a batch that failed are given to the documents of the next."""
    monkeypatch.setattr(asked, "_MANY", 1)
    first, second = frozenset(range(5, 12)), frozenset({5, *range(20, 26)})
    engine, others = open_engine(":memory:", create=True, read_only=False), KeysOfOthers()
    with writing(engine, "l") as connection:
        write(connection, {1: kept(100, second)})
    batch = {2: kept(100, first), 3: kept(160, first)}
    with writing(engine, "l") as connection:
        write(connection, batch)
        assert compared(connection, batch, others) == [(3, 2)]
        connection.rollback()
    batch = {2: kept(100, second), 3: kept(160, second)}
    with writing(engine, "l") as connection:
        write(connection, batch)
        assert sorted(compared(connection, batch, others)) == [(2, 1), (3, 1), (3, 2)]
    engine.dispose()


def test_what_was_read_of_a_document_is_not_read_again() -> None:
    engine, others = open_engine(":memory:", create=True, read_only=False), KeysOfOthers()
    with writing(engine, "l") as connection:
        write(connection, {n: kept(100, frozenset({n, n + 1})) for n in range(1, 5)})
        first = others.of(connection, np.array([1, 3]), before=9)
        connection.execute(delete(story_keys))
        again = others.of(connection, np.array([1, 3]), before=9)
        assert again.bits.tolist() == first.bits.tolist() == [[1, 2], [3, 4]]
        assert again.days.tolist() == first.days.tolist() == [100, 100]
        assert not others.of(connection, np.array([1, 2, 3]), before=9).bits[1].any()
    engine.dispose()


@pytest.mark.parametrize("many", [1, 12])
@pytest.mark.parametrize("day", [0, 100, 160])
def test_an_article_with_more_keys_than_are_asked_for_at_once(
    day: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "_MANY", many)
    long = [kept(100, frozenset(range(0, 3000, 3))), kept(day, frozenset(range(0, 3000, 2)))]
    assert candidates(long, together=2) == [[], [0]]
