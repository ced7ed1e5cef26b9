"""What counts as one utterance: attributions, what goes on from them, block quotes without marks, quoted orphans."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.reader.building import SURE, build, organisation, person, said, with_attributions, with_mentions

from onrecord.reader.annotated import Annotated, Attribution
from onrecord.reader.statements.passages import Utterance, char_spans, paragraphs
from onrecord.reader.statements.quotation import Quotations
from onrecord.reader.statements.utterances import utterances


def read(annotated: Annotated) -> list[Utterance]:
    return utterances(annotated, Quotations(annotated))


def contents(annotated: Annotated) -> list[list[str]]:
    """Each utterance's content, as the words of its pieces."""
    return [[_words(annotated, piece) for piece in u.content] for u in read(annotated)]


def _words(annotated: Annotated, where: range) -> str:
    return " ".join(annotated.tokens[i].text for i in where)


QUOTED = build(
    "“ We/PRON/PRP have/AUX/VBP left/VERB/VBN the/DET/DT town/NOUN/NN , ” said/VERB/VBD Orlan/PROPN/NNP .",
    "“ We/PRON/PRP are/AUX/VBP all/DET/DT quite/ADV/RB safe/ADJ/JJ . ”",
)
ATTRIBUTED = said("said", source="Orlan", content=["“ We have left the town , ”"])


def test_an_attribution_is_an_utterance_without_its_marks() -> None:
    text = with_attributions(QUOTED, ATTRIBUTED)
    first = read(text)[0]
    assert _words(text, first.content[0]) == "We have left the town"
    assert (first.source, first.cue, first.follows) == ((range(9, 10),), (range(8, 9),), None)


def test_a_content_that_goes_on_in_a_quotation_of_its_own_is_two_utterances() -> None:
    both = said("said", source="Orlan", content=["“ We have left the town , ”", "“ We are all quite safe . ”"])
    text = with_attributions(QUOTED, both)
    first, second = read(text)
    assert _words(text, first.content[0]) == "We have left the town"
    assert (_words(text, second.content[0]), second.follows) == ("We are all quite safe .", 0)
    assert (second.source, second.cue) == ((), ())


def test_an_objects_complement_is_no_second_cue() -> None:
    text = build(
        "Orlan/PROPN/NNP/2/nsubj called/VERB/VBD/0/root the/DET/DT/4/det strike/NOUN/NN/2/obj a/DET/DT/6/det "
        "threat/NOUN/NN/2/xcomp to/ADP/IN/8/case peace/NOUN/NN/6/nmod ./PUNCT/././2/punct"
    )
    called = said("called", source="Orlan", content=["the strike"])
    second = said("a threat to", source="Orlan", content=["peace"])
    assert contents(with_attributions(text, called, second)) == [["the strike a threat to peace"]]
    assert len(contents(with_attributions(text, second))) == 1, "alone it stays"


def test_a_quoted_sentence_after_it_that_no_attribution_took_follows_it() -> None:
    text = with_attributions(QUOTED, ATTRIBUTED)
    found = read(text)
    assert contents(text) == [["We have left the town"], ["We are all quite safe ."]]
    assert [u.follows for u in found] == [None, 0]
    assert (found[0].sure, found[1].sure) == (SURE, None), "found by its marks alone"


def test_interrupted_speech_within_a_sentence_is_one_utterance() -> None:
    text = build("“ We/PRON/PRP left/VERB/VBD , ” said/VERB/VBD Orlan/PROPN/NNP , “ by/ADP/IN night/NOUN/NN . ”")
    text = with_attributions(text, said("said", source="Orlan", content=["“ We left , ”", "“ by night . ”"]))
    assert contents(text) == [["We left", "by night ."]]


def test_a_quoted_sentence_in_a_paragraph_without_an_attribution_stands_alone() -> None:
    text = build(
        "Orlan/PROPN/NNP/2/nsubj left/VERB/VBD/0/root ./PUNCT/./2/punct",
        "¶ “ We/PRON/PRP are/AUX/VBP all/DET/DT quite/ADV/RB safe/ADJ/JJ . ”",
    )
    (orphan,) = read(text)
    assert _words(text, orphan.content[0]) == "We are all quite safe ."
    assert (orphan.source, orphan.cue, orphan.follows) == ((), (), None)


def test_quoted_words_and_phrases_are_no_orphans() -> None:
    text = build(
        """The/DET/DT so/ADV/RB called/VERB/VBN “ plan/NOUN/NN of/ADP/IN the/DET/DT very/ADV/RB last/ADJ/JJ day/NOUN/NN ”
        failed/VERB/VBD .""",
        "“ It/PRON/PRP failed/VERB/VBD . ”",
    )
    assert contents(text) == []


