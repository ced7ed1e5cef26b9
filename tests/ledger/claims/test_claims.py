"""Which propositions are one claim, who holds and who denies it, how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.claims.conftest import Article, scene

from onrecord.ledger.claims.assemble import assemble
from onrecord.ledger.claims.claim import Claim
from onrecord.ledger.claims.oppositions import oppositions
from onrecord.ledger.claims.readable import Names
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Record, Rulings
from onrecord.reading import Reading

SEND = {"send": "send:planned"}


def saying(
    words: str, events: dict[str, str], *, speaker: str = "Oltan Brezik", day: str = "2025-03-12", **how: object
) -> Reading:
    article = Article(publisher=f"Paper of {speaker}", published=day)
    article.says(article.who(speaker), words, events, **how)  # type: ignore[arg-type]
    return article.reading()


def together(*said: tuple[str, dict[str, str]]) -> bool:
    """Whether different people who say these are taken to say the same."""
    readings = [saying(words, events, speaker=f"Speaker {n}") for n, (words, events) in enumerate(said)]
    return len(assemble(*scene(*readings))) == 1


SAME = [
    (("that 14 people were killed", {"killed": "kill"}), ("that 14 residents are dead", {"dead": "dead"})),
    (
        ("that Ruvania plans to send 10,000 soldiers", SEND),
        ("that Ruvania intends to deploy 10,000 troops across the border", {"deploy": "deploy:planned"}),
    ),
    (
        ("that the dam burst before dawn", {"burst": "burst"}),
        ("that the dam collapsed before dawn", {"collapsed": "collapse"}),
    ),
    (
        ("that the fire started in the engine room", {"started": "start"}),
        ("that the fire began in the engine room", {"began": "begin"}),
    ),
]
DIFFERENT = [
    # another number of the same thing
    (("that 14 people were killed", {"killed": "kill"}), ("that 23 people were killed", {"killed": "kill"})),
    # a plan and what happened
    (("that Ruvania will send 3,000 soldiers", SEND), ("that Ruvania has sent 3,000 soldiers", {"sent": "send"})),
    # opposite acts of the same people in the same place
    (
        ("that the soldiers occupied the pumping station at Karst", {"occupied": "occupy"}),
        ("that the soldiers left the pumping station at Karst", {"left": "leave"}),
    ),
    # a number and none
    (
        ("that 3,000 soldiers had crossed the border", {"crossed": "cross"}),
        ("that soldiers had crossed the border", {"crossed": "cross"}),
    ),
    # numbers that are no figures
    (
        ("that it was the 39th homicide of the year in the city", {"homicide": "homicide"}),
        ("that it was the 40th homicide of the year in the city", {"homicide": "homicide"}),
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words(one, other) -> None:
    assert together(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_alike_in_words_and_not_the_same(one, other) -> None:
    assert not together(one, other)


def test_a_demand_is_another_claim_than_its_fulfilment() -> None:
    demand = saying(
        "that the report be published by the ministry", {"published": "publish:demanded"}, cue="demanded", act="demand"
    )
    done = saying("that the report was published by the ministry", {"published": "publish"}, speaker="Ivo Strannik")
    assert len(assemble(*scene(demand, done))) == 2


def one_claim(*readings: Reading, **how: object) -> Claim:
    (found,) = assemble(*scene(*readings, **how))  # type: ignore[arg-type]
    return found


OPENED = "that Ruvania opened the sluices of the Karst dam"
OPEN = {"opened": "open"}


def test_confirming_is_holding_and_denying_makes_a_dispute() -> None:
    said = saying(OPENED, OPEN)
    confirmed = saying(OPENED, OPEN, speaker="Ilsa Quenby", cue="confirmed", act="confirm", day="2025-03-13")
    denied = saying(
        OPENED, {"opened": "open:denied"}, speaker="Salme Orvind", cue="denied", act="deny", day="2025-03-14"
    )
    claim = one_claim(said, confirmed)
    assert (claim.standing, claim.independent) == ("corroborated", 2)
    claim = one_claim(said, denied)
    assert (claim.standing, claim.holders, claim.deniers) == ("disputed", ("poltan-brezik",), ("psalme-orvind",))
    assert one_claim(denied).standing == "denied"


def test_who_does_not_confirm_neither_holds_nor_denies() -> None:
    said = saying(OPENED, OPEN)
    left_open = saying(
        OPENED, OPEN, speaker="Kester Malvane", cue="did not confirm", act="confirm", negated=True, day="2025-03-13"
    )
    claim = one_claim(said, left_open)
    assert (claim.standing, claim.holders, claim.neither) == ("single source", ("poltan-brezik",), ("pkester-malvane",))


def test_what_points_at_the_words_before_it_denies_them() -> None:
    a = Article()
    brezik, orvind = a.who("Oltan Brezik"), a.who("Salme Orvind")
    a.says(brezik, OPENED, OPEN)
    a.says(orvind, "it", cue="denied", act="deny")
    a.says(a.who("Ilsa Quenby"), "that the bridge was closed", {"closed": "close"})
    claims = assemble(*scene(a.reading()))
    assert [c.standing for c in claims] == ["disputed", "single source"]
    assert [m.points for m in claims[0].members] == [False, True]


def test_forty_outlets_that_quote_one_ministry_are_one_source() -> None:
    readings = []
    for n in range(40):
        a = Article(publisher=f"Paper {n}")
        a.says(a.who("The ministry", "organisation"), OPENED, OPEN)
        readings.append(a.reading())
    claim = one_claim(*readings)
    assert (claim.independent, claim.standing, len(claim.members)) == (1, "single source", 40)


def test_copies_of_one_text_are_one_outlet_and_a_body_and_its_head_are_one_witness() -> None:
    own = []
    for name in ("First Paper", "Second Paper"):
        a = Article(publisher=name)
        a.tells("The dam burst and killed 14 people.", {"burst": "burst", "killed": "kill"})
        own.append(a.reading())
    apart = assemble(*scene(*own))
    joined = assemble(*scene(*own, origins={own[1].document.id: own[0].document.id}))
    assert {c.independent for c in apart} == {2}
    assert {c.independent for c in joined} == {1}
    a = Article()
    service = a.who("Emergency Service", "organisation")
    a.says(service, OPENED, OPEN)
    a.says(a.who("Edrin Sauk", of=service), OPENED, OPEN)
    claim = one_claim(a.reading())
    assert (len(claim.holders), claim.independent) == (2, 1)


def test_a_headline_adds_no_holder() -> None:
    a = Article()
    a.tells("Dam burst kills 14 people", {"kills": "kill"})
    a.blocks[0] = replace(a.blocks[0], kind="heading")
    a.says(a.who("Edrin Sauk"), "that the dam burst had killed 14 people", {"killed": "kill"})
    claim = one_claim(a.reading())
    assert [m.role for m in claim.members] == ["reporter", "holder"]
    assert claim.holders == ("pedrin-sauk",)


def test_who_takes_back_what_nobody_else_holds_leaves_it_withdrawn() -> None:
    said = saying("that the spillway of the dam had been blocked", {"blocked": "block"}, speaker="Ilsa Quenby")
    back = saying("I was wrong about the spillway", {"was": "be"}, speaker="Ilsa Quenby", day="2025-03-19")
    other = saying("that the spillway of the dam had been blocked", {"blocked": "block"}, speaker="Ivo Strannik")
    claim = one_claim(said, back)
    assert (claim.standing, claim.holders) == ("withdrawn", ("pilsa-quenby",))
    assert one_claim(said, back, other).standing == "corroborated"


def test_a_negated_claim_is_a_claim_and_denies_what_it_negates() -> None:
    silent = saying("that nobody had warned the town of Drusa", {"warned": "warn:denied"}, speaker="Pavla Hemmerin")
    claim = one_claim(silent)
    assert (claim.negative, claim.standing) == (True, "single source")
    warned = saying("that Ruvania had warned the town of Drusa", {"warned": "warn"}, speaker="Iven Talmar")
    claim = one_claim(silent, warned)
    assert (claim.holders, claim.deniers, claim.standing) == (("piven-talmar",), ("ppavla-hemmerin",), "disputed")


@dataclass
class Place:
    record: Record


@dataclass
class Point:
    low: float
    high: float
    holder: str
    as_of: str
    places: list[Place]


@dataclass
class Best:
    sources: list[Point]


@dataclass
class Series:
    points: list[Point]
    best: Best | None


def test_a_figure_that_its_holder_replaced_is_revised() -> None:
    first = saying("that 58 people were killed", {"killed": "kill"})
    later = saying("that 61 people were killed", {"killed": "kill"}, day="2025-03-14")
    made, facts = scene(first, later)
    points = [
        Point(58.0, 58.0, "poltan-brezik", "2025-03-12", [Place((1, "f0"))]),
        Point(61.0, 61.0, "poltan-brezik", "2025-03-14", [Place((2, "f0"))]),
    ]
    claims = assemble(made, facts, [Series(points, Best(points[1:]))])
    assert [c.standing for c in claims] == ["revised", "single source"]
    stranger = [points[0], replace(points[1], holder="somebody-else")]
    claims = assemble(made, facts, [Series(stranger, None)])
    assert [c.standing for c in claims] == ["single source", "single source"]


def test_what_one_holder_counts_besides_does_not_keep_a_figure_that_was_replaced() -> None:
    first = saying("that 58 people were killed near 120 vehicles parked", {"killed": "kill", "parked": "park"})
    again = saying("that 58 people were killed", {"killed": "kill"}, speaker="Edrin Sauk")
    later = saying("that 61 people were killed", {"killed": "kill"}, day="2025-03-14")
    made, facts = scene(first, again, later)
    points = [
        Point(58.0, 58.0, "poltan-brezik", "2025-03-12", [Place((1, "f0")), Place((2, "f0"))]),
        Point(61.0, 61.0, "poltan-brezik", "2025-03-14", [Place((3, "f0"))]),
    ]
    vehicles = [
        Point(120.0, 120.0, "poltan-brezik", "2025-03-12", [Place((1, "f1"))]),
        Point(120.0, 120.0, "edrin-sauk", "2025-03-13", [Place((9, "f0"))]),
    ]
    claims = assemble(made, facts, [Series(points, Best(points[1:])), Series(vehicles, Best(vehicles))])
    assert {c.standing for c in claims if len(c.holders) == 2} == {"revised"}


def rules(*readings: Reading) -> list[str]:
    made, facts = scene(*readings)
    return [c.rule for c in oppositions(assemble(made, facts), Names(made, facts))]


def test_conflicts() -> None:
    said = saying(OPENED, OPEN)
    denied = saying(OPENED, OPEN, speaker="Salme Orvind", cue="denied", act="deny", day="2025-03-14")
    later = saying(OPENED, OPEN, speaker="Salme Orvind", day="2025-03-20")
    not_so = saying(
        "that Ruvania had not opened the sluices of the Karst dam", {"opened": "open:denied"}, speaker="Iven Talmar"
    )
    left_open = saying(OPENED, OPEN, speaker="Kester Malvane", cue="did not confirm", act="confirm", negated=True)
    assert rules(said, denied) == ["denial"]
    assert rules(denied, later) == ["reversal"]
    assert rules(said, not_so) == ["opposite"]
    assert rules(said, left_open) == []
    assert rules(said, saying("that 14 people were killed", {"killed": "kill"})) == []


def test_rulings_take_statements_away_and_give_them_other_speakers() -> None:
    said = saying(OPENED, OPEN)
    denied = saying(OPENED, OPEN, speaker="Salme Orvind", cue="denied", act="deny", day="2025-03-14")
    claim = one_claim(said, denied, rulings=Rulings(rejected=frozenset({(2, "s1")})))
    assert claim.standing == "single source"
    claim = one_claim(said, denied, rulings=Rulings(speakers={(1, "s1"): (2, "e1")}))
    assert claim.holders == ("psalme-orvind",)


def test_the_id_is_that_of_the_first_member() -> None:
    said = saying(OPENED, OPEN)
    earlier = saying(OPENED, OPEN, speaker="Ilsa Quenby", day="2025-03-01")
    assert one_claim(said).id == derived_id("c", said.document.id, "s1")
    assert one_claim(said, earlier).id == derived_id("c", earlier.document.id, "s1")


WORDS = [
    ("that 14 people were killed", {"killed": "kill"}, {}),
    ("that at the dam 14 residents are dead", {"dead": "dead"}, {}),
    ("that 23 people were killed", {"killed": "kill"}, {}),
    (OPENED, OPEN, {}),
    (OPENED, OPEN, {"cue": "denied", "act": "deny"}),
    (OPENED, OPEN, {"cue": "did not confirm", "act": "confirm", "negated": True}),
    ("that the sluices of the Karst dam were opened in the night", OPEN, {}),
    ("that Ruvania had not opened the sluices", {"opened": "open:denied"}, {}),
    ("it", {}, {"cue": "rejected", "act": "deny"}),
    ("that the spillway of the dam had been blocked", {"blocked": "block"}, {}),
    ("that the spillway was blocked by trees", {"blocked": "block"}, {}),
    ("I was wrong about the spillway", {"was": "be"}, {}),
]


def shape(claims: Iterable[Claim]) -> list[object]:
    return [
        (
            c.id,
            c.standing,
            c.independent,
            c.holders,
            c.deniers,
            c.neither,
            [(m.role, m.who, m.item.order) for m in c.members],
        )
        for c in claims
    ]


@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 3), st.integers(10, 13)), min_size=2, max_size=9),
    st.randoms(),
)
def test_the_order_of_the_documents_never_matters(drawn, random) -> None:
    readings = {}
    for (words, events, how), speaker, day in drawn:
        one = saying(words, events, speaker=f"Speaker {speaker}", day=f"2025-03-{day}", **how)
        readings[one.document.id] = one
    ordered = list(readings.values())
    shuffled = random.sample(ordered, len(ordered))
    assert shape(assemble(*scene(*ordered))) == shape(assemble(*scene(*shuffled)))


def test_no_two_members_of_a_claim_are_at_odds() -> None:
    readings = [
        saying(f"that {n} people were killed when the dam burst", {"killed": "kill"}, speaker=f"S {n} {k}")
        for n in (14, 23, 41)
        for k in "ab"
    ]
    for claim in assemble(*scene(*readings)):
        for one, other in combinations(claim.members, 2):
            assert one.item.measures == other.item.measures


def test_the_same_figure_of_one_series_is_one_claim_whatever_else_is_said() -> None:
    plain = saying("that 3,500 soldiers are in the valley", {"are": "be"})
    aside = saying(
        "that Mirela Vantor leaves while 3,500 men guard the lower bridges",
        {"leaves": "leave", "guard": "guard"},
        speaker="Ivo Strannik",
    )
    made, facts = scene(plain, aside)
    assert len(assemble(made, facts)) == 2
    point = Point(3500.0, 3500.0, "x", "2025-03-12", [Place((1, "f0")), Place((2, "f0"))])
    (claim,) = assemble(made, facts, [Series([point], Best([point]))])
    assert claim.independent == 2


def test_a_negation_of_something_else_denies_nothing() -> None:
    plain = saying("that 3,000 soldiers crossed the border", {"crossed": "cross"})
    aside = saying(
        "that 3,000 men were never invited by anybody", {"invited": "invite:denied"}, speaker="Mirela Vantor"
    )
    made, facts = scene(plain, aside)
    point = Point(3000.0, 3000.0, "x", "2025-03-12", [Place((1, "f0")), Place((2, "f0"))])
    (claim,) = assemble(made, facts, [Series([point], Best([point]))])
    assert (len(claim.holders), claim.deniers) == (2, ())


def test_what_a_headline_says_that_somebody_says_adds_no_holder() -> None:
    a = Article()
    a.says(a.who("Talvenia", "country"), "that the dam burst had killed 14 people", {"killed": "kill"})
    a.blocks[0] = replace(a.blocks[0], kind="heading")
    a.says(a.who("Edrin Sauk"), "that the dam burst had killed 14 people", {"killed": "kill"})
    assert one_claim(a.reading()).holders == ("pedrin-sauk",)


def test_an_outlet_that_sums_up_what_it_has_from_somebody_is_no_second_witness() -> None:
    a = Article()
    a.tells("At least 14 people were killed when the dam burst.", {"killed": "kill"})
    own = a.reading()
    a.says(a.who("Edrin Sauk"), "that 14 people were killed when the dam burst", {"killed": "kill"})
    assert one_claim(own).independent == 1
    claim = one_claim(a.reading())
    assert (claim.holders, [m.role for m in claim.members]) == (("pedrin-sauk",), ["reporter", "holder"])
