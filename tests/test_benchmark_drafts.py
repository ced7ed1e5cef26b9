"""The drafts of the check benchmark: altered in one way, where they say, and scored as they say."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from benchmarks.altering import PLAN, Draft, drafts
from benchmarks.check import chosen, scored
from benchmarks.sources import Line, Said, Story, story_of, wrong_number

from onrecord.reading import Reading
from onrecord.records import Block, Counted, Document, Entity, Event, Figure, Moment, Span, Statement

QUOTES = (
    Said("Martha Quill", "I heard the shots and I was running inside before anybody knew"),
    Said("Dan Overby", "The officers were brave and they did exactly what they had trained for"),
    Said("Dan Overby", "This street has never been quiet on a weekend in summer"),
    Said("Ivy Lund-Marsh", "Nobody should have to wait for an ambulance for that long"),
)
LINES = ("Five people were taken to the hospital after the shooting.", "Police found 14 casings in the parking lot.")
STORY = Story(
    quotes=QUOTES,
    statements=(
        Said("Martha Quill", "the bar had asked for more patrols during the last year"),
        Said("Dan Overby", "The two men were released after they had been questioned"),
    ),
    figures=(Line(LINES[0], Span(0, 4), "5", "2016-05-08"), Line(LINES[1], Span(13, 15), "14", "2016-05-08")),
    dated=(
        Line("The suspect was arrested on Saturday near the bridge.", Span(28, 36), "2016-05-07", "2016-05-08"),
        Line("Officers searched his house on May 6 without a result.", Span(31, 36), "2016-05-06", "2016-05-08"),
    ),
    speakers=("Dan Overby", "Ivy Lund-Marsh", "Martha Quill"),
    numbers=frozenset({5.0, 14.0}),
    dates=frozenset({"2016-05-07", "2016-05-06"}),
    last="2016-05-08",
)
STORIES = {"bar": STORY, "samples": STORY}
SMALL = dict.fromkeys(PLAN, 4)


def altered(draft: Draft) -> list[str]:
    return [item.alteration for item in draft.items if item.alteration]


def restored(draft: Draft) -> str:
    """The draft with every alteration taken back."""
    text = draft.text
    for item in reversed(draft.items):
        text = text[: item.span.start] + item.was + text[item.span.end :]
    return text


@pytest.fixture(scope="module")
def written() -> list[Draft]:
    return drafts(STORIES, seed=2, plan=SMALL)


def test_drafts_are_the_same_for_a_seed_and_follow_the_plan(written: list[Draft]) -> None:
    assert written == drafts(STORIES, seed=2, plan=SMALL)
    assert written != drafts(STORIES, seed=3, plan=SMALL)
    kinds = [kind for draft in written for kind in altered(draft) or ["untouched"]]
    assert len(kinds) == len(written)  # never more than one in a draft
    assert {kind: kinds.count(kind) for kind in SMALL} == SMALL
    assert sum(PLAN.values()) == 100


def test_every_span_is_true_and_only_the_altered_one_changed(written: list[Draft]) -> None:
    for draft in written:
        for item in draft.items:
            assert item.span.of(draft.text) == item.words
            assert item.sentence.covers(item.span)
            assert (item.words != item.was) == (item.alteration is not None)
        if not altered(draft):
            assert restored(draft) == draft.text
        else:
            assert restored(draft) != draft.text


def test_what_is_untouched_is_as_the_record_has_it(written: list[Draft]) -> None:
    record = {q.words for q in QUOTES}
    for draft in written:
        for item in draft.items:
            sentence = item.sentence.of(draft.text)
            if item.what == "quote" and not item.alteration:
                (said,) = [q for q in QUOTES if q.words == item.words]
                assert said.speaker in sentence
                assert item.kind == "verbatim"
        restored_quotes = re.findall("“([^”]+?)[,.]?”", restored(draft))
        assert set(restored_quotes) <= record


def only(written: list[Draft], alteration: str) -> list[tuple[Draft, str, str]]:
    return [(d, i.words, i.was) for d in written for i in d.items if i.alteration == alteration]


def test_a_quote_is_altered_by_one_word(written: list[Draft]) -> None:
    for _, words, was in only(written, "word changed"):
        new, old = words.split(), was.split()
        assert sum(a != b for a, b in zip(new, old, strict=True)) == 1
    for _, words, was in only(written, "word dropped"):
        assert len(words.split()) == len(was.split()) - 1
    for _, words, was in only(written, "negated"):
        assert {*words.split()} ^ {*was.split()} & {"not", "never"}


def test_another_speaker_is_another_person(written: list[Draft]) -> None:
    for kind in ("quote of another", "statement of another"):
        for _, words, was in only(written, kind):
            assert {words, was} <= set(STORY.speakers)
            assert words.split()[-1] != was.split()[-1]


def test_wrong_figures_and_dates_stand_nowhere_in_the_story(written: list[Draft]) -> None:
    for _, words, _ in only(written, "wrong figure"):
        assert words.lower() not in ("five", "5", "14", "fourteen")
    for draft, words, was in only(written, "wrong date"):
        assert words not in ("Saturday", "Friday", "May 6", "May 7")
        assert words.split()[0] == was.split()[0] or was == "Saturday"
        assert draft.published == "2016-05-08"


def test_a_number_is_written_as_it_was() -> None:
    for seed in range(20):
        assert wrong_number(STORY.figures[0], STORY, random.Random(seed)).istitle()
        assert wrong_number(STORY.figures[1], STORY, random.Random(seed)).isdigit()


@dataclass(frozen=True)
class Fake:
    kind: str
    span: Span


def perfect(draft: Draft) -> Sequence[Fake]:
    return [Fake(i.kind, i.span) for i in draft.items if i.kind]


def test_a_check_that_finds_all_is_scored_so(written: list[Draft]) -> None:
    figures = scored(written, perfect)
    assert (figures["flagged"], figures["verbatim"], figures["errors"]) == (1, 1, [])
    assert figures["untouched"]["quote"]["share"] == 0
    assert {k: v["of"] for k, v in figures["flagged_by_alteration"].items()} == {
        k: 4 for k in SMALL if k != "untouched"
    }


def test_a_wrong_kind_is_a_miss_and_a_finding_on_what_is_untouched_an_error(written: list[Draft]) -> None:
    figures = scored(written, lambda d: [Fake("altered", Span(0, len(d.text)))])
    assert figures["flagged"] == pytest.approx(12 / 36, abs=1e-4)
    assert figures["untouched"]["quote"]["share"] == 1
    assert figures["verbatim"] == 0
    assert len(figures["errors"]) == sum(len(d.items) for d in written) - 12


def test_nothing_found_flags_nothing(written: list[Draft]) -> None:
    figures = scored(written, lambda _: [])
    assert (figures["flagged"], figures["superseded"]) == (0, 0)
    assert figures["untouched"]["quote"]["share"] == 0


def test_a_true_figure_that_a_later_one_replaced_counts_apart(written: list[Draft]) -> None:
    figures = scored(written, lambda d: [Fake("outdated", i.span) for i in d.items if i.what == "figure"])
    assert figures["superseded"] > 0
    assert figures["untouched"]["figure"]["share"] == 0


ARTICLE = (
    "Five people were shot outside the Blue Lantern on Saturday night.\n"
    "“I heard the shots and then I ran inside,” said Martha Quill. Dan Overby said the two men were released after that.\n"
    "The bar was closed on Saturday."
)


def at(words: str, start: int = 0) -> Span:
    begin = ARTICLE.index(words, start)
    return Span(begin, begin + len(words))


def reading() -> Reading:
    blocks, start = [], 0
    for line in ARTICLE.split("\n"):
        blocks.append(Block(Span(start, start + len(line)), "paragraph"))
        start += len(line) + 1
    quote = at("I heard the shots and then I ran inside")
    told = at("the two men were released after that")
    late = at("Saturday", ARTICLE.index("closed"))
    return Reading(
        Document(id="a" * 64, text=ARTICLE, published="2016-05-08T10:00:00Z", blocks=tuple(blocks)),
        "none",
        entities=(Entity("e1", "person", "Martha Quill"), Entity("e2", "person", "Dan Overby")),
        statements=(
            Statement(
                "s1", (at("Martha Quill"),), "e1", (at("said"),), (quote,), "direct", "say", False, None, None, 1.0
            ),
            Statement(
                "s2", (at("Dan Overby"),), "e2", (at("said"),), (told,), "indirect", "say", False, None, None, 1.0
            ),
        ),
        moments=(
            Moment(at("Saturday night"), "time", "2016-05-07TNI"),
            Moment(late, "date", "2016-05-07", "2016-05-07", "2016-05-08"),
        ),
        figures=(Figure(at("Five"), 5, 5, "exactly", None, Counted(at("people"), "people"), "v1", None, 1.0),),
        events=(
            Event("v1", at("shot"), "shoot", None, (), (), (), 0, "happened", None, 1.0),
            Event("v2", at("closed"), "close", None, (), (), (), 1, "happened", None, 1.0),
        ),
    )


def test_what_a_story_takes_from_its_readings() -> None:
    story = story_of([reading()])
    assert story.quotes == (Said("Martha Quill", "I heard the shots and then I ran inside"),)
    assert story.statements == ()  # seven words: too short to know again
    assert [line.span.of(line.text) for line in story.figures] == ["Five"]
    assert story.dated == ()  # a sentence of six words
    assert story.last == "2016-05-08"
    assert story.numbers == {5.0}


def test_the_incidents_with_several_dated_articles_are_chosen_until_there_are_enough() -> None:
    def article(number: int, day: str | None) -> dict[str, object]:
        return {"url": "https://a.example/1", "title": None, "published": day, "text": f"Text {number} {day}."}

    def row(number: int, *days: str | None) -> dict[str, object]:
        return {"incident": str(number), "articles": [article(number, day) for day in days]}

    rows = [
        row(1, "2016-05-07"),
        row(2, "2016-05-07", "2016-05-08"),
        row(3, None, "2016-05-08"),
        row(4, *["2016-01-01"] * 3),
    ]
    assert set(chosen(rows, seed=1)) == {"2", "4"}
    assert sum(len(group) for group in chosen(rows, seed=1, articles=2).values()) in (2, 3)
    assert chosen(rows, seed=1) == chosen(list(reversed(rows)), seed=1)
