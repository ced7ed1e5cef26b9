"""Words that tell what a thing is and not which: "Police Department", "Memorial Hospital", "Avenue"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reader.entities.names import is_organisation, is_title

__all__ = ["LOCAL", "MAKERS", "is_generic", "is_no_surname", "is_thing"]

_STREETS = (
    "avenue ave boulevard blvd circle court ct drive dr freeway highway hwy interstate lane ln parkway pkwy place"
)
_STREETS += " plaza road rd route street st terrace trail way expressway alley square"
_HOUSES = (
    "academy apartment apartments arena bar cafe cathedral center centre chapel church clinic club college complex"
)
_HOUSES += (
    " convention courthouse elementary hall high hospital hotel house infirmary inn jail library mall market medical"
)
_HOUSES += " middle motel mosque museum office park prison restaurant room school shop stadium station store synagogue"
_HOUSES += " temple theater theatre tower towers trauma university lounge cemetery building health healthcare"
_BODIES = "administration agency army association authority board bureau channel chief chronicle commission committee"
_BODIES += " company coroner corrections council country county crime daily department dept district division emergency"
_BODIES += " examiner federal fire force forces foundation gazette government group herald homicide institute"
_BODIES += (
    " investigation investigations journal magazine media metro metropolitan ministry municipal national network news"
)
_BODIES += (
    " newspaper parliament patrol police post press prosecutor public radio rescue safety security sentinel services"
)
_BODIES += " service sheriff sheriffs southern squad star state stoppers sun superior supreme task team telegraph times"
_BODIES += " tribune tv unit video sports staff photo gallery desk reporter updates live bond eve world local"
_PLACES = (
    "area avenues block city downtown east hill hills island lake mount neighborhood new north northeast northwest"
)
_PLACES += (
    " region river side south southeast southwest street town township valley village west western eastern northern"
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
_DAYS += " september october november december year christmas day night eve new"
_TRADES = "alcohol children corrections education environment families fish forensic game health human justice labor"
_TRADES += " natural resources sciences science social tobacco transportation veterans wildlife firearms explosives"
_SMALL = "ne nw se sw fort mount ft mt san los las saint st"
_SMALL += " a and at for in of on the to s memorial general regional community children childrens first"

_GENERIC = frozenset(" ".join((_STREETS, _HOUSES, _BODIES, _PLACES, _DAYS, _TRADES, _SMALL)).split())
_NO_SURNAMES = frozenset("children coroner county day department hospital jr police school sheriff sr trooper".split())
_SUFFIXES = frozenset({"jr", "sr"})
_STREET_WORDS = frozenset(_STREETS.split())

# Makers whose models are kinds of thing and not one: "Ford Explorer".
_MAKERS = (
    "acura audi bmw buick cadillac chevrolet chevy chrysler dodge ford gmc glock honda hyundai infiniti jeep kia lexus"
)
_MAKERS += (
    " lincoln mazda mercedes mercury mitsubishi nissan pontiac saturn smith subaru suzuki toyota volkswagen volvo"
)
MAKERS = frozenset(_MAKERS.split())

# What every town has its own of: such a name means one thing in one town only.
LOCAL = _STREET_WORDS | frozenset(_HOUSES.split())
LOCAL |= frozenset({"police", "sheriff", "county", "council", "court", "fire", "department", "district"})


def is_generic(words: Sequence[str]) -> bool:
    """No word of the name tells which one is meant."""
    return all(w in _GENERIC or w.isdigit() or len(w) == 1 for w in words)


def is_no_surname(word: str) -> bool:
    """The word alone is nobody's surname: "Trooper", "Children", "Jr."."""
    return word in _NO_SURNAMES or is_title(word)


def is_thing(words: Sequence[str]) -> bool:
    """The last word of the name is no surname but says what the bearer is: "Margaretta Avenue", "Saudi Gazette".

    "Ron Gaines Jr." is none: the suffix says whose son, not what he is.
    """
    last = words[-1]
    if last in _SUFFIXES:
        return False
    return len(words) > 1 and (last in _STREET_WORDS or last in _NO_SURNAMES or is_organisation(" ".join(words)))
