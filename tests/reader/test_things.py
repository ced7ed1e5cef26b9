"""Names of things that are neither somebody nor a body: they get a party of their own, and take nobody's mentions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reader.building import Stands, build, find, organisation, person, with_mentions

from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.entities.gather import gather
from onrecord.reader.entities.parties import Cast


def with_things(text: Annotated, *phrases: tuple[str, str]) -> Annotated:
    """The mentions of the text with phrases and their head words that the mention head takes for something abstract."""
    things = []
    for phrase, head in phrases:
        where = find(text, phrase)
        things.append(MentionGuess(find(text, head).start, where.start, where.stop, "abstract", 0.9))
    return replace(text, mentions=(*text.mentions, *things))


def named(cast: Cast) -> list[tuple[str, list[str]]]:
    """Type and names of each party that has a name."""
    return [(p.type, sorted(p.names)) for p in cast.parties if p.names]


INDEX = """yesterday/NOUN/NN/5/obl the/DET/DT/3/det Harbour/PROPN/NNP/5/nsubj 50/NUM/CD/3/nummod
    fell>fall/VERB/VBD/0/root sharply/ADV/RB/5/advmod"""


def test_an_index_is_a_thing() -> None:
    cast = gather(with_things(build(INDEX), ("the Harbour 50", "Harbour")))
    assert named(cast) == [("product", ["Harbour 50"])]


def test_a_thing_is_found_again_without_its_maker() -> None:
    text = build(
        "most/ADJ/JJS/2/amod people/NOUN/NNS/3/nsubj use/VERB/VBP/0/root Tarvo/PROPN/NNP/5/compound "
        "Skimmer/PROPN/NNP/3/obj today/NOUN/NN/3/obl",
        "they/PRON/PRP/2/nsubj like/VERB/VBP/0/root Skimmer/PROPN/NNP/2/obj more/ADV/RBR/2/advmod",
    )
    cast = gather(with_things(text, ("Tarvo Skimmer", "Skimmer"), ("Skimmer#2", "Skimmer#2")))
    assert named(cast) == [("product", ["Skimmer", "Tarvo Skimmer"])]


@pytest.mark.parametrize(
    ("sentence", "phrase", "head"),
    [
        # the capital of a sentence's first word
        ("Hardship/PROPN/NNP/2/nsubj follows>follow/VERB/VBZ/0/root", "Hardship", "Hardship"),
        # a day, a subject, a system of thought
        ("they/PRON/PRP/2/nsubj met/VERB/VBD/0/root Tuesday/PROPN/NNP/2/obl", "Tuesday", "Tuesday"),
        ("they/PRON/PRP/2/nsubj teach/VERB/VBP/0/root Science/PROPN/NNP/2/obj", "Science", "Science"),
        ("they/PRON/PRP/2/nsubj teach/VERB/VBP/0/root Stoicism/PROPN/NNP/2/obj", "Stoicism", "Stoicism"),
        # the end of an office's name
        (
            "the/DET/DT/2/det Minister/PROPN/NNP/5/nsubj of/ADP/IN/4/case Fisheries/PROPN/NNP/2/nmod left/VERB/VBD/0/root",
            "Fisheries",
            "Fisheries",
        ),
        # a headline in capitals
        ("Mayor/NOUN/NN/2/nsubj Praises/VERB/VBZ/0/root Loyalty/PROPN/NNP/2/obj", "Loyalty", "Loyalty"),
    ],
)
def test_other_capitals_are_no_thing(sentence: str, phrase: str, head: str) -> None:
    assert named(gather(with_things(build(sentence), (phrase, head)))) == []


def test_a_thing_of_a_bodys_name_is_that_body() -> None:
    text = build(
        "the/DET/DT/2/det chief/NOUN/NN/5/nsubj of/ADP/IN/4/case Dravenco/PROPN/NNP/2/nmod spoke/VERB/VBD/0/root",
        "they/PRON/PRP/2/nsubj praised/VERB/VBD/0/root Dravenco/PROPN/NNP/2/obj",
    )
    text = with_mentions(text, organisation("Dravenco#2"))
    cast = gather(with_things(text, ("Dravenco", "Dravenco")))
    assert named(cast) == [("organisation", ["Dravenco"])]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "large/ADJ/JJ/2/amod insurer/NOUN/NN/3/compound QVB/NOUN/NN/5/nmod by/ADP/IN/5/case lenders/NOUN/NNS/1/obl",
            ["QVB"],
        ),
        ("the/DET/DT/2/det company/NOUN/NN/3/compound CEO/NOUN/NN/4/nsubj resigned/VERB/VBD/0/root", []),
        ("the/DET/DT/2/det company/NOUN/NN/4/compound XQR/NOUN/NN/4/compound plans/NOUN/NNS/0/root", []),
    ],
)
def test_capitals_behind_a_noun_for_a_body_are_its_name(words: str, names: list[str]) -> None:
    cast = gather(build("they/PRON/PRP/2/nsubj rescued/VERB/VBD/0/root", words))
    assert [n for p in cast.parties for n in p.names] == names


def test_a_domain_is_part_of_the_name() -> None:
    text = build(
        "they/PRON/PRP/2/nsubj joined/VERB/VBD/0/root Velmora/PROPN/NNP/2/obj _./PUNCT/./5/punct _com/PROPN/NNP/3/flat"
    )
    cast = gather(with_mentions(text, organisation("Velmora")))
    assert named(cast) == [("organisation", ["Velmora.com"])]


def test_a_first_name_makes_a_person_of_who_is_called_like_a_newspaper() -> None:
    text = build("later/ADV/RB/4/advmod Peter/PROPN/NNP/4/nsubj Herald/PROPN/NNP/2/flat spoke/VERB/VBD/0/root")
    assert named(gather(with_mentions(text, person("Peter Herald")))) == [("person", ["Peter Herald"])]


@pytest.mark.parametrize(("probability", "joined"), [(0.3, False), (0.7, True)])
def test_a_bare_this_is_a_thing_only_where_that_is_surer_than_not(probability: float, joined: bool) -> None:
    text = build(
        "they/PRON/PRP/2/nsubj sold/VERB/VBD/0/root Dravenco/PROPN/NNP/2/obj",
        "this/PRON/DT/2/nsubj mattered/VERB/VBD/0/root",
    )
    text = with_mentions(text, organisation("Dravenco"), Stands("this", "abstract", {0: probability}))
    text = replace(text, mentions=(text.mentions[0], replace(text.mentions[1], new=0.1)))
    assert (1 in gather(text).of_guess) is joined
