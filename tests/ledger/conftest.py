"""Readings for the ledger's tests: one by hand that reads like news, and a strategy for any that can be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import strategies as st
from tests.ledger import databases

from onrecord import records as r
from onrecord.reading import Reading
from onrecord.records import Span

NEWS = (
    "Seoul counts the troops\n"
    "“About 11,000 soldiers are in training,” Kyrylo Budanov said on Friday, “and they will be ready soon.”\n"
    "The U.S. has seen 3,000 of them. Mark Rütte confirmed that Gen. Kim sent 10,000 troops, Budanov said. "
    "Moscow denied it.\n"
    "It was announced that 40 tanks had gone."
)


def place(text: str, words: str, after: str = "") -> Span:
    start = text.index(words, text.index(after) if after else 0)
    return Span(start, start + len(words))


def news(text: str = NEWS, *, published: str | None = "2024-10-28", model: str = "weights 1", **facts: Any) -> Reading:
    """Two speakers, five statements (one nested, one of nobody, one interrupted), four figures, two events."""

    def at(words: str, after: str = "") -> Span:
        return place(text, words, after)

    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(r.Block(Span(start, start + len(line)), "paragraph" if start else "heading"))
        start += len(line) + 1
    document = r.Document(
        **{
            "id": hashlib.sha256(text.encode()).hexdigest(),
            "text": text,
            "title": text.partition("\n")[0],
            "publisher": "The Invented Courier",
            "published": published,
            "blocks": tuple(lines),
            "dates": (r.DateCandidate("2024-10-28", "meta"),),
        }
        | facts
    )
    return Reading(
        document=document,
        model=model,
        entities=(
            r.Entity("e1", "person", "Kyrylo Budanov", ("Budanov",)),
            r.Entity("e2", "person", "Mark Rütte", ("Rütte",), (r.Role("Gen.", "the alliance", at("Gen. Kim")),)),
            r.Entity("e3", "country", "Russia", ("Moscow",), (), "iso3166:RU"),
            r.Entity("e4", "country", "North Korea", ("Pyongyang",), (r.Role("head", "e3", at("Kim")),), "iso3166:KP"),
        ),
        mentions=(r.Mention(at("Kyrylo Budanov"), "e1", "name"), r.Mention(at("Moscow"), "e3", "metonym")),
        statements=(
            r.Statement(
                "s1",
                (at("Kyrylo Budanov"),),
                "e1",
                (at("said"),),
                (at("About 11,000 soldiers are in training"), at("and they will be ready soon.")),
                "direct",
                "say",
                False,
                "2024-10-18",
                None,
                0.9,
            ),
            r.Statement(
                "s2",
                (at("Mark Rütte"),),
                "e2",
                (at("confirmed"),),
                (at("that Gen. Kim sent 10,000 troops"),),
                "indirect",
                "confirm",
                False,
                None,
                "s3",
                0.8,
            ),
            r.Statement(
                "s3",
                (at("Budanov", "troops, "),),
                "e1",
                (at("said", "troops, "),),
                (at("Mark Rütte confirmed that Gen. Kim sent 10,000 troops"),),
                "indirect",
                "say",
                False,
                "2024-10",
                None,
                0.7,
            ),
            r.Statement(
                "s4",
                (at("Moscow"),),
                "e3",
                (at("denied"),),
                (at("it", "denied"),),
                "indirect",
                "deny",
                True,
                "XXXX-10-18",
                None,
                0.6,
            ),
            r.Statement(
                "s5",
                (),
                None,
                (at("announced"),),
                (at("that 40 tanks had gone"),),
                "indirect",
                "say",
                False,
                None,
                None,
                0.5,
            ),
        ),
        moments=(r.Moment(at("Friday"), "date", "2024-10-25", "2024-10-25", "2024-10-26"),),
        figures=(
            r.Figure(
                at("About 11,000"),
                11000.0,
                11000.0,
                "about",
                None,
                r.Counted(at("soldiers"), "soldier", "e4"),
                "v1",
                "s1",
                0.9,
            ),
            r.Figure(at("3,000"), 3000.0, 3000.0, "exactly", None, None, None, None, 0.9),
            r.Figure(
                at("10,000"),
                10000.0,
                None,
                "at least",
                None,
                r.Counted(at("troops", "10,000"), "troop"),
                "v2",
                "s2",
                0.9,
            ),
            r.Figure(at("40"), 40.0, 40.0, "exactly", None, r.Counted(at("tanks"), "tank"), None, "s5", 0.4),
        ),
        events=(
            r.Event("v1", at("training"), "train", None, ("e4", "e1"), (), ("e3",), 0, "ongoing", "s1", 0.9),
            r.Event("v2", at("sent"), "send", "MOBILIZE", (), ("e3", "e3"), (), None, "happened", None, 0.9),
        ),
        rejected=(r.Rejected("not a date", at("soon")),),
    )


_SCHEMAS = databases.install()


@pytest.fixture(autouse=True)
def _on_a_server(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where ledgers are kept on a server, those of a test's own folder go when it is done."""
    folder: Path | None = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if _SCHEMAS is not None and folder is not None:
        _SCHEMAS.forget(folder)


