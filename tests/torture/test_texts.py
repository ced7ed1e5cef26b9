"""Texts made to keep the reader busy: none takes many times as long as an article of its length, and every record holds."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from tests.fuzz.holding import holds

from onrecord.intake import document_from_text, documents
from onrecord.reader import load_encoder, read
from onrecord.records import Document

LENGTH = 8_000
MOST_TIMES = 20  # as long as an article takes; some consist of nothing but figures or names
SAMPLES = Path(__file__).parents[2] / "samples"

PARTS = {
    "quotation marks": "“ ",
    "quotations": "“a” said b “",
    "quotations that go on": "“We left.\n\n“We stayed.\n\n",
    "nested speech": "He said that she said that ",
    "no sentence ends": "he said so and ",
    "one name": "Mr Smith said. ",
    "pronouns": "He said he told him that she said he did. ",
    "numbers": "1,000 people and 2,000 men, ",
    "digits": "1 2 3 4 5 ",
    "commas in a number": "1,",
    "points in a number": "1.",
    "numbers in words": "twenty-one ",
    "powers of ten": "hundred thousand million ",
    "numbers with and": "one hundred and ",
    "fractions": "half of a third of ",
    "ranges": "5 to 7 or 8 to ",
    "currencies": "$5 million to $7 billion or ",
    "dates": "on 3 May 2024, Monday, yesterday, ",
    "days": "the second of the ",
    "years": "1999-2000-2001-",
    "times of day": "at 5 to 7 a.m. ",
    "last and next": "last next this past ",
    "capitals": "THE CITY OF KYIV AND ",
    "abbreviations": "U.S. U.N. E.U. ",
    "owners": "the mayor of the city of ",
    "roles": "President Ida Holm, the mayor of Velna, ",
    "brackets": "(a ",
    "lines": "He said.\n",
    "bullets": "• One said so\n",
    "hyphens": "long-term-",
    "apostrophes": "don't ",
    "combining marks": "\u0301a\u202e",
    "dots": "...",
    "addresses of mail": "a@b.c",
    "addresses": "http://a.b/",
    "brackets of editors": "[a]b",
    "white space": "\n \n",
}


def names() -> str:
    """No two alike."""
    chance = random.Random(1)
    ends = ["inton", "aker", "ortez", "avis"]
    return " ".join(
        f"{chance.choice('ABCDEFGH')}{chance.choice(ends)}{n} {chance.choice('XYZ')}mith{n}" for n in range(900)
    )


TEXTS = {name: part * (LENGTH // len(part)) for name, part in PARTS.items()} | {
    "names": names()[:LENGTH],
    "one word": "w" * LENGTH,
    "one number": "9" * LENGTH,
    "one address": "http://" + "a/b." * (LENGTH // 4),
}


@cache
def seconds_of_an_article() -> float:
    text = "\n\n".join(found.text for found in documents([SAMPLES]) if isinstance(found, Document))[:LENGTH]
    load_encoder()
    read(document_from_text(text[:500]))
    return min(_seconds(text) for _ in range(2))


def _seconds(text: str) -> float:
    began = process_time()
    read(document_from_text(text, published="2024-10-28"))
    return process_time() - began


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample articles in {SAMPLES}")
@pytest.mark.parametrize("name", TEXTS)
def test_no_text_takes_many_times_as_long_as_an_article(name: str) -> None:
    text = f"The dam held. {TEXTS[name]}"
    began = process_time()
    holds(read(document_from_text(text, published="2024-10-28")))
    assert process_time() - began < MOST_TIMES * seconds_of_an_article()
