"""Training examples: labels stay with their words through windows and through damage."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.damage import (
    as_block_quote,
    damaged,
    fronted,
    keep_words,
    misspelt,
    signs_lost,
    with_furniture,
    without_quotes,
)
from training.examples import (
    CONTENT,
    CUE,
    QUOTES,
    SOURCE,
    Example,
    Frame,
    Syntax,
    attribution_examples,
    lemma_script,
    tree_examples,
    vocabularies,
)

from onrecord.reader.heads.annotate import apply_script
from onrecord.reader.heads.windows import WINDOW, pieces_of
from onrecord.reader.heads.wordpiece import WordPiece
from onrecord.reader.heads.words import Gap
from onrecord.reader.models import WEIGHTS

VOCABULARY = WordPiece.read(WEIGHTS / "vocabulary.txt")


@pytest.fixture(scope="module")
def vocabulary() -> WordPiece:
    return VOCABULARY


def conllu(tmp_path: Path, sentences: list[list[tuple[str, int, str, str]]]) -> Path:
    """A file of one document; each word is its form, governor (from 1, 0 the root), relation and MISC."""
    lines = ["# newdoc id = GUM_one"]
    for words in sentences:
        for n, (form, head, relation, misc) in enumerate(words, 1):
            lines.append(f"{n}\t{form}\t{form.lower()}\tX\tFW\t_\t{head}\t{relation}\t_\t{misc}")
        lines.append("")
    path = tmp_path / "part.conllu"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


MAYOR = [
    ("The", 2, "det", "Entity=(1-person-new-2-coref"),
    ("mayor", 3, "nsubj", "Entity=1)"),
    ("left", 0, "root", "_"),
    ("Drusa", 3, "obj", "Entity=(2-place-new-1-sgl)"),
]


def test_a_window_of_sentences_with_their_trees(tmp_path: Path, vocabulary: WordPiece) -> None:
    (example,) = tree_examples(conllu(tmp_path, [MAYOR, MAYOR]), "gum", vocabulary, mentions=True)
    assert (example.source, example.document) == ("gum", "GUM_one")
    assert example.words == ["The", "mayor", "left", "Drusa"] * 2
    assert example.syntax is not None
    assert example.syntax.starts == [1, 0, 0, 0] * 2
    assert example.syntax.heads == [1, 2, 2, 2, 5, 6, 6, 6]
    assert len(example.pieces) == len(example.gaps) == len(example.words)
    assert example.mentions is not None
    assert [(m.head, m.start, m.end, m.type, m.group) for m in example.mentions] == [
        (1, 0, 1, "person", "1"),
        (3, 3, 3, "place", "2"),
        (5, 4, 5, "person", "1"),
        (7, 7, 7, "place", "2"),
    ]


def test_mentions_only_where_asked(tmp_path: Path, vocabulary: WordPiece) -> None:
    (example,) = tree_examples(conllu(tmp_path, [MAYOR]), "ewt", vocabulary, mentions=False)
    assert example.mentions is None
    assert example.frames is None


def test_no_window_is_longer_than_the_encoder_takes(tmp_path: Path, vocabulary: WordPiece) -> None:
    too_long = [("water", 0 if n == 0 else 1, "root" if n == 0 else "dep", "_") for n in range(WINDOW + 1)]
    examples = tree_examples(conllu(tmp_path, [MAYOR] * 100 + [too_long] + [MAYOR]), "gum", vocabulary, mentions=True)
    assert all(sum(map(len, e.pieces)) <= WINDOW for e in examples)
    assert sum(len(e.words) for e in examples) == 101 * len(MAYOR), "only the sentence that is too long is left out"
    for example in examples:
        assert example.syntax is not None
        assert all(0 <= h < len(example.words) for h in example.syntax.heads)
        assert example.words[:2] == ["The", "mayor"]


def test_a_coordination_hangs_by_its_conjunction(tmp_path: Path, vocabulary: WordPiece) -> None:
    sentence = [
        ("Orlan", 4, "nsubj", "Entity=(1-person-new-1(2-person-new-1)"),
        ("and", 3, "cc", "_"),
        ("Hemmer", 1, "conj", "Entity=(3-person-new-1)1)"),
        ("left", 0, "root", "_"),
    ]
    (example,) = tree_examples(conllu(tmp_path, [sentence]), "gum", vocabulary, mentions=True)
    assert example.mentions is not None
    assert [(m.head, m.start, m.end, m.group) for m in example.mentions] == [
        (0, 0, 0, "2"),
        (1, 0, 2, "1"),
        (2, 2, 2, "3"),
    ]


TEXT = "“We left,” said Orlan.\n\nIt rained. Hemmer denied that they had."


def article(*statements: dict[str, list[str]], text: str = TEXT) -> dict[str, Any]:
    """An article with statements given by their words."""
    at = [
        {part: [[text.index(w), text.index(w) + len(w)] for w in words] for part, words in s.items()}
        for s in statements
    ]
    return {"id": "one", "text": text, "statements": at}


def attributed(tmp_path: Path, vocabulary: WordPiece, *articles: dict[str, Any]) -> list[Example]:
    path = tmp_path / "part.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(a) + "\n" for a in articles)
    return attribution_examples(path, "polnear", vocabulary)


def test_statements_become_frames(tmp_path: Path, vocabulary: WordPiece) -> None:
    first = {"source": ["Orlan"], "cue": ["said"], "content": ["“We left,”"]}
    second = {"source": ["Hemmer"], "cue": ["denied"], "content": ["that they had"]}
    (example,) = attributed(tmp_path, vocabulary, article(first, second))
    assert example.words == "“ We left , ” said Orlan . It rained . Hemmer denied that they had .".split()
    assert example.gaps[0] == example.gaps[8] == Gap.PARAGRAPH
    assert example.frames == [
        Frame(5, {**dict.fromkeys(range(5), CONTENT), 5: CUE, 6: SOURCE}),
        Frame(12, {11: SOURCE, 12: CUE, 13: CONTENT, 14: CONTENT, 15: CONTENT}),
    ]


def test_without_a_cue_the_source_is_the_anchor(tmp_path: Path, vocabulary: WordPiece) -> None:
    (example,) = attributed(tmp_path, vocabulary, article({"source": ["Orlan"], "cue": [], "content": ["“We left,”"]}))
    assert example.frames is not None
    assert [f.anchor for f in example.frames] == [6]


def test_where_roles_overlap_the_narrower_wins(tmp_path: Path, vocabulary: WordPiece) -> None:
    overlapping = {"source": ["Orlan"], "cue": ["said"], "content": ["“We left,” said Orlan"]}
    (example,) = attributed(tmp_path, vocabulary, article(overlapping))
    assert example.frames is not None
    assert example.frames[0].roles == {**dict.fromkeys(range(5), CONTENT), 5: CUE, 6: SOURCE}


def test_a_frame_stays_in_the_window_of_its_anchor(tmp_path: Path, vocabulary: WordPiece) -> None:
    text = TEXT + "\n\n" + "It rained. " * 150 + "\n\nRutte agreed it had."
    spoken = {"source": ["Rutte"], "cue": ["agreed"], "content": ["it had."]}
    far = {"source": ["Orlan"], "cue": ["said"], "content": ["it had."]}
    examples = attributed(tmp_path, vocabulary, article(spoken, far, text=text))
    assert len(examples) > 1
    frames = [(e.words[f.anchor], [e.words[i] for i in f.roles]) for e in examples for f in e.frames or []]
    assert frames == [("agreed", ["it", "had", ".", "Rutte", "agreed"])]
    assert all(sum(map(len, e.pieces)) <= WINDOW for e in examples)
    assert all(e.gaps[0] == Gap.PARAGRAPH for e in examples)


QUOTE = "“ We have left the old town for good , ” said Ilja Orlan . It rained .".split()
ROLES = {**dict.fromkeys(range(11), CONTENT), 11: CUE, 12: SOURCE, 13: SOURCE}


def example(words: list[str] = QUOTE, frames: list[Frame] | None = None, gaps: list[int] | None = None) -> Example:
    plain = [int(Gap.PARAGRAPH)] + [int(Gap.SPACE)] * (len(words) - 1)
    return Example("polnear", "one", words, gaps or plain, [[n] for n in range(len(words))], frames=frames)


def said() -> Example:
    """A quotation and its attribution, alone in their paragraph, and another paragraph."""
    gaps = [int(Gap.SPACE)] * len(QUOTE)
    gaps[0] = gaps[QUOTE.index("It")] = int(Gap.PARAGRAPH)
    return example(frames=[Frame(11, dict(ROLES))], gaps=gaps)


def spoken(e: Example, role: int) -> list[str]:
    assert e.frames
    return [e.words[i] for i in sorted(e.frames[0].roles) if e.frames[0].roles[i] == role]


def test_keeping_words_renumbers_frames() -> None:
    kept = keep_words(said(), list(range(2, len(QUOTE))))
    assert kept.words == QUOTE[2:]
    assert kept.frames == [Frame(9, {i - 2: r for i, r in ROLES.items() if i >= 2})]
    assert [p[0] for p in kept.pieces] == list(range(2, len(QUOTE)))


def test_a_frame_without_its_anchor_or_content_is_dropped() -> None:
    assert keep_words(said(), [i for i in range(len(QUOTE)) if i != 11]).frames == []
    assert keep_words(said(), list(range(11, len(QUOTE)))).frames == []


def test_quotation_marks_lost() -> None:
    lost = without_quotes(said())
    assert lost.words == [w for w in QUOTE if w not in QUOTES]
    assert spoken(lost, CONTENT) == "We have left the old town for good ,".split()
    assert spoken(lost, CUE) == ["said"]


def test_a_text_of_marks_alone_is_left_as_it_is() -> None:
    marks = example(["“", "”"])
    assert without_quotes(marks) is marks


def test_a_quotation_set_off_as_a_block() -> None:
    block = as_block_quote(said(), random.Random(7))
    assert block.words == "We have left the old town for good Ilja Orlan It rained .".split()
    assert spoken(block, CONTENT) == "We have left the old town for good".split()
    assert spoken(block, SOURCE) == ["Ilja", "Orlan"]
    assert spoken(block, CUE) == []
    assert block.frames is not None
    assert block.frames[0].anchor == 8, "the first word of the name, since no cue is left"
    assert block.gaps[0] == Gap.PARAGRAPH
    assert block.gaps[8] in {Gap.SPACE, Gap.LINE, Gap.PARAGRAPH}


def test_a_short_or_nameless_quotation_is_not_set_off() -> None:
    rng = random.Random(7)
    for words in ("“ We left , ” said Ilja Orlan .", "“ We have left the old town for good , ” said an officer ."):
        cue = words.split().index("said")
        roles = {**dict.fromkeys(range(cue), CONTENT), cue: CUE, cue + 1: SOURCE, cue + 2: SOURCE}
        same = example(words.split(), [Frame(cue, roles)])
        assert as_block_quote(same, rng) is same


WORDS = st.sampled_from([*QUOTE, '"', "''", "Rutte", ";"])


@st.composite
def examples(draw: st.DrawFn) -> Example:
    words = draw(st.lists(WORDS, min_size=1, max_size=40))
    gaps = [int(Gap.PARAGRAPH)] + [draw(st.integers(0, 3)) for _ in words[1:]]
    frames = []
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(words) - 1))
        roles = {
            i: r for i, r in enumerate(draw(st.lists(st.integers(0, 3), max_size=30)), start) if r and i < len(words)
        }
        if CONTENT in roles.values():
            frames.append(Frame(draw(st.sampled_from(sorted(roles))), roles))
    return example(words, frames, gaps)


@given(examples(), st.integers(0, 2**32))
def test_damage_keeps_labels_with_their_words(given_example: Example, seed: int) -> None:
    before = [list(given_example.words), list(given_example.gaps), [dict(f.roles) for f in given_example.frames or []]]
    out = signs_lost(given_example, random.Random(seed))
    assert before == [given_example.words, given_example.gaps, [f.roles for f in given_example.frames or []]], "a copy"
    assert len(out.words) == len(out.gaps) == len(out.pieces)
    assert all(Gap.GLUED <= g <= Gap.PARAGRAPH for g in out.gaps)
    where = {piece[0]: i for i, piece in enumerate(out.pieces)}  # an example's pieces number its words
    assert all(out.words[i].lower() == given_example.words[old].lower() for old, i in where.items())
    for frame in out.frames or []:
        assert frame.roles
        assert all(0 <= i < len(out.words) for i in (*frame.roles, frame.anchor))
        assert CONTENT in frame.roles.values()


@given(examples(), st.integers(0, 2**32))
def test_damage_is_seeded(given_example: Example, seed: int) -> None:
    first, again = (damaged(given_example, random.Random(seed), VOCABULARY) for _ in range(2))
    assert first == again


@given(examples(), st.integers(0, 2**32))
def test_misspelling_keeps_the_words_and_their_labels(given_example: Example, seed: int) -> None:
    out = misspelt(given_example, random.Random(seed), VOCABULARY)
    assert len(out.words) == len(given_example.words) == len(out.pieces)
    assert out.frames == given_example.frames
    assert all(
        word == old or pieces == pieces_of([word], VOCABULARY)[0]
        for word, old, pieces in zip(out.words, given_example.words, out.pieces, strict=True)
    )
    assert all(
        w == old for w, old in zip(out.words, given_example.words, strict=True) if not any(map(str.isalpha, old))
    )


def test_some_words_are_misspelt() -> None:
    rng = random.Random(3)
    changed = sum(
        word != old
        for _ in range(50)
        for word, old in zip(misspelt(example(QUOTE, []), rng, VOCABULARY).words, QUOTE, strict=True)
    )
    assert changed > 10


@given(examples(), st.integers(0, 2**32))
def test_furniture_takes_no_part_in_a_statement(given_example: Example, seed: int) -> None:
    out = with_furniture(given_example, random.Random(seed), VOCABULARY)

    def in_words(e: Example) -> list[list[tuple[str, int]]]:
        return [[(e.words[i], f.roles[i]) for i in sorted(f.roles)] for f in e.frames or []]

    assert in_words(out) == in_words(given_example)
    assert len(out.words) > len(given_example.words), "there is always a first paragraph"
    assert len(out.words) == len(out.gaps) == len(out.pieces)


def test_a_trailing_source_is_set_before_what_it_says() -> None:
    words = "It rained . “ We must leave now , ” said Nina Petrova . She left .".split()
    cue = words.index("said")
    roles = {**dict.fromkeys(range(4, 9), CONTENT), cue: CUE, cue + 1: SOURCE, cue + 2: SOURCE}
    out = fronted(example(words, [Frame(cue, roles)]), random.Random(1))
    assert " ".join(out.words) == "It rained . said Nina Petrova “ We must leave now , ” . She left ."
    (frame,) = out.frames or []
    assert out.words[frame.anchor] == "said"
    assert [out.words[i] for i, r in sorted(frame.roles.items()) if r == CONTENT] == "We must leave now ,".split()


@pytest.mark.parametrize(
    ("word", "lemma", "upos", "script"),
    [
        ("Rutte", "Rutte", "PROPN", "="),
        ("soldiers", "soldier", "NOUN", "-1+"),
        ("said", "say", "VERB", "-2+y"),
        ("The", "the", "DET", "-0+"),
        ("went", "go", "VERB", "-4+go"),
    ],
)
def test_lemma_scripts(word: str, lemma: str, upos: str, script: str) -> None:
    assert lemma_script(word, lemma, upos) == script


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12), st.sampled_from(["PROPN", "NOUN", "VERB"]))
def test_the_reader_makes_the_lemma_that_the_script_was_made_of(word: str, lemma: str, upos: str) -> None:
    made = apply_script(word, lemma_script(word, lemma, upos))
    assert made == (lemma if upos == "PROPN" and lemma == word else lemma.lower())


def test_rare_labels_are_left_out() -> None:
    def tagged(words: list[str], upos: str) -> Example:
        n = len(words)
        syntax = Syntax([1] + [0] * (n - 1), [upos] * n, ["NN"] * n, [w.lower() for w in words], [0] * n, ["dep"] * n)
        return Example("gum", "one", words, [1] * n, [[0]] * n, syntax)

    labels = vocabularies([tagged(["Water"] * 4, "NOUN"), tagged(["Water"] * 3, "VERB")], least=4)
    assert labels == {"upos": ["NOUN"], "tag": ["NN"], "lemma": ["-0+"], "relation": ["dep"], "mention": ["none"]}