def test_a_stray_closing_mark_does_not_make_words_of_the_cue_and_source() -> None:
    """The opening mark is lost, so the closing one seems to open a quotation that holds who said it."""
    text = build(
        "We/PRON/PRP/2/nsubj left/VERB/VBD/0/root ,/PUNCT/,/2/punct",
        """"/PUNCT/``/2/punct said/VERB/VBD/0/root Corin/PROPN/NNP/2/nsubj Ashvale/PROPN/NNP/3/flat of/ADP/IN/6/case
        Drusa/PROPN/NNP/3/nmod ./PUNCT/./2/punct""",
    )
    text = with_attributions(text, said("said", source="Corin Ashvale of Drusa", content=["We left"]))
    assert contents(text) == [["We left"]]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = build(
        "Orlan/PROPN/NNP said/VERB/VBD : “ We/PRON/PRP have/AUX/VBP left/VERB/VBN the/DET/DT town/NOUN/NN .",
        "¶ “ We/PRON/PRP are/AUX/VBP all/DET/DT quite/ADV/RB safe/ADJ/JJ . ”",
        "¶ “ Nobody/PRON/NN told/VERB/VBD us/PRON/PRP of/ADP/IN this/PRON/DT . ”",
    )
    text = with_attributions(text, said("said", source="Orlan", content=["“ We have left the town ."]))
    assert contents(text) == [["We have left the town ."], ["We are all quite safe ."], ["Nobody told us of this ."]]
    assert [u.follows for u in read(text)] == [None, 0, None], "the second closes, so the third is anybody's"


SIGNED = """¶ Mark/PROPN/NNP/2/compound Rutte/PROPN/NNP/0/root NATO/PROPN/NNP/5/compound Secretary/PROPN/NNP/5/compound
    General/PROPN/NNP/2/appos"""
BODY = """This/PRON/DT/2/nsubj breaks/VERB/VBZ/0/root all/DET/PDT/5/det:predet our/PRON/PRP$/5/nmod:poss
    rules/NOUN/NNS/2/obj ./PUNCT/./2/punct"""


def signed(*before: str) -> Annotated:
    """A paragraph of a sentence and the bare name of who said it, after other sentences."""
    text = build(*before, "¶ " + BODY, SIGNED.removeprefix("¶ "))
    return with_mentions(text, person("Mark Rutte"))


def test_a_block_quote_without_marks_is_its_signatures() -> None:
    text = signed()
    (block,) = read(text)
    assert block.block
    assert [_words(text, r) for r in block.source] == ["Mark Rutte NATO Secretary General"]
    assert [_words(text, r) for r in block.content] == ["This breaks all our rules ."]
    assert block.cue == ()


def test_a_paragraph_that_ends_in_another_kind_of_phrase_is_no_block_quote() -> None:
    for tail in (
        "More/ADJ/JJR/0/root on/ADP/IN/3/case Ruvania/PROPN/NNP/1/nmod",
        "Mark/PROPN/NNP/2/nsubj agreed/VERB/VBD/0/root",
        "Mark/PROPN/NNP/0/root",
    ):
        assert read(build("¶ " + BODY, tail)) == []


def test_a_name_in_a_longer_phrase_is_no_signature() -> None:
    tail = """Mark/PROPN/NNP/2/compound Rutte/PROPN/NNP/0/root in/ADP/IN/6/case a/DET/DT/6/det long/ADJ/JJ/6/amod
        letter/NOUN/NN/2/nmod to/ADP/IN/8/case us/NOUN/NN/6/nmod"""
    assert read(with_mentions(build("¶ " + BODY, tail), person("Mark Rutte"))) == []


def test_a_name_that_is_nobodys_is_no_signature() -> None:
    text = build("¶ " + BODY, "Velna/PROPN/NNP/2/compound Valley/PROPN/NNP/0/root")
    assert read(with_mentions(text, organisation("Velna Valley"))) == []


def test_the_heads_own_reading_of_a_block_quote_gives_way_to_it() -> None:
    text = with_attributions(signed(), said(None, source="Mark Rutte", content=["all our rules"]))
    (block,) = read(text)
    assert block.block


