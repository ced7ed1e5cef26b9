"""Political events against PLOVER's gold standard records: classes, actors and targets.

    python benchmarks/plover.py FILE [--misses]

FILE is JSON Lines (or the same gzipped) of `text`, `event` (the class), `trigger` (words), `source` and `target` (lists
of actors). An event of the reading is compared if its trigger is one of the gold trigger's words, else every event of
the sentence is. Printed are the shares of records with

    class       an event of the gold class (at a trigger word; anywhere)
    actor       a gold actor whose head word is in a name of an entity that such an event gives as its actor
    target      the same for targets
    first       the same for the first entity that an event of the gold class gives (failing that, any such event)
    either way  a gold actor or target found in either role, of all events of the sentence

The file is openly licensed (CC BY-SA 4.0, the PLOVER project) and is not part of the package.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from benchmarks.scoring import encoder, records_in

from onrecord.reader import read
from onrecord.reading import Reading
from onrecord.records import Document, Event

_WORD = re.compile(r"[^\W_]+(?:[-.'][^\W_]+)*")
_INNER = re.compile(r"\b(?:in|of|from|based|at|on|near|for|\.\.)\b.*", re.DOTALL)
_ROWS = (
    "class at a trigger word", "class anywhere", "actor", "target", "first actor", "first target", "actor, either way",
    "target, either way",
)  # fmt: skip


def head_word(actor: str) -> str:
    """The word an actor's phrase hangs by: the last before its first preposition, in lower case."""
    words = _WORD.findall(_INNER.sub("", actor)) or _WORD.findall(actor)
    return str(words[-1]).lower()


def names_of(reading: Reading, ids: Iterable[str]) -> set[str]:
    """All words of all names and mentions of some entities, in lower case."""
    wanted = set(ids)
    forms = [n for e in reading.entities if e.id in wanted for n in (e.name, *e.aliases)]
    forms += [m.span.of(reading.document.text) for m in reading.mentions if m.entity in wanted]
    return {w.lower().removesuffix("'s") for form in forms for w in _WORD.findall(form)}


def found(reading: Reading, golds: list[str], ids: Iterable[str]) -> bool:
    """Whether the head word of any gold actor is among the words of the entities."""
    words = names_of(reading, ids)
    return any(head_word(g).removesuffix("'s") in words for g in golds)


def score(record: dict[str, Any], reading: Reading) -> dict[str, bool]:
    """Row → hit; a record without gold targets has no row for them."""
    text, wanted = reading.document.text, {w.lower() for w in _WORD.findall(record["trigger"])}
    near: list[Event] = [e for e in reading.events if e.span.of(text).lower() in wanted]
    every = list(reading.events)
    rows = {
        "class at a trigger word": any(e.type == record["event"] for e in near),
        "class anywhere": any(e.type == record["event"] for e in every),
    }
    sides = [i for e in every for i in (*e.actor, *e.target)]
    for role, gold in (("actor", record["source"]), ("target", record["target"])):
        if gold:
            rows[role] = found(reading, gold, [i for e in near or every for i in getattr(e, role)])
            sides_of = [getattr(e, role) for e in sorted(near or every, key=lambda e: e.type != record["event"])]
            rows[f"first {role}"] = found(reading, gold, next((s[:1] for s in sides_of if s), ()))
            rows[f"{role}, either way"] = found(reading, gold, sides)
    return rows


def tallied(records: Iterable[dict[str, Any]], *, misses: bool = False) -> dict[str, list[bool]]:
    """Row → hit or miss of each record that has the row. `misses` prints the records whose class was not found."""
    tally: dict[str, list[bool]] = {row: [] for row in _ROWS}
    for record in records:
        text = record["text"].strip()
        document = Document(id=hashlib.sha256(text.encode()).hexdigest(), text=text, lang="en")
        reading = read(document, encoder())
        rows = score(record, reading)
        for row, hit in rows.items():
            tally[row].append(hit)
        if misses and not rows["class at a trigger word"]:
            got = [f"{e.span.of(text)}={e.type or '-'}/{e.status}" for e in reading.events]
            print(f"{record['event']:12} {record['trigger']!r} read as {', '.join(got)}\n    {text}")
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--misses", action="store_true", help="print each record whose class was not found, and what was"
    )
    options = parser.parse_args()
    if not options.file.is_file():
        print(f"{options.file}: no such file", file=sys.stderr)
        return 2
    tally = tallied(records_in(options.file), misses=options.misses)
    print(f"{options.file.name}: {len(tally['class anywhere'])} records")
    for row, hits in tally.items():
        print(f"{row:26} {sum(hits):4} of {len(hits):4}  {sum(hits) / max(1, len(hits)):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
