"""Confidence: a probability that rises with what speaks for a record, asked for once a record."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reader.building import SURE

from onrecord.errors import ReaderError
from onrecord.intake import document_from_text
from onrecord.reader import read
from onrecord.reader.annotated import Sureness
from onrecord.reader.confidence import confidence, logit, observed
from onrecord.reader.statements.evidence import evidence
from onrecord.reader.statements.passages import Utterance
from onrecord.records import Span

HERE = Span(0, 1)
UTTERANCE = Utterance((range(2),), (range(2, 3),), (range(3, 12),), sure=SURE)


@given(st.sampled_from(["statement", "figure", "event"]), st.dictionaries(st.text(), st.floats(-1e6, 1e6), max_size=4))
def test_it_is_a_probability_whatever_is_known(kind: str, features: dict[str, float]) -> None:
    assert 0 <= confidence(kind, HERE, features) <= 1


def test_a_kind_without_a_model_is_refused() -> None:
    with pytest.raises(ReaderError, match="rumour"):
        confidence("rumour", HERE, {})


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_logits_keep_the_order_of_probabilities(one: float, other: float) -> None:
    assert (logit(one) < logit(other)) == (one < other)


def test_no_probability_is_a_certainty() -> None:
    assert math.isfinite(logit(0.0))
    assert math.isfinite(logit(1.0))
    assert logit(None) == 0


def test_a_surer_head_makes_a_likelier_statement() -> None:
    unsure = Utterance(
        UTTERANCE.source,
        UTTERANCE.cue,
        UTTERANCE.content,
        sure=Sureness(anchor=0.45, cue=0.5, source=0.4, content=0.5),
    )
    known = [evidence(u, "indirect", nested=False) for u in (unsure, UTTERANCE)]
    assert confidence("statement", HERE, known[0]) < confidence("statement", HERE, known[1])


def test_a_statement_that_names_nobody_is_less_likely_right() -> None:
    nobody = Utterance((), (), UTTERANCE.content)
    known = [evidence(u, "direct", nested=False) for u in (nobody, UTTERANCE)]
    assert known[0]["by form"] == known[0]["no cue"] == known[0]["no source"] == 1
    assert confidence("statement", HERE, known[0]) < confidence("statement", HERE, known[1])


def test_every_record_asks_once() -> None:
    text = "Ann Lee said on Monday that 12 soldiers were killed. The army denied it had attacked the town."
    with observed() as seen:
        reading = read(document_from_text(text, published="2024-05-06"))
    records = {"statement": reading.statements, "figure": reading.figures, "event": reading.events}
    for kind, found in records.items():
        assert found, kind
        assert len([s for s in seen if s.kind == kind]) == len(found)
    assert {s.span for s in seen if s.kind == "event"} == {e.span for e in reading.events}
    with observed() as outside:
        pass
    confidence("event", HERE, {})
    assert outside == []
