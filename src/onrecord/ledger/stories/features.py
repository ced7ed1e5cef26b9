"""What of an article tells which event it is about: its words, the people and places in it, the days of what happened.

All of it is read from the one article, so that two articles are compared alike whatever else a ledger holds.
"""

from __future__ import annotations

import json
import math
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from sys import intern

from onrecord.ledger.background import NAME_RARITY, rarity, words
from onrecord.ledger.names import name_key
from onrecord.reading import Reading
from onrecord.records import Entity

__all__ = ["Outline", "StoryFeatures", "features", "outline", "pack", "unpack"]

Vector = Mapping[str, float]
"""Weights of a unit vector by word or name."""

# Words that stand in more than a third of all documents say nothing of a story.
_LEAST_RARITY = 1.0
# News says in its first paragraphs when the thing happened; later days are background. Measured in characters.
_LEAD = 800
# An article of many pages is told by its 400 weightiest words; the rest would only cost time.
_MOST_WORDS = 400
# The weightiest words by which others of the same story are found, beside all its people and places (see candidates). On
# incidents-dev 12 find 0.78 of the pairs of one incident and compare 3 articles with each, 24 find 0.88 and compare 29,
# 48 find 0.94 and compare 241. Average linkage makes up for most that is missed.
_KEYS = 24


@dataclass(frozen=True, slots=True)
class Outline:
    """What of an article's features is soon read: all but its words. The same as in `StoryFeatures`."""

    published: int | None
    happened: tuple[int, ...]
    people: Vector
    places: Vector


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """One article. Days are proleptic ordinals (`date.toordinal`); `published` is None where no day is known.

    `happened` are the days on which the article says that something happened, none later than the day after it was
    published. The vectors have length 1, or no entry.
    """

    published: int | None
    happened: tuple[int, ...]
    words: Vector
    people: Vector
    places: Vector

    def keys(self) -> frozenset[int]:
        """48-bit keys of what is weightiest in it, by which other articles are found: words, and the names of `named`."""
        return self.named().union(_key(f"w:{word}") for word in _weightiest(self.words, _KEYS))

    def named(self) -> frozenset[int]:
        """Those of `keys` that are people and places."""
        names = [f"p:{name}" for name in self.people] + [f"l:{name}" for name in self.places if " " in name]
        return frozenset(map(_key, names))


def features(reading: Reading) -> StoryFeatures:
    """The features of one reading."""
    document = reading.document
    body = "\n".join(b.span.of(document.text) for b in document.blocks if b.kind != "boilerplate")
    tally = Counter(words(f"{document.title or ''}\n{body or document.text}"))
    weights = {w: _damped(n) * rarity(w) for w, n in tally.items() if rarity(w) >= _LEAST_RARITY and len(w) > 1}
    published = _ordinal(document.published)
    mentioned = Counter(mention.entity for mention in reading.mentions)
    people: dict[str, float] = {}
    places: dict[str, float] = {}
    for entity in reading.entities:
        name = name_key(entity.name)
        times = _damped(max(1, mentioned[entity.id]))
        if _is_person(entity):
            people[name] = max(people.get(name, 0.0), times)
        elif _is_place(entity):
            places[name] = max(places.get(name, 0.0), times * (rarity(name) if " " not in name else NAME_RARITY))
    return StoryFeatures(
        published=published,
        happened=tuple(sorted({day for day in _days(reading) if published is None or day <= published + 1})),
        words=_unit({word: weights[word] for word in _weightiest(weights, _MOST_WORDS)}),
        people=_unit(people),
        places=_unit(places),
    )


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack(found: StoryFeatures) -> bytes:
    """The features as compressed JSON."""
    rounded = [
        {name: round(weight, 4) for name, weight in v.items()} for v in (found.words, found.people, found.places)
    ]
    value = [found.published, found.happened, *rounded]
    return zlib.compress(_encoded(value).encode(), 6)


# Articles of the same days are held against each other again and again, each against some forty of fifteen hundred where 80
# come out a day. One takes 14 kB, with words that stand in others as well kept once; its outline 4.
@lru_cache(maxsize=2048)
def unpack(packed: bytes) -> StoryFeatures:
    """The features that `pack` was given, their weights to four places."""
    published, happened, *vectors = json.loads(zlib.decompress(packed))
    words, people, places = map(_read, vectors)
    return StoryFeatures(published, tuple(happened), words, people, places)


@lru_cache(maxsize=4096)
def outline(packed: bytes) -> Outline:
    """What `unpack` gives but for the words, in half the time."""
    text = zlib.decompress(packed)
    # The words are the first of three objects, and no word has a brace in it.
    published, happened, *vectors = json.loads(text[: text.index(b"{")] + text[text.index(b"}") + 2 :])
    people, places = map(_read, vectors)
    return Outline(published, tuple(happened), people, places)


def _read(vector: Mapping[str, float]) -> dict[str, float]:
    return {intern(name): weight for name, weight in vector.items()}


def _weightiest(weights: Vector, most: int) -> list[str]:
    """The words that weigh most, of two that weigh the same the first in the order of letters."""
    return [word for _, word in sorted([(-weight, word) for word, weight in weights.items()])[:most]]


def _is_person(entity: Entity) -> bool:
    return entity.type == "person" and len(entity.name.split()) > 1 and entity.name[:1].isupper()


def _is_place(entity: Entity) -> bool:
    """A named place, building or body that is no country or state: those are in too many stories to tell them apart."""
    named = entity.type in ("place", "facility", "organisation") and entity.name[:1].isupper()
    return named and not (entity.ref or "").startswith("iso3166")


def _days(reading: Reading) -> Iterator[int]:
    happened = {e.moment for e in reading.events if e.status == "happened" and e.moment is not None}
    for place, moment in enumerate(reading.moments):
        if moment.type in ("date", "time") and (place in happened or moment.span.start < _LEAD):
            # Only what is known to the day: a month or a year holds too many other events.
            day = _ordinal(moment.value)
            if day is not None:
                yield day


def _ordinal(value: str | None) -> int | None:
    if value is None or len(value) < 10:
        return None
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:  # XXXX-10-18: not a day of a known year
        return None


def _damped(times: int) -> float:
    return 1 + math.log(times)


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {name: weight / length for name, weight in weights.items()} if length else {}


@lru_cache(maxsize=8192)  # each name is asked for twice, and comes again in every article of a story
def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big")
