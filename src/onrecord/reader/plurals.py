"""Singulars of English plurals by spelling, for text that has no lemmas and for the words that lemmatisers miss."""

from __future__ import annotations

import re

__all__ = ["IRREGULAR", "looks_plural", "plural", "singular"]

# Besides the true irregulars, plurals whose ending would be cut at the wrong place ("cases", "viruses").
IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "feet": "foot", "teeth": "tooth",
    "mice": "mouse", "geese": "goose", "lives": "life", "wives": "wife", "knives": "knife", "wolves": "wolf",
    "leaves": "leaf", "halves": "half", "thieves": "thief", "crises": "crisis", "analyses": "analysis",
    "bases": "base", "viruses": "virus", "buses": "bus", "campuses": "campus", "criteria": "criterion",
    "phenomena": "phenomenon", "data": "data", "media": "media", "police": "police", "personnel": "personnel",
    "cattle": "cattle", "troops": "troop", "series": "series", "species": "species", "aircraft": "aircraft",
    "headquarters": "headquarters", "fish": "fish", "sheep": "sheep", "staff": "staff", "movies": "movie",
    "cookies": "cookie", "ties": "tie", "referenda": "referendum", "heroes": "hero", "potatoes": "potato",
    "houses": "house", "cases": "case", "causes": "cause", "purchases": "purchase", "premises": "premise",
    "offenses": "offense", "licenses": "license", "nurses": "nurse", "horses": "horse", "courses": "course",
    "responses": "response", "increases": "increase", "releases": "release", "diseases": "disease",
    "databases": "database", "exercises": "exercise", "enterprises": "enterprise", "expenses": "expense",
    "axes": "axe", "shoes": "shoe", "caches": "cache", "headaches": "headache", "corpses": "corpse",
    "collapses": "collapse",
    "calories": "calorie", "selfies": "selfie", "rookies": "rookie", "zombies": "zombie", "sorties": "sortie",
    "pies": "pie", "lies": "lie", "prairies": "prairie", "smoothies": "smoothie", "veggies": "veggie",
    "hoodies": "hoodie", "junkies": "junkie", "newbies": "newbie", "aches": "ache", "avalanches": "avalanche",
    "niches": "niche", "crevasses": "crevasse", "posses": "posse", "cliches": "cliche", "moustaches": "moustache",
    "innings": "inning", "barracks": "barracks", "means": "means", "crossroads": "crossroads",
}  # fmt: skip
_IN_MEN = re.compile(r"\w(?:men|children|people)$")
_NOT_MEN = frozenset({"specimen", "regimen", "yemen", "abdomen", "acumen", "omen", "semen", "stamen", "ramen", "amen"})
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("zzes", "zz"))


def singular(word: str) -> str:
    """The singular of an English plural, by its spelling; the word itself where it is none."""
    low = word.lower()
    if low in IRREGULAR:
        base = IRREGULAR[low]
        return base if word.islower() or word.isupper() else word[0] + base[1:]
    if _IN_MEN.search(low) and low not in _NOT_MEN:
        if low.endswith("people"):
            return word[:-6] + "person"  # townspeople
        return word[:-3] + "man" if low.endswith("men") else word[:-3]
    for ending, new in _ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return word[: -len(ending)] + new
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 2:
        return word[:-1]
    return word


def looks_plural(word: str) -> bool:
    return singular(word) != word or word.lower() in IRREGULAR


_PLURALS = {one: many for many, one in IRREGULAR.items()}


def plural(noun: str) -> str:
    """The plural of a noun's lemma, as English spells it: "soldiers", "families", "buses", "people"."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if re.search(r"(?:s|x|z|ch|sh)$", noun):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{noun}s"
