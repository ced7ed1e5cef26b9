"""Which articles are told together: what decides for a pair, and what a set of pairs makes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger import Ledger
from onrecord.ledger.stories.features import StoryFeatures, features, pack, unpack
from onrecord.ledger.stories.grouping import SEQUEL, components, groups
from onrecord.ledger.stories.likeness import LINKED, likeness
from onrecord.ledger.stories.store import LEAST, like_enough
from onrecord.reading import Reading
from onrecord.records import Block, Document, Entity, Event, Mention, Moment, Span

MONDAY = date(2024, 5, 6).toordinal()


def made(
    words: str, *, people: str = "", places: str = "", day: int | None = MONDAY, on: int = MONDAY
) -> StoryFeatures:
    def unit(names: str, parted: str) -> Mapping[str, float]:
        listed = [name.strip() for name in names.split(parted) if name.strip()]
        return {name: len(listed) ** -0.5 for name in listed}

    return StoryFeatures(day, (on,), unit(words, " "), unit(people, ","), unit(places, ","))


FLOOD = made("dam flood bodies sirens valley", people="edrin sauk, pavla hemmerin", places="drusa, velna valley")


def test_two_reports_of_one_event_are_linked() -> None:
    other = made("dam flood rescuers roofs valley", people="edrin sauk", places="drusa, velna valley", day=MONDAY + 1)
    assert likeness(FLOOD, other) >= LINKED


def test_another_event_in_the_same_place_is_not() -> None:
    robbery = made(
        "robbery bank masked gun till", people="tolv hemmerin", places="drusa, market street", on=MONDAY - 30
    )
    assert likeness(FLOOD, robbery) < LINKED


def test_the_same_words_of_another_year_count_for_less() -> None:
    then = replace(FLOOD, published=MONDAY - 3650, happened=(MONDAY - 3650,))
    assert likeness(FLOOD, then) < likeness(FLOOD, FLOOD)


names = st.sampled_from(["ann lee", "bo ray", "drusa", "velna", "flood", "dam", "fire", "ferry"])
vectors = st.dictionaries(names, st.floats(0.01, 1), max_size=5)
some = st.builds(
    StoryFeatures, st.none() | st.integers(738000, 738100), st.just(()), words=vectors, people=vectors, places=vectors
)


@given(some, some)
def test_likeness_is_the_same_in_both_directions_to_the_last_bit(a: StoryFeatures, b: StoryFeatures) -> None:
    assert likeness(a, b) == likeness(b, a)


units = vectors.map(lambda v: {name: weight / math.hypot(*v.values()) for name, weight in v.items()})
packed = st.builds(
    StoryFeatures,
    st.none() | st.integers(738000, 738100),
    st.lists(st.integers(738000, 738100), max_size=2).map(tuple),
    words=units,
    people=units,
    places=units,
).map(pack)


@given(packed, packed)
def test_what_is_left_without_comparing_words_would_not_have_been_stored(a: bytes, b: bytes) -> None:
    like = likeness(unpack(a), unpack(b))
    assert like_enough(a, b) == (like if like >= LEAST else None)


def test_packed_features_come_back_rounded_and_stay_so() -> None:
    once = unpack(pack(FLOOD))
    assert once.happened == FLOOD.happened
    assert once.words["dam"] == pytest.approx(FLOOD.words["dam"], abs=1e-4)
    assert unpack(pack(once)) == once


def reading(text: str, *, published: str = "2024-05-06") -> Reading:
    """An article whose second paragraph is page furniture."""
    body = text.partition("\n")[0]
    blocks = (
        Block(Span(0, len(body)), "paragraph"),
        Block(Span(len(body) + 1, len(text)), "boilerplate"),
    )
    drusa = Span(text.index("Drusa"), text.index("Drusa") + 5)
    monday = Span(text.index("Monday"), text.index("Monday") + 6)
    burst = Span(text.index("burst"), text.index("burst") + 5)
    return Reading(
        Document(id=sha256(text.encode()).hexdigest(), text=text, published=published, blocks=blocks),
        "weights",
        entities=(Entity("e1", "place", "Drusa"), Entity("e2", "country", "Talvenia", ref="iso3166:XX")),
        mentions=(Mention(drusa, "e1", "name"),),
        moments=(Moment(monday, "date", "2024-05-06"),),
        events=(Event("v1", burst, "burst", None, (), (), (), 0, "happened", None, 0.9),),
    )


def test_features_leave_out_page_furniture_common_words_and_countries() -> None:
    found = features(reading("The reservoir at Drusa in Talvenia burst on Monday.\nSubscribe to our newsletter"))
    assert "reservoir" in found.words
    assert not {"the", "newsletter", "subscribe"} & set(found.words)
    assert set(found.places) == {"drusa"}
    assert found.happened == (MONDAY,)


def test_a_day_after_publication_did_not_happen_yet() -> None:
    found = features(reading("The reservoir at Drusa burst on Monday.\nMore", published="2024-05-04"))
    assert found.happened == ()


def test_average_linkage_does_not_chain() -> None:
    near = {("a", "b"): 0.9, ("b", "c"): 0.9}
    chain = near | {("c", "d"): 0.9, ("d", "e"): 0.9}
    assert groups("abcde", chain, least=0.5) != [list("abcde")]
    assert [list("abcde")] == components("abcde", chain)


def test_a_sequel_joins_what_it_goes_on_from_and_a_neighbour_does_not() -> None:
    flood = {(a, b): 0.9 for a in "abcd" for b in "abcd" if a < b}
    pair = {("x", "y"): 0.9}
    sequel = flood | pair | {("a", "x"): SEQUEL + 0.05, ("b", "y"): SEQUEL + 0.05}
    neighbour = flood | pair | {("a", "x"): SEQUEL + 0.05, ("b", "y"): 0.3}
    assert groups("abcdxy", sequel) == [list("abcdxy")]
    assert groups("abcdxy", neighbour) == [list("abcd"), ["x", "y"]]


def test_halves_of_one_story_join_where_most_of_either_come_near_the_other() -> None:
    """The articles between a flood and the soldiers who came into it may be counted to the soldiers."""
    halves = {(a, b): 0.99 for group in ("abcd", "vwxy") for a in group for b in group if a < b}
    bridge = {("a", "v"): 0.95, ("b", "v"): 0.9, ("a", "w"): 0.9}
    near = halves | bridge | {("c", "v"): 0.3, ("a", "x"): 0.5}
    assert groups("abcdvwxy", near) == [list("abcdvwxy")], "(.95 + .9 + .3 + .95 + .9 + .5) / 8 = .56"
    assert groups("abcdvwxy", near | {("c", "v"): 0.19}) == [list("abcd"), list("vwxy")], "4.39 / 8 is less than .55"


documents = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True)


@given(documents, st.data())
def test_groups_part_all_documents_and_do_not_depend_on_order(given_: list[str], data: st.DataObject) -> None:
    pairs = {(a, b): data.draw(st.sampled_from([0.1, 0.3, 0.3, 0.6, 0.9])) for a in given_ for b in given_ if a < b}
    shuffled = dict(data.draw(st.permutations(list(pairs.items()))))
    found = groups(given_, pairs)
    assert sorted(document for group in found for document in group) == sorted(given_)
    assert sorted(groups(sorted(given_), shuffled)) == sorted(found)


def test_a_story_is_found_by_each_of_its_documents_and_by_the_id_it_would_have_had() -> None:
    later = reading("The reservoir at Drusa burst on Monday, killing nine.\nMore", published="2024-05-07")
    first = reading("The reservoir at Drusa burst on Monday.\nMore")
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([later]))
        (alone,) = ledger.stories()
        list(ledger.add([first]))
        (both,) = ledger.stories()
        assert both.members == (first.document.id, later.document.id)
        assert alone.id != both.id
        assert ledger.stories(alone.id) == ledger.stories(both.id) == ledger.stories(later.document.id[:12]) == [both]
        assert (both.first, both.last) == ("2024-05-06", "2024-05-07")
