"""Figures from text alone: intervals, bounds, units, nouns by spelling, and numbers that count nothing."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.figures.decoder import FigureContext, read_figures
from onrecord.records import Document, Figure, Moment, Rejected, Span, Statement

EMPTY = FigureContext()


def plain(text: str) -> Annotated:
    """Words without tags or tree: what is left when the model has nothing to say."""
    words = enumerate(re.finditer(r"\w+|[^\w\s]", text))
    tokens = tuple(Token(i, Span(*m.span()), m[0], "", "", "", 0, "", 0) for i, m in words)
    return Annotated(Document("0" * 64, text), tokens, (range(len(tokens)),))


def figures(text: str, context: FigureContext = EMPTY) -> list[Figure]:
    return read_figures(plain(text), context)[0]


def refused(text: str) -> list[Rejected]:
    return read_figures(plain(text), EMPTY)[1]


BOUNDS = [
    ("At least 107 people died.", "At least 107", 107, None, "at least"),
    ("killing 107 or more", "107 or more", 107, None, "at least"),
    ("more than two billion people", "more than two billion", 2e9, None, "more than"),
    ("over 422,000 euros", "over 422,000", 422_000, None, "more than"),
    ("just under 40 per cent", "just under 40", None, 40, "less than"),
    ("no more than 30 cars", "no more than 30", None, 30, "at most"),
    ("up to about 10 km", "up to about 10", None, 10, "at most"),
    ("as many as 14 players", "as many as 14", None, 14, "at most"),
    ("nearly 70kg of gold", "nearly 70kg", 70, 70, "about"),
    ("closer to 40,000", "closer to 40,000", 40_000, 40_000, "about"),
    ("at an estimated cost of NZ $ 26 million", "an estimated cost of NZ $ 26 million", 26e6, 26e6, "about"),
    ("some two thirds of them", "some two thirds", 200 / 3, 200 / 3, "about"),
    ("30+ people", "30+", 30, None, "at least"),
    ("≥5 people", "≥5", 5, None, "at least"),
    ("sub-300 sq m offices", "sub-300", None, 300, "less than"),
    ("hundreds of people", "hundreds", 100, None, "at least"),
    ("exactly 13 units", "13", 13, 13, "exactly"),
]
RANGES = [
    ("between 11 and 13 thousand people", 11_000, 13_000, None),
    ("from 5 to 7 tanks", 5, 7, None),
    ("15-22 miles per hour", 15, 22, "[mi_i]/h"),
    ("15 to 22 miles per hour", 15, 22, "[mi_i]/h"),
    ("$10 to $15 billion", 10e9, 15e9, "USD"),
    ("$5-10bn of aid", 5e9, 10e9, "USD"),
    ("between 5% and 6%", 5, 6, "%"),
    ("one or two soldiers", 1, 2, None),
    ("between $62 and $68 per share", 62, 68, "USD/{share}"),
]
UNITS = [
    ("US $58.24 per barrel", 58.24, "USD/{barrel}"),
    ("$48,000 a year", 48_000, "USD/a"),
    ("RM3.06mil", 3_060_000, "MYR"),
    ("€5m", 5_000_000, "EUR"),
    ("A$12", 12, "AUD"),
    ("rose 6.5% to", 6.5, "%"),
    ("winds of 74 mph", 74, "[mi_i]/h"),
    ("sold 280 million of the 1.5 billion euros", 280e6, "EUR"),
    ("6 euros ($6.40) a share", 6, "EUR/{share}"),
    ("a quarter of an hour", 0.25, "h"),
]
AGES = [
    ("a 15-year-old boy", 15, "a"),
    ("an 18-month-old child", 18, "mo"),
    ("aged 21", 21, "a"),
    ("Jamie Armstrong, 25, said", 25, "a"),
    ("a man, 34, was held", 34, "a"),
    ("his wife, who is 45, said", 45, "a"),
]
NO_AGES = ["trains, 34, were late", "In May, 25, of them", "who is 45 percent", "on lane 12, 34, 56"]
NOUNS = [
    ("600,000 Russian soldiers have been killed", "soldier", "Russian soldiers"),
    ("millions of munitions and missiles", "munition", "munitions"),
    ("700 heart transplants since", "transplant", "heart transplants"),
    ("1709 schoolchildren", "schoolchild", "schoolchildren"),
    ("19 and 29 people died", "people", "people"),
    ("of 40 servicemen", "serviceman", "servicemen"),
    ("took 12 specimens", "specimen", "specimens"),
    ("an 11-member panel", "member", "member"),
    ("a magnitude 6.5 earthquake", "magnitude", "magnitude"),
    ("one of the five pillars", "pillar", "five pillars"),
    ("19 cents", "cent", "cents"),
    ("it cost 85p each", "penny", "p"),
    ("eight million 250ml bottles of gel", "bottle", "bottles"),
    ("a 10-fold jump", "time", "fold"),
    ("rose sixfold to", "time", "fold"),
    ("some 30-odd sailors", "sailor", "sailors"),
    ("15.3 ppg", "point", "ppg"),
    ("15.3ppg", "point", "ppg"),
]
SHARED_NOUNS = [
    ("6 million homes including 1.5 million in the capital.", ["home", "home"]),
    ("12 people died in the north, 30 in the south and 5 elsewhere.", ["people", "people", "people"]),
    ("A dozen soldiers died, and another 40 were wounded.", ["soldier", "soldier"]),
    ("Tens of thousands of people fled and thousands more stayed.", ["people", "people"]),
    ("600 soldiers, 120 of whom were officers.", ["soldier", "soldier"]),
    ("14 people, nine of them children, and a further 12 were hurt.", ["people", "child", "people"]),
    ("The population grew from 5 million to 7 million people.", ["people", "people"]),
    ("Cases rose from 20 cases to 35.", ["case", "case"]),
    ("The index lost 162.31 points to fall to 7,425.81.", ["point", "point"]),
    ("Some 22 thefts, compared with an average of 20 per week.", ["theft", "theft"]),
    ("He won 2 of the country's 9 ports.", ["port", "port"]),
    ("14 people died, with another 20 missing.", ["people", "people"]),
    ("Fourteen goats were sold. The price was 40.", ["goat", None]),
    ("Five cows, a field and 12 in all.", ["cow", None]),
]
NOTHING = [
    ("He won 3-2 on Sunday.", "a score"),
    ("Boeing 747 crashed", "part of a name"),
    ("an iPhone 7 for her", "part of a name"),
    ("a category 5 storm", "the number of a thing, not how many"),
    ("on Channel 4 last", "the number of a thing, not how many"),
    ("Section 12 of the act", "the number of a thing, not how many"),
    ("at 16 Industrial Avenue", "part of an address"),
    ("No one knows this one.", "one as a pronoun"),
    ("elections in 2016 were", "a year"),
    ("from 2004 to 2009", "years"),
    ("open 24/7", "a ratio, date or reference"),
    ("1. First item", "the number of a list item"),
    ("a COVID-19 test", "part of a name or compound"),
    ("The COVID -19 tests failed.", "part of a name or compound"),
    ("There was zero for them.", "zero as a word for none"),
    ("The plan (7) was dropped.", "a bare number in brackets"),
    ("He ruled until 44 BC.", "a year"),
    ("It was built c. 900.", "a year"),
    ("In 1150 it fell.", "a year"),
    ("In 2150 it will end.", "a year"),
    ("Agent 007 was here.", "a code with a leading zero"),
    ("He flew a 747 Max.", "part of a name"),
    ("In 1998-99 it fell.", "years"),
    ("Tunisia 1 – 2 England", "a score"),
    ("at 10-12 Downing Street", "part of an address"),
    ("category 3-5", "the number of a thing, not how many"),
    ("A record of 3-2-1 was set.", "a record of wins, losses and draws, or a code"),
]
COUNTS = [
    ("There were zero deaths.", 0, "death"),
    ("It has 2150 seats.", 2150, "seat"),
    ("About 1900 people came.", 1900, "people"),
    ("1150 men fell.", 1150, "man"),
    ("He sends Russia 10,000 troops.", 10_000, "troop"),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "bound"), BOUNDS)
def test_bound_words_shape_the_interval(text: str, words: str, low: float, high: float, bound: str) -> None:
    figure = figures(text)[0]
    assert figure.span.of(text) == words
    assert (figure.low, figure.high) == (pytest.approx(low) if low else None, pytest.approx(high) if high else None)
    assert figure.bound == bound


@pytest.mark.parametrize(
    "text",
    ["He took over 12 firms.", "He handed over 12 keys.", "Taxes went up to 12 percent.", "He led the some 12 firms."],
)
def test_words_that_bound_elsewhere_belong_to_the_verb_or_the_noun_here(text: str) -> None:
    (figure,) = figures(text)
    assert (figure.span.of(text), figure.low, figure.high, figure.bound) == ("12", 12, 12, "exactly")


@pytest.mark.parametrize(("text", "low", "high", "unit"), RANGES)
def test_ranges_are_one_figure(text: str, low: float, high: float, unit: str | None) -> None:
    (figure,) = figures(text)
    assert (figure.low, figure.high, figure.bound, figure.unit) == (low, high, "between", unit)


@pytest.mark.parametrize(
    "text", ["rose from 100 to 150 dead", "cut prices from $36 to $34", "rose by $43 to $419", "up 8.15% to 3.65"]
)
def test_a_change_of_state_is_two_figures_and_no_range(text: str) -> None:
    assert [f.bound for f in figures(text)] == ["exactly", "exactly"]


@pytest.mark.parametrize(("text", "value", "unit"), UNITS)
def test_units_are_codes(text: str, value: float, unit: str) -> None:
    figure = figures(text)[0]
    assert (figure.low, figure.unit, figure.counted) == (value, unit, None)


@pytest.mark.parametrize(("text", "noun", "words"), NOUNS)
def test_counted_nouns_by_spelling(text: str, noun: str, words: str) -> None:
    counted = figures(text)[0].counted
    assert counted is not None
    assert (counted.noun, counted.span.of(text)) == (noun, words)


@pytest.mark.parametrize(("text", "reason"), NOTHING)
def test_numbers_that_count_nothing_are_refused_with_a_reason(text: str, reason: str) -> None:
    assert figures(text) == []
    assert reason in {r.reason for r in refused(text)}


@pytest.mark.parametrize(("text", "value", "noun"), COUNTS)
def test_numbers_that_look_like_years_or_names_count_what_stands_behind(text: str, value: float, noun: str) -> None:
    (figure,) = figures(text)
    assert figure.counted is not None
    assert (figure.low, figure.counted.noun) == (value, noun)


@pytest.mark.parametrize(("text", "value", "unit"), AGES)
def test_ages_are_told_from_durations(text: str, value: float, unit: str) -> None:
    figure = figures(text)[0]
    assert (figure.low, figure.unit) == (value, unit)
    assert figure.counted is not None
    assert figure.counted.noun == "age"


@pytest.mark.parametrize("text", NO_AGES)
def test_a_number_between_commas_is_not_always_an_age(text: str) -> None:
    assert not any(f.unit == "a" for f in figures(text))


@pytest.mark.parametrize(("text", "nouns"), SHARED_NOUNS)
def test_numbers_that_share_a_noun(text: str, nouns: list[str | None]) -> None:
    assert [f.counted and f.counted.noun for f in figures(text)] == nouns


def test_a_change_shares_scale_and_unit() -> None:
    first, second = figures("Profit grew from $1.2 to $1.5 billion.")
    assert (first.low, second.low) == (1.2e9, 1.5e9)
    first, second = figures("Turnout fell from 66 to 58 per cent.")
    assert (first.unit, second.unit) == ("%", "%")
    first, second = figures("Staff rose from 500 to 1.2 million.")
    assert (first.low, second.low) == (500, 1.2e6)


def test_went_up_to_is_no_bound() -> None:
    assert figures("The toll went up to 45.")[0].bound == "exactly"
    assert figures("They came at speeds of up to 45 mph.")[0].bound == "at most"


def test_a_second_number_before_a_name_belongs_to_the_name() -> None:
    assert [f.low for f in figures("They grounded 2 new 737 Max jets.")] == [2]


def test_numbers_in_a_moment_are_the_moments_but_durations_are_both() -> None:
    text = "On May 12 they had waited for 12 days."
    date, duration = text.index("May 12"), text.index("12 days")
    moments = (
        Moment(Span(date, date + 6), "date", "XXXX-05-12"),
        Moment(Span(duration, duration + 7), "duration", "P12D"),
    )
    found, rejected = read_figures(plain(text), FigureContext(moments=moments))
    assert [(f.low, f.unit) for f in found] == [(12, "d")]
    assert rejected == []


def test_the_innermost_statement_vouches() -> None:
    text = "Budanov said Pyongyang plans to send 500 men."

    def statement(identity: str, start: int) -> Statement:
        return Statement(identity, (), None, (), (Span(start, len(text)),), "indirect", "say", False, None, None, 1.0)

    outer, inner = statement("s1", text.index("Pyongyang")), statement("s2", text.index("send"))
    (figure,) = figures(text, FigureContext(statements=(outer, inner)))
    assert figure.statement == "s2"


def test_a_document_without_words_has_no_figures() -> None:
    assert read_figures(plain(""), EMPTY) == ([], [])


@given(st.text(alphabet="0123456789.,-–% $€mkbn \r\n🙂e\u0301אב" + "oneftw", max_size=80))
def test_every_figure_is_anchored_in_the_text(text: str) -> None:
    found, rejected = read_figures(plain(text), EMPTY)
    for figure in found:
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert re.search(r"[\d½]|one|two|ten", figure.span.of(text))
        assert figure.low is None or figure.high is None or figure.low <= figure.high
    assert all(0 <= r.span.start < r.span.end <= len(text) for r in rejected)


@pytest.mark.parametrize("piece", ["1,", "5-", "w.", "twenty ", "one hundred ", "5 to ", "1 000 ", "$"])
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        annotated = plain(piece * times)
        taken = []
        for _ in range(3):
            started = process_time()
            read_figures(annotated, EMPTY)
            taken.append(process_time() - started)
        return min(taken)

    seconds(100)
    # Four times the text in sixteen times the time would be quadratic; the slack is for a busy machine.
    assert seconds(4000) < 10 * max(seconds(1000), 0.01)
