"""A capital or a seat is a government where it acts as one, and a place elsewhere."""

from __future__ import annotations

import pytest
from tests.reader.building import build, place, with_mentions

from onrecord.reader.entities.gather import gather

BETWEEN = """a/DET/DT/2/det {0}/NOUN/NN/7/nsubj between/ADP/IN/4/case Paris/PROPN/NNP/2/nmod and/CCONJ/CC/6/cc
    {1}/PROPN/NNP/4/conj ended/VERB/VBD/0/root"""


def meant(sentence: str, name: str) -> str:
    """What a name stands for: its party's type."""
    cast = gather(with_mentions(build(sentence), place(name)))
    return cast.parties[0].type


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Seoul/PROPN/NNP/2/nsubj warned/VERB/VBD/0/root", "Seoul"),
        ("The/DET/DT/2/det Kremlin/PROPN/NNP/3/nsubj warned/VERB/VBD/0/root", "The Kremlin"),
        ("Seoul/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case denial/NOUN/NN/4/nsubj came/VERB/VBD/0/root", "Seoul"),
        (BETWEEN.format("war", "Seoul"), "Paris"),
        (BETWEEN.format("war", "Seoul"), "Seoul"),
        ("they/PRON/PRP/2/nsubj met/VERB/VBD/0/root with/ADP/IN/4/case Seoul/PROPN/NNP/2/obl", "Seoul"),
    ],
)
def test_a_capital_that_acts_is_its_government(sentence: str, name: str) -> None:
    assert meant(sentence, name) == "country"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Seoul/PROPN/NNP/2/nsubj woke>wake/VERB/VBD/0/root", "Seoul"),
        ("they/PRON/PRP/2/nsubj met/VERB/VBD/0/root in/ADP/IN/4/case Seoul/PROPN/NNP/2/obl", "Seoul"),
        ("Seoul/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case streets/NOUN/NNS/4/nsubj froze/VERB/VBD/0/root", "Seoul"),
        (BETWEEN.format("train", "Lyon"), "Paris"),
        ("Seoul/PROPN/NNP/4/nsubj is/AUX/VBZ/4/cop a/DET/DT/4/det city/NOUN/NN/0/root", "Seoul"),
    ],
)
def test_elsewhere_it_is_a_city(sentence: str, name: str) -> None:
    assert meant(sentence, name) == "place"
