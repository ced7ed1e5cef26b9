"""What a ledger of short stories answers, each told by several articles:  python -m tests.golden.tales

tests/golden/tales.txt holds the articles, tales.jsonl.gz what the reader read of them, tales.json.gz what is answered.
Whoever changes a rule on purpose writes tales.json.gz anew, and tells by `--show` what changed; `--read` has the articles
read by the reader of today.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.golden.passages import document
from tests.golden.plain import differences, plain

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.records import Document

_FOLDER = Path(__file__).parent
TEXTS, READINGS, TOLD = (_FOLDER / f"tales.{kind}" for kind in ("txt", "jsonl.gz", "json.gz"))


def texts() -> Iterator[str]:
    """The articles of all stories."""
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "[")):
            yield line


def readings() -> list[Reading]:
    with gzip.open(READINGS, "rt", encoding="utf-8") as lines:
        return [Reading.from_json(line) for line in lines]


def filled() -> Ledger:
    """A ledger in memory with all articles; the caller closes it."""
    ledger = Ledger.open(":memory:")
    list(ledger.add(readings()))
    return ledger


def questions(ledger: Ledger) -> dict[str, Callable[[], Any]]:
    """What is asked about all stories, by its name."""
    return {
        "stories": ledger.stories,
        "claims": ledger.claims,
        "series": ledger.series,
        "toll": lambda: [[ledger.toll(row.id, event) for event in ("killed", "injured")] for row in ledger.stories()],
        "course": lambda: [list(ledger.course(row.id)) for row in ledger.series()],
        "conflicts": ledger.conflicts,
        "copies": ledger.copies,
        "speakers": ledger.speakers,
        "who": lambda: [list(ledger.who(row.name)) for row in ledger.speakers()],
        "timeline": lambda: [list(ledger.timeline(row.id)) for row in ledger.stories()],
        "check": lambda: [list(ledger.check(reading)) for reading in readings()[::3]],
    }


def told(name: str) -> Any:
    return json.loads(gzip.decompress(TOLD.read_bytes())).get(name)


def _document(line: str) -> Document:
    head, _, words = line.partition(" | ")
    when, _, publisher = head.partition(" ")
    return replace(document(words), id=sha256(line.encode()).hexdigest(), published=when, publisher=publisher)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.golden.tales", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--read", action="store_true", help="have the articles read by today's reader")
    parser.add_argument("--show", action="store_true", help="only say what would change")
    asked = parser.parse_args()
    if asked.read or not READINGS.exists():
        from onrecord.reader import load_encoder, read

        encoder = load_encoder(threads=1)
        rows = [read(_document(line), encoder).to_json() for line in texts()]
        READINGS.write_bytes(gzip.compress("".join(f"{row}\n" for row in rows).encode("utf-8"), mtime=0))
    with filled() as ledger:
        found = {name: plain(ask()) for name, ask in questions(ledger).items()}
    if TOLD.exists():
        for name, answer in found.items():
            print("\n".join(differences(told(name), answer, name)) or f"{name}: as it was")
    if not asked.show:
        TOLD.write_bytes(gzip.compress(json.dumps(found, ensure_ascii=False).encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main()
