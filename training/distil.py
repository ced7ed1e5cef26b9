"""A smaller reader that learns from the released one: `python -m training.distil --out training/runs/NAME`.

The student begins with some of the teacher's layers, with those units of their feed-forward parts that weigh most, and
with the teacher's embedding, which it keeps as it is. On every window it learns the teacher's word vectors and what the
teacher's heads make of them, whether or not anybody annotated that layer of the window, and beside them the annotations
that there are. Seeded and resumable as `training.train` is; `training.export` takes the run as it takes any other.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from training import train
from training.examples import Example
from training.losses import Batch, losses
from training.model import NEVER, PARAGRAPH, Reader, Sizes, sentence_mask
from training.released import Teacher, restored

WEIGHTS = Path("src/onrecord/reader/weights")
LAYERS = (0, 2, 5)  # of the threes of six, those by whose vectors the teacher's heads agree best with the teacher
WARM = 60  # steps
LIKELY, CUE = 0.3, -1.0  # a mention's probability and a cue's logit from which the teacher has a say about their extent
OWN = {"vectors": 2.0, "role": 2.0}  # weights of losses where they are not those of training.train


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, default=WEIGHTS, help="the folder of the released weights")
    parser.add_argument("--layers", type=int, nargs="+", default=LAYERS, help="the teacher's layers that are kept")
    parser.add_argument("--feed-forward", type=int, default=1024)
    parser.add_argument("--role", type=int, default=96, help="width of the role head")
    parser.add_argument(
        "--dropout", type=float, default=0.05, help="little: a small reader learns too little, not too much"
    )
    parser.add_argument("--polnear", type=int, default=11, help="passes over PolNeAR train")
    parser.add_argument("--gum", type=int, default=20)
    parser.add_argument("--ewt", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--encoder-rate", type=float, default=5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument(
        "--cool", type=float, default=0.6, help="the last share of the steps, in which the rate falls to 0"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, help="leave the plan off after this many steps")
    parser.set_defaults(gum_attribution=0, undamaged=False, start_from=None)
    Distillation(parser.parse_args()).go()


class Distillation(train.Run):
    """A training run whose model is a part of the teacher, and which learns from the teacher."""

    def _reader(self, labels: dict[str, list[str]]) -> Reader:
        if json.loads((self.args.teacher / "reader.json").read_text(encoding="utf-8"))["labels"] != labels:
            raise SystemExit(f"{self.args.teacher}: its labels are not those of this data")
        graph = self.args.teacher / "reader.onnx"
        state = restored(graph)
        heads = Reader(labels)
        heads.load_state_dict(state)
        self.teacher = Lessons(Teacher(graph), heads.eval().requires_grad_(False))
        layers: Sequence[int] = self.args.layers
        sizes = Sizes(layers=len(layers), feed_forward=self.args.feed_forward, role=self.args.role)
        student = student_of(state, layers, labels, sizes, self.args.dropout)
        student.encoder.pieces.requires_grad_(False)
        student.encoder.positions.requires_grad_(False)
        return student

    def _rate(self, step: int) -> float:
        """A short warm-up, then level, then straight down to 0: what is learned last is learned finely."""
        left = (len(self.batches) - step) / max(1, int(self.args.cool * len(self.batches)))
        return min((step + 1) / WARM, 1.0, max(left, 0.0))

    def _parts(self, chosen: Sequence[Example], batch: Batch) -> dict[str, Tensor]:
        return self.teacher.losses(self.model, chosen, batch)

    def _weight(self, name: str) -> float:
        return OWN[name] if name in OWN else super()._weight(name)


def student_of(
    state: dict[str, Tensor], layers: Sequence[int], labels: dict[str, list[str]], sizes: Sizes, dropout: float = 0.1
) -> Reader:
    """A reader of these sizes with the weights of these layers of a larger one's `state`, and of all else that fits.

    Where its feed-forward parts are narrower, it has the units whose weights, in and out, are the longest. A head of
    another width begins anew.
    """
    kept = {name: value for name, value in state.items() if not name.startswith("encoder.layers.")}
    for new, old in enumerate(layers):
        own, theirs = f"encoder.layers.{new}.", f"encoder.layers.{old}."
        layer = {name.removeprefix(theirs): value for name, value in state.items() if name.startswith(theirs)}
        weight = layer["up.weight"].norm(dim=1) * layer["down.weight"].norm(dim=0)
        units = weight.topk(sizes.feed_forward).indices.sort().values
        layer["up.weight"], layer["up.bias"] = layer["up.weight"][units], layer["up.bias"][units]
        layer["down.weight"] = layer["down.weight"][:, units]
        kept |= {own + name: value for name, value in layer.items()}
    reader = Reader(labels, sizes, dropout)
    fresh = reader.state_dict()
    reader.load_state_dict({k: v if v.shape == fresh[k].shape else fresh[k] for k, v in kept.items()})
    return reader


@dataclass(frozen=True)
class Lessons:
    """What a student is taught: the teacher's vectors, and its heads, which are run on them here for all their scores."""

    teacher: Teacher
    heads: Reader

    def losses(self, student: Reader, examples: Sequence[Example], batch: Batch) -> dict[str, Tensor]:
        """Mean loss of each head: how far the student is from the teacher and, where there are any, from the labels."""
        told = self.teacher.vectors(examples, batch.firsts.shape)
        words = student.words(batch.ids, batch.shapes, batch.gaps, batch.firsts)
        out = self._by_teacher(student, batch, words, told)
        for name, loss in losses(student, batch, words).items():
            out[name] = out[name] + loss if name in out else loss
        return out

    def _by_teacher(self, student: Reader, batch: Batch, words: Tensor, told: Tensor) -> dict[str, Tensor]:
        """`words` are the student's vectors, `told` the teacher's: [B, W, width]."""
        heads, real = self.heads, batch.firsts > 0
        out = {"vectors": ((words.float() - told)[real] ** 2).mean()}
        for name in ("upos", "tag", "lemma", "mention"):
            out[name] = divergence(getattr(student, name)(words), getattr(heads, name)(told), real)
        for name, weight in (("start", 1.0), ("anchor", 3.0)):
            likely = torch.sigmoid(getattr(heads, name)(told).float())[real]
            scores = getattr(student, name)(words).float()[real]
            out[name] = F.binary_cross_entropy_with_logits(scores, likely, pos_weight=torch.tensor(weight))
        away = self._away(batch, told, real)
        arcs = heads.arcs(told).float() + away
        out["arc"] = divergence(student.arcs(words).float() + away, arcs, real)
        governors = arcs.argmax(dim=-1, keepdim=True)
        out["relation"] = divergence(
            student.relations(words, governors)[:, :, 0], heads.relations(told, governors)[:, :, 0], real
        )
        mentions = (1 - heads.mention(told).float().softmax(dim=-1)[:, :, 0] > LIKELY) & real
        if mentions.any():
            for name in ("first", "last"):
                theirs = getattr(heads, name)(told).float() + away
                out[name] = divergence(getattr(student, name)(words).float() + away, theirs, mentions)
        anchors = self._anchors(batch, told, real)
        if len(anchors):
            theirs = heads.roles(told, anchors, real)
            out["role"] = divergence(student.roles(words, anchors, real), theirs, real[anchors[:, 0]])
        return out

    def _away(self, batch: Batch, told: Tensor, real: Tensor) -> Tensor:
        """[B, W, W], very negative where two words stand in two sentences: by the labels, or else by the teacher."""
        if "start" in batch.labels:
            starts = batch.labels["start"] == 1
        else:
            blank = batch.gaps.gather(1, batch.firsts) == PARAGRAPH
            starts = (self.heads.start(told)[:, :, 0] > 0) | blank
        return (~sentence_mask(starts, real)).float() * NEVER

    def _anchors(self, batch: Batch, told: Tensor, real: Tensor) -> Tensor:
        """[A, 2] the words that are a cue's first by the labels or, as far as it may be, by the teacher."""
        cues = (self.heads.anchor(told)[:, :, 0] > CUE) & real
        if batch.anchors is not None:
            cues[batch.anchors[:, 0], batch.anchors[:, 1]] = True
        return torch.nonzero(cues)


def divergence(scores: Tensor, told: Tensor, kept: Tensor) -> Tensor:
    """Mean Kullback-Leibler divergence of the student's distribution from the teacher's, over the rows that are kept:
    scores and told [..., N], kept [...] bool."""
    mine = torch.log_softmax(scores.float()[kept], dim=-1)
    theirs = torch.log_softmax(told.float()[kept], dim=-1)
    return (theirs.exp() * (theirs - mine)).sum(dim=-1).mean()


if __name__ == "__main__":
    main()
