"""Records by their places: those within and across some words, as looking at each of them finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord import records as r
from onrecord.ledger.claims.placed import Placed, mentions_by_place
from onrecord.records import Span

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda s: Span(s[0], s[0] + s[1]))


@given(st.lists(SPANS), SPANS)
def test_what_is_within_and_across_is_what_looking_at_each_finds(spans: list[Span], words: Span) -> None:
    spans.sort()
    placed = Placed(spans, spans)
    assert placed.within(words) == [span for span in spans if words.covers(span)]
    assert placed.across(words) == [span for span in spans if words.overlaps(span)]


def test_mentions_stand_in_the_order_of_the_text() -> None:
    mentions = [
        r.Mention(Span(start, start + 2), entity, "name") for start, entity in ((4, "e1"), (0, "e2"), (4, "e0"))
    ]
    assert [m.entity for m in mentions_by_place(mentions).records] == ["e2", "e0", "e1"]
