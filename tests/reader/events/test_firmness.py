"""Status of event words, over trees written by hand: one sentence a rule, and what must not follow from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.events.firmness import status

Tree = Callable[..., Annotated]

SUBJECT = "Seoul/PROPN/NNP"
SENTENCES = {
    "past": (f"{SUBJECT}/2/nsubj sent>send/VERB/VBD/0/root 3,000/NUM/CD/4/nummod troops/NOUN/NNS/2/obj", 1, "happened"),
    "perfect": (
        f"{SUBJECT}/3/nsubj has>have/AUX/VBZ/3/aux sent>send/VERB/VBN/0/root troops/NOUN/NNS/3/obj",
        2,
        "happened",
    ),
    "progressive": (
        "They/PRON/PRP/3/nsubj are>be/AUX/VBP/3/aux undergoing>undergo/VERB/VBG/0/root training/NOUN/NN/3/obj",
        2,
        "ongoing",
    ),
    "noun under the progressive": (
        "They/PRON/PRP/3/nsubj are>be/AUX/VBP/3/aux undergoing>undergo/VERB/VBG/0/root training/NOUN/NN/3/obj",
        3,
        "ongoing",
    ),
    "present state": ("People/NOUN/NNS/2/nsubj live/VERB/VBP/0/root there/ADV/RB/2/advmod", 1, "ongoing"),
    "present passive": (
        "Salt/NOUN/NN/3/nsubj:pass is>be/AUX/VBZ/3/aux:pass added>add/VERB/VBN/0/root",
        2,
        "ongoing",
    ),
    "present passive of a result": (
        "Many/ADJ/JJ/3/nsubj:pass are>be/AUX/VBP/3/aux:pass wounded>wound/VERB/VBN/0/root",
        2,
        "happened",
    ),
    "modal of the volitional": (
        f"{SUBJECT}/3/nsubj will/AUX/MD/3/aux send/VERB/VB/0/root troops>troop/NOUN/NNS/3/obj",
        2,
        "planned",
    ),
    "modal of the involuntary": (
        "Prices/NOUN/NNS/3/nsubj will/AUX/MD/3/aux rise/VERB/VB/0/root",
        2,
        "expected",
    ),
    "be to": (
        "It/PRON/PRP/5/nsubj:pass is>be/AUX/VBZ/5/aux to/PART/TO/5/mark be/AUX/VB/5/aux:pass held>hold/VERB/VBN/0/root",
        4,
        "planned",
    ),
    "intention": (
        f"{SUBJECT}/2/nsubj intends>intend/VERB/VBZ/0/root to/PART/TO/4/mark involve/VERB/VB/2/xcomp",
        3,
        "planned",
    ),
    "no intention": (
        f"{SUBJECT}/4/nsubj does>do/AUX/VBZ/4/aux not/PART/RB/4/advmod intend/VERB/VB/0/root to/PART/TO/6/mark "
        "involve/VERB/VB/4/xcomp",
        5,
        "denied",
    ),
    "expectation": (
        "Kim/PROPN/NNP/3/nsubj:pass is>be/AUX/VBZ/3/aux:pass expected>expect/VERB/VBN/0/root to/PART/TO/5/mark "
        "travel/VERB/VB/3/xcomp",
        4,
        "expected",
    ),
    "call": (
        "He/PRON/PRP/2/nsubj called>call/VERB/VBD/0/root on/ADP/IN/4/case Russia/PROPN/NNP/2/obl to/PART/TO/6/mark "
        "stop/VERB/VB/2/xcomp",
        5,
        "demanded",
    ),
    "refusal": (
        f"{SUBJECT}/2/nsubj refused>refuse/VERB/VBD/0/root to/PART/TO/4/mark send/VERB/VB/2/xcomp",
        3,
        "denied",
    ),
    "attempt": (
        "They/PRON/PRP/2/nsubj tried>try/VERB/VBD/0/root to/PART/TO/4/mark flee/VERB/VB/2/xcomp",
        3,
        "possible",
    ),
    "possibility": ("They/PRON/PRP/3/nsubj may/AUX/MD/3/aux leave/VERB/VB/0/root", 2, "possible"),
    "hearsay": (
        "Ten/NUM/CD/4/nsubj:pass were>be/AUX/VBD/4/aux:pass reportedly/ADV/RB/4/advmod killed>kill/VERB/VBN/0/root",
        3,
        "possible",
    ),
    "duty": ("They/PRON/PRP/3/nsubj must/AUX/MD/3/aux stop/VERB/VB/0/root", 2, "demanded"),
    "purpose": (
        f"{SUBJECT}/2/nsubj sent>send/VERB/VBD/0/root troops>troop/NOUN/NNS/2/obj to/PART/TO/5/mark "
        "support/VERB/VB/2/advcl Moscow/PROPN/NNP/5/obj",
        4,
        "planned",
    ),
    "participle of what happened": (
        "It/PRON/PRP/2/nsubj fell>fall/VERB/VBD/0/root ,/PUNCT/,/4/punct killing>kill/VERB/VBG/2/advcl "
        "107/NUM/CD/4/obj",
        3,
        "happened",
    ),
    "participle of what is planned": (
        "It/PRON/PRP/3/nsubj will/AUX/MD/3/aux meet/VERB/VB/0/root ,/PUNCT/,/5/punct choosing>choose/VERB/VBG/3/advcl",
        4,
        "planned",
    ),
    "negation": (
        "Moscow/PROPN/NNP/4/nsubj did>do/AUX/VBD/4/aux not/PART/RB/4/advmod send/VERB/VB/0/root",
        3,
        "denied",
    ),
    "no before the noun": (
        "There/PRON/EX/2/expl were>be/VERB/VBD/0/root no/DET/DT/4/det attacks>attack/NOUN/NNS/2/nsubj",
        3,
        "denied",
    ),
    "without": (
        "It/PRON/PRP/2/nsubj ended>end/VERB/VBD/0/root without/SCONJ/IN/4/mark killing>kill/VERB/VBG/2/advcl",
        3,
        "denied",
    ),
    "unreal": (
        "It/PRON/PRP/4/nsubj would/AUX/MD/4/aux have/AUX/VB/4/aux killed>kill/VERB/VBN/0/root",
        3,
        "conditional",
    ),
    "inverted condition": (
        "Had/AUX/VBD/3/aux it/PRON/PRP/3/nsubj happened>happen/VERB/VBN/7/advcl ,/PUNCT/,/3/punct "
        "it/PRON/PRP/7/nsubj would/AUX/MD/7/aux collapse/VERB/VB/0/root",
        6,
        "conditional",
    ),
    "main clause of if": (
        "If/SCONJ/IN/4/mark it/PRON/PRP/4/nsubj is>be/AUX/VBZ/4/cop low/ADJ/JJ/6/advcl you/PRON/PRP/6/nsubj "
        "lose/VERB/VBP/0/root",
        5,
        "conditional",
    ),
    "planned noun": (
        "They/PRON/PRP/2/nsubj discussed>discuss/VERB/VBD/0/root a/DET/DT/5/det planned/ADJ/JJ/5/amod "
        "strike/NOUN/NN/2/obj",
        4,
        "planned",
    ),
    "noun after a call for it": (
        "They/PRON/PRP/2/nsubj repeated>repeat/VERB/VBD/0/root calls>call/NOUN/NNS/2/obj for/ADP/IN/6/case "
        "a/DET/DT/6/det ceasefire/NOUN/NN/3/nmod",
        5,
        "demanded",
    ),
    "cancelled noun": (
        "They/PRON/PRP/2/nsubj cancelled>cancel/VERB/VBD/0/root the/DET/DT/4/det election/NOUN/NN/2/obj",
        3,
        "denied",
    ),
    "occurred noun": (
        "An/DET/DT/2/det earthquake/NOUN/NN/3/nsubj struck>strike/VERB/VBD/0/root",
        1,
        "happened",
    ),
    "shared helper": (
        "They/PRON/PRP/3/nsubj had>have/AUX/VBD/3/aux fled>flee/VERB/VBN/0/root and/CCONJ/CC/5/cc "
        "hidden>hide/VERB/VBN/3/conj",
        4,
        "happened",
    ),
    "would like to": (
        "We/PRON/PRP/3/nsubj would/AUX/MD/3/aux like/VERB/VB/0/root to/PART/TO/5/mark meet/VERB/VB/3/xcomp",
        4,
        "planned",
    ),
    "wanting others to": (
        "We/PRON/PRP/2/nsubj want/VERB/VBP/0/root them/PRON/PRP/2/obj to/PART/TO/5/mark leave/VERB/VB/2/xcomp",
        4,
        "demanded",
    ),
    "imperative": ("Stop/VERB/VB/0/root this/DET/DT/3/det war/NOUN/NN/1/obj", 0, "demanded"),
    "believed to have": (
        "He/PRON/PRP/3/nsubj:pass is>be/AUX/VBZ/3/aux:pass believed>believe/VERB/VBN/0/root to/PART/TO/6/mark "
        "have/AUX/VB/6/aux died>die/VERB/VBN/3/xcomp",
        5,
        "possible",
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_status_of_each_construction(name: str, tree: Tree) -> None:
    sentence, index, want = SENTENCES[name]
    assert status(tree(sentence), index) == want


def test_present_tense_happened_in_a_headline_and_goes_on_elsewhere(tree: Tree) -> None:
    sentence = "Crane/NOUN/NN/2/nsubj kills>kill/VERB/VBZ/0/root 107/NUM/CD/2/obj"
    assert status(tree(sentence, heading=True), 1) == "happened"
    assert status(tree(sentence), 1) == "ongoing"


def test_infinitive_alone_is_a_headlines_future(tree: Tree) -> None:
    sentence = "Seoul/PROPN/NNP/3/nsubj to/PART/TO/3/mark send/VERB/VB/0/root observers/NOUN/NNS/3/obj"
    assert status(tree(sentence, heading=True), 2) == "planned"


@pytest.mark.parametrize(("force", "want"), [("deny", "denied"), ("demand", "demanded"), ("predict", "expected")])
def test_force_of_the_statement_on_a_noun(force: str, want: str, tree: Tree) -> None:
    annotated = tree("the/DET/DT/2/det deployment/NOUN/NN/0/root")
    assert status(annotated, 1, force=force) == want  # type: ignore[arg-type]


def test_denying_a_denial_affirms(tree: Tree) -> None:
    annotated = tree(SENTENCES["negation"][0])
    assert status(annotated, 3, force="deny") == "happened"


def test_would_in_a_past_report_is_a_shifted_will(tree: Tree) -> None:
    annotated = tree("it/PRON/PRP/3/nsubj would/AUX/MD/3/aux send/VERB/VB/0/root troops>troop/NOUN/NNS/3/obj")
    assert status(annotated, 2, told=True) == "planned"
    assert status(annotated, 2) == "conditional"


def test_was_taking_in_a_past_report_goes_on(tree: Tree) -> None:
    annotated = tree("he/PRON/PRP/3/nsubj was>be/AUX/VBD/3/aux taking>take/VERB/VBG/0/root them/PRON/PRP/3/obj")
    assert status(annotated, 2, told=True) == "ongoing"
    assert status(annotated, 2) == "happened"


def test_a_loop_of_governors_ends(tree: Tree) -> None:
    """Thirty infinitives one under the other are deeper than any article; the reading stops and still answers."""
    words = ["They/PRON/PRP/2/nsubj", "begin/VERB/VBP/0/root"]
    for i in range(3, 63, 2):
        words += [f"to/PART/TO/{i + 1}/mark", f"begin/VERB/VB/{i - 1}/xcomp"]
    assert status(tree(" ".join(words)), 61) in ("happened", "ongoing")
