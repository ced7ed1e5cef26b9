"""Real incidents, all their articles in one ledger: are the right ones told together, and are the tolls right?

    python benchmarks/incidents.py ../shared/data/incidents-dev.jsonl.gz

FILE is JSON Lines, gzipped or not, an incident a line: `date`, `place`, `killed`, `injured` as a registry has them, and
`articles`, the local reports of it. Nothing of the registry is shown to the ledger. Printed is one JSON object:

`b3_f1`     B-cubed F1 of the ledger's stories against the incidents, over articles, with `b3_precision`, `b3_recall`
`killed`    the share of incidents of which the ledger's current best value is the registry's; `injured`, `both`
`halves`    `killed`, `injured`, `both` of the incidents whose id has an even digest (MD5), whose errors were read while
            the rules were written, and of the `odd` ones, whose were not
`errors`    how many incidents fail, by kind: `story` (most of its articles are told with others), then by which figure
            is wrong and which way; `none` is a registry's number above 0 of which the ledger has no value

An incident is looked up in the story that holds most of its articles (of equals, the one with the fewest others). Where
nothing is on record, nobody is taken to have been killed or injured. An interval counts by its lower end where it has
one: "at least 19" is right for 19.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import md5
from pathlib import Path
from typing import Any

from onrecord.intake import documents
from onrecord.ledger import Ledger
from onrecord.records import Document

Incident = dict[str, Any]
RATES = ("killed", "injured", "both")


def read(path: Path) -> list[Incident]:
    """The incidents of a file, gzipped or not."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def articles(incidents: list[Incident], folder: Path) -> Iterator[tuple[str, Document]]:
    """Each article as intake gives it, with the incident that it is about. Refused ones are named on standard error."""
    rows = [(incident["incident"], article) for incident in incidents for article in incident["articles"]]
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for _, article in rows), encoding="utf-8")
    for (incident, _), found in zip(rows, documents([str(file)]), strict=True):
        if isinstance(found, Document):
            yield incident, found
        else:
            print(f"refused: {found}", file=sys.stderr)


def fill(ledger: Ledger, found: list[tuple[str, Document]]) -> dict[str, str]:
    """Add the articles; the incident of each, by the document's id."""
    for done, receipt in enumerate(ledger.add(document for _, document in found), start=1):
        if receipt.outcome == "refused":
            print(f"refused: {receipt.name}: {receipt.reason}", file=sys.stderr)
        if done % 200 == 0:
            print(f"{done} of {len(found)} articles", file=sys.stderr)
    return {document.id: incident for incident, document in found}


def b_cubed(stories: dict[str, str], gold: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the items that both know (Bagga and Baldwin, 1998)."""
    items = sorted(set(stories) & set(gold))
    pairs = Counter((stories[item], gold[item]) for item in items)
    told, true = Counter(stories[item] for item in items), Counter(gold[item] for item in items)
    precision = sum(n * n / told[story] for (story, _), n in pairs.items()) / len(items)
    recall = sum(n * n / true[incident] for (_, incident), n in pairs.items()) / len(items)
    return precision, recall, 2 * precision * recall / (precision + recall)


def number(value: tuple[float | None, float | None] | None) -> float | None:
    """The number that an interval stands for: its lower end where it has one."""
    return None if value is None else value[0] if value[0] is not None else value[1]


def half(incident: Incident) -> str:
    """Which half of the incidents it is in, by its id alone."""
    return "odd" if md5(str(incident["incident"]).encode(), usedforsecurity=False).digest()[0] % 2 else "even"


def score(incidents: list[Incident], gold: dict[str, str], ledger: Ledger) -> dict[str, Any]:
    story_of = {member: story.id for story in ledger.stories() for member in story.members}
    sizes = Counter(story_of.values())
    precision, recall, f1 = b_cubed(story_of, gold)
    right: Counter[tuple[str, str]] = Counter()
    all_of: Counter[str] = Counter(half(incident) for incident in incidents)
    errors: Counter[str] = Counter()
    held: dict[str, Counter[str]] = {}
    for document, incident in gold.items():
        held.setdefault(incident, Counter())[story_of[document]] += 1
    for incident in incidents:
        stories = held.get(incident["incident"])
        if not stories:
            errors["no article"] += 1
            continue
        story = max(stories, key=lambda key: (stories[key], -sizes[key], key))
        told = {event: number(ledger.toll(story, event)) for event in ("killed", "injured")}
        good = {event: incident[event] == (value or 0) for event, value in told.items()}
        good["both"] = all(good.values())
        right.update((half(incident), event) for event in good if good[event])
        mixed = sizes[story] > 2 * stories[story]
        for event in (event for event in told if not good[event]):
            value = told[event]
            way = "none" if value is None else "too low" if value < incident[event] else "too high"
            errors[f"{event}, {'story' if mixed else way}"] += 1
    return {
        "incidents": len(incidents),
        "articles": len(gold),
        "stories": len(sizes),
        "b3_f1": round(f1, 4),
        "b3_precision": round(precision, 4),
        "b3_recall": round(recall, 4),
        **{name: round(sum(right[part, name] for part in all_of) / len(incidents), 4) for name in RATES},
        "halves": {
            part: {name: round(right[part, name] / all_of[part], 4) for name in RATES} for part in sorted(all_of)
        },
        "errors": dict(sorted(errors.items())),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--keep", type=Path, help="a ledger file to fill, or to use again if it is there")
    options = parser.parse_args()
    from tempfile import TemporaryDirectory

    incidents = read(options.file)
    with TemporaryDirectory() as folder:
        found = list(articles(incidents, Path(folder)))
    with Ledger.open(options.keep or ":memory:") as ledger:
        print(json.dumps(score(incidents, fill(ledger, found), ledger), ensure_ascii=False))


if __name__ == "__main__":
    main()
