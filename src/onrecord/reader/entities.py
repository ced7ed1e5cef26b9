"""Mentions → entities: which noun phrases and pronouns of a document are one person, organisation, country or place.

Names are joined by their spelling (a full name and its parts, an acronym, a country and its capital as government), the
rest by apposition and then by the coreference head. What speaks is resolved once more in `speakers`, where more is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.reader import gazetteer
from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.gazetteer import Place, fold
from onrecord.reader.names import acronym_of, may_be_same_person, name_range
from onrecord.reader.roles import roles_in
from onrecord.records import Entity, EntityType, Mention, MentionForm, Role, Span

__all__ = ["Cast", "Party", "gather"]

_FACILITY = frozenset(
    [
        "airport",
        "base",
        "bridge",
        "building",
        "camp",
        "cathedral",
        "centre",
        "center",
        "church",
        "clinic",
        "college",
        "dam",
        "embassy",
        "factory",
        "gallery",
        "hall",
        "headquarters",
        "hospital",
        "hotel",
        "house",
        "jail",
        "library",
        "mall",
        "market",
        "mine",
        "mosque",
        "museum",
        "palace",
        "park",
        "plant",
        "port",
        "prison",
        "reactor",
        "refinery",
        "school",
        "square",
        "stadium",
        "station",
        "synagogue",
        "temple",
        "terminal",
        "theatre",
        "theater",
        "tower",
        "university",
    ]
)
_PERSON_PRONOUNS = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
_FIRST_OR_SECOND = frozenset(
    [
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "you",
        "your",
        "yours",
        "yourself",
        "yourselves",
    ]
)
_TYPES: dict[str, EntityType] = {
    "person": "person",
    "organization": "organisation",
    "place": "place",
    "event": "event",
    "object": "product",
}
_MOVED_TO = frozenset(
    {
        "in",
        "at",
        "near",
        "around",
        "outside",
        "inside",
        "into",
        "to",
        "across",
        "through",
        "via",
        "toward",
        "towards",
        "over",
    }
)
COREFERENCE = 0.5  # an antecedent is taken when it is likelier than all else together


@dataclass
class Party:
    """An entity while it is being gathered. `names` are its forms with how often each stands; `guesses` its mentions."""

    type: EntityType
    names: dict[str, int] = field(default_factory=dict)
    nominals: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    ref: str | None = None
    canonical: str | None = None
    plural: bool = False
    mentions: list[tuple[Span, MentionForm]] = field(default_factory=list)
    last: int = -1  # token index of its latest mention

    @property
    def name(self) -> str:
        """The gazetteer's name; else the longest form (a full name says more than a surname); else the noun phrase."""
        if self.canonical:
            return self.canonical
        if self.names:
            return max(self.names, key=lambda n: (len(n.split()), self.names[n]))
        return self.nominals[0]


@dataclass(frozen=True)
class Cast:
    """All parties of a document, and which of them each mention and each head word stands for (indices into `parties`)."""

    parties: list[Party]
    of_guess: dict[int, int]
    of_head: dict[int, int]

    def id(self, party: int) -> str:
        return f"e{party + 1}"

    def entities(self) -> tuple[Entity, ...]:
        out = []
        for i, p in enumerate(self.parties):
            forms = [*p.names, *([] if p.names else p.nominals)]
            aliases = tuple(dict.fromkeys(f for f in forms if f != p.name))
            out.append(Entity(self.id(i), p.type, p.name, aliases, tuple(dict.fromkeys(p.roles)), p.ref))
        return tuple(out)

    def mentions(self) -> tuple[Mention, ...]:
        found = {
            (span, form): Mention(span, self.id(i), form)
            for i, p in enumerate(self.parties)
            for span, form in p.mentions
        }
        return tuple(sorted(found.values(), key=lambda m: m.span))

    def by_token(self) -> Mapping[int, str]:
        """Head word (token index) → entity id."""
        return {head: self.id(party) for head, party in self.of_head.items()}


