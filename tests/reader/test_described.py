"""People by what they are called before or beside their names: a title in a heading, a name in apposition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reader.building import build, organisation, person, with_mentions

from onrecord.reader.annotated import Annotated
from onrecord.reader.entities.gather import gather
from onrecord.reader.entities.parties import Cast
from onrecord.records import Block, Span


def headed(text: Annotated) -> Annotated:
    """The text with its first sentence for a heading."""
    end = text.tokens[text.sentences[0].stop - 1].span.end
    return replace(text, document=replace(text.document, blocks=(Block(Span(0, end), "heading"),)))


def of(cast: Cast, mention: int) -> str | None:
    party = cast.of_guess.get(mention)
    return None if party is None else cast.parties[party].name


APPOSED = """The/DET/DT/3/det opposition/NOUN/NN/3/compound leader/NOUN/NN/8/nsubj ,/PUNCT/,/5/punct
    Ivo/PROPN/NNP/3/{relation} Strannik/PROPN/NNP/5/flat ,/PUNCT/,/3/punct said/VERB/VBD/0/root so/ADV/RB/8/advmod"""


def test_a_name_that_no_mention_covers_is_the_person_it_stands_beside() -> None:
    cast = gather(with_mentions(build(APPOSED.format(relation="appos")), person("The opposition leader")))
    assert of(cast, 0) == "Ivo Strannik"


def test_a_description_does_not_go_back_to_another_where_it_is_named() -> None:
    before = "Oltan/PROPN/NNP/3/nsubj Brezik/PROPN/NNP/1/flat spoke/VERB/VBD/0/root"
    text = build(before, APPOSED.format(relation="appos"))
    cast = gather(with_mentions(text, person("Oltan Brezik"), person("The opposition leader", {0: 0.9})))
    assert (of(cast, 0), of(cast, 1)) == ("Oltan Brezik", "Ivo Strannik")


@pytest.mark.parametrize("relation", ["nmod", "dep", "conj"])
def test_a_name_beside_it_in_another_way_is_not(relation: str) -> None:
    cast = gather(with_mentions(build(APPOSED.format(relation=relation)), person("The opposition leader")))
    assert "Strannik" not in (of(cast, 0) or "")


def test_the_name_beside_several_people_is_no_one_of_them() -> None:
    text = build(
        "the/DET/DT/2/det guards/NOUN/NNS/6/nsubj ,/PUNCT/,/4/punct Ivo/PROPN/NNP/2/appos Strannik/PROPN/NNP/4/flat "
        "left/VERB/VBD/0/root"
    )
    cast = gather(with_mentions(text, person("the guards")))
    assert of(cast, 0) != "Ivo Strannik"


HEADING = "Hydrologist/{pos}/2/nsubj withdraws/VERB/VBZ/0/root claim/NOUN/NN/2/obj"
NAMED = """¶ the/DET/DT/3/det hydrologist/NOUN/NN/3/compound Ilsa/PROPN/NNP/5/nsubj Quenby/PROPN/NNP/3/flat
    spoke/VERB/VBD/0/root"""
ANOTHER = "hydrologist/NOUN/NN/2/compound Tove/PROPN/NNP/4/nsubj Lund/PROPN/NNP/2/flat listened/VERB/VBD/0/root"


@pytest.mark.parametrize("stands", [person, organisation])
@pytest.mark.parametrize("pos", ["NOUN/NN", "PROPN/NNP"])
def test_a_bare_title_in_a_heading_is_the_person_who_bears_it_below(stands: object, pos: str) -> None:
    text = headed(build(HEADING.format(pos=pos), NAMED))
    cast = gather(with_mentions(text, stands("Hydrologist"), person("Ilsa Quenby")))  # type: ignore[operator]
    assert of(cast, 0) == of(cast, 1) == "Ilsa Quenby"


def test_outside_a_heading_it_is_not() -> None:
    text = build(HEADING.format(pos="NOUN/NN"), NAMED)
    cast = gather(with_mentions(text, person("Hydrologist"), person("Ilsa Quenby")))
    assert of(cast, 0) != "Ilsa Quenby"


def test_of_two_who_bear_it_neither() -> None:
    text = headed(build(HEADING.format(pos="NOUN/NN"), NAMED, ANOTHER))
    cast = gather(with_mentions(text, person("Hydrologist"), person("Ilsa Quenby"), person("Tove Lund")))
    assert of(cast, 0) not in ("Ilsa Quenby", "Tove Lund")


def test_several_are_not_one_person() -> None:
    text = headed(build(HEADING.format(pos="NOUN/NNS"), NAMED))
    cast = gather(with_mentions(text, person("Hydrologist"), person("Ilsa Quenby")))
    assert of(cast, 0) != "Ilsa Quenby"


def test_a_word_that_the_text_writes_small_is_no_name_at_the_head_of_a_sentence() -> None:
    below = "¶ the/DET/DT/2/det drovers/NOUN/NNS/3/nsubj left/VERB/VBD/0/root"
    text = build("Drovers/PROPN/NNPS/2/nsubj wait/VERB/VBP/0/root", below)
    assert [p.names for p in gather(with_mentions(text, organisation("Drovers"))).parties if p.names] == []


def test_one_that_is_written_large_within_a_sentence_stays_a_name() -> None:
    below = "¶ the/DET/DT/2/det drovers/NOUN/NNS/3/nsubj met/VERB/VBD/0/root Drovers/PROPN/NNPS/3/obj"
    text = build("Drovers/PROPN/NNPS/2/nsubj wait/VERB/VBP/0/root", below)
    assert [list(p.names) for p in gather(with_mentions(text, organisation("Drovers"))).parties if p.names] == [
        ["Drovers"]
    ]
