"""Damage for the robustness benchmark: the gold moves with the text, and the damage is what its name says."""

from __future__ import annotations

import random

import pytest
from benchmarks.robustness import DAMAGES, MISTYPED, damaged, damaged_articles
from hypothesis import given
from hypothesis import strategies as st

TEXT = "Élodie Noël said: “We ‘left’ at 5,” and \"went home\". ''So'' it is."
ARTICLE = {
    "id": "one",
    "text": TEXT,
    "statements": [
        {
            "source": [[0, 11]],
            "cue": [[12, 16]],
            "content": [[TEXT.index("We"), TEXT.index(",”")], [TEXT.index('"went'), TEXT.index(". ''")]],
        }
    ],
}


def words(article: dict[str, object], part: str) -> list[str]:
    (statement,) = article["statements"]  # type: ignore[misc]
    return [str(article["text"])[a:b] for a, b in statement[part]]


def test_quotation_marks_go_and_the_spans_stay_on_their_words() -> None:
    out = damaged(ARTICLE, DAMAGES["no quotation marks"], random.Random(1))
    assert out["text"] == "Élodie Noël said: We ‘left’ at 5, and went home. So it is."
    assert words(out, "content") == ["We ‘left’ at 5", "went home"]


def test_lower_case() -> None:
    out = damaged(ARTICLE, DAMAGES["lower case"], random.Random(1))
    assert out["text"] == TEXT.lower()
    assert words(out, "source") == ["élodie noël"]


def test_diacritics_go_and_letters_are_mistyped_at_the_rate() -> None:
    article = {"id": "long", "text": "Ärger überall im Städtchen. " * 500, "statements": []}
    out = damaged(article, DAMAGES["misspelt"], random.Random(1))
    assert not set("Äüä") & set(out["text"])
    plain = "Arger uberall im Stadtchen. " * 500
    letters = sum(c.isalpha() for c in plain)
    changed = sum(a != b for a, b in zip(plain.split(" "), out["text"].split(" "), strict=True))
    assert 0.5 * MISTYPED * letters < changed < 1.5 * MISTYPED * letters


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_the_same_every_time(name: str) -> None:
    assert damaged_articles([ARTICLE], name) == damaged_articles([ARTICLE], name)


@given(st.text(min_size=1), st.data(), st.sampled_from(sorted(DAMAGES)))
def test_every_span_stays_inside_the_text(text: str, data: st.DataObject, name: str) -> None:
    a = data.draw(st.integers(0, len(text) - 1))
    b = data.draw(st.integers(a + 1, len(text)))
    article = {"id": "x", "text": text, "statements": [{"source": [], "cue": [], "content": [[a, b]]}]}
    out = damaged(article, DAMAGES[name], random.Random(3))
    for statement in out["statements"]:
        for start, end in statement["content"]:
            assert 0 <= start < end <= len(out["text"])
