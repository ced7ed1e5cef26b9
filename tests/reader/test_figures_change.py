"""Which way a figure moved: amounts of change, the levels before and after it, and verbs that only look like one."""

import re

import pytest

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.figures.decoder import FigureContext, read_figures
from onrecord.records import Document, Span

CHANGES = [
    ("Prices rose 5% last year.", ["up"]),
    ("Prices rose sharply by about 5% last year.", ["up"]),
    ("Exports are expected to fall by more than 20 percent.", ["down"]),
    ("Output climbed to 6.7% from 6.29%.", ["up to", "up from"]),
    ("The coin plummeted from $36,040 at dawn to $34,935.", ["down from", "down to"]),
    ("The index gained 0.7 percent to 6,327.80.", ["up", "up to"]),
    ("The index rose 0.65 per cent to end at 27,349.19.", ["up", "up to"]),
    ("The index lost 190 points, or 0.6%.", ["down", "down"]),
    ("The contract was up 19 cents at $58.24.", ["up", "up to"]),
    ("Sales, down 9.2% on the year, were $3.1 million.", ["down", None]),
    ("The index edged down 0.03%.", ["down"]),
    ("Shares closed 2.5% lower.", ["down"]),
    ("The state cut its emissions from coal by 30 per cent.", ["down"]),
    ("The bank raised its forecast for growth to 3%.", ["up to"]),
    ("They will cut a workforce of 12,000 by 10%.", [None, "down"]),
    ("Greenland loses 286 gigatonnes of ice.", ["down"]),
    ("Sales grew more than sixfold to $3.7 billion.", ["up", "up to"]),
    ("Cases increased from 20 to 35.", ["up from", "up to"]),
    ("The toll went up to 45.", ["up to"]),
    ("It made $5 billion, up from $4.6 billion.", [None, "up from"]),
    ("Exporters saw a 3% drop in orders.", ["down"]),
    ("Growers report a 5 percent year-on-year rise.", ["up"]),
    ("Imports showed an increase in value of 40%.", ["up"]),
    ("A fall in the rate from 9% to 5% is likely.", ["down from", "down to"]),
    ("There were 45 percent fewer flights.", ["down"]),
]
UNCHANGED = [
    "Women make up 40% of the board.",
    "They gave up 20% of the pay.",
    "It came down to 5 votes.",
    "The army lost 600 soldiers.",
    "The firm lost $3 million.",
    "The firm raised $30 million.",
    "She added two chapters.",
    "They dropped 3 bombs.",
    "Rents are 10% higher than elsewhere.",
    "Speeds of up to 60 mph were measured.",
    "Prices fell. The town has 300 homes.",
    "Prices fell and 300 homes burned.",
    "It moved from 5 sites.",
    "The plane crashed 13 minutes after take-off.",
    "A stake of 5% was sold.",
]


def changes(text: str) -> list[str | None]:
    words = enumerate(re.finditer(r"\w+|[^\w\s]", text))
    tokens = tuple(Token(i, Span(*m.span()), m[0], "", "", "", 0, "", 0) for i, m in words)
    annotated = Annotated(Document("0" * 64, text), tokens, (range(len(tokens)),))
    return [f.change for f in read_figures(annotated, FigureContext())[0]]


@pytest.mark.parametrize(("text", "wanted"), CHANGES)
def test_amounts_and_levels_of_a_change(text: str, wanted: list[str | None]) -> None:
    assert changes(text) == wanted


@pytest.mark.parametrize("text", UNCHANGED)
def test_no_change_where_no_word_says_so(text: str) -> None:
    assert set(changes(text)) == {None}


def test_a_change_does_not_reach_into_the_next_sentence() -> None:
    assert changes("The index rose 3%. To 45 of its members it means little.")[1] is None
