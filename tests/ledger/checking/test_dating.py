"""Days of the week without a week, against the day that a draft or a record gives."""

from __future__ import annotations

import pytest

from onrecord.ledger.checking.dating import _weekday


@pytest.mark.parametrize(
    ("value", "days", "same"),
    [
        ("XXXX-WXX-3", ("2024-06-12", "2024-06-12"), True),  # a Wednesday
        ("XXXX-WXX-3TMO", ("2024-06-12", "2024-06-12"), True),
        ("XXXX-WXX-4", ("2024-06-12", "2024-06-12"), False),
        ("XXXX-WXX-7", ("2024-06-16", "2024-06-16"), True),
        ("XXXX-WXX-1", ("2024-06-16", "2024-06-16"), False),
        ("XXXX-WXX-3", ("2024-06-12", "2024-06-13"), False),  # more than a day
        ("XXXX-WXX-3", None, False),
        ("XXXX-WXX", ("2024-06-12", "2024-06-12"), False),
        ("2024-06-12", ("2024-06-12", "2024-06-12"), False),
    ],
)
def test_a_weekday_is_that_of_one_day(value: str, days: tuple[str, str] | None, same: bool) -> None:
    assert _weekday(value, days) == same
