"""Fits the confidence of statements, figures and events, and measures it: `python -m training.calibrate [--model small]`.

Reads the development sets of ONRECORD_SHARED (default ../shared) with the weights that ship, compares every record with
the gold, and fits a logistic model a kind (ridge, Newton's method; nothing random). Writes

    src/onrecord/reader/data/confidence.json   the models that ship, fitted on everything
    benchmarks/calibration.json                how they do on articles left out of the fit (five folds by article): bins of
                                               the reliability plot, expected calibration error, area under the ROC curve

or, for the small reader, confidence-small.json and small_calibration.json there.

Sets: statements on PolNeAR dev (right = found and attributed), figures on NewsQuant dev (value right), events on the
PLOVER dev records (class right, of events with a class at a word of the gold trigger).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.scoring import by, digest, encoder, load_module, records_of, shared
from numpy.typing import NDArray

from onrecord.intake import document_from_text
from onrecord.reader import read
from onrecord.reader.confidence import Seen, observed
from onrecord.reader.models import FULL, SMALL
from onrecord.reading import Reading

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src/onrecord/reader/data"
WRITTEN = {  # reader → its models and their report
    FULL: (DATA / "confidence.json", ROOT / "benchmarks/calibration.json"),
    SMALL: (DATA / "confidence-small.json", ROOT / "benchmarks/small_calibration.json"),
}
FOLDS = 5
RIDGE = 1.0
BINS = 10
RARE = 10  # a feature that fewer records show is left out

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A record's features, the number of the article it stands in, and whether it is right."""

    article: int
    features: dict[str, float]
    right: bool


def readings(articles: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Reading, list[Seen]]]:
    """Each article with its reading and what its confidences were asked for with."""
    for article in articles:
        with observed() as seen:
            reading = read(document_from_text(article["text"], published=article.get("published")), encoder())
        yield article, reading, seen


def features_at(seen: list[Seen], kind: str) -> dict[tuple[int, int], list[dict[str, float]]]:
    """Span → features of the records of a kind there, in the order they were asked for."""
    out: dict[tuple[int, int], list[dict[str, float]]] = {}
    for s in seen:
        if s.kind == kind:
            out.setdefault((s.span.start, s.span.end), []).append(dict(s.features))
    return out


def statements() -> list[Judged]:
    scorer = load_module(shared() / "bench" / "attribution.py")
    out = []
    for n, (article, reading, seen) in enumerate(readings(records_of("polnear-dev.jsonl.gz"))):
        tokens = scorer.tokens(article["text"])
        starts = [start for start, _ in tokens]
        gold, _ = scorer.as_sets(article, tokens, starts)
        asked = [s for s in seen if s.kind == "statement"]
        predicted = [
            {role: scorer.tokset([(p.start, p.end) for p in getattr(s, role)], tokens, starts) for role in scorer.ROLES}
            for s in reading.statements
        ]
        if len(asked) != len(predicted):
            raise ValueError(f"{article['id']}: {len(predicted)} statements, {len(asked)} confidences")
        matched = {j: likeness for _, j, likeness in scorer.match(gold, predicted)}
        out += [Judged(n, dict(s.features), matched.get(j, 0.0) >= 0.5) for j, s in enumerate(asked)]
    return out


def figures() -> list[Judged]:
    adapter = load_module(shared() / "bench" / "adapt.py")
    out = []
    for n, (article, reading, seen) in enumerate(readings(records_of("newsquant-dev.jsonl.gz"))):
        at = features_at(seen, "figure")
        left = Counter(json.dumps(q["value"]) for q in article["quantities"])
        for record in json.loads(reading.to_json())["figures"]:
            read_value = adapter.figures({"figures": [record]}, article)["quantities"]
            if not read_value:
                continue
            key = json.dumps(read_value[0]["value"])
            right = any(same(json.loads(k), json.loads(key)) and left[k] > 0 for k in left)
            if right:
                left[next(k for k in left if left[k] > 0 and same(json.loads(k), json.loads(key)))] -= 1
            out.append(Judged(n, at[tuple(record["span"])].pop(0), right))
    return out


