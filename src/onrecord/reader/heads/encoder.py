"""The weights at run time: windows in, what the heads say about each word out. Nothing past this room sees the network.

One window a run: the int8 graph scales its activations by what is in the batch, so windows that shared a batch would
read slightly differently in other company. Alone, a window reads the same wherever it stands (and pays no padding).

Threads take whole windows, not parts of one: the products of one are too small to share out (two threads within a window
gave 1.3 times the speed of one), and what is read cannot depend on how many there are.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ReaderError
from onrecord.reader.heads.ahead import ahead
from onrecord.reader.heads.exactness import session
from onrecord.reader.heads.fingerprint import fingerprint, probe
from onrecord.reader.heads.released import RELEASED
from onrecord.reader.heads.windows import Window
from onrecord.reader.heads.wordpiece import WordPiece

__all__ = ["Encoder", "Heads", "load_encoder", "preload"]

WEIGHTS = Path(__file__).parents[1] / "weights"
FIELDS = ("name", "version", "sha256", "vocabulary", "labels")
MOST_THREADS = 4  # more than these the one thread that decodes cannot follow
AHEAD = 12  # windows a thread that may be under way or wait: more than the decoding of a long article takes
# What a reading adds to the name of its weights where they do not say what they said at their release.
OTHERWISE = ", rounded otherwise"
CANDIDATES = 3  # governors that the graph gives a word, and so the fewest words that it takes

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Of = TypeVar("Of")


@dataclass(frozen=True, slots=True)
class Heads:
    """What the heads say about one window of W words; word positions are positions in the window.

    `start` [W] probability that a sentence begins; `upos`, `tag`, `lemma` [W] indices into the labels; `heads`,
    `head_scores`, `relations` [W, C] the best governors, their log-probabilities, and the relation to each; `mention` [W]
    type index (0 none) with `mention_probability`, `first`, `last` [W] its extent; `coref_now`, `coref_then` [W, d] and
    `coref_new` [W] compare mentions; `anchors` [A] first words of cues with `anchor_probability` [A] and `roles` [A, W, 4]
    log-probabilities of none, cue, source, content.
    """

    start: Floats
    upos: Integers
    tag: Integers
    lemma: Integers
    heads: Integers
    head_scores: Floats
    relations: Integers
    mention: Integers
    mention_probability: Floats
    first: Integers
    last: Integers
    coref_now: Floats
    coref_then: Floats
    coref_new: Floats
    anchors: Integers
    anchor_probability: Floats
    roles: Floats


class Encoder:
    """The released weights with their vocabulary and label lists. Make one a process: `load_encoder`.

    `name` is what readings say they were read by: it ends with `OTHERWISE` where the `fingerprint` is not the release's.

    `threads` is how many windows `run_all` has under way at once. There is no state between windows: several threads may
    run one encoder, and so may a process that was forked from the one that loaded it.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self.folder = folder
        about = _read_about(folder / "reader.json", RELEASED if folder == WEIGHTS else None)
        self.labels: dict[str, list[str]] = about["labels"]
        self.threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
        graph = _read_whole(folder / "reader.onnx", about["sha256"])
        try:
            self._session = session(graph)
        except Exception as error:
            raise ReaderError(f"{folder / 'reader.onnx'} cannot be loaded: {error}") from error
        _read_whole(folder / "vocabulary.txt", about["vocabulary"])
        self.vocabulary = WordPiece.read(folder / "vocabulary.txt")
        self.fingerprint = fingerprint(astuple(self.run(probe(self.vocabulary))))
        self.name = f"{about['name']} {about['version']}"
        if about.get("fingerprint", self.fingerprint) != self.fingerprint:
            self.name += OTHERWISE

    def run(self, window: Window) -> Heads:
        """All heads over one window, which has at least one word."""
        words = len(window.firsts)
        feed = {
            "ids": np.asarray([window.ids], dtype=np.int64),
            "shapes": np.asarray([window.shapes], dtype=np.int64),
            "gaps": np.asarray([window.gaps], dtype=np.int64),
            "firsts": np.asarray([window.firsts + [0] * (CANDIDATES - words)], dtype=np.int64),
        }
        out: Sequence[Any] = self._session.run(None, feed)
        anchors, anchor_probability, roles = out[14:]
        return Heads(*[*(a[0, :words] for a in out[:14]), anchors[:, 1], anchor_probability, roles[:, :words]])

    def run_all(self, windows: Iterable[tuple[Of, Window | None]]) -> Iterator[tuple[Of, Window | None, Heads | None]]:
        """Windows with whatever each belongs to → the same with its heads, in their order; None stands for itself.

        Windows are asked for no more than `AHEAD` a thread before their turn, and not while one whose turn it is is done.
        """
        return ahead(self._run_labelled, windows, threads=self.threads, most=AHEAD * self.threads)

    def _run_labelled(self, labelled: tuple[Of, Window | None]) -> tuple[Of, Window | None, Heads | None]:
        of, window = labelled
        return of, window, None if window is None else self.run(window)


_LOADED: dict[tuple[Path, int | None], Encoder] = {}
_LOADING = Lock()


def load_encoder(folder: Path = WEIGHTS, threads: int | None = None) -> Encoder:
    """The encoder of this process. Raises ReaderError if the weights are missing or damaged."""
    with _LOADING:
        key = (folder, threads)
        if key not in _LOADED:
            _LOADED[key] = Encoder(folder, threads)
        return _LOADED[key]


def preload() -> None:
    """Loads the encoder of this process for whoever asks for it next, who is told if that fails."""
    with suppress(ReaderError):
        load_encoder()


def _read_about(path: Path, digest: str | None) -> dict[str, Any]:
    """What weights say of themselves. The package's own are those of this release, and no others in their place: code knows
    the digest of this file, which knows the digests of the others. Of weights elsewhere only the latter is checked."""
    try:
        said = path.read_bytes()
        about: dict[str, Any] = json.loads(said)
    except OSError as error:
        raise ReaderError(f"no weights: {path} cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise ReaderError(f"{path} is damaged: {error}") from error
    if not isinstance(about, dict) or (missing := [f for f in FIELDS if f not in about]):
        raise ReaderError(f"{path} is damaged: no field {missing[0] if isinstance(about, dict) else FIELDS[0]!r}")
    if digest is not None and hashlib.sha256(said).hexdigest() != digest:
        raise ReaderError(f"{path} is damaged, or of other weights than those that this release reads with")
    return about


def _read_whole(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReaderError(f"no weights: {path} cannot be read ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise ReaderError(f"{path} is damaged: its digest is not the one in reader.json")
    return content
