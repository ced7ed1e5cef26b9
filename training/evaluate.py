"""Scores of what ships, on the dev parts: `python -m training.evaluate` prints UPOS, UAS, LAS, lemmas, sentences, mentions.

Trees and parts of speech on gold tokens and gold sentence bounds (GUM dev, EWT dev); mentions as typed spans on GUM dev:
all GUM types, the widest word range and the type must both be right.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path

from onrecord.reader.annotated import Annotated
from onrecord.reader.heads.annotate import annotate_words
from onrecord.reader.heads.encoder import Encoder, load_encoder
from onrecord.reader.heads.words import Gap
from onrecord.reader.models import WEIGHTS
from onrecord.records import Document
from training.conllu import TreeDocument, read_conllu

_BETWEEN = {Gap.GLUED: "", Gap.SPACE: " ", Gap.LINE: "\n", Gap.PARAGRAPH: "\n\n"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    data = Path(os.environ.get("ONRECORD_SHARED", "../shared")) / "data"
    encoder = load_encoder(args.weights)
    scores = {name: score(data / f"{name}-dev.conllu.gz", encoder) for name in ("gum", "ewt")}
    if args.json:
        print(json.dumps(scores))
        return
    for name, row in scores.items():
        print(name, "  ".join(f"{k} {v:.4f}" for k, v in row.items()))


def score(path: Path, encoder: Encoder) -> dict[str, float]:
    """Micro-averaged scores over the words of a CoNLL-U file."""
    right = dict.fromkeys(("upos", "tag", "lemma", "uas", "las"), 0)
    words = 0
    starts = [0, 0, 0]
    spans = [0, 0, 0]
    for gold in read_conllu(path):
        read = annotate_words(*_as_document(gold), encoder)
        position, begins = 0, set()
        for sentence in gold.sentences:
            begins.add(position)
            for k in range(len(sentence.words)):
                token = read.tokens[position + k]
                words += 1
                right["upos"] += token.upos == sentence.upos[k]
                right["tag"] += token.tag == sentence.tags[k]
                right["lemma"] += token.lemma == sentence.lemmas[k]
                headed = token.head == position + sentence.heads[k]
                right["uas"] += headed
                right["las"] += headed and token.relation == sentence.relations[k]
            position += len(sentence.words)
        found = {s.start for s in read.sentences}
        for total, value in zip(range(3), (len(begins & found), len(found), len(begins)), strict=True):
            starts[total] += value
        for total, value in zip(range(3), _mentions(gold, read), strict=True):
            spans[total] += value
    out = {k: v / words for k, v in right.items()} | {"sentences": _f1(*starts)}
    return out | {"mentions": _f1(*spans)} if spans[2] else out


def _mentions(gold: TreeDocument, read: Annotated) -> tuple[int, int, int]:
    want = {(m.start, m.end, m.type) for m in gold.mentions}
    have = {(m.start, m.end, m.type) for m in read.mentions}
    return len(want & have), len(have), len(want)


def _f1(hit: int, found: int, gold: int) -> float:
    return 2 * hit / (found + gold) if found + gold else 0.0


def _as_document(gold: TreeDocument) -> tuple[Document, list[tuple[int, int]]]:
    """The text that the words and gaps make, and the words' places in it."""
    text, spans = "", []
    for sentence in gold.sentences:
        for word, gap in zip(sentence.words, sentence.gaps, strict=True):
            text += _BETWEEN[Gap(gap)] if text else ""
            spans.append((len(text), len(text) + len(word)))
            text += word
    return replace(Document("gold", ""), text=text), spans


if __name__ == "__main__":
    main()
