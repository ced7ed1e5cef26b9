"""How firmly figures are put, through the event that is noted over each: trees written by hand, one construction each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.confidence import observed
from onrecord.reader.events.decoder import EventContext, read_events
from onrecord.reader.events.firmness import status
from onrecord.records import Entity, Event, Mention, Span, Statement

Tree = Callable[..., Annotated]

BANK = "Bank/NOUN/NN/2/nsubj"
# words, index of the number, trigger of the nearest event up the tree, status
SENTENCES = {
    "a thing promised": (
        f"{BANK} promised>promise/VERB/VBD/0/root 300/NUM/CD/4/nummod loans>loan/NOUN/NNS/2/obj",
        2,
        "loans",
        "planned",
    ),
    "a thing done": (
        f"{BANK} granted>grant/VERB/VBD/0/root 300/NUM/CD/4/nummod cards>card/NOUN/NNS/2/obj",
        2,
        "granted",
        "happened",
    ),
    "a thing asked for": (
        f"{BANK} asked>ask/VERB/VBD/0/root for/ADP/IN/5/case 300/NUM/CD/5/nummod clerks>clerk/NOUN/NNS/2/obl",
        3,
        "clerks",
        "demanded",
    ),
    "asked for, the preposition hung on the verb": (
        f"{BANK} asked>ask/VERB/VBD/0/root for/ADP/IN/2/compound:prt 300/NUM/CD/5/nummod clerks>clerk/NOUN/NNS/2/obj",
        3,
        "clerks",
        "demanded",
    ),
    "those asked": (
        f"{BANK} asked>ask/VERB/VBD/0/root 300/NUM/CD/4/nummod clerks>clerk/NOUN/NNS/2/obj",
        2,
        "asked",
        "happened",
    ),
    "a thing of a noun": (
        "Its/PRON/PRP$/2/nmod:poss forecast/NOUN/NN/6/nsubj of/ADP/IN/5/case 300/NUM/CD/5/nummod cards>card/NOUN/NNS/2/nmod "
        "stands>stand/VERB/VBZ/0/root",
        3,
        "cards",
        "expected",
    ),
    "a package rejected": (
        "Deputies/NOUN/NNS/2/nsubj rejected>reject/VERB/VBD/0/root a/DET/DT/6/det $/SYM/$/6/compound 3/NUM/CD/4/nummod "
        "package/NOUN/NN/2/obj",
        4,
        "package",
        "planned",
    ),
    "a package paid": (
        "Deputies/NOUN/NNS/2/nsubj paid>pay/VERB/VBD/0/root a/DET/DT/6/det $/SYM/$/6/compound 3/NUM/CD/4/nummod "
        "package/NOUN/NN/2/obj",
        4,
        "paid",
        "happened",
    ),
    "the subject of a verb that raises": (
        "30/NUM/CD/2/nummod delegates/NOUN/NNS/4/nsubj:pass are>be/AUX/VBP/4/aux:pass scheduled>schedule/VERB/VBN/0/root "
        "to/PART/TO/6/mark vote/VERB/VB/4/xcomp",
        0,
        "scheduled",
        "planned",
    ),
    "a noun with a participle that raises": (
        "There/PRON/EX/2/expl were>be/VERB/VBD/0/root two/NUM/CD/4/nummod crews/NOUN/NNS/2/nsubj "
        "expected>expect/VERB/VBN/4/acl to/PART/TO/7/mark compete/VERB/VB/5/xcomp",
        4,
        "expected",
        "expected",
    ),
    "a requisite": (
        "51/NUM/CD/2/nummod seats>seat/NOUN/NNS/4/nsubj:pass are>be/AUX/VBP/4/aux:pass needed>need/VERB/VBN/0/root "
        "to/PART/TO/6/mark govern/VERB/VB/4/xcomp",
        0,
        "needed",
        "conditional",
    ),
    "a sum that somebody demanded": (
        f"{BANK} paid>pay/VERB/VBD/0/root the/DET/DT/5/det 300/NUM/CD/5/nummod coins>coin/NOUN/NNS/2/obj "
        "demanded>demand/VERB/VBN/5/acl by/ADP/IN/8/case thieves/NOUN/NNS/6/obl",
        5,
        "demanded",
        "demanded",
    ),
    "a demand turned down": (
        f"{BANK} rejected>reject/VERB/VBD/0/root demands>demand/NOUN/NNS/2/obj for/ADP/IN/6/case 300/NUM/CD/6/nummod "
        "coins>coin/NOUN/NNS/3/nmod",
        4,
        "coins",
        "demanded",
    ),
    "a claim turned down": (
        f"{BANK} rejected>reject/VERB/VBD/0/root claims>claim/NOUN/NNS/2/obj of/ADP/IN/6/case 300/NUM/CD/6/nummod "
        "deaths>death/NOUN/NNS/3/nmod",
        4,
        "deaths",
        "denied",
    ),
    "nothing but a noun": (
        "A/DET/DT/2/det crowd/NOUN/NN/0/root of/ADP/IN/4/case 5,000/NUM/CD/2/nmod in/ADP/IN/6/case town/NOUN/NN/2/nmod",
        3,
        "crowd",
        "happened",
    ),
}


def event_over(annotated: Annotated, events: list[Event], index: int) -> Event:
    at = {i: e for e in events for i in annotated.tokens_in(e.span)}
    return next(at[i] for i in (index, *(t.index for t in annotated.ancestors(index))) if i in at)


@pytest.mark.parametrize(("words", "number", "trigger", "wanted"), SENTENCES.values(), ids=SENTENCES)
def test_a_figure_is_put_as_its_event_is(tree: Tree, words: str, number: int, trigger: str, wanted: str) -> None:
    annotated = tree(words)
    event = event_over(annotated, read_events(annotated, EventContext())[0], number)
    assert (event.span.of(annotated.text), event.status) == (trigger, wanted)


def test_a_number_under_a_cue_alone_has_its_noun_for_event(tree: Tree) -> None:
    annotated = tree(
        "Firm/NOUN/NN/2/nsubj reports>report/VERB/VBD/0/root revenue/NOUN/NN/2/obj of/ADP/IN/5/case $/SYM/$/3/nmod "
        "3/NUM/CD/5/nummod"
    )
    cue, content = annotated.tokens[1].span, annotated.span(2, 6)
    said = Statement("s1", (), None, (cue,), (content,), "indirect", "report", False, None, None, 0.9)
    event = event_over(annotated, read_events(annotated, EventContext(statements=[said]))[0], 5)
    assert (event.span.of(annotated.text), event.status) == ("revenue", "happened")


def test_a_number_within_a_cue_belongs_to_the_act(tree: Tree) -> None:
    annotated = tree(
        "Members/NOUN/NNS/2/nsubj voted>vote/VERB/VBD/0/root 52/NUM/CD/2/obj to/ADP/IN/5/case 35/NUM/CD/3/nmod"
    )
    cue = Span(annotated.tokens[1].span.start, annotated.tokens[4].span.end)
    said = Statement("s1", (), None, (cue,), (annotated.tokens[0].span,), "indirect", "say", False, None, None, 0.9)
    event = event_over(annotated, read_events(annotated, EventContext(statements=[said]))[0], 4)
    assert event.span.of(annotated.text) == "voted"


HEADLINES = {
    "a change": ("Profit/NOUN/NN/2/nsubj falls>fall/VERB/VBZ/0/root", 1, "happened"),
    "after a colon": (
        "Election/NOUN/NN/0/root :/PUNCT/:/1/punct Greens/PROPN/NNPS/4/nsubj win/VERB/VBP/1/parataxis",
        3,
        "happened",
    ),
    "a state": ("Thousands/NOUN/NNS/2/nsubj live/VERB/VBP/0/root", 1, "ongoing"),
}


@pytest.mark.parametrize(("words", "index", "wanted"), HEADLINES.values(), ids=HEADLINES)
def test_the_present_of_headlines(tree: Tree, words: str, index: int, wanted: str) -> None:
    assert status(tree(words, heading=True), index) == wanted


CLAUSES = {
    "a change told by its result": (
        "Shares/NOUN/NNS/3/nsubj are>be/AUX/VBP/3/cop down/ADV/RB/0/root 3/NUM/CD/5/nummod %/SYM/NN/3/obl:unmarked",
        2,
        "happened",
    ),
    "a state of the same form": (
        "Shares/NOUN/NNS/3/nsubj are>be/AUX/VBP/3/cop cheap/ADJ/JJ/0/root",
        2,
        "ongoing",
    ),
    "an outcome": (
        "It/PRON/PRP/2/nsubj fell>fall/VERB/VBD/0/root to/PART/TO/4/mark close/VERB/VB/2/advcl at/ADP/IN/6/case "
        "90/NUM/CD/4/obl",
        3,
        "happened",
    ),
    "a purpose": (
        "It/PRON/PRP/2/nsubj shrank>shrink/VERB/VBD/0/root to/PART/TO/4/mark close/VERB/VB/2/advcl gaps/NOUN/NNS/4/obj",
        3,
        "planned",
    ),
    "what a thing made them do": (
        "Fog/NOUN/NN/2/nsubj required>require/VERB/VBD/0/root them/PRON/PRP/2/obj to/PART/TO/5/mark walk/VERB/VB/2/xcomp",
        4,
        "happened",
    ),
    "what a law asks of them": (
        "Laws>law/NOUN/NNS/2/nsubj required>require/VERB/VBD/0/root them/PRON/PRP/2/obj to/PART/TO/5/mark "
        "walk/VERB/VB/2/xcomp",
        4,
        "demanded",
    ),
    "a price": (
        "A/DET/DT/2/det phone/NOUN/NN/6/nsubj priced>price/VERB/VBN/2/acl at/ADP/IN/5/case $9/NUM/CD/3/obl "
        "sold>sell/VERB/VBD/0/root",
        2,
        "ongoing",
    ),
    "a measure given anew": (
        "It/PRON/PRP/2/nsubj fell>fall/VERB/VBD/0/root by/ADP/IN/5/case 2/NUM/CD/5/nummod %/NOUN/NN/2/obl "
        "which/PRON/WDT/9/nsubj is>be/AUX/VBZ/9/cop 118/NUM/CD/9/nummod points/NOUN/NNS/5/acl:relcl",
        8,
        "happened",
    ),
}


@pytest.mark.parametrize(("words", "index", "wanted"), CLAUSES.values(), ids=CLAUSES)
def test_changes_outcomes_and_measures(tree: Tree, words: str, index: int, wanted: str) -> None:
    assert status(tree(words), index) == wanted


def test_what_a_speaker_foretells_of_itself_is_a_plan(tree: Tree) -> None:
    annotated = tree(
        "Oslo/PROPN/NNP/2/nsubj said>say/VERB/VBD/0/root it/PRON/PRP/5/nsubj would/AUX/MD/5/aux leave/VERB/VB/2/ccomp"
    )
    tokens = annotated.tokens
    said = Statement(
        "s1", (), "e1", (tokens[1].span,), (annotated.span(2, 5),), "indirect", "predict", False, None, None, 0.9
    )
    mentions = [Mention(tokens[0].span, "e1", "name"), Mention(tokens[2].span, "e1", "pronoun")]
    own = EventContext(statements=[said], mentions=mentions, entities=[Entity("e1", "country", "Oslo")])
    other = EventContext(statements=[said], mentions=mentions[:1], entities=own.entities)
    assert [e.status for c in (own, other) for e in read_events(annotated, c)[0]] == ["planned", "expected"]


def test_each_event_asks_once_for_its_confidence_with_what_speaks_for_it(tree: Tree) -> None:
    annotated = tree(
        "Rebels>rebel/NOUN/NNS/2/nsubj attacked>attack/VERB/VBD/0/root after/ADP/IN/5/case failed/ADJ/JJ/5/amod "
        "talks>talk/NOUN/NNS/2/obl"
    )
    with observed() as seen:
        events, _ = read_events(annotated, EventContext())
    assert [(s.kind, s.span) for s in seen] == [("event", e.span) for e in events]
    attack, talks = (s.features for s in seen)
    assert {"finite verb", "class by construction", "of class FIGHT"} <= attack.keys()  # an attack by armed men
    assert {"noun", "not come about"} <= talks.keys()
    assert "finite verb" not in talks
