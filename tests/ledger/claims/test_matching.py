"""When two propositions say the same: by the weight of what both say, and by what cannot be one in spite of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ledger.claims.by_weight import Said, counted, deed, said, two

from onrecord.ledger.claims.matching import AT_ODDS, ENOUGH, FLOOR, SCALE, most, one_figure, same_figure, score

FOUR = "dam:300 burst:300 dawn:300 valley:300"


def alike(a: Said, b: Said) -> int:
    """The score of two of different documents; it is the same from both sides."""
    one, other = two(a, replace(b, document=2))
    assert score(one, other) == score(other, one)
    return score(one, other)


def both(words: str = FOUR, other: str | None = None, **more: object) -> int:
    """The score of two that differ in their words only."""
    return alike(said(words, **more), said(other if other is not None else words, **more))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # all of it, three quarters, half of it is in both
        (FOUR, FOUR, SCALE),
        (FOUR, "dam:300 burst:300 dawn:300 river:300", 7500),
        (FOUR, "dam:300 burst:300 dawn:300 river:100 bank:200", 7500),
        # below the floor nothing is left: two words in common of eight
        (FOUR, "dam:300 burst:300 river:300 bank:300", 5000 * 85 // 100),
        (f"{FOUR} night:300", "dam:300 burst:300 river:300 bank:300 field:300", 0),
        # a pair must share LEAST_SHARED
        ("dam:275 burst:275", "dam:275 burst:275", SCALE),
        ("dam:275 burst:274", "dam:275 burst:274", 0),
        # the longer one may say more around it, from a total of 900 on
        ("dam:300 burst:300 dawn:300", "dam:300 burst:300 dawn:300 x:300 y:300 z:300", 7777),
        ("dam:300 burst:300 dawn:299", "dam:300 burst:300 dawn:299 x:300 y:300 z:300", 6664),
        # two words in common may be chance, three are none; of them only telling ones count
        ("dam:400 burst:400 a:201", "dam:400 burst:400 b:201", 7992 * 85 // 100),
        ("dam:400 burst:400 a:200", "dam:400 burst:400 b:200", 8000),
        ("dam:300 burst:300 dawn:200 a:300", "dam:300 burst:300 dawn:200 b:300", 7272),
        ("dam:300 burst:300 dawn:199 a:300", "dam:300 burst:300 dawn:199 b:300", 7270 * 85 // 100),
        ("dam:350 burst:350 dawn:199 a:300", "dam:350 burst:350 dawn:199 b:300", 7497 * 85 // 100),
        # two numbers that are none of anything counted, "the 39th" and "the 40th", and one of both
        (f"{FOUR} 39th:100", f"{FOUR} 40th:100", (12 * SCALE // 13) * 7 // 10),
        (f"{FOUR} 39th:100", f"{FOUR} 39th:100", SCALE),
        (f"{FOUR} 39th:100", f"{FOUR} more:100", 12 * SCALE // 13),
    ],
)
def test_the_share_of_what_both_say(one: str, other: str, expected: int) -> None:
    assert both(one, other) == expected


def test_names_alone_say_nothing() -> None:
    assert both("", names=("Drusa", "Karst")) == 0
    assert both("", names=("Drusa", "Karst"), counts=(counted(14),)) > 0
    assert both("burst:250", names=("Drusa",)) == SCALE
    assert both("burst:249", names=("Drusa",)) == 0


def test_what_one_names_and_the_other_only_means_is_said_by_both() -> None:
    named, meant = (
        said("dam:300 burst:300 dawn:300", names=("Ruvania",)),
        said("dam:300 burst:300 dawn:300", meant=("Ruvania",)),
    )
    # "Ruvania" and "its army": 1,200 of the one, 900 of the other
    assert alike(named, meant) == SCALE
    assert alike(named, said("dam:300 burst:300 dawn:300", meant=("Karst",))) == (2 * 8571 + SCALE) // 3


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ({"main": "dam"}, {"main": "burst"}, 100),  # each has the other's verb
        ({"main": None}, {"main": "dam"}, 100),
        ({"main": "leak"}, {"main": "dam"}, 80),  # the one has the other's
        ({"main": "leak"}, {"main": "flow"}, 50),
        ({"main": "leak"}, {"main": "leak", "deeds": (deed("leak"),)}, 80),
        ({"main": "leak", "deeds": (deed("leak"),)}, {"main": "leak", "deeds": (deed("leak"),)}, 100),
    ],
)
def test_what_is_left_where_the_verbs_differ(one: dict[str, object], other: dict[str, object], left: int) -> None:
    assert alike(said(FOUR, **one), said(FOUR, **other)) == SCALE * left // 100


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"names": ("Drusa",)}, {"names": ("Drusa",)}, SCALE),
        # other names: what both say is 1,200 of 1,500, of which four fifths are left
        ({"names": ("Drusa",)}, {"names": ("Karst",)}, 6400),
        ({"names": ("Drusa",)}, {}, (2 * 8888 + SCALE) // 3),
        ({"names": ("Drusa",)}, {"names": ("Karst", "Drusa")}, (2 * 9090 + SCALE) // 3),
        ({"names": ("Drusa",)}, {"names": ("Karst",), "meant": ("Drusa",)}, (2 * 9000 + SCALE) // 3),
        ({"names": ("Karst",), "meant": ("Drusa",)}, {"names": ("Drusa",)}, (2 * 9000 + SCALE) // 3),
        # a name in another form
        ({"names": ("Drusa Town",)}, {"names": ("Drusa Council",)}, 8000),
        # other people: besides, seven tenths
        ({"people": ("Sauk",)}, {"people": ("Sauk",)}, SCALE),
        ({"people": ("Sauk",)}, {"people": ("Brezik",)}, 6400 * 7 // 10),
        ({"people": ("Sauk",), "names": ("Drusa",)}, {"people": ("Brezik",), "names": ("Drusa",)}, 8333 * 7 // 10),
        ({"people": ("Sauk",), "names": ("Drusa",)}, {"people": (), "names": ("Drusa",)}, (2 * 9090 + SCALE) // 3),
    ],
)
def test_whom_they_speak_of(a: dict[str, object], b: dict[str, object], expected: int) -> None:
    assert alike(said(FOUR, **a), said(FOUR, **b)) == expected


def test_of_a_person_whom_the_other_only_means_nothing_is_taken() -> None:
    a, b = said(FOUR, people=("Sauk",)), said(FOUR, people=("Brezik",), meant=("Sauk",))
    assert alike(a, b) == (2 * 9000 + SCALE) // 3


THREE_OF_FOUR = ("dam:300 burst:300 dawn:300 valley:300", "dam:300 burst:300 dawn:300 river:300")


def test_a_denial_is_of_something_that_was_said() -> None:
    held, denied = said(THREE_OF_FOUR[0]), said(THREE_OF_FOUR[1], stance="denies")
    assert alike(held, denied) == 7500 + 600
    assert alike(denied, held) == 7500 + 600
    assert alike(denied, said(THREE_OF_FOUR[0], stance="denies")) == 7500
    assert alike(held, said(THREE_OF_FOUR[1], stance="neither")) == 7500
    assert alike(said(FOUR), said(FOUR, stance="denies")) == SCALE  # never more than all


def test_who_answers_may_share_two_words_only() -> None:
    one, other = "dam:400 burst:400 a:201", "dam:400 burst:400 b:201"
    assert alike(said(one), said(other, stance="denies")) == 7992 + 600
    # "it did not burst" answers where it is of the same people
    so = said("dam:400 a:200", people=("Sauk",), deeds=(deed("burst"),))
    not_so = said("dam:400 b:200", people=("Sauk",), deeds=(deed("burst"),), negative=True)
    assert alike(so, not_so) == 7777 * 9 // 10
    so = said("dam:400 burst:300 a:200", deeds=(deed("burst"),))
    not_so = said("dam:400 burst:300 b:200", deeds=(deed("burst"),), negative=True)
    assert alike(so, not_so) == (7777 * 85 // 100) * 9 // 10


def test_of_two_sides_of_a_negation_both_tell_the_same_event() -> None:
    so, not_so = said(FOUR, deeds=(deed("burst"),)), said(FOUR, negative=True, deeds=(deed("burst"),))
    assert alike(so, not_so) == SCALE * 9 // 10
    assert alike(so, said(FOUR, negative=True, deeds=(deed("leak"),))) == 0
    assert alike(so, said(FOUR, negative=True)) == 0
    assert alike(said(FOUR, negative=True), said(FOUR, negative=True)) == SCALE


@pytest.mark.parametrize(
    ("one", "other", "odds"),
    [
        ({"mode": "demand"}, {}, True),
        ({"mode": "question"}, {"mode": "question"}, False),
        # what is foretold, and what is
        ({"act": "predict"}, {}, True),
        ({"act": "promise"}, {}, True),
        ({"act": "predict"}, {"act": "promise"}, False),
        ({"act": "predict", "deeds": (deed("rise"),)}, {}, False),  # it predicts what is told as done
        ({"act": "predict", "deeds": (deed("rise"), deed("burst", "planned"))}, {"deeds": (deed("rise"),)}, True),
        ({"act": "predict"}, {"deeds": (deed("rise", "planned"),)}, False),
        ({"act": "predict"}, {"deeds": (deed("rise", "possible"),)}, False),
        ({"act": "warn", "deeds": (deed("rise", "planned"),)}, {}, False),
        # an event that has happened, and one that is planned
        ({"deeds": (deed("burst"),)}, {"deeds": (deed("burst", "planned"),)}, True),
        ({"deeds": (deed("burst", "ongoing"),)}, {"deeds": (deed("burst"),)}, False),
        ({"deeds": (deed("burst", "expected"),)}, {"deeds": (deed("burst", "planned"),)}, False),
        ({"deeds": (deed("burst", "possible"),)}, {"deeds": (deed("burst", "planned"),)}, False),
        ({"deeds": (deed("burst", "possible"),)}, {"deeds": (deed("burst"),)}, True),
        ({"deeds": (deed("burst", "conditional"),)}, {"deeds": (deed("burst", "possible"),)}, False),
        ({"deeds": (deed("burst", "demanded"),)}, {"deeds": (deed("burst"),)}, True),
        (
            {"deeds": (deed("burst", "denied"),)},
            {"deeds": (deed("burst", "planned"),)},
            False,
        ),  # says only that it is not
        ({"deeds": (deed("burst"),)}, {"deeds": (deed("leak", "planned"),)}, False),  # of other events
        ({"deeds": (deed("burst"), deed("burst", "planned"))}, {"deeds": (deed("burst", "planned"),)}, False),
    ],
)
def test_how_firmly_it_is_meant(one: dict[str, object], other: dict[str, object], odds: bool) -> None:
    assert (alike(said(FOUR, **one), said(FOUR, **other)) == AT_ODDS) is odds


BY = {"names": ("Ruvania", "Talvenia")}


@pytest.mark.parametrize(
    ("one", "other", "odds"),
    [
        ({"actor": ["Ruvania"]}, {"actor": ["Ruvania"]}, False),
        # who did it to whom is the other way round
        ({"actor": ["Ruvania"], "target": ["Talvenia"]}, {"actor": ["Talvenia"], "target": ["Ruvania"]}, True),
        ({"actor": ["Ruvania"]}, {"actor": ["Talvenia"], "target": ["Ruvania"]}, True),
        ({"actor": ["Ruvania"], "target": ["Talvenia"]}, {"actor": ["Talvenia"]}, True),
        # both name both: readers may take the one or the other for who did it
        ({"actor": ["Ruvania"]}, {"actor": ["Talvenia"]}, False),
        ({"actor": ["Ruvania"]}, {"actor": []}, False),
        ({"actor": ["Ruvania", "Talvenia"]}, {"actor": ["Talvenia"]}, False),
    ],
)
def test_who_did_it_to_whom(one: dict[str, object], other: dict[str, object], odds: bool) -> None:
    a, b = (said(FOUR, deeds=(deed("burst", **how),), **BY) for how in (one, other))
    assert (alike(a, b) == AT_ODDS) is odds


def test_who_did_it_is_somebody_whom_the_other_does_not_name() -> None:
    def by(name: str) -> Said:
        return said(f"{FOUR} night:300", deeds=(deed("burst", actor=[name]),), names=(name,))

    assert alike(by("Ruvania"), by("Talvenia")) == AT_ODDS
    assert alike(by("Ruvania"), by("Ruvania")) == SCALE
    described = said(f"{FOUR} night:300", deeds=(deed("burst", actor=["Talvenia"]),), names=("Karst",))
    assert alike(by("Ruvania"), described) != AT_ODDS  # whom it only describes may be anybody
    knows = said(
        f"{FOUR} night:300", deeds=(deed("burst", actor=["Talvenia"]),), names=("Talvenia",), meant=("Ruvania",)
    )
    assert alike(by("Ruvania"), knows) != AT_ODDS


@pytest.mark.parametrize(
    ("one", "other", "odds"),
    [
        (("2025-03-12", "2025-03-13"), ("2025-03-13", "2025-03-14"), True),
        (("2025-03-12", "2025-03-14"), ("2025-03-13", "2025-03-15"), False),
        (("2025-03-12", "2025-03-13"), ("2025-03-12", "2025-03-13"), False),
        (("2025-03-12", None), ("2025-03-14", "2025-03-15"), False),
        ((None, "2025-03-13"), ("2025-03-14", "2025-03-15"), False),
        (("2025-03-12", "2025-03-13"), (None, "2025-03-12"), False),
        (("2025-03-12", "2025-03-13"), ("2025-03-14", None), False),
        # two hours of one day
        (("2025-03-12T09:00", "2025-03-12T10:00"), ("2025-03-12T14:00", "2025-03-12T15:00"), False),
    ],
)
def test_when_it_happened(one: tuple[str, str], other: tuple[str, str], odds: bool) -> None:
    a, b = (said(FOUR, deeds=(deed("burst", days=days),)) for days in (one, other))
    assert (alike(a, b) == AT_ODDS) is odds


def test_one_pair_of_events_that_agree_is_enough() -> None:
    days = ("2025-03-12", "2025-03-13"), ("2025-04-12", "2025-04-13")
    one = said(FOUR, deeds=(deed("burst", days=days[0]), deed("burst", days=days[1])))
    assert alike(one, said(FOUR, deeds=(deed("burst", days=days[1]),))) == SCALE


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ((14, 14), (14, 14), True),
        ((14, 14), (15, 15), False),
        ((14, None), (23, 23), False),  # "at least 14"
        ((14, None), (14, 14), True),
        ((None, 14), (14, None), True),
        ((14, None), (15, None), False),
        ((25, 30), (27, 27), True),
        ((25, 30), (30, 30), True),
        ((25, 30), (31, 31), False),
        ((25, 30), (24, 24), False),
        ((25, 30), (30, 40), True),
        ((25, 30), (31, 40), False),
        ((25, 30), (27, None), True),
        ((27, None), (25, 30), True),
        ((25, 30), (25, None), True),
        ((25, 30), (31, None), False),
        ((25, 30), (None, 24), False),
        ((25, 25), (None, 24), False),
    ],
)
def test_one_figure_in_two_forms(a: tuple[float, float], b: tuple[float, float], same: bool) -> None:
    one, other = two(said(counts=(counted(*a),)), said(counts=(counted(*b),), document=2))
    assert same_figure(one.measures[0], other.measures[0]) is same
    assert same_figure(other.measures[0], one.measures[0]) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ((12000, 12000), (11800, 11800), True),
        ((100, 100), (105, 105), True),  # a twentieth of the smaller one
        ((100, 100), (106, 106), False),
        ((100, None), (95, None), True),  # open: a twentieth of the greater one
        ((100, None), (94, None), False),
        ((-100, None), (-96, None), True),
    ],
)
def test_about_a_number_is_a_twentieth_off(a: tuple[float, float], b: tuple[float, float], same: bool) -> None:
    for first, second in ((True, False), (False, True), (True, True)):
        one, other = two(
            said(counts=(counted(*a, about=first),)), said(counts=(counted(*b, about=second),), document=2)
        )
        assert same_figure(one.measures[0], other.measures[0]) is same
    one, other = two(said(counts=(counted(*a),)), said(counts=(counted(*b),), document=2))
    assert not same_figure(one.measures[0], other.measures[0])


def people(*counts: object, words: str = FOUR, **more: object) -> Said:
    return said(words, counts=counts, **more)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # a number of the same thing adds, from three on, and more from ten on: 900 of 1,500 are in both
        (counted(2), counted(2), 6000),
        (counted(3), counted(3), 6000 + 1000),
        (counted(9), counted(9), 6000 + 1000),
        (counted(10), counted(10), 6000 + 2000),
        (counted(None, 10), counted(None, 10), 6000 + 2000),
        # of other things both may be
        (counted(14), counted(15, of="dog"), 4000 * 85 // 100),
        (counted(14, unit="km", of=None), counted(14, unit="km", of=None), 6000),
    ],
)
def test_the_same_number_of_the_same_thing(a: object, b: object, expected: int) -> None:
    one, other = people(a, words="dam:300 burst:300 a:300 b:300"), people(b, words="dam:300 burst:300 c:300 d:300")
    assert alike(one, other) == (expected if expected >= FLOOR else 0)
    assert alike(people(counted(14)), people(counted(15))) == AT_ODDS


def test_the_same_number_in_one_event_counts_twice() -> None:
    words = ("dam:300 burst:300 a:300 b:300", "dam:300 burst:300 c:300 d:300")
    one, other = (people(counted(3), words=some, deeds=(deed("kill"),)) for some in words)
    assert alike(one, other) == 6000 + 2 * 1000
    apart = people(counted(3), words=words[1], deeds=(deed("leave"),))
    assert alike(one, apart) == 6000 + 1000


def test_where_one_number_is_counted_a_missing_verb_speaks_against_nothing() -> None:
    one, other = people(counted(14), main="leak"), people(counted(14), main=None)
    assert alike(one, other) == SCALE
    assert alike(one, people(counted(14), main="flow")) == SCALE * 12 // 10 * 50 // 100


@pytest.mark.parametrize(
    ("counts", "more", "odds"),
    [
        ((), {}, True),  # "3,000 soldiers have crossed" says more than "soldiers have crossed"
        ((), {"stance": "denies"}, False),
        ((), {"words": FOUR.replace("dam", "person")}, True),
        ((counted(3000, of="soldier", event="cross"),), {}, False),
        ((counted(3001, of="soldier", event="cross"),), {}, True),
    ],
)
def test_a_number_and_none(counts: tuple[object, ...], more: dict[str, object], odds: bool) -> None:
    words = str(more.pop("words", FOUR)) + " soldier:300 cross:300"
    one = said(FOUR + " soldier:300 cross:300", counts=(counted(3000, of="soldier", event="cross"),))
    assert (alike(one, said(words, counts=counts, **more)) == AT_ODDS) is odds


@pytest.mark.parametrize(
    ("figure", "own", "other", "odds"),
    [
        (counted(1, of="soldier"), "soldier", "soldier", False),  # "a soldier has crossed" is what "one soldier" is
        (counted(1, 2, of="soldier"), "soldier", "soldier", True),
        (counted(0, 1, of="soldier"), "soldier", "soldier", True),
        (counted(7, of="soldier"), "soldier", "tank", False),  # of which the other does not speak at all
        (counted(7, of="soldier"), "tank", "soldier", False),
    ],
)
def test_a_number_of_what_the_other_does_not_count(figure: object, own: str, other: str, odds: bool) -> None:
    a, b = said(f"{FOUR} {own}:300", counts=(figure,)), said(f"{FOUR} {other}:300")
    assert (alike(a, b) == AT_ODDS) is odds


def test_units_are_one_thing_or_two() -> None:
    def money(value: float, unit: str | None, of: str | None = None) -> Said:
        return said(FOUR, counts=(counted(value, unit=unit, of=of),))

    assert alike(money(14, "EUR"), money(15, "EUR")) == AT_ODDS
    assert alike(money(14, "EUR"), money(15, "USD")) > 0
    assert alike(money(14, "EUR", "loan"), money(15, "EUR", "fine")) > 0
    assert alike(money(14, "EUR", "loan"), money(15, "EUR")) == AT_ODDS
    assert alike(money(14, "EUR", "loan"), money(15, "EUR", "loan")) == AT_ODDS
    assert alike(money(14, None, "loan"), money(15, "EUR", "loan")) > 0


def test_one_figure_of_one_series_is_one_claim_by_itself() -> None:
    a, b = (
        people(counted(3500), words="leave:300", series=[[7]]),
        people(counted(3500, of="man"), words="guard:300", series=[[7, 8]]),
    )
    assert alike(a, b) == 8000
    assert one_figure(*two(a, replace(b, document=2)))
    other = people(counted(3501, of="man"), words="guard:300", series=[[7]])
    assert not one_figure(*two(a, replace(other, document=2)))
    elsewhere = people(counted(3500, of="man"), words="guard:300", series=[[8]])
    assert alike(a, elsewhere) == 0
    # unless another figure speaks against it
    more = people(counted(3500), counted(12, of="dog"), words="leave:300", series=[[7]])
    less = people(counted(3500), counted(13, of="dog"), words="guard:300", series=[[7]])
    assert alike(more, less) == AT_ODDS
    assert alike(more, people(counted(3500), words="guard:300", series=[[7]])) == 8000
    crossing = people(counted(3500), counted(12, of="dog", event="cross"), words="dog:300 cross:300", series=[[7]])
    assert alike(crossing, people(counted(3500), words="dog:300 cross:300", series=[[7]])) == AT_ODDS


def test_one_speaker_who_says_it_again_with_less_around_it() -> None:
    long = f"{FOUR} north:300 town:300 night:300 x:300 y:300"
    once, again = said(long, by="Sauk", main="burst", at=0), said("dam:300 burst:300", by="Sauk", main="burst", at=50)
    assert score(*two(once, again)) == ENOUGH + SCALE // 20
    for other in (
        said("dam:300 burst:300", by="Brezik", main="burst", at=50),
        said("dam:300 burst:300", by="Sauk", main="burst", document=2),
        said("dam:300 burst:300", by="Sauk", main="dam", at=50),
        said("dam:300 leak:300", by="Sauk", main="burst", at=50),
    ):
        assert score(*two(once, other)) == 0
    assert score(*two(said(long, main="burst"), said("dam:300 burst:300", main="burst", at=50))) == 0
    denied = said("dam:300 burst:300", by="Sauk", main="burst", at=50, stance="denies")
    assert score(*two(once, denied)) < ENOUGH


@pytest.mark.parametrize("weight", [0, 549, 550, 899, 900, 1200])
def test_no_score_is_above_what_was_told_beforehand(weight: int) -> None:
    one, other = two(said("dam:300 burst:300 a:300"), said("dam:300 burst:300 b:300", document=2))
    told = most(one, other, weight)
    assert told == (0 if weight < 550 else (2 * (2 * weight * SCALE // 1800) + weight * SCALE // 900) // 3)
    assert weight < 600 or told >= score(one, other)


def test_what_was_told_beforehand_reckons_with_figures_and_denials() -> None:
    def at_most(a: Said, b: Said, weight: int = 600) -> int:
        one, other = two(a, replace(b, document=2))
        assert most(one, other, weight) == most(other, one, weight)
        return most(one, other, weight)

    short = "dam:300 burst:300 a:200"
    plain = at_most(said(short), said(short))
    assert plain == 7500  # no total of 900, and less than all in common
    assert at_most(said(short), said(short), 800) == SCALE
    assert at_most(said(short), said(short, stance="denies")) == plain + 600
    assert at_most(said(short), said(short, stance="neither")) == plain + 600
    fourteen, fifteen = people(counted(14), words=short), people(counted(15), words=short)
    assert at_most(fourteen, fourteen) == (2 * 8181 + 8181) // 3 + 4000
    assert at_most(fourteen, fifteen) == (2 * 5454 + 5454) // 3  # no number of theirs can be one
    assert at_most(fourteen, people(counted(15, about=True), words=short)) > SCALE
    assert at_most(people(counted(10, 20), words=short), fifteen) > SCALE
    assert at_most(fourteen, said(short)) < SCALE
    assert at_most(said("dam:249"), said("dam:249"), 249) == 0
    assert at_most(people(counted(14), words="dam:250"), people(counted(14), words="dam:250"), 250) > SCALE
    assert at_most(people(counted(14), words="dam:249"), people(counted(14), words="dam:249"), 249) == 0
