"""A graph → weights as the package reads them: the graph, and reader.json, which has its digest and is known by its own."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from onrecord.reader.heads.encoder import Encoder

WEIGHTS = Path("src/onrecord/reader/weights")
RELEASED = Path("src/onrecord/reader/heads/released.py")


def write(folder: Path, graph: bytes, about: dict[str, Any]) -> None:
    """Writes the graph into the folder, where the vocabulary is already, and reader.json: `about` with sizes and digests.
    Weights written where the package's own lie are those that it reads with from now on: its code takes no others."""
    (folder / "reader.onnx").write_bytes(graph)
    about |= {
        "bytes": len(graph),
        "sha256": hashlib.sha256(graph).hexdigest(),
        "vocabulary": hashlib.sha256((folder / "vocabulary.txt").read_bytes()).hexdigest(),
    }
    (folder / "reader.json").write_text(json.dumps(about), encoding="utf-8")
    about["fingerprint"] = Encoder(folder, 1).fingerprint
    said = json.dumps(about, ensure_ascii=False) + "\n"
    (folder / "reader.json").write_text(said, encoding="utf-8")
    if folder == WEIGHTS:
        text = RELEASED.read_text(encoding="utf-8")
        digest = hashlib.sha256(said.encode()).hexdigest()
        RELEASED.write_text(re.sub(r'"[0-9a-f]{64}"', f'"{digest}"', text), encoding="utf-8")
