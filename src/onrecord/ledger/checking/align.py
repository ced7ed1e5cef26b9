"""Words of a draft laid against words of the ledger: where they are the same, and what was done to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.ledger.checking.rows import Change
from onrecord.ledger.checking.words import Words

__all__ = ["Alignment", "align", "differences", "find", "windows"]

# A word that stands more often than this in a document says nothing about where in it a sentence is.
_TOO_OFTEN = 40

_ERROR = 1 << 20  # costs more than any number of equal words gives back

_OUT = 4  # words that may have been dropped next to the first or last word

_SLACK = 6  # words of a window beyond the length of what is looked for, on each side, and a quarter of that length


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of places, in order: (draft, ledger); None where the other side has no word.

    `same` counts equal words, `core` goes from the ledger's first equal word to its last.
    `steps` begin and end with a word of the draft: what the ledger says before and after is no part of it.
    """

    steps: tuple[tuple[int | None, int | None], ...]
    same: int
    length: int
    core: range = range(0)

    @property
    def likeness(self) -> float:
        """Equal words as a share of all steps: 1 for the same words."""
        return self.same / self.length if self.length else 0.0

    @property
    def ledger(self) -> range:
        """From the first to the last word of the ledger that stands against one of the draft."""
        places = [there for _, there in self.steps if there is not None]
        return range(places[0], places[-1] + 1) if places else range(0)


def find(wanted: Sequence[str], keys: Sequence[str], places: dict[str, list[int]]) -> list[int]:
    """Every place at which `wanted` stands in `keys` word for word. Looks only where its rarest word stands."""
    best: tuple[list[int], int] | None = None
    for offset, key in enumerate(wanted):
        at = places.get(key)
        if at is None:
            return []
        if best is None or len(at) < len(best[0]):
            best = (at, offset)
    if best is None:
        return []
    length = len(wanted)
    begins = (place - best[1] for place in best[0])
    return [b for b in begins if b >= 0 and list(keys[b : b + length]) == list(wanted)]


def windows(wanted: Sequence[str], size: int, places: dict[str, list[int]], most: int, least: int = 1) -> list[range]:
    """The stretches of a text of `size` words in which most of the words of `wanted`, `least` of them, stand in order."""
    votes: Counter[int] = Counter()
    for offset, key in enumerate(wanted):
        at = places.get(key, ())
        if len(at) <= _TOO_OFTEN:
            for place in at:
                votes[place - offset] += 1
    if not votes:
        return []
    # A word dropped or added shifts what follows: neighbours count too.
    near = {shift: sum(votes.get(shift + step, 0) for step in range(-3, 4)) for shift in votes}
    slack = _SLACK + len(wanted) // 4
    found: list[range] = []
    for shift in sorted(near, key=lambda shift: (-near[shift], -votes[shift], shift)):
        if near[shift] < least:
            break
        window = range(max(0, shift - slack), min(size, shift + len(wanted) + slack))
        if window and not any(abs(window.start - other.start) <= slack for other in found):
            found.append(window)
        if len(found) == most:
            break
    return found


def align(wanted: Sequence[str], keys: Sequence[str], window: range, gaps: frozenset[int] = frozenset()) -> Alignment:
    """The cheapest way to turn words of `keys` in `window` into `wanted`, each word changed, added or dropped at 1.

    What stands in the window before and after is free, and so is what stands where `wanted` admits that it leaves words
    out: behind its first n words, for each n in `gaps`. Of equal costs that which replaces is taken.
    """
    columns = len(window)
    there = [keys[place] for place in window]
    cost = [[0] * (columns + 1)]
    for i, word in enumerate(wanted, 1):
        before, left, drop = cost[-1], i * _ERROR, 0 if i in gaps else _ERROR
        row = [left]
        for j in range(1, columns + 1):
            best = before[j - 1] + (-1 if word == there[j - 1] else _ERROR)
            above = before[j] + _ERROR
            best = min(best, above)
            best = min(best, left + drop)
            row.append(best)
            left = best
        cost.append(row)
    last = cost[-1]
    j = min(range(columns + 1), key=lambda column: (last[column], column))
    if j < columns and last[j + 1] == last[j]:
        j += 1  # the last word was changed: that it was added, and the ledger's left out, costs as much
    return _traced(wanted, there, window.start, cost, j)


def _traced(wanted: Sequence[str], there: Sequence[str], first: int, cost: list[list[int]], j: int) -> Alignment:
    i = len(wanted)
    steps: list[tuple[int | None, int | None]] = []
    while i > 0:
        same = j > 0 and wanted[i - 1] == there[j - 1]
        if j > 0 and cost[i][j] == cost[i - 1][j - 1] + (-1 if same else _ERROR):
            i, j = i - 1, j - 1
            steps.append((i, first + j))
        elif cost[i][j] == cost[i - 1][j] + _ERROR:
            i -= 1
            steps.append((i, None))
        else:
            j -= 1
            if cost[i][j] != cost[i][j + 1]:
                steps.append((None, first + j))
    steps = list(reversed(steps))
    return _whole(wanted, there, first, steps)


def _whole(
    wanted: Sequence[str], there: Sequence[str], first: int, steps: list[tuple[int | None, int | None]]
) -> Alignment:
    """The alignment of these steps, with first and last words that stand a little further out put where they stand.

    "I think" is "I do not think" without two words rather than with "I" for "not", though that is one change less.
    """

    def same(step: tuple[int | None, int | None]) -> bool:
        here, at = step
        return here is not None and at is not None and wanted[here] == there[at - first]

    places = [at for _, at in steps if at is not None]
    if len(places) > 1:
        if not same(steps[0]):
            edge = next(at for _, at in steps[1:] if at is not None)
            for at in range(edge - 1, max(first - 1, edge - 1 - _OUT), -1):
                if steps[0][0] == 0 and wanted[0] == there[at - first]:
                    steps[:1] = [(0, at), *((None, cut) for cut in range(at + 1, edge))]
                    break
        if not same(steps[-1]):
            edge = next(at for _, at in reversed(steps[:-1]) if at is not None)
            last = len(wanted) - 1
            for at in range(edge + 1, min(first + len(there), edge + 1 + _OUT)):
                if steps[-1][0] == last and wanted[last] == there[at - first]:
                    steps[-1:] = [*((None, cut) for cut in range(edge + 1, at)), (last, at)]
                    break
    equal = [step[1] for step in steps if same(step) and step[1] is not None]
    core = range(min(equal), max(equal) + 1) if equal else range(0)
    return Alignment(tuple(steps), len(equal), len(steps), core)


def differences(alignment: Alignment, draft: Words, places: Sequence[int], ledger: Words) -> tuple[Change, ...]:
    """What the draft did, in order. `places` are the draft's words that were aligned."""

    def equal(step: tuple[int | None, int | None]) -> bool:
        here, there = step
        return here is not None and there is not None and draft.keys[places[here]] == ledger.keys[there]

    found: list[Change] = []
    for same, run in groupby(alignment.steps, key=equal):
        if same:
            continue
        pieces = list(run)
        here = _said(draft, [places[h] for h, _ in pieces if h is not None])
        there = _said(ledger, [t for _, t in pieces if t is not None])
        found.append(("replaced" if here and there else "added" if here else "dropped", here, there))
    return tuple(found)


def _said(words: Words, places: Sequence[int]) -> str:
    return " ".join(words.text[words.starts[place] : words.ends[place]] for place in places)
