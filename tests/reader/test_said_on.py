"""The day of an utterance: the date at its cue, the date carried on, the day of the news, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.reader.building import build, find, said, with_attributions

from onrecord.reader.annotated import Annotated
from onrecord.reader.statements.quotation import Quotations
from onrecord.reader.statements.said_on import REACH, said_on
from onrecord.reader.statements.utterances import utterances
from onrecord.records import Moment, MomentType

PUBLISHED = "2024-10-28"


def moment(annotated: Annotated, phrase: str, value: str, kind: MomentType = "date") -> Moment:
    where = find(annotated, phrase)
    return Moment(annotated.span(where.start, where.stop), kind, value)


def days(
    annotated: Annotated,
    *moments: tuple[str, str],
    published: str | None = PUBLISHED,
    speakers: Sequence[int | None] | None = None,
) -> list[str | None]:
    """The day of each utterance, given moments as phrase and value."""
    found = utterances(annotated, Quotations(annotated))
    held = [moment(annotated, phrase, value) for phrase, value in moments]
    return said_on(annotated, found, speakers or [0] * len(found), held, published)


ON_FRIDAY = """On/ADP/IN/2/case Friday/PROPN/NNP/4/obl Orlan/PROPN/NNP/4/nsubj said/VERB/VBD/0/root they/PRON/PRP/6/nsubj
    left/VERB/VBD/4/ccomp on/ADP/IN/8/case Monday/PROPN/NNP/6/obl ./PUNCT/./4/punct"""
FRIDAY = with_attributions(build(ON_FRIDAY), said("said", source="Orlan", content=["they left on Monday"]))
MOMENTS = (("Friday", "2024-10-25"), ("Monday", "2024-10-21"))


def test_a_date_at_the_cue_is_the_day_it_was_said() -> None:
    assert days(FRIDAY, *MOMENTS) == ["2024-10-25"]
    assert days(FRIDAY, *MOMENTS, published=None) == ["2024-10-25"]


def test_a_date_in_the_content_is_not() -> None:
    assert days(FRIDAY, MOMENTS[1]) == [PUBLISHED]


def test_without_a_publication_date_and_a_date_it_is_not_known() -> None:
    assert days(FRIDAY, published=None) == [None]


def test_the_day_of_publication_without_its_hour() -> None:
    assert days(FRIDAY, published="2024-10-28T09:30:00+02:00") == ["2024-10-28"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-10-25T09:00", "2024-10-25"),
        ("2024-10", "2024-10"),
        ("PRESENT_REF", PUBLISHED),
        ("2024-W43", PUBLISHED),
        ("PAST_REF", PUBLISHED),
        ("P3D", PUBLISHED),
    ],
)
def test_only_a_value_that_names_a_day_month_or_year_dates_it(value: str, day: str) -> None:
    assert days(FRIDAY, ("Friday", value)) == [day]


def test_a_day_without_its_year_stays_so() -> None:
    assert days(FRIDAY, ("Friday", "XXXX-10-25"), published=None) == ["XXXX-10-25"]


def test_nothing_was_said_after_it_was_reported() -> None:
    assert days(FRIDAY, ("Friday", "2024-11-01")) == [PUBLISHED]
    assert days(FRIDAY, ("Friday", PUBLISHED)) == [PUBLISHED]


def test_a_duration_is_no_date() -> None:
    text = FRIDAY
    found = utterances(text, Quotations(text))
    assert said_on(text, found, [0], [moment(text, "Friday", "2024-10-25", "duration")], PUBLISHED) == [PUBLISHED]


HAD_SAID = (
    """Orlan/PROPN/NNP/3/nsubj had/AUX/VBD/3/aux said/VERB/VBN/0/root they/PRON/PRP/5/nsubj left/VERB/VBD/3/ccomp"""
)
EARLIER = """Orlan/PROPN/NNP/3/nsubj previously/ADV/RB/3/advmod said/VERB/VBD/0/root they/PRON/PRP/5/nsubj
    left/VERB/VBD/3/ccomp"""
THEY_HAD = """Orlan/PROPN/NNP/2/nsubj said/VERB/VBD/0/root they/PRON/PRP/5/nsubj had/AUX/VBD/5/aux left/VERB/VBN/2/ccomp
    previously/ADV/RB/5/advmod"""


@pytest.mark.parametrize("sentence", [HAD_SAID, EARLIER])
def test_a_telling_that_looks_back_is_not_of_the_day(sentence: str) -> None:
    text = with_attributions(build(sentence), said("said", source="Orlan", content=["they left"]))
    assert days(text) == [None]


def test_the_cue_may_hold_the_auxiliary() -> None:
    text = with_attributions(build(HAD_SAID), said("had said", source="Orlan", content=["they left"]))
    assert days(text) == [None]


def test_a_content_that_looks_back_is_told_today() -> None:
    text = with_attributions(build(THEY_HAD), said("said", source="Orlan", content=["they had left previously"]))
    assert days(text) == [PUBLISHED]


SAYS = "Orlan/PROPN/NNP/2/nsubj said/VERB/VBD/0/root they/PRON/PRP/4/nsubj won/VERB/VBD/2/ccomp ./PUNCT/./2/punct"


def report(later: int) -> Annotated:
    """A dated utterance and `later` undated ones after it."""
    text = build(ON_FRIDAY, *[SAYS] * later)
    more = [said(f"said#{n + 2}", source=f"Orlan#{n + 2}", content=[f"they won#{n + 1}"]) for n in range(later)]
    return with_attributions(text, said("said", source="Orlan", content=["they left on Monday"]), *more)


def test_a_date_carries_on_while_the_same_speaker_speaks() -> None:
    assert days(report(2), *MOMENTS) == ["2024-10-25"] * 3


def test_it_does_not_carry_to_another_speaker() -> None:
    assert days(report(2), *MOMENTS, speakers=[0, 1, 0]) == ["2024-10-25", PUBLISHED, "2024-10-25"]
    assert days(report(1), *MOMENTS, speakers=[None, None]) == ["2024-10-25", PUBLISHED]


def test_it_does_not_carry_over_too_many_others() -> None:
    others: list[int | None] = [1] * REACH
    assert days(report(REACH + 1), *MOMENTS, speakers=[0, *others, 0])[-1] == PUBLISHED


def test_the_day_of_the_news_is_not_carried_on() -> None:
    text = build(SAYS, HAD_SAID)
    text = with_attributions(
        text,
        said("said", source="Orlan", content=["they won"]),
        said("said#2", source="Orlan#2", content=["they left"]),
    )
    assert days(text) == [PUBLISHED, None]


def test_a_quotation_that_goes_on_was_said_on_the_same_day() -> None:
    text = build(
        """On/ADP/IN/2/case Friday/PROPN/NNP/4/obl Orlan/PROPN/NNP/4/nsubj said/VERB/VBD/0/root :/PUNCT/:/4/punct
        “/PUNCT/``/8/punct We/PRON/PRP/8/nsubj left/VERB/VBD/4/ccomp ./PUNCT/./8/punct ”/PUNCT/''/8/punct""",
        "“ We/PRON/PRP are/AUX/VBP all/DET/DT quite/ADV/RB safe/ADJ/JJ . ”",
    )
    text = with_attributions(text, said("said", source="Orlan", content=["“ We left . ”"]))
    assert days(text, ("Friday", "2024-10-25"), speakers=[0, 0]) == ["2024-10-25", "2024-10-25"]


def test_a_date_of_another_sentence_is_not_its_own() -> None:
    text = build(
        "It/PRON/PRP/2/nsubj rained/VERB/VBD/0/root on/ADP/IN/4/case Friday/PROPN/NNP/2/obl ./PUNCT/./2/punct", SAYS
    )
    text = with_attributions(text, said("said", source="Orlan", content=["they won"]))
    assert days(text, ("Friday", "2024-10-25")) == [PUBLISHED]
