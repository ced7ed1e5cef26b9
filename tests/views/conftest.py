"""Readings made by hand, so that the views are tested on what they show and not on what a model reads."""

from __future__ import annotations

import hashlib

import pytest

from onrecord.reading import Reading
from onrecord.records import (
    Block,
    Counted,
    Document,
    Entity,
    Figure,
    Mention,
    Moment,
    Rejected,
    Span,
    Statement,
)

TEXT = (
    "Harbour flooded\n"
    "Mayor Ida Holm confirmed on 3 May that about 1,200 people had left the harbour. "
    "She said the prefect believes the dam will hold.\n"
    "At least 40 boats sank.\n"
    "Subscribe to our newsletter"
)

HOSTILE = '<script>alert("1")</script> & \x1b[31m[red]said[/red] <b onmouseover=x>'


def span(text: str, words: str, start: int = 0) -> Span:
    at = text.index(words, start)
    return Span(at, at + len(words))


def flood() -> Reading:
    def at(words: str) -> Span:
        return span(TEXT, words)

    blocks = []
    start = 0
    for part, kind in zip(TEXT.split("\n"), ("heading", "paragraph", "paragraph", "boilerplate"), strict=True):
        blocks.append(Block(Span(start, start + len(part)), kind))  # type: ignore[arg-type]
        start += len(part) + 1
    document = Document(
        id=hashlib.sha256(TEXT.encode()).hexdigest(),
        text=TEXT,
        url="https://example.org/flood",
        title="Harbour flooded",
        publisher="The Fjord Post",
        published="2024-05-04",
        lang="en",
        blocks=tuple(blocks),
    )
    outer = Statement(
        "s2",
        (at("She"),),
        "e1",
        (at("said"),),
        (at("the prefect believes the dam will hold"),),
        "indirect",
        "say",
        False,
        "2024-05-03",
        None,
        0.8,
    )
    return Reading(
        document=document,
        model="hand 1",
        entities=(
            Entity("e1", "person", "Ida Holm"),
            Entity("e2", "person", "the prefect"),
        ),
        mentions=(
            Mention(at("Ida Holm"), "e1", "name"),
            Mention(at("She"), "e1", "pronoun"),
            Mention(at("the prefect"), "e2", "nominal"),
        ),
        statements=(
            Statement(
                "s1",
                (at("Mayor Ida Holm"),),
                "e1",
                (at("confirmed"),),
                (at("that about 1,200 people had left the harbour"),),
                "indirect",
                "confirm",
                False,
                "2024-05-03",
                None,
                0.9,
            ),
            outer,
            Statement(
                "s3",
                (at("the prefect"),),
                "e2",
                (at("believes"),),
                (at("the dam will hold"),),
                "indirect",
                "think",
                False,
                None,
                "s2",
                0.6,
            ),
        ),
        moments=(Moment(at("3 May"), "date", "2024-05-03", "2024-05-03", "2024-05-04", None),),
        figures=(
            Figure(at("about 1,200"), 1200, 1200, "about", None, Counted(at("people"), "person"), None, "s1", 0.9),
            Figure(
                at("At least 40"),
                40,
                None,
                "at least",
                None,
                Counted(at("boats"), "boat"),
                None,
                None,
                0.9,
                change="up to",
                tally="total",
            ),
        ),
        rejected=(Rejected("not a number as English writes it", at("newsletter")),),
    )


def hostile() -> Reading:
    """An article whose title, publisher, URL, names and words all try to be markup."""
    text = f"{HOSTILE} 5 {HOSTILE}"
    document = Document(
        id=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        url="javascript:alert(1)",
        title=HOSTILE,
        publisher=HOSTILE,
        author=HOSTILE,
        published="2024-05-05",
    )
    five = Span(len(HOSTILE) + 1, len(HOSTILE) + 2)
    said = span(text, "said")
    return Reading(
        document=document,
        model="hand 1",
        entities=(Entity("e1", "person", HOSTILE),),
        mentions=(Mention(Span(0, 8), "e1", "name"),),
        statements=(
            Statement(
                "s1",
                (Span(0, 8),),
                "e1",
                (said,),
                (Span(five.start, len(text)),),
                "direct",
                "say",
                False,
                None,
                None,
                0.5,
            ),
        ),
        figures=(Figure(five, 5, 5, "exactly", None, None, None, "s1", 0.5),),
    )


@pytest.fixture(name="flood")
def flood_fixture() -> Reading:
    return flood()


@pytest.fixture(name="hostile")
def hostile_fixture() -> Reading:
    return hostile()