def same(one: float | list[float], other: float | list[float]) -> bool:
    """Two values of a quantity, numbers or ranges, are equal to a millionth."""
    a, b = (v if isinstance(v, list) else [v] for v in (one, other))
    return len(a) == len(b) and all(abs(x - y) <= 1e-6 * max(1.0, abs(x)) for x, y in zip(a, b, strict=True))


def events() -> list[Judged]:
    out = []
    for n, (article, reading, seen) in enumerate(readings(records_of("plover-dev.jsonl.gz"))):
        at = features_at(seen, "event")
        trigger = set(article["trigger"].lower().split())
        for event in reading.events:
            features = at[(event.span.start, event.span.end)].pop(0)
            if event.type is not None and event.span.of(reading.document.text).lower() in trigger:
                out.append(Judged(n, features, event.type == article["event"]))
    return out


def matrix(judged: list[Judged], names: list[str]) -> Floats:
    """[N, 1 + names], the bias first."""
    return np.array([[1.0, *(j.features.get(name, 0.0) for name in names)] for j in judged])


def fit(x: Floats, right: Floats) -> Floats:
    """Ridge logistic regression, the bias unpunished; Newton's method to convergence."""
    weights = np.zeros(x.shape[1])
    punished = RIDGE * np.array([0.0, *np.ones(x.shape[1] - 1)])
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - right) + punished * weights
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(punished + 1e-9), slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-9:
            return weights
    raise ValueError("the fit did not converge")


def left_out(judged: list[Judged], names: list[str]) -> Floats:
    """Each record's confidence by the model fitted on the other folds' articles."""
    x, right = matrix(judged, names), np.array([float(j.right) for j in judged])
    fold = np.array([j.article % FOLDS for j in judged])
    out = np.zeros(len(judged))
    for k in range(FOLDS):
        out[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ fit(x[fold != k], right[fold != k])))
    return out


def report(confidence: Floats, right: Floats) -> dict[str, Any]:
    """Bins of equal width with mean confidence and share right, the expected calibration error over them, and the AUC."""
    where = np.minimum((confidence * BINS).astype(int), BINS - 1)
    bins = [
        {
            "records": int((where == k).sum()),
            "confidence": round(float(confidence[where == k].mean()), 4),
            "right": round(float(right[where == k].mean()), 4),
        }
        for k in range(BINS)
        if (where == k).any()
    ]
    error = sum(b["records"] * abs(b["confidence"] - b["right"]) for b in bins) / len(right)
    rank = np.empty(len(right))
    rank[np.argsort(confidence, kind="stable")] = np.arange(len(right))
    good, bad = float(right.sum()), float((1 - right).sum())
    area = (rank[right == 1].sum() - good * (good - 1) / 2) / (good * bad) if good and bad else float("nan")
    return {
        "records": len(right),
        "right": round(float(right.mean()), 4),
        "ece": round(error, 4),
        "auc": round(float(area), 4),
        "bins": bins,
    }


# Kind → its set's file and how its records are judged.
KINDS = {
    "statement": ("data/polnear-dev.jsonl.gz", statements),
    "figure": ("data/newsquant-dev.jsonl.gz", figures),
    "event": ("data/plover-dev.jsonl.gz", events),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=WRITTEN, default=FULL)
    model = parser.parse_args().model
    by(model)
    if not shared().is_dir():
        sys.exit(f"no data at {shared()}: set ONRECORD_SHARED")
    models, measured = {}, {}
    for kind, (file, judge) in KINDS.items():
        judged = judge()
        shown = Counter(name for j in judged for name, value in j.features.items() if value)
        names = sorted(name for name, n in shown.items() if n >= RARE)
        right = np.array([float(j.right) for j in judged])
        weights = fit(matrix(judged, names), right)
        models[kind] = {name: round(float(w), 5) for name, w in zip(["bias", *names], weights, strict=True)}
        measured[kind] = {"data": file, "sha256": digest([file])} | report(left_out(judged, names), right)
        row = measured[kind]
        print(
            f"{kind:10} {row['records']:5} records, {row['right']:.3f} right, ECE {row['ece']:.4f}, AUC {row['auc']:.3f}"
        )
    fitted, told = WRITTEN[model]
    fitted.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")
    today = datetime.now(UTC).date().isoformat()
    told.write_text(json.dumps({"date": today, "kinds": measured}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
