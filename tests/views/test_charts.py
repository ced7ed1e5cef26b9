"""Charts as specifications: valid, nothing left out without a word, nothing said by colour alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from tests.ledger.sample_readings import readings
from tests.views.web.contrast import contrast

from onrecord.ledger import Ledger
from onrecord.ledger.series.course import StepRow
from onrecord.ledger.series.rows import BestRow, PlaceRow, PointRow, SeriesRow
from onrecord.ledger.stories.rows import MapRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.reader.cities import cities_named, cities_within
from onrecord.records import Bound, Span
from onrecord.views import web
from onrecord.views.charts import map_chart, series_chart, series_notes, themed, timeline_chart, timeline_notes
from onrecord.views.charts.land import land_within
from onrecord.views.charts.series import HOLDERS, MOST
from onrecord.views.charts.theme import COLOURS, PALETTES, SHAPES, Ground
from onrecord.views.charts.times import exact, extent_of, spread

DOCUMENT = "ab" * 32


@cache
def validator() -> Draft7Validator:
    schema = pytest.importorskip("altair.vegalite.v6.schema.core").load_schema()
    return Draft7Validator(schema)


def check(spec: dict[str, Any]) -> None:
    """Valid against the schema of Vega-Lite 6, on every ground, and JSON as it stands."""
    for ground in get_args(Ground):
        drawn = themed(spec, ground)
        error = next(iter(validator().iter_errors(drawn)), None)
        assert error is None, f"{error.json_path}: {error.message[:300]}"
    json.dumps(spec, allow_nan=False)


@pytest.fixture(scope="module")
def book() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as book:
        list(book.add(readings()))
        yield book


def place(words: str = "14") -> PlaceRow:
    context = f"At least {words} people died."
    return PlaceRow(DOCUMENT, "Title", "The Post", "2025-03-12", "f0", (Span(9, 11),), words, context, Span(0, 30))


def point(
    low: float | None = 14,
    high: float | None = 14,
    bound: Bound = "exactly",
    *,
    as_of: str | None = "2025-03-12",
    name: str = "Ida Holm",
    outlet: bool = False,
) -> PointRow:
    one = place()
    return PointRow(
        document=DOCUMENT,
        spans=one.spans,
        words=one.words,
        context=one.context,
        low=low,
        high=high,
        bound=bound,
        holder="p" + name,
        name=name,
        outlet=outlet,
        status="happened",
        tally=None,
        change=None,
        reported="2025-03-12",
        as_of=as_of,
        event_first=None,
        event_last=None,
        copies=0,
        best=False,
        places=(one,),
    )


def series(*points: PointRow, best: BestRow | None = BestRow(14, 14, False)) -> SeriesRow:  # noqa: B008 - frozen
    return SeriesRow(
        id="f0123456789ab",
        story="t0123456789ab",
        what="people killed",
        thing="people",
        event="killed",
        unit=None,
        whose=None,
        firmness="fact",
        tally="total",
        part="whole",
        scope="event",
        trend="single",
        best=best,
        points=points,
    )


def marks(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return list(spec["data"]["values"])


def test_every_series_of_the_samples_is_a_valid_chart(book: Ledger) -> None:
    rows = book.series()
    assert len(rows) > 10
    for row in rows:
        check(series_chart(row, links=True, course=book.course(row.id)))
        check(series_chart(row))


def test_every_timeline_of_the_samples_is_a_valid_chart(book: Ledger) -> None:
    for story in book.stories():
        rows = book.timeline(story.id)
        check(timeline_chart(rows, links=True))
        lanes = [layer["data"]["values"] for layer in timeline_chart(rows)["layer"]]
        published = {d["words"] for lane in lanes for d in lane if d.get("kind") == "published"}
        assert len(published) == len({r.title for r in rows if r.published})


def test_points_lead_to_their_words(book: Ledger) -> None:
    for row in book.series():
        for datum in marks(series_chart(row, links=True)):
            match = re.fullmatch(r"/documents/([0-9a-f]{64})\?at=[\d&at=-]+#c(\d+)-(\d+)", datum["href"])
            assert match
            words = book.document(match[1]).document.text[int(match[2]) : int(match[3])]
            assert words in {p.words.split(" … ")[0] for p in row.points}
        assert not any("href" in datum for datum in marks(series_chart(row)))


def test_intervals_are_drawn_as_wide_as_they_are_open() -> None:
    row = series(
        point(14, 14, as_of="2025-03-12"),
        point(5, 7, "between", as_of="2025-03-13"),
        point(20, None, "at least", as_of="2025-03-14"),
        point(None, 90, "less than", as_of="2025-03-15"),
        point(100, 100, "about", as_of="2025-03-16"),
    )
    spec = series_chart(row)
    check(spec)
    exactly, between, least, less, about = marks(spec)
    assert (exactly["from"], exactly["at"], exactly["to"], exactly["open"]) == (14, 14, 14, "")
    assert (between["from"], between["at"], between["to"]) == (5, 6, 7)
    assert (least["open"], least["at"]) == ("up", 20)
    assert least["tip"] > 20
    assert (less["open"], less["at"]) == ("down", 90)
    assert less["tip"] < 90
    assert (about["from"], about["to"]) == (pytest.approx(90), pytest.approx(110))
    assert {"arrow: open end", "bar: range given"} <= set(series_notes(row)[0].split(" · "))


def test_values_without_a_day_are_not_drawn_at_another_and_the_notes_say_so() -> None:
    row = series(point(as_of=None), point(20, 20), point(30, 30, as_of="2025-03-14"))
    assert [datum["at"] for datum in marks(series_chart(row))] == [20, 30]
    assert "1 of 3 values have no day of their own" in " ".join(series_notes(row))


def test_without_two_days_holders_stand_beside_each_other() -> None:
    row = series(point(148, 148, name="the owner"), point(171, 171, name="harbour office"))
    spec = series_chart(row)
    check(spec)
    assert all("x" not in datum for datum in marks(spec))
    assert spec["layer"][0]["encoding"]["y"]["field"] == "who"
    check(series_chart(series(point(as_of=None))))
    check(series_chart(series(best=None)))
    check(series_chart(series(point(0, 0), best=None)))
    check(series_chart(series(point(-5, 3, "between"), point(-7, -7, as_of="2025-03-13"))))


def test_of_hundreds_of_points_the_newest_are_drawn_and_the_notes_say_so() -> None:
    row = series(*(point(n, n, as_of=f"2025-{1 + n % 12:02}-{1 + n % 28:02}") for n in range(MOST + 50)))
    assert len(marks(series_chart(row))) == MOST
    assert f"the newest {MOST} of {MOST + 50}" in " ".join(series_notes(row))


def test_holders_differ_in_shape_and_those_beyond_the_colours_are_others() -> None:
    few = series(*(point(n, n, as_of=f"2025-03-{n + 1:02}", name=f"holder {n}") for n in range(HOLDERS + 1)))
    many = series(*(point(n, n, as_of=f"2025-03-{n + 1:02}", name=f"holder {n}") for n in range(HOLDERS + 4)))
    assert {d["who"] for d in marks(series_chart(few))} == {f"holder {n}" for n in range(HOLDERS + 1)}
    drawn = series_chart(many)
    assert len({d["who"] for d in marks(drawn)}) == HOLDERS + 1
    assert "others" in {d["who"] for d in marks(drawn)}
    encoding = drawn["layer"][-1]["encoding"]
    assert encoding["shape"]["field"] == encoding["color"]["field"] == "who"
    assert len(set(SHAPES)) == len(SHAPES) == HOLDERS + 1
    assert all(len(set(PALETTES[ground])) == HOLDERS + 1 for ground in PALETTES)


def test_the_best_value_steps_from_day_to_day() -> None:
    row = series(point(14, 14), point(23, 23, as_of="2025-03-13"), point(20, None, "at least", as_of="2025-03-15"))
    course = [StepRow("2025-03-12", 14, 14, False), StepRow("2025-03-13", 23, None, True), StepRow(None, 9, 9, False)]
    spec = series_chart(row, course=course)
    check(spec)
    bands, stairs = spec["layer"][1]["data"]["values"], spec["layer"][2]["data"]["values"]
    assert [(b["x"][:10], b["x2"][:10], b["low"], b["high"]) for b in bands] == [
        ("2025-03-12", "2025-03-13", 14, 14),
        ("2025-03-13", "2025-03-16", 23, 23),
    ]
    assert [(s["x"][:10], s["low"], s["high"]) for s in stairs] == [("2025-03-13", 14, 23)]
    assert "line: best value in its time" in series_notes(row, course=course)[0]
    assert "line: best value now" in series_notes(row)[0]


def entry(on: str | None, **facts: Any) -> TimelineRow:
    given: dict[str, Any] = {
        "on": on,
        "kind": "said",
        "happened_first": None,
        "happened_last": None,
        "said_on": on,
        "published": "2025-03-12",
        "who": "Ida Holm",
        "act": "say",
        "figure": None,
        "words": "the dam will hold",
        "of": "c0123456789ab",
        "story": "t0123456789ab",
        "document": DOCUMENT,
        "title": "Title",
        "publisher": "The Post",
        "record": "s1",
        "spans": (Span(0, 17),),
    }
    return TimelineRow(**{**given, **facts})


def drawn(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [datum for layer in spec["layer"] for datum in layer["data"]["values"] if "kind" in datum]


def test_three_times_are_kept_apart() -> None:
    row = entry("2025-03-13", happened_first="2025-03-11", happened_last="2025-03-11", published="2025-03-14T08:00:00Z")
    spec = timeline_chart([row])
    check(spec)
    found = {datum["kind"]: datum["x"][:10] for datum in drawn(spec)}
    assert found == {"happened": "2025-03-11", "said": "2025-03-13", "published": "2025-03-14"}


def test_what_happened_on_no_known_day_is_faint_and_as_long_as_it_may_be() -> None:
    rows = [
        entry("2025-03-12", happened_first="2025-03-12", happened_last="2025-03-14", of="c1"),
        entry("2025-03-12", happened_first="2025-03-13", happened_last="2025-03-13", of="c2"),
        entry("2025-03-16", published="2025-03-16"),
    ]
    bars = {datum["when"]: datum for datum in drawn(timeline_chart(rows)) if datum["kind"] == "happened"}
    assert bars["2025-03-12 – 2025-03-14"]["open"] is True
    assert bars["2025-03-12 – 2025-03-14"]["x2"][:10] == "2025-03-14"
    assert bars["2025-03-13"]["open"] is False


def test_what_the_axis_does_not_reach_is_counted() -> None:
    rows = [
        entry("2025-03-12"),
        entry("1987-06-02", kind="event", happened_first="1987-06-02", said_on="2025-03-12"),
        entry(None),
        entry("XXXX-03-12"),
    ]
    spec = timeline_chart(rows)
    check(spec)
    assert not any(datum["kind"] == "happened" for datum in drawn(spec))
    assert "In the list only: 2 without a day and 1 of earlier or later times" in timeline_notes(rows)


def test_a_crowded_day_says_how_many_are_not_drawn() -> None:
    rows = [entry("2025-03-12", record=f"s{n}") for n in range(3000)]
    rows += [entry("2025-03-20", published="2025-03-20")]
    spec = timeline_chart(rows)
    check(spec)
    shown = sum(1 for datum in drawn(spec) if datum["kind"] == "said")
    over = [d["text"] for layer in spec["layer"] for d in layer["data"]["values"] if d.get("more")]
    assert shown + sum(int(text[1:]) for text in over) == 3001
    assert shown < 300


def test_an_empty_timeline_and_one_without_days_are_charts_without_marks() -> None:
    for rows in ([], [entry(None, published=None)]):
        spec = timeline_chart(rows)
        check(spec)
        assert spec["data"]["values"] == []


def located(*names: str) -> list[MapRow]:
    found = [cities_named(name)[0] for name in names]
    return [
        MapRow(c.name, c.ref, c.latitude, c.longitude, 9 - n, 3, DOCUMENT, None, None, None, Span(1, 5), c.name)
        for n, c in enumerate(found)
    ]


@pytest.mark.parametrize("names", [(), ("Istanbul",), ("Kyiv", "Odesa"), ("London", "Tokyo", "Auckland", "Anchorage")])
def test_maps_are_valid_and_light(names: tuple[str, ...]) -> None:
    rows = located(*names)
    spec = map_chart(rows, links=True)
    check(spec)
    assert len(json.dumps(spec)) < 400_000
    if rows:
        places = [d for layer in spec["layer"] for d in layer["data"]["values"] if "mentions" in d]
        assert {place["name"] for place in places} == {row.name for row in rows}
        largest = max(places, key=lambda place: place["size"])
        assert largest["mentions"] == max(row.mentions for row in rows)


windows = st.tuples(st.floats(-80, 70), st.floats(-180, 150), st.floats(2, 60), st.floats(2, 300)).map(
    lambda w: (w[0], w[1], min(84.0, w[0] + w[2]), min(180.0, w[1] + w[3]))
)


@given(windows)
def test_land_lies_in_its_window_and_runs_the_right_way(window: tuple[float, float, float, float]) -> None:
    south, west, north, east = window
    for outer, *holes in land_within(window)["geometry"]["coordinates"]:
        for ring, clockwise in [(outer, True), *((hole, False) for hole in holes)]:
            assert ring[0] == ring[-1]
            assert all(west - 0.01 <= x <= east + 0.01 and south - 0.01 <= y <= north + 0.01 for x, y in ring)
            area = sum(x * b - a * y for (x, y), (a, b) in pairwise(ring))
            assert (area < 0) is clockwise


def inside(x: float, y: float) -> bool:
    """Whether a point lies on land, by the even-odd rule over the rings of a window around it."""
    crossings = 0
    for polygon in land_within((y - 4, x - 4, y + 4, x + 4))["geometry"]["coordinates"]:
        for ring in polygon:
            for (a, b), (c, d) in pairwise(ring):
                if (b > y) != (d > y) and x < a + (y - b) * (c - a) / (d - b):
                    crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("x", "y", "land"),
    [
        (37.6, 55.7, True),  # Moscow
        (-98, 39, True),  # Kansas
        (175, 67, True),  # Chukotka, before the date line
        (-175, 67.0, True),  # and behind it
        (0, -80, True),  # Antarctica
        (51, 41, False),  # the Caspian Sea, a hole
        (-30, 40, False),  # the Atlantic
        (-150, 10, False),  # the Pacific
    ],
)
def test_land_is_where_land_is(x: float, y: float, land: bool) -> None:
    assert inside(x, y) is land


def test_cities_within_are_within() -> None:
    found = cities_within(45, 22, 52, 40)
    assert found[0].name == "Kyiv"
    assert all(45 <= city.latitude <= 52 and 22 <= city.longitude <= 40 for city in found)
    assert [city.population for city in found] == sorted((c.population for c in found), reverse=True)


@given(st.dictionaries(st.integers(), st.sampled_from(["2025-03-12", "2025-03-12T22:10", "2025-03-13"])))
def test_points_of_one_day_lie_side_by_side_within_it(given_days: dict[int, str]) -> None:
    placed = spread((day, name) for name, day in given_days.items())
    assert set(placed) == set(given_days)
    vague = [placed[name] for name, day in given_days.items() if exact(day) is None]
    assert len(set(vague)) == len(vague)
    for name, day in given_days.items():
        assert placed[name].date().isoformat() == day[:10]
        if exact(day) is not None:
            assert placed[name] == exact(day)


@pytest.mark.parametrize("value", [None, "XXXX-03-12", "../2024", "9999", "2025-02-30", "soon", "2025-03-12T24:10"])
def test_dates_that_lie_nowhere_on_an_axis(value: str | None) -> None:
    assert exact(value) is None
    assert value == "2025-03-12T24:10" or extent_of(value) is None


def test_colours_can_be_told_from_their_ground_and_are_those_of_the_style_sheet() -> None:
    style = (Path(web.__file__).parent / "static" / "charts.css").read_text(encoding="utf-8")
    common = (Path(web.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
    sheets = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in style.split("@media", 2)[:2]]
    grounds = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in common.split("@media", 2)[:2]]
    for ground, sheet, page in zip(("light", "dark"), sheets, grounds, strict=True):
        palette = PALETTES[ground]  # type: ignore[index]
        assert [sheet[f"chart-{n}"] for n in range(1, 9)] == list(palette)
        assert sheet["chart-land"] == COLOURS[ground]["land"]  # type: ignore[index]
        for colour in palette:
            for under in (COLOURS[ground]["ground"], page["ground"], page["raised"]):  # type: ignore[index]
                assert contrast(colour, under) >= 3, (ground, colour, under)


def test_no_colour_is_in_a_chart_but_by_its_theme(book: Ledger) -> None:
    row = replace(book.series()[0], id="f0")
    for spec in (series_chart(row), timeline_chart(book.timeline()), map_chart(located("Kyiv"))):
        bare = json.dumps({key: value for key, value in spec.items() if key not in ("config", "data")})
        assert set(re.findall(r'"#[0-9a-f]{6}"', bare)) <= {'"#808890"'}


def test_vendored_files_are_those_that_their_readme_names() -> None:
    folder = Path(web.__file__).parent / "static" / "vendor"
    rows = re.findall(
        r"^\| `([\w.-]+)` .*`([0-9a-f]{64})` \|$", (folder / "README.md").read_text(encoding="utf-8"), re.M
    )
    assert {name for name, _ in rows} == {path.name for path in folder.glob("*.js")}
    for name, digest in rows:
        assert sha256((folder / name).read_bytes()).hexdigest() == digest, name
