"""When two spellings may be one name.

"Rütte" ~ "Rutte"      "Zelenskyy" ~ "Zelensky"        "WHO" ~ "World Health Organisation"      "NPD" ~ "NPD Group"
"""

from __future__ import annotations

from functools import lru_cache

from onrecord.reader.entities.names import HONORIFICS
from onrecord.reader.gazetteer import fold, load

__all__ = ["acronym_of", "may_be_same_person", "nation_of", "person_alike", "same_company", "spelled_alike"]

_REMEMBERED = 20_000  # pairs of names that are kept as compared: each mention is held against the same few
# What companies' names end in by law or habit, and their trade, both of which short names leave off.
_FORMS = frozenset(
    {"ag", "co", "company", "corp", "corporation", "gmbh", "group", "holding", "holdings", "inc", "incorporated"}
    | {"limited", "llc", "llp", "ltd", "nv", "plc", "sa", "se", "spa"}
)
_TRADES = frozenset(
    {"airlines", "brands", "communications", "computer", "computers", "electronics", "entertainment", "foods"}
    | {"industries", "international", "motor", "motors", "pharmaceuticals", "software", "stores", "systems"}
    | {"technologies", "technology"}
)


def spelled_alike(a: str, b: str) -> bool:
    """Two words are one name spelled two ways: equal without diacritics, or a letter apart if they are long enough."""
    x, y = fold(a), fold(b)
    if x == y or x.replace("ue", "u").replace("oe", "o").replace("ae", "a") == y.replace("ue", "u").replace(
        "oe", "o"
    ).replace("ae", "a"):
        return True
    short = min(len(x), len(y))
    if short < 6 or x[0] != y[0]:
        return False
    return _edits(x, y, 2 if short >= 8 else 1) <= (2 if short >= 8 else 1)


def _edits(a: str, b: str, limit: int) -> int:
    """Levenshtein distance, or limit + 1 once it is over."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
        if min(row) > limit:
            return limit + 1
    return row[-1]


@lru_cache(_REMEMBERED)
def may_be_same_person(short: str, full: str) -> bool:
    """A shorter form may stand for the full name: "Putin" or "Mr Putin" for "Vladimir Putin", "Ahmed" for "Ahmed Mohamed".

    All words of the short form must be found in the full one, in order; a differing first name speaks against it.
    """
    mine = [w for w in _words(short) if w not in HONORIFICS]
    theirs = _words(full)
    if not mine or len(mine) > len(theirs):
        return False
    at = 0
    for word in mine:
        while at < len(theirs) and not (spelled_alike(word, theirs[at]) or _initial(word, theirs[at])):
            at += 1
        if at == len(theirs):
            return False
        at += 1
    return True


def _initial(short: str, word: str) -> bool:
    return len(short.rstrip(".")) == 1 and word.startswith(short[0])


def _words(name: str) -> list[str]:
    return fold(name).split()


def acronym_of(short: str, name: str) -> bool:
    """ "WHO" of "World Health Organisation", "U.N." of "United Nations": the capitals of the name's words, in order."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isupper()):
        return False
    words = [w for w in name.replace("-", " ").split() if w]
    capitals = "".join(w[0] for w in words if w[0].isupper())
    every = "".join(w[0].upper() for w in words)
    version = len(words) > 1 and words[-1].isdigit() and len(words[-1]) < 3  # "IE6", not "IE", of "Internet Explorer 6"
    return len(words) > 1 and (letters == every or (letters == capitals and not version))


def person_alike(form: str, name: str) -> bool:
    """One is a shorter form of the other, whichever was read first."""
    return may_be_same_person(form, name) or may_be_same_person(name, form)


def nation_of(name: str) -> str | None:
    """The country that a body's name begins with the adjective of: "Saudi Interior Ministry" → Saudi Arabia's reference."""
    first, _, rest = name.partition(" ")
    place = load().find(first) if rest else None
    return place.ref if place is not None and place.relation == "demonym" else None


def same_company(a: str, b: str) -> bool:
    """The names differ in their legal form only, or one leaves off the trade too: "Ford", "Ford Motor Company"."""
    x, y = sorted((_stripped(a, _FORMS), _stripped(b, _FORMS)), key=len)
    return x == y or x == _stripped(y, _TRADES)


@lru_cache(_REMEMBERED)
def _stripped(name: str, endings: frozenset[str]) -> str:
    words = fold(name).split()
    while len(words) > 1 and words[-1] in endings:
        words.pop()
    return " ".join(words)
