"""The network and the reader agree on what the graph gives; needs the training extra (torch)."""

from __future__ import annotations

from dataclasses import fields

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the `train` extra)")

from training.examples import CONTENT, CUE, SOURCE, Example, Frame, Mention, Syntax, vocabularies  # noqa: E402
from training.losses import collate, losses  # noqa: E402
from training.model import CANDIDATES, OUTPUTS, Exported, Reader, Sizes, sentence_mask  # noqa: E402

from onrecord.reader.heads import encoder  # noqa: E402
from onrecord.reader.heads.windows import make_window  # noqa: E402

SMALL = Sizes(
    vocabulary=150, positions=64, width=12, layers=1, attention_heads=2, feed_forward=16, arc=4, relation=4, pointer=4,
    coref=4, role=4,
)  # fmt: skip

TREE = Example(
    "gum",
    "one",
    ["Orlan", "left", "Drusa", "It", "fell"],
    [3, 1, 1, 1, 1],
    [[5], [6, 7], [8], [9], [10]],
    Syntax(
        [1, 0, 0, 1, 0],
        ["PROPN", "VERB", "PROPN", "PRON", "VERB"],
        ["NNP", "VBD", "NNP", "PRP", "VBD"],
        ["Orlan", "leave", "Drusa", "it", "fall"],
        [1, 1, 1, 4, 4],
        ["nsubj", "root", "obj", "nsubj", "root"],
    ),
    [Mention(0, 0, 0, "person", "1"), Mention(2, 2, 2, "place", "2"), Mention(3, 3, 3, "place", "2")],
)
FRAMES = Example(
    "polnear", "two", ["Orlan", "said", "it", "fell"], [3, 1, 1, 1], [[5], [6], [7], [8]],
    frames=[Frame(1, {0: SOURCE, 1: CUE, 2: CONTENT, 3: CONTENT})],
)  # fmt: skip
LABELS = vocabularies([TREE], least=1)
INDICES = {kind: {label: i for i, label in enumerate(labels)} for kind, labels in LABELS.items()}


@pytest.fixture
def reader() -> Reader:
    torch.manual_seed(7)
    return Reader(LABELS, SMALL, dropout=0.0)


def test_the_graph_gives_what_the_encoder_takes() -> None:
    assert list(OUTPUTS) == [f.name for f in fields(encoder.Heads)]
    assert CANDIDATES == encoder.CANDIDATES


def test_outputs_have_the_shapes_they_say(reader: Reader) -> None:
    window = make_window(0, 5, TREE.words, TREE.gaps, TREE.pieces)
    rows = (window.ids, window.shapes, window.gaps, window.firsts)
    batch = [torch.tensor([row]) for row in rows]
    with torch.no_grad():
        out = dict(zip(OUTPUTS, Exported(reader, anchor_floor=0.0)(*batch), strict=True))
    for name in ("start", "upos", "tag", "lemma", "mention", "mention_probability", "first", "last", "coref_new"):
        assert tuple(out[name].shape) == (1, 5), name
    assert tuple(out["heads"].shape) == tuple(out["relations"].shape) == (1, 5, CANDIDATES)
    assert tuple(out["roles"].shape) == (len(out["anchors"]), 5, 4)
    assert out["start"][0, 0] == 1, "a window begins a sentence"


def test_words_of_two_sentences_do_not_govern_each_other() -> None:
    mask = sentence_mask(torch.tensor([[True, False, True, False]]), torch.tensor([[True, True, True, False]]))
    assert mask.int().tolist() == [[[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]]


@pytest.mark.parametrize(
    ("example", "heads"),
    [
        (TREE, {"start", "upos", "tag", "lemma", "arc", "relation", "mention", "first", "last", "coref"}),
        (FRAMES, {"anchor", "role"}),
    ],
)
def test_each_source_teaches_its_heads_and_no_other(reader: Reader, example: Example, heads: set[str]) -> None:
    found = losses(reader, collate([example], INDICES))
    assert set(found) == heads
    assert all(torch.isfinite(loss) for loss in found.values())


def test_a_window_is_taught_the_same_beside_a_longer_one(reader: Reader) -> None:
    longer = Example(
        FRAMES.source, "three", FRAMES.words * 3, [3] + [1] * 11, FRAMES.pieces * 3,
        frames=[Frame(1, {0: SOURCE, 1: CUE, 2: CONTENT})],
    )  # fmt: skip
    both = losses(reader, collate([FRAMES, longer], INDICES))
    words = [len(FRAMES.words), len(longer.words)]
    alone = [losses(reader, collate([e], INDICES))["role"] for e in (FRAMES, longer)]
    mean = sum(n * loss for n, loss in zip(words, alone, strict=True)) / sum(words)
    assert torch.isclose(both["role"], mean, atol=1e-4)
