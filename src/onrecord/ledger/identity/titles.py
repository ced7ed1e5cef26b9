"""Titles and offices: what a person is called by, written one way, and which titles speak against each other.

"Lt." = "lieutenant"      "defence minister" = "Minister of Defense"      "21" is an age      "Chief" against "Mayor"
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.ledger.identity.nodes import Node
from onrecord.ledger.identity.spelling import name_words, person_name
from onrecord.reader.entities.names import gender_of, is_title

__all__ = [
    "OFFICES",
    "ages_of",
    "former",
    "gender_of_node",
    "heads_of",
    "in_full",
    "office_of",
    "title_words",
    "titles_of",
]

_SHORT = {
    "adm": "admiral",
    "capt": "captain",
    "cmdr": "commander",
    "col": "colonel",
    "cpl": "corporal",
    "det": "detective",
    "gen": "general",
    "gov": "governor",
    "insp": "inspector",
    "lt": "lieutenant",
    "maj": "major",
    "prof": "professor",
    "dr": "doctor",
    "rep": "representative",
    "rev": "reverend",
    "sen": "senator",
    "sgt": "sergeant",
    "supt": "superintendent",
    "defense": "defence",
    "internal": "interior",
    "external": "foreign",
    "premier": "prime minister",
    "ceo": "chief executive",
    "pm": "prime minister",
    "spokeswoman": "spokesperson",
    "spokesman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
}
_LEFT_OUT = frozenset(
    {"a", "acting", "affairs", "an", "and", "current", "former", "his", "her", "interim", "its", "my"}
)
_LEFT_OUT |= {"new", "of", "office", "officer", "our", "own", "the", "their", "then", "this", "your", "for"}
_HONORIFIC = frozenset({"mr", "mrs", "ms", "mx", "miss", "sir", "dame", "lady", "mister"})
_KIN = frozenset({"brother", "father", "sister"})
_RANKS = frozenset(
    {"agent", "corporal", "reverend", "pastor", "prosecutor", "coroner", "trooper", "constable", "lawyer"}
)
_FORMER = re.compile(r"\b(former|formerly|ex|late|retired|then)\b", re.IGNORECASE)
_LONGEST = 40  # characters of what may be an age and not a sentence
_AGE = re.compile(r"(?<![\d.,$-])(\d{1,2})(?![\d,.%])(?:\s*[-‐‑]?\s*(?:years?|yrs?)\b)?", re.IGNORECASE)

# Offices that one body has one of, so that "the mayor" means its holder.
OFFICES = frozenset(
    {"chancellor", "chief executive", "commissioner", "governor", "mayor", "president", "prime minister", "sheriff"}
    | {"secretary general", "superintendent", "district attorney", "attorney general", "coroner", "opposition leader"}
    | {"police chief", "fire chief"}
)


def heads_of(words: frozenset[str]) -> set[str]:
    """The words of a title that are titles themselves: of "police spokesperson" not "police", which others share."""
    titles = {w for w in words if is_title(w) or w in _RANKS or w in {"chief", "spokesperson", "chair"}}
    return titles - _KIN


@lru_cache(maxsize=1 << 14)
def title_words(title: str) -> frozenset[str]:
    """The words that tell a title, in full and in one spelling; empty for what is no title ("21", "one victim")."""
    words = [w for w in name_words(title) if not w.isdigit()]
    if not any(is_title(w) or _SHORT.get(w) or w in _RANKS or w == "chief" for w in words):
        return frozenset()
    full = " ".join(_SHORT.get(w, w) for w in words if w not in _HONORIFIC).split()
    return frozenset(w for w in full if w not in _LEFT_OUT)


def in_full(title: str) -> str:
    """A title in lower case, its words in full and in one spelling: "Col." and "Colonel" are one, "acting mayor" and "mayor"
    are not."""
    return " ".join(_SHORT.get(word, word) for word in name_words(title))


def former(title: str) -> bool:
    """The title is said to be held no more: "former mayor"."""
    return _FORMER.search(title) is not None


def titles_of(node: Node) -> list[frozenset[str]]:
    """The titles by which a document calls a person, from roles and from what stands before the name."""
    found = [title_words(role.title) for role in node.roles]
    for form in node.forms:
        name = person_name(form.text) if form.form != "pronoun" else None
        if name is not None and name.title:
            found.append(title_words(" ".join(name.title)))
    return [words for words in found if words]


def office_of(words: frozenset[str]) -> str | None:
    """The office that a title is, None where it is no office that one body has only one of."""
    if "deputy" in words or "assistant" in words or "vice" in words:
        return None
    if "minister" in words and len(words) > 1:
        return " ".join(sorted(words))
    return max((o for o in OFFICES if set(o.split()) <= words), key=lambda o: (len(o), o), default=None)


def ages_of(node: Node) -> set[int]:
    """The ages that the roles give: "22", "a 16-year-old girl"."""
    return {age for role in node.roles for age in _ages(role.title)}


@lru_cache(maxsize=1 << 14)
def _ages(title: str) -> frozenset[int]:
    return frozenset([int(m[1]) for m in _AGE.finditer(title)] if len(title) < _LONGEST else [])


def gender_of_node(node: Node) -> str | None:
    """ "he" or "she" by title, by pronoun or by first name, whichever is there first."""
    for role in node.roles:
        if gender := _gender_told(role.title):
            return gender
    if node.pronoun:
        return node.pronoun
    names = (person_name(form.text) for form in node.forms if form.form == "name")
    return next((n.gender for n in names if n is not None and n.gender), None)


@lru_cache(maxsize=1 << 14)
def _gender_told(title: str) -> str | None:
    head = re.findall(r"[^\W\d_]+", title)
    return gender_of(head[-1]) if head else None
