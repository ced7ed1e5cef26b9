"""The decoders over the sample articles, each word as the heads saw it once: what is read of them is what was read.

A difference is no fault by itself. It says what a change to a decoder does to forty articles, record by record; where that
was meant, `python -m tests.golden.frozen` writes down what is read now.
"""

from __future__ import annotations

from functools import cache

import pytest
from tests.golden.frozen import differences, frozen

from onrecord.reader.annotated import Annotated
from onrecord.reader.decoding import decode
from onrecord.reading import Reading

ARTICLES = 40


@cache
def articles() -> list[tuple[Annotated, Reading]]:
    return list(frozen())


def test_all_articles_are_there() -> None:
    assert len(articles()) == ARTICLES
    assert sum(len(reading.statements) for _, reading in articles()) > 300


@pytest.mark.parametrize("number", range(ARTICLES))
def test_what_is_read_is_what_was_read(number: int) -> None:
    annotated, was = articles()[number]
    told = differences(was, decode(annotated, was.model))
    assert not told, "\n".join(told[:5])