class _Gatherer:
    """One pass over the mentions in text order."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.gazetteer = gazetteer.load()
        self.parties: list[Party] = []
        self.of_guess: dict[int, int] = {}
        self.of_head: dict[int, int] = {}
        self.by_name: dict[str, int] = {}

    def run(self) -> Cast:
        named = {}
        for i, guess in enumerate(self.annotated.mentions):
            place = name_range(self.annotated, guess.head, guess.start, guess.end, person=guess.type == "person")
            if place is not None and not self._is_pronoun(guess):
                named[i] = place
                self._name(i, guess, place)
        self._adjectives()
        for i, guess in enumerate(self.annotated.mentions):
            if i not in named and not self._is_pronoun(guess):
                self._nominal(i, guess)
        for i, guess in enumerate(self.annotated.mentions):
            if self._is_pronoun(guess):
                self._pronoun(i, guess)
        return Cast(self.parties, self.of_guess, self.of_head)

    def _is_pronoun(self, guess: MentionGuess) -> bool:
        return self.tokens[guess.head].upos in {"PRON", "DET"}

    # names

    def _name(self, i: int, guess: MentionGuess, place: tuple[int, int]) -> None:
        span = self.annotated.span(*place)
        form = " ".join(span.of(self.annotated.text).split())
        known = self._gazetteer_place(form, guess, place)
        kind = self._type_of(guess, form, known)
        if kind is None:
            return
        party = self._same_name(form, kind, known)
        if party is None:
            party = self._add(Party(kind))
            if known is not None and known.type != "place":
                self.parties[party].ref, self.parties[party].canonical = known.ref, known.name
            elif known is not None:
                self.parties[party].ref = known.ref
        self._write(party, form)
        metonym = known is not None and known.relation in {"capital", "seat"}
        self._join(i, guess, party, "metonym" if metonym else "name", span)
        if kind == "person":
            self.parties[party].roles += roles_in(self.annotated, guess, place)

    def _type_of(self, guess: MentionGuess, form: str, known: Place | None) -> EntityType | None:
        if known is not None and guess.type != "person":
            if known.relation == "people":
                return "people"
            return known.type
        kind = _TYPES.get(guess.type)
        if kind == "place" and form.rsplit(maxsplit=1)[-1].lower() in _FACILITY:
            return "facility"
        return kind

    def _gazetteer_place(self, form: str, guess: MentionGuess, place: tuple[int, int]) -> Place | None:
        """What the gazetteer takes the name for, minding how it is used: a capital is a government only where it acts."""
        if guess.type == "person":
            return None
        choices = self.gazetteer.find_all(form)
        if not choices:
            return None
        government = [c for c in choices if c.relation in {"capital", "seat"}]
        rest = [c for c in choices if c.relation not in {"capital", "seat"}]
        if government and (not rest or self._acts(guess, place)):
            if self._acts(guess, place):
                return government[0]
            return rest[0] if rest else None
        return rest[0] if rest else None

    def _acts(self, guess: MentionGuess, place: tuple[int, int]) -> bool:
        """The name stands where a government would: subject, agent or owner of a deed, or after "official"."""
        head = self.tokens[guess.head]
        if any(t.lemma.lower() == "official" for t in self.annotated.dependents(guess.head, "amod")):
            return True
        cases = {t.lemma.lower() for t in self.annotated.dependents(guess.head, "case")}
        if cases & _MOVED_TO or place[1] - place[0] > 2:
            return False
        verb = self.tokens[head.head]
        if head.relation == "nsubj":
            return verb.upos == "VERB"
        return head.relation == "obl:agent" or (
            head.relation in {"obl", "nmod"} and bool(cases & {"by", "between", "with", "against"})
        )

    def _same_name(self, form: str, kind: EntityType, known: Place | None) -> int | None:
        if known is not None and known.ref is not None:
            for i, p in enumerate(self.parties):
                if p.ref == known.ref and (p.type == "people") == (kind == "people"):
                    return i
        at = self.by_name.get(fold(form))
        if at is not None and (self.parties[at].type == kind or known is None):
            return at
        if known is not None:
            return None
        same: list[int] = []
        for i, p in enumerate(self.parties):
            if p.type != kind or p.ref is not None:
                continue
            forms = list(p.names)
            if kind == "person":
                if any(may_be_same_person(form, n) or may_be_same_person(n, form) for n in forms):
                    same.append(i)
            elif any(acronym_of(form, n) or acronym_of(n, form) or _ends_alike(form, n) for n in forms):
                same.append(i)
        if not same:
            return None
        # of two people with the surname the one named last is meant
        return max(same, key=lambda i: self.parties[i].last)

    def _write(self, party: int, form: str) -> None:
        self.parties[party].names[form] = self.parties[party].names.get(form, 0) + 1
        self.by_name.setdefault(fold(form), party)

    def _add(self, party: Party) -> int:
        self.parties.append(party)
        return len(self.parties) - 1

    def _join(self, i: int, guess: MentionGuess, party: int, form: MentionForm, span: Span) -> None:
        self.of_guess[i] = party
        self.of_head[guess.head] = party
        p = self.parties[party]
        p.mentions.append((span, form))
        p.last = max(p.last, guess.head)
        p.plural = p.plural or self.tokens[guess.head].tag in {"NNS", "NNPS"}

    def _adjectives(self) -> None:
        """Nationalities before a noun ("North Korean infantrymen") stand for their country."""
        tokens = self.tokens
        i = 0
        while i < len(tokens):
            taken = 1
            token = tokens[i]
            if token.text[:1].isupper() and token.upos in {"ADJ", "PROPN"} and i not in self.of_head:
                for size in (3, 2, 1):
                    if i + size > len(tokens):
                        continue
                    span = self.annotated.span(i, i + size)
                    place = self.gazetteer.find(span.of(self.annotated.text))
                    if place is not None and place.type == "country" and place.relation in {"demonym", "name"}:
                        last = i + size - 1
                        if (
                            tokens[last].relation.partition(":")[0] in {"amod", "compound", "nmod"}
                            and last not in self.of_head
                        ):
                            self._country(place, span, range(i, i + size))
                            taken = size
                        break
            i += taken

    def _country(self, place: Place, span: Span, where: range) -> None:
        at = next((i for i, p in enumerate(self.parties) if p.ref == place.ref and p.type == "country"), None)
        if at is None:
            at = self._add(Party("country", ref=place.ref, canonical=place.name))
        party = self.parties[at]
        if place.relation == "name":
            self._write(at, span.of(self.annotated.text))
        party.mentions.append((span, "name" if place.relation == "name" else "metonym"))
        party.last = max(party.last, where[-1])
        for k in where:
            self.of_head.setdefault(k, at)

    # noun phrases and pronouns

    def _nominal(self, i: int, guess: MentionGuess) -> None:
        if guess.type not in {"person", "organization", "place"}:
            return
        span = self.annotated.span(guess.start, guess.end)
        party = self._appositive(guess)
        if party is not None:
            self.parties[party].roles += roles_in(self.annotated, guess, None)
        if party is None:
            party = self._antecedent(guess)
        phrase = self._phrase(guess)
        if party is None:
            party = self._add(Party(self._nominal_type(guess)))
            self.parties[party].nominals += [phrase]
            head = self.tokens[guess.head].text
            if head != phrase:
                self.parties[party].nominals.append(head)
        elif phrase not in self.parties[party].nominals:
            self.parties[party].nominals.append(phrase)
        self._join(i, guess, party, "nominal", span)

    def _nominal_type(self, guess: MentionGuess) -> EntityType:
        if guess.type == "person":
            return "people" if self.tokens[guess.head].tag in {"NNS", "NNPS"} else "person"
        if guess.type == "place":
            return "facility" if self.tokens[guess.head].lemma in _FACILITY else "place"
        return "organisation"

    def _phrase(self, guess: MentionGuess) -> str:
        """ "the New Zealand government, which …" → "New Zealand government": from after the determiner to the head."""
        start = guess.start
        while start < guess.head and (
            self.tokens[start].upos in {"DET", "PUNCT", "NUM"} or self.tokens[start].tag == "PRP$"
        ):
            start += 1
        return " ".join(self.annotated.span(min(start, guess.head), guess.head + 1).of(self.annotated.text).split())

    def _appositive(self, guess: MentionGuess) -> int | None:
        """The named party beside a noun phrase: "the head of state Volodymyr Zelensky", "Khaled Al-Maeena, editor at …"."""
        head = self.tokens[guess.head]
        beside = [t.index for t in self.annotated.dependents(guess.head, "appos", "flat", "nmod:desc")]
        if head.relation in {"appos", "nmod:desc"}:
            beside.append(head.head)
        beside += [
            k for k in range(guess.start, guess.end) if self.tokens[k].relation in {"flat", "appos"} and k not in beside
        ]
        for k in beside:
            party = self.of_head.get(k)
            if (
                party is not None
                and self.parties[party].names
                and self.parties[party].type in {"person", "organisation"}
            ):
                same = self.parties[party].type == ("person" if guess.type == "person" else "organisation")
                if same and (k in {t.index for t in self.annotated.dependents(guess.head)} or head.head == k):
                    return party
        return None

    def _antecedent(self, guess: MentionGuess) -> int | None:
        """The party of the coreference head's choice, where it is surer than not and the kinds agree."""
        for k, probability in guess.antecedents:
            if probability < COREFERENCE:
                break
            party = self.of_guess.get(k)
            if party is None:
                continue
            p = self.parties[party]
            wanted = {
                "person": {"person", "people"},
                "organization": {"organisation", "country"},
                "place": {"place", "country", "facility"},
            }
            plural = self.tokens[guess.head].tag in {"NNS", "NNPS"}
            if p.type in wanted[guess.type] and not (plural and p.type == "person"):
                return party
        return None

    def _pronoun(self, i: int, guess: MentionGuess) -> None:
        """Third-person pronouns go with their likeliest antecedent that may be one; first and second wait for `speakers`."""
        word = self.tokens[guess.head].text.lower()
        if word in _FIRST_OR_SECOND:
            return
        personal = word in _PERSON_PRONOUNS
        for k, probability in guess.antecedents:
            party = self.of_guess.get(k)
            if party is None or (not personal and probability < guess.new):
                continue
            p = self.parties[party]
            if personal and p.type != "person":
                continue
            if word in {"it", "its", "itself"} and p.type in {"person", "people"}:
                continue
            self._join(i, guess, party, "pronoun", self.annotated.span(guess.start, guess.end))
            return


def gather(annotated: Annotated) -> Cast:
    """All entities of a document with their mentions."""
    return _Gatherer(annotated).run()


def _ends_alike(a: str, b: str) -> bool:
    """ "Supreme Court" and "Supreme Court of Cassation", "Civil Defense Authority" and "Saudi Civil Defense Authority":
    one name is the beginning or the end of the other, and both are more than one word."""
    x, y = sorted((fold(a), fold(b)), key=len)
    return len(x.split()) > 1 and (y.startswith(x + " ") or y.endswith(" " + x))
