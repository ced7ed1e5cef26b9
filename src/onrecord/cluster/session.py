"""A Spark session for the work of this package: one that is there already (in a notebook, under `spark-submit`), or a new
one. Java and PySpark are looked for before, so that their absence is one sentence and not the trace of two languages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import ClusterError, MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["LEAST_JAVA", "Settings", "answering", "open_session", "require_java"]

LEAST_JAVA = 17
"""The version of Java that Spark 4 asks for; it runs on 21 too."""

# With four tries a task outlives an executor, or a worker of it, that was killed. In one process Spark tries once.
_LOCAL = re.compile(r"local\[(\*|\d+)\]|local")
_TRIES = 4
_CAUSE = re.compile(r"(?:Exception|Error): ")
_LONGEST = 400  # characters of what Spark says that are told; all of it is in its log
_VERSION = re.compile(r'version "(\d+)(?:\.(\d+))?')


@dataclass(frozen=True, slots=True)
class Settings:
    """How Spark is to run: on what (`local[*]`, `spark://host:7077`, `yarn`, `k8s://…`), with how much memory for the Java
    part of each executor (`2g`), and with what other settings. All that is not said is Spark's own to decide.
    """

    master: str | None = None
    memory: str | None = None
    conf: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def open_session(settings: Settings = Settings(), *, log: Path | None = None) -> Iterator[SparkSession]:
    """A session, stopped at the end if it was started here. What Java writes to standard error goes to the file `log`.

    Raises MissingExtra without PySpark, pyarrow or pandas, ClusterError without Java 17 or where Spark cannot be started.
    """
    for package in ("pyspark", "pyarrow", "pandas"):
        _require(package)
    with _quiet():
        from pyspark.sql import SparkSession

        running = SparkSession.getActiveSession()
        if running is not None:
            yield running
            return
        _require_fork()
        require_java()
        with _errors_to(log):
            session = _started(SparkSession.builder, settings)
        try:
            yield session
        finally:
            session.stop()


@contextmanager
def answering() -> Iterator[None]:
    """What Spark raises as a ClusterError, and without PySpark's warning about pandas."""
    try:
        with _quiet():
            yield
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("pyspark", "py4j"):
            raise
        lines = [line.strip(": ") for line in str(error).splitlines() if line.strip()]
        told = next((line for line in lines if _CAUSE.search(line)), lines[0] if lines else type(error).__name__)
        raise ClusterError(
            f"Spark gave up: {told[:_LONGEST].rstrip('.')}. What is done stays done: run it again"
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Without PySpark's warning that it does not know pandas 3, no part of which is used here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*PySpark does not yet fully support pandas", category=FutureWarning)
        yield


@contextmanager
def _errors_to(log: Path | None) -> Iterator[None]:
    """Processes that are started within have the end of this file for their standard error, for as long as they live."""
    if log is None:
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with log.open("ab") as out:
            os.dup2(out.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _require(package: str) -> None:
    from importlib.util import find_spec

    if find_spec(package) is None:
        raise MissingExtra("cluster", package)


def _require_fork() -> None:
    if "fork" not in get_all_start_methods():
        raise ClusterError("a cluster reads on systems whose processes fork, such as Linux; this one's do not")


def require_java() -> None:
    """Raises ClusterError where the Java that Spark would start is missing, broken or too old."""
    needed = f"Spark needs Java {LEAST_JAVA} or newer"
    how = (
        f"install one (Debian: apt-get install openjdk-{LEAST_JAVA}-jre-headless; others: https://adoptium.net), "
        "or name its folder in JAVA_HOME"
    )
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if java is None:
        raise ClusterError(f"{needed}, and there is no `java` here: {how}")
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True, timeout=60).stderr
    except (OSError, subprocess.SubprocessError) as error:
        raise ClusterError(f"{needed}, and {java} does not run ({error}): {how}") from error
    found = _VERSION.search(told)
    # Up to Java 8 the version was called 1.8.
    version = int(found[2] if found[1] == "1" and found[2] else found[1]) if found else 0
    if version < LEAST_JAVA:
        raise ClusterError(f"{needed}, and {java} is version {version}: {how}")


def _started(builder: Any, settings: Settings) -> SparkSession:
    from pyspark import SparkConf

    given = SparkConf()  # what spark-submit and its defaults say
    master = settings.master or given.get("spark.master") or "local[*]"
    local = _LOCAL.fullmatch(master)
    if local:
        master = f"local[{local[1] or 1},{_TRIES}]"
    ours = {
        "spark.app.name": "onrecord",
        "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": "false",
        # One copy of the weights for all tasks of an executor: see daemon.
        "spark.python.daemon.module": "onrecord.cluster.daemon",
        # Columns of whole readings are some 20 kB a row.
        "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
        "spark.sql.parquet.compression.codec": "zstd",
    }
    if master.startswith("local"):
        ours |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
        }
        ours |= {"spark.executorEnv.OMP_NUM_THREADS": "1"}
    if settings.memory is not None:
        ours |= {"spark.driver.memory": settings.memory, "spark.executor.memory": settings.memory}
    if not given.contains("spark.pyspark.python"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else it would be the first `python3` there is
    for name, value in ({n: v for n, v in ours.items() if not given.contains(n)} | dict(settings.conf)).items():
        builder = builder.config(name, value)
    try:
        session: SparkSession = builder.master(master).getOrCreate()
    except Exception as error:
        told = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise ClusterError(f"Spark could not be started on {master}: {told.strip()}") from error
    return session
