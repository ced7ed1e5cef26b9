"""How far two annotators agree: `python -m training.agreement` reads the gold readings that both made and prints F1,
shares and Cohen's kappa.

Neither annotator is the truth, so what was found is an F1, the same from both sides, and labels are compared only where
both found the thing. Statements match by their content (Dice over words, 0.5 or more), figures and moments by
overlapping spans, entities by a shared name; each at most once, the closest pairs first.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Span = Sequence[int]

GOLD = Path(__file__).parent / "gold"
MATCH = 0.5  # of content words shared: two statements are the same one
_WORD = re.compile(r"\w+")


@dataclass
class Layer:
    """What both found of one kind of record, and the labels that each gave it: pairs of (first, second)."""

    first: int = 0
    second: int = 0
    both: int = 0
    equal: dict[str, list[bool]] = field(default_factory=dict)
    labels: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def f1(self) -> float:
        found = self.first + self.second
        return 2 * self.both / found if found else 1.0

    def count(self, first: int, second: int, both: int) -> None:
        self.first += first
        self.second += second
        self.both += both

    def compare(self, name: str, equal: bool) -> None:
        self.equal.setdefault(name, []).append(equal)

    def label(self, name: str, first: str, second: str) -> None:
        self.compare(name, first == second)
        self.labels.setdefault(name, []).append((first, second))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=Path, default=GOLD)
    parser.add_argument("--second", type=Path, default=GOLD / "second")
    args = parser.parse_args()
    articles = list(annotated_twice(args.first, args.second))
    if not articles:
        parser.error(f"no gold reading stands in both {args.first} and {args.second}")
    print(f"articles annotated twice: {len(articles)}")
    for name, layer in agreement(articles).items():
        print("\n".join(report(name, layer)))


def annotated_twice(first: Path, second: Path) -> Iterator[tuple[str, Record, Record]]:
    """Text, first and second gold of each article that has both; the text stands beside the first."""
    for path in sorted(second.glob("*.gold.json")):
        other = first / path.name
        if other.exists():
            # Bytes, not read_text: newline translation would move the offsets.
            text = other.with_name(path.name.replace(".gold.json", ".txt")).read_bytes().decode("utf-8")
            yield text, json.loads(other.read_text("utf-8")), json.loads(path.read_text("utf-8"))


def agreement(articles: Sequence[tuple[str, Record, Record]]) -> dict[str, Layer]:
    layers = {name: Layer() for name in ("statements", "figures", "moments", "entities")}
    for text, first, second in articles:
        _statements(layers["statements"], text, first, second)
        _figures(layers["figures"], first, second)
        _moments(layers["moments"], first, second)
        _entities(layers["entities"], first, second)
    return layers


def report(name: str, layer: Layer) -> list[str]:
    """Lines to print: what was found, then one a label."""
    counts = f"{layer.both} in both, {layer.first} in the first, {layer.second} in the second"
    lines = [f"{name:12} {'found':8} F1 {layer.f1:.3f}  ({counts})"]
    for label, equal in layer.equal.items():
        agreed = kappa(layer.labels[label]) if label in layer.labels else None
        line = f"{'':12} {label:8} {sum(equal) / len(equal):.3f}     ({sum(equal)} of {len(equal)})"
        lines.append(line if agreed is None else f"{line}  kappa {agreed:.3f}")
    return lines


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None where it says nothing: no pairs, or both gave one and the same label throughout."""
    if not pairs:
        return None
    total = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / total**2
    seen = sum(a == b for a, b in pairs) / total
    return (seen - chance) / (1 - chance) if chance < 1 else None


def pair(first: Sequence[Any], second: Sequence[Any], likeness: Callable[[Any, Any], float]) -> list[tuple[Any, Any]]:
    """Pairs with a likeness above 0, each record in one at most: the likest first, then in the order of the text."""
    scored = [(-likeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)]
    taken: tuple[set[int], set[int]] = (set(), set())
    out = []
    for score, i, j in sorted(scored):
        if score < 0 and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            out.append((i, j))
    return [(first[i], second[j]) for i, j in sorted(out)]


def _statements(layer: Layer, text: str, first: Record, second: Record) -> None:
    def likeness(a: Record, b: Record) -> float:
        dice = _dice(_words(text, a["content"]), _words(text, b["content"]))
        return dice if dice >= MATCH else 0.0

    pairs = pair(first["statements"], second["statements"], likeness)
    layer.count(len(first["statements"]), len(second["statements"]), len(pairs))
    for a, b in pairs:
        layer.compare("speaker", _same(first, a["speaker"], second, b["speaker"]))
        layer.label("act", a["act"], b["act"])
        layer.label("manner", a["manner"], b["manner"])
        layer.compare("said_on", a.get("said_on") == b.get("said_on"))


def _figures(layer: Layer, first: Record, second: Record) -> None:
    pairs = pair(first["figures"], second["figures"], _overlap)
    layer.count(len(first["figures"]), len(second["figures"]), len(pairs))
    for a, b in pairs:
        layer.compare("value", all(a.get(end) == b.get(end) for end in ("low", "high")))
        layer.label("status", a["status"], b["status"])


def _moments(layer: Layer, first: Record, second: Record) -> None:
    pairs = pair(first["moments"], second["moments"], _overlap)
    layer.count(len(first["moments"]), len(second["moments"]), len(pairs))
    for a, b in pairs:
        layer.compare("value", a["value"] == b["value"])


def _entities(layer: Layer, first: Record, second: Record) -> None:
    """Named entities: found is a shared name; joined is that both gave the entity the same names, none more or less."""
    named = [[names for e in gold["entities"].values() if (names := _lower(e["names"]))] for gold in (first, second)]
    pairs = pair(named[0], named[1], _dice)
    layer.count(len(named[0]), len(named[1]), len(pairs))
    for a, b in pairs:
        layer.compare("joined", a == b)


def _same(first: Record, a: str | None, second: Record, b: str | None) -> bool:
    """One speaker under two keys: the names overlap; the nominal forms too where one of them has no name."""
    if a is None or b is None:
        return a is b
    left, right = first["entities"].get(a, {}), second["entities"].get(b, {})
    nominals = not (left.get("names") and right.get("names"))
    return bool(_forms(a, left, nominals) & _forms(b, right, nominals))


def _forms(key: str, entity: Record, nominals: bool) -> set[str]:
    return _lower([key, *entity.get("names", []), *(entity.get("nominals", []) if nominals else [])])


def _lower(names: Sequence[str]) -> set[str]:
    return {n.lower() for n in names}


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    """The starts of the words within spans."""
    return {start + m.start() for start, end in spans for m in _WORD.finditer(text[start:end])}


def _dice(a: set[Any], b: set[Any]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _overlap(a: Record, b: Record) -> float:
    """Characters that both spans hold."""
    return _dice(set(range(*a["span"])), set(range(*b["span"])))


if __name__ == "__main__":
    main()
