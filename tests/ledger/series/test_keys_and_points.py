"""What makes counts comparable, who holds them as of when, and which are of one event: rule by rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.ledger.series.telling import scene_of, series_of, told

from onrecord import records as r
from onrecord.ledger.scene import Rulings, Voice
from onrecord.ledger.series.count import Count, from_json, to_json
from onrecord.ledger.series.counts import counts
from onrecord.ledger.series.grouping import may_fall, series
from onrecord.ledger.series.keys import base_key
from onrecord.ledger.series.points import place_counts, points_of
from onrecord.reading import Reading
from onrecord.records import Span

DAY = "2025-03-14"


def count(**more: Any) -> Count:
    values = {"key": "f0", "figure": 0, "spans": (Span(0, 2),), "context": Span(0, 9), "low": 14.0, "high": 14.0} | more
    return Count(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "thing"),
    [
        ({"thing": "people", "noun": "passenger", "event": "killed"}, "people"),
        ({"thing": "people", "noun": "passenger", "event": "come"}, "passenger"),
        ({"thing": "people", "noun": "person", "event": "come"}, "people"),
        ({"thing": "people", "noun": "suspect", "event": "killed"}, "suspect"),
        ({"thing": "people", "noun": None, "event": "come"}, "people"),
        ({"thing": "soldier", "noun": "troop", "event": "come"}, "soldier"),
    ],
)
def test_the_kind_of_people_that_a_series_counts(more: dict[str, Any], thing: str) -> None:
    assert base_key(count(**more)).thing == thing


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("fact", False, "event")),
        ({"status": "ongoing"}, ("fact", False, "event")),
        ({"status": "planned"}, ("open", False, "event")),
        ({"status": "conditional"}, ("open", False, "event")),
        ({"status": "demanded"}, ("demanded", False, "event")),
        ({"status": "denied"}, ("denied", False, "event")),
        ({"status": "planned", "negated": True}, ("denied", False, "event")),
        ({"tally": "increment"}, ("fact", True, "event")),
        ({"tally": "total"}, ("fact", False, "event")),
        ({"change": "up"}, ("fact", True, "event")),
        ({"change": "down"}, ("fact", True, "event")),
        ({"change": "up to"}, ("fact", False, "event")),
        ({"scope": "statistic"}, ("fact", False, "statistic")),
        ({"scope": "earlier"}, ("fact", False, "event")),
    ],
)
def test_what_makes_counts_comparable(more: dict[str, Any], expected: tuple[object, ...]) -> None:
    key = base_key(count(**more))
    assert (key.firmness, key.increment, key.scope) == expected


@pytest.mark.parametrize(
    ("event", "increment", "falls"),
    [
        ("missing", False, True),
        ("arrested", False, True),
        ("killed", False, False),
        ("killed", True, True),
        ("rescued", False, False),
        ("sent", False, True),
        (None, False, True),
    ],
)
def test_numbers_that_fall_by_themselves(event: str | None, increment: bool, falls: bool) -> None:
    assert may_fall(event, increment=increment) is falls


def test_a_count_without_words_is_none() -> None:
    with pytest.raises(ValueError, match="count f0 has no words"):
        count(spans=())
    assert from_json(to_json(count(event_date=("2025-03-12", "2025-03-13"), also=("injured",)))).event_date == (
        "2025-03-12",
        "2025-03-13",
    )
    assert set(to_json(count())) == {"key", "figure", "spans", "context", "low", "high"}


READING = told("{14|people/person} were killed.", said={"14 people were killed": ("Ann Lee", "say")})


def holder(found: Count, **rulings: Any) -> tuple[str, bool]:
    scene = scene_of([READING], rulings=Rulings(**rulings))
    (placed,) = place_counts(scene, {1: [found]})
    return placed.name, placed.outlet


def test_who_holds_a_count() -> None:
    (said,) = counts(READING)
    assert holder(said) == ("Ann Lee", False)
    assert holder(replace(said, statement=None)) == ("The Invented Courier", True)
    assert holder(said, rejected=frozenset({(1, "s1")})) == ("The Invented Courier", True)
    assert holder(said, speakers={(1, "s1"): (9, "e4")}, voices={(9, "e4"): Voice("p1", "Bo Ray")}) == ("Bo Ray", False)
    assert holder(replace(said, speaker=None, source="the crowd")) == ("the crowd", False)
    assert holder(replace(said, speaker=None, source=None)) == ("The Invented Courier", True)
    assert holder(replace(said, speaker="e9", speaker_name="Somebody")) == ("Somebody", False)
    assert holder(replace(said, speaker="e9", speaker_name=None)) == ("", False)
    scene = scene_of([READING], rulings=Rulings(rejected=frozenset({(1, "f0")})))
    assert place_counts(scene, {1: [said]}) == ()


@pytest.mark.parametrize(
    ("published", "more", "as_of"),
    [
        (DAY, {}, DAY),
        (f"{DAY}T10:20:30", {}, f"{DAY}T10:20"),
        (DAY, {"as_of": "2025-03-12"}, "2025-03-12"),
        (DAY, {"as_of": ""}, ""),
        (DAY, {"scope": "earlier"}, ""),
        (None, {}, ""),
        ("2025-02-30T10:20", {}, "2025-02-30"),  # no day has this hour
    ],
)
def test_the_moment_of_a_count(published: str | None, more: dict[str, Any], as_of: str) -> None:
    reading = told("{14|people/person} were killed.", published=published)
    (found,) = counts(reading)
    (placed,) = place_counts(scene_of([reading]), {1: [replace(found, **more)]})
    assert placed.as_of == as_of


def test_a_copy_without_a_date_is_of_the_day_of_its_origin() -> None:
    origin, copy = (
        told("{14|people/person} were killed."),
        told("{14|people/person} were killed.", published=None, publisher="Two"),
    )
    scene = scene_of([origin, copy], origins={copy.document.id: origin.document.id})
    placed = place_counts(scene, {1: counts(origin), 2: counts(copy)})
    assert [p.as_of for p in placed] == [DAY, DAY]
    (point,) = points_of(placed)
    assert (len(point.places), point.copies, point.reported) == (2, 1, DAY)


def test_a_point_is_what_one_holder_says_of_one_day() -> None:
    def points(*made: tuple[str, Count]) -> list[tuple[str, int]]:
        readings = [
            told("{14|people/person} were killed.", published=day, publisher=f"P{n}") for n, (day, _) in enumerate(made)
        ]
        scene = scene_of(readings, origins={reading.document.id: "h" for reading in readings})
        placed = place_counts(scene, {n: [one] for n, (_, one) in enumerate(made, 1)})
        return [(p.as_of, len(p.places)) for p in points_of(placed)]

    one = count()
    assert points((DAY, one), (DAY, one)) == [(DAY, 2)]
    assert points((f"{DAY}T08:00", one), (f"{DAY}T12:00", one)) == [
        (f"{DAY}T12:00", 2)
    ]  # how long it stood by the value
    for other in (
        {"low": 15.0},
        {"high": 15.0},
        {"bound": "at least"},
        {"scope": "earlier"},
        {"status": "planned"},
        {"tally": "total"},
    ):
        assert len(points((DAY, one), (DAY, replace(one, **other)))) == 2  # type: ignore[arg-type]
    assert points((DAY, one), (DAY, replace(one, status="ongoing"))) == [(DAY, 2)]  # are there, and have come
    assert [day for day, _ in points(("2025-03-15", one), (DAY, one), (DAY, replace(one, as_of="")))] == [
        "",
        DAY,
        "2025-03-15",
    ]
    changed = points((DAY, one), (DAY, replace(one, change="up to", level=True)))
    assert changed == [(DAY, 2)]


# Which counts are of one event


def apart(*readings: Reading) -> dict[str | None, set[float | None]]:
    """The values of each series by the first day of the event that it is of; None for the story's own."""
    return {s.key.since: {p.low for p in s.points} for s in series_of(*readings)}


