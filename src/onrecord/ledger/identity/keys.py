"""What somebody of one story offers as evidence to be the same as one of another story.

Two who offer the same key are one. A full name alone is none: Michael Johnson is a suspect in Houston and a victim in
Chicago. It takes a reference, the same office, the same title at the same place or body, the same person named with
them in the same place, or the same byline; for a thing, a name that tells which one is meant, or else its place too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from onrecord.ledger.identity.bodies import body_of
from onrecord.ledger.identity.generic import LOCAL, MAKERS, is_generic
from onrecord.ledger.identity.named import proper_forms
from onrecord.ledger.identity.nodes import Node
from onrecord.ledger.identity.offices import office_held
from onrecord.ledger.identity.persons import main_name
from onrecord.ledger.identity.spelling import name_words, skeleton
from onrecord.ledger.identity.story import Person
from onrecord.ledger.identity.titles import heads_of, title_words
from onrecord.ledger.scene import Member

__all__ = ["Key", "evidence", "keys_of"]

_CITIES = 2  # places that a story is taken to be set in: its most named towns
_COMPANY = 24  # people named with somebody that count, in the order in which the story names them

# Offices of which a country, or the world, has one: the full name and the office are enough.
_STATE_OFFICES = frozenset({"chancellor", "president", "prime minister", "secretary general", "opposition leader"})


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One piece of evidence: of what kind it is, and a number that the same evidence has in every story."""

    rule: str
    value: int


def keys_of(people: Sequence[Person], members: Sequence[Member], authors: Mapping[int, str]) -> list[set[Key]]:
    """The keys of each of a story's people. `authors` are the bylines of its documents.

    What two people of one story would both offer tells them not apart, and is left out.
    """
    story = _Story(people, members, authors)
    found = [story.keys(person) for person in people]
    times = Counter(key.value for keys in found for key in keys)
    return [{key for key in keys if times[key.value] == 1} for keys in found]


def evidence(rule: str, *parts: str) -> Key:
    """The key of a piece of evidence: equal where rule and parts are."""
    value = int.from_bytes(sha256("\x1f".join((rule, *parts)).encode()).digest()[:8], "big", signed=True)
    return Key(rule, value)


