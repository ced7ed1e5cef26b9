"""What the entities that speak come to for each speaker: changed by what came and went, never added up anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, func, select, update

from onrecord.ledger.batches import WANTED, batched, fetched
from onrecord.ledger.identity.tables import people, speaker_names, speakers, speaking
from onrecord.ledger.inserting import numbers, put
from onrecord.ledger.names import name_key

__all__ = ["Forms", "Voice", "change", "summed"]

_k, _p, _n = speaking.c, speakers.c, speaker_names.c
_TAKE = delete(speaking).where(_k.entity == bindparam("who"), _k.document == bindparam("there"))
_ROWS = select(speakers).where(_p.key.in_(WANTED))
_NUMBERS = select(_p.key, _p.id).where(_p.key.in_(WANTED))
_NAMES = select(speaker_names).where(_n.speaker.in_(WANTED))
_REMOVE = delete(speakers).where(_p.id.in_(WANTED))
_REMOVE_NAMES = delete(speaker_names).where(_n.speaker.in_(WANTED))
_VOICES = (
    select(_k.key, _k.document, func.count().label("voices"))
    .where(_k.document.in_(WANTED))
    .group_by(_k.key, _k.document)
)
_ENDS = select(func.min(_k.first), func.max(_k.last)).where(_k.key == bindparam("of"))
# No name is empty. SQLite enters an index for "greater than", and not for "is not missing".
_CALLED = select(func.coalesce(people.c.ref, people.c.linked), people.c.called).where(people.c.called > "")
_RULED = select(_p.key, _p.called).where(_p.called > "")

Forms = Counter[tuple[str, str | None, str]]
"""How many statements a speaker has by each name, reference and type of its entities."""


@dataclass(frozen=True, slots=True)
class Voice:
    """An entity that speaks in a document: by what name, reference and type, as which speaker, and what it said there.

    `document` is its own, or another one in which people ruled that it speaks. `first` and `last` are the dates of its
    statements as `speaking` keeps them.
    """

    entity: int
    document: int
    name: str
    ref: str | None
    type: str
    key: str
    statements: int
    first: str | None
    last: str | None


def change(connection: Connection, left: Sequence[Voice], come: Sequence[Voice]) -> None:
    """Take voices out of the sums of their speakers and put others in; rename whoever people ruled to be called anew."""
    if left:
        connection.execute(_TAKE, [{"who": voice.entity, "there": voice.document} for voice in left])
    if come:
        columns = ("document", "entity", "key", "statements", "first", "last")
        put(connection, speaking, columns, [tuple(getattr(voice, name) for name in columns) for voice in come])
    called = _called(connection)
    keys = {voice.key for voice in (*left, *come)} | _renamed(connection, called)
    if not keys:
        return
    held = {row.key: row for row in fetched(connection, _ROWS, keys)}
    forms = _forms(connection, held)
    for voices, sign in ((left, -1), (come, 1)):
        for voice in voices:
            forms[voice.key][voice.name, voice.ref, voice.type] += sign * voice.statements
    documents = _documents(connection, left, come)
    gone, fresh = _by_key(left), _by_key(come)
    rows = []
    for key in sorted(keys):
        before = held.get(key)
        told = +forms[key]  # without what has come to nothing
        if told:
            first, last = _ends(connection, before, gone[key], fresh[key])
            counted = (before.documents if before is not None else 0) + documents[key]
            rows.append(summed(key, told, called.get(key)) | {"documents": counted, "first": first, "last": last})
    _put(connection, held, rows, forms)


def _by_key(voices: Iterable[Voice]) -> dict[str, list[Voice]]:
    found: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        found[voice.key].append(voice)
    return found


def _called(connection: Connection) -> dict[str, str]:
    """What people ruled that speakers are called; of several names the one ruled most often, then the longest."""
    ruled: dict[str, Counter[str]] = defaultdict(Counter)
    for key, name in connection.execute(_CALLED):
        ruled[key][name] += 1
    return {key: _most(names) for key, names in ruled.items()}


def _renamed(connection: Connection, called: Mapping[str, str]) -> set[str]:
    """The speakers that are not called as they were."""
    before = {row.key: row.called for row in connection.execute(_RULED)}
    changed = {key for key in before.keys() | called.keys() if before.get(key) != called.get(key)}
    return {row.key for row in fetched(connection, _NUMBERS, changed)}


def _forms(connection: Connection, held: Mapping[str, Row[Any]]) -> dict[str, Forms]:
    keys = {row.id: key for key, row in held.items()}
    forms: dict[str, Forms] = defaultdict(Counter)
    for row in fetched(connection, _NAMES, keys):
        forms[keys[row.speaker]][row.name, row.ref, row.type] = row.statements
    return forms


def _documents(connection: Connection, left: Sequence[Voice], come: Sequence[Voice]) -> Counter[str]:
    """How many documents more or fewer each speaker speaks in, now that the rows of `speaking` are as they are to be."""
    moved: Counter[tuple[str, int]] = Counter()
    for voices, sign in ((left, 1), (come, -1)):
        for voice in voices:
            moved[voice.key, voice.document] += sign
    there = fetched(connection, _VOICES, {document for _, document in moved})
    speaking_now = {(row.key, row.document): row.voices for row in there}
    found: Counter[str] = Counter()
    for (key, document), fewer in moved.items():
        now = speaking_now.get((key, document), 0)
        found[key] += (now > 0) - (now + fewer > 0)
    return found


def _ends(
    connection: Connection, before: Row[Any] | None, left: Sequence[Voice], come: Sequence[Voice]
) -> tuple[str | None, str | None]:
    """The first and the last of what a speaker said. All of it is looked through only where an end may have gone."""
    if before is not None and any(
        (v.first is not None and v.first == before.first) or (v.last is not None and v.last == before.last)
        for v in left
    ):
        first, last = connection.execute(_ENDS, {"of": before.key}).one()
        return first, last
    firsts = [before.first if before is not None else None, *(v.first for v in come)]
    lasts = [before.last if before is not None else None, *(v.last for v in come)]
    return (
        min((value for value in firsts if value is not None), default=None),
        max((value for value in lasts if value is not None), default=None),
    )


def summed(key: str, forms: Forms, called: str | None = None) -> dict[str, Any]:
    """What the entities of a speaker come to: the row of `speakers` but for its documents and dates."""
    names: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for (name, _, kind), statements in forms.items():
        names[name] += statements
        types[kind] += statements
    name = called or _most(names)
    return {
        "key": key,
        "name": name,
        "called": called,
        "name_key": name_key(name),
        "ref": min((ref for _, ref, _ in forms if ref is not None), default=None),
        "type": _most(types),
        "statements": forms.total(),
    }


_Value = TypeVar("_Value", bound=str)


def _most(tally: Counter[_Value]) -> _Value:
    """The most frequent value; of equally frequent ones the longest, so that the choice is always the same."""
    return max(tally, key=lambda value: (tally[value], len(value), value))


def _put(
    connection: Connection, held: Mapping[str, Row[Any]], rows: Sequence[dict[str, Any]], forms: Mapping[str, Forms]
) -> None:
    kept = {row["key"] for row in rows}
    for some in batched(sorted(row.id for key, row in held.items() if key not in kept)):
        connection.execute(_REMOVE, {"wanted": some})
    changed = [row | {"number": held[row["key"]].id} for row in rows if row["key"] in held]
    if changed:
        columns = [name for name in rows[0] if name != "key"]
        values: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in columns}
        connection.execute(update(speakers).where(_p.id == bindparam("number")).values(values), changed)
    fresh = [row for row in rows if row["key"] not in held]
    given = numbers(connection, speakers, len(fresh))
    if fresh:
        whole = [(number, *row.values()) for number, row in zip(given, fresh, strict=True)]
        put(connection, speakers, ("id", *fresh[0]), whole)
    for some in batched(sorted(row.id for key, row in held.items() if key in kept)):
        connection.execute(_REMOVE_NAMES, {"wanted": some})
    number_of = {key: row.id for key, row in held.items()} | {
        row["key"]: number for number, row in zip(given, fresh, strict=True)
    }
    names = [
        (number_of[key], name, ref, kind, statements)
        for key in sorted(kept)
        for (name, ref, kind), statements in sorted(forms[key].items(), key=repr)
        if statements > 0
    ]
    put(connection, speaker_names, ("speaker", "name", "ref", "type", "statements"), names)
