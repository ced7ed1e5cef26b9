"""A daemon for tests, in the place of `onrecord.cluster.daemon`: reading is counted, and some articles are poison.

In an article with the words POISON RAISE, POISON DIE or POISON SLEEP, reading raises an error, dies of a signal, or takes
ten minutes; with POISON SLOW it takes half a second longer. With POISON ONCE it kills the process that asked for it, the
worker of Spark, the first time. Each reading is a line in the file that ONRECORD_READINGS names.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from onrecord.cluster import apart, daemon
from onrecord.reader import read
from onrecord.reading import Reading
from onrecord.records import Document


def poisoned(document: Document, *, model: str) -> Reading:
    log = Path(os.environ["ONRECORD_READINGS"])
    with log.open("a", encoding="utf-8") as out:
        out.write(f"{document.id}\n")
    if "POISON RAISE" in document.text:
        raise ZeroDivisionError("no such luck")
    if "POISON DIE" in document.text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "POISON SLEEP" in document.text:
        time.sleep(600)
    if "POISON SLOW" in document.text:
        time.sleep(0.5)
    if "POISON ONCE" in document.text and log.read_text(encoding="utf-8").count(document.id) == 1:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(600)
    return read(document, model=model)


if __name__ == "__main__":
    apart.read = poisoned  # type: ignore[assignment]
    daemon.main()
