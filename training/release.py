"""A graph → weights as the package reads them: the graph, and reader.json, which has its digest and is known by its own."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from onrecord.reader.heads.encoder import Encoder
from onrecord.reader.heads.weights import lender
from onrecord.reader.models import FULL, SMALL

WEIGHTS = Path("src/onrecord/reader/weights")
FOLDERS = {FULL: WEIGHTS, SMALL: WEIGHTS / "small"}
RELEASED = Path("src/onrecord/reader/heads/released.py")


def write(folder: Path, graph: bytes, about: dict[str, Any]) -> None:
    """Writes the graph into the folder, and reader.json: `about` with sizes and digests. The vocabulary, and what `about`
    says that the graph borrows, are there already. Weights written where the package's own lie are those that it reads with
    from now on: its code takes no others."""
    (folder / "reader.onnx").write_bytes(graph)
    about |= {
        "bytes": len(graph),
        "sha256": hashlib.sha256(graph).hexdigest(),
        "vocabulary": hashlib.sha256((lender(folder, about) / "vocabulary.txt").read_bytes()).hexdigest(),
    }
    (folder / "reader.json").write_text(json.dumps(about), encoding="utf-8")
    about["fingerprint"] = Encoder(folder, 1).fingerprint
    said = json.dumps(about, ensure_ascii=False) + "\n"
    (folder / "reader.json").write_text(said, encoding="utf-8")
    for model, own in FOLDERS.items():
        if folder == own:
            text = RELEASED.read_text(encoding="utf-8")
            digest = hashlib.sha256(said.encode()).hexdigest()
            RELEASED.write_text(re.sub(rf'("{model}": )"\w*"', rf'\1"{digest}"', text), encoding="utf-8")
