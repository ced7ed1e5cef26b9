"""Pairs to be compared stand so that each document is at hand while it is needed."""

from __future__ import annotations

from itertools import groupby

from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.ledger.batches import huddled
from onrecord.ledger.stories.grouping import components

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), unique=True)


@given(PAIRS)
@example([(1, 0), (3, 2), (4, 0), (3, 5)])
def test_those_that_hang_together_stand_together(pairs: list[tuple[int, int]]) -> None:
    order = huddled(pairs)
    assert sorted(order) == list(range(len(pairs)))
    told = [pairs[place] for place in order]
    seconds = [second for second, _ in groupby(other for _, other in told)]
    assert len(seconds) == len(set(seconds)), "what is compared with one document is compared in one go"
    for group in components(map(str, range(13)), [(str(one), str(other)) for one, other in pairs]):
        places = [place for place, (one, _) in enumerate(told) if str(one) in group]
        assert places == list(range(min(places, default=0), min(places, default=0) + len(places)))
