"""Copies that the ledger finds, against copies made by rules from real articles, and articles that are none.

    python benchmarks/copies.py FILE [--seed N] [--scale SHARE]

FILE is JSON Lines (or the same gzipped) of incidents with `place`, `state` and their `articles` (`url`, `title`,
`published`, `text`). One article of each of 250 incidents is copied once: 60 reprints, 30 excerpts, 30 articles that
quote it in full, 50 updates, 80 rewrites (20 each of 10, 20, 30 and 40 % of the words; see copying.py, rewriting.py).
What is no copy: a second article of the same incident, articles of two incidents in one city, 40 pairs of articles of
two incidents that share 190 words of page furniture. All are read into one ledger, which is asked for its copies.

Some articles of one incident are copies of one wire story. A pair of originals is left out, and counted, where the
8-word shingles that both hold are 15 % or more of the shorter one's. Of 52 pairs of one incident, spread over all shares
and compared by the longest passages that they have in common (page furniture aside), none of the 33 under 0.15 was a copy
(they share quotes, addresses, a phrase of the charge); of the 13 from 0.15 to 0.3 one is a rewrite, one an update, and
the rest share background paragraphs or captions; the 6 above share whole paragraphs, four of them most of their text.

Prints one JSON object: `precision` and `recall` over the labelled pairs (recall by transformation too), `false` by kind
of pair, `kind` (the share of found pairs whose kind is right, and what was given instead), `origin` (the share of
found pairs whose original is not a member of its own copy), `all_pairs` (precision and pairs over every two documents
in one group, not only the labelled ones), and counts.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from benchmarks.copying import Article, copied, furnished, paragraphs
from benchmarks.rewriting import Unfit, words_of
from benchmarks.scoring import records_in

from onrecord import Ledger
from onrecord.intake import document_from_text
from onrecord.records import Document

PLAN = {
    "reprint": 60,
    "excerpt: part": 30,
    "excerpt: quoted in full": 30,
    "update": 50,
    **{f"rewrite: {percent} %": 20 for percent in (10, 20, 30, 40)},
}
SAME_INCIDENT, SAME_CITY, SAME_FURNITURE = 100, 100, 40
SHINGLE, SHARED = 8, 0.15


class CopyRow(Protocol):
    """What `Ledger.copies` answers with: one row for each document that is in a group."""

    @property
    def group(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents (by key) and what is known of them: `kind` is None where they are no copies."""

    first: str
    second: str
    kind: str | None
    made: str


@dataclass
class Built:
    """Documents by key; the texts that each holds the words of; the labelled pairs; how many pairs were left out."""

    documents: dict[str, Document] = field(default_factory=dict)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    shared: set[tuple[str, str]] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)

    def put(self, key: str, article: Article, *sources: str) -> None:
        self.documents[key] = document_from_text(
            article.text, url=article.url, title=article.title, publisher=article.publisher, published=article.published
        )
        self.sources[key] = sources

    def unsure(self, first: str, second: str) -> bool:
        """Whether the two hold words of originals that share so much that they may be copies themselves."""
        return any(
            (min(a, b), max(a, b)) in self.shared for a in self.sources[first] for b in self.sources[second] if a != b
        )

    def copies(self, first: str, second: str) -> bool:
        return not set(self.sources[first]).isdisjoint(self.sources[second])


def _host(url: str) -> str:
    """The outlet's host of an address, also of an archived one."""
    inner = url[url.rindex("http") :] if "http" in url else url
    return (urlsplit(inner).hostname or inner).removeprefix("www.")


def _articles(incident: dict[str, Any]) -> list[Article]:
    """The articles that have a date, 120 to 1,500 words and five paragraphs."""
    found = []
    for row in incident["articles"]:
        text, published = row["text"], (row.get("published") or "")[:10]
        try:
            date.fromisoformat(published)
        except ValueError:
            continue
        if 120 <= len(words_of(text)) <= 1500 and len(paragraphs(text)) >= 5:
            found.append(Article(row["url"], row["title"] or text[:60], _host(row["url"]), published, text))
    return found


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = words_of(text)
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def containment(first: frozenset[Any], second: frozenset[Any]) -> float:
    return len(first & second) / max(1, min(len(first), len(second)))


def _sharing(texts: dict[str, str]) -> set[tuple[str, str]]:
    """The pairs of texts, in order of key, that share SHARED or more of the shorter one's shingles."""
    sets = {key: shingles(text) for key, text in sorted(texts.items())}
    holders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, found in sets.items():
        for shingle in found:
            holders[shingle].append(key)
    near = {pair for keys in holders.values() for pair in combinations(keys, 2)}
    return {(a, b) for a, b in near if containment(sets[a], sets[b]) >= SHARED}


