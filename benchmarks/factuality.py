"""How firmly events are put: statuses and negation against sentences of our own with gold.

    python benchmarks/factuality.py [FILE] [--misses]

FILE (by default `factuality.jsonl` beside this) is JSON Lines, one sentence a line: `kind` of construction, `text`,
`events` (each with the `trigger`'s offsets, the `word`, and the list of `status`es that a reader of English would grant,
the first the likeliest) and, for reports, `cue` (offsets, and whether the reporting is `negated`). The sentences and
their golds were written in one go, in the manner of news and before the reader was run on them (CC0). Lines with an even
index are the half that rules may be tuned on, lines with an odd index are only measured.

Printed for each half: the share of gold events that were found with a granted status, by kind of construction; negation
as precision and recall of `denied`; and the share of cues whose statement is negated as the gold says.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from benchmarks.scoring import encoder, records_in

from onrecord.reader import read
from onrecord.reading import Reading
from onrecord.records import Document, Span, Status

GOLD = Path(__file__).with_name("factuality.jsonl")
HALVES = ("tune", "check")


def status_at(reading: Reading, start: int, end: int) -> Status | None:
    """The status of the event whose trigger overlaps the characters; None where none does."""
    return next((e.status for e in reading.events if e.span.overlaps(Span(start, end))), None)


def negated_at(reading: Reading, start: int, end: int) -> bool | None:
    """Whether the statement whose cue overlaps the characters is negated; None where none does."""
    found = (s.negated for s in reading.statements if any(c.overlaps(Span(start, end)) for c in s.cue))
    return next(found, None)


class Tally:
    """Hits and chances: of statuses by kind, of negation, of statements."""

    def __init__(self) -> None:
        self.kinds: dict[str, list[bool]] = {}
        self.negation: list[tuple[bool, bool]] = []  # (gold, read)
        self.cues: list[bool] = []

    def add(self, record: dict[str, Any], reading: Reading) -> list[str]:
        """Count one sentence; gives a line for each of its misses."""
        misses = []
        for event in record["events"]:
            status = status_at(reading, *event["trigger"])
            right = status in event["status"]
            self.kinds.setdefault(record["kind"], []).append(right)
            if "denied" not in event["status"][1:]:  # else either answer is granted
                self.negation.append((event["status"][0] == "denied", status == "denied"))
            if not right:
                misses.append(f"{event['word']}: {status or 'no event'}, not {' or '.join(event['status'])}")
        if cue := record.get("cue"):
            negated = negated_at(reading, *cue["span"])
            self.cues.append(negated == cue["negated"])
            if not self.cues[-1]:
                misses.append(f"the statement's negation: {negated}, not {cue['negated']}")
        return misses

    def rows(self) -> dict[str, tuple[int, int]]:
        """Row → (hits, chances)."""
        every = [hit for hits in self.kinds.values() for hit in hits]
        both = sum(gold and got for gold, got in self.negation)
        return {
            "status": (sum(every), len(every)),
            **{f"  {kind}": (sum(hits), len(hits)) for kind, hits in self.kinds.items()},
            "negation, precision": (both, sum(got for _, got in self.negation)),
            "negation, recall": (both, sum(gold for gold, _ in self.negation)),
            "statement negated": (sum(self.cues), len(self.cues)),
        }


def paired(records: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Reading]]:
    """Each record with the reading of its sentence."""
    for record in records:
        text = record["text"]
        yield record, read(Document(hashlib.sha256(text.encode()).hexdigest(), text, lang="en"), encoder())


def score(pairs: Iterable[tuple[dict[str, Any], Reading]]) -> dict[str, tuple[Tally, list[str]]]:
    """Half → its tally and its misses, each with the sentence."""
    found: dict[str, tuple[Tally, list[str]]] = {half: (Tally(), []) for half in HALVES}
    for index, (record, reading) in enumerate(pairs):
        tally, misses = found[HALVES[index % 2]]
        misses.extend(f"{record['kind']}: {record['text']}\n    {miss}" for miss in tally.add(record, reading))
    return found


def show(found: dict[str, tuple[Tally, list[str]]], *, misses: bool) -> None:
    """Print both halves; of misses only those of the tuning half, so that the other stays unseen."""
    if misses:
        print("\n".join(found["tune"][1]))
    for half, (tally, _) in found.items():
        print(half)
        for row, (hits, chances) in tally.rows().items():
            print(f"  {row:24} {hits:4} of {chances:4}  {hits / max(1, chances):.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?", default=GOLD)
    parser.add_argument("--misses", action="store_true", help="print what was read wrongly in the tuning half")
    options = parser.parse_args()
    if not options.file.is_file():
        print(f"{options.file}: no such file", file=sys.stderr)
        return 2
    show(score(paired(records_in(options.file))), misses=options.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
