"""The shipped weights: what damaged ones say of themselves, and what holds of every window whatever they have learned."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import ReaderError
from onrecord.reader import annotate, load_encoder, read
from onrecord.reader.heads.encoder import CANDIDATES, Encoder, Heads
from onrecord.reader.heads.released import RELEASED
from onrecord.reader.heads.windows import WINDOW, Window, cut_windows, pieces_of
from onrecord.reader.models import FULL, MODELS, WEIGHTS
from onrecord.records import Block, Document, Span


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the weights that a test may damage; the graph is a link as long as nobody does."""
    for name in ("reader.json", "vocabulary.txt"):
        shutil.copy(WEIGHTS / name, tmp_path / name)
    (tmp_path / "reader.onnx").symlink_to(WEIGHTS / "reader.onnx")
    return tmp_path


def test_weights_in_another_folder_are_the_same_weights(folder: Path, encoder: Encoder) -> None:
    other = Encoder(folder)
    assert other.name == encoder.name
    assert other.labels == encoder.labels


@pytest.mark.parametrize("name", ["reader.json", "reader.onnx", "vocabulary.txt"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ReaderError, match=name.replace(".", r"\.")):
        Encoder(folder)


@pytest.mark.parametrize("name", ["reader.json", "reader.onnx", "vocabulary.txt"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"{", b"[]", b"{}"], ids=["empty", "binary", "cut off", "list", "object"]
)
def test_a_damaged_file_is_named(folder: Path, name: str, content: bytes) -> None:
    (folder / name).unlink()
    (folder / name).write_bytes(content)
    with pytest.raises(ReaderError, match=name.replace(".", r"\.")):
        Encoder(folder)


def test_a_cut_off_graph_is_named(folder: Path) -> None:
    graph = (WEIGHTS / "reader.onnx").read_bytes()
    (folder / "reader.onnx").unlink()
    (folder / "reader.onnx").write_bytes(graph[:-1])
    with pytest.raises(ReaderError, match=r"reader\.onnx"):
        Encoder(folder)


@pytest.mark.parametrize("at", [0, 1_000, 12_345_678, -1])
def test_one_bit_of_the_graph_is_enough(folder: Path, at: int) -> None:
    graph = bytearray((WEIGHTS / "reader.onnx").read_bytes())
    graph[at] ^= 1
    (folder / "reader.onnx").unlink()
    (folder / "reader.onnx").write_bytes(graph)
    with pytest.raises(ReaderError, match=r"reader\.onnx is damaged: its digest"):
        Encoder(folder)


def test_a_vocabulary_that_was_altered_is_refused(folder: Path) -> None:
    """Two pieces that have changed places would be read without a word, and wrongly."""
    pieces = (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    pieces[5000], pieces[6000] = pieces[6000], pieces[5000]
    (folder / "vocabulary.txt").write_text("\n".join([*pieces, ""]), encoding="utf-8")
    with pytest.raises(ReaderError, match=r"vocabulary\.txt is damaged: its digest"):
        Encoder(folder)


def test_other_weights_in_the_place_of_the_packages_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sound ones, whose digests are all right: what the package reads with is written down in its code."""
    about = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    (folder / "reader.json").write_text(json.dumps(about | {"version": "2b"}), encoding="utf-8")
    assert Encoder(folder).name == "onrecord-reader 2b", "elsewhere, by whoever names the folder, they are taken"
    monkeypatch.setitem(MODELS, FULL, folder)
    with pytest.raises(ReaderError, match=r"reader\.json is damaged, or of other weights"):
        Encoder(folder)


@pytest.mark.parametrize("model", MODELS)
def test_the_digest_that_the_package_knows_is_that_of_its_weights(model: str) -> None:
    own = MODELS[model]
    about = json.loads((own / "reader.json").read_text(encoding="utf-8"))
    for path, digest in (
        (own / "reader.json", RELEASED[model]),
        (own / "reader.onnx", about["sha256"]),
        (WEIGHTS / "vocabulary.txt", about["vocabulary"]),
    ):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest, path


@pytest.mark.parametrize("field", ["labels", "sha256", "vocabulary", "name", "version"])
def test_a_description_without_a_field_is_refused(folder: Path, field: str) -> None:
    about = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    del about[field]
    (folder / "reader.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(ReaderError, match=rf"reader\.json.*{field}"):
        Encoder(folder)


def test_an_error_of_the_weights_comes_out_of_read(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="no weights"):
        load_encoder(tmp_path)


PARAGRAPHS = (
    "“We have all left the town,” Mayor Pavla Hemmerin told Velna Valley Radio on Tuesday.",
    "At least 14 people died. Officials in Drusa said that about 10,000 soldiers would come, and denied any danger.",
    "No.",
    "WATER 🌊 e\u0301 السلام https://example.org/a?b=c " * 6,
)


def window(text: str, encoder: Encoder) -> Window:
    words = text.split()
    (made,) = cut_windows(words, [1] * len(words), pieces_of(words, encoder.vocabulary))
    return made


def test_a_window_reads_the_same_whatever_was_read_before(encoder: Encoder) -> None:
    windows = [window(p, encoder) for p in PARAGRAPHS]
    alone = [Encoder(WEIGHTS).run(windows[0]), *(encoder.run(w) for w in windows[1:])]
    for order in ((3, 2, 1, 0), (0, 1, 0, 3, 0, 2)):
        for at in order:
            again = encoder.run(windows[at])
            for field in fields(Heads):
                assert np.array_equal(getattr(again, field.name), getattr(alone[at], field.name)), field.name


@pytest.mark.parametrize("text", [*PARAGRAPHS, "two words", "three short words", "word " * WINDOW])
def test_heads_speak_of_every_word_and_of_no_other(text: str, encoder: Encoder) -> None:
    words = len(text.split())
    heads = encoder.run(window(text, encoder))
    labels = {name: len(of) for name, of in encoder.labels.items()}
    for field in ("start", "upos", "tag", "lemma", "mention", "mention_probability", "first", "last", "coref_new"):
        assert getattr(heads, field).shape == (words,), field
    assert heads.heads.shape == heads.head_scores.shape == heads.relations.shape == (words, CANDIDATES)
    assert heads.coref_now.shape == heads.coref_then.shape
    assert heads.roles.shape == (len(heads.anchors), words, 4)
    for field in ("upos", "tag", "lemma", "mention"):
        assert np.all((getattr(heads, field) >= 0) & (getattr(heads, field) < labels[field])), field
    assert np.all((heads.relations >= 0) & (heads.relations < labels["relation"]))
    assert np.all((heads.heads[:, 0] >= 0) & (heads.heads[:, 0] < words)), "the best governor is a word of the window"
    extent = heads.mention > 0
    assert np.all((heads.first <= np.arange(words))[extent])
    assert np.all(((heads.last >= np.arange(words)) & (heads.last < words))[extent])
    for field in ("start", "mention_probability", "anchor_probability"):
        assert np.all((getattr(heads, field) >= 0) & (getattr(heads, field) <= 1)), field
    likely = heads.anchor_probability >= 0.05
    assert np.all((heads.anchors < words) | ~likely), "a likely cue is a word of the window"
    assert np.allclose(np.exp(heads.roles[likely]).sum(-1), 1, atol=1e-3)


def test_what_is_read_does_not_depend_on_threads() -> None:
    one, two = Encoder(WEIGHTS, threads=1), Encoder(WEIGHTS, threads=2)
    for path in sorted((Path(__file__).parents[2] / "samples").rglob("*.txt")):
        document = Document("d", path.read_text(encoding="utf-8"), published="2025-03-14")
        assert read(document, one) == read(document, two), path.name


def test_a_document_of_one_word_is_one_sentence(encoder: Encoder) -> None:
    annotated = annotate(Document("0" * 64, "Water"), encoder)
    (token,) = annotated.tokens
    assert (token.text, token.span, token.head, token.relation, token.sentence) == ("Water", Span(0, 5), 0, "root", 0)
    assert annotated.sentences == (range(1),)


@pytest.mark.parametrize("text", ["", " \n\r\n\t\u00a0"])
def test_a_document_without_words_reads_as_nothing(text: str) -> None:
    reading = read(Document("0" * 64, text))
    assert (reading.statements, reading.entities, reading.events, reading.figures, reading.moments) == ((),) * 5
    assert reading.mentions == reading.rejected == ()


def test_furniture_is_not_read(encoder: Encoder) -> None:
    text = "Water rose.\nShare this article with 200 friends\nIt fell."
    line = Span(text.index("Share"), text.index("\nIt"))
    annotated = annotate(Document("0" * 64, text, blocks=(Block(line, "boilerplate"),)), encoder)
    assert [t.text for t in annotated.tokens] == ["Water", "rose", ".", "It", "fell", "."]
    whole = annotate(Document("0" * 64, text, blocks=(Block(Span(0, len(text)), "boilerplate"),)), encoder)
    assert whole.tokens == whole.sentences == ()


def test_tokens_trees_and_mentions_hold_together(encoder: Encoder) -> None:
    text = "\n\n".join(PARAGRAPHS)
    annotated = annotate(Document("0" * 64, text), encoder)
    assert [t.index for t in annotated.tokens] == list(range(len(annotated.tokens)))
    assert [i for s in annotated.sentences for i in s] == list(range(len(annotated.tokens)))
    for number, sentence in enumerate(annotated.sentences):
        assert all(annotated.tokens[i].sentence == number for i in sentence)
        assert all(annotated.tokens[i].head in sentence for i in sentence)
        assert [annotated.tokens[i].relation for i in sentence if annotated.tokens[i].head == i] == ["root"]
        root = next(i for i in sentence if annotated.tokens[i].head == i)
        assert annotated.subtree(root) == list(sentence)
    for at, mention in enumerate(annotated.mentions):
        assert mention.start <= mention.head < mention.end <= len(annotated.tokens)
        assert all(k < at and 0 <= p <= 1 for k, p in mention.antecedents)
        assert [p for _, p in mention.antecedents] == sorted((p for _, p in mention.antecedents), reverse=True)
    assert all(t.text == t.span.of(text) and t.lemma for t in annotated.tokens)


def test_20000_words_are_read_in_bounded_time() -> None:
    """Measured: 8 s of one core. A decoder that grew with the square of the text would take minutes."""
    paragraph = " ".join(PARAGRAPHS[:3]) + "\n\n"
    copies = 20_000 // len(paragraph.split()) + 1
    started = time.process_time()
    reading = read(Document("0" * 64, paragraph * copies, published="2025-03-12"))
    taken = time.process_time() - started
    assert len(paragraph.split()) * copies >= 20_000
    assert reading.figures
    assert taken < 60, f"{taken:.1f} s of CPU"
