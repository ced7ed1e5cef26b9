"""Names and the abbreviations that brackets give them."""

from __future__ import annotations

import pytest
from tests.reader.building import build, organisation, person, with_mentions

from onrecord.reader.entities.abbreviations import abbreviated
from onrecord.reader.entities.gather import gather


def pairs(sentence: str) -> list[tuple[str, str]]:
    """Each name with its abbreviation, as their words with a space between."""
    text = build(sentence)
    return [
        (" ".join(t.text for t in text.tokens[a.start : a.end]), text.tokens[a.short].text) for a in abbreviated(text)
    ]


@pytest.mark.parametrize(
    ("sentence", "name", "short"),
    [
        ("The Northern Fisheries Board ( NFB ) met .", "Northern Fisheries Board", "NFB"),
        ("the Union of Harbour Pilots and Engineers ( UHPE ) met .", "Union of Harbour Pilots and Engineers", "UHPE"),
        # translated: the letters stand in the order of another language
        ("the Society of Engineers and Pilots ( PES ) met .", "Society of Engineers and Pilots", "PES"),
        ("a deputy of Movimiento 7 Norte ( M7N ) spoke .", "Movimiento 7 Norte", "M7N"),
        ("The NFB ( Northern Fisheries Board ) met .", "Northern Fisheries Board", "NFB"),
    ],
)
def test_brackets_tie_a_name_to_its_abbreviation(sentence: str, name: str, short: str) -> None:
    assert pairs(sentence) == [(name, short)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Northern Fisheries Board ( Oslo ) met .",
        "The Northern Fisheries Board ( XYZ ) met .",
        "it said no fish boats ( NFB ) came .",
        "The NFB ( founded in 1970 ) met .",
    ],
)
def test_other_brackets_do_not(sentence: str) -> None:
    assert pairs(sentence) == []


def test_a_name_that_its_mention_cuts_short_is_read_whole_and_is_one_with_its_abbreviation() -> None:
    text = build(
        """The/DET/DT/2/det Union/PROPN/NNP/10/nsubj of/ADP/IN/4/case Pilots/PROPN/NNPS/2/nmod and/CCONJ/CC/6/cc
        Engineers/PROPN/NNPS/4/conj (/PUNCT/(/8/punct UPE/PROPN/NNP/2/appos )/PUNCT/)/8/punct met/VERB/VBD/0/root""",
        "UPE/PROPN/NNP/2/nsubj agreed/VERB/VBD/0/root",
    )
    text = with_mentions(text, organisation("The Union of Pilots"), person("Pilots"), organisation("UPE#2"))
    named = [(p.name, sorted(p.names)) for p in gather(text).parties if p.names]
    assert named == [("Union of Pilots and Engineers", ["UPE", "Union of Pilots and Engineers"])]
