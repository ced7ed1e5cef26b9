"""The parties of a document while they are gathered: their names, descriptions, roles and mentions."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.reader.entities.names import acronym_of, may_be_same_person, spelled_alike
from onrecord.reader.gazetteer import fold
from onrecord.records import Entity, EntityType, Mention, MentionForm, Role, Span

__all__ = ["Cast", "Party"]


@dataclass
class Party:
    """An entity while it is being gathered. `names` are its forms with how often each stands."""

    type: EntityType
    names: dict[str, int] = field(default_factory=dict)
    nominals: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    ref: str | None = None
    canonical: str | None = None
    mentions: list[tuple[Span, MentionForm]] = field(default_factory=list)
    votes: dict[EntityType, int] = field(default_factory=dict)  # how often a mention of its name was of each type
    gender: str | None = None  # "he" or "she", once a title, a noun or a pronoun has told
    first: int = 1 << 60  # token index of its first and latest mention
    last: int = -1

    @property
    def name(self) -> str:
        """The gazetteer's name; else the longest form (a full name says more than a surname); else the noun phrase."""
        if self.canonical:
            return self.canonical
        if self.names:
            return max(self.names, key=lambda n: (len(n.split()), self.names[n]))
        return self.nominals[0]

    def settle(self) -> None:
        """Takes the type that most mentions of the name had; what the gazetteer knows stays."""
        if self.ref is None and self.votes:
            self.type = max(self.votes, key=lambda kind: self.votes[kind])

    def describe(self, phrase: str) -> None:
        if phrase not in self.nominals:
            self.nominals.append(phrase)


class Cast:
    """All parties of a document, and which of them each mention and each head word stands for."""

    def __init__(self) -> None:
        self.parties: list[Party] = []
        self.of_guess: dict[int, int] = {}  # index of a mention guess → index of its party
        self.of_head: dict[int, int] = {}  # token index of a mention's head → index of its party
        self.named_at: dict[tuple[int, int], int] = {}  # token range of a name → index of its party
        self._by_ref: dict[tuple[str, bool], int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_key: dict[str, list[int]] = {}  # by what the words of its names begin with, for names spelled two ways

    def id(self, party: int) -> str:
        return f"e{party + 1}"

    def add(self, party: Party) -> int:
        self.parties.append(party)
        at = len(self.parties) - 1
        if party.ref is not None:
            self._by_ref.setdefault((party.ref, party.type == "people"), at)
        return at

    def write(self, party: int, form: str) -> None:
        """Notes one more use of a name."""
        names = self.parties[party].names
        if form not in names:
            self._by_name.setdefault(fold(form), []).append(party)
            for key in _keys(form):
                self._by_key.setdefault(key, []).append(party)
        names[form] = names.get(form, 0) + 1

    def join(self, party: int, head: int, span: Span, form: MentionForm) -> None:
        """Notes one more mention, whose head word is token `head`."""
        p = self.parties[party]
        self.of_head[head] = party
        p.mentions.append((span, form))
        p.first, p.last = min(p.first, head), max(p.last, head)

    def of_ref(self, ref: str, *, people: bool = False) -> int | None:
        return self._by_ref.get((ref, people))

    def of_form(self, form: str, kind: EntityType) -> int | None:
        """The party of that very name and type, the one mentioned last if there are several."""
        return self._latest([i for i in self._by_name.get(fold(form), []) if self.parties[i].type == kind])

    def of_name(self, form: str) -> int | None:
        """The party of that very name, of whatever type: within a document one name is one thing."""
        return self._latest(self._by_name.get(fold(form), []))

    def of_similar(self, form: str, kind: EntityType) -> int | None:
        """The party whose name `form` may be a part, an acronym or another spelling of; the one mentioned last."""
        seen = dict.fromkeys(i for key in _keys(form) for i in self._by_key.get(key, []))
        candidates = [i for i in seen if self.parties[i].type == kind and self.parties[i].ref is None]
        alike = _person_alike if kind == "person" else _other_alike
        return self._latest([i for i in candidates if any(alike(form, n) for n in self.parties[i].names)])

    def _latest(self, parties: list[int]) -> int | None:
        return max(parties, key=lambda i: self.parties[i].last, default=None)

    def entities(self) -> tuple[Entity, ...]:
        out = []
        for i, p in enumerate(self.parties):
            if not p.mentions:  # all its mentions turned out to be somebody else's
                continue
            forms = p.names or p.nominals
            aliases = tuple(dict.fromkeys(f for f in forms if f != p.name))
            roles = tuple({(r.title.lower(), r.of): r for r in reversed(p.roles)}.values())[::-1]
            out.append(Entity(self.id(i), p.type, p.name, aliases, roles, p.ref))
        return tuple(out)

    def mentions(self) -> tuple[Mention, ...]:
        every = (Mention(span, self.id(i), form) for i, p in enumerate(self.parties) for span, form in p.mentions)
        return tuple(sorted(dict.fromkeys(every), key=lambda m: (m.span, m.entity, m.form)))


def _keys(form: str) -> set[str]:
    """What names that may be one share: the first letters of a word, or of all words together (an acronym)."""
    words = fold(form).split()
    keys = {w[0] for w in words}
    if len(words) > 1:
        keys.add("*" + "".join(w[0] for w in form.replace("-", " ").split() if w[0].isupper()).lower()[:2])
    elif form.replace(".", "").isupper():
        keys.add("*" + fold(form)[:2])
    return keys


def _person_alike(form: str, name: str) -> bool:
    return may_be_same_person(form, name) or may_be_same_person(name, form)


def _other_alike(form: str, name: str) -> bool:
    if acronym_of(form, name) or acronym_of(name, form) or _ends_alike(form, name):
        return True
    a, b = form.split(), name.split()
    return len(a) == len(b) and all(spelled_alike(x, y) for x, y in zip(a, b, strict=True))


def _ends_alike(a: str, b: str) -> bool:
    """ "Supreme Court" and "Supreme Court of Cassation", "Civil Defense Authority" and "Saudi Civil Defense Authority":
    one name is the beginning or the end of the other, and both are more than one word."""
    x, y = sorted((fold(a), fold(b)), key=len)
    return len(x.split()) > 1 and (y.startswith(x + " ") or y.endswith(" " + x))
