"""A list read a page at a time is the list, whatever is added between two pages; and every row is called something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import any_reading
from tests.ledger.sample_readings import readings
from tests.thorough import tries

from onrecord.answer import Answer
from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.ledger.cited import cited
from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.corrections import Signed, Wish
from onrecord.reading import Reading

Ask = Callable[..., Sequence[Any]]

STATED = tuple(get_args(Standing))


@cache
def sampled() -> Ledger:
    """The dam's articles, one of them without a date, with three corrections."""
    ledger = Ledger.open(":memory:")
    given = list(readings())
    given[3] = replace(given[3], document=replace(given[3].document, published=None))
    list(ledger.add(given))
    for line, statement in enumerate(ledger.statements(limit=3)):
        at = f"2025-04-01T12:00:{line:02}+00:00"
        ledger.correct(cited(statement), Wish(confirm=True), Signed(by="Ada", at=at, reason="I was there"))
    return ledger


def questions(ledger: Ledger) -> dict[str, Ask]:
    """Every question that many rows answer, as asked of this ledger."""
    someone = ledger.speakers()[0].key
    document = ledger.statements()[0].document
    return {
        "documents": ledger.documents,
        "statements": ledger.statements,
        "statements of a document": lambda **page: ledger.statements(document=document, **page),
        "statements of a speaker": lambda **page: ledger.speaker(someone, **page),
        "statements since": lambda **page: ledger.statements(since="2025-03", until="2025-03-14", **page),
        "statements about": lambda **page: ledger.statements(about="dam", **page),
        "figures": ledger.figures,
        "figures of a document": lambda **page: ledger.figures(document=document, **page),
        "speakers": ledger.speakers,
        "search": lambda **page: ledger.search("dam", **({"limit": None} | page)),
        "stories": ledger.stories,
        "copies": ledger.copies,
        "claims": ledger.claims,
        "contested claims": lambda **page: ledger.claims(standing=("disputed", "denied"), **page),
        "series": ledger.series,
        "series that moved": lambda **page: ledger.series(moved=True, **page),
        "conflicts": ledger.conflicts,
        "conflicts about": lambda **page: ledger.conflicts(about="d", **page),
        "timeline of a story": ledger.timeline,
        "timeline of a speaker": lambda **page: ledger.timeline(someone, **page),
        "who": lambda **page: ledger.who("dam", **page),
        "corrections": ledger.corrections,
    }


NAMES = list(questions(sampled()))


def walked(ask: Ask, size: int) -> list[Any]:
    found: list[Any] = []
    after = None
    while page := ask(limit=size, after=after):
        assert len(page) <= size
        found += page
        after = cited(page[-1])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_pages_make_the_whole(name: str) -> None:
    ask = questions(sampled())[name]
    whole = ask()
    assert isinstance(whole, Answer)
    assert all(type(row) is whole.kind for row in whole)
    assert len(whole) > 1 or name == "who"
    assert len({cited(row) for row in whole}) == len(whole)
    for size in (1, 2, 3, 7, len(whole)):
        assert walked(ask, max(size, 1)) == whole
    assert ask(limit=0) == []
    for place, row in enumerate(whole):
        assert ask(after=cited(row)) == whole[place + 1 :]


@pytest.mark.parametrize("name", NAMES)
def test_a_row_that_is_gone_is_said(name: str) -> None:
    with pytest.raises(LedgerError, match="to go on behind"):
        questions(sampled())[name](limit=5, after="0123456789ab:s99999:said")


@settings(max_examples=tries(150, check=15))
@given(given=st.lists(any_reading(), min_size=1, max_size=4, unique_by=lambda r: r.document.id), size=st.integers(1, 4))
def test_pages_make_the_whole_of_any_readings(given: Sequence[Reading], size: int) -> None:
    with Ledger.open(":memory:") as ledger:
        list(ledger.add(given))
        asks: tuple[Ask, ...] = (
            *(ledger.documents, ledger.statements, ledger.figures, ledger.speakers),
            *(ledger.stories, ledger.claims, ledger.series, ledger.conflicts, ledger.copies),
        )
        for ask in asks:
            assert walked(ask, size) == ask()


