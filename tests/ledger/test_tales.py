"""What a ledger of short stories answers, each told by several articles, is what it answered.

A difference is no fault by itself: it says which rule a change touches. Where that was meant, `python -m
tests.golden.tales` writes down what is answered now.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from tests.golden.plain import differences, plain
from tests.golden.tales import filled, questions, told
from tests.ledger.databases import sqlite_only

from onrecord.ledger import Ledger

NAMES = "stories claims series toll course conflicts copies speakers who timeline check".split()

pytestmark = sqlite_only  # what words lead to is each database's own


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with filled() as ledger:
        yield ledger


def test_every_question_is_asked(ledger: Ledger) -> None:
    assert list(questions(ledger)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_is_answered_is_what_was_answered(name: str, ledger: Ledger) -> None:
    was = told(name)
    assert was
    changed = list(islice(differences(was, plain(questions(ledger)[name]()), name), 5))
    assert not changed, "\n".join(changed)
