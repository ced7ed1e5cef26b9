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
        ("2024-W43", None),
        ("PAST_REF", None),
        ("P3D", PUBLISHED),
    ],
)
def test_only_a_value_that_names_a_day_month_or_year_dates_it(value: str, day: str | None) -> None:
    assert days(FRIDAY, ("Friday", value)) == [day]


def test_this_week_is_the_day_of_the_news() -> None:
    where = find(FRIDAY, "Friday")
    this_week = Moment(FRIDAY.span(where.start, where.stop), "date", "2024-W44", "2024-10-28", "2024-11-04")
    found = utterances(FRIDAY, Quotations(FRIDAY))
    assert said_on(FRIDAY, found, [0], [this_week], PUBLISHED) == [PUBLISHED]


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


@pytest.mark.parametrize(
    "sentence",
    [
        "Orlan/PROPN/NNP/2/nsubj tweeted>tweet/VERB/VBD/0/root they/PRON/PRP/4/nsubj left/VERB/VBD/2/ccomp",
        "Herald/PROPN/NNP/2/nsubj wrote>write/VERB/VBD/0/root they/PRON/PRP/4/nsubj left/VERB/VBD/2/ccomp",
        "Agency/NOUN/NN/2/nsubj recommends>recommend/VERB/VBZ/0/root they/PRON/PRP/4/nsubj leave/VERB/VB/2/ccomp",
        """a/DET/DT/3/det recent/ADJ/JJ/3/amod poll/NOUN/NN/4/nsubj found>find/VERB/VBD/0/root they/PRON/PRP/6/nsubj
        left/VERB/VBD/4/ccomp""",
    ],
    ids=["a tweet", "a newspaper", "a standing recommendation", "a recent poll"],
)
def test_what_has_a_day_of_its_own_or_none_is_not_of_the_news(sentence: str) -> None:
    text = build(sentence)
    words = [t.text for t in text.tokens]
    at = next(i for i, t in enumerate(text.tokens) if t.relation == "root")
    text = with_attributions(text, said(words[at], source=" ".join(words[:at]), content=[" ".join(words[at + 1 :])]))
    assert days(text) == [None]


def test_a_newspaper_that_describes_now_does() -> None:
    text = build("Herald/PROPN/NNP/2/nsubj describes>describe/VERB/VBZ/0/root it/PRON/PRP/2/obj well/ADV/RB/2/advmod")
    assert days(with_attributions(text, said("describes", source="Herald", content=["it well"]))) == [PUBLISHED]


def test_a_passive_without_its_speaker_has_no_occasion() -> None:
    text = build(
        """He/PRON/PRP/3/nsubj:pass is/AUX/VBZ/3/aux:pass accused>accuse/VERB/VBN/0/root of/SCONJ/IN/5/mark
        lying/VERB/VBG/3/advcl"""
    )
    assert days(with_attributions(text, said("accused", content=["of lying"]))) == [None]


def test_a_date_of_long_ago_is_not_carried_on() -> None:
    assert days(report(1), ("Friday", "2024-05-03")) == ["2024-05-03", PUBLISHED]


def test_a_date_is_not_carried_to_the_present_tense() -> None:
    says = "Orlan/PROPN/NNP/2/nsubj says>say/VERB/VBZ/0/root they/PRON/PRP/4/nsubj won/VERB/VBD/2/ccomp"
    text = with_attributions(
        build(ON_FRIDAY, says),
        said("said", source="Orlan", content=["they left on Monday"]),
        said("says", source="Orlan#2", content=["they won"]),
    )
    assert days(text, *MOMENTS) == ["2024-10-25", PUBLISHED]


def test_what_is_told_inside_of_a_statement_has_its_day() -> None:
    text = build(
        """Orlan/PROPN/NNP/3/nsubj had/AUX/VBD/3/aux said/VERB/VBN/0/root Hemmer/PROPN/NNP/5/nsubj
        claimed/VERB/VBD/3/ccomp they/PRON/PRP/7/nsubj left/VERB/VBD/5/ccomp"""
    )
    text = with_attributions(
        text,
        said("said", source="Orlan", content=["Hemmer claimed they left"]),
        said("claimed", source="Hemmer", content=["they left"]),
    )
    found = utterances(text, Quotations(text))
    assert said_on(text, found, [0, 1], [], PUBLISHED, [None, 0]) == [None, None]
    assert said_on(text, found, [0, 1], [], PUBLISHED, [None, None]) == [None, PUBLISHED]


RELEASED = """A/DET/DT/2/det report/NOUN/NN/6/nsubj {verb}/VERB/VBN/2/acl on/ADP/IN/5/case Friday/PROPN/NNP/3/obl
    said/VERB/VBD/0/root they/PRON/PRP/8/nsubj left/VERB/VBD/6/ccomp"""


