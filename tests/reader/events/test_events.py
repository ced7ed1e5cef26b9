"""Events with their participants, moments and vouchers, over trees written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.errors import ReaderError
from onrecord.reader.annotated import Annotated
from onrecord.reader.events.decoder import EventContext, read_events
from onrecord.reader.wordlists import parse_sections, sections
from onrecord.records import Entity, EntityType, Event, Mention, Moment, Span, Statement

Tree = Callable[..., Annotated]

SENT = (
    "Seoul/PROPN/NNP/2/nsubj said>say/VERB/VBD/0/root that/SCONJ/IN/7/mark North/PROPN/NNP/5/compound "
    "Korea/PROPN/NNP/7/nsubj had>have/AUX/VBD/7/aux sent>send/VERB/VBN/2/ccomp 3,000/NUM/CD/9/nummod "
    "troops>troop/NOUN/NNS/7/obj to/ADP/IN/11/case Russia/PROPN/NNP/7/obl on/ADP/IN/13/case Monday/PROPN/NNP/7/obl"
)


def context_of(annotated: Annotated, *names: tuple[str, EntityType], **more: Any) -> EventContext:
    """Entities e1, e2 … by the words that name them, each mentioned wherever the words stand."""
    entities = [Entity(f"e{i}", kind, name) for i, (name, kind) in enumerate(names, start=1)]
    mentions = []
    for entity in entities:
        start = annotated.text.find(entity.name)
        while start >= 0:
            mentions.append(Mention(Span(start, start + len(entity.name)), entity.id, "name"))
            start = annotated.text.find(entity.name, start + 1)
    return EventContext(entities=entities, mentions=mentions, **more)


def only(annotated: Annotated, context: EventContext, word: str) -> Event:
    events, rejected = read_events(annotated, context)
    assert not rejected
    found = [e for e in events if e.span.of(annotated.text) == word]
    assert len(found) == 1, [e.span.of(annotated.text) for e in events]
    return found[0]


def event_above(annotated: Annotated, events: list[Event], index: int) -> Event | None:
    """The nearest event up the tree from a word, itself included; failing that the nearest below."""
    at = {i: e for e in events for i in annotated.tokens_in(e.span)}
    path = (index, *(t.index for t in annotated.ancestors(index)), *annotated.subtree(index))
    return next((at[i] for i in path if i in at), None)


def statement_over(annotated: Annotated, first: int, cue: int, manner: str = "indirect", act: str = "say") -> Statement:
    content = annotated.span(first, len(annotated.tokens))
    return Statement("s1", (), "e1", (annotated.tokens[cue].span,), (content,), manner, act, False, None, None, 0.9)  # type: ignore[arg-type]


def test_a_told_event_has_actor_place_time_and_voucher(tree: Tree) -> None:
    annotated = tree(SENT)
    monday = Moment(annotated.tokens[12].span, "date", "2024-10-21")
    context = context_of(
        annotated,
        ("Seoul", "country"),
        ("North Korea", "country"),
        ("Russia", "country"),
        moments=[monday],
        statements=[statement_over(annotated, 2, 1)],
    )
    event = only(annotated, context, "sent")
    assert (event.actor, event.target, event.place) == (("e2",), ("e3",), ("e3",))
    assert (event.moment, event.status, event.statement, event.type) == (0, "happened", "s1", "MOBILIZE")
    assert [e.lemma for e in read_events(annotated, context)[0]] == ["send"], "the cue is the statement, not an event"


def test_without_context_the_reporting_verb_is_an_event_like_another(tree: Tree) -> None:
    events, _ = read_events(tree(SENT), EventContext())
    assert [(e.lemma, e.statement, e.moment, e.actor) for e in events] == [
        ("say", None, None, ()),
        ("send", None, None, ()),
    ]


def test_passive_agent_acts_and_subject_suffers(tree: Tree) -> None:
    annotated = tree(
        "Burma/PROPN/NNP/3/nsubj:pass was>be/AUX/VBD/3/aux:pass attacked>attack/VERB/VBN/0/root by/ADP/IN/5/case "
        "Chad/PROPN/NNP/3/obl:agent"
    )
    event = only(annotated, context_of(annotated, ("Burma", "country"), ("Chad", "country")), "attacked")
    assert (event.actor, event.target, event.type) == (("e2",), ("e1",), "ASSAULT")


def test_conjoined_controlled_and_relative_subjects(tree: Tree) -> None:
    conjoined = tree("Chad/PROPN/NNP/2/nsubj came>come/VERB/VBD/0/root and/CCONJ/CC/4/cc fired>fire/VERB/VBD/2/conj")
    assert only(conjoined, context_of(conjoined, ("Chad", "country")), "fired").actor == ("e1",)
    controlled = tree(
        "Peru/PROPN/NNP/2/nsubj urged>urge/VERB/VBD/0/root Chad/PROPN/NNP/2/obj to/PART/TO/5/mark "
        "withdraw/VERB/VB/2/xcomp"
    )
    pair = context_of(controlled, ("Peru", "country"), ("Chad", "country"))
    assert only(controlled, pair, "withdraw").actor == ("e2",)
    assert only(controlled, pair, "urged").type == "DEMAND"
    relative = tree(
        "Chad/PROPN/NNP/0/root which/PRON/WDT/3/nsubj attacked>attack/VERB/VBD/1/acl:relcl Peru/PROPN/NNP/3/obj"
    )
    event = only(relative, context_of(relative, ("Chad", "country"), ("Peru", "country")), "attacked")
    assert (event.actor, event.target) == (("e1",), ("e2",))


def test_possessor_and_nationality_of_an_event_noun(tree: Tree) -> None:
    annotated = tree(
        "Chad/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case deployment/NOUN/NN/4/nsubj angered>anger/VERB/VBD/0/root "
        "Peru/PROPN/NNP/4/obj"
    )
    event = only(annotated, context_of(annotated, ("Chad", "country"), ("Peru", "country")), "deployment")
    assert (event.actor, event.type) == (("e1",), "MOBILIZE")
    strikes = tree(
        "Russian/ADJ/JJ/2/amod airstrikes>airstrike/NOUN/NNS/3/nsubj killed>kill/VERB/VBD/0/root ten/NUM/CD/3/obj"
    )
    context = context_of(strikes, ("Russian", "country"))
    assert only(strikes, context, "airstrikes").actor == ("e1",)
    assert only(strikes, context, "killed").type == "FIGHT"


def test_accidents_are_no_assaults(tree: Tree) -> None:
    annotated = tree(
        "345/NUM/CD/3/nsubj:pass were>be/AUX/VBD/3/aux:pass killed>kill/VERB/VBN/0/root in/ADP/IN/6/case "
        "a/DET/DT/6/det stampede/NOUN/NN/3/obl"
    )
    assert only(annotated, EventContext(), "killed").type is None


@pytest.mark.parametrize(
    ("sentence", "figure", "want"),
    [
        (
            "Hundreds>hundred/NOUN/NNS/0/root dead/ADJ/JJ/1/amod in/ADP/IN/4/case stampede/NOUN/NN/2/obl",
            0,
            ("dead", "happened"),
        ),
        (
            "It/PRON/PRP/4/nsubj was>be/AUX/VBD/4/cop forty/NUM/CD/4/nummod percent/NOUN/NN/0/root",
            2,
            ("percent", "happened"),
        ),
        ("Two/NUM/CD/2/nummod people/NOUN/NNS/3/nsubj live/VERB/VBP/0/root", 0, ("live", "ongoing")),
        (
            "John/PROPN/NNP/9/nsubj ,/PUNCT/,/1/punct chairman/NOUN/NN/1/appos of/ADP/IN/6/case the/DET/DT/6/det "
            "panel/NOUN/NN/3/nmod of/ADP/IN/8/case twelve/NUM/CD/6/nmod left>leave/VERB/VBD/0/root",
            7,
            ("chairman", "ongoing"),
        ),
    ],
)
def test_every_figure_has_an_event_above_or_below(
    sentence: str, figure: int, want: tuple[str, str], tree: Tree
) -> None:
    annotated = tree(sentence)
    events, _ = read_events(annotated, EventContext())
    event = event_above(annotated, events, figure)
    assert event is not None
    assert (event.lemma, event.status) == want


def test_a_deed_of_speech_is_an_event_beside_its_statement(tree: Tree) -> None:
    annotated = tree(
        "Iraq/PROPN/NNP/2/nsubj accused>accuse/VERB/VBD/0/root Peru/PROPN/NNP/2/obj of/SCONJ/IN/5/mark "
        "spying>spy/VERB/VBG/2/advcl"
    )
    context = context_of(
        annotated, ("Iraq", "country"), ("Peru", "country"), statements=[statement_over(annotated, 2, 1, act="judge")]
    )
    event = only(annotated, context, "accused")
    assert (event.type, event.statement, event.actor, event.target) == ("DISAPPROVE", None, ("e1",), ("e2",))
    assert only(annotated, context, "spying").statement == "s1"


def test_the_innermost_statement_vouches(tree: Tree) -> None:
    annotated = tree(SENT)
    outer = statement_over(annotated, 0, 1)
    inner = Statement("s2", (), None, (), (annotated.span(3, 13),), "indirect", "say", False, None, "s1", 0.9)
    assert only(annotated, EventContext(statements=[outer, inner]), "sent").statement == "s2"


def test_the_time_of_the_report_is_not_the_time_of_the_event(tree: Tree) -> None:
    annotated = tree(
        "He/PRON/PRP/2/nsubj said>say/VERB/VBD/0/root Monday/PROPN/NNP/2/obl:unmarked that/SCONJ/IN/6/mark "
        "troops>troop/NOUN/NNS/6/nsubj left>leave/VERB/VBD/2/ccomp"
    )
    context = EventContext(
        moments=[Moment(annotated.tokens[2].span, "date", "2024-10-21")], statements=[statement_over(annotated, 3, 1)]
    )
    assert only(annotated, context, "left").moment is None


def test_boilerplate_is_not_read(tree: Tree) -> None:
    assert read_events(tree(SENT, boilerplate=True), EventContext()) == ([], [])


def test_a_verb_without_form_is_rejected_with_its_place(tree: Tree) -> None:
    annotated = tree("Cogito/VERB/FW/0/root")
    events, rejected = read_events(annotated, EventContext())
    assert not events
    assert [r.span for r in rejected] == [Span(0, 6)]


def test_spans_are_the_words(tree: Tree) -> None:
    annotated = tree(SENT)
    for event in read_events(annotated, EventContext())[0]:
        assert event.span.of(annotated.text) in ("said", "sent")


def test_statuses_of_figures_on_the_development_cases(gold_cases: list[tuple[str, Annotated, dict[str, Any]]]) -> None:
    """28 of 30 with gold trees when the rules were written on these very cases; the floor leaves one."""
    right = total = 0
    for _, annotated, gold in gold_cases:
        statements = [
            Statement(
                f"s{i}", (), None, spans(s["cue"]), spans(s["content"]), s["manner"], s["act"], False, None, None, 1.0
            )
            for i, s in enumerate(gold["statements"])
        ]
        events, _ = read_events(annotated, EventContext(statements=statements))
        for figure in gold["figures"]:
            head = annotated.head_of(annotated.tokens_in(Span(*figure["span"])))
            event = event_above(annotated, events, head)
            right += event is not None and event.status == figure["status"]
            total += 1
    assert total == 30
    assert right >= 27


def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("word", "before any section"), ("[a]\nword, word", "twice in its section"), ("[a]\n[a]", "stands twice")],
)
def test_malformed_word_lists_are_refused(text: str, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason):
        parse_sections("test", text)


def test_a_missing_word_list_is_named() -> None:
    with pytest.raises(ReaderError, match=r"nowhere\.txt"):
        sections("nowhere")


def test_word_lists_name_only_lemmas_in_lower_case() -> None:
    for name in ("acts", "eventnouns", "firmness", "plover", "roles"):
        for title, entries in sections(name).items():
            assert entries, (name, title)
            assert all(e == e.lower() for e in entries), (name, title)
