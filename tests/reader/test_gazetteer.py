"""The gazetteer: what names find, what is not a name, and that the data file is what the code expects."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import FrozenInstanceError
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.reader
from onrecord.errors import ReaderError
from onrecord.reader.gazetteer import Gazetteer, Place, fold, load

DATA = Path(onrecord.reader.__file__).parent / "data" / "gazetteer.json"


def found(name: str) -> tuple[str, str] | None:
    place = load().find(name)
    return None if place is None else (place.ref or place.name, place.relation)


@pytest.mark.parametrize(
    ("name", "ref", "relation"),
    [
        ("Russia", "iso3166:RU", "name"),
        ("Russian Federation", "iso3166:RU", "name"),
        ("Russian", "iso3166:RU", "demonym"),
        ("Russians", "iso3166:RU", "people"),
        ("Moscow", "iso3166:RU", "capital"),
        ("the Kremlin", "iso3166:RU", "seat"),
        ("North Korea", "iso3166:KP", "name"),
        ("DPRK", "iso3166:KP", "name"),
        ("North Koreans", "iso3166:KP", "people"),
        ("Pyongyang", "iso3166:KP", "capital"),
        ("Seoul", "iso3166:KR", "capital"),
        ("Republic of Korea", "iso3166:KR", "name"),
        ("Burma", "iso3166:MM", "name"),
        ("Frenchmen", "iso3166:FR", "people"),
        ("Germans", "iso3166:DE", "people"),
        ("Danes", "iso3166:DK", "people"),
        ("Greek", "iso3166:GR", "demonym"),
        ("New Zealanders", "iso3166:NZ", "people"),
        ("The Hague", "iso3166:NL", "seat"),
        ("White House", "iso3166:US", "seat"),
        ("Élysée", "iso3166:FR", "seat"),
        ("NATO", "wikidata:Q7184", "name"),
        ("North Atlantic Treaty Organization", "wikidata:Q7184", "name"),
        ("the United Nations", "wikidata:Q1065", "name"),
        ("Brussels", "wikidata:Q458", "capital"),
        ("Kursk region", "iso3166-2:RU-KRS", "name"),
        ("Kursk Oblast", "iso3166-2:RU-KRS", "name"),
        ("Kurshchyna", "iso3166-2:RU-KRS", "name"),
        ("State of Texas", "iso3166-2:US-TX", "name"),
        ("Mumbai", "geonames:1275339", "name"),
        ("Bombay", "geonames:1275339", "name"),
        ("XK", None, None),
    ],
)
def test_names_find_what_they_stand_for(name: str, ref: str | None, relation: str | None) -> None:
    assert found(name) == ((ref, relation) if ref else None)


@pytest.mark.parametrize("name", ["US", "U.S.", "U.S", "USA", "U.S.A.", "the United States", "America"])
def test_the_united_states_by_any_name(name: str) -> None:
    assert found(name) == ("iso3166:US", "name")


@pytest.mark.parametrize(
    "word", ["us", "Us", "who", "Who", "turkey", "polish", "jordan", "un", "", " ", "the", "'s", "."]
)
def test_words_are_not_names(word: str) -> None:
    assert load().find(word) is None


@pytest.mark.parametrize("name", ["Kyiv", "KYIV", "Kiev", "Kyiv's", "Kyiv’s", " Kyiv "])
def test_case_spelling_and_genitive(name: str) -> None:
    assert found(name) == ("iso3166:UA", "capital")


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [("Côte d’Ivoire", "Cote d'Ivoire"), ("Türkiye", "Turkiye"), ("São Tomé and Príncipe", "Sao Tome and Principe")],
)
def test_diacritics_and_apostrophes_do_not_matter(written: str, otherwise: str) -> None:
    assert found(written) == found(otherwise) is not None
    assert found(unicodedata.normalize("NFD", written)) == found(written)


def test_a_capital_is_a_government_first_and_a_city_after() -> None:
    readings = load().find_all("Moscow")
    assert (readings[0].name, readings[0].type, readings[0].relation) == ("Russia", "country", "capital")
    assert Place("Moscow", "geonames:524901", "place", "name", "RU") in readings


def test_what_is_ambiguous_is_shown_to_be() -> None:
    refs = [place.ref for place in load().find_all("Georgia")]
    assert refs[:2] == ["iso3166:GE", "iso3166-2:US-GA"]
    assert {place.ref for place in load().find_all("Congolese")} == {"iso3166:CD", "iso3166:CG"}
    assert load().find("Korea") is None, "of two Koreas none may be guessed"


def test_the_larger_city_comes_before_the_capital_of_the_same_name() -> None:
    readings = [(place.name, place.country) for place in load().find_all("San Jose")]
    assert readings.index(("San Jose", "US")) < readings.index(("Costa Rica", "CR"))


def test_countries_by_code() -> None:
    gazetteer = load()
    korea = gazetteer.find_country("KP")
    assert korea == Place("North Korea", "iso3166:KP", "country", "name", "KP")
    assert gazetteer.find_country("kp") is None
    assert gazetteer.find_country("ZZ") is None
    with pytest.raises(FrozenInstanceError):
        korea.name = "elsewhere"  # type: ignore[misc, union-attr]


def test_every_key_is_folded_and_every_row_can_be_read() -> None:
    data = json.loads(DATA.read_bytes())
    gazetteer = load()
    assert all(fold(key) == key for key in data["names"])
    assert all("." not in key and key.upper() == key for key in data["abbreviations"])
    kinds = {place.type for key in data["names"] for place in gazetteer.find_all(key[0].upper() + key[1:])}
    assert kinds == {"country", "place", "organisation"}
    assert list(data["names"]) == sorted(data["names"])
    refs = [row.split("\t")[1] for row in data["places"]]
    assert len({r for r in refs if r}) == len([r for r in refs if r]), "two places with one reference"


def test_every_source_names_its_licence() -> None:
    sources = load().sources
    assert {s["licence"] for s in sources.values()} == {"Unicode-3.0", "CC-BY-4.0", "MIT", "CC0-1.0"}
    assert all(s["source"] and s["holder"] for s in sources.values())
    assert DATA.stat().st_size < 1_000_000


def test_every_country_with_a_capital_has_a_demonym() -> None:
    data = json.loads(DATA.read_bytes())
    held: dict[int, set[int]] = {}
    for row in (*data["names"].values(), *data["abbreviations"].values()):
        numbers = [int(n) for n in row.split()]
        for place, relation in zip(numbers[::2], numbers[1::2], strict=True):
            held.setdefault(place, set()).add(relation)
    name, demonym, capital = 0, 1, 3
    governed = {code for code, place in data["countries"].items() if capital in held[place]}
    assert len(governed) >= 193, "the members of the United Nations and a few more"
    lacking = {code for code in governed if not held[data["countries"][code]] >= {name, demonym}}
    assert lacking == {"VA"}, "the Vatican has no adjective"


def test_a_file_of_another_format_is_refused() -> None:
    with pytest.raises(ReaderError, match="format 99"):
        Gazetteer({"format": 99})


def test_loading_is_fast() -> None:
    """5 ms where it was measured; the bound is for slow and busy machines."""
    best = min(_seconds_to_load() for _ in range(5))
    assert best < 0.05


def _seconds_to_load() -> float:
    start = perf_counter()
    Gazetteer(json.loads(DATA.read_bytes()))
    return perf_counter() - start


@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(name: str) -> None:
    assert all(isinstance(place, Place) for place in load().find_all(name))
    assert fold(fold(name)) == fold(name)
