"""What an operator gave it still gives, by operators whose last bit does not depend on the processor."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

onnx = pytest.importorskip("onnx", reason="onnx is not installed (the `train` extra)")

import onnxruntime  # noqa: E402
from onnx import ModelProto, TensorProto, helper, numpy_helper  # noqa: E402
from training.reproducible import ADDING_UP, BIAS, CHANGING, LONGEST, reproducible  # noqa: E402

from onrecord.reader.models import WEIGHTS  # noqa: E402

TYPES = {"f": TensorProto.FLOAT, "u": TensorProto.UINT8}
CHANCE = np.random.default_rng(7)


def model(
    kind: str, given: dict[str, NDArray[np.generic]], constants: dict[str, NDArray[np.generic]], **said: object
) -> ModelProto:
    """A graph of one operator, its constants after what it is given; inputs of which nothing is said are left out."""
    names = [*given, *constants]
    node = helper.make_node(kind, names, ["out"], name="node", domain=said.pop("domain", ""), **said)
    graph = helper.make_graph(
        [node],
        "one",
        [helper.make_tensor_value_info(name, TYPES[x.dtype.kind], x.shape) for name, x in given.items()],
        [helper.make_empty_tensor_value_info("out")],
        [numpy_helper.from_array(x, name) for name, x in constants.items()],
    )
    versions = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=versions, ir_version=9)


def run(of: ModelProto, given: dict[str, NDArray[np.generic]]) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(of.SerializeToString(), providers=["CPUExecutionProvider"])
    (out,) = session.run(None, given)
    return np.asarray(out)


def both(of: ModelProto, given: dict[str, NDArray[np.generic]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    rewritten = reproducible(of)
    kinds = {node.op_type for node in rewritten.graph.node}
    assert not kinds & (CHANGING | ADDING_UP)
    assert all(len(node.input) <= BIAS.get(node.op_type, 99) for node in rewritten.graph.node)
    return run(of, given), run(rewritten, given)


def floats(*shape: int, spread: float = 2.0) -> NDArray[np.float32]:
    return CHANCE.normal(0, spread, shape).astype(np.float32)


@pytest.mark.parametrize("kind", ["Softmax", "LogSoftmax"])
@pytest.mark.parametrize("shape", [(1, 1, 1), (2, 5, 4), (1, 3, LONGEST), (0, 7, 4)])
def test_softmax(kind: str, shape: tuple[int, ...]) -> None:
    x = floats(*shape, spread=8)
    was, now = both(model(kind, {"x": x}, {}, axis=-1), {"x": x})
    assert now.shape == was.shape
    assert np.allclose(was, now, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("kind", ["Softmax", "LogSoftmax"])
def test_what_no_softmax_lets_through_stays_out(kind: str) -> None:
    x = np.array([[[0.5, -1e4, 2.0, -1e4]]], np.float32)
    was, now = both(model(kind, {"x": x}, {}, axis=-1), {"x": x})
    assert np.allclose(was, now, rtol=1e-5)
    assert np.isfinite(now).all()


@pytest.mark.parametrize("said", [{"epsilon": 1e-12}, {"epsilon": 0.5}, {}])
def test_normalisation(said: dict[str, object]) -> None:
    x, weight, bias = floats(2, 9, 384) + 3, floats(384), floats(384)
    of = model("LayerNormalization", {"x": x}, {"weight": weight, "bias": bias}, axis=-1, **said)
    assert np.allclose(*both(of, {"x": x}), rtol=1e-4, atol=2e-5)


def test_sum_and_normalisation() -> None:
    x, more, weight, bias = floats(1, 9, 16), floats(1, 9, 16), floats(16), floats(16)
    given = {"x": x, "more": more}
    of = model("SkipLayerNormalization", given, {"w": weight, "b": bias}, domain="com.microsoft", epsilon=1e-12)
    assert np.allclose(*both(of, given), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("pieces", [1, 2, 40])
@pytest.mark.parametrize("heads", [1, 3])
def test_attention(pieces: int, heads: int) -> None:
    given = {name: floats(1, pieces, 48) for name in ("q", "k", "v")}
    of = model("MultiHeadAttention", given, {}, domain="com.microsoft", num_heads=heads)
    assert np.allclose(*both(of, given), rtol=1e-4, atol=1e-5)


def bytes_product(*, biased: bool) -> tuple[ModelProto, dict[str, NDArray[np.generic]]]:
    given = {"a": floats(1, 6, 32)}
    constants = {
        "b": CHANCE.integers(-127, 128, (32, 8)).astype(np.int8),
        "scale": np.full(8, 0.01, np.float32),
        "zero": np.zeros(8, np.int8),
    }
    if biased:
        constants["bias"] = floats(8)
    return model("DynamicQuantizeMatMul", given, constants, domain="com.microsoft"), given


@pytest.mark.parametrize("biased", [True, False])
def test_product_of_bytes(biased: bool) -> None:
    of, given = bytes_product(biased=biased)
    assert np.allclose(*both(of, given), rtol=1e-6, atol=1e-6)


def test_logarithms_of_words_apart() -> None:
    x = np.maximum(np.arange(LONGEST, dtype=np.float32) / 8, 1)
    _, now = both(model("Log", {"x": x}, {}), {"x": x})
    assert now == pytest.approx([math.log(v) for v in x.tolist()], rel=1e-6, abs=1e-7)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("Softmax", {"axis": 1}),
        ("LogSoftmax", {"axis": 0}),
        ("ReduceMean", {}),
        ("ReduceSum", {}),
    ],
)
def test_what_cannot_be_rewritten_is_refused(kind: str, said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=f"node: .*{kind}"):
        reproducible(model(kind, {"x": floats(2, 3, 4)}, {}, **said))


@pytest.mark.parametrize(("names", "said"), [("qkvb", {}), ("qkv", {"unidirectional": 1}), ("qkv", {"scale": 0.5})])
def test_an_attention_of_another_kind_is_refused(names: str, said: dict[str, object]) -> None:
    given = {name: floats(1, 5, 8) for name in names}
    with pytest.raises(ValueError, match="MultiHeadAttention"):
        reproducible(model("MultiHeadAttention", given, {}, domain="com.microsoft", num_heads=2, **said))


def test_the_released_graph_is_rewritten_already() -> None:
    released = onnx.load(str(WEIGHTS / "reader.onnx"))
    again = reproducible(released)
    assert again.SerializeToString(deterministic=True) == released.SerializeToString(deterministic=True)