def test_what_goes_on_still_follows_its_utterance_when_a_block_quote_took_another() -> None:
    """The attribution that the block replaces stands before them in the head's list."""
    later = "¶ “ We/PRON/PRP left/VERB/VBD early/ADV/RB , ” said/VERB/VBD Orlan/PROPN/NNP ."
    last = "“ We/PRON/PRP are/AUX/VBP all/DET/DT quite/ADV/RB safe/ADJ/JJ . ”"
    text = with_mentions(build("¶ " + BODY, SIGNED.removeprefix("¶ "), later, last), person("Mark Rutte"))
    text = with_attributions(
        text,
        said(None, source="Mark Rutte", content=["This breaks all our rules"]),
        said("said", source="Orlan", content=["“ We left early , ”", "“ We are all quite safe . ”"]),
    )
    assert contents(text) == [["This breaks all our rules ."], ["We left early"], ["We are all quite safe ."]]
    assert [u.follows for u in read(text)] == [None, None, 1]


def test_an_attribution_without_source_and_cue_is_kept() -> None:
    """The role scores may give all words to the content."""
    text = build("We/PRON/PRP/2/nsubj left/VERB/VBD/0/root ./PUNCT/./2/punct")
    text = with_attributions(text, said(None, content=["We left ."]))
    (found,) = read(text)
    assert (found.source, found.cue, found.content) == ((), (), (range(3),))


def test_punctuation_alone_is_no_content() -> None:
    text = with_attributions(QUOTED, said("said", source="Orlan", content=[", ”"]))
    assert all("said" not in _words(text, r) for u in read(text) for r in u.cue)


def test_utterances_come_in_text_order() -> None:
    text = build("He/PRON/PRP said/VERB/VBD a/X/FW and/X/FW she/PRON/PRP said/VERB/VBD b/X/FW")
    text = with_attributions(
        text, said("said#2", source="she", content=["b"]), said("said", source="He", content=["a"])
    )
    assert contents(text) == [["a"], ["b"]]


def test_paragraphs_end_at_blank_lines_and_at_lines_that_end_a_sentence() -> None:
    text = build("a b", "c", "¶ d ↵wrapped", "¶ e f", "↵g h", "i")
    assert [_words(text, p) for p in paragraphs(text)] == ["a b c", "d wrapped", "e f", "g h i"]


LEFT = "We/PRON/PRP/2/nsubj left/VERB/VBD/0/root ./PUNCT/./2/punct"
STAYED = "They/PRON/PRP/2/nsubj stayed/VERB/VBD/0/root ./PUNCT/./2/punct"
SAID_SO = "Orlan/PROPN/NNP/2/nsubj said/VERB/VBD/0/root so/ADV/RB/2/advmod ./PUNCT/./2/punct"


def test_a_content_without_marks_does_not_run_over_into_another_paragraph() -> None:
    text = build("¶ " + STAYED, "¶ " + SAID_SO, "¶ " + STAYED)
    text = with_attributions(text, said("said", source="Orlan", content=["They stayed .", "so . They stayed"]))
    assert contents(text) == [["so ."]]


def test_a_content_that_stands_wholly_in_another_paragraph_is_kept() -> None:
    text = build("¶ Orlan/PROPN/NNP/2/nsubj said/VERB/VBD/0/root :/PUNCT/:/2/punct", "¶ " + LEFT)
    text = with_attributions(text, said("said", source="Orlan", content=["We left ."]))
    assert contents(text) == [["We left ."]]


def test_a_source_in_another_paragraph_is_not_its_source() -> None:
    text = build("¶ Hemmer/PROPN/NNP/2/nsubj left/VERB/VBD/0/root ./PUNCT/./2/punct", "¶ " + SAID_SO)
    (found,) = read(with_attributions(text, said("said", source="Hemmer", content=["so"])))
    assert [_words(text, r) for r in found.source] == ["Orlan"], "the subject of the cue, in its own paragraph"


def test_without_a_source_the_subject_of_the_cue_speaks() -> None:
    text = build(
        """She/PRON/PRP/2/nsubj left/VERB/VBD/0/root and/CCONJ/CC/4/cc stressed/VERB/VBD/2/conj
        that/PRON/DT/4/obj day/NOUN/NN/4/obj"""
    )
    (found,) = read(with_attributions(text, said("stressed", content=["day"])))
    assert [_words(text, r) for r in found.source] == ["She"]


