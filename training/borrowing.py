"""A smaller reader's graph without what it has of a larger one's: the word pieces' vectors, which most of it would be.

A student keeps its teacher's vectors (`training.distil`), and rounding them to bytes again gives the same bytes. So its
graph only says that they are elsewhere, and reader.json where (`onrecord.reader.heads.weights`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from onnx import ModelProto, TensorProto, numpy_helper

__all__ = ["borrowing"]

PIECES = "reader.encoder.pieces.weight_quantized"  # [pieces, width] bytes


def borrowing(graph: ModelProto, lender: Path) -> tuple[ModelProto, dict[str, Any]]:
    """The graph without its word pieces' vectors, and what is to be said of them: where in the file `lender` they stand.
    Raises ValueError where that graph does not have the same."""
    out = ModelProto()
    out.CopyFrom(graph)
    (tensor,) = (t for t in out.graph.initializer if t.name == PIECES)
    content = numpy_helper.to_array(tensor).tobytes()
    at = lender.read_bytes().find(content)
    if at < 0:
        raise ValueError(f"{lender} has other vectors of word pieces: the student did not keep its teacher's")
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", lender.name), ("offset", at), ("length", len(content))):
        tensor.external_data.add(key=key, value=str(value))
    digest = hashlib.sha256(content).hexdigest()
    return out, {"name": PIECES, "at": at, "shape": list(tensor.dims), "sha256": digest}
