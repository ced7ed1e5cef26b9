"""Two readers by name: which is chosen, what the small one borrows, and how its readings are told apart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import onrecord
from onrecord.errors import ReaderError
from onrecord.ledger import Ledger
from onrecord.reader import load_encoder, read, read_all
from onrecord.reader.confidence import confidence, fitted_to
from onrecord.reader.heads.encoder import Encoder
from onrecord.reader.models import FULL, MODELS, SMALL, WEIGHTS, model_of, outranks
from onrecord.records import Document, Span
from onrecord.views.cli import app

run = CliRunner().invoke
TEXT = "“We have all left the town,” Mayor Pavla Hemmerin said on Tuesday. At least 14 people died, officials in Drusa said."
ABOUT = json.loads((MODELS[SMALL] / "reader.json").read_text(encoding="utf-8"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small reader below a copy of the full one's files, which it borrows from."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name in ("reader.json", "reader.onnx"):
        shutil.copy(MODELS[SMALL] / name, folder / name)
    shutil.copy(WEIGHTS / "vocabulary.txt", tmp_path)
    shutil.copy(WEIGHTS / "reader.onnx", tmp_path)
    return folder


def test_a_reading_says_which_of_them_it_is_by() -> None:
    by = {model: onrecord.read(TEXT, model=model) for model in MODELS}
    assert by[FULL] == onrecord.read(TEXT)
    for model, reading in by.items():
        assert reading.model == load_encoder(model).name
        assert model_of(reading.model) == model
        assert {s.act for s in reading.statements} == {"say"}
        assert [f.low for f in reading.figures] == [14]


def test_each_way_of_reading_takes_the_one_that_is_named(tmp_path: Path) -> None:
    document = Document("d", TEXT)
    own = read(document, load_encoder(SMALL))
    assert read(document, model=SMALL) == own
    for workers in (1, 2):
        assert list(read_all([document] * 2, workers=workers, model=SMALL)) == [own] * 2
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert onrecord.read_file(tmp_path / "a.txt", model=SMALL).model == own.model


def test_a_name_that_no_reader_has_is_refused() -> None:
    with pytest.raises(ReaderError, match="no reader is called 'large': there are full and small"):
        onrecord.read(TEXT, model="large")


def test_the_small_one_is_less_than_a_third_of_the_full_one() -> None:
    """What it has of the other's graph is not there twice."""
    sizes = {model: (folder / "reader.onnx").stat().st_size for model, folder in MODELS.items()}
    assert sizes[SMALL] < sizes[FULL] / 3
    assert sorted(path.name for path in MODELS[SMALL].iterdir()) == ["reader.json", "reader.onnx"]


def test_a_copy_of_both_reads_the_same(small: Path) -> None:
    assert read(Document("d", TEXT), Encoder(small, 1)) == read(Document("d", TEXT), model=SMALL)


def test_nothing_else_is_borrowed(small: Path) -> None:
    """One bit of what is lent, and the small reader says which file it is; the rest of that file is not its own."""
    graph = bytearray((WEIGHTS / "reader.onnx").read_bytes())
    at = ABOUT["borrows"]["at"]
    for place in (at, at + 5_000_000):
        graph[place] ^= 1
        (small.parent / "reader.onnx").write_bytes(graph)
        with pytest.raises(ReaderError, match=r"reader\.onnx is damaged, or not the graph that .*small"):
            Encoder(small, 1)
        graph[place] ^= 1
    graph[at - 1] ^= 1
    (small.parent / "reader.onnx").write_bytes(graph)
    assert Encoder(small, 1).name == load_encoder(SMALL).name


@pytest.mark.parametrize("name", ["reader.onnx", "vocabulary.txt"])
def test_what_it_borrows_from_is_named_where_it_is_missing(small: Path, name: str) -> None:
    (small.parent / name).unlink()
    with pytest.raises(ReaderError, match=name.replace(".", r"\.")):
        Encoder(small, 1)


def test_what_the_full_reader_read_stays() -> None:
    assert outranks("onrecord-reader 3", "onrecord-reader-small 1")
    assert outranks("onrecord-reader 2, rounded otherwise", "onrecord-reader-small 1")
    assert not outranks("onrecord-reader-small 1", "onrecord-reader 3")
    assert not outranks("onrecord-reader-small 1", "onrecord-reader-small 2")
    assert not outranks("onrecord-reader 2", "onrecord-reader 3")


def test_a_confidence_is_that_of_who_read() -> None:
    """The small reader is wrong more often where it is as sure."""
    full = confidence("statement", Span(0, 1), {})
    with fitted_to(SMALL):
        assert confidence("statement", Span(0, 1), {}) != full
    assert confidence("statement", Span(0, 1), {}) == full


def test_commands_take_it_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    found = run(app, ["read", str(tmp_path / "a.txt"), "--model", "small", "--json"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["model"] == load_encoder(SMALL).name
    refused = run(app, ["read", str(tmp_path / "a.txt"), "--model", "large"])
    assert refused.exit_code == 2
    assert "'large' is none of full, small" in " ".join(refused.stderr.replace("│", " ").split())


def test_a_ledger_keeps_what_the_full_one_read_and_takes_it_over_what_the_small_one_did(tmp_path: Path) -> None:
    names = {model: load_encoder(model).name for model in MODELS}
    document = Document("d" * 64, TEXT, lang="en")
    for first, second, outcome, by in ((FULL, SMALL, "known", FULL), (SMALL, FULL, "replaced", FULL)):
        with Ledger.open(":memory:") as ledger:
            assert [r.outcome for r in ledger.add([document], model=first)] == ["added"]
            assert [r.outcome for r in ledger.add([document], model=first)] == ["known"]
            assert [r.outcome for r in ledger.add([document], model=second)] == [outcome]
            assert ledger.document(document.id).model == names[by]
