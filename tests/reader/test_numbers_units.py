"""Units after a number, and rates after a unit."""

from decimal import Decimal

import pytest

from onrecord.reader.figures.units import read_rate, read_unit

UNITS = [
    ("5%", "%"),
    ("5 per cent", "%"),
    ("5 %", "%"),
    ("5-percent-owned", "%"),
    ("5 euros", "EUR"),
    ("5 Australian dollars", "AUD"),
    ("5 Danish crowns", "DKK"),
    ("5 million yen", None),
    ("500 yen", "JPY"),
    ("5€", "EUR"),
    ("110 JPY", "JPY"),
    ("5 miles", "[mi_i]"),
    ("5 miles per hour", "[mi_i]/h"),
    ("60mph", "[mi_i]/h"),
    ("8-inch", "[in_i]"),
    ("37m", "m"),
    ("300 sq m", "m2"),
    ("24.5 cubic feet", "[cft_i]"),
    ("5 tonnes", "t"),
    ("21 degrees Celsius", "Cel"),
    ("21°C", "Cel"),
    ("32.5 degrees", "deg"),
    ("600 hp", "[HP]"),
    ("10kW", "kW"),
    ("54GB", "GBy"),
    ("120Hz", "Hz"),
    ("68 year-old", "a"),
    ("two-month", "mo"),
    ("352 μm", "um"),
    ("4 ppb", "[ppb]"),
    ("5 mmBTU", "10*6.[Btu]"),
    ("5 million won", None),
    ("7.4 rpg", "/{game}"),
    ("5 people", None),
    ("5 A day", None),
    ("5G", None),
]
RATES = [
    (" per barrel", "{barrel}"),
    (" a barrel", "{barrel}"),
    (" a year", "a"),
    (" a year ago", None),
    (" a week earlier", None),
    (" an hour", "h"),
    ("/kg", "kg"),
    (" per sq m", "m2"),
    (" per 100,000 people", "100000.{people}"),
    (" a man walked", None),
    (" and", None),
]


@pytest.mark.parametrize(("text", "code"), UNITS)
def test_units_have_codes(text: str, code: str | None) -> None:
    end = next(i for i, c in enumerate(text + " ") if not (c.isdigit() or c == ".")) if text[0].isdigit() else 3
    unit = read_unit(text, end, Decimal(5), 1)
    assert (unit.code if unit else None) == code


@pytest.mark.parametrize(("text", "code"), RATES)
def test_rates_name_their_divisor(text: str, code: str | None) -> None:
    rate = read_rate(text, 0)
    assert (rate[0] if rate else None) == code


def test_pounds_are_money_in_thousands_and_weight_where_something_weighs() -> None:
    money = read_unit("5,000 pounds", 5, Decimal(5000), 1)
    weight = read_unit("It weighs 5,000 pounds", 15, Decimal(5000), 1)
    assert money is not None
    assert weight is not None
    assert (money.code, weight.code) == ("GBP", "[lb_av]")


def test_millions_of_won_are_money_and_fewer_may_have_been_won() -> None:
    money = read_unit("5 million won", 9, Decimal(5_000_000), 1_000_000)
    assert money is not None
    assert money.code == "KRW"
    assert read_unit("5 won", 1, Decimal(5), 1) is None


def test_percentage_points_are_counted() -> None:
    unit = read_unit("3 percentage points", 1, Decimal(3), 1)
    assert unit is not None
    assert (unit.code, unit.noun) == (None, "percentage point")
