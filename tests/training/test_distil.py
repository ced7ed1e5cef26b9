"""A smaller reader is made of the released one and learns from it; needs the training extra (torch, onnx)."""

from __future__ import annotations

import argparse
import json
from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the `train` extra)")
pytest.importorskip("onnx", reason="onnx is not installed (the `train` extra)")
pytest.importorskip("safetensors", reason="safetensors is not installed (the `train` extra)")

from training.distil import Distillation, Lessons, divergence, student_of  # noqa: E402
from training.examples import CONTENT, CUE, SOURCE, Example, Frame  # noqa: E402
from training.losses import collate  # noqa: E402
from training.model import Reader, Sizes  # noqa: E402
from training.released import Teacher, restored  # noqa: E402

from onrecord.reader.heads.encoder import load_encoder  # noqa: E402
from onrecord.reader.heads.windows import make_window, pieces_of  # noqa: E402
from onrecord.reader.models import WEIGHTS  # noqa: E402

LABELS = json.loads((WEIGHTS / "reader.json").read_text(encoding="utf-8"))["labels"]
INDICES = {kind: {label: i for i, label in enumerate(labels)} for kind, labels in LABELS.items()}
VOCABULARY = load_encoder().vocabulary


def example(text: str, frames: list[Frame] | None = None) -> Example:
    words = text.split()
    return Example("polnear", text, words, [3] + [1] * (len(words) - 1), pieces_of(words, VOCABULARY), frames=frames)


LONG = example(
    "Ada Orlan , the mayor of Drusa , said on Monday that the bridge would be closed until June . "
    "The river had risen by two metres in a week , according to the water board , and more rain was expected ."
)
SHORT = example("Orlan said it fell .", [Frame(1, {0: SOURCE, 1: CUE, 2: CONTENT, 3: CONTENT})])


@pytest.fixture(scope="module")
def state() -> dict[str, torch.Tensor]:
    return restored(WEIGHTS / "reader.onnx")


@pytest.fixture(scope="module")
def full(state: dict[str, torch.Tensor]) -> Reader:
    reader = Reader(LABELS, dropout=0.0)
    reader.load_state_dict(state)  # strictly: no weight is missing, none is left over
    return reader.eval().requires_grad_(False)


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    return Teacher(WEIGHTS / "reader.onnx")


def test_restored_weights_read_as_the_graph_does(full: Reader) -> None:
    window = make_window(0, len(LONG.words), LONG.words, LONG.gaps, LONG.pieces)
    released = load_encoder().run(window)
    ids, shapes, gaps, firsts = (torch.tensor([getattr(window, k)]) for k in ("ids", "shapes", "gaps", "firsts"))
    words = full.words(ids, shapes, gaps, firsts)
    for head in ("upos", "tag", "mention"):
        agree = (getattr(full, head)(words)[0].argmax(dim=-1).numpy() == getattr(released, head)).mean()
        assert agree > 0.94, head  # the graph rounds what runs through it to int8
    (anchor, *_) = released.anchors
    roles = full.roles(words, torch.tensor([[0, int(anchor)]]), firsts > 0)[0].argmax(dim=-1).numpy()
    assert (roles == released.roles[0].argmax(axis=-1)).mean() > 0.94


def test_the_teacher_gives_the_vectors_that_its_heads_read(full: Reader, teacher: Teacher) -> None:
    batch = collate([SHORT, LONG], INDICES)
    vectors = teacher.vectors([SHORT, LONG], batch.firsts.shape)
    assert tuple(vectors.shape) == (*batch.firsts.shape, 384)
    assert not vectors[0, len(SHORT.words) :].any(), "nothing stands past the end of a window"
    window = make_window(0, len(LONG.words), LONG.words, LONG.gaps, LONG.pieces)
    assert (full.upos(vectors)[1].argmax(dim=-1).numpy() == load_encoder().run(window).upos).mean() > 0.97


def test_a_student_of_all_layers_and_widths_is_the_teacher(state: dict[str, torch.Tensor]) -> None:
    own = student_of(state, range(6), LABELS, Sizes()).state_dict()
    assert own.keys() == state.keys()
    assert all(torch.equal(own[name], state[name]) for name in own)


def test_a_student_keeps_the_units_that_weigh_most(state: dict[str, torch.Tensor]) -> None:
    student = student_of(state, (0, 5), LABELS, Sizes(layers=2, feed_forward=100, role=24)).state_dict()
    full_up, full_down = state["encoder.layers.5.up.weight"], state["encoder.layers.5.down.weight"]
    up, down = student["encoder.layers.1.up.weight"], student["encoder.layers.1.down.weight"]
    assert (tuple(up.shape), tuple(down.shape)) == ((100, 384), (384, 100))
    least = (up.norm(dim=1) * down.norm(dim=0)).min()
    assert ((full_up.norm(dim=1) * full_down.norm(dim=0)) >= least).sum() == 100
    assert torch.equal(student["encoder.layers.1.out.weight"], state["encoder.layers.5.out.weight"])
    assert torch.equal(student["encoder.pieces.weight"], state["encoder.pieces.weight"])
    assert student["roles.word.weight"].shape == (24, 384), "a head of another width begins anew"


def test_divergence_is_nothing_between_equals_and_counts_only_the_rows_kept() -> None:
    told = torch.tensor([[2.0, 0.0], [0.0, 3.0]])
    assert divergence(told, told, torch.tensor([True, True])) == 0
    other = torch.tensor([[2.0, 0.0], [5.0, 0.0]])
    assert divergence(other, told, torch.tensor([True, False])) == 0
    assert divergence(other, told, torch.tensor([True, True])) > 1


def test_who_has_learned_everything_has_nothing_to_learn(full: Reader, teacher: Teacher) -> None:
    lessons, batch = Lessons(teacher, full), collate([LONG], INDICES)
    batch.anchors = batch.roles = None  # no labels at all
    told = lessons.losses(full, [LONG], batch)
    taught = {
        "vectors",
        "upos",
        "tag",
        "lemma",
        "mention",
        "start",
        "anchor",
        "arc",
        "relation",
        "first",
        "last",
        "role",
    }
    assert set(told) == taught
    for name in taught - {"start", "anchor"}:  # these two are cross-entropies, whose least is not 0
        assert told[name] < 0.05, name
    torch.manual_seed(7)
    fresh = lessons.losses(Reader(LABELS, dropout=0.0).eval(), [LONG], batch)
    assert all(fresh[name] > told[name] for name in taught)


def test_labels_are_learned_beside_the_teacher(full: Reader, teacher: Teacher) -> None:
    lessons, batch = Lessons(teacher, full), collate([SHORT], INDICES)
    with_labels = lessons.losses(full, [SHORT], batch)
    batch.anchors = batch.roles = None
    without = lessons.losses(full, [SHORT], batch)
    assert with_labels["role"] > without["role"]
    assert with_labels["upos"] == without["upos"]


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    run = SimpleNamespace(args=argparse.Namespace(cool=0.5), batches=[None] * 1000)
    rates = [Distillation._rate(run, step) for step in range(1001)]  # type: ignore[arg-type]
    assert rates[0] < rates[30] < 1.0 == rates[100] == rates[500] > rates[501] > rates[900] > rates[1000] == 0.0
