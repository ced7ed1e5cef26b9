"""The weights say here what they said where they were released; where they do not, every reading says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.golden.seen import SEEN, seen

from onrecord.reader import load_encoder, read
from onrecord.reader.heads.encoder import OTHERWISE, Encoder
from onrecord.reader.heads.fingerprint import fingerprint, probe
from onrecord.reader.models import MODELS, WEIGHTS
from onrecord.records import Document

ABOUT = json.loads((WEIGHTS / "reader.json").read_text(encoding="utf-8"))


def with_about(folder: Path, about: dict[str, Any]) -> Encoder:
    """The released graph and vocabulary, with another reader.json."""
    for name in ("reader.onnx", "vocabulary.txt"):
        (folder / name).symlink_to(WEIGHTS / name)
    (folder / "reader.json").write_text(json.dumps(about), encoding="utf-8")
    return Encoder(folder, 1)


@pytest.mark.parametrize("model", MODELS)
def test_what_is_seen_in_the_samples_is_the_same_on_every_machine(model: str) -> None:
    """Written on a processor with AVX-512, where records of other ones had differed."""
    encoder = load_encoder(model)
    if encoder.name.endswith(OTHERWISE):
        pytest.skip("this processor, or this release of the runtime, rounds otherwise: readings say so")
    assert list(seen(encoder)) == SEEN[model].read_text(encoding="utf-8").splitlines()


def test_the_window_that_is_asked_about_is_answered_by_every_head() -> None:
    encoder = load_encoder()
    window = probe(encoder.vocabulary)
    heads = encoder.run(window)
    assert len(window.firsts) > 70
    assert len(heads.anchors) >= 3, "cues"
    assert (heads.start > 0.5).sum() == 4, "sentences"
    assert (heads.mention != 0).sum() > 10


def test_readings_say_where_fractions_are_rounded_otherwise(tmp_path: Path) -> None:
    encoder = with_about(tmp_path, ABOUT | {"fingerprint": "0" * 64})
    there = read(Document("d", "The minister said the dam had burst."), encoder)
    assert there.model == f"onrecord-reader {ABOUT['version']}{OTHERWISE}"
    assert load_encoder().name in (there.model, there.model.removesuffix(OTHERWISE))


def test_weights_that_were_never_released_have_no_fingerprint_to_be_held_to(tmp_path: Path) -> None:
    about = {key: value for key, value in ABOUT.items() if key != "fingerprint"}
    assert with_about(tmp_path, about).name == f"onrecord-reader {ABOUT['version']}"


def test_one_bit_or_another_shape_is_another_fingerprint() -> None:
    x = np.arange(6, dtype=np.float32)
    said = fingerprint([x, x])
    assert fingerprint([x.copy(), x.copy()]) == said
    assert fingerprint([x.reshape(2, 3), x]) != said
    assert fingerprint([np.nextafter(x, np.float32(9)), x]) != said
    assert fingerprint([x]) != said


def test_bytes_are_read_in_one_order() -> None:
    x = np.linspace(0, 1, 7, dtype=np.float32)
    assert fingerprint([x.astype(">f4")]) == fingerprint([x])
    assert fingerprint([np.asfortranarray(x.repeat(6).reshape(6, 7))]) == fingerprint([x.repeat(6).reshape(6, 7)])
