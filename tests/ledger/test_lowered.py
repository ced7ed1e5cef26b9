"""Lower case, letter for letter: what is found in it is what IGNORECASE finds in the text."""

from __future__ import annotations

import re
import string
import sys

import pytest

from onrecord.ledger.lowered import holds_any, lowered

ALL = "".join(map(chr, range(sys.maxunicode + 1)))


def test_every_letter_stays_one_letter() -> None:
    assert len(lowered(ALL)) == len(ALL)


@pytest.mark.parametrize("letter", string.ascii_lowercase)
def test_a_letter_stands_where_a_pattern_finds_it_in_any_case(letter: str) -> None:
    found = {match.start() for match in re.finditer(letter, ALL, re.IGNORECASE)}
    assert found == {match.start() for match in re.finditer(letter, lowered(ALL))}


@pytest.mark.parametrize("kind", [r"\w", r"\s", r"\d"])
def test_the_kinds_of_characters_stay_where_they_are(kind: str) -> None:
    assert [m.start() for m in re.finditer(kind, ALL)] == [m.start() for m in re.finditer(kind, lowered(ALL))]


@pytest.mark.parametrize(
    ("text", "holds"),
    [("The SUİCIDE note", True), ("ſuicides", True), ("A murder-suicide", True), ("A side", False), ("", False)],
)
def test_words_that_a_text_holds(text: str, holds: bool) -> None:
    assert holds_any(text, ("homicide", "suicide")) is holds
