"""The toll of a story from all its series: which evidence comes first, and what the shot and the wounded have in common."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ledger.series.pointed import series_with

from onrecord.ledger.series.best import Best
from onrecord.ledger.series.grouping import Series
from onrecord.ledger.series.tolls import toll

Value = tuple[float | None, float | None]


def of(event: str, low: float | None, high: float | None = -1, **key: object) -> Series:
    best = Best(low, low if high == -1 else high, disputed=False, sources=())
    return replace(series_with(event=event, **key), best=best)


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ([], None),
        ([of("injured", 3)], None),
        ([of("killed", 3)], (3, 3)),
        ([of("killed", 3), of("killed", 5, thing="woman")], (5, 5)),  # the largest: others count some of the same
        ([of("killed", 3, None)], (3, None)),
        ([of("killed", None, 3), of("killed", 2)], (None, 3)),
        ([of("killed", 3, None), of("killed", 3)], (3, 3)),
        # the rest of a list, with one more
        ([of("killed", 2, part="rest")], (3, 3)),
        ([of("killed", 2, None, part="rest")], (3, None)),
        ([of("killed", None, 2, part="rest")], (None, 3)),
        ([of("killed", 2), of("killed", 2, part="rest")], (3, 3)),
        ([of("killed", 4), of("killed", 2, part="rest")], (4, 4)),
        # those on top, where no total is given
        ([of("killed", 17, increment=True)], (17, 17)),
        ([of("killed", 3), of("killed", 17, increment=True)], (3, 3)),
        ([of("killed", 2, part="rest"), of("killed", 17, increment=True)], (3, 3)),
        # told one by one before a part, and after figures
        ([of("killed", 1, part="roll"), of("killed", 3)], (3, 3)),
        ([of("killed", 1, part="roll"), of("killed", 3, part="part")], (1, 1)),
        ([of("killed", 3, part="part")], (3, 3)),
        # another event, a plan, a statistic, "or": not of it
        ([of("killed", 3, since="1987-01-01")], None),
        ([of("killed", 3, firmness="open")], None),
        ([of("killed", 3, scope="statistic")], None),
        ([of("killed", 3, also=("injured",))], None),
        ([of("killed", 3, thing="goat")], None),
        ([of("killed", 3, thing=None)], (3, 3)),
        ([of("killed", 3, thing="passenger")], (3, 3)),
        ([series_with(event="killed")], None),  # no best value
    ],
)
def test_the_killed(series: list[Series], expected: Value | None) -> None:
    assert toll(series, "killed") == expected


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ([of("injured", 3)], (3, 3)),
        # those shot or stabbed, less the killed
        ([of("shot", 5), of("killed", 1)], (4, 4)),
        ([of("shot", 5)], (5, 5)),
        ([of("stabbed", 5), of("killed", 1)], (4, 4)),
        ([of("shot", 5), of("stabbed", 9)], (5, 5)),
        ([of("shot", 5, part="roll"), of("killed", 1)], (4, 4)),
        ([of("stabbed", 2, part="roll")], (2, 2)),
        ([of("shot", 5), of("shot", 9, part="roll")], (5, 5)),
        ([of("shot", 3), of("killed", 3)], None),  # all were killed
        ([of("shot", 3), of("killed", 4)], None),
        ([of("shot", 5, None), of("killed", 1)], (4, None)),
        ([of("shot", 5), of("killed", 1, None)], (None, 4)),
        ([of("shot", 5, None), of("killed", 1, None)], None),
        ([of("shot", 5), of("killed", 1, part="roll")], (4, 4)),
        ([of("shot", 5), of("killed", 2, part="part")], (3, 3)),
        # figures of injured: of their own, unless they count the dead as well
        ([of("shot", 5), of("injured", 5), of("killed", 1)], (4, 4)),
        ([of("shot", 5), of("injured", 5), of("killed", 1, part="roll")], (5, 5)),
        ([of("shot", 5), of("injured", 3), of("killed", 1)], (3, 3)),
        ([of("shot", 5), of("injured", 5)], (5, 5)),
        # those who came to a hospital
        ([of("hospitalised", 4)], (4, 4)),
        ([of("hospitalised", 4), of("injured", 3)], (4, 4)),
        ([of("hospitalised", 2), of("injured", 3)], (3, 3)),
        ([of("hospitalised", 4), of("injured", 3), of("killed", 1)], (3, 3)),
        ([of("hospitalised", 4), of("shot", 3), of("killed", 3)], (4, 4)),
        # told one by one
        ([of("injured", 1, None, part="roll")], (1, None)),
        ([of("injured", 3, part="part")], None),
        ([of("hospitalised", 4), of("injured", 1, part="roll")], (4, 4)),
    ],
)
def test_the_injured(series: list[Series], expected: Value | None) -> None:
    assert toll(series, "injured") == expected
