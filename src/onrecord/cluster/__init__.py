"""Beyond one machine: the same road by Apache Spark, which shares the work out and does again what was lost.

`read` reads files into a folder of Parquet, `derive` adds what follows from them, `load` brings it into a ledger. Meaning
has no second road here: what an executor runs is intake, `read` and the ledger's own derivations. Needs PySpark
(`onrecord[cluster]`) and Java 17.
"""

from __future__ import annotations

from onrecord.cluster.deriving import TABLES, Derived, derive
from onrecord.cluster.folder import Folder
from onrecord.cluster.loading import Loaded, load
from onrecord.cluster.reading import Read, read
from onrecord.cluster.session import Settings, open_session

__all__ = ["TABLES", "Derived", "Folder", "Loaded", "Read", "Settings", "derive", "load", "open_session", "read"]
