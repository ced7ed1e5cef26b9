"""What follows from short texts, each written for a rule that articles seldom call for, is what followed.

A difference is no fault by itself: it says which rule a change touches. Where that was meant, `python -m
tests.golden.passages` writes down what follows now.
"""

from __future__ import annotations

from itertools import islice

import pytest
from tests.golden.passages import answers, readings, texts, told
from tests.golden.plain import differences, plain

READ, TOLD = readings(), told()


@pytest.mark.parametrize("rule", texts())
def test_what_follows_from_a_text_is_what_followed(rule: str) -> None:
    changed = [
        difference
        for line in texts()[rule]
        for difference in islice(differences(TOLD[line], plain(answers(READ[line])), line), 2)
    ]
    assert not changed, "\n".join(changed[:5])
    assert texts()[rule]
