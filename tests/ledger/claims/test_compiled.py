"""Propositions made ready to be compared: who is in them, what weighs how much, and what their figures count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.ledger.claims.by_weight import Said, compiled, counted, deed, said, story

from onrecord.ledger.claims.compiled import NAME, Compiled, compile_all, outlet_ids, outlet_name
from onrecord.ledger.claims.lexicon import concept
from onrecord.ledger.claims.model import Facts, Named
from onrecord.ledger.scene import Member, Rulings, Scene
from onrecord.records import Span

PERSON, NUMBER = concept(["person"])[0], concept(["number"])[0]


def one(told: Said, **more: Any) -> Compiled:
    (item,) = compiled(told, **more)
    return item


def test_words_and_names_with_their_weights() -> None:
    item = one(
        said(
            "dam:400 39th:100", names=("Drusa",), people=("Sauk",), meant=("Karst",), counts=(counted(14),), by="Brezik"
        )
    )
    assert item.terms == {"dam": 400, "39th": 100, "pDrusa": NAME, "pSauk": NAME}
    assert item.total == 400 + 100 + 2 * NAME + 300
    assert item.names == {"pDrusa", "pSauk"}
    assert item.people == {"pSauk"}
    assert item.numbers == {"39th"}
    assert item.called == {concept(["drusa"])[0], concept(["sauk"])[0]}
    assert "pKarst" in item.also
    assert not item.also & item.names
    assert (item.holder, item.speaker, item.reporters) == ("pBrezik", "pBrezik", ())


def test_who_did_it_to_whom_and_where_is_meant_with_it() -> None:
    item = one(
        said("dam:300", deeds=(deed("burst", actor=["A"], target=["B"], place=["C"], days=("2025-03-12", None)),))
    )
    assert {"pA", "pB", "pC"} <= item.also
    (made,) = item.deeds["burst"]
    assert (made.actor, made.target, made.start, made.end, made.status) == ({"pA"}, {"pB"}, "2025-03-12", None, "fact")
    two = one(said("dam:300", deeds=(deed("burst"), deed("burst", "planned"), deed("leak"))))
    assert [d.status for d in two.deeds["burst"]] == ["fact", "plan"]
    assert set(two.deeds) == {"burst", "leak"}


@pytest.mark.parametrize(
    ("status", "compared"),
    [
        ("happened", "fact"), ("ongoing", "fact"), ("planned", "plan"), ("expected", "plan"), ("demanded", "demand"),
        ("possible", "maybe"), ("conditional", "maybe"), ("denied", None),
    ],
)  # fmt: skip
def test_how_firmly_an_event_is_put(status: str, compared: str | None) -> None:
    (made,) = one(said("dam:300", deeds=(deed("burst", status),))).deeds["burst"]
    assert made.status == compared


def measures(told: Said) -> list[tuple[float | None, set[str], str | None]]:
    return [(m.low, set(m.of), m.noun) for m in one(told).measures]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"counts": (counted(14, of="boat"),)}, [(14, {"boat"}, "boat")]),
        ({"counts": (counted(14, of="boat", event="sink"),)}, [(14, {"boat", "sink"}, "boat")]),
        ({"counts": (counted(14, of=PERSON, event="=die"),)}, [(14, {"=die"}, PERSON)]),  # people tell too little
        # "not one boat" is none at all
        ({"counts": (counted(1, of="boat"),), "negative": True}, []),
        ({"counts": (counted(2, of="boat"),), "negative": True}, [(2, {"boat"}, "boat")]),
        ({"counts": (counted(1, 2, of="boat"),), "negative": True}, [(1, {"boat"}, "boat")]),
        ({"counts": (counted(1, of="boat"),)}, [(1, {"boat"}, "boat")]),
        # the level before, in the outlet's own words
        ({"counts": (counted(58, of="boat", change="down from"),)}, []),
        ({"counts": (counted(58, of="boat", change="up from"),)}, []),
        ({"counts": (counted(58, of="boat", change="up to"),)}, [(58, {"boat"}, "boat")]),
        ({"counts": (counted(58, of="boat", change="down from"),), "by": "Sauk"}, [(58, {"boat"}, "boat")]),
        # the event of a figure without a noun may stand in another part of the sentence
        ({"counts": (counted(14, of=None, event="sink"),), "deeds": (deed("sink"),)}, [(14, {"sink"}, None)]),
        ({"counts": (counted(14, of=None, event="sink"),), "main": "burst"}, [(14, {"burst"}, None)]),
        ({"counts": (counted(14, of=None, event=None),), "main": "burst"}, [(14, {"burst"}, None)]),
        # "30 rescuers with two dogs": what the other figure counts is no event
        (
            {"counts": (counted(30, of="rescuer"), counted(2, of="dog", event="rescuer"))},
            [(30, {"rescuer"}, "rescuer"), (2, {"dog"}, "dog")],
        ),
        ({"counts": (counted(30, of="rescuer", event="rescuer"),)}, [(30, {"rescuer"}, "rescuer")]),
        # what is counted is named by the other words, where nothing else says it
        ({"counts": (counted(14, of=None),)}, [(14, {"dam", "toll"}, None)]),
        ({"counts": (counted(14, of=PERSON),)}, [(14, {"dam", "toll"}, PERSON)]),
        ({"counts": (counted(14, of=None, unit="EUR"),)}, [(14, set(), None)]),
    ],
)
def test_what_figures_count(more: dict[str, Any], expected: list[tuple[float, set[str], str | None]]) -> None:
    assert measures(said(f"dam:300 toll:300 {NUMBER}:100 {PERSON}:100", **more)) == expected


def test_the_ends_of_figures_and_whether_they_are_vague() -> None:
    def values(*figures: Any) -> tuple[set[float], bool]:
        item = one(said("dam:300", counts=figures))
        return set(item.values), item.vague

    assert values(counted(14)) == ({14}, False)
    assert values(counted(14, None)) == ({14}, False)
    assert values(counted(None, 14)) == ({14}, False)
    assert values(counted(10, 20)) == ({10, 20}, True)
    assert values(counted(14, about=True)) == ({14}, True)
    assert values(counted(14), counted(20)) == ({14, 20}, False)
    assert values() == (set(), False)


def signature(words: str = "dam:300 burst:300", **more: Any) -> object:
    return one(said(words, **more)).signature


def test_propositions_that_are_compared_alike_have_one_signature() -> None:
    assert signature() == signature("burst:300 dam:300") == signature(by="Sauk") == signature(confidence=0.1)
    for more in (
        {"words": "dam:300 leak:300"},
        {"counts": (counted(14),)},
        {"names": ("Drusa",)},
        {"meant": ("Drusa",)},
        {"deeds": (deed("burst"),)},
        {"mode": "demand"},
        {"negative": True},
        {"stance": "denies"},
    ):
        assert signature(**more) != signature()
    assert signature(stance="neither") == signature()
    for more in ({"about": True}, {"unit": "m"}, {"high": 15.0}, {"of": "dog"}):
        figure = counted(14, more.pop("high", -1.0), **more)  # type: ignore[arg-type]
        assert signature(counts=(figure,)) != signature(counts=(counted(14),))
    assert signature(counts=(counted(14),), series=[[1]]) != signature(counts=(counted(14),), series=[[2]])
    for more in ({"status": "planned"}, {"days": ("2025-03-12", None)}, {"days": (None, "2025-03-12")}):
        assert signature(deeds=(deed("burst", **more),)) != signature(deeds=(deed("burst"),))  # type: ignore[arg-type]


# Whose words they are


def test_propositions_stand_in_the_order_of_documents_and_of_the_text() -> None:
    items = compiled(said("a:300", document=2, at=9), said("b:300", at=50), said("c:300", at=3))
    assert sorted(item.order for item in items) == [(0, 3, "s3"), (0, 50, "s50"), (1, 9, "s9")]


def test_a_source_in_words_is_whom_the_story_calls_so() -> None:
    def holder(source: str, *others: Said, **more: Any) -> str:
        return compiled(said("dam:300", source=source, at=60), *others, **more)[0].holder

    osce = said("x:300", names=("OSCE",), document=2)
    assert holder("the OSCE", osce) == "pOSCE"
    assert holder("the OSCE") != "pOSCE"
    assert holder("the OSCE") == holder("The osce")
    assert holder("the crowd") != holder("the mob")
    assert holder("the crowd") != compiled(said("dam:300", at=60))[0].holder  # not the outlet's
    lower = said("x:300", names=("osce",), document=2)
    assert holder("the OSCE", lower) != "posce"  # no name


def test_of_several_who_bear_a_name_it_is_who_bears_it_mostly() -> None:
    def named(uses: list[str]) -> str:
        """Whom "the OSCE" means where documents have these people by that name."""
        told = said("dam:300", source="the OSCE", document=1)
        scene, facts = story(told)
        people = {(9 + n, "e1"): who for n, who in enumerate(uses)}
        names = dict.fromkeys(uses, "OSCE")
        scene = replace(scene, people=people, names=names)
        (item,) = compile_all(scene, facts)
        return item.holder

    assert named(["p1"]) == "p1"
    assert named(["p1", "p1", "p2"]) == "p1"
    assert named(["p1", "p2"]) not in ("p1", "p2")
    assert named(["p1", "p1", "p2", "p3"]) not in ("p1", "p2", "p3")
    assert named(["p1", "p1", "p1", "p2", "p3"]) == "p1"


def test_one_name_in_copies_of_one_text_is_one_voice() -> None:
    a, b = said("dam:300", by="Sauk"), said("dam:300", by="Sauk", document=2)
    scene, facts = story(a, b, origins={2: "h1"})
    scene = replace(scene, people={(1, "Sauk"): "p1", (2, "Sauk"): "p2"}, names={"p1": "Sauk", "p2": "Sauk"})
    assert [item.holder for item in compile_all(scene, facts)] == ["p1", "p1"]
    apart, facts = story(a, b)
    apart = replace(apart, people={(1, "Sauk"): "p1", (2, "Sauk"): "p2"}, names={"p1": "Sauk", "p2": "Sauk"})
    assert [item.holder for item in compile_all(apart, facts)] == ["p1", "p2"]


def member(number: int, publisher: str | None, origin: str | None = None) -> Member:
    return Member(number, f"h{number}", None, publisher, None, None, origin or f"h{number}")


def test_the_voice_of_an_outlet() -> None:
    members = (
        member(1, "Courier"),
        member(2, "The Courier"),
        member(3, "Echo"),
        member(4, "Echo", "h1"),
        member(5, None),
        member(6, None, "h5"),
    )
    none: dict[int, Facts] = {}
    ids = outlet_ids(Scene(1, members), none)
    assert ids[1] == ids[2] == ids[4]  # one publisher, and a copy of its text
    assert len({ids[1], ids[3], ids[5]}) == 3
    assert ids[5] == ids[6]
    credited = {n: Facts((), {}, {}, "CW") for n in (1, 3)}
    ids = outlet_ids(Scene(1, members), credited)
    assert ids[1] == ids[3] == ids[4]
    assert outlet_name(members[3], members[0], credited) == "CW"
    assert outlet_name(members[3], members[4], {4: Facts((), {}, {}, "AP")}) == "AP"
    assert outlet_name(members[3], members[0], none) == "Courier"
    assert outlet_name(members[3], members[4], none) == "Echo"
    assert outlet_name(members[5], members[4], none) is None


def test_a_document_of_which_nothing_is_known_says_nothing() -> None:
    scene, _ = story(said("dam:300"))
    assert compile_all(scene, {}) == ()


def test_somebody_whom_the_story_does_not_know_has_an_id_of_the_document() -> None:
    told = said("dam:300", names=("Drusa",))
    scene, facts = story(told)
    (item,) = compile_all(replace(scene, people={}, names={}), facts)
    assert len(item.names) == 1
    assert not item.names & {"pDrusa"}
    pronoun = replace(told.proposition, named=(Named("Drusa", True, False, Span(0, 1)),))
    (item,) = compiled(replace(told, proposition=pronoun))
    assert item.names == frozenset()  # by a description only


def test_confirmed_and_rejected_parts() -> None:
    told = said(
        "dam:300", by="Sauk", deeds=(deed("burst"), deed("leak")), counts=(counted(14), counted(3)), confidence=0.2
    )
    item = one(told, rulings=Rulings(rejected=frozenset({(1, "leak"), (1, "f0-1")}), confirmed=frozenset({(1, "s0")})))
    assert set(item.deeds) == {"burst"}
    assert [m.low for m in item.measures] == [14]
    assert item.proposition.confidence == 1.0
    assert one(told, rulings=Rulings(confirmed=frozenset({(1, "s9")}))).proposition.confidence == 0.2
    # a later part of a statement goes by the statement, and by its own record
    part = said("dam:300", by="Sauk", record="v7")
    for record, kept in (("s0", 0), ("v7", 0), ("s7", 1)):
        assert len(compiled(part, rulings=Rulings(rejected=frozenset({(1, record)})))) == kept
