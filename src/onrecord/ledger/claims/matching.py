"""Whether two propositions of a story say the same: how much of their words they share, and whether both can be one."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.ledger.claims.compiled import QUANTITY, Compiled, Deed, Measure

__all__ = ["AT_ODDS", "ENOUGH", "FLOOR", "LEAST_SHARED", "SCALE", "most", "one_figure", "same_figure", "score"]

SCALE = 10_000
"""Scores are whole numbers of ten thousandths, so that sums of them do not depend on their order."""

ENOUGH = 5_500
"""The mean score from which groups of propositions are one claim."""

FLOOR = 3_500
"""Scores below count as nothing."""

AT_ODDS = -1
"""The score of two that cannot be one claim, however alike their words are."""

LEAST_SHARED = 550
"""The weight that a pair must share: two words, or a rare one and a name."""

_ONE_FIGURE = 8_000
"""The score of two that give the same figure of one series, whatever else they say."""

_LITTLE = 800  # two words in common are not much
_FEW = 3  # telling words in common below which it may be chance
_TELLING = 200
_NEARLY = 8_000
_LONG = 900  # total weight from which words that only one of the two has count for less
_COUNTED = 1_000  # what the same number of the same thing adds, and again where it is in the same event
_COUNTED_MANY = 2_000  # the same from _MANY on, which two things hardly share by chance
_MANY = 10
_DENIED = 600  # what is denied has been said, so something like it is looked for
_MAIN = (50, 80, 100)  # per cent that is left where neither, one, both have the other's verb
_FORETELLING = frozenset({"predict", "promise"})
_ABOUT = 0.05  # "about 12,000" may be 11,800 elsewhere


def score(a: Compiled, b: Compiled) -> int:
    """How much of what the two say is said by both: 0 to SCALE; AT_ODDS where they are alike but cannot be one claim."""
    if a.proposition.mode != b.proposition.mode or _ahead(a, b) or _ahead(b, a):
        return AT_ODDS
    if one_figure(a, b):
        return _ONE_FIGURE if _figures_agree(a, b) and _figures_agree(b, a) else AT_ODDS
    common = a.words & b.words
    shared_a, words_a = _covered(a, b, common)
    shared_b, words_b = _covered(b, a, common)
    least = min(shared_a, shared_b)
    if least < LEAST_SHARED or not (words_a and words_b):
        return 0
    value = (shared_a + shared_b) * SCALE // (a.total + b.total)
    if min(a.total, b.total) >= _LONG:
        # A report may say more around the same thing: a third of the score asks whether the shorter one is all there.
        value = (2 * value + max(shared_a * SCALE // a.total, shared_b * SCALE // b.total)) // 3
    # Who answers somebody says less, and of the same people.
    counters = a.proposition.stance != b.proposition.stance or (
        a.proposition.negative != b.proposition.negative and bool(a.people & b.people)
    )
    counted = _same_count(a, b)
    if value < _NEARLY and not counters and (least < _LITTLE or (not counted and _shared_terms(a, b, common) < _FEW)):
        value = value * 85 // 100
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        value = value * 7 // 10
    value += counted
    if least >= min(a.total, b.total) and _says_again(a, b):
        value = max(value, ENOUGH + SCALE // 20)
    # "There are 30 rescuers" has no verb that could speak against "30 rescuers were sent".
    if not counted or (a.proposition.main is not None and b.proposition.main is not None):
        value = value * _MAIN[_says_main(a, b) + _says_main(b, a)] // 100
    if (
        a.names
        and b.names
        and not (a.names & (b.names | b.also))
        and not (b.names & (a.names | a.also))
        # "Ruvanian" and "Ruvania" are one name to this purpose, whoever they were read as
        and not a.called & b.called
    ):
        value = value * 8 // 10
    if a.people and b.people and not (a.people & (b.people | b.also)) and not (b.people & (a.people | a.also)):
        value = value * 7 // 10  # the same happened to somebody else
    if "denies" in (a.proposition.stance, b.proposition.stance) and a.proposition.stance != b.proposition.stance:
        value += _DENIED
    elif a.proposition.negative != b.proposition.negative:
        # Only of the same event can one say that it was and the other that it was not.
        value = value * 9 // 10 if a.deeds.keys() & b.deeds.keys() else 0
    if value < FLOOR:
        return 0
    return min(value, SCALE) if _agree(a, b) else AT_ODDS


def _ahead(a: Compiled, b: Compiled) -> bool:
    """Whether `a` is foretold or promised and `b` told as something that is: "the number of dead will rise"."""
    return (
        a.proposition.act in _FORETELLING
        and ("plan" in _statuses(a) or "fact" not in _statuses(a))
        and b.proposition.act not in _FORETELLING
        and not _statuses(b) & {"plan", "maybe"}
    )


def _statuses(item: Compiled) -> set[str | None]:
    return {deed.status for deeds in item.deeds.values() for deed in deeds}


def one_figure(a: Compiled, b: Compiled) -> bool:
    """Whether both give the same figure of one series: of the same thing, by what the series have found."""
    if not (a.measures and b.measures):
        return False
    return any(x.series & y.series and same_figure(x, y) for x in a.measures if x.series for y in b.measures)


def most(a: Compiled, b: Compiled, weight: int) -> int:
    """The highest score that two can have whose words in common weigh `weight`: told without comparing them."""
    counts = min(len(a.measures), len(b.measures))
    if counts and not (a.values & b.values or a.vague or b.vague):
        counts = 0  # no number of theirs can be one
    weight += QUANTITY * counts
    if weight < LEAST_SHARED:
        return 0
    value = 2 * weight * SCALE // (a.total + b.total)
    smaller = min(a.total, b.total)
    if smaller >= _LONG or weight >= smaller:
        value = max(value, (2 * value + weight * SCALE // smaller) // 3)
    if a.proposition.stance != b.proposition.stance:
        value += _DENIED
    return value + (2 * _COUNTED_MANY if counts else 0)


def _shared_terms(a: Compiled, b: Compiled, common: Iterable[str]) -> int:
    """How many telling words, names and figures the two have in common."""
    words = sum(a.terms.get(term, 0) >= _TELLING for term in common)
    return words + sum(any(_comparable(x, y) and same_figure(x, y) for y in b.measures) for x in a.measures)


def _says_again(a: Compiled, b: Compiled) -> bool:
    """Whether one speaker says in one text, of the same event, once more and once less about it."""
    main = a.proposition.main
    return (
        a.document == b.document
        and a.speaker is not None
        and a.speaker == b.speaker
        and main is not None
        and main == b.proposition.main
        and a.proposition.stance == b.proposition.stance
    )


def _says_main(a: Compiled, b: Compiled) -> bool:
    main = a.proposition.main
    return main is None or main in b.terms or main in b.deeds


def _same_count(a: Compiled, b: Compiled) -> int:
    """What is added because both count the same: one number, above two, of one thing; twice that in one event."""
    if not (a.measures and b.measures):
        return 0
    numbers = [x.low or x.high or 0.0 for x in a.measures for y in b.measures if x.of & y.of and same_figure(x, y)]
    most = max(numbers, default=0.0)
    each = 0 if most <= 2 else _COUNTED if most < _MANY else _COUNTED_MANY
    return each * (2 if a.deeds.keys() & b.deeds.keys() else 1)


def _covered(a: Compiled, b: Compiled, common: Iterable[str]) -> tuple[int, bool]:
    """The weight of what `a` says that `b` says too, and whether that is more than names. `common` are their words in
    common, of which `a` may only mean some."""
    weight, told = 0, False
    for term in common:
        if (value := a.terms.get(term)) is not None:
            weight += value
            told = told or term not in a.names
    for measure in a.measures:
        if any(_comparable(measure, other) and same_figure(measure, other) for other in b.measures):
            weight += QUANTITY
            told = True
    return weight, told


def _agree(a: Compiled, b: Compiled) -> bool:
    """Whether nothing in the two speaks against their being one: figures, how firmly, who did it to whom, when."""
    return _figures_agree(a, b) and _figures_agree(b, a) and _deeds_agree(a, b)


def _figures_agree(a: Compiled, b: Compiled) -> bool:
    for measure in a.measures:
        others = [other for other in b.measures if _comparable(measure, other)]
        if others:
            if not any(same_figure(measure, other) for other in others):
                return False
        elif measure.low != 1.0 or measure.high != 1.0:
            # "3,000 soldiers have crossed" says more than "soldiers have crossed", unless that is what is denied.
            counted = measure.noun if measure.noun in a.terms else None
            silent = counted is not None and counted in b.terms and bool(measure.of & b.terms.keys())
            if silent and not {"denies"} & {a.proposition.stance, b.proposition.stance}:
                return False
    return True


def _comparable(a: Measure, b: Measure) -> bool:
    return bool(a.series & b.series) or (
        a.unit == b.unit and (bool(a.of & b.of) or (a.unit is not None and not (a.of and b.of)))
    )


def same_figure(a: Measure, b: Measure) -> bool:
    """Whether two figures of one thing can be one claim. "At least 14" and 23 cannot."""
    ends_a = [end for end in (a.low, a.high) if end is not None]
    ends_b = [end for end in (b.low, b.high) if end is not None]
    slack = _ABOUT if a.about or b.about else 0.0
    if len(ends_a) == len(ends_b) == 2:
        return min(ends_a) <= max(ends_b) * (1 + slack) and min(ends_b) <= max(ends_a) * (1 + slack)
    if any(abs(x - y) <= slack * max(abs(x), abs(y)) for x in ends_a for y in ends_b):
        return True
    closed, open_end = (ends_a, ends_b) if len(ends_a) == 2 else (ends_b, ends_a)
    return len(closed) == 2 and closed[0] < closed[1] and closed[0] <= open_end[0] <= closed[1]


def _deeds_agree(a: Compiled, b: Compiled) -> bool:
    shared = a.deeds.keys() & b.deeds.keys()
    return not shared or any(_one_deed(x, y, a, b) for name in shared for x in a.deeds[name] for y in b.deeds[name])


def _one_deed(x: Deed, y: Deed, a: Compiled, b: Compiled) -> bool:
    if x.status and y.status and x.status != y.status and {x.status, y.status} != {"plan", "maybe"}:
        return False
    known_x, known_y = x.actor & a.names, y.actor & b.names
    if known_x and known_y and not known_x & y.actor and not known_y & x.actor:
        if known_x & y.target or known_y & x.target:
            return False  # who did it to whom is the other way round
        if not known_x & (b.names | b.also) and not known_y & (a.names | a.also):
            return False
    return not (
        x.start is not None
        and y.start is not None
        and x.end is not None
        and y.end is not None
        and (x.end <= y.start or y.end <= x.start)
        and x.start[:10] != y.start[:10]
    )
