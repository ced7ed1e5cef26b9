"""Which pairs no words could make alike enough: never one that is, and nearly all that are not."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping
from itertools import count

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert
from tests.thorough import tries

from onrecord.ledger import schema as t
from onrecord.ledger.database import open_engine, writing
from onrecord.ledger.stories.features import StoryFeatures, outline, pack, unpack
from onrecord.ledger.stories.likeness import may_be_as_likely
from onrecord.ledger.stories.sketches import Sketches, sketch
from onrecord.ledger.stories.store import LEAST
from onrecord.ledger.stories.tables import story_features

DAY = 738_000
DAYS = st.integers(DAY, DAY + 40)


def units(names: str) -> st.SearchStrategy[Mapping[str, float]]:
    weights = st.dictionaries(st.sampled_from(names.split()), st.floats(0.1, 4), max_size=5)
    return weights.map(lambda v: {name: weight / math.hypot(*v.values()) for name, weight in v.items()})


ARTICLES = st.builds(
    StoryFeatures,
    st.none() | DAYS,
    st.lists(DAYS, max_size=3).map(tuple),
    words=st.just({"dam": 1.0}),
    people=units("sauk vantor holm drus"),
    places=units("drusa velna sauk mira"),
).map(pack)


def told(day: int | None, *, happened: tuple[int, ...] = (), **names: str) -> bytes:
    people, places = (
        {name: 1 / math.sqrt(len(some)) for name in some}
        for some in (names.get("people", "").split(), names.get("places", "").split())
    )
    return pack(StoryFeatures(day, happened, {"dam": 1.0}, people, places))


def likely(new: bytes, others: list[bytes]) -> list[bool]:
    """Whether each of the others, which are in a ledger, is found likely beside a new one."""
    engine = open_engine(":memory:", create=True, read_only=False)
    with writing(engine, "l") as connection:
        keep(connection, dict(enumerate(others)))
        last = len(others)
        pairs = [(last, other) for other in range(last)]
        found = Sketches().likely(connection, {last: sketch(unpack(new))}, pairs, LEAST)
    engine.dispose()
    return [pair in found for pair in pairs]


def keep(connection: Connection, articles: Mapping[int, bytes]) -> None:
    facts = {"model": "m", "characters": 0, "text": ""}
    connection.execute(insert(t.documents), [facts | {"id": n, "hash": f"{n}"} for n in articles])
    connection.execute(insert(story_features), [{"document": n, "packed": packed} for n, packed in articles.items()])


@settings(max_examples=tries(300, check=25))
@given(ARTICLES, st.lists(ARTICLES, min_size=1, max_size=6))
@example(told(DAY), [told(DAY + 9), told(None), told(DAY, happened=(DAY,))])
@example(told(DAY, happened=(DAY - 4, DAY)), [told(DAY + 9, happened=(DAY - 5, DAY + 5)), told(DAY + 9)])
@example(told(DAY, people="sauk"), [told(DAY + 40, people="sauk", happened=(DAY + 40,)), told(DAY, places="sauk")])
def test_pairs_that_may_be_alike_are_found_and_no_others(new: bytes, others: list[bytes]) -> None:
    # None of these few names are the same in 16 bits. A score may lie by its bound, closer than weights are rounded.
    least = [may_be_as_likely(outline(new), outline(other), LEAST + 1e-3) for other in others]
    found = likely(new, others)
    assert [may or sure for may, sure in zip(found, least, strict=True)] == found
    most = [may_be_as_likely(outline(new), outline(other), LEAST - 1e-3) for other in others]
    assert [may and sure for may, sure in zip(found, most, strict=True)] == found


@settings(max_examples=tries(300, check=25))
@given(ARTICLES, ARTICLES)
def test_no_pair_is_lost_that_may_be_alike(new: bytes, other: bytes) -> None:
    if may_be_as_likely(outline(new), outline(other), LEAST):
        assert likely(new, [other]) == [True]


def of_the_same_bits() -> tuple[str, str]:
    """Two names that a sketch cannot tell apart."""
    known: dict[int, str] = {}
    for name in (f"name {n}" for n in count()):
        (held,) = array("I", sketch(StoryFeatures(DAY, (), {}, {name: 1.0}, {})).names)
        if held in known:
            return known[held], name
        known[held] = name
    raise AssertionError


def test_names_of_the_same_bits_make_more_pairs_likely_and_none_less() -> None:
    heavy, light = of_the_same_bits()
    weights = {heavy: 0.995, light: 0.1}

    def article(day: int, people: dict[str, float]) -> bytes:
        return pack(StoryFeatures(day, (day,), {"dam": 1.0}, people, {}))

    for own in (weights, dict(reversed(weights.items()))):
        new, others = article(DAY, own), [article(DAY + 400, {name: 1.0}) for name in (heavy, light)]
        assert [may_be_as_likely(outline(new), outline(other), LEAST) for other in others] == [True, False]
        assert likely(new, others) == [True, True]  # the second is taken for one with the other name


def test_what_was_read_of_a_document_is_not_read_again() -> None:
    engine, sketches = open_engine(":memory:", create=True, read_only=False), Sketches()
    alike, apart = told(DAY, places="drusa"), told(DAY + 30, happened=(DAY + 30,))
    new = {9: sketch(unpack(told(DAY, places="drusa", happened=(DAY,))))}
    with writing(engine, "l") as connection:
        keep(connection, {1: alike, 2: apart})
        assert sketches.likely(connection, new, [(9, 1), (9, 2)], LEAST) == [(9, 1)]
        connection.execute(delete(story_features))
        assert sketches.likely(connection, new, [(9, 2), (9, 1)], LEAST) == [(9, 1)]
    engine.dispose()


def test_what_is_known_of_documents_that_were_taken_back_is_not_taken_for_others() -> None:
    """The numbers of a batch that failed are given to the documents of the next."""
    engine, sketches = open_engine(":memory:", create=True, read_only=False), Sketches()
    alike, apart = told(DAY, places="drusa"), told(DAY + 30, happened=(DAY + 30,))
    new = sketch(unpack(told(DAY, places="drusa", happened=(DAY,))))
    for first, expected in ((apart, []), (alike, [(3, 2)])):
        with writing(engine, "l") as connection:
            keep(connection, {2: first})
            # As it is where several come at once, of which one only is looked at here.
            assert sketches.likely(connection, {1: new, 3: new}, [(3, 2)], LEAST) == expected
            connection.rollback()
    engine.dispose()
