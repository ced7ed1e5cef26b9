"""Propositions made ready to be compared within one story: names by who they are, words by weight, figures by measure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from onrecord.ledger.claims.lexicon import concept, listed, tokens
from onrecord.ledger.claims.model import Facts, Happening, Proposition
from onrecord.ledger.copies.credits import site_key
from onrecord.ledger.ids import derived_id
from onrecord.ledger.names import name_key
from onrecord.ledger.scene import Member, Record, Scene
from onrecord.records import Span

__all__ = ["NAME", "Compiled", "Order", "compile_all", "outlet_ids", "outlet_name"]

NAME = 300
"""The weight of a name: within a story the same names are everywhere, so they tell less than a rare word."""

Order = tuple[int, int, str]
"""Canonical place of a proposition: its document's place in the scene, its start, its record's key."""

_CLASSES = {"happened": "fact", "ongoing": "fact", "planned": "plan", "expected": "plan", "demanded": "demand"}
_MAYBE = {"possible": "maybe", "conditional": "maybe"}


class Measure(NamedTuple):
    """A figure to compare: `of` are the concepts of what it counts and of what happened to that; `series` those of the
    story's series of figures that it is in.
    """

    low: float | None
    high: float | None
    about: bool
    unit: str | None
    of: frozenset[str]
    noun: str | None
    series: frozenset[int]


class Deed(NamedTuple):
    """An event to compare: how firmly it is put, who did it, to whom, on which days (half-open, None where open)."""

    status: str | None
    actor: frozenset[str]
    target: frozenset[str]
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """One proposition in its story. `terms` are concepts and names with their weights; `also` is what the words do not
    name but mean, `words` both; `called` are the words of its names; `numbers` are those that are no figures ("the 39th"),
    `people` the names of persons. `values` are the ends of its figures; `vague` ones may be one with figures that have none
    of them. `holder` is who asserts it, `reporters` who is quoted with it. Of one signature are those that say the same.
    """

    order: Order
    document: int
    proposition: Proposition
    holder: str
    speaker: str | None
    reporters: tuple[str, ...]
    terms: Mapping[str, int]
    total: int
    also: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    called: frozenset[str]
    people: frozenset[str]
    numbers: frozenset[str]
    measures: tuple[Measure, ...]
    values: frozenset[float]
    vague: bool
    deeds: Mapping[str, tuple[Deed, ...]]
    signature: tuple[object, ...]


def compile_all(
    scene: Scene, facts: Mapping[int, Facts], series: Mapping[Record, frozenset[int]] = MappingProxyType({})
) -> tuple[Compiled, ...]:
    """The propositions of a scene in canonical order, without what people have rejected. `series` gives each figure the
    numbers of the series that it is in.
    """
    found: list[Compiled] = []
    story = _Story(scene, series, _called(scene), outlet_ids(scene, facts))
    for place, member in enumerate(scene.members):
        known = facts.get(member.document)
        if known is None:
            continue
        document = _Document(story, member, known)
        for proposition in known.propositions:
            if (ruled := document.ruled(proposition)) is not None:
                found.append(document.compiled(place, ruled))
    return tuple(sorted(found, key=lambda c: c.order))


def outlet_ids(scene: Scene, facts: Mapping[int, Facts]) -> dict[int, str]:
    """The id of the voice that each document's own sentences have: one for all copies of a text, for all texts that an
    agency is credited with, and for all that one outlet publishes.
    """
    origins = {member.hash: member for member in scene.members}
    firsts: dict[str, str] = {}
    found: dict[int, str] = {}
    for member in scene.members:
        name = outlet_name(member, origins.get(member.origin, member), facts)
        key = member.origin if name is None else f"name:{site_key(name)}"
        found[member.document] = derived_id("y", firsts.setdefault(key, member.origin), "")
    return found


def outlet_name(member: Member, origin: Member, facts: Mapping[int, Facts]) -> str | None:
    """Who speaks in a document's own sentences: the agency credited with its text, else whoever published it first."""
    for one in (origin, member):
        known = facts.get(one.document)
        if known is not None and known.credit is not None:
            return known.credit
    return origin.publisher or member.publisher


