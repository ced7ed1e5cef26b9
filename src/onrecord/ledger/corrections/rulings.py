"""From the log of corrections, each held to its records, to what holds: pure, and the same whoever asks and when.

The log is read from its end. An undo in force takes out what it names, which may be an undo. Of two corrections that
say different things the later one wins, and the earlier is said to be overruled by it; undoing the later brings the
earlier back. What was overruled does not come back because the later one became an orphan: a person decided against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.ledger.corrections.anchoring import Lost
from onrecord.ledger.corrections.records import Kind, State
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Record, Rulings, Voice

__all__ = ["Place", "Placed", "Standing", "Verdict", "rulings", "standings", "undone_by", "verdicts"]

Place = tuple[str, str]
"""A record by the hash of its document and its key in the present reading."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction held to the present readings: where its target and its value are now, or why they are lost.

    `value` is None where the correction names none; `words` are the value's words: of a rename the new name.
    """

    number: int
    id: str
    kind: Kind
    undoes: str | None
    target: Place | Lost
    value: Place | Lost | None
    words: str | None = None


class Standing(NamedTuple):
    state: State
    why: str | None = None


@dataclass(slots=True)
class Verdict:
    """What is ruled about one statement, figure or event. `number` is that of the last correction in force about it; in
    which series a figure counts is no such ruling."""

    rejected: bool = False
    confirmed: bool = False
    speaker: Place | None = None
    number: int = 0


def undone_by(log: Sequence[Placed]) -> dict[str, str]:
    """What is undone, each with the undo in force that does it. `log` is in the order of its numbers."""
    undone: dict[str, str] = {}
    for correction in reversed(log):
        if correction.undoes is not None and correction.id not in undone:
            undone[correction.undoes] = correction.id
    return undone


def standings(log: Sequence[Placed]) -> dict[str, Standing]:
    """The state of every correction by its id, with what it comes from. `log` is whole, in the order of its numbers."""
    undone = undone_by(log)
    settled = _Settled()
    found: dict[str, Standing] = {}
    for correction in reversed(log):
        if correction.id in undone:
            found[correction.id] = Standing("undone", f"by {undone[correction.id]}")
        elif correction.kind == "undo":
            found[correction.id] = Standing("in force")
        else:
            found[correction.id] = settled.take(correction)
    return found


def rulings(log: Sequence[Placed], rows: Mapping[str, int], within: Iterable[str]) -> Rulings:
    """What is ruled about records of the documents whose hashes are `within`.

    `rows` gives the row of every document named in the log that the ledger holds. A pair of entities counts if one of
    them is within; its order is that of hash and key, so that it does not tell which was named first.
    """
    wanted = frozenset(within)
    state = standings(log)

    def record(place: Place) -> Record:
        return rows[place[0]], place[1]

    verdicts: dict[Kind, set[Record]] = {"reject": set(), "confirm": set()}
    pairs: dict[Kind, set[tuple[Record, Record]]] = {"merge": set(), "split": set()}
    speakers: dict[Record, Record] = {}
    moved: dict[Record, Record | None] = {}
    names: dict[Record, str] = {}
    voices: dict[Record, Voice] = {}
    for correction in log:
        target, value = correction.target, correction.value
        if state[correction.id].state != "in force" or isinstance(target, Lost) or isinstance(value, Lost):
            continue
        if correction.kind in pairs and value is not None:
            if target[0] in wanted or value[0] in wanted:
                first, second = sorted((target, value))
                pairs[correction.kind].add((record(first), record(second)))
        elif target[0] not in wanted:
            continue
        elif correction.kind in verdicts:
            verdicts[correction.kind].add(record(target))
        elif correction.kind == "speaker" and value is not None:
            speakers[record(target)] = record(value)
            voices[record(value)] = Voice(derived_id("p", *value), correction.words or "")
        elif correction.kind == "rename" and correction.words is not None:
            names[record(target)] = correction.words
        elif correction.kind == "series":
            moved[record(target)] = record(value) if value is not None else None
    return Rulings(
        rejected=frozenset(verdicts["reject"]),
        confirmed=frozenset(verdicts["confirm"]),
        speakers=speakers,
        same=frozenset(pairs["merge"]),
        apart=frozenset(pairs["split"]),
        moved=moved,
        names=names,
        voices=voices,
    )


def verdicts(log: Sequence[Placed], within: Iterable[str]) -> dict[Place, Verdict]:
    """What is ruled about each record of the documents whose hashes are `within`."""
    wanted = frozenset(within)
    state = standings(log)
    found: dict[Place, Verdict] = {}
    for correction in log:
        target = correction.target
        if state[correction.id].state != "in force" or isinstance(target, Lost) or target[0] not in wanted:
            continue
        if correction.kind not in ("reject", "confirm", "speaker"):
            continue
        verdict = found.setdefault(target, Verdict())
        verdict.number = correction.number
        if correction.kind == "reject":
            verdict.rejected = True
        elif correction.kind == "confirm":
            verdict.confirmed = True
        elif isinstance(correction.value, tuple):
            verdict.speaker = correction.value
    return found


@dataclass(slots=True)
class _Group:
    """Entities that merges in force hold together, and the ids of those merges."""

    members: set[Place]
    by: list[str] = field(default_factory=list)


class _Settled:
    """What later corrections have settled, while the log is read from its end."""

    def __init__(self) -> None:
        self._slots: dict[tuple[str, Place], str] = {}
        self._moved: dict[Place, tuple[Place | None, str]] = {}
        self._groups: dict[Place, _Group] = {}
        self._apart: list[tuple[Place, Place, str]] = []

    def take(self, correction: Placed) -> Standing:
        """The standing of `correction` beside the later ones already taken, which it joins if it is in force."""
        target, value = correction.target, correction.value
        if isinstance(target, Lost):
            return Standing("orphan", target.why)
        if correction.kind in ("merge", "split"):
            if isinstance(value, Lost):
                return Standing("orphan", value.why)
            assert value is not None  # the room writes no merge without its other entity
            return (
                self._merge(correction, target, value)
                if correction.kind == "merge"
                else self._split(correction, target, value)
            )
        # Rejecting and confirming are two answers to one question.
        slot = ("read" if correction.kind in ("reject", "confirm") else correction.kind, target)
        if slot in self._slots:
            return _overruled(self._slots[slot])
        # Taken also by what does not hold after all: it decided against whatever came before it.
        self._slots[slot] = correction.id
        if correction.kind == "series" and not isinstance(value, Lost):
            around = self._leads_to(value, target)
            if around is not None:
                return _overruled(around)
            self._moved[target] = (value, correction.id)
        return Standing("orphan", value.why) if isinstance(value, Lost) else Standing("in force")

    def _leads_to(self, start: Place | None, target: Place) -> str | None:
        """The move by which the figure `start` already goes where `target` is, so that `target` cannot follow it."""
        at, by = start, None
        while at is not None and at in self._moved:
            at, by = self._moved[at]
            if at == target:
                return by
        return None

    def _group(self, place: Place) -> _Group:
        return self._groups.setdefault(place, _Group({place}))

    def _merge(self, correction: Placed, a: Place, b: Place) -> Standing:
        one, other = self._group(a), self._group(b)
        for x, y, split in self._apart:
            if (x in one.members and y in other.members) or (y in one.members and x in other.members):
                return _overruled(split)
        both = one if one is other else _Group(one.members | other.members, one.by + other.by)
        both.by.append(correction.id)
        for place in both.members:
            self._groups[place] = both
        return Standing("in force")

    def _split(self, correction: Placed, a: Place, b: Place) -> Standing:
        if self._group(a) is self._group(b):
            return _overruled(*self._group(a).by)
        self._apart.append((a, b, correction.id))
        return Standing("in force")


def _overruled(*by: str) -> Standing:
    return Standing("overruled", f"by {', '.join(by)}, which came later")
