"""The proper part of a noun phrase, and when two spellings may be one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reader.building import build, find

from onrecord.reader.entities.likeness import acronym_of, may_be_same_person, spelled_alike
from onrecord.reader.entities.names import HONORIFICS, gender_of_name, name_range
from onrecord.reader.gazetteer import fold

WORDS = st.text(st.characters(categories=["L", "M", "N"]), max_size=12)


def name_in(sentence: str, phrase: str, head: str, *, person: bool) -> str | None:
    """The name that `name_range` finds in a phrase of the sentence, as its words with a space between."""
    annotated = build(sentence)
    where = find(annotated, phrase)
    found = name_range(annotated, find(annotated, head).start, where.start, where.stop, person=person)
    return None if found is None else " ".join(t.text for t in annotated.tokens[found[0] : found[1]])


BY_THE_NAME = """NATO/PROPN/NNP/3/compound Secretary/PROPN/NNP/3/compound General/PROPN/NNP/4/nmod:desc
    Mark/PROPN/NNP/6/nsubj Rutte/PROPN/NNP/4/flat spoke/VERB/VBD/0/root"""
BY_THE_TITLE = """NATO/PROPN/NNP/3/compound Secretary/PROPN/NNP/3/compound General/PROPN/NNP/6/nsubj Mark/PROPN/NNP/3/flat
    Rutte/PROPN/NNP/3/flat spoke/VERB/VBD/0/root"""


@pytest.mark.parametrize(("tree", "head"), [(BY_THE_NAME, "Mark"), (BY_THE_TITLE, "General")])
def test_titles_are_left_off_whichever_way_the_parser_hangs_them(tree: str, head: str) -> None:
    assert name_in(tree, "NATO Secretary General Mark Rutte", head, person=True) == "Mark Rutte"


@pytest.mark.parametrize(
    ("sentence", "phrase", "head", "name"),
    [
        (
            "President/PROPN/NNP/2/nmod:desc Putin/PROPN/NNP/3/nsubj spoke/VERB/VBD/0/root",
            "President Putin",
            "Putin",
            "Putin",
        ),
        (
            """Russian/ADJ/JJ/2/amod President/PROPN/NNP/3/nmod:desc Vladimir/PROPN/NNP/5/nsubj Putin/PROPN/NNP/3/flat
            spoke/VERB/VBD/0/root""",
            "Russian President Vladimir Putin",
            "Vladimir",
            "Vladimir Putin",
        ),
        (
            """the/DET/DT/2/det composer/NOUN/NN/6/nsubj Ludwig/PROPN/NNP/2/appos van/PROPN/NNP/3/flat
            Beethoven/PROPN/NNP/3/flat played/VERB/VBD/0/root""",
            "the composer Ludwig van Beethoven",
            "composer",
            "Ludwig van Beethoven",
        ),
        (
            """Khaled/PROPN/NNP/5/nsubj Al/PROPN/NNP/1/flat -/PUNCT/HYPH/1/punct Maeena/PROPN/NNP/1/flat
            wrote/VERB/VBD/0/root""",
            "Khaled Al - Maeena",
            "Khaled",
            "Khaled Al - Maeena",
        ),
        (
            "Mr./PROPN/NNP/2/nmod:desc Orlan/PROPN/NNP/3/nsubj left/VERB/VBD/0/root",
            "Mr. Orlan",
            "Orlan",
            "Orlan",
        ),
        (
            """student/NOUN/NN/4/nsubj Ahmed/PROPN/NNP/1/flat Mohamed/PROPN/NNP/1/flat left/VERB/VBD/0/root""",
            "student Ahmed Mohamed",
            "student",
            "Ahmed Mohamed",
        ),
    ],
)
def test_names_of_people(sentence: str, phrase: str, head: str, name: str) -> None:
    assert name_in(sentence, phrase, head, person=True) == name


def test_a_person_without_a_name_has_none() -> None:
    sentence = "the/DET/DT/2/det president/NOUN/NN/3/nsubj spoke/VERB/VBD/0/root"
    assert name_in(sentence, "the president", "president", person=True) is None


@pytest.mark.parametrize(
    ("sentence", "phrase", "head", "name"),
    [
        (
            """the/DET/DT/4/det Italian/ADJ/JJ/4/amod Supreme/PROPN/NNP/4/compound Court/PROPN/NNP/7/nsubj of/ADP/IN/6/case
            Cassation/PROPN/NNP/4/nmod ruled/VERB/VBD/0/root""",
            "the Italian Supreme Court of Cassation",
            "Court",
            "Italian Supreme Court of Cassation",
        ),
        (
            """Saudi/PROPN/NNP/2/compound Arabia/PROPN/NNP/6/nmod:poss 's/PART/POS/2/case Civil/PROPN/NNP/6/compound
            Defense/PROPN/NNP/6/compound Authority/PROPN/NNP/7/nsubj said/VERB/VBD/0/root""",
            "Saudi Arabia 's Civil Defense Authority",
            "Authority",
            "Civil Defense Authority",
        ),
        (
            """the/DET/DT/2/det Council/PROPN/NNP/8/nsubj on/ADP/IN/7/case American/ADJ/JJ/6/amod -/PUNCT/HYPH/4/punct
            Islamic/ADJ/JJ/7/amod Relations/PROPN/NNPS/2/nmod wrote/VERB/VBD/0/root""",
            "the Council on American - Islamic Relations",
            "Council",
            "Council on American - Islamic Relations",
        ),
        (
            """the/DET/DT/4/det World/PROPN/NNP/4/compound Health/PROPN/NNP/4/compound Organisation/PROPN/NNP/5/nsubj
            warned/VERB/VBD/0/root""",
            "the World Health Organisation",
            "Organisation",
            "World Health Organisation",
        ),
        (
            """North/PROPN/NNP/2/compound Korea/PROPN/NNP/5/nsubj and/CCONJ/CC/4/cc Russia/PROPN/NNP/2/conj
            signed/VERB/VBD/0/root""",
            "North Korea",
            "Korea",
            "North Korea",
        ),
    ],
)
def test_names_of_others(sentence: str, phrase: str, head: str, name: str) -> None:
    assert name_in(sentence, phrase, head, person=False) == name


def test_a_common_noun_is_no_name() -> None:
    sentence = "the/DET/DT/2/det government/NOUN/NN/4/nsubj of/ADP/IN/4/case Ruvania/PROPN/NNP/2/nmod"
    assert name_in(sentence, "the government", "government", person=False) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Rütte", "Rutte"),
        ("Zelenskyy", "Zelensky"),
        ("Zelenskiy", "Zelensky"),
        ("Müller", "Mueller"),
        ("Schröder", "Schroeder"),
        ("Kadyrov", "kadyrov"),
        ("Mohammed", "Muhammad"),
    ],
)
def test_one_name_spelled_two_ways(a: str, b: str) -> None:
    assert spelled_alike(a, b)
    assert spelled_alike(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Iran", "Iraq"), ("Putin", "Rutte"), ("Kim", "Kin"), ("Lavrov", "Pavrov"), ("Niger", "Nigeria"), ("", "Kim")],
)
def test_two_names(a: str, b: str) -> None:
    assert not spelled_alike(a, b)
    assert not spelled_alike(b, a)


@given(WORDS, WORDS)
def test_spelling_is_symmetric(a: str, b: str) -> None:
    assert spelled_alike(a, b) == spelled_alike(b, a)
    assert spelled_alike(a, a)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Putin", "Vladimir Putin"),
        ("Mr Putin", "Vladimir Putin"),
        ("Mr. Putin", "Vladimir Putin"),
        ("Ahmed", "Ahmed Mohamed"),
        ("V. Putin", "Vladimir Putin"),
        ("Rütte", "Mark Rutte"),
        ("George Bush", "George W. Bush"),
        ("Vladimir Putin", "Vladimir Putin"),
        ("PUTIN", "Vladimir Putin"),
    ],
)
def test_a_shorter_form_may_be_the_person(short: str, full: str) -> None:
    assert may_be_same_person(short, full)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Lyudmila Putin", "Vladimir Putin"),
        ("Vladimir Putin", "Putin"),
        ("Putin Vladimir", "Vladimir Putin"),
        ("L. Putin", "Vladimir Putin"),
        ("Mr", "Vladimir Putin"),
        ("", "Vladimir Putin"),
        ("Rutte", "Vladimir Putin"),
    ],
)
def test_a_differing_name_is_not_the_person(short: str, full: str) -> None:
    assert not may_be_same_person(short, full)


@given(st.lists(WORDS, max_size=2).map(" ".join), st.lists(WORDS, max_size=3).map(" ".join))
def test_more_names_before_it_do_not_make_another_person(more: str, name: str) -> None:
    full = f"{more} {name}"
    assert may_be_same_person(name, full) == any(word not in HONORIFICS for word in fold(name).split())


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("WHO", "World Health Organisation"),
        ("U.N.", "United Nations"),
        ("UN", "United Nations"),
        ("NATO", "North Atlantic Treaty Organization"),
        ("DPRK", "Democratic People's Republic of Korea"),
        ("MOD", "Ministry of Defence"),
        ("CAIR", "Council on American-Islamic Relations"),
    ],
)
def test_acronyms(short: str, name: str) -> None:
    assert acronym_of(short, name)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("WHO", "White House"),
        ("who", "World Health Organisation"),
        ("W", "Washington"),
        ("UN", "Unicef"),
        ("EU", "United Nations"),
        ("World", "World Health Organisation"),
        ("", "United Nations"),
    ],
)
def test_not_its_acronym(short: str, name: str) -> None:
    assert not acronym_of(short, name)


@pytest.mark.parametrize(
    ("name", "gender"), [("Angela Orlan", "she"), ("Boris Orlan", "he"), ("Orlan", None), ("Kim Orlan", None)]
)
def test_a_first_name_tells_the_sex_where_it_is_one_sexs(name: str, gender: str | None) -> None:
    assert gender_of_name(name) == gender


def test_an_initial_does_not_end_a_name() -> None:
    tree = (
        """Edwin/PROPN/NNP/5/nsubj G/PROPN/NNP/1/flat ./PUNCT/./1/punct Monroy/PROPN/NNP/1/flat left/VERB/VBD/0/root"""
    )
    assert name_in(tree, "Edwin G", "Edwin", person=True) == "Edwin G . Monroy"


def test_an_office_keeps_its_officers_mark() -> None:
    tree = """Halden/PROPN/NNP/2/compound Sheriff/PROPN/NNP/4/nmod:poss 's/PART/POS/2/case Office/PROPN/NNP/5/nsubj
    said/VERB/VBD/0/root"""
    assert name_in(tree, "Halden Sheriff 's Office", "Office", person=False) == "Halden Sheriff 's Office"
