"""How a claim stands, who is one witness, what words point at, and which propositions are put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from tests.ledger.claims.by_weight import Said, compiled, counted, deed, said

from onrecord.ledger.claims.bodies import speaks_for
from onrecord.ledger.claims.claim import Membership, Role
from onrecord.ledger.claims.clustering import groups
from onrecord.ledger.claims.model import Entry, Facts
from onrecord.ledger.claims.references import echoed, pointed_at, run_before
from onrecord.ledger.claims.standing import Figures, independent, standing, who
from onrecord.ledger.scene import Member, Record, Rulings, Scene


@pytest.mark.parametrize(
    ("holders", "deniers", "withdrawn", "revised", "count", "expected"),
    [
        (["a"], [], [], False, 1, "single source"),
        (["a", "b"], [], [], False, 2, "corroborated"),
        (["a", "b"], [], [], False, 1, "single source"),  # a service and its head
        (["a"], ["b"], [], False, 1, "disputed"),
        (["a", "c"], ["b"], [], False, 2, "disputed"),
        ([], ["b"], [], False, 0, "denied"),
        (["a"], [], [], True, 1, "revised"),
        (["a"], ["b"], [], True, 1, "revised"),
        (["a"], [], ["a"], False, 1, "withdrawn"),
        (["a"], ["b"], ["a"], True, 1, "withdrawn"),
        (["a", "b"], [], ["a"], False, 2, "corroborated"),  # somebody else still holds it
        ([], [], ["a"], False, 0, "withdrawn"),
        ([], [], [], False, 0, "single source"),
    ],
)
def test_how_a_claim_stands(
    holders: list[str], deniers: list[str], withdrawn: list[str], revised: bool, count: int, expected: str
) -> None:
    found = standing(holders=holders, deniers=deniers, withdrawn=withdrawn, revised=revised, count=count)
    assert found == expected


@pytest.mark.parametrize(
    ("holders", "speaks", "expected"),
    [
        (["head", "service"], {"head": {"service"}}, ("head",)),
        (["service", "head"], {"head": {"service"}}, ("head",)),
        (["head", "deputy"], {"head": {"service"}, "deputy": {"service"}}, ("head", "deputy")),
        (["service", "other"], {"head": {"service"}}, ("service", "other")),
        (["a", "b"], {"a": {"b"}, "b": {"a"}}, ("a",)),  # in a circle, the first
        (["a"], {"a": {"a"}}, ("a",)),
        ([], {}, ()),
    ],
)
def test_who_is_a_witness_of_its_own(
    holders: list[str], speaks: dict[str, set[str]], expected: tuple[str, ...]
) -> None:
    assert independent(holders, {one: frozenset(bodies) for one, bodies in speaks.items()}) == expected


def test_whose_the_members_of_a_role_are() -> None:
    item = compiled(said("dam"))[0]
    roles: list[tuple[Role, str]] = [("holder", "b"), ("denier", "a"), ("holder", "a"), ("holder", "b")]
    assert who([Membership(item, role, name) for role, name in roles], "holder") == ("b", "a")
    assert who([], "holder") == ()


# Figures that were replaced


@dataclass
class _Place:
    record: Record


@dataclass
class _Point:
    low: float
    holder: str
    as_of: str
    records: list[Record]
    high: float = -1
    places: list[_Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.high = self.low if self.high == -1 else self.high
        self.places = [_Place(record) for record in self.records]


@dataclass
class _Best:
    sources: list[_Point]


@dataclass
class _Series:
    points: list[_Point]
    best: _Best | None


FIRST, LATER = (1, "f0"), (2, "f0")


def replaced(points: list[_Point], best: list[_Point] | None, holders: tuple[str, ...] = ("a",)) -> bool:
    return Figures([_Series(points, _Best(best) if best is not None else None)]).replaced([FIRST], holders)


def test_a_figure_is_replaced_by_a_later_one_of_its_holder_or_the_best() -> None:
    old, new = _Point(58, "a", "2025-03-12", [FIRST]), _Point(61, "a", "2025-03-14", [LATER])
    assert replaced([old, new], [new])
    assert replaced([old, new], None)
    assert not replaced([old, new], [old])
    stranger = replace(new, holder="b")
    assert not replaced([old, stranger], None)
    assert replaced([old, stranger], [stranger])
    assert not replaced([old], [new])  # it stands alone
    assert not replaced([old, replace(new, as_of="2025-03-12")], None)  # of the same day
    assert not replaced([old, replace(new, as_of="2025-03-11")], None)
    noon, evening = replace(old, as_of="2025-03-12T12:00"), replace(new, as_of="2025-03-12T18:00")
    assert replaced([noon, evening], None)  # of a later hour of the day
    assert not replaced([replace(old, as_of="2025-03-12T20:00"), evening], None)
    assert not replaced([replace(old, as_of=""), new], None)  # nobody knows of which day
    assert not replaced([old, replace(new, low=58, high=58)], None)  # the same value
    equal = _Point(58, "c", "2025-03-14", [(3, "f0")])
    assert not replaced([old, new, equal], [equal])  # the best value is its own
    before = _Point(61, "c", "2025-03-12", [(3, "f0")])
    assert not replaced([old, before, new], None)  # a value that was there before replaces nothing
    assert not Figures([]).replaced([FIRST], ["a"])


def test_what_a_claim_counts_besides_does_not_matter() -> None:
    old, new = _Point(58, "a", "2025-03-12", [FIRST, (3, "f0")]), _Point(61, "a", "2025-03-14", [LATER])
    vehicles = [_Point(120, "a", "2025-03-12", [(1, "f1")]), _Point(120, "b", "2025-03-13", [(9, "f0")])]
    figures = Figures([_Series([old, new], _Best([new])), _Series(vehicles, _Best(vehicles))])
    assert figures.replaced([FIRST, (3, "f0"), (1, "f1")], ["a"])
    assert not figures.replaced([FIRST, (1, "f1")], ["a"])
    assert figures.series() == {FIRST: {0}, (3, "f0"): {0}, LATER: {0}, (1, "f1"): {1}, (9, "f0"): {1}}


# What words point at

CLAIM = "dam:300 burst:300"


def last(*told: Said) -> object:
    """What the last of them points at: its place among those before, None for none."""
    items = compiled(*told)
    found = pointed_at(items[-1], items[:-1])
    return None if found is None else items.index(found)


def pointing(at: int = 100, by: str = "Orvind", refers: str = "claim", **more: object) -> Said:
    return said("", at=at, by=by, refers=refers, stance="denies", **more)


def test_words_point_at_the_nearest_that_another_speaker_says() -> None:
    one, other = said(CLAIM, by="Brezik", at=0), said(CLAIM, by="Sauk", at=40)
    assert last(one, other, pointing()) == 1
    assert last(one, replace(said(CLAIM, by="Orvind", at=40)), pointing()) == 0  # not at one's own
    assert last(one, said(CLAIM, by="Orvind", at=40, stance="denies"), pointing()) == 1  # unless it is a denial already
    assert last(one, said("", by="Sauk", at=40, refers="claim"), pointing()) == 0  # nor at what only points itself
    assert last(one, said(CLAIM, by="Sauk", at=40, mode="question"), pointing()) == 0
    assert last(one, said(CLAIM, at=40, voice="headline"), pointing()) == 0
    assert last(one, said(CLAIM, at=40), pointing()) == 0  # somebody's before the outlet's
    assert last(said(CLAIM, at=40), pointing()) == 0
    assert last(pointing()) is None


@pytest.mark.parametrize(("at", "near"), [(9, True), (610, True), (611, False), (8, False)])
def test_words_point_no_farther_than_the_paragraph_before(at: int, near: bool) -> None:
    assert (last(said(CLAIM, by="Brezik", at=0), pointing(at)) == 0) is near


def test_a_figure_or_a_plan_is_what_is_pointed_at_by_name() -> None:
    plain = said(CLAIM, by="Sauk", at=40)
    number, plan = (
        said(CLAIM, by="Brezik", at=0, counts=(counted(14),)),
        said(CLAIM, by="Brezik", at=0, deeds=(deed("x", "planned"),)),
    )
    named, maybe = (
        said(f"{CLAIM} =plan:300", by="Brezik", at=0),
        said(CLAIM, by="Brezik", at=0, deeds=(deed("x", "possible"),)),
    )
    assert last(number, plain, pointing(refers="figure")) == 0
    assert last(plain, pointing(refers="figure")) is None
    for one in (plan, named, maybe):
        assert last(one, plain, pointing(refers="plan")) == 0
    assert last(said(CLAIM, by="Brezik", at=0, deeds=(deed("x"),)), plain, pointing(refers="plan")) is None
    assert last(number, plain, pointing()) == 1


def test_what_one_speaker_says_in_a_run() -> None:
    told = [said(CLAIM, by=who, at=at) for at, who in ((0, "A"), (50, "B"), (100, "B"), (150, "B"), (200, "A"))]
    told.insert(3, said(CLAIM, at=120, voice="headline"))
    items = compiled(*told)
    found = run_before(items[4], items)
    assert [item.proposition.start for item in found] == [150, 100, 50]
    far = compiled(said(CLAIM, by="B", at=0), said(CLAIM, by="B", at=611))
    assert len(run_before(far[1], far)) == 1
    near = compiled(said(CLAIM, by="B", at=0), said(CLAIM, by="B", at=610))
    assert len(run_before(near[1], near)) == 2


@pytest.mark.parametrize(
    ("words", "before", "found"),
    [
        ("blockage:300", {"words": "blockage:300 spillway:300"}, True),
        ("blockage:300 spillway:300", {"words": "blockage:300"}, False),
        ("blockage:250", {"words": "blockage:300"}, True),
        ("blockage:249", {"words": "blockage:300"}, False),  # it tells too little
        ("blockage:300 night:249", {"words": "blockage:300"}, True),
        ("blockage:400 spillway:400", {"words": "blockage:300 spillway:300"}, True),
        ("blockage:400 spillway:401", {"words": "blockage:300 spillway:300"}, False),  # it says all itself
        ("blockage:300 singl:300", {"words": "blockage:300"}, True),  # "not a single one"
        ("blockage:300", {"words": "blockage:300", "by": "Orvind"}, False),  # one's own words
        ("blockage:300", {"words": "blockage:300", "refers": "claim"}, False),
        ("blockage:300", {"words": "blockage:300", "mode": "demand"}, False),
        ("blockage:300", {"words": "blockage:300", "by": None, "voice": "headline"}, False),
        ("blockage:300", {"words": "spillway:300", "meant": ("blockage",)}, False),
    ],
)
def test_few_words_echo_what_stands_before_them(words: str, before: dict[str, object], found: bool) -> None:
    options = {"by": "Brezik", "at": 0} | before
    other = said(str(options.pop("words")), **options)
    items = compiled(other, said(words, by="Orvind", at=100))
    assert (echoed(items[1], items[:1]) is items[0]) is found


def test_an_echo_of_names_alone_is_none() -> None:
    items = compiled(said(CLAIM, by="Brezik", names=("Drusa",)), said("", by="Orvind", names=("Drusa",), at=100))
    assert echoed(items[1], items[:1]) is None
    both = compiled(said(CLAIM, by="A"), said(CLAIM, by="B", at=50), said("dam:300", by="Orvind", at=100))
    assert echoed(both[2], both[:2]) is both[1]  # the nearest


# Which propositions are put together


def together(*told: Said) -> list[list[int]]:
    """The groups, each by the numbers of its documents."""
    return [[item.document for item in group] for group in groups(sorted(compiled(*told), key=lambda c: c.order))]


def in_documents(*words: str) -> list[Said]:
    return [said(some, document=n) for n, some in enumerate(words, 1)]


def test_those_who_agree_best_are_put_together_first() -> None:
    same = "dam:300 burst:300 dawn:300 valley:300"
    assert together(*in_documents(same, same)) == [[1, 2]]
    assert together(*in_documents(same, "ferry:300 fire:300 engine:300 room:300")) == [[1], [2]]
    assert together(*in_documents(same, same, same)) == [[1, 2, 3]]
    assert together() == []
    # two pairs that agree as well: those that come first; the third agrees with one of them, and on average with too few
    a, b, c = "r s t u v w", "r s t u x y", "r u x y z q"
    one, other, third = (" ".join(f"{word}:300" for word in words.split()) for words in (a, b, c))
    assert together(*in_documents(one, other, third)) == [[1, 2], [3]]
    assert together(*in_documents(third, other, one)) == [[1, 2], [3]]
    assert together(*in_documents(one, third, other)) == [[1, 3], [2]]


def test_no_two_at_odds_are_put_together_through_a_third() -> None:
    words = "dam:300 burst:300 dawn:300 valley:300"
    planned, done, bare = (
        said(words, deeds=(deed("burst", "planned"),)),
        said(words, deeds=(deed("burst"),), document=2),
        said(words, document=3),
    )
    assert together(planned, done, bare) == [[1, 3], [2]]
    assert together(planned, done) == [[1], [2]]
    more = said(words, deeds=(deed("burst", "planned"),), document=4)
    assert together(planned, done, bare, more) == [[1, 3, 4], [2]]


def test_a_common_word_brings_no_pair_together() -> None:
    # every word weighs too little to be looked up by
    assert together(*in_documents("a:129 b:129 c:129 d:129 e:129", "a:129 b:129 c:129 d:129 e:129")) == [[1, 2]]
    light = "a:129 b:129 c:129 d:129 e:129"
    assert together(*in_documents(light, f"{light} f:129")) == [[1], [2]]
    heavy = light.replace("129", "130")
    assert together(*in_documents(heavy, f"{heavy} f:130")) == [[1, 2]]


def test_a_figure_of_one_series_brings_two_together_by_itself() -> None:
    a = said("leave:300", counts=(counted(3500),), series=[[7]])
    b = said("guard:300", counts=(counted(3500, of="man"),), series=[[7]], document=2)
    assert together(a, b) == [[1, 2]]
    assert together(a, replace(b, series={})) == [[1], [2]]


# For which bodies people speak


def spoken_for(names: dict[str, str], roles: dict[str, tuple[str, ...]], *, known: bool = True) -> dict[str, set[str]]:
    """`names` by id; `roles` give entities the bodies that their roles are of: entities, or words."""
    member = Member(1, "h1", None, None, None, None, "h1")
    entities = {who: Entry(name, "person", roles.get(who, ())) for who, name in names.items()}
    people = {(1, who): who for who in names} if known else {}
    found = speaks_for(Scene(1, (member,), Rulings(), people, names), {1: Facts((), entities, {})})
    return {who: set(bodies) for who, bodies in found.items()}


def test_a_role_gives_the_body_that_somebody_speaks_for() -> None:
    names = {"sauk": "Edrin Sauk", "service": "Emergency Service", "state": "Talvenia"}
    assert spoken_for(names, {"sauk": ("service",)}) == {"sauk": {"service"}}
    assert spoken_for(names, {"sauk": ("service",), "service": ("state",)})["sauk"] == {"service", "state"}
    assert spoken_for(names, {"sauk": ("the emergency service",)})["sauk"] == {"service"}
    assert spoken_for(names, {"sauk": ("service",), "service": ("sauk",)}) == {"sauk": {"service"}, "service": {"sauk"}}
    assert spoken_for(names, {"sauk": ("fire service",)}) == {"sauk": set()}
    assert spoken_for(names, {"sauk": ("",)}) == {"sauk": set()}
    assert spoken_for(names, {"sauk": ("service",)}, known=False) == {}
    assert spoken_for(names, {}) == {}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Talvenian Emergency Service", True),
        ("New Talvenian Emergency Service", True),  # two words more
        ("The New Big Talvenian Emergency Service", False),
        ("Emergency", False),
    ],
)
def test_a_body_is_called_by_the_words_of_a_role_and_little_else(name: str, found: bool) -> None:
    assert (
        spoken_for({"sauk": "Edrin Sauk", "body": name}, {"sauk": ("emergency service",)})["sauk"] == {"body"}
    ) is found


@pytest.mark.parametrize(
    ("ministry", "country", "one"),
    [
        ("Ruvanian foreign ministry", "Ruvania", True),
        ("Ruvanian government", "Ruvania", True),
        ("Ruvanian police", "Ruvania", False),  # no body of which every country has one
        ("Ruvanian foreign ministry", "Talvenia", False),
        ("foreign ministry", "Ruvania", False),
        ("Irani army", "Iran", True),
        ("Ugan army", "Uga", False),  # too few letters to tell
        ("Ruvanianess army", "Ruvania", False),
    ],
)
def test_a_country_speaks_by_its_ministries(ministry: str, country: str, one: bool) -> None:
    found = spoken_for({"body": ministry, "land": country}, {})
    assert (found.get("body") == {"land"}) is one
