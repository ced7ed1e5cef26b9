"""What an executor forks its Python workers from, with the weights loaded: one copy in memory, however many tasks it runs.

Spark starts this module (`spark.python.daemon.module`) where it would start `pyspark.daemon`, which it hands over to: one
for each environment that tasks are to have. In that of tasks which read, MODEL names the reader; others need no weights.
"""

from __future__ import annotations

import gc
import os

__all__ = ["MODEL", "main"]

MODEL = "ONRECORD_CLUSTER_MODEL"


def main() -> None:
    """Load all that the tasks need, then serve."""
    from pyspark.daemon import manager

    model = os.environ.get(MODEL)
    if model is not None:
        _load(model)
    gc.freeze()  # shared, and to stay so: not to be walked by the collectors of those that are forked
    manager()


def _load(model: str) -> None:
    import onrecord.intake.html
    import onrecord.reader.decoding  # noqa: F401
    from onrecord.reader.heads.encoder import preload

    preload(model)


if __name__ == "__main__":
    main()
