"""Utterances → statements: manner, nesting, the source of what goes on, "I" as the speaker's own word."""

from __future__ import annotations

import pytest
from tests.reader.building import build, person, said, with_attributions, with_mentions

from onrecord.reader.annotated import Annotated
from onrecord.reader.entities.gather import gather
from onrecord.reader.statements.decoder import read_statements
from onrecord.records import Mention, Span, Statement


def read(annotated: Annotated) -> tuple[list[Statement], tuple[Mention, ...]]:
    cast = gather(annotated)
    found = read_statements(annotated, cast, [], annotated.document.published)
    return found, cast.mentions()


def words(annotated: Annotated, spans: tuple[Span, ...]) -> list[str]:
    return [s.of(annotated.text) for s in spans]


NESTED = with_attributions(
    with_mentions(
        build(
            """Budanov/PROPN/NNP/2/nsubj says/VERB/VBZ/0/root Pyongyang/PROPN/NNP/4/nsubj plans/VERB/VBZ/2/ccomp
            to/PART/TO/6/mark help/VERB/VB/4/xcomp ./PUNCT/./2/punct"""
        ),
        person("Budanov"),
        person("Pyongyang"),
    ),
    said("says", source="Budanov", content=["Pyongyang plans to help"]),
    said("plans", source="Pyongyang", content=["to help"]),
)


def test_a_statement_in_anothers_content_is_nested() -> None:
    outer, inner = read(NESTED)[0]
    assert (outer.id, outer.within, inner.id, inner.within) == ("s1", None, "s2", "s1")
    assert words(NESTED, outer.content) == ["Pyongyang plans to help"]
    assert words(NESTED, inner.content) == ["to help"]
    assert outer.speaker != inner.speaker


DIRECT = with_attributions(
    with_mentions(
        build(
            "“ I/PRON/PRP left/VERB/VBD , ” said/VERB/VBD Orlan/PROPN/NNP .",
            "¶ “ We/PRON/PRP are/AUX/VBP all/DET/DT quite/ADV/RB safe/ADJ/JJ . ”",
            published="2024-10-28",
        ),
        person("Orlan"),
    ),
    said("said", source="Orlan", content=["“ I left , ”", "“ We are all quite safe . ”"]),
)


def test_what_goes_on_has_the_source_and_speaker_it_goes_on_from() -> None:
    first, second = read(DIRECT)[0]
    assert words(DIRECT, first.content) == ["I left"]
    assert words(DIRECT, second.content) == ["We are all quite safe ."]
    assert words(DIRECT, second.source) == words(DIRECT, first.source) == ["Orlan"]
    assert second.cue == ()
    assert first.speaker == second.speaker == "e1"
    assert first.manner == second.manner == "direct"
    assert first.said_on == second.said_on == "2024-10-28"


GOES_ON = """“/PUNCT/``/{n}/punct {words} ./PUNCT/./{n}/punct ”/PUNCT/''/{n}/punct"""
SAFE = "We/PRON/PRP/3/nsubj are/AUX/VBP/4/cop safe/ADJ/JJ/0/root here/ADV/RB/4/advmod now/ADV/RB/4/advmod"
SHOULD = "All/PRON/DT/4/nsubj must/AUX/MD/4/aux leave/VERB/VB/0/root here/ADV/RB/4/advmod now/ADV/RB/4/advmod"


@pytest.mark.parametrize(("words", "n", "statements"), [(SAFE, 4, 1), (SHOULD, 4, 2)])
def test_what_goes_on_in_its_paragraph_is_apart_where_it_does_another_act(words: str, n: int, statements: int) -> None:
    text = build(
        """“/PUNCT/``/3/punct It/PRON/PRP/3/nsubj rained/VERB/VBD/6/ccomp ,/PUNCT/,/3/punct ”/PUNCT/''/3/punct
        said/VERB/VBD/0/root Orlan/PROPN/NNP/6/nsubj ./PUNCT/./6/punct""",
        GOES_ON.format(words=words, n=n),
    )
    text = with_attributions(
        with_mentions(text, person("Orlan")), said("said", source="Orlan", content=["“ It rained ,"])
    )
    found = read(text)[0]
    assert len(found) == statements
    assert sum(len(s.content) for s in found) == 2
    assert {s.speaker for s in found} == {"e1"}


def test_a_line_opened_by_a_dash_is_direct_speech() -> None:
    text = build(
        """–/PUNCT/:/3/punct Nobody/PRON/NN/3/nsubj left/VERB/VBD/5/ccomp ,/PUNCT/,/3/punct said/VERB/VBD/0/root
        Orlan/PROPN/NNP/5/nsubj"""
    )
    text = with_attributions(
        with_mentions(text, person("Orlan")), said("said", source="Orlan", content=["– Nobody left ,"])
    )
    (statement,) = read(text)[0]
    assert (words(text, statement.content), statement.manner) == (["Nobody left"], "direct")


def test_i_is_the_speakers_and_we_of_a_person_is_open() -> None:
    pronouns = [m for m in read(DIRECT)[1] if m.form == "pronoun"]
    assert [(m.span.of(DIRECT.text), m.entity) for m in pronouns] == [("I", "e1")]


def test_manner_by_the_marks() -> None:
    text = build(
        "Orlan/PROPN/NNP/2/nsubj called/VERB/VBD/0/root Hemmer/PROPN/NNP/2/obj a/DET/DT/6/det “ fake/NOUN/NN/2/xcomp ”"
    )
    text = with_mentions(text, person("Orlan"))
    cases = {"Hemmer a “ fake": "mixed", "fake ”": "direct", "Hemmer": "indirect"}
    for content, manner in cases.items():
        (statement,) = read(with_attributions(text, said("called", source="Orlan", content=[content])))[0]
        assert statement.manner == manner, content


def test_a_signed_block_is_direct_speech_without_marks() -> None:
    text = build(
        """This/PRON/DT/2/nsubj breaks/VERB/VBZ/0/root all/DET/PDT/5/det:predet our/PRON/PRP$/5/nmod:poss
        rules/NOUN/NNS/2/obj ./PUNCT/./2/punct""",
        """Mark/PROPN/NNP/2/compound Rutte/PROPN/NNP/0/root NATO/PROPN/NNP/5/compound Secretary/PROPN/NNP/5/compound
        General/PROPN/NNP/2/appos""",
    )
    (statement,) = read(with_mentions(text, person("Mark Rutte")))[0]
    assert (statement.manner, statement.cue) == ("direct", ())
    assert words(text, statement.source) == ["Mark Rutte NATO Secretary General"]
    assert statement.speaker == "e1"


def test_no_attributions_no_statements() -> None:
    assert read(build("It rained ."))[0] == []
