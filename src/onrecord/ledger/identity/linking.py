"""Which people of different stories are one: those that evidence connects, directly or through others.

`people.linked` is the id of the first, in canonical order, of each such set. Only what a change touches is computed:
new evidence joins whole sets, and a set is taken apart only where evidence of it was lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, bindparam, func, select, update

from onrecord.ledger.batches import WANTED, batched, fetched
from onrecord.ledger.identity.tables import people, person_keys

__all__ = ["APART", "relink"]

# Kind of a key that two hold who are not one, because somebody ruled so.
APART = "apart"

_Value = TypeVar("_Value", int, str)

_c, _k = people.c, person_keys.c
_UNITS = select(_c.id, _c.sort, _c.identity, _c.linked)
_BY_ROW, _BY_SET = _UNITS.where(_c.id.in_(WANTED)), _UNITS.where(_c.linked.in_(WANTED))
_KEYS = select(_k.person, _k.rule, _k.value).where(_k.person.in_(WANTED))
_mine = person_keys.alias("mine").c
_oldest = select(func.min(_k.id)).where(_k.value == _mine.value).scalar_subquery()
_OLDEST = select(_oldest).distinct().where(_mine.person.in_(WANTED), _mine.rule != APART)
_HOLDING = select(_k.value, _c.linked, _c.id).join_from(person_keys, people)
_HOLDER, _HOLDERS = _HOLDING.where(_k.id.in_(WANTED)), _HOLDING.where(_k.value.in_(WANTED))
_RULED = select(_k.id).join_from(people, person_keys).where(_c.linked.in_(WANTED), _k.rule == APART).limit(1)
_FIRSTS = select(_c.sort, _c.identity).where(_c.identity.in_(WANTED), _c.linked == _c.identity)


@dataclass
class _Unit:
    """What is joined as a whole: one row that was touched, or a set that was not. `first` is (sort, id) of its first."""

    first: tuple[str, str]
    label: str
    row: int | None = None
    keys: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)


def relink(connection: Connection, rows: Collection[int], broken: Collection[str]) -> set[int]:
    """Link the people in `rows`, which are new, and anew all of the sets `broken`, which lost evidence.

    Returns the rows of those who are linked to another id than before.
    """
    broken = set(broken)
    while True:
        units = _touched(connection, rows, broken)
        holders = _sets_holding(connection, {unit.row for unit in units if unit.row is not None})
        near = {label for labels in holders.values() for label in labels}
        ruled = any(unit.apart for unit in units) or _has_rulings(connection, near)
        if not (ruled and near):
            break
        broken |= near  # rulings decide between single people, so no set is joined whole
    outer = _outer(connection, near, holders)
    return _write(connection, _joined([*units, *outer]))


def _touched(connection: Connection, rows: Collection[int], labels: Collection[str]) -> list[_Unit]:
    units: dict[int, _Unit] = {}
    for row, sort, identity, linked in [*fetched(connection, _BY_ROW, rows), *fetched(connection, _BY_SET, labels)]:
        units[row] = _Unit((sort, identity), linked, row)
    for person, rule, value in fetched(connection, _KEYS, units):
        (units[person].apart if rule == APART else units[person].keys).add(value)
    return sorted(units.values(), key=lambda unit: unit.first)


def _sets_holding(connection: Connection, rows: Collection[int]) -> dict[int, set[str]]:
    """For each value that these rows hold a set that holds it as well, or all that do, `rows` themselves left out.

    All who hold a value are one set, but where rulings keep them apart; then each of their sets has a ruling, and any of
    them tells of it. Whoever is in the news all the time has thousands of rows: the oldest is one step into an index.
    """
    found: dict[int, set[str]] = defaultdict(set)
    own = set()
    for value, label, row in fetched(connection, _HOLDER, [key for (key,) in fetched(connection, _OLDEST, rows)]):
        if row in rows:
            own.add(value)
        else:
            found[value].add(label)
    for value, label, row in fetched(connection, _HOLDERS, own):
        if row not in rows:
            found[value].add(label)
    return found


def _has_rulings(connection: Connection, labels: Collection[str]) -> bool:
    found = (connection.execute(_RULED, {"wanted": batch}).first() for batch in batched(sorted(labels)))
    return any(row is not None for row in found)


def _outer(connection: Connection, labels: Collection[str], holders: Mapping[int, set[str]]) -> list[_Unit]:
    units = {}
    for sort, identity in fetched(connection, _FIRSTS, labels):  # a set's label is the id of its first
        units[identity] = _Unit((sort, identity), identity)
    for value, names in holders.items():
        for label in names:
            units[label].keys.add(value)
    return list(units.values())


def _joined(units: list[_Unit]) -> list[list[_Unit]]:
    """Units connected by keys; where two are ruled apart, no join puts them into one."""
    order = sorted(units, key=lambda unit: unit.first)
    group = {id(unit): [unit] for unit in order}
    holders: dict[int, list[_Unit]] = defaultdict(list)
    for unit in order:
        for value in unit.keys:
            holders[value].append(unit)
    for value in sorted(holders):
        first, *others = holders[value]
        for unit in others:
            one, other = group[id(first)], group[id(unit)]
            if one is other or _ruled_apart(one, other):
                continue
            if len(one) < len(other):
                one, other = other, one
            one += other
            for moved in other:
                group[id(moved)] = one
    return list({id(found): found for found in group.values()}.values())


def _ruled_apart(one: list[_Unit], other: list[_Unit]) -> bool:
    mine = {value for unit in one for value in unit.apart}
    return bool(mine) and any(mine & unit.apart for unit in other)


def _write(connection: Connection, sets: list[list[_Unit]]) -> set[int]:
    """Link the sets; the rows that are linked to another id than before."""
    rows: dict[int, str] = {}
    labels: dict[str, str] = {}
    for units in sets:
        label = min(unit.first for unit in units)[1]
        for unit in units:
            if unit.label == label:
                continue
            if unit.row is None:
                labels[unit.label] = label
            else:
                rows[unit.row] = label
    moved = {row for row, *_ in fetched(connection, _BY_SET, labels)}
    # Whole sets first: a row's old label may be the label that a set is given.
    for old, new in labels.items():
        connection.execute(update(people).where(_c.linked == old).values(linked=new))
    if rows:
        changes = [{"row": row, "new": label} for row, label in rows.items()]
        connection.execute(update(people).where(_c.id == bindparam("row")).values(linked=bindparam("new")), changes)
    return moved.union(rows)
