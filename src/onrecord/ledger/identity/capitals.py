"""Seats of government that no gazetteer knows: "Delport denies it" is the government of Ruvania.

Of the countries that it knows, the reader has told so already. Here the story itself must tell: the place speaks, or
has a government, in two documents, and those who hold an office of one country, and of no other, speak there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from onrecord.ledger.identity.grouping import Groups
from onrecord.ledger.identity.nodes import Form, Node
from onrecord.ledger.identity.offices import office_held
from onrecord.ledger.identity.spelling import name_words

__all__ = ["join_capitals"]

_SEAT = re.compile(r"\b(?:[Gg]overnment|[Pp]arliament|[Aa]rmy)\s+in\s+(?P<place>[^\W\d_a-z]\w*(?:\s[^\W\d_a-z]\w*)*)$")
_TITLES = frozenset({"president", "prime minister", "chancellor"})
_DOCUMENTS = 2  # in which a place must act as a government


def join_capitals(groups: Groups, place_of: Callable[[str], str]) -> None:
    """Merge the places that act as governments with their countries. `place_of` gives one key for all names of a place."""
    places: dict[str, Node] = {}
    for node in groups.nodes:
        if groups.ref(node) is None and any(f.form == "name" for f in node.forms) and not node.roles:
            places.setdefault(_key(node.name), node)
    acting = _acting(groups, places)
    countries = _countries(groups, place_of, places)
    ties: dict[str, set[str]] = defaultdict(set)
    seats: dict[str, set[str]] = defaultdict(set)
    for node in groups.nodes:
        for place in node.told_in:
            country = countries.get(groups.root(node))
            if country is not None and _key(place) != country and len(acting.get(_key(place), ())) > 0:
                ties[_key(place)].add(country)
                seats[country].add(_key(place))
    for capital in sorted(ties):
        if len({node.document for node, _ in acting[capital]}) < _DOCUMENTS or len(ties[capital]) > 1:
            continue
        (country,) = ties[capital]
        if len(seats[country]) > 1:
            continue
        centre = places[country]
        for node, form in acting[capital]:
            groups.join(centre, node, "seat of government", (centre.forms[0].span, form.span))


def _key(name: str) -> str:
    return " ".join(name_words(name))


def _acting(groups: Groups, places: dict[str, Node]) -> dict[str, list[tuple[Node, Form]]]:
    """Where each place speaks, or a government is said to be in it."""
    found: dict[str, list[tuple[Node, Form]]] = defaultdict(list)
    for node in groups.nodes:
        named = [f for f in node.forms if f.form == "name"]
        key = _key(node.name)
        if node.speaks and key in places and named and all(_key(f.text) == key for f in named):
            found[key].append((node, named[0]))
        for form in node.forms:
            if form.form == "nominal" and (seat := _SEAT.search(form.text)) and _key(seat["place"]) in places:
                found[_key(seat["place"])].append((node, form))
                break
    return found


def _countries(groups: Groups, place_of: Callable[[str], str], places: dict[str, Node]) -> dict[int, str]:
    """The country in which each group of people holds an office that only a country has; none where they differ."""
    held: dict[int, set[str]] = defaultdict(set)
    for node in groups.nodes:
        for role in node.roles:
            office = office_held(role.title, role.of)
            if office is None or not (office in _TITLES or "minister" in office):
                continue
            for words in (role.of or "", role.title):
                for word in words.split():
                    key = place_of(_key(word)) if word[:1].isupper() and name_words(word) else ""
                    if key in places and groups.ref(places[key]) is None and _key(places[key].name) == key:
                        held[groups.root(node)].add(key)
    return {root: next(iter(keys)) for root, keys in held.items() if len(keys) == 1}
