"""What a figure counts, what happened to the counted, and of what it is a part: sentence by sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.conftest import any_reading
from tests.ledger.series.telling import told

from onrecord.ledger.series.count import from_json, to_json
from onrecord.ledger.series.counts import counts


def events(markup: str, **facts: object) -> list[tuple[float | None, str | None, str]]:
    return [(c.low, c.event, c.part) for c in counts(told(markup, **facts))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("{Two|people/person} were killed.", [(2, "killed", "whole")]),
        ("{Two} dead, {three} hurt in a crash.", [(2, "killed", "whole"), (3, "injured", "whole")]),
        (
            "The blast left {two|people/person} dead and {four} injured.",
            [(2, "killed", "whole"), (4, "injured", "whole")],
        ),
        ("A wave came, killing {at least 14|people/person}.", [(14, "killed", "whole")]),
        ("The slayings of {three|people/person} shocked the town.", [(3, "killed", "whole")]),
        ("The death toll rose to {41} on Thursday.", [(41, "killed", "whole")]),
        ("The number of missing was unchanged at {36}.", [(36, "missing", "whole")]),
        ("A shot man was killed and {four|others/other} were injured.", [(4, "injured", "whole")]),
        ("{Five|people/person} were shot, {two} fatally.", [(5, "shot", "whole"), (2, "killed", "whole")]),
        ("{Five|people/person} were shot, {two} of whom died.", [(5, "shot", "whole"), (2, "killed", "whole")]),
        ("{Three|men/man}, ages 20, 22 and 30, were wounded.", [(3, "injured", "whole")]),
        ("{Three|children/child} were among the {14} dead.", [(3, "killed", "part"), (14, "killed", "whole")]),
        ("More than {200|residents/resident} could not be reached.", [(200, "missing", "whole")]),
        ("{58|citizens/citizen} are no longer with us.", [(58, "killed", "whole")]),
        ("{Ten|men/man} were killed or wounded.", [(10, "killed", "whole")]),
        ("About {12,000|people/person} have been evacuated.", [(12000, "evacuated", "whole")]),
        ("{3,000|soldiers/soldier} had crossed the border.", [(3000, "sent", "whole")]),
        ("{Two|men/man} were not injured.", []),
    ],
)
def test_what_happened_to_the_counted(markup: str, expected: list[tuple[float, str, str]]) -> None:
    assert [e for e in events(markup) if e[1] is not None] == expected


@pytest.mark.parametrize(
    "markup",
    [
        "Ann Lee, {22}, was killed.",
        "The victims, ages {20} and {22}, were wounded.",
        "Image {3} of {8} shows where he was killed.",
        "He called {911} and was shot.",
        "A father of {two|children/child} was killed.",
        "{Two|men/man} shot a guard.",
    ],
)
def test_numbers_of_nobody_who_suffered(markup: str) -> None:
    suffered = [c for c in counts(told(markup)) if c.event in ("killed", "injured", "shot")]
    assert suffered == []


@pytest.mark.parametrize(
    ("markup", "low"),
    [
        ("A man and {three|women/woman} were shot.", 4),
        ("{Two|boys/boy} and {two|girls/girl} were injured.", 4),
        ("He killed his wife and {two|sons/son} before shooting himself.", 4),
        ("{One|man/man}, {two|women/woman} and a boy were killed.", 4),
    ],
)
def test_a_list_is_counted_as_a_whole(markup: str, low: float) -> None:
    found = counts(told(markup))
    assert low in [c.low for c in found if c.figure is None and c.part == "whole"]
    assert all(c.part == "rest" for c in found if c.figure is not None)


def test_an_apposition_adds_nothing() -> None:
    found = counts(told("{Six|people/person}, {three|men/man} and {three|women/woman}, were wounded."))
    assert max(c.low or 0 for c in found) == 6


def test_a_bare_number_word_that_is_no_figure() -> None:
    assert [(c.low, c.event) for c in counts(told("{Five|people/person} were shot, one fatally."))] == [
        (5, "shot"),
        (1, "killed"),
    ]


@pytest.mark.parametrize(
    ("markup", "scope"),
    [
        ("{Forty|people/person} were killed this year.".replace("Forty", "40"), "statistic"),
        ("{Nine|people/person} were killed in three separate shootings.", "statistic"),
        ("Officials first reported that {two|people/person} were killed.", "earlier"),
        ("{Two|people/person} were killed on Friday.", "event"),
    ],
)
def test_the_scope(markup: str, scope: str) -> None:
    assert [c.scope for c in counts(told(markup)) if c.figure is not None] == [scope]


def test_a_question_holds_nothing() -> None:
    words = "more than 200|people/person"
    reading = told(
        f"The host asked whether {{{words}}} were missing.", said={"more than 200 people were missing": ("Host", "ask")}
    )
    assert [c.scope for c in counts(reading)] == ["earlier"]


def test_three_times_are_kept_apart() -> None:
    reading = told(
        "Officials had put the toll at {41} a day earlier.",
        moments={"a day earlier": ("duration", "P1D")},
    )
    (count,) = counts(reading)
    assert (count.reported, count.as_of, count.event_date) == ("2025-03-14", "2025-03-13", None)
    reading = told("By noon, {60|people/person} were missing.", moments={"noon": ("time", "2025-03-14T12:00")})
    assert [c.as_of for c in counts(reading)] == ["2025-03-14T12:00"]
    reading = told("In 1987 a flood killed {112|people/person}.", moments={"1987": ("date", "1987")})
    assert [c.event_date for c in counts(reading)] == [("1987-01-01", "1987-12-31")]


def test_a_past_told_of_lasts_to_the_end_of_the_paragraph() -> None:
    reading = told(
        "The dam was opened in 1968. {26|workers/worker} died building it.", moments={"1968": ("date", "1968")}
    )
    assert [c.event_date for c in counts(reading)] == [("1968-01-01", "1968-12-31")]


def test_a_number_that_goes_on_from_the_one_before() -> None:
    reading = told("{14|people/person} were killed. In the evening this number grew to {23}.")
    assert [(c.low, c.event) for c in counts(reading)] == [(14, "killed"), (23, "killed")]


def test_bodies_found_are_an_increment() -> None:
    assert [c.tally for c in counts(told("{17|bodies/body} were found overnight."))] == ["increment"]


@given(any_reading())
def test_any_reading_has_counts_whose_words_are_in_it_and_that_survive_json(reading) -> None:  # type: ignore[no-untyped-def]
    for count in counts(reading):
        assert from_json(json.loads(json.dumps(to_json(count)))) == count
        assert all(0 <= s.start <= s.end <= len(reading.document.text) for s in count.spans)


@given(st.text(max_size=60))
def test_any_text_around_a_figure(words: str) -> None:
    clean = words.replace("{", "").replace("}", "").replace("|", "")
    assert len(counts(told(f"{clean} {{14|people/person}} {clean}"))) <= 3


@given(any_reading())
def test_the_keys_of_a_document_are_its_own(reading) -> None:  # type: ignore[no-untyped-def]
    keys = [c.key for c in counts(reading)]
    assert len(keys) == len(set(keys))


def test_a_list_that_a_figure_begins_is_counted_once() -> None:
    found = counts(told("He killed {two|sons/son} and a daughter before shooting himself."))
    assert [c.low for c in found if c.figure is None and c.event == "killed"] == [4]
