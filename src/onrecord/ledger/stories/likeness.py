"""How likely two articles are about one event: what they share, against what their dates say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.ledger.stories.features import Outline, StoryFeatures

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["LINKED", "PEOPLE", "PLACES", "likeness", "may_be_as_likely", "which_may_be_as_likely"]

LINKED = 0.25
"""From this likeness on two articles are of one story, on the average over all pairs of it (see grouping).

Swept on incidents-dev: 0.12 gives B-cubed precision .951 and recall .910, 0.2 .971 and .897, 0.25 .978 and .889,
0.3 .980 and .881. Two incidents told as one mix their tolls, so precision comes first.
"""

# Weights in log-odds, set by hand in the order of a logistic model's on incidents-dev, and rounded.
_BIAS = -5.5
_WORDS = 5.0
_WORDS_NEAR = 2.2  # on top, where the articles came out within days of each other
PEOPLE = 6.0
PLACES = 10.5
_APART = -0.5  # for each factor e of days between them
_SAME_DAY = 1.7
_NO_DAY = 0.9  # at least one names no day: no evidence, but most articles about other events name another
_FAR = -2.2
_NEAR_DAYS, _FAR_DAYS = 3, 3
# Where a date is missing the articles are taken to lie a week apart.
_UNKNOWN_APART = 7
# The cosine of two equal texts' words, whose weights are rounded to four places: it may come to a little more than 1.
_ALL_WORDS = 1.02
# By how much a score may come out otherwise where it is made of the same numbers in another order.
_ROUNDED = 1e-6


def likeness(a: StoryFeatures, b: StoryFeatures) -> float:
    """Between 0 and 1, the same in both directions."""
    return _chance(a, b, cosine(a.words, b.words))


def may_be_as_likely(a: Outline, b: Outline, least: float) -> bool:
    """Whether any words could make the likeness of two articles `least`: of those that share enough to be compared, and are
    less alike than a link must be, three quarters cannot be."""
    return _chance(a, b, _ALL_WORDS) >= least


def which_may_be_as_likely(apart: Floats, names: Floats, gap: Floats, least: float) -> NDArray[np.bool_]:
    """`may_be_as_likely` of many pairs, [N]: True for all for which that is, and for few others.

    Of each pair the days that lie between the two articles and between what happened in them, NaN where they are not known,
    and at least what their people and places count for: the cosines, times PEOPLE and PLACES.
    """
    import numpy as np

    days = np.where(np.isnan(apart), _UNKNOWN_APART, apart)
    score = _BIAS + _ALL_WORDS * np.where(days <= _NEAR_DAYS, _WORDS + _WORDS_NEAR, _WORDS) + _APART * np.log1p(days)
    told = [np.isnan(gap), gap == 0, gap > _FAR_DAYS]
    score += names + np.select(told, [_NO_DAY, _SAME_DAY, _FAR], 0.0)
    found: NDArray[np.bool_] = score > math.log(least / (1 - least)) - _ROUNDED
    return found


def _chance(a: Outline | StoryFeatures, b: Outline | StoryFeatures, shared: float) -> float:
    """The likeness of two articles the cosine of whose words is `shared`."""
    known = a.published is not None and b.published is not None
    apart = abs((a.published or 0) - (b.published or 0)) if known else _UNKNOWN_APART
    score = _BIAS + shared * (_WORDS + (_WORDS_NEAR if apart <= _NEAR_DAYS else 0)) + _APART * math.log1p(apart)
    score += PEOPLE * cosine(a.people, b.people) + PLACES * cosine(a.places, b.places)
    gap = min((abs(x - y) for x in a.happened for y in b.happened), default=None)
    score += _NO_DAY if gap is None else _SAME_DAY if gap == 0 else _FAR if gap > _FAR_DAYS else 0
    return 1 / (1 + math.exp(-score))


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two unit vectors. `fsum` rounds only once, so that it is the same to the last bit in every order."""
    return math.fsum([a[name] * b[name] for name in a.keys() & b.keys()])