def test_a_quotation_that_began_a_paragraph_before_is_told_once() -> None:
    text = build(
        "¶ “/PUNCT/``/3/punct They/PRON/PRP/3/nsubj stayed/VERB/VBD/0/root ./PUNCT/./3/punct",
        """¶ We/PRON/PRP/2/nsubj left/VERB/VBD/6/ccomp ,/PUNCT/,/2/punct ”/PUNCT/''/2/punct Orlan/PROPN/NNP/6/nsubj
        said/VERB/VBD/0/root""",
    )
    text = with_attributions(text, said("said", source="Orlan", content=["“ They stayed . We left , ”"]))
    pieces = [piece for u in read(text) for piece in u.content]
    words = [i for piece in pieces for i in piece]
    assert words == sorted(set(words))
    assert {"They", "stayed", "We", "left"} <= {text.tokens[i].text for i in words}


TRAILED = """They/PRON/PRP/2/nsubj lied/VERB/VBD/5/ccomp ,/PUNCT/,/2/punct Orlan/PROPN/NNP/5/nsubj said/VERB/VBD/0/root
    ./PUNCT/./5/punct"""


def test_a_block_without_marks_goes_back_to_its_paragraphs_beginning() -> None:
    text = build("¶ " + STAYED, "¶ " + LEFT, STAYED, TRAILED)
    text = with_attributions(text, said("said", source="Orlan", content=["They stayed . They lied ,"]))
    (block,) = read(text)
    assert [_words(text, piece) for piece in block.content] == ["We left . They stayed . They lied"]
    assert block.block


def test_one_sentence_before_a_trailing_attribution_is_no_block() -> None:
    text = build("¶ " + STAYED, TRAILED)
    text = with_attributions(text, said("said", source="Orlan", content=["They lied ,"]))
    (found,) = read(text)
    assert [_words(text, piece) for piece in found.content] == ["They lied"]
    assert not found.block


def test_a_block_does_not_take_what_another_said() -> None:
    first = (
        """Rutte/PROPN/NNP/2/nsubj said/VERB/VBD/0/root it/PRON/PRP/4/nsubj rained/VERB/VBD/2/ccomp ./PUNCT/./2/punct"""
    )
    text = build("¶ " + first, STAYED, TRAILED)
    text = with_attributions(
        text,
        said("said", source="Rutte", content=["it rained"]),
        said("said#2", source="Orlan", content=["They stayed . They lied ,"]),
    )
    assert contents(text) == [["it rained"], ["They stayed . They lied"]]


def test_char_spans_leave_out_empty_pieces() -> None:
    text = build("a bc d")
    assert [s.of(text.text) for s in char_spans(text, [range(0, 2), range(2, 2), range(2, 3)])] == ["a bc", "d"]


VOCABULARY = ["We/PRON/PRP", "left/VERB/VBD", "Mark/PROPN/NNP", "Rutte/PROPN/NNP", "said/VERB/VBD", "“", "”", ".", ","]
ROLES = ("cue", "source", "content", "none")


@st.composite
def texts(draw: st.DrawFn) -> Annotated:
    """Any sentences with any attributions over them, roles disjoint and in order, as the role head gives them."""
    written = draw(st.lists(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=9), min_size=1, max_size=5))
    text = build(*(("¶ " if draw(st.booleans()) else "") + " ".join(words) for words in written))
    if "Mark Rutte" in text.text:
        text = with_mentions(text, person("Mark Rutte"))
    return replace(text, attributions=tuple(draw(_attributions(len(text.tokens)))))


@st.composite
def _attributions(draw: st.DrawFn, words: int) -> list[Attribution]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.sets(st.integers(0, words), min_size=2, max_size=8)))
        of: dict[str, tuple[tuple[int, int], ...]] = dict.fromkeys(ROLES, ())
        for piece in pairwise(cuts):
            of[draw(st.sampled_from(ROLES))] += (piece,)
        if of["content"]:
            anchor = (of["cue"] or of["content"])[0][0]
            found.append(Attribution(anchor, of["cue"][:1], of["source"][:1], of["content"], SURE))
    return sorted(found, key=lambda a: a.anchor)


@given(texts())
def test_whatever_the_heads_say(text: Annotated) -> None:
    found = read(text)
    assert [u.content[0].start for u in found] == sorted(u.content[0].start for u in found)
    for at, utterance in enumerate(found):
        assert all(piece for piece in utterance.content)
        words = [i for piece in utterance.content for i in piece]
        assert len(words) == len(set(words))
        assert any(text.tokens[i].upos != "PUNCT" for i in words)
        if utterance.follows is not None:
            assert utterance.follows != at
            assert not utterance.source, "what goes on has its speaker from where it goes on"
            assert utterance.follows in range(len(found))
            assert found[utterance.follows].start <= utterance.start
