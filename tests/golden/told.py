"""What a ledger of the sample articles answers, written down:  python -m tests.golden.told

tests/golden/told.json.gz holds the answers of a ledger that was filled with the readings of tests/golden/frozen.jsonl.gz:
stories, copies, people, claims, series, conflicts, what a draft is checked against. Tests hold the ledger to them. Whoever
changes what follows from readings on purpose writes them anew, and tells by `--show` what changed.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.golden.asked import asked
from tests.golden.drafts import drafts
from tests.golden.frozen import frozen
from tests.golden.plain import differences, plain

from onrecord.ledger import Ledger

TOLD = Path(__file__).with_name("told.json.gz")
_CHECKED = 6  # articles that are checked, each against the ledger that holds them all
_COMPARED = 6  # pairs of copies that are compared word for word

Answers = dict[str, Any]


def filled() -> Ledger:
    """A ledger in memory with all frozen readings; the caller closes it."""
    ledger = Ledger.open(":memory:")
    list(ledger.add([reading for _, reading in frozen()]))
    return ledger


def questions(ledger: Ledger) -> dict[str, Callable[[], Any]]:
    """Every question about what follows from many articles, by its name."""
    return {
        "documents": ledger.documents,
        "statements": ledger.statements,
        "figures": ledger.figures,
        "speakers": ledger.speakers,
        "overview": ledger.overview,
        "stories": ledger.stories,
        "story": lambda: [ledger.story(row.id) for row in ledger.stories()],
        "places": lambda: [list(ledger.places(row.id)) for row in ledger.stories()],
        "toll": lambda: [[ledger.toll(row.id, event) for event in ("killed", "injured")] for row in ledger.stories()],
        "copies": ledger.copies,
        "differences": lambda: list(_differences(ledger)),
        "who": lambda: [list(ledger.who(row.name)) for row in ledger.speakers()],
        "claims": ledger.claims,
        "series": ledger.series,
        "course": lambda: [list(ledger.course(row.id)) for row in ledger.series()],
        "conflicts": ledger.conflicts,
        "timeline": lambda: [list(ledger.timeline(row.id)) for row in ledger.stories()],
        "ties": lambda: [list(ledger.ties(row.id)) for row in ledger.documents()],
        "check": lambda: [list(ledger.check(reading)) for _, reading in list(frozen())[:_CHECKED]],
        "asked": lambda: asked(ledger),
        "drafts": lambda: [[reading.document.text, list(ledger.check(reading))] for reading in drafts()],
        "search": lambda: list(ledger.search("dam")),
        "suggest": lambda: list(ledger.suggest("v")),
    }


def _differences(ledger: Ledger) -> Iterator[list[Any]]:
    first: dict[str, str] = {}
    pairs = []
    for row in ledger.copies():
        if row.group in first:
            pairs.append((first[row.group], row.document))
        first.setdefault(row.group, row.document)
    yield from (list(ledger.differences(*pair)) for pair in pairs[:_COMPARED])


def told(name: str) -> Any:
    found: Answers = json.loads(gzip.decompress(TOLD.read_bytes()))
    return found.get(name)  # None for a question that was not asked yet


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.golden.told", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--show", action="store_true", help="only say what would change")
    asked = parser.parse_args()
    with filled() as ledger:
        found = {name: plain(ask()) for name, ask in questions(ledger).items()}
    if TOLD.exists():
        for name, answer in found.items():
            print("\n".join(differences(told(name), answer, name)) or f"{name}: as it was")
    if not asked.show:
        TOLD.write_bytes(gzip.compress(json.dumps(found, ensure_ascii=False).encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main()
