"""A graph → the same graph without operators whose last bit depends on the processor.

    python -m training.reproducible --version 3     rewrites the weights that ship
    (`training.export` does it to each new graph, as its last step)

The runtime adds fractions up as its processor's registers are wide, and where a sum follows a product a compiler for ARM
rounds once and one for x86 twice. One such bit moves a byte that activations are rounded to, and from there the records:
ten of fifteen samples had other fields on a processor without AVX-512 (`python benchmarks/processors.py`, with weights 2).
What is left after this are whole numbers, operators on one number each, and products of matrices of fractions, which the
runtime adds up row after row on every processor that multiplies and adds in one step (x86-64 from 2013, ARM of 64 bits).
Columns of ones make these the sums.

    Softmax                             e / (e · 1), where e = exp(x - max)
    LogSoftmax                          x - max - log(e · 1), by three square roots and two steps of Halley's
    LayerNormalization, with skip       mean and mean square are products with a column of 1/n
    MultiHeadAttention                  its two products, and such a softmax between them
    products of bytes, with bias        the product, then the sum
    Log, of words apart over eight      a table

Columns come in twos: the product with a single one is an operator of its own, which adds up as registers are wide.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper, numpy_helper

from training.release import WEIGHTS, write

LONGEST = 512  # pieces, and so words, that a window has at most
EPSILON = 1e-5  # of a normalisation that names none, as ONNX has it
BIAS = {"MatMulIntegerToFloat": 6, "DynamicQuantizeMatMul": 4}  # where among the inputs
CHANGING = {"Log", "LogSoftmax", "LayerNormalization", "MultiHeadAttention", "SkipLayerNormalization", "Softmax"}
ADDING_UP = {"ReduceSum", "ReduceMean", "ReduceL2", "ReduceLogSumExp"}  # which the reader's graphs do not have


def reproducible(model: ModelProto) -> ModelProto:
    """The graph rewritten; ValueError if it has such an operator in a form that is not known here."""
    out = ModelProto()
    out.CopyFrom(model)
    rewriting = _Rewriting(out)
    for node in model.graph.node:
        rewriting.take(node)
    del out.graph.node[:]
    out.graph.node.extend(rewriting.nodes)
    return out


class _Rewriting:
    """The nodes of the new graph so far. What an operator gave keeps its name."""

    def __init__(self, model: ModelProto) -> None:
        self.nodes: list[NodeProto] = []
        self._graph = model.graph
        self._lengths = {t.name: t.dims[-1] for t in model.graph.initializer if t.dims}
        self._names = {t.name for t in model.graph.initializer}

    def take(self, node: NodeProto) -> None:
        given, (out, *more) = [*node.input], [*node.output]
        said = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        bias = BIAS.get(node.op_type, 0)
        if said.get("axis", -1) != -1 and node.op_type in ("Softmax", "LogSoftmax", "LayerNormalization"):
            raise ValueError(f"{node.name}: {node.op_type} along another axis than the last")
        if node.op_type == "MultiHeadAttention" and not any(
            [*given[3:], *more, said.get("unidirectional"), said.get("scale")]
        ):
            self._attention(given, out, said)
        elif node.op_type == "Softmax":
            _, e = self._below_best(given[0], out)
            self._add("Div", [e, self._total(e, out)], out)
        elif node.op_type == "LogSoftmax":
            below, e = self._below_best(given[0], out)
            self._add("Sub", [below, self._logarithm(self._total(e, out), f"{out}/log")], out)
        elif node.op_type == "LayerNormalization" and len(given) == 3 and not any(more):
            self._normalised(given, out, said)
        elif node.op_type == "SkipLayerNormalization" and not any(given[4:]) and not any(more):
            self._normalised([self._add("Add", given[:2], f"{out}/sum"), *given[2:]], out, said)
        elif node.op_type == "Log":
            self._logarithm_of_eighths(given[0], out)
        elif bias and given[bias:] and given[bias]:
            product = NodeProto()
            product.CopyFrom(node)
            del product.input[bias:]
            product.output[0] = f"{out}/product"
            self.nodes.append(product)
            self._add("Add", [product.output[0], given[bias]], out)
        elif node.op_type in CHANGING | ADDING_UP:
            raise ValueError(f"{node.name}: a {node.op_type} in a form that cannot be rewritten")
        else:
            self.nodes.append(node)

    def _attention(self, given: Sequence[str], out: str, said: dict[str, Any]) -> None:
        """softmax(q · k / √d) · v of each head: q, k, v [1, T, heads · d] → the same shape."""
        apart = self._constant("heads_apart", np.array([0, 0, said["num_heads"], -1]))
        joined = self._constant("heads_joined", np.array([0, 0, -1]))

        def by_head(x: str, name: str, perm: Sequence[int]) -> str:
            return self._add(
                "Transpose", [self._add("Reshape", [x, apart], f"{out}/{name}/apart")], f"{out}/{name}", perm=perm
            )

        query, value = (by_head(x, name, [0, 2, 1, 3]) for x, name in ((given[0], "query"), (given[2], "value")))
        key = by_head(given[1], "key", [0, 2, 3, 1])
        width = self._add(
            "Cast", [self._length(query, f"{out}/width")], f"{out}/width/float", to=onnx.TensorProto.FLOAT
        )
        scale = self._add("Reciprocal", [self._add("Sqrt", [width], f"{out}/width/root")], f"{out}/scale")
        scores = self._add("MatMul", [self._add("Mul", [query, scale], f"{out}/scaled"), key], f"{out}/scores")
        _, e = self._below_best(scores, out)
        mixed = self._add("MatMul", [e, value], f"{out}/mixed")
        shared = self._add("Div", [mixed, self._total(e, out)], f"{out}/shared")
        self._add("Reshape", [self._add("Transpose", [shared], f"{out}/joined", perm=[0, 2, 1, 3]), joined], out)

    def _below_best(self, x: str, out: str) -> tuple[str, str]:
        """x less its largest, along the last axis, and that to the power of e."""
        best = self._add("ReduceMax", [x, self._constant("last_axis", np.array([-1]))], f"{out}/best")
        below = self._add("Sub", [x, best], f"{out}/below")
        return below, self._add("Exp", [below], f"{out}/exp")

    def _total(self, x: str, out: str) -> str:
        """The sum along the last axis, which stays, one long."""
        ones = self._constant("ones", np.ones((LONGEST, 2), np.float32))
        first = self._constant("first", np.array([0]))
        column = self._add("Slice", [ones, first, self._length(x, f"{out}/length")], f"{out}/ones")
        return self._product(x, column, f"{out}/total")

    def _normalised(self, given: Sequence[str], out: str, said: dict[str, Any]) -> None:
        """(x - mean) / √(mean square + ε) · weight + bias, along the last axis."""
        x, weight, bias = given
        n = self._lengths[weight]
        shares = self._constant(f"shares_{n}", np.full((n, 2), 1 / n, np.float32))
        least = said.get("epsilon", EPSILON)
        epsilon = self._constant(f"epsilon_{least:.0e}", np.array(least, np.float32))
        apart = self._add("Sub", [x, self._product(x, shares, f"{out}/mean")], f"{out}/apart")
        square = self._product(self._add("Mul", [apart, apart], f"{out}/squares"), shares, f"{out}/square")
        deviation = self._add("Sqrt", [self._add("Add", [square, epsilon], f"{out}/some")], f"{out}/deviation")
        even = self._add("Div", [apart, deviation], f"{out}/even")
        self._add("Add", [self._add("Mul", [even, weight], f"{out}/weighted"), bias], out)

    def _logarithm(self, x: str, out: str) -> str:
        """The natural logarithm of numbers from 1/500 to 500: 8 times that of the eighth root t, which is within 0.04 of
        y = 2 (t - 1) / (t + 1), and 1e-15 after two steps of Halley's, each to y + 2 (t - e^y) / (t + e^y)."""
        t = x
        for n in range(3):
            t = self._add("Sqrt", [t], f"{out}/root/{n}")
        one, two, eight = (
            self._constant(name, np.array(v, np.float32)) for name, v in (("one", 1), ("two", 2), ("eight", 8))
        )

        def twice_relative(a: str, b: str, name: str) -> str:
            apart, total = self._add("Sub", [a, b], f"{name}/apart"), self._add("Add", [a, b], f"{name}/sum")
            return self._add("Mul", [self._add("Div", [apart, total], f"{name}/relative"), two], name)

        y = twice_relative(t, one, f"{out}/near/0")
        for n in (1, 2):
            step = twice_relative(t, self._add("Exp", [y], f"{out}/exp/{n}"), f"{out}/step/{n}")
            y = self._add("Add", [y, step], f"{out}/near/{n}")
        return self._add("Mul", [y, eight], out)

    def _logarithm_of_eighths(self, x: str, out: str) -> str:
        """Of whole eighths, of which there are 1 to LONGEST: distances, cut at powers of two, where no bit may be lost."""
        eighths = self._add("Mul", [x, self._constant("eight", np.array(8, np.float32))], f"{out}/eighths")
        at = self._add("Cast", [eighths], f"{out}/at", to=onnx.TensorProto.INT64)
        table = np.log(np.maximum(np.arange(LONGEST + 1), 1) / 8).astype(np.float32)
        return self._add("Gather", [self._constant("logarithms", table), at], out)

    def _product(self, x: str, columns: str, out: str) -> str:
        """x times the first of two columns that are alike."""
        first, second, axis = (self._constant(f"at_{n}", np.array([n])) for n in (0, 1, -1))
        return self._add("Slice", [self._add("MatMul", [x, columns], f"{out}/twice"), first, second, axis], out)

    def _length(self, x: str, out: str) -> str:
        """How long the last axis is, [1]."""
        return self._add("Shape", [x], out, start=-1)

    def _add(self, kind: str, given: Sequence[str], out: str, **said: object) -> str:
        self.nodes.append(helper.make_node(kind, given, [out], name=out, **said))
        return out

    def _constant(self, name: str, value: NDArray[np.float32] | NDArray[np.int64]) -> str:
        name = f"reproducible/{name}"
        if name not in self._names:
            self._names.add(name)
            self._graph.initializer.append(numpy_helper.from_array(value, name))
        return name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", required=True, help="version of the rewritten weights, as readings name it")
    version = parser.parse_args().version
    graph = reproducible(onnx.load(str(WEIGHTS / "reader.onnx"))).SerializeToString(deterministic=True)
    about = json.loads((WEIGHTS / "reader.json").read_text(encoding="utf-8"))
    rewritten = datetime.now(UTC).date().isoformat()
    write(WEIGHTS, graph, about | {"version": version, "rewritten": rewritten, "rewritten_from": about["version"]})


if __name__ == "__main__":
    main()