@pytest.fixture
def reading() -> Reading:
    return news()


@pytest.fixture(scope="session")
def make() -> Callable[..., Reading]:
    return news


# Anything but what no database stores; weighted towards what breaks offsets: several code points to what people see as
# one letter, characters outside the basic plane, right-to-left text, line ends of two characters.
_AWKWARD = [
    "é",
    "👩‍👩‍👧",
    "🇺🇦",
    "שלום",
    "مرحبا",
    "\r\n",
    "\u2028",
    "İ",
    "ﬁ",
    "\ufdd0",
    '"',
    "'",
    "%",
    "_",
    "\ufeff",
    "日本",
]
_WORDS = st.one_of(
    st.sampled_from(_AWKWARD), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
)
_MAYBE = st.none() | st.sampled_from(["2024-10-28", "2024-10-28T23:30:00-05:00", "XXXX-10-18", "2024-W43"]) | _WORDS
_SURE = st.floats(0, 1)
_ENDS = st.floats(allow_nan=False, allow_infinity=False)


def _one(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


@st.composite
def any_reading(draw: st.DrawFn) -> Reading:
    """Any reading whose ids are defined and whose spans lie in its text."""
    text = "".join(draw(st.lists(_WORDS, min_size=1, max_size=12))) or "."

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def spans(least: int = 0) -> tuple[Span, ...]:
        return tuple(span() for _ in range(draw(st.integers(least, 3))))

    def some(most: int = 3) -> range:
        return range(draw(st.integers(0, most)))

    def maybe(ids: list[str]) -> str | None:
        return draw(st.sampled_from([None, *ids]))

    def several(ids: list[str]) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(ids), max_size=3))) if ids else ()

    entities = [f"e{i}" for i in some()]
    statements = [f"s{i}" for i in some()]
    events = [f"v{i}" for i in some()]
    moments = tuple(
        r.Moment(
            span(), draw(_one(r.MomentType)), draw(_WORDS), draw(_MAYBE), draw(_MAYBE), maybe(list(get_args(r.Edge)))
        )
        for _ in some()
    )

    def figure() -> r.Figure:
        low, high = draw(st.tuples(_ENDS, st.none()) | st.tuples(st.none(), _ENDS) | st.tuples(_ENDS, _ENDS))
        counted = r.Counted(span(), draw(_MAYBE), maybe(entities)) if draw(st.booleans()) else None
        links = (maybe(events), maybe(statements))
        return r.Figure(
            span(),
            low,
            high,
            draw(_one(r.Bound)),
            draw(_MAYBE),
            counted,
            *links,
            draw(_SURE),
            maybe(list(get_args(r.Change))),
            maybe(list(get_args(r.Tally))),
            several(events),
        )

    def entity(key: str) -> r.Entity:
        aliases = tuple(draw(st.lists(_WORDS, max_size=2)))
        roles = tuple(
            r.Role(draw(_WORDS), draw(_MAYBE) if draw(st.booleans()) else maybe(entities), span()) for _ in some(2)
        )
        return r.Entity(key, draw(_one(r.EntityType)), draw(_WORDS), aliases, roles, draw(_MAYBE))

    def statement(i: int, key: str) -> r.Statement:
        parts = (spans(), maybe(entities), spans(), spans(1), draw(_one(r.Manner)), draw(_one(r.Act)))
        # A statement is nested in a later one here, which is the order that a foreign key finds hardest.
        return r.Statement(key, *parts, draw(st.booleans()), draw(_MAYBE), maybe(statements[i + 1 :]), draw(_SURE))

    def event(key: str) -> r.Event:
        words = (span(), draw(_WORDS), draw(_MAYBE), several(entities), several(entities), several(entities))
        moment = draw(st.none() | st.integers(0, len(moments) - 1)) if moments else None
        return r.Event(key, *words, moment, draw(_one(r.Status)), maybe(statements), draw(_SURE))

    cuts = sorted({0, len(text), *(draw(st.integers(0, len(text))) for _ in some())})
    facts = {name: draw(_MAYBE) for name in ("url", "title", "publisher", "author", "published", "lang")}
    return Reading(
        document=r.Document(
            draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
            text,
            blocks=tuple(r.Block(Span(*cut), draw(_one(r.BlockKind))) for cut in pairwise(cuts)),
            dates=tuple(r.DateCandidate(draw(_WORDS), draw(_WORDS)) for _ in some(2)),
            **facts,
        ),
        model=draw(_WORDS),
        entities=tuple(entity(key) for key in entities),
        mentions=tuple(r.Mention(span(), e, draw(_one(r.MentionForm))) for e in several(entities)),
        statements=tuple(statement(i, key) for i, key in enumerate(statements)),
        moments=moments,
        figures=tuple(figure() for _ in some()),
        events=tuple(event(key) for key in events),
        rejected=tuple(r.Rejected(draw(_WORDS), span()) for _ in some(2)),
    )


@pytest.fixture(scope="session")
def readings() -> st.SearchStrategy[Reading]:
    return any_reading()
