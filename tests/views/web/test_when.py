"""Times in words, and what has none stays as it is."""

from __future__ import annotations

import pytest

from onrecord.views.web.when import moment_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2016-06-01TNI", "2016-06-01, night"),
        ("2016-07-25T14:00", "2016-07-25 14:00"),
        ("2016-07", "2016-07"),
        ("2016-W37", "week 37 of 2016"),
        ("2016-W37-WE", "weekend of week 37 of 2016"),
        ("2016-SU", "summer 2016"),
        ("2016-Q3", "third quarter of 2016"),
        ("199", "the 1990s"),
        ("P6Y", "6 years"),
        ("P1D", "1 day"),
        ("PT90M", "90 minutes"),
        ("P3M", "3 months"),
        ("PXY", "some years"),
        ("P1CE", "1 century"),
        ("PRESENT_REF", "now"),
        ("XXXX-10-18", "18 October, no year"),
        ("XXXX-05", "May, no year"),
        ("XXXX-10-18TMO", "18 October, no year, morning"),
        ("XXXX-13-01", "XXXX-13-01"),
        ("XXXX-WXX-5", "XXXX-WXX-5"),
        ("PT4D", "PT4D"),
        ("", ""),
    ],
)
def test_a_value_in_words(value: str, words: str) -> None:
    assert moment_words(value) == words
