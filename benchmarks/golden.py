"""The demo's ledger against its golden file: copies, claims, series and contradictions as their author knows them.

    python benchmarks/golden.py [--errors]

The forty articles of samples/velna-dam are read into a ledger, and each line of tests/golden/velna-dam.json is looked up
by its words. Printed is one JSON object; shares are of the lines of the golden file:

`copies`     groups whose origin, members and kinds are all right
`claims`     `together`: anchors that are in the claim with most of the anchors; then claims whose standing, number of
             independent holders, holders and deniers are right
`series`     `together`: points that are in the series with most of them; then series whose best value and trend are right
`conflicts`  `found`: those listed that the ledger has; `right`: those the ledger has that are listed
`not`        `apart`: the pairs that the file says are not one thing, or no contradiction, and the ledger agrees
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from onrecord.intake import documents
from onrecord.ledger import Ledger
from onrecord.ledger.conflicts.rows import ConflictRow, SideRow
from onrecord.ledger.names import name_key
from onrecord.records import Document, Span

ROOT = Path(__file__).parents[1]
EVENT = ROOT / "samples" / "velna-dam"
GOLDEN = ROOT / "tests" / "golden" / "velna-dam.json"

Anchor = tuple[str, Span]
"""A document's id and the place of words in it."""


class Demo:
    """The ledger of the demo, and the golden file in its terms."""

    def __init__(self, ledger: Ledger) -> None:
        self.golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
        self.texts: dict[str, Document] = {}
        for path in sorted(EVENT.iterdir()):
            for number, found in enumerate(documents([str(path)]), start=1):
                if isinstance(found, Document):
                    self.texts[f"{path.name}#{number}" if path.suffix == ".jsonl" else path.name] = found
        for receipt in ledger.add(self.texts.values()):
            if receipt.outcome == "refused":
                raise SystemExit(f"{receipt.name}: {receipt.reason}")
        self.claims = ledger.claims()
        self.series = ledger.series()
        self.conflicts = ledger.conflicts()
        self.copies = ledger.copies()
        self.ledger = ledger

    def at(self, anchor: Sequence[str]) -> Anchor:
        file, words = anchor
        start = self.texts[file].text.index(words)
        return self.texts[file].id, Span(start, start + len(words))

    def claims_at(self, anchor: Sequence[str]) -> set[str]:
        document, span = self.at(anchor)
        return {c.id for c in self.claims for m in c.members if m.document == document and _overlap(span, m.spans)}

    def series_at(self, anchor: Sequence[str]) -> set[str]:
        document, span = self.at(anchor)
        return {
            s.id
            for s in self.series
            for p in s.points
            for place in p.places
            if place.document == document and _overlap(span, place.spans)
        }