@pytest.mark.parametrize(("verb", "day"), [("released>release", "2024-10-25"), ("burnt>burn", PUBLISHED)])
def test_a_document_speaks_on_the_day_that_it_came_out(verb: str, day: str) -> None:
    text = build(RELEASED.format(verb=verb))
    source = f"A report {verb.partition('>')[0]} on Friday"
    text = with_attributions(text, said("said", source=source, content=["they left"]))
    assert days(text, ("Friday", "2024-10-25")) == [day]


AFTER = """After/ADP/IN/4/case Friday/PROPN/NNP/4/nmod:poss 's/PART/POS/2/case {noun}/NOUN/NN/6/obl Orlan/PROPN/NNP/6/nsubj
    said/VERB/VBD/0/root they/PRON/PRP/8/nsubj left/VERB/VBD/6/ccomp"""


@pytest.mark.parametrize(("noun", "day"), [("briefing", "2024-10-25"), ("attack", PUBLISHED)])
def test_a_date_that_names_a_thing_is_not_the_days_unless_it_was_said_there(noun: str, day: str) -> None:
    text = with_attributions(build(AFTER.format(noun=noun)), said("said", source="Orlan", content=["they left"]))
    assert days(text, ("Friday", "2024-10-25")) == [day]


HAS_SAID = "Orlan/PROPN/NNP/3/nsubj has/AUX/VBZ/3/aux said/VERB/VBN/0/root they/PRON/PRP/5/nsubj left/VERB/VBD/3/ccomp"


def test_what_somebody_has_said_is_of_now_and_not_of_the_day_before() -> None:
    dated = said("said", source="Orlan", content=["they left on Monday"])
    text = with_attributions(
        build(ON_FRIDAY, HAS_SAID), dated, said("said#2", source="Orlan#2", content=["they left#2"])
    )
    assert days(text, *MOMENTS) == ["2024-10-25", PUBLISHED]


def test_a_past_date_before_a_present_cue_is_of_what_is_said() -> None:
    text = build(ON_FRIDAY.replace("said/VERB/VBD", "says/VERB/VBZ"))
    text = with_attributions(text, said("says", source="Orlan", content=["they left on Monday"]))
    assert days(text, *MOMENTS) == [PUBLISHED]


def test_a_month_does_not_carry_on() -> None:
    assert days(report(1), ("Friday", "2024-09"), MOMENTS[1]) == ["2024-09", PUBLISHED]


IN_DAYS = """In/ADP/IN/4/case the/DET/DT/4/det {which}/ADJ/JJ/4/amod days/NOUN/NNS/6/obl Orlan/PROPN/NNP/6/nsubj
    said/VERB/VBD/0/root they/PRON/PRP/8/nsubj left/VERB/VBD/6/ccomp"""


@pytest.mark.parametrize(("which", "day"), [("past", None), ("coming", PUBLISHED)])
def test_in_the_past_days_is_no_day(which: str, day: str | None) -> None:
    text = build(IN_DAYS.format(which=which))
    text = with_attributions(text, said("said", source="Orlan", content=["they left"]))
    spell = moment(text, f"the {which} days", "PXD", "duration")
    assert said_on(text, utterances(text, Quotations(text)), [0], [spell], PUBLISHED) == [day]


YESTERDAY = "Yesterday/NOUN/NN/3/obl Norda/PROPN/NNP/3/nsubj won/VERB/VBD/0/root ./PUNCT/./3/punct"
AFTER_IT = """After/ADP/IN/3/case the/DET/DT/3/det {noun}/NOUN/NN/5/obl Orlan/PROPN/NNP/5/nsubj said/VERB/VBD/0/root
    they/PRON/PRP/7/nsubj left/VERB/VBD/5/ccomp ./PUNCT/./5/punct"""


@pytest.mark.parametrize(("noun", "day"), [("match", "2024-10-27"), ("lunch", PUBLISHED)])
def test_what_is_said_after_a_match_is_said_on_its_day(noun: str, day: str) -> None:
    text = build(YESTERDAY, AFTER_IT.format(noun=noun), SAYS)
    first = said("said", source="Orlan", content=["they left"])
    text = with_attributions(text, first, said("said#2", source="Orlan#2", content=["they won"]))
    assert days(text, ("Yesterday", "2024-10-27"), speakers=[0, 1]) == [day, day]


def test_criticism_drawn_is_of_no_day() -> None:
    text = build(
        """the/DET/DT/2/det plan/NOUN/NN/3/nsubj drew>draw/VERB/VBD/0/root criticism/NOUN/NN/3/obj for/ADP/IN/6/case
        cost/NOUN/NN/4/nmod"""
    )
    text = with_attributions(text, said("drew criticism", source="the plan", content=["for cost"]))
    assert days(text) == [None]
