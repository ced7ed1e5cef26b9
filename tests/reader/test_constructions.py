"""Statements found by a fixed construction where the attribution head found none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.reader.building import build, said, with_attributions

from onrecord.reader.annotated import Annotated
from onrecord.reader.statements.constructions import constructed
from onrecord.reader.statements.quotation import Quotations
from onrecord.reader.statements.utterances import utterances
from onrecord.records import Block

Told = tuple[list[str], list[str], list[str]]  # source, cue, content


def told(annotated: Annotated) -> list[Told]:
    """Source, cue and content of each statement that a text without attributions is found to hold."""

    def words(pieces: tuple[range, ...]) -> list[str]:
        return [" ".join(annotated.tokens[i].text for i in r) for r in pieces]

    found = constructed(annotated, Quotations(annotated), [])
    return [(words(u.source), words(u.cue), words(u.content)) for u in found]


def heading(sentence: str) -> Annotated:
    text = build(sentence)
    whole = text.span(0, len(text.tokens))
    return replace(text, document=replace(text.document, blocks=(Block(whole, "heading"),)))


HEADLINE = """Panel>panel/NOUN/NN/2/{relation} {verb}/VERB/VBZ/0/root bridge/NOUN/NN/5/nsubj is/AUX/VBZ/5/cop
    safe/ADJ/JJ/2/ccomp"""
RULES = HEADLINE.format(relation="nsubj", verb="rules>rule")


def test_the_main_verb_of_a_headline() -> None:
    assert told(heading(RULES)) == [(["Panel"], ["rules"], ["bridge is safe"])]
    assert told(build(RULES)) == [], "in running text the attribution head knows better"


@pytest.mark.parametrize(("relation", "verb"), [("nsubj", "makes>make"), ("obl", "rules>rule")])
def test_a_headline_of_a_deed_or_without_a_subject_is_none(relation: str, verb: str) -> None:
    assert told(heading(HEADLINE.format(relation=relation, verb=verb))) == []


def test_who_is_urged_to_do_something() -> None:
    text = build(
        """Mayors>mayor/NOUN/NNS/3/nsubj are/AUX/VBP/3/aux encouraging>encourage/VERB/VBG/0/root people/NOUN/NNS/3/obj
        to/PART/TO/6/mark wait/VERB/VB/3/xcomp ./PUNCT/./3/punct"""
    )
    assert told(text) == [(["Mayors"], ["encouraging"], ["people to wait"])]


def test_a_passive_names_nobody_who_speaks() -> None:
    text = build(
        """Drivers>driver/NOUN/NNS/3/nsubj:pass were/AUX/VBD/3/aux:pass advised>advise/VERB/VBN/0/root to/PART/TO/5/mark
        wait/VERB/VB/3/xcomp ./PUNCT/./3/punct"""
    )
    assert told(text) == [([], ["advised"], ["Drivers", "to wait"])]


def test_as_what_something_is_seen() -> None:
    text = build(
        """Papers>paper/NOUN/NNS/3/nsubj have/AUX/VBP/3/aux dismissed>dismiss/VERB/VBN/0/root it/PRON/PRP/3/obj
        as/ADP/IN/6/case folly/NOUN/NN/3/obl ./PUNCT/./3/punct"""
    )
    assert told(text) == [(["Papers"], ["dismissed"], ["it as folly"])]


@pytest.mark.parametrize(
    ("sentence", "want"),
    [
        (
            """the/DET/DT/2/det bank/NOUN/NN/4/nmod:poss 's/PART/POS/2/case warning/NOUN/NN/0/root that/SCONJ/IN/7/mark
            prices>price/NOUN/NNS/7/nsubj rise/VERB/VBP/4/acl""",
            (["the bank"], ["warning"], ["that prices rise"]),
        ),
        (
            """their/PRON/PRP$/2/nmod:poss calls>call/NOUN/NNS/0/root for/ADP/IN/4/case peace/NOUN/NN/2/nmod""",
            (["their"], ["calls for"], ["peace"]),
        ),
    ],
)
def test_a_noun_of_speech_with_its_owner(sentence: str, want: Told) -> None:
    assert told(build(sentence)) == [want]


def test_a_noun_without_an_owner_or_of_other_kinds_is_none() -> None:
    assert told(build("calls>call/NOUN/NNS/0/root for/ADP/IN/3/case peace/NOUN/NN/1/nmod")) == []
    assert told(build("our/PRON/PRP$/2/nmod:poss room/NOUN/NN/0/root for/ADP/IN/4/case guests/NOUN/NNS/2/nmod")) == []


HEARSAY = """{adverb}/ADV/RB/4/advmod ,/PUNCT/,/1/punct guards>guard/NOUN/NNS/4/nsubj slept>sleep/VERB/VBD/0/root"""


@pytest.mark.parametrize(("adverb", "count"), [("Allegedly", 1), ("Reportedly", 1), ("Usually", 0)])
def test_what_is_said_to_be_so_is_nobodys(adverb: str, count: int) -> None:
    assert told(build(HEARSAY.format(adverb=adverb))) == [([], [adverb], ["guards slept"])] * count


def test_hearsay_inside_of_a_sentence_is_left_to_the_head() -> None:
    text = """guards>guard/NOUN/NNS/3/nsubj allegedly/ADV/RB/3/advmod slept>sleep/VERB/VBD/0/root"""
    assert told(build(text)) == []


WORDS_OF = """In/ADP/IN/3/case the/DET/DT/3/det {noun}/NOUN/NNS/11/obl of/ADP/IN/6/case the/DET/DT/6/det
    captain/NOUN/NN/3/nmod ,/PUNCT/,/3/punct “/PUNCT/``/11/punct we/PRON/PRP/11/nsubj were/AUX/VBD/11/aux
    lucky/ADJ/JJ/0/root ”/PUNCT/''/11/punct"""


def test_in_the_words_of_somebody() -> None:
    assert told(build(WORDS_OF.format(noun="words>word"))) == [
        (["the captain"], ["In the words of"], ["we were lucky"])
    ]
    assert told(build(WORDS_OF.format(noun="eyes>eye"))) == []
    unmarked = WORDS_OF.replace("“/PUNCT/``", ",/PUNCT/,").replace("”/PUNCT/''", ",/PUNCT/,")
    assert told(build(unmarked.format(noun="words>word"))) == [], "without marks nobody's words are shown"


def test_who_asks_by_a_letter_is_who_wrote_it() -> None:
    text = build(
        """a/DET/DT/2/det letter/NOUN/NN/0/root by/ADP/IN/5/case the/DET/DT/5/det town/NOUN/NN/2/nmod
        asking>ask/VERB/VBG/2/acl schools>school/NOUN/NNS/6/obj to/PART/TO/9/mark pay/VERB/VB/6/xcomp"""
    )
    assert told(text) == [(["the town"], ["asking"], ["schools to pay"])]


PASSIVE = """Drivers>driver/NOUN/NNS/3/nsubj:pass were/AUX/VBD/3/aux:pass advised>advise/VERB/VBN/0/root to/PART/TO/5/mark
    wait/VERB/VB/3/xcomp"""


def test_what_is_known_is_not_told_again_and_quotations_are_left_alone() -> None:
    text = build(PASSIVE)
    known = utterances(with_attributions(text, said("advised", content=["to wait"])), Quotations(text))
    assert constructed(text, Quotations(text), known) == []
    assert told(build("“/PUNCT/``/4/punct " + _moved(PASSIVE) + " ”/PUNCT/''/4/punct")) == []


def _moved(sentence: str) -> str:
    """The sentence with each head one word on."""
    return re.sub(r"/([1-9])/", lambda m: f"/{int(m[1]) + 1}/", sentence)


RECEIVED = """the/DET/DT/2/det plan/NOUN/NN/3/nsubj drew>draw/VERB/VBD/0/root {noun}/NOUN/NN/3/obj from/ADP/IN/6/case
    Lee/PROPN/NNP/4/nmod for/ADP/IN/8/case cost/NOUN/NN/4/nmod"""


def test_what_draws_criticism_is_criticised() -> None:
    assert told(build(RECEIVED.format(noun="criticism"))) == [(["Lee"], ["criticism"], ["the plan", "for cost"])]
    assert told(build(RECEIVED.format(noun="money"))) == []


def test_who_draws_criticism_does_not_speak() -> None:
    text = build(RECEIVED.format(noun="criticism"))
    (found,) = utterances(
        with_attributions(text, said("drew criticism", source="the plan", content=["for cost"])), Quotations(text)
    )
    assert (found.source, found.content) == ((), (range(2), range(6, 8)))


THERE = """there/PRON/EX/2/expl {be} {noun}/NOUN/NNS/2/nsubj that/SCONJ/IN/6/mark dams>dam/NOUN/NNS/6/nsubj
    break/VERB/VBP/3/acl"""


def test_what_there_are_fears_of_is_nobodys() -> None:
    be = "are>be/VERB/VBP/0/root"
    assert told(build(THERE.format(be=be, noun="fears>fear"))) == [([], ["fears"], ["that dams break"])]
    assert told(build(THERE.format(be=be, noun="towns>town"))) == []


@pytest.mark.parametrize("relation", ["case", "mark"])  # the parser takes the one for the other where words are unknown
def test_what_somebody_calls_for(relation: str) -> None:
    text = build(
        f"""Nell>nell/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case call/NOUN/NN/0/root for/ADP/IN/5/{relation}
        peace/NOUN/NN/3/nmod"""
    )
    assert told(text) == [(["Nell"], ["call for"], ["peace"])]
