"""Whose words are whose: each rule of voices at its edges, on texts whose people and statements are told by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from onrecord import records as r
from onrecord.ledger.claims.voices import Attribution, Voices
from onrecord.reading import Reading
from onrecord.records import Span


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def said(
    text: str, source: str, cue: str, *content: str, key: str = "s1", speaker: str | None = None, **more: Any
) -> r.Statement:
    return r.Statement(
        key,
        (at(text, source),) if source else (),
        speaker,
        (at(text, cue),) if cue else (),
        tuple(at(text, words) for words in content),
        "indirect",
        "say",
        False,
        None,
        more.get("within"),
        0.9,
    )


def reading(
    text: str,
    people: Sequence[str] = (),
    statements: Sequence[r.Statement] = (),
    *,
    kinds: Sequence[r.BlockKind] = (),
    types: dict[str, r.EntityType] | None = None,
    nominal: Sequence[str] = (),
) -> Reading:
    """`people` are entities e0, e1 …, mentioned wherever their names stand; lines are blocks of these `kinds`."""
    blocks, start = [], 0
    for place, line in enumerate(text.split("\n")):
        blocks.append(r.Block(Span(start, start + len(line)), kinds[place] if place < len(kinds) else "paragraph"))
        start += len(line) + 1
    entities = tuple(r.Entity(f"e{n}", (types or {}).get(name, "person"), name) for n, name in enumerate(people))
    mentions = []
    for entity in entities:
        start = text.find(entity.name)
        while start >= 0:
            form: r.MentionForm = "nominal" if entity.name in nominal else "name"
            mentions.append(r.Mention(Span(start, start + len(entity.name)), entity.id, form))
            start = text.find(entity.name, start + 1)
    return Reading(
        r.Document("0" * 64, text, blocks=tuple(blocks)), "by hand", entities, tuple(mentions), tuple(statements)
    )


# The labels of transcripts


@pytest.mark.parametrize(
    ("label", "cue", "people", "speaker"),
    [
        ("SAUK", ":", ["Edrin Sauk"], "e0"),
        ("SAUK:", ":", ["Edrin Sauk"], "e0"),
        ("Sauk", ":", ["Edrin Sauk"], "e9"),  # not in capitals
        ("SA", ":", ["Edrin Sa"], "e9"),  # too short to tell
        ("SAU", ":", ["Edrin Sau"], "e0"),
        ("SAUK", "said", ["Edrin Sauk"], "e9"),
        ("SAUK", "", ["Edrin Sauk"], "e9"),
        ("SAUK", ":", ["Edrin Sauk", "Linnea Sauk"], "e9"),  # two of that name
        ("SAUK", ":", ["EDRIN SAUK"], "e9"),  # who is called by the label only
        ("SAUK", ":", ["Sauk"], "e9"),
        ("SAUK", ":", ["the Sauk"], "e9"),
        ("SAUK", ":", ["Edrin sauk"], "e9"),
    ],
)
def test_a_label_is_whom_the_text_calls_so(label: str, cue: str, people: list[str], speaker: str) -> None:
    text = f"With {', '.join(people)}\n{label} {cue} we have moved"
    start = text.index("\n") + 1
    source = Span(start, start + len(label))
    cues = (Span(text.index(cue, source.end), text.index(cue, source.end) + len(cue)),) if cue else ()
    statement = r.Statement(
        "s1", (source,), "e9", cues, (at(text, "we have moved"),), "direct", "say", False, None, None, 0.9
    )
    assert Voices(reading(text, people, [statement])).speaker(statement) == speaker


def test_a_statement_within_anothers_of_the_same_speaker_follows_its_label() -> None:
    text = "With Edrin Sauk\nSAUK : I said that it burst"
    outer = said(text, "SAUK", ":", "I said that it burst", speaker="e9")
    inner = said(text, "I", "said", "it burst", key="s2", speaker="e9", within="s1")
    other = said(text, "I", "said", "it burst", key="s2", speaker="e8", within="s1")
    assert Voices(reading(text, ["Edrin Sauk"], [outer, inner])).speaker(inner) == "e0"
    assert Voices(reading(text, ["Edrin Sauk"], [outer, other])).speaker(other) == "e0"  # "I" of the labelled paragraph
    they = said(text, "that", "said", "it burst", key="s2", speaker="e8", within="s1")
    assert Voices(reading(text, ["Edrin Sauk"], [outer, they])).speaker(they) == "e8"


# Subjects that were read as part of what is said


@pytest.mark.parametrize(
    ("text", "source", "contents", "speaker"),
    [
        ("Edrin Sauk confirmed 14 deaths", "", ["Edrin Sauk", "14 deaths"], "e0"),
        ("Edrin Sauk confirmed 14 deaths", "", ["14 deaths"], None),
        ("Edrin Sauk confirmed 14 deaths", "Sauk", ["Edrin Sauk", "14 deaths"], None),
        ("Edrin Sauk then confirmed 14 deaths", "", ["Edrin Sauk", "14 deaths"], None),  # not right before the cue
        (
            "Edrin Sauk too confirmed 14 deaths",
            "",
            ["Edrin Sauk too", "14 deaths"],
            None,
        ),  # it does not end with the name
        ("The man confirmed 14 deaths", "", ["The man", "14 deaths"], None),
    ],
)
def test_a_subject_in_the_content(text: str, source: str, contents: list[str], speaker: str | None) -> None:
    statement = said(text, source, "confirmed", *contents)
    voices = Voices(reading(text, ["Edrin Sauk"], [statement]))
    assert voices.speaker(statement) == speaker
    kept = statement.content[1:] if speaker is not None else statement.content
    assert voices.content(statement) == kept


# The end of a sentence


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("14 were killed, Edrin Sauk said.", "e0"),
        ("14 were killed, Edrin Sauk has also said on Tuesday.", "e0"),
        ("14 were killed, its head, Edrin Sauk, acknowledged.", "e0"),
        ("14 were killed, Edrin Sauk told reporters in Drusa.", "e0"),
        ("14 were killed, and Edrin Sauk said.", None),
        ("14 were killed, who Edrin Sauk said.", None),
        ("14 were killed, Edrin Sauk said more.", None),
        ("14 were killed, Edrin Sauk of Drusa said.", None),  # it does not end with the name
        ("14 were killed, somebody said.", None),
        ("14 were killed, Edrin Sauk laughed.", None),
    ],
)
def test_who_says_a_sentence_by_its_end(sentence: str, speaker: str | None) -> None:
    found = Voices(reading(sentence, ["Edrin Sauk"])).trailing(Span(0, len(sentence)))
    assert (found.speaker if found is not None else None) == speaker
    if found is not None:
        assert found.told is not None
        assert found.told.of(sentence) == sentence[len("14 were killed") :]


def test_only_who_can_speak_says_a_sentence() -> None:
    sentence = "14 were killed, The Flood said."
    assert (
        Voices(reading(sentence, ["The Flood"], types={"The Flood": "event"})).trailing(Span(0, len(sentence))) is None
    )
    organisation = Voices(reading(sentence, ["The Flood"], types={"The Flood": "organisation"}))
    assert organisation.trailing(Span(0, len(sentence))) is not None


def test_of_two_in_the_words_for_a_speaker_it_is_the_last_that_is_named() -> None:
    sentence = "14 were killed, the head, Edrin Sauk, said."
    found = Voices(reading(sentence, ["the head", "Edrin Sauk"], nominal=["the head"])).trailing(Span(0, len(sentence)))
    assert found is not None
    assert found.speaker == "e1"


def test_a_statement_whose_source_was_looked_for_in_a_heading_is_of_its_own_sentence() -> None:
    text = "Sauk on the flood\n14 were killed, Edrin Sauk said. It rained."
    statement = said(text, "Sauk", "", "14 were killed", speaker=None)
    heading = Voices(reading(text, ["Edrin Sauk"], [statement], kinds=["heading"]))
    assert heading.speaker(statement) == "e0"
    assert Voices(reading(text, ["Edrin Sauk"], [statement])).speaker(statement) is None
    here = said(text, "Sauk", "", "on the flood")
    assert Voices(reading(text, ["Edrin Sauk"], [here], kinds=["heading"])).speaker(here) is None
    endless = text.replace(".", "")
    unended = said(endless, "Sauk", "", "14 were killed")
    assert Voices(reading(endless, ["Edrin Sauk"], [unended], kinds=["heading"])).speaker(unended) is None


# Block quotations and monologues

BEFORE = "Salme Orvind said it rained"


@pytest.mark.parametrize(
    ("between", "quote", "kind", "speaker"),
    [
        ("", "We have sent 30.", "quote", "e0"),
        ("", "Our men were sent.", "quote", "e0"),
        ("", "They have sent 30.", "quote", None),
        ("", "We have sent 30.", "paragraph", None),
        ("", "We have sent 30 @drusa", "quote", None),
        ("", "We have sent 30 #drusa", "quote", None),
        ("", "We have sent 30 https://t.example", "quote", None),
        ("x" * 398, "We have sent 30.", "quote", "e0"),  # four hundred characters on, with the ends of the lines
        ("x" * 399, "We have sent 30.", "quote", None),
    ],
)
def test_a_block_quotation_goes_on_from_who_spoke_before(
    between: str, quote: str, kind: r.BlockKind, speaker: str | None
) -> None:
    text = f"{BEFORE}\n{between}\n{quote}"
    statement = said(text, "Salme Orvind", "said", "it rained", speaker="e0")
    made = reading(text, ["Salme Orvind"], [statement], kinds=["paragraph", "paragraph", kind])
    assert Voices(made).quoted(made.document.blocks[2]) == speaker


def test_a_block_quotation_with_a_source_of_its_own_is_theirs() -> None:
    text = f"{BEFORE}\nWe have sent 30, Bo Ray said."
    first = said(text, "Salme Orvind", "said", "it rained", speaker="e0")
    own = said(text, "Bo Ray", "", "We have sent 30", key="s2", speaker="e1")
    made = reading(text, ["Salme Orvind", "Bo Ray"], [first, own], kinds=["paragraph", "quote"])
    assert Voices(made).quoted(made.document.blocks[1]) is None
    later = reading(text, ["Salme Orvind"], [], kinds=["paragraph", "quote"])
    assert Voices(later).quoted(later.document.blocks[1]) is None  # nobody spoke


@pytest.mark.parametrize(
    ("text", "content", "part", "speaker"),
    [
        ("I was there. We lost 12, Sauk emphasized.", "We lost 12", "I was there.", "e0"),
        ("They came. We lost 12, Sauk emphasized.", "We lost 12", "They came.", None),
        ("“I was there. We lost 12”, Sauk emphasized.", "We lost 12", "I was there.", None),  # marks tell what is said
        ("Sauk emphasized that we lost 12. I was there.", "we lost 12", "I was there.", None),
        ("We lost 12, Sauk emphasized. I was there.", "We lost 12", "I was there.", None),
    ],
)
def test_a_paragraph_in_the_first_person_is_of_whom_its_end_names(
    text: str, content: str, part: str, speaker: str | None
) -> None:
    statement = said(text, "Sauk", "emphasized", content, speaker="e0")
    made = reading(text, ["Sauk"], [statement])
    assert Voices(made).monologue(made.document.blocks[0], at(text, part)) == speaker


def test_a_paragraph_of_two_speakers_is_no_monologue() -> None:
    text = "I was there. We lost 12, Sauk emphasized. It is so, Ray said."
    statements = [
        said(text, "Sauk", "emphasized", "We lost 12", speaker="e0"),
        said(text, "Ray", "said", "It is so", key="s2", speaker="e1"),
    ]
    made = reading(text, ["Sauk", "Ray"], statements)
    assert Voices(made).monologue(made.document.blocks[0], at(text, "I was there.")) is None
    nobody = reading(text, ["Sauk"], [said(text, "Sauk", "emphasized", "We lost 12")])
    assert Voices(nobody).monologue(nobody.document.blocks[0], at(text, "I was there.")) is None


# Beside a statement, by a count, by telling it


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "part", "speaker"),
    [
        ("14 are dead and 60 are missing, Sauk said", "Sauk", "said", "60 are missing", "14 are dead", "e0"),
        ("14 are dead, while 60 are missing, Sauk said", "Sauk", "said", "60 are missing", "14 are dead", "e0"),
        ("14 are dead near it 60 are missing, Sauk said", "Sauk", "said", "60 are missing", "14 are dead", None),
        ("14 are dead and Sauk said 60 are missing", "Sauk", "said", "60 are missing", "14 are dead", None),
        ("14 are dead and 60 are missing, by Sauk", "Sauk", "by", "60 are missing", "14 are dead", None),
        (
            "14 are dead and 60 are missing, according to Sauk",
            "Sauk",
            "according to",
            "60 are missing",
            "14 are dead",
            "e0",
        ),
        ("Sauk said 60 are missing after counting 50", "Sauk", "said", "60 are missing", "after counting 50", "e0"),
        (
            "Sauk said 60 are missing in the night after reporting 50",
            "Sauk",
            "said",
            "60 are missing",
            "in the night after reporting 50",
            "e0",
        ),
        ("Sauk said 60 are missing after eating 50", "Sauk", "said", "60 are missing", "after eating 50", None),
        ("after counting 50 Sauk said 60 are missing", "Sauk", "said", "60 are missing", "after counting 50", None),
    ],
)
def test_a_part_beside_a_statement(
    text: str, source: str, cue: str, content: str, part: str, speaker: str | None
) -> None:
    statement = said(text, source, cue, content, speaker="e0")
    voices = Voices(reading(text, ["Sauk"], [statement]))
    assert voices.alongside(Span(0, len(text)), at(text, part)) == speaker
    assert voices.alongside(Span(1, len(text)), at(text, part)) == (None if text.startswith(source) else speaker)


def test_a_statement_within_another_takes_no_part_beside_it() -> None:
    text = "14 are dead and 60 are missing, Sauk said"
    outer = said(text, "", "", "14", key="s0")
    inner = said(text, "Sauk", "said", "60 are missing", speaker="e0", within="s0")
    assert (
        Voices(reading(text, ["Sauk"], [outer, inner])).alongside(Span(0, len(text)), at(text, "14 are dead")) is None
    )


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        ("so, by the OSCE's count, 3,500 are there", ["the OSCE"], ("e0", None, "by the OSCE's count, ")),
        ("so, by the OSCE's count, 3,500 are there", [], (None, "the OSCE", "by the OSCE's count, ")),
        ("according to OSCE’s own figures 3,500", [], (None, "OSCE", "according to OSCE’s own figures ")),
        ("By the OSCE's count, 3,500 are there", ["the OSCE"], ("e0", None, "By the OSCE's count, ")),
        ("by the army's count, 3,500 are there", [], None),  # nobody by name
        ("by the OSCE's car 3,500 are there", [], None),
        ("3,500 are there", [], None),
    ],
)
def test_whose_count_a_figure_is(
    text: str, people: list[str], expected: tuple[str | None, str | None, str] | None
) -> None:
    found = Voices(reading(text, people)).estimate(Span(0, len(text)))
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found.told is not None
        assert (found.speaker, found.source, found.told.of(text)) == expected


@pytest.mark.parametrize(
    ("text", "figure", "teller"),
    [
        ("Sauk put the toll at 41", "41", ("e0", None)),
        ("Sauk has later put the number of dead at 41", "41", ("e0", None)),
        ("Sauk raised the toll to 41", "41", ("e0", None)),
        ("Sauk raised the bridge to 41", "41", None),
        ("Sauk left the toll at 41", "41", ("e0", None)),
        ("Sauk left the house at 41", "41", None),
        ("Sauk counted 41", "41", ("e0", None)),
        ("Sauk had spoken of 41", "41", ("e0", None)),
        ("Sauk counted " + "x" * 24 + " 41", "41", ("e0", None)),
        ("Sauk counted " + "x" * 25 + " 41", "41", None),  # too far from the verb
        ("Sauk counted", None, None),
        ("Sauk found that 41", None, ("e0", "Sauk found that ")),
        ("Sauk found 41", "41", None),
        ("Then Sauk concluded that 41", "41", ("e0", "Then Sauk concluded that ")),
    ],
)
def test_who_gives_a_figure_or_finds_it_out(
    text: str, figure: str | None, teller: tuple[str, str | None] | None
) -> None:
    figures = [at(text, figure)] if figure is not None else []
    found = Voices(reading(text, ["Sauk"])).teller(Span(0, len(text)), figures)
    expected = None if teller is None else Attribution(teller[0], at(text, teller[1]) if teller[1] else None)
    assert found == expected


def test_a_thing_gives_no_figure_and_may_yet_be_found_out_by_one() -> None:
    text = "Flood raised the toll to 41"
    assert (
        Voices(reading(text, ["Flood"], types={"Flood": "event"})).teller(Span(0, len(text)), [at(text, "41")]) is None
    )
    assert (
        Voices(reading(text, ["Flood"], types={"Flood": "country"})).teller(Span(0, len(text)), [at(text, "41")])
        is not None
    )


def test_a_pronoun_that_nobody_resolved_is_of_who_spoke_last_in_the_paragraph() -> None:
    text = "Sauk said it burst. He had put the toll at 41."
    statement = said(text, "Sauk", "said", "it burst", speaker="e0")
    part = at(text, "He had put the toll at 41.")
    figures = [at(text, "41")]
    assert Voices(reading(text, ["Sauk"], [statement])).teller(part, figures) == Attribution("e0", None)
    assert Voices(reading(text, ["Sauk"])).teller(part, figures) is None
    resolved = reading(text, ["Sauk", "He"], [statement], types={"He": "event"})
    assert Voices(resolved).teller(part, figures) is None
    parted = text.replace(". He", ".\nHe")
    statement = said(parted, "Sauk", "said", "it burst", speaker="e0")
    assert (
        Voices(reading(parted, ["Sauk"], [statement])).teller(at(parted, "He had put the toll at 41."), figures) is None
    )
    two = "Sauk said it burst. Ray said it held. He had put the toll at 41."
    both = [
        said(two, "Sauk", "said", "it burst", speaker="e0"),
        said(two, "Ray", "said", "it held", key="s2", speaker="e1"),
    ]
    part = at(two, "He had put the toll at 41.")
    assert Voices(reading(two, ["Sauk", "Ray"], both)).teller(part, [at(two, "41")]) == Attribution("e1", None)
