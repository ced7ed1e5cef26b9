"""The parties of a document while they are gathered: their names, descriptions, roles and mentions."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.reader.entities.kinds import kind_of_name
from onrecord.reader.entities.likeness import acronym_of, nation_of, person_alike, same_company, spelled_alike
from onrecord.reader.entities.names import gender_of_name
from onrecord.reader.gazetteer import fold, load
from onrecord.records import Entity, EntityType, Mention, MentionForm, Role, Span

__all__ = ["Cast", "Party"]

_REACH = 200  # names of one beginning, the latest, that a name is held against: articles have a dozen
_REMEMBERED = 20_000  # names whose keys are kept: an article repeats its own
_THINGS = frozenset({"organisation", "place", "product"})  # the mention head takes a product for any of them by turns


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
            surname = self.name.split()[-1]
            if gender_of_name(self.name) is not None and ("person" in self.votes or surname in self.names):
                self.type = "person"  # a first name says more than what its bearer does

    def is_called(self, form: str, gender: str | None = None) -> bool:
        """The form may be a person's name: it fits the fullest name ("Hillary Clinton" is not Bill Clinton, although he
        was called "Clinton") and the sex does not speak against it."""
        if gender is not None and self.gender is not None and gender != self.gender:
            return False
        full = max(self.names, key=lambda n: len(n.split()), default=None)
        return full is not None and person_alike(form, full)

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
        self.named_from: dict[int, int] = {}  # first token of a name → its party
        self.named_to: dict[int, int] = {}  # the token after a name → its party
        self._heads: list[int] = []  # the keys of `of_head`, sorted
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

    def place(self, party: int, start: int, end: int) -> None:
        """Notes the token range of a name."""
        self.named_at[start, end] = self.named_from[start] = self.named_to[end] = party

    def join(self, party: int, head: int, span: Span, form: MentionForm) -> None:
        """Notes one more mention, whose head word is token `head`."""
        p = self.parties[party]
        if head not in self.of_head:
            insort(self._heads, head)
        self.of_head[head] = party
        p.mentions.append((span, form))
        p.first, p.last = min(p.first, head), max(p.last, head)

    def heads_before(self, start: int, most: int) -> list[int]:
        """Head words of mentions before a token, the nearest first."""
        at = bisect_left(self._heads, start)
        return self._heads[max(0, at - most) : at][::-1]

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
        seen = dict.fromkeys(i for key in sorted(_keys(form)) for i in self._by_key.get(key, [])[-_REACH:])
        candidates = [i for i in seen if self.parties[i].type == kind and self.parties[i].ref is None]
        if kind == "person":
            gender = gender_of_name(form)
            alike = [i for i in candidates if self.parties[i].is_called(form, gender)]
            return self._likeliest(form, alike)
        nation = nation_of(form)
        return self._latest(
            [
                i
                for i in candidates
                if any(_other_alike(form, n) for n in self.parties[i].names)
                and (nation is None or all(nation_of(n) in {None, nation} for n in self.parties[i].names))
            ]
        )

    def of_ending(self, form: str) -> int | None:
        """The thing or body whose name is the word with its maker's before it ("Firefox" for "Mozilla Firefox"); None for
        two of them and where the word is a place's or says but what it is ("Bank")."""
        if " " in form or kind_of_name(form) is not None or load().find(form) is not None:
            return None
        ending = " " + fold(form)
        found = {
            i
            for i in self._by_key.get(ending[1:2], [])
            if self.parties[i].type in _THINGS and any(fold(n).endswith(ending) for n in self.parties[i].names)
        }
        return found.pop() if len(found) == 1 else None

    def _likeliest(self, form: str, alike: list[int]) -> int | None:
        """Of several people that a name fits, those whose surname it is come first, then the one mentioned most often."""
        last = fold(form).split()[-1:]
        return max(
            alike,
            key=lambda i: (
                fold(self.parties[i].name).split()[-1:] == last,
                len(self.parties[i].mentions),
                self.parties[i].last,
            ),
            default=None,
        )

    def _latest(self, parties: list[int]) -> int | None:
        return max(parties, key=lambda i: self.parties[i].last, default=None)

    def entities(self) -> tuple[Entity, ...]:
        out = []
        for i, p in enumerate(self.parties):
            if not p.mentions:  # all its mentions turned out to be somebody else's
                continue
            forms = p.names or p.nominals
            name = p.name
            aliases = tuple(dict.fromkeys(f for f in forms if f != name))
            roles = tuple({(r.title.lower(), r.of): r for r in reversed(p.roles)}.values())[::-1]
            out.append(Entity(self.id(i), p.type, name, aliases, roles, p.ref))
        return tuple(out)

    def mentions(self) -> tuple[Mention, ...]:
        ids = map(self.id, range(len(self.parties)))
        every = {(span, own, form) for own, p in zip(ids, self.parties, strict=True) for span, form in p.mentions}
        return tuple(Mention(*mention) for mention in sorted(every))


@lru_cache(_REMEMBERED)
def _keys(form: str) -> frozenset[str]:
    """What names that may be one share: the first letters of a word, or of all words together (an acronym)."""
    words = fold(form).split()
    keys = {w[0] for w in words}
    if len(words) > 1:
        keys.add("*" + "".join(w[0] for w in form.replace("-", " ").split() if w[0].isupper()).lower()[:2])
    elif form.replace(".", "").isupper():
        keys.add("*" + fold(form)[:2])
    return frozenset(keys)


@lru_cache(_REMEMBERED)
def _other_alike(form: str, name: str) -> bool:
    if acronym_of(form, name) or acronym_of(name, form) or _ends_alike(form, name):
        return True
    if same_company(form, name):
        return True
    a, b = form.split(), name.split()
    return len(a) == len(b) and all(spelled_alike(x, y) for x, y in zip(a, b, strict=True))


def _ends_alike(a: str, b: str) -> bool:
    """ "Supreme Court" and "Italian Supreme Court of Cassation", "Civil Defense Authority" and "Saudi Civil Defense
    Authority": both more than one word, and the longer has a nation or place before or an "of …" behind the shorter. Not
    "New York University" and its School of Law, nor "ABC News" and "Washington Post - ABC News"."""
    short, long = sorted((a, b), key=lambda n: len(fold(n)))
    x, y = fold(short), fold(long)
    if len(x.split()) < 2 or x == y:
        return False
    if nation_of(long) and not nation_of(short):
        long = long.partition(" ")[2]
        y = fold(long)
        if x == y:
            return True
    if y.startswith(x + " "):
        return y[len(x) :].split()[0] in {"of", "for"}
    return y.endswith(" " + x) and load().find(" ".join(long.split()[: -len(x.split())])) is not None
