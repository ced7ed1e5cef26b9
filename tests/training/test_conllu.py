"""CoNLL-U → sentences: words, gaps, trees, and GUM's mentions; a malformed row names its line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from training.conllu import Mentioned, TreeDocument, read_conllu

from onrecord.reader.heads.words import Gap


def row(position: str, form: str, head: str = "0", misc: str = "_", *, upos: str = "X", relation: str = "dep") -> str:
    return "\t".join([position, form, form.lower(), upos, "FW", "_", head, relation, "_", misc])


def read(tmp_path: Path, *lines: str) -> list[TreeDocument]:
    path = tmp_path / "part.conllu"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(read_conllu(path))


FIRST = (
    "# newdoc id = GUM_one",
    "# newpar",
    "# sent_id = 1",
    row("1-2", "don't", "_"),
    row("1", "do", "3"),
    row("2", "n't", "3"),
    row("3", "go", "0"),
    row("3.1", "away", "_"),
    row("4", "now", "3", "SpaceAfter=No"),
    row("5", ".", "3"),
    "",
)
SECOND = ("# sent_id = 2", row("1", "Stay", "0", "SpaceAfter=No"), row("2", "!", "1"), "")


def test_words_are_the_syntactic_ones(tmp_path: Path) -> None:
    (document,) = read(tmp_path, *FIRST, *SECOND)
    assert document.id == "GUM_one"
    assert [s.words for s in document.sentences] == [["do", "n't", "go", "now", "."], ["Stay", "!"]]


def test_gaps_are_those_of_the_text(tmp_path: Path) -> None:
    (document,) = read(tmp_path, *FIRST, *SECOND, "# newpar", *SECOND)
    assert [s.gaps for s in document.sentences] == [
        [Gap.PARAGRAPH, Gap.GLUED, Gap.SPACE, Gap.SPACE, Gap.GLUED],
        [Gap.SPACE, Gap.GLUED],
        [Gap.PARAGRAPH, Gap.GLUED],
    ]


def test_the_space_after_a_word_that_is_written_as_one(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path,
        row("1-2", "don't", "_", "SpaceAfter=No"),
        row("1", "do"),
        row("2", "n't", "1"),
        row("3", ".", "1"),
        "",
    )
    assert document.sentences[0].gaps == [Gap.PARAGRAPH, Gap.GLUED, Gap.GLUED]


def test_governors_are_positions_and_the_root_its_own(tmp_path: Path) -> None:
    (document,) = read(tmp_path, *FIRST)
    assert document.sentences[0].heads == [2, 2, 2, 2, 2]


def test_documents_are_kept_apart(tmp_path: Path) -> None:
    found = read(tmp_path, *FIRST, "# newdoc id = GUM_two", *SECOND)
    assert [(d.id, len(d.sentences)) for d in found] == [("GUM_one", 1), ("GUM_two", 1)]
    assert found[1].sentences[0].gaps[0] == Gap.PARAGRAPH


def test_mentions_open_and_close(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path,
        "# newdoc id = GUM_one",
        row("1", "the", "2", "Entity=(1-person-giv:act-2-coref(2-place-new-1-sgl)"),
        row("2", "mayor", "0", "Entity=1)"),
        row("3", "of", "4", "SpaceAfter=No|Entity=(3-object-new-2-sgl"),
        row("4", "Drusa", "2", "Entity=(2-place-giv-1-coref)3)"),
        "",
        row("1", "She", "0", "Entity=(1-person-giv:act-1-ana)"),
        "",
    )
    assert sorted(document.mentions, key=lambda m: (m.start, m.end)) == [
        Mentioned(0, 1, "place", "2"),
        Mentioned(0, 2, "person", "1"),
        Mentioned(2, 4, "object", "3"),
        Mentioned(3, 4, "place", "2"),
        Mentioned(4, 5, "person", "1"),
    ]


def test_a_mention_inside_another_of_its_group(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path,
        row("1", "his", "2", "Entity=(7-person-new-2(7-person-giv-1)"),
        row("2", "own", "0", "Entity=7)"),
        "",
    )
    assert {(m.start, m.end) for m in document.mentions} == {(0, 1), (0, 2)}


def test_discontinuous_mentions_are_left_out(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path,
        row("1", "a", "2", "Entity=(5[1/2]-person-new-1"),
        row("2", "b", "0", "Entity=5[1/2])"),
        row("3", "c", "2", "Entity=(5[2/2]-person-new-1)"),
        "",
    )
    assert document.mentions == []


def test_mentions_do_not_reach_into_another_document(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row("1", "a", "0", "Entity=(5-person-new-1"),
        "",
        "# newdoc id = two",
        row("1", "b", "0", "Entity=5)"),
        "",
    )
    assert [d.mentions for d in found] == [[], []]


def test_a_file_may_be_gzipped(tmp_path: Path) -> None:
    path = tmp_path / "part.conllu.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write("\n".join(FIRST) + "\n")
    assert [d.id for d in read_conllu(path)] == ["GUM_one"]


def test_a_last_sentence_without_a_blank_line_is_read(tmp_path: Path) -> None:
    (document,) = read(tmp_path, *FIRST, *SECOND[:-1])
    assert [len(s.words) for s in document.sentences] == [5, 2]


def test_a_malformed_row_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"part\.conllu:4: 3 columns, not 10"):
        read(tmp_path, *FIRST[:3], "1\tdo\tdo", "")
