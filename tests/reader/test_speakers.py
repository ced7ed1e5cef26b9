"""Who is behind a source: the named, the described, the continued, and "I" inside somebody's words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.reader.building import build, organisation, person, said, with_attributions, with_mentions

from onrecord.reader.annotated import Annotated
from onrecord.reader.entities.gather import gather
from onrecord.reader.statements.quotation import Quotations
from onrecord.reader.statements.speakers import speakers
from onrecord.reader.statements.utterances import utterances


def who(annotated: Annotated, within: Sequence[int | None] | None = None) -> list[str | None]:
    """The best name of the speaker of each utterance, in text order."""
    cast = gather(annotated)
    found = utterances(annotated, Quotations(annotated))
    chosen = speakers(annotated, cast, found, within or [None] * len(found))
    assert len(chosen) == len(found)
    return [None if party is None else cast.parties[party].name for party in chosen]


ZELENSKY = """Ukrainian/ADJ/JJ/2/amod President/PROPN/NNP/3/nmod:desc Volodymyr/PROPN/NNP/5/nsubj Zelensky/PROPN/NNP/3/flat
    spoke/VERB/VBD/0/root in/ADP/IN/7/case Kyiv/PROPN/NNP/5/obl ./PUNCT/./5/punct"""
ACCORDING = """According/VERB/VBG/4/case to/ADP/IN/1/fixed the/DET/DT/4/det president/NOUN/NN/7/obl ,/PUNCT/,/4/punct
    Putin/PROPN/NNP/7/nsubj intends/VERB/VBZ/0/root to/PART/TO/9/mark attack/VERB/VB/7/xcomp ./PUNCT/./7/punct"""
ZELENSKY_NAMED = person("Ukrainian President Volodymyr Zelensky")
RUTTE_SAID = (
    "Rutte/PROPN/NNP/2/nsubj said/VERB/VBD/0/root it/PRON/PRP/4/nsubj worked/VERB/VBD/2/ccomp ./PUNCT/./2/punct"
)


def test_a_name_is_taken_as_it_is() -> None:
    text = with_mentions(build(RUTTE_SAID), person("Rutte"))
    assert who(with_attributions(text, said("said", source="Rutte", content=["it worked"]))) == ["Rutte"]


def test_the_president_is_who_holds_the_title() -> None:
    text = build(ZELENSKY, ACCORDING)
    text = with_mentions(text, ZELENSKY_NAMED, person("the president"), person("Putin"))
    text = with_attributions(text, said("According to", source="the president", content=["Putin intends to attack"]))
    assert who(text) == ["Volodymyr Zelensky"]


def test_the_president_is_not_the_one_his_words_are_about() -> None:
    """Coreference would have the president be Putin, who was named last and whom the content names as the one who acts."""
    text = build(ZELENSKY, "Putin/PROPN/NNP/2/nsubj answered/VERB/VBD/0/root ./PUNCT/./2/punct", ACCORDING)
    text = with_mentions(text, ZELENSKY_NAMED, person("Putin"), person("the president", {1: 0.9}), person("Putin#2"))
    text = with_attributions(text, said("According to", source="the president", content=["Putin intends to attack"]))
    assert who(text) == ["Volodymyr Zelensky"]


def test_the_president_of_whom_nothing_is_known_is_himself() -> None:
    text = build("Putin/PROPN/NNP/2/nsubj answered/VERB/VBD/0/root ./PUNCT/./2/punct", ACCORDING)
    text = with_mentions(text, person("Putin"), person("the president", {0: 0.9}), person("Putin#2"))
    text = with_attributions(text, said("According to", source="the president", content=["Putin intends to attack"]))
    assert who(text) == ["president"]


def test_a_sure_antecedent_is_believed() -> None:
    earlier = """Ruvanian/ADJ/JJ/2/amod President/PROPN/NNP/3/nmod:desc Ilja/PROPN/NNP/5/nsubj Orlan/PROPN/NNP/3/flat
        left/VERB/VBD/0/root ./PUNCT/./5/punct"""
    text = build(earlier, ZELENSKY, ACCORDING)
    orlan = person("Ruvanian President Ilja Orlan")
    text = with_mentions(text, orlan, ZELENSKY_NAMED, person("the president", {0: 0.9}), person("Putin"))
    text = with_attributions(text, said("According to", source="the president", content=["Putin intends to attack"]))
    assert who(text) == ["Ilja Orlan"]


def test_he_who_spoke_last_goes_on() -> None:
    """Two hold the title; the one named last only stood by."""
    title = "President/PROPN/NNP/2/nmod:desc Orlan/PROPN/NNP/3/nsubj came/VERB/VBD/0/root ./PUNCT/./3/punct"
    first = """Orlan/PROPN/NNP/2/nsubj said/VERB/VBD/0/root they/PRON/PRP/4/nsubj lied/VERB/VBD/2/ccomp to/ADP/IN/8/case
        President/PROPN/NNP/8/nmod:desc Ilja/PROPN/NNP/8/compound Hemmer/PROPN/NNP/4/obl ./PUNCT/./2/punct"""
    hoped = "The/DET/DT/2/det president/NOUN/NN/3/nsubj hoped/VERB/VBD/0/root to/PART/TO/5/mark win/VERB/VB/3/xcomp"
    named = [person("President Orlan"), person("Orlan#2"), person("President Ilja Hemmer"), person("The president")]
    text = with_attributions(
        with_mentions(build(title, first, hoped), *named),
        said("said", source="Orlan#2", content=["they lied"]),
        said("hoped", source="The president", content=["to win"]),
    )
    assert who(text) == ["Orlan", "Orlan"]


HE_SAID = """He/PRON/PRP/2/nsubj said/VERB/VBD/0/root that/SCONJ/IN/5/mark Putin/PROPN/NNP/5/nsubj lied/VERB/VBD/2/ccomp
    ./PUNCT/./2/punct"""


def test_he_is_his_antecedent_but_not_whom_he_speaks_of() -> None:
    text = build(ZELENSKY, "Putin/PROPN/NNP/2/nsubj answered/VERB/VBD/0/root ./PUNCT/./2/punct", HE_SAID)
    text = with_mentions(text, ZELENSKY_NAMED, person("Putin"), person("He", {1: 0.7, 0: 0.2}), person("Putin#2"))
    text = with_attributions(text, said("said", source="He", content=["that Putin lied"]))
    assert who(text) == ["Volodymyr Zelensky"]


def test_he_without_an_antecedent_is_the_person_who_spoke_last() -> None:
    text = build(ZELENSKY, RUTTE_SAID, HE_SAID)
    text = with_mentions(text, ZELENSKY_NAMED, person("Rutte"), person("He"), person("Putin"))
    text = with_attributions(
        text,
        said("said", source="Rutte", content=["it worked"]),
        said("said#2", source="He", content=["that Putin lied"]),
    )
    assert who(text) == ["Rutte", "Rutte"]


def test_nobody_named_nobody_speaks() -> None:
    text = build(
        """It/PRON/PRP/3/nsubj was/AUX/VBD/3/aux announced/VERB/VBN/0/root they/PRON/PRP/5/nsubj
        won/VERB/VBD/3/ccomp"""
    )
    assert who(with_attributions(text, said("announced", content=["they won"]))) == [None]


def test_what_goes_on_keeps_its_speaker() -> None:
    text = build(
        "“ We/PRON/PRP left/VERB/VBD early/ADV/RB , ” said/VERB/VBD Orlan/PROPN/NNP .",
        "“ We/PRON/PRP are/AUX/VBP all/DET/DT quite/ADV/RB safe/ADJ/JJ . ”",
        "¶ “ Nobody/PRON/NN told/VERB/VBD us/PRON/PRP of/ADP/IN this/PRON/DT . ”",
    )
    text = with_mentions(text, person("Orlan"))
    text = with_attributions(text, said("said", source="Orlan", content=["“ We left early , ”"]))
    assert who(text) == ["Orlan", "Orlan", None]


def test_i_inside_somebodys_words_is_that_somebody() -> None:
    text = build(
        """“/PUNCT/``/3/punct I/PRON/PRP/3/nsubj believe/VERB/VBP/9/ccomp they/PRON/PRP/5/nsubj lied/VERB/VBD/3/ccomp
        ,/PUNCT/,/3/punct ”/PUNCT/''/3/punct Orlan/PROPN/NNP/9/nsubj said/VERB/VBD/0/root ./PUNCT/./9/punct"""
    )
    text = with_mentions(text, person("I"), person("Orlan"))
    text = with_attributions(
        text,
        said("said", source="Orlan", content=["“ I believe they lied , ”"]),
        said("believe", source="I", content=["they lied"]),
    )
    assert who(text, within=[None, 0]) == ["Orlan", "Orlan"]


def test_a_source_that_no_mention_covers_is_somebody_new_called_by_its_words() -> None:
    text = build(
        """Two/NUM/CD/2/nummod witnesses/NOUN/NNS/3/nsubj said/VERB/VBD/0/root it/PRON/PRP/5/nsubj fell/VERB/VBD/3/ccomp
        ./PUNCT/./3/punct"""
    )
    text = with_attributions(text, said("said", source="Two witnesses", content=["it fell"]))
    assert who(text) == ["witnesses"]


def test_a_surname_that_no_mention_covers_is_the_person_of_that_name() -> None:
    text = build(
        "Mark/PROPN/NNP/3/nsubj Rutte/PROPN/NNP/1/flat came/VERB/VBD/0/root ./PUNCT/./3/punct",
        "Rutte/PROPN/NNP/2/nsubj said/VERB/VBD/0/root it/PRON/PRP/4/nsubj worked/VERB/VBD/2/ccomp ./PUNCT/./2/punct",
    )
    text = with_mentions(text, person("Mark Rutte"))
    text = with_attributions(text, said("said", source="Rutte#2", content=["it worked"]))
    assert who(text) == ["Mark Rutte"]


def test_an_organisation_speaks() -> None:
    text = build(
        """The/DET/DT/2/det Ministry/PROPN/NNP/5/nsubj of/ADP/IN/4/case Defence/PROPN/NNP/2/nmod said/VERB/VBD/0/root
        it/PRON/PRP/7/nsubj fell/VERB/VBD/5/ccomp"""
    )
    text = with_mentions(text, organisation("The Ministry of Defence"))
    text = with_attributions(text, said("said", source="The Ministry of Defence", content=["it fell"]))
    assert who(text) == ["Ministry of Defence"]


def test_a_capital_that_speaks_is_its_government() -> None:
    text = build("Seoul/PROPN/NNP/2/nsubj said/VERB/VBD/0/root it/PRON/PRP/4/nsubj fell/VERB/VBD/2/ccomp")
    text = with_mentions(text, organisation("Seoul"))
    assert who(with_attributions(text, said("said", source="Seoul", content=["it fell"]))) == ["South Korea"]


def test_a_longer_name_ends_the_source_and_not_the_body_before_it() -> None:
    text = build(
        """Civil/PROPN/NNP/2/compound Authority/PROPN/NNP/3/compound director/NOUN/NN/6/nsubj Ilja/PROPN/NNP/3/appos
        Orlan/PROPN/NNP/4/flat said/VERB/VBD/0/root it/PRON/PRP/8/nsubj fell/VERB/VBD/6/ccomp"""
    )
    text = with_mentions(text, organisation("Civil Authority"), person("Ilja Orlan"))
    source = "Civil Authority director Ilja Orlan"
    assert who(with_attributions(text, said("said", source=source, content=["it fell"]))) == ["Ilja Orlan"]


def test_whom_the_clause_about_the_speaker_names_last_is_not_the_speaker() -> None:
    text = build(
        """Ilja/PROPN/NNP/8/nsubj Orlan/PROPN/NNP/1/flat ,/PUNCT/,/5/punct who/PRON/WP/5/nsubj married/VERB/VBD/1/acl:relcl
        Anna/PROPN/NNP/5/obj Hemmer/PROPN/NNP/6/flat said/VERB/VBD/0/root it/PRON/PRP/10/nsubj fell/VERB/VBD/8/ccomp"""
    )
    text = with_mentions(text, person("Ilja Orlan"), person("Anna Hemmer"))
    source = "Ilja Orlan , who married Anna Hemmer"
    assert who(with_attributions(text, said("said", source=source, content=["it fell"]))) == ["Ilja Orlan"]


def test_of_two_sources_in_one_the_subject_of_the_cue_speaks() -> None:
    text = build(
        """According/VERB/VBG/5/case to/ADP/IN/1/fixed the/DET/DT/5/det Halden/PROPN/NNP/5/compound
        Herald/PROPN/NNP/8/obl ,/PUNCT/,/5/punct Orlan/PROPN/NNP/8/nsubj said/VERB/VBD/0/root it/PRON/PRP/10/nsubj
        fell/VERB/VBD/8/ccomp"""
    )
    text = with_mentions(text, organisation("the Halden Herald"), person("Orlan"))
    source = "the Halden Herald , Orlan"
    assert who(with_attributions(text, said("said", source=source, content=["it fell"]))) == ["Orlan"]


def test_people_who_speak_together_are_the_first_of_them() -> None:
    text = build(
        """Orlan/PROPN/NNP/6/nsubj ,/PUNCT/,/3/punct Rutte/PROPN/NNP/1/conj and/CCONJ/CC/5/cc Hemmer/PROPN/NNP/1/conj
        said/VERB/VBD/0/root it/PRON/PRP/8/nsubj fell/VERB/VBD/6/ccomp"""
    )
    text = with_mentions(text, person("Orlan"), person("Rutte"), person("Hemmer"))
    assert who(with_attributions(text, said("said", source="and Hemmer", content=["it fell"]))) == ["Orlan"]


def test_who_is_told_something_does_not_say_it() -> None:
    text = build(
        """Orlan/PROPN/NNP/3/nsubj:pass was/AUX/VBD/3/aux:pass told>tell/VERB/VBN/0/root it/PRON/PRP/5/nsubj
        fell/VERB/VBD/3/ccomp"""
    )
    text = with_mentions(text, person("Orlan"))
    assert who(with_attributions(text, said("told", source="Orlan", content=["it fell"]))) == [None]


def test_which_speaks_for_the_noun_before_its_clause() -> None:
    text = build(
        """the/DET/DT/2/det board/NOUN/NN/8/nsubj ,/PUNCT/,/5/punct which/PRON/WDT/5/nsubj said/VERB/VBD/2/acl:relcl
        it/PRON/PRP/7/nsubj fell/VERB/VBD/5/ccomp met/VERB/VBD/0/root"""
    )
    text = with_mentions(text, organisation("the board"))
    assert who(with_attributions(text, said("said", source="which", content=["it fell"]))) == ["board"]


def test_it_without_anybody_is_nobody() -> None:
    text = build("It/PRON/PRP/2/nsubj said/VERB/VBD/0/root they/PRON/PRP/4/nsubj fell/VERB/VBD/2/ccomp")
    assert who(with_attributions(text, said("said", source="It", content=["they fell"]))) == [None]


FORMER = """the/DET/DT/2/det {0}/ADJ/JJ/3/nsubj said/VERB/VBD/0/root it/PRON/PRP/5/nsubj fell/VERB/VBD/3/ccomp"""


@pytest.mark.parametrize(("word", "name"), [("former", "Orlan"), ("latter", "Rutte")])
def test_the_former_and_the_latter(word: str, name: str) -> None:
    text = build(
        "Orlan/PROPN/NNP/4/nsubj and/CCONJ/CC/3/cc Rutte/PROPN/NNP/1/conj met/VERB/VBD/0/root", FORMER.format(word)
    )
    text = with_mentions(text, person("Orlan"), person("Rutte"), person(f"the {word}"))
    assert who(with_attributions(text, said("said", source=f"the {word}", content=["it fell"]))) == [name]


NOMINEES = (
    """Republican/ADJ/JJ/2/amod nominee/NOUN/NN/3/nmod:desc Ilja/PROPN/NNP/5/nsubj Orlan/PROPN/NNP/3/flat
    spoke/VERB/VBD/0/root""",
    """Democratic/ADJ/JJ/2/amod nominee/NOUN/NN/3/nmod:desc Anna/PROPN/NNP/5/nsubj Hemmer/PROPN/NNP/3/flat
    spoke/VERB/VBD/0/root""",
)
NOMINEE_SAID = """The/DET/DT/3/det {0}/ADJ/JJ/3/amod nominee/NOUN/NN/4/nsubj said/VERB/VBD/0/root it/PRON/PRP/6/nsubj
    fell/VERB/VBD/4/ccomp"""


@pytest.mark.parametrize(
    ("party", "name"), [("Republican", "Ilja Orlan"), ("Democratic", "Anna Hemmer"), ("Liberal", "Liberal nominee")]
)
def test_whose_title_it_is_has_to_agree(party: str, name: str) -> None:
    text = build(*NOMINEES, NOMINEE_SAID.format(party))
    source = f"The {party} nominee"
    people = (person("Republican nominee Ilja Orlan"), person("Democratic nominee Anna Hemmer"), person(source))
    text = with_attributions(with_mentions(text, *people), said("said", source=source, content=["it fell"]))
    assert who(text) == [name]


def test_a_spokeswoman_for_a_body_speaks_herself_and_has_the_role() -> None:
    text = build(
        """A/DET/DT/2/det spokeswoman/NOUN/NN/10/nsubj for/ADP/IN/5/case the/DET/DT/5/det board/NOUN/NN/2/nmod
        ,/PUNCT/,/7/punct Helga/PROPN/NNP/2/appos Brandt/PROPN/NNP/7/flat ,/PUNCT/,/2/punct said/VERB/VBD/0/root
        it/PRON/PRP/12/nsubj fell/VERB/VBD/10/ccomp"""
    )
    text = with_mentions(text, person("A spokeswoman for the board"), organisation("the board"), person("Helga Brandt"))
    source = "A spokeswoman for the board , Helga Brandt ,"
    assert who(with_attributions(text, said("said", source=source, content=["it fell"]))) == ["Helga Brandt"]
    brandt = next(p for p in gather(text).parties if p.name == "Helga Brandt")
    assert [r.title for r in brandt.roles] == ["spokeswoman for the board"]


def test_the_leader_of_a_country_is_its_president() -> None:
    text = build(
        ZELENSKY,
        """The/DET/DT/3/det Ukrainian/ADJ/JJ/3/amod leader/NOUN/NN/4/nsubj said/VERB/VBD/0/root it/PRON/PRP/6/nsubj
        fell/VERB/VBD/4/ccomp""",
    )
    text = with_mentions(text, ZELENSKY_NAMED, person("The Ukrainian leader"))
    assert who(with_attributions(text, said("said", source="The Ukrainian leader", content=["it fell"]))) == [
        "Volodymyr Zelensky"
    ]