@settings(max_examples=tries(50, check=5))
@given(order=st.permutations(range(12)), size=st.integers(1, 9))
def test_articles_that_come_in_between_neither_repeat_a_row_nor_hide_one(order: list[int], size: int) -> None:
    """Of what was there all the time, nothing is given twice and nothing is missing."""
    coming: Iterator[int] = iter(order[6:])
    with Ledger.open(":memory:") as ledger:
        list(ledger.add(readings()[number] for number in order[:6]))
        for ask in (ledger.documents, ledger.statements, ledger.figures):
            before = {cited(row) for row in ask()}
            seen: list[str] = []
            after = None
            while page := ask(limit=size, after=after):
                seen += [cited(row) for row in page]
                after = seen[-1]
                if (number := next(coming, None)) is not None:
                    list(ledger.add([readings()[number]]))
            assert len(set(seen)) == len(seen)
            assert before <= set(seen)


def test_a_group_of_copies_is_passed_over_as_a_whole() -> None:
    ledger = sampled()
    rows = ledger.copies()
    first = rows[0].group
    assert [row.group for row in ledger.copies(after=first)] == [row.group for row in rows if row.group != first]


def test_names_lead_back_to_their_rows() -> None:
    ledger = sampled()
    for row in ledger.documents():
        assert ledger.document(cited(row)).document.id == row.id
    for find, rows in (
        (ledger.stories, ledger.stories()),
        (ledger.claims, ledger.claims()),
        (ledger.series, ledger.series()),
        (ledger.conflicts, ledger.conflicts()),
    ):
        for row in rows[:20]:
            assert row in find(cited(row))  # type: ignore[operator]
    for statement in ledger.statements():
        assert ledger.subject(cited(statement)).name == cited(statement)
    for figure in ledger.figures():
        subject = ledger.subject(cited(figure))
        assert (subject.name, subject.words) == (cited(figure), figure.text)


def test_members_points_and_sides_have_a_place() -> None:
    ledger = sampled()
    texts = {row.id: ledger.document(row.id).document.text for row in ledger.documents()}

    def holds(name: str, words: str) -> bool:
        document, _, stretch = name.partition("@")
        start, _, end = stretch.partition("-")
        return not stretch or texts[document][int(start) : int(end)].startswith(words[:20].rstrip("… "))

    for claim in ledger.claims():
        assert all(holds(cited(member), member.words) for member in claim.members)
    for one in ledger.series():
        assert all(cited(point) == cited(point.places[0]) for point in one.points)
        assert all(holds(cited(place), place.words) for point in one.points for place in point.places)
    for conflict in ledger.conflicts():
        assert all(holds(cited(side), side.words) for side in (conflict.a, conflict.b))


def test_what_is_called_nothing_has_no_name() -> None:
    with pytest.raises(TypeError, match="a list is called nothing"):
        cited([])


def test_conflicts_are_found_by_words_of_their_sentences_and_names() -> None:
    ledger = sampled()
    whole = ledger.conflicts()
    texts = {row.id: ledger.document(row.id).document.text for row in ledger.documents()}
    for side in (side for row in whole for side in (row.a, row.b)):
        assert side.span.of(texts[side.document]) == side.words
        assert side.context_span.of(texts[side.document]) == side.context
        assert side.context_span.covers(side.span)
    for words in ("dam", "DAM", "soldiers ruvania", "vantor", "no-such-word", "%", "_"):
        held = [
            row
            for row in whole
            if all(
                any(word in text.casefold() for side in (row.a, row.b) for text in (side.context, side.who))
                for word in words.casefold().split()
            )
        ]
        assert ledger.conflicts(about=words) == held
        assert ledger.conflicts(about=words, limit=2) == held[:2]
