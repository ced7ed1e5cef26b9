"""How likely a record is to be right: for each kind a logistic model over what its decoder knows of it.

The weights stand in `data/confidence.json`, those for what the small reader read in `data/confidence-small.json`: it is
wrong more often where it is as sure. They are fitted on development data by `python -m training.calibrate`, which also
measures, on articles that were left out of the fit, how far a confidence can be taken at its word (the model card shows
it). A kind's record is right if
    statement   its content and its source are those of the gold statement
    figure      its value is that of the gold quantity
    event       its class is that of the gold event
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import resources

from onrecord.errors import ReaderError
from onrecord.reader.models import FULL, SMALL
from onrecord.records import Span

__all__ = ["Seen", "confidence", "fitted_to", "logit", "observed"]

Features = Mapping[str, float]
"""What is known of a record, by name; what is not named is 0."""

_MOST = 0.999  # a probability that a float32 softmax gives as 1 is no certainty


@dataclass(frozen=True)
class Seen:
    """A record that a confidence was asked for: its kind, where it stands, and what was known of it."""

    kind: str
    span: Span
    features: Features


_FILES = {FULL: "confidence.json", SMALL: "confidence-small.json"}
_fitted: ContextVar[str] = ContextVar("fitted", default=FULL)
_watching: ContextVar[list[Seen] | None] = ContextVar("watching", default=None)


def confidence(kind: str, span: Span, features: Features) -> float:
    """Probability that a record is right, in [0, 1], to four places. A feature that the model was not fitted on does not
    count. Raises ReaderError for a kind that there is no model of."""
    seen = _watching.get()
    if seen is not None:
        seen.append(Seen(kind, span, dict(features)))
    model = _fitted.get()
    weights = _models(model).get(kind)
    if weights is None:
        raise ReaderError(f"data/{_FILES[model]} has no model of {kind} records")
    evidence = 0.0
    for name, value in features.items():
        evidence += weights.get(name, 0.0) * value
    score = weights["bias"] + evidence
    return round(1 / (1 + math.exp(-score)) if -30.0 < score < 30.0 else float(score > 0), 4)


def logit(probability: float | None) -> float:
    """A probability on the scale that evidence adds up on; 0 for one that is not known."""
    if probability is None:
        return 0.0
    p = max(1 - _MOST, min(_MOST, probability))
    return math.log(p / (1 - p))


@contextmanager
def fitted_to(model: str) -> Iterator[None]:
    """Inside the `with` block confidences are those of records that this reader read (`onrecord.reader.models`)."""
    token = _fitted.set(model)
    try:
        yield
    finally:
        _fitted.reset(token)


@contextmanager
def observed() -> Iterator[list[Seen]]:
    """Collects what confidences are asked for inside the `with` block: what `training.calibrate` fits."""
    seen: list[Seen] = []
    token = _watching.set(seen)
    try:
        yield seen
    finally:
        _watching.reset(token)


@cache
def _models(model: str) -> dict[str, dict[str, float]]:
    """Kind → feature → weight."""
    try:
        text = resources.files("onrecord").joinpath("reader", "data", _FILES[model]).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ReaderError(f"data/{_FILES[model]} is missing from the package") from error
    models: dict[str, dict[str, float]] = json.loads(text)
    return models
