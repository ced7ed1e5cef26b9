"""Cities with coordinates: what names and references find, and that a name in doubt finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reader.building import Stands, build, organisation, person, place, with_mentions

import onrecord.reader
from onrecord.errors import ReaderError
from onrecord.reader import cities
from onrecord.reader.annotated import Annotated
from onrecord.reader.cities import cities_named, coordinates, countries_named, regions_named, resolve
from onrecord.reader.entities.gather import gather
from onrecord.reader.gazetteer import Place, fold

DATA = Path(onrecord.reader.__file__).parent / "data" / "cities.tsv"


def test_a_reference_has_coordinates() -> None:
    found = coordinates("geonames:524901")  # Moscow
    assert found is not None
    assert found == (55.752, 37.618), "as docs/reference/schema.md says"


@pytest.mark.parametrize("ref", ["iso3166:RU", "iso3166-2:RU-KRS", "wikidata:Q7184", "geonames:0", "", "Moscow"])
def test_what_is_no_city_has_no_coordinates(ref: str) -> None:
    assert coordinates(ref) is None


def test_a_city_has_country_region_and_people() -> None:
    largest = cities_named("Mosul")[0]
    assert (largest.name, largest.country) == ("Mosul", "IQ")
    assert largest.region
    assert largest.population > 1_000_000


@pytest.mark.parametrize(
    ("name", "country"),
    [("Cologne", "DE"), ("Fallujah", "IQ"), ("Khan Younis", "PS"), ("Kryvyi Rih", "UA"), ("Fez", "MA")],
)
def test_names_of_the_english_press(name: str, country: str) -> None:
    assert [city.country for city in cities_named(name)] == [country]


def test_names_are_written_as_names() -> None:
    assert cities_named("nice") == ()
    assert [city.country for city in cities_named("Nice")] == ["FR"]


@pytest.mark.parametrize(
    ("name", "countries", "ref"),
    [
        ("Tripoli", {"LB"}, "geonames:266826"),
        ("Tripoli", {"LY"}, "geonames:2210247"),
        ("London", set(), "geonames:2643743"),
        ("London", {"CA"}, "geonames:6058560"),
        ("Georgia", set(), "iso3166:GE"),
        ("Georgia", {"US"}, "iso3166-2:US-GA"),
        ("Georgia", {"US", "GE"}, "iso3166:GE"),
        ("Kharkiv", {"UA"}, "geonames:706483"),  # the city, not the region named after it
        ("Kharkiv region", {"UA"}, "iso3166-2:UA-63"),
        ("NATO", {"UA"}, "wikidata:Q7184"),
        ("Texas", {"FR"}, "iso3166-2:US-TX"),
    ],
)
def test_the_countries_spoken_of_settle_a_name(name: str, countries: set[str], ref: str) -> None:
    place = resolve(name, countries)
    assert place is not None
    assert place.ref == ref


@pytest.mark.parametrize(
    ("name", "countries"),
    [
        ("Tripoli", set()),  # Libya or Lebanon
        ("Hyderabad", set()),  # India or Pakistan
        ("Springfield", {"US"}),  # three of them
        ("Córdoba", {"AR", "ES"}),  # a million and a third of one
        ("Orange", set()),  # a town, a firm, a colour
        ("Nowhereville", {"US"}),
    ],
)
def test_in_doubt_nothing_is_found(name: str, countries: set[str]) -> None:
    assert resolve(name, countries) is None


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Lebanon", {"LB"}),
        ("Maine", {"US-ME"}),
        ("Ore.", {"US-OR"}),
        ("N.H.", {"US-NH"}),
        ("Georgia", {"GE", "US-GA"}),
        ("New York", {"US-NY", "US"}),  # the state, or the next city of a row
        ("Chicago", set()),
        ("Lebanese", set()),
    ],
)
def test_what_stands_behind_a_city(words: str, codes: set[str]) -> None:
    assert regions_named(words) == codes


@pytest.mark.parametrize(
    ("name", "behind", "ref"),
    [
        ("Tripoli", "Lebanon", "geonames:266826"),
        ("London", "Ontario", "geonames:6058560"),
        ("Rochester", "Minn.", "geonames:5043473"),
        ("Athens", "Georgia", "geonames:4180386"),
        ("Portland", "Maine", None),  # 70,000 people
        ("Paris", "Texas", None),
        ("Paris", "Rome", "geonames:2988507"),
        ("Boston", "New York", "geonames:4930956"),
        ("Cairo", "Jordan", "geonames:360630"),
        ("South Australia", "Tasmania", "iso3166-2:AU-SA"),
    ],
)
def test_what_stands_behind_a_name_settles_it(name: str, behind: str, ref: str | None) -> None:
    found = resolve(name, (), within=regions_named(behind))
    assert (found.ref if found else None) == ref


def test_a_region_goes_before_a_small_city_of_another_country() -> None:
    found = resolve("Ontario", {"CA", "US"})
    assert found is not None
    assert found.ref == "iso3166-2:CA-ON"


def test_countries_spoken_of() -> None:
    assert countries_named(["KYIV", "Russian", "Mosul", "Hyderabad", "Smith"]) == {"UA", "RU", "IQ"}


def test_every_row_can_be_read_and_names_its_source() -> None:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert any("GeoNames" in line and "CC-BY-4.0" in line for line in head)
    rows = [cities._city(line) for line in lines if not line.startswith("#")]
    assert len(rows) > 6_000
    assert len({row.ref for row in rows}) == len(rows)
    assert all(-90 <= row.latitude <= 90 and -180 <= row.longitude <= 180 for row in rows)
    keys = [key for line in lines if not line.startswith("#") for key in line.split("\t")[0].split("|")]
    assert all(fold(key) == key for key in keys)
    assert DATA.stat().st_size < 600_000


def test_the_table_is_not_read_before_it_is_asked_for_and_then_fast() -> None:
    """12 ms where it was measured; the bound is for slow and busy machines."""

    def seconds() -> float:
        cities._table.cache_clear()
        start = perf_counter()
        cities._table()
        return perf_counter() - start

    assert min(seconds() for _ in range(3)) < 0.1


def test_a_damaged_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "cities.tsv"
    damaged.write_text("rome\tRome\n", encoding="utf-8")
    monkeypatch.setattr(cities, "_DATA", damaged)
    cities._table.cache_clear()
    try:
        with pytest.raises(ReaderError, match="damaged"):
            coordinates("geonames:1")
    finally:
        monkeypatch.undo()
        cities._table.cache_clear()


@given(st.text(max_size=30), st.sets(st.sampled_from(["US", "FR", "CD"])))
def test_any_text_can_be_resolved(name: str, countries: set[str]) -> None:
    place = resolve(name, countries)
    assert place is None or isinstance(place, Place)


WENT = "They/PRON/PRP/2/nsubj drove/VERB/VBD/0/root to/ADP/IN/4/case {0}/PROPN/NNP/2/obl"
TO_TWO = WENT + " _,/PUNCT/,/4/punct {1}/PROPN/NNP/4/appos"
DATED = "{0}/PROPN/NNP/0/root (/PUNCT/-LRB-/3/punct Reuters/PROPN/NNP/1/appos _)/PUNCT/-RRB-/3/punct -/PUNCT/:/1/punct"


def refs(text: Annotated, *stands: Stands) -> dict[str, str | None]:
    return {e.name: e.ref for e in gather(with_mentions(text, *stands)).entities()}


@pytest.mark.parametrize(
    ("nation", "ref"),
    [("Lebanon", "geonames:266826"), ("Libya", "geonames:2210247"), ("Norway", None)],
)
def test_a_place_is_the_one_in_the_countries_spoken_of(nation: str, ref: str | None) -> None:
    found = refs(build(WENT.format("Tripoli"), WENT.format(nation)), place("Tripoli"), place(nation))
    assert found["Tripoli"] == ref
    assert (found[nation] or "").startswith("iso3166:")


def test_another_place_speaks_of_its_country() -> None:
    assert refs(build(WENT.format("Hyderabad"), WENT.format("Lahore")), place("Hyderabad"), place("Lahore")) == {
        "Hyderabad": "geonames:1176734",
        "Lahore": "geonames:1172451",
    }


def test_a_dateline_speaks_of_its_country() -> None:
    text = build(DATED.format("BEIRUT"), WENT.format("Tripoli"))
    assert refs(text, place("Tripoli")) == {"Tripoli": "geonames:266826"}


def test_what_stands_behind_a_place_goes_before_what_is_spoken_of() -> None:
    text = build(WENT.format("Germany"), TO_TWO.format("Portland", "Maine"), TO_TWO.format("Tripoli", "Lebanon"))
    found = refs(text, place("Germany"), place("Portland"), place("Maine"), place("Tripoli"), place("Lebanon"))
    assert (found["Portland"], found["Tripoli"]) == (None, "geonames:266826")


def test_a_large_capital_stays_one_where_another_country_is_spoken_of() -> None:
    text = build(WENT.format("London"), WENT.format("Canada"))
    assert refs(text, place("London"), place("Canada"))["London"] == "geonames:2643743"


def test_a_city_of_a_region_s_name_is_the_city() -> None:
    assert refs(build(WENT.format("Milan")), place("Milan")) == {"Milan": "geonames:3173435"}


@pytest.mark.parametrize("stand", [person, organisation])
def test_who_is_called_like_a_city_is_none(stand: Callable[[str], Stands]) -> None:
    assert (
        refs(build(WENT.format("Fallujah"), WENT.format("Iraq")), stand("Fallujah"), place("Iraq"))["Fallujah"] is None
    )


def test_without_places_in_doubt_the_table_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def unread() -> None:
        raise AssertionError("read")

    monkeypatch.setattr(cities, "_table", unread)
    text = build(WENT.format("Norway"), WENT.format("Rutte"))
    assert refs(text, place("Norway"), person("Rutte"))["Norway"] == "iso3166:NO"
    with pytest.raises(AssertionError, match="read"):
        refs(build(WENT.format("Lahore")), place("Lahore"))
