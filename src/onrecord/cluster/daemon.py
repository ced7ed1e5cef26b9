"""What an executor forks its Python workers from, with the weights loaded: one copy in memory, however many tasks it runs.

Spark starts this module (`spark.python.daemon.module`) where it would start `pyspark.daemon`, which it hands over to.
"""

from __future__ import annotations

import gc
from contextlib import suppress


def main() -> None:
    """Load all that reading needs, then serve."""
    from pyspark.daemon import manager

    from onrecord.errors import OnrecordError
    from onrecord.reader import load_encoder

    with suppress(OnrecordError):  # whoever reads is told
        load_encoder()
    import onrecord.intake.html
    import onrecord.reader.decoding  # noqa: F401

    gc.freeze()  # shared, and to stay so: not to be walked by the collectors of those that are forked
    manager()


if __name__ == "__main__":
    main()
