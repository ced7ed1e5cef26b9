"""Putting off the collection of cycles while an article is put in: it would walk all that is kept to find next to nothing.

Adding makes many objects and hardly a cycle, so that reference counts free nearly all of them; but by their number the
collector starts several times in each article, and a full collection, which walks everything that the process holds,
took 80 to 100 ms, more than the rest of adding an article to a story of 15.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection starts by itself within; the collector then goes on as it did before, on or off."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _outlived()
            gc.enable()


def _outlived() -> None:
    """What lives now counts as old, and is looked at in the next full collection.

    After a batch of hundreds of articles it is what is kept at hand, 400,000 objects: the collector would look at all of
    them at once, a quarter of a second each time. Where a process has put objects aside for good, these stay there.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
