"""What cannot be stored, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.ledger.conftest import news

from onrecord import records as r
from onrecord.errors import Malformed
from onrecord.ledger.storable import problem_of, require_storable
from onrecord.reading import Reading
from onrecord.records import Span

NEWS = news()
LENGTH = len(NEWS.document.text)
FAR, NOTHING = Span(0, LENGTH + 1), Span(3, 3)


def altered(kind: str, at: int = 0, **values: Any) -> Reading:
    """The reading with one of its records altered."""
    records = list(getattr(NEWS, kind))
    records[at] = replace(records[at], **values)
    return replace(NEWS, **{kind: tuple(records)})


def with_document(**values: Any) -> Reading:
    return replace(NEWS, document=replace(NEWS.document, **values))


def test_a_whole_reading_has_no_problem() -> None:
    assert problem_of(NEWS) is None
    require_storable(NEWS, "an article")
    assert problem_of(Reading(r.Document("1", ""), "weights")) is None


@pytest.mark.parametrize(
    ("reading", "problem"),
    [
        (with_document(id=""), "the document has no id"),
        (with_document(title="a\0b"), "document.title holds U+0000 at character 1, which no database stores"),
        (with_document(publisher="\ud800"), "document.publisher holds U+D800 at character 0, which no database stores"),
        (
            with_document(dates=(r.DateCandidate("\udfff", "meta"),)),
            "datecandidate.value holds U+DFFF at character 0, which no database stores",
        ),
        (replace(NEWS, model="\0"), "reading.model holds U+0000 at character 0, which no database stores"),
        (
            altered("entities", aliases=("x", "y\0")),
            "entity.aliases holds U+0000 at character 1, which no database stores",
        ),
        # spans
        (
            with_document(blocks=(r.Block(FAR, "paragraph"),)),
            f"block points at characters 0 to {LENGTH + 1} of a text of {LENGTH}",
        ),
        (
            altered("entities", 1, roles=(r.Role("Gen.", None, FAR),)),
            f"role points at characters 0 to {LENGTH + 1} of a text of {LENGTH}",
        ),
        (
            altered("statements", source=(FAR,)),
            f"statement s1 points at characters 0 to {LENGTH + 1} of a text of {LENGTH}",
        ),
        (altered("statements", cue=(NOTHING,)), "statement s1 at character 3 points at nothing"),
        (
            altered("statements", content=(FAR,)),
            f"statement s1 points at characters 0 to {LENGTH + 1} of a text of {LENGTH}",
        ),
        (altered("events", span=NOTHING), "event v1 at character 3 points at nothing"),
        (altered("figures", counted=r.Counted(NOTHING, None)), "counted at character 3 points at nothing"),
        (altered("mentions", span=NOTHING), "mention at character 3 points at nothing"),
        (altered("moments", span=NOTHING), "moment at character 3 points at nothing"),
        (altered("figures", span=NOTHING), "figure at character 3 points at nothing"),
        (altered("rejected", span=FAR), f"rejected points at characters 0 to {LENGTH + 1} of a text of {LENGTH}"),
        # ids
        (altered("entities", 1, id="e1"), "two entities have the same id"),
        (altered("statements", 1, id="s1"), "two statements have the same id"),
        (altered("events", 1, id="v1"), "two events have the same id"),
        (altered("mentions", entity="e9"), "a mention names the entity 'e9', which the reading does not hold"),
        (altered("statements", speaker="e9"), "statement s1 names the entity 'e9', which the reading does not hold"),
        (altered("statements", within="s9"), "statement s1 names the statement 's9', which the reading does not hold"),
        (altered("figures", event="v9"), "a figure names the event 'v9', which the reading does not hold"),
        (altered("figures", or_events=("v1", "v9")), "a figure names the event 'v9', which the reading does not hold"),
        (altered("figures", statement="s9"), "a figure names the statement 's9', which the reading does not hold"),
        (
            altered("figures", counted=r.Counted(Span(0, 1), "x", "e9")),
            "a figure names the entity 'e9', which the reading does not hold",
        ),
        (altered("events", statement="s9"), "event v1 names the statement 's9', which the reading does not hold"),
        (altered("events", actor=("e9",)), "event v1 names the entity 'e9', which the reading does not hold"),
        (altered("events", target=("e9",)), "event v1 names the entity 'e9', which the reading does not hold"),
        (altered("events", place=("e9",)), "event v1 names the entity 'e9', which the reading does not hold"),
        (altered("events", moment=1), "event v1 names moment 1 of 1"),
        (altered("events", moment=-1), "event v1 names moment -1 of 1"),
        # statements in circles
        (altered("statements", within="s1"), "statement s1 is nested in itself"),
        (altered("statements", 2, within="s2"), "statement s2 is nested in itself"),
        # values
        (altered("statements", confidence=1.1), "a statement has a confidence of 1.1"),
        (altered("figures", confidence=-0.1), "a figure has a confidence of -0.1"),
        (altered("events", confidence=float("nan")), "a event has a confidence of nan"),
        (altered("figures", low=float("inf")), "a figure has an end that is not a finite number"),
        (altered("figures", high=float("nan")), "a figure has an end that is not a finite number"),
    ],
)
def test_what_cannot_be_stored_says_why(reading: Reading, problem: str) -> None:
    assert problem_of(reading) == problem
    with pytest.raises(Malformed, match="an article"):
        require_storable(reading, "an article")


@pytest.mark.parametrize(
    ("reading", "stored"),
    [
        (
            with_document(blocks=(r.Block(Span(0, LENGTH), "paragraph"), r.Block(Span(LENGTH, LENGTH), "paragraph"))),
            True,
        ),  # an empty block
        (altered("statements", confidence=1.0), True),
        (altered("statements", confidence=0.0), True),
        (altered("events", moment=0), True),
        (altered("figures", low=None, high=1.7e308), True),
        (altered("statements", within="s2"), True),
        (altered("figures", change=None, tally=None), True),
        (altered("moments", edge=None), True),
    ],
)
def test_what_lies_at_the_edge_is_stored(reading: Reading, stored: bool) -> None:
    assert (problem_of(reading) is None) is stored


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("entities", "type"), ("mentions", "form"), ("statements", "manner"), ("statements", "act"), ("moments", "type"),
        ("moments", "edge"), ("figures", "bound"), ("figures", "change"), ("figures", "tally"), ("events", "status"),
    ],
)  # fmt: skip
def test_a_word_that_is_none_of_its_kind(kind: str, field: str) -> None:
    problem = problem_of(altered(kind, **{field: "sideways"}))
    assert problem is not None
    assert problem.startswith("'sideways' is not one of ")
    optional = field in ("edge", "change", "tally")
    assert (problem_of(altered(kind, **{field: None})) is None) is optional


def test_a_block_of_no_kind() -> None:
    problem = problem_of(with_document(blocks=(r.Block(Span(0, 1), "sideways"),)))  # type: ignore[arg-type]
    assert problem is not None
    assert problem.startswith("'sideways' is not one of ")
    assert "heading" in problem
