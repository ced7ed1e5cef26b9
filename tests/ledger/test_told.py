"""What a ledger of the forty sample articles answers is what it answered: stories, people, claims, series, conflicts.

A difference is no fault by itself. It says what a change does to the answers, one by one; where that was meant, `python -m
tests.golden.told` writes down what is answered now.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from tests.golden.plain import differences, plain
from tests.golden.told import filled, questions, told
from tests.ledger.databases import sqlite_only

from onrecord.ledger import Ledger

NAMES = (
    "documents statements figures speakers overview stories story places toll copies differences who claims series course "
    "conflicts timeline ties check asked drafts search suggest"
).split()

pytestmark = sqlite_only  # the order of a search is each database's own


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
