"""The titles that stand with a name: before it, in apposition, or in its place."""

from __future__ import annotations

import pytest
from tests.reader.building import build, person, with_mentions

from onrecord.reader.entities.names import name_range
from onrecord.reader.entities.roles import roles_in


def roles(sentence: str, phrase: str, *, named: bool) -> list[tuple[str, str | None]]:
    """Title and owner of each role that the phrase gives; every role's span must say its title."""
    annotated = with_mentions(build(*sentence.split("|")), person(phrase))
    guess = annotated.mentions[0]
    name = name_range(annotated, guess.head, guess.start, guess.end, person=True) if named else None
    found = roles_in(annotated, guess, name)
    for role in found:
        assert " ".join(role.span.of(annotated.text).split()) == role.title
    return [(r.title, r.of) for r in found]


@pytest.mark.parametrize(
    ("sentence", "phrase", "role"),
    [
        (
            """NATO/PROPN/NNP/3/compound Secretary/PROPN/NNP/3/compound General/PROPN/NNP/4/nmod:desc Mark/PROPN/NNP/6/nsubj
            Rutte/PROPN/NNP/4/flat spoke/VERB/VBD/0/root""",
            "NATO Secretary General Mark Rutte",
            ("Secretary General", "NATO"),
        ),
        (
            """US/PROPN/NNP/2/compound President/PROPN/NNP/3/nmod:desc Joe/PROPN/NNP/5/nsubj Biden/PROPN/NNP/3/flat
            spoke/VERB/VBD/0/root""",
            "US President Joe Biden",
            ("President", "United States"),
        ),
        (
            """Russian/ADJ/JJ/3/amod Foreign/PROPN/NNP/3/compound Minister/PROPN/NNP/4/nmod:desc Sergei/PROPN/NNP/6/nsubj
            Lavrov/PROPN/NNP/4/flat spoke/VERB/VBD/0/root""",
            "Russian Foreign Minister Sergei Lavrov",
            ("Foreign Minister", "Russia"),
        ),
        (
            "President/PROPN/NNP/2/nmod:desc Putin/PROPN/NNP/3/nsubj spoke/VERB/VBD/0/root",
            "President Putin",
            ("President", None),
        ),
        (
            """Ruvania/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case president/NOUN/NN/4/nmod:desc Ilja/PROPN/NNP/6/nsubj
            Orlan/PROPN/NNP/4/flat spoke/VERB/VBD/0/root""",
            "Ruvania 's president Ilja Orlan",
            ("president", "Ruvania"),
        ),
    ],
)
def test_a_title_before_a_name(sentence: str, phrase: str, role: tuple[str, str | None]) -> None:
    assert roles(sentence, phrase, named=True) == [role]


def test_an_honorific_is_no_role() -> None:
    sentence = "Mr./PROPN/NNP/2/nmod:desc Orlan/PROPN/NNP/3/nsubj left/VERB/VBD/0/root"
    assert roles(sentence, "Mr. Orlan", named=True) == []


def test_a_bare_name_gives_none() -> None:
    sentence = "Ilja/PROPN/NNP/3/nsubj Orlan/PROPN/NNP/1/flat left/VERB/VBD/0/root"
    assert roles(sentence, "Ilja Orlan", named=True) == []


APPOSITION = """Kyrylo/PROPN/NNP/11/nsubj Budanov/PROPN/NNP/1/flat ,/PUNCT/,/4/punct head/NOUN/NN/1/appos of/ADP/IN/8/case
    the/DET/DT/8/det Main/PROPN/NNP/8/compound Directorate/PROPN/NNP/4/nmod of/ADP/IN/10/case
    Intelligence/PROPN/NNP/8/nmod spoke/VERB/VBD/0/root"""


def test_a_role_in_apposition() -> None:
    found = roles(APPOSITION, "head of the Main Directorate of Intelligence", named=False)
    assert found == [("head", "Main Directorate of Intelligence")]


def test_the_name_in_apposition_is_not_part_of_the_role() -> None:
    sentence = """the/DET/DT/2/det head/NOUN/NN/11/nsubj of/ADP/IN/6/case the/DET/DT/6/det Main/PROPN/NNP/6/compound
        Directorate/PROPN/NNP/2/nmod of/ADP/IN/8/case Intelligence/PROPN/NNP/6/nmod ,/PUNCT/,/10/punct
        Kyrylo/PROPN/NNP/2/appos spoke/VERB/VBD/0/root"""
    found = roles(sentence, "the head of the Main Directorate of Intelligence , Kyrylo", named=False)
    assert found == [("head", "Main Directorate of Intelligence")]


def test_a_complement_without_a_name_is_part_of_the_title() -> None:
    sentence = "the/DET/DT/2/det head/NOUN/NN/5/nsubj of/ADP/IN/4/case state/NOUN/NN/2/nmod spoke/VERB/VBD/0/root"
    assert roles(sentence, "the head of state", named=False) == [("head of state", None)]


def test_the_owner_before_a_bare_title() -> None:
    sentence = """the/DET/DT/4/det Ruvanian/ADJ/JJ/4/amod deputy/NOUN/NN/4/compound minister/NOUN/NN/5/nsubj
        spoke/VERB/VBD/0/root"""
    assert roles(sentence, "the Ruvanian deputy minister", named=False) == [("deputy minister", "Ruvanian")]


@pytest.mark.parametrize(
    ("sentence", "phrase", "title"),
    [
        (
            """Former/ADJ/JJ/2/amod president/NOUN/NN/3/nmod:desc Ilja/PROPN/NNP/5/nsubj Orlan/PROPN/NNP/3/flat
            spoke/VERB/VBD/0/root""",
            "Former president Ilja Orlan",
            "Former president",
        ),
        (  # the mention leaves the title out, the parser hangs "then" elsewhere
            """Then/ADV/RB/6/advmod -/PUNCT/HYPH/1/punct president/NOUN/NN/4/nmod:desc Ilja/PROPN/NNP/6/nsubj
            Orlan/PROPN/NNP/4/flat spoke/VERB/VBD/0/root""",
            "Ilja Orlan",
            "Then - president",
        ),
    ],
)
def test_a_title_keeps_the_word_for_its_time(sentence: str, phrase: str, title: str) -> None:
    assert roles(sentence, phrase, named=True) == [(title, None)]
