"""Large cities with their coordinates, and which of several cities of one name a document means.

    coordinates("geonames:524901")      → (55.752, 37.618)
    resolve("Tripoli", {"LB"})          → Tripoli, Lebanon      resolve("Springfield", set()) → None
    resolve("Portland", (), within=regions_named("Ore."))       → Portland, Oregon

The table (`data/cities.tsv`) is built by `training/gazetteer_cities.py` from GeoNames (CC BY 4.0): cities of 100,000
people and more, and some towns that the news made known. It is read when first asked for, so that starting costs nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from onrecord.errors import ReaderError
from onrecord.reader.gazetteer import Place, fold, load

__all__ = ["City", "cities_named", "cities_within", "coordinates", "countries_named", "regions_named", "resolve"]

_DATA = Path(__file__).parent / "data" / "cities.tsv"
_FIELDS: Final = 8
_OUTGROWS: Final = 5  # times: so much larger than its namesakes in the named countries a city must be to be meant
_DWARFS: Final = 10  # the same, where none of their countries is named, and then it must also be …
_WELL_KNOWN: Final = 500_000  # … of so many people: Birmingham is not ambiguous to a reader, Springfield is
_KNOWN: Final = 200_000  # people: enough where no other country has the name (the towns below may be anybody's surname)
_AT_HOME: Final = 2  # times: the same among cities of one country (Springfield, Illinois and Missouri)
_REGION: Final = 1_000_000  # people, for comparing a region, whose number we do not have, with cities
# Wire services shorten most states behind a city's name; the other eight they write out.
_STATES: Final = dict(
    pair.split("=")
    for pair in (
        "Ala=AL Ariz=AZ Ark=AR Calif=CA Colo=CO Conn=CT Del=DE Fla=FL Ga=GA Ill=IL Ind=IN Kan=KS Ky=KY La=LA Md=MD "
        "Mass=MA Mich=MI Minn=MN Miss=MS Mo=MO Mont=MT Neb=NE Nev=NV N.H=NH N.J=NJ N.M=NM N.Y=NY N.C=NC N.D=ND "
        "Okla=OK Ore=OR Pa=PA R.I=RI S.C=SC S.D=SD Tenn=TN Vt=VT Va=VA Wash=WA W.Va=WV Wis=WI Wyo=WY D.C=DC"
    ).split()
)


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames: `ref` is `geonames:ID`, `country` its ISO 3166-1 code, `region` GeoNames' code of the first-order
    division it lies in ("48"), None where it has none; degrees north and east; people to the nearest thousand."""

    name: str
    ref: str
    country: str
    region: str | None
    latitude: float
    longitude: float
    population: int


def cities_named(name: str) -> tuple[City, ...]:
    """The cities of a name, most populous first; none if the name is not written as a name ("nice")."""
    if not name[:1].isupper() and name[:1] not in "'‘’":
        return ()
    found = (_city(row) for row in _table()[0].get(fold(name), ()))
    return tuple(sorted(found, key=lambda c: (-c.population, c.ref)))


def coordinates(ref: str) -> tuple[float, float] | None:
    """Degrees north and east of the place with a reference (`geonames:524901`); None for countries, regions and places that
    the table does not have: one point would say more of them than we know."""
    row = _table()[1].get(ref)
    if row is None:
        return None
    city = _city(row)
    return city.latitude, city.longitude


def cities_within(south: float, west: float, north: float, east: float) -> tuple[City, ...]:
    """The cities between these degrees (`west` is the smaller one), most populous first."""
    found = (_city(row) for row in _table()[1].values())
    inside = [c for c in found if south <= c.latitude <= north and west <= c.longitude <= east]
    return tuple(sorted(inside, key=lambda c: (-c.population, c.ref)))


def countries_named(names: Iterable[str]) -> frozenset[str]:
    """The countries that a document's names speak of: their own names, demonyms and capitals, and cities and regions whose
    name is found in one country only (a dateline's, a nearby place's)."""
    found: set[str] = set()
    for name in names:
        choices = load().find_all(name)
        first = choices[0] if choices else None
        if first is not None and first.type == "country" and first.country:
            found.add(first.country)
            continue
        codes = {c.country for c in choices if c.country} | {c.country for c in cities_named(name)}
        if len(codes) == 1:
            found |= {code for code in codes if code}
    return frozenset(found)


