"""The number grammar on text alone: what is read, what it is worth, what is refused and why."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.figures.numbers import Number, scan
from onrecord.records import Rejected

VALUES = [
    ("1,200 people", "1,200", "1200"),
    ("1 000 people", "1 000", "1000"),
    ("12\u202f500 people", "12\u202f500", "12500"),
    ("1,00,000 rupees", "1,00,000", "100000"),
    ("1.2m people", "1.2m", "1200000"),
    ("a 3bn loan", "3bn", "3000000000"),
    ("$1.5 billion", "$1.5 billion", "1500000000"),
    ("$-50.8bn", "$-50.8bn", "-50800000000"),
    ("minus-130 degrees", "minus-130", "-130"),
    ("2½ hours", "2½", "2.5"),
    ("5 1/2 hours", "5 1/2", "5.5"),
    ("3×10^8 metres", "3×10^8", "300000000"),
    ("twenty-five men", "twenty-five", "25"),
    ("two hundred and five men", "two hundred and five", "205"),
    ("three million, two hundred thousand", "three million, two hundred thousand", "3200000"),
    ("one and a half million", "one and a half million", "1500000"),
    ("a million and a half", "a million and a half", "1500000"),
    ("half a million", "half a million", "500000"),
    ("a dozen eggs", "a dozen", "12"),
    ("half a dozen eggs", "half a dozen", "6"),
    ("two dozen eggs", "two dozen", "24"),
    ("a couple of men", "a couple", "2"),
    ("grew sixfold", "sixfold", "6"),
    ("half an hour", "half an", "0.5"),
    ("a quarter of a million people", "a quarter of a million", "250000"),
    ("three quarters of a million", "three quarters of a million", "750000"),
    ("a couple of thousand records", "a couple of thousand", "2000"),
    ("Rs 3 lakh crore", "Rs 3 lakh crore", "3000000000000"),
    ("R18.5 billion", "R18.5 billion", "18500000000"),
]
SHARES = [
    ("a quarter of citizens", "25"),
    ("three quarters of them", "75"),
    ("half of all children", "50"),
    ("nearly half the country", "50"),
    ("one in five adults", "20"),
    ("nine out of 10 cats", "90"),
    ("a tenth of it", "10"),
    ("1 in 10 was", "10"),
    ("2 out of every 5 men", "40"),
    ("1 in 1,000 die", "0.1"),
]
NO_SHARES = ["3 in 10 games", "three in ten days", "1 in 2010", "a quarter of an hour"]
VAGUE = [
    ("dozens", 12),
    ("hundreds", 100),
    ("thousands", 1000),
    ("tens of thousands", 10_000),
    ("hundreds of thousands", 100_000),
    ("millions", 1_000_000),
    ("tens of millions", 10_000_000),
    ("several hundred", 200),
]
NOT_NUMBERS = [
    ("on the 22nd", "an ordinal"),
    ("the twenty-first time", "an ordinal"),
    ("at 10.45pm", "a time of day"),
    ("at 9:30", "a time of day"),
    ("in the 1990s", "a decade"),
    ("since 2019-10-11", "a date"),
    ("version 3.11.4", "a version number"),
    ("call 555-123-4567", "a telephone number"),
    ("see https://example.org/a/12", "an address on the web"),
    ("write to desk.3@example.org", "an address on the web"),
]


def numbers(text: str) -> list[Number]:
    return [n for n in scan(text) if isinstance(n, Number)]


@pytest.mark.parametrize(("text", "words", "value"), VALUES)
def test_reads_written_numbers(text: str, words: str, value: str) -> None:
    (number,) = numbers(text)
    assert number.span.of(text) == words
    assert number.low == number.high == Decimal(value)


@pytest.mark.parametrize(("text", "percent"), SHARES)
def test_reads_shares_as_percent(text: str, percent: str) -> None:
    number = numbers(text)[0]
    assert (number.unit, number.low) == ("%", Decimal(percent))


@pytest.mark.parametrize("text", NO_SHARES)
def test_counts_over_games_and_days_are_no_shares(text: str) -> None:
    assert all(number.unit != "%" for number in numbers(text))


@pytest.mark.parametrize(("word", "low"), VAGUE)
def test_vague_words_have_a_lower_end_only(word: str, low: int) -> None:
    (number,) = numbers(f"{word} of people")
    assert number.span.of(f"{word} of people") == word
    assert number.low == low
    assert number.high is None


@pytest.mark.parametrize(("text", "reason"), NOT_NUMBERS)
def test_numbers_that_are_none_are_refused_with_a_reason(text: str, reason: str) -> None:
    (found,) = scan(text)
    assert isinstance(found, Rejected)
    assert found.reason == reason


@pytest.mark.parametrize("text", ["1.000 people", "1,5 people", "10,00 people", "1.234.567 people"])
def test_what_could_be_two_numbers_is_refused(text: str) -> None:
    found = list(scan(text))
    assert found
    assert all(isinstance(f, Rejected) for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "at half time",
        "the second half",
        "the second half of a game",
        "the first quarter",
        "G20",
        "A380",
        "a third person",
    ],
)
def test_words_that_only_look_like_numbers_give_nothing(text: str) -> None:
    assert numbers(text) == []


def test_m_is_million_before_what_is_counted_and_metre_elsewhere() -> None:
    assert numbers("35m of its devices")[0].low == 35_000_000
    assert numbers("2.7m combined sales")[0].low == 2_700_000
    assert numbers("a 37m (121ft)-long skeleton")[0].low == 37
    assert numbers("it is 50m tall")[0].low == 50


@given(st.integers(min_value=1, max_value=10**12))
def test_grouped_digits_come_back(value: int) -> None:
    (number,) = numbers(f"some {value:,} people")
    assert number.low == value


ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(value: int) -> str:
    """English words of 1 to 999,999,999, as an editor would write them."""
    for scale, name in ((10**6, "million"), (10**3, "thousand")):
        if value >= scale:
            rest = value % scale
            joint = " and " if 0 < rest < 100 else " "
            return f"{spell(value // scale)} {name}" + (f"{joint}{spell(rest)}" if rest else "")
    if value >= 100:
        return f"{ONES[value // 100 - 1]} hundred" + (f" and {spell(value % 100)}" if value % 100 else "")
    if value >= 20:
        return TENS[value // 10 - 2] + (f"-{ONES[value % 10 - 1]}" if value % 10 else "")
    return TEENS[value - 10] if value >= 10 else ONES[value - 1]


@given(st.integers(min_value=1, max_value=999_999_999))
def test_spelt_numbers_come_back(value: int) -> None:
    words = spell(value)
    text = f"They counted {words} birds."
    (number,) = numbers(text)
    assert number.span.of(text) == words
    assert number.low == value


@given(st.text(alphabet="0123456789.,- $€%mkbn aotw½é\u0301🙂\r\n", max_size=60))
def test_any_text_is_scanned_in_order_without_overlap(text: str) -> None:
    spans = [f.span for f in scan(text)]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
