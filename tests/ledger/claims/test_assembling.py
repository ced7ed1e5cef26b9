"""Which propositions make a claim, which are attached to one, and who its members are; by weights, without texts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.ledger.claims.by_weight import Said, compiled, counted, deed, said, story

from onrecord.ledger.claims.assemble import assemble
from onrecord.ledger.claims.claim import Claim
from onrecord.ledger.claims.oppositions import oppositions
from onrecord.ledger.claims.readable import Names, form
from onrecord.ledger.scene import Rulings, Voice

WORDS = "dam:300 burst:300 dawn:300 valley:300"
BURST = (deed("burst"),)


def claims(*told: Said, **more: Any) -> tuple[Claim, ...]:
    return assemble(*story(*told, **more))


def parts(*told: Said, **more: Any) -> list[list[tuple[str, str]]]:
    """The members of each claim: role and who."""
    return [[(m.role, m.who) for m in claim.members] for claim in claims(*told, **more)]


def held(words: str = WORDS, by: str = "A", document: int = 1, at: int = 0, **more: Any) -> Said:
    return said(words, by=by, document=document, at=at, **{"deeds": BURST, "main": "burst"} | more)


@pytest.mark.parametrize(
    ("more", "made"),
    [
        ({}, True),
        ({"refers": "claim"}, False),  # it only points
        ({"stance": "neither"}, False),
        ({"mode": "question"}, False),
        ({"withdraws": True}, False),
        ({"mode": "demand"}, True),
        ({"words": "burst:150"}, True),
        ({"words": "burst:149"}, False),  # says too little
        # what tells: a verb, an event among other words, many words, a denial, a count of something
        ({"main": None}, True),
        ({"main": None, "deeds": ()}, True),
        ({"main": None, "deeds": (), "words": "a:300 b:300 c:300"}, False),
        ({"main": None, "deeds": (), "words": "a:300 b:300 c:300 d:300"}, True),
        ({"main": None, "words": "burst:300"}, False),
        ({"main": None, "words": "burst:300 dam:300"}, True),
        ({"main": None, "deeds": (), "words": "a:300", "stance": "denies"}, True),
        ({"main": None, "deeds": (), "words": "a:300", "counts": (counted(14),)}, True),
        ({"main": None, "deeds": (), "words": "a:300", "counts": (counted(14, of=None),)}, False),
    ],
)
def test_what_makes_a_claim(more: dict[str, Any], made: bool) -> None:
    options = {"words": WORDS} | more
    assert bool(claims(held(str(options.pop("words")), **options))) is made


def test_holders_and_deniers() -> None:
    a, b = held(), held(by="B", document=2)
    assert parts(a, b) == [[("holder", "pA"), ("holder", "pB")]]
    assert parts(a, held(by="B", document=2, stance="denies")) == [[("holder", "pA"), ("denier", "pB")]]
    assert parts(a, held(by="B", document=2, negative=True)) == [[("holder", "pA"), ("denier", "pB")]]
    # who denies that it is not so holds that it is
    assert parts(a, held(by="B", document=2, negative=True, stance="denies")) == [[("holder", "pA"), ("holder", "pB")]]
    assert parts(held(negative=True), held(by="B", document=2, negative=True)) == [[("holder", "pA"), ("holder", "pB")]]
    (claim,) = claims(held(negative=True), held(by="B", document=2, negative=True))
    assert claim.negative
    headline = said(WORDS, document=2, voice="headline", deeds=BURST, main="burst")
    assert [role for role, _ in parts(a, headline)[0]] == ["holder", "reporter"]


def test_an_outlet_that_has_it_from_somebody_reports_it() -> None:
    own = said(WORDS, document=2, deeds=BURST, main="burst", at=50)
    assert [role for role, _ in parts(held(), own)[0]] == ["holder", "holder"]
    assert [role for role, _ in parts(held(), own, origins={2: "h1"})[0]] == ["holder", "reporter"]
    here = said(WORDS, document=1, deeds=BURST, main="burst", at=50)
    assert [role for role, _ in parts(held(), here)[0]] == ["holder", "reporter"]
    denied = said(WORDS, document=1, deeds=BURST, main="burst", at=50, stance="denies")
    assert [role for role, _ in parts(held(), denied)[0]] == ["holder", "denier"]


def test_who_is_quoted_with_it_reports_it() -> None:
    outer = said("x:300 y:300 z:300 q:300", by="B", at=90, deeds=(deed("x"),), main="x")
    inner = held(reporters=("s90",))
    assert parts(inner, outer)[0] == [("holder", "pA"), ("reporter", "pB")]
    own = held(by="B", reporters=("s90",))
    assert parts(own, outer)[0] == [("holder", "pB")]  # who reports oneself
    rejected = Rulings(rejected=frozenset({(1, "s90")}))
    assert parts(inner, outer, rulings=rejected) == [[("holder", "pA")]]
    ruled = Rulings(speakers={(1, "s90"): (9, "e1")}, voices={(9, "e1"): Voice("pC", "C")})
    assert parts(inner, outer, rulings=ruled)[0] == [("holder", "pA"), ("reporter", "pC")]
    # of a statement that made no proposition only the speaker is known
    assert parts(inner)[0] == [("holder", "pA")]
    ruled = Rulings(speakers={(1, "s90"): (9, "e1")}, voices={(9, "e1"): Voice("pC", "C")})
    assert parts(inner, rulings=ruled)[0] == [("holder", "pA"), ("reporter", "pC")]
    assert parts(inner, rulings=rejected)[0] == [("holder", "pA")]


def test_whose_words_a_member_is() -> None:
    outer = said("x:300 y:300 z:300 q:300", by="B", at=90, deeds=(deed("x"),), main="x")
    scene, facts = story(held(reporters=("s90",)), outer)
    names = Names(scene, facts)
    holder, reporter = assemble(scene, facts)[0].members
    assert (names.speaker(holder), names.of(holder)) == ((1, "A"), "A")
    assert (names.speaker(reporter), names.of(reporter)) == (None, "B")  # the words are A's


def test_rulings_on_propositions() -> None:
    a, b = held(), held(by="B", document=2)
    assert parts(a, b, rulings=Rulings(rejected=frozenset({(2, "s0")}))) == [[("holder", "pA")]]
    ruled = Rulings(speakers={(2, "s0"): (1, "A")})
    assert parts(a, b, rulings=ruled) == [[("holder", "pA"), ("holder", "pA")]]
    (item,) = compiled(held(confidence=0.4), rulings=Rulings(confirmed=frozenset({(1, "s0")})))
    assert item.proposition.confidence == 1.0
    (item,) = compiled(held(counts=(counted(14),)), rulings=Rulings(rejected=frozenset({(1, "f0-0"), (1, "burst")})))
    assert (item.measures, item.deeds) == ((), {})
    own = said(WORDS, deeds=BURST, main="burst", record="v7")
    assert claims(own, rulings=Rulings(rejected=frozenset({(1, "v7")}))) == ()


# What is attached to a claim


def left_open(words: str, at: int = 50, **more: Any) -> Said:
    return said(words, by="B", document=2, at=at, stance="neither", **more)


def test_who_leaves_it_open_belongs_to_the_nearest_claim() -> None:
    assert parts(held(), left_open(WORDS)) == [[("holder", "pA"), ("neither", "pB")]]
    # nine tenths of what two must share to be one are enough: half of it, and a little less is not
    assert parts(held(), left_open("dam:300 burst:300 x:300 y:300")) == [[("holder", "pA"), ("neither", "pB")]]
    assert parts(held(), left_open("dam:300 burst:300 x:300 y:360")) == [[("holder", "pA")]]
    assert parts(held(), left_open("dam:300 burst:300 dawn:300 x:300 y:300 z:300")) == [
        [("holder", "pA"), ("neither", "pB")]
    ]
    assert parts(held(), left_open(WORDS, mode="question")) == [[("holder", "pA")]]
    asked = said("wrong:300", by="B", at=50, refers="claim", stance="denies", mode="question")
    assert parts(held(), asked) == [[("holder", "pA")]]  # "Was she wrong?" denies nothing
    two = held("river:300 rose:300 dawn:300 valley:300", by="C", document=3, deeds=(deed("rose"),), main="rose")
    found = parts(held(), two, left_open("river:300 rose:300 dawn:300 valley:300"))
    assert [("neither", "pB") in claim for claim in found] == [False, True]


def test_few_words_left_open_are_about_what_stands_before_them() -> None:
    assert parts(held(), said("burst:300", by="B", at=50, stance="neither")) == [[("holder", "pA"), ("neither", "pB")]]
    assert parts(held(), said("leak:300", by="B", at=50, stance="neither")) == [[("holder", "pA")]]


def pointing(by: str = "B", at: int = 50, **more: Any) -> Said:
    return said("", by=by, at=at, **{"refers": "claim", "stance": "denies"} | more)


def test_words_that_point_join_what_they_point_at() -> None:
    assert parts(held(), pointing()) == [[("holder", "pA"), ("denier", "pB")]]
    assert parts(held(), pointing(stance="neither")) == [[("holder", "pA"), ("neither", "pB")]]
    assert parts(held(), pointing(stance="holds", act="confirm")) == [[("holder", "pA"), ("holder", "pB")]]
    assert parts(held(), pointing(stance="holds")) == [[("holder", "pA")]]  # "said it"
    assert parts(pointing()) == []
    # at a denial of it: who denies the denial as well denies, who confirms it does not hold the claim
    denied = held(by="C", at=30, stance="denies")
    assert parts(held(), denied, pointing()) == [[("holder", "pA"), ("denier", "pC"), ("denier", "pB")]]
    not_so = held(by="C", at=30, negative=True)
    assert parts(held(), not_so, pointing()) == [[("holder", "pA"), ("denier", "pC"), ("holder", "pB")]]
    assert parts(held(), not_so, pointing(stance="holds", act="confirm")) == [
        [("holder", "pA"), ("denier", "pC"), ("denier", "pB")]
    ]


def test_a_denial_that_goes_on_is_of_what_has_been_taken_up() -> None:
    first = held(by="A", at=0)
    again = held(by="D", document=2)
    detail = said("roof:300 fell:300 night:300", by="A", at=30, deeds=(deed("fell"),), main="fell")
    found = parts(first, detail, pointing(again=True), again)
    assert [("denier", "pB") in claim for claim in found] == [True, False]
    found = parts(first, detail, pointing(), again)
    assert [("denier", "pB") in claim for claim in found] == [False, True]


def test_a_denied_number_is_of_the_claim_that_has_it() -> None:
    first = held(counts=(counted(58),), by="A")
    more = held(counts=(counted(58),), by="C", document=3, words="x:300 y:300 z:300", deeds=(deed("x"),), main="x")
    wrong = said("", by="B", document=2, refers="figure", stance="denies", counts=(counted(58, of=None),))
    found = parts(first, held(counts=(counted(58),), by="D", document=4), more, wrong)
    assert [("denier", "pB") in claim for claim in found] == [True, False]
    other = said("", by="B", document=2, refers="figure", stance="denies", counts=(counted(59, of=None),))
    assert all(("denier", "pB") not in claim for claim in parts(first, other))


def test_who_admits_gives_up_a_denial() -> None:
    denial = held(by="B", negative=True)
    admission = said("dam:300 leak:300", by="B", document=2, admits=True)
    assert parts(denial, admission) == [[("denier", "pB"), ("holder", "pB")]]
    assert parts(denial, said("dam:299 leak:300", by="B", document=2, admits=True)) == [[("holder", "pB")]]
    assert parts(denial, said("dam:300 leak:300", by="C", document=2, admits=True)) == [[("holder", "pB")]]
    assert parts(held(by="B"), said("dam:300 leak:300", by="B", document=2, admits=True)) == [[("holder", "pB")]]
    assert parts(held(by="B", stance="denies"), admission) == [[("denier", "pB"), ("holder", "pB")]]


def back(words: str = "dam:300", by: str | None = "A", document: int = 2, **more: Any) -> Said:
    return said(words, by=by, document=document, at=more.pop("at", 0), withdraws=True, **more)


@pytest.mark.parametrize(
    ("taken", "withdrawn"),
    [
        (back(), True),
        (back("dam:299"), False),  # it shares too little
        (back("leak:300"), False),
        (back(by="C"), False),  # who never held it
        (back(by=None), True),  # a paper's correction need not say what it held before
        (back("", refers="claim"), False),  # in another document it points at nothing
        (back("", refers="claim", document=1, at=50), True),
        (back("", refers="figure", document=1, at=50), False),  # it has no figure
    ],
)
def test_who_takes_something_back(taken: Said, withdrawn: bool) -> None:
    (claim,) = claims(held(), taken)
    assert bool(claim.withdrawn) is withdrawn
    assert any(m.withdraws for m in claim.members) is withdrawn


def test_what_is_taken_back_is_what_shares_most_with_it() -> None:
    one, other = held(), held("roof:300 fell:300 night:300 storm:300", deeds=(deed("fell"),), main="fell", at=50)
    found = claims(one, other, back("roof:300 storm:300 dam:300"))
    assert [bool(c.withdrawn) for c in found] == [False, True]
    numbered = held(counts=(counted(58),))
    found = claims(numbered, other, back("roof:300 dam:300", counts=(counted(58),)))
    assert [bool(c.withdrawn) for c in found] == [True, False]
    here = held("roof:300 fell:300 night:300 x:300", deeds=(deed("fell"),), main="fell", document=2, at=50)
    found = claims(held("roof:300 leak:300 q:300 r:300", deeds=(deed("leak"),), main="leak"), here, back("roof:300"))
    assert [bool(c.withdrawn) for c in found] == [False, True]  # close by what it was
    found = claims(held(by="C"), other, back("roof:300 dam:300"))
    assert [bool(c.withdrawn) for c in found] == [False, True]  # what somebody else holds is passed over
    pointed = claims(held(counts=(counted(58),)), other, back("", refers="figure", document=1, at=90))
    assert [bool(c.withdrawn) for c in pointed] == [True, False]


def test_a_short_denial_that_echoes_what_stands_before_it_is_no_claim_of_its_own() -> None:
    echo = said("burst:300", by="B", at=50, stance="denies", main="burst")
    assert parts(held(), echo) == [[("holder", "pA"), ("denier", "pB")]]
    assert len(parts(held(), said("leak:300", by="B", at=50, stance="denies", main="leak"))) == 2
    far = said("burst:300", by="B", document=2, stance="denies", main="burst")
    assert len(parts(held(), far)) == 2  # in another document nothing stands before it
    twice = [echo, said("burst:300", by="C", document=3, stance="denies", main="burst")]
    assert parts(held(), *twice)[0] == [("holder", "pA"), ("denier", "pB")]
    # "the cancellation": a thing that somebody reported
    reported = said("burst:300", by="B", at=50, act="report", main="burst")
    assert parts(held(), reported) == [[("holder", "pA"), ("holder", "pB")]]
    assert len(parts(held(), said("burst:300", by="B", at=50, act="say", main="burst"))) == 2
    assert len(parts(held(), said("burst:300 leak:300", by="B", at=50, act="report", main="burst"))) == 2
    assert len(parts(held(), said("burst:300", by="B", at=50, act="report", main="burst", counts=(counted(14),)))) == 2
    # a bare negation echoes a denial only
    bare = said("burst:300", by="B", at=50, negative=True, main="burst")
    assert len(parts(held(), bare)) == 2
    denied = held(by="C", document=2), held(stance="denies"), bare
    assert parts(*denied) == [[("denier", "pA"), ("denier", "pB"), ("holder", "pC")]]


# What a claim is shown as


def test_the_words_that_stand_for_a_claim() -> None:
    def clearest(*told: Said) -> int:
        (claim,) = claims(*told)
        return claim.clearest.item.document

    assert clearest(held(stance="denies"), held(by="B", document=2)) == 2  # held rather than denied
    assert clearest(held(confidence=0.69), held(by="B", document=2, confidence=0.7)) == 2
    assert clearest(held(confidence=0.7), held(by="B", document=2, confidence=0.9)) == 1
    long = f"{WORDS} x:300 y:100"
    assert clearest(held(long), held(by="B", document=2), held(by="C", document=3)) == 2  # of the usual length
    assert clearest(held(), held(by="B", document=2)) == 1
    (claim,) = claims(said(WORDS, deeds=BURST, main="burst"), held(at=50))
    assert (claim.clearest.role, claim.clearest.who) == ("holder", "pA")  # held rather than reported
    headline = said(WORDS, voice="headline", deeds=BURST, main="burst")
    assert clearest(headline, held(by="B", document=2)) == 2
    (claim,) = claims(held(by="B", at=50), held(by="A", document=2), left_open(WORDS, at=60))
    assert (claim.first.item.document, claim.neither) == (1, ("pB",))


def test_the_normal_form_of_a_claim() -> None:
    happened = deed("burst", actor=["Ruvania"], target=["Talvenia"], place=["Drusa"], days=("2025-03-12", "2025-03-13"))
    number = counted(14, event="burst")
    told = held(deeds=(deed("leak"), happened), counts=(counted(3), number), names=("Ruvania",))
    scene, facts = story(told)
    (claim,) = assemble(scene, facts)
    found = form(claim, Names(scene, facts), "14 people")
    assert (found.actor, found.event, found.target, found.place) == ("Ruvania", "burst", "Talvenia", "Drusa")
    assert (found.time, found.status, found.figure) == ("2025-03-12/2025-03-13", "happened", "1 person")
    plain = held(deeds=(deed("leak"), deed("burst", days=("2025-03-12", None))), main="burst")
    scene, facts = story(plain)
    (claim,) = assemble(scene, facts)
    found = form(claim, Names(scene, facts), "x")
    assert (found.event, found.time, found.figure, found.actor) == ("burst", "2025-03-12/", None, None)
    scene, facts = story(held(deeds=(deed("leak", days=(None, "2025-03-13")),), main="burst"))
    (claim,) = assemble(scene, facts)
    found = form(claim, Names(scene, facts), "x")
    assert (found.event, found.time) == ("leak", "/2025-03-13")
    scene, facts = story(held(deeds=(), main="burst"))
    (claim,) = assemble(scene, facts)
    found = form(claim, Names(scene, facts), "x")
    assert (found.event, found.time, found.status) == (None, None, None)


# Contradictions


def rules(*told: Said, **more: Any) -> list[tuple[str, str, str]]:
    scene, facts = story(*told, **more)
    return [(c.rule, c.a.who, c.b.who) for c in oppositions(assemble(scene, facts), Names(scene, facts))]


def test_contradictions_of_a_claim() -> None:
    a, denies = held(), held(by="B", document=2, stance="denies")
    not_so = held(by="B", document=2, negative=True)
    assert rules(a, denies) == [("denial", "A", "B")]
    assert rules(a, not_so) == [("opposite", "A", "B")]
    assert rules(a, not_so, held(by="B", document=3, stance="denies")) == [
        ("denial", "A", "B")
    ]  # words of denial show it better
    assert rules(a, held(by="A", document=2, stance="denies")) == [("reversal", "A", "A")]
    assert rules(a, denies, held(by="C", document=3, stance="denies")) == [("denial", "A", "B"), ("denial", "A", "C")]
    assert rules(a, held(by="C", document=3), denies) == [("denial", "A", "B")]
    assert rules(a) == rules(denies) == []
    assert rules(a, back("dam:300")) == [("reversal", "A", "A")]
    paper, other = (said(WORDS, document=n, deeds=BURST, main="burst", negative=n == 2) for n in (1, 2))
    assert [rule for rule, _, _ in rules(paper, other)] == ["opposite"]
    # an outlet is no turncoat by a bare negation in a copy of its text
    assert rules(paper, other, origins={2: "h1"}) == []
    assert [
        rule for rule, _, _ in rules(held(), said(WORDS, document=2, deeds=BURST, main="burst", stance="denies"))
    ] == ["denial"]
