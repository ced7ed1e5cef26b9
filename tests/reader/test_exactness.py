"""Products of bytes are exact, by whichever way the runtime takes for this processor."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from onrecord.reader import read
from onrecord.reader.heads import exactness
from onrecord.reader.heads.encoder import Encoder
from onrecord.reader.models import WEIGHTS
from onrecord.records import Document

GRAPH = (WEIGHTS / "reader.onnx").read_bytes()
PRECISION = "session.x64quantprecision"
SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))


def exact(session: onnxruntime.InferenceSession) -> bool:
    try:
        return bool(session.get_session_options().get_session_config_entry(PRECISION) == "1")
    except RuntimeError:  # "Session config entry ... was not found"
        return False


@pytest.fixture(autouse=True)
def asked_anew() -> None:
    exactness.goes_wrong.cache_clear()


def test_both_ways_read_the_same() -> None:
    """Where this processor stops short, both are the slower way; elsewhere this holds the one against the other."""
    quick, slow = Encoder(WEIGHTS, 1), Encoder(WEIGHTS, 1)
    slow._session = exactness.session(GRAPH, exact=True)
    assert exact(slow._session)
    for path in SAMPLES[:4]:
        document = Document("d", path.read_text(encoding="utf-8"), published="2025-03-14")
        assert read(document, quick) == read(document, slow), path.name


def test_a_processor_that_stops_short_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class StopsShort(onnxruntime.InferenceSession):
        """The sum of two products of bytes stops at the largest number of 16 bits."""

        def run(self, names: object, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
            products = feed["a"].astype(np.int32)[:, :, None] * feed["b"].astype(np.int32)[None]
            return [np.minimum(products[:, ::2] + products[:, 1::2], 32767).sum(1)]

    monkeypatch.setattr(onnxruntime, "InferenceSession", StopsShort)
    assert exactness.goes_wrong()
    assert exact(exactness.session(GRAPH))


def test_a_processor_that_multiplies_well_takes_the_quicker_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exactness, "goes_wrong", lambda: False)
    assert not exact(exactness.session(GRAPH))


def test_the_way_that_is_taken_here_is_exact() -> None:
    """The product that the graph is made of, by the way that this process takes: every sum of two at its largest."""
    if exactness.goes_wrong():
        pytest.skip("this processor stops short; what comes without it is compared by benchmarks/processors.py")
    a, b = np.full((3, 128), 255, dtype=np.uint8), np.full((128, 8), 127, dtype=np.int8)
    for sign in (b, -b):
        (found,) = exactness.session(exactness._PRODUCT).run(None, {"a": a, "b": sign})
        assert np.array_equal(found, a.astype(np.int32) @ sign.astype(np.int32))
