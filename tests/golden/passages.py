"""What the ledger makes of short texts, each written for a rule:  python -m tests.golden.passages

tests/golden/passages.txt holds the texts, passages.jsonl.gz what the reader read of them, so that tests need no weights and
hold the rules of the ledger alone, and passages.json.gz what follows: counts, tolls, propositions, claims. Whoever changes
a rule on purpose writes passages.json.gz anew, and tells by `--show` what changed; `--read` has the texts read by the
reader of today. Texts that are new are read in any case.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.golden.plain import differences, plain

from onrecord.ledger.claims.assemble import assemble
from onrecord.ledger.claims.facts import facts_of
from onrecord.ledger.claims.model import Facts
from onrecord.ledger.claims.oppositions import oppositions
from onrecord.ledger.claims.readable import Names, form
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Member, Scene
from onrecord.ledger.series.count import Count, to_json
from onrecord.ledger.series.counts import counts
from onrecord.ledger.series.disputes import disputes
from onrecord.ledger.series.grouping import series
from onrecord.ledger.series.tolls import toll
from onrecord.reading import Reading
from onrecord.records import Block, BlockKind, Document, Span

_FOLDER = Path(__file__).parent
TEXTS, READINGS, TOLD = (_FOLDER / f"passages.{kind}" for kind in ("txt", "jsonl.gz", "json.gz"))
PUBLISHED = "2025-03-14"
_KINDS: dict[str, BlockKind] = {"= ": "heading", "> ": "quote", "~ ": "boilerplate"}


def texts() -> dict[str, list[str]]:
    """The texts under each heading."""
    found: dict[str, list[str]] = {}
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            next(reversed(found.values())).append(line)
    return found


def document(line: str) -> Document:
    blocks: list[Block] = []
    text = ""
    for paragraph in line.split(" / "):
        kind = _KINDS.get(paragraph[:2], "paragraph")
        words = paragraph if kind == "paragraph" else paragraph[2:]
        start = len(text)
        text += f"{words}\n"
        blocks.append(Block(Span(start, start + len(words)), kind))
    return Document(
        id=hashlib.sha256(line.encode()).hexdigest(),
        text=text,
        title=blocks[0].span.of(text) if blocks[0].kind == "heading" else None,
        publisher="The Invented Courier",
        published=PUBLISHED,
        lang="en",
        blocks=tuple(blocks),
    )


def readings() -> dict[str, Reading]:
    """What was read of each text."""
    found = {}
    with gzip.open(READINGS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found[row["line"]] = Reading.from_json(json.dumps(row["reading"]))
    return found


def answers(reading: Reading) -> dict[str, Any]:
    """What follows from a text by itself."""
    facts, counted = facts_of(reading), counts(reading)
    made = _scene(reading)
    found = series(made, {1: counted})
    claims = assemble(made, {1: facts}, found)
    names = Names(made, {1: facts})
    text = reading.document.text
    return {
        "counts": [_count(count, text) for count in counted],
        "series": [[asdict(s.key), s.trend, s.best and [s.best.low, s.best.high, s.best.disputed]] for s in found],
        "toll": {event: toll(found, event) for event in ("killed", "injured")},
        "disputes": [c.comparable for c in disputes(found)],
        "propositions": list(_propositions(facts, text)),
        "speakers": facts.speakers,
        "credit": facts.credit,
        "claims": [
            {
                "says": claim.clearest.item.proposition.words(text),
                "standing": claim.standing,
                "negative": claim.negative,
                "independent": claim.independent,
                "form": asdict(form(claim, names, text)),
                "members": [[m.role, names.of(m), m.plain, m.points, m.withdraws] for m in claim.members],
            }
            for claim in claims
        ],
        "conflicts": [[c.rule, c.a.who, c.b.who] for c in oppositions(claims, names)],
    }


def _scene(reading: Reading) -> Scene:
    """The text as a story of its own, in which everybody is who the reader took them for."""
    d = reading.document
    people = {(1, e.id): derived_id("p", d.id, e.id) for e in reading.entities}
    names = {who: e.name for (_, key), who in people.items() for e in reading.entities if e.id == key}
    member = Member(1, d.id, d.title, d.publisher, d.published, d.published, d.id)
    return Scene(1, (member,), people=people, names=names)


def _count(count: Count, text: str) -> dict[str, Any]:
    row = to_json(count)
    return row | {"spans": [span.of(text) for span in count.spans], "context": count.context.of(text)}


def _propositions(facts: Facts, text: str) -> Iterator[dict[str, Any]]:
    called = {key: entry.name for key, entry in facts.entities.items()}
    for p in facts.propositions:
        flags = ("negated", "negative", "rebuts", "withdraws", "admits", "again")
        yield {
            "words": p.words(text),
            "record": p.record,
            "how": [p.voice, p.act, p.stance, p.mode, *(flag for flag in flags if getattr(p, flag))],
            "who": [called.get(p.speaker) if p.speaker else None, p.source, *p.reporters],
            "refers": p.refers,
            "said_on": p.said_on,
            "confidence": round(p.confidence, 3),
            "main": p.main,
            "terms": [f"{t.concept}:{t.weight}:{t.span.of(text)}" for t in p.terms],
            "named": [[called[n.entity], n.by_name, n.known, n.span.of(text)] for n in p.named],
            "happenings": [
                [
                    h.concept,
                    h.lemma,
                    h.status,
                    h.start,
                    h.end,
                    *([called[e] for e in h.actor], [called[e] for e in h.target]),
                ]
                for h in p.happenings
            ],
            "quantities": [[q.low, q.high, q.about, q.noun, q.unit, q.event, q.change, q.tally] for q in p.quantities],
        }


def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(TOLD.read_bytes()))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.golden.passages", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--read", action="store_true", help="have all texts read by today's reader")
    parser.add_argument("--show", action="store_true", help="only say what would change")
    asked = parser.parse_args()
    known = readings() if READINGS.exists() and not asked.read else {}
    wanted = [line for lines in texts().values() for line in lines]
    unread = [line for line in wanted if line not in known]
    if unread:
        from onrecord.reader import load_encoder, read

        encoder = load_encoder(threads=1)
        known |= {line: read(document(line), encoder) for line in unread}
    found = {line: plain(answers(known[line])) for line in wanted}
    was = told() if TOLD.exists() else {}
    for line, answer in found.items():
        changed = list(differences(was[line], answer, "")) if line in was else ["new"]
        print("\n".join([line, *changed]) if changed else "", end="\n" if changed else "")
    if not asked.show:
        rows = (json.dumps({"line": line, "reading": json.loads(known[line].to_json())}) for line in wanted)
        READINGS.write_bytes(gzip.compress("".join(f"{row}\n" for row in rows).encode("utf-8"), mtime=0))
        TOLD.write_bytes(gzip.compress(json.dumps(found, ensure_ascii=False).encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main()