def dated(number: str, *, when: str | None = None, published: str = DAY, publisher: str = "One") -> Reading:
    moments = {"then": ("date", when)} if when is not None else None
    return told(
        f"{{{number}|people/person}} were killed then.", moments=moments, published=published, publisher=publisher
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("when", "since"),
    [
        ("2025-03-12", None),
        ("2025-03-15", None),
        ("2025-03-08", "2025-03-08"),  # days before: another one
        ("2025-03-09", None),  # the night it began
        ("2025-04-12", None),  # up to a month after: its outcome
        ("2025-04-13", "2025-04-13"),
        ("1987", "1987-01-01"),
        ("2025", None),
        ("2025-03", None),
    ],
)
def test_what_is_dated_days_before_or_long_after_is_another_event(when: str, since: str | None) -> None:
    own = [dated("14", when="2025-03-12", publisher=name) for name in ("One", "Two")]
    found = apart(*own, dated("9", when=when, publisher="Three"))
    assert found == ({None: {14, 9}} if since is None else {None: {14}, since: {9}})


def test_the_storys_own_event_is_dated_by_most_documents() -> None:
    march = [dated("14", when="2025-03-01", publisher=name) for name in ("One", "Two")]
    february = [dated("9", when="2025-02-01", publisher=name) for name in ("Three", "Four")]
    assert apart(*march, february[0]) == {None: {14}, "2025-02-01": {9}}
    assert apart(march[0], *february) == {None: {9, 14}}  # four weeks later: its outcome
    assert apart(dated("14", when="2025-03-06", publisher="One"), *february) == {None: {9}, "2025-03-06": {14}}
    assert apart(dated("14", when="1987")) == {"1987-01-01": {14}}
    assert apart(dated("14")) == {None: {14}}


