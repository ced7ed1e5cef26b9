"""What a series counts, in plain words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from onrecord.ledger.series.queries import what


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "people killed"),
        ({"thing": "child"}, "children killed"),
        ({"also": "injured"}, "people killed or injured"),
        ({"whose": "Ruvania", "thing": "soldier", "event": "sent"}, "soldiers of Ruvania sent"),
        ({"part": "part"}, "some of the people killed"),
        ({"part": "part", "tally": "increment"}, "some of the people killed"),
        ({"part": "rest"}, "people killed"),
        ({"tally": "increment"}, "further people killed"),
        ({"tally": "total"}, "people killed"),
        ({"firmness": "open"}, "people killed (planned, expected or possible)"),
        ({"firmness": "demanded"}, "people killed (demanded)"),
        ({"firmness": "denied"}, "people killed (denied)"),
        ({"scope": "statistic"}, "people killed (of many events)"),
        ({"since": "1987-01-01"}, "people killed (event of 1987-01-01)"),
        ({"thing": None, "unit": "EUR", "event": "damage"}, "EUR: damage"),
        ({"thing": None, "unit": "EUR", "event": None}, "EUR"),
        ({"thing": None, "unit": None, "event": "damage"}, "damage"),
        ({"thing": None, "unit": "%", "event": "own", "whose": "Velna Hydro"}, "% of Velna Hydro: own"),
        ({"event": None}, "people"),
    ],
)
def test_what_is_counted(fields: dict[str, Any], words: str) -> None:
    plain = {
        "event": "killed", "also": None, "thing": "people", "unit": None, "whose": None, "firmness": "fact", "part": "whole",
        "tally": None, "scope": "event", "since": None,
    }  # fmt: skip
    assert what(SimpleNamespace(**plain | fields)) == words  # type: ignore[arg-type]
