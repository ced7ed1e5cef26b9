"""How likely two articles are of one story, what of an article counts, and which articles are put together."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import pytest

from onrecord import records as r
from onrecord.ledger.stories.features import Outline, StoryFeatures, features, outline, pack, unpack
from onrecord.ledger.stories.grouping import SEQUEL, components, groups
from onrecord.ledger.stories.likeness import LINKED, cosine, likeness
from onrecord.reading import Reading
from onrecord.records import Span

DAY = 739_000


def told(
    published: int | None = DAY, *, words: str = "", people: str = "", places: str = "", happened: tuple[int, ...] = ()
) -> StoryFeatures:
    def unit(names: str) -> dict[str, float]:
        return {name: 1 / math.sqrt(len(names.split())) for name in names.split()}

    return StoryFeatures(published, happened, unit(words), unit(people), unit(places))


def log_odds(a: StoryFeatures, b: StoryFeatures) -> float:
    found = likeness(a, b)
    assert found == likeness(b, a)
    assert 0 < found < 1
    return math.log(found / (1 - found))


NOTHING = -5.5 + 0.9  # two articles of one day that share nothing and name no day


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (told(), told(), NOTHING),
        # words count for more where the articles came out within three days of each other
        (told(words="dam"), told(words="dam"), NOTHING + 7.2),
        (told(words="dam"), told(DAY + 3, words="dam"), NOTHING + 7.2 - 0.5 * math.log(4)),
        (told(words="dam"), told(DAY + 4, words="dam"), NOTHING + 5.0 - 0.5 * math.log(5)),
        (told(words="dam burst"), told(words="dam leak"), NOTHING + 3.6),
        (told(people="sauk"), told(people="sauk"), NOTHING + 6.0),
        (told(places="drusa"), told(places="drusa"), NOTHING + 10.5),
        # without a date they are taken to lie a week apart
        (told(None), told(), NOTHING - 0.5 * math.log(8)),
        (told(None), told(None), NOTHING - 0.5 * math.log(8)),
        (told(DAY), told(DAY + 7), NOTHING - 0.5 * math.log(8)),
        # the days of what happened
        (told(happened=(DAY,)), told(), NOTHING),
        (told(happened=(DAY,)), told(happened=(DAY,)), -5.5 + 1.7),
        (told(happened=(DAY, DAY - 9)), told(happened=(DAY - 9,)), -5.5 + 1.7),
        (told(happened=(DAY,)), told(happened=(DAY - 1,)), -5.5),
        (told(happened=(DAY,)), told(happened=(DAY - 3,)), -5.5),
        (told(happened=(DAY,)), told(happened=(DAY - 4,)), -5.5 - 2.2),
    ],
)
def test_what_speaks_for_one_event_and_against_it(a: StoryFeatures, b: StoryFeatures, expected: float) -> None:
    assert log_odds(a, b) == pytest.approx(expected, abs=1e-9)


def test_the_cosine_of_two_vectors() -> None:
    assert cosine({"a": 0.6, "b": 0.8}, {"a": 0.6, "b": 0.8}) == pytest.approx(1)
    assert cosine({"a": 0.6, "b": 0.8}, {"b": 1.0}) == 0.8
    assert cosine({"a": 1.0}, {"b": 1.0}) == cosine({}, {"b": 1.0}) == 0


# What of an article counts


def article(text: str = "The dam burst", **facts: object) -> Reading:
    values = {"published": "2025-03-14", "blocks": (r.Block(Span(0, len(text)), "paragraph"),)} | facts
    return Reading(r.Document("0" * 64, text, **values), "by hand")  # type: ignore[arg-type]


def test_words_of_the_title_and_of_the_text_without_its_furniture() -> None:
    text = "dam burst\nvalley sirens"
    blocks = (r.Block(Span(0, 9), "paragraph"), r.Block(Span(10, len(text)), "boilerplate"))
    assert set(features(article(text, title="flood", blocks=blocks)).words) == {"dam", "burst", "flood"}
    assert set(features(article(text, blocks=())).words) == {"dam", "burst", "valley", "sirens"}
    assert set(features(article("the of and x dam")).words) == {"dam"}  # what every article says tells nothing
    assert features(article("")).words == {}
    often = features(article("dam dam dam burst")).words
    rare = features(article("dam burst")).words
    assert often["dam"] / often["burst"] == pytest.approx((1 + math.log(3)) * rare["dam"] / rare["burst"])
    assert math.fsum(weight**2 for weight in often.values()) == pytest.approx(1)
    assert len(features(article(" ".join(f"w{chr(97 + n // 26)}{chr(97 + n % 26)}q" for n in range(450)))).words) == 400


@pytest.mark.parametrize(
    ("kind", "name", "ref", "where"),
    [
        ("person", "Edrin Sauk", None, "people"),
        ("person", "Sauk", None, None),  # by one word many are called
        ("person", "the mayor", None, None),
        ("place", "Drusa", None, "places"),
        ("facility", "Drusa Dam", None, "places"),
        ("organisation", "Velna Hydro", None, "places"),
        ("place", "the valley", None, None),
        ("place", "Talvenia", "iso3166:TA", None),  # a country is in too many stories
        ("place", "Drusa", "geonames:1", "places"),
        ("country", "Talvenia", None, None),
        ("event", "Flood", None, None),
    ],
)
def test_people_and_places(kind: r.EntityType, name: str, ref: str | None, where: str | None) -> None:
    found = features(replace(article(), entities=(r.Entity("e1", kind, name, (), (), ref),)))
    assert [field for field in ("people", "places") if getattr(found, field)] == ([where] if where else [])


def test_who_is_named_often_counts_for_more() -> None:
    entities = (
        r.Entity("e1", "person", "Ann Lee"),
        r.Entity("e2", "person", "Bo Ray"),
        r.Entity("e3", "person", "Ann  Lee"),
    )
    mentions = tuple(r.Mention(Span(0, 3), "e1", "name") for _ in range(3))
    found = features(replace(article(), entities=entities, mentions=mentions)).people
    assert set(found) == {"ann lee", "bo ray"}
    assert found["ann lee"] / found["bo ray"] == pytest.approx(1 + math.log(3))


def test_the_days_on_which_something_happened() -> None:
    def days(
        value: str,
        *,
        kind: r.MomentType = "date",
        at: int = 4,
        status: r.Status | None = None,
        published: str | None = "2025-03-14",
    ) -> int:
        text = "The dam burst" + " " * 900
        moment = r.Moment(Span(at, at + 3), kind, value)
        events = (r.Event("v1", Span(0, 3), "x", None, (), (), (), 0, status, None, 1.0),) if status else ()
        return len(features(replace(article(text, published=published), moments=(moment,), events=events)).happened)

    assert days("2025-03-12") == 1
    assert days("2025-03-12T10:00", kind="time") == 1
    assert days("2025-03-12", kind="duration") == 0
    assert days("2025-W11-3") == 1  # a Wednesday
    assert days("2025-03") == days("XXXX-03-12") == days("2025-W11-WE") == 0
    assert days("2025-03-15") == 1  # the day after it came out, by another clock
    assert days("2025-03-16") == 0
    assert days("2025-03-16", published=None) == 1
    assert days("2025-03-12", at=799) == 1  # later days are background
    assert days("2025-03-12", at=800) == 0
    assert days("2025-03-12", at=800, status="happened") == 1
    assert days("2025-03-12", at=800, status="planned") == 0


def test_features_as_they_are_kept() -> None:
    found = features(replace(article("The dam burst over Drusa"), entities=(r.Entity("e1", "place", "Drusa Town"),)))
    again = unpack(pack(found))
    assert (again.published, again.happened) == (found.published, found.happened)
    assert {word: round(weight, 4) for word, weight in found.words.items()} == again.words
    assert again.keys() == found.keys()
    assert outline(pack(found)) == Outline(again.published, again.happened, again.people, again.places)
    assert found.named() < found.keys()
    assert len(told(words=" ".join(f"w{n}" for n in range(30))).keys()) == 24
    assert told(places="drusa").named() == frozenset()  # one word: many places
    assert len(StoryFeatures(DAY, (), {}, {"ann lee": 1.0}, {"drusa town": 1.0}).named()) == 2


# Which articles are put together


def linked(*pairs: tuple[str, str, float], documents: str = "abcdefgh") -> list[str]:
    return sorted(
        "".join(group) for group in groups(documents, {(a, b): like for a, b, like in pairs}) if len(group) > 1
    )


def test_articles_that_are_alike_on_the_average() -> None:
    assert linked(("a", "b", LINKED)) == ["ab"]
    assert linked(("a", "b", 0.249)) == []
    assert linked(("a", "b", 0.9), ("b", "c", 0.5)) == ["abc"]
    assert linked(("a", "b", 0.9), ("b", "c", 0.49)) == ["ab"]  # on the average with both too little
    assert linked(("a", "b", 0.9), ("b", "c", 0.4), ("a", "c", 0.1)) == ["abc"]
    assert linked(("a", "b", 0.4), ("b", "c", 0.6)) == ["bc"]  # those who are most alike first
    assert linked(("a", "b", 0.4), ("b", "c", 0.4)) == ["ab"]  # of two that are equal the one with the least hash
    assert linked(("a", "b", 0.9), ("c", "d", 0.9), ("b", "c", 0.3)) == ["ab", "cd"]
    assert groups("ba", {}) == [["a"], ["b"]]
    assert groups("", {}) == []


def test_what_goes_on_from_a_story_joins_it() -> None:
    story = [(a, b, 0.9) for a, b in combinations("abcfgh", 2)]
    assert linked(*story, ("d", "e", 0.9), ("a", "d", SEQUEL), ("b", "e", SEQUEL)) == ["abcdefgh"]
    assert linked(*story, ("d", "e", 0.9), ("a", "d", SEQUEL), ("b", "e", SEQUEL - 0.01)) == ["abcfgh", "de"]
    assert linked(*story, ("d", "e", 0.9), ("a", "d", 0.89)) == ["abcfgh", "de"]  # one close counterpart is not enough
    assert linked(*story, ("d", "e", 0.9), ("a", "d", SEQUEL), ("a", "e", SEQUEL)) == ["abcdefgh"]
    assert linked(*story, ("d", "e", 0.9), ("a", "d", 0.89), ("b", "d", 0.89)) == [
        "abcfgh",
        "de",
    ]  # each article has its own


def test_sets_that_pairs_connect() -> None:
    assert components("dcba", [("a", "c"), ("c", "d")]) == [["a", "c", "d"], ["b"]]
    assert components("abcd", [("a", "b"), ("c", "d"), ("b", "c")]) == [["a", "b", "c", "d"]]
    assert components("ab", []) == [["a"], ["b"]]
