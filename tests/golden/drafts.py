"""Drafts that are checked against a ledger of the sample articles:  python -m tests.golden.drafts

tests/golden/drafts.txt holds the drafts, drafts.jsonl.gz what the reader read of them. What checking finds in them is
written down with the other answers (tests.golden.told).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.golden.passages import document

from onrecord.reading import Reading
from onrecord.records import Document

_FOLDER = Path(__file__).parent
DRAFTS, READINGS = _FOLDER / "drafts.txt", _FOLDER / "drafts.jsonl.gz"


def texts() -> Iterator[str]:
    for line in DRAFTS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@cache
def drafts() -> tuple[Reading, ...]:
    """What was read of each draft, in the order of the file."""
    with gzip.open(READINGS, "rt", encoding="utf-8") as lines:
        return tuple(Reading.from_json(line) for line in lines)


def _document(line: str) -> Document:
    day, _, words = line.partition(" | ")
    return replace(document(words), published=day if day != "-" else None, publisher=None)


def main() -> None:
    argparse.ArgumentParser(
        prog="python -m tests.golden.drafts", description=(__doc__ or "").splitlines()[0]
    ).parse_args()
    from onrecord.reader import load_encoder, read

    encoder = load_encoder(threads=1)
    rows = [json.dumps(json.loads(read(_document(line), encoder).to_json())) for line in texts()]
    READINGS.write_bytes(gzip.compress("".join(f"{row}\n" for row in rows).encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main()
