"""What the words of a proposition hold: telling words, names, events and figures, and whether they are negated."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from onrecord import records as r
from onrecord.ledger.claims.contents import Contents
from onrecord.ledger.claims.lexicon import concept
from onrecord.reading import Reading
from onrecord.records import Span


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def holding(  # noqa: PLR0913
    text: str,
    *,
    names: Sequence[tuple[str, r.EntityType, r.MentionForm]] = (),
    events: Sequence[tuple[str, str, r.Status]] = (),
    figures: Sequence[str] = (),
    counted: Sequence[tuple[str, str]] = (),
    moments: Sequence[str] = (),
    roles: dict[str, tuple[str, ...]] | None = None,
) -> Contents:
    """`counted` are figures with the noun that each counts; `roles` give the entity of this name those it is of."""
    entities = tuple(
        r.Entity(f"e{n}", kind, name, (), tuple(r.Role("head", of, Span(0, 1)) for of in (roles or {}).get(name, ())))
        for n, (name, kind, _) in enumerate(names)
    )
    mentions = tuple(
        r.Mention(at(text, name), f"e{n}", form) for n, (name, _, form) in enumerate(names) if name in text
    )
    made = [(number, None) for number in figures] + [(number, noun) for number, noun in counted]
    numbers = tuple(
        r.Figure(
            at(text, number),
            1.0,
            1.0,
            "exactly",
            None,
            r.Counted(at(text, noun), noun) if noun else None,
            None,
            None,
            0.6,
        )
        for number, noun in made
    )
    happened = tuple(
        r.Event(f"v{n}", at(text, word), lemma, None, (), (), (), None, status, None, 0.9)
        for n, (word, lemma, status) in enumerate(events)
    )
    times = tuple(r.Moment(at(text, words), "date", "2025-03-14") for words in moments)
    document = r.Document("0" * 64, text, blocks=(r.Block(Span(0, len(text)), "paragraph"),))
    return Contents(Reading(document, "by hand", entities, mentions, (), times, numbers, happened))


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


def told(contents: Contents, text: str) -> list[str]:
    return [term.span.of(text) for term in contents.terms(whole(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The dam at the lake burst", ["dam", "lake", "burst"]),
        ("It was not a X at all", []),  # words that say nothing, and single letters
        ("It hasn't burst", ["burst"]),
        ("It could not be reached in town", ["could not be reached", "town"]),  # a phrase is one
        ("The death toll rose", ["death toll", "rose"]),
    ],
)
def test_telling_words(text: str, words: list[str]) -> None:
    assert told(holding(text), text) == words


def test_names_figures_and_times_are_no_telling_words() -> None:
    text = "Drusa lost 14 boats yesterday noon, the flooded town too"
    contents = holding(
        text,
        names=[("Drusa", "place", "name"), ("the flooded town", "place", "nominal")],
        figures=["14"],
        moments=["yesterday noon"],
    )
    assert told(contents, text) == ["lost", "boats", "flooded", "town"]
    unknown = holding(text, names=[("boats", "facility", "name")])  # what is described is no name
    assert "boats" in told(unknown, text)
    assert "Drusa" in told(holding(text), text)


@pytest.mark.parametrize(
    ("text", "events", "by_status", "negative"),
    [
        ("the dam has not burst", [("burst", "burst", "happened")], False, True),
        ("the dam hasn't burst", [("burst", "burst", "happened")], False, True),
        ("the dam has burst", [("burst", "burst", "happened")], False, False),
        ("not that it has not burst", [("burst", "burst", "happened")], False, False),  # two of them
        ("no fewer than two burst", [("burst", "burst", "happened")], False, False),
        ("not only the dam burst", [("burst", "burst", "happened")], False, False),
        ("it burst, not", [("burst", "burst", "happened")], False, True),
        # by the status of the only verb
        ("failed to send it", [("send", "send", "denied")], True, True),
        ("failed to send it", [("send", "send", "denied")], False, False),
        ("failed to send it", [("send", "send", "planned")], True, False),
        ("failed to send it and to move it", [("send", "send", "denied"), ("move", "move", "denied")], True, False),
        ("they could not be reached", [("reached", "reach", "denied")], True, False),  # a word of its own for missing
    ],
)
def test_negations(text: str, events: list[tuple[str, str, r.Status]], by_status: bool, negative: bool) -> None:
    assert holding(text, events=events).is_negative(whole(text), by_status=by_status) is negative


def test_of_several_sentences_the_first_that_tells_something_speaks() -> None:
    text = "He is not so. She sent it. They never came."
    contents = holding(text, events=[("sent", "send", "happened"), ("came", "come", "happened")])
    spans = [at(text, words) for words in ("He is not so.", "She sent it.", "They never came.")]
    assert not contents.is_negative(spans, by_status=False)
    assert contents.is_negative(spans[::-1], by_status=False)
    assert holding(text).is_negative(spans[:1], by_status=False)


@pytest.mark.parametrize(
    ("text", "spans", "found"),
    [
        ("about 30 boats", ["30 boats"], ["30"]),
        ("about 30 boats", ["0 boats"], ["30"]),  # a reading may have its first word in the cue before
        ("about 30 boats", ["boats"], []),
        ("about 30 boats", ["about 3"], []),
        ("about 30 boats", ["about 30"], ["30"]),
    ],
)
def test_figures_that_end_within(text: str, spans: list[str], found: list[str]) -> None:
    contents = holding(text, figures=["30"])
    assert [f.span.of(text) for f in contents.figures_in([at(text, words) for words in spans])] == found


@pytest.mark.parametrize(("begins", "found"), [(1, 1), (0, 0)])
def test_a_figure_that_begins_more_than_ten_characters_before_is_none_of_these(begins: int, found: int) -> None:
    text = "x 3 " + "0" * 8 + " boats"
    figure = r.Figure(Span(begins, 12), 1.0, 1.0, "exactly", None, None, None, None, 0.6)
    contents = Contents(Reading(r.Document("0" * 64, text), "by hand", figures=(figure,)))
    assert len(contents.figures_in([Span(11, len(text))])) == found
    assert contents.figures_in([Span(12, len(text))]) == []  # nor one that ends before


def test_a_number_of_days_that_tells_a_time_is_no_figure() -> None:
    text = "two years ago 14 boats sank"
    contents = holding(text, figures=["two", "14"], moments=["two years ago"])
    assert [f.span.of(text) for f in contents.figures_in(whole(text))] == ["14"]
    assert contents.fields(whole(text))["quantities"][0].key == "f1"


@pytest.mark.parametrize(
    ("text", "events", "figures", "anchor"),
    [
        (
            "the flood was moved",
            [("flood", "flood", "happened"), ("moved", "move", "happened")],
            [],
            "v1",
        ),  # a verb first
        ("the flood of 14", [("flood", "flood", "happened")], ["14"], "f0"),
        ("the flood", [("flood", "flood", "happened")], [], "v0"),
        (
            "it has begun and moved",
            [("begun", "begin", "happened"), ("moved", "move", "happened")],
            [],
            "v1",
        ),  # no light one
        ("it has begun with 14", [("begun", "begin", "happened")], ["14"], "f0"),
        ("it", [], [], None),
    ],
)
def test_the_record_that_stands_for_words(
    text: str, events: list[tuple[str, str, r.Status]], figures: list[str], anchor: str | None
) -> None:
    assert holding(text, events=events, figures=figures).anchor(whole(text)) == anchor


def test_words_are_as_sure_as_the_surest_record_in_them() -> None:
    text = "14 were moved"
    assert holding(text).confidence(whole(text)) == 0.5
    assert holding(text, figures=["14"]).confidence(whole(text)) == 0.6
    assert holding(text, figures=["14"], events=[("moved", "move", "happened")]).confidence(whole(text)) == 0.9


@pytest.mark.parametrize(
    ("text", "events", "main"),
    [
        ("they moved it and burst", [("moved", "move", "happened"), ("burst", "burst", "happened")], "moved"),
        ("the ministry that ran the dam knew it", [("ran", "run", "happened"), ("knew", "know", "happened")], "knew"),
        ("the ministry that ran the dam", [("ran", "run", "happened")], "ran"),
        ("it rose and moved", [("rose", "rise", "happened"), ("moved", "move", "happened")], "moved"),
        ("a flood of the town", [("flood", "flood", "happened")], "flood"),
        ("it rose", [("rose", "rise", "happened")], None),
        ("it", [], None),
    ],
)
def test_what_is_said_to_happen(text: str, events: list[tuple[str, str, r.Status]], main: str | None) -> None:
    found = holding(text, events=events).fields(whole(text))["main"]
    assert found == (concept([main])[0] if main is not None else None)


def test_what_is_counted_is_not_what_happened() -> None:
    text = "14 deaths in the flood"
    events: list[tuple[str, str, r.Status]] = [("deaths", "death", "happened"), ("flood", "flood", "happened")]
    assert holding(text, events=events, counted=[("14", "deaths")]).fields(whole(text))["main"] == concept(["flood"])[0]
    assert holding(text, events=events).fields(whole(text))["main"] == concept(["deaths"])[0]


def test_who_speaks_of_oneself_is_named() -> None:
    text = "I knew that we moved my boat"
    names: list[tuple[str, r.EntityType, r.MentionForm]] = [
        ("Edrin Sauk", "person", "name"),
        ("Emergency Service", "organisation", "name"),
        ("the town", "place", "name"),
    ]
    contents = holding(text, names=names, roles={"Edrin Sauk": ("e1", "e1", "the valley")})
    named = contents.fields(whole(text), speaker="e0")["named"]
    assert [(n.entity, n.by_name, n.known, n.span.of(text)) for n in named] == [
        ("e0", True, True, "I"),
        ("e0", False, True, "we"),
        ("e1", False, True, "we"),
        ("e0", True, True, "my"),
    ]
    assert contents.fields(whole(text))["named"] == ()
    assert contents.fields(whole(text), speaker="e9")["named"][0].known is False
    unnamed = holding(text, names=[("the town", "place", "name")])
    assert [n.known for n in unnamed.fields(whole(text), speaker="e0")["named"]] == [False, False, False]


def test_a_first_person_whom_the_reading_knows_is_whom_it_knows() -> None:
    text = "I knew"
    contents = holding(text, names=[("I", "person", "pronoun")])
    assert [n.entity for n in contents.fields(whole(text), speaker="e5")["named"]] == ["e0"]


@pytest.mark.parametrize(
    ("name", "kind", "known"),
    [
        ("Drusa", "place", True),
        ("drusa", "place", False),
        ("the Drusa dam", "facility", True),
        ("The dam", "facility", False),  # a capital that only begins it
        ("Velna", "organisation", True),
        ("Friday", "event", True),
    ],
)
def test_whether_something_is_called_by_a_name(name: str, kind: r.EntityType, known: bool) -> None:
    contents = holding(f"so {name} is", names=[(name, kind, "name")])
    assert bool(contents.names_in([Span(0, 40)])) is known


def test_a_word_of_a_phrase_is_the_concept_of_the_phrase() -> None:
    text = "200 could not be reached on Friday"
    contents = holding(text, events=[("reached", "reach", "denied")])
    (happening,) = contents.fields(whole(text))["happenings"]
    assert happening.concept == concept("could not be reached".split())[0] != concept(["reached"])[0]


def test_words_in_a_heading() -> None:
    text = "A dam\nburst"
    blocks = (r.Block(Span(0, 5), "heading"), r.Block(Span(6, 11), "paragraph"))
    contents = Contents(Reading(r.Document("0" * 64, text, blocks=blocks), "by hand"))
    assert contents.in_heading([Span(2, 5)])
    assert not contents.in_heading([Span(6, 11), Span(2, 5)])
