"""The files of a reader, each held to the digest that it is known by.

    reader.json       what the weights are: name, version, labels, and the digests of the other files
    reader.onnx       the graph
    vocabulary.txt    the word pieces

A smaller reader has the larger one's vocabulary, and its word pieces' vectors, which are most of a graph: it borrows both
from the folder above its own, so that they ship and are kept once.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ReaderError
from onrecord.reader.heads.released import RELEASED
from onrecord.reader.models import MODELS

__all__ = ["Borrowed", "about", "borrowed", "checked", "lender"]

_FIELDS = ("name", "version", "sha256", "vocabulary", "labels")


@dataclass(frozen=True, slots=True)
class Borrowed:
    """An array of bytes that a graph has not itself: the initializer's name and what it is."""

    name: str
    array: NDArray[np.uint8]


def about(folder: Path) -> dict[str, Any]:
    """What weights say of themselves. The package's own are those of this release, and no others in their place: code knows
    the digest of this file, which knows the digests of the others. Of weights elsewhere only the latter is checked."""
    path = folder / "reader.json"
    try:
        said = path.read_bytes()
        found: dict[str, Any] = json.loads(said)
    except OSError as error:
        raise ReaderError(f"no weights: {path} cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise ReaderError(f"{path} is damaged: {error}") from error
    if not isinstance(found, dict) or (missing := [f for f in _FIELDS if f not in found]):
        raise ReaderError(f"{path} is damaged: no field {missing[0] if isinstance(found, dict) else _FIELDS[0]!r}")
    digest = next((RELEASED[name] for name, own in MODELS.items() if own == folder), None)
    if digest is not None and hashlib.sha256(said).hexdigest() != digest:
        raise ReaderError(f"{path} is damaged, or of other weights than those that this release reads with")
    return found


def checked(path: Path, digest: str) -> bytes:
    """A whole file. Raises ReaderError where it cannot be read, or has another digest."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReaderError(f"no weights: {path} cannot be read ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise ReaderError(f"{path} is damaged: its digest is not the one in reader.json")
    return content


def lender(folder: Path, found: dict[str, Any]) -> Path:
    """The folder that has what weights, which said `found`, do not have themselves: their own where that is nothing."""
    return folder.parent if "borrows" in found else folder


def borrowed(folder: Path, found: dict[str, Any]) -> Borrowed | None:
    """What the graph of these weights, which said `found`, takes from another graph, None for nothing. There it stands as
    it is, so many bytes from the start."""
    if "borrows" not in found:
        return None
    lent, path = found["borrows"], lender(folder, found) / "reader.onnx"
    rows, columns = lent["shape"]
    try:
        with path.open("rb") as file:
            file.seek(lent["at"])
            content = file.read(rows * columns)
    except OSError as error:
        raise ReaderError(f"no weights: {path} cannot be read ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != lent["sha256"]:
        raise ReaderError(f"{path} is damaged, or not the graph that {folder / 'reader.onnx'} was made to borrow from")
    return Borrowed(lent["name"], np.frombuffer(content, np.uint8).reshape(rows, columns))
