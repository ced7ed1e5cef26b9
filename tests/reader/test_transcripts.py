"""Transcripts: a label and a colon before what each speaker says."""

from __future__ import annotations

from dataclasses import replace

from tests.reader.building import build, person, said, with_attributions, with_mentions

from onrecord.reader.annotated import Annotated
from onrecord.reader.statements.quotation import Quotations
from onrecord.reader.statements.utterances import utterances
from onrecord.records import Block

ASKED = "¶ Q/NOUN/NN : Will/AUX/MD you/PRON/PRP go/VERB/VB ?"
ANSWERED = "¶ A/NOUN/NN : I/PRON/PRP will/AUX/MD stay/VERB/VB ."


def turns(annotated: Annotated) -> list[tuple[str, str, bool]]:
    """Label, words and whether it is direct speech."""
    tokens = annotated.tokens
    return [
        (tokens[u.source[0].start].text, " ".join(tokens[i].text for r in u.content for i in r), u.block)
        for u in utterances(annotated, Quotations(annotated))
    ]


def test_each_labelled_paragraph_is_its_labels() -> None:
    assert turns(build(ASKED, ANSWERED)) == [("Q", "Will you go ?", True), ("A", "I will stay .", True)]


def test_one_label_is_no_transcript() -> None:
    assert turns(build(ASKED, "¶ I/PRON/PRP will/AUX/MD stay/VERB/VB .")) == []


def test_a_persons_name_is_a_label_and_other_words_are_none() -> None:
    named = "¶ Orlan/PROPN/NNP : I/PRON/PRP will/AUX/MD stay/VERB/VB ."
    text = build(named, ASKED)
    assert len(turns(with_mentions(text, person("Orlan")))) == 2
    assert turns(text) == [], "nothing says that it is a person"
    assert turns(build(named.replace("Orlan", "UPDATE"), ASKED)) == []


def test_a_caption_has_no_verb() -> None:
    assert turns(build(ASKED, "¶ AFP/PROPN/NNP : The/DET/DT bridge/NOUN/NN .")) == [("Q", "Will you go ?", True)]


def test_the_heads_own_reading_of_a_turn_is_direct_speech_too() -> None:
    text = with_attributions(build(ASKED, ANSWERED), said(":#2", source="A", content=["I will stay ."]))
    assert turns(text) == [("Q", "Will you go ?", True), ("A", "I will stay .", True)]


def test_a_headline_of_who_says_what_is_indirect() -> None:
    text = with_attributions(build(ANSWERED), said(":", source="A", content=["I will stay ."]))
    whole = text.span(0, len(text.tokens))
    text = replace(text, document=replace(text.document, blocks=(Block(whole, "heading"),)))
    assert [direct for _, _, direct in turns(text)] == [False]