def built(incidents: Sequence[dict[str, Any]], *, seed: int, scale: float = 1.0) -> Built:
    """Documents and labelled pairs from the incidents; `scale` takes that share of each number. Deterministic."""
    rng = random.Random(seed)
    rows = sorted((r for r in incidents if _articles(r)), key=lambda r: str(r["incident"]))
    rng.shuffle(rows)
    plan = [made for made, count in PLAN.items() for _ in range(round(count * scale))]
    rng.shuffle(plan)
    hosts = [rows.pop() for _ in range(min(len(rows) // 4, plan.count("excerpt: quoted in full")))]
    out, texts, bases = Built(), dict[str, str](), list[tuple[str, dict[str, Any]]]()
    left: list[dict[str, Any]] = []
    for row in rows:
        base, name = _articles(row)[0], f"{row['incident']}"
        for made in dict.fromkeys(plan):
            # Each original is copied once, by the first transformation still wanted that it is made for.
            host = _articles(hosts[-1])[0] if hosts else None
            try:
                copy = copied(base, made, seed=rng.randrange(10**9), place=row["place"], host=host)
            except (Unfit, ValueError):
                continue
            plan.remove(made)
            quoting = (f"h{hosts.pop()['incident']}",) if made == "excerpt: quoted in full" and host else ()
            texts.update({q: host.text for q in quoting if host})
            texts[name] = base.text
            out.put(name, base, name)
            out.put(f"{name} copy", copy.article, name, *quoting)
            out.pairs.append(Pair(name, f"{name} copy", copy.kind, made))
            bases.append((name, row))
            break
        else:
            left.append(row)
    _add_negatives(out, texts, bases, left, rng=rng, scale=scale)
    out.shared = _sharing(texts)
    for pair in [p for p in out.pairs if p.kind is None and out.unsure(p.first, p.second)]:
        out.pairs.remove(pair)
        out.left_out[pair.made] += 1
    return out


def _add_negatives(
    out: Built,
    texts: dict[str, str],
    bases: Sequence[tuple[str, dict[str, Any]]],
    left: Sequence[dict[str, Any]],
    *,
    rng: random.Random,
    scale: float,
) -> None:
    """The pairs that are no copies, with the documents that they need."""
    several = [(name, row) for name, row in bases if len(_articles(row)) > 1]
    for name, row in several[: round(SAME_INCIDENT * scale)]:
        second = rng.choice(_articles(row)[1:])
        if second.text != texts[name]:
            texts[f"{name} second"] = second.text
            out.put(f"{name} second", second, f"{name} second")
            out.pairs.append(Pair(name, f"{name} second", None, "same incident"))
    cities: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, row in bases:
        cities[row["place"], row["state"]].append(name)
    near = [pair for _, names in sorted(cities.items()) for pair in combinations(names, 2)]
    for a, b in rng.sample(near, min(len(near), round(SAME_CITY * scale))):
        out.pairs.append(Pair(a, b, None, "same city"))
    free = list(left)
    for number in range(min(len(free) // 2, round(SAME_FURNITURE * scale))):
        order, keys = rng.randrange(10**9), []
        for row in (free[2 * number], free[2 * number + 1]):
            article, name = _articles(row)[0], f"{row['incident']} furnished"
            texts[name] = article.text
            out.put(name, replace(article, text=furnished(article.text, random.Random(order))), name)
            keys.append(name)
        out.pairs.append(Pair(keys[0], keys[1], None, "same furniture"))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _kind_of(pair: Pair, kinds: dict[str, str]) -> str:
    """The kind of a found pair: the copy's, or the original's where the ledger takes the copy for the origin."""
    return kinds[pair.second] if kinds[pair.second] != "origin" else kinds[pair.first]


def scored(made: Built, rows: Iterable[CopyRow]) -> dict[str, Any]:
    """The figures of the module's docstring from the rows of `Ledger.copies`."""
    keys = {document.id: key for key, document in made.documents.items()}
    found = [(row.group, keys[row.document], row.kind) for row in rows]
    groups = {key: group for group, key, _ in found}
    kinds = {key: kind for _, key, kind in found}

    def together(pair: Pair) -> bool:
        return pair.first in groups and groups[pair.first] == groups.get(pair.second)

    true, false = [p for p in made.pairs if p.kind], [p for p in made.pairs if not p.kind]
    hits, wrong = [p for p in true if together(p)], [p for p in false if together(p)]
    right = [p for p in hits if _kind_of(p, kinds) == p.kind]
    by_made = {m: [together(p) for p in true if p.made == m] for m in sorted({p.made for p in true})}
    members = defaultdict(list)
    for key, group in sorted(groups.items()):
        members[group].append(key)
    every = [made.copies(a, b) for m in members.values() for a, b in combinations(m, 2) if not _ignored(made, a, b)]
    return {
        "precision": _share(len(hits), len(hits) + len(wrong)),
        "recall": _share(len(hits), len(true)),
        "recall_by_kind": {m: _share(sum(hit), len(hit)) for m, hit in by_made.items()},
        "false": dict(sorted(Counter(p.made for p in wrong).items())),
        "kind": {
            "accuracy": _share(len(right), len(hits)),
            "confused": {
                f"{p_made} → {kind}": n
                for (p_made, kind), n in sorted(Counter((p.made, _kind_of(p, kinds)) for p in hits).items())
                if p_made.split(":")[0] != kind
            },
        },
        "origin": _share(sum(kinds[p.second] != "origin" for p in hits), len(hits)),
        "all_pairs": {"precision": _share(sum(every), len(every)), "pairs": len(every)},
        "counts": {
            "documents": len(made.documents),
            "groups": len(members),
            "copies": len(true),
            "not_copies": dict(sorted(Counter(p.made for p in false).items())),
            "left_out": dict(sorted(made.left_out.items())),
        },
    }


def _ignored(made: Built, first: str, second: str) -> bool:
    return not made.copies(first, second) and made.unsure(first, second)


def _added(ledger: Ledger, documents: Iterable[Document]) -> Iterator[str]:
    """The reasons of what the ledger refused."""
    for receipt in ledger.add(documents):
        if receipt.outcome == "refused":
            yield f"{receipt.name}: {receipt.reason}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0, help="take this share of every number of pairs")
    options = parser.parse_args()
    if not options.file.is_file():
        print(f"{options.file}: no such file", file=sys.stderr)
        return 2
    made = built(records_in(options.file), seed=options.seed, scale=options.scale)
    with Ledger.open(":memory:") as ledger:
        refused = list(_added(ledger, made.documents.values()))
        figures = scored(made, ledger.copies())
    print(json.dumps({**figures, "refused": refused}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
