"""Contents that the attribution head cut short, or that run into each other, set right by marks and tree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reader.building import SURE, Said, build, said, with_attributions

from onrecord.reader.annotated import Annotated
from onrecord.reader.statements.passages import Utterance
from onrecord.reader.statements.quotation import Quotations
from onrecord.reader.statements.utterances import LEAST_SURE, utterances


def read(annotated: Annotated, *attributions: Said) -> list[Utterance]:
    text = with_attributions(annotated, *attributions)
    return utterances(text, Quotations(text))


def contents(annotated: Annotated, *attributions: Said) -> list[list[str]]:
    found = read(annotated, *attributions)
    return [[" ".join(annotated.tokens[i].text for i in r) for r in u.content] for u in found]


def sources(annotated: Annotated, *attributions: Said) -> list[list[str]]:
    found = read(annotated, *attributions)
    return [[" ".join(annotated.tokens[i].text for i in r) for r in u.source] for u in found]


QUOTED = build(
    """“/PUNCT/``/4/punct They/PRON/PRP/3/nsubj all/DET/DT/4/det left/VERB/VBD/9/ccomp by/ADP/IN/6/case night/NOUN/NN/4/obl
    ,/PUNCT/,/4/punct ”/PUNCT/''/4/punct said/VERB/VBD/0/root Orlan/PROPN/NNP/9/nsubj ./PUNCT/./9/punct"""
)


def test_a_quotation_is_reported_whole() -> None:
    assert contents(QUOTED, said("said", source="Orlan", content=["all left"])) == [["They all left by night"]]


def test_a_quotation_of_which_another_tells_a_part_is_not() -> None:
    outside = said(None, source="Orlan", content=["by night"])
    assert ["all left"] in contents(QUOTED, said("said", source="Orlan", content=["all left"]), outside)


def test_a_phrase_cut_in_its_middle_is_whole() -> None:
    text = build(
        """Orlan/PROPN/NNP/2/nsubj said/VERB/VBD/0/root for/ADP/IN/4/case example/NOUN/NN/7/obl bans/NOUN/NNS/7/nsubj
        are/AUX/VBP/7/cop legal/ADJ/JJ/2/ccomp ./PUNCT/./2/punct"""
    )
    assert contents(text, said("said", source="Orlan", content=["bans are"])) == [["bans are legal"]]
    assert contents(text, said("said", source="Orlan", content=["example bans are legal"])) == [
        ["for example bans are legal"]
    ]


def test_a_subject_parted_by_the_cue_is_said_too() -> None:
    text = build(
        """Schools/NOUN/NNS/7/nsubj ,/PUNCT/,/3/punct said/VERB/VBD/7/parataxis Orlan/PROPN/NNP/3/nsubj ,/PUNCT/,/3/punct
        are/AUX/VBP/7/cop full/ADJ/JJ/0/root"""
    )
    assert contents(text, said("said", source="Orlan", content=["are full"])) == [["Schools", "are full"]]


FRONTED = build(
    """According>accord/VERB/VBG/4/case to/ADP/IN/1/fixed the/DET/DT/4/det Ledger/PROPN/NNP/12/obl ,/PUNCT/,/4/punct
    Ann/PROPN/NNP/12/nsubj Lee/PROPN/NNP/6/flat ,/PUNCT/,/10/punct the/DET/DT/10/det chair/NOUN/NN/6/appos
    ,/PUNCT/,/10/punct resigned>resign/VERB/VBD/0/root early/ADV/RB/12/advmod ./PUNCT/./12/punct"""
)


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("the Ledger , Ann Lee", "the chair , resigned early"),
        ("the Ledger , Ann Lee , the chair", "resigned early"),
        ("the Ledger", ", Ann Lee , the chair , resigned early"),
    ],
)
def test_a_fronted_source_ends_where_the_subject_begins(source: str, content: str) -> None:
    attribution = said("According to", source=source, content=[content])
    assert sources(FRONTED, attribution) == [["the Ledger"]]
    assert contents(FRONTED, attribution) == [["Ann Lee , the chair , resigned early"]]


def test_the_name_behind_a_fronted_title_is_the_sources() -> None:
    text = build(
        """According>accord/VERB/VBG/4/case to/ADP/IN/1/fixed his/PRON/PRP$/4/nmod:poss lawyer/NOUN/NN/9/obl
        ,/PUNCT/,/6/punct Lee/PROPN/NNP/4/appos ,/PUNCT/,/6/punct they/PRON/PRP/9/nsubj settled/VERB/VBD/0/root"""
    )
    attribution = said("According to", source="his lawyer", content=["Lee , they settled"])
    assert sources(text, attribution) == [["his lawyer , Lee"]]
    assert contents(text, attribution) == [["they settled"]]


def test_a_source_that_trails_is_left_as_it_is() -> None:
    text = build(
        """Lee/PROPN/NNP/2/nsubj resigned/VERB/VBD/0/root ,/PUNCT/,/2/punct according>accord/VERB/VBG/7/case
        to/ADP/IN/4/fixed the/DET/DT/7/det Ledger/PROPN/NNP/2/obl"""
    )
    attribution = said("according to", source="the Ledger", content=["Lee resigned"])
    assert sources(text, attribution) == [["the Ledger"]]
    assert contents(text, attribution) == [["Lee resigned"]]


def test_a_note_in_brackets_parts_a_content() -> None:
    text = build("Orlan/PROPN/NNP called/VERB/VBD it/PRON/PRP “ sad/ADJ/JJ ” ( fr/X/FW ) and/CCONJ/CC slow/ADJ/JJ .")
    got = contents(text, said("called", source="Orlan", content=["it “ sad ” ( fr ) and slow"]))
    assert got == [["it “ sad ”", "and slow"]]


PASSIVE = """{who} was/AUX/VBD/3/aux:pass {verb}/VERB/VBN/0/root to/PART/TO/5/mark leave/VERB/VB/3/xcomp"""


@pytest.mark.parametrize(
    ("who", "verb", "source", "content"),
    [
        ("Orlan/PROPN/NNP/3/nsubj:pass", "asked>ask", None, ["Orlan", "to leave"]),
        ("Orlan/PROPN/NNP/3/nsubj:pass", "asked>ask", "Orlan", ["Orlan", "to leave"]),
        ("It/PRON/PRP/3/nsubj:pass", "announced>announce", "It", ["to leave"]),
        ("that/PRON/WDT/3/nsubj:pass", "described>describe", "that", ["to leave"]),
    ],
)
def test_the_subject_of_a_passive_does_not_speak(who: str, verb: str, source: str | None, content: list[str]) -> None:
    text = build(PASSIVE.format(who=who, verb=verb))
    attribution = said(verb.partition(">")[0], source=source, content=["to leave"])
    assert sources(text, attribution) == [[]]
    assert contents(text, attribution) == [content]


def test_an_addressee_alone_is_no_content() -> None:
    text = build("Orlan/PROPN/NNP/2/nsubj wrote/VERB/VBD/0/root to/ADP/IN/4/case Lee/PROPN/NNP/2/obl")
    assert contents(text, said("wrote to", source="Orlan", content=["Lee"])) == []


TWICE = build(
    """Orlan/PROPN/NNP/3/nsubj even/ADV/RB/3/advmod said/VERB/VBD/0/root they/PRON/PRP/5/nsubj left/VERB/VBD/3/ccomp"""
)


def test_a_content_is_told_once() -> None:
    one = said("said", source="Orlan", content=["they left"])
    other = said("even said", source="Orlan", content=["they left"])
    assert contents(TWICE, one, other) == [["they left"]]


def test_a_content_told_of_by_two_that_stand_in_each_other_is_told_twice() -> None:
    outer = said("Orlan", content=["even said they left"])
    inner = said("said", content=["they left"])
    assert len(contents(TWICE, outer, inner)) == 2


def test_a_piece_that_another_reports_in_its_own_sentence_is_that_ones() -> None:
    text = build(
        """“/PUNCT/``/2/punct Stay/VERB/VB/4/ccomp ”/PUNCT/''/2/punct said/VERB/VBD/0/root Orlan/PROPN/NNP/4/nsubj""",
        """“/PUNCT/``/2/punct Thanks/NOUN/NNS/4/ccomp ”/PUNCT/''/2/punct added/VERB/VBD/0/root he/PRON/PRP/4/nsubj""",
    )
    first = said("said", source="Orlan", content=["“ Stay ”"])
    second = said("added", source="he", content=["“ Stay ”", "“ Thanks ”"])
    assert contents(text, first, second) == [["Stay"], ["Thanks"]]


@pytest.mark.parametrize(("anchor", "found"), [(LEAST_SURE + 0.01, 1), (LEAST_SURE - 0.01, 0)])
def test_an_unsure_attribution_is_none(anchor: float, found: int) -> None:
    text = with_attributions(TWICE, said("said", source="Orlan", content=["they left"]))
    (attribution,) = text.attributions
    unsure = replace(attribution, sure=replace(SURE, anchor=anchor))
    text = replace(text, attributions=(unsure,))
    assert len(utterances(text, Quotations(text))) == found


@pytest.mark.parametrize(("noun", "count"), [("loss", 0), ("letter", 1)])
def test_a_loss_that_a_firm_posted_is_nothing_it_said(noun: str, count: int) -> None:
    text = build(f"Norda/PROPN/NNP/2/nsubj posted>post/VERB/VBD/0/root a/DET/DT/4/det {noun}/NOUN/NN/2/obj")
    assert len(contents(text, said("posted", source="Norda", content=[f"a {noun}"]))) == count


DESCRIBED = build(
    """The/DET/DT/2/det bridge/NOUN/NN/3/nsubj closed/VERB/VBD/14/ccomp ,/PUNCT/,/14/punct the/DET/DT/6/det
    head/NOUN/NN/14/nsubj of/ADP/IN/9/case the/DET/DT/9/det office/NOUN/NN/6/nmod ,/PUNCT/,/11/punct Ann/PROPN/NNP/6/appos
    Lee/PROPN/NNP/11/flat ,/PUNCT/,/11/punct said/VERB/VBD/0/root ./PUNCT/./14/punct"""
)


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("Ann Lee", "The bridge closed , the head of the office"),
        ("office , Ann Lee", "The bridge closed , the head of the"),
        ("head of the office , Ann Lee", "The bridge closed , the"),
        (None, "The bridge closed , the head of the office , Ann Lee"),
    ],
)
def test_a_long_description_belongs_to_the_source(source: str | None, content: str) -> None:
    found = said("said", source=source, content=[content])
    assert contents(DESCRIBED, found) == [["The bridge closed"]]
    ((words,),) = sources(DESCRIBED, found)
    assert words.startswith("the head of the office , Ann Lee")


def test_without_a_mark_before_it_the_description_stays_where_it_was_read() -> None:
    text = build(
        """Rain/NOUN/NN/2/nsubj closed/VERB/VBD/7/ccomp the/DET/DT/4/det roads/NOUN/NNS/2/obj Ann/PROPN/NNP/7/nsubj
        Lee/PROPN/NNP/5/flat said/VERB/VBD/0/root ./PUNCT/./7/punct"""
    )
    found = said("said", source="Lee", content=["Rain closed the roads Ann"])
    assert sources(text, found) == [["Lee"]]


@pytest.mark.parametrize(("town", "kept"), [("MOSUL", "The town fell"), ("Mosul", "Mosul ( AP ) – The town fell")])
def test_a_dateline_is_nothing_that_was_said(town: str, kept: str) -> None:
    text = build(
        f"""{town}/PROPN/NNP/8/dep (/PUNCT/-LRB-/3/punct AP/PROPN/NNP/1/dep )/PUNCT/-RRB-/3/punct –/PUNCT/:/1/punct
        The/DET/DT/7/det town/NOUN/NN/8/nsubj fell/VERB/VBD/11/ccomp ,/PUNCT/,/11/punct officials/NOUN/NNS/11/nsubj
        said/VERB/VBD/0/root ./PUNCT/./11/punct"""
    )
    found = said("said", source="officials", content=[f"{town} ( AP ) – The town fell"])
    assert contents(text, found) == [[kept]]
