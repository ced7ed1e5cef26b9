"""Whether two names in two texts are one speaker: yes, no, or it cannot be said. A finding needs a clear no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from onrecord.ledger import schema as t
from onrecord.ledger.names import name_key
from onrecord.reading import Reading

__all__ = ["People", "Who", "compared", "of_reading"]

Answer = Literal["same", "different", "unknown"]

_TITLES = frozenset(
    "mr mrs ms miss dr prof sir lord lady dame president minister prime mayor governor gov senator sen rep "
    "representative chief sheriff sgt sergeant lt lieutenant capt captain col colonel gen general maj major det "
    "detective officer deputy inspector commissioner spokesman spokeswoman spokesperson king queen prince pope judge "
    "director secretary chairman chairwoman the a an".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv".split())


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as one text has them. `keys` are all their names, `named` whether one of them is a proper name."""

    name: str
    type: str
    ref: str | None
    keys: frozenset[str]
    titles: frozenset[str]
    named: bool


def compared(one: Who, other: Who) -> Answer:
    """Whether two texts speak of the same person, organisation or country."""
    if one.ref is not None and one.ref == other.ref:
        return "same"
    if one.keys & other.keys or _by_role(one, other) or _by_role(other, one):
        return "same"
    if not (one.named and other.named):
        return "unknown"
    if one.type == other.type == "person":
        return _people(one, other)
    if one.type != "person" and other.type != "person":
        if _initials(one) & other.keys or _initials(other) & one.keys or _parts(one, other):
            return "same"
        return "different" if one.ref is not None and other.ref is not None else "unknown"
    return "unknown"


def _people(one: Who, other: Who) -> Answer:
    pairs = [(_bare(a), _bare(b)) for a in sorted(one.keys) for b in sorted(other.keys)]
    pairs = [(a, b) for a, b in pairs if a and b]
    if not pairs:
        return "unknown"
    clash = False
    for a, b in pairs:
        if a[-1] == b[-1]:
            if len(a) == 1 or len(b) == 1 or a[0] == b[0] or (a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0]))):
                return "same"
            # Bill and William share a surname: that they are two cannot be said.
            clash = True
        elif set(a) & set(b):
            clash = True
    return "unknown" if clash else "different"


def _bare(name: str) -> list[str]:
    words = [word for word in name.split() if word not in _TITLES]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words


def _by_role(general: Who, named: Who) -> bool:
    """ "the mayor" in one text is whoever is mayor in the other."""
    if general.named:
        return False
    words = {frozenset(key.split()) for key in general.keys}
    return any(set(title.split()) & set_of for title in named.titles for set_of in words)


def _initials(who: Who) -> set[str]:
    return {"".join(word[0] for word in key.split() if word not in {"of", "and", "for", "the"}) for key in who.keys}


def _parts(one: Who, other: Who) -> bool:
    """One name's words are among the other's: "Velna Hydro" and "Velna Hydro company"."""
    return any(
        set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split()) for a in one.keys for b in other.keys
    )


def of_reading(reading: Reading) -> dict[str, Who]:
    """Everybody in a draft, by entity id."""
    named = {mention.entity for mention in reading.mentions if mention.form == "name"}
    return {
        entity.id: Who(
            name=entity.name,
            type=entity.type,
            ref=entity.ref,
            keys=_keys([entity.name, *entity.aliases]),
            titles=frozenset(name_key(role.title) for role in entity.roles),
            named=entity.id in named,
        )
        for entity in reading.entities
    }


class People:
    """Everybody in documents of the ledger, by the row of the entity, read when first asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, Who] = {}

    def who(self, entity: int) -> Who:
        """The entity in this row. KeyError where there is none."""
        if entity not in self._known:
            self._load(entity)
        return self._known[entity]

    def _load(self, entity: int) -> None:
        row = self._connection.execute(select(t.entities).where(t.entities.c.id == entity)).one_or_none()
        if row is None:
            raise KeyError(entity)
        aliases = select(t.aliases.c.name).where(t.aliases.c.entity == entity).order_by(t.aliases.c.id)
        titles = select(t.roles.c.title).where(t.roles.c.entity == entity).order_by(t.roles.c.id)
        named = select(t.mentions.c.id).where(t.mentions.c.entity == entity, t.mentions.c.form == "name").limit(1)
        self._known[entity] = Who(
            name=row.name,
            type=row.type,
            ref=row.ref,
            keys=_keys([row.name, *self._connection.execute(aliases).scalars()]),
            titles=frozenset(name_key(title) for title in self._connection.execute(titles).scalars()),
            named=self._connection.execute(named).first() is not None,
        )


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name_key(name) for name in names)