def _called(scene: Scene) -> dict[str, str]:
    """The id that each name of the story mostly stands for; names that as many have are left out."""
    uses = Counter(scene.people.values())
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for who, name in scene.names.items():
        if name[:1].isupper():
            found[name_key(name)].append((uses[who], who))
    called: dict[str, str] = {}
    for name, bearers in found.items():
        ranked = sorted(bearers, reverse=True)
        if len(ranked) == 1 or ranked[0][0] > sum(count for count, _ in ranked[1:]):
            called[name] = ranked[0][1]
    return called


@dataclass(frozen=True, slots=True)
class _Story:
    """What the documents of a story share: `series` by the records of their figures, `called` and `outlets` as their
    functions give them. `voices` gives whom each text names by a name the id that they have in its first copy.
    """

    scene: Scene
    series: Mapping[Record, frozenset[int]]
    called: Mapping[str, str]
    outlets: Mapping[int, str]
    voices: dict[tuple[str, str], str] = field(default_factory=dict)


class _Name(NamedTuple):
    """What a name in a document tells: whose it is, its words, those of the name that the story has for them, and whether it
    is a person's."""

    who: str
    words: frozenset[str]
    best: frozenset[str]
    person: bool


class _Document:
    def __init__(self, story: _Story, member: Member, facts: Facts) -> None:
        self._series = story.series
        self._voices = story.voices
        self._called = story.called
        self._outlet = story.outlets[member.document]
        self._scene = story.scene
        self._document = member.document
        self._hash = member.hash
        self._origin = member.origin
        self._facts = facts
        self._statements = {p.statement: p for p in reversed(facts.propositions) if p.statement is not None}
        self._ids: dict[str, str] = {}
        self._names: dict[str, _Name] = {}

    def ruled(self, proposition: Proposition) -> Proposition | None:
        """The proposition as people have ruled, or None where they have rejected it."""
        rulings, document = self._scene.rulings, self._document
        if not rulings.rejected and not rulings.confirmed:
            return proposition
        if (document, proposition.statement or proposition.record) in rulings.rejected:
            return None
        if (document, proposition.record) in rulings.rejected:
            return None
        kept = replace(
            proposition,
            happenings=tuple(h for h in proposition.happenings if (document, h.key) not in rulings.rejected),
            quantities=tuple(q for q in proposition.quantities if (document, q.key) not in rulings.rejected),
        )
        if (document, proposition.statement or proposition.record) in rulings.confirmed:
            kept = replace(kept, confidence=1.0)
        return kept

    def compiled(self, place: int, p: Proposition) -> Compiled:
        speaker = self._speaker(p)
        names, also, called, people = self._named(p)
        terms: dict[str, int] = {term.concept: term.weight for term in p.terms}
        numbers = frozenset([concept for concept in terms if concept[0].isdigit()])
        terms |= dict.fromkeys(names, NAME)
        measures = tuple(self._measures(p)) if p.quantities else ()
        deeds: dict[str, tuple[Deed, ...]] = {}
        for h in p.happenings:
            deeds[h.concept] = (*deeds.get(h.concept, ()), self._deed(h))
        return Compiled(
            order=(place, p.start, p.record),
            document=self._document,
            proposition=p,
            holder=speaker or self._outlet,
            speaker=speaker,
            reporters=tuple(self._reporters(p, speaker)) if p.reporters else (),
            terms=terms,
            total=sum(terms.values()) + QUANTITY * len(measures),
            also=also,
            words=also.union(terms),
            names=names,
            called=called,
            people=people,
            numbers=numbers,
            measures=measures,
            values=frozenset([end for m in measures for end in (m.low, m.high) if end is not None]),
            vague=any(m.about or (m.low is not None and m.high is not None and m.low < m.high) for m in measures),
            deeds=deeds,
            signature=(
                frozenset(terms),
                measures,
                tuple(sorted([(c, d.status or "", d.start or "", d.end or "") for c, ds in deeds.items() for d in ds])),
                also,
                p.mode,
                p.negative,
                p.stance == "denies",
            ),
        )

    def _named(self, p: Proposition) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
        """Whom a proposition names, what it only means, the words of its names, and which of them are persons."""
        names: set[str] = set()
        also: set[str] = set()
        called: set[str] = set()
        people: set[str] = set()
        for n in p.named:
            if not n.by_name:
                also.add(self._who(n.entity))
                continue
            name = self._name(n.entity)
            called |= name.words
            if n.known:
                names.add(name.who)
                called |= name.best
                if name.person:
                    people.add(name.who)
        for h in p.happenings:
            also.update(map(self._who, (*h.actor, *h.target, *h.place)))
        return frozenset(names), frozenset((also | called) - names), frozenset(called), frozenset(people)

    def _name(self, entity: str) -> _Name:
        found = self._names.get(entity)
        if found is None:
            who, entry = self._who(entity), self._facts.entities[entity]
            best = _words_of(self._scene.names.get(who, ""))
            found = self._names[entity] = _Name(who, _words_of(entry.name), best, entry.type == "person")
        return found

    def _who(self, entity: str) -> str:
        """The story's id of an entity; of one that the story does not know, an id of its own."""
        found = self._ids.get(entity)
        if found is None:
            known = self._scene.people.get((self._document, entity))
            found = self._ids[entity] = known if known is not None else derived_id("p", self._hash, entity)
        return found

    def _speaker(self, p: Proposition) -> str | None:
        if p.statement is not None:
            ruled = self._scene.rulings.speakers.get((self._document, p.statement))
            if ruled is not None:
                return self._scene.people.get(ruled) or self._scene.rulings.voices[ruled].id
        if p.speaker is not None:
            who = self._who(p.speaker)
            return self._voices.setdefault((self._origin, self._facts.entities[p.speaker].name.casefold()), who)
        if p.source is not None:
            if (known := self._called.get(name_key(p.source))) is not None:
                return known  # "by the OSCE's count", in a text where the reading saw no OSCE
            return derived_id("y", self._origin, f"source:{p.source.lower()}")
        return None

    def _reporters(self, p: Proposition, speaker: str | None) -> Iterator[str]:
        for key in p.reporters:
            outer = self._statements.get(key)
            spoken = outer is not None and (self._document, key) not in self._scene.rulings.rejected
            who = self._speaker(outer) if spoken and outer is not None else self._outer(key)
            if who is not None and who != speaker:
                yield who

    def _outer(self, statement: str) -> str | None:
        rulings, record = self._scene.rulings, (self._document, statement)
        if record in rulings.rejected:
            return None
        if (ruled := rulings.speakers.get(record)) is not None:
            return self._scene.people.get(ruled) or rulings.voices[ruled].id
        entity = self._facts.speakers.get(statement)
        return self._who(entity) if entity is not None else None

    def _measures(self, p: Proposition) -> Iterator[Measure]:
        light = _light_measures()
        happens = {h.concept for h in p.happenings}
        counted = {q.noun for q in p.quantities}
        for q in p.quantities:
            if p.negative and q.low == q.high == 1.0:
                continue  # "not one soldier", "not a single shot": none at all
            if p.statement is None and q.change in ("down from", "up from"):
                continue  # the level before is no longer said to be so
            # The event that the reader gave a figure without a noun may stand in another part of the sentence.
            own = q.event if q.noun is not None or q.event in happens else p.main
            if own != q.noun and own in counted:
                own = None  # "30 rescuers with two dogs": no event, but what the other figure counts
            of = {c for c in (q.noun, own) if c is not None} - light
            if not of and q.unit is None:
                # "the toll rises to 23": what is counted is named by the other words
                of = {t.concept for t in p.terms} - light
            yield Measure(
                q.low,
                q.high,
                q.about,
                q.unit,
                frozenset(of),
                q.noun,
                self._series.get((self._document, q.key), frozenset()),
            )

    def _deed(self, h: Happening) -> Deed:
        # An event under a denial or a negation is put as it would be if it were so, and the reader's status says only
        # that it is not.
        status = _CLASSES.get(h.status) or _MAYBE.get(h.status)
        return Deed(
            status,
            frozenset(map(self._who, h.actor)),
            frozenset(map(self._who, h.target)),
            h.start,
            h.end,
        )


QUANTITY = 300
"""The weight of a figure."""


@cache
def _light_measures() -> frozenset[str]:
    return frozenset(concept([word])[0] for word in listed("light measures"))


@lru_cache(maxsize=65_536)  # there is no end of names
def _words_of(name: str) -> frozenset[str]:
    """The concepts of the words of a name: "Drusa dam" also means a dam."""
    return frozenset(concept([form])[0] for form, _ in tokens(name, Span(0, len(name))) if form not in listed("stop"))
