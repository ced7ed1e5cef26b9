"""What `Ledger.check` says of drafts that quote articles, some of them altered in exactly one way.

    python benchmarks/check.py [FILE] [--seed N] [--all-errors]

The ledger holds the samples and, where FILE is given (JSON Lines, plain or gzipped, of incidents with their `articles`),
about 60 of its articles: whole incidents with two or more, in seeded order. 100 drafts are written from them by
altering.py: 20 untouched, 30 with a quote altered by a word changed, dropped or negated, 16 with words given to another
speaker, 8 with a figure of the sample story that was since revised, 16 with a wrong figure or date, 10 with a quote that
nobody said.

Prints one JSON object. `flagged` is the share of alterations for which a finding of the right kind overlaps the
sentence altered (and the same by alteration, with the number of each). `untouched` is, for what was not altered, the
share with a finding of any kind but "verbatim" in its sentence: `quote` is the one that has to stay under 0.02. A figure
or date that is true to its article and called "outdated" counts apart, in `superseded`: a later article may say so.
`verbatim` is the share of untouched quotes that are called verbatim. `errors` lists what went wrong, shortened.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from benchmarks.altering import PLAN, Draft, Item, drafts
from benchmarks.scoring import ROOT, records_in
from benchmarks.sources import Story, story_of

from onrecord import Ledger
from onrecord.errors import InputError
from onrecord.intake import document_from_text, documents
from onrecord.records import Document, Span

ARTICLES = 60
_SHOWN = 110


class Found(Protocol):
    """What a finding has to say here: its kind, and where in the draft it is."""

    @property
    def kind(self) -> str: ...
    @property
    def span(self) -> tuple[int, int]: ...


Checker = Callable[[Draft], Sequence[Found]]


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None


def _kinds(found: Iterable[Found], sentence: Span) -> set[str]:
    return {f.kind for f in found if sentence.overlaps(Span(*f.span))}


def _error(draft: Draft, item: Item, kinds: set[str]) -> dict[str, Any]:
    sentence = item.sentence.of(draft.text)
    return {
        "alteration": item.alteration,
        "what": item.what,
        "expected": item.kind,
        "found": sorted(kinds),
        "words": sentence if len(sentence) <= _SHOWN else f"{sentence[: _SHOWN - 1]}…",
        "was": item.was[:_SHOWN] if item.alteration else None,
    }


def scored(written: Sequence[Draft], check: Checker) -> dict[str, Any]:
    """The figures of the module's docstring for drafts and what is found in each."""
    flagged: defaultdict[str, list[bool]] = defaultdict(list)
    false: defaultdict[str, list[bool]] = defaultdict(list)
    superseded, verbatim, errors = 0, list[bool](), list[dict[str, Any]]()
    for draft in written:
        found = check(draft)
        for item in draft.items:
            kinds = _kinds(found, item.sentence)
            if item.alteration:
                right = item.kind in kinds
                flagged[item.alteration].append(right)
            else:
                verbatim += ["verbatim" in kinds] if item.what == "quote" else []
                old = item.what in ("figure", "date") and "outdated" in kinds
                superseded += old
                right = not kinds - {"verbatim"} - ({"outdated"} if old else set())
                false[item.what].append(not right)
            if not right:
                errors.append(_error(draft, item, kinds))
    every = [hit for hits in flagged.values() for hit in hits]
    return {
        "flagged": _share(every),
        "flagged_by_alteration": {k: {"share": _share(v), "of": len(v)} for k, v in sorted(flagged.items())},
        "untouched": {k: {"share": _share(v), "of": len(v)} for k, v in sorted(false.items())},
        "superseded": superseded,
        "verbatim": _share(verbatim),
        "drafts": len(written),
        "errors": errors,
    }


def _dated(row: Mapping[str, Any]) -> bool:
    try:
        date.fromisoformat((row.get("published") or "")[:10])
    except ValueError:
        return False
    return True


def chosen(incidents: Sequence[Mapping[str, Any]], *, seed: int, articles: int = ARTICLES) -> dict[str, list[Document]]:
    """Incident → its articles, of incidents with two or more that have a date, until there are `articles` of them."""
    rows = sorted(incidents, key=lambda row: str(row["incident"]))
    random.Random(seed).shuffle(rows)
    out: dict[str, list[Document]] = {}
    for row in rows:
        if sum(len(found) for found in out.values()) >= articles:
            break
        dated = [a for a in row["articles"] if _dated(a) and a["text"].strip()]
        if len(dated) > 1:
            out[str(row["incident"])] = [
                document_from_text(a["text"], url=a["url"], title=a["title"] or None, published=a["published"][:10])
                for a in dated
            ]
    return out


def samples() -> list[Document]:
    found = []
    for document in documents([ROOT / "samples" / "velna-dam"]):
        if isinstance(document, InputError):
            raise document
        found.append(document)
    return found


def filled(ledger: Ledger, groups: Mapping[str, Sequence[Document]]) -> dict[str, Story]:
    """Adds the documents to the ledger: each group's story from what the ledger then holds of it.

    Raises ValueError where the ledger refuses one.
    """
    stories = {}
    for name, group in groups.items():
        for receipt in ledger.add(group):
            if receipt.outcome == "refused":
                raise ValueError(f"{receipt.name}: {receipt.reason}")
        stories[name] = story_of(ledger.document(document.id) for document in group)
    return stories


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all-errors", action="store_true", help="list every error, not only the first 40")
    options = parser.parse_args()
    if options.file is not None and not options.file.is_file():
        print(f"{options.file}: no such file", file=sys.stderr)
        return 2
    groups = chosen(records_in(options.file), seed=options.seed) if options.file else {}
    with Ledger.open(":memory:") as ledger:
        stories = filled(ledger, {**groups, "samples": samples()})
        written = drafts(stories, seed=options.seed)
        figures = scored(written, lambda draft: ledger.check(draft.text, published=draft.published))
    if not options.all_errors:
        figures["errors"] = figures["errors"][:40]
    print(json.dumps({**figures, "planned": sum(PLAN.values())}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
