"""What a process whose work is to read, or to put what was read into a ledger, asks of Python.

Of dead cycles of objects it wants Python to look seldom, since neither makes any. By itself Python looks after every 700
new objects, some hundred times an article, and walks all that was loaded now and then: 6 of 100 seconds that are not the
encoder's, and a tenth of those in which readings are prepared for a ledger.

Of a thread that decodes it wants the turn back soon. By itself Python gives a thread of the encoder, which is through with
a window and needs a moment for the next, its turn after 5 ms, in which a core has nothing to do: 4 of 100 seconds of two.
"""

from __future__ import annotations

import gc
import sys

__all__ = ["TURN", "ready_to_work"]

_NEW = 20_000  # objects, about what three articles hold at once
TURN = 1e-4
"""Seconds after which a thread that works makes way for one that waits."""


def ready_to_work() -> None:
    """From now on Python looks after 20,000 new objects, never at what is loaded by now, and a thread's turn is 0.1 ms.

    It holds for the whole process: for those whose work it is, the commands and their workers, and not for a library.
    """
    gc.freeze()
    gc.set_threshold(_NEW, 10, 10)
    sys.setswitchinterval(TURN)
