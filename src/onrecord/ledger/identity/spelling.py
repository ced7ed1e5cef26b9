"""Names of people as words: what is a first name, what a surname, and which spellings are one name.

"Jørun Eskildt" = "Jorun Eskildt"      "Zelensky" = "Zelenskiy" = "Zelenskyy"      "Volodymyr" ~ "Vladimir", with a role
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.ledger.names import name_key
from onrecord.reader.entities.names import HONORIFICS, gender_of, gender_of_name, is_title

__all__ = ["PersonName", "alike_first", "name_words", "person_name", "skeleton"]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "ben", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du"}
)
_PARTICLES |= {"la", "las", "le", "los", "st", "ten", "ter", "van", "von", "zu"}

_KIN = frozenset({"aunt", "mother", "uncle"})

# Titles that are first names or surnames as well: "Justice Smith", "Rodney King".
_ALSO_NAMES = frozenset(
    {
        "baron",
        "bishop",
        "chair",
        "dean",
        "duke",
        "earl",
        "foreign",
        "general",
        "head",
        "judge",
        "justice",
        "king",
        "lord",
    }
    | {"major", "marshal", "pope", "prince", "princess", "queen", "state"}
)
_NEVER_SURNAMES = frozenset(
    {"chancellor", "governor", "mayor", "minister", "president", "secretary", "sheriff", "spokesman", "spokeswoman"}
)

# Pairs of letters that romanisations of one sound differ by. Longer words only for the umlauts: "Joe" is not "Jo".
_SOUNDS = (("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("yi", "i"), ("iy", "i"), ("ij", "i"))
_UMLAUTS = (("ue", "u"), ("oe", "o"), ("ae", "a"))
_UMLAUTS_FROM = 5

# One given name in the languages that news meets it in. Used only where surname and role agree.
_GIVEN = (
    "aleksandr alexander oleksandr aliaksandr alexandr",
    "aleksei alexei alexey oleksiy oleksii aleksey",
    "andrei andrey andriy andrii andrew",
    "anatoly anatoliy anatolii",
    "dmitry dmitri dmytro dimitri",
    "elena olena yelena",
    "evgeny evgeni yevgeny yevgeniy yevhen eugene",
    "ivan jan john",
    "kirill kyrylo",
    "mikhail mykhailo mykhaylo michail",
    "mohammed muhammad mohamed mohammad muhammed mohamad",
    "nikolai nikolay mykola",
    "oleg oleh",
    "pavel pavlo",
    "pyotr petro peter",
    "sergei sergey serhiy serhii",
    "vladimir volodymyr uladzimir wladimir",
    "vasily vasyl vasiliy",
    "yulia yuliya iuliia julia",
    "yuri yury yuriy yurii",
    "william bill billy will",
    "robert bob bobby rob",
    "michael mike mick",
    "james jim jimmy",
    "joseph joe joey",
    "thomas tom tommy",
    "richard rick dick rich",
    "charles charlie chuck",
    "christopher chris",
    "daniel dan danny",
    "anthony tony",
    "edward ed eddie ted",
    "kenneth ken kenny",
    "ronald ron ronnie",
    "donald don donnie",
    "steven stephen steve",
    "matthew matt",
    "gregory greg",
    "jeffrey jeff",
    "timothy tim",
    "david dave",
    "elizabeth liz beth",
    "katherine catherine kathryn kate kathy cathy",
    "samuel sam",
    "benjamin ben",
    "nicholas nick",
    "patrick pat",
    "theodore ted",
    "lawrence larry",
    "gerald jerry",
    "douglas doug",
    "frederick fred",
    "raymond ray",
    "philip phil phillip",
    "andrew andy",
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart, its words folded. A single word is a surname with no `first`.

    `whole` is the skeleton of all words written together, which "Kim Jong-un" and "Kim Jong Un" share. `title` is
    what stood before the name ("colonel"), in full.
    """

    first: str | None
    middle: tuple[str, ...]
    last: str
    suffix: str | None
    title: tuple[str, ...]
    gender: str | None
    whole: str


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, folded. An apostrophe or hyphen inside a word parts nothing: "O'Brien", "Smith-Jones"."""
    name = re.sub(r"['’]s\b", "", name)
    return tuple(name_key(re.sub(r"(?<=\w)['’ʼ‐‑-](?=\w)", "", name)).split())


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """What the romanisations of one word share: "zelenskyy", "zelenskiy", "zelensky" → "zelenski"."""
    if len(word) >= _UMLAUTS_FROM:
        for pair, one in _UMLAUTS:
            word = word.replace(pair, one)
    for pair, one in _SOUNDS:
        word = word.replace(pair, one)
    word = word.replace("y", "i")
    word = re.sub(r"j$", "i", word)
    word = re.sub(r"(.)\1+", r"\1", word)
    return re.sub(r"(?<=\w\w)ei$", "i", word)


_SAME_GIVEN: dict[str, set[int]] = {}
for _number, _row in enumerate(_GIVEN):
    for _name in _row.split():
        _SAME_GIVEN.setdefault(skeleton(_name), set()).add(_number)


def alike_first(a: str, b: str) -> bool:
    """Two first names are one in different languages, or one is short for the other."""
    x, y = skeleton(a), skeleton(b)
    return x == y or bool(_SAME_GIVEN.get(x, set()) & _SAME_GIVEN.get(y, set()))


@lru_cache(maxsize=1 << 16)
def person_name(name: str) -> PersonName | None:
    """A person's name taken apart; None for what is no name of a person: no capital, a digit in it, no letters."""
    bare = name.strip()
    if not bare or any(c.isdigit() for c in bare) or not any(c.isupper() for c in bare):
        return None
    words = list(name_words(bare))
    title: list[str] = []
    gender = None
    while len(words) > 1 and _leads(words):
        gender = gender or gender_of(words[0])
        title.append(words.pop(0))
    while len(words) > 2 and words[-1] in _NEVER_SURNAMES:
        title.append(words.pop())
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else None
    if not words or not any(len(w) > 1 for w in words):
        return None
    whole = "".join(skeleton(w) for w in words)
    if len(words) == 1 or all(w in _PARTICLES for w in words[:-1]):
        return PersonName(None, (), words[-1], suffix, tuple(title), gender, whole)
    middle = tuple(w for w in words[1:-1] if w not in _PARTICLES)
    gender = gender or gender_of_name(" ".join(words))
    return PersonName(words[0], middle, words[-1], suffix, tuple(title), gender, whole)


def _leads(words: list[str]) -> bool:
    """The first word is a title before a name. One that is a name as well is taken for a title by nobody but people."""
    word = words[0]
    if word in _PARTICLES or word in _ALSO_NAMES:
        return False
    return word in HONORIFICS or is_title(word) or word in _KIN
