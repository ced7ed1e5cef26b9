"""Beyond one machine: the same road by Apache Spark, which shares the work out and does again what was lost.

`read` reads files into a folder of Parquet. Meaning has no second road here: what an executor runs is intake, `read` and the
ledger's own derivations. Needs PySpark (`onrecord[cluster]`) and Java 17.
"""

from __future__ import annotations

from onrecord.cluster.folder import Folder
from onrecord.cluster.reading import Read, read
from onrecord.cluster.session import Settings, open_session

__all__ = ["Folder", "Read", "Settings", "open_session", "read"]
