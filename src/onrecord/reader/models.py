"""The readers that ship, by the names that people choose them by.

    full     what figures in the documentation are of, unless they say otherwise
    small    half as deep, learned from the first: faster, and wrong more often (the model card says by how much)

Nothing is loaded here: `onrecord.reader.load_encoder` does that.
"""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import ReaderError

__all__ = ["FULL", "MODELS", "SMALL", "SMALLER", "WEIGHTS", "folder_of", "model_of", "outranks"]

FULL = "full"
SMALL = "small"
WEIGHTS = Path(__file__).parent / "weights"
MODELS = {FULL: WEIGHTS, SMALL: WEIGHTS / "small"}
"""Name → the folder of its weights."""

SMALLER = "onrecord-reader-small"
"""What a reading by the small one says that it was read by, before the version."""


def folder_of(model: str) -> Path:
    """The folder of a reader's weights. Raises ReaderError for a name that none has."""
    if model not in MODELS:
        raise ReaderError(f"no reader is called {model!r}: there are {' and '.join(MODELS)}")
    return MODELS[model]


def model_of(name: str) -> str:
    """FULL or SMALL: which of them a reading is by, of which `name` is what it says that it was read by."""
    return SMALL if name.startswith(f"{SMALLER} ") else FULL


def outranks(there: str, coming: str) -> bool:
    """Whether a reading by `there` is kept where one by `coming` could be made: what the full reader read is not read again
    by the small one. Both are names as readings have them, with versions."""
    return model_of(there) == FULL and model_of(coming) == SMALL
