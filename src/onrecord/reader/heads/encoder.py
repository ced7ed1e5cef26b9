"""The weights at run time: windows in, what the heads say about each word out. Nothing past this room sees the network.

One window a run: the int8 graph scales its activations by what is in the batch, so windows that shared a batch would
read slightly differently in other company. Alone, a window reads the same wherever it stands (and pays no padding).

Threads take whole windows, not parts of one: the products of one are too small to share out (two threads within a window
gave 1.3 times the speed of one), and what is read cannot depend on how many there are.
"""

from __future__ import annotations

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
from onrecord.reader.heads.weights import about, borrowed, checked, lender
from onrecord.reader.heads.windows import Window
from onrecord.reader.heads.wordpiece import WordPiece
from onrecord.reader.models import FULL, folder_of

__all__ = ["Encoder", "Heads", "load_encoder", "preload"]

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
    """A reader's weights with their vocabulary and label lists. Make one a process: `load_encoder`.

    `name` is what readings say they were read by: it ends with `OTHERWISE` where the `fingerprint` is not the release's.

    `threads` is how many windows `run_all` has under way at once. There is no state between windows: several threads may
    run one encoder, and so may a process that was forked from the one that loaded it.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self.folder = folder
        found = about(folder)
        self.labels: dict[str, list[str]] = found["labels"]
        self.threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
        graph = checked(folder / "reader.onnx", found["sha256"])
        lent = borrowed(folder, found)
        try:
            self._session = session(graph, lent)
        except Exception as error:
            raise ReaderError(f"{folder / 'reader.onnx'} cannot be loaded: {error}") from error
        vocabulary = lender(folder, found) / "vocabulary.txt"
        checked(vocabulary, found["vocabulary"])
        self.vocabulary = WordPiece.read(vocabulary)
        self.fingerprint = fingerprint(astuple(self.run(probe(self.vocabulary))))
        self.name = f"{found['name']} {found['version']}"
        if found.get("fingerprint", self.fingerprint) != self.fingerprint:
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


def load_encoder(model: str | Path = FULL, threads: int | None = None) -> Encoder:
    """The encoder of this process for a reader by its name (`onrecord.reader.models`), or for a folder of weights. Raises
    ReaderError if there is no such reader, or the weights are missing or damaged."""
    key = (model if isinstance(model, Path) else folder_of(model), threads)
    with _LOADING:
        if key not in _LOADED:
            _LOADED[key] = Encoder(*key)
        return _LOADED[key]


def preload(model: str) -> None:
    """Loads the encoder of this process for whoever asks for it next, who is told if that fails."""
    with suppress(ReaderError):
        load_encoder(model)
