"""Whom a description or a pronoun stands for: by kind of body, nearness, sex, and what was said of the party before."""

from __future__ import annotations

import pytest
from tests.reader.building import Stands, build, organisation, person, place, with_mentions

from onrecord.reader.annotated import Annotated
from onrecord.reader.entities.gather import gather
from onrecord.reader.entities.kinds import alike, kind_of_name, kind_of_noun, same_paper


def stands_for(text: Annotated, word: str) -> str | None:
    """The best name of the party of the last mention headed by a word."""
    cast = gather(text)
    at = [t.index for t in text.tokens if t.text == word][-1]
    return cast.parties[cast.of_head[at]].name if at in cast.of_head else None


def named_then(first: str, kind: str, then: str, noun: str) -> str | None:
    """What "the NOUN" stands for after a sentence in which one name came."""
    words = first.split()
    tree = " ".join(f"{w}/PROPN/NNP/{i + 2}/compound" for i, w in enumerate(words[:-1]))
    text = build(
        f"{tree} {words[-1]}/PROPN/NNP/{len(words) + 1}/nsubj came/VERB/VBD/0/root",
        f"the/DET/DT/2/det {noun}/NOUN/NN/3/nsubj {then}/VERB/VBD/0/root",
    )
    return stands_for(with_mentions(text, Stands(first, kind), organisation(f"the {noun}")), noun)


@pytest.mark.parametrize(
    ("name", "kind", "noun"),
    [
        ("Halden Group", "organization", "firm"),
        ("Norland Airlines", "organization", "company"),
        ("Fishery Ministry", "organization", "ministry"),
        ("Halden Tribune", "organization", "newspaper"),
        ("Halden", "organization", "company"),
        ("Tarim", "place", "city"),
    ],
)
def test_a_body_is_called_by_its_kind(name: str, kind: str, noun: str) -> None:
    assert named_then(name, kind, "answered", noun) == name


@pytest.mark.parametrize(
    ("name", "kind", "noun"),
    [
        ("Supreme Court", "organization", "ministry"),
        ("Fishery Ministry", "organization", "company"),
        ("Halden Tribune", "organization", "court"),
        ("Tarim", "place", "company"),
    ],
)
def test_a_body_is_not_called_by_another_kind(name: str, kind: str, noun: str) -> None:
    assert named_then(name, kind, "answered", noun) == noun


def test_a_description_with_words_after_it_is_somebody_new() -> None:
    text = build(
        "Halden/PROPN/NNP/2/nsubj came/VERB/VBD/0/root",
        """the/DET/DT/2/det firm/NOUN/NN/6/nsubj that/PRON/WDT/4/nsubj lost/VERB/VBD/2/acl:relcl too/ADV/RB/4/advmod
        answered/VERB/VBD/0/root""",
    )
    text = with_mentions(text, organisation("Halden"), organisation("the firm that lost too"))
    assert stands_for(text, "firm") == "firm"


def test_the_same_group_under_another_noun() -> None:
    text = build(
        "Swedish/ADJ/JJ/2/amod researchers/NOUN/NNS/3/nsubj wrote/VERB/VBD/0/root",
        "Two/NUM/CD/2/nummod farmers/NOUN/NNS/3/nsubj wrote/VERB/VBD/0/root",
        "The/DET/DT/2/det scientists>scientist/NOUN/NNS/3/nsubj agreed/VERB/VBD/0/root",
    )
    text = with_mentions(text, person("Swedish researchers"), person("Two farmers"), person("The scientists"))
    assert stands_for(text, "scientists") == "Swedish researchers"


def test_police_are_the_police_that_the_text_names() -> None:
    text = build(
        "Tarim/PROPN/NNP/2/compound Police/PROPN/NNP/3/nsubj came/VERB/VBD/0/root",
        "Police/NOUN/NN/2/nsubj agreed/VERB/VBD/0/root",
    )
    text = with_mentions(text, organisation("Tarim Police"), person("Police#2"))
    assert stands_for(text, "Police") == "Tarim Police"


def test_a_name_beside_its_noun_is_one_party_with_it() -> None:
    text = build(
        """The/DET/DT/3/det car/NOUN/NN/3/compound maker/NOUN/NN/5/nsubj Halden/PROPN/NNP/3/appos lost/VERB/VBD/0/root
        money/NOUN/NN/5/obj"""
    )
    text = with_mentions(text, organisation("The car maker"), place("Halden"))
    cast = gather(text)
    assert [(p.name, p.type) for p in cast.parties] == [("Halden", "organisation")]


def test_an_abbreviation_behind_the_noun_for_it_is_its_name() -> None:
    text = build(
        """The/DET/DT/3/det news/NOUN/NN/3/compound agency/NOUN/NN/5/nsubj NHA/PROPN/NNP/3/appos lost/VERB/VBD/0/root
        money/NOUN/NN/5/obj"""
    )
    cast = gather(with_mentions(text, organisation("The news agency")))
    assert [(p.name, p.type) for p in cast.parties] == [("NHA", "organisation")]


def test_a_persons_name_before_a_noun_stays_a_person() -> None:
    text = build(
        "Orlan/PROPN/NNP/2/nsubj won/VERB/VBD/0/root",
        "the/DET/DT/3/det Orlan/PROPN/NNP/3/compound group/NOUN/NN/4/nsubj lost/VERB/VBD/0/root",
    )
    text = with_mentions(text, person("Orlan"), person("Orlan#2"), organisation("the Orlan group"))
    assert [(p.name, p.type) for p in gather(text).parties] == [("Orlan", "person"), ("Orlan group", "organisation")]


@pytest.mark.parametrize(("pronoun", "name"), [("She", "Angela Orlan"), ("He", "Boris Hemmer")])
def test_first_names_tell_he_from_she(pronoun: str, name: str) -> None:
    text = build(
        """Angela/PROPN/NNP/6/nsubj Orlan/PROPN/NNP/1/flat and/CCONJ/CC/4/cc Boris/PROPN/NNP/1/conj
        Hemmer/PROPN/NNP/4/flat met/VERB/VBD/0/root""",
        f"{pronoun}/PRON/PRP/2/nsubj agreed/VERB/VBD/0/root",
    )
    text = with_mentions(text, person("Angela Orlan"), person("Boris Hemmer"), person(pronoun, {0: 0.4, 1: 0.4}))
    assert stands_for(text, pronoun) == name


def test_who_is_the_noun_before_its_clause() -> None:
    text = build(
        "Orlan/PROPN/NNP/2/nsubj left/VERB/VBD/0/root",
        """the/DET/DT/2/det board/NOUN/NN/6/nsubj ,/PUNCT/,/5/punct which/PRON/WDT/5/nsubj met/VERB/VBD/2/acl:relcl
        agreed/VERB/VBD/0/root""",
    )
    text = with_mentions(text, person("Orlan"), organisation("the board"), organisation("which", {0: 0.9}))
    assert stands_for(text, "which") == "board"


def test_kinds_of_bodies() -> None:
    assert kind_of_name("Halden Motors Ltd.") == "company"
    assert kind_of_name("Supreme Court of Norland") == "court"
    assert kind_of_name("Halden") is None
    assert kind_of_noun("tribunal") == "court"


def test_nouns_for_the_same_group_and_the_same_document() -> None:
    assert alike("researcher", "scientist")
    assert not alike("researcher", "farmer")
    assert same_paper("poll", "survey")
    assert same_paper("letter", "document")
    assert not same_paper("poll", "letter")
