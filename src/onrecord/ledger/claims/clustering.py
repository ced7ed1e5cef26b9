"""Groups of propositions that say the same: average-link clustering, whose result depends on the set alone.

The two groups whose members agree best on average become one, as long as that average is enough and no two members are
at odds; ties go to the groups that come first in canonical order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from onrecord.ledger.claims.compiled import QUANTITY, Compiled
from onrecord.ledger.claims.matching import AT_ODDS, ENOUGH, FLOOR, LEAST_SHARED, most, one_figure, score

__all__ = ["groups"]

_COMMON = 130  # a word that weighs less brings no pair together by itself
_FEWEST = 2  # words in common: no one word weighs as much as a pair must share
# Nor does one that this many kinds of propositions of the story have: pairs would grow with their square.
_CROWDED = 250
_LARGE = 4000  # kinds, beyond which the bound falls as their number grows, so that the pairs grow with it and no faster
_RARE = 60  # the same for a word that one of the two only means


def groups(items: Sequence[Compiled]) -> list[tuple[Compiled, ...]]:
    """`items` (in canonical order) in groups that say the same, each and all in canonical order."""
    alike: dict[tuple[object, ...], list[Compiled]] = defaultdict(list)
    for item in items:
        alike[item.signature].append(item)
    kinds = list(alike.values())  # in the order of their first members
    found = _link([kind[0] for kind in kinds])
    joined = [sorted((item for k in group for item in kinds[k]), key=lambda c: c.order) for group in found]
    return [tuple(group) for group in sorted(joined, key=lambda g: g[0].order)]


def _link(items: Sequence[Compiled]) -> list[list[int]]:
    scores, odds = _pairs(items)
    members = {i: [i] for i in range(len(items))}
    sums: dict[int, dict[int, int]] = defaultdict(dict)
    for (i, j), value in scores.items():
        sums[i][j] = sums[j][i] = value
    barred: dict[int, set[int]] = defaultdict(set)
    for i, j in odds:
        barred[i].add(j)
        barred[j].add(i)
    heap = [(-value, i, j) for (i, j), value in scores.items() if value >= ENOUGH]
    heapify(heap)
    while heap:
        negative, i, j = heappop(heap)
        if i not in members or j not in members or j in barred[i]:
            continue
        if -negative != sums[i][j] // (len(members[i]) * len(members[j])):
            continue  # one of them has grown since
        _merge(i, j, members, sums, barred)
        for k, total in sums[i].items():
            mean = total // (len(members[i]) * len(members[k]))
            if mean >= ENOUGH and k not in barred[i]:
                heappush(heap, (-mean, min(i, k), max(i, k)))
    return list(members.values())


def _merge(
    i: int, j: int, members: dict[int, list[int]], sums: dict[int, dict[int, int]], barred: dict[int, set[int]]
) -> None:
    """Put the group `j` into `i`, which comes first."""
    members[i] += members.pop(j)
    for k, total in sums.pop(j).items():
        if k != i:
            sums[i][k] = sums[k][i] = sums[i].get(k, 0) + total
            del sums[k][j]
    del sums[i][j]
    for k in barred.pop(j, set()):
        barred[i].add(k)
        barred[k].add(i)
        barred[k].discard(j)


def _common_weight(one: Mapping[str, int], other: Mapping[str, int], common: Iterable[str]) -> int:
    """The weight of the words in common, each with the greater of its two."""
    weight = 0
    for term in common:
        here, there = one.get(term, 0), other.get(term, 0)
        weight += here if here > there else there
    return weight


def _keys(item: Compiled) -> list[tuple[str, int]]:
    series = {number for measure in item.measures for number in measure.series}
    return [*item.terms.items(), *[(f"#{number}", QUANTITY) for number in series]]


def _pairs(items: Sequence[Compiled]) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    """Scores of the pairs that may be one, and the pairs alike in words that cannot be.

    Found by an index of words: each looks up its rarest words only, until those that are left weigh less than a pair
    must share; what two share by the others alone is too little.
    """
    keys = [_keys(item) for item in items]
    loose = [item.vague or any(m.low != m.high for m in item.measures) for item in items]
    left_at_least = [LEAST_SHARED - QUANTITY * bool(item.measures) for item in items]  # a figure makes up for that much
    count = Counter(term for found in keys for term, _ in found)
    crowded = _CROWDED * _LARGE // max(len(items), _LARGE)
    said: dict[str, list[int]] = defaultdict(list)
    meant: dict[str, list[int]] = defaultdict(list)
    scores: dict[tuple[int, int], int] = {}
    odds: set[tuple[int, int]] = set()
    for j, item in enumerate(items):
        near: set[int] = set()
        left = sum(weight for _, weight in keys[j])
        for times, term, weight in sorted([(count[term], term, weight) for term, weight in keys[j]]):
            if times <= crowded and weight >= _COMMON:
                if left >= left_at_least[j]:
                    near.update(said[term])
                    near.update(meant.get(term, ()))
                said[term].append(j)
            left -= weight
        for term in item.also:
            if 0 < count[term] <= min(_RARE, crowded):
                near.update(said[term])
                meant[term].append(j)
        near.discard(j)
        words, measured, loosely, values = item.words, bool(item.measures), loose[j], item.values
        for i in near:  # some thousand for each article
            other = items[i]
            common = words & other.words
            # Where all numbers are exact and none of them is the other's, no figure can be one, and it is as if there were
            # none.
            counted = measured and bool(other.measures) and (loosely or loose[i] or not values.isdisjoint(other.values))
            if len(common) < _FEWEST and not counted:
                continue
            weight = _common_weight(item.terms, other.terms, common)
            if weight < LEAST_SHARED and not counted:
                continue  # as `most` would find
            if most(other, item, weight) < FLOOR and not (counted and one_figure(other, item)):
                continue
            value = score(other, item)
            if value >= FLOOR:
                scores[i, j] = value
            elif value == AT_ODDS:
                odds.add((i, j))
    return scores, odds
