"""A fault of the reader that one document brings out: that document is set aside, and the others are read."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from onrecord.errors import OnrecordError, Unread

__all__ = ["set_aside"]

_LOG = logging.getLogger(__name__)


def set_aside(error: Exception, name: str, told: str | None = None) -> Unread:
    """What stands in the place of a document that could not be read for this error; its trace (`told`, where it was raised
    by another process) is logged, for whoever mends it.

    Raises the error where it is none of reading: the weights are damaged, the memory is at its end.
    """
    if isinstance(error, OnrecordError | MemoryError):
        raise error
    trace = told or "".join(traceback.format_exception(error))
    _LOG.error("%s brought out a fault of the reader:\n%s", name, trace)
    frames = traceback.extract_tb(error.__traceback__)
    where = f", {Path(frames[-1].filename).name} line {frames[-1].lineno}" if frames and told is None else ""
    what = f"{type(error).__name__}{where}: {error}"
    return Unread(name, f"set aside: it brings out a fault of the reader ({what}); report it")
