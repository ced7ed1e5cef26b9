"""Who acts, on whom and where: one sentence a construction, over trees written by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.events.decoder import EventContext, read_events
from onrecord.records import Entity, EntityType, Event, Mention, Span, Statement

Tree = Callable[..., Annotated]

NAMES: dict[str, EntityType] = {
    "Chad": "country",
    "Peru": "country",
    "Oslo": "country",
    "rebels": "organisation",
    "Lima": "place",
    "Peruvian": "country",
}


def context_of(annotated: Annotated) -> EventContext:
    """An entity for each of `NAMES` in the text, whose id is the name."""
    entities, mentions = [], []
    for name, kind in NAMES.items():
        start = annotated.text.find(name)
        if start >= 0:
            entities.append(Entity(name, kind, name))
            mentions.append(Mention(Span(start, start + len(name)), name, "name"))
    return EventContext(entities=entities, mentions=mentions)


def event_at(annotated: Annotated, word: str, statements: tuple[Statement, ...] = ()) -> Event:
    context = replace(context_of(annotated), statements=statements)
    found = [e for e in read_events(annotated, context)[0] if e.span.of(annotated.text) == word]
    assert len(found) == 1, (word, [e.span.of(annotated.text) for e in read_events(annotated, context)[0]])
    return found[0]


CASES = {
    "a past taken for a participle": (
        "Chad/PROPN/NNP/2/nsubj attacked>attack/VERB/VBN/0/root Peru/PROPN/NNP/2/obj",
        "attacked",
        ("Chad",),
        ("Peru",),
    ),
    "a second subject behind the verb": (
        "Chad/PROPN/NNP/2/nsubj attacked>attack/VERB/VBD/0/root Peru/PROPN/NNP/2/nsubj",
        "attacked",
        ("Chad",),
        ("Peru",),
    ),
    "a conjunct shares the passive": (
        "Chad/PROPN/NNP/3/nsubj:pass was>be/AUX/VBD/3/aux:pass bombed>bomb/VERB/VBN/0/root and/CCONJ/CC/5/cc "
        "invaded>invade/VERB/VBN/3/conj by/ADP/IN/7/case Peru/PROPN/NNP/5/obl:agent",
        "invaded",
        ("Peru",),
        ("Chad",),
    ),
    "the deed names who did it": (
        "Chad/PROPN/NNP/3/nsubj:pass was>be/AUX/VBD/3/aux:pass hit/VERB/VBN/0/root in/ADP/IN/6/case an/DET/DT/6/det "
        "attack/NOUN/NN/3/obl by/ADP/IN/8/case rebels>rebel/NOUN/NNS/6/nmod",
        "hit",
        ("rebels",),
        ("Chad",),
    ),
    "talks between two": (
        "Talks>talk/NOUN/NNS/6/nsubj between/ADP/IN/3/case Chad/PROPN/NNP/1/nmod and/CCONJ/CC/5/cc "
        "Peru/PROPN/NNP/3/conj failed>fail/VERB/VBD/0/root",
        "Talks",
        ("Chad", "Peru"),
        ("Peru",),
    ),
    "two sign": (
        "Chad/PROPN/NNP/4/nsubj and/CCONJ/CC/3/cc Peru/PROPN/NNP/1/conj signed>sign/VERB/VBD/0/root a/DET/DT/6/det "
        "treaty/NOUN/NN/4/obj",
        "signed",
        ("Chad", "Peru"),
        ("Peru",),
    ),
    "the bearer of an event noun": (
        "Chad/PROPN/NNP/2/nsubj launched>launch/VERB/VBD/0/root an/DET/DT/4/det attack/NOUN/NN/2/obj on/ADP/IN/6/case "
        "Peru/PROPN/NNP/4/nmod",
        "attack",
        ("Chad",),
        ("Peru",),
    ),
    "a strike by and against": (
        "A/DET/DT/2/det strike/NOUN/NN/7/nsubj by/ADP/IN/4/case Chad/PROPN/NNP/2/nmod against/ADP/IN/6/case "
        "rebels>rebel/NOUN/NNS/2/nmod failed>fail/VERB/VBD/0/root",
        "strike",
        ("Chad",),
        ("rebels",),
    ),
    "the owner of a threat": (
        "Chad/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case threat/NOUN/NN/7/nsubj to/PART/TO/5/mark attack/VERB/VB/3/acl "
        "Peru/PROPN/NNP/5/obj stands>stand/VERB/VBZ/0/root",
        "attack",
        ("Chad",),
        ("Peru",),
    ),
    "accused of": (
        "Chad/PROPN/NNP/2/nsubj accused>accuse/VERB/VBD/0/root Peru/PROPN/NNP/2/obj of/SCONJ/IN/5/mark "
        "arming>arm/VERB/VBG/2/advcl rebels>rebel/NOUN/NNS/5/obj",
        "arming",
        ("Peru",),
        ("rebels",),
    ),
    "thousands of": (
        "Thousands>thousand/NOUN/NNS/4/nsubj of/ADP/IN/3/case rebels>rebel/NOUN/NNS/1/nmod fled>flee/VERB/VBD/0/root",
        "fled",
        ("rebels",),
        (),
    ),
    "where a thing is does nothing": (
        "A/DET/DT/2/det bomb/NOUN/NN/5/nsubj in/ADP/IN/4/case Chad/PROPN/NNP/2/nmod killed>kill/VERB/VBD/0/root "
        "rebels>rebel/NOUN/NNS/5/obj",
        "killed",
        (),
        ("rebels",),
    ),
    "who acts comes before where": (
        "rebels>rebel/NOUN/NNS/2/nsubj met>meet/VERB/VBD/0/root in/ADP/IN/4/case Lima/PROPN/NNP/2/obl with/ADP/IN/6/case "
        "Chad/PROPN/NNP/2/obl",
        "met",
        ("rebels",),
        ("Chad",),
    ),
    "who condemns a deed did not do it": (
        "Oslo/PROPN/NNP/2/nsubj condemned>condemn/VERB/VBD/0/root the/DET/DT/4/det execution/NOUN/NN/2/obj of/ADP/IN/6/case "
        "rebels>rebel/NOUN/NNS/4/nmod",
        "execution",
        (),
        ("rebels",),
    ),
    "who imposed it": (
        "Chad/PROPN/NNP/2/nsubj faces>face/VERB/VBZ/0/root sanctions>sanction/NOUN/NNS/2/obj "
        "imposed>impose/VERB/VBN/3/acl by/ADP/IN/6/case Oslo/PROPN/NNP/4/obl:agent",
        "sanctions",
        ("Oslo",),
        (),
    ),
    "a past that hangs on its object": (
        "Chad/PROPN/NNP/2/nsubj freed>free/VERB/VBD/3/amod rebels>rebel/NOUN/NNS/0/root",
        "freed",
        ("Chad",),
        ("rebels",),
    ),
    "whom troops are sent to comes before the troops": (
        "Chad/PROPN/NNP/2/nsubj sent>send/VERB/VBD/0/root rebels/NOUN/NNS/2/obj to/ADP/IN/5/case Peru/PROPN/NNP/2/obl",
        "sent",
        ("Chad",),
        ("Peru", "rebels"),
    ),
    "a city struck comes before whom the strike is about": (
        "Chad/PROPN/NNP/2/nsubj blockaded>blockade/VERB/VBD/0/root Lima/PROPN/NNP/2/obj to/PART/TO/5/mark "
        "end/VERB/VB/2/advcl deals/NOUN/NNS/5/obj with/ADP/IN/8/case Oslo/PROPN/NNP/6/nmod",
        "blockaded",
        ("Chad",),
        ("Lima", "Oslo"),
    ),
    "a condition names nobody that is aimed at": (
        "Chad/PROPN/NNP/2/nsubj blockaded>blockade/VERB/VBD/0/root roads/NOUN/NNS/2/obj if/SCONJ/IN/6/mark "
        "Oslo/PROPN/NNP/6/nsubj fell>fall/VERB/VBD/2/advcl",
        "blockaded",
        ("Chad",),
        (),
    ),
    "whom a road block is meant for": (
        "rebels>rebel/NOUN/NNS/2/nsubj blocked>block/VERB/VBD/0/root roads>road/NOUN/NNS/2/obj to/PART/TO/5/mark "
        "press/VERB/VB/2/advcl Chad/PROPN/NNP/5/obj",
        "blocked",
        ("rebels",),
        ("Chad",),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_actor_and_target_of_each_construction(name: str, tree: Tree) -> None:
    sentence, word, actor, target = CASES[name]
    event = event_at(tree(sentence), word)
    assert event.actor == actor
    assert event.target[: len(target)] == target
    assert bool(event.target) == bool(target)


def test_troops_of_a_nation_are_no_place(tree: Tree) -> None:
    annotated = tree(
        "rebels>rebel/NOUN/NNS/2/nsubj surrendered>surrender/VERB/VBD/0/root to/ADP/IN/5/case "
        "Peruvian/ADJ/JJ/5/amod troops>troop/NOUN/NNS/2/obl in/ADP/IN/7/case Lima/PROPN/NNP/2/obl"
    )
    event = event_at(annotated, "surrendered")
    assert (event.place, event.target[0]) == (("Lima",), "Peruvian")


def test_who_says_that_others_must_demands_it_of_them(tree: Tree) -> None:
    annotated = tree(
        "Oslo/PROPN/NNP/2/nsubj said>say/VERB/VBD/0/root Chad/PROPN/NNP/5/nsubj must/AUX/MD/5/aux leave/VERB/VB/2/ccomp"
    )
    content = annotated.span(2, 5)
    cue = annotated.tokens[1].span
    said = Statement("s1", (), "Oslo", (cue,), (content,), "indirect", "demand", False, None, None, 0.9)
    event = event_at(annotated, "leave", (said,))
    assert (event.type, event.actor, event.target) == ("DEMAND", ("Oslo",), ("Chad",))
    alone = event_at(annotated, "leave")
    assert (alone.actor, alone.target) == ((), ("Chad",)), "nobody is known to demand it"


def test_a_refusal_that_names_no_actor_is_the_speaker_s(tree: Tree) -> None:
    annotated = tree(
        "Oslo/PROPN/NNP/2/nsubj said>say/VERB/VBD/0/root rejecting>reject/VERB/VBG/6/csubj it/PRON/PRP/3/obj "
        "was>be/AUX/VBD/6/cop right/ADJ/JJ/2/ccomp"
    )
    said = Statement(
        "s1",
        (),
        "Oslo",
        (annotated.tokens[1].span,),
        (annotated.span(2, 6),),
        "indirect",
        "say",
        False,
        None,
        None,
        0.9,
    )
    assert event_at(annotated, "rejecting", (said,)).actor == ("Oslo",)
    assert event_at(annotated, "rejecting").actor == ()


def test_a_call_on_somebody_is_an_event_of_its_own(tree: Tree) -> None:
    annotated = tree(
        "It/PRON/PRP/2/nsubj called>call/VERB/VBD/0/root on/ADP/IN/4/case Chad/PROPN/NNP/2/obl to/PART/TO/6/mark "
        "stop/VERB/VB/2/xcomp"
    )
    cue = annotated.tokens[1].span
    content = annotated.span(3, 6)
    called = Statement("s1", (), "Peru", (cue,), (content,), "indirect", "demand", False, None, None, 0.9)
    context = replace(context_of(annotated), statements=(called,))
    context = replace(context, entities=(*context.entities, Entity("Peru", "country", "Peru")))
    events = read_events(annotated, context)[0]
    event = next(e for e in events if e.lemma == "call")
    assert (event.type, event.actor, event.target) == ("DEMAND", ("Peru",), ("Chad",)), "the deed is the speaker's"


@pytest.mark.parametrize(
    ("sentence", "word", "want"),
    [
        (
            "They/PRON/PRP/2/nsubj called>call/VERB/VBD/0/root off/ADP/RP/2/compound:prt a/DET/DT/5/det "
            "strike/NOUN/NN/2/obj",
            "called",
            "CONCEDE",
        ),
        (
            "They/PRON/PRP/2/nsubj called>call/VERB/VBD/0/root off/ADP/RP/2/compound:prt the/DET/DT/5/det "
            "talks>talk/NOUN/NNS/2/obj",
            "called",
            "SANCTION",
        ),
        (
            "A/DET/DT/2/det quake/NOUN/NN/3/nsubj struck>strike/VERB/VBD/0/root the/DET/DT/5/det town/NOUN/NN/3/obj",
            "struck",
            None,
        ),
        (
            "Jets>jet/NOUN/NNS/2/nsubj struck>strike/VERB/VBD/0/root the/DET/DT/4/det town/NOUN/NN/2/obj",
            "struck",
            "FIGHT",
        ),
        ("Miners>miner/NOUN/NNS/2/nsubj struck>strike/VERB/VBD/0/root", "struck", "PROTEST"),
        (
            "A/DET/DT/2/det fire/NOUN/NN/3/nsubj destroyed>destroy/VERB/VBD/0/root a/DET/DT/5/det shop/NOUN/NN/3/obj",
            "destroyed",
            None,
        ),
        (
            "Troops>troop/NOUN/NNS/2/nsubj destroyed>destroy/VERB/VBD/0/root a/DET/DT/4/det shop/NOUN/NN/2/obj",
            "destroyed",
            "COERCE",
        ),
        (
            "They/PRON/PRP/2/nsubj plan/VERB/VBP/0/root to/PART/TO/4/mark cooperate/VERB/VB/2/xcomp",
            "cooperate",
            "AGREE",
        ),
        (
            "Ten/NUM/CD/3/nsubj:pass were>be/AUX/VBD/3/aux:pass killed>kill/VERB/VBN/0/root in/ADP/IN/7/case "
            "a/DET/DT/7/det suicide/NOUN/NN/7/compound bombing/NOUN/NN/3/obl",
            "killed",
            "ASSAULT",
        ),
        (
            "They/PRON/PRP/2/nsubj expressed>express/VERB/VBD/0/root anger/NOUN/NN/2/obj",
            "expressed",
            "DISAPPROVE",
        ),
        (
            "They/PRON/PRP/2/nsubj expressed>express/VERB/VBD/0/root support/NOUN/NN/2/obj",
            "expressed",
            "SUPPORT",
        ),
        (
            "They/PRON/PRP/2/nsubj took>take/VERB/VBD/0/root to/ADP/IN/5/case the/DET/DT/5/det "
            "streets>street/NOUN/NNS/2/obl",
            "took",
            "PROTEST",
        ),
        (
            "They/PRON/PRP/2/nsubj returned>return/VERB/VBD/0/root the/DET/DT/4/det hostages>hostage/NOUN/NNS/2/obj",
            "returned",
            "CONCEDE",
        ),
        ("They/PRON/PRP/2/nsubj returned>return/VERB/VBD/0/root", "returned", None),
    ],
)
def test_class_by_particle_and_object(sentence: str, word: str, want: str | None, tree: Tree) -> None:
    assert event_at(tree(sentence), word).type == want


def test_who_protests_is_not_the_protest(tree: Tree) -> None:
    annotated = tree("protesters>protester/NOUN/NNS/2/nsubj fled>flee/VERB/VBD/0/root")
    body = Entity("e1", "people", "protesters")
    context = EventContext(entities=[body], mentions=[Mention(annotated.tokens[0].span, "e1", "nominal")])
    assert [e.lemma for e in read_events(annotated, context)[0]] == ["flee"]


def test_a_verb_that_reports_nothing_is_an_event_though_taken_for_a_cue(tree: Tree) -> None:
    annotated = tree("rebels>rebel/NOUN/NNS/2/nsubj elected>elect/VERB/VBD/0/root Chad/PROPN/NNP/2/obj")
    taken = Statement(
        "s1",
        (),
        "rebels",
        (annotated.tokens[1].span,),
        (annotated.tokens[2].span,),
        "indirect",
        "say",
        False,
        None,
        None,
        0.5,
    )
    assert event_at(annotated, "elected", (taken,)).actor == ("rebels",)
    said = tree("rebels>rebel/NOUN/NNS/2/nsubj said>say/VERB/VBD/0/root so/ADV/RB/2/advmod")
    cue = Statement(
        "s1", (), "rebels", (said.tokens[1].span,), (said.tokens[2].span,), "indirect", "say", False, None, None, 0.5
    )
    assert read_events(said, replace(context_of(said), statements=(cue,)))[0] == []
