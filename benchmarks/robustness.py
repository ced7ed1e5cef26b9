"""What damage to the text costs the reading of statements: found and attributed F1 on whole, then on damaged articles.

    python benchmarks/robustness.py FILE [--only NAME …] [--json]

FILE is JSON Lines (plain or `.gz`) of articles with `text` and `statements`, such as PolNeAR's development part. The
damage, each alone, with the gold spans carried over to the damaged text:

    no quotation marks    all double quotation marks and guillemets deleted, ASCII, doubled single or typographic
    lower case            every letter in lower case
    misspelt              diacritics lost, and 2 % of all letters mistyped: swapped with the next, dropped, doubled, or
                          replaced by another (seeded; at this rate one word in twelve of the development part is hit)

Scored by `$ONRECORD_SHARED/bench/attribution.py` through its adapter (default ../shared).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from benchmarks.scoring import read_and_scored, records_in
from training.damage import mistyped

_MARKS = re.compile("[\"“”„‟«»＂]|''|``")
MISTYPED = 0.02
SEED = 2024
TARGETS = {"no quotation marks": -8.0, "lower case": -6.0, "misspelt": -3.0}  # points of attributed F1

Damage = Callable[[str, random.Random], list[str]]
"""Text → what stands in each character's place ("" where it is gone)."""


def without_marks(text: str, _: random.Random) -> list[str]:
    gone = {i for m in _MARKS.finditer(text) for i in range(*m.span())}
    return ["" if i in gone else c for i, c in enumerate(text)]


def lower_case(text: str, _: random.Random) -> list[str]:
    return [c.lower() for c in text]


def misspelt(text: str, rng: random.Random) -> list[str]:
    plain = ["".join(p for p in unicodedata.normalize("NFD", c) if not unicodedata.combining(p)) for c in text]
    return mistyped(plain, MISTYPED, rng)


DAMAGES: dict[str, Damage] = {
    "no quotation marks": without_marks,
    "lower case": lower_case,
    "misspelt": misspelt,
}


def damaged(article: dict[str, Any], damage: Damage, rng: random.Random) -> dict[str, Any]:
    """The article with its text damaged and its gold spans moved; a span of which nothing is left is dropped."""
    parts = damage(article["text"], rng)
    place = [0]
    for part in parts:
        place.append(place[-1] + len(part))

    def moved(spans: list[list[int]]) -> list[list[int]]:
        return [[place[a], place[b]] for a, b in spans if place[a] < place[b]]

    statements = [
        {**s, **{part: moved(s[part]) for part in ("source", "cue", "content")}} for s in article["statements"]
    ]
    return {**article, "text": "".join(parts), "statements": [s for s in statements if s["content"]]}


def damaged_articles(articles: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    rng = random.Random(SEED)
    return [damaged(a, DAMAGES[name], rng) for a in articles]


def score(articles: list[dict[str, Any]]) -> dict[str, float]:
    """Found and attributed F1 of a set of articles, in points."""
    report = json.loads(read_and_scored(articles, "attribution", "--json"))
    return {k: 100 * report["statement"][k]["f"] for k in ("found", "attributed")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--only", nargs="+", choices=list(DAMAGES), default=list(DAMAGES))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if not args.file.is_file():
        print(f"{args.file}: no such file", file=sys.stderr)
        return 2
    articles = records_in(args.file)
    rows = {"whole": score(articles)} | {name: score(damaged_articles(articles, name)) for name in args.only}
    if args.json:
        print(json.dumps(rows, indent=1))
        return 0
    print(
        f"{args.file.name}: {len(articles)} articles\n{'':20} {'found':>6} {'attributed':>11} {'lost':>6} {'allowed':>8}"
    )
    for name, row in rows.items():
        lost = row["attributed"] - rows["whole"]["attributed"]
        allowed = f"{TARGETS[name]:8.1f}" if name in TARGETS else ""
        print(f"{name:20} {row['found']:6.1f} {row['attributed']:11.1f} {lost:6.1f} {allowed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
