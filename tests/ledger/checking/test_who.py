"""Whether two names are one speaker: only a clear difference is one."""

from __future__ import annotations

import pytest

from onrecord.ledger.checking.who import Who, compared
from onrecord.ledger.names import name_key


def who(
    name: str, kind: str = "person", *, titles: tuple[str, ...] = (), named: bool = True, ref: str | None = None
) -> Who:
    return Who(name, kind, ref, frozenset({name_key(name)}), frozenset(map(name_key, titles)), named)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (who("Edrin Sauk"), who("Sauk"), "same"),
        (who("Colonel Edrin Sauk"), who("E. Sauk"), "same"),
        (who("Mark Rütte"), who("Rutte"), "same"),
        (who("Edrin Sauk"), who("Linnea Sauk"), "unknown"),
        (who("Edrin Sauk"), who("Pavla Hemmerin"), "different"),
        (who("the mayor", named=False), who("Pavla Hemmerin", titles=("mayor of Drusa",)), "same"),
        (who("the police", "organisation", named=False), who("Pavla Hemmerin"), "unknown"),
        (
            who("OSCE", "organisation"),
            who("Organization for Security and Co-operation in Europe", "organisation"),
            "unknown",
        ),
        (who("NATO", "organisation"), who("North Atlantic Treaty Organization", "organisation"), "same"),
        (who("Velna Hydro", "organisation"), who("Bastian Oyle"), "unknown"),
        (who("Kyiv", "place", ref="Q1"), who("Delport", "place", ref="Q2"), "different"),
        (who("Kyiv", "place", ref="Q1"), who("Ukraine", "country", ref="Q1"), "same"),
    ],
)
def test_compared(one: Who, other: Who, answer: str) -> None:
    assert compared(one, other) == compared(other, one) == answer