def regions_named(words: str) -> frozenset[str]:
    """What stands behind a city's name, as ISO codes: countries ("LB") and first-order divisions ("US-ME"), a state of the
    United States also in its short form ("Ill."). A division that is called like a city has its country beside it, for it
    may be the next of a row ("Boston, New York and Chicago"). Nothing for any other words."""
    state = _STATES.get(words.removesuffix("."))
    if state is not None:
        return frozenset({f"US-{state}"})
    choices = [c for c in load().find_all(words) if c.relation == "name"]
    found: set[str] = set()
    for choice in choices:
        kind, _, code = (choice.ref or "").partition(":")
        if kind in ("iso3166", "iso3166-2"):
            found.add(code)
    if found and cities_named(words):
        found |= {c.country for c in choices if c.country}
    return frozenset(found)


def resolve(name: str, countries: Collection[str], *, within: Collection[str] = ()) -> Place | None:
    """The place that a name stands for in a document that speaks of some countries (ISO codes); None where it is in doubt.

    `within` is what stands behind the name, as `regions_named` reads it: it goes before what else is spoken of, and a city
    that lies in another state is then not meant ("Portland, Maine", which the table does not have).

    A country or an organisation of that name goes first, unless only another country is spoken of, which has a region or
    city of the name (Georgia in the United States). Of places in several countries, those in the countries spoken of are
    left, and the largest is meant if it is five times the next; where none is spoken of, it must be ten times the next
    and a large city. Within a country the largest city of the name is meant, and a city before the region named after it.
    """
    choices = [c for c in load().find_all(name) if c.relation not in ("capital", "seat")]
    places: list[tuple[Place, int]] = [(c, _REGION) for c in choices if (c.ref or "").startswith("iso3166-2:")]
    cities = cities_named(name)
    if within:
        return _within(name, cities, within, countries)
    places = [(Place(c.name, c.ref, "place", "name", c.country), c.population) for c in cities] + places
    first = choices[0] if choices and choices[0].type != "place" else None
    spoken_of = [p for p in places if p[0].country in countries]
    if first is not None and (first.country is None or first.country in countries or not spoken_of):
        return first
    if not places:
        return choices[0] if choices else None
    return _largest(spoken_of, _OUTGROWS, 0) if spoken_of else _largest(places, _DWARFS, _WELL_KNOWN)


def _within(name: str, cities: tuple[City, ...], within: Collection[str], countries: Collection[str]) -> Place | None:
    """The largest city of a name in what stands behind it. GeoNames' code of a division is the ISO code only in the United
    States; elsewhere the division's country has to do."""
    lands = {code.partition("-")[0] for code in within if not code.startswith("US-")}
    inside = [c for c in cities if c.country == "US" and f"US-{c.region}" in within]
    inside = inside or [c for c in cities if c.country in lands]
    if inside:
        return _largest(
            [(Place(c.name, c.ref, "place", "name", c.country), c.population) for c in inside], _OUTGROWS, 0
        )
    divided = {c.country for c in load().find_all(name) if (c.ref or "").startswith("iso3166-2:")}
    # "in Cairo, Jordan and Israel", "in Victoria, South Australia and Tasmania"
    in_a_row = any("-" not in code or code.partition("-")[0] in divided for code in within)
    return resolve(name, countries) if in_a_row else None


def _largest(places: list[tuple[Place, int]], times: int, least: int) -> Place | None:
    """The largest place, if it outgrows its namesakes; None if not. Of a country's own, a city goes before a region."""
    cities = [p for p in places if _is_city(p[0])]
    with_city = {place.country for place, _ in cities}
    best = max(cities + [p for p in places if p[0].country not in with_city], key=lambda p: p[1])
    abroad = [people for place, people in places if place.country != best[0].country]
    at_home = [p[1] for p in cities if p is not best and p[0].country == best[0].country]
    if any(best[1] < times * people for people in abroad) or any(best[1] < _AT_HOME * people for people in at_home):
        return None
    return best[0] if best[1] >= (least if abroad else min(least, _KNOWN)) else None


def _is_city(place: Place) -> bool:
    return place.ref is not None and place.ref.startswith("geonames:")


def _city(row: str) -> City:
    _, name, number, country, region, north, east, thousands = row.split("\t")
    return City(name, f"geonames:{number}", country, region or None, float(north), float(east), int(thousands) * 1000)


@cache
def _table() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Folded name → lines, and reference → line; a line is taken apart when it is asked for."""
    try:
        lines = _DATA.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReaderError(f"{_DATA.name} is missing or damaged: {error}") from error
    by_name: dict[str, list[str]] = {}
    by_ref: dict[str, str] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        fields = line.split("\t", 3)
        if len(fields) != 4 or line.count("\t") != _FIELDS - 1:
            raise ReaderError(f"{_DATA.name} is missing or damaged: {line[:40]!r}")
        for key in fields[0].split("|"):
            by_name.setdefault(key, []).append(line)
        by_ref[f"geonames:{fields[2]}"] = line
    return by_name, by_ref
