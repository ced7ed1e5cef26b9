"""Codes of units in words."""

from __future__ import annotations

import pytest

from onrecord.views.units import unit_words
from onrecord.views.wording import amount


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("a", "years"),
        ("[mi_i]", "miles"),
        ("km2", "km²"),
        ("USD/{barrel}", "USD per barrel"),
        ("USD/a", "USD per year"),
        ("h/wk", "hours per week"),
        ("[mi_i]/h", "mph"),
        ("/min", "per minute"),
        ("km/h", "km per hour"),
        ("m/s", "m per second"),
        ("EUR", "EUR"),
        ("%", "%"),
    ],
)
def test_several_of_a_unit(unit: str, words: str) -> None:
    assert unit_words(unit) == words


def test_one_of_a_unit_is_singular() -> None:
    assert amount(1, 1, "exactly", "a") == "1 year"
    assert amount(1, 2, "between", "a") == "1–2 years"
    assert amount(1, None, "at least", "d") == "≥ 1 days"
    assert amount(-3.2, -3.2, "exactly", "deg") == "-3.2 degrees"
