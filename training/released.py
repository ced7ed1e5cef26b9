"""The released int8 graph → what PyTorch can learn from: its weights as floats, and its word vectors as it gives them.

No checkpoint of a release is kept. Its graph is: every weight stands in it as whole numbers with a scale a column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from onrecord.reader.heads.windows import make_window
from training.examples import Example

__all__ = ["Teacher", "restored"]

VECTORS = "/GatherElements_output_0"  # the words' vectors, which all heads begin from
PRODUCTS = ("MatMulIntegerToFloat", "DynamicQuantizeMatMul")
_MODULE = re.compile(r"/(?:encoder/)?(?!roles/MatMul)(.+)/(?:Gemm_)?MatMul_quant")  # those below have no module
# The parts of the layers that see neighbouring words, before, own and after, as the trace of `model.neighbourly` names them.
_NEIGHBOURLY = {"near": ("", "_4", "_2"), "far": ("_5", "_9", "_7")}


def restored(graph: Path) -> dict[str, Tensor]:
    """The state of `model.Reader` that a graph of `training.export` was made from, but for the rounding to int8."""
    loaded = onnx.load(str(graph)).graph
    arrays = {t.name: numpy_helper.to_array(t) for t in loaded.initializer}

    def floats(base: str) -> NDArray[np.float32]:
        whole, scale, zero = (
            arrays[f"{base}_{part}"].astype(np.float32) for part in ("quantized", "scale", "zero_point")
        )
        return (whole - zero) * scale

    state = {}
    for name, array in arrays.items():
        own = name.removeprefix("reader.")
        if own != name and own.endswith((".bias", ".weight", ".segment")):
            state[own] = torch.tensor(array)
        elif own != name and own.endswith(".weight_quantized"):  # an embedding
            state[own.removesuffix("_quantized")] = torch.tensor(floats(name.removesuffix("_quantized")))
    for node in loaded.node:
        found = _MODULE.fullmatch(node.name) if node.op_type in PRODUCTS else None
        if found is None:
            continue
        base = next(i for i in node.input if i in arrays and i.endswith("_quantized")).removesuffix("_quantized")
        path = found[1].replace("/", ".")
        path = f"encoder.{path}" if node.name.startswith("/encoder/") else path
        state[f"{path}.weight"] = torch.tensor(floats(base).T.copy())
    for layer, parts in _NEIGHBOURLY.items():
        columns = [floats(f"/roles/Transpose{part}_output_0").T for part in parts]
        state[f"roles.{layer}.weight"] = torch.tensor(np.concatenate(columns, axis=1))
    return state


class Teacher:
    """The part of the graph that gives words their vectors, run as the reader runs it: int8, a window at a time."""

    def __init__(self, graph: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        cut = _up_to(onnx.load(str(graph)), VECTORS)
        self._session = onnxruntime.InferenceSession(
            cut.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def vectors(self, examples: Sequence[Example], shape: Sequence[int]) -> Tensor:
        """[B, W, width] of the examples, zero where a window has no such word; `shape` is B, W of their batch."""
        rows = []
        for e in examples:
            window = make_window(0, len(e.words), e.words, e.gaps, e.pieces)
            arrays = {name: np.asarray([getattr(window, name)]) for name in ("ids", "shapes", "gaps", "firsts")}
            rows.append(torch.from_numpy(self._session.run(None, arrays)[0][0]))
        out = torch.zeros(*shape, rows[0].shape[-1])
        for i, row in enumerate(rows):
            out[i, : len(row)] = row
        return out


def _up_to(model: onnx.ModelProto, output: str) -> onnx.ModelProto:
    """The graph with this as its only output, and nothing that it does not need."""
    graph, needed, kept = model.graph, {output}, []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            kept.append(node)
            needed.update(node.input)
    held = [t for t in graph.initializer if t.name in needed]
    for field, left in ((graph.node, kept[::-1]), (graph.initializer, held)):
        del field[:]
        field.extend(left)
    del graph.output[:]
    graph.output.append(onnx.helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, [None, None, None]))
    return model