def test_places_and_owners_part_series_only_where_one_voice_sets_them_apart() -> None:
    def reading(*parts: tuple[str, str | None], publisher: str = "One") -> tuple[Reading, list[Count]]:
        made = told(" ".join(f"{{{number}|people/person}} were killed." for number, _ in parts), publisher=publisher)
        entities = tuple(r.Entity(f"e{n}", "place", place) for n, (_, place) in enumerate(parts) if place)
        found = [replace(one, places=(f"e{n}",) if parts[n][1] else ()) for n, one in enumerate(counts(made))]
        return replace(made, entities=entities), found

    def parted(*made: tuple[Reading, list[Count]]) -> list[list[float | None]]:
        scene = scene_of([one for one, _ in made])
        found = series(scene, {n: some for n, (_, some) in enumerate(made, 1)})
        return sorted(sorted(p.low or 0 for p in s.points) for s in found)

    assert parted(reading(("12", "Drusa"), ("3", "Karst"))) == [[3], [12]]
    assert parted(reading(("12", "Drusa"), ("3", None))) == [[3, 12]]
    assert parted(reading(("12", "Drusa"), ("12", "Karst"))) == [[12]]
    assert parted(reading(("12", "Drusa")), reading(("3", "Karst"), publisher="Two")) == [[3, 12]]
    both = reading(("12", "Drusa"), ("3", "Karst"))
    assert parted(both, reading(("13", "Drusa"), publisher="Two"), reading(("9", None), publisher="Three")) == [
        [3],
        [9],
        [12, 13],
    ]


def test_rulings_follow_each_other_and_end_in_circles_where_they_began() -> None:
    made = told("{14|people/person} were killed. {3|people/person} were injured. {5|people/person} were arrested.")
    found = counts(made)

    def members(**moved: Any) -> list[list[str]]:
        scene = scene_of([made], rulings=Rulings(moved={(1, key): value for key, value in moved.items()}))
        return sorted(sorted(key for _, key in s.members) for s in series(scene, {1: found}))

    assert members() == [["f0"], ["f1"], ["f2"]]
    assert members(f1=(1, "f0")) == [["f0", "f1"], ["f2"]]
    assert members(f1=(1, "f2"), f2=(1, "f0")) == [["f0", "f1", "f2"]]
    assert members(f1=None) == [["f0"], ["f1"], ["f2"]]
    assert members(f1=(7, "f9")) == [["f0"], ["f1"], ["f2"]]
    circle = members(f1=(1, "f2"), f2=(1, "f1"))
    assert sorted(key for keys in circle for key in keys) == ["f0", "f1", "f2"]
