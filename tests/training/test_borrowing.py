"""A smaller reader's graph says where the larger one's has what it lacks, and is refused where that one has other things."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="onnx is not installed (the `train` extra)")

from onnx import ModelProto, TensorProto, helper, numpy_helper  # noqa: E402
from training.borrowing import PIECES, borrowing  # noqa: E402

from onrecord.reader.heads.exactness import session  # noqa: E402
from onrecord.reader.heads.weights import Borrowed  # noqa: E402
from onrecord.reader.models import MODELS, SMALL, WEIGHTS  # noqa: E402

TABLE = np.arange(24, dtype=np.uint8).reshape(6, 4)


def model(table: np.ndarray) -> ModelProto:
    """A graph that gives rows of a table."""
    node = helper.make_node("Gather", [PIECES, "ids"], ["out"])
    given = helper.make_tensor_value_info("ids", TensorProto.INT64, [None])
    out = helper.make_tensor_value_info("out", TensorProto.UINT8, [None, 4])
    graph = helper.make_graph([node], "g", [given], [out], [numpy_helper.from_array(table, PIECES)])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def test_a_graph_runs_on_what_it_borrows(tmp_path: Path) -> None:
    lender = tmp_path / "reader.onnx"
    lender.write_bytes(b"before" + TABLE.tobytes() + b"behind")
    graph, said = borrowing(model(TABLE), lender)
    assert (said["at"], said["shape"]) == (6, [6, 4])
    written = graph.SerializeToString()
    assert TABLE.tobytes() not in written
    (found,) = session(written, Borrowed(said["name"], TABLE)).run(None, {"ids": np.array([5, 0])})
    assert np.array_equal(found, TABLE[[5, 0]])


def test_vectors_of_another_graph_are_not_borrowed(tmp_path: Path) -> None:
    lender = tmp_path / "reader.onnx"
    lender.write_bytes(TABLE.tobytes())
    with pytest.raises(ValueError, match="did not keep its teacher's"):
        borrowing(model(TABLE + 1), lender)


def test_the_small_reader_has_nothing_of_its_own_for_what_it_borrows() -> None:
    graph = onnx.load(str(MODELS[SMALL] / "reader.onnx"), load_external_data=False).graph
    lent = [t for t in graph.initializer if t.data_location == TensorProto.EXTERNAL]
    assert [t.name for t in lent] == [PIECES]
    full = {t.name: t for t in onnx.load(str(WEIGHTS / "reader.onnx")).graph.initializer}
    assert list(lent[0].dims) == list(full[PIECES].dims)
