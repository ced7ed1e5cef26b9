"""How often Python looks for dead cycles of objects while articles are read: seldom, since a reading makes none.

By itself it looks after every 700 new objects, some hundred times an article, and walks all that was loaded now and then:
6 of 100 seconds that are not the encoder's.
"""

from __future__ import annotations

import gc

__all__ = ["collect_seldom"]

_NEW = 20_000  # objects, about what three articles hold at once


def collect_seldom() -> None:
    """From now on Python looks after 20,000 new objects, and never at what is loaded by now.

    It holds for the whole process: for those whose work is to read, the commands and their workers, and not for a library.
    """
    gc.freeze()
    gc.set_threshold(_NEW, 10, 10)
