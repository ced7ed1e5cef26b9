"""Sessions of the runtime that multiply whole numbers exactly, on every processor.

The graph multiplies bytes: activations without a sign by weights with one. Processors of the x86 kind without VNNI (most
from before 2020) have one instruction for the sum of two such products, and it stops at 32,767, where the sum may be twice
that: read so, each of the first four sample articles has other entities and statements than elsewhere, 767 fields in all
(`python benchmarks/processors.py --articles 4 --without-check`).
The runtime can do without that instruction, but only if it is asked to, and takes a third longer for it (0.69 s to 0.52 s of
processor time for the samples) even on processors that have a better one. So each process finds out what its processor does.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import onnxruntime

from onrecord.reader.heads.weights import Borrowed

# One MatMulInteger, a [M, K] of unsigned bytes times b [K, N] of signed ones: as ONNX writes it (IR 8, operators 13).
_PRODUCT = (
    b'\x08\x08\x12\x00:P\n\x18\n\x01a\n\x01b\x12\x01c"\rMatMulInteger\x12\x01pZ\x0f\n\x01a\x12\n\n\x08\x08\x02\x12\x04\n\x00\n\x00'
    b"Z\x0f\n\x01b\x12\n\n\x08\x08\x03\x12\x04\n\x00\n\x00b\x0f\n\x01c\x12\n\n\x08\x08\x06\x12\x04\n\x00\n\x00B\x04\n\x00\x10\r"
)
_CPU = ["CPUExecutionProvider"]


def session(graph: bytes, lent: Borrowed | None = None, *, exact: bool | None = None) -> onnxruntime.InferenceSession:
    """A session of one thread for a graph that was optimised when it was exported, and what it borrows. `exact` asks for the
    slower products even where they are not needed (True) or for the faster ones even where they go wrong (False)."""
    options = _options()
    if lent is not None:
        options.add_external_initializers([lent.name], [onnxruntime.OrtValue.ortvalue_from_numpy(lent.array)])
    if exact if exact is not None else goes_wrong():
        # The weights lose their sign when the session is made. That is an optimisation to the runtime, and so are others
        # of the same level, which find nothing left to do; the one that is left out at the export is left out here.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.add_session_config_entry("session.x64quantprecision", "1")
        return onnxruntime.InferenceSession(graph, options, providers=_CPU, disabled_optimizers=["SkipLayerNormFusion"])
    return onnxruntime.InferenceSession(graph, options, providers=_CPU)


@cache
def goes_wrong() -> bool:
    """Whether the runtime's faster products of bytes stop short on this processor. Takes 10 ms, once a process."""
    a, b = np.full((4, 64), 255, dtype=np.uint8), np.full((64, 16), 127, dtype=np.int8)
    (found,) = onnxruntime.InferenceSession(_PRODUCT, _options(), providers=_CPU).run(None, {"a": a, "b": b})
    return not np.array_equal(found, a.astype(np.int32) @ b.astype(np.int32))


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # A plan of where memory goes would be kept for every length of window that ever comes, and is no faster.
    options.enable_mem_pattern = False
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # done when it was exported
    return options
