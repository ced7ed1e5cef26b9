"""How far reading has come: bytes read of the files that are read, and what of them was left out without being refused.

Whoever wants to know opens a meter around the reading; readers find it by themselves, so that it need not be handed through
everything between a progress bar and a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

__all__ = ["Meter", "metering", "note_bytes", "note_skipped"]


@dataclass(slots=True)
class Meter:
    """`read` counts bytes as they lie in the files (packed ones packed); `skipped` the records left out, by reason."""

    read: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


_CURRENT: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metering() -> Iterator[Meter]:
    """A meter for all that is read within, by this thread."""
    meter = Meter()
    token = _CURRENT.set(meter)
    try:
        yield meter
    finally:
        _CURRENT.reset(token)


def note_bytes(count: int) -> None:
    """So many bytes of a file have been read."""
    if (meter := _CURRENT.get()) is not None:
        meter.read += count


def note_skipped(reason: str) -> None:
    """A record that is no article, such as the request in a WARC file, was passed over."""
    if (meter := _CURRENT.get()) is not None:
        meter.skipped[reason] += 1