class _Story:
    def __init__(self, people: Sequence[Person], members: Sequence[Member], authors: Mapping[int, str]) -> None:
        self.publishers = {m.document: m.publisher for m in members}
        self.bylines = {document: name_words(author) for document, author in authors.items()}
        self.cities, self.regions = _set_in(people)
        self.refs = _refs_of_names(people)
        self.full = {id(p): _full_names(p) for p in people}
        self.company: dict[int, list[Person]] = defaultdict(list)
        for person in people:
            if self.full[id(person)] and person.ref is None and any(n.speaks or n.roles for n in person.nodes):
                for document in _documents(person):
                    self.company[document].append(person)

    def keys(self, person: Person) -> set[Key]:
        if person.ref is not None:
            return {evidence("reference", person.ref, *(["people"] if person.type == "people" else []))}
        if self.full[id(person)]:
            return set(self._person_keys(person))
        return set(self._thing_keys(person))

    def _person_keys(self, person: Person) -> Iterable[Key]:
        company = self._named_with(person) if self.cities else []
        for name in self.full[id(person)]:
            for node in person.nodes:
                for role in node.roles:
                    yield from self._role_keys(name, role.title, role.of)
                yield from self._byline(name, node)
            for other in company:
                for theirs in self.full[id(other)]:
                    for city in self.cities:
                        yield evidence("named with", name, theirs, city)

    def _role_keys(self, name: str, title: str, of: str | None) -> Iterable[Key]:
        office = office_held(title, of)
        if office is not None and (office in _STATE_OFFICES or "minister" in office):
            yield evidence("office", name, office)
        for head in sorted(heads_of(title_words(title))):
            told = [w for w in name_words(of or "") if not is_generic([w])]
            for word in told:
                yield evidence("title", name, head, skeleton(word))
            for city in self.cities if not told else ():
                yield evidence("title in a place", name, head, city)

    def _byline(self, name: str, node: Node) -> Iterable[Key]:
        publisher = self.publishers.get(node.document)
        words = [skeleton(w) for w in self.bylines.get(node.document, ())]
        first, last = name.split()
        if publisher and first in words and last in words:
            yield evidence("byline", name, publisher)

    def _named_with(self, person: Person) -> list[Person]:
        """The people whom the documents name in full besides, who speak or hold a title: not a page's other headlines."""
        seen = {id(other): other for document in _documents(person) for other in self.company.get(document, ())}
        seen.pop(id(person), None)
        return sorted(seen.values(), key=lambda p: p.nodes[0].place)[:_COMPANY]

    def _thing_keys(self, thing: Person) -> Iterable[Key]:
        for node in thing.nodes:
            for form in node.forms:
                body = body_of(form.text) if form.form in {"name", "nominal"} else None
                if body is not None and body.place is not None and node.type != "person":
                    yield from self._body_keys(body.kind, body.place)
                    continue
            for form in proper_forms(node):
                words = name_words(form.text)
                if node.type != "person" and words and not is_generic(words) and body_of(form.text) is None:
                    yield from self._name_keys(words, node)

    def _body_keys(self, kind: str, place: str) -> Iterable[Key]:
        """A town's body by the town's reference; one of a town not known, by its region too: there are many Columbuses."""
        if place in self.refs:
            yield evidence("body of a place", kind, self.refs[place])
            return
        for region in self.regions[:1]:
            yield evidence("body of a place", kind, place, region)

    def _name_keys(self, words: tuple[str, ...], node: Node) -> Iterable[Key]:
        name = " ".join(words)
        if node.type == "product" or (len(words) > 1 and words[0] in MAKERS):
            return
        channel = any(w.isdigit() for w in words)  # "Fox 8"
        if node.type == "organisation" and len(words) > 1 and not set(words) & LOCAL and not channel:
            yield evidence("name", name)
            return
        for city in self.cities:
            if city != f"name {name}":
                yield evidence("name and place", name, city)
        if not self.cities and node.type in {"place", "country"} and not set(words) & LOCAL:
            for region in self.regions[:1]:
                yield evidence("name and place", name, region)


def _documents(person: Person) -> Iterable[int]:
    """The documents that have somebody, in canonical order."""
    return dict.fromkeys(n.document for n in person.nodes)


def _full_names(person: Person) -> list[str]:
    """First name and surname in each spelling that the story has."""
    found = set()
    for node in person.nodes:
        if node.type != "person":
            continue
        main = main_name(node)
        if main is not None and main[0].first is not None and len(main[0].first) > 1:
            found.add(f"{skeleton(main[0].first)} {skeleton(main[0].last)}")
    return sorted(found)


def _set_in(people: Sequence[Person]) -> tuple[list[str], list[str]]:
    """The towns that most documents of the story name, and the regions, both by reference."""
    named = [p for p in people if p.ref is not None and p.type in {"place", "country", "organisation", "facility"}]
    order = sorted(named, key=lambda p: (-len({n.document for n in p.nodes}), -len(p.nodes), p.nodes[0].place))
    cities = [p.ref for p in order if p.ref is not None and p.ref.startswith("geonames:")]
    regions = [p.ref for p in order if p.ref is not None and p.ref.startswith("iso3166-2:")]
    return cities[:_CITIES], regions


def _refs_of_names(people: Sequence[Person]) -> dict[str, str]:
    refs: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if person.ref is not None and person.ref.startswith(("geonames:", "iso3166")):
            for node in person.nodes:
                for form in node.forms:
                    if form.form == "name":
                        refs[" ".join(name_words(form.text))].add(person.ref)
    return {name: min(found) for name, found in refs.items() if len(found) == 1}
