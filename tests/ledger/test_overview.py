"""The ledger at a glance: counts that are those of the lists, suggestions that begin as typed, places on a map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.sample_readings import readings

from onrecord.errors import NotInLedger
from onrecord.ledger import Ledger
from onrecord.ledger.names import name_key
from onrecord.reader.cities import coordinates
from onrecord.reading import Reading
from onrecord.records import Entity, Mention, Span


@pytest.fixture(scope="module")
def dam() -> Iterator[Ledger]:
    with sampled() as ledger:
        yield ledger


@cache
def sampled() -> Ledger:
    ledger = Ledger.open(":memory:")
    list(ledger.add(readings()))
    return ledger


def test_the_overview_counts_what_the_lists_hold(dam: Ledger) -> None:
    row = dam.overview()
    documents = dam.documents()
    assert row.documents == len(documents)
    for kind in ("statements", "figures", "moments", "events"):
        assert getattr(row, kind) == sum(getattr(document, kind) for document in documents) > 0
    for kind in ("stories", "speakers", "claims", "series", "conflicts", "corrections"):
        assert getattr(row, kind) == len(getattr(dam, kind)())
    assert row.copies == len({copy.group for copy in dam.copies()}) > 0
    assert row.contested == len(dam.claims(standing=("disputed", "denied"))) > 0
    assert row.moved == len(dam.series(moved=True)) > 0
    days = sorted(document.published[:10] for document in documents if document.published)
    assert (row.first, row.last) == (days[0], days[-1])


def test_an_empty_ledger_holds_nothing() -> None:
    with Ledger.open(":memory:") as ledger:
        row = ledger.overview()
        assert {row.documents, row.speakers, row.claims, row.moved} == {0}
        assert row.first is row.last is None
        assert ledger.suggest("a") == []


def test_series_that_moved_are_those_with_another_best_value(dam: Ledger) -> None:
    moved = dam.series(moved=True)
    assert {row.trend for row in moved} <= {"rising", "falling", "mixed"}
    assert all(row.best is not None for row in moved)
    assert [row for row in dam.series() if row.best and row.trend in ("rising", "falling", "mixed")] == moved


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("ja", "speaker", "Jana Vantor"),
        ("VAN", "speaker", "Jana Vantor"),
        ("van ja", "speaker", "Jana Vantor"),
        ("rut", "speaker", "Mark Rütte"),
        ("rüt", "speaker", "Mark Rütte"),
        ("seo", "story", "Seoul counts the troops"),
        ("count tr", "document", "Seoul counts the troops"),
        ("soldiers", "series", None),
        ("11", "claim", None),
        ("training", "claim", None),
    ],
)
def test_what_is_typed_finds_what_begins_so(make: Callable[..., Reading], typed: str, kind: str, text: str) -> None:
    reading = make()
    people = tuple(replace(e, name="Jana Vantor") if e.id == "e1" else e for e in reading.entities)
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([replace(reading, entities=people)]))
        found = [row for row in ledger.suggest(typed, limit=20) if row.kind == kind]
        assert found
        assert text is None or text in {row.text for row in found}


def test_suggestions_are_of_the_kinds_that_are_asked_for(dam: Ledger) -> None:
    for typed in ("d", "s", "v"):
        every = dam.suggest(typed, limit=1000)
        for kinds in (("speaker", "story"), ("series",), ()):
            assert list(dam.suggest(typed, kinds=kinds, limit=1000)) == [row for row in every if row.kind in kinds]


def test_the_middle_of_a_word_begins_nothing(make: Callable[..., Reading]) -> None:
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([make()]))
        assert ledger.suggest("aining") == []
        assert ledger.suggest("udan") == []


@given(
    typed=st.text(max_size=8) | st.sampled_from(["*", "?", "[", "a]", "%", "_", '"', "d* OR", "^d", "é", "ﬁ", "dam'"])
)
def test_whatever_is_typed_is_only_words(typed: str) -> None:
    for row in sampled().suggest(typed, limit=9):
        assert row.text
    assert len(sampled().suggest(typed, limit=3)) <= 3


def test_suggestions_lead_somewhere(dam: Ledger) -> None:
    find = {"speaker": dam.speakers, "story": dam.stories, "claim": dam.claims, "series": dam.series}
    kinds = set()
    for typed in ("d", "s", "v", "t"):
        rows = dam.suggest(typed, limit=12)
        assert [row.kind for row in rows] == sorted((row.kind for row in rows), key=[*find, "document"].index)
        for row in rows:
            kinds.add(row.kind)
            assert any(word.startswith(typed) for word in name_key(f"x {row.text}").split()) or row.kind == "series"
            if row.kind == "document":
                assert dam.document(row.id).document.title == row.text
            else:
                assert len(find[row.kind](row.id)) == 1
    assert kinds == {*find, "document"}


def placed(reading: Reading) -> Reading:
    """The reading with a city that is on the map, a country and a city that the table does not have."""
    text = reading.document.text
    start = text.index("Seoul")
    places = (
        Entity("e7", "place", "Seoul", (), (), "geonames:1835848"),
        Entity("e8", "place", "Nowhere", (), (), "geonames:999999999"),
    )
    mentions = (
        Mention(Span(start, start + 5), "e7", "name"),
        Mention(Span(start + 6, start + 12), "e8", "name"),
        Mention(Span(start + 13, start + 16), "e7", "nominal"),
    )
    return replace(reading, entities=(*reading.entities, *places), mentions=(*reading.mentions, *mentions))


def test_places_are_those_that_resolve(reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([placed(reading)]))
        story = ledger.stories()[0].id
        (seoul,) = ledger.places(story)
        assert (seoul.latitude, seoul.longitude) == coordinates("geonames:1835848")
        assert (seoul.name, seoul.mentions, seoul.documents, seoul.words) == ("Seoul", 1, 1, "Seoul")
        assert seoul.span.of(reading.document.text) == "Seoul"
        assert ledger.places(reading.document.id[:9]) == [seoul]
        with pytest.raises(NotInLedger):
            ledger.places("t000000000000")


def test_a_story_of_invented_places_has_no_map(dam: Ledger) -> None:
    assert all(coordinates(row.ref) for story in dam.stories() for row in dam.places(story.id))
