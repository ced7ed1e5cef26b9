"""A training run → the weights that ship: `python -m training.export training/runs/NAME` writes reader.onnx (int8).

Beside the graph go `reader.json` (version, label lists, digests) and the vocabulary. The same run gives the same bytes.
With `--model small` they are those of the smaller reader, which has the vocabulary and the word pieces' vectors of the
released one (`training.borrowing`).
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from datetime import UTC, datetime
from pathlib import Path

import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor

from onrecord.reader.models import FULL, SMALL, SMALLER
from training.borrowing import borrowing
from training.model import OUTPUTS, Exported, Reader, Sizes
from training.release import FOLDERS, write
from training.reproducible import reproducible
from training.train import base_folder

NAMES = {FULL: "onrecord-reader", SMALL: SMALLER}  # as readings have them
ANCHOR_FLOOR = 0.3  # cues less probable than this are not even offered to the decoder, whose own threshold is higher


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--version", required=True, help="version of the weights, as readings name it")
    parser.add_argument("--command", required=True, help="the training command, for the model card")
    parser.add_argument("--model", choices=FOLDERS, default=FULL, help="which reader it is to be")
    parser.add_argument("--to", type=Path, help="a folder instead of the package's own")
    parser.add_argument("--blend", type=Path, help="the run that this one started from: its weights are mixed in")
    parser.add_argument("--last", action="store_true", help="the last step's weights, of a run too short for a mean")
    parser.add_argument("--share", type=float, default=0.3, help="the other run's share of the blend")
    args = parser.parse_args()
    to: Path = args.to or FOLDERS[args.model]
    to.mkdir(parents=True, exist_ok=True)
    labels = json.loads((args.run / "labels.json").read_text(encoding="utf-8"))
    stated = args.run / "sizes.json"  # runs from before there was more than one size have none
    sizes = Sizes(**json.loads(stated.read_text(encoding="utf-8"))) if stated.exists() else Sizes()
    model = Reader(labels, sizes)
    weights, steps = weights_of(args.run, last=args.last)
    if args.blend is not None:
        other, earlier = weights_of(args.blend)
        weights = {k: v.lerp(other[k], args.share) if v.is_floating_point() else v for k, v in weights.items()}
        steps += earlier
    model.load_state_dict(weights)
    model.eval()
    floating = args.run / "float.onnx"
    export(Exported(model, ANCHOR_FLOOR).eval(), floating)
    prepared = args.run / "prepared.onnx"
    quant_pre_process(str(floating), str(prepared), skip_symbolic_shape=True)
    quantised = args.run / "quantised.onnx"
    quantize_dynamic(
        str(prepared),
        str(quantised),
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    optimised = args.run / "optimised.onnx"
    optimise(quantised, optimised)
    graph = reproducible(onnx.load(str(optimised)))
    about = {
        "name": NAMES[args.model],
        "version": args.version,
        "trained": datetime.now(UTC).date().isoformat(),
        "command": args.command,
        "steps": steps,
        "labels": labels,
    }
    if args.model == FULL:
        shutil.copyfile(base_folder() / "vocab.txt", to / "vocabulary.txt")
    else:
        graph, about["borrows"] = borrowing(graph, to.parent / "reader.onnx")
    written = graph.SerializeToString(deterministic=True)
    write(to, written, about)
    print(f"{to}: {len(written) / 1e6:.1f} MB after {steps} steps")


def weights_of(run: Path, *, last: bool = False) -> tuple[dict[str, Tensor], int]:
    """A run's weights, their running mean where it kept one, and its steps. Two runs of which one began with the other's
    weights lie in one basin: a blend of both reads better than either."""
    saved = torch.load(run / "checkpoint.pt", weights_only=True)
    weights: dict[str, Tensor] = saved["model"] if last else saved.get("mean", saved["model"])
    return weights, saved["step"]


def optimise(graph: Path, target: Path) -> None:
    """Fuses the graph's operators once, here: done at every start it takes as long as all the rest of loading.

    The runtime's sum and normalisation in one operator is left out: it takes six times as long as the two one after the
    other (2.0 µs a word to 0.3, with ONNX Runtime 1.32), a tenth of the whole graph. What is left of its operators whose
    results depend on the processor is rewritten after this (`training.reproducible`).
    """
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(
        str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


def export(graph: Exported, path: Path) -> None:
    """Traces the run-time graph with free batch, piece and word counts."""
    b, t, w = 2, 12, 9
    ids = torch.randint(1000, 2000, (b, t))
    zero = torch.zeros((b, t), dtype=torch.long)
    firsts: Tensor = torch.arange(1, w + 1).repeat(b, 1)
    axes: dict[str, dict[int, str]] = {
        **{name: {0: "windows", 1: "pieces"} for name in ("ids", "shapes", "gaps")},
        "firsts": {0: "windows", 1: "words"},
    }
    axes |= {name: {0: "windows", 1: "words"} for name in OUTPUTS[:14]}
    axes |= {"anchors": {0: "anchors"}, "anchor_probability": {0: "anchors"}, "roles": {0: "anchors", 1: "words"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph,
            (ids, zero + 1, zero + 1, firsts),
            str(path),
            input_names=["ids", "shapes", "gaps", "firsts"],
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=20,
            dynamo=False,
        )


if __name__ == "__main__":
    main()
