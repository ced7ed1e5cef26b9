"""While an article is put in, no collection of cycles starts by itself; afterwards the collector is as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from onrecord.ledger.collecting import uncollected


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.unfreeze()  # a test before may have put aside what there was
    yield
    (gc.enable if was_on else gc.disable)()


def test_nothing_is_collected_within_and_all_goes_on_after() -> None:
    gc.enable()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_lives_after_it_counts_as_old() -> None:
    gc.enable()
    assert not gc.get_freeze_count()
    with uncollected():
        kept: list[list[int]] = [[] for _ in range(1000)]
    young = {id(one) for one in gc.get_objects(generation=0)}
    assert not young.intersection(map(id, kept))
    assert {id(one) for one in gc.get_objects(generation=2)}.issuperset(map(id, kept))
    assert not gc.get_freeze_count()


def test_what_was_put_aside_for_good_stays_there() -> None:
    gc.enable()
    gc.freeze()
    try:
        before = gc.get_freeze_count()
        with uncollected():
            pass
        assert 0 < gc.get_freeze_count() <= before  # some may die there
    finally:
        gc.unfreeze()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    with uncollected():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_an_error_within_leaves_the_collector_on() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="no article"), uncollected():
        raise ValueError("no article")
    assert gc.isenabled()
