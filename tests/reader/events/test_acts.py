"""Acts from cue, content and source, over trees written by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest

from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.statements.acts import act_of, act_of_cue, is_document, is_institution
from onrecord.reader.wordlists import sections
from onrecord.records import Act, Span

Tree = Callable[..., Annotated]
HE = "He/PRON/PRP/2/nsubj said>say/VERB/VBD/0/root"


def spoken(tree: Tree, content: str, cue: str = "said>say/VERB/VBD/0/root") -> tuple[Act, bool]:
    """The act of a content (words with heads that count from 3, its head governed by 2) that "he" said."""
    annotated = tree(f"He/PRON/PRP/2/nsubj {cue} {content}")
    return act_of(annotated, [1], range(2, len(annotated.tokens)), [0])


CONTENTS = {
    "fact": ("it/PRON/PRP/4/nsubj rained>rain/VERB/VBD/2/ccomp", "say"),
    "own mind": ("he/PRON/PRP/4/nsubj believes>believe/VERB/VBZ/2/ccomp it/PRON/PRP/4/obj", "think"),
    "own future": (
        "he/PRON/PRP/5/nsubj would/AUX/MD/5/aux resign/VERB/VB/2/ccomp",
        "promise",
    ),
    "own motion": (
        "he/PRON/PRP/5/nsubj was>be/AUX/VBD/5/aux taking>take/VERB/VBG/2/ccomp them/PRON/PRP/5/obj",
        "promise",
    ),
    "the future of others": (
        "schools>school/NOUN/NNS/5/nsubj will/AUX/MD/5/aux close/VERB/VB/2/ccomp",
        "predict",
    ),
    "what others must do": (
        "Russia/PROPN/NNP/5/nsubj must/AUX/MD/5/aux stop/VERB/VB/2/ccomp",
        "demand",
    ),
    "opinion": ("it/PRON/PRP/5/nsubj was>be/AUX/VBD/5/cop outrageous/ADJ/JJ/2/ccomp", "judge"),
    "falsehood": ("it/PRON/PRP/5/nsubj was>be/AUX/VBD/5/cop false/ADJ/JJ/2/ccomp", "deny"),
    "performed": ("I/PRON/PRP/5/nsubj can/AUX/MD/5/aux confirm/VERB/VB/2/ccomp it/PRON/PRP/5/obj", "confirm"),
    "question": ("Why/ADV/WRB/2/ccomp ?/PUNCT/./3/punct", "ask"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_said_leaves_the_act_to_the_content(name: str, tree: Tree) -> None:
    content, want = CONTENTS[name]
    assert spoken(tree, content) == (want, False)


@pytest.mark.parametrize(
    ("cue", "want"),
    [
        ("confirmed>confirm/VERB/VBD/0/root", "confirm"),
        ("denied>deny/VERB/VBD/0/root", "deny"),
        ("warned>warn/VERB/VBD/0/root", "warn"),
        ("demanded>demand/VERB/VBD/0/root", "demand"),
        ("vowed>vow/VERB/VBD/0/root", "promise"),
        ("predicted>predict/VERB/VBD/0/root", "predict"),
        ("condemned>condemn/VERB/VBD/0/root", "judge"),
        ("thanked>thank/VERB/VBD/0/root", "thank"),
        ("believes>believe/VERB/VBZ/0/root", "think"),
        ("tweeted>tweet/VERB/VBD/0/root", "say"),
    ],
)
def test_the_cue_decides_first(cue: str, want: str, tree: Tree) -> None:
    assert spoken(tree, CONTENTS["fact"][0], cue) == (want, False)


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("called>call/VERB/VBD/0/root for/ADP/IN/3/case peace/NOUN/NN/1/obl", "demand"),
        ("called>call/VERB/VBD/0/root on/ADP/IN/3/case them/PRON/PRP/1/obl", "demand"),
        ("expressed>express/VERB/VBD/0/root hope/NOUN/NN/1/obj", "think"),
        ("went>go/VERB/VBD/0/root on/ADP/RP/1/compound:prt to/PART/TO/4/mark warn/VERB/VB/1/xcomp", "warn"),
        ("blorted>blort/VERB/VBD/0/root", "say"),
    ],
)
def test_the_longest_and_last_phrase_of_a_cue(words: str, want: str, tree: Tree) -> None:
    annotated = tree(words)
    cue = range(2 if "for" in words or " on/ADP/IN" in words else len(annotated.tokens))
    assert act_of_cue(annotated, cue)[0] == want


def test_negated_cues(tree: Tree) -> None:
    content = "the/DET/DT/6/det report/NOUN/NN/4/obj"
    annotated = tree(f"He/PRON/PRP/4/nsubj did>do/AUX/VBD/4/aux not/PART/RB/4/advmod confirm/VERB/VB/0/root {content}")
    assert act_of(annotated, [3], [4, 5], [0]) == ("confirm", True)
    annotated = tree(
        "He/PRON/PRP/2/nsubj declined>decline/VERB/VBD/0/root to/PART/TO/4/mark confirm/VERB/VB/2/xcomp " + content
    )
    assert act_of(annotated, [1, 2, 3], [4, 5], [0]) == ("confirm", True)
    assert act_of(annotated, [3], [4, 5], [0]) == ("confirm", True)


def test_telling_somebody_to_is_a_demand(tree: Tree) -> None:
    annotated = tree(
        "He/PRON/PRP/2/nsubj told>tell/VERB/VBD/0/root them/PRON/PRP/2/iobj to/PART/TO/5/mark leave/VERB/VB/2/xcomp"
    )
    assert act_of(annotated, [1], [3, 4], [0]) == ("demand", False)


def test_asking_is_a_question_or_a_demand(tree: Tree) -> None:
    whether = tree(
        "He/PRON/PRP/2/nsubj asked>ask/VERB/VBD/0/root whether/SCONJ/IN/5/mark they/PRON/PRP/5/nsubj "
        "left>leave/VERB/VBD/2/ccomp"
    )
    assert act_of(whether, [1], [2, 3, 4], [0])[0] == "ask"
    to = tree(
        "He/PRON/PRP/2/nsubj asked>ask/VERB/VBD/0/root them/PRON/PRP/2/obj to/PART/TO/5/mark leave/VERB/VB/2/xcomp"
    )
    assert act_of(to, [1], [2, 3, 4], [0])[0] == "demand"


def test_asserting_that_not_denies_and_saying_it_does_not(tree: Tree) -> None:
    content = "it/PRON/PRP/6/nsubj was>be/AUX/VBD/6/cop not/PART/RB/6/advmod involved/ADJ/JJ/2/ccomp"
    assert spoken(tree, content, "maintained>maintain/VERB/VBD/0/root")[0] == "deny"
    assert spoken(tree, content, "asserted>assert/VERB/VBD/0/root")[0] == "deny"
    assert spoken(tree, content)[0] == "say"


def test_a_study_a_ministry_and_a_person(tree: Tree) -> None:
    fact = "rain/NOUN/NN/2/nsubj fell>fall/VERB/VBD/0/root"
    according = "according>accord/VERB/VBG/6/case to/ADP/IN/3/fixed the/DET/DT/6/det"
    for source, want in (("study", "report"), ("ministry", "report"), ("president", "say")):
        annotated = tree(f"{fact} {according} {source}/NOUN/NN/2/obl")
        assert act_of(annotated, [2, 3], [0, 1], [4, 5])[0] == want, source
    said = tree(
        "The/DET/DT/2/det ministry/NOUN/NN/3/nsubj said>say/VERB/VBD/0/root it/PRON/PRP/5/nsubj "
        "fell>fall/VERB/VBD/3/ccomp"
    )
    assert act_of(said, [2], [3, 4], [0, 1])[0] == "say"
    assert is_institution(said, [0, 1])
    assert not is_document(said, [0, 1])
    assert not is_document(said, [])


def test_a_quotation_that_goes_on_has_no_cue(tree: Tree) -> None:
    annotated = tree("They/PRON/PRP/4/nsubj will/AUX/MD/4/aux be/AUX/VB/4/cop ready/ADJ/JJ/0/root")
    assert act_of(annotated, [], range(4)) == ("predict", False)


def test_no_content_is_refused(tree: Tree) -> None:
    with pytest.raises(ValueError, match="content"):
        act_of(tree(HE), [1], [])


def test_every_act_has_words() -> None:
    words = sections("acts")
    assert all(words[act] for act in get_args(Act))


def test_acts_on_the_development_cases(gold_cases: list[tuple[str, Annotated, dict[str, Any]]]) -> None:
    """92 of 96 with gold trees and gold spans when the rules were written on these very cases; the floor leaves two."""
    right = total = 0
    for _, annotated, gold in gold_cases:
        for statement in gold["statements"]:
            parts = (
                [i for s in statement[part] for i in annotated.tokens_in(Span(*s))]
                for part in ("cue", "content", "source")
            )
            right += act_of(annotated, *parts)[0] == statement["act"]
            total += 1
    assert total == 96
    assert right >= 90


def test_who_declines_to_say_does_not_say(tree: Tree) -> None:
    cue = "declined>decline/VERB/VBD/0/root"
    assert spoken(tree, "to/PART/TO/4/mark comment/VERB/VB/2/xcomp", cue) == ("say", True)
    assert spoken(tree, "to/PART/TO/4/mark confirm/VERB/VB/2/xcomp it/PRON/PRP/4/obj", cue) == ("confirm", True)
    assert spoken(tree, "to/PART/TO/4/mark resign/VERB/VB/2/xcomp", cue) == ("deny", False)


@pytest.mark.parametrize(("source", "want"), [("institute/NOUN/NN/2/nsubj", "report"), ("he/PRON/PRP/2/nsubj", "say")])
def test_what_an_institution_reported_is_a_report(source: str, want: Act, tree: Tree) -> None:
    annotated = tree(f"{source} reported>report/VERB/VBD/0/root it/PRON/PRP/4/nsubj rained>rain/VERB/VBD/2/ccomp")
    assert act_of(annotated, [1], [2, 3], [0])[0] == want


def test_what_an_inquiry_found_is_a_report_even_of_a_fault(tree: Tree) -> None:
    annotated = tree(
        """inquiry/NOUN/NN/2/nsubj found>find/VERB/VBD/0/root it/PRON/PRP/5/nsubj was>be/AUX/VBD/5/cop weak/ADJ/JJ/2/ccomp"""
    )
    assert act_of(annotated, [1], [2, 3, 4], [0]) == ("report", False)


@pytest.mark.parametrize(
    ("cue", "want"), [("warn>war/VERB/VBP/0/root", "warn"), ("denied>deni/VERB/VBD/0/root", "deny")]
)
def test_a_wrong_lemma_does_not_hide_the_act(cue: str, want: Act, tree: Tree) -> None:
    assert spoken(tree, "it/PRON/PRP/4/nsubj rained>rain/VERB/VBD/2/ccomp", cue) == (want, False)


def test_a_poll_that_is_taken_for_a_person_reports(tree: Tree) -> None:
    annotated = tree("poll/NOUN/NN/2/nsubj said>say/VERB/VBD/0/root it/PRON/PRP/4/nsubj rained>rain/VERB/VBD/2/ccomp")
    annotated = replace(annotated, mentions=(MentionGuess(0, 0, 1, "person", 0.6),))
    assert act_of(annotated, [1], [2, 3], [0])[0] == "report"


@pytest.mark.parametrize("cue", ["persuaded>persuade", "convinced>convince", "reminded>remind"])
def test_who_is_moved_to_do_something_was_asked_to(cue: str, tree: Tree) -> None:
    content = "them/PRON/PRP/2/obj to/PART/TO/5/mark leave/VERB/VB/2/xcomp"
    assert spoken(tree, content, f"{cue}/VERB/VBD/0/root")[0] == "demand"


@pytest.mark.parametrize(
    ("content", "want"),
    [
        ("the/DET/DT/4/det firm/NOUN/NN/5/nsubj pay/VERB/VB/2/ccomp", "demand"),
        ("he/PRON/PRP/5/nsubj:pass be/AUX/VB/5/aux:pass freed>free/VERB/VBN/2/ccomp", "demand"),
        ("the/DET/DT/4/det firm/NOUN/NN/5/nsubj paid>pay/VERB/VBD/2/ccomp", "say"),
        ("the/DET/DT/4/det firms>firm/NOUN/NNS/5/nsubj pay/VERB/VBP/2/ccomp", "say"),
    ],
)
def test_insisting_in_the_subjunctive_demands(content: str, want: Act, tree: Tree) -> None:
    assert spoken(tree, content, "insisted>insist/VERB/VBD/0/root")[0] == want


EXPECTS = "it/PRON/PRP/4/nsubj expects>expect/VERB/VBZ/2/ccomp rain/NOUN/NN/4/obj"
FUTURE = "it/PRON/PRP/5/nsubj would/AUX/MD/5/aux {verb}"


@pytest.mark.parametrize(
    ("source", "content", "want"),
    [
        ("organisation", EXPECTS, "predict"),
        ("person", EXPECTS, "say"),
        ("organisation", FUTURE.format(verb="pay/VERB/VB/2/ccomp"), "promise"),
        ("person", FUTURE.format(verb="pay/VERB/VB/2/ccomp"), "predict"),
        ("organisation", FUTURE.format(verb="lose/VERB/VB/2/ccomp"), "predict"),
    ],
)
def test_it_is_the_speaker_where_a_body_speaks(source: str, content: str, want: Act, tree: Tree) -> None:
    annotated = tree(f"Norda/PROPN/NNP/2/nsubj said>say/VERB/VBD/0/root {content}")
    annotated = replace(annotated, mentions=(MentionGuess(0, 0, 1, source, 0.9),))
    assert act_of(annotated, [1], range(2, len(annotated.tokens)), [0])[0] == want


def test_the_announced_future_is_decided(tree: Tree) -> None:
    content = "schools>school/NOUN/NNS/5/nsubj will/AUX/MD/5/aux close/VERB/VB/2/ccomp"
    assert spoken(tree, content, "announced>announce/VERB/VBD/0/root")[0] == "promise"


@pytest.mark.parametrize(("name", "want"), [("Weather", "report"), ("Postal", "say")])
def test_a_body_that_finds_things_out_reports(name: str, want: Act, tree: Tree) -> None:
    annotated = tree(
        f"""{name}/PROPN/NNP/2/compound Service/PROPN/NNP/3/nsubj said>say/VERB/VBD/0/root it/PRON/PRP/5/nsubj
        rained>rain/VERB/VBD/3/ccomp"""
    )
    assert act_of(annotated, [2], [3, 4], [0, 1])[0] == want


def test_the_main_clause_decides_where_the_tree_fell_apart(tree: Tree) -> None:
    content = """If/SCONJ/IN/4/mark it/PRON/PRP/5/nsubj breaks>break/VERB/VBZ/2/ccomp towns>town/NOUN/NNS/8/nsubj
        will/AUX/MD/8/aux drown/VERB/VB/2/ccomp"""
    assert spoken(tree, content.replace("If/SCONJ/IN/4", "If/SCONJ/IN/5"))[0] == "predict"


def test_the_first_of_two_sentences_that_ran_together_decides(tree: Tree) -> None:
    content = """We/PRON/PRP/4/nsubj left>leave/VERB/VBD/8/dep ./PUNCT/./4/punct Towns>town/NOUN/NNS/8/nsubj
        will/AUX/MD/8/aux drown/VERB/VB/2/ccomp"""
    assert spoken(tree, content)[0] == "say"
