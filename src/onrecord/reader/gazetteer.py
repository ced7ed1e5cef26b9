"""The bundled gazetteer: what a name may stand for: a country, a place, a government by its capital, an organisation.

    find("Pyongyang")  → North Korea (capital)        find("Russians")  → Russia (people)
    find("U.S.")       → United States (name)         find("us")        → None

The data file is built by `training/gazetteer.py` from CLDR and GeoNames and a few lists of our own; it names the
source and licence of each part (`Gazetteer.sources`). Looking up is blind to diacritics, dots and hyphens, and minds
case only where case tells a name from a word: a name begins with a capital, an abbreviation is written in capitals.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from onrecord.errors import ReaderError

__all__ = ["KINDS_OF_REGION", "Gazetteer", "Place", "Relation", "fold", "load"]

Relation = Literal["name", "demonym", "people", "capital", "seat"]
PlaceType = Literal["country", "place", "organisation"]

FORMAT = 1
_REMEMBERED = 20_000  # names kept as folded and as found: a paper repeats itself, endless input does not
_DATA = Path(__file__).parent / "data" / "gazetteer.json"
_RELATIONS: tuple[Relation, ...] = ("name", "demonym", "people", "capital", "seat")

# Letters that Unicode does not decompose although readers and wire services write them either way.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "’": "'", "‘": "'", "ʼ": "'"}
    | dict.fromkeys(".`ʻʿ", None)
    | dict.fromkeys("-‐‑–\u00a0", " ")
)
KINDS_OF_REGION = frozenset(
    {"region", "oblast", "krai", "republic", "province", "state", "territory", "governorate", "prefecture"}
    | {"district", "county", "canton", "department"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for, and how: "Russia" is it by name, "Russian" by demonym, "Moscow" as its capital.

    `name` is the English name of what is meant ("North Korea" for "Pyongyang" as a government). `ref` is `iso3166:KP`
    for a country, `iso3166-2:RU-KRS` for a region, `geonames:524901` for a city, `wikidata:Q7184` for an organisation,
    None where we have none. `country` is the ISO 3166-1 code of the country that it is or lies in, None for
    organisations.
    """

    name: str
    ref: str | None
    type: PlaceType
    relation: Relation
    country: str | None


class Gazetteer:
    """Names and what they stand for. Made by `load`; looking up changes nothing that it says."""

    def __init__(self, data: dict[str, Any]) -> None:
        if data.get("format") != FORMAT:
            raise ReaderError(f"{_DATA.name}: format {data.get('format')!r}, this package reads format {FORMAT}")
        self.sources: dict[str, dict[str, str]] = data["sources"]
        # Rows are strings, taken apart when asked for: as JSON lists they took three times as long to load.
        self._places: list[str] = data["places"]
        self._names: dict[str, str] = data["names"]
        self._abbreviations: dict[str, str] = data["abbreviations"]
        self._countries: dict[str, int] = data["countries"]
        self._found: dict[str, tuple[Place, ...]] = {}  # names asked for so far

    def find(self, name: str) -> Place | None:
        """The likeliest thing a name stands for, None where the gazetteer does not know it; see `find_all`."""
        found = self.find_all(name)
        return found[0] if found else None

    def find_all(self, name: str) -> tuple[Place, ...]:
        """All that a name may stand for, likeliest first: countries and organisations, governments by capital, places.

        "Moscow" is Russia (capital) and then the city; "Georgia" the country and then the state. A leading "the" and a
        trailing "'s" are not part of a name, the full stops of "U.S." neither. The name must be written as a name:
        "us", "polish" and "turkey" find nothing. "Kursk region" finds the region and not the city.
        """
        found = self._found.get(name)
        if found is None:
            found = self._look_up(name)
            if len(self._found) < _REMEMBERED:
                self._found[name] = found
        return found

    def _look_up(self, name: str) -> tuple[Place, ...]:
        bare = _bare(name)
        if not bare or not (bare[0].isupper() or bare[0].isdigit()):
            return ()
        found = [*self._at(self._abbreviations, bare.replace(".", "")), *self._at(self._names, fold(bare))]
        if not found:
            found = self._region(fold(bare))
        return tuple(dict.fromkeys(found))

    def find_country(self, code: str) -> Place | None:
        """The country with an ISO 3166-1 alpha-2 code (`KP`; also `XK` for Kosovo); None for no such code."""
        index = self._countries.get(code)
        return None if index is None else self._place(index, "name")

    def _at(self, table: dict[str, str], key: str) -> list[Place]:
        """Entries are place and relation numbers by turns: "12 0 340 3"."""
        flat = [int(number) for number in table.get(key, "").split()]
        return [self._place(flat[i], _RELATIONS[flat[i + 1]]) for i in range(0, len(flat), 2)]

    def _region(self, key: str) -> list[Place]:
        words = key.split()
        if len(words) > 1 and words[-1] in KINDS_OF_REGION:
            stem = " ".join(words[:-1])
        elif len(words) > 2 and words[0] in KINDS_OF_REGION and words[1] == "of":
            stem = " ".join(words[2:])
        else:
            return []
        return [p for p in self._at(self._names, stem) if p.ref is not None and p.ref.startswith("iso3166-2:")]

    def _place(self, index: int, relation: Relation) -> Place:
        name, ref, kind, country = self._places[index].split("\t")
        return Place(name, ref or None, cast(PlaceType, kind), relation, country or None)


@lru_cache(_REMEMBERED)
def fold(name: str) -> str:
    """A name as the gazetteer's keys are written: no diacritics, dots or hyphens, lower case, single spaces.

    "Côte d’Ivoire" → "cote d'ivoire", "Rütte" → "rutte", "St. Lucia" → "st lucia", "Port-au-Prince" → "port au prince".
    """
    if name.isascii():
        return " ".join(name.casefold().translate(_LETTERS).split())
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.casefold().translate(_LETTERS).split())  # "𝚨" has a lower case only once decomposed


def _bare(name: str) -> str:
    """A name without white space around it, a leading article and a trailing genitive."""
    bare = name.strip()
    if bare[:4].casefold() == "the ":
        bare = bare[4:].lstrip()
    return bare[:-2] if bare.endswith(("'s", "’s")) else bare


@cache
def load() -> Gazetteer:
    """The bundled gazetteer, read once a process. Raises `ReaderError` where its file is missing or damaged."""
    try:
        raw = _DATA.read_bytes()
        return Gazetteer(json.loads(raw))
    except (OSError, ValueError, KeyError) as error:
        raise ReaderError(f"{_DATA.name} is missing or damaged: {error}") from error
