"""Whether a figure comes on top of others or holds them all, and the two halves of a vote."""

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.figures.decoder import FigureContext, read_figures
from onrecord.records import Document, Figure


def figures(text: str) -> list[Figure]:
    return read_figures(Annotated(Document("0" * 64, text), (), ()), FigureContext())[0]


@pytest.mark.parametrize(
    ("text", "tallies"),
    [
        ("Another 40 people were hurt.", ["increment"]),
        ("The ministry sent a further 12 doctors.", ["increment"]),
        ("Police found an additional 30 kg.", ["increment"]),
        ("There were at least 15 more deaths.", ["increment"]),
        ("The county counted 2,300 new cases.", ["increment"]),
        ("There were 40 more cases than last year.", ["increment"]),
        ("It killed 5 miners, bringing the toll to 52.", [None, "total"]),
        ("The death toll rose to at least 31.", ["total"]),
        ("The bank gave a total of $3 million.", ["total"]),
        ("In all, 14 ships were sold.", ["total"]),
        ("The police have arrested 25 people so far.", ["total"]),
        ("The army lost 600 soldiers.", [None]),
        ("More than 40 people were hurt.", [None]),
        ("The firm ordered three new planes.", [None]),
        ("The so-called far shore lies 40 km away.", [None]),
    ],
)
def test_tally(text: str, tallies: list[str | None]) -> None:
    assert [f.tally for f in figures(text)] == tallies


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        ("The senate voted 52-35 for the bill.", [52, 35]),
        ("It passed by a vote of 7 to 2.", [7, 2]),
        ("The council backed it in an 8-3 vote.", [8, 3]),
        ("The final vote was 210-198.", [210, 198]),
    ],
)
def test_votes_for_and_against_are_counted(text: str, votes: list[int]) -> None:
    found = figures(text)
    assert [f.low for f in found] == votes
    assert {f.counted and f.counted.noun for f in found} == {"vote"}
    assert {f.counted and f.counted.span.of(text) for f in found} <= {"voted", "vote"}


def test_one_and_one_are_two_said_before() -> None:
    found = figures("Two hotels opened, one in the old town and one by the sea. She took one by the hand.")
    assert [(f.low, f.counted and f.counted.noun) for f in found] == [(2, "hotel"), (1, "hotel"), (1, "hotel")]


@pytest.mark.parametrize("text", ["Lyon won 3-1 at home.", "The match ended 2-2."])
def test_scores_are_still_none(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("They charge a $5 fee.", "USD"),
        ("A $700 billion plan was agreed.", "USD"),
        ("The state's $3m was spent.", "USD"),
        ("Singapore will pay $9 million.", "USD"),
        ("It costs A$5 there.", "AUD"),
        ("It costs S$5 there.", "SGD"),
        ("It costs NZ $ 26 million there.", "NZD"),
        ("The airline won a #13 billion contract.", "GBP"),
        ("They paid 150 kn for it.", "HRK"),
    ],
)
def test_dollars_are_american_unless_their_letters_say_another(text: str, unit: str) -> None:
    assert [f.unit for f in figures(text)] == [unit]
