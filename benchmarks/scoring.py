"""What every benchmark shares: where the data and the scorers are, and how a set of articles is read and scored.

Both are found through ONRECORD_SHARED (default ../shared): `data/` with the sets, `cases/`, `bench/` with the scorers.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from onrecord.intake import document_from_text
from onrecord.reader import load_encoder, read
from onrecord.reader.models import FULL

if TYPE_CHECKING:
    from onrecord.reader.heads.encoder import Encoder

__all__ = [
    "by",
    "digest",
    "encoder",
    "load_module",
    "measured",
    "read_and_scored",
    "records_in",
    "records_of",
    "run",
    "shared",
]

Article = dict[str, Any]
ROOT = Path(__file__).parents[1]
_model: ContextVar[str] = ContextVar("model", default=FULL)


def by(model: str) -> None:
    """What the benchmarks of this process read with from now on: a name of `onrecord.reader.models`."""
    _model.set(model)


def measured() -> str:
    """The name of the reader that is measured."""
    return _model.get()


def encoder() -> Encoder:
    """Its encoder."""
    return load_encoder(measured())


def shared() -> Path:
    return Path(os.environ.get("ONRECORD_SHARED", "../shared"))


def records_in(path: Path) -> list[Article]:
    """The objects of a JSON Lines file, plain or `.gz`. Raises FileNotFoundError."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def records_of(name: str) -> list[Article]:
    """The records of a shared set."""
    return records_in(shared() / "data" / name)


def digest(names: Sequence[str]) -> str:
    """SHA-256 over the files named, folders by the gold files in them: shared ones, or the repository's own."""
    total = hashlib.sha256()
    for name in names:
        path = ROOT / name if (ROOT / name).exists() else shared() / name
        for file in sorted(path.glob("*.gold.json")) if path.is_dir() else [path]:
            total.update(file.read_bytes())
    return total.hexdigest()


def run(command: Sequence[str], given: str = "") -> str:
    """A Python script's output. Raises CalledProcessError if it fails."""
    return subprocess.run([sys.executable, *command], input=given, capture_output=True, text=True, check=True).stdout


def read_and_scored(articles: Sequence[Article], kind: str, *options: str) -> str:
    """Reads articles and gives the shared scorer's report on them, through the shared adapter as a user would."""
    bench = shared() / "bench"
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder) / "gold", Path(folder) / "predicted"
        gold.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
        readings = (
            read(document_from_text(a["text"], published=a.get("published")), encoder()).to_json() for a in articles
        )
        adapted = run([str(bench / "adapt.py"), kind, str(gold)], "".join(r + "\n" for r in readings))
        predicted.write_text(adapted, encoding="utf-8")
        return run([str(bench / f"{kind}.py"), str(gold), str(predicted), *options])


def load_module(path: Path) -> ModuleType:
    """A script of the shared folder as a module. Raises FileNotFoundError where it is not there."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