def _overlap(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _most(found: Iterable[set[str]]) -> tuple[str | None, int]:
    """The id that most of the sets hold, and how many."""
    tally = Counter(item for items in found for item in items)
    best = max(sorted(tally), key=lambda key: tally[key], default=None)
    return best, tally[best] if best is not None else 0


def _same(names: Iterable[str], wanted: Iterable[str]) -> bool:
    """The same people, whichever of a body and its head is named: a name holds the last word of the other."""
    found, listed = [name_key(n) for n in names], [name_key(n) for n in wanted]

    def one(a: str, b: str) -> bool:
        return a.rpartition(" ")[2] in b.split() or b.rpartition(" ")[2] in a.split()

    return all(any(one(f, w) for w in listed) for f in found) and all(any(one(f, w) for f in found) for w in listed)


def score_copies(demo: Demo, errors: list[str]) -> dict[str, float]:
    groups: dict[str, dict[str, str]] = {}
    for row in demo.copies:
        groups.setdefault(row.group, {})[row.document] = row.kind
    right = 0
    for group in demo.golden["copies"]:
        origin = demo.texts[group["origin"]].id
        wanted = {origin: "origin"} | {demo.texts[file].id: kind for file, kind in group["members"].items()}
        found = next((g for g in groups.values() if origin in g), {})
        right += found == wanted
        if found != wanted:
            errors.append(f"copies of {group['origin']}: {sorted(found.values())} for {sorted(wanted.values())}")
    return {"right": right / len(demo.golden["copies"]), "further": float(len(groups) - right)}


def score_claims(demo: Demo, errors: list[str]) -> dict[str, float]:
    rows = {claim.id: claim for claim in demo.claims}
    tally: Counter[str] = Counter()
    anchors = 0
    for line in demo.golden["claims"]:
        key, together = _most(demo.claims_at(anchor) for anchor in line["anchors"])
        tally["together"] += together
        anchors += len(line["anchors"])
        if key is None:
            errors.append(f"claim not found: {line['says']}")
            continue
        row = rows[key]
        checks = {
            "standing": row.standing == line["standing"],
            "independent": row.independent == line["independent"],
            "holders": _same({m.name for m in row.holders}, line["holders"]),
            "deniers": _same({m.name for m in row.deniers}, line["deniers"]),
        }
        tally.update(name for name, good in checks.items() if good)
        wrong = [name for name, good in checks.items() if not good]
        if wrong or together < len(line["anchors"]):
            errors.append(
                f"claim {line['says']!r}: {together} of {len(line['anchors'])} anchors; {row.standing} for "
                f"{line['standing']}, {row.independent} for {line['independent']}; holders "
                f"{sorted({m.name for m in row.holders})} for {line['holders']}; deniers "
                f"{sorted({m.name for m in row.deniers})} for {line['deniers']}"
            )
    total = len(demo.golden["claims"])
    shares = {name: tally[name] / total for name in ("standing", "independent", "holders", "deniers")}
    return {"together": tally["together"] / anchors, **shares}


def score_series(demo: Demo, errors: list[str]) -> dict[str, float]:
    rows = {series.id: series for series in demo.series}
    tally: Counter[str] = Counter()
    points = 0
    for line in demo.golden["series"]:
        anchors = [(point["file"], point["words"]) for point in line["points"]]
        key, together = _most(demo.series_at(anchor) for anchor in anchors)
        tally["together"] += together
        points += len(anchors)
        if key is None:
            errors.append(f"series not found: {line['what']}")
            continue
        row = rows[key]
        wanted = line.get("best")
        value = None if row.best is None else {"low": row.best.low, "high": row.best.high}
        tally["best"] += value == wanted
        tally["trend"] += row.trend == line["trend"]
        if together < len(anchors) or value != wanted or row.trend != line["trend"]:
            errors.append(
                f"series {line['what']!r}: {together} of {len(anchors)} points; {value} for {wanted}; {row.trend} for "
                f"{line['trend']}"
            )
    total = len(demo.golden["series"])
    return {"together": tally["together"] / points, "best": tally["best"] / total, "trend": tally["trend"] / total}


def score_conflicts(demo: Demo, errors: list[str]) -> dict[str, float]:
    listed = demo.golden["conflicts"]
    used: set[str] = set()
    found = 0
    for line in listed:
        sides = demo.at(line["a"]), demo.at(line["b"])
        hits = {row.id for row in demo.conflicts if _between(demo, row, sides)}
        used |= hits
        found += any(row.rule == line["rule"] for row in demo.conflicts if row.id in hits)
        if not hits:
            errors.append(f"conflict not found: {line['rule']}: {line['a']} | {line['b']}")
    for row in demo.conflicts:
        if row.id not in used:
            errors.append(
                f"conflict not listed: {row.rule}: {row.a.words!r} ({row.a.who}) | {row.b.words!r} ({row.b.who})"
            )
    right = len(used) / len(demo.conflicts) if demo.conflicts else 0.0
    return {"found": found / len(listed), "right": right}


def _between(demo: Demo, row: ConflictRow, sides: tuple[Anchor, Anchor]) -> bool:
    return any(_stands_for(demo, row.a, one) and _stands_for(demo, row.b, other) for one, other in (sides, sides[::-1]))


def _stands_for(demo: Demo, side: SideRow, anchor: Anchor) -> bool:
    """Whether a side is the words of the anchor, or other words by which the same holder says the same."""
    document, span = anchor
    if side.document == document and side.span.overlaps(span):
        return True
    for series in (s for s in demo.series if s.id == side.of):
        for point in series.points:
            places = [(place.document, place.spans) for place in point.places]
            if all(any(d == at[0] and _overlap(at[1], spans) for d, spans in places) for at in (anchor, _at(side))):
                return True
    for claim in (c for c in demo.claims if c.id == side.of):
        here = {m.name for m in claim.members if m.document == document and _overlap(span, m.spans)}
        if side.who in here:
            return True
    return False


def _at(side: SideRow) -> Anchor:
    return side.document, side.span


def score_apart(demo: Demo, errors: list[str]) -> dict[str, float]:
    kept: list[bool] = []
    for kind, places in (("claims_together", demo.claims_at), ("series_together", demo.series_at)):
        for a, b in demo.golden["not"][kind]:
            kept.append(not places(a) & places(b))
            if not kept[-1]:
                errors.append(f"{kind} that are not: {a} | {b}")
    for a, b in demo.golden["not"]["conflicts"]:
        kept.append(not any(_between(demo, row, (demo.at(a), demo.at(b))) for row in demo.conflicts))
        if not kept[-1]:
            errors.append(f"conflict that is none: {a} | {b}")
    groups = {row.document: row.group for row in demo.copies}
    for a, b in demo.golden["not"]["copies"]:
        one, other = demo.texts[a].id, demo.texts[b].id
        kept.append(one not in groups or groups[one] != groups.get(other))
        if not kept[-1]:
            errors.append(f"copies that are none: {a} | {b}")
    return {"apart": sum(kept) / len(kept)}


def score(errors: list[str]) -> dict[str, dict[str, float]]:
    """All shares, to four places; what is wrong is added to `errors`."""
    with Ledger.open(":memory:") as ledger:
        demo = Demo(ledger)
        parts = {
            "copies": score_copies(demo, errors),
            "claims": score_claims(demo, errors),
            "series": score_series(demo, errors),
            "conflicts": score_conflicts(demo, errors),
            "not": score_apart(demo, errors),
        }
    return {part: {name: round(value, 4) for name, value in shares.items()} for part, shares in parts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    errors: list[str] = []
    found: dict[str, Any] = dict(score(errors))
    print(json.dumps(found, ensure_ascii=False))
    if options.errors:
        print("\n".join(errors))


if __name__ == "__main__":
    main()
