"""What the decoders read of the sample articles, written down:  python -m tests.golden.frozen

tests/golden/frozen.jsonl.gz holds for each sample article what the heads found (tokens with their tree, mentions,
attributions) and the reading that the decoders made of it, so that tests can hold the decoders to it without the weights
and whatever the weights become. Whoever changes a decoder on purpose writes it anew, and tells by `--show` what changed;
`--heads` takes what the heads find today, too.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from onrecord.intake import documents
from onrecord.reader.annotated import Annotated, Attribution, MentionGuess, Sureness, Token
from onrecord.reader.decoding import decode
from onrecord.reading import Reading
from onrecord.records import Document, Span

FROZEN = Path(__file__).with_name("frozen.jsonl.gz")
SAMPLES = Path(__file__).parents[2] / "samples"
_MODEL = "frozen"
_TOKEN = ("lemma", "upos", "tag", "head", "relation", "sentence")


def frozen() -> Iterator[tuple[Annotated, Reading]]:
    """Each article as the heads saw it, and what was read of it."""
    with gzip.open(FROZEN, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            reading = Reading.from_json(json.dumps(row["reading"]))
            yield thawed(reading.document, row["heads"]), reading


def heads_of(annotated: Annotated) -> dict[str, Any]:
    return {
        "tokens": [[*token.span, *(getattr(token, name) for name in _TOKEN)] for token in annotated.tokens],
        "sentences": [[sentence.start, sentence.stop] for sentence in annotated.sentences],
        "mentions": [asdict(mention) for mention in annotated.mentions],
        "attributions": [asdict(attribution) for attribution in annotated.attributions],
    }


def thawed(document: Document, heads: dict[str, Any]) -> Annotated:
    return Annotated(
        document,
        tuple(
            Token(index, Span(start, end), document.text[start:end], *rest)
            for index, (start, end, *rest) in enumerate(heads["tokens"])
        ),
        tuple(range(*sentence) for sentence in heads["sentences"]),
        tuple(
            MentionGuess(**guess | {"antecedents": tuple(map(tuple, guess["antecedents"]))})
            for guess in heads["mentions"]
        ),
        tuple(
            Attribution(
                found["anchor"],
                *(tuple(map(tuple, found[part])) for part in ("cue", "source", "content")),
                Sureness(**found["sure"]),
            )
            for found in heads["attributions"]
        ),
    )


def records(reading: Reading) -> Iterator[tuple[str, str]]:
    """Every record of a reading on a line of its own, with its words: what a difference is told by."""
    told = json.loads(reading.to_json())
    for field, found in told.items():
        for number, record in enumerate(found if isinstance(found, list) else [found]):
            if field not in ("id", "text", "blocks", "schema", "model"):
                span = record.get("span") if isinstance(record, dict) else None
                words = reading.document.text[slice(*span)] if span else ""
                yield f"{field} {number}", f"{words!r} {json.dumps(record, ensure_ascii=False)}"


def differences(was: Reading, now: Reading) -> list[str]:
    before, after = dict(records(was)), dict(records(now))
    names = dict.fromkeys([*before, *after])
    return [
        f"{name}:\n  was {before.get(name)}\n  now {after.get(name)}"
        for name in names
        if before.get(name) != after.get(name)
    ]


def _of_today() -> Iterator[Annotated]:
    from onrecord.reader import annotate, load_encoder

    encoder = load_encoder(threads=1)
    for document in documents([SAMPLES]):
        if isinstance(document, Document):
            yield annotate(document, encoder)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.golden.frozen", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--heads", action="store_true", help="take what the heads find today")
    parser.add_argument("--show", action="store_true", help="only say what would change")
    asked = parser.parse_args()
    known = {} if asked.heads and not FROZEN.exists() else {was.document.id: was for _, was in frozen()}
    lines = []
    for annotated in list(_of_today()) if asked.heads else [annotated for annotated, _ in frozen()]:
        reading = decode(annotated, _MODEL)
        was = known.get(reading.document.id)
        for difference in differences(was, reading) if was is not None else ():
            print(f"{reading.document.title or reading.document.id[:12]}, {difference}")
        lines.append(json.dumps({"reading": json.loads(reading.to_json()), "heads": heads_of(annotated)}))
    if not asked.show:
        FROZEN.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main()
